"""What payers refused and families bear instead: it stands on their next bill."""

from collections import defaultdict
from datetime import date

from sqlalchemy import JSON, func, select, type_coerce
from sqlalchemy.orm import Session

from carehome.db.billing import BillLineRow
from carehome.db.payers import PayerCutRow, PayerRow
from carehome.rules.billing.adjustments import Cut, cut_line
from carehome.rules.billing.lines import Line

_SOURCE = 11  # its place in the detail of a bill line


def cuts_in(session: Session) -> dict[int, list[Line]]:
    """Return the lines that the next bills of some residents will hold."""
    query = (
        select(PayerCutRow, PayerRow.name)
        .join(PayerRow, PayerRow.id == PayerCutRow.payer_id)
        .where(PayerCutRow.kind == "family", PayerCutRow.voided_at.is_(None))
        .order_by(PayerCutRow.month, PayerCutRow.id)
    )
    billed = billed_cuts_in(session)
    found: dict[int, list[Line]] = defaultdict(list)
    for row, name in session.execute(query):
        if row.id not in billed:
            cut = Cut(row.id, str(row.payer_id), name, row.month, row.fen, row.reason)
            found[row.resident_id].append(cut_line(cut))
    return dict(found)


def asked_in(session: Session) -> dict[tuple[int, date], int]:
    """Return what posted bills ask of each payer for each month, refused or not."""
    cut = type_coerce(BillLineRow.detail, JSON)[_SOURCE]["cut"].as_integer()
    query = (
        select(
            BillLineRow.payer_id,
            BillLineRow.for_month,
            -func.sum(BillLineRow.amount_fen),
        )
        .where(BillLineRow.payer_id.is_not(None), cut.is_(None))
        .group_by(BillLineRow.payer_id, BillLineRow.for_month)
    )
    rows = session.execute(query)
    return {(payer, month): fen for payer, month, fen in rows if payer is not None}


def charged_cuts_in(session: Session, payer_id: int) -> dict[date, int]:
    """Return by month what posted bills charge families of what a payer refused."""
    cut = type_coerce(BillLineRow.detail, JSON)[_SOURCE]["cut"].as_integer()
    query = (
        select(BillLineRow.for_month, func.sum(BillLineRow.amount_fen))
        .where(BillLineRow.payer_id == payer_id, cut.is_not(None))
        .group_by(BillLineRow.for_month)
    )
    return dict(session.execute(query).all())


def billed_cuts_in(session: Session) -> set[int]:
    """Return the cuts that stand on a posted bill already."""
    cut = type_coerce(BillLineRow.detail, JSON)[_SOURCE]["cut"].as_integer()
    query = select(cut).where(
        BillLineRow.payer_id.is_not(None),
        BillLineRow.kind == "adjustment",
        cut.is_not(None),
    )
    return set(session.scalars(query))

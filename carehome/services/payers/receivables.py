"""What payers were billed, and what is open of it, read from bills, money and cuts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from carehome.db.billing import BillLineRow, BillRow, BillRunRow, CoverRow
from carehome.db.payers import (
    PayerCutRow,
    PayerPaymentRow,
    PayerRefundRow,
    PayerRow,
    PayerShareRow,
    PayerStatementRow,
)
from carehome.db.residents import ResidentRow
from carehome.rules.payers.claims import Claim, due_on
from carehome.services.payers.cuts import billed_cuts_in

Query = Select[*tuple[Any, ...]]


class _Of(NamedTuple):
    """Whose month of which payer something concerns."""

    payer_id: int
    month: date
    resident_id: int


def claims_in(session: Session, payer_id: int | None = None) -> list[Claim]:
    """Return all claims on one payer, or on all, the oldest month first."""
    borne = _sums(session, _borne(payer_id))
    paid = _sums(session, _paid(payer_id))
    refused, lost = _cuts_in(session, payer_id)
    sent, billed = _sent_in(session), billed_on_in(session, payer_id)
    days = dict(session.execute(select(PayerRow.id, PayerRow.due_days)).all())
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    found = []
    for of in sorted(borne, key=lambda each: (each.month, each.resident_id)):
        month = of.payer_id, of.month
        found.append(
            Claim(
                of.payer_id,
                of.resident_id,
                names[of.resident_id],
                of.month,
                borne[of],
                paid.get(of, 0),
                refused.get(of, 0),
                lost.get(of, 0),
                due_on(of.month, billed[month], sent.get(month), days[of.payer_id]),
            )
        )
    return found


def unspent_in(session: Session, payer_id: int | None = None) -> dict[int, int]:
    """Return what of each payment is free, the oldest first.

    No month has needed it yet, and it did not go back to the payer.
    """
    taken = union_all(
        select(PayerShareRow.payer_payment_id, PayerShareRow.fen),
        select(PayerRefundRow.payer_payment_id, PayerRefundRow.fen).where(
            PayerRefundRow.voided_at.is_(None)
        ),
    ).subquery()
    used = (
        select(taken.c.payer_payment_id, func.sum(taken.c.fen).label("fen"))
        .group_by(taken.c.payer_payment_id)
        .subquery()
    )
    left = PayerPaymentRow.fen - func.coalesce(used.c.fen, 0)
    query = (
        select(PayerPaymentRow.id, left)
        .outerjoin(used, used.c.payer_payment_id == PayerPaymentRow.id)
        .where(~PayerPaymentRow.is_void, left > 0)
        .order_by(PayerPaymentRow.received_on, PayerPaymentRow.id)
    )
    if payer_id is not None:
        query = query.where(PayerPaymentRow.payer_id == payer_id)
    return dict(session.execute(query).all())


def credits_in(session: Session) -> dict[int, int]:
    """Return what each payer has paid that no month has needed yet."""
    owner = dict(
        session.execute(select(PayerPaymentRow.id, PayerPaymentRow.payer_id)).all()
    )
    found: dict[int, int] = defaultdict(int)
    for payment_id, fen in unspent_in(session).items():
        found[owner[payment_id]] += fen
    return dict(found)


def shares_owed_in(session: Session, resident_id: int) -> list[tuple[str, int]]:
    """Return which members of a family still owe how much of one resident's fees.

    What they have to their credit is taken off.
    """
    names = dict(
        session.execute(
            select(PayerRow.id, PayerRow.name)
            .join(CoverRow, CoverRow.payer_id == PayerRow.id)
            .where(PayerRow.kind == "family", CoverRow.resident_id == resident_id)
        ).all()
    )
    found = []
    for number, name in sorted(names.items()):
        claims = claims_in(session, number)
        fen = sum(each.open for each in claims if each.resident_id == resident_id)
        fen -= sum(unspent_in(session, number).values())
        if fen > 0:
            found.append((name, fen))
    return found


class FamilyShares(NamedTuple):
    """What members of families still owe of their shares, and how much of it is late.

    Who has paid ahead owes that much less.
    """

    people: int
    open: int
    overdue: int


def family_shares_in(session: Session, today: date) -> FamilyShares:
    """Add up what all members of families still owe of their shares."""
    query = select(PayerRow.id).where(PayerRow.kind == "family")
    families = frozenset(session.scalars(query))
    if not families:
        return FamilyShares(0, 0, 0)
    credit = credits_in(session)
    owed: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for claim in claims_in(session):
        if claim.payer_id in families:
            owed[claim.payer_id][0] += claim.open
            owed[claim.payer_id][1] += claim.open if claim.due < today else 0
    for payer_id, sums in owed.items():
        sums[0] -= credit.get(payer_id, 0)
    found = [(fen, min(late, fen)) for fen, late in owed.values() if fen > 0]
    late = sum(max(each, 0) for _fen, each in found)
    return FamilyShares(len(found), sum(fen for fen, _late in found), late)


def billed_on_in(
    session: Session, payer_id: int | None = None
) -> dict[tuple[int, date], date]:
    """Return the day of the first bill that asks a payer for something of a month."""
    query = (
        select(
            BillLineRow.payer_id,
            BillLineRow.for_month,
            func.min(BillRunRow.posted_at),
        )
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .join(BillRunRow, BillRunRow.id == BillRow.run_id)
        .where(BillLineRow.payer_id.is_not(None))
        .group_by(BillLineRow.payer_id, BillLineRow.for_month)
    )
    if payer_id is not None:
        query = query.where(BillLineRow.payer_id == payer_id)
    return {
        (payer, month): posted_at.replace(tzinfo=UTC).astimezone().date()
        for payer, month, posted_at in session.execute(query)
        if payer is not None
    }


def _borne(payer_id: int | None) -> Query:
    query = (
        select(
            BillLineRow.payer_id,
            BillLineRow.for_month,
            BillRow.resident_id,
            -func.sum(BillLineRow.amount_fen),
        )
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .where(BillLineRow.payer_id.is_not(None))
        .group_by(BillLineRow.payer_id, BillLineRow.for_month, BillRow.resident_id)
    )
    return query if payer_id is None else query.where(BillLineRow.payer_id == payer_id)


def _paid(payer_id: int | None) -> Query:
    query = (
        select(
            PayerPaymentRow.payer_id,
            PayerShareRow.month,
            PayerShareRow.resident_id,
            func.sum(PayerShareRow.fen),
        )
        .join(PayerPaymentRow, PayerPaymentRow.id == PayerShareRow.payer_payment_id)
        .group_by(
            PayerPaymentRow.payer_id, PayerShareRow.month, PayerShareRow.resident_id
        )
    )
    if payer_id is None:
        return query
    return query.where(PayerPaymentRow.payer_id == payer_id)


def _sums(session: Session, query: Query) -> dict[_Of, int]:
    return {
        _Of(payer_id, month, who): fen
        for payer_id, month, who, fen in session.execute(query)
    }


def _cuts_in(
    session: Session, payer_id: int | None
) -> tuple[dict[_Of, int], dict[_Of, int]]:
    """Return what families will bear from their next bill on, and what is lost.

    What stands on a family's bill already is no more part of what the payer bears.
    """
    query = select(PayerCutRow).where(PayerCutRow.voided_at.is_(None))
    if payer_id is not None:
        query = query.where(PayerCutRow.payer_id == payer_id)
    rows = session.scalars(query).all()
    billed = billed_cuts_in(session) if rows else set()
    waiting = [row for row in rows if row.kind == "family" and row.id not in billed]
    lost = [row for row in rows if row.kind == "written_off"]
    return _added(waiting), _added(lost)


def _added(rows: Iterable[PayerCutRow]) -> dict[_Of, int]:
    found: dict[_Of, int] = defaultdict(int)
    for row in rows:
        found[_Of(row.payer_id, row.month, row.resident_id)] += row.fen
    return found


def _sent_in(session: Session) -> dict[tuple[int, date], date]:
    """Return when the first statement of a month was sent to a payer."""
    query = select(
        PayerStatementRow.payer_id,
        PayerStatementRow.month,
        func.min(PayerStatementRow.sent_on),
    ).group_by(PayerStatementRow.payer_id, PayerStatementRow.month)
    return {(payer_id, month): on for payer_id, month, on in session.execute(query)}


def of_payer(claims: Iterable[Claim], payer_id: int) -> Iterator[Claim]:
    """Yield the claims on one payer."""
    return (claim for claim in claims if claim.payer_id == payer_id)

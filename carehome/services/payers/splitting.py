"""Fees that a family splits among its members: each becomes a payer of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import CoverRow
from carehome.db.payers import PayerRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.billing.checks import check_span
from carehome.rules.payers.payer import PayerKind, PayerNameMissing
from carehome.rules.periods import Period

LAST = 9  # the rank of families: they share what all other payers leave


class BadSplit(Refusal):
    """The shares of a family are none, or more than the whole."""

    text = N_("Give each member 1 to 100 per cent, and all together at most 100.")


class SplitAlready(Refusal):
    """Shares of a second split would come to more than the whole."""

    text = N_(
        "The fees are split among the family from {day} already. End those shares "
        "first, then split anew."
    )


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """What one member of a family bears; `payer_id` 0 is new here."""

    name: str
    percent: int
    phone: str = ""
    payer_id: int = 0


def split_in(
    session: Session, resident_id: int, parts: Sequence[FamilyPart], span: Period
) -> list[int]:
    """Let members of a family bear shares within another deed; return their numbers.

    Who bore a share of this resident before is the same payer again, by the name.
    """
    check_span(span)
    is_share = all(part.percent > 0 for part in parts)
    if not parts or not is_share or sum(part.percent for part in parts) > 100:
        raise BadSplit
    if any(not part.name.strip() for part in parts):
        raise PayerNameMissing
    _check_free_in(session, resident_id, span)
    known = _members_in(session, resident_id)
    payers = []
    for part in parts:
        name = part.name.strip()
        row = session.get(PayerRow, part.payer_id) or known.pop(name, None)
        if row is None:
            row = PayerRow(kind=PayerKind.FAMILY, name=name)
            session.add(row)
        row.is_active = True
        row.phone = part.phone.strip() or row.phone or ""
        session.flush()
        payers.append(row.id)
        session.add(
            CoverRow(
                resident_id=resident_id,
                payer_id=row.id,
                starts=span.start,
                ends=span.end,
                kind="percent",
                value=part.percent,
                rank=LAST,
            )
        )
    session.flush()
    return payers


def _members_in(session: Session, resident_id: int) -> dict[str, PayerRow]:
    """Return who of the family ever bore a share, by name; the newest of one name."""
    query = (
        select(PayerRow)
        .join(CoverRow, CoverRow.payer_id == PayerRow.id)
        .where(CoverRow.resident_id == resident_id, PayerRow.kind == PayerKind.FAMILY)
        .order_by(PayerRow.id)
    )
    return {row.name: row for row in session.scalars(query)}


def _check_free_in(session: Session, resident_id: int, span: Period) -> None:
    """Raise SplitAlready when members of the family bear shares on some of the days."""
    query = (
        select(CoverRow)
        .join(PayerRow, PayerRow.id == CoverRow.payer_id)
        .where(
            CoverRow.resident_id == resident_id,
            CoverRow.rank == LAST,
            PayerRow.kind == PayerKind.FAMILY,
        )
        .order_by(CoverRow.starts)
    )
    for cover in session.scalars(query):
        if Period(cover.starts, cover.ends).overlaps(span):
            raise SplitAlready(day=cover.starts)

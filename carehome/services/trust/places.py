"""Where trust money lies: in a till of its own, and in a bank account of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow, BankLineRow
from carehome.db.books import TrustCountRow, TrustDrawRow, TrustEntryRow
from carehome.services.trust.entries import CASH, carried_in, moved_in


@dataclass(frozen=True, slots=True)
class TrustCount:
    """What two people counted in the till, and what was booked then."""

    count_id: int
    day: date
    booked: int
    counted: int
    note: str
    counted_by: str
    witness: str

    @property
    def difference(self) -> int:
        """What was counted beyond what was booked."""
        return self.counted - self.booked


@dataclass(frozen=True, slots=True)
class TrustDraw:
    """Trust money that was fetched from the bank, or carried there."""

    draw_id: int
    day: date
    fen: int
    place: str
    paper: str
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class TrustPlaces:
    """What lies where by the books, beside what was counted and what the bank says."""

    cash: int
    bank: int
    counts: tuple[TrustCount, ...]
    draws: tuple[TrustDraw, ...]
    bank_says: int | None
    bank_said_on: date | None


def bank_in(session: Session) -> int:
    """Return the trust money that lies at the bank by the books, in fen."""
    return moved_in(session, is_cash=False) - carried_in(session)


def uncounted_in(session: Session, end: date) -> int:
    """Count the movements of the till before `end` (excluded) since the last count."""
    counted = session.scalar(select(func.max(TrustCountRow.day)))
    moves = 0
    for row, is_cash in (
        (TrustEntryRow, TrustEntryRow.method == CASH),
        (TrustDrawRow, true()),
    ):
        query = select(func.count()).where(
            is_cash, row.voided_at.is_(None), row.day < end
        )
        if counted is not None:
            query = query.where(row.day > counted)
        moves += session.scalar(query) or 0
    return moves


def counts_in(session: Session) -> Iterator[TrustCount]:
    """Yield the counts of the till, the newest first."""
    for row in session.scalars(select(TrustCountRow).order_by(TrustCountRow.id.desc())):
        yield TrustCount(
            row.id,
            row.day,
            row.booked_fen,
            row.counted_fen,
            row.note,
            row.counted_by,
            row.witness,
        )


def draws_in(session: Session) -> Iterator[TrustDraw]:
    """Yield what was carried between bank and till, the newest first."""
    query = select(TrustDrawRow).order_by(
        TrustDrawRow.day.desc(), TrustDrawRow.id.desc()
    )
    for row in session.scalars(query):
        voided = row.voided_at.replace(tzinfo=UTC) if row.voided_at else None
        yield TrustDraw(
            row.id, row.day, row.fen, row.place, row.paper, voided, row.void_reason
        )


def bank_says_in(session: Session) -> tuple[int, date] | None:
    """Return what the bank last said of its account of trust money, and of when."""
    query = (
        select(BankLineRow.balance_fen, BankLineRow.day)
        .join(BankAccountRow, BankAccountRow.id == BankLineRow.bank_account_id)
        .where(BankAccountRow.purpose == "trust", BankAccountRow.is_active)
        .order_by(BankLineRow.day.desc(), BankLineRow.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None

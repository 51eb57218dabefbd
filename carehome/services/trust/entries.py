"""The movements of trust money, and what they leave kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from carehome.db.books import TrustDrawRow, TrustEntryRow
from carehome.db.residents import ResidentRow
from carehome.rules import trust as rules

CASH, BANK = "cash", "bank"


@dataclass(frozen=True, slots=True)
class TrustEntry:
    """One movement of trust money; `fen` is below nothing when money left.

    `kept` is what was kept after it; a void moved nothing.
    """

    entry_id: int
    resident_id: int
    resident: str
    day: date
    fen: int
    method: str
    purpose: str
    paper: str
    other_name: str
    kept: int
    voided_at: datetime | None
    void_reason: str
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class TrustStanding:
    """What is kept for one resident, and when it last moved."""

    resident_id: int
    resident: str
    kept: int
    moved_on: date


SIGNED = case((TrustEntryRow.kind == "in", TrustEntryRow.fen), else_=-TrustEntryRow.fen)


def kept_in(session: Session, resident_id: int) -> int:
    """Return what is kept for a resident, in fen."""
    query = select(func.sum(SIGNED)).where(
        TrustEntryRow.resident_id == resident_id, TrustEntryRow.voided_at.is_(None)
    )
    return session.scalar(query) or 0


def free_from_in(session: Session, resident_id: int, day: date) -> int:
    """Return how much may leave on a day: the least that is kept from then on."""
    query = (
        select(TrustEntryRow.day, func.sum(SIGNED))
        .where(
            TrustEntryRow.resident_id == resident_id, TrustEntryRow.voided_at.is_(None)
        )
        .group_by(TrustEntryRow.day)
        .order_by(TrustEntryRow.day)
    )
    kept, least = 0, None
    for moved_on, fen in session.execute(query):
        if moved_on > day:
            least = kept if least is None else min(least, kept)
        kept += fen
    return max(kept if least is None else min(least, kept), 0)


def all_kept_in(session: Session) -> dict[int, int]:
    """Return what is kept for each resident for whom something is, in fen."""
    query = (
        select(TrustEntryRow.resident_id, func.sum(SIGNED))
        .where(TrustEntryRow.voided_at.is_(None))
        .group_by(TrustEntryRow.resident_id)
    )
    return {number: fen for number, fen in session.execute(query) if fen}


def cash_in(session: Session) -> int:
    """Return the trust money that lies in the till by the books, in fen."""
    return moved_in(session, is_cash=True) + carried_in(session)


def moved_in(session: Session, *, is_cash: bool) -> int:
    """Return what came in cash, or else by the bank, less what left so."""
    query = select(func.sum(SIGNED)).where(
        (TrustEntryRow.method == CASH) == is_cash, TrustEntryRow.voided_at.is_(None)
    )
    return session.scalar(query) or 0


def carried_in(session: Session) -> int:
    """Return what was fetched into the till, less what was carried to the bank."""
    sign = case((TrustDrawRow.place == CASH, TrustDrawRow.fen), else_=-TrustDrawRow.fen)
    query = select(func.sum(sign)).where(TrustDrawRow.voided_at.is_(None))
    return session.scalar(query) or 0


def standings_in(session: Session) -> list[TrustStanding]:
    """List for whom money is kept, or was, by name."""
    query = (
        select(
            ResidentRow.id,
            ResidentRow.name,
            func.sum(SIGNED),
            func.max(TrustEntryRow.day),
        )
        .join(TrustEntryRow, TrustEntryRow.resident_id == ResidentRow.id)
        .where(TrustEntryRow.voided_at.is_(None))
        .group_by(ResidentRow.id, ResidentRow.name)
        .order_by(ResidentRow.pinyin, ResidentRow.id)
    )
    return [TrustStanding(*row) for row in session.execute(query)]


def entries_in(session: Session, resident_id: int) -> list[TrustEntry]:
    """List the movements of one resident, the oldest first, within another deed."""
    query = (
        select(TrustEntryRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == TrustEntryRow.resident_id)
        .where(TrustEntryRow.resident_id == resident_id)
        .order_by(TrustEntryRow.day, TrustEntryRow.id)
    )
    return list(_entries(session.execute(query)))


def _entries(rows: Iterable[tuple[TrustEntryRow, str]]) -> Iterable[TrustEntry]:
    kept = 0
    for row, name in rows:
        fen = row.fen if row.kind == "in" else -row.fen
        kept += fen if row.voided_at is None else 0
        voided = row.voided_at.replace(tzinfo=UTC) if row.voided_at else None
        yield TrustEntry(
            row.id,
            row.resident_id,
            name,
            row.day,
            fen,
            row.method,
            row.purpose,
            row.paper,
            row.other_name,
            kept,
            voided,
            row.void_reason,
            row.paper_id,
        )


def give_back_in(
    session: Session,
    resident_id: int,
    money: tuple[int, str, date],
    words: tuple[str, str, str],
    taken_by: int,
) -> None:
    """Hand over what is kept, within a settlement: how much, how, on which day.

    `words` say what for, on which paper, to whom.
    """
    fen, method, day = money
    purpose, paper, other_name = words
    if method == CASH:
        rules.check_cash(fen, cash_in(session))
    session.add(
        TrustEntryRow(
            resident_id=resident_id,
            kind="out",
            day=day,
            fen=fen,
            method=method,
            purpose=purpose,
            paper=paper,
            other_name=other_name,
            taken_by=taken_by,
        )
    )
    session.flush()

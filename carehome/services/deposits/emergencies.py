"""What was spent in hospital emergencies, and what became of its papers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.deposits import DepositEntryRow, DepositPaperRow
from carehome.db.residents import ResidentRow
from carehome.rules.deposits import NoPapersAsked


@dataclass(frozen=True, slots=True)
class Emergency:
    """Money spent in an emergency; `end` says what became of its papers, if known."""

    entry_id: int
    resident_id: int
    resident: str
    day: date
    fen: int
    purpose: str
    due: date
    end: str
    ended_on: date | None
    text: str
    noted_by: str
    paper_id: int | None

    @property
    def is_open(self) -> bool:
        """Say whether the papers are still to come."""
        return not self.text


def end_papers_in(
    session: Session,
    entry_id: int,
    kind: str,
    text: str,
    by: tuple[date, str],
    paper_id: int | None = None,
) -> None:
    """Note what became of the papers of an emergency, within another deed."""
    row = session.get_one(DepositEntryRow, entry_id)
    if row.papers_due is None or row.paper or row.is_void:
        raise NoPapersAsked
    row.paper = text.strip()
    session.add(
        DepositPaperRow(
            resident_id=row.resident_id,
            deposit_entry_id=entry_id,
            kind=kind,
            day=by[0],
            text=text.strip(),
            noted_by=by[1],
            paper_id=paper_id,
        )
    )


def emergencies_in(session: Session) -> list[Emergency]:
    """List all that was spent in emergencies, what is still open first."""
    query = (
        select(DepositEntryRow, ResidentRow.name, DepositPaperRow)
        .join(ResidentRow, ResidentRow.id == DepositEntryRow.resident_id)
        .outerjoin(
            DepositPaperRow, DepositPaperRow.deposit_entry_id == DepositEntryRow.id
        )
        .where(DepositEntryRow.papers_due.is_not(None), ~DepositEntryRow.is_void)
    )
    found = []
    for row, name, paper in session.execute(query):
        assert row.papers_due is not None, "only those with a day were asked for"
        found.append(
            Emergency(
                row.id,
                row.resident_id,
                name,
                row.day,
                row.fen,
                row.purpose,
                row.papers_due,
                paper.kind if paper else ("handed_in" if row.paper else ""),
                paper.day if paper else None,
                row.paper,
                paper.noted_by if paper else "",
                paper.paper_id if paper else None,
            )
        )
    found.sort(key=lambda each: each.day, reverse=True)
    return sorted(found, key=lambda each: each.due if each.is_open else date.max)

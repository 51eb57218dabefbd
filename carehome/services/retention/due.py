"""Whose papers have had their time, and whose are kept longer."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.agreements import (
    AgreementDocumentRow,
    RetentionHoldRow,
    RetentionRow,
)
from carehome.db.residents import AgreementRow, PaperRow, ResidentRow, StayRow
from carehome.rules import retention as rules


@dataclass(frozen=True, slots=True)
class DuePaper:
    """One paper whose time is over: a scan, or a text that the program drew up."""

    paper_id: int | None
    document_id: int | None
    kind: str
    title: str
    agreement: str
    filed_on: date
    years: int
    kept_until: date


@dataclass(frozen=True, slots=True)
class DueResident:
    """Somebody whose papers have had their time, or are kept longer for a reason."""

    resident_id: int
    name: str
    ended_on: date
    papers: tuple[DuePaper, ...]
    held_until: date | None = None
    reason: str = ""

    @property
    def kept_until(self) -> date:
        """Until when the last of the papers had to be kept."""
        return max(paper.kept_until for paper in self.papers)


def due_in(session: Session, day: date) -> list[DueResident]:
    """List whose papers have had their time on `day`, the oldest first."""
    ended = ends_in(session)
    over = {
        who: last
        for who, ends in ended.items()
        if (last := ends.last) and rules.is_due(last, rules.LEAST_YEARS, day)
    }
    papers = _papers_in(session, over, day)
    holds = _holds_in(session)
    query = select(ResidentRow.id, ResidentRow.name)
    names = dict(session.execute(query).all()) if papers else {}
    found = []
    for who, due in papers.items():
        until, reason = rules.held_until(holds.get(who, ()), day)
        held = until if reason else None
        found.append(DueResident(who, names[who], over[who], tuple(due), held, reason))
    return sorted(found, key=lambda each: each.held_until or each.kept_until)


def ends_in(session: Session) -> dict[int, rules.Ends]:
    """Return when the agreements and stays of everybody ended."""
    agreements: dict[int, list[date]] = defaultdict(list)
    stays: dict[int, list[date | None]] = defaultdict(list)
    last = func.coalesce(AgreementRow.terminated_on, AgreementRow.ends)
    for who, end, starts in session.execute(
        select(AgreementRow.resident_id, last, AgreementRow.starts)
    ):
        agreements[who].append(end or starts)
    for who, left in session.execute(
        select(StayRow.resident_id, StayRow.discharged_on)
    ):
        stays[who].append(left)
    return {
        who: rules.Ends(tuple(agreements.get(who, ())), tuple(stays.get(who, ())))
        for who in agreements.keys() | stays.keys()
    }


def years_in(session: Session) -> dict[str, int]:
    """Return how long kinds of papers are kept where longer than the law says."""
    return {row.kind: row.years for row in session.scalars(select(RetentionRow))}


def _holds_in(session: Session) -> dict[int, list[tuple[date, str]]]:
    holds: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for row in session.scalars(select(RetentionHoldRow)):
        holds[row.resident_id].append((row.until, row.reason))
    return holds


def _papers_in(
    session: Session, ended: Mapping[int, date], day: date
) -> dict[int, list[DuePaper]]:
    """Return the papers of those whose agreements ended, each with its own time."""
    years = years_in(session)
    number = select(AgreementRow.id, AgreementRow.number)
    numbers = dict(session.execute(number).all())
    found: dict[int, list[DuePaper]] = defaultdict(list)

    def add(
        who: int, kind: str, paper: tuple[int | None, int | None, str, str, date]
    ) -> None:
        paper_id, document_id, title, agreement, filed_on = paper
        kept = rules.years_for(kind, years)
        if who in ended and rules.is_due(ended[who], kept, day):
            until = rules.keep_until(ended[who], kept)
            found[who].append(
                DuePaper(
                    paper_id, document_id, kind, title, agreement, filed_on, kept, until
                )
            )

    for scan in session.scalars(select(PaperRow).order_by(PaperRow.id)):
        filed = scan.added_at.replace(tzinfo=UTC).date()
        label = numbers.get(scan.agreement_id or 0, "")
        add(scan.resident_id, scan.kind, (scan.id, None, scan.title, label, filed))
    for text in session.scalars(select(AgreementDocumentRow)):
        label, made = numbers.get(text.agreement_id, ""), text.made_at.date()
        add(text.resident_id, rules.TEXT, (None, text.id, text.edition, label, made))
    return dict(found)

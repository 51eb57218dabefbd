"""What one person can do with what the home may claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.claims import ClaimAnswerRow, ClaimHiddenRow
from carehome.i18n import show_day
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.reports.workbook import write_workbook
from carehome.rules.claims.claim import (
    Facts,
    Judged,
    NoReason,
    NoSuchQuestion,
    Question,
    State,
)
from carehome.rules.claims.judging import check_answer, judge
from carehome.rules.claims.presets import claims, questions
from carehome.rules.figures import Figure, FigureKey
from carehome.rules.rights import Right
from carehome.services.claims.facts import facts_in
from carehome.services.claims.paper import book_of_claims, table_of_claims
from carehome.services.figures import for_user
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs
from carehome.services.staff.allowances import Allowances

RECEIVED = "received"
ORDER = (State.MET, State.UNKNOWN, State.NOT)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the home answered, who said so, and when (UTC without a zone)."""

    value: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why a claim is not for the home, who said so, and when (UTC without a zone)."""

    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One claim as it stands, and whether the home has put it aside."""

    judged: Judged
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """All claims of a day, with the figures and answers that they were judged by."""

    day: date
    region: str
    lines: tuple[Line, ...]
    figures: Mapping[FigureKey, Figure]
    answers: Mapping[str, Answer]


class Claims(Service):
    """What one person can do with what the home may claim."""

    @needs(Right.SEE_OVERVIEW)
    def listed(self, day: date) -> Listing:
        """Judge every claim by what the home knows on a day."""
        allowances = self._allowances(day)
        with self._reading() as session:
            facts = facts_in(session, day, allowances)
            lines = _lines(session, facts)
            answers = {
                row.question: Answer(
                    row.value, row.note, row.answered_at, row.answered_by
                )
                for row in session.scalars(select(ClaimAnswerRow))
            }
        figures = {
            key: for_user(figure, self._user) for key, figure in facts.figures.items()
        }
        return Listing(day, facts.region, lines, figures, answers)

    @needs(Right.SEE_OVERVIEW)
    def write_list(self, day: date, path: Path) -> None:
        """Write what may hold here and was not put aside, as a PDF."""
        table = table_of_claims(self._may_hold(day), show_day(day))
        write_list(path, table, self._head(), A4_WIDE)

    @needs(Right.SEE_OVERVIEW)
    def write_book(self, day: date, path: Path) -> None:
        """Write the same as a workbook, with a row for each condition."""
        table = book_of_claims(self._may_hold(day), show_day(day))
        write_workbook(path, table, self._head())

    @needs(Right.SEE_OVERVIEW)
    def answer(self, question: str, value: str, note: str = "") -> None:
        """Answer what only the home knows; the newest answer counts."""
        check_answer(_question(question), value)
        with self._writing() as session:
            row = _answer_row(session, question) or ClaimAnswerRow(question=question)
            row.value, row.note = value, note.strip()
            row.answered_at, row.answered_by = self._now(), self._user.name
            session.add(row)

    @needs(Right.SEE_OVERVIEW)
    def clear(self, question: str) -> None:
        """Take an answer away; the question is open again."""
        with self._writing() as session:
            if row := _answer_row(session, question):
                session.delete(row)

    @needs(Right.SEE_OVERVIEW)
    def hide(self, claim: str, reason: str) -> None:
        """Put a claim aside that is not for the home, and say why."""
        if not reason.strip():
            raise NoReason
        with self._writing() as session:
            row = _hidden_row(session, claims()[claim].code)
            row = row or ClaimHiddenRow(claim=claim)
            row.reason = reason.strip()
            row.hidden_at, row.hidden_by = self._now(), self._user.name
            session.add(row)

    @needs(Right.SEE_OVERVIEW)
    def show_again(self, claim: str) -> None:
        """Bring a claim back that was put aside."""
        with self._writing() as session:
            if row := _hidden_row(session, claim):
                session.delete(row)

    def _may_hold(self, day: date) -> list[Judged]:
        """Return what may hold here and was not put aside; what is met comes first."""
        lines = self.listed(day).lines
        shown = [x.judged for x in lines if not (x.hidden or x.judged.is_elsewhere)]
        return sorted(shown, key=lambda each: ORDER.index(each.state))

    def _head(self) -> Letterhead:
        with self._reading() as session:
            return letterhead_in(session)

    def _allowances(self, day: date) -> dict[str, int]:
        """Return what the staff may claim now, as their own page works it out."""
        staff = Allowances(self._db, self._user, self._clock)
        months, parts = staff.month(day), staff.bonuses(day)
        due = [each.fen for each in parts if each.state != RECEIVED]
        return {"post": sum(each.fen for each in months), "entry": sum(due)}


def _lines(session: Session, facts: Facts) -> tuple[Line, ...]:
    hidden = {
        row.claim: Hidden(row.reason, row.hidden_at, row.hidden_by)
        for row in session.scalars(select(ClaimHiddenRow))
    }
    return tuple(
        Line(judge(claim, facts), hidden.get(claim.code)) for claim in claims().values()
    )


def _question(code: str) -> Question:
    known = questions(claims().values())
    if code not in known:
        raise NoSuchQuestion
    return known[code]


def _answer_row(session: Session, question: str) -> ClaimAnswerRow | None:
    query = select(ClaimAnswerRow).where(ClaimAnswerRow.question == question)
    return session.scalar(query)


def _hidden_row(session: Session, claim: str) -> ClaimHiddenRow | None:
    return session.scalar(select(ClaimHiddenRow).where(ClaimHiddenRow.claim == claim))

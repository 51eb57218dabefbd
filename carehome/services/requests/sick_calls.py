"""A sick call: which shifts it opens, who could step in, and the deed that mends it.

It is kept as an approved request for leave, so it can be taken back like one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from carehome.db.requests import StaffRequestRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.rules.periods import DAY, Period
from carehome.rules.requests import (
    NotAsLeft,
    Request,
    RequestKind,
    RequestState,
    check_request,
)
from carehome.rules.rights import Right
from carehome.rules.rosters.fixes import Fix, Gap, applied, fixes, is_needed, without
from carehome.rules.rosters.problem import Problem
from carehome.rules.staff import Leave
from carehome.services.requests.approving import Hand, carry_out
from carehome.services.requests.lines import line_in
from carehome.services.rosters.months import month_in
from carehome.services.rosters.writing import Mark, put_in
from carehome.services.service import Service, needs

OPTIONS = 6
Choices = Mapping[date, Fix | None]  # None: the shift stays open


class CallOfThePast(Refusal):
    """A sick call changes nothing of what is over."""

    text = N_(
        "A sick call is about today and later. Write days that are over into the staff "
        "file as sick leave."
    )


@dataclass(frozen=True, slots=True)
class SickCall:
    """Who does not come, from which day to which."""

    staff_id: int
    starts: date
    last_day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A shift that a sick call opens, who could take it, and who is to.

    Without `is_needed` there are people enough even so.
    """

    day: date
    problem: Problem
    gap: Gap
    is_needed: bool
    options: tuple[Fix, ...]
    chosen: Fix | None


class SickCalls(Service):
    """What one person can do when somebody calls in sick."""

    @needs(Right.CHANGE_ROSTER)
    def plan(self, call: SickCall, choices: Choices) -> list[OpenShift]:
        """Return the shifts that open, each with who could step in, the best first.

        What is not in `choices` yet is taken by the best, where somebody is needed.
        """
        self._check(call)
        with self._reading() as session:
            return list(self._open(session, call, choices))

    @needs(Right.CHANGE_ROSTER)
    @speaking()
    def call_in(self, call: SickCall, choices: Choices) -> int:
        """Write the sick leave down and let those chosen step in; return its number."""
        self._check(call)
        with self._writing() as session:
            row = self._noted(session, call)
            why = _("Sick call of {name}").format(name=line_in(session, row).name)
            if call.note.strip():
                why = _("{what}: {why}").format(what=why, why=call.note.strip())
            hand = Hand(self._user, self._now(), why)
            carry_out(session, row, hand)
            chosen = {day: fix for day, fix in choices.items() if fix is not None}
            moved = [
                cell
                for day, fix in sorted(chosen.items())
                for cell in _put(session, day.replace(day=1), fix, hand)
            ]
            row.moved = {"cells": [*row.moved.get("cells", []), *moved]}
            return row.id

    def _check(self, call: SickCall) -> None:
        check_request(_request(call))
        if call.starts < self._today():
            raise CallOfThePast

    def _open(
        self, session: Session, call: SickCall, choices: Choices
    ) -> Iterator[OpenShift]:
        days = Period(call.starts, call.last_day + DAY)
        for first in sorted({day.replace(day=1) for day in days}):
            month = month_in(session, first)
            if month is None or str(call.staff_id) not in month.roster.rows:
                continue
            here = [(day - first).days for day in days if day.replace(day=1) == first]
            problem, roster, gaps = without(
                month.problem,
                month.roster,
                str(call.staff_id),
                range(here[0], here[-1] + 1),
                Leave.SICK.value,
            )
            for gap in gaps:
                day = problem.date_of(gap.day)
                lacks = is_needed(problem, roster, gap)
                options = fixes(
                    problem, roster, gap.day, gap.shift, gap.unit, most=OPTIONS
                )
                best = options[0] if options and lacks else None
                chosen = choices.get(day, best)
                if chosen not in (*options, None):
                    chosen = best
                if chosen is not None:
                    roster = applied(roster, chosen.moves)
                yield OpenShift(day, problem, gap, lacks, options, chosen)

    def _noted(self, session: Session, call: SickCall) -> StaffRequestRow:
        row = StaffRequestRow(
            kind=RequestKind.LEAVE.value,
            staff_id=call.staff_id,
            leave_kind=Leave.SICK.value,
            starts=call.starts,
            last_day=call.last_day,
            note=call.note.strip(),
            asked_on=self._today(),
            entered_by=self._user.name,
            state=RequestState.APPROVED.value,
            answer="",
            decided_at=self._now(),
            decided_by=self._user.name,
        )
        session.add(row)
        session.flush()
        return row


def _request(call: SickCall) -> Request:
    return Request(
        RequestKind.LEAVE, call.staff_id, call.starts, call.last_day, Leave.SICK
    )


def _put(session: Session, first: date, fix: Fix, hand: Hand) -> Iterator[list[str]]:
    """Let those of a fix step in; yield what is remembered of each cell."""
    month = month_in(session, first)
    marks = {}
    for move in fix.moves:
        cell = move.person, move.day
        if month is None or month.roster.rows[move.person][move.day] != move.before:
            raise NotAsLeft
        marks[cell] = Mark(move.after, move.unit)
        day = month.problem.date_of(move.day).isoformat()
        unit = month.roster.units.get(cell, "")
        yield [move.person, day, move.before, unit, move.after, move.unit]
    put_in(session, first, marks, hand.user, hand.now, hand.why)

"""Carrying a request out: the leave into the staff file, the cells into the roster."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from carehome.db.requests import StaffRequestRow
from carehome.db.staff import StaffLeaveRow
from carehome.rules.periods import DAY, Period
from carehome.rules.requests import NotAsLeft, NothingToSwap, Request, effect
from carehome.rules.rights import User
from carehome.rules.rosters.problem import Cell, Problem
from carehome.rules.staff import Away, LeaveTaken
from carehome.services.requests.effects import MonthEffect
from carehome.services.requests.lines import line_in, request_of
from carehome.services.rosters.months import (
    RosterMonth,
    month_in,
    problem_with_leave,
)
from carehome.services.rosters.writing import Mark, put_in
from carehome.services.staff.writing import add_leave_in
from carehome.services.workdays import is_working_day

Cells = list[list[str]]  # person, day, then shift and unit before and after


def effects_in(
    session: Session, request: Request
) -> Iterator[tuple[RosterMonth, MonthEffect]]:
    """Yield what a request does to each roster of its days that those asked are on."""
    keys = {str(request.staff_id), str(request.other_id or request.staff_id)}
    for first in sorted({day.replace(day=1) for day in request.days}):
        month = month_in(session, first)
        if month is not None and keys <= set(month.roster.rows):
            then = _granted(session, request, month)
            found = effect(request, month.problem, month.roster, then)
            yield month, MonthEffect(first, month.is_published, found)


def _granted(session: Session, request: Request, month: RosterMonth) -> Problem:
    """Return what the month asks for once a leave is granted."""
    if request.leave is None:
        return month.problem
    span = Period(request.starts, request.last_day + DAY)
    leave = Away(span, request.leave)
    return problem_with_leave(session, month.first, request.staff_id, leave)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes when, and why: a published roster asks for it."""

    user: User
    now: datetime
    why: str


def carry_out(session: Session, row: StaffRequestRow, hand: Hand) -> None:
    """Do what was asked for, and remember which cells changed."""
    request = request_of(row)
    found = list(effects_in(session, request))
    moved: Cells = []
    for month, each in found:
        moved += _moved(month, each)
    if request.leave is not None:
        row.leave_id = _add_leave(session, request)
    elif not moved:
        line = line_in(session, row)
        raise NothingToSwap(name=line.name, other=line.other)
    row.moved = {"cells": moved}
    _put(session, ((cell[:2], cell[4:]) for cell in moved), hand)


def take_back(session: Session, row: StaffRequestRow, hand: Hand) -> None:
    """Put back what an approval changed, if nobody changed it since."""
    moved: Cells = row.moved.get("cells", [])
    _check_as_left(session, moved)
    leave = session.get(StaffLeaveRow, row.leave_id) if row.leave_id else None
    row.leave_id, row.moved = None, {}
    if leave is not None:
        session.flush()
        session.delete(leave)
        session.flush()
    _put(session, ((cell[:2], cell[2:4]) for cell in moved), hand)


def _moved(month: RosterMonth, each: MonthEffect) -> Cells:
    units, then = month.roster.units, each.effect.units
    return [
        [
            *(key, month.problem.date_of(day).isoformat()),
            *(before, units.get((key, day), "")),
            *(after, then.get((key, day), "")),
        ]
        for (key, day), before, after in each.effect.cells
    ]


def _add_leave(session: Session, request: Request) -> int:
    assert request.leave is not None
    span = Period(request.starts, request.last_day + DAY)
    days = sum(map(is_working_day, span))
    kind = request.leave.value
    taken = LeaveTaken(kind, request.starts, request.last_day, days, request.note)
    return add_leave_in(session, StaffLeaveRow(staff_id=request.staff_id), taken)


def _put(
    session: Session, cells: Iterable[tuple[list[str], list[str]]], hand: Hand
) -> None:
    months: dict[date, dict[Cell, Mark]] = {}
    for (key, day), (code, unit) in cells:
        when = date.fromisoformat(day)
        first = when.replace(day=1)
        months.setdefault(first, {})[key, (when - first).days] = Mark(code, unit)
    for first, marks in months.items():
        put_in(session, first, marks, hand.user, hand.now, hand.why)


def _check_as_left(session: Session, moved: Cells) -> None:
    for first in {date.fromisoformat(cell[1]).replace(day=1) for cell in moved}:
        month = month_in(session, first)
        for key, day, _code, _unit, code, unit in moved:
            number = (date.fromisoformat(day) - first).days
            if month is None or not 0 <= number < month.problem.days:
                continue
            row: Any = month.roster.rows.get(key)
            stands = row and row[number], month.roster.units.get((key, number), "")
            if stands != (code, unit):
                raise NotAsLeft

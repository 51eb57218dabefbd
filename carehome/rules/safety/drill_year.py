"""What a year of drills still lacks, and when that could be held.

Each half year asks for a real exercise (letter 14 of 2026); one a year at night and
one with a unit of disabled people are our own rule, and so are the days proposed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from carehome.rules.periods import Period
from carehome.rules.safety.drills import Drill, Half, State, YearNeed, halves

USUAL = (date(2000, 4, 15), date(2000, 10, 15))  # ours: amid each half, in mild weather
NOTICE = timedelta(days=14)  # ours: time to prepare, and between two of them


@dataclass(frozen=True, slots=True)
class Proposal:
    """A real exercise that would fill a gap of the year."""

    day: date
    is_night: bool = False
    is_disabled_unit: bool = False


def unplanned(year: int, drills: Iterable[Drill]) -> YearNeed:
    """Say which kinds of drill are neither held nor planned in a year."""
    there = [
        each
        for each in drills
        if each.state is not State.CALLED_OFF and each.day.year == year
    ]
    return YearNeed(
        at_night=not any(each.is_night for each in there),
        disabled_unit=not any(each.is_disabled_unit for each in there),
    )


def proposals(year: int, drills: Sequence[Drill], today: date) -> tuple[Proposal, ...]:
    """Return the real exercises that would make a year whole, as far as it can be."""
    last = date(year, 12, 31)
    if last < today:
        return ()
    whole = Period(date(year, 1, 1), date(year + 1, 1, 1))
    need = unplanned(year, drills)
    kinds = iter(_kinds(need))
    found = [
        _with_kind(_day_in(half, today), next(kinds, ""))
        for half in halves(whole, drills)
        if not half.is_done and half.planned is None and half.last_day >= today
    ]
    for kind in kinds:  # no half year is left to carry it: one more
        after = max([today, *(each.day for each in found)])
        found.append(_with_kind(min(after + NOTICE, last), kind))
    return tuple(found)


def _kinds(need: YearNeed) -> Iterator[str]:
    if need.at_night:
        yield "night"
    if need.disabled_unit:
        yield "disabled"


def _with_kind(day: date, kind: str) -> Proposal:
    return Proposal(day, kind == "night", kind == "disabled")


def _day_in(half: Half, today: date) -> date:
    """Return the usual day of a half year; where that is too soon, one with notice."""
    usual = USUAL[0 if half.span.start.month == 1 else 1]
    soonest = today + NOTICE
    wanted = usual.replace(year=half.span.start.year)
    return min(max(wanted, soonest), half.last_day)

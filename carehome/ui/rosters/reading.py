"""Reading a month as the page shows it, and storing what is written into it."""

from datetime import date

from carehome.rules.payroll import DayKind
from carehome.rules.rosters.problem import Shift
from carehome.services.rosters import Mark, RosterMonth, Rosters
from carehome.services.shifts import ShiftKind
from carehome.ui.rosters.month import Kind, Month, Year
from carehome.ui.rosters.worksheet import Change

HOUR, HALF_DAY = 60, 12 * 60
EARLY, LATE = 7 * 60 + 45, 12 * 60  # who begins before the one, or from the other on


def read_month(rosters: Rosters, first: date) -> Month:
    """Read a month."""
    return as_shown(rosters.month(first))


def store_cells(rosters: Rosters, first: date, change: Change, reason: str) -> None:
    """Store cells; those of a published month go with the reason for it."""
    marks = {
        cell: Mark(entry.code, entry.unit, entry.locked)
        for cell, entry in change.items()
    }
    if reason:
        rosters.change_published(first, marks, reason)
    else:
        rosters.set_cells(first, marks)


def as_shown(read: RosterMonth) -> Month:
    """Return a month as the page shows it."""
    problem = read.problem
    days = {day: problem.date_of(day) for day in range(problem.days)}
    main = {str(each.staff_id): each.main_post for each in read.staff}
    return Month(
        problem,
        read.roster,
        tuple(
            _kind(each) for each in read.kinds if each.is_active or _is_used(read, each)
        ),
        {
            key: read.posts.get(post, "")
            for key, post in main.items()
            if post is not None
        },
        problem.unit_names,
        frozenset(d for d, on in days.items() if read.calendar(on) is not DayKind.WORK),
        {
            d: read.calendar.names.get(on, "")
            for d, on in days.items()
            if read.calendar.is_statutory(on)
        },
        {
            key: Year(tally.nights, tally.weekends, tally.holidays)
            for key, tally in read.year.items()
        },
        read.is_published,
    )


def tone_of(shift: Shift) -> str:
    """Return the colour of a shift by its times: people know them by these."""
    if shift.is_night:
        return "night"
    if shift.span > HALF_DAY or not shift.minutes:
        return "duty"
    if shift.starts >= LATE:
        return "late"
    return "early" if shift.starts < EARLY else "day"


def say_times(shift: Shift) -> str:
    """Return from when to when a shift lasts, as short as people write it."""
    if not shift.span:
        return ""
    return f"{_clock(shift.starts)}\u2013{_clock(shift.starts + shift.span)}"


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % (24 * HOUR), HOUR)
    return f"{hour:02}:{rest:02}" if rest else f"{hour:02}"


def _kind(kind: ShiftKind) -> Kind:
    shift = kind.shift
    return Kind(
        shift.code, shift.code, kind.sign, shift.name, say_times(shift), tone_of(shift)
    )


def _is_used(read: RosterMonth, kind: ShiftKind) -> bool:
    """Say whether a kind that is given up still stands in the month."""
    return any(kind.shift.code in row for row in read.roster.rows.values())

"""Labour law as limits of a roster: what a person may work in a day, a week, a month.

Labour Law art. 36 (8 hours a day), 38 (a rest day a week), 41 (overtime at most 3
hours a day and 36 a month); the State Council's rules on working time art. 3 (40 hours
a week); the ministry's 1994/503 art. 5 (comprehensive hours by month, quarter or year:
165.33, 496, 1984 hours on average); special rules on female staff art. 6 and 9
(expecting and nursing: no nights, no overtime).

Ours: that 11 hours lie between two shifts, because the law names no number; that a
shift belongs to the day on which it begins; that it is a night shift when at least two
of its hours lie between 22 and 6 o'clock, where the law speaks of work in these hours;
and that a month of comprehensive hours holds its twelfth of the year, whatever the
period.
"""

from collections.abc import Iterable
from dataclasses import replace

from carehome.rules.payroll import (
    DAY_MINUTES,
    DAY_OVERTIME,
    MONTH_OVERTIME,
    PERIOD_MINUTES,
)
from carehome.rules.rosters.problem import OFF, Limit, Shift
from carehome.rules.staff import Scheme

HOUR = 60
_DAY = 24 * HOUR
WEEK_MINUTES = 40 * HOUR
REST_MINUTES = 11 * HOUR
NIGHT_FROM, NIGHT_TO = 22 * HOUR, 30 * HOUR
NIGHT_SHARE = 2 * HOUR


def rest_between(first: Shift, then: Shift) -> int:
    """Return the minutes from the end of a shift to the start of the next day's."""
    return _DAY + then.starts - first.starts - max(first.span, first.minutes)


def may_follow(first: Shift, then: Shift, rest: int = REST_MINUTES) -> bool:
    """Say whether `then` may be worked the day after `first`."""
    return rest_between(first, then) >= rest


def with_rest(shifts: Iterable[Shift], rest: int = REST_MINUTES) -> tuple[Shift, ...]:
    """Return the shifts, each knowing which may not follow on the next day."""
    known = tuple(shifts)
    return tuple(
        replace(
            shift,
            not_next=shift.not_next
            | {each.code for each in known if not may_follow(shift, each, rest)},
        )
        for shift in known
    )


def is_night(starts: int, span: int) -> bool:
    """Say whether a shift is night work: two of its hours from 22 to 6 o'clock."""
    spans = ((NIGHT_FROM - _DAY, NIGHT_TO - _DAY), (NIGHT_FROM, NIGHT_TO))
    inside = sum(
        max(min(end, starts + span) - max(begin, starts), 0) for begin, end in spans
    )
    return inside >= NIGHT_SHARE


def is_day_lawful(minutes: int, is_protected: bool = False) -> bool:
    """Say whether somebody may work so long in one day, overtime counted in."""
    return minutes <= DAY_MINUTES + (0 if is_protected else DAY_OVERTIME)


def is_week_lawful(row: Iterable[str]) -> bool:
    """Say whether a week from Monday to Sunday holds a day off."""
    return OFF in set(row)


def standard_minutes(scheme: Scheme, working_days: int) -> int:
    """Return the working time of a whole month without overtime.

    Standard hours follow the calendar's working days; comprehensive ones the twelfth
    of a year, which a month of a quarter or a year may pass or miss.
    """
    if scheme is Scheme.STANDARD:
        return working_days * DAY_MINUTES
    return PERIOD_MINUTES[Scheme.MONTH]


def month_limit(
    scheme: Scheme,
    working_days: int,
    here: tuple[int, int],
    trained: int = 0,
    is_protected: bool = False,
) -> Limit:
    """Return the most minutes somebody may work in a month; a hard limit.

    `here` are the days that they are here of all days that count: who is on leave for
    half of them works at most half as long. Minutes `trained` are working time.
    """
    there, days = here
    standard = standard_minutes(scheme, working_days) * there // max(days, 1)
    overtime = 0 if is_protected else MONTH_OVERTIME
    return Limit(0, max(standard + overtime - trained, 0))

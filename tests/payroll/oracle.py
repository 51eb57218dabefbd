"""Working time counted minute by minute, to be compared with the rules."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from carehome.rules.payroll import DayKind, Pay, Time, Turn
from carehome.rules.staff import Scheme

MINUTE = timedelta(minutes=1)


def minutes_of(turn: Turn):
    """Return every minute that somebody works on a shift, as a moment."""
    begin = datetime.combine(turn.day, time()) + timedelta(minutes=turn.starts)
    every = [begin + number * MINUTE for number in range(max(turn.span, turn.minutes))]
    rest = len(every) - turn.minutes
    before = -(-turn.minutes // 2)
    return every[:before] + every[before + rest :]


def owner(turn, moment, calendar) -> date:
    """Return the day that a minute counts for."""
    if DayKind.STATUTORY in (calendar(moment.date()), calendar(turn.day)):
        return moment.date()
    return turn.day


def count(time: Time, month: date, calendar) -> Counter:
    """Return the minutes of a month by what they earn, of standard hours."""
    assert time.scheme is Scheme.STANDARD
    stamped = [
        owner(turn, moment, calendar)
        for turn in time.turns
        for moment in minutes_of(turn)
    ]
    paid: Counter = Counter()
    seen: Counter = Counter()
    rest = 0
    for day in stamped:
        if (day.year, day.month) != (month.year, month.month):
            continue
        kind = calendar(day)
        if kind is DayKind.STATUTORY:
            paid[Pay.STATUTORY] += 1
        elif kind is DayKind.REST:
            rest += 1
        else:
            seen[day] += 1
            paid[Pay.NORMAL if seen[day] <= 480 else Pay.OVERTIME] += 1
    credit = 480 * sum(_is_off(time, day, stamped, calendar) for day in _days(month))
    paid[Pay.NORMAL] += min(rest, credit)
    paid[Pay.REST] += max(rest - credit, 0)
    return +paid


def _days(month):
    day = month.replace(day=1)
    while day.month == month.month:
        yield day
        day += timedelta(days=1)


def _is_off(time, day, stamped, calendar) -> bool:
    return (
        calendar(day) is DayKind.WORK
        and time.employed.holds(day)
        and day not in time.away
        and day not in stamped
        and all(turn.day != day for turn in time.turns)
    )

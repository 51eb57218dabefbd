"""When the plan asks for a round: the windows of time that its rhythms make.

Nothing due is ever stored: what was due is computed from the plan for any stretch of
time, so a program that was closed for days misses nothing. Moments are those of the
clock on the wall.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from carehome.rules.periods import DAY, Period, months_after
from carehome.rules.safety.plan import Planned, Rhythm, night_length

_WITHIN_SPANS = frozenset(
    {Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.HALF_YEARLY, Rhythm.YEARLY}
)
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}


class Due(NamedTuple):
    """One round that is due from `opens` up to, but without, `closes`.

    A year has thousands, and a tuple is made and sorted in a tenth of the time.
    """

    opens: datetime
    closes: datetime
    plan_id: int


def dues(plans: Iterable[Planned], since: datetime, until: datetime) -> list[Due]:
    """Return every round whose window has a moment from `since` up to `until`."""
    found = [
        due
        for planned in plans
        for due in _windows(planned, since, until)
        if due.opens < until and due.closes > since
    ]
    return sorted(found)


def begun_before(planned: Planned, due: Due) -> datetime | None:
    """Return when the week, month or year of a window began, if before its plan did.

    A plan that was changed on the way asks for no second round of that span.
    """
    if planned.rhythm in _WITHIN_SPANS:
        first = _span_start(planned, due.opens.date())
        if first < planned.starts:
            return datetime.combine(first, time.min)
    return None


def _windows(planned: Planned, since: datetime, until: datetime) -> Iterator[Due]:
    """Yield all windows that may lie between two moments, and few beside them."""
    if planned.rhythm not in {Rhythm.DAILY, Rhythm.NIGHT}:
        yield from _in_days(planned, since.date(), until)
        return
    # A window belongs to the day on which it opens and may last into the next one.
    first = max(since.date() - DAY, planned.starts)
    end = min(until.date() + DAY, planned.ends or date.max)
    if first < end:
        of_a_day, plan_id = list(_within_day(planned)), planned.plan_id or 0
        for day in Period(first, end):
            midnight = datetime.combine(day, time.min)
            for opens, closes in of_a_day:
                yield Due(midnight + opens, midnight + closes, plan_id)


def _within_day(planned: Planned) -> Iterator[tuple[timedelta, timedelta]]:
    """Yield the windows of any day, as times since its midnight."""
    if planned.rhythm is Rhythm.DAILY:
        window = timedelta(minutes=planned.window or 0)
        for minute in planned.times:
            opens = timedelta(minutes=minute)
            yield opens, opens + window
        return
    opens = timedelta(minutes=planned.night_from or 0)
    morning = opens + timedelta(minutes=night_length(planned))
    step = timedelta(minutes=planned.every or 0)
    while opens < morning:
        yield opens, min(opens + step, morning)
        opens += step


def _in_days(planned: Planned, since: date, until: datetime) -> Iterator[Due]:
    """Yield windows of whole days, one in each week, month, or so many days.

    The first one is as long as the plan holds in it; one that the plan ends in was
    never due, since there was time left for it.
    """
    first = _span_start(planned, max(since, planned.starts))
    while datetime.combine(first, time.min) < until:
        end = _span_end(planned, first)
        opens = min(first + (planned.first_day - 1) * DAY, end - DAY)
        closes = min(opens + planned.days * DAY, end) if planned.days else end
        if planned.ends is not None and closes > planned.ends:
            return
        if closes > planned.starts:
            yield Due(
                datetime.combine(max(opens, planned.starts), time.min),
                datetime.combine(closes, time.min),
                planned.plan_id or 0,
            )
        first = end


def _span_start(planned: Planned, day: date) -> date:
    if planned.rhythm is Rhythm.WEEKLY:
        return day - timedelta(days=day.weekday())
    if planned.rhythm is Rhythm.EVERY_DAYS:
        return day - (day - planned.starts) % timedelta(days=planned.every or 1)
    months = _MONTHS[planned.rhythm]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _span_end(planned: Planned, first: date) -> date:
    if planned.rhythm is Rhythm.WEEKLY:
        return first + 7 * DAY
    if planned.rhythm is Rhythm.EVERY_DAYS:
        return first + (planned.every or 1) * DAY
    return months_after(first, _MONTHS[planned.rhythm])

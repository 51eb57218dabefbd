"""The problem of a month, from what is known of the home and of its people.

Who is on a roster: everybody who holds a post that some kind of shift asks for, and,
where a kind asks for none, everybody in care. The law's limit of a month's hours is
hard; that people work as many shifts as the month asks for, and a fair share of nights,
weekends and holidays, are wishes of the home.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from carehome.rules.holidays import Calendar
from carehome.rules.payroll import DAY_MINUTES, DayKind
from carehome.rules.rosters.ledger import Tally, fair_limits
from carehome.rules.rosters.limits import month_limit, standard_minutes, with_rest
from carehome.rules.rosters.problem import (
    Bar,
    Cell,
    Count,
    Counted,
    Demand,
    Limit,
    Person,
    Problem,
    Shift,
    Why,
    Wish,
)
from carehome.rules.rosters.weights import Weights
from carehome.rules.staff import Post, StaffFacts

KNOWN_BEFORE = 14  # days of the month before that a problem looks at


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of shift, and the post that may work it; None for everybody."""

    shift: Shift
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """Everything that decides on the roster of `days` days from `first`.

    `before` are the shifts of the last days of each person, as far as they are known;
    `year` is the ledger of the twelve months behind them.
    """

    first: date
    days: int
    kinds: Sequence[Kind]
    staff: Sequence[StaffFacts]
    posts: Mapping[int, Post] = field(default_factory=dict)
    certificates: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    demands: Sequence[Demand] = ()
    wishes: Sequence[Wish] = ()
    locked: Mapping[Cell, str] = field(default_factory=dict)
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: Mapping[str, Tally] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    weights: Weights = field(default_factory=Weights)

    def dates(self) -> Iterator[date]:
        """Yield the days of the month."""
        return (self.first + timedelta(days=day) for day in range(self.days))


def build(month: Month) -> Problem:
    """Return the problem that the roster of a month has to solve."""
    weights = month.weights
    shifts = with_rest((kind.shift for kind in month.kinds), weights.rest_hours * 60)
    people = rostered(month)
    bars = {
        (str(facts.staff_id), number): found
        for facts in people
        for number, day in enumerate(month.dates())
        if (found := _bars(month, facts, day))
    }
    keys = {str(facts.staff_id) for facts in people}
    return Problem(
        month.first,
        month.days,
        shifts,
        tuple(_person(month, facts, bars) for facts in people),
        tuple(month.demands),
        tuple(_weighed(month.wishes, keys, weights.wish)),
        (*_shift_counts(month, people, bars), *_fair_counts(month, people, bars)),
        bars,
        {cell: code for cell, code in month.locked.items() if cell[0] in keys},
        weights.stranger,
        month.units,
    )


def rostered(month: Month) -> list[StaffFacts]:
    """Return who is on the roster: those whom some kind of shift asks for."""
    asked = {kind.post_id for kind in month.kinds}
    care = {post.post_id for post in month.posts.values() if post.is_care}
    wanted = (asked - {None}) | (care if None in asked else set())
    return [facts for facts in month.staff if facts.posts & wanted]


def _bars(month: Month, facts: StaffFacts, day: date) -> dict[str, Bar]:
    """Return what keeps somebody from which shifts on a day."""
    if whole := _away(facts, day):
        return {kind.shift.code: whole for kind in month.kinds}
    unfit = {
        post_id: _unfit(month, facts, post_id, day)
        for post_id in {kind.post_id for kind in month.kinds}
    }
    guard = Bar(Why.PROTECTED) if facts.protected(day) else None
    found = {
        kind.shift.code: unfit[kind.post_id]
        or (guard if _is_hard(kind.shift) else None)
        for kind in month.kinds
    }
    return {code: bar for code, bar in found.items() if bar is not None}


def _away(facts: StaffFacts, day: date) -> Bar | None:
    if not facts.works_here(day):
        return Bar(Why.NOT_HERE)
    if leave := facts.away(day):
        return Bar(Why.AWAY, leave.value)
    return Bar(Why.TRAINING) if facts.in_training(day) else None


def _unfit(
    month: Month, facts: StaffFacts, post_id: int | None, day: date
) -> Bar | None:
    """Return what somebody lacks for the shifts of a post, or of everybody."""
    if post_id is not None and post_id not in facts.posts:
        post = month.posts.get(post_id)
        return Bar(Why.POST, post.name if post else "")
    held = facts.main_post if post_id is None else post_id
    post = month.posts.get(held) if held is not None else None
    lacking = facts.lacks(post.needs, day) if post else ()
    if not lacking:
        return None
    name = month.certificates.get(lacking[0], "")
    return Bar(Why.CERTIFICATE, name, facts.lapsed_on(lacking[0], day))


def _is_hard(shift: Shift) -> bool:
    """Say whether an expecting or nursing mother is kept from a shift."""
    return shift.is_night or shift.minutes > DAY_MINUTES


def _person(
    month: Month, facts: StaffFacts, bars: Mapping[Cell, Mapping[str, Bar]]
) -> Person:
    weights, key = month.weights, str(facts.staff_id)
    unit = str(facts.unit_id) if facts.unit_id is not None else ""
    return Person(
        key,
        facts.name,
        minutes=_hours(month, facts, bars),
        run=Limit(0, weights.run_most),
        rest=Limit(weights.rest_least, None, weights.rest),
        weekends=Limit(0, weights.weekends_most, weights.weekends),
        half_weekend=weights.half_weekend,
        weekly_rest=True,
        unit=unit,
        before=month.before.get(key, ()),
    )


def _hours(
    month: Month, facts: StaffFacts, bars: Mapping[Cell, Mapping[str, Bar]]
) -> Limit:
    """Return the law's limit of hours, by the working days that somebody is here."""
    working, here = _working_days(month, facts, bars)
    return month_limit(
        facts.scheme,
        len(working),
        (here, len(working)),
        sum(facts.in_training(day) for day in working) * DAY_MINUTES,
        any(facts.protected(day) for day in month.dates()),
    )


def _working_days(
    month: Month, facts: StaffFacts, bars: Mapping[Cell, Mapping[str, Bar]]
) -> tuple[list[date], int]:
    """Return the calendar's working days, and on how many of them somebody is here."""
    working = [day for day in month.dates() if month.calendar(day) is DayKind.WORK]
    gone = (Why.AWAY, Why.NOT_HERE)
    here = [
        day
        for day in working
        if not any(
            bar.why in gone
            for bar in bars.get(
                (str(facts.staff_id), (day - month.first).days), {}
            ).values()
        )
    ]
    return working, len(here)


def _weighed(wishes: Iterable[Wish], keys: set[str], times: int) -> Iterator[Wish]:
    for wish in wishes:
        if wish.person in keys:
            yield replace(wish, weight=wish.weight * times)


def _shift_counts(
    month: Month,
    people: Sequence[StaffFacts],
    bars: Mapping[Cell, Mapping[str, Bar]],
) -> Iterator[Count]:
    """Ask each for as many shifts as the month has working days for them."""
    cells = frozenset(
        (day, kind.shift.code)
        for kind in month.kinds
        if kind.shift.minutes  # being on call is no shift
        for day in range(month.days)
    )
    limits: dict[str, Limit] = {}
    for facts in people:
        working, here = _working_days(month, facts, bars)
        standard = standard_minutes(facts.scheme, len(working))
        trained = sum(facts.in_training(day) for day in working)
        wanted = round(standard * here / max(len(working), 1) / DAY_MINUTES) - trained
        wanted = max(wanted, 0)
        limits[str(facts.staff_id)] = Limit(wanted, wanted, month.weights.shifts)
    if cells:
        yield Count(Counted.SHIFT, cells, limits)


def _fair_counts(
    month: Month,
    people: Sequence[StaffFacts],
    bars: Mapping[Cell, Mapping[str, Bar]],
) -> Iterator[Count]:
    """Split nights, weekend days and holidays fairly among those of each post."""
    weights = month.weights
    dates = list(month.dates())
    every = set(range(month.days))
    weekends = {day for day in every if dates[day].weekday() >= 5}
    holidays = {day for day in every if month.calendar.is_statutory(dates[day])}
    nights = {kind.shift.code for kind in month.kinds if kind.shift.is_night}
    for post_id in sorted({k.post_id for k in month.kinds}, key=lambda each: each or 0):
        codes = {kind.shift.code for kind in month.kinds if kind.post_id == post_id}
        for counted, days, of, weight in (
            (Counted.NIGHTS, every, codes & nights, weights.nights),
            (Counted.WEEKENDS, weekends, codes, weights.weekend_days),
            (Counted.HOLIDAYS, holidays, codes, weights.holidays),
        ):
            cells = frozenset((day, code) for day in days for code in of)
            limits = _fair(month, people, bars, counted, cells, weight)
            if limits:
                yield Count(counted, cells, limits)


def _fair(
    month: Month,
    people: Sequence[StaffFacts],
    bars: Mapping[Cell, Mapping[str, Bar]],
    counted: Counted,
    cells: frozenset[tuple[int, str]],
    weight: int,
) -> dict[str, Limit]:
    total = sum(
        demand.need
        for demand in month.demands
        if demand.counts is None and (demand.day, demand.shift) in cells
    )
    if not total:
        return {}
    here = {
        key: days
        for key in (str(facts.staff_id) for facts in people)
        if (days := _days_open(key, cells, bars))
    }
    done = {key: _done(month.year.get(key, Tally()), counted) for key in here}
    return fair_limits(total, here, done, weight)


def _days_open(
    key: str,
    cells: frozenset[tuple[int, str]],
    bars: Mapping[Cell, Mapping[str, Bar]],
) -> int:
    """Count the days on which somebody could be given one of the cells."""
    return len({day for day, code in cells if code not in bars.get((key, day), {})})


def _done(tally: Tally, counted: Counted) -> tuple[int, int]:
    """Return the days and the count of the year behind somebody."""
    counts = {
        Counted.NIGHTS: tally.nights,
        Counted.WEEKENDS: tally.weekends,
        Counted.HOLIDAYS: tally.holidays,
    }
    return tally.days, counts[counted]

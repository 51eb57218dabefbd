"""What is wrong with a roster: of each person, and of the cover of each day.

Written for the grid, which asks after each typed cell, and for whoever doubts the
engine: it shares nothing with the engine but the problem itself.

Where the horizon cuts: a minimum binds a run of days only when both of its ends are
seen, a run that ends with the last day before the first one included, because it is
the first day that ends it. A maximum binds every run that reaches into the horizon,
with the days of it that lie before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from carehome.rules.rosters.placing import crowd, missing, place_among, spare
from carehome.rules.rosters.problem import (
    OFF,
    Count,
    Counted,
    Demand,
    Fault,
    Finding,
    Limit,
    Person,
    Problem,
    Roster,
    Shift,
    Wish,
)

_SATURDAY = 5


def check(problem: Problem, roster: Roster) -> list[Finding]:
    """Return everything that is wrong with a roster."""
    shifts = {shift.code: shift for shift in problem.shifts}
    wishes: dict[str, list[Wish]] = {}
    for wish in problem.wishes:
        wishes.setdefault(wish.person, []).append(wish)
    demands: dict[int, list[Demand]] = {}
    for demand in problem.demands:
        demands.setdefault(demand.day, []).append(demand)
    fixed: dict[int, dict[str, str]] = {}
    for (key, day), unit in roster.units.items():
        fixed.setdefault(day, {})[key] = unit
    found: list[Finding] = []
    for person in problem.people:
        row = roster.rows[person.key]
        found += _person(problem, person, row, shifts, wishes.get(person.key, ()))
    for day in range(problem.days):
        found += _day(problem, roster, day, demands.get(day, ()), fixed.get(day, {}))
    return found


def check_person(problem: Problem, key: str, row: Sequence[str]) -> list[Finding]:
    """Return what is wrong with the row of one person."""
    return _person(
        problem,
        next(person for person in problem.people if person.key == key),
        row,
        {shift.code: shift for shift in problem.shifts},
        [wish for wish in problem.wishes if wish.person == key],
    )


def check_cover(problem: Problem, roster: Roster, day: int) -> list[Finding]:
    """Return what the shifts of a day lack or have too much, and who stands in."""
    return _day(
        problem,
        roster,
        day,
        [demand for demand in problem.demands if demand.day == day],
        {key: unit for (key, on), unit in roster.units.items() if on == day},
    )


def score(findings: Iterable[Finding]) -> int:
    """Return what all soft findings together cost."""
    return sum(finding.cost for finding in findings)


def count_hard(findings: Iterable[Finding]) -> int:
    """Say how many of the findings must not be."""
    return sum(finding.is_hard for finding in findings)


def minutes_of(problem: Problem, row: Iterable[str]) -> int:
    """Return the working time of a row."""
    minutes = {shift.code: shift.minutes for shift in problem.shifts}
    return sum(minutes[code] for code in row if code != OFF)


def weekends_of(problem: Problem, before: Sequence[str], row: Sequence[str]) -> int:
    """Say on how many weekends there is work on either day."""
    known = (*before, *row)
    return sum(
        any(known[day + len(before)] != OFF for day in days)
        for days in _weekends(problem, len(before))
    )


def _person(
    problem: Problem,
    person: Person,
    row: Sequence[str],
    shifts: Mapping[str, Shift],
    wishes: Sequence[Wish],
) -> list[Finding]:
    return [
        *_cells(problem, person, row, shifts),
        *_weeks(problem, person, row),
        *_runs(person, row),
        *_minutes(person, row, shifts),
        *_weekend_faults(problem, person, row),
        *_counts(problem.counts, person, row),
        *_wishes(wishes, row),
    ]


def _cells(
    problem: Problem, person: Person, row: Sequence[str], shifts: Mapping[str, Shift]
) -> Iterator[Finding]:
    key = person.key
    yesterday = person.before[-1] if person.before else OFF
    for day, code in enumerate(row):
        locked = problem.locked.get((key, day))
        if locked is not None and locked != code:
            yield Finding(Fault.LOCK, 1, None, (day,), key, locked)
        if code != OFF:
            bar = problem.bars.get((key, day), {}).get(code)
            if bar is not None:
                yield Finding(Fault.BARRED, 1, None, (day,), key, code, bar=bar)
            if yesterday != OFF and code in shifts[yesterday].not_next:
                days = (day - 1, day)
                yield Finding(
                    Fault.FOLLOWING, 1, None, days, key, code, after=yesterday
                )
        yesterday = code


def _weeks(problem: Problem, person: Person, row: Sequence[str]) -> Iterator[Finding]:
    """Find the weeks without a day off from Monday to Sunday; cut ones if known."""
    if not person.weekly_rest:
        return
    known = (*person.before, *row)
    past = len(person.before)
    for monday in range(-problem.first.weekday(), len(row) - 6, 7):
        week = known[monday + past : monday + past + 7] if monday + past >= 0 else ()
        if week and OFF not in week:
            days = tuple(range(monday, monday + 7))
            yield Finding(Fault.WEEKLY_REST, 1, None, days, person.key, limit=1)


def _runs(person: Person, row: Sequence[str]) -> Iterator[Finding]:
    for start, end, works in _stretches(person.before, row):
        limit = person.run if works else person.rest
        length = end - start
        if end > 0 and limit.most is not None and length > limit.most:
            fault = Fault.RUN_LONG if works else Fault.REST_LONG
            yield from _missed(
                fault, length - limit.most, limit, limit.most, person, start, end
            )
        is_whole = start > -len(person.before) and end < len(row)
        if end >= 0 and is_whole and length < limit.least:
            fault = Fault.RUN_SHORT if works else Fault.REST_SHORT
            yield from _missed(
                fault, limit.least - length, limit, limit.least, person, start, end
            )


def _stretches(
    before: Sequence[str], row: Sequence[str]
) -> Iterator[tuple[int, int, bool]]:
    """Yield the runs of work and of rest: first day, day after the last, is it work."""
    known = (*before, *row)
    past = len(before)
    start = 0
    for at in range(1, len(known) + 1):
        if at == len(known) or (known[at] == OFF) != (known[start] == OFF):
            yield start - past, at - past, known[start] != OFF
            start = at


def _missed(
    fault: Fault,
    amount: int,
    limit: Limit,
    bound: int,
    person: Person,
    start: int,
    end: int,
) -> Iterator[Finding]:
    if limit.weight != 0:
        days = tuple(range(start, end))
        yield Finding(fault, amount, limit.weight, days, person.key, limit=bound)


def _minutes(
    person: Person, row: Sequence[str], shifts: Mapping[str, Shift]
) -> Iterator[Finding]:
    limit = person.minutes
    if limit.weight == 0 or (limit.most is None and not limit.least):
        return
    total = sum(shifts[code].minutes for code in row if code != OFF)
    if limit.most is not None and total > limit.most:
        yield Finding(
            Fault.MINUTES_OVER,
            total - limit.most,
            limit.weight,
            person=person.key,
            limit=limit.most,
        )
    if total < limit.least:
        yield Finding(
            Fault.MINUTES_UNDER,
            limit.least - total,
            limit.weight,
            person=person.key,
            limit=limit.least,
        )


def _weekend_faults(
    problem: Problem, person: Person, row: Sequence[str]
) -> Iterator[Finding]:
    past = len(person.before)
    known = (*person.before, *row)
    worked: list[int] = []
    for days in _weekends(problem, past):
        there = [day for day in days if known[day + past] != OFF]
        worked += there
        if person.half_weekend and len(days) == 2 and len(there) == 1:
            yield Finding(Fault.HALF_WEEKEND, 1, person.half_weekend, days, person.key)
    limit = person.weekends
    if limit.weight == 0:
        return
    count = len({(problem.first.weekday() + day) // 7 for day in worked})
    if limit.most is not None and count > limit.most:
        yield Finding(
            Fault.WEEKENDS_OVER,
            count - limit.most,
            limit.weight,
            tuple(worked),
            person.key,
            limit=limit.most,
        )
    if count < limit.least:
        yield Finding(
            Fault.WEEKENDS_UNDER,
            limit.least - count,
            limit.weight,
            tuple(worked),
            person.key,
            limit=limit.least,
        )


def _weekends(problem: Problem, past: int) -> Iterator[tuple[int, ...]]:
    """Yield the known days of each weekend that reaches into the horizon."""
    for saturday in range(_SATURDAY - problem.first.weekday(), problem.days, 7):
        yield tuple(
            day for day in (saturday, saturday + 1) if -past <= day < problem.days
        )


def _counts(
    counts: Iterable[Count], person: Person, row: Sequence[str]
) -> Iterator[Finding]:
    for count in counts:
        limit = count.limits.get(person.key)
        if limit is None or limit.weight == 0:
            continue
        cells = count.cells
        days = tuple(day for day, code in enumerate(row) if (day, code) in cells)
        codes = {code for _, code in cells}
        shift = min(codes) if count.counted is Counted.SHIFT and len(codes) == 1 else ""
        if limit.most is not None and len(days) > limit.most:
            yield Finding(
                Fault.COUNT_OVER,
                len(days) - limit.most,
                limit.weight,
                days,
                person.key,
                shift,
                limit=limit.most,
                counted=count.counted,
            )
        if len(days) < limit.least:
            yield Finding(
                Fault.COUNT_UNDER,
                limit.least - len(days),
                limit.weight,
                days,
                person.key,
                shift,
                limit=limit.least,
                counted=count.counted,
            )


def _wishes(wishes: Iterable[Wish], row: Sequence[str]) -> Iterator[Finding]:
    for wish in wishes:
        code = row[wish.day]
        is_there = code in wish.shifts if wish.shifts else code != OFF
        if is_there != wish.wanted and wish.weight:
            shift = min(wish.shifts) if len(wish.shifts) == 1 else ""
            yield Finding(
                Fault.WISH, 1, wish.weight, (wish.day,), wish.person, shift, wish=wish
            )


def _day(
    problem: Problem,
    roster: Roster,
    day: int,
    demands: Iterable[Demand],
    fixed: Mapping[str, str],
) -> list[Finding]:
    at_work: dict[str, list[Person]] = {}
    for person in problem.people:
        code = roster.rows[person.key][day]
        if code != OFF:
            at_work.setdefault(code, []).append(person)
    needs: dict[str, list[Demand]] = {}
    for demand in demands:
        needs.setdefault(demand.shift, []).append(demand)
    found: list[Finding] = []
    for code in needs | at_work:
        people, asked = at_work.get(code, []), needs.get(code, [])
        places = place_among(problem.stranger, people, asked, fixed)
        for demand in asked:
            found += _cover(demand, places)
        for person in people:
            found += _stranger(problem, person, day, code, places[person.key])
    return found


def _cover(demand: Demand, places: Mapping[str, str]) -> Iterator[Finding]:
    count = sum(
        (not demand.unit or unit == demand.unit)
        and (demand.counts is None or key in demand.counts)
        for key, unit in places.items()
    )
    for fault, amount, weight, limit in (
        (Fault.COVER_UNDER, missing(demand, count), demand.under, demand.need),
        (Fault.COVER_OVER, spare(demand, count), demand.over, demand.need),
        (Fault.COVER_OVER, crowd(demand, count), None, demand.most or 0),
    ):
        if amount and weight != 0:
            yield Finding(
                fault,
                amount,
                weight,
                (demand.day,),
                shift=demand.shift,
                unit=demand.unit,
                limit=limit,
                demand=demand,
            )


def _stranger(
    problem: Problem, person: Person, day: int, code: str, unit: str
) -> Iterator[Finding]:
    """Find somebody outside their unit; hard where they may not work there at all."""
    if unit == person.unit or not unit or not person.unit:
        return
    may = not person.units or unit in person.units
    weight = problem.stranger if may else None
    if weight != 0:
        yield Finding(Fault.STRANGER, 1, weight, (day,), person.key, code, unit)

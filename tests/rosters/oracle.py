"""The faults of a roster found the slow way: by strings, calendars and trying everything.

Shares no code with the product but the values of the problem. Every answer is a
multiset of (fault, person, amount, weight, days) or, for the cover, the least cost.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from carehome.rules.rosters.problem import Demand, Person, Problem, Roster

Answer = Counter[tuple[object, ...]]
VERY_MUCH = 10**9


def faults_of(problem: Problem, person: Person, row: tuple[str, ...]) -> Answer:
    """Return the faults of one person, by days that are dates and not numbers."""
    past = len(person.before)
    works = {
        problem.first + timedelta(days=at - past): code
        for at, code in enumerate(person.before + row)
    }
    found: Answer = Counter()

    def tell(
        fault: str, amount: int, weight: int | None, days: Iterable[object] = ()
    ) -> None:
        if weight != 0 and amount > 0:
            numbers = tuple((day - problem.first).days for day in days)  # type: ignore[operator]
            found[(fault, amount, weight, numbers)] += 1

    for at, code in enumerate(row):
        day = problem.date_of(at)
        cell = (person.key, at)
        if cell in problem.locked and problem.locked[cell] != code:
            tell("lock", 1, None, [day])
        if code and code in problem.bars.get(cell, {}):
            tell("barred", 1, None, [day])
        evening = works.get(day - timedelta(days=1))
        if code and evening and code in problem.shift(evening).not_next:
            tell("following", 1, None, [day - timedelta(days=1), day])
    _weeks(problem, person, works, tell)
    _runs(problem, person, row, tell)
    total = sum(problem.shift(code).minutes for code in row if code)
    tell("minutes-under", person.minutes.least - total, person.minutes.weight)
    if person.minutes.most is not None:
        tell("minutes-over", total - person.minutes.most, person.minutes.weight)
    for count in problem.counts:
        if person.key in count.limits:
            limit = count.limits[person.key]
            days = [
                problem.date_of(d)
                for d, code in enumerate(row)
                if (d, code) in count.cells
            ]
            tell("count-under", limit.least - len(days), limit.weight, days)
            if limit.most is not None:
                tell("count-over", len(days) - limit.most, limit.weight, days)
    for wish in problem.wishes:
        if wish.person == person.key:
            meant = wish.shifts or {shift.code for shift in problem.shifts}
            if (row[wish.day] in meant) is not wish.wanted:
                tell("wish", 1, wish.weight, [problem.date_of(wish.day)])
    return found


def _weeks(problem, person, works, tell) -> None:  # type: ignore[no-untyped-def]
    ours = {problem.date_of(at) for at in range(problem.days)}
    weeks: dict[tuple[int, int], list] = {}  # type: ignore[type-arg]
    for day in works:
        weeks.setdefault(day.isocalendar()[:2], []).append(day)
    worked_weekends = 0
    weekend_days = []
    for days in weeks.values():
        if not ours & set(days):
            continue
        if person.weekly_rest and len(days) == 7 and all(works[day] for day in days):
            tell("weekly-rest", 1, None, days)
        ends = [day for day in days if day.isoweekday() > 5]
        if not ours & set(ends):
            continue
        there = [day for day in ends if works[day]]
        worked_weekends += bool(there)
        weekend_days += there
        if len(ends) == 2 and len(there) == 1:
            tell("half-weekend", 1, person.half_weekend, ends)
    limit = person.weekends
    tell("weekends-under", limit.least - worked_weekends, limit.weight, weekend_days)
    if limit.most is not None:
        tell("weekends-over", worked_weekends - limit.most, limit.weight, weekend_days)


def _runs(problem, person, row, tell) -> None:  # type: ignore[no-untyped-def]
    past = len(person.before)
    line = "".join("x" if code else "." for code in person.before + row)
    for name, mark, limit in (("run", "x", person.run), ("rest", r"\.", person.rest)):
        for match in re.finditer(f"{mark}+", line):
            days = [
                problem.date_of(at - past) for at in range(match.start(), match.end())
            ]
            length = len(days)
            reaches_in = match.end() > past
            if reaches_in and limit.most is not None:
                tell(f"{name}-long", length - limit.most, limit.weight, days)
            open_ended = match.start() == 0 or match.end() == len(line)
            if match.end() >= past and not open_ended:
                tell(f"{name}-short", limit.least - length, limit.weight, days)


def least_cost_of_day(problem: Problem, roster: Roster, day: int) -> tuple[int, int]:
    """Return (hard people missing, least soft cost) over every way to place the people."""
    hard = soft = 0
    for shift in problem.shifts:
        here = [p for p in problem.people if roster.rows[p.key][day] == shift.code]
        asked = [d for d in problem.demands if d.day == day and d.shift == shift.code]
        units = {d.unit for d in asked if d.unit}
        options = [_options(p, units, roster.units.get((p.key, day))) for p in here]
        best = min(
            _cost(problem, asked, here, choice)
            for choice in itertools.product(*options)
        )
        hard, soft = hard + best // VERY_MUCH, soft + best % VERY_MUCH
    return hard, soft


def _options(person: Person, units: set[str], fixed: str | None) -> list[str]:
    if fixed is not None:
        return [fixed]
    return sorted(
        {person.unit} | {u for u in units if not person.units or u in person.units}
    )


def _cost(
    problem: Problem, asked: list[Demand], here: list[Person], choice: tuple[str, ...]
) -> int:
    cost = 0
    for person, unit in zip(here, choice, strict=True):
        if person.unit and unit and unit != person.unit:
            cost += (
                problem.stranger
                if not person.units or unit in person.units
                else VERY_MUCH
            )
    for demand in asked:
        there = [
            person
            for person, unit in zip(here, choice, strict=True)
            if demand.unit in ("", unit)
            and (demand.counts is None or person.key in demand.counts)
        ]
        lack = max(0, demand.need - len(there))
        crowd = 0 if demand.most is None else max(0, len(there) - demand.most)
        cost += lack * (VERY_MUCH if demand.under is None else demand.under)
        cost += max(0, len(there) - demand.need) * demand.over + crowd * VERY_MUCH
    return cost

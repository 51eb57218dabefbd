"""Wards: who is alike to all of them, and what they need together.

Any roster of the home is a roster of the merged problem and costs no more there:
merged, people count wherever they are needed, and nobody is a stranger. So the bound
of the merged problem holds for the home, and where nothing is lost by merging its
rosters need only be seated.
"""

from collections.abc import Container
from dataclasses import replace

from carehome.rules.rosters.problem import Demand, Person, Problem

Group = tuple[Person, ...]


def groups_of(problem: Problem, but: Container[str] = ()) -> list[Group]:
    """Put people together, `but` some, that are alike to every demand of a unit."""
    apart = [
        demand.counts
        for demand in problem.demands
        if demand.unit and demand.counts is not None
    ]
    distinct = sorted({tuple(sorted(counts)) for counts in apart})
    groups: dict[tuple[str, frozenset[str], tuple[bool, ...]], list[Person]] = {}
    for person in problem.people:
        if person.key not in but:
            counted = tuple(person.key in keys for keys in distinct)
            alike = (person.unit, person.units, counted)
            groups.setdefault(alike, []).append(person)
    return [tuple(group) for group in groups.values()]


def by_shift(problem: Problem) -> list[tuple[tuple[int, str], list[Demand]]]:
    """Return for each day and shift what is needed there, in order."""
    demands: dict[tuple[int, str], list[Demand]] = {}
    for demand in problem.demands:
        demands.setdefault((demand.day, demand.shift), []).append(demand)
    return sorted(demands.items())


def may_go(person: Person, unit: str) -> bool:
    """Say whether somebody may be put in a unit that is not their own."""
    return unit != person.unit and (not person.units or unit in person.units)


def are_one(problem: Problem) -> bool:
    """Say whether everybody may work in all wards alike: they need only be seated.

    Then a roster of the merged problem costs as much in the wards, if it matters in
    none of them more than in another who is missing or too many.
    """
    units = {demand.unit for demand in problem.demands}
    may_all_go = all(
        unit == person.unit or may_go(person, unit)
        for person in problem.people
        for unit in units - {""}
    )
    if problem.stranger or not may_all_go:
        return False
    return not any(_loses(problem, group) for group in _in_wards(problem))


def merged(problem: Problem) -> Problem:
    """Put the demands of the wards together; a roster costs as much there, or less."""
    return replace(
        problem,
        people=tuple(replace(p, unit="", units=frozenset()) for p in problem.people),
        demands=(
            *(demand for demand in problem.demands if not demand.unit),
            *(_together(problem, group) for group in _in_wards(problem)),
        ),
        stranger=0,
    )


def _in_wards(problem: Problem) -> list[list[Demand]]:
    """Return the demands of the wards that merging makes one."""
    groups: dict[tuple[int, str, frozenset[str] | None], list[Demand]] = {}
    for demand in problem.demands:
        if demand.unit:
            key = (demand.day, demand.shift, demand.counts)
            groups.setdefault(key, []).append(demand)
    return list(groups.values())


def _loses(problem: Problem, demands: list[Demand]) -> bool:
    """Say whether these demands together ask less than each for itself."""
    first = demands[0]
    units = {demand.unit for demand in demands}
    if any(
        (demand.under, demand.over, demand.most is None)
        != (first.under, first.over, first.most is None)
        for demand in demands
    ):
        return True
    is_limited = first.most is not None or first.over > 0
    return is_limited and any(_may_leave(person, units) for person in problem.people)


def _together(problem: Problem, demands: list[Demand]) -> Demand:
    """Need as many people as all of these together."""
    units = {demand.unit for demand in demands}
    unders = [demand.under for demand in demands if demand.under is not None]
    most: int | None = sum(demand.most or 0 for demand in demands)
    over = min(demand.over for demand in demands)
    somewhere_else = any(_may_leave(person, units) for person in problem.people)
    if somewhere_else or any(demand.most is None for demand in demands):
        most = None
    return replace(
        demands[0],
        unit="",
        need=sum(demand.need for demand in demands),
        most=most,
        under=min(unders) if unders else None,
        over=0 if somewhere_else else over,
    )


def _may_leave(person: Person, units: set[str]) -> bool:
    """Say whether somebody may work where none of these demands counts them."""
    return bool({person.unit, *person.units} - units - {""})

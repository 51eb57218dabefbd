"""Wards: who is alike to all of them, and what they need together.

Any roster of the home is a roster of the merged problem and costs no less there is
none: merged, people count wherever they are needed, and nobody is a stranger. So the
bound of the merged problem holds for the home, and its rosters need only be seated.
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
    """Say whether everybody may work in all wards alike: they need only be seated."""
    units = {demand.unit for demand in problem.demands}
    return not problem.stranger and all(
        unit == person.unit or may_go(person, unit)
        for person in problem.people
        for unit in units - {""}
    )


def merged(problem: Problem) -> Problem:
    """Put the demands of the wards together; a roster costs as much there, or less."""
    groups: dict[tuple[int, str, frozenset[str] | None], list[Demand]] = {}
    whole: list[Demand] = []
    for demand in problem.demands:
        if demand.unit:
            key = (demand.day, demand.shift, demand.counts)
            groups.setdefault(key, []).append(demand)
        else:
            whole.append(demand)
    return replace(
        problem,
        people=tuple(replace(p, unit="", units=frozenset()) for p in problem.people),
        demands=(*whole, *(_together(problem, group) for group in groups.values())),
        stranger=0,
    )


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

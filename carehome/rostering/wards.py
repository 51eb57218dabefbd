"""A problem without its wards: what all of them need together.

Any roster of the home is a roster of the merged problem and costs no less there is
none: merged, people count wherever they are needed, and nobody is a stranger. So the
bound of the merged problem holds for the home, and its rosters need only be seated.
"""

from dataclasses import replace

from carehome.rules.rosters.problem import Demand, Person, Problem


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

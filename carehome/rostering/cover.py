"""Cover in the model: how many people of each group work in which unit.

A group are the people that are alike to all demands of a unit: same own unit, same
units open to them, counted by the same demands. Numbers of a group instead of
persons keep the model small, and lose nothing.
"""

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from carehome.rules.rosters.problem import Demand, Fault, Person, Problem

if TYPE_CHECKING:
    from carehome.rostering.model import Model

Group = tuple[Person, ...]
# How many of a group work in a unit that is not their own, on a day, on a shift.
Places = dict[tuple[int, str], list[tuple[Group, str, cp_model.IntVar]]]


def add(model: "Model") -> None:
    """Add all demands to a model."""
    groups = groups_of(model.problem)
    by_shift: dict[tuple[int, str], list[Demand]] = {}
    for demand in model.problem.demands:
        by_shift.setdefault((demand.day, demand.shift), []).append(demand)
    for (day, shift), demands in sorted(by_shift.items()):
        _add_shift(model, groups, day, shift, demands)


def groups_of(problem: Problem) -> list[Group]:
    """Put people together that are alike to every demand of a unit."""
    apart = [
        demand.counts
        for demand in problem.demands
        if demand.unit and demand.counts is not None
    ]
    distinct = sorted({tuple(sorted(counts)) for counts in apart})
    groups: dict[tuple[str, frozenset[str], tuple[bool, ...]], list[Person]] = {}
    for person in problem.people:
        counted = tuple(person.key in keys for keys in distinct)
        alike = (person.unit, person.units, counted)
        groups.setdefault(alike, []).append(person)
    return [tuple(group) for group in groups.values()]


def may_go(person: Person, unit: str) -> bool:
    """Say whether somebody may be put in a unit that is not their own."""
    return unit != person.unit and (not person.units or unit in person.units)


def _add_shift(
    model: "Model", groups: list[Group], day: int, shift: str, demands: list[Demand]
) -> None:
    """Place the groups of one shift in the units, and compare with what is needed."""
    units = sorted({demand.unit for demand in demands if demand.unit})
    working = {group: _working(model, group, day, shift) for group in groups}
    at: dict[tuple[Group, str], cp_model.LinearExpr | int] = {}
    for group, works in working.items():
        if not units or not works:
            continue
        gone: list[cp_model.IntVar] = []
        for unit in units:
            if may_go(group[0], unit):
                number = model.cp.new_int_var(0, len(works), "")
                model.places.setdefault((day, shift), []).append((group, unit, number))
                at[group, unit] = number
                gone.append(number)
                if group[0].unit and model.problem.stranger:
                    model.spend(Fault.STRANGER, model.problem.stranger, number)
        at[group, group[0].unit] = sum(works) - sum(gone)
        model.cp.add(sum(gone) <= sum(works))
    for demand in demands:
        present: cp_model.LinearExpr | int = sum(
            (
                at.get((group, demand.unit), 0)
                if demand.unit
                else sum(_working(model, _counted(group, demand), day, shift))
            )
            for group in groups
            if _counted(group, demand)
        )
        _compare(model, demand, present, len(model.problem.people))


def _counted(group: Group, demand: Demand) -> Group:
    """Return the people of a group that a demand counts."""
    if demand.counts is None:
        return group
    return tuple(person for person in group if person.key in demand.counts)


def _working(
    model: "Model", group: Group, day: int, shift: str
) -> list[cp_model.IntVar]:
    cells = ((person.key, day, shift) for person in group)
    return [model.x[cell] for cell in cells if cell in model.x]


def _compare(
    model: "Model", demand: Demand, present: cp_model.LinearExpr | int, largest: int
) -> None:
    """Ask for the need, and let each person missing or too many cost."""
    if demand.need > 0 and demand.under != 0:
        under = model.shortfall(demand.under, demand.need)
        model.cp.add(present + under >= demand.need)
        model.spend(Fault.COVER_UNDER, demand.under or 0, under)
    if demand.over:
        over = model.shortfall(demand.over, largest - demand.need)
        model.cp.add(present - over <= demand.need)
        model.spend(Fault.COVER_OVER, demand.over, over)
    if demand.most is not None:
        model.cp.add(present <= demand.most)

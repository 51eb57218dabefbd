"""Cover in the model: how many people of each group work in which unit.

A group are the people that are alike to all demands of a unit: same own unit, same
units open to them, counted by the same demands. Numbers of a group instead of
persons keep the model small, and lose nothing.
"""

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from carehome.rostering.wards import Group, by_shift, groups_of, may_go
from carehome.rules.rosters.problem import Demand, Fault

if TYPE_CHECKING:
    from carehome.rostering.model import Model

# How many of a group work in a unit that is not their own, on a day, on a shift.
Places = dict[tuple[int, str], list[tuple[Group, str, cp_model.IntVar]]]


def add(model: "Model") -> None:
    """Add all demands to a model."""
    groups = groups_of(model.problem, model.held.rows)
    for (day, shift), demands in by_shift(model.problem):
        _add_shift(model, groups, day, shift, demands)


def _add_shift(
    model: "Model", groups: list[Group], day: int, shift: str, demands: list[Demand]
) -> None:
    """Place the groups of one shift in the units, and compare with what is needed."""
    units = sorted({demand.unit for demand in demands if demand.unit})
    at: list[dict[str, cp_model.LinearExpr | int]] = []
    for group in groups:
        works = _working(model, group, day, shift)
        at.append(_place(model, (day, shift), group, works, units) if works else {})
    for demand in demands:
        present: cp_model.LinearExpr | int = _held(model, demand)
        for places, group in zip(at, groups, strict=True):
            if not places or not (counted := _counted(group, demand)):
                continue
            if demand.unit:
                present += places.get(demand.unit, 0)
            else:
                present += sum(_working(model, counted, day, shift))
        _compare(model, demand, present, len(model.problem.people))


def _place(
    model: "Model",
    cell: tuple[int, str],
    group: Group,
    works: list[cp_model.IntVar],
    units: list[str],
) -> dict[str, cp_model.LinearExpr | int]:
    """Say how many of a group are in each unit: at home unless one lacks somebody."""
    at: dict[str, cp_model.LinearExpr | int] = {}
    person = group[0]
    for unit in units:
        if may_go(person, unit):
            number = model.cp.new_int_var(0, len(works), "")
            model.places.setdefault(cell, []).append((group, unit, number))
            at[unit] = number
            if person.unit and model.problem.stranger:
                model.spend(Fault.STRANGER, model.problem.stranger, number)
    gone = sum(at.values())
    if at:
        model.cp.add(gone <= sum(works))
    at[person.unit] = sum(works) - gone
    return at


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


def _held(model: "Model", demand: Demand) -> int:
    """Count those of the held rows that are where a demand wants them."""
    return sum(
        row[demand.day] == demand.shift
        and (not demand.unit or model.place(key, demand.day) == demand.unit)
        and (demand.counts is None or key in demand.counts)
        for key, row in model.held.rows.items()
    )


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

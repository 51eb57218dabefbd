"""The lines below the grid: how many are needed on a shift, and how many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from carehome.rules.rosters.problem import Demand, Problem
from carehome.ui.rosters.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are needed and there; `is_short` where any of several needs is.

    `lacks_some` where heads enough are there, but not those certain people.
    """

    need: int
    have: int
    is_short: bool
    is_hard: bool
    lacks_some: bool


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line of needs that are counted together: those of a unit, or all of a shift."""

    shift: str
    unit: str
    demands: tuple[tuple[Demand, ...], ...]  # for each day

    def tally(self, sheet: Worksheet, day: int) -> Tally | None:
        """Count a day; None where nothing is needed.

        What asks for certain people adds no heads, but it can be what is short.
        """
        counted = [(each, count(sheet, each)) for each in self.demands[day]]
        if not counted:
            return None
        heads = [each for each in counted if each[0].counts is None] or counted
        short = [each for each, have in counted if have < each.need]
        return Tally(
            sum(each.need for each, _have in heads),
            sum(have for _each, have in heads),
            bool(short),
            any(each.under is None for each in short),
            bool(short) and all(each.counts is not None for each in short),
        )


def count(sheet: Worksheet, demand: Demand) -> int:
    """Say how many are there of those whom a demand asks for."""
    return sum(
        (not demand.unit or unit == demand.unit)
        and (demand.counts is None or key in demand.counts)
        for key, unit in sheet.places(demand.day, demand.shift).items()
    )


def lines_of(
    problem: Problem, unit: str = "", by_unit: bool = False
) -> list[CoverLine]:
    """Return the lines of one unit, or of all: by unit, or one for each shift."""
    order = {shift.code: at for at, shift in enumerate(problem.shifts)}

    def place(demand: Demand) -> tuple[int, str]:
        return order[demand.shift], demand.unit if unit or by_unit else ""

    wanted = [d for d in problem.demands if not unit or d.unit in {"", unit}]
    return [
        CoverLine(problem.shifts[at].code, where, _by_day(group, problem.days))
        for (at, where), group in groupby(sorted(wanted, key=place), place)
    ]


def _by_day(demands: Iterator[Demand], days: int) -> tuple[tuple[Demand, ...], ...]:
    lists: list[list[Demand]] = [[] for _ in range(days)]
    for demand in demands:
        lists[demand.day].append(demand)
    return tuple(map(tuple, lists))

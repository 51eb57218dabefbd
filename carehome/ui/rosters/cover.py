"""The lines below the grid: how many are needed on a shift, and how many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from carehome.rules.rosters.problem import Demand, Problem
from carehome.ui.rosters.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are needed and there; `is_short` where any of several needs is."""

    need: int
    have: int
    is_short: bool
    is_hard: bool = True

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.need + other.need,
            self.have + other.have,
            self.is_short or other.is_short,
            (self.is_short and self.is_hard) or (other.is_short and other.is_hard),
        )


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line of needs that are counted together: one of a unit, or all of a shift."""

    shift: str
    unit: str
    is_some: bool
    demands: tuple[tuple[Demand, ...], ...]  # for each day

    def tally(self, sheet: Worksheet, day: int) -> Tally | None:
        """Count a day; None where nothing is needed."""
        counted = [_tally(sheet, demand) for demand in self.demands[day]]
        if not counted:
            return None
        whole = counted[0]
        for each in counted[1:]:
            whole += each
        return whole


def lines_of(
    problem: Problem, unit: str = "", by_unit: bool = False
) -> list[CoverLine]:
    """Return the lines of one unit, or of all: by unit, or one for each shift.

    What asks for certain people only stands apart from the count of heads.
    """
    order = {shift.code: at for at, shift in enumerate(problem.shifts)}

    def place(demand: Demand) -> tuple[int, bool, str]:
        where = demand.unit if unit or by_unit else ""
        return order[demand.shift], demand.counts is not None, where

    wanted = [d for d in problem.demands if not unit or d.unit in {"", unit}]
    return [
        CoverLine(problem.shifts[at].code, where, is_some, _by_day(group, problem.days))
        for (at, is_some, where), group in groupby(sorted(wanted, key=place), place)
    ]


def _by_day(demands: Iterator[Demand], days: int) -> tuple[tuple[Demand, ...], ...]:
    lists: list[list[Demand]] = [[] for _ in range(days)]
    for demand in demands:
        lists[demand.day].append(demand)
    return tuple(map(tuple, lists))


def _tally(sheet: Worksheet, demand: Demand) -> Tally:
    have = sum(
        (not demand.unit or unit == demand.unit)
        and (demand.counts is None or key in demand.counts)
        for key, unit in sheet.places(demand.day, demand.shift).items()
    )
    return Tally(demand.need, have, have < demand.need, demand.under is None)

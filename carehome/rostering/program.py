"""A program that mixes or chooses whole schedules so that the cover is met.

The rows are needs; a schedule counts for those of its cells. Where wards have needs of
their own, people count in their own, and moves say how many of a group go to another.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ortools.linear_solver import pywraplp

from carehome.rostering.wards import Group, by_shift, groups_of, may_go
from carehome.rules.rosters.problem import Demand, Person, Problem


@dataclass(frozen=True, slots=True)
class Need:
    """A sum over schedules that should lie within limits.

    Each unit below `least` costs `under`, each above `most` costs `over`; there are
    never more than `room` above.
    """

    least: int
    most: int
    under: float
    over: float
    room: int


Place = tuple[int, str, str, str]  # a day, a shift, the first of a group, a unit
Moved = Mapping[Place, int]
# What a need is known by: its day, shift, who counts, and the unit or group.
Name = tuple[int, str, frozenset[str] | None, str]


@dataclass(frozen=True, slots=True)
class Move:
    """How many of a group may work in a unit that is not their own, and at what cost.

    `counts` says for which needs each of them counts, and for which no more.
    """

    day: int
    shift: str
    group: Group
    unit: str
    cost: int
    counts: tuple[tuple[int, int], ...]

    @property
    def place(self) -> Place:
        """What the move is known by."""
        return self.day, self.shift, self.group[0].key, self.unit


class Cover:
    """The needs of some days of a problem, and which cells of whom count for them."""

    def __init__(self, problem: Problem, days: range) -> None:
        self.needs: list[Need] = []
        self.names: list[Name] = []
        self.moves: list[Move] = []
        self.of: dict[tuple[int, int, str], list[int]] = {}  # person, day, code
        self._problem = problem
        groups = groups_of(problem)
        for (day, shift), demands in by_shift(problem):
            if day in days:
                self._add(day, shift, demands, groups)

    def _add(
        self, day: int, shift: str, demands: list[Demand], groups: list[Group]
    ) -> None:
        numbers = [(demand, self._need(demand)) for demand in demands]
        for demand, number in numbers:
            for person, who in enumerate(self._problem.people):
                if (not demand.unit or who.unit == demand.unit) and _is_counted(
                    who, demand
                ):
                    self.of.setdefault((person, day, shift), []).append(number)
        places = {person.key: n for n, person in enumerate(self._problem.people)}
        units = sorted({demand.unit for demand in demands if demand.unit})
        for group in groups:
            elsewhere = [unit for unit in units if may_go(group[0], unit)]
            if not elsewhere:
                continue
            enough = len(self.needs)  # no more go than work
            self.needs.append(Need(0, len(group), inf, 0, 0))
            self.names.append((day, shift, None, group[0].key))
            for member in group:
                cell = (places[member.key], day, shift)
                self.of.setdefault(cell, []).append(enough)
            for unit in elsewhere:
                counts = [(enough, -1)]
                for demand, number in numbers:
                    if demand.unit and _is_counted(group[0], demand):
                        sign = (demand.unit == unit) - (demand.unit == group[0].unit)
                        counts += [(number, sign)] if sign else []
                cost = self._problem.stranger if group[0].unit else 0
                self.moves.append(Move(day, shift, group, unit, cost, tuple(counts)))

    def counts_for(self, person: int, row: Sequence[str]) -> Counter[int]:
        """Return the numbers of the needs that a schedule counts for, how often."""
        return Counter(
            number
            for day, code in enumerate(row)
            for number in self.of.get((person, day, code), ())
        )

    def cost_of(
        self, rows: Sequence[Sequence[str]], moved: Moved, dear: float
    ) -> float:
        """Return what is missed or too much; what must not be costs `dear` each."""
        return sum(self.costs_of(rows, moved, dear).values())

    def costs_of(
        self, rows: Sequence[Sequence[str]], moved: Moved, dear: float
    ) -> dict[int, float]:
        """Return for each day what is missed or too much there costs."""
        sums: Counter[int] = Counter()
        for person, row in enumerate(rows):
            sums.update(self.counts_for(person, row))
        costs: defaultdict[int, float] = defaultdict(float)
        for move in self.moves:
            gone = moved.get(move.place, 0)
            costs[move.day] += gone * move.cost
            for number, sign in move.counts:
                sums[number] += gone * sign
        for number, need in enumerate(self.needs):
            total = sums[number]
            over = max(total - need.most, 0)
            costs[self.names[number][0]] += (
                max(need.least - total, 0) * min(need.under, dear)
                + min(over, need.room) * need.over
                + max(over - need.room, 0) * dear
            )
        return costs

    def _need(self, demand: Demand) -> int:
        people = len(self._problem.people)
        most = people if demand.most is None else demand.most
        under = inf if demand.under is None else demand.under
        room = max(most - demand.need, 0)
        self.needs.append(Need(demand.need, demand.need, under, demand.over, room))
        self.names.append((demand.day, demand.shift, demand.counts, demand.unit))
        return len(self.needs) - 1


class Program:
    """A linear program of schedules, or an integer one."""

    def __init__(self, cover: Cover, people: int, solver: str, dear: float) -> None:
        """Begin with no schedule; what must not be missed costs `dear`."""
        self.solver = pywraplp.Solver.CreateSolver(solver)
        self.cost = self.solver.Objective()
        self.cost.SetMinimization()
        self._cover = cover
        self._dear = dear
        self._is_whole = solver == "SCIP"
        self.sums = [self._sum(need) for need in cover.needs]
        self.one = [self.solver.Constraint(1, 1) for _ in range(people)]
        self.moves = [self._move(move) for move in cover.moves]

    def number(self, most: float, cost: float) -> pywraplp.Variable:
        """Add a number from 0 to `most` that costs so much each."""
        variable = self.solver.Var(0, most, self._is_whole, "")
        self.cost.SetCoefficient(variable, cost)
        return variable

    def _sum(self, need: Need) -> pywraplp.Constraint:
        row = self.solver.Constraint(need.least, need.most)
        if min(need.under, self._dear) < inf:
            under = self.number(inf, min(need.under, self._dear))
            row.SetCoefficient(under, 1)
        row.SetCoefficient(self.number(need.room, need.over), -1)
        return row

    def _move(self, move: Move) -> pywraplp.Variable:
        moved = self.number(len(move.group), move.cost)
        for number, sign in move.counts:
            self.sums[number].SetCoefficient(moved, sign)
        return moved

    def moved(self) -> Moved:
        """Return how many go where, once it is solved."""
        return {
            move.place: gone
            for move, moved in zip(self._cover.moves, self.moves, strict=True)
            if (gone := round(moved.solution_value()))
        }

    def share(
        self, person: int, cost: float, counts: Mapping[int, int]
    ) -> pywraplp.Variable:
        """Add the share that a person has of a schedule."""
        share = self.number(1 if self._is_whole else inf, cost)
        self.one[person].SetCoefficient(share, 1)
        for number, times in counts.items():
            self.sums[number].SetCoefficient(share, times)
        return share


def _is_counted(person: Person, demand: Demand) -> bool:
    return demand.counts is None or person.key in demand.counts

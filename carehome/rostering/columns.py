"""The best mixture of whole schedules: a lower bound that is hardly ever far off.

A linear program mixes schedules so that the cover is met at least cost; its prices of
the cells let each person's network name a schedule that would make the mixture
cheaper, until there is none (column generation). Prices of any kind give a bound
(Lagrange), so nothing has to be solved to the end to be true.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, inf

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import pywraplp

from carehome.rostering.schedules import Floats, Schedules, TooManyStates
from carehome.rostering.wards import merged
from carehome.rules.rosters.problem import Limit, Problem

Row = tuple[str, ...]
Column = tuple[int, Row]  # the person's number and what they work
Ban = tuple[int, int, int]  # a person, a day and a code that is not to be worked
Prices = npt.NDArray[np.float64]

TINY = 1e-6
NO_SCORE = 10**9  # above every score: that of a roster which does not exist
ABSENT = 100  # times that, and the days: what it costs to have no schedule at all
DEAR = 5  # times the dearest soft rule: what a hard one costs while it is missed
AT_ONCE = 4  # schedules taken from a person's network in one go
SMOOTH = 0.5  # how far new prices stay with the best known ones


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


class Mixture:
    """The cheapest mixture of schedules, and what it says about whole rosters."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = [Schedules(problem, person) for person in problem.people]
        self.codes = self.people[0].codes
        self.columns: dict[Column, float] = {}
        self._banned: list[set[tuple[int, str]]] = [set() for _ in self.people]
        self._held: dict[int, Row] = {}
        self._code = {code: number for number, code in enumerate(self.codes)}
        self.needs: list[Need] = []
        self._rows_of: list[list[list[int]]] = [
            [[] for _ in range(problem.days * len(self.codes))] for _ in self.people
        ]
        self._find_needs()
        self._dear = float(DEAR * _dearest(problem))
        self._begin()
        self._mixed: dict[Column, float] = {}

    def _begin(self) -> None:
        """Write the linear program anew, with all schedules that are known."""
        self._highest = np.array([min(n.under, self._dear) for n in self.needs])
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        self._cost = self._lp.Objective()
        self._cost.SetMinimization()
        self._sums = [self._sum(need) for need in self.needs]
        self._one = [self._person_row() for _ in self.people]
        self._shares: dict[Column, pywraplp.Variable] = {}
        for column in self.columns:
            self._share(column)

    def raise_prices(self) -> bool:
        """Let a hard need that is missed cost more; say no if that makes no sense."""
        self._dear *= 10
        self._begin()
        return self._dear < NO_SCORE / 100

    def _find_needs(self) -> None:
        """Find what is needed, and which cells of whom count for it."""
        everybody = range(len(self.people))
        for demand in self.problem.demands:
            most = len(everybody) if demand.most is None else demand.most
            under = inf if demand.under is None else demand.under
            room = max(most - demand.need, 0)
            need = Need(demand.need, demand.need, under, demand.over, room)
            counted = [
                person
                for person in everybody
                if demand.counts is None
                or self.people[person].person.key in demand.counts
            ]
            self._put(need, counted, [(demand.day, demand.shift)])
        for person, schedules in enumerate(self.people):
            for limit, cells in schedules.apart:
                weight = float(limit.weight or 0)
                most = len(cells) if limit.most is None else limit.most
                need = Need(limit.least, most, weight, weight, len(cells))
                self._put(need, [person], cells)

    def _put(
        self, need: Need, people: Iterable[int], cells: Iterable[tuple[int, str]]
    ) -> None:
        number = len(self.needs)
        self.needs.append(need)
        for person, (day, shift) in product(people, cells):
            cell = day * len(self.codes) + self._code[shift]
            self._rows_of[person][cell].append(number)

    def _sum(self, need: Need) -> pywraplp.Constraint:
        row = self._lp.Constraint(need.least, need.most)
        under = self._lp.NumVar(0, self._lp.infinity(), "")
        row.SetCoefficient(under, 1)
        self._cost.SetCoefficient(under, min(need.under, self._dear))
        over = self._lp.NumVar(0, need.room, "")
        row.SetCoefficient(over, -1)
        self._cost.SetCoefficient(over, need.over)
        return row

    def _person_row(self) -> pywraplp.Constraint:
        row = self._lp.Constraint(1, 1)
        absent = self._lp.NumVar(0, 1, "")
        row.SetCoefficient(absent, 1)
        self._cost.SetCoefficient(absent, ABSENT * self._dear * self.problem.days)
        return row

    def counts_for(self, column: Column) -> Iterable[int]:
        """Return the numbers of the needs that a schedule counts for, with repeats."""
        person, row = column
        for day, code in enumerate(row):
            yield from self._rows_of[person][day * len(self.codes) + self._code[code]]

    def add(self, columns: Iterable[Column]) -> int:
        """Put schedules into the mixture; return how many are new."""
        fresh = [
            column for column in dict.fromkeys(columns) if column not in self.columns
        ]
        for column in fresh:
            self.columns[column] = self.people[column[0]].cost_of(column[1])
            self._share(column)
        return len(fresh)

    def _share(self, column: Column) -> None:
        """Let the mixture hold a share of a schedule."""
        share = self._lp.NumVar(0, self._lp.infinity(), "")
        self._shares[column] = share
        self._cost.SetCoefficient(share, self.columns[column])
        self._one[column[0]].SetCoefficient(share, 1)
        for number, times in Counter(self.counts_for(column)).items():
            self._sums[number].SetCoefficient(share, times)
        if not self._is_allowed(column):
            share.SetUb(0)

    def ban(self, bans: frozenset[Ban]) -> None:
        """Take the cells of `bans`, and no other, out of the mixture."""
        self._held = {}
        self._banned = [set() for _ in self.people]
        for person, day, code in bans:
            self._banned[person].add((day, self.codes[code]))
        for column, share in self._shares.items():
            share.SetUb(self._lp.infinity() if self._is_allowed(column) else 0)

    def hold(self, rows: Mapping[int, Row]) -> None:
        """Hold some people's rows; ban nothing else."""
        self.ban(frozenset())
        self._held = dict(rows)
        for (person, row), share in self._shares.items():
            if rows.get(person, row) != row:
                share.SetUb(0)

    def _is_allowed(self, column: Column) -> bool:
        person, row = column
        return self._held.get(person, row) == row and self._banned[person].isdisjoint(
            enumerate(row)
        )

    def cell_costs(self, person: int, prices: Prices) -> Floats:
        """Return what each cell of a person costs at `prices`, infinite if banned."""
        costs = np.zeros(self.problem.days * len(self.codes))
        for cell, numbers in enumerate(self._rows_of[person]):
            for number in numbers:
                costs[cell] -= prices[number]
        cells: Floats = costs.reshape(self.problem.days, len(self.codes))
        for day, code in self._banned[person]:
            cells[day, self._code[code]] = inf
        return cells

    def slack(self, prices: Prices) -> float:
        """Return the part of the bound that does not hang on persons."""
        total = 0.0
        for price, need in zip(prices.tolist(), self.needs, strict=True):
            total += price * (need.least if price > 0 else need.most)
            total += min(price + need.over, 0) * need.room
        return total

    def start(self) -> Prices:
        """Give everybody a first schedule; return the prices to begin with."""
        prices = np.zeros(len(self.needs))
        self.add(self._price(prices)[1])
        return prices

    def squeeze(
        self,
        prices: Prices,
        enough: float,
        stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[float, Prices]:
        """Add schedules until the mixture is the cheapest, or costs `enough`.

        Returns a bound below which no roster lies, and the prices that prove it; the
        bound is lower than it might be where somebody stops.
        """
        bound, centre = -inf, prices
        while True:
            if stopped():
                return bound, centre
            if self._lp.Solve() != self._lp.OPTIMAL:
                self._begin()
                if self._lp.Solve() != self._lp.OPTIMAL:
                    return bound, centre
            cost = self._cost.Value()
            self._mixed = {
                column: value
                for column, share in self._shares.items()
                if (value := share.solution_value()) > TINY
            }
            duals = np.array([row.dual_value() for row in self._sums])
            for smooth in (SMOOTH, 0.0):
                tried = np.clip(
                    smooth * centre + (1 - smooth) * duals, -inf, self._highest
                )
                length, found = self._price(tried)
                if length > bound:
                    bound, centre = length, tried
                fresh = self.add(found)
                if fresh or bound >= enough:
                    break
            if not fresh or bound >= enough or cost - bound < TINY:
                return bound, centre

    def _price(self, prices: Prices) -> tuple[float, list[Column]]:
        length, found = self.slack(prices), []
        for person, schedules in enumerate(self.people):
            costs = self.cell_costs(person, prices)
            if person in self._held:
                length += schedules.length_of(self._held[person], costs)
                continue
            best = schedules.best(costs, AT_ONCE)
            if not best:
                return inf, []
            length += best[0][0]
            found += [(person, row) for _, row in best]
        return length, found

    def shares(self) -> dict[Column, float]:
        """Return the last mixture: how much of each schedule it holds."""
        return self._mixed

    def near(self, prices: Prices, gap: float, most: int) -> list[Column] | None:
        """Return all schedules that a roster within `gap` of the bound may hold.

        None when they are more than `most`.
        """
        columns: list[Column] = []
        for person, schedules in enumerate(self.people):
            costs = self.cell_costs(person, prices)
            rows = schedules.near(costs, gap, most - len(columns))
            columns += [(person, row) for _, row in rows]
            if len(columns) > most:
                return None
        return columns

    def allowed(self) -> list[Column]:
        """Return the schedules of the mixture that hold no banned cell."""
        return [column for column in self.columns if self._is_allowed(column)]


def searchable(problem: Problem) -> bool:
    """Say whether nothing but schedules and the cover of the whole home is asked for.

    Then rosters are best searched as whole schedules.
    """
    if any(demand.unit for demand in problem.demands):
        return False
    try:
        return not any(Schedules(problem, p).apart for p in problem.people)
    except TooManyStates:
        return False


def bound_of(problem: Problem, stopped: Callable[[], bool]) -> int:
    """Return a score below which no roster lies; 0 where that is not known.

    Wards are merged, and hours let go where there are too many states with them: what
    may be worked is only more then, so the bound stays true.
    """
    together = merged(problem)
    try:
        mixture = Mixture(together)
    except TooManyStates:
        people = (replace(person, minutes=Limit()) for person in together.people)
        try:
            mixture = Mixture(replace(together, people=tuple(people)))
        except TooManyStates:
            return 0
    bound, _ = mixture.squeeze(mixture.start(), inf, stopped)
    return max(whole(bound), 0) if bound > -inf else 0


def _dearest(problem: Problem) -> int:
    """Return the largest weight of all soft rules."""
    limits = [
        limit
        for person in problem.people
        for limit in (person.run, person.rest, person.weekends)
    ]
    limits += [limit for count in problem.counts for limit in count.limits.values()]
    weights = [limit.weight or 0 for limit in limits]
    longest = max((shift.minutes for shift in problem.shifts), default=0)
    weights += [(p.minutes.weight or 0) * longest for p in problem.people]
    weights += [max(d.under or 0, d.over) for d in problem.demands]
    weights += [wish.weight for wish in problem.wishes]
    return max(weights, default=0) + 1


def whole(bound: float) -> int:
    """Round a bound up: the score of a roster is a whole number."""
    return NO_SCORE if bound == inf else ceil(bound - TINY)

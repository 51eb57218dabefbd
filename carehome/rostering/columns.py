"""The best mixture of whole schedules: a lower bound that is hardly ever far off.

A linear program mixes schedules so that the cover is met at least cost; its prices of
the cells let each person's network name a schedule that would make the mixture
cheaper, until there is none (column generation). Prices of any kind give a bound
(Lagrange), so nothing has to be solved to the end to be true.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil, inf, isinf

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import pywraplp

from carehome.rostering.network import Floats, Network
from carehome.rostering.program import Cover, Name, Program
from carehome.rostering.schedules import Schedules
from carehome.rules.rosters.problem import Problem

Row = tuple[str, ...]
Column = tuple[int, Row]  # the person's number and what they work
Ban = tuple[int, int, int]  # a person, a day and a code that is not to be worked
Prices = npt.NDArray[np.float64]

TINY = 1e-6
NO_SCORE = 10**9  # above every score: that of a roster which does not exist
ABSENT = 100  # times that, and the days: what it costs to have no schedule at all
ARCS = 1e7  # of networks that are priced in about a second
AT_ONCE = 4  # schedules taken from a person's network in one go
WORKERS = 2  # numpy lets two people's networks be searched at once
SMOOTH = 0.5  # how far new prices stay with the best known ones, to begin with:
PACE, NEAREST = 0.1, 0.9  # farther where that gave no better bound, at most so far


class Mixture:
    """The cheapest mixture of schedules, and what it says about whole rosters.

    Only the cover of some `days` is minded: nobody's other days are open. What must
    not be missed costs `dear` where it is missed all the same.
    """

    def __init__(
        self,
        problem: Problem,
        people: Sequence[Schedules],
        networks: Sequence[Network],
        days: range,
        dear: float,
        spend: Callable[[float], None] = lambda effort: None,
    ) -> None:
        self._problem = problem
        self._minded = days
        self._days = problem.days
        self.people = people
        self._networks = list(networks)
        self.codes = people[0].codes
        self._code = {code: number for number, code in enumerate(self.codes)}
        self.cover = Cover(problem, days)
        self.columns: dict[Column, float] = {}
        self._banned: list[set[tuple[int, str]]] = [set() for _ in people]
        self._dear = dear
        self._spend = spend
        self._held: dict[int, Row] = {}
        self._find_cells()
        self._begin()
        self._mixed: dict[Column, float] = {}

    def _find_cells(self) -> None:
        """Lay the needs that each cell counts for out as numbers that price at once."""
        cells: list[list[tuple[int, int]]] = [[] for _ in self.people]
        for (person, day, code), numbers in self.cover.of.items():
            cell = day * len(self.codes) + self._code[code]
            cells[person] += [(number, cell) for number in numbers]
        self._laid = [np.array(own, dtype=np.intp).reshape(-1, 2).T for own in cells]

    def _begin(self) -> None:
        """Write the linear program anew, with all schedules that are known."""
        needs = self.cover.needs
        self._highest = np.array([min(need.under, self._dear) for need in needs])
        self._lp = Program(self.cover, len(self.people), "GLOP", self._dear)
        for one in self._lp.one:
            absent = ABSENT * self._dear * self._days
            one.SetCoefficient(self._lp.number(1, absent), 1)
        self._shares = {column: self._share(column) for column in self.columns}

    def raise_prices(self) -> bool:
        """Let a hard need that is missed cost more; say no if that makes no sense."""
        self._dear *= 10
        self._begin()
        return self._dear < NO_SCORE / 100

    def add(self, columns: Iterable[Column]) -> int:
        """Put schedules into the mixture; return how many are new."""
        fresh = [
            column for column in dict.fromkeys(columns) if column not in self.columns
        ]
        for column in fresh:
            self.columns[column] = self.people[column[0]].cost_of(column[1])
            self._shares[column] = self._share(column)
        return len(fresh)

    def _share(self, column: Column) -> pywraplp.Variable:
        """Let the mixture hold a share of a schedule."""
        counts = self.cover.counts_for(*column)
        share = self._lp.share(column[0], self.columns[column], counts)
        if not self._is_allowed(column):
            share.SetUb(0)
        return share

    def ban(self, bans: frozenset[Ban]) -> None:
        """Take the cells of `bans`, and no other, out of the mixture."""
        self._banned = [set() for _ in self.people]
        for person, day, code in bans:
            self._banned[person].add((day, self.codes[code]))
        for column, share in self._shares.items():
            share.SetUb(inf if self._is_allowed(column) else 0)

    def fork(self) -> "Mixture":
        """Return another mixture that begins with the schedules of this one."""
        other = Mixture(
            self._problem,
            self.people,
            self._networks,
            self._minded,
            self._dear,
            self._spend,
        )
        other.add(self.columns)
        return other

    def hold(self, person: int, row: Row) -> None:
        """Give somebody this row and no other."""
        self._held[person] = row
        self._networks[person] = self.people[person].around(row, range(0))
        for column, share in self._shares.items():
            if column[0] == person and column[1] != row:
                share.SetUb(0)

    def _is_allowed(self, column: Column) -> bool:
        person, row = column
        return self._held.get(person, row) == row and self._banned[person].isdisjoint(
            enumerate(row)
        )

    def cell_costs(self, person: int, prices: Prices) -> Floats:
        """Return what each cell of a person costs at `prices`, infinite if banned."""
        numbers, places = self._laid[person]
        size = self._days * len(self.codes)
        worth = np.zeros(size)
        np.add.at(worth, places, prices[numbers])
        costs: Floats = -worth.reshape(self._days, len(self.codes))
        for day, code in self._banned[person]:
            costs[day, self._code[code]] = inf
        return costs

    def excess(self, person: int, row: Row, prices: Prices) -> float:
        """Return how much dearer a row is than the person's cheapest at `prices`."""
        costs = self.cell_costs(person, prices)
        best = self._networks[person].best(costs)
        length = self.people[person].length_of(row, costs)
        return length - best[0][0] if best else 0.0

    def slack(self, prices: Prices) -> float:
        """Return the part of the bound that does not hang on persons."""
        total = 0.0
        priced = prices.tolist()
        for price, need in zip(priced, self.cover.needs, strict=True):
            total += price * (need.least if price > 0 else need.most)
            total += min(price + need.over, 0) * need.room
        for move in self.cover.moves:
            worth = sum(sign * priced[number] for number, sign in move.counts)
            total += min(move.cost - worth, 0) * len(move.group)
        return total

    def start(self, known: Mapping[Name, float]) -> Prices:
        """Give everybody first schedules for prices that are known; return these."""
        wanted = [known.get(name, 0.0) for name in self.cover.names]
        prices: Prices = np.minimum(np.array(wanted), self._highest)
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
        bound, centre, near = -inf, prices, SMOOTH
        while True:
            if stopped():
                return bound, centre
            solver = self._lp.solver
            if solver.Solve() != solver.OPTIMAL:
                self._begin()
                solver = self._lp.solver
                if solver.Solve() != solver.OPTIMAL:
                    return bound, centre
            cost = self._lp.cost.Value()
            self._mixed = {
                column: value
                for column, share in self._shares.items()
                if (value := share.solution_value()) > TINY
            }
            duals = np.array([row.dual_value() for row in self._lp.sums])
            for smooth in (near, 0.0):
                tried = np.clip(
                    smooth * centre + (1 - smooth) * duals, -inf, self._highest
                )
                length, found = self._price(tried)
                if length > bound:
                    bound, centre, near = length, tried, max(near - PACE, 0.0)
                else:
                    near = min(near + PACE, NEAREST)
                fresh = self.add(found)
                if fresh or bound >= enough:
                    break
            if not fresh or bound >= enough or cost - bound < TINY:
                return bound, centre

    def _price(self, prices: Prices) -> tuple[float, list[Column]]:
        def cheapest(person: int) -> list[tuple[float, Row]]:
            costs = self.cell_costs(person, prices)
            return self._networks[person].best(costs, AT_ONCE)

        length, found = self.slack(prices), []
        self._spend(sum(network.size for network in self._networks) / ARCS)
        with ThreadPoolExecutor(WORKERS) as pool:
            for person, best in enumerate(pool.map(cheapest, range(len(self.people)))):
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
        for person, network in enumerate(self._networks):
            costs = self.cell_costs(person, prices)
            rows = network.near(costs, gap, most - len(columns))
            columns += [(person, row) for _, row in rows]
            if len(columns) > most:
                return None
        return columns

    def allowed(self) -> list[Column]:
        """Return the schedules of the mixture that hold no banned cell."""
        return [column for column in self.columns if self._is_allowed(column)]


def dearest(problem: Problem) -> int:
    """Return the largest weight of all soft rules, and one more."""
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
    """Round a bound up: the score of a roster is a whole number.

    Where nothing is known, as when somebody stops at once, that is below every score.
    """
    if isinf(bound):
        return NO_SCORE if bound > 0 else -NO_SCORE
    return ceil(bound - TINY)

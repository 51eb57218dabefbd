"""The best roster from whole schedules, by halving what may be worked.

The bound of the mixture lies so near to the best score that only few schedules can
belong to a roster that is better than the best one known: these are listed, and an
integer program chooses among them. Where they are still too many, a cell that the
mixture is undecided about is settled either way, and both halves are searched.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from random import Random

from ortools.linear_solver import pywraplp

from carehome.rostering.columns import (
    NO_SCORE,
    TINY,
    Ban,
    Column,
    Mixture,
    Prices,
    Row,
    whole,
)
from carehome.rules.rosters.problem import Problem

FEW = 25_000  # so many schedules are a program that can be solved to the end
WIDE = 60  # so far from the bound, the schedules are too many to be listed
SOME = 8_000  # schedules among which a better roster is looked for on the way down
HOPES = (3.2, 1.6, 0.8, 0.4, 0.2, 0.1, 0.05)  # how near to the bound these lie
SURE = 0.9  # the share from which a row is settled together with the likeliest
STRIDE = 40  # banned cells between two such looks
PATIENCE = 60_000  # milliseconds for a choice that ends a part of the search
PERSEVERANCE = 12  # how often half of the people are made anew without success
SHORT = 8_000  # milliseconds for such a half
BRIEF = 25_000  # milliseconds for such a look

Rows = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of all rosters: those without the banned cells, none below `bound`."""

    bound: float
    bans: frozenset[Ban]
    prices: Prices
    hoped: int = 0  # how many bans there were when a choice was last tried


class Search:
    """Looks for the best roster, part by part."""

    def __init__(
        self,
        problem: Problem,
        better: Callable[[Rows, int, int], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._problem = problem
        self._mixture = Mixture(problem)
        self._better = better
        self._stopped = stopped
        self.rows: Rows | None = None
        self.cost = NO_SCORE
        self.bound = 0

    def run(self, known: Rows | None = None) -> bool:
        """Search until the best roster is proved or somebody stops; say whether."""
        mixture = self._mixture
        prices = mixture.start()
        if known is not None:
            rows = enumerate(person.key for person in self._problem.people)
            columns = [(number, known[key]) for number, key in rows]
            mixture.add(columns)
            self._take(dict.fromkeys(columns, 1.0))
        bound, prices = mixture.squeeze(prices, inf, self._stopped)
        self.bound = max(self.bound, whole(bound))
        nodes = [Node(bound, frozenset(), prices)]
        self._dive(nodes[0])
        self._mend()
        while nodes and not self._stopped():
            nodes = [node for node in nodes if whole(node.bound) < self.cost]
            self.bound = min((whole(node.bound) for node in nodes), default=self.cost)
            if nodes:
                before = self.cost
                nodes += self._settle(nodes.pop())
                if self.cost < before:
                    nodes.sort(key=lambda node: -node.bound)
        if not nodes:
            self.bound = self.cost
        return not nodes

    def _dive(self, node: Node) -> None:
        """Find a first roster: settle one row after the other, the likeliest first."""
        mixture, prices = self._mixture, node.prices
        settled: dict[int, Row] = {}
        step = len(mixture.people) // 10 + 1
        while not self._stopped():
            likeliest = sorted(
                (-share, column)
                for column, share in mixture.shares().items()
                if column[0] not in settled
            )
            if not likeliest:
                break
            for share, (person, row) in likeliest[:step]:
                if share <= -SURE or person == likeliest[0][1][0]:
                    settled[person] = row
            mixture.hold(settled)
            bound, prices = mixture.squeeze(prices, self.cost)
            if whole(bound) >= self.cost:
                break
        self._take(mixture.shares())

    def _mend(self) -> None:
        """Make the rows of half of the people anew, time and again, while that pays."""
        random = Random(len(self._problem.people))
        keys = [person.key for person in self._problem.people]
        quiet = 0
        while self.rows is not None and quiet < PERSEVERANCE and not self._is_over():
            team = frozenset(random.sample(keys, len(keys) // 2))
            part = Search(
                _without(self._problem, self.rows, team), _mute, self._stopped
            )
            made = part.improved(self.rows)
            quiet += 1
            if made is not None:
                rows = {**self.rows, **made}
                numbers = enumerate(keys)
                columns = [(number, rows[key]) for number, key in numbers]
                self._mixture.add(columns)
                before = self.cost
                self._take(dict.fromkeys(columns, 1.0))
                quiet = 0 if self.cost < before else quiet

    def improved(self, known: Rows) -> Rows | None:
        """Return better rows than those `known`, if there are and a look finds them."""
        mixture = self._mixture
        people = self._problem.people
        columns = [(number, known[p.key]) for number, p in enumerate(people)]
        mixture.add(columns)
        self._take(dict.fromkeys(columns, 1.0))
        before = self.cost
        bound, prices = mixture.squeeze(mixture.start(), self.cost - 1 + TINY)
        gap = self.cost - 1 - bound
        if gap < 0:
            return None
        node = Node(bound, frozenset(), prices)
        near = mixture.near(prices, gap, SOME)
        if near is None:
            self._hope(node, SHORT)
        else:
            self._choose(near, node, gap, SHORT)
        return self.rows if self.cost < before else None

    def _is_over(self) -> bool:
        return self._stopped() or self.cost <= self.bound

    def _hope(self, node: Node, patience: int = BRIEF) -> None:
        """Look for a better roster among the schedules nearest to the bound."""
        gaps = (gap for gap in HOPES if gap < self.cost - node.bound)
        near = (self._mixture.near(node.prices, gap, SOME) for gap in gaps)
        columns = next((columns for columns in near if columns is not None), [])
        known = [
            (number, self.rows[person.key])
            for number, person in enumerate(self._problem.people)
            if self.rows is not None
        ]
        self._choose([*known, *columns, *self._mixture.allowed()], node, None, patience)

    def _settle(self, node: Node) -> list[Node]:
        """Search a part of the rosters; return the halves that are left to search."""
        mixture = self._mixture
        mixture.ban(node.bans)
        bound, prices = mixture.squeeze(node.prices, self.cost - 1 + TINY)
        if whole(bound) >= self.cost:
            return []
        here = Node(bound, node.bans, prices)
        gap = self.cost - 1 - bound
        columns = mixture.near(prices, gap, FEW) if gap < WIDE else None
        if columns is not None and self._choose(columns, here, gap, PATIENCE):
            return []
        cell = self._undecided()
        if cell is None:
            if self._take(mixture.shares()) or not mixture.raise_prices():
                return []
            return [here]
        hoped = node.hoped
        if len(node.bans) >= hoped + STRIDE:
            hoped = len(node.bans)
            self._hope(here)
        person, day, code = cell
        others = {(person, day, c) for c in range(len(mixture.codes)) if c != code}
        without = Node(bound, node.bans | {cell}, prices, hoped)
        with_it = Node(bound, node.bans | others, prices, hoped)
        return [without, with_it]

    def _undecided(self) -> Ban | None:
        """Return the cell to settle: the likeliest of those that the mixture leaves."""
        worked: dict[tuple[int, int, str], float] = {}
        for (person, row), share in self._mixture.shares().items():
            for day, code in enumerate(row):
                cell = (person, day, code)
                worked[cell] = worked.get(cell, 0) + share
        undecided = [
            (share, person, day, code)
            for (person, day, code), share in worked.items()
            if share < 1 - 1e-4
        ]
        if not undecided:
            return None
        _, person, day, code = max(undecided)
        return person, day, self._mixture.codes.index(code)

    def _choose(
        self,
        columns: Sequence[Column],
        node: Node,
        gap: float | None,
        patience: int,
    ) -> bool:
        """Choose a schedule for each person; say whether none better was overlooked."""
        columns = list(dict.fromkeys(columns))
        solver = pywraplp.Solver.CreateSolver("SCIP")
        solver.SetTimeLimit(patience)
        cost = solver.Objective()
        cost.SetMinimization()
        sums = []
        for need, price in zip(self._mixture.needs, node.prices.tolist(), strict=True):
            row = solver.Constraint(need.least, need.most)
            if need.under < inf and (gap is None or need.under - price <= gap + TINY):
                missing = solver.IntVar(0, need.least, "")
                row.SetCoefficient(missing, 1)
                cost.SetCoefficient(missing, need.under)
            if gap is None or need.over + price <= gap + TINY:
                extra = solver.IntVar(0, need.room, "")
                row.SetCoefficient(extra, -1)
                cost.SetCoefficient(extra, need.over)
            sums.append(row)
        one = [solver.Constraint(1, 1) for _ in self._problem.people]
        chosen = []
        for column in columns:
            takes = solver.BoolVar("")
            person, schedule = column
            cost.SetCoefficient(takes, self._mixture.people[person].cost_of(schedule))
            one[person].SetCoefficient(takes, 1)
            for number, times in Counter(self._mixture.counts_for(column)).items():
                sums[number].SetCoefficient(takes, times)
            chosen.append(takes)
        if self.rows is not None:
            numbers = {p.key: n for n, p in enumerate(self._problem.people)}
            known = {(numbers[key], row) for key, row in self.rows.items()}
            solver.SetHint(chosen, [float(column in known) for column in columns])
        status = solver.Solve()
        if status in {solver.OPTIMAL, solver.FEASIBLE}:
            values = (takes.solution_value() for takes in chosen)
            self._take(dict(zip(columns, values, strict=True)))
        return status in {solver.OPTIMAL, solver.INFEASIBLE}

    def _take(self, shares: Mapping[Column, float]) -> bool:
        """Keep the roster of the schedules that are wholly taken, if it is better.

        Say whether it is a roster that breaks no rule.
        """
        taken = [column for column, share in shares.items() if share > 0.5]
        sums = [0] * len(self._mixture.needs)
        for column in taken:
            for number in self._mixture.counts_for(column):
                sums[number] += 1
        cost = sum(self._mixture.people[n].cost_of(row) for n, row in taken)
        for need, total in zip(self._mixture.needs, sums, strict=True):
            if total < need.least:
                cost += (need.least - total) * need.under
            elif total > need.most:
                cost += (total - need.most) * need.over
                if total - need.most > need.room:
                    return False
        people = self._problem.people
        if len(taken) < len(people) or cost == inf:
            return False
        if cost < self.cost:
            self.rows = {people[person].key: row for person, row in taken}
            self.cost = round(cost)
            self._better(self.rows, self.cost, self.bound)
        return True


def _mute(rows: Rows, cost: int, bound: int) -> None:
    """Tell nobody: the better roster of a part is told by the whole."""


def _without(problem: Problem, rows: Rows, team: frozenset[str]) -> Problem:
    """Ask of a team what everybody else's rows leave to be done."""
    demands = []
    for demand in problem.demands:
        others = sum(
            row[demand.day] == demand.shift
            for key, row in rows.items()
            if key not in team and (demand.counts is None or key in demand.counts)
        )
        most = None if demand.most is None else max(demand.most - others, 0)
        demands.append(replace(demand, need=max(demand.need - others, 0), most=most))
    return replace(
        problem,
        people=tuple(person for person in problem.people if person.key in team),
        demands=tuple(demands),
    )

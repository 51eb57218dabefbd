"""The best roster from whole schedules: a dive, parts made anew, halves searched.

The mixture of schedules is so near to the best roster that a dive finds one that lacks
little: the likeliest rows are settled, the rest is mixed anew, until all are settled.
Then some days of everybody are free while all else stays as it is: few schedules are
to choose from then. Such parts grow when nothing gets better, up to all days. In the
end a cell that the mixture is undecided about is settled either way, and both halves
are searched. Wards that everybody may work in are one until people are seated.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from math import inf
from random import Random

from carehome.rostering.choice import Effort, choose, place
from carehome.rostering.columns import (
    TINY,
    Ban,
    Column,
    Mixture,
    Prices,
    Row,
    dearest,
    whole,
)
from carehome.rostering.program import Cover, Moved, Name, Place
from carehome.rostering.schedules import Schedules, TooManyStates
from carehome.rostering.seats import seats
from carehome.rostering.wards import Group, are_one, groups_of, merged
from carehome.rules.rosters.problem import Limit, Problem, Roster

DEAR = 20  # times the dearest soft rule: what a hard one costs while it is missed
LESS = 4  # times less than that while all schedules are mixed: prices settle sooner
STEPS = 10  # a dive settles a tenth of the rows at once,
SURE = 0.95  # and all that have such a share;
LEFT = 2  # the last tenths together: what they lack is left to the parts
SPAN = 9  # days of everybody in the first parts
GROWTH = 2
TRIES = 1.0  # times that all days are gone through before the parts grow
TEAM = 4  # people at least in a part of all days
NO_DAYS = range(0)
WEEK = 5  # days in a part of the first sweep
ROAMING = 24  # so many rounds without success are enough for a while,
SETTLED = 40  # as are so many cells settled
FEW = 25_000  # so many schedules are a program that can be solved to the end
WIDE = 60  # so far from the bound, the schedules are too many to be listed
SOME = 6_000  # schedules among which a better part is looked for
NEAREST = 1_500  # schedules to choose from where all would be too many
HOPES = (8, 4, 2, 1, 0.5, 0.25, 0.1)  # how near to the bound these may lie
SHORT, LONG = 100, 20_000  # nodes of a choice in a part, and of one that ends a half


@dataclass(frozen=True, slots=True)
class Node:
    """A part of all rosters: those without the banned cells, none below `bound`."""

    bound: float
    bans: frozenset[Ban]
    prices: Prices


@dataclass(frozen=True, slots=True)
class Draft:
    """Everybody's row, how many of a group go to another unit, and what it all costs.

    A draft may lack people: each costs so much that no roster does.
    """

    rows: tuple[Row, ...]
    moved: Moved
    cost: float


@dataclass(frozen=True, slots=True)
class _Part:
    """What is free of a draft: its mixture, and what the draft costs there."""

    mixture: Mixture
    days: range
    bound: float
    prices: Prices
    cost: float


class Search:
    """Looks for the best roster, beginning with a known one."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        tell: Callable[[Roster], None],
        stopped: Callable[[], bool],
        spend: Callable[[float], None],
    ) -> None:
        """Look on until `stopped`; tell each better draft, and `spend` what it takes.

        What is spent is about seconds, but counted in work.
        """
        self._spend = spend
        self._home = problem
        self._problem = merged(problem) if are_one(problem) else problem
        self._people = [Schedules(self._problem, p) for p in self._problem.people]
        self._days = range(problem.days)
        self._dear = float(DEAR * dearest(problem))
        self._cover = Cover(self._problem, self._days)
        self._tell = tell
        self._stopped = stopped
        self._random = Random(seed)
        self._prices: dict[Name, float] = {}
        self.bound = 0

    @property
    def cost(self) -> float:
        """What the best draft costs."""
        return self._best.cost

    def run(self, known: Roster) -> bool:
        """Search until the best roster is proved or somebody stops; say whether."""
        rows = tuple(tuple(known.rows[p.key]) for p in self._problem.people)
        self._best = self._draft(rows, self._moves_of(known))
        if self._cover.moves:
            self._sweep()
        guide, is_exact = self._guide()
        draft = self._best
        if guide is not None and not self._is_over():
            draft = self._dived(guide)
            self._take(draft)
        self._mend(draft)
        if self._is_over():
            return self._is_proved()
        mixture = guide if is_exact else None
        if self._cover.moves:
            mixture = self._mixture_of(self._problem, self._people)
        if mixture is None or self._is_over():
            return self._is_proved()
        root = self._root(mixture)
        nodes = [root]
        is_all = self._is_leaf(mixture, root)
        while not (is_all or self._is_over()):
            is_all = self._roam(mixture, root) or self._search(mixture, nodes)
        if is_all:
            self.bound = int(self.cost)
        return self._is_proved()

    def _is_proved(self) -> bool:
        return self.cost <= self.bound

    def _is_over(self) -> bool:
        return self._stopped() or self._is_proved()

    def _effort(self, nodes: int) -> Effort:
        return Effort(nodes, nodes == LONG, self._stopped, self._spend)

    # Drafts.

    def _draft(self, rows: tuple[Row, ...], moved: Moved) -> Draft:
        own = sum(p.cost_of(row) for p, row in zip(self._people, rows, strict=True))
        return Draft(rows, moved, own + self._cover.cost_of(rows, moved, self._dear))

    def _moves_of(self, roster: Roster) -> Moved:
        """Count how many of each group a roster has in other units."""
        first = {
            person.key: group[0].key
            for group in groups_of(self._problem)
            for person in group
        }
        moved: Counter[Place] = Counter()
        if self._cover.moves:
            for (key, day), unit in roster.units.items():
                moved[day, roster.rows[key][day], first[key], unit] += 1
        return moved

    def _take(self, draft: Draft) -> None:
        """Keep the best draft, and tell of it where it may be a roster."""
        if draft.cost >= self.cost:
            return
        self._best = draft
        moved = draft.moved
        if self._home is not self._problem:
            moved = place(Cover(self._home, self._days), draft.rows, self._dear)
        groups = {group[0].key: group for group in groups_of(self._home)}
        numbers: dict[tuple[int, str], list[tuple[Group, str, int]]] = {}
        for (day, shift, first, unit), gone in moved.items():
            numbers.setdefault((day, shift), []).append((groups[first], unit, gone))
        keys = (person.key for person in self._home.people)
        rows = dict(zip(keys, draft.rows, strict=True))
        self._tell(Roster(rows, seats(rows, numbers)))

    # The dive.

    def _guide(self) -> tuple[Mixture | None, bool]:
        """Return the mixture of all schedules where wards are one, if it can guide.

        Where there are too many states soft counts are let go, and hours too: that is
        still good for a bound, but no more exact; without hours no row is to be had.
        """
        together = merged(self._problem)
        for lighter in (together, _without_counts(together), _without_hours(together)):
            people = self._people
            if lighter is not together:
                people = [Schedules(lighter, person) for person in lighter.people]
            mixture = self._mixture_of(lighter, people)
            if mixture is not None:
                self._root(mixture)
                has_hours = lighter.people == together.people
                return mixture if has_hours else None, lighter is together
        return None, False

    def _mixture_of(
        self, problem: Problem, people: Sequence[Schedules]
    ) -> Mixture | None:
        """Return the mixture of all schedules, None where they have too many states."""
        networks = []
        for person in people:
            try:
                networks.append(person.whole)
            except TooManyStates:
                return None
            if self._stopped():
                return None
        return Mixture(
            problem, people, networks, self._days, self._dear / LESS, self._spend
        )

    def _root(self, mixture: Mixture) -> Node:
        """Find the bound of all rosters."""
        bound, prices = mixture.squeeze(mixture.start(self._prices), inf, self._stopped)
        self._learn(mixture, prices)
        self.bound = max(self.bound, whole(bound))
        return Node(bound, frozenset(), prices)

    def _learn(self, mixture: Mixture, prices: Prices) -> None:
        """Keep prices to begin with elsewhere; wards begin with those of the home."""
        self._prices = dict(zip(mixture.cover.names, prices.tolist(), strict=True))
        for name in self._cover.names:
            day, shift, counts, _ = name
            self._prices.setdefault(
                name, self._prices.get((day, shift, counts, ""), 0.0)
            )

    def _dived(self, guide: Mixture) -> Draft:
        """Settle one row after the other, the likeliest first."""
        people = guide.people
        settled: dict[int, Row] = {}
        mixture = guide.fork()
        prices = mixture.start(self._prices)
        _, prices = mixture.squeeze(prices, inf, self._stopped)
        step = max(len(people) // STEPS, 1)
        while len(settled) < len(people) and not self._stopped():
            likeliest = sorted(
                (-share, column)
                for column, share in mixture.shares().items()
                if column[0] not in settled
            )
            before = len(settled)
            is_last = len(people) - before <= LEFT * step
            for share, (person, row) in likeliest:
                if len(settled) < before + step or share <= -SURE or is_last:
                    settled.setdefault(person, row)
            if is_last or len(settled) == before:
                break
            for person in list(settled)[before:]:
                mixture.hold(person, settled[person])
            _, prices = mixture.squeeze(prices, inf, self._stopped)
        rows = tuple(settled.get(n, row) for n, row in enumerate(self._best.rows))
        moved = place(self._cover, rows, self._dear) if self._cover.moves else {}
        return self._draft(rows, moved)

    # Parts.

    def _mend(self, draft: Draft) -> None:
        """Make some days of everybody anew, more days when that does not pay."""
        span, quiet = min(SPAN, len(self._days)), 0
        while span < len(self._days) and not self._is_over():
            part = self._part(draft, self._some_days(draft, span))
            made = part and self._better(draft, part)
            if made:
                draft, quiet = made, 0
                self._take(draft)
            else:
                quiet += 1
                if quiet > TRIES * len(self._days) / span:
                    span, quiet = span + GROWTH, 0

    def _sweep(self) -> None:
        """Make all days anew, a few at a time: quick where wards slow all else."""
        for first in range(0, len(self._days), WEEK):
            days = range(first, min(first + WEEK, len(self._days)))
            part = None if self._is_over() else self._part(self._best, days)
            made = part and self._better(self._best, part)
            if made:
                self._take(made)

    def _roam(self, mixture: Mixture, root: Node) -> bool:
        """Try other rosters that cost the same, and a few people's rows at a time.

        Say whether the best roster was proved on the way.
        """
        draft, quiet = self._best, 0
        while quiet < ROAMING and not self._is_over():
            quiet += 1
            for is_team in (False, True):
                days, team = self._some_days(draft, SPAN + quiet), None
                if is_team:
                    size = TEAM + quiet // 2
                    team = self._team(draft, mixture, root.prices, size)
                    days = self._days
                part = self._part(draft, days, team)
                if part is None:
                    continue
                draft = self._better(draft, part) or self._aside(draft, part)
                if draft.cost < self.cost:
                    quiet = 0
                    self._take(draft)
                    if self._is_leaf(mixture, root):
                        return True
        return self._is_proved()

    def _some_days(self, draft: Draft, span: int) -> range:
        """Return days in a row by chance, rather such as lack people."""
        costs = self._cover.costs_of(draft.rows, draft.moved, self._dear)
        weights = [1 + costs.get(day, 0) for day in self._days]
        start = self._random.choices(self._days, weights)[0]
        start -= self._random.randrange(span)
        return range(max(start, 0), min(start + span, len(self._days)))

    def _team(
        self, draft: Draft, mixture: Mixture, prices: Prices, size: int
    ) -> frozenset[int]:
        """Choose those whose rows are dear at the prices, and some by chance."""
        dear = {
            person: mixture.excess(person, row, prices) + self._random.random()
            for person, row in enumerate(draft.rows)
        }
        return frozenset(sorted(dear, key=dear.__getitem__)[-size:])

    def _part(
        self, draft: Draft, days: range, team: Container[int] | None = None
    ) -> _Part | None:
        """Free some days of a team, or of everybody, and mix their schedules."""
        try:
            networks = [
                person.around(row, days if team is None or n in team else NO_DAYS)
                for n, (person, row) in enumerate(
                    zip(self._people, draft.rows, strict=True)
                )
            ]
        except TooManyStates:
            return None
        mixture = Mixture(
            self._problem, self._people, networks, days, self._dear, self._spend
        )
        here = mixture.cover.cost_of(draft.rows, draft.moved, self._dear)
        whole_cover = self._cover.cost_of(draft.rows, draft.moved, self._dear)
        cost = draft.cost - whole_cover + here
        mixture.add(enumerate(draft.rows))
        bound, prices = mixture.squeeze(
            mixture.start(self._prices), cost - 1 + TINY, self._stopped
        )
        return None if self._stopped() else _Part(mixture, days, bound, prices, cost)

    def _better(self, draft: Draft, part: _Part) -> Draft | None:
        """Choose rows for a part that cost less than those of the draft."""
        gap = part.cost - 1 - part.bound
        if gap < 0:
            return None
        columns = part.mixture.near(part.prices, gap, SOME)
        if columns is None:
            columns = self._nearest(part.mixture, part.prices, gap)
        made = self._chosen(draft, part, columns)
        return made if made and made.cost < draft.cost else None

    def _aside(self, draft: Draft, part: _Part) -> Draft:
        """Choose other rows for a part that cost the same, if there are any."""
        gap = max(part.cost - part.bound, 0)
        columns = part.mixture.near(part.prices, gap, NEAREST) or []
        made = self._chosen(draft, part, columns, self._random)
        return made if made and made.cost <= draft.cost else draft

    def _chosen(
        self,
        draft: Draft,
        part: _Part,
        columns: list[Column],
        luck: Random | None = None,
    ) -> Draft | None:
        columns = [*enumerate(draft.rows), *columns, *part.mixture.allowed()]
        choice, _ = choose(
            part.mixture, columns, draft.rows, self._effort(SHORT), self._dear, luck
        )
        if choice is None:
            return None
        kept = {at: gone for at, gone in draft.moved.items() if at[0] not in part.days}
        return self._draft(choice.rows, {**kept, **choice.moved})

    def _nearest(self, mixture: Mixture, prices: Prices, gap: float) -> list[Column]:
        """Return schedules as near to the bound as there are not too many."""
        for hope in HOPES:
            if hope < gap:
                columns = mixture.near(prices, hope, NEAREST)
                if columns is not None:
                    return columns
        return []

    # Halves.

    def _search(self, mixture: Mixture, nodes: list[Node]) -> bool:
        """Settle one cell after the other, either way; say whether all is searched."""
        for _ in range(SETTLED):
            nodes[:] = [node for node in nodes if whole(node.bound) < self.cost]
            if not nodes or self._stopped():
                break
            least = min((whole(node.bound) for node in nodes), default=self.cost)
            self.bound = max(self.bound, int(least))
            before = self.cost
            nodes += self._settle(mixture, nodes.pop())
            if self.cost < before:
                nodes.sort(key=lambda node: -node.bound)
        mixture.ban(frozenset())
        return not nodes

    def _settle(self, mixture: Mixture, node: Node) -> list[Node]:
        """Search a part of the rosters; return the halves that are left to search."""
        mixture.ban(node.bans)
        bound, prices = mixture.squeeze(
            node.prices, self.cost - 1 + TINY, self._stopped
        )
        if whole(bound) >= self.cost:
            return []
        here = Node(bound, node.bans, prices)
        if self._is_leaf(mixture, here):
            return []
        cell = self._undecided(mixture)
        if cell is None:  # whole rows, so the bound is what they cost
            rows = tuple(row for _, row in sorted(mixture.shares()))
            if len(rows) == len(self._people):
                moved = place(self._cover, rows, self._dear)
                self._take(self._draft(rows, moved))
            is_done = whole(bound) >= self.cost or not mixture.raise_prices()
            return [] if is_done else [here]
        person, day, code = cell
        others = {(person, day, c) for c in range(len(mixture.codes)) if c != code}
        without = Node(bound, node.bans | {cell}, prices)
        with_it = Node(bound, node.bans | others, prices)
        return [without, with_it]

    def _is_leaf(self, mixture: Mixture, node: Node) -> bool:
        """Choose the best roster of a part that is small enough; say if that it is."""
        gap = self.cost - 1 - node.bound
        columns = mixture.near(node.prices, gap, FEW) if gap < WIDE else None
        if columns is None:
            return False
        columns = [*enumerate(self._best.rows), *columns]
        choice, is_all = choose(mixture, columns, self._best.rows, self._effort(LONG))
        if choice is not None:
            self._take(self._draft(choice.rows, choice.moved))
        return is_all

    def _undecided(self, mixture: Mixture) -> Ban | None:
        """Return the cell to settle: the likeliest of those that the mixture leaves."""
        worked: defaultdict[tuple[int, int, str], float] = defaultdict(float)
        for (person, row), share in mixture.shares().items():
            for day, code in enumerate(row):
                worked[person, day, code] += share
        undecided = [(s, cell) for cell, s in worked.items() if s < 1 - 1e-4]
        if not undecided:
            return None
        _, (person, day, code) = max(undecided)
        return person, day, mixture.codes.index(code)


def _without_counts(problem: Problem) -> Problem:
    """Let go of the soft counts: what somebody may work stays the same."""
    counts = tuple(
        replace(
            count, limits={k: m for k, m in count.limits.items() if m.weight is None}
        )
        for count in problem.counts
    )
    return replace(problem, counts=counts)


def _without_hours(problem: Problem) -> Problem:
    """Let go of hours too: what somebody may work is only more then."""
    people = (replace(person, minutes=Limit()) for person in problem.people)
    return replace(_without_counts(problem), people=tuple(people))

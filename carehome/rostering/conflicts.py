"""Why no roster meets all hard needs, and what would make one possible.

A conflict is looked for where it is easiest to understand: on one day, then on a few,
then in a week, at last in the shortest span of days that is too much. Within these days
needs are left out one after another, as long as what stays is still impossible.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from time import monotonic

from carehome.rostering.possible import Clock, OutOfTime, can_meet
from carehome.rostering.rows import Rows
from carehome.rostering.ways import ways_out
from carehome.rules.rosters.changes import Conflict, Explanation, Way
from carehome.rules.rosters.needs import Atom, Need, atoms_of, bar_of, needs_of
from carehome.rules.rosters.problem import Demand, Fault, Problem, Why

WEEK = 7
FEW = 3  # days that are looked at one by one
MOST_CONFLICTS = 4
MOST_WAYS = 5
# How long the people of a conflict are told apart, in seconds.
PATIENCE = 2.0


def explain(
    problem: Problem, seconds: float = 12, stop: Callable[[], bool] = lambda: False
) -> Explanation:
    """Say which needs of a problem conflict, and what would make a roster possible."""
    clock = Clock.of(seconds, stop)
    conflicts: list[Conflict] = []
    ways: list[Way] = []
    try:
        for conflict in _conflicts(problem, clock):
            conflicts.append(conflict)
            if len(conflicts) == MOST_CONFLICTS:
                break
        if conflicts:
            for way in ways_out(problem, conflicts, clock):
                ways.append(way)
    except OutOfTime:
        return Explanation(tuple(conflicts), _ranked(ways), is_final=False)
    return Explanation(tuple(conflicts), _ranked(ways))


def _ranked(ways: Sequence[Way]) -> tuple[Way, ...]:
    ordered = sorted(set(ways), key=lambda way: (way.price, len(way.changes)))
    return tuple(ordered[:MOST_WAYS])


def _conflicts(problem: Problem, clock: Clock) -> Iterator[Conflict]:
    """Yield conflicts that share no cover need, until what is left is possible."""
    spans = _Spans(problem, frozenset(atoms_of(problem)), clock)
    until = monotonic() + PATIENCE
    while True:
        span = spans.impossible()
        if span is None:
            return
        needs = _trimmed(problem, spans.hard, span, clock, until)
        gone = _broken(needs)
        later = []
        for by in range(1, problem.days - span.stop + 1):
            if alike := _moved(problem, spans.hard - gone, needs, by):
                gone |= alike
                later.append(by)
        yield Conflict(needs, tuple(later))
        spans.hard -= gone


def _moved(
    problem: Problem,
    hard: frozenset[Atom],
    needs: Sequence[Need],
    by: int,
) -> set[Atom]:
    """Return the covers of the same conflict some days later; none if it is not there.

    The same rules on later days conflict as they did, if nothing reaches over the edge
    of one day.
    """
    if len({day for need in needs for day in need.days}) > 1:
        return set()
    at_of = {_place(demand): at for at, demand in enumerate(problem.demands)}
    covers: set[Atom] = set()
    for need in needs:
        for atom in need.atoms:
            if atom.fault is Fault.COVER_UNDER:
                demand = problem.demands[atom.at]
                at = at_of.get(_place(replace(demand, day=demand.day + by)), -1)
                later = Atom(atom.fault, day=demand.day + by, at=at)
                if at < 0 or problem.demands[at].need < demand.need:
                    return set()
                covers.add(later)
            else:
                later = atom._replace(day=atom.day + by) if atom.day >= 0 else atom
            if later not in hard:
                return set()
    return covers


def _place(demand: Demand) -> tuple[object, ...]:
    return (demand.day, demand.shift, demand.unit, demand.counts)


def _broken(needs: Sequence[Need]) -> set[Atom]:
    """Return what to leave out to look for the next conflict: its covers, or all."""
    covers = [need for need in needs if need.fault is Fault.COVER_UNDER]
    return {atom for need in covers or needs for atom in need.atoms}


# --- where


@dataclass(slots=True)
class _Spans:
    """The days of a problem, as long as some rules hold: less and less of them."""

    problem: Problem
    hard: frozenset[Atom]
    clock: Clock
    _fine: set[tuple[int, int]] = field(default_factory=set)

    def impossible(self) -> range | None:
        """Return the shortest days found that are impossible, if there are any."""
        days = self.problem.days
        if self._can(0, days):
            return None
        # Weeks that overlap hold every span of a few days.
        starts = range(0, max(days - FEW, 1), WEEK - FEW + 1)
        weeks = [range(start, min(start + WEEK, days)) for start in starts]
        full = [week for week in weeks if not self._can(week.start, week.stop)]
        for length in range(1, FEW + 1):
            for week in full:
                for start in range(week.start, week.stop - length + 1):
                    if not self._can(start, start + length):
                        return range(start, start + length)
        monday = -self.problem.first.weekday() % WEEK
        for length in (WEEK, 2 * WEEK):
            for start in range(monday, days - length + 1, WEEK):
                if not self._can(start, start + length):
                    return self._narrowed(start, start + length)
        # What only the month as a whole cannot bear is about the month as a whole.
        return range(days)

    def _narrowed(self, start: int, end: int) -> range:
        """Leave out days at the end, then at the start, while it stays impossible."""
        low, high = start + 1, end
        while low < high:
            middle = (low + high) // 2
            if self._can(start, middle):
                low = middle + 1
            else:
                high = middle
        end = high
        low, high = start, end - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._can(middle, end):
                high = middle - 1
            else:
                low = middle
        return range(low, end)

    def _can(self, start: int, end: int) -> bool:
        """Say whether these days are possible; what once was stays so."""
        if (start, end) not in self._fine:
            rows = Rows(self.problem, self.hard, start, end)
            if not can_meet(rows, self.hard, self.clock):
                return False
            self._fine.add((start, end))
        return True


# --- what


def _trimmed(
    problem: Problem, hard: frozenset[Atom], span: range, clock: Clock, until: float
) -> tuple[Need, ...]:
    """Return needs of some days that conflict, and none of which can be left out."""
    rows = Rows(problem, hard, span.start, span.stop)
    by_day = len(span) <= FEW
    parts = needs_of(problem, [atom for atom in rows.atoms if atom in hard], by_day)
    parts.sort(key=lambda need: _interest(problem, need))

    def conflicts(needs: Sequence[Need]) -> bool:
        atoms = {atom for need in needs for atom in need.atoms}
        return not can_meet(rows, atoms, clock)

    parts = _least(parts, conflicts)
    fine = [piece for need in parts for piece in _pieces(problem, need, by_day)]
    fine = _least(fine, conflicts, until)
    atoms = [atom for need in fine for atom in need.atoms]
    return tuple(needs_of(problem, atoms, by_day))


def _interest(problem: Problem, need: Need) -> int:
    """Say what to leave out first: what a head nurse would think of last."""
    if need.fault is Fault.BARRED:
        return _BAR_INTEREST[bar_of(problem, need.atoms[0]).why]
    return _INTEREST.get(need.fault, 0)


_INTEREST = {
    Fault.FOLLOWING: 3,
    Fault.WEEKLY_REST: 4,
    Fault.LOCK: 5,
    Fault.COVER_UNDER: 9,
}
_BAR_INTEREST = {
    Why.PROTECTED: 6,
    Why.TRAINING: 6,
    Why.CERTIFICATE: 7,
    Why.AWAY: 7,
    Why.NOT_HERE: 8,
    Why.POST: 8,
}


def _pieces(problem: Problem, need: Need, by_day: bool) -> Iterator[Need]:
    """Take a need apart by people; where there are few days, locks by day too."""
    groups: dict[tuple[str, int], list[Atom]] = {}
    for atom in need.atoms:
        day = atom.day if need.fault is Fault.LOCK else -1
        groups.setdefault((atom.person, day), []).append(atom)
    for atoms in groups.values():
        yield from needs_of(problem, atoms, by_day)


def _least(
    needs: list[Need],
    conflicts: Callable[[Sequence[Need]], bool],
    until: float = inf,
) -> list[Need]:
    """Leave out all that can be left out: whole halves first, then each alone."""
    kept = list(needs)

    def drop(part: list[Need]) -> None:
        nonlocal kept
        if monotonic() > until:
            return
        gone = set(map(id, part))
        rest = [need for need in kept if id(need) not in gone]
        if conflicts(rest):
            kept = rest
        elif len(part) > 1:
            middle = len(part) // 2
            drop(part[:middle])
            drop(part[middle:])

    drop(list(needs))
    return kept

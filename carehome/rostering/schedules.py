"""All whole schedules of one person, as a network that is searched day by day.

A state says where somebody stands after a day: on which shift or off, for how many
days in a row, and how much of each limit is used. A path from the first to the last
day is a schedule that breaks none of the person's own hard rules; its length is what
the person's soft rules cost, plus what each cell is made to cost. Shortest paths give
the best schedule for given cell costs, and for each cell the best schedule through it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import gcd, inf, prod

import numpy as np
import numpy.typing as npt

from carehome.rules.rosters.problem import OFF, Limit, Person, Problem

Floats = npt.NDArray[np.float64]

SATURDAY, SUNDAY = 5, 6
# Beyond so many states a day the network is no help any more.
MOST_STATES = 120_000


class TooManyStates(Exception):
    """A person has so many limits at once that their schedules cannot be searched."""


@dataclass(frozen=True, slots=True)
class Mode:
    """The end of a row: the last shift, days in a row, and whether these may be few.

    `loose` is a run that began before anything is known: no minimum binds it.
    `rested` says that the week of the day has had its day off.
    """

    shift: str
    length: int
    loose: bool = False
    rested: bool = False


@dataclass(frozen=True, slots=True)
class Meter:
    """A sum that a limit binds: what each shift adds on a day, and how far it counts.

    `adds(day, shift, after)` is what `shift` on `day` adds when `after` was worked on
    the day before; sums above `most` are not allowed.
    """

    limit: Limit
    size: int
    adds: Callable[[int, str, str], int]

    def costs(self) -> Floats:
        """Return what each sum costs at the end, infinite where it is not allowed."""
        sums = np.arange(self.size, dtype=float)
        under = np.maximum(self.limit.least - sums, 0)
        most = self.limit.most
        over = np.zeros_like(sums) if most is None else np.maximum(sums - most, 0)
        if self.limit.weight is None:
            return np.where(under + over > 0, inf, 0.0)
        costs: Floats = (under + over) * self.limit.weight
        return costs


@dataclass(frozen=True, slots=True)
class _Step:
    """One way into a mode: from which modes, at what extra cost, adding what."""

    into: int
    sources: npt.NDArray[np.intp]
    extra: Floats
    adds: tuple[int, ...]


class Schedules:
    """The schedules that one person can have.

    Soft limits on counts are `apart`: each would multiply the states, and they change
    little; whoever mixes schedules minds them.
    """

    def __init__(self, problem: Problem, person: Person) -> None:
        self._problem = problem
        self.person = person
        self.codes = (*(shift.code for shift in problem.shifts), OFF)
        self._shifts = {shift.code: shift for shift in problem.shifts}
        limits = [
            (limit, count.cells)
            for count in problem.counts
            if (limit := count.limits.get(person.key))
        ]
        self.apart = [(limit, cells) for limit, cells in limits if limit.weight]
        hard = [(limit, cells) for limit, cells in limits if limit.weight is None]
        self._meters = tuple(_meters(problem, person, hard))
        self._sizes = tuple(meter.size for meter in self._meters)
        self._start, self._modes = self._reachable_modes()
        if prod(self._sizes) * len(self._modes) > MOST_STATES:
            raise TooManyStates
        self._number = {mode: number for number, mode in enumerate(self._modes)}
        self._steps = self._all_steps()
        self.own_costs = self._cell_costs()

    # What one day does.

    def _next(self, mode: Mode, day: int, shift: str) -> tuple[Mode, float] | None:
        """Return the mode after `shift` on `day` and its cost, None when forbidden."""
        person = self.person
        if mode.shift and shift in self._shifts[mode.shift].not_next:
            return None
        weekday = self._problem.date_of(day).weekday()
        cost = 0.0
        limit = person.run if shift else person.rest
        if mode.length and bool(mode.shift) == bool(shift):
            length, loose = mode.length + 1, mode.loose
            if limit.most is not None and length > limit.most:
                if limit.weight is None:
                    return None
                cost += (length - limit.most) * limit.weight
        else:
            ended = person.rest if shift else person.run
            missing = 0 if mode.loose else max(ended.least - mode.length, 0)
            if missing and mode.length:
                if ended.weight is None:
                    return None
                cost += missing * ended.weight
            length, loose = 1, not mode.length
        length = min(length, max(limit.least, limit.most or 0, 1))
        rested = False
        if person.weekly_rest:
            known = mode.rested or not mode.length
            rested = not shift or (known and weekday != 0)
            if weekday == SUNDAY and not rested:
                return None
        if weekday == SUNDAY and mode.length and bool(mode.shift) != bool(shift):
            cost += person.half_weekend
        return Mode(shift, length, loose and length < limit.least, rested), cost

    def _known_start(self) -> Mode:
        """Say where the days before the first leave the person."""
        before = self.person.before
        if not before:
            return Mode(OFF, 0)
        works = [bool(shift) for shift in before]
        length = next(
            (n for n, work in enumerate(reversed(works)) if work != works[-1]),
            len(before),
        )
        limit = self.person.run if works[-1] else self.person.rest
        since_monday = self._problem.first.weekday()
        week = works[len(works) - since_monday :] if since_monday else []
        rested = since_monday > len(before) or not all(week)
        loose = length == len(before) and length < limit.least
        return Mode(before[-1], length, loose, self.person.weekly_rest and rested)

    def _reachable_modes(self) -> tuple[Mode, tuple[Mode, ...]]:
        start = self._known_start()
        modes, fresh = {start: None}, {start}
        for day in range(self._problem.days):
            steps = [
                self._next(mode, day, code) for mode in fresh for code in self.codes
            ]
            fresh = {step[0] for step in steps if step}
            modes |= dict.fromkeys(sorted(fresh, key=repr))
        return start, tuple(modes)

    def _all_steps(self) -> list[list[_Step]]:
        known: dict[tuple[object, ...], list[_Step]] = {}
        steps = []
        for day in range(self._problem.days):
            key = (
                self._problem.date_of(day).weekday(),
                *(
                    meter.adds(day, code, after)
                    for meter in self._meters
                    for code in self.codes
                    for after in ("", "x")
                ),
            )
            if key not in known:
                known[key] = self._steps_of(day)
            steps.append(known[key])
        return steps

    def _steps_of(self, day: int) -> list[_Step]:
        ways: dict[tuple[int, tuple[int, ...]], list[tuple[int, float]]] = {}
        for number, mode in enumerate(self._modes):
            for code in self.codes:
                step = self._next(mode, day, code)
                if step is None or step[0] not in self._number:
                    continue
                adds = tuple(
                    meter.adds(day, code, mode.shift) for meter in self._meters
                )
                if any(
                    add >= size for add, size in zip(adds, self._sizes, strict=True)
                ):
                    continue
                into = self._number[step[0]]
                ways.setdefault((into, adds), []).append((number, step[1]))
        return [
            _Step(
                into,
                np.array([source for source, _ in sources], dtype=np.intp),
                np.array([cost for _, cost in sources]).reshape(
                    -1, *(1 for _ in self._sizes)
                ),
                adds,
            )
            for (into, adds), sources in ways.items()
        ]

    # What each cell costs by itself.

    def _cell_costs(self) -> Floats:
        problem, key = self._problem, self.person.key
        costs = np.zeros((problem.days, len(self.codes)))
        for wish in problem.wishes:
            if wish.person != key:
                continue
            for column, code in enumerate(self.codes):
                fits = code in wish.shifts or (not wish.shifts and bool(code))
                if fits != wish.wanted:
                    costs[wish.day, column] += wish.weight
        for (who, day), bars in problem.bars.items():
            if who == key:
                for code in bars:
                    costs[day, self.codes.index(code)] = inf
        for (who, day), code in problem.locked.items():
            if who == key:
                others = [column for column, c in enumerate(self.codes) if c != code]
                costs[day, others] = inf
        return costs

    # Shortest paths.

    @cached_property
    def _column_of(self) -> list[int]:
        return [self.codes.index(mode.shift) for mode in self._modes]

    @cached_property
    def _ends(self) -> Floats:
        ends = np.zeros(self._sizes)
        for axis, meter in enumerate(self._meters):
            shape = [1] * len(self._sizes)
            shape[axis] = meter.size
            ends = ends + meter.costs().reshape(shape)
        return ends

    def _forward(self, costs: Floats) -> Floats:
        best = np.full((self._problem.days + 1, len(self._modes), *self._sizes), inf)
        best[(0, self._number[self._start], *(0 for _ in self._sizes))] = 0
        for day, steps in enumerate(self._steps):
            here, there = best[day], best[day + 1]
            for step in steps:
                cost = costs[day, self._column_of[step.into]]
                if cost == inf:
                    continue
                arriving = (here[step.sources] + step.extra).min(axis=0) + cost
                target = there[step.into][_above(step.adds)]
                np.minimum(target, arriving[_below(step.adds, self._sizes)], out=target)
        return best

    def _backward(self, costs: Floats) -> Floats:
        best = np.full((self._problem.days + 1, len(self._modes), *self._sizes), inf)
        best[-1] = self._ends
        for day in range(self._problem.days - 1, -1, -1):
            here, there = best[day], best[day + 1]
            for step in self._steps[day]:
                cost = costs[day, self._column_of[step.into]]
                if cost == inf:
                    continue
                onward = there[step.into][_above(step.adds)] + cost
                window = (step.sources, *_below(step.adds, self._sizes))
                here[window] = np.minimum(here[window], onward + step.extra)
        return best

    def best(self, costs: Floats, many: int = 1) -> list[tuple[float, tuple[str, ...]]]:
        """Return up to `many` good schedules for cell `costs`, the best one first.

        `costs` are added to the person's own; the others differ in how they end.
        """
        total = self.own_costs + costs
        paths = self._forward(total)
        ends = paths[-1] + self._ends
        flat = ends.reshape(-1)
        order = [int(flat.argmin())] if many == 1 else self._various(flat, many)
        return [
            (float(flat[end]), self._path(paths, total, end))
            for end in order
            if flat[end] < inf
        ]

    def _various(self, flat: Floats, many: int) -> list[int]:
        some = np.argpartition(flat, min(many, flat.size - 1))[:many]
        return sorted(map(int, some), key=lambda end: (flat[end], end))

    def _path(self, paths: Floats, costs: Floats, end: int) -> tuple[str, ...]:
        mode, *sums = map(int, np.unravel_index(end, paths.shape[1:]))
        row: list[str] = []
        for day in range(self._problem.days - 1, -1, -1):
            row.append(self._modes[mode].shift)
            reached = paths[(day + 1, mode, *sums)]
            cost = costs[day, self._column_of[mode]]
            mode, sums = next(
                (int(source), earlier)
                for step in self._steps[day]
                if step.into == mode
                and min(
                    earlier := [s - a for s, a in zip(sums, step.adds, strict=True)],
                    default=0,
                )
                >= 0
                for source, extra in zip(
                    step.sources, step.extra.reshape(-1), strict=True
                )
                if abs(paths[(day, int(source), *earlier)] + extra + cost - reached)
                < 1e-7
            )
        return tuple(reversed(row))

    def through(self, costs: Floats) -> tuple[float, Floats]:
        """Return the best length, and for each day and code the best through it."""
        total = self.own_costs + costs
        forward, backward = self._forward(total), self._backward(total)
        through = np.full(total.shape, inf)
        for day in range(self._problem.days):
            both = (forward[day + 1] + backward[day + 1]).reshape(len(self._modes), -1)
            lengths = both.min(axis=1)
            for mode, column in enumerate(self._column_of):
                through[day, column] = min(through[day, column], lengths[mode])
        return float(through[0].min()), through

    def near(
        self, costs: Floats, slack: float, most: int
    ) -> list[tuple[float, tuple[str, ...]]]:
        """Return every schedule at most `slack` longer than the best, and by how much.

        More than `most` are not gathered: the answer is then cut off there.
        """
        total = self.own_costs + costs
        left = self._backward(total)
        onward = [self._onward(day, total) for day in range(self._problem.days)]
        start = (self._number[self._start], *(0 for _ in self._sizes))
        best = float(left[(0, *start)])
        limit = best + slack + 1e-6
        rows: list[tuple[float, tuple[str, ...]]] = []
        open_rows: list[tuple[tuple[int, ...], float, tuple[str, ...]]] = [
            (start, 0.0, ())
        ]
        while open_rows and len(rows) <= most:
            (mode, *sums), length, row = open_rows.pop()
            if len(row) == self._problem.days:
                rows.append((length + float(self._ends[tuple(sums)]) - best, row))
                continue
            for into, adds, cost in onward[len(row)].get(mode, ()):
                state = (into, *map(sum, zip(sums, adds, strict=True)))
                if any(s >= z for s, z in zip(state[1:], self._sizes, strict=True)):
                    continue
                if length + cost + left[(len(row) + 1, *state)] <= limit:
                    shift = self._modes[into].shift
                    open_rows.append((state, length + cost, (*row, shift)))
        return rows

    def _onward(
        self, day: int, costs: Floats
    ) -> dict[int, list[tuple[int, tuple[int, ...], float]]]:
        """Return the ways on from each mode on `day`: into which, adding what, cost."""
        onward: dict[int, list[tuple[int, tuple[int, ...], float]]] = {}
        for step in self._steps[day]:
            cost = float(costs[day, self._column_of[step.into]])
            if cost == inf:
                continue
            for source, extra in zip(
                step.sources.tolist(), step.extra.reshape(-1).tolist(), strict=True
            ):
                onward.setdefault(source, []).append(
                    (step.into, step.adds, extra + cost)
                )
        return onward

    def length_of(self, row: Sequence[str], costs: Floats) -> float:
        """Return how long the path of `row` is for cell `costs`."""
        cells = (costs[day, self.codes.index(code)] for day, code in enumerate(row))
        return self.cost_of(row) + float(sum(cells))

    def cost_of(self, row: Sequence[str]) -> float:
        """Return what the rules of the network cost with `row`; infinite if hard."""
        mode, sums, cost = self._start, [0] * len(self._meters), 0.0
        for day, code in enumerate(row):
            step = self._next(mode, day, code)
            cost += self.own_costs[day, self.codes.index(code)]
            if step is None or cost == inf:
                return inf
            sums = [
                total + meter.adds(day, code, mode.shift)
                for total, meter in zip(sums, self._meters, strict=True)
            ]
            if any(t >= size for t, size in zip(sums, self._sizes, strict=True)):
                return inf
            mode, cost = step[0], cost + step[1]
        return cost + float(self._ends[tuple(sums)])


def _above(adds: Sequence[int]) -> tuple[slice, ...]:
    return tuple(slice(add, None) for add in adds)


def _below(adds: Sequence[int], sizes: Sequence[int]) -> tuple[slice, ...]:
    return tuple(slice(0, size - add) for add, size in zip(adds, sizes, strict=True))


def _meters(
    problem: Problem,
    person: Person,
    hard: list[tuple[Limit, frozenset[tuple[int, str]]]],
) -> list[Meter]:
    meters = [
        _minutes(problem, person),
        _weekends(problem, person),
        *(_counted(limit, cells) for limit, cells in hard),
    ]
    nothing = Meter(Limit(), 1, lambda day, shift, after: 0)
    return [meter for meter in meters if meter] or [nothing]


def _minutes(problem: Problem, person: Person) -> Meter | None:
    limit = person.minutes
    if not limit.least and limit.most is None:
        return None
    lengths = {shift.code: shift.minutes for shift in problem.shifts} | {OFF: 0}
    values = [*lengths.values(), limit.least, limit.most or 0]
    if limit.weight is None:
        values = list(lengths.values())
    unit = reduce(gcd, values) or 1
    reach = max(lengths.values()) * problem.days
    scaled = Limit(
        -(-limit.least // unit),
        None if limit.most is None else limit.most // unit,
        None if limit.weight is None else limit.weight * unit,
    )
    return Meter(
        scaled,
        _size(scaled, reach // unit),
        lambda day, shift, after: lengths[shift] // unit,
    )


def _weekends(problem: Problem, person: Person) -> Meter | None:
    limit = person.weekends
    weekends = problem.days // 7 + 2
    if not limit.least and (limit.most is None or limit.most >= weekends):
        return None

    def adds(day: int, shift: str, after: str) -> int:
        weekday = problem.date_of(day).weekday()
        if weekday == SUNDAY and day == 0:
            return int(bool(shift or after))  # its Saturday lies before the first day
        if not shift or weekday < SATURDAY:
            return 0
        return int(weekday == SATURDAY or not after)

    return Meter(limit, _size(limit, weekends), adds)


def _counted(limit: Limit, cells: frozenset[tuple[int, str]]) -> Meter | None:
    reach = len({day for day, _ in cells})
    if not limit.least and (limit.most is None or limit.most >= reach):
        return None
    if limit.most == 0 and limit.weight is None:
        reach = 0

    def adds(day: int, shift: str, after: str) -> int:
        return int((day, shift) in cells)

    return Meter(limit, _size(limit, reach), adds)


def _size(limit: Limit, reach: int) -> int:
    """Count the sums to tell apart: up to what is allowed, or up to what can be."""
    if limit.weight is None and limit.most is not None:
        return min(limit.most, reach) + 1
    return reach + 1

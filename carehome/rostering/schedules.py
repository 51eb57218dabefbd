"""All whole schedules of one person, as a network that is searched day by day.

A state says where somebody stands after a day: on which shift or off, for how many
days in a row, and how much of each limit is used. A path from the first to the last
day is a schedule that breaks none of the person's own hard rules; its length is what
the person's soft rules cost, plus what each cell is made to cost. Shortest paths give
the best schedule for given cell costs, and those that are nearly as good.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from math import gcd, inf

import numpy as np
import numpy.typing as npt

from carehome.rostering.network import Floats, Ints, Network
from carehome.rules.rosters.problem import OFF, Limit, Person, Problem

SATURDAY, SUNDAY = 5, 6
# Beyond so many states in a day the network is no help any more.
MOST_STATES = 100_000
NOTHING = np.zeros(0, dtype=np.intp)


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
    """A sum that a limit binds, and what each shift adds to it.

    `adds(day, shift, after)` is what `shift` on `day` adds when `after` was worked on
    the day before. Sums are told apart up to `top`: beyond, each costs `over`, which is
    infinite where it is not allowed.
    """

    limit: Limit
    adds: Callable[[int, str, str], int]

    @property
    def top(self) -> int:
        """The largest sum that is told apart."""
        limit = self.limit
        return limit.least if limit.most is None else limit.most

    @property
    def over(self) -> float:
        """What each unit beyond the top costs."""
        if self.limit.most is None:
            return 0.0
        return inf if self.limit.weight is None else float(self.limit.weight)

    def ends(self) -> Floats:
        """Return what each sum costs at the end, infinite where it is not enough."""
        missing = np.maximum(self.limit.least - np.arange(self.top + 1.0), 0)
        if self.limit.weight is None:
            return np.where(missing > 0, inf, 0.0)
        costs: Floats = missing * self.limit.weight
        return costs


class Schedules:
    """The schedules that one person can have."""

    def __init__(self, problem: Problem, person: Person) -> None:
        self._problem = problem
        self.person = person
        self.codes = (*(shift.code for shift in problem.shifts), OFF)
        self._shifts = {shift.code: shift for shift in problem.shifts}
        self._meters = tuple(_meters(problem, person))
        self._column = {code: column for column, code in enumerate(self.codes)}
        self._start = self._known_start()
        self._number, self._leads, self._extra = self._tables()
        self._column_of = np.array([self._column[mode.shift] for mode in self._number])
        self.own_costs = self._cell_costs()

    # What one day does.

    def _next(self, mode: Mode, weekday: int, shift: str) -> tuple[Mode, float] | None:
        """Return the mode after `shift` and its cost, None when it is forbidden."""
        person = self.person
        if mode.shift and shift in self._shifts[mode.shift].not_next:
            return None
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

    def _tables(self) -> tuple[dict[Mode, int], list[Ints], list[Floats]]:
        """Number the modes that can be; say for each weekday where each code leads.

        The second table says what that costs.
        """
        known: dict[tuple[Mode, int, str], tuple[Mode, float] | None] = {}
        number, fresh = {self._start: 0}, [self._start]
        for day in range(self._problem.days):
            weekday = self._problem.date_of(day).weekday()
            found: dict[Mode, None] = {}
            for mode, code in product(fresh, self.codes):
                key = (mode, weekday, code)
                if key not in known:
                    known[key] = self._next(mode, weekday, code)
                step = known[key]
                if step is not None:
                    found[step[0]] = None
            fresh = sorted(found, key=repr)
            for mode in fresh:
                number.setdefault(mode, len(number))
        steps = [
            (weekday, number[mode], self._column[code], number[step[0]], step[1])
            for (mode, weekday, code), step in known.items()
            if step is not None
        ]
        shape = (len(number), len(self.codes))
        leads = [np.full(shape, -1, dtype=np.intp) for _ in range(7)]
        extra = [np.zeros(shape) for _ in range(7)]
        for weekday, mode_number, column, into, cost in steps:
            leads[weekday][mode_number, column] = into
            extra[weekday][mode_number, column] = cost
        return number, leads, extra

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

    # The network, and a single path of it.

    @cached_property
    def whole(self) -> Network:
        """The network of all schedules."""
        return self._network(self.own_costs < inf)

    def around(self, row: Sequence[str], days: range) -> Network:
        """Return the network of the schedules that are `row` but for some days."""
        if len(days) == self._problem.days:
            return self.whole
        may = np.zeros(self.own_costs.shape, dtype=bool)
        may[days.start : days.stop] = True
        for day, code in enumerate(row):
            may[day, self._column[code]] = True
        return self._network(may & (self.own_costs < inf))

    def _network(self, may: npt.NDArray[np.bool_]) -> Network:
        """Build the network of those schedules whose cells all `may` be worked."""
        tops = [meter.top for meter in self._meters]
        overs = [meter.over for meter in self._meters]
        shape = (len(self._number), *(top + 1 for top in tops))
        adds, leasts = self._adds, self._leasts()
        columns = self._column_of
        states = np.zeros((len(shape), 1), dtype=np.intp)
        states[0] = self._number[self._start]
        days = []
        for day in range(self._problem.days):
            weekday = self._problem.date_of(day).weekday()
            modes, sums = states[0], states[1:]
            arcs = []
            for code in np.flatnonzero(may[day]):
                into = self._leads[weekday][modes, code]
                new = sums + adds[:, day, code][:, columns[modes]]
                is_open = into >= 0
                cost = self._extra[weekday][modes, code] + self.own_costs[day, code]
                for total, least, top, over in zip(
                    new, leasts[day], tops, overs, strict=True
                ):
                    is_open &= total >= least
                    beyond = np.maximum(total - top, 0)
                    if over == inf:
                        is_open &= beyond == 0
                    else:
                        cost += beyond * over
                    np.minimum(total, top, out=total)
                source = np.flatnonzero(is_open)
                keys = np.ravel_multi_index((into[source], *new[:, source]), shape)
                arcs.append((source, np.full(len(source), code), cost[source], keys))
            sources, codes, costs, keys = (
                np.concatenate([arc[part] for arc in arcs] or [NOTHING])
                for part in range(4)
            )
            reached, into = np.unique(keys, return_inverse=True)
            if len(reached) > MOST_STATES:
                raise TooManyStates
            days.append((sources, into, codes, costs))
            states = np.array(np.unravel_index(reached, shape), dtype=np.intp)
        ends = np.zeros(states.shape[1])
        for missing, total in zip(self._ends, states[1:], strict=True):
            ends += missing[total]
        return Network(self.codes, days, ends)

    @cached_property
    def _adds(self) -> Ints:
        """Return what each code adds to each meter on each day, after each code."""
        shape = (len(self._meters), self._problem.days, *(len(self.codes),) * 2)
        adds = np.zeros(shape, dtype=np.intp)
        for number, meter in enumerate(self._meters):
            for day in range(self._problem.days):
                for column, code in enumerate(self.codes):
                    for before, after in enumerate(self.codes):
                        adds[number, day, column, before] = meter.adds(day, code, after)
        return adds

    def _leasts(self) -> Ints:
        """Return how much of each meter there must be after each day, to be enough."""
        most = self._adds.max(axis=(2, 3), initial=0)
        later = most[:, ::-1].cumsum(axis=1)[:, ::-1] - most
        hard = [m.limit.weight is None for m in self._meters]
        least = np.array([m.limit.least for m in self._meters], dtype=np.intp)
        return np.where(hard, least - later.T, 0)

    def length_of(self, row: Sequence[str], costs: Floats) -> float:
        """Return how long the path of `row` is for cell `costs`."""
        cells = (costs[day, self._column[code]] for day, code in enumerate(row))
        return self.cost_of(row) + float(sum(cells))

    def cost_of(self, row: Sequence[str]) -> float:
        """Return what the person's own rules cost with `row`; infinite if hard."""
        columns = [self._column[code] for code in row]
        mode, extra = self._number[self._start], 0.0
        for leads, costs, column in zip(*self._by_day, columns, strict=True):
            extra += costs[mode][column]
            mode = leads[mode][column]
            if mode < 0:
                return inf
        days = np.arange(len(row))
        after = [self._column[self._start.shift], *columns[:-1]]
        sums = self._adds[:, days, columns, after].sum(axis=1)
        cost = extra + self.own_costs[days, columns].sum()
        for meter, ends, total in zip(self._meters, self._ends, sums, strict=True):
            beyond = max(int(total) - meter.top, 0)
            cost += ends[total - beyond] + (beyond * meter.over if beyond else 0)
        return float(cost)

    @cached_property
    def _by_day(self) -> tuple[list[list[list[int]]], list[list[list[float]]]]:
        """The tables of the modes for each day, as lists: quicker one by one."""
        days = range(self._problem.days)
        weekdays = [self._problem.date_of(day).weekday() for day in days]
        leads = [table.tolist() for table in self._leads]
        extra = [table.tolist() for table in self._extra]
        return [leads[w] for w in weekdays], [extra[w] for w in weekdays]

    @cached_property
    def _ends(self) -> list[Floats]:
        return [meter.ends() for meter in self._meters]


def _meters(problem: Problem, person: Person) -> list[Meter]:
    counts = [
        (limit, count.cells)
        for count in problem.counts
        if (limit := count.limits.get(person.key))
    ]
    meters = [
        _minutes(problem, person),
        _weekends(problem, person),
        *(_counted(limit, cells) for limit, cells in counts),
    ]
    return [meter for meter in meters if meter]


def _minutes(problem: Problem, person: Person) -> Meter | None:
    limit = person.minutes
    if not limit.least and limit.most is None:
        return None
    lengths = {shift.code: shift.minutes for shift in problem.shifts} | {OFF: 0}
    values = [*lengths.values(), limit.least, limit.most or 0]
    if limit.weight is None:
        values = list(lengths.values())
    unit = reduce(gcd, values) or 1
    scaled = Limit(
        -(-limit.least // unit),
        None if limit.most is None else limit.most // unit,
        None if limit.weight is None else limit.weight * unit,
    )
    return Meter(
        scaled,
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

    return Meter(limit, adds)


def _counted(limit: Limit, cells: frozenset[tuple[int, str]]) -> Meter | None:
    reach = len({day for day, _ in cells})
    if not limit.least and (limit.most is None or limit.most >= reach):
        return None

    def adds(day: int, shift: str, after: str) -> int:
        return int((day, shift) in cells)

    return Meter(limit, adds)

"""A network of days: shortest paths from its beginning to its end.

Each day has arcs from states into states; an arc is what is worked on that day. Only
states that lie on a way to the end are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[Any]  # whole numbers, as small as they may be
Arcs = tuple[Ints, Ints, Ints, Floats]  # from which state, into which, code, cost
Path = tuple[str, ...]
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class _Day:
    """The arcs of a day, ordered by the states that they lead into.

    The arcs into a state begin at `begins`; `back` orders them by where they come
    from, and the arcs out of a state begin at `leaves` there.
    """

    source: Ints
    into: Ints
    code: Ints
    cost: Floats
    begins: Ints
    back: Ints
    leaves: Ints


class Network:
    """The paths of a network; each is a code for each day."""

    def __init__(
        self, codes: Sequence[str], days: Sequence[Arcs], ends: Floats
    ) -> None:
        """Take the arcs of each day, and what it costs to end in each last state.

        The first state has number 0, and each other state an arc into it.
        """
        self._codes = tuple(codes)
        alive = ends < inf
        self._ends = ends[alive]
        kept: list[_Day] = []
        counts = [1, *(int(arcs[1].max(initial=-1)) + 1 for arcs in days[:-1])]
        for count, (from_, to, code, cost) in zip(
            reversed(counts), reversed(days), strict=True
        ):
            number = np.cumsum(alive) - 1
            arcs = np.flatnonzero(alive[to])
            arcs = arcs[np.argsort(to[arcs], kind="stable")]
            into = number[to[arcs]]
            alive = np.zeros(count, dtype=bool)
            alive[from_[arcs]] = True
            source = (np.cumsum(alive) - 1)[from_[arcs]]
            back = np.argsort(source, kind="stable")
            kept.append(
                _Day(
                    source.astype(np.int32),
                    into.astype(np.int32),
                    code[arcs].astype(np.int16),
                    cost[arcs],
                    _first(into).astype(np.int32),
                    back.astype(np.int32),
                    _first(source[back]).astype(np.int32),
                )
            )
        self._days = kept[::-1]

    @cached_property
    def size(self) -> int:
        """How many arcs there are."""
        return sum(len(arcs.source) for arcs in self._days)

    @property
    def is_empty(self) -> bool:
        """Say whether there is no path."""
        return not len(self._ends)

    def best(self, costs: Floats, many: int = 1) -> list[tuple[float, Path]]:
        """Return up to `many` good paths for cell `costs`, the shortest one first.

        `costs` are added to the arcs' own; the others differ in how they end.
        """
        if self.is_empty:
            return []
        lengths = self._forward(costs)
        whole = lengths[-1] + self._ends
        return [
            (float(whole[end]), self._path(lengths, costs, end))
            for end in _least(whole, many)
            if whole[end] < inf
        ]

    def _path(self, lengths: list[Floats], costs: Floats, state: int) -> Path:
        path = []
        for day in range(len(self._days) - 1, -1, -1):
            arcs = self._days[day]
            first = arcs.begins[state]
            last = arcs.begins[state + 1] if state + 1 < len(arcs.begins) else None
            into = slice(first, last)
            along = lengths[day][arcs.source[into]] + arcs.cost[into]
            arc = first + int((along + costs[day, arcs.code[into]]).argmin())
            path.append(self._codes[arcs.code[arc]])
            state = int(arcs.source[arc])
        return tuple(reversed(path))

    def near(self, costs: Floats, slack: float, most: int) -> list[tuple[float, Path]]:
        """Return every path at most `slack` longer than the shortest, and by how much.

        More than `most` are not gathered: the answer is then cut off there.
        """
        if self.is_empty:
            return []
        done, left = self._forward(costs), self._backward(costs)
        shortest = float(left[0][0])
        limit = shortest + slack + NEAR
        outs = self._outs(costs, done, left, limit)
        rests = [lengths.tolist() for lengths in left]
        paths: list[tuple[float, Path]] = []
        begun: list[tuple[int, float, Path]] = [(0, 0.0, ())]
        while begun and len(paths) <= most:
            state, length, path = begun.pop()
            day = len(path)
            if day == len(self._days):
                paths.append((length + rests[-1][state] - shortest, path))
                continue
            for into, code, cost in outs[day].get(state, ()):
                if length + cost + rests[day + 1][into] <= limit:
                    begun.append((into, length + cost, (*path, self._codes[code])))
        return paths

    def _forward(self, costs: Floats) -> list[Floats]:
        """Return how far each state is from the beginning."""
        lengths = [np.zeros(1)]
        for day, arcs in enumerate(self._days):
            along = lengths[-1][arcs.source] + arcs.cost + costs[day, arcs.code]
            lengths.append(np.minimum.reduceat(along, arcs.begins))
        return lengths

    def _backward(self, costs: Floats) -> list[Floats]:
        """Return how far each state is from the end."""
        lengths = [self._ends]
        for day in range(len(self._days) - 1, -1, -1):
            arcs = self._days[day]
            onward = lengths[-1][arcs.into] + arcs.cost + costs[day, arcs.code]
            lengths.append(np.minimum.reduceat(onward[arcs.back], arcs.leaves))
        return lengths[::-1]

    def _outs(
        self, costs: Floats, done: list[Floats], left: list[Floats], limit: float
    ) -> list[dict[int, list[tuple[int, int, float]]]]:
        """Return for each day and state the arcs on a way within the limit.

        Each says into which state it leads, its code and what it costs.
        """
        days = []
        for day, arcs in enumerate(self._days):
            cost = arcs.cost + costs[day, arcs.code]
            way = done[day][arcs.source] + cost + left[day + 1][arcs.into]
            kept = np.flatnonzero(way <= limit)
            outs: dict[int, list[tuple[int, int, float]]] = {}
            for source, into, code, length in zip(
                arcs.source[kept].tolist(),
                arcs.into[kept].tolist(),
                arcs.code[kept].tolist(),
                cost[kept].tolist(),
                strict=True,
            ):
                outs.setdefault(source, []).append((into, code, length))
            days.append(outs)
        return days


def _first(ordered: Ints) -> Ints:
    """Return where each number begins in an ordered row of numbers from 0."""
    return np.searchsorted(ordered, np.arange(ordered.max(initial=-1) + 1))


def _least(lengths: Floats, many: int) -> list[int]:
    """Return the places of the least lengths, the least first."""
    if many == 1:
        return [int(lengths.argmin())]
    some = np.argpartition(lengths, min(many, lengths.size) - 1)[:many]
    return sorted(map(int, some), key=lambda end: (lengths[end], end))

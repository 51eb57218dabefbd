"""Who of a shift works in which unit, where nobody has said so.

People stay in the unit that they belong to unless another one lacks somebody. The
best distribution is a flow of least cost: from everybody at home, people move along
chains of units for as long as a chain makes the day better.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from carehome.rules.rosters.problem import Demand, Person, Problem, Roster

# What one person missing weighs where the need is hard: more than all wishes together.
HARD = 10**9

_Node = tuple[str, int]  # a unit, and a set of people within it; 0 is everybody
_SINK: _Node = ("", -1)
_Arc = tuple[_Node, _Node, int, int]  # from, to, cost, the class that moves or _DOWN
_FLOW = -1


def place(problem: Problem, roster: Roster, day: int, code: str) -> dict[str, str]:
    """Return the unit in which each who works a shift of a day is best placed."""
    return place_among(
        problem.stranger,
        [person for person in problem.people if roster.rows[person.key][day] == code],
        [
            demand
            for demand in problem.demands
            if demand.day == day and demand.shift == code
        ],
        {key: unit for (key, on), unit in roster.units.items() if on == day},
    )


def place_among(
    stranger: int,
    people: Iterable[Person],
    demands: Iterable[Demand],
    fixed: Mapping[str, str],
) -> dict[str, str]:
    """Distribute the people of one shift over the units of its demands.

    Who is in `fixed` works there. Where sets of people of one unit cross (neither
    within nor apart from the other), the earlier demand decides.
    """
    here = list(people)
    places = {person.key: fixed.get(person.key, person.unit) for person in here}
    of_units = [demand for demand in demands if demand.unit]
    if of_units and any(_lacks(demand, places) for demand in of_units):
        free = [person for person in here if person.key not in fixed]
        _Shift(stranger, free, of_units, places).settle()
    return places


def missing(demand: Demand, count: int) -> int:
    """Say how many people a demand lacks when `count` are there."""
    return max(0, demand.need - count)


def spare(demand: Demand, count: int) -> int:
    """Say how many of `count` people are more than a demand asks for."""
    return max(0, count - demand.need)


def crowd(demand: Demand, count: int) -> int:
    """Say how many of `count` people are more than there may ever be."""
    return 0 if demand.most is None else max(0, count - demand.most)


def _lacks(demand: Demand, places: Mapping[str, str]) -> bool:
    count = sum(
        unit == demand.unit and (demand.counts is None or key in demand.counts)
        for key, unit in places.items()
    )
    return _cost(demand, count) > 0


def _cost(demand: Demand, count: int) -> int:
    under = HARD if demand.under is None else demand.under
    cost = under * missing(demand, count) + demand.over * spare(demand, count)
    return cost + HARD * crowd(demand, count)


@dataclass(slots=True)
class _Class:
    """People who may do the same moves: where to, at what cost, and in which sets."""

    costs: dict[str, int]
    leaves: dict[str, _Node]
    at: dict[str, list[str]] = field(default_factory=dict)


class _Shift:
    """The people of one shift, moved from unit to unit until no move helps."""

    def __init__(
        self,
        stranger: int,
        free: Sequence[Person],
        demands: Sequence[Demand],
        places: dict[str, str],
    ) -> None:
        """Begin with everybody where `places` says."""
        self._stranger = stranger
        self._places = places
        self._sets = _nested(demands)
        self._demands: dict[_Node, list[Demand]] = {}
        for demand in demands:
            sets = self._sets[demand.unit]
            if demand.counts in sets:
                node = demand.unit, sets.index(demand.counts)
                self._demands.setdefault(node, []).append(demand)
        self._counts: dict[_Node, int] = {}
        for key, unit in places.items():
            for node in self._path(self._leaf(unit, key)):
                self._counts[node] = self._counts.get(node, 0) + 1
        self._classes = self._classes_of(free)

    def settle(self) -> None:
        """Move people for as long as a round of moves lowers the cost."""
        while cycle := _negative_cycle(self._arcs()):
            for start, end, _, mover in cycle:
                if mover != _FLOW:
                    self._move(self._classes[mover], start[0], end[0])

    def _classes_of(self, free: Sequence[Person]) -> list[_Class]:
        classes: dict[tuple[tuple[str, int], ...], dict[tuple[_Node, ...], _Class]] = {}
        for person in free:
            costs = self._costs(person)
            leaves = {unit: self._leaf(unit, person.key) for unit in costs}
            alike = classes.setdefault(tuple(costs.items()), {})
            mine = alike.setdefault(tuple(leaves.values()), _Class(costs, leaves))
            mine.at.setdefault(person.unit, []).append(person.key)
        return [mine for alike in classes.values() for mine in alike.values()]

    def _costs(self, person: Person) -> dict[str, int]:
        away = self._stranger if person.unit else 0
        others = {
            unit: away
            for unit in self._sets
            if unit != person.unit and (not person.units or unit in person.units)
        }
        return {person.unit: 0, **others}

    def _leaf(self, unit: str, key: str) -> _Node:
        sets = self._sets.get(unit, [None])
        inside = [
            i for i, members in enumerate(sets) if members is None or key in members
        ]
        return unit, min(inside, key=lambda i: (_size(sets[i]), i))

    def _path(self, leaf: _Node) -> list[_Node]:
        unit, index = leaf
        sets = self._sets.get(unit, [None])
        members = sets[index]
        around = [
            i
            for i, other in enumerate(sets)
            if other is None or (members is not None and members <= other)
        ]
        return [(unit, i) for i in sorted(around, key=lambda i: _size(sets[i]))]

    def _arcs(self) -> list[_Arc]:
        """Return each shift of a person or of a place in a count, and its cost."""
        arcs: list[_Arc] = []
        for unit, sets in self._sets.items():
            for index in range(len(sets)):
                path = self._path((unit, index))
                node, parent = path[0], path[1] if len(path) > 1 else _SINK
                arcs.append((node, parent, self._change(node, +1), _FLOW))
                if self._counts.get(node, 0):
                    arcs.append((parent, node, self._change(node, -1), _FLOW))
        elsewhere = {
            leaf for mine in self._classes for leaf in mine.leaves.values()
        } - {(unit, i) for unit, sets in self._sets.items() for i in range(len(sets))}
        for node in sorted(elsewhere):
            arcs.append((node, _SINK, 0, _FLOW))
            if self._counts.get(node, 0):
                arcs.append((_SINK, node, 0, _FLOW))
        for number, mine in enumerate(self._classes):
            for start, keys in mine.at.items():
                if keys:
                    arcs += [
                        (
                            mine.leaves[start],
                            mine.leaves[end],
                            cost - mine.costs[start],
                            number,
                        )
                        for end, cost in mine.costs.items()
                        if end != start
                    ]
        return arcs

    def _change(self, node: _Node, step: int) -> int:
        count = self._counts.get(node, 0)
        return sum(
            _cost(demand, count + step) - _cost(demand, count)
            for demand in self._demands.get(node, ())
        )

    def _move(self, mine: _Class, start: str, end: str) -> None:
        key = mine.at[start].pop()
        mine.at.setdefault(end, []).append(key)
        self._places[key] = end
        for leaf, step in ((mine.leaves[start], -1), (mine.leaves[end], +1)):
            for node in self._path(leaf):
                self._counts[node] = self._counts.get(node, 0) + step


def _size(members: frozenset[str] | None) -> float:
    return float("inf") if members is None else len(members)


def _nested(demands: Sequence[Demand]) -> dict[str, list[frozenset[str] | None]]:
    """Return the sets of people that each unit counts, those that cross left out."""
    sets: dict[str, list[frozenset[str] | None]] = {}
    for demand in demands:
        known = sets.setdefault(demand.unit, [None])
        mine = demand.counts
        if mine not in known and all(
            other is None
            or mine is None
            or mine <= other
            or other <= mine
            or not mine & other
            for other in known
        ):
            known.append(mine)
    return sets


def _negative_cycle(arcs: Sequence[_Arc]) -> list[_Arc]:
    """Return a round of arcs that costs less than nothing, nothing where none is."""
    distance: dict[_Node, int] = {}
    came_by: dict[_Node, _Arc] = {}
    for start, end, _, _ in arcs:
        distance[start] = distance[end] = 0
    last: _Node | None = None
    for _ in range(len(distance)):
        last = None
        for arc in arcs:
            start, end, cost, _ = arc
            if distance[start] + cost < distance[end]:
                distance[end] = distance[start] + cost
                came_by[end] = arc
                last = end
        if last is None:
            return []
    assert last is not None
    for _ in range(len(distance)):
        last = came_by[last][0]
    cycle = [came_by[last]]
    while cycle[-1][0] != last:
        cycle.append(came_by[cycle[-1][0]])
    return cycle

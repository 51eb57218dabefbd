"""Which beds are looked for, and how many there would be of each kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from carehome.rules.beds import BedState
from carehome.ui.beds.house import HELD, House, Spot, sexes

STATES: dict[str, frozenset[BedState]] = {
    "residents": HELD,
    "free": frozenset({BedState.FREE}),
    "reserved": frozenset({BedState.RESERVED}),
    "away": frozenset({BedState.KEPT}),
    "cleaning": frozenset({BedState.CLEANING}),
    "out_of_service": frozenset({BedState.OUT_OF_SERVICE}),
}
NOT_ASSESSED = "none"
SEXES = ("female", "male")
Kinds = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a bed must be; a group in which nothing is chosen lets every bed pass.

    Of one group a bed needs only one, of several groups one each: the free beds and
    those in cleaning, of them those in double rooms.
    """

    states: frozenset[str] = frozenset()
    abilities: frozenset[str] = frozenset()
    sexes: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    floor_id: int | None = None
    words: str = ""

    @property
    def groups(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """What is chosen of each group."""
        return (
            ("states", self.states),
            ("abilities", self.abilities),
            ("sexes", self.sexes),
            ("classes", self.classes),
        )


class Census:
    """All beds of a house and what each is, to look through with every press."""

    def __init__(self, house: House) -> None:
        self._people = house.people
        self._beds = [
            (spot, {group: kinds(spot) for group, kinds in _KINDS.items()})
            for spot in house.spots()
        ]
        self.of_all = self.count(Wanted())

    def beds_of(self, wanted: Wanted) -> frozenset[int]:
        """Return the ids of the beds that fit."""
        return frozenset(
            spot.bed.bed_id
            for spot, kinds in self._within(wanted)
            if not _failed(wanted, kinds)
        )

    def count(self, wanted: Wanted) -> dict[str, dict[str, int]]:
        """Count by group the beds there would be of each kind, all else as wanted."""
        counts: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
        for _spot, kinds in self._within(wanted):
            failed = _failed(wanted, kinds)
            if len(failed) < 2:
                for group in failed or GROUPS:
                    count = counts[group]
                    for kind in kinds[group]:
                        count[kind] = count.get(kind, 0) + 1
        return counts

    def _within(self, wanted: Wanted) -> Iterator[tuple[Spot, Kinds]]:
        """Yield the beds of the floor and of what is typed."""
        typed = wanted.words.strip().lower()
        found = self._people.find(typed) if typed else ()
        people = {line.resident_id for line in found}
        for spot, kinds in self._beds:
            if wanted.floor_id in (None, spot.floor.floor_id) and (
                not typed or _is_said(spot, typed, people)
            ):
                yield spot, kinds


def _failed(wanted: Wanted, kinds: Kinds) -> list[str]:
    """Return the groups of which a bed is none of what is chosen."""
    return [
        group
        for group, chosen in wanted.groups
        if chosen and chosen.isdisjoint(kinds[group])
    ]


def _is_said(spot: Spot, typed: str, people: set[int]) -> bool:
    held = spot.bed.holder
    return typed in spot.bed.bed.lower() or bool(held and held.resident_id in people)


def _states(spot: Spot) -> tuple[str, ...]:
    return tuple(name for name, states in STATES.items() if spot.bed.state in states)


def _abilities(spot: Spot) -> tuple[str, ...]:
    """How well who lives in a bed can look after themselves."""
    held = spot.bed.holder
    if held is None or not held.resident_id or spot.bed.state not in HELD:
        return ()
    level = held.ability_level
    return (NOT_ASSESSED if level is None else str(level),)


def _sexes(spot: Spot) -> tuple[str, ...]:
    """Whose a bed is; an empty one is for those who may sleep in its room."""
    if spot.bed.holder:
        return (spot.bed.holder.sex,)
    rule, living = spot.room.gender_rule, set(sexes(spot.room))
    return tuple(s for s in SEXES if rule in ("any", s) and living <= {s})


def _classes(spot: Spot) -> tuple[str, ...]:
    return (spot.bed.bed_class,)


_KINDS = {
    "states": _states,
    "abilities": _abilities,
    "sexes": _sexes,
    "classes": _classes,
}
GROUPS = tuple(_KINDS)

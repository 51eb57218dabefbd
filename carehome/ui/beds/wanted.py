"""Which beds are looked for, and how many there would be of each kind."""

from collections import Counter
from collections.abc import Iterator
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

    def beds_of(self, house: House) -> frozenset[int]:
        """Return the ids of the beds that fit."""
        return frozenset(
            spot.bed.bed_id
            for spot in _within(self, house)
            if all(_passes(self, group, spot) for group in GROUPS)
        )

    def count(self, house: House) -> dict[str, Counter[str]]:
        """Count by group the beds there would be of each kind, all else as wanted."""
        counts: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
        for spot in _within(self, house):
            failed = [group for group in GROUPS if not _passes(self, group, spot)]
            for group, kinds in GROUPS.items():
                if failed in ([], [group]):
                    counts[group].update(kinds(spot))
        return counts


def _within(wanted: Wanted, house: House) -> Iterator[Spot]:
    """Yield the beds of the floor and of what is typed."""
    typed = wanted.words.strip().lower()
    people = {line.resident_id for line in house.people.find(typed)} if typed else set()
    for spot in house.spots():
        if wanted.floor_id in (None, spot.floor.floor_id) and (
            not typed or _is_said(spot, typed, people)
        ):
            yield spot


def _passes(wanted: Wanted, group: str, spot: Spot) -> bool:
    chosen: frozenset[str] = getattr(wanted, group)
    return not chosen or not chosen.isdisjoint(GROUPS[group](spot))


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


GROUPS = {
    "states": _states,
    "abilities": _abilities,
    "sexes": _sexes,
    "classes": _classes,
}

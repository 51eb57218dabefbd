"""What the screens of beds show: every bed with its place, and which are wanted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from carehome.rules.beds import BedState
from carehome.services.beds import (
    Beds,
    Board,
    BoardBed,
    BoardFloor,
    BoardRoom,
    Building,
    Counts,
)
from carehome.services.home import Home
from carehome.services.residents import ResidentIndex, Residents

HELD = frozenset({BedState.OCCUPIED, BedState.KEPT})
EMPTY = frozenset({BedState.FREE, BedState.CLEANING})


@dataclass(frozen=True, slots=True)
class Spot:
    """A bed with the room and the floor it stands in."""

    floor: BoardFloor
    room: BoardRoom
    bed: BoardBed


@dataclass(frozen=True)
class House:
    """All that the screens of beds know of the home on one day."""

    board: Board = field(default_factory=lambda: Board(date.min, (), Counts()))
    buildings: tuple[Building, ...] = ()
    classes: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    people: ResidentIndex = field(default_factory=ResidentIndex)

    def spots(self) -> Iterator[Spot]:
        """Yield every bed, floor by floor."""
        return iter(self._spots)

    @cached_property
    def _spots(self) -> tuple[Spot, ...]:
        return tuple(
            Spot(floor, room, bed)
            for floor in self.board.floors
            for room in floor.rooms
            for bed in room.beds
        )

    def spot(self, bed_id: int | None) -> Spot | None:
        """Return one bed with its place, None when it is not there (any more)."""
        return next((s for s in self.spots() if s.bed.bed_id == bed_id), None)

    def spot_of(self, resident_id: int) -> Spot | None:
        """Return the bed that a resident lives in."""
        for spot in self.spots():
            held = spot.bed.holder
            if held and held.resident_id == resident_id and not held.is_reserved:
                return spot
        return None

    def classes_with(self, bed: BoardBed) -> dict[str, str]:
        """Return the bed classes to choose from, also the one that `bed` has."""
        return {bed.bed_class: bed.class_label, **self.classes}

    def units_with(self, floor: BoardFloor) -> dict[str, str]:
        """Return the care units to choose from, also the one that `floor` has."""
        own = {floor.unit: floor.unit_label} if floor.unit else {}
        return {**own, **self.units}

    def building(self, floor: BoardFloor) -> str:
        """Say in which building a floor is, where there are several."""
        several = len({each.building_id for each in self.board.floors}) > 1
        return floor.building if several else ""

    def floor_name(self, floor: BoardFloor) -> str:
        """Say which floor; the building only where there are several."""
        return " ".join(filter(None, (self.building(floor), floor.name)))

    def place(self, floor: BoardFloor) -> str:
        """Say which floor, and which care unit it is."""
        return " · ".join(filter(None, (self.floor_name(floor), floor.unit_label)))


def read_house(
    beds: Beds, home: Home, residents: Residents | None, today: date
) -> House:
    """Read all that the screens of beds show; people only for who may see them."""
    return House(
        beds.board(today),
        tuple(beds.buildings()),
        _labels(home, "bed_class"),
        _labels(home, "unit"),
        residents.index() if residents else ResidentIndex(),
    )


def sexes(room: BoardRoom) -> list[str]:
    """Return the sexes of those who live in a room, women first."""
    lives = (bed.holder for bed in room.beds if bed.holder and bed.state in HELD)
    return sorted({held.sex for held in lives} - {""})


def can_take(spot: Spot, resident_id: int, sex: str) -> bool:
    """Say whether somebody could move there, as far as the board knows."""
    held, state = spot.bed.holder, spot.bed.state
    promised = held and state is BedState.RESERVED and held.resident_id == resident_id
    return spot.room.gender_rule in ("any", sex) and (state in EMPTY or bool(promised))


def _labels(home: Home, kind: str) -> dict[str, str]:
    return {code.code: code.label for code in home.codes(kind) if code.is_active}

"""The building as it will be: what stands already, and what is being typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from carehome.rules import beds as rules
from carehome.services.beds import BoardFloor, BoardRoom, Counts, NewBed
from carehome.ui.beds.house import House
from carehome.ui.beds.sketch import sketched


@dataclass(frozen=True, slots=True)
class NewRooms:
    """Rooms of one floor that are alike."""

    building: str
    floor: str
    rooms: tuple[str, ...]
    beds_each: int
    bed_class: str
    is_nursing_bed: bool

    @property
    def level(self) -> int:
        """How high the floor is, as the number of its first room tells."""
        return rules.level_of(self.rooms[0])

    @property
    def beds(self) -> int:
        """How many beds stand in these rooms."""
        return len(self.rooms) * self.beds_each

    def new_beds(self) -> Iterator[NewBed]:
        """Yield the beds to be made, room by room."""
        for room in self.rooms:
            for number in range(1, self.beds_each + 1):
                yield NewBed(
                    self.building,
                    room,
                    str(number),
                    self.bed_class,
                    self.floor,
                    self.level,
                    is_nursing_bed=self.is_nursing_bed,
                )


def rooms_in(house: House, building: str) -> set[str]:
    """Return the names of the rooms that a building has."""
    floors = (floor for floor in house.board.floors if floor.building == building)
    return {room.name for floor in floors for room in floor.rooms}


def with_new(house: House, lines: Sequence[NewRooms]) -> House:
    """Return the house as it will be, the highest floor of each building first."""
    unused = count(-1, -1)
    buildings = {each.name: each.building_id for each in house.buildings}
    floors = {(floor.building, floor.name): floor for floor in house.board.floors}
    for line in lines:
        place = line.building, line.floor
        if line.building not in buildings:
            buildings[line.building] = next(unused)
        before = floors.get(place) or BoardFloor(
            next(unused),
            buildings[line.building],
            *place,
            line.level,
            "",
            "",
            (),
            Counts(),
        )
        label = house.classes.get(line.bed_class, "")
        kind = (line.bed_class, label, line.is_nursing_bed)
        fresh = sketched(line.rooms, line.beds_each, *kind, numbers=unused)
        floors[place] = _grown(before, fresh, line.beds)
    order = list(buildings)
    shown = sorted(floors.values(), key=lambda f: (order.index(f.building), -f.level))
    beds = house.board.counts.beds + sum(line.beds for line in lines)
    counts = replace(house.board.counts, beds=beds)
    return replace(
        house, board=replace(house.board, floors=tuple(shown), counts=counts)
    )


def _grown(floor: BoardFloor, rooms: Sequence[BoardRoom], beds: int) -> BoardFloor:
    """Return a floor with some more rooms."""
    together = (*floor.rooms, *rooms)
    counts = replace(
        floor.counts, beds=floor.counts.beds + beds, free=floor.counts.free + beds
    )
    ordered = sorted(together, key=lambda room: rules.label_key(room.name))
    return replace(floor, rooms=tuple(ordered), counts=counts)

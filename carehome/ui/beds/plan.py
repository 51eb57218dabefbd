"""Where each room and bed of the board lies: rooms in columns, floors below another."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QPoint, QRect

from carehome.services.beds import Board, BoardFloor, BoardRoom
from carehome.ui.beds.house import Spot
from carehome.ui.kit import theme

CELL, LEAST = 27, 104  # height and smallest width of a bed
FEWEST = 6  # a home of two rooms has no cells as wide as the window
BETWEEN, BESIDE, BELOW = 3, 8, 12  # gaps of beds, of rooms, of floors
NAME, TITLE = 22, 34  # height of a room's name and a floor's title
SIDE, TOP, FOOT = 16, 6, 14  # margins of a floor


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room: the box of its name, and its beds with their boxes."""

    room: BoardRoom
    name: QRect
    beds: tuple[tuple[Spot, QRect], ...]


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """A floor: its panel, and its rooms in rows."""

    floor: BoardFloor
    box: QRect
    rows: tuple[tuple[RoomPlan, ...], ...]

    @property
    def title(self) -> QRect:
        """The box of the title within the panel."""
        side, top = theme.px(SIDE), theme.px(TOP)
        wide, high = self.box.width() - 2 * side, theme.px(TITLE)
        return QRect(self.box.left() + side, self.box.top() + top, wide, high)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole board, laid out for a width."""

    floors: tuple[FloorPlan, ...] = ()
    height: int = 0

    def rooms(self) -> Iterator[RoomPlan]:
        """Yield the rooms in the order in which one reads."""
        return (room for row in self.rows() for room in row)

    def rows(self) -> Iterator[tuple[RoomPlan, ...]]:
        """Yield the rows of rooms, top down."""
        return (row for floor in self.floors for row in floor.rows)

    def box(self, bed_id: int | None) -> QRect | None:
        """Return where a bed lies."""
        for room in self.rooms():
            for spot, box in room.beds:
                if spot.bed.bed_id == bed_id:
                    return box
        return None

    def at(self, point: QPoint) -> Spot | None:
        """Return the bed at a point."""
        for floor in self.floors:
            if floor.box.contains(point):
                rooms = (room for row in floor.rows for room in row)
                beds = (pair for room in rooms for pair in room.beds)
                return next((s for s, box in beds if box.contains(point)), None)
        return None

    def beside(self, bed_id: int, step: int) -> int:
        """Return the bed in the next room (1) or the one before (-1)."""
        rooms = [room for row in self._grid() for room in row]
        for at, room in enumerate(rooms):
            if bed_id in room:
                there = rooms[min(max(at + step, 0), len(rooms) - 1)]
                return there[min(room.index(bed_id), len(there) - 1)]
        return bed_id

    def below(self, bed_id: int, step: int) -> int:
        """Return the bed below (1) or above (-1), also in the next row of rooms."""
        # beds side by side; None where a room has fewer than its neighbours
        lines = [line for row in self._grid() for line in zip_longest(*row)]
        for at, line in enumerate(lines):
            if bed_id in line:
                column = line.index(bed_id)
                ahead = lines[at + 1 :] if step > 0 else lines[:at][::-1]
                there = (each[min(column, len(each) - 1)] for each in ahead)
                return next(filter(None, there), bed_id)
        return bed_id

    def end(self, at: int) -> int:
        """Return the first (0) or the last (-1) bed."""
        return [bed for row in self._grid() for room in row for bed in room][at]

    def _grid(self) -> list[list[list[int]]]:
        """Return the ids of the beds: rows of rooms that have some."""
        rows = (
            [[spot.bed.bed_id for spot, _box in room.beds] for room in row if room.beds]
            for row in self.rows()
        )
        return [row for row in rows if row]


def lay_out(board: Board, width: int, shown: Collection[int] | None = None) -> Plan:
    """Lay the board out; of `shown` only the rooms with one of those beds."""
    kept = [(floor, _kept(floor, shown)) for floor in board.floors]
    kept = [(floor, rooms) for floor, rooms in kept if rooms or shown is None]
    columns = _columns(width, max((len(rooms) for _floor, rooms in kept), default=1))
    plans, top = [], 0
    for floor, rooms in kept:
        plan = _floor(floor, rooms, top, width, columns)
        plans.append(plan)
        top = plan.box.bottom() + 1 + theme.px(BELOW)
    return Plan(tuple(plans), max(top - theme.px(BELOW), 0))


def _kept(floor: BoardFloor, shown: Collection[int] | None) -> Sequence[BoardRoom]:
    if shown is None:
        return floor.rooms
    return [r for r in floor.rooms if any(bed.bed_id in shown for bed in r.beds)]


def _columns(width: int, rooms: int) -> int:
    """Return how many rooms stand side by side, so that the rows are of one length."""
    gap = theme.px(BESIDE)
    room = width - 2 * theme.px(SIDE) + gap
    fitting = max(room // (theme.px(LEAST) + gap), 1)
    rows = -(-max(rooms, 1) // fitting)
    return max(-(-rooms // rows), min(fitting, FEWEST))


def _floor(
    floor: BoardFloor, rooms: Sequence[BoardRoom], top: int, width: int, columns: int
) -> FloorPlan:
    gap, side = theme.px(BESIDE), theme.px(SIDE)
    wide = (width - 2 * side + gap) / columns
    y = top + theme.px(TOP) + theme.px(TITLE)
    rows = []
    for start in range(0, len(rooms), columns):
        row = rooms[start : start + columns]
        rows.append(
            tuple(
                _room(floor, room, side + round(at * wide), y, round(wide) - gap)
                for at, room in enumerate(row)
            )
        )
        most = max(len(room.beds) for room in row)
        y += theme.px(NAME) + most * theme.px(CELL + BETWEEN) + theme.px(BESIDE)
    high = y - theme.px(BESIDE if rows else 0) - top + theme.px(FOOT)
    return FloorPlan(floor, QRect(0, top, width, high), tuple(rows))


def _room(floor: BoardFloor, room: BoardRoom, x: int, y: int, wide: int) -> RoomPlan:
    name, cell = theme.px(NAME), theme.px(CELL)
    step = theme.px(CELL + BETWEEN)
    beds = tuple(
        (Spot(floor, room, bed), QRect(x, y + name + at * step, wide, cell))
        for at, bed in enumerate(room.beds)
    )
    return RoomPlan(room, QRect(x, y, wide, name), beds)

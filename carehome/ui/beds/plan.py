"""Where each room and bed of the board lies: rooms in columns, floors below another."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from PySide6.QtCore import QPoint, QRect, QSize

from carehome.services.beds import Board, BoardFloor, BoardRoom
from carehome.ui.beds.house import Spot
from carehome.ui.kit import theme

LEAST, ENOUGH = 96, 168  # widths of a bed: for its words, and for more of them
FEWEST = 6  # a home of two rooms has no cells as wide as the window
BESIDE = 8  # the gap of rooms
LABEL, LINE = 92, 17  # what is said of a floor at its left: how wide, a line's height
SIDE = 14  # margins of a floor


@dataclass(frozen=True, slots=True)
class Density:
    """How closely beds lie: the height of one, of a room's name, and the gaps."""

    cell: int
    between: int
    name: int
    pad: int
    below: int


# As roomy as lets all of the house be seen at once, or else the last.
DENSITIES = (
    Density(27, 3, 22, 10, 12),
    Density(25, 3, 20, 8, 10),
    Density(23, 2, 19, 7, 8),
    Density(22, 2, 17, 6, 6),
)


@dataclass(frozen=True)
class RoomPlan:
    """A room: the box of its name and, below it, its beds."""

    floor: BoardFloor
    room: BoardRoom
    name: QRect
    cell: int
    step: int

    @cached_property
    def beds(self) -> tuple[tuple[Spot, QRect], ...]:
        """The beds with their boxes; worked out for rooms that come into sight."""
        x, y, wide = self.name.x(), self.name.bottom() + 1, self.name.width()
        return tuple(
            (
                Spot(self.floor, self.room, bed),
                QRect(x, y + at * self.step, wide, self.cell),
            )
            for at, bed in enumerate(self.room.beds)
        )

    @property
    def box(self) -> QRect:
        """The box around all of it."""
        return self.name.adjusted(0, 0, 0, len(self.room.beds) * self.step)


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """A floor: its panel, and its rooms in rows."""

    floor: BoardFloor
    box: QRect
    rows: tuple[tuple[RoomPlan, ...], ...]

    @property
    def label(self) -> QRect:
        """The box of what is said of the floor, within the panel."""
        side, pad = theme.px(SIDE), theme.px(SIDE) // 2
        box = self.box.adjusted(side, pad, 0, -pad)
        return QRect(box.topLeft(), QSize(theme.px(LABEL), box.height()))


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

    def find(self, bed_id: int | None) -> tuple[Spot, QRect] | None:
        """Return a bed and where it lies."""
        for room in self.rooms():
            for at, bed in enumerate(room.room.beds):
                if bed.bed_id == bed_id:
                    return room.beds[at]
        return None

    def box(self, bed_id: int | None) -> QRect | None:
        """Return where a bed lies."""
        found = self.find(bed_id)
        return found[1] if found else None

    def at(self, point: QPoint) -> Spot | None:
        """Return the bed at a point."""
        for room in self.rooms():
            if room.box.contains(point):
                return next((s for s, box in room.beds if box.contains(point)), None)
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

    def floor(self, bed_id: int, step: int) -> int:
        """Return the first bed of the floor below (1) or above (-1)."""
        floors = [
            [bed.bed_id for row in floor.rows for room in row for bed in room.room.beds]
            for floor in self.floors
        ]
        floors = [ids for ids in floors if ids]
        at = next((at for at, ids in enumerate(floors) if bed_id in ids), 0)
        return floors[min(max(at + step, 0), len(floors) - 1)][0]

    def end(self, at: int) -> int:
        """Return the first (0) or the last (-1) bed."""
        return [bed for row in self._grid() for room in row for bed in room][at]

    def _grid(self) -> list[list[list[int]]]:
        """Return the ids of the beds: rows of rooms that have some."""
        rows = (
            [[bed.bed_id for bed in room.room.beds] for room in row if room.room.beds]
            for row in self.rows()
        )
        return [row for row in rows if row]


def lay_out(
    board: Board, width: int, shown: Collection[int] | None = None, height: int = 0
) -> Plan:
    """Lay the board out for a window; of `shown` only the rooms with such a bed.

    How closely the beds lie depends on all of the house, so that nothing grows or
    shrinks while one looks for something.
    """
    columns, density = _fitting(board, width, height)
    kept = [(floor, _kept(floor, shown)) for floor in board.floors]
    plans, top = [], 0
    for floor, rooms in kept:
        if rooms or shown is None:
            plan = _floor(floor, rooms, top, width, columns, density)
            plans.append(plan)
            top = plan.box.bottom() + 1 + theme.px(density.below)
    return Plan(tuple(plans), max(top - theme.px(density.below), 0))


def _kept(floor: BoardFloor, shown: Collection[int] | None) -> Sequence[BoardRoom]:
    if shown is None:
        return floor.rooms
    return [r for r in floor.rooms if any(bed.bed_id in shown for bed in r.beds)]


def _fitting(board: Board, width: int, height: int) -> tuple[int, Density]:
    """Choose how many rooms stand side by side, and how closely all is laid."""
    house = [[len(room.beds) for room in floor.rooms] for floor in board.floors]
    columns = _columns(house, width, LEAST)
    roomy, tight = DENSITIES[0], DENSITIES[-1]
    wide = (_columns(house, width, ENOUGH), roomy)
    for each in (wide, *((columns, density) for density in DENSITIES)):
        if _height(house, *each) <= height:
            return each
    return columns, tight


def _columns(house: list[list[int]], width: int, least: int) -> int:
    """Return the fewest rooms side by side with which the board is lowest."""
    gap = theme.px(BESIDE)
    room = width - theme.px(LABEL + 2 * SIDE) + gap
    most = max(room // (theme.px(least) + gap), 1)
    offered = range(min(most, FEWEST), most + 1)
    return min(offered, key=lambda columns: _height(house, columns, DENSITIES[-1]))


def _height(house: list[list[int]], columns: int, density: Density) -> int:
    """Return how high the whole board gets; floors are the beds of their rooms."""
    highs = (_high(floor, columns, density) for floor in house)
    return sum(high + theme.px(density.below) for high in highs)


def _high(beds: list[int], columns: int, density: Density) -> int:
    """Return how high a floor gets."""
    rows = [max(beds[at : at + columns]) for at in range(0, len(beds), columns)]
    high = sum(_row_high(most, density) for most in rows)
    high += theme.px(density.pad) * max(len(rows) - 1, 0)
    return max(high, 2 * theme.px(LINE)) + 2 * theme.px(density.pad)


def _row_high(most: int, density: Density) -> int:
    """Return how high a row of rooms gets, `most` beds in one of them."""
    beds = most * theme.px(density.cell + density.between)
    return theme.px(density.name) + beds - theme.px(density.between if most else 0)


def _floor(
    floor: BoardFloor,
    rooms: Sequence[BoardRoom],
    top: int,
    width: int,
    columns: int,
    density: Density,
) -> FloorPlan:
    gap, pad = theme.px(BESIDE), theme.px(density.pad)
    name, cell = theme.px(density.name), theme.px(density.cell)
    step = theme.px(density.cell + density.between)
    left = theme.px(SIDE + LABEL)
    wide = (width - left - theme.px(SIDE) + gap) / columns
    y, rows = top + pad, []
    for start in range(0, len(rooms), columns):
        row = rooms[start : start + columns]
        boxes = [
            QRect(left + round(at * wide), y, round(wide) - gap, name)
            for at in range(len(row))
        ]
        rows.append(
            tuple(
                RoomPlan(floor, room, box, cell, step)
                for room, box in zip(row, boxes, strict=True)
            )
        )
        y += _row_high(max(len(room.beds) for room in row), density) + pad
    high = _high([len(room.beds) for room in rooms], columns, density)
    return FloorPlan(floor, QRect(0, top, width, high), tuple(rows))

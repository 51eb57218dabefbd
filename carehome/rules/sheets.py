"""What a page of a workbook says, as plain values that rules can judge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = str | int | float | Decimal | date | datetime | bool | None
DAY_ZERO = date(1899, 12, 30)  # Excel's day 0; its own 1900-02-29 never was
DAY_ZERO_1904 = date(1904, 1, 1)  # of workbooks that began on an old Macintosh


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `above` and `left` say that a merged neighbour lends the value."""

    value: Value = None
    above: bool = False
    left: bool = False

    @property
    def own(self) -> Value:
        """Return what was typed into this very cell."""
        return None if self.above or self.left else self.value


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Area:
    """A block of merged cells: rows counted from 1 as people do, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a workbook; `rows[0]` is row 1."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    day_zero: date = DAY_ZERO

    def cell(self, row: int, column: int) -> Cell:
        """Return one cell; beyond the edge of the sheet all is blank."""
        if not 0 < row <= len(self.rows):
            return BLANK
        cells = self.rows[row - 1]
        return cells[column] if 0 <= column < len(cells) else BLANK

    @property
    def width(self) -> int:
        """Count the columns in use."""
        return max(map(len, self.rows), default=0)


def sheet(
    name: str,
    rows: Iterable[Iterable[Value]],
    merged: Iterable[Area] = (),
    hidden_rows: Iterable[int] = (),
    day_zero: date = DAY_ZERO,
) -> Sheet:
    """Build a sheet from bare values; merged cells lend theirs right and down."""
    cells = [[Cell(value) for value in row] for row in rows]
    areas = tuple(merged)
    width = max(map(len, cells), default=0)
    for area in areas:
        _spread(cells, area, width)
    trimmed = (_trimmed(row) for row in cells)
    return Sheet(name, tuple(trimmed), areas, frozenset(hidden_rows), day_zero)


def letters(column: int) -> str:
    """Return the name people know a column by: A, B, … Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _spread(cells: list[list[Cell]], area: Area, width: int) -> None:
    """Let the first cell of a merged area lend its value to the others in use."""
    if area.top > len(cells) or area.left >= len(cells[area.top - 1]):
        return
    value = cells[area.top - 1][area.left].value
    if value is None:
        return
    right = min(area.right, width - 1)
    for number in range(area.top, min(area.bottom, len(cells)) + 1):
        row = cells[number - 1]
        row.extend([BLANK] * (right + 1 - len(row)))
        for column in range(area.left, right + 1):
            if (number, column) != (area.top, area.left):
                above, left = number > area.top, column > area.left
                row[column] = Cell(value, above, left)


def _trimmed(row: list[Cell]) -> tuple[Cell, ...]:
    """Drop the blank cells at the right end of a row."""
    end = len(row)
    while end and row[end - 1].value is None:
        end -= 1
    return tuple(row[:end])

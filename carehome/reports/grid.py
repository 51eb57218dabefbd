"""Rows and columns on paper: wrapping, row heights, breaking over pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from carehome.reports.sheet import BODY, MM, PALE, SMALL, Sheet, broken, leading

PAD = 1.6  # between a rule and the text beside it
HEAD = 6.6
MOST_LINES = 12  # a taller cell goes on in a further row, so that it can change page


@dataclass(frozen=True, slots=True)
class Field:
    """One column on paper, `width` millimetres wide."""

    title: str
    width: float
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row broken into lines, `height` millimetres high."""

    cells: tuple[tuple[str, ...], ...]
    height: float


class Grid:
    """Draws rows between `left` and the sum of the fields' widths."""

    def __init__(
        self, left: float, fields: Sequence[Field], size: float = BODY, air: float = 1.7
    ) -> None:
        self.left, self.fields, self.size = left, tuple(fields), size
        self.right = left + sum(field.width for field in fields)
        self._step = leading(size)
        self._air = air
        self._rise = size * 1.06 / MM  # from the top of a line to its baseline

    def lay(self, cells: Sequence[str], *, bold: bool = False) -> list[Row]:
        """Break one row into lines; a very tall one comes back in several parts."""
        lines = [
            broken(cell, field.width - 2 * PAD, self.size, bold=bold)
            for cell, field in zip(cells, self.fields, strict=True)
        ]
        tallest = max(map(len, lines))
        return [
            self._row(tuple(cell[start : start + MOST_LINES] for cell in lines))
            for start in range(0, tallest, MOST_LINES)
        ]

    def _row(self, cells: tuple[tuple[str, ...], ...]) -> Row:
        return Row(cells, self._step * max(map(len, cells)) + self._air)

    def head(self, sheet: Sheet, y: float) -> float:
        """Draw the titles of the fields; return where the rows begin."""
        sheet.fill(self.left, y, self.right - self.left, HEAD)
        x, baseline = self.left, y + HEAD / 2 + SMALL * 0.36 / MM
        for field in self.fields:
            if field.figures:
                edge = x + field.width - PAD
                sheet.right(edge, baseline, field.title, SMALL, tone=PALE)
            else:
                sheet.text(x + PAD, baseline, field.title, SMALL, tone=PALE)
            x += field.width
        return y + HEAD

    def rows(
        self, sheet: Sheet, y: float, rows: Sequence[Row], *, bold: bool = False
    ) -> float:
        """Draw rows, a rule under each; return where the next thing may begin."""
        for row in rows:
            self._draw(sheet, y + self._air / 2 + self._rise, row, bold)
            y += row.height
            sheet.rule(self.left, self.right, y, 0.35)
        return y

    def _draw(self, sheet: Sheet, top: float, row: Row, bold: bool) -> None:
        x = self.left
        for field, lines in zip(self.fields, row.cells, strict=True):
            for place, line in enumerate(lines):
                baseline = top + place * self._step
                if field.figures:
                    edge = x + field.width - PAD
                    sheet.right(edge, baseline, line, self.size, bold=bold)
                else:
                    sheet.text(x + PAD, baseline, line, self.size, bold=bold)
            x += field.width


def flow(
    heights: Sequence[float], first: float, later: float, closing: float
) -> list[range]:
    """Share rows out over pages and return the rows of each.

    The first page has room for `first`, others for `later`; the last one also holds
    what closes the paper, `closing` high, and never without a row above it.
    """
    pages: list[range] = []
    start, left = 0, first
    for place, height in enumerate(heights):
        if height > left and place > start:
            pages.append(range(start, place))
            start, left = place, later
        left -= height
    if left < closing and len(heights) - start > 1:
        pages.append(range(start, len(heights) - 1))
        start = len(heights) - 1
    pages.append(range(start, len(heights)))
    return pages

"""Pieces of a paper shared out over pages before any is drawn.

The contents of a paper must know on which page each part begins, so that all is laid
out first: a piece has a height and knows how to draw itself at a place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from carehome.i18n import _
from carehome.reports.grid import HEAD, Field, Grid, Row
from carehome.reports.sheet import BODY, MARGIN, PALE, Sheet, Size, broken, leading

Draw = Callable[[Sheet, float], object]
TITLE, HEADING = 13.0, 8.0
_AIR = 1.2


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its words, the page counted from 1, how deep it lies."""

    words: str
    page: int
    level: int = 0


class Flow:
    """Shares pieces out over pages of one size."""

    def __init__(self, size: Size, top: float, foot: float, type_size: float) -> None:
        self.left, self.right = MARGIN, size[0] - MARGIN
        self.pages: list[list[tuple[float, Draw]]] = []
        self.entries: list[Entry] = []
        self._top, self._bottom = top, size[1] - foot
        self._type = type_size
        self._title = ""
        self._y = 0.0

    @property
    def width(self) -> float:
        """Return how wide a piece may be."""
        return self.right - self.left

    def begin(self, title: str) -> None:
        """Begin a part on a new page, under its title."""
        self._title = title
        self.pages.append([])
        self._y = self._top - 4
        self.entries.append(Entry(title, len(self.pages)))
        self.put(TITLE, partial(_title, title))

    def heading(self, words: str, below: float = 20.0, *, listed: bool = True) -> None:
        """Name what comes next; a name never stands alone at the foot of a page."""
        if self._y + HEADING + below > self._bottom:
            self.turn()
        if listed:
            self.entries.append(Entry(words, len(self.pages), 1))
        self.put(HEADING, partial(_heading, words))

    def say(self, text: str, size: float = BODY, *, bold: bool = False) -> None:
        """Write a paragraph."""
        for line in broken(text, self.width, size, bold=bold):
            self.put(leading(size), partial(_line, line, size, bold))

    def gap(self, height: float) -> None:
        """Leave room; none at the head of a page."""
        if self._y > self._top:
            self._y += height

    def table(
        self, fields: Sequence[Field], rows: Sequence[tuple[Sequence[str], bool]]
    ) -> None:
        """Write rows under titles, which every page repeats; some rows are bold."""
        grid = Grid(self.left, fields, self._type, _AIR)
        laid = [
            (row, bold) for cells, bold in rows for row in grid.lay(cells, bold=bold)
        ]
        first = laid[0][0].height if laid else 12.0
        if self._y + HEAD + first > self._bottom:
            self.turn()
        self.put(HEAD, grid.head)
        for row, bold in laid:
            if self._y + row.height > self._bottom:
                self.turn()
                self.put(HEAD, grid.head)
            self.put(row.height, partial(_row, grid, row, bold))
        if not laid:
            self.put(12.0, partial(_nothing, self.left + self.width / 2))

    def put(self, height: float, draw: Draw) -> None:
        """Lay a piece down; one without room goes to the next page."""
        if self._y + height > self._bottom:
            self.turn()
        self.pages[-1].append((self._y, draw))
        self._y += height

    def turn(self) -> None:
        """Begin a further page of the same part."""
        self.pages.append([(self._top - 6, partial(_running_head, self._title))])
        self._y = self._top


def _title(title: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y + 4, title, 16, bold=True)
    sheet.rule(sheet.left, sheet.right_edge, y + 7.5, 0.8)


def _heading(words: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y + 5.5, words, 11, bold=True)


def _line(text: str, size: float, bold: bool, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y + 3.5, text, size, bold=bold)


def _row(grid: Grid, row: Row, bold: bool, sheet: Sheet, y: float) -> None:
    if bold:
        sheet.fill(grid.left, y, grid.right - grid.left, row.height)
    grid.rows(sheet, y, [row], bold=bold)


def _nothing(middle: float, sheet: Sheet, y: float) -> None:
    sheet.centre(middle, y + 7, _("Nothing to list."), BODY, tone=PALE)


def _running_head(title: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y, title, BODY, tone=PALE)
    sheet.rule(sheet.left, sheet.right_edge, y + 2, 0.35)

"""The inspector's folder: a front page, the contents, then every part with its lists.

Pages are laid out before any is drawn: the contents must know where each part begins.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from carehome.i18n import _
from carehome.reports.grid import HEAD, Grid, Row
from carehome.reports.listing import DrawPage, grid_of, texts_of
from carehome.reports.sheet import (
    A4_WIDE,
    BODY,
    MARGIN,
    PALE,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)
from carehome.reports.table import Table

Step = Callable[[int, int], None]
Draw = Callable[[Sheet, float], object]

_TOP, _FOOT = 21.0, 13.0
_LEFT, _RIGHT = MARGIN, A4_WIDE[0] - MARGIN
_BOTTOM = A4_WIDE[1] - _FOOT
_TYPE, _AIR = 8.5, 1.0
_TITLE = 13.0  # the height of a part's title
_NAME = 8.0  # the height of the name of a list
_GAP = 5.0  # between two lists
_PACE = 200  # rows from one word on progress to the next
_IN_A_ROW = 5  # numbers on the front page
_SIGNED = A4_WIDE[1] - 22
_LISTED, _LINE = 31.0, 6.5  # contents: where the lines begin, how far they are apart


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what is to be said of it first, its lists, and pages of its own."""

    title: str
    told: tuple[str, ...]
    tables: tuple[Table, ...]
    annex: tuple[DrawPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the front page, with what must be known beside it."""

    name: str
    number: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """All that a home shows of its fire safety in a span of days."""

    span: str
    made: str
    figures: tuple[Figure, ...]
    gaps: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What stands on the front page and in the file's properties."""
        return _("Fire safety folder")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents: a part, or a list in it with how long it is."""

    words: str
    page: int
    note: str = ""
    is_part: bool = False


class _Layout:
    """Shares what is to be drawn out over pages."""

    def __init__(self, step: Step) -> None:
        self.pages: list[list[tuple[float, Draw]]] = []
        self.entries: list[_Entry] = []
        self._step = step
        self._part = self._list = ""
        self._y = 0.0

    def part(self, number: int, part: Part) -> None:
        """Lay a part out, from a new page on."""
        title = _("{number}. {title}").format(number=number, title=part.title)
        self._part, self._list = title, ""
        self.pages.append([])
        self._y = _TOP - 4
        self.entries.append(_Entry(title, len(self.pages), is_part=True))
        self._put(_TITLE, partial(_part_title, title))
        for text in part.told:
            self._say(text)
        for table in part.tables:
            self._table(table)
        for draw in part.annex:
            self.pages.append([(0.0, partial(_page, draw))])

    def _table(self, table: Table) -> None:
        """Lay a list out; its name never stands alone at the foot of a page."""
        texts = []
        for done, cells in enumerate(table.rows):
            if done % _PACE == 0:
                self._step(0, 0)
            texts.append(texts_of(table, cells))
        sums = [] if table.sums is None else [texts_of(table, table.sums)]
        wide = grid_of(table, [*texts, *sums], _LEFT, _RIGHT, _TYPE)
        grid = Grid(_LEFT, wide.fields, _TYPE, _AIR)
        rows = [row for cells in texts for row in grid.lay(cells)]
        first = rows[0].height if rows else 12.0
        notes = len(table.notes) * leading(BODY)
        self._list = table.title
        if self._y + _GAP + _NAME + notes + HEAD + first > _BOTTOM:
            self._turn()
        else:
            self._y += _GAP
        count = _("{count} {count:row|rows}").format(count=len(texts))
        self.entries.append(_Entry(table.title, len(self.pages), count))
        self._put(_NAME, partial(_table_name, table.title, count))
        for note in table.notes:
            self._say(note)
        self._put(HEAD, grid.head)
        for row in rows:
            self._row(grid, row)
        if not rows:
            self._put(12.0, _nothing)
        for cells in sums:
            for row in grid.lay(cells, bold=True):
                self._put(row.height, partial(_row, grid, row, True))

    def _row(self, grid: Grid, row: Row) -> None:
        if self._y + row.height > _BOTTOM:
            self._turn()
            self._put(HEAD, grid.head)
        self._put(row.height, partial(_row, grid, row, False))

    def _say(self, text: str) -> None:
        for line in broken(text, _RIGHT - _LEFT, BODY):
            if self._y + leading(BODY) > _BOTTOM:
                self._turn()
            self._put(leading(BODY), partial(_line, line))

    def _put(self, height: float, draw: Draw) -> None:
        self.pages[-1].append((self._y, draw))
        self._y += height

    def _turn(self) -> None:
        """Begin a further page of the same part."""
        words = " \u00b7 ".join(filter(None, (self._part, self._list)))
        self.pages.append([(13.0, partial(_running_head, words))])
        self._y = _TOP


def write_folder(path: Path, folder: Folder, head: Letterhead, step: Step) -> None:
    """Write the folder as one PDF; `step` is told of each page and may end it all."""
    layout = _Layout(step)
    for number, part in enumerate(folder.parts, start=1):
        layout.part(number, part)
    contents = list(_in_pages(layout.entries))
    before = 1 + len(contents)
    pages = before + len(layout.pages)
    foot = _("{home}, {title}, {span}").format(
        home=head.home, title=folder.title, span=folder.span
    )
    begins: dict[int, list[_Entry]] = {}
    for entry in layout.entries:
        begins.setdefault(entry.page + before, []).append(entry)
    with drawing(path, folder.title, A4_WIDE, head) as sheet:
        with sheet.page(1, pages):
            _front(sheet, folder)
        for place, entries in enumerate(contents, start=2):
            with sheet.page(place, pages, foot):
                _contents(sheet, entries, before)
        for place, pieces in enumerate(layout.pages, start=before + 1):
            step(place, pages)
            for entry in begins.get(place, ()):
                sheet.bookmark(entry.words, place, level=int(not entry.is_part))
            with sheet.page(place, pages, foot):
                for y, draw in pieces:
                    draw(sheet, y)


def _in_pages(entries: list[_Entry]) -> Iterator[list[_Entry]]:
    """Share the contents out, as many lines a page as have room."""
    page: list[_Entry] = []
    left = room = _BOTTOM - _LISTED
    for entry in entries:
        left -= _height(entry)
        if left < (_LINE if entry.is_part else 0):  # no part stands alone at the foot
            yield page
            page, left = [], room - _height(entry)
        page.append(entry)
    yield page


def _height(entry: _Entry) -> float:
    """Return what a line of the contents takes; parts stand a little apart."""
    return _LINE + 2.5 if entry.is_part else _LINE


def _front(sheet: Sheet, folder: Folder) -> None:
    middle = sheet.width / 2
    sheet.centre(middle, 30, sheet.head.home, 15, tone=PALE)
    sheet.centre(middle, 47, folder.title, 30, bold=True)
    sheet.centre(middle, 58, folder.span, 13)
    y = _figures(sheet, folder.figures, 67)
    _gaps(sheet, folder.gaps, y + 4)
    labels = (_("Safety officer"), _("Person in charge of safety"), _("Day"))
    sheet.signatures(_SIGNED, labels, sheet.left + 30, sheet.right_edge - 60)
    sheet.seal_place(sheet.right_edge - 25, _SIGNED - 7)
    sheet.centre(middle, sheet.height - 13, sheet.head.contact, BODY, tone=PALE)
    sheet.text(sheet.left, sheet.height - 7.5, folder.made, 8, tone=PALE)


def _figures(sheet: Sheet, figures: tuple[Figure, ...], y: float) -> float:
    """Set the numbers side by side; return where the next thing may begin."""
    wide = (sheet.right_edge - sheet.left) / _IN_A_ROW
    for place, figure in enumerate(figures):
        x, top = sheet.left + place % _IN_A_ROW * wide, y + place // _IN_A_ROW * 22
        sheet.fill(x + 1, top, wide - 2, 20)
        sheet.text(x + 5, top + 5.5, figure.name, BODY, tone=PALE)
        sheet.text(x + 5, top + 13.5, str(figure.number), 17, bold=True)
        sheet.fit(x + 5, top + 18, wide - 8, figure.note, 8, tone=PALE)
    return y + (len(figures) + _IN_A_ROW - 1) // _IN_A_ROW * 22


def _gaps(sheet: Sheet, gaps: tuple[str, ...], y: float) -> None:
    """Say on the front page what is missing: nobody should have to look for it."""
    sheet.text(sheet.left + 1, y + 4, _("What is missing or late"), 11, bold=True)
    sheet.rule(sheet.left + 1, sheet.right_edge - 1, y + 6.5, 0.8)
    y += 12
    room = sheet.right_edge - sheet.left - 8
    said = gaps or (_("Nothing was missed or late in this span."),)
    for place, gap in enumerate(said):
        left = len(said) - place
        if left > 1 and y > _SIGNED - 16:
            more = _("And {count} more, told in the parts.").format(count=left)
            sheet.text(sheet.left + 6, y, more, BODY)
            return
        sheet.text(sheet.left + 1, y, "\u2013", BODY)
        y = sheet.paragraph(sheet.left + 6, y, room, gap, BODY)


def _contents(sheet: Sheet, entries: list[_Entry], before: int) -> None:
    sheet.text(sheet.left, 21, _("Contents"), 18, bold=True)
    sheet.rule(sheet.left, sheet.right_edge, 25, 0.8)
    y = _LISTED - _LINE
    for entry in entries:
        y += _height(entry)
        page, x = entry.page + before, sheet.left + (0 if entry.is_part else 8)
        size = 11.0 if entry.is_part else BODY
        sheet.text(x, y, entry.words, size, bold=entry.is_part)
        sheet.right(sheet.right_edge - 20, y, entry.note, BODY, tone=PALE)
        sheet.right(sheet.right_edge, y, str(page), size, bold=entry.is_part)
        sheet.rule(sheet.left, sheet.right_edge, y + 2, 0.25)
        sheet.jump(y - 5, _LINE, page)


def _part_title(title: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y + 4, title, 17, bold=True)
    sheet.rule(sheet.left, sheet.right_edge, y + 7.5, 0.8)


def _running_head(title: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y, title, BODY, tone=PALE)
    sheet.rule(sheet.left, sheet.right_edge, y + 2, 0.35)


def _table_name(title: str, count: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y + 5, title, 11, bold=True)
    sheet.right(sheet.right_edge, y + 5, count, BODY, tone=PALE)


def _line(text: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left, y + 3.5, text, BODY)


def _row(grid: Grid, row: Row, bold: bool, sheet: Sheet, y: float) -> None:
    grid.rows(sheet, y, [row], bold=bold)


def _page(draw: DrawPage, sheet: Sheet, _y: float) -> None:
    draw(sheet)


def _nothing(sheet: Sheet, y: float) -> None:
    """Say that a list is empty on purpose, not cut off."""
    sheet.centre(sheet.width / 2, y + 7, _("Nothing to list."), BODY, tone=PALE)
    sheet.rule(sheet.left, sheet.right_edge, y + 11, 0.35)

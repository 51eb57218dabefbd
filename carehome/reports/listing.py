"""Lists on A4: any table as a paper in house style."""

from collections.abc import Callable, Sequence
from pathlib import Path

from carehome.i18n import _
from carehome.reports import fonts
from carehome.reports.grid import HEAD, PAD, Field, Grid, Row, flow
from carehome.reports.sheet import (
    A4,
    BODY,
    MM,
    PALE,
    Letterhead,
    Sheet,
    Size,
    broken,
    drawing,
    leading,
)
from carehome.reports.table import Cell, Kind, Table, shown

_TOP = 30.0
_LATER_TOP = 22.0
_FOOT = 14.0
_SIGNING = 14.0
_TYPE = 9.0


DrawPage = Callable[[Sheet], None]


def write_list(
    path: Path,
    table: Table,
    head: Letterhead,
    size: Size = A4,
    annex: Sequence[DrawPage] = (),
) -> None:
    """Write a table as a PDF, its titles repeated on each page; then the annex."""
    with drawing(path, table.title, size, head) as sheet:
        done = _draw_table(sheet, table, len(annex))
        for number, draw in enumerate(annex, start=done + 1):
            with sheet.page(number, done + len(annex), sheet.head.home):
                draw(sheet)


def write_lists(
    path: Path, title: str, tables: Sequence[Table], head: Letterhead
) -> None:
    """Write several tables as one PDF; each begins a page and counts its own."""
    with drawing(path, title, A4, head) as sheet:
        for table in tables:
            _draw_table(sheet, table, 0)


def texts_of(table: Table, cells: Sequence[Cell]) -> list[str]:
    """Return the cells of a row as papers show them."""
    columns = zip(table.columns, cells, strict=True)
    return [shown(column.kind, cell) for column, cell in columns]


def grid_of(
    table: Table,
    texts: Sequence[Sequence[str]],
    left: float,
    right: float,
    size: float = _TYPE,
) -> Grid:
    """Give each column the width that its words need, as far as the page goes."""
    titles = [column.title for column in table.columns]
    needs = [
        max(fonts.width(text, bold=True) for text in column) * size / MM + 2 * PAD
        for column in zip(titles, *texts, strict=True)
    ]
    is_text = [column.kind is Kind.TEXT for column in table.columns]
    widths = _share(needs, is_text, right - left)
    fields = [
        Field(column.title, width, column.kind.is_figure)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    return Grid(left, fields, size)


def _share(needs: list[float], may_wrap: list[bool], room: float) -> list[float]:
    """Share out the room: short columns whole, the long ones of words wrap evenly."""
    widths = list(needs)
    left = room - sum(
        need for need, wraps in zip(needs, may_wrap, strict=True) if not wraps
    )
    waiting = sorted(
        (place for place, wraps in enumerate(may_wrap) if wraps), key=needs.__getitem__
    )
    for done, place in enumerate(waiting):
        widths[place] = min(needs[place], left / (len(waiting) - done))
        left -= widths[place]
    return [width + left / len(widths) for width in widths]


def _draw_table(sheet: Sheet, table: Table, more: int) -> int:
    """Lay a table out and draw it; return how many pages it took."""
    texts = [texts_of(table, cells) for cells in table.rows]
    sums = [] if table.sums is None else [texts_of(table, table.sums)]
    grid = grid_of(table, [*texts, *sums], sheet.left, sheet.right_edge)
    rows = [row for cells in texts for row in grid.lay(cells)]
    closing = [row for cells in sums for row in grid.lay(cells, bold=True)]
    return _draw(sheet, table, grid, rows, closing, more)


def _draw(
    sheet: Sheet,
    table: Table,
    grid: Grid,
    rows: list[Row],
    sums: list[Row],
    more: int,
) -> int:
    """Draw the pages of the table, after which `more` come; return how many it took."""
    notes = _lines(sheet, table.notes)
    closing = sum(row.height for row in sums)
    closing += _SIGNING if table.signatures else 2
    first_top = _TOP + leading(BODY) * len(notes)
    bottom = sheet.height - _FOOT
    room = bottom - HEAD
    pages = flow(
        [row.height for row in rows], room - first_top, room - _LATER_TOP, closing
    )
    for number, chosen in enumerate(pages, start=1):
        foot = sheet.head.home if number > 1 else ""
        with sheet.page(number, len(pages) + more, foot):
            y = (
                _opening(sheet, table.title, notes)
                if number == 1
                else _running_head(sheet, table.title)
            )
            y = grid.head(sheet, y)
            y = grid.rows(sheet, y, rows[chosen.start : chosen.stop])
            if not rows:
                y = _nothing(sheet, y)
            if number == len(pages):
                y = grid.rows(sheet, y, sums, bold=True)
                _sign(sheet, table, y)
    return len(pages)


def _lines(sheet: Sheet, texts: Sequence[str]) -> list[str]:
    room = sheet.right_edge - sheet.left
    return [line for text in texts for line in broken(text, room, BODY)]


def _opening(sheet: Sheet, title: str, notes: Sequence[str]) -> float:
    """Write the home, the title and the notes; return where the table begins."""
    middle = sheet.width / 2
    sheet.centre(middle, 14, sheet.head.home, 10.5, tone=PALE)
    sheet.centre(middle, 23, title, 17, bold=True)
    y = _TOP + 1.5
    for note in notes:
        sheet.text(sheet.left, y, note, BODY, tone=PALE)
        y += leading(BODY)
    return y - 1.5


def _running_head(sheet: Sheet, title: str) -> float:
    sheet.text(sheet.left, 17, title, BODY, bold=True)
    return _LATER_TOP


def _nothing(sheet: Sheet, y: float) -> float:
    """Say that the list is empty on purpose, not cut off."""
    sheet.centre(sheet.width / 2, y + 8, _("Nothing to list."), BODY, tone=PALE)
    sheet.rule(sheet.left, sheet.right_edge, y + 13, 0.35)
    return y + 13


def _sign(sheet: Sheet, table: Table, y: float) -> None:
    if table.signatures:
        sheet.signatures(y + 10, table.signatures, sheet.left, sheet.right_edge)

"""Workbooks of several sheets in house style, with formulas that go on reckoning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports.files import whole
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Cell, Kind, Table
from carehome.rules.money import yuan

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TYPEFACE = "Microsoft YaHei"  # on every Chinese desktop; others substitute it
_SAME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - same values make the same file
A3, A4 = 8, 9  # the format's numbers of paper sizes
_EDGE = "#C9D2D6"
_PACE = 200  # rows from one word on progress to the next
_LONGEST = 31  # characters that the name of a sheet may have
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class Book:
    """A workbook being written; styles of the same properties are made once."""

    def __init__(self, book: Workbook, head: Letterhead) -> None:
        self._book, self._head = book, head
        self._styles: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """Return a style with these properties of the format."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            plain = {"font_name": _TYPEFACE, "font_size": 10, "valign": "vcenter"}
            self._styles[key] = self._book.add_format({**plain, **properties})
        return self._styles[key]

    @cached_property
    def heading(self) -> Format:
        """Return the style of titles above columns."""
        ground, edge = "#E2F0EE", _EDGE
        return self.style(
            bold=True, bg_color=ground, border=1, border_color=edge, text_wrap=True
        )

    def boxed(self, **properties: object) -> Format:
        """Return the style of a cell with thin edges."""
        return self.style(border=1, border_color=_EDGE, **properties)

    def sheet(
        self, name: str, title: str, notes: Sequence[str], paper: int = A4
    ) -> tuple[Worksheet, int]:
        """Add a sheet under its title; return it with its first free line."""
        sheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.style(bold=True, font_size=14))
        told = [self._head.home, *notes]
        for line, note in enumerate(told, start=1):
            sheet.write_string(line, 0, note, self.style(font_color="#56646A"))
        if self._head.demo:
            mark = _("Practice, not valid")
            told.append(mark)
            red = self.style(bold=True, font_color="#B3261E")
            sheet.write_string(len(told), 0, mark, red)
            sheet.set_header(f"&C&B&16{mark}")
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        counted = _("Page {number} of {count}").format(number="&P", count="&N")
        sheet.set_footer(f"&C{counted}")
        return sheet, len(told) + 1

    def headings(self, sheet: Worksheet, line: int, titles: Sequence[str]) -> None:
        """Write the titles of columns, which stay in sight and on every page."""
        for place, title in enumerate(titles):
            sheet.write_string(line, place, title, self.heading)
        sheet.repeat_rows(line)

    def name(self, name: str, cell: str) -> None:
        """Give a cell a name that formulas and other programs find it by."""
        self._book.define_name(name, f"={cell}")

    def write(
        self, sheet: Worksheet, line: int, place: int, value: object, **style: object
    ) -> None:
        """Write a cell by its own type: text never becomes a number or formula."""
        if value is None:
            sheet.write_blank(line, place, None, self.boxed(**style))
        elif isinstance(value, str):
            sheet.write_string(line, place, value, self.boxed(num_format="@", **style))
        elif isinstance(value, date):
            shape = self.boxed(**{"num_format": "yyyy-mm-dd", "align": "left", **style})
            sheet.write_datetime(line, place, value, shape)
        else:
            sheet.write_number(line, place, value, self.boxed(**style))


@contextmanager
def writing(path: Path, title: str, head: Letterhead) -> Iterator[Book]:
    """Write a workbook; it appears at `path` only when all went well."""
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - when first used
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415

    with whole(path) as part:
        try:
            with part.open("wb") as file, Workbook(file) as book:
                book.set_properties(
                    {"title": title, "author": head.home, "created": _SAME_DAY}
                )
                yield Book(book, head)
        except FileCreateError as error:  # xlsxwriter's wrapping of an OSError
            raise OSError(str(error)) from error


def add_table(
    book: Book,
    name: str,
    table: Table,
    notes: Sequence[str] = (),
    step: Callable[[int, int], None] | None = None,
) -> None:
    """Add a sheet that holds a table; `step` is told of the rows and may end it all."""
    short = _FORBIDDEN.sub(" ", name)[:_LONGEST]
    sheet, line = book.sheet(short, table.title, [*notes, *table.notes])
    book.headings(sheet, line, [column.title for column in table.columns])
    sheet.freeze_panes(line + 1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
    for done, cells in enumerate(table.rows):
        if step and done % _PACE == 0:
            step(0, 0)
        line += 1
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            _write_cell(book, sheet, (line, place), column.kind, cell)
    if table.sums is not None:
        line += 1
        for place, cell in enumerate(table.sums):
            _write_cell(book, sheet, (line, place), table.columns[place].kind, cell)


def _write_cell(
    book: Book, sheet: Worksheet, at: tuple[int, int], kind: Kind, cell: Cell
) -> None:
    """Write a cell by its own type: a moment with its time, money with its fen."""
    if isinstance(cell, datetime):
        local = cell.astimezone().replace(tzinfo=None)
        book.write(sheet, *at, local, num_format="yyyy-mm-dd hh:mm")
    elif kind is Kind.MONEY and isinstance(cell, int):
        book.write(sheet, *at, yuan(cell), num_format="#,##0.00")
    else:
        book.write(sheet, *at, cell, text_wrap=kind is Kind.TEXT)

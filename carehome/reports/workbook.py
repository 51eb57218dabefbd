"""Any table as a workbook in house style; cells keep their type.

Text stays text, so that identity numbers keep all their digits and a name that begins
with an equals sign is no formula; days are days, money is a number with two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports.files import whole
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.money import yuan

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TYPEFACE = "Microsoft YaHei"  # on every Chinese desktop; others substitute it
_LONGEST = 32_767  # characters that a cell can hold
_MOST_ROWS = 1_000_000  # rows on one sheet; the format ends at 1,048,576
_SAME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - same values make the same file
_PATTERNS = {
    Kind.TEXT: "@",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.MONEY: "#,##0.00",
    Kind.NUMBER: "0",
}


def write_workbook(path: Path, table: Table, head: Letterhead) -> None:
    """Write a table as xlsx; rows are taken one by one, so they may be many."""
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - when first used
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415

    with whole(path) as part:
        try:
            with (
                part.open("wb") as file,
                Workbook(file, {"constant_memory": True}) as book,
            ):
                _Writer(book, table, head).write()
        except FileCreateError as error:  # xlsxwriter's wrapping of an OSError
            raise OSError(str(error)) from error


class _Writer:
    """Writes one table from the top down, as constant memory asks."""

    def __init__(self, book: Workbook, table: Table, head: Letterhead) -> None:
        self._book, self._table, self._head = book, table, head
        book.set_properties(
            {"title": table.title, "author": head.home, "created": _SAME_DAY}
        )
        self._title = self._format(bold=True, font_size=14)
        self._note = self._format(font_color="#56646A")
        self._mark = self._format(bold=True, font_color="#B3261E")
        self._heading = self._format(
            bold=True, bg_color="#E2F0EE", bottom=1, text_wrap=True
        )
        self._cells = [self._cell(column) for column in table.columns]
        self._sums = [self._cell(column, bold=True, top=1) for column in table.columns]

    def write(self) -> None:
        """Write titles, rows and sums, on further sheets if need be."""
        sheet, line = self._open_sheet()
        for cells in self._table.rows:
            if line >= _MOST_ROWS:
                sheet, line = self._open_sheet()
            self._write_row(sheet, line, cells, self._cells)
            line += 1
        if self._table.sums is not None:
            self._write_row(sheet, line, self._table.sums, self._sums)

    def _open_sheet(self) -> tuple[Worksheet, int]:
        """Begin a sheet with its titles and return it with its first free line."""
        sheet = self._book.add_worksheet()
        sheet.write_string(0, 0, self._table.title, self._title)
        notes = [self._head.home, *self._table.notes]
        for line, note in enumerate(notes, start=1):
            sheet.write_string(line, 0, note, self._note)
        if self._head.demo:
            notes.append(_("Practice, not valid"))
            sheet.write_string(len(notes), 0, notes[-1], self._mark)
            sheet.set_header(f"&C&B&16{notes[-1]}")
        headings = len(notes) + 1
        for place, column in enumerate(self._table.columns):
            sheet.write_string(headings, place, column.title, self._heading)
            sheet.set_column(place, place, column.width)
        sheet.freeze_panes(headings + 1, 0)
        sheet.repeat_rows(headings)
        _set_up_page(sheet, sum(column.width for column in self._table.columns))
        return sheet, headings + 1

    def _write_row(
        self, sheet: Worksheet, line: int, cells: Sequence[Cell], formats: list[Format]
    ) -> None:
        columns = zip(self._table.columns, cells, formats, strict=True)
        for place, (column, cell, style) in enumerate(columns):
            _write_cell(sheet, line, place, column.kind, cell, style)

    def _cell(self, column: Column, **more: object) -> Format:
        is_text = column.kind is Kind.TEXT
        return self._format(
            num_format=_PATTERNS[column.kind], text_wrap=is_text, valign="top", **more
        )

    def _format(self, **properties: object) -> Format:
        return self._book.add_format(
            {"font_name": _TYPEFACE, "font_size": 10, **properties}
        )


def _write_cell(
    sheet: Worksheet, line: int, place: int, kind: Kind, cell: Cell, style: Format
) -> None:
    """Write a cell by its own type: never guessed from how a text looks."""
    if cell is None:
        sheet.write_blank(line, place, None, style)
    elif isinstance(cell, str):
        fits = cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "\u2026"
        sheet.write_string(line, place, fits, style)
    elif isinstance(cell, datetime):
        local = cell.astimezone().replace(tzinfo=None)
        sheet.write_datetime(line, place, local, style)
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, cell, style)
    elif kind is Kind.MONEY:
        sheet.write_number(line, place, yuan(cell), style)
    else:
        sheet.write_number(line, place, cell, style)


def _set_up_page(sheet: Worksheet, characters: float) -> None:
    """Make the sheet print well: A4, one page wide, titles and page numbers."""
    sheet.set_paper(9)
    if characters > 100:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    counted = _("Page {number} of {count}").format(number="&P", count="&N")
    sheet.set_footer(f"&C{counted}")

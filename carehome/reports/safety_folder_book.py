"""The inspector's folder as a workbook: the front page, then a sheet for each list."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports.book import Book, writing
from carehome.reports.safety_folder import Folder
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Cell, Kind, Table
from carehome.rules.money import yuan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Step = Callable[[int, int], None]

_PACE = 200  # rows from one word on progress to the next
_LONGEST = 31  # characters that the name of a sheet may have
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def write_folder_workbook(
    path: Path, folder: Folder, head: Letterhead, step: Step
) -> None:
    """Write the folder as xlsx; `step` is told of the rows and may end it all."""
    tables = [
        (f"{number}.{place} {table.title}", table)
        for number, part in enumerate(folder.parts, start=1)
        for place, table in enumerate(part.tables, start=1)
    ]
    with writing(path, folder.title, head) as book:
        _front(book, folder)
        for name, table in tables:
            _sheet(book, name, table, folder.span, step)


def _front(book: Book, folder: Folder) -> None:
    """Write the numbers and the gaps, as on the front page, and what each part says."""
    notes = [folder.span, folder.made]
    sheet, line = book.sheet(_("Overview"), folder.title, notes)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 90)
    for figure in folder.figures:
        for place, value in enumerate((figure.name, figure.number, figure.note)):
            book.write(sheet, line, place, value, bold=place == 1, text_wrap=True)
        line += 1
    told = [(_("What is missing or late"), folder.gaps)]
    told += [(part.title, part.told) for part in folder.parts]
    for title, sentences in told:
        for text in sentences:
            book.write(sheet, line, 0, title, bold=True)
            book.write(sheet, line, 1, None)
            book.write(sheet, line, 2, text, text_wrap=True)
            line += 1


def _sheet(book: Book, name: str, table: Table, span: str, step: Step) -> None:
    short = _FORBIDDEN.sub(" ", name)[:_LONGEST]
    sheet, line = book.sheet(short, table.title, [span, *table.notes])
    book.headings(sheet, line, [column.title for column in table.columns])
    sheet.freeze_panes(line + 1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
    for done, cells in enumerate(table.rows):
        if done % _PACE == 0:
            step(0, 0)
        line += 1
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            _write(book, sheet, (line, place), column.kind, cell)
    if table.sums is not None:
        line += 1
        for place, cell in enumerate(table.sums):
            _write(book, sheet, (line, place), table.columns[place].kind, cell)


def _write(
    book: Book, sheet: "Worksheet", at: tuple[int, int], kind: Kind, cell: Cell
) -> None:
    """Write a cell by its own type: a moment with its time, money with its fen."""
    if isinstance(cell, datetime):
        local = cell.astimezone().replace(tzinfo=None)
        book.write(sheet, *at, local, num_format="yyyy-mm-dd hh:mm")
    elif kind is Kind.MONEY and isinstance(cell, int):
        book.write(sheet, *at, yuan(cell), num_format="#,##0.00")
    else:
        book.write(sheet, *at, cell, text_wrap=kind is Kind.TEXT)

"""Workbooks of several sheets in house style, with formulas that go on reckoning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports.files import whole
from carehome.reports.sheet import Letterhead

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TYPEFACE = "Microsoft YaHei"  # on every Chinese desktop; others substitute it
_SAME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - same values make the same file
A3, A4 = 8, 9  # the format's numbers of paper sizes
_EDGE = "#C9D2D6"


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

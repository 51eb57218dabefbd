"""The rows of a roll that could not be read in, to correct.

It keeps the columns of the home's own sheet, adds the reasons in a last one, and is
read again like any other roll.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.reports import files
from carehome.rules.equipment_roll import EquipmentHeading, EquipmentRoll, PieceRow
from carehome.rules.roll import Field, Heading, Roll, RollRow, Words, shipped
from carehome.rules.roll.words import fold
from carehome.rules.sheets import DAY_ZERO_1904, Cell, Sheet, Value
from carehome.rules.staff_roll import StaffHeading, StaffRoll, StaffRow

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_FAULTY, _TITLE = "#FFC7CE", "#E7E6E6"
_NARROW, _IDENTITY, _REASONS = 12, 22, 70  # widths of columns in characters
_TEXT, _DAY = "@", "yyyy-mm-dd"
AnyHeading = Heading | StaffHeading | EquipmentHeading
AnyRow = RollRow | StaffRow | PieceRow


def write_rejected(
    path: Path, roll: Roll | StaffRoll | EquipmentRoll, words: Words | None = None
) -> None:
    """Write the rows that have faults, each with its reasons in the last column."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - slow to import

    with files.whole(path) as part, part.open("wb") as file:
        options = {
            "date_1904": roll.sheet.day_zero == DAY_ZERO_1904,
            "nan_inf_to_errors": True,  # a cell may hold 1E+400
        }
        book = Workbook(file, options)
        _Page(book, roll.sheet, words or shipped()).fill(roll.rejected)
        book.close()


class _Page:
    """The one page of the workbook, filled from above."""

    def __init__(self, book: "Workbook", sheet: Sheet, words: Words) -> None:
        self._book = book
        self._sheet = sheet
        self._words = words
        self._page = book.add_worksheet(sheet.name)
        self._title = book.add_format({"bold": True, "bg_color": _TITLE, "border": 1})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._formats: dict[tuple[str, bool], Format] = {}
        self._next = 0
        self._width = 0

    def fill(self, rows: Iterable[AnyRow]) -> None:
        """Write the rows in their order, with the titles above them."""
        titles: tuple[str, ...] = ()
        section = ""
        for row in rows:
            if row.heading.titles != titles:
                titles = row.heading.titles
                self._write_heading(row.heading)
            if row.section != section:
                section = row.section
                self._page.write_string(self._next, 0, section)
                self._next += 1
            self._write_person(row)

    def _write_heading(self, heading: AnyHeading) -> None:
        """Copy the rows of titles, merged as they were, and add the one for reasons."""
        self._width = self._used_width(heading)
        shift = self._next - heading.first
        for number in range(heading.first, heading.last + 1):
            for column in range(self._width):
                own = self._sheet.cell(number, column).own
                text = "" if own is None else str(own)
                self._page.write_string(number + shift, column, text, self._title)
        for area in self._sheet.merged:
            right = min(area.right, self._width - 1)
            is_within = heading.first <= area.top and area.bottom <= heading.last
            if is_within and (area.bottom, right) > (area.top, area.left):
                text = str(self._sheet.cell(area.top, area.left).value or "")
                rows = (area.top + shift, area.bottom + shift)
                self._page.merge_range(
                    rows[0], area.left, rows[1], right, text, self._title
                )
        self._next += heading.last - heading.first + 1
        reason = self._words.reason
        self._page.write_string(self._next - 1, self._width, reason, self._title)
        self._set_widths(heading)

    def _used_width(self, heading: AnyHeading) -> int:
        """Count the columns before the reasons that an earlier reading has added."""
        reason = fold(self._words.reason)
        titles = heading.titles
        while titles and (not titles[-1] or fold(titles[-1]).startswith(reason)):
            titles = titles[:-1]
        return len(titles)

    def _set_widths(self, heading: AnyHeading) -> None:
        self._page.set_column(0, self._width - 1, _NARROW)
        identity = heading.column(Field.ID_NUMBER)
        if identity is not None:
            self._page.set_column(identity, identity, _IDENTITY)
        self._page.set_column(self._width, self._width, _REASONS)

    def _write_person(self, row: AnyRow) -> None:
        """Write one person; faulty cells are coloured, the reasons stand behind."""
        faulty = {fault.column for fault in row.faults}
        first = self._next
        for number in range(row.sheet_row, row.last_row + 1):
            for column in range(self._width):
                value = self._value(row, self._sheet.cell(number, column), column)
                self._write(column, value, row.heading, column in faulty)
            self._next += 1
        reasons = "\n".join(fault.message for fault in row.faults)
        self._page.write_string(first, self._width, reasons, self._wrapped)
        name = row.heading.column(Field.NAME)
        if self._next - first > 1 and name is not None:
            text = str(self._sheet.cell(row.sheet_row, name).value or "")
            self._page.merge_range(first, name, self._next - 1, name, text)

    def _value(self, row: AnyRow, cell: Cell, column: int) -> Value:
        """Return what a cell shows, or the place that stood in a row above it."""
        if cell.left:
            return None
        if cell.value is not None:
            return cell.value
        told = row.heading.fields[column]
        return row.lent.get(told) or None if told else None

    def _write(
        self, column: int, value: Value, heading: AnyHeading, is_faulty: bool
    ) -> None:
        """Write one cell; texts and identity numbers stay texts when corrected."""
        is_identity = column == heading.column(Field.ID_NUMBER)
        if isinstance(value, date):
            shape = self._format(_DAY, is_faulty)
            self._page.write_datetime(self._next, column, value, shape)
        elif isinstance(value, bool):
            self._page.write_boolean(self._next, column, value)
        elif isinstance(value, str):
            shape = self._format(_TEXT, is_faulty)
            self._page.write_string(self._next, column, value, shape)
        elif value is None:
            self._page.write_blank(
                self._next, column, None, self._format(_TEXT, is_faulty)
            )
        else:
            shape = self._format(_TEXT if is_identity else "General", is_faulty)
            self._page.write_number(self._next, column, value, shape)

    def _format(self, number_format: str, is_faulty: bool) -> "Format":
        """Return a cell format, made once."""
        key = (number_format, is_faulty)
        if key not in self._formats:
            colour = {"bg_color": _FAULTY} if is_faulty else {}
            self._formats[key] = self._book.add_format(
                {"num_format": number_format, "valign": "top", **colour}
            )
        return self._formats[key]

"""The roster of a month as a workbook: the grid, what it comes to, the shifts.

Totals are formulas over the grid, so that they follow what somebody changes in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _, say_month, say_narrow_weekday
from carehome.reports.book import A3, Book, writing
from carehome.reports.rosters import DayLook, Look
from carehome.reports.sheet import Letterhead

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LEFT = 3  # columns before the first day: unit, name, level
_COLOURS = {Look.NIGHT: "#DAD5EE", Look.LATE: "#FBEBC8", Look.DAY: "#DCEBF8"}


@dataclass(frozen=True, slots=True)
class BookShift:
    """A kind of shift as the cells show it."""

    sign: str
    name: str
    times: str
    minutes: int
    look: Look


@dataclass(frozen=True, slots=True)
class BookCell:
    """What somebody does on a day; `place` names another unit."""

    sign: str
    look: Look
    place: str = ""


@dataclass(frozen=True, slots=True)
class BookPerson:
    """A row of the grid."""

    unit: str
    name: str
    note: str
    cells: tuple[BookCell, ...]


@dataclass(frozen=True, slots=True)
class RosterBook:
    """The roster of a month for a workbook."""

    month: date
    state: str
    days: tuple[tuple[date, DayLook], ...]
    shifts: tuple[BookShift, ...]
    people: tuple[BookPerson, ...]
    covers: tuple[tuple[str, tuple[str, ...]], ...]


def write_roster_workbook(path: Path, roster: RosterBook, home: Letterhead) -> None:
    """Write a month's roster as xlsx."""
    title = _("Roster {month}").format(month=say_month(roster.month))
    with writing(path, title, home) as book:
        _Writer(book, roster, title).write()


class _Writer:
    """Writes the three sheets, which refer to each other."""

    def __init__(self, book: Book, roster: RosterBook, title: str) -> None:
        self._book, self._roster, self._title = book, roster, title
        self._days = len(roster.days)
        self._grid_name, self._hours_name = _("Roster grid"), _("Hours")
        self._shifts_name = _("Shifts")
        count = max(len(roster.shifts), 1)
        self._signs = f"'{self._shifts_name}'!$A$5:$A${4 + count}"
        self._minutes = f"'{self._shifts_name}'!$D$5:$D${4 + count}"
        self._nights = f"'{self._shifts_name}'!$E$5:$E${4 + count}"

    def write(self) -> None:
        """Write the grid, the hours and the shifts."""
        first = self._grid()
        self._hours(first)
        self._shifts()

    def _grid(self) -> int:
        """Write the grid; return the line of the first person."""
        book, roster = self._book, self._roster
        sheet, line = book.sheet(self._grid_name, self._title, [roster.state], A3)
        totals = (_("Hours"), _("Nights"), _("Weekend days"), _("Holidays"))
        titles = [
            _("Unit of the home"),
            _("Name"),
            _("Post"),
            *[""] * self._days,
            *totals,
        ]
        book.headings(sheet, line, titles)
        self._head(sheet, line)
        self._dates = line
        first = line + 3
        for at, person in enumerate(roster.people):
            self._person(sheet, first + at, person)
        self._covers(sheet, first + len(roster.people) + 1)
        sheet.freeze_panes(first, _LEFT)
        sheet.repeat_rows(line, first - 1)
        sheet.repeat_columns(0, _LEFT - 1)
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, 10)
        sheet.set_column(2, 2, 8)
        sheet.set_column(_LEFT, _LEFT + self._days - 1, 4.2)
        sheet.set_column(_LEFT + self._days, _LEFT + self._days + 3, 8)
        return first

    def _head(self, sheet: Worksheet, line: int) -> None:
        """Write for each day its date, its weekday and what the state calls it."""
        kinds = {
            DayLook.STATUTORY: _("law day"),
            DayLook.REST: _("free day"),
            DayLook.WORK: "",
        }
        for number, (day, look) in enumerate(self._roster.days):
            place = _LEFT + number
            plain = {"align": "center", "bold": True, "bg_color": "#E2F0EE"}
            if look is not DayLook.WORK:
                plain["font_color"] = "#B3261E"
            write = self._book.write
            write(sheet, line, place, day, num_format="d", **plain)
            write(sheet, line + 1, place, say_narrow_weekday(day), **plain)
            write(sheet, line + 2, place, kinds[look], **plain)

    def _person(self, sheet: Worksheet, line: int, person: BookPerson) -> None:
        write = self._book.write
        for place, words in enumerate((person.unit, person.name, person.note)):
            write(sheet, line, place, words, bold=place == 1)
        for number, cell in enumerate(person.cells):
            style: dict[str, object] = {"align": "center"}
            if cell.look in _COLOURS:
                style["bg_color"] = _COLOURS[cell.look]
            elif cell.look is Look.OFF:
                style["font_color"] = "#7A878D"
            write(sheet, line, _LEFT + number, cell.sign, **style)
            if cell.place:
                sheet.write_comment(line, _LEFT + number, cell.place)
        for number, (formula, value) in enumerate(self._totals(line, person)):
            place = _LEFT + self._days + number
            shape = self._book.boxed(
                num_format="0.0" if number == 0 else "0", bold=True
            )
            sheet.write_formula(line, place, formula, shape, value)

    def _totals(self, line: int, person: BookPerson) -> list[tuple[str, float]]:
        """Return the formulas of a row and what each comes to now."""
        row = _span(line, _LEFT, self._days)
        dates = _span(self._dates, _LEFT, self._days, "$")
        kinds = _span(self._dates + 2, _LEFT, self._days, "$")
        works = f"ISNUMBER(MATCH({row},{self._signs},0))"
        known = {shift.sign: shift for shift in self._roster.shifts}
        done = [
            (day, look, known[cell.sign])
            for (day, look), cell in zip(self._roster.days, person.cells, strict=True)
            if cell.sign in known
        ]
        minutes = sum(shift.minutes for _day, _look, shift in done)
        law = _("law day")
        return [
            (
                f"=SUMPRODUCT(COUNTIF({row},{self._signs}),{self._minutes})/60",
                minutes / 60,
            ),
            (
                f"=SUMPRODUCT(COUNTIF({row},{self._signs}),{self._nights})",
                sum(shift.look is Look.NIGHT for _day, _look, shift in done),
            ),
            (
                f"=SUMPRODUCT((WEEKDAY({dates},2)>5)*{works})",
                sum(day.weekday() >= 5 for day, _look, _shift in done),
            ),
            (
                f'=SUMPRODUCT(({kinds}="{law}")*{works})',
                sum(look is DayLook.STATUTORY for _day, look, _shift in done),
            ),
        ]

    def _covers(self, sheet: Worksheet, line: int) -> None:
        for at, (title, cells) in enumerate(self._roster.covers):
            self._book.write(sheet, line + at, 1, title, bold=True)
            for number, text in enumerate(cells):
                place = _LEFT + number
                self._book.write(sheet, line + at, place, text, align="center")

    def _hours(self, first: int) -> None:
        """Write how many of each shift everybody has, and the hours."""
        book, roster = self._book, self._roster
        sheet, line = book.sheet(self._hours_name, self._title, [roster.state])
        signs = [shift.sign for shift in roster.shifts]
        titles = [_("Unit of the home"), _("Name"), *signs, _("Shifts"), _("Hours")]
        book.headings(sheet, line, titles)
        sheet.freeze_panes(line + 1, 2)
        sheet.set_column(0, 1, 12)
        for at, person in enumerate(roster.people):
            mine, their = line + 1 + at, first + at
            book.write(sheet, mine, 0, person.unit)
            book.write(sheet, mine, 1, person.name, bold=True)
            row = f"'{self._grid_name}'!{_span(their, _LEFT, self._days)}"
            for number, sign in enumerate(signs):
                count = sum(cell.sign == sign for cell in person.cells)
                formula = f'=COUNTIF({row},"{sign}")'
                sheet.write_formula(mine, 2 + number, formula, book.boxed(), count)
            self._sums(sheet, mine, their, person)

    def _sums(
        self, sheet: Worksheet, mine: int, their: int, person: BookPerson
    ) -> None:
        count = len(self._roster.shifts)
        signs = {shift.sign for shift in self._roster.shifts}
        worked = sum(cell.sign in signs for cell in person.cells)
        if count:
            formula = f"=SUM({_span(mine, 2, count)})"
            bold = self._book.boxed(bold=True)
            sheet.write_formula(mine, 2 + count, formula, bold, worked)
        hours = f"='{self._grid_name}'!{_cell(their, _LEFT + self._days)}"
        value = self._totals(their, person)[0][1]
        shape = self._book.boxed(bold=True, num_format="0.0")
        sheet.write_formula(mine, 3 + count, hours, shape, value)

    def _shifts(self) -> None:
        """Write the kinds of shift, on which the formulas rely, from the fifth line."""
        book = self._book
        sheet, _line = book.sheet(self._shifts_name, self._title, [])
        titles = (_("Sign"), _("Shift"), _("Times"), _("Minutes"), _("Night"))
        book.headings(sheet, 3, titles)
        sheet.set_column(1, 2, 18)
        for at, shift in enumerate(self._roster.shifts, start=4):
            night = int(shift.look is Look.NIGHT)
            facts = (shift.sign, shift.name, shift.times, shift.minutes, night)
            for place, value in enumerate(facts):
                book.write(sheet, at, place, value)


def _cell(line: int, place: int, fixed: str = "") -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - when first used

    return f"{xl_col_to_name(place)}{fixed}{line + 1}"


def _span(line: int, place: int, count: int, fixed: str = "") -> str:
    """Return the name of `count` cells side by side."""
    return f"{_cell(line, place, fixed)}:{_cell(line, place + count - 1, fixed)}"

"""The hours of a month for the payroll as a workbook, with the basis of every number.

Each sum is a formula over the second sheet, where every minute stands with its day and
its reason: who doubts a number filters there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _, say_month
from carehome.reports.book import Book, writing
from carehome.reports.sheet import Letterhead
from carehome.rules.money import yuan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PERCENTS = (100, 150, 200, 300)


@dataclass(frozen=True, slots=True)
class PaidEntry:
    """Minutes of a day, at how many per cent, and why."""

    day: date
    percent: int
    minutes: int
    why: str
    made_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaidPerson:
    """Somebody's month; `premiums` are fen at 150, 200 and 300 %, None if unknown."""

    number: int
    name: str
    unit: str
    post: str
    scheme: str
    period: str
    entries: tuple[PaidEntry, ...]
    remarks: str
    premiums: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class PayrollText:
    """A month of everybody; money is shown to who may see it."""

    month: date
    people: tuple[PaidPerson, ...]
    notes: tuple[str, ...]
    with_money: bool


def write_payroll_workbook(path: Path, text: PayrollText, home: Letterhead) -> None:
    """Write a month's hours for the payroll as xlsx."""
    title = _("Hours for the payroll {month}").format(month=say_month(text.month))
    with writing(path, title, home) as book:
        _Writer(book, text, title).write()


class _Writer:
    """Writes both sheets."""

    def __init__(self, book: Book, text: PayrollText, title: str) -> None:
        self._book, self._text, self._title = book, text, title
        self._basis_name = _("Basis")

    def write(self) -> None:
        """Write the sums, then what they rest upon."""
        book, text = self._book, self._text
        sheet, line = book.sheet(_("Hours"), self._title, text.notes)
        titles = [
            _("No."),
            _("Name"),
            _("Unit of the home"),
            _("Post"),
            _("Scheme"),
            _("Period"),
        ]
        kinds = [_("Normal hours"), "150%", "200%", "300%", _("Together")]
        told = [_("{kind} (minutes)").format(kind=kind) for kind in kinds]
        told += [_("{kind} (hours)").format(kind=kind) for kind in kinds]
        money = [
            _("{kind} (yuan)").format(kind=kind)
            for kind in ("150%", "200%", "300%")
            if text.with_money
        ]
        book.headings(sheet, line, [*titles, *told, *money, _("To be looked at")])
        sheet.freeze_panes(line + 1, 2)
        sheet.autofilter(line, 0, line + len(text.people), 15 + len(money) + 1)
        for at, person in enumerate(text.people, start=line + 1):
            self._person(sheet, at, person)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 4, 12)
        sheet.set_column(5, 5, 22)
        sheet.set_column(6, 15 + len(money), 10)
        sheet.set_column(16 + len(money), 16 + len(money), 50)
        self._basis()

    def _person(self, sheet: Worksheet, line: int, person: PaidPerson) -> None:
        book = self._book
        facts = (person.number, person.name, person.unit, person.post)
        for place, value in enumerate((*facts, person.scheme, person.period)):
            book.write(sheet, line, place, value, bold=place == 1)
        minutes = [
            sum(entry.minutes for entry in person.entries if entry.percent == percent)
            for percent in _PERCENTS
        ]
        name = f"'{self._basis_name}'!"
        for place, (percent, value) in enumerate(
            zip(_PERCENTS, minutes, strict=True), start=6
        ):
            formula = (
                f"=SUMIFS({name}$F:$F,{name}$A:$A,$A{line + 1},{name}$E:$E,{percent})"
            )
            sheet.write_formula(line, place, formula, book.boxed(), value)
        total = f"=SUM(G{line + 1}:J{line + 1})"
        bold = book.boxed(bold=True)
        sheet.write_formula(line, 10, total, bold, sum(minutes))
        for place, value in enumerate([*minutes, sum(minutes)]):
            formula = f"={'GHIJK'[place]}{line + 1}/60"
            hours = book.boxed(num_format="0.00")
            sheet.write_formula(line, 11 + place, formula, hours, value / 60)
        place = 16
        if self._text.with_money:
            for fen in person.premiums or (None, None, None):
                value = None if fen is None else yuan(fen)
                book.write(sheet, line, place, value, num_format="#,##0.00")
                place += 1
        book.write(sheet, line, place, person.remarks, text_wrap=True)

    def _basis(self) -> None:
        book = self._book
        sheet, line = book.sheet(self._basis_name, self._title, [])
        titles = (
            _("No."),
            _("Name"),
            _("Unit of the home"),
            _("Day"),
            "%",
            _("Minutes"),
            _("Why"),
        )
        book.headings(sheet, line, [*titles, _("Made up by the day off on")])
        sheet.freeze_panes(line + 1, 2)
        sheet.set_column(1, 3, 12)
        sheet.set_column(6, 7, 34)
        for person in self._text.people:
            for entry in person.entries:
                line += 1
                values = (
                    *(person.number, person.name, person.unit, entry.day),
                    *(entry.percent, entry.minutes, entry.why, entry.made_up_on),
                )
                for place, value in enumerate(values):
                    book.write(sheet, line, place, value)

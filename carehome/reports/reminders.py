"""Letters that remind of what is owed, one page each, and the list for calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import N_, _, say_date, say_month, show_day, show_money
from carehome.reports.grid import Field, Grid, Row
from carehome.reports.sheet import (
    A4,
    BODY,
    INK,
    MM,
    PALE,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)
from carehome.reports.table import Column, Kind, Table
from carehome.rules.money import capital
from carehome.rules.reminders import Step

TITLES: dict[Step, str] = {
    Step.FIRST: N_("Reminder of fees"),
    Step.SECOND: N_("Second reminder of fees"),
    Step.LAST: N_("Final reminder of fees"),
}
_TYPE, _EDGE = 11.5, 24.0
_TOP, _SLIP = 44.0, 52.0
_MOST_ROWS = 9
_ROOM = "\n\n"  # lines that are filled in by hand
_INDENT = "\u56fd" * 2  # paragraphs begin as far in as two such signs are wide


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """What is open of one bill."""

    month: date
    bill: str
    due_on: date
    fen: int


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter in the words of the home, with the bills that are open."""

    step: Step
    resident: str
    place: str
    body: str
    months: tuple[OpenMonth, ...]
    day: date

    @property
    def total(self) -> int:
        """What is asked for."""
        return sum(month.fen for month in self.months)


@dataclass(frozen=True, slots=True)
class CallText:
    """Whom to call about what, and what was said last."""

    place: str
    resident: str
    contact: str
    phone: str
    overdue: int
    days_late: int
    said: str


def write_letters(path: Path, letters: Sequence[LetterText], home: Letterhead) -> None:
    """Write letters as one PDF, a page each."""
    with drawing(path, _("Reminders of fees"), A4, home) as sheet:
        for letter in letters:
            with sheet.page(1, 1, home.contact):
                _write(sheet, letter)


def _write(sheet: Sheet, letter: LetterText) -> None:
    left, right = _EDGE, sheet.width - _EDGE
    sheet.centre(sheet.width / 2, 18, sheet.head.home, 11, tone=PALE)
    sheet.centre(sheet.width / 2, 30, _(TITLES[letter.step]), 19, bold=True)
    whose = _("{name} {place}").format(name=letter.resident, place=letter.place)
    sheet.text(left, 38, whose.strip(), BODY, tone=PALE)
    sheet.right(right, 38, show_day(letter.day), BODY, tone=PALE)
    y = _paragraphs(sheet, letter.body, left, right - left, _TOP + 4)
    y = _months(sheet, letter, left, right - left, y + 2)
    if sheet.head.how_to_pay:
        how = _("How to pay: {how}").format(how=sheet.head.how_to_pay)
        y = sheet.paragraph(left, y + 7, right - left, how, BODY + 1)
    _close(sheet, letter, right, y + 12)
    _slip(sheet, letter, left, right)


def _paragraphs(sheet: Sheet, body: str, left: float, width: float, y: float) -> float:
    """Write the text; the salutation stands out, what follows begins further in."""
    step = leading(_TYPE) * 1.12
    for place, text in enumerate(body.split("\n")):
        first, *others = broken(_INDENT * bool(place) + text, width, _TYPE)
        x = left + len(_INDENT) * _TYPE / MM * bool(place)
        sheet.text(x, y, first.removeprefix(_INDENT), _TYPE)
        y += step
        for line in others:
            sheet.text(left, y, line, _TYPE)
            y += step
        y += step * 0.18
    return y


def _months(
    sheet: Sheet, letter: LetterText, left: float, width: float, y: float
) -> float:
    """Write what is open of which month; many old ones go into one row."""
    fields = (
        Field(_("Fees of"), width * 0.34),
        Field(_("Bill"), width * 0.22),
        Field(_("Due since"), width * 0.2),
        Field(_("Open (yuan)"), width * 0.24, figures=True),
    )
    grid = Grid(left, fields, BODY + 0.5)
    rows: list[Row] = []
    for cells in _cells(letter.months):
        rows += grid.lay(cells)
    y = grid.rows(sheet, grid.head(sheet, y), rows)
    sheet.fill(left, y, width, 9)
    words = _("Total in capital numerals: {capital}")
    total = words.format(capital=capital(letter.total))
    sheet.fit(left + 1.6, y + 6, width * 0.66, total, BODY + 0.5, bold=True)
    sheet.right(left + width - 1.6, y + 6.2, show_money(letter.total), 12, bold=True)
    return y + 9


def _cells(months: Sequence[OpenMonth]) -> list[tuple[str, str, str, str]]:
    older = months[: -_MOST_ROWS + 1] if len(months) > _MOST_ROWS else ()
    rows = []
    if older:
        before = _("{count} months up to {month}")
        fen = show_money(sum(month.fen for month in older), sign=False)
        said = before.format(count=len(older), month=say_month(older[-1].month))
        rows.append((said, "", show_day(older[0].due_on), fen))
    rows += [
        (
            say_month(month.month),
            month.bill,
            show_day(month.due_on),
            show_money(month.fen, sign=False),
        )
        for month in months[len(older) :]
    ]
    return rows


def _close(sheet: Sheet, letter: LetterText, right: float, y: float) -> None:
    sheet.right(right, y, sheet.head.home, _TYPE)
    sheet.right(right, y + 7, say_date(letter.day), _TYPE)


def _slip(sheet: Sheet, letter: LetterText, left: float, right: float) -> None:
    """Leave a slip at the foot on which the family answers."""
    top = sheet.height - _SLIP
    sheet.rule(left, right, top, 0.5, PALE)
    sheet.centre(sheet.width / 2, top + 8, _("Reply slip"), 12, bold=True)
    about = _("About the fees of {name}, reminder of {day}, {amount}").format(
        name=letter.resident, day=show_day(letter.day), amount=show_money(letter.total)
    )
    sheet.text(left, top + 15, about, BODY, tone=INK)
    lines = (
        (_("I will pay (yuan)"), _("by (date)")),
        (_("What we should know")),
        (_("Name and telephone"), _("Signature")),
    )
    for place, labels in enumerate(lines):
        texts = (labels,) if isinstance(labels, str) else labels
        sheet.signatures(top + 23 + 8 * place, texts, left, right)


def table_of_calls(calls: Sequence[CallText], day: date) -> Table:
    """Return whom to call, with room to write down what is said."""
    return Table(
        title=_("List for calls about fees"),
        notes=(_("As of {day}.").format(day=show_day(day)),),
        columns=(
            Column(_("Bed"), 15),
            Column(_("Name"), 16),
            Column(_("Contact"), 18),
            Column(_("Phone"), 15),
            Column(_("Late (yuan)"), 14, Kind.MONEY),
            Column(_("Days late"), 9, Kind.NUMBER),
            Column(_("Said last time"), 28),
            Column(_("Said today, will pay by"), 40),
        ),
        rows=[
            (
                *(each.place, each.resident, each.contact, each.phone),
                *(each.overdue, each.days_late, each.said, _ROOM),
            )
            for each in calls
        ],
        signatures=(_("Called by"),),
    )

"""One person's own month as a calendar, on A4 or A5, for the pocket or the kitchen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from carehome.i18n import _, say_month, say_weekday, show_moment
from carehome.reports import fonts
from carehome.reports.rosters import DayLook, Look, ground, ink
from carehome.reports.sheet import (
    A5,
    GROUND,
    INK,
    MM,
    PALE,
    RULE,
    Letterhead,
    Sheet,
    Size,
    drawing,
)

_WEEK = 7
_TITLES = 6.0


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of somebody's month: the shift, its times, where, and what else to know."""

    day: date
    kind: DayLook
    text: str
    look: Look
    times: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """Somebody's month, in words; `totals` are words and figures under the calendar."""

    name: str
    note: str
    month: date
    state: str
    days: tuple[OwnDay, ...]
    totals: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, Look, str], ...]
    printed: datetime


def write_own_months(
    path: Path, months: Sequence[OwnMonth], home: Letterhead, size: Size = A5
) -> None:
    """Write the months of people, a page each."""
    title = _("Shifts {month}").format(month=say_month(months[0].month))
    with drawing(path, title, size, home) as sheet:
        for number, own in enumerate(months, start=1):
            printed = _("Printed {moment}").format(moment=show_moment(own.printed))
            foot = f"{own.state}\u3000{printed}" if own.state else printed
            with sheet.page(number, len(months), foot):
                sheet.bookmark(own.name, number)
                _Page(sheet, own).draw()


class _Page:
    """One page; all lengths grow with the paper."""

    def __init__(self, sheet: Sheet, own: OwnMonth) -> None:
        self._sheet, self._own = sheet, own
        self._by = sheet.width / A5[0]
        self._day = (sheet.right_edge - sheet.left) / _WEEK
        self._top = 31 * self._by
        lead = own.days[0].day.weekday()
        self._lead = lead
        self._weeks = -(-(lead + len(own.days)) // _WEEK)
        room = sheet.height - self._top - _TITLES * self._by - 46 * self._by
        self._week = min(room / self._weeks, 24 * self._by)

    def draw(self) -> None:
        """Draw the head, the calendar and what it comes to."""
        self._head()
        top = self._top + _TITLES * self._by
        for own in self._own.days:
            week, place = divmod(self._lead + own.day.day - 1, _WEEK)
            x = self._sheet.left + place * self._day
            self._cell(own, x, top + week * self._week)
        bottom = top + self._weeks * self._week
        self._frame(top, bottom)
        self._totals(bottom + 7 * self._by)
        self._legend(bottom + 21 * self._by)

    def _head(self) -> None:
        sheet, own, by = self._sheet, self._own, self._by
        month = say_month(own.month)
        sheet.text(sheet.left, 16 * by, own.name, 17 * by, bold=True)
        sheet.text(sheet.left, 23 * by, own.note, 8.5 * by, tone=PALE)
        sheet.right(sheet.right_edge, 16 * by, month, 14 * by, bold=True)
        sheet.right(sheet.right_edge, 23 * by, sheet.head.home, 8.5 * by, tone=PALE)
        first = self._own.days[0].day
        for place in range(_WEEK):
            day = date.fromordinal(first.toordinal() - self._lead + place)
            x = sheet.left + (place + 0.5) * self._day
            title = say_weekday(day)
            bold = place >= 5
            sheet.centre(x, self._top + 4 * by, title, 8.5 * by, bold=bold)

    def _cell(self, own: OwnDay, x: float, y: float) -> None:
        sheet, by = self._sheet, self._by
        if own.kind is not DayLook.WORK:
            sheet.fill(x, y, self._day, self._week, GROUND)
        number = str(own.day.day)
        bold = own.kind is DayLook.STATUTORY
        sheet.text(x + 1.2 * by, y + 4 * by, number, 9 * by, bold=bold, tone=INK)
        if own.note:
            room = self._day - 8 * by
            edge = x + self._day - 1 * by
            size = min(6.5 * by, 6.5 * by * room / _wide(own.note, 6.5 * by))
            sheet.right(edge, y + 3.8 * by, own.note, size, tone=PALE)
        if not own.text:
            return
        middle, size = x + self._day / 2, 13 * by
        room = self._day - 4 * by
        size = min(size, size * room / _wide(own.text, size, bold=True))
        if own.look in (Look.NIGHT, Look.LATE):
            wide = max(_wide(own.text, size, bold=True) + 4 * by, 9 * by)
            ground(sheet, middle - wide / 2, y + 5.2 * by, wide, 6.8 * by, own.look)
        shows = own.look is not Look.OFF
        base = y + 10.4 * by
        tone = ink(own.look)
        sheet.centre(middle, base, own.text, size, bold=shows, tone=tone)
        self._small(middle, y + 15.2 * by, own.times)
        self._small(middle, y + 18.4 * by, own.place)

    def _small(self, middle: float, y: float, text: str) -> None:
        size = 6.8 * self._by
        if text:
            size = min(size, size * (self._day - 1.4) / _wide(text, size))
        self._sheet.centre(middle, y, text, size)

    def _frame(self, top: float, bottom: float) -> None:
        sheet = self._sheet
        for week in range(self._weeks + 1):
            y = top + week * self._week
            sheet.rule(sheet.left, sheet.right_edge, y, 0.6, RULE)
        for place in range(_WEEK + 1):
            sheet.upright(sheet.left + place * self._day, top, bottom, 0.6, RULE)

    def _totals(self, y: float) -> None:
        sheet, by, totals = self._sheet, self._by, self._own.totals
        each = (sheet.right_edge - sheet.left) / max(len(totals), 1)
        for place, (words, figure) in enumerate(totals):
            x = sheet.left + place * each
            sheet.text(x, y, words, 7.5 * by, tone=PALE)
            sheet.text(x, y + 5.5 * by, figure, 11.5 * by, bold=True)

    def _legend(self, y: float) -> None:
        sheet, by = self._sheet, self._by
        size, x = 8 * by, sheet.left
        for sign, look, words in self._own.legend:
            wide = max(_wide(sign, size, bold=True) + 2.2 * by, 5.2 * by)
            needed = wide + 1.2 * by + _wide(words, size) + 4.5 * by
            if x > sheet.left and x + needed > sheet.right_edge + 4.5 * by:
                x, y = sheet.left, y + 6 * by
            ground(sheet, x, y - 3.4 * by, wide, 4.6 * by, look)
            sheet.centre(x + wide / 2, y, sign, size, bold=True, tone=ink(look))
            sheet.text(x + wide + 1.2 * by, y, words, size)
            x += needed


def _wide(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text runs, in millimetres; never nothing."""
    return max(fonts.width(text, bold) * size / MM, 0.1)

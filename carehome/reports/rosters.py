"""The roster for the wall, and one person's month to take home.

Both are read in black and white: a night is white on dark, an afternoon lies on grey.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from carehome.i18n import _, say_month, say_narrow_weekday, show_moment
from carehome.reports import fonts
from carehome.reports.sheet import (
    A3_WIDE,
    A4_WIDE,
    BODY,
    GROUND,
    HAIR,
    INK,
    MM,
    PALE,
    RULE,
    SMALL,
    Letterhead,
    Sheet,
    Size,
    Tone,
    drawing,
)

_DARK: Tone = 0.3
_GREY: Tone = 0.86
_WHITE: Tone = 1.0
_ROW_MOST, _ROW_LEAST = 6.4, 4.25  # lower rows cannot be read from a step away
_TOP, _FOOT = 27.0, 24.0
_HEAD = 9.4
_TALL = 1.16  # how much of its size a Chinese character is high, with some air


class DayLook(StrEnum):
    """How the head of a day looks."""

    WORK = "work"
    REST = "rest"
    STATUTORY = "statutory"


class Look(StrEnum):
    """How a cell looks."""

    DAY = "day"
    LATE = "late"
    NIGHT = "night"
    OFF = "off"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class WallCell:
    """What somebody does on a day; `place` is a short word for another unit."""

    text: str
    look: Look
    place: str = ""


@dataclass(frozen=True, slots=True)
class WallPerson:
    """One person's row with its totals."""

    name: str
    note: str
    cells: tuple[WallCell, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WallUnit:
    """A unit with its people."""

    name: str
    people: tuple[WallPerson, ...]


@dataclass(frozen=True, slots=True)
class WallCover:
    """How many a shift has and needs on each day; short where too few."""

    title: str
    cells: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """The roster of a month, in words."""

    month: date
    state: str
    days: tuple[tuple[date, DayLook], ...]
    units: tuple[WallUnit, ...]
    covers: tuple[WallCover, ...]
    legend: tuple[tuple[str, Look, str], ...]  # sign, look, words with the times
    totals: tuple[str, ...]  # titles of the columns at the right
    signatures: tuple[str, ...]
    printed: datetime


WallRow = WallUnit | WallPerson | WallCover


def write_wall(path: Path, wall: Wall, home: Letterhead, size: Size = A3_WIDE) -> None:
    """Write the roster of a month to be hung up, on A3 or A4 lying."""
    title = _("Roster {month}").format(month=say_month(wall.month))
    with drawing(path, title, size, home) as sheet:
        plan = _Plan(sheet, wall)
        pages = plan.pages(tuple(_rows(wall)))
        for number, rows in enumerate(pages, start=1):
            foot = _("Printed {moment}").format(moment=show_moment(wall.printed))
            with sheet.page(number, len(pages), foot):
                _wall_head(sheet, wall, title)
                bottom = plan.draw(rows)
                if number == len(pages):
                    y = min(bottom + 9, sheet.height - 13)
                    labels, end = wall.signatures, sheet.right_edge
                    sheet.signatures(y, labels, sheet.left, end)


def _rows(wall: Wall) -> Iterator[WallRow]:
    for unit in wall.units:
        yield unit
        yield from unit.people
    yield from wall.covers


def _wall_head(sheet: Sheet, wall: Wall, title: str) -> None:
    sheet.text(sheet.left, 16.5, title, 18, bold=True)
    sheet.right(sheet.right_edge, 12, sheet.head.home, BODY, bold=True)
    sheet.right(sheet.right_edge, 17, wall.state, BODY, tone=PALE)
    x = sheet.left
    for sign, look, words in wall.legend:
        wide = fonts.width(sign, bold=True) * BODY / MM + 2.4
        ground(sheet, x, 19.6, max(wide, 5.4), 4.8, look)
        sheet.centre(
            x + max(wide, 5.4) / 2, 23.2, sign, BODY, bold=True, tone=ink(look)
        )
        sheet.text(x + max(wide, 5.4) + 1.2, 23.2, words, BODY)
        x += max(wide, 5.4) + fonts.width(words) * BODY / MM + 5.5


class _Plan:
    """Where the columns and rows of a wall lie."""

    def __init__(self, sheet: Sheet, wall: Wall) -> None:
        self._sheet, self._wall = sheet, wall
        wide = sheet.width > A4_WIDE[0]
        self._name, self._note = (24.0, 15.0) if wide else (17.0, 10.0)
        self._total = 12.5 if wide else 9.5
        self._left = sheet.left + self._name + self._note
        self._totals_at = sheet.right_edge - self._total * len(wall.totals)
        self._day = (self._totals_at - self._left) / len(wall.days)
        self._room = sheet.height - _TOP - _HEAD - _FOOT
        self._row = _ROW_MOST

    def pages(self, rows: Sequence[WallRow]) -> list[list[WallRow]]:
        """Share the rows out: as few pages as can be read, of equal length."""
        most = int(self._room / _ROW_LEAST)
        count = -(-len(rows) // most)
        said_again = count - 1  # the name of a unit that goes on
        each = min(-(-(len(rows) + said_again) // count) + 1, most)
        pages: list[list[WallRow]] = []
        unit: WallUnit | None = None
        for row in rows:
            page = pages[-1] if pages else []
            begins_last = len(page) + 1 >= each and isinstance(row, WallUnit)
            if not page or len(page) >= each or begins_last:
                page = [] if unit is None or not isinstance(row, WallPerson) else [unit]
                pages.append(page)
            page.append(row)
            unit = row if isinstance(row, WallUnit) else unit
        self._row = min(self._room / max(map(len, pages)), _ROW_MOST)
        return pages

    def draw(self, rows: Sequence[WallRow]) -> float:
        """Draw a page's rows under the head of the days; return where they end."""
        sheet, top = self._sheet, _TOP + _HEAD
        bottom = top + self._row * len(rows)
        self._head(bottom)
        for place, row in enumerate(rows):
            y = top + place * self._row
            if isinstance(row, WallUnit):
                self._unit(row, y)
            elif isinstance(row, WallPerson):
                self._person(row, y)
            else:
                self._cover(row, y)
            sheet.rule(sheet.left, sheet.right_edge, y + self._row, 0.35)
        for number, (day, _look) in enumerate(self._wall.days):
            weight = 0.9 if day.weekday() == 0 or number == 0 else 0.35
            x = self._left + number * self._day
            sheet.upright(x, _TOP, bottom, weight, PALE if weight > 0.5 else RULE)
        sheet.upright(self._totals_at, _TOP, bottom, 0.9, PALE)
        return bottom

    def _head(self, bottom: float) -> None:
        """Write the days; days off lie on grey down the page, law's days are dark."""
        sheet, size = self._sheet, 10.5 if self._day > 9 else 8.5
        sheet.text(sheet.left + 1, _TOP + 6, _("Name"), SMALL, tone=PALE)
        for number, (day, look) in enumerate(self._wall.days):
            x = self._left + number * self._day
            if look is not DayLook.WORK:
                sheet.fill(x, _TOP, self._day, bottom - _TOP, GROUND)
            dark = look is DayLook.STATUTORY
            if dark:
                sheet.fill(x, _TOP, self._day, _HEAD, _DARK)
            tone = _WHITE if dark else INK
            middle, bold = x + self._day / 2, look is not DayLook.WORK
            sheet.centre(middle, _TOP + 4.2, str(day.day), size, bold=bold, tone=tone)
            weekday = say_narrow_weekday(day)
            sheet.centre(middle, _TOP + 8.2, weekday, SMALL, bold=bold, tone=tone)
        for number, title in enumerate(self._wall.totals, start=1):
            right = self._totals_at + number * self._total - 1
            sheet.right(right, _TOP + 6, title, SMALL, tone=PALE)
        sheet.rule(sheet.left, sheet.right_edge, _TOP, 0.9, PALE)
        sheet.rule(sheet.left, sheet.right_edge, _TOP + _HEAD, 0.9, PALE)

    def _unit(self, unit: WallUnit, y: float) -> None:
        sheet = self._sheet
        sheet.fill(sheet.left, y, sheet.right_edge - sheet.left, self._row, HAIR)
        sheet.text(sheet.left + 1, self._base(y), unit.name, self._size, bold=True)

    def _person(self, person: WallPerson, y: float) -> None:
        sheet, base, size = self._sheet, self._base(y), self._size
        sheet.fit(sheet.left + 1, base, self._name - 1.5, person.name, size, bold=True)
        note_at = sheet.left + self._name
        sheet.fit(note_at, base, self._note - 1, person.note, SMALL, tone=PALE)
        for number, cell in enumerate(person.cells):
            self._cell(cell, self._left + number * self._day, y)
        for number, total in enumerate(person.totals, start=1):
            right = self._totals_at + number * self._total - 1
            sheet.right(right, base, total, min(size * 0.92, self._total * 0.95))

    def _cell(self, cell: WallCell, x: float, y: float) -> None:
        sheet = self._sheet
        ground(sheet, x, y, self._day, self._row, cell.look)
        if not cell.text:
            return
        bold = cell.look is not Look.OFF
        size = self._size
        needed = fonts.width(cell.text, bold) * size / MM
        size *= min((self._day - 0.8) / needed, 1)
        middle = x + self._day / 2
        if cell.place:
            size, middle = size * 0.85, middle - self._day * 0.13
        tone = ink(cell.look)
        sheet.centre(middle, self._base(y), cell.text, size, bold=bold, tone=tone)
        if cell.place:
            edge, low = x + self._day - 0.5, y + self._row - 0.7
            sheet.right(edge, low, cell.place, size * 0.6, bold=True, tone=tone)

    def _cover(self, cover: WallCover, y: float) -> None:
        sheet, base = self._sheet, self._base(y)
        room = self._name + self._note - 2
        sheet.fit(sheet.left + 1, base, room, cover.title, SMALL, bold=True)
        for number, (text, is_short) in enumerate(cover.cells):
            x = self._left + number * self._day
            if is_short:
                sheet.block(x, y, self._day, self._row)
            tone = _WHITE if is_short else INK
            middle = x + self._day / 2
            size = min(self._size * 0.9, 9)
            sheet.centre(middle, base, text, size, bold=is_short, tone=tone)

    @property
    def _size(self) -> float:
        """The size of type that fills a row."""
        return min(self._row * MM / 1.28, self._day * MM / _TALL, 13)

    def _base(self, y: float) -> float:
        return y + self._row / 2 + self._size * 0.36 / MM


def ground(
    sheet: Sheet, x: float, y: float, width: float, height: float, look: Look
) -> None:
    """Shade a cell by what it is; its edge stays free, so that nights do not melt."""
    if look is Look.NIGHT:
        sheet.fill(x + 0.25, y + 0.25, width - 0.5, height - 0.5, _DARK)
    elif look is Look.LATE:
        sheet.fill(x + 0.25, y + 0.25, width - 0.5, height - 0.5, _GREY)


def ink(look: Look) -> Tone:
    """Return in which tone a cell is written."""
    if look is Look.NIGHT:
        return _WHITE
    return PALE if look is Look.OFF else INK

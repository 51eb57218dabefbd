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
_ROW_MOST, _ROW_LEAST = 6.4, 4.05  # lower rows cannot be read from a step away
_TOP, _FOOT = 27.0, 24.0
_HEAD = 9.4
_LEGEND = 6.0  # from line to line
_COVER = 0.78  # of a person's row is that of a shift's cover
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
    for line, entries in enumerate(_legend_lines(sheet, wall)):
        x, y = sheet.left, 23.2 + line * _LEGEND
        for sign, look, words in entries:
            wide = _sign_room(sign)
            ground(sheet, x, y - 3.6, wide, 4.8, look)
            sheet.centre(x + wide / 2, y, sign, BODY, bold=True, tone=ink(look))
            sheet.text(x + wide + 1.2, y, words, BODY)
            x += _entry_room(sign, words)


def _legend_lines(sheet: Sheet, wall: Wall) -> list[list[tuple[str, Look, str]]]:
    """Break the legend into lines as wide as the paper."""
    lines: list[list[tuple[str, Look, str]]] = [[]]
    room = most = sheet.right_edge - sheet.left + 4
    for entry in wall.legend:
        needed = _entry_room(entry[0], entry[2])
        if needed > room:
            lines.append([])
            room = most
        lines[-1].append(entry)
        room -= needed
    return lines


def _sign_room(sign: str) -> float:
    return max(fonts.width(sign, bold=True) * BODY / MM + 2.4, 5.4)


def _entry_room(sign: str, words: str) -> float:
    return _sign_room(sign) + fonts.width(words) * BODY / MM + 5.5


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
        self._top = _TOP + (len(_legend_lines(sheet, wall)) - 1) * _LEGEND
        self._room = sheet.height - self._top - _HEAD - _FOOT
        self._row = _ROW_MOST

    def pages(self, rows: Sequence[WallRow]) -> list[list[WallRow]]:
        """Share the rows out: as few pages as can be read, of equal length."""
        most = self._room / _ROW_LEAST
        total = sum(map(_share, rows))
        count = -int(-total // most)
        said_again = count - 1  # the name of a unit that goes on
        each = min((total + said_again) / count + 1, most)
        pages: list[list[WallRow]] = []
        unit: WallUnit | None = None
        for row in rows:
            page = pages[-1] if pages else []
            length = sum(map(_share, page)) + _share(row)
            begins_last = isinstance(row, WallUnit) and length + 1 > each
            if not page or length > each + 0.01 or begins_last:
                page = [] if unit is None or not isinstance(row, WallPerson) else [unit]
                pages.append(page)
            page.append(row)
            unit = row if isinstance(row, WallUnit) else unit
        longest = max(sum(map(_share, page)) for page in pages)
        self._row = min(self._room / longest, _ROW_MOST)
        return pages

    def draw(self, rows: Sequence[WallRow]) -> float:
        """Draw a page's rows under the head of the days; return where they end."""
        sheet, top = self._sheet, self._top + _HEAD
        bottom = top + self._row * sum(map(_share, rows))
        self._head(bottom)
        y = top
        for row in rows:
            if isinstance(row, WallUnit):
                self._unit(row, y)
            elif isinstance(row, WallPerson):
                self._person(row, y)
            else:
                self._cover(row, y)
            y += self._row * _share(row)
            sheet.rule(sheet.left, sheet.right_edge, y, 0.35)
        for number, (day, _look) in enumerate(self._wall.days):
            weight = 0.9 if day.weekday() == 0 or number == 0 else 0.35
            x = self._left + number * self._day
            sheet.upright(x, self._top, bottom, weight, PALE if weight > 0.5 else RULE)
        sheet.upright(self._totals_at, self._top, bottom, 0.9, PALE)
        return bottom

    def _head(self, bottom: float) -> None:
        """Write the days; days off lie on grey down the page, law's days are dark."""
        sheet, size = self._sheet, 10.5 if self._day > 9 else 8.5
        sheet.text(sheet.left + 1, self._top + 6, _("Name"), SMALL, tone=PALE)
        for number, (day, look) in enumerate(self._wall.days):
            x = self._left + number * self._day
            if look is not DayLook.WORK:
                sheet.fill(x, self._top, self._day, bottom - self._top, GROUND)
            dark = look is DayLook.STATUTORY
            if dark:
                sheet.fill(x, self._top, self._day, _HEAD, _DARK)
            tone = _WHITE if dark else INK
            middle, bold = x + self._day / 2, look is not DayLook.WORK
            sheet.centre(
                middle, self._top + 4.2, str(day.day), size, bold=bold, tone=tone
            )
            weekday = say_narrow_weekday(day)
            sheet.centre(middle, self._top + 8.2, weekday, SMALL, bold=bold, tone=tone)
        for number, title in enumerate(self._wall.totals, start=1):
            right = self._totals_at + number * self._total - 1
            sheet.right(right, self._top + 6, title, SMALL, tone=PALE)
        sheet.rule(sheet.left, sheet.right_edge, self._top, 0.9, PALE)
        sheet.rule(sheet.left, sheet.right_edge, self._top + _HEAD, 0.9, PALE)

    def _unit(self, unit: WallUnit, y: float) -> None:
        sheet = self._sheet
        sheet.fill(sheet.left, y, sheet.right_edge - sheet.left, self._row, HAIR)
        sheet.text(sheet.left + 1, self._base(y), unit.name, self._size, bold=True)

    def _person(self, person: WallPerson, y: float) -> None:
        sheet, base, size = self._sheet, self._base(y), self._size
        sheet.fit(sheet.left + 1, base, self._name - 1.5, person.name, size, bold=True)
        note_at = sheet.left + self._name
        note = _cut(person.note, self._note - 1, SMALL * 0.85)
        sheet.fit(note_at, base, self._note - 1, note, SMALL, tone=PALE)
        for number, cell in enumerate(person.cells):
            self._cell(cell, self._left + number * self._day, y)
        for number, total in enumerate(person.totals, start=1):
            right = self._totals_at + number * self._total - 1
            wide = fonts.width(total) / MM
            most = (self._total - 1.2) / wide if wide else size
            sheet.right(right, base, total, min(size * 0.92, most))

    def _cell(self, cell: WallCell, x: float, y: float) -> None:
        sheet = self._sheet
        ground(sheet, x, y, self._day, self._row, cell.look)
        if not cell.text:
            return
        bold = cell.look is not Look.OFF
        size = self._size
        needed = fonts.width(cell.text, bold) * size / MM
        size *= min((self._day - 0.8) / needed, 1)
        tone = ink(cell.look)
        if cell.place:
            self._cell_elsewhere(cell, x, y)
        else:
            middle = x + self._day / 2
            sheet.centre(middle, self._base(y), cell.text, size, bold=bold, tone=tone)

    def _cell_elsewhere(self, cell: WallCell, x: float, y: float) -> None:
        """Write a shift, and small beside it the unit where it is worked."""
        sheet, tone = self._sheet, ink(cell.look)
        main, mark = fonts.width(cell.text, True), fonts.width(cell.place, True) * 0.6
        size = min(self._size * 0.9, (self._day - 1.3) * MM / (main + mark))
        sheet.text(x + 0.5, self._base(y), cell.text, size, bold=True, tone=tone)
        edge, low = x + self._day - 0.5, y + self._row - 0.7
        sheet.right(edge, low, cell.place, size * 0.6, bold=True, tone=tone)

    def _cover(self, cover: WallCover, y: float) -> None:
        sheet, high = self._sheet, self._row * _COVER
        size = min(self._size * 0.9, 9, high * MM / 1.2)
        base = y + high / 2 + size * 0.36 / MM
        room = self._name + self._note - 2
        sheet.fit(sheet.left + 1, base, room, cover.title, min(size, SMALL), bold=True)
        for number, (text, is_short) in enumerate(cover.cells):
            x = self._left + number * self._day
            if is_short:
                sheet.block(x, y, self._day, high)
            tone = _WHITE if is_short else INK
            middle = x + self._day / 2
            sheet.centre(middle, base, text, size, bold=is_short, tone=tone)

    @property
    def _size(self) -> float:
        """The size of type that fills a row."""
        return min(self._row * MM / 1.28, self._day * MM / _TALL, 13)

    def _base(self, y: float) -> float:
        return y + self._row / 2 + self._size * 0.36 / MM


def _cut(text: str, room: float, size: float) -> str:
    """Return as much of a text as fits into `room` millimetres."""
    shown = text
    while text and fonts.width(shown) * size / MM > room:
        text = text[:-1]
        shown = f"{text}\u2026"
    return shown


def _share(row: WallRow) -> float:
    """Return how high a row is, as a share of a person's."""
    return _COVER if isinstance(row, WallCover) else 1


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

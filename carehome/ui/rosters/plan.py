"""Where everything of the grid lies: names, days, totals, and the cover below."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect

from carehome.ui.kit import theme

HEAD = 42
USUAL, DENSE = (28, 24, 23), (24, 21, 20)  # a person, a unit, a line of the cover
PEOPLE, FEW = 7, 4  # so many people at least stay in sight; so many lines of the cover
LOW = 420  # what is lower than this is drawn dense
SIGN, NOTE = 13, 12
NAME_PAD, GOOD_DAY, LEAST_DAY, MOST_DAY = 12, 25, 20, 44
TOTALS = (46, 30, 34, 28)  # hours, nights, weekends, holidays
EDGE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid: somebody, or the name of the unit whose people follow."""

    top: int
    height: int
    key: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of everything; lines count from the top of the first one."""

    width: int = 0
    height: int = 0
    days: int = 0
    name: int = 0
    note: int = 0
    day: float = 0
    totals: tuple[int, ...] = TOTALS
    high_foot: int = 0
    lines: tuple[Line, ...] = ()
    foot_lines: int = 0
    keys: tuple[str, ...] = ()
    _places: dict[str, Line] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """Where the first day begins."""
        return self.name + self.note

    @property
    def right(self) -> int:
        """Where the last day ends."""
        return self.x(self.days)

    @property
    def top(self) -> int:
        """Where the lines begin."""
        return theme.px(HEAD)

    @property
    def foot(self) -> int:
        """Where the cover begins."""
        return self.height - self.foot_lines * self.high_foot - (self.foot_lines > 0)

    @property
    def body(self) -> QRect:
        """Where the lines are seen."""
        return QRect(0, self.top, self.width, max(self.foot - self.top, 0))

    @property
    def high(self) -> int:
        """How high all lines are together."""
        last = self.lines[-1] if self.lines else Line(0, 0)
        return last.top + last.height

    def x(self, day: int) -> int:
        """Return where a day begins."""
        return self.left + round(day * self.day)

    def line(self, key: str) -> Line:
        """Return the line of somebody."""
        return self._places[key]

    def cell(self, key: str, day: int, scrolled: int) -> QRect:
        """Return where a cell is seen."""
        line, x = self.line(key), self.x(day)
        top = self.top + line.top - scrolled
        return QRect(x, top, self.x(day + 1) - x, line.height)

    def foot_cell(self, at: int, day: int) -> QRect:
        """Return where the cover of a day is seen."""
        x, high = self.x(day), self.high_foot
        return QRect(x, self.foot + 1 + at * high, self.x(day + 1) - x, high)

    def head_cell(self, day: int) -> QRect:
        """Return where a day is named."""
        return QRect(self.x(day), 0, self.x(day + 1) - self.x(day), self.top)

    def total_cells(self, top: int, height: int) -> list[QRect]:
        """Return where the sums of a line are written."""
        boxes, right = [], self.width - theme.px(EDGE)
        for wide in reversed(self.totals):
            right -= theme.px(wide)
            boxes.append(QRect(right, top, theme.px(wide), height))
        return boxes[::-1]

    def day_at(self, x: int) -> int | None:
        """Return the day at a place; None beside the days."""
        if not self.left <= x < self.right or not self.day:
            return None
        day = int((x - self.left) / self.day)
        day += self.x(day + 1) <= x
        return day - (self.x(day) > x)

    def key_at(self, place: QPoint, scrolled: int) -> str:
        """Return whose line is at a place; empty where there is none."""
        if not self.body.contains(place):
            return ""
        y = place.y() - self.top + scrolled
        lines = (line for line in self.lines if line.top <= y < line.top + line.height)
        return next((line.key for line in lines), "")

    def foot_at(self, place: QPoint) -> int | None:
        """Return which line of the cover is at a place."""
        at = (place.y() - self.foot - 1) // max(self.high_foot, 1)
        return at if place.y() > self.foot and at < self.foot_lines else None


def lay_out(
    width: int,
    height: int,
    days: int,
    groups: Sequence[tuple[str, Sequence[tuple[str, str, str]]]],
    foot_lines: int,
    foot_name: int,
) -> Plan:
    """Lay out groups of (key, name, note) below their titles, unless those are empty.

    The note gives way first, then the sums but the hours, then the days get narrow.
    """
    people = [each for _title, members in groups for each in members]
    name = max((theme.room(each[1], theme.font(SIGN)) for each in people), default=0)
    name = min(name + theme.px(NAME_PAD) + 6, theme.px(150))
    note = max((theme.room(each[2], theme.font(NOTE)) for each in people), default=0)
    note = min(note, theme.px(64)) + theme.px(10) if note else 0
    totals: tuple[int, ...] = TOTALS
    if _room(width, totals, name + note) < days * theme.px(GOOD_DAY):
        note = 0
    if _room(width, totals, name) < days * theme.px(LEAST_DAY):
        totals = TOTALS[:1]
    name = max(name, foot_name - note)
    room = max(_room(width, totals, name + note), 0)
    day = min(room / days, theme.px(MOST_DAY)) if days else 0
    if days and day == theme.px(MOST_DAY):  # more room is for the names
        name += min(int(room - day * days), theme.px(60))
    row, group, foot = map(theme.px, DENSE if height < theme.px(LOW) else USUAL)
    if foot_lines > FEW:
        foot = theme.px(DENSE[-1])
    room_below = height - theme.px(HEAD) - PEOPLE * row
    foot_lines = min(foot_lines, max(room_below // foot, FEW))
    lines, places = _lines(groups, row, group)
    keys = tuple(line.key for line in lines if line.key)
    return Plan(
        width,
        height,
        days,
        name,
        note,
        day,
        totals,
        foot,
        lines,
        foot_lines,
        keys,
        places,
    )


def _room(width: int, totals: Sequence[int], names: int) -> int:
    """Return what is left for the days."""
    return width - names - sum(map(theme.px, totals)) - 2 * theme.px(EDGE)


def _lines(
    groups: Sequence[tuple[str, Sequence[tuple[str, str, str]]]], row: int, group: int
) -> tuple[tuple[Line, ...], dict[str, Line]]:
    lines: list[Line] = []
    top = 0
    for title, members in groups:
        if title:
            lines.append(Line(top, group, title=title))
            top += group
        for key, _name, _note in members:
            lines.append(Line(top, row, key))
            top += row
    return tuple(lines), {line.key: line for line in lines if line.key}

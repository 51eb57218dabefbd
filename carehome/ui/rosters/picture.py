"""Painting the grid: the days, everybody's month, the cover below, what is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen, QRegion

from carehome.i18n import _
from carehome.rules.rosters.problem import Fault, Finding
from carehome.ui.kit import theme
from carehome.ui.rosters import cells
from carehome.ui.rosters.cells import (
    MIDDLE,
    MITER,
    RIGHT,
    SIGN,
    SOLID,
    SQUARE,
    WORD,
    paint_text,
)
from carehome.ui.rosters.cover import CoverLine, Tally
from carehome.ui.rosters.deeds import Block
from carehome.ui.rosters.plan import NAME_PAD, Line, Plan
from carehome.ui.rosters.worksheet import Worksheet

HANDLE = 6  # the corner by which a block is dragged on
_SUMS = {
    Fault.MINUTES_OVER: 0,
    Fault.MINUTES_UNDER: 0,
    Fault.WEEKENDS_OVER: 2,
    Fault.WEEKENDS_UNDER: 2,
}
_COUNTED = {"nights": 1, "weekends": 2, "holidays": 3}


@dataclass(slots=True)
class Picture:
    """What is to be seen of a month, and how it is drawn."""

    sheet: Worksheet
    plan: Plan
    cover: list[CoverLine]
    names: Mapping[str, tuple[str, str]]
    weekdays: tuple[str, ...] = ()
    today: int | None = None
    block: Block | None = None
    cursor: tuple[str, int] | None = None
    scrolled: int = 0
    more: tuple[bool, bool] = (False, False)  # lines of the cover above and below
    has_focus: bool = False

    def paint(self, painter: QPainter, seen: QRegion) -> None:
        """Draw what lies within `seen`; what was clipped away is left out."""
        plan, body = self.plan, self.plan.body
        painter.fillRect(seen.boundingRect(), theme.colour("paper"))
        if seen.intersects(QRect(0, 0, plan.width, plan.top)):
            self._paint_head(painter, seen)
        painter.setClipRect(body)
        for line in plan.lines:
            top = body.top() + line.top - self.scrolled
            if seen.intersects(QRect(0, top, plan.width, line.height)):
                self._paint_line(painter, line, top, seen)
        self._paint_block(painter)
        painter.setClipping(False)
        foot = QRect(0, plan.foot, plan.width, plan.height - plan.foot)
        if plan.foot_lines and seen.intersects(foot):
            self._paint_foot(painter, seen)

    def _paint_head(self, painter: QPainter, seen: QRegion) -> None:
        plan = self.plan
        pad, top = theme.px(NAME_PAD), plan.top
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, top - 1, plan.width, top - 1)
        name = QRect(pad, 0, plan.left - pad, top)
        paint_text(painter, name, _("Name"), SIGN, "ink_2")
        boxes = plan.total_cells(0, top)
        for box, word in zip(boxes, sums(), strict=False):
            paint_text(painter, box, word, WORD, "ink_2", RIGHT)
        for day in range(plan.days):
            if seen.intersects(plan.head_cell(day)):
                self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: int) -> None:
        month, box = self.sheet.month, self.plan.head_cell(day)
        ink = "bad" if day in month.rest_days else "ink_2"
        chosen = self.cursor is not None and self.cursor[1] == day
        if chosen:
            painter.fillRect(box.adjusted(0, 2, -1, -3), theme.colour("brand_soft"))
            ink = "bad" if ink == "bad" else "brand"
        half = box.height() // 2
        upper = QRect(box.left(), 3, box.width(), half - 3)
        lower = QRect(box.left(), half, box.width(), half - 3)
        number = str(month.problem.date_of(day).day)
        paint_text(painter, upper, number, SIGN, ink, MIDDLE, chosen)
        paint_text(painter, lower, self.weekdays[day], WORD, ink, MIDDLE)
        if day == self.today:
            mark = QRect(box.left() + 3, box.bottom() - 3, box.width() - 7, 3)
            painter.fillRect(mark, theme.colour("brand"))

    def _paint_line(
        self, painter: QPainter, line: Line, top: int, seen: QRegion
    ) -> None:
        if line.title:
            self._paint_title(painter, line, top)
        else:
            self._paint_names(painter, line, top)
            self._paint_days(painter, line, top, seen)
            self._paint_sums(painter, line, top)

    def _paint_title(self, painter: QPainter, line: Line, top: int) -> None:
        plan = self.plan
        painter.fillRect(0, top, plan.width, line.height - 1, theme.colour("ground"))
        pad = theme.px(NAME_PAD)
        box = QRect(pad, top, plan.width - pad, line.height - 1)
        paint_text(painter, box, line.title, WORD, "ink_2", bold=True)

    def _paint_names(self, painter: QPainter, line: Line, top: int) -> None:
        plan, pad = self.plan, theme.px(NAME_PAD)
        painter.setPen(theme.colour("line_2"))
        painter.drawLine(0, top + line.height - 1, plan.width, top + line.height - 1)
        name, note = self.names[line.key]
        chosen = self.cursor is not None and self.cursor[0] == line.key
        if chosen:
            ground = QRect(3, top + 2, plan.left - 6, line.height - 5)
            painter.fillRect(ground, theme.colour("brand_soft"))
        box = QRect(pad, top, plan.name - pad, line.height)
        paint_text(painter, box, name, SIGN, "brand" if chosen else "ink", bold=chosen)
        if plan.note:
            box = QRect(plan.name, top, plan.note - theme.px(6), line.height)
            paint_text(painter, box, note, WORD, "ink_2")

    def _paint_days(
        self, painter: QPainter, line: Line, top: int, seen: QRegion
    ) -> None:
        plan, sheet, key = self.plan, self.sheet, line.key
        row, kinds = sheet.row(key), sheet.kinds
        is_blank = not any(row)
        for day, code in enumerate(row):
            cell = key, day
            x = plan.x(day)
            box = QRect(x, top, plan.x(day + 1) - x, line.height)
            if not seen.intersects(box):
                continue
            why = None if code else sheet.barred(cell)
            look = cells.look_of(kinds.get(code), why, is_blank)
            cells.paint_sign(painter, box, look, cell in sheet.locked)
            if cell in sheet.roster.units:
                cells.paint_elsewhere(painter, box)
            mark = sheet.mark(key, day)
            if mark is not None:
                cells.paint_frame(painter, box, mark)

    def _paint_sums(self, painter: QPainter, line: Line, top: int) -> None:
        totals = self.sheet.totals(line.key)
        hours = f"{totals.minutes / 60:.1f}".removesuffix(".0")
        words = (hours, totals.nights, totals.weekends, totals.holidays)
        wrong = _wrong_sums(self.sheet.about(line.key))
        boxes = self.plan.total_cells(top, line.height)
        for at, (box, word) in enumerate(zip(boxes, words, strict=False)):
            ink = "ink"
            if at in wrong:
                ink = "bad" if wrong[at] else "warn"
                ground = box.adjusted(2, 4, 3, -5)
                painter.fillRect(ground, theme.colour(f"{ink}_soft"))
            paint_text(painter, box, str(word), SIGN, ink, RIGHT, at in wrong)

    def _paint_foot(self, painter: QPainter, seen: QRegion) -> None:
        plan, pad = self.plan, theme.px(NAME_PAD)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, plan.foot, plan.width, plan.foot)
        for at, line in enumerate(self.cover):
            box = plan.foot_cell(at, 0)
            name = QRect(pad, box.top(), plan.left - pad, box.height())
            tallies = [line.tally(self.sheet, day) for day in range(plan.days)]
            fits = all(_fits(each, box.width() - 1) for each in tallies if each)
            paint_text(painter, name, name_of(line, self.sheet, fits), WORD, "ink_2")
            if self.more[0] and at == 0:
                self._paint_more(painter, box.top(), "\u25b2")
            if self.more[1] and at == len(self.cover) - 1:
                self._paint_more(painter, box.top(), "\u25bc")
            for day, tally in enumerate(tallies):
                box = plan.foot_cell(at, day)
                if tally and seen.intersects(box):
                    _paint_tally(painter, box, tally, fits)

    def _paint_more(self, painter: QPainter, top: int, sign: str) -> None:
        """Draw that the cover has more lines there."""
        plan = self.plan
        box = QRect(plan.right, top, plan.width - plan.right, plan.high_foot)
        text = _("{sign} more lines").format(sign=sign)
        fits = cells.fits(text, box.width(), WORD)
        paint_text(painter, box, text if fits else sign, WORD, "ink_2", MIDDLE)

    def _paint_block(self, painter: QPainter) -> None:
        """Draw what is chosen, the corner to drag it by, and the cursor."""
        if not self.block or not self.cursor:
            return
        box = self.block_box()
        ring = theme.colour("brand" if self.has_focus else "control")
        if len(self.block.keys) * len(self.block.days) > 1:
            painter.fillRect(box, theme.veil("brand", 0.14))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ring, 1))
            painter.drawRect(box.adjusted(0, 0, -2, -2))
        cell = self.plan.cell(*self.cursor, self.scrolled)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ring, 3, SOLID, SQUARE, MITER))
        painter.drawRect(cell.adjusted(0, 0, -2, -2))
        if self.has_focus:
            handle = self.handle()
            painter.fillRect(handle.adjusted(-1, -1, 1, 1), theme.colour("paper"))
            painter.fillRect(handle, ring)

    def block_box(self) -> QRect:
        """Return where the chosen block is seen."""
        if not self.block:
            return QRect()
        keys, days = self.block.keys, self.block.days
        first = self.plan.cell(keys[0], days[0], self.scrolled)
        return first.united(self.plan.cell(keys[-1], days[-1], self.scrolled))

    def marks(self) -> list[QRect]:
        """Return what shows where the cursor is and what is chosen."""
        if not self.block or not self.cursor:
            return []
        plan, (key, day) = self.plan, self.cursor
        name = plan.cell(key, 0, self.scrolled)
        name.setLeft(0)
        name.setRight(plan.left)
        around = theme.px(HANDLE)
        box = self.block_box().adjusted(-around, -around, around, around)
        return [name, plan.head_cell(day), box]

    def handle(self) -> QRect:
        """Return where the corner is by which the block is dragged on."""
        side, box = theme.px(HANDLE), self.block_box()
        return QRect(
            box.right() - side // 2 - 1, box.bottom() - side // 2 - 1, side, side
        )


def sums() -> tuple[str, ...]:
    """Name the sums at the right of each line."""
    # TRANSLATORS: heads of narrow columns: hours, nights, weekends, holidays
    return _("Hours"), _("Nts"), _("Wkd"), _("Hol")


def name_of(line: CoverLine, sheet: Worksheet, fits: bool = True) -> str:
    """Name a line of the cover."""
    kind = sheet.month.kind(line.shift)
    shift = kind.name if kind else line.shift
    unit = sheet.month.units.get(line.unit, line.unit)
    if unit:
        shift = _("{unit} {shift}").format(unit=unit, shift=shift)
    if unit:
        return shift
    text = _("{shift} need/have") if fits else _("{shift} lack/more")
    return text.format(shift=shift)


def _paint_tally(painter: QPainter, box: QRect, tally: Tally, fits: bool) -> None:
    ink = "ink_2"
    if tally.is_short:
        ink = "bad" if tally.is_hard else "warn"
        painter.fillRect(box.adjusted(0, 0, -1, -1), theme.colour(f"{ink}_soft"))
    text = f"{tally.need}/{tally.have}" if fits else _difference(tally)
    if tally.lacks_some:
        text = "!"
    paint_text(painter, box, text, WORD, ink, MIDDLE, tally.is_short)


def _fits(tally: Tally, width: int) -> bool:
    return cells.fits(f"{tally.need}/{tally.have}", width, WORD)


def _difference(tally: Tally) -> str:
    """Say how many lack or are more, where there is no room for both counts."""
    more = tally.have - tally.need
    return f"{more:+d}".replace("-", "\u2212") if more else "0"


def _wrong_sums(found: list[Finding]) -> dict[int, bool]:
    """Return which sums are wrong, and whether against a hard rule."""
    wrong: dict[int, bool] = {}
    for each in found:
        at = _SUMS.get(each.fault, _COUNTED.get(each.counted or "", 0))
        wrong[at] = wrong.get(at, False) or each.is_hard
    return wrong

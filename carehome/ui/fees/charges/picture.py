"""Painting the sheet of charges: people, cells, sums."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from carehome.i18n import _, show_money
from carehome.rules.charges import AWAY, Cell, Day, Sum
from carehome.services.charges import Charged
from carehome.ui.fees.charges.work import Column, Work
from carehome.ui.kit import theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
PAD = 8


@dataclass(slots=True)
class Plan:
    """Where everything of a sheet stands in its window."""

    rows: int = 0
    columns: int = 0
    width: int = 0
    height: int = 0
    cell: int = 26
    row: int = 30
    head: int = 44
    foot: int = 56
    bed: int = 64
    name: int = 96
    times: int = 52
    fen: int = 100

    @property
    def left(self) -> int:
        """Where the cells begin."""
        return self.bed + self.name

    @property
    def body(self) -> QRect:
        """Where cells are seen; people stand left of it, sums right and below."""
        high = max(self.height - self.head - self.foot, 0)
        return QRect(self.left, self.head, max(self.room, 0), high)

    @property
    def room(self) -> int:
        """How wide the cells may be together before they scroll."""
        wide = self.width - self.left - self.times - self.fen
        return min(wide, self.columns * self.cell)

    @property
    def right(self) -> int:
        """Where the sums of people begin."""
        return self.left + max(self.room, 0)


@dataclass(slots=True)
class Block:
    """The cells that are chosen: rows and columns from one corner to the other."""

    rows: range
    columns: range


@dataclass(slots=True)
class Picture:
    """What is to be seen of a sheet, and how it is drawn."""

    work: Work
    people: Sequence[Charged]
    columns: Sequence[Column]
    plan: Plan
    today: int = -1
    block: Block | None = None
    cursor: tuple[int, int] | None = None
    x: int = 0
    y: int = 0
    has_focus: bool = False
    _rows: dict[int, Sum] = field(default_factory=dict)
    _columns: dict[int, Sum] = field(default_factory=dict)

    # ---- sums, added up when they are first seen

    def row_sum(self, row: int) -> Sum:
        """Return what somebody's cells come to."""
        if row not in self._rows:
            who = self.people[row].resident_id
            self._rows[row] = self.work.add_up(x.cell(who) for x in self.columns)
        return self._rows[row]

    def column_sum(self, column: int) -> Sum:
        """Return what a column comes to for those who are shown."""
        if column not in self._columns:
            at = self.columns[column]
            cells = (at.cell(who.resident_id) for who in self.people)
            self._columns[column] = self.work.add_up(cells)
        return self._columns[column]

    def total(self) -> Sum:
        """Return what all that is shown comes to."""
        sums = [self.column_sum(at) for at in range(len(self.columns))]
        people = sum(1 for row in range(len(self.people)) if self.row_sum(row).times)
        return Sum(people, sum(x.times for x in sums), sum(x.fen for x in sums))

    def forget(self, row: int, column: int) -> None:
        """Add up anew what a cell has a part in."""
        self._rows.pop(row, None)
        self._columns.pop(column, None)

    def forget_all(self) -> None:
        """Add everything up anew."""
        self._rows.clear()
        self._columns.clear()

    # ---- places

    def box(self, row: int, column: int) -> QRect:
        """Return where a cell is seen."""
        plan = self.plan
        left = plan.left + column * plan.cell - self.x
        return QRect(left, plan.head + row * plan.row - self.y, plan.cell, plan.row)

    def block_box(self) -> QRect:
        """Return where the chosen cells are seen."""
        assert self.block
        rows, columns = self.block.rows, self.block.columns
        first = self.box(rows[0], columns[0])
        return first.united(self.box(rows[-1], columns[-1]))

    def parts_of(self, row: int, column: int) -> list[QRect]:
        """Return what shows that the cursor is in a cell, or what a cell comes to."""
        plan, left = self.plan, self.box(0, column).left()
        foot = plan.height - plan.foot
        return [
            QRect(0, self.box(row, 0).top() - 1, plan.width, plan.row + 2),
            QRect(left, 0, plan.cell, plan.head),
            QRect(left, foot, plan.cell, plan.foot),
            QRect(plan.right, foot, plan.times + plan.fen, plan.foot),
        ]

    # ---- drawing

    def paint(self, painter: QPainter, seen: QRect) -> None:
        """Draw what lies within `seen`."""
        plan = self.plan
        painter.fillRect(seen, theme.colour("paper"))
        body = plan.body
        first = self.y // plan.row
        last = min((self.y + body.height()) // plan.row + 1, len(self.people))
        columns = range(
            self.x // plan.cell,
            min((self.x + body.width()) // plan.cell + 1, len(self.columns)),
        )
        painter.setClipRect(seen.intersected(body))
        for row in range(first, last):
            if seen.intersects(
                self.box(row, 0).adjusted(-plan.width, 0, plan.width, 0)
            ):
                for column in columns:
                    self._paint_cell(painter, row, column)
        self._paint_block(painter)
        down = QRect(0, plan.head, plan.width, body.height())
        painter.setClipRect(seen.intersected(down))
        for row in range(first, last):
            if seen.intersects(QRect(0, self.box(row, 0).top(), plan.width, plan.row)):
                self._paint_person(painter, row)
        across = QRect(plan.left, 0, body.width(), plan.height)
        painter.setClipRect(seen.intersected(across))
        for column in columns:
            at = QRect(self.box(0, column).left(), seen.top(), plan.cell, seen.height())
            if seen.intersects(at):
                self._paint_head(painter, column)
                self._paint_sum(painter, column)
        painter.setClipRect(seen)
        self._paint_corners(painter)

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        cell = self.columns[column].cell(self.people[row].resident_id)
        box, state = self.box(row, column), self.work.day_of(cell)
        painter.fillRect(box, theme.colour(self._ground(cell, state, column)))
        painter.setPen(theme.colour("line_2"))
        painter.drawLine(box.topRight(), box.bottomRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        quantity, changed = self.work.quantity(cell), self.work.is_changed(cell)
        if quantity:
            tone = "warn" if state in AWAY else "brand" if changed else "ink"
            _write(painter, box, str(quantity), tone, MIDDLE, bold=changed)
        elif state in AWAY:
            _write(painter, box, _away(state), "ink_2", MIDDLE, small=True)
        if changed:
            corner = QRect(
                box.right() - theme.px(5), box.top(), theme.px(5), theme.px(5)
            )
            painter.fillRect(corner, theme.colour("brand"))

    def _ground(self, cell: Cell, state: Day, column: int) -> str:
        if state in (Day.ELSEWHERE, Day.COMING) or self.work.is_locked:
            return "ground"
        if state in AWAY:
            return "quiet_soft"
        return "brand_soft" if column == self.today else "paper"

    def _paint_block(self, painter: QPainter) -> None:
        if not self.block or not self.cursor:
            return
        pen = QPen(theme.colour("brand"), theme.px(2) if self.has_focus else 1)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.block_box().adjusted(0, 0, -1, -1))
        if len(self.block.rows) * len(self.block.columns) > 1:
            painter.setPen(QPen(theme.colour("brand"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.box(*self.cursor).adjusted(3, 3, -4, -4))

    def _paint_person(self, painter: QPainter, row: int) -> None:
        plan, who = self.plan, self.people[row]
        top = self.box(row, 0).top()
        chosen = self.cursor is not None and self.cursor[0] == row
        ground = theme.colour("brand_soft" if chosen else "paper")
        painter.fillRect(0, top, plan.left, plan.row, ground)
        painter.fillRect(plan.right, top, plan.times + plan.fen, plan.row, ground)
        pad = theme.px(PAD)
        bed = QRect(pad, top, plan.bed - pad, plan.row)
        name = QRect(plan.bed, top, plan.name - pad, plan.row)
        _write(painter, bed, who.bed or "–", "ink_2", LEFT)
        tone = "ink_2" if who.is_billed else "ink"
        _write(painter, name, who.name, tone, LEFT, bold=True)
        found = self.row_sum(row)
        if found.times:
            times = QRect(plan.right, top, plan.times - pad, plan.row)
            fen = QRect(plan.right + plan.times, top, plan.fen - pad, plan.row)
            _write(painter, times, str(found.times), "ink_2", RIGHT)
            _write(painter, fen, show_money(found.fen), "ink", RIGHT)
        painter.setPen(theme.colour("line"))
        bottom = top + plan.row - 1
        painter.drawLine(0, bottom, plan.left - 1, bottom)
        end = plan.right + plan.times + plan.fen
        painter.drawLine(plan.right, bottom, end - 1, bottom)
        painter.drawLine(plan.left - 1, top, plan.left - 1, bottom)

    def _paint_head(self, painter: QPainter, column: int) -> None:
        plan, at = self.plan, self.columns[column]
        box = self.box(0, column)
        box = QRect(box.left(), 0, plan.cell, plan.head)
        chosen = self.cursor is not None and self.cursor[1] == column
        if chosen or column == self.today:
            painter.fillRect(box.adjusted(0, 2, -1, -2), theme.colour("brand_soft"))
        tone = "brand" if chosen or column == self.today else "ink_2"
        if not at.under:
            _write(
                painter, box.adjusted(4, 0, -4, 0), at.title, tone, MIDDLE, bold=chosen
            )
            return
        half = plan.head // 2
        upper = QRect(box.left(), 3, plan.cell, half - 3)
        lower = QRect(box.left(), half, plan.cell, half - 4)
        _write(painter, upper, at.title, tone, MIDDLE, bold=chosen)
        _write(painter, lower, at.under, tone, MIDDLE, small=True)

    def _paint_sum(self, painter: QPainter, column: int) -> None:
        found = self.column_sum(column)
        if not found.times:
            return
        upper, lower = self._foot(self.box(0, column).left(), self.plan.cell)
        _write(painter, upper, str(found.people), "ink", MIDDLE, small=True)
        _write(painter, lower, _short(found.fen), "ink_2", MIDDLE, small=True)

    def _foot(self, left: int, width: int) -> tuple[QRect, QRect]:
        plan = self.plan
        top, half = plan.height - plan.foot, plan.foot // 2
        upper = QRect(left, top + 2, width, half - 2)
        return upper, QRect(left, top + half, width, half - 2)

    def _paint_corners(self, painter: QPainter) -> None:
        plan, pad = self.plan, theme.px(PAD)
        end = plan.right + plan.times + plan.fen
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, plan.head - 1, end, plan.head - 1)
        painter.drawLine(0, plan.height - plan.foot, end, plan.height - plan.foot)
        half = QRect(0, 0, plan.bed, plan.head)
        _write(painter, half.adjusted(pad, 0, 0, 0), _("Bed"), "ink_2", LEFT)
        name = QRect(plan.bed, 0, plan.name, plan.head)
        _write(painter, name, _("Name"), "ink_2", LEFT)
        times = QRect(plan.right, 0, plan.times - pad, plan.head)
        _write(painter, times, _("How many times"), "ink_2", RIGHT)
        fen = QRect(plan.right + plan.times, 0, plan.fen - pad, plan.head)
        _write(painter, fen, _("Amount"), "ink_2", RIGHT)
        upper, lower = self._foot(pad, plan.left - pad)
        _write(painter, upper, _("How many people"), "ink_2", LEFT, small=True)
        _write(painter, lower, _("Amount (yuan)"), "ink_2", LEFT, small=True)
        total = self.total()
        _upper, lower = self._foot(plan.right, plan.times + plan.fen - pad)
        said = _("{times} {times:time|times}").format(times=total.times)
        _write(painter, _upper, said, "ink_2", RIGHT, small=True)
        _write(painter, lower, show_money(total.fen), "ink", RIGHT, bold=True)


def _away(state: Day) -> str:
    """Return the sign of a day away."""
    return _("L") if state is Day.LEAVE else _("H")


def _short(fen: int) -> str:
    """Return a sum for a narrow column: without what is nothing anyway."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02}" if rest else str(yuan)


def _write(
    painter: QPainter,
    box: QRect,
    text: str,
    tone: str,
    flags: Qt.AlignmentFlag,
    bold: bool = False,
    small: bool = False,
) -> None:
    painter.setFont(theme.font(12 if small else 14, bold))
    painter.setPen(theme.colour(tone))
    metrics = painter.fontMetrics()
    if small and metrics.horizontalAdvance(text) > box.width():
        painter.setFont(theme.font(10, bold))
        metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, flags, shown)

"""The whole house at a glance: a cell for each who belongs there, floor by floor."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from carehome.i18n import N_, _
from carehome.services.presence import Floor, Here, Somebody
from carehome.ui.kit import chips, theme
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.field import ENTER
from carehome.ui.presence.faces import Face, describe, face_of

LABEL, GAP, SIDE, ROUND = 92, 3, 10, 5
LEAST, HIGH, LOW = 158, 28, 22  # a cell: how wide at least, how high at most and least
BED, NAME, NOTE, PAD = 12, 15, 12, 7
FAINT = 0.28
LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.AlignmentFlag.AlignVCenter
WALK = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a floor lies, and each of its people."""

    floor: Floor
    box: QRect
    cells: tuple[tuple[Somebody, QRect], ...]


class Glance(QAbstractScrollArea):
    """Shows everybody; a cursor walks by arrow keys or mouse.

    `opened` tells whose cell was opened by Enter or a click, `picked` whose has the
    cursor.
    """

    own_keys = (
        *((arrow, N_("Go from person to person")) for arrow in ("Left", "Right")),
        *((arrow, N_("Go from person to person")) for arrow in ("Up", "Down")),
        ("Enter", N_("Open the file")),
    )
    opened = Signal(object)
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.empty = Empty(self.viewport())
        self._here: Here | None = None
        self._shown: Collection[int] | None = None
        self._floors: list[_Room] = []
        self._faces: dict[int, Face] = {}
        self._columns = 1
        self._height = 0
        self._cursor: int | None = None
        self.setAccessibleName(_("Who is here"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        theme.mark(self, "bare")

    def show_here(self, here: Here, shown: Collection[int] | None = None) -> None:
        """Show everybody; who is not among `shown` turns faint."""
        if here is not self._here:
            self._faces = {p.resident_id: face_of(p, here.day) for p in here.people}
        self._here, self._shown = here, shown
        self._lay_out()
        if self.current() is None:
            self._cursor = None
            if self.hasFocus():
                self.select_first()

    def current(self) -> Somebody | None:
        """Return who has the cursor."""
        found = self._find(self._cursor)
        return found[0] if found else None

    def select(self, resident_id: int) -> None:
        """Put the cursor on somebody."""
        found = self._find(resident_id)
        if found is None:
            return
        one, box = found
        self._cursor = resident_id
        bar, view = self.verticalScrollBar(), self.viewport().height()
        top, foot = box.top() - theme.px(8), box.bottom() + theme.px(8)
        bar.setValue(min(max(bar.value(), foot - view), max(top, 0)))
        self.setAccessibleDescription(describe(one))
        self.viewport().update()
        self.picked.emit(one)

    def select_first(self) -> None:
        """Put the cursor on the first who is shown."""
        wanted = (one.resident_id for one, _box in self._cells() if self._is_shown(one))
        first = next(wanted, None)
        if first is not None:
            self.select(first)

    def cell(self, resident_id: int) -> QRect:
        """Return where in the viewport somebody is seen; empty when not there."""
        found = self._find(resident_id)
        box = found[1] if found else QRect()
        return box.translated(0, -self.verticalScrollBar().value())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(720), theme.px(480))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, one = Qt.Key(event.key()), self.current()
        if one is None and (key in WALK or key in ENTER):
            self.select_first()
        elif one and key in ENTER:
            self.opened.emit(one)
        elif one and key in WALK:
            self._walk(one, *WALK[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        one = self._at(event.position().toPoint())
        if event.button() == LEFT and one:
            self.select(one.resident_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        one = self._at(event.position().toPoint())
        if event.button() == LEFT and one:
            self.opened.emit(one)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._cursor is None:
            self.select_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            one = self._at(event.pos())
            text = describe(one) if one else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above = self.verticalScrollBar().value()
        painter.translate(0, -above)
        seen = event.rect().translated(0, above)
        for room in self._floors:
            if room.box.intersects(seen):
                _paint_floor(painter, room)
                for one, box in room.cells:
                    if box.intersects(seen):
                        self._paint(painter, one, box)

    def _paint(self, painter: QPainter, one: Somebody, box: QRect) -> None:
        painter.setOpacity(1 if self._is_shown(one) else FAINT)
        _paint_cell(painter, box, self._faces[one.resident_id])
        painter.setOpacity(1)
        if one.resident_id == self._cursor:
            colour = "brand" if self.hasFocus() else "ink_3"
            painter.setPen(QPen(theme.colour(colour), theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(0, 0, 0, 0), ROUND, ROUND)

    def _is_shown(self, one: Somebody) -> bool:
        return self._shown is None or one.resident_id in self._shown

    def _walk(self, one: Somebody, aside: int, down: int) -> None:
        """Go to the next cell in a direction, from floor to floor."""
        cells = self._cells()
        places = [each.resident_id for each, _box in cells]
        at = places.index(one.resident_id)
        if aside:
            self.select(places[min(max(at + aside, 0), len(places) - 1)])
            return
        here = cells[at][1]
        beyond = [box for _one, box in cells if (box.y() - here.y()) * down > 0]
        if beyond:
            row = min((box.y() for box in beyond), key=lambda y: abs(y - here.y()))
            likely = [cell for cell in cells if cell[1].y() == row]
            nearest = min(likely, key=lambda cell: abs(cell[1].x() - here.x()))
            self.select(nearest[0].resident_id)

    def _cells(self) -> list[tuple[Somebody, QRect]]:
        return [cell for room in self._floors for cell in room.cells]

    def _find(self, resident_id: int | None) -> tuple[Somebody, QRect] | None:
        fitting = (c for c in self._cells() if c[0].resident_id == resident_id)
        return next(fitting, None)

    def _at(self, place: QPoint) -> Somebody | None:
        place = place + QPoint(0, self.verticalScrollBar().value())
        return next((one for one, box in self._cells() if box.contains(place)), None)

    def _lay_out(self) -> None:
        """Lay the cells so that the whole house is seen, if it can with whole words."""
        view, floors = self.viewport(), self._here.floors if self._here else ()
        needed = max(map(_needed, self._faces.values()), default=0)
        heights = range(HIGH, LOW - 1, -2)
        for least, high in product((needed, theme.px(LEAST)), heights):
            self._floors, self._height = _laid(
                floors, view.width(), theme.px(high), max(least, theme.px(LEAST))
            )
            if self._height <= view.height():
                break
        bar = self.verticalScrollBar()
        bar.setRange(0, max(self._height - view.height(), 0))
        bar.setPageStep(view.height())
        bar.setSingleStep(theme.px(LOW))
        self.empty.setGeometry(view.rect())
        self.empty.setVisible(not self._floors)
        view.update()


def _laid(
    floors: Sequence[Floor], width: int, high: int, least: int
) -> tuple[list[_Room], int]:
    """Lay floors one below another; return them and how high they are together."""
    gap, side, label = theme.px(GAP), theme.px(SIDE), theme.px(LABEL)
    room = width - label - 2 * side
    columns = max((room + gap) // (least + gap), 1)
    wide = (room + gap) // columns - gap
    found, y = [], 0
    for floor in floors:
        rows = -(-len(floor.people) // columns)
        tall = max(rows * (high + gap) - gap, theme.px(40)) + 2 * theme.px(6)
        cells = tuple(
            (
                one,
                QRect(
                    label + side + at % columns * (wide + gap),
                    y + theme.px(6) + at // columns * (high + gap),
                    wide,
                    high,
                ),
            )
            for at, one in enumerate(floor.people)
        )
        found.append(_Room(floor, QRect(0, y, width, tall), cells))
        y += tall + theme.px(6)
    return found, max(y - theme.px(6), 0)


def _paint_floor(painter: QPainter, room: _Room) -> None:
    """Draw the card of a floor, its name and how many are in and out."""
    box, floor = room.box, room.floor
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("paper"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    left, top = box.left() + theme.px(12), box.top() + theme.px(8)
    wide = theme.px(LABEL) - theme.px(12)
    painter.setPen(theme.colour("ink"))
    name = floor.name or _("Without a bed")
    _text(painter, QRect(left, top, wide, theme.px(20)), name, NAME, bold=True)
    told = [_("{count} in").format(count=floor.tally.inside)]
    if floor.tally.out:
        told.append(_("{count} out").format(count=floor.tally.out))
    painter.setPen(theme.colour("ink_2"))
    for at, line in enumerate([*told, floor.unit][:3]):
        y = top + theme.px(22) + at * theme.px(17)
        if y + theme.px(15) <= box.bottom():
            _text(painter, QRect(left, y, wide, theme.px(17)), line, NOTE)


def _paint_cell(painter: QPainter, box: QRect, face: Face) -> None:
    """Draw one cell: quiet for who is in and as always, tinted for who is out."""
    ground = chips.chip_colours(face.ground)[0] if face.ground else "quiet_soft"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(QRectF(box), ROUND, ROUND)
    pad = theme.px(PAD)
    if face.at_risk:
        painter.setBrush(theme.colour("bad"))
        edge = QRectF(box.left(), box.top(), theme.px(4), box.height())
        painter.drawRoundedRect(edge, 2, 2)
    inner = box.adjusted(pad, 0, -theme.px(4), 0)
    room = inner.width()
    if face.chip:
        left = room - _words_width(face) - theme.px(4)  # a name is never cut for a chip
        wide = min(chips.width(face.chip, 6), max(left, room * 3 // 10))
        spot = QRect(inner.right() + 1 - wide, box.top(), wide, box.height())
        right = Qt.AlignmentFlag.AlignRight
        chips.paint_chip(painter, spot, face.chip, face.tone, right, 6)
        room -= wide + theme.px(4)
    painter.setPen(theme.colour("ink_2"))
    bed = QRect(inner.left(), box.top(), min(theme.px(44), room), box.height())
    wide = _text(painter, bed, face.bed, BED)
    name = QRect(
        bed.left() + max(wide, theme.px(36)) + theme.px(4), box.top(), 0, box.height()
    )
    name.setWidth(max(inner.left() + room - name.left(), 0))
    painter.setPen(theme.colour("ink"))
    _text(painter, name, face.name, NAME, bold=True)


def _needed(face: Face) -> int:
    """Return how wide a cell must be for all that it says."""
    chip = chips.width(face.chip, 6) + theme.px(4) if face.chip else 0
    return _words_width(face) + chip + theme.px(PAD + 4)


def _words_width(face: Face) -> int:
    """Return how wide bed and name of a cell are."""
    bed = max(theme.room(face.bed, theme.font(BED)), theme.px(36)) + theme.px(4)
    return bed + theme.room(face.name, theme.font(NAME, bold=True))


def _text(
    painter: QPainter, box: QRect, text: str, size: int, *, bold: bool = False
) -> int:
    """Draw as much of a text as its box holds; return how wide it came."""
    font = theme.font(size, bold)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.drawText(box, MIDDLE, shown)
    return metrics.horizontalAdvance(shown)

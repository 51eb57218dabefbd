"""A floor plan with the equipment marked on it; a click opens or places a piece."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from carehome.i18n import _
from carehome.ui.kit import theme

WHOLE = 10_000  # a point is told in ten-thousandths of the picture
_RADIUS, _NEAR = 11, 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the plan: where, what stands in it, how it is doing."""

    key: int
    x: int
    y: int
    text: str
    tone: str
    tip: str


class FloorPlan(QWidget):
    """Shows a plan and its points; arrows walk from point to point.

    `picked` names a point that was chosen, `placed` a spot in ten-thousandths that
    was clicked while something was to be placed.
    """

    picked = Signal(int)
    placed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self.current: int | None = None
        self.is_placing = False
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Floor plan"))
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)

    def show_picture(self, content: bytes) -> None:
        """Show the picture of another floor; empty bytes show none."""
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.update()

    def show_marks(self, marks: Iterable[Mark], current: int | None) -> None:
        """Show the points; the current one stands out."""
        self.marks, self.current = list(marks), current
        self.update()

    def place_next(self, is_placing: bool) -> None:
        """Let the next click say where something hangs, or no more."""
        self.is_placing = is_placing
        shape = Qt.CursorShape
        self.setCursor(shape.CrossCursor if is_placing else shape.ArrowCursor)

    def spot(self, mark: Mark) -> QPointF:
        """Return where a point is drawn."""
        room = self._room()
        x = room.left() + room.width() * mark.x / WHOLE
        return QPointF(x, room.top() + room.height() * mark.y / WHOLE)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(400))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self._room()
        if not self._picture.isNull():
            painter.drawPixmap(room, self._picture, QRectF(self._picture.rect()))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("brand"), theme.px(2)))
            painter.drawRect(room.adjusted(1, 1, -1, -1))
        for mark in sorted(self.marks, key=lambda mark: mark.key == self.current):
            self._paint_mark(painter, mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        where = event.position()
        room = self._room()
        if self.is_placing:
            if room.contains(where):
                x = round((where.x() - room.left()) / room.width() * WHOLE)
                y = round((where.y() - room.top()) / room.height() * WHOLE)
                self.placed.emit(x, y)
            return
        mark = self._mark_at(where)
        if mark:
            self.picked.emit(mark.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = None if self.is_placing else self._mark_at(event.position())
        QToolTip.showText(
            event.globalPosition().toPoint(), mark.tip if mark else "", self
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from point to point, as they lie from left to right."""
        keys = Qt.Key
        step = {keys.Key_Right: 1, keys.Key_Down: 1, keys.Key_Left: -1, keys.Key_Up: -1}
        if event.key() not in step or not self.marks:
            super().keyPressEvent(event)
            return
        order = [mark.key for mark in sorted(self.marks, key=lambda m: (m.x, m.y))]
        at = order.index(self.current) if self.current in order else -1
        self.picked.emit(order[(at + step[Qt.Key(event.key())]) % len(order)])

    def _room(self) -> QRectF:
        """Return where the picture lies: as large as fits, in the middle."""
        whole = QRectF(self.rect())
        if self._picture.isNull():
            return whole
        size = self._picture.size().toSizeF()
        size.scale(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
        room = QRectF(QPointF(0, 0), size)
        room.moveCenter(whole.center())
        return room

    def _mark_at(self, where: QPointF) -> Mark | None:
        near = [
            (offset.manhattanLength(), mark)
            for mark in self.marks
            if (offset := self.spot(mark) - where).manhattanLength() < theme.px(_NEAR)
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        is_current = mark.key == self.current
        radius = theme.px(_RADIUS + (3 if is_current else 0))
        spot = self.spot(mark)
        painter.setBrush(theme.colour(f"{mark.tone}_soft"))
        painter.setPen(
            QPen(theme.colour(mark.tone), theme.px(3 if is_current else 1.5))
        )
        painter.drawEllipse(spot, radius, radius)
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(11, bold=True))
        box = QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.text)

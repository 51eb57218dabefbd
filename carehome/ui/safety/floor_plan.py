"""A floor plan with the equipment marked on it; a click opens or places a piece."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from carehome.i18n import N_, _
from carehome.rules.safety.floor import WHOLE, corners
from carehome.ui.kit import theme

STEP, FINE = 100, 10  # of the cross, in ten-thousandths
CLOSER, CLOSEST = 1.25, 8.0
_RADIUS, _NEAR = 11, 16
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


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
    was clicked, or where Enter was pressed, while something was to be placed;
    `given_up` says that nothing is placed after all.
    """

    own_keys: tuple[tuple[str, str], ...] = (
        ("Left", N_("From point to point, or move the cross")),
        ("Right", N_("From point to point, or move the cross")),
        ("Up", N_("From point to point, or move the cross")),
        ("Down", N_("From point to point, or move the cross")),
        ("Enter", N_("Place it at the cross")),
        ("+", N_("Closer")),
        ("-", N_("Farther")),
        ("0", N_("Show the whole plan")),
    )
    picked = Signal(int)
    placed = Signal(int, int)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self.current: int | None = None
        self.is_placing = False
        self.cross = (WHOLE // 2, WHOLE // 2)
        self.zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self._dragged: QPointF | None = None
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
        self.look_at_all()

    def show_marks(self, marks: Iterable[Mark], current: int | None) -> None:
        """Show the points; the current one stands out."""
        self.marks, self.current = list(marks), current
        here = next((mark for mark in self.marks if mark.key == current), None)
        if here and not QRectF(self.rect()).contains(self.spot(here)):
            self._middle = QPointF(here.x / WHOLE, here.y / WHOLE)
        self._say(here.tip if here else "")
        self.update()

    def place_next(self, is_placing: bool, start: tuple[int, int]) -> None:
        """Let a click or Enter say where something hangs, from `start` on."""
        if is_placing and not self.is_placing:
            self.cross = start
        self.is_placing = is_placing
        shape = Qt.CursorShape
        self.setCursor(shape.CrossCursor if is_placing else shape.ArrowCursor)
        self.update()

    def closer(self) -> None:
        """Show less of the plan, larger."""
        self._zoom_by(CLOSER, QPointF(self.rect().center()))

    def farther(self) -> None:
        """Show more of the plan, smaller."""
        self._zoom_by(1 / CLOSER, QPointF(self.rect().center()))

    def look_at_all(self) -> None:
        """Show the whole plan."""
        self.zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self.update()

    def spot(self, mark: Mark) -> QPointF:
        """Return where a point is drawn."""
        return self._spot(mark.x, mark.y)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(400))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._picture.isNull():
            whole = QRectF(self._picture.rect())
            painter.drawPixmap(self._room(), self._picture, whole)
        for mark in sorted(self.marks, key=lambda mark: mark.key == self.current):
            self._paint_mark(painter, mark)
        if self.is_placing:
            self._paint_cross(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("brand"), theme.px(2)))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def event(self, event: QEvent) -> bool:
        """Keep Esc here while something is placed; else it closes the file beside."""
        if (
            self.is_placing
            and event.type() == QEvent.Type.ShortcutOverride
            and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        where = event.position()
        mark = self._mark_at(where)
        if self.is_placing:
            if self._room().contains(where):
                self.placed.emit(*self._told(where))
        elif mark:
            self.picked.emit(mark.key)
        else:
            self._dragged = where

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position()
        if self._dragged is not None:
            moved, self._dragged = where - self._dragged, where
            self._move(moved)
            return
        mark = None if self.is_placing else self._mark_at(where)
        tip = mark.tip if mark else ""
        QToolTip.showText(event.globalPosition().toPoint(), tip, self)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        by = CLOSER if event.angleDelta().y() > 0 else 1 / CLOSER
        self._zoom_by(by, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross or walk from point to point; come closer or go farther."""
        key = Qt.Key(event.key())
        views = {
            Qt.Key.Key_Plus: self.closer,
            Qt.Key.Key_Equal: self.closer,
            Qt.Key.Key_Minus: self.farther,
            Qt.Key.Key_0: self.look_at_all,
        }
        if key in views:
            views[key]()
        elif self.is_placing and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.placed.emit(*self.cross)
        elif self.is_placing and key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key in _ARROWS and self.is_placing:
            is_fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._step(key, FINE if is_fine else STEP)
        elif key in _ARROWS and self.marks:
            self._walk(sum(_ARROWS[key]))
        else:
            super().keyPressEvent(event)

    def _say(self, words: str) -> None:
        """Tell a reader of the screen on which point the cursor is."""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if words and QAccessible.isActive():
                event = QAccessibleAnnouncementEvent(self, words)
                QAccessible.updateAccessibility(event)

    def _step(self, key: Qt.Key, far: int) -> None:
        across, down = _ARROWS[key]
        x, y = self.cross[0] + far * across, self.cross[1] + far * down
        self.cross = min(max(x, 0), WHOLE), min(max(y, 0), WHOLE)
        if not QRectF(self.rect()).contains(self._spot(*self.cross)):
            self._middle = QPointF(self.cross[0] / WHOLE, self.cross[1] / WHOLE)
        self.update()

    def _walk(self, by: int) -> None:
        """Go to the next point, as they lie from left to right."""
        order = [mark.key for mark in sorted(self.marks, key=lambda m: (m.x, m.y))]
        at = order.index(self.current) if self.current in order else -1
        self.picked.emit(order[(at + by) % len(order)])

    def _zoom_by(self, by: float, fixed: QPointF) -> None:
        """Zoom so that what lies at `fixed` stays there."""
        before = self._share(fixed)
        self.zoom = min(max(self.zoom * by, 1.0), CLOSEST)
        room = self._room()
        at = QPointF(room.x() + before.x() * room.width(), 0)
        at.setY(room.y() + before.y() * room.height())
        self._move(fixed - at)

    def _move(self, by: QPointF) -> None:
        room = self._room()
        across, down = by.x() / room.width(), by.y() / room.height()
        least = 0.5 / self.zoom
        x = min(max(self._middle.x() - across, least), 1 - least)
        y = min(max(self._middle.y() - down, least), 1 - least)
        self._middle = QPointF(x, y)
        self.update()

    def _room(self) -> QRectF:
        """Return where the picture lies: as large as fits, times the zoom."""
        whole = QRectF(self.rect())
        size = whole.size()
        if not self._picture.isNull():
            size = self._picture.size().toSizeF()
            size.scale(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
        size *= self.zoom
        room = QRectF(QPointF(0, 0), size)
        offset = QPointF(
            (0.5 - self._middle.x()) * size.width(),
            (0.5 - self._middle.y()) * size.height(),
        )
        room.moveCenter(whole.center() + offset)
        return room

    def _spot(self, x: int, y: int) -> QPointF:
        room = self._room()
        left = room.left() + room.width() * x / WHOLE
        return QPointF(left, room.top() + room.height() * y / WHOLE)

    def _share(self, where: QPointF) -> QPointF:
        room = self._room()
        x = (where.x() - room.left()) / max(room.width(), 1)
        return QPointF(x, (where.y() - room.top()) / max(room.height(), 1))

    def _told(self, where: QPointF) -> tuple[int, int]:
        share = self._share(where)
        return round(share.x() * WHOLE), round(share.y() * WHOLE)

    def _mark_at(self, where: QPointF) -> Mark | None:
        near = [
            (offset.manhattanLength(), mark)
            for mark in self.marks
            if (offset := self.spot(mark) - where).manhattanLength() < theme.px(_NEAR)
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        """Draw a point: its shape and its colour say how the piece is doing."""
        is_current = mark.key == self.current
        radius = theme.px(_RADIUS + (3 if is_current else 0))
        spot = self.spot(mark)
        painter.setBrush(theme.colour(f"{mark.tone}_soft"))
        painter.setPen(
            QPen(theme.colour(mark.tone), theme.px(3 if is_current else 1.5))
        )
        outline = [
            QPointF(spot.x() + x * radius, spot.y() + y * radius)
            for x, y in corners(mark.tone)
        ]
        painter.drawPolygon(QPolygonF(outline))
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(11, bold=True))
        box = QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.text)

    def _paint_cross(self, painter: QPainter) -> None:
        spot, arm = self._spot(*self.cross), theme.px(18)
        for tone, width in (("paper", 5), ("brand", 2)):
            painter.setPen(QPen(theme.colour(tone), theme.px(width)))
            painter.drawLine(spot - QPointF(arm, 0), spot + QPointF(arm, 0))
            painter.drawLine(spot - QPointF(0, arm), spot + QPointF(0, arm))

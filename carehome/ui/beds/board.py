"""The board: every bed of the home as a cell, painted in one widget."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimerEvent,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from carehome.i18n import N_, _
from carehome.ui.beds import cells
from carehome.ui.beds.faces import (
    Face,
    describe,
    face_of,
    room_rule,
)
from carehome.ui.beds.house import HELD, House, Spot
from carehome.ui.beds.plan import Plan, RoomPlan, lay_out
from carehome.ui.kit import theme
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.field import ENTER

FAINT = 0.32
RING = 4  # how far a ring reaches out of its cell
SCROLL_MS, SCROLL_STEP, SCROLL_EDGE = 30, 18, 32  # while a resident is carried
LEFT = Qt.MouseButton.LeftButton
ARROWS = ("Left", "Right", "Up", "Down")


class BedBoard(QAbstractScrollArea):
    """Shows all beds; a cursor walks over them by arrow keys or mouse.

    `picked` tells the bed under the cursor, `opened` follows Enter or a click,
    `move_asked` the key M, `dropped` the dragging of who has the first bed onto the
    second. Nobody is dragged unless `carrying`.
    """

    own_keys = (
        *((arrow, N_("Go from bed to bed")) for arrow in ARROWS),
        ("PgUp", N_("Go from floor to floor")),
        ("PgDown", N_("Go from floor to floor")),
        ("Enter", N_("Open the bed")),
        ("M", N_("Move who has the bed under the cursor")),
    )
    picked = Signal(object)
    opened = Signal(object)
    move_asked = Signal(object)
    dropped = Signal(object, object)

    def __init__(self, carrying: bool) -> None:
        super().__init__()
        self.empty = Empty(self.viewport())
        self._carrying = carrying
        self._house = House()
        self._faces: dict[int, Face] = {}
        self._plan = Plan()
        self._shown: Collection[int] | None = None
        self._lit: Collection[int] | None = None
        self._cursor: int | None = None
        self._hovered: int | None = None
        self._mover: Spot | None = None
        self._target: int | None = None
        self._refused = False
        self._pressed: QPoint | None = None
        self._carried: Spot | None = None
        self._carried_to = QPoint()
        self._timer = 0
        self.setAccessibleName(_("Board of beds"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        theme.mark(self, "bare")

    def show_house(self, house: House, shown: Collection[int] | None = None) -> None:
        """Show the beds; of `shown` only, and their rooms, if given."""
        self._house, self._shown = house, shown
        self._faces = {}
        self._lay_out()
        if self.current() is None:
            self._cursor = None
            self._hovered = None

    def show_move(
        self,
        mover: Spot | None = None,
        target: int | None = None,
        fitting: Collection[int] | None = None,
        refused: bool = False,
    ) -> None:
        """Show who moves and where to; beds that are not `fitting` turn faint."""
        self._mover, self._target, self._lit = mover, target, fitting
        self._refused = refused
        self.viewport().update()

    def current(self) -> Spot | None:
        """Return the bed under the cursor."""
        found = self._plan.find(self._cursor)
        return found[0] if found else None

    def select(self, bed_id: int | None) -> bool:
        """Put the cursor on a bed; say whether it is shown."""
        box = self._plan.box(bed_id)
        if box is None:
            return False
        self._reveal(box)
        self._set_cursor(bed_id)
        return True

    def select_first(self) -> None:
        """Put the cursor on the first bed that is wanted."""
        ids = (bed.bed_id for room in self._plan.rooms() for bed in room.room.beds)
        wanted = (each for each in ids if self._shown is None or each in self._shown)
        self.select(next(wanted, None))

    def cell(self, bed_id: int) -> QRect:
        """Return where in the viewport a bed is seen; empty when it is not shown."""
        box = self._plan.box(bed_id) or QRect()
        return box.translated(0, -self.verticalScrollBar().value())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(720), theme.px(480))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, spot = Qt.Key(event.key()), self.current()
        if key == Qt.Key.Key_Escape:
            self._leave(event)
        elif spot is None:
            self.select_first()
        elif key in ENTER or key == Qt.Key.Key_Space:
            self.opened.emit(spot)
        elif key == Qt.Key.Key_M and not event.modifiers():
            self.move_asked.emit(spot)
        elif step := self._steps().get(key):
            self.select(step(spot.bed.bed_id))
        else:
            super().keyPressEvent(event)

    def _leave(self, event: QKeyEvent) -> None:
        """Put down who is carried; otherwise Esc is for whoever is around the board."""
        if self._carried:
            self._put_down()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._at(event.position().toPoint())
        if event.button() == LEFT and spot:
            self._pressed = event.position().toPoint()
            self._set_cursor(spot.bed.bed_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._carried:
            self._carry(place)
            return
        if self._pressed is not None and self._is_dragged(place):
            self._take_up(place)
            return
        spot = self._at(place)
        self._hover(spot.bed.bed_id if spot else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != LEFT or self._pressed is None:
            return
        spot, carried = self._at(event.position().toPoint()), self._carried
        self._put_down()
        if spot is None:
            return
        if carried is None and spot.bed.bed_id == self._cursor:
            self.opened.emit(spot)
        elif carried and spot.bed.bed_id != carried.bed.bed_id:
            self.dropped.emit(carried, spot)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Scroll on while a resident is carried to the edge."""
        if event.timerId() != self._timer:
            super().timerEvent(event)
            return
        y, bar = self._carried_to.y(), self.verticalScrollBar()
        if y < theme.px(SCROLL_EDGE):
            bar.setValue(bar.value() - theme.px(SCROLL_STEP))
        elif y > self.viewport().height() - theme.px(SCROLL_EDGE):
            bar.setValue(bar.value() + theme.px(SCROLL_STEP))

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
        if cursor := self._plan.box(self._cursor):  # a file that opens takes room
            self._reveal(cursor)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep Esc for putting down who is carried."""
        if event.type() == QEvent.Type.ShortcutOverride and self._carried:
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            spot = self._at(event.pos())
            text = describe(spot) if spot else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above = self.verticalScrollBar().value()
        painter.translate(0, -above)
        seen = event.rect().translated(0, above)
        for floor in self._plan.floors:
            if floor.box.intersects(seen):
                cells.paint_floor(painter, floor, self._house.building(floor.floor))
                for room in (room for row in floor.rows for room in row):
                    if room.box.intersects(seen):
                        self._paint_room(painter, room, seen)
        self._paint_rings(painter)
        if self._carried:
            painter.resetTransform()
            self._paint_carried(painter, self._carried)

    def _paint_room(self, painter: QPainter, room: RoomPlan, seen: QRect) -> None:
        painter.setPen(theme.colour("ink_2"))
        rule = room_rule(room.room)
        name = f"{room.room.name}\u3000{rule}" if rule else room.room.name
        cells.paint_text(painter, room.name, name, cells.WORD)
        for spot, box in room.beds:
            if box.intersects(seen):
                self._paint_bed(painter, spot, box)

    def _paint_bed(self, painter: QPainter, spot: Spot, box: QRect) -> None:
        bed_id = spot.bed.bed_id
        if bed_id == self._target and self._mover and self._mover.bed.holder:
            text = f"{spot.bed.label} {self._mover.bed.holder.name}"
            cells.paint_target(painter, box, text, "bad" if self._refused else "ok")
            return
        if self._is_faint(bed_id):
            painter.setOpacity(FAINT)
        cells.paint_cell(painter, box, self._face(spot))
        painter.setOpacity(1)
        if bed_id == self._hovered:
            cells.paint_ring(painter, box, "edge")

    def _face(self, spot: Spot) -> Face:
        """Return what a bed shows, found out when it is first seen."""
        bed = spot.bed
        return self._faces.get(bed.bed_id) or self._faces.setdefault(
            bed.bed_id, face_of(bed)
        )

    def _is_faint(self, bed_id: int) -> bool:
        shown = self._shown is None or bed_id in self._shown
        return not (shown and (self._lit is None or bed_id in self._lit))

    def _paint_rings(self, painter: QPainter) -> None:
        mover = self._plan.box(self._mover.bed.bed_id) if self._mover else None
        if mover:
            cells.paint_ring(painter, mover, "brand", Qt.PenStyle.DashLine)
        if cursor := self._plan.box(self._cursor):
            cells.paint_ring(painter, cursor, "brand" if self.hasFocus() else "ink_3")

    def _paint_carried(self, painter: QPainter, spot: Spot) -> None:
        """Draw the cell that is carried, under the mouse."""
        home = self._plan.box(spot.bed.bed_id)
        if home is None:
            return
        box = QRect(QPoint(0, 0), home.size())
        box.moveCenter(self._carried_to + QPoint(theme.px(12), theme.px(14)))
        painter.setOpacity(0.9)
        cells.paint_cell(painter, box, self._face(spot))
        cells.paint_ring(painter, box, "brand")

    def _steps(self) -> dict[Qt.Key, Callable[[int], int]]:
        beside, below = self._plan.beside, self._plan.below
        return {
            Qt.Key.Key_Right: partial(beside, step=1),
            Qt.Key.Key_Left: partial(beside, step=-1),
            Qt.Key.Key_Down: partial(below, step=1),
            Qt.Key.Key_Up: partial(below, step=-1),
            Qt.Key.Key_PageDown: partial(self._plan.floor, step=1),
            Qt.Key.Key_PageUp: partial(self._plan.floor, step=-1),
            Qt.Key.Key_Home: lambda _bed: self._plan.end(0),
            Qt.Key.Key_End: lambda _bed: self._plan.end(-1),
        }

    def _lay_out(self) -> None:
        view = self.viewport()
        self._plan = lay_out(
            self._house.board, view.width(), self._shown, view.height()
        )
        bar = self.verticalScrollBar()
        bar.setRange(0, max(self._plan.height - view.height(), 0))
        bar.setPageStep(view.height())
        bar.setSingleStep(theme.px(30))
        self.empty.setGeometry(view.rect())
        self.empty.setVisible(not self._plan.floors)
        view.update()

    def _at(self, place: QPoint) -> Spot | None:
        return self._plan.at(place + QPoint(0, self.verticalScrollBar().value()))

    def _reveal(self, box: QRect) -> None:
        """Scroll so far that a bed, and the name of its room, are seen."""
        bar, view = self.verticalScrollBar(), self.viewport().height()
        top, foot = box.top() - theme.px(60), box.bottom() + theme.px(20)
        bar.setValue(min(max(bar.value(), foot - view), max(top, 0)))

    def _set_cursor(self, bed_id: int | None) -> None:
        """Go to a bed and tell it, also to those who hear the screen."""
        before, self._cursor = self._cursor, bed_id
        self.viewport().update()
        spot = self.current()
        if spot is None or before == bed_id:
            return
        self.setAccessibleDescription(describe(spot))
        if QAccessible.isActive():
            said = QAccessibleAnnouncementEvent(self, describe(spot))
            QAccessible.updateAccessibility(said)
        self.picked.emit(spot)

    def _hover(self, bed_id: int | None) -> None:
        if bed_id == self._hovered:
            return
        for each in (self._hovered, bed_id):
            if each is not None:
                self.viewport().update(
                    self.cell(each).adjusted(-RING, -RING, RING, RING)
                )
        self._hovered = bed_id

    def _is_dragged(self, place: QPoint) -> bool:
        assert self._pressed is not None
        far = (place - self._pressed).manhattanLength()
        return far >= QApplication.startDragDistance()

    def _take_up(self, place: QPoint) -> None:
        """Begin to carry the resident of the pressed bed, if it has one."""
        spot = self.current() if self._carrying else None
        if spot and spot.bed.state in HELD and spot.bed.holder:
            self._carried = spot
            self._timer = self.startTimer(SCROLL_MS)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._carry(place)

    def _carry(self, place: QPoint) -> None:
        self._carried_to = place
        spot = self._at(place)
        self._hovered = spot.bed.bed_id if spot else None
        self.viewport().update()

    def _put_down(self) -> None:
        self._pressed = None
        if self._carried:
            self._carried = None
            self.killTimer(self._timer)
            self.unsetCursor()
            self.viewport().update()

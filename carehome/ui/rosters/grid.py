"""The grid of a month: everybody's shifts, typed, dragged and checked in one view."""

import unicodedata
from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from carehome.i18n import N_, _, say_narrow_weekday
from carehome.rules.rosters.problem import OFF, Cell
from carehome.ui.kit import theme
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.field import ENTER
from carehome.ui.rosters import cover, saying
from carehome.ui.rosters.cells import WORD, face
from carehome.ui.rosters.cover import CoverLine
from carehome.ui.rosters.deeds import Block
from carehome.ui.rosters.picture import Picture, name_of
from carehome.ui.rosters.plan import NAME_PAD, Plan, lay_out
from carehome.ui.rosters.worksheet import Worksheet

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = (Qt.KeyboardModifier.NoModifier, SHIFT, Qt.KeyboardModifier.KeypadModifier)
WALK = {
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
}
AWAY = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}

KEYS = (
    *((arrow, N_("Go from cell to cell")) for arrow in ("Left", "Right")),
    *((arrow, N_("Go from cell to cell")) for arrow in ("Up", "Down")),
    ("Shift+Right", N_("Choose several cells")),
    ("Home", N_("Go to the first day")),
    ("End", N_("Go to the last day")),
    ("Enter", N_("Go down to the next person")),
    ("Del", N_("Day off")),
    ("R", N_("Day off")),
    ("Space", N_("Lock or unlock")),
    ("Ctrl+Z", N_("Take back the last step")),
    ("Ctrl+A", N_("Choose all cells")),
)


class RosterGrid(QAbstractScrollArea):
    """Shows a month; a cursor walks over it, and keys write into what is chosen.

    It writes nothing itself: `typed` carries the code that a key means for the chosen
    block, `dragged` the block and the one it was dragged to, `puzzled` a key that means
    nothing. `undo_asked` is Ctrl+Z while there is a step to take back. `moved` goes out
    when the cursor or the block changes, `menu_asked` with the place of a right click,
    `opened` with the key of somebody whose name was double clicked.
    """

    typed = Signal(str)
    dragged = Signal(object, object)
    puzzled = Signal(str)
    lock_asked = Signal()
    undo_asked = Signal()
    moved = Signal()
    menu_asked = Signal(QPoint)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.empty = Empty(self.viewport())
        self.picture: Picture | None = None
        self._unit = ""
        self._by_unit = False
        self._cover: list[CoverLine] = []
        self._cover_from = 0
        self._day = 0
        self._key = ""
        self._anchor: tuple[str, int] | None = None
        self._drags: Block | None = None
        self._pressed = False
        self.setAccessibleName(_("Rosters"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Letters are keys here: an input method must not gather them into words.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.empty.hide()
        theme.mark(self, "bare")

    # ---- what is shown

    def show_sheet(self, sheet: Worksheet | None, today: date) -> None:
        """Show a month; the cursor stays where it was, if that is still there."""
        if sheet is None:
            self.picture = None
            self.viewport().update()
            return
        first = sheet.month.problem.first
        days = range(sheet.days)
        on = (today - first).days
        self.picture = Picture(
            sheet,
            Plan(),
            [],
            {p.key: (p.name, sheet.month.notes.get(p.key, "")) for p in sheet.people},
            tuple(say_narrow_weekday(sheet.month.problem.date_of(day)) for day in days),
            on if on in days else None,
        )
        self._lay_out()

    def narrow(self, unit: str, by_unit: bool) -> None:
        """Show the people of one unit or (empty) all; the cover by unit or by shift."""
        self._unit, self._by_unit = unit, by_unit
        self._lay_out()

    def refresh(self, change: Collection[Cell]) -> None:
        """Draw anew what a change of some cells touches."""
        if not self.picture:
            return
        plan, view = self.picture.plan, self.viewport()
        for key in {key for key, _day in change}:
            if key in plan.keys:
                box = plan.cell(key, 0, self._scrolled)
                view.update(0, box.top(), plan.width, box.height())
        for day in {day for _key, day in change}:
            box = plan.head_cell(day)
            view.update(box.left(), plan.foot, box.width(), plan.height - plan.foot)

    @property
    def own_keys(self) -> tuple[tuple[str, str], ...]:
        """The keys of the grid, where there is anybody to write for."""
        return KEYS if self.keys else ()

    @property
    def sheet(self) -> Worksheet:
        """The month that is shown."""
        assert self.picture
        return self.picture.sheet

    @property
    def current(self) -> Cell | None:
        """The cell under the cursor."""
        return (self._key, self._day) if self.picture and self._key else None

    @property
    def block(self) -> Block | None:
        """What is chosen: at least the cell under the cursor."""
        return self.picture.block if self.picture else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The people who are shown, in their order."""
        return self.picture.plan.keys if self.picture else ()

    def cell(self, cell: Cell) -> QRect:
        """Return where in the viewport a cell is seen."""
        assert self.picture
        return self.picture.plan.cell(*cell, self._scrolled)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(900), theme.px(480))

    # ---- the cursor

    def go_to(self, cell: Cell) -> bool:
        """Put the cursor on a cell; say whether it is shown."""
        if cell[0] not in self.keys:
            return False
        self._go(cell, extend=False)
        return True

    def choose(self, start: Cell, end: Cell) -> None:
        """Choose the cells between two corners; the cursor is at the second."""
        self._anchor = start
        self._go(end, extend=True)

    def step_on(self) -> None:
        """Go on after typing: to the next day, after the last one to who comes next."""
        block = self.block
        assert block
        day, keys = block.days[-1] + 1, block.keys
        if day < self.sheet.days:
            self.choose((keys[0], day), (keys[-1], day))
        elif len(keys) == 1 and keys[0] != self.keys[-1]:
            self.go_to((self.keys[self.keys.index(keys[0]) + 1], 0))

    def _go(self, cell: Cell, *, extend: bool) -> None:
        assert self.picture
        self._update_marks()
        if not extend or self._anchor is None or self._anchor[0] not in self.keys:
            self._anchor = cell
        self._key, self._day = cell
        self._choose_block()
        self._reveal(cell)
        self._update_marks()
        self._tell_cursor(cell)
        self.moved.emit()

    def _update_marks(self) -> None:
        """Draw anew what shows where the cursor is and what is chosen."""
        assert self.picture
        self.picture.scrolled = self._scrolled
        for box in self.picture.marks():
            self.viewport().update(box)

    def _choose_block(self) -> None:
        assert self.picture
        assert self._anchor
        keys, days = self.keys, sorted((self._anchor[1], self._day))
        rows = sorted((keys.index(self._anchor[0]), keys.index(self._key)))
        self.picture.block = Block(
            keys[rows[0] : rows[1] + 1], range(days[0], days[1] + 1)
        )
        self.picture.cursor = self._key, self._day

    def _walk(self, down: int, right: int, extend: bool) -> None:
        if not self.current:
            self._go_first()
            return
        at = self.keys.index(self._key)
        key = self.keys[min(max(at + down, 0), len(self.keys) - 1)]
        day = min(max(self._day + right, 0), self.sheet.days - 1)
        self._go((key, day), extend=extend)

    def _go_first(self) -> None:
        if self.keys:
            self._go((self.keys[0], 0), extend=False)

    def _reveal(self, cell: Cell) -> None:
        assert self.picture
        line, body = self.picture.plan.line(cell[0]), self.picture.plan.body
        bar = self.verticalScrollBar()
        top = line.top - (line.height if line.top else 0)
        least = line.top + line.height - body.height()
        bar.setValue(min(max(bar.value(), least), max(top, 0)))

    def _tell_cursor(self, cell: Cell) -> None:
        """Tell the cell to those who hear the screen."""
        said = saying.describe(self.sheet, cell)
        self.setAccessibleDescription(said)
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, said)
            QAccessible.updateAccessibility(event)

    # ---- keys

    def event(self, event: QEvent) -> bool:
        """Keep single keys, and Ctrl+Z while there is a step to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and self.picture:
            assert isinstance(event, QKeyEvent)
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if (undo and self.sheet.can_undo) or self._is_letter(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, extend = Qt.Key(event.key()), bool(event.modifiers() & SHIFT)
        if not self.picture or not self.keys:
            super().keyPressEvent(event)
        elif key in WALK:
            self._walk(*WALK[key], extend)
        elif key == Qt.Key.Key_Escape:
            self._narrow_block(event)
        elif self._jump(event, key, extend):
            return
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif not self.current:
            super().keyPressEvent(event)
        elif key in ENTER:
            self._walk(1, 0, extend=False)
        elif key in AWAY:
            self.typed.emit(OFF)
        elif key == Qt.Key.Key_Space and event.modifiers() in PLAIN:
            self.lock_asked.emit()
        elif self._is_letter(event):
            self._type(_letter(event))
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take letters and signs from an input method that brings them all the same."""
        for sign in event.commitString():
            self._type(_plain(sign))

    def _type(self, text: str) -> None:
        if not self.picture or not self.current:
            return
        code = self.sheet.month.typed(text)
        if code is None:
            self.puzzled.emit(text)
        else:
            self.typed.emit(code)

    def _is_letter(self, event: QKeyEvent) -> bool:
        return event.modifiers() in PLAIN and bool(_letter(event))

    def _narrow_block(self, event: QKeyEvent) -> None:
        """Leave the cursor alone chosen; otherwise Esc is for whoever is around."""
        if self.block and self.current and len(list(self.block.cells)) > 1:
            self._go(self.current, extend=False)
        else:
            event.ignore()

    def _jump(self, event: QKeyEvent, key: Qt.Key, extend: bool) -> bool:
        """Go to an end, or by a screenful; say whether the key was for that."""
        assert self.picture
        far = bool(event.modifiers() & CONTROL)
        page = max(self.picture.plan.body.height() // self._row_height() - 1, 1)
        everybody = len(self.keys)
        steps = {
            Qt.Key.Key_Home: (-everybody if far else 0, -self.sheet.days),
            Qt.Key.Key_End: (everybody if far else 0, self.sheet.days),
            Qt.Key.Key_PageUp: (-page, 0),
            Qt.Key.Key_PageDown: (page, 0),
        }
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._walk(*steps[key], extend)
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            last = self.sheet.days - 1
            self.choose((self.keys[0], 0), (self.keys[-1], last))
            return True
        return False

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != LEFT or not self.picture:
            return
        place = event.position().toPoint()
        extend = bool(event.modifiers() & SHIFT)
        if self.picture.handle().adjusted(-2, -2, 2, 2).contains(place):
            self._drags = self.block
            return
        start, end = self._cells_at(place)
        if start is None or end is None:
            self._go_to_short(place)
            return
        self._pressed = start == end
        if extend:
            self._go(end, extend=True)
        elif start == end:
            self._go(start, extend=False)
        else:
            self.choose(start, end)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if not self.picture:
            return
        if self._pressed or self._drags:
            self._scroll_along(place)
            cell = self._nearest(place)
            if cell and cell != self.current:
                self._go(cell, extend=True)
        else:
            over = self.picture.handle().adjusted(-2, -2, 2, 2).contains(place)
            shape = Qt.CursorShape.CrossCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = False
        source, self._drags = self._drags, None
        if source and self.block and source != self.block:
            self.dragged.emit(source, self.block)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.picture:
            return
        place = event.position().toPoint()
        key = self.picture.plan.key_at(place, self._scrolled)
        if key and place.x() < self.picture.plan.left:
            self.opened.emit(key)
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the cover be scrolled by itself where it has more lines than room."""
        place = event.position().toPoint()
        if self.picture and self.picture.plan.foot_at(place) is not None:
            step = -1 if event.angleDelta().y() > 0 else 1
            self._show_cover(self._cover_from + step)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.picture or not self.keys:
            return
        place = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current:
            place = self.cell(self.current).bottomLeft()
        else:
            start, _end = self._cells_at(place)
            if start is None:
                return
            if not self.block or start not in set(self.block.cells):
                self._go(start, extend=False)
        self.menu_asked.emit(self.viewport().mapToGlobal(place))

    def _cells_at(self, place: QPoint) -> tuple[Cell | None, Cell | None]:
        """Return the corners that a place chooses: a cell, a person, a day, or all."""
        assert self.picture
        if not self.keys:
            return None, None
        plan, last = self.picture.plan, self.sheet.days - 1
        key, day = plan.key_at(place, self._scrolled), plan.day_at(place.x())
        if key and day is not None:
            return (key, day), (key, day)
        if key:
            return (key, 0), (key, last)
        if place.y() < plan.top and day is not None:
            return (self.keys[0], day), (self.keys[-1], day)
        if place.y() < plan.top and place.x() < plan.left:
            return (self.keys[0], 0), (self.keys[-1], last)
        return None, None

    def _go_to_short(self, place: QPoint) -> None:
        """Go to the day whose cover was pressed, to be told what it lacks."""
        assert self.picture
        day = self.picture.plan.day_at(place.x())
        if self.picture.plan.foot_at(place) is not None and day is not None:
            self._go((self._key or self.keys[0], day), extend=False)

    def _nearest(self, place: QPoint) -> Cell | None:
        """Return the cell to which a drag has come, also outside of the days."""
        assert self.picture
        plan, body = self.picture.plan, self.picture.plan.body
        x = min(max(place.x(), plan.left), plan.right - 1)
        y = min(max(place.y(), body.top()), body.bottom())
        key, day = plan.key_at(QPoint(x, y), self._scrolled), plan.day_at(x)
        return (key, day) if key and day is not None else None

    def _scroll_along(self, place: QPoint) -> None:
        """Scroll on while a drag is beyond the lines."""
        assert self.picture
        bar, body = self.verticalScrollBar(), self.picture.plan.body
        beyond = min(place.y() - body.top(), 0) + max(place.y() - body.bottom(), 0)
        if beyond:
            bar.setValue(bar.value() + beyond)

    # ---- drawing

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current is None and self.picture:
            self._go_first()
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
            QToolTip.showText(event.globalPos(), self.tip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip(self, place: QPoint) -> str:
        """Return what is told of a place when the mouse rests there."""
        if not self.picture:
            return ""
        plan = self.picture.plan
        day, at = plan.day_at(place.x()), plan.foot_at(place)
        if at is not None and day is not None:
            return saying.explain_cover(self.sheet, self.picture.cover[at], day)
        key = plan.key_at(place, self._scrolled)
        if key and day is not None:
            return saying.explain_cell(self.sheet, (key, day))
        if key:
            return saying.explain_person(self.sheet, key)
        if place.y() < plan.top and day is not None:
            return saying.explain_day(self.sheet, day)
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.picture:
            return
        self.picture.scrolled = self._scrolled
        self.picture.has_focus = self.hasFocus()
        painter = QPainter(self.viewport())
        self.picture.paint(painter, event.region())

    @property
    def _scrolled(self) -> int:
        return self.verticalScrollBar().value()

    def _row_height(self) -> int:
        assert self.picture
        key = self.keys[0]
        return self.picture.plan.line(key).height

    def _lay_out(self) -> None:
        view = self.viewport()
        self.empty.setGeometry(view.rect())
        if not self.picture:
            return
        sheet = self.picture.sheet
        self._cover = lines = cover.lines_of(
            sheet.month.problem, self._unit, self._by_unit
        )
        names = [
            theme.room(name_of(line, sheet), face(WORD, theme.px(WORD)))
            for line in lines
        ]
        pad = 2 * theme.px(NAME_PAD)
        self.picture.plan = plan = lay_out(
            view.width(),
            view.height(),
            sheet.days,
            self._groups(),
            len(lines),
            max(names, default=0) + pad,
        )
        self._show_cover(self._cover_from)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(plan.high - plan.body.height(), 0))
        bar.setPageStep(max(plan.body.height(), 1))
        bar.setSingleStep(self._row_height() if self.keys else 1)
        self._keep_cursor()
        view.update()

    def _show_cover(self, first: int) -> None:
        """Show the lines of the cover that have room, from `first` on."""
        assert self.picture
        room = self.picture.plan.foot_lines
        self._cover_from = max(min(first, len(self._cover) - room), 0)
        self.picture.cover = self._cover[self._cover_from :][:room]
        before, after = self._cover_from, len(self._cover) - self._cover_from - room
        self.picture.more = bool(before), after > 0
        self.viewport().update()

    def _groups(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Return the people who are shown, by their units."""
        sheet = self.sheet
        names = self.picture.names if self.picture else {}
        of_unit: dict[str, list[tuple[str, str, str]]] = {
            unit: [] for unit in sheet.month.units
        }
        for person in sheet.people:
            row = (person.key, *names[person.key])
            of_unit.setdefault(person.unit, []).append(row)
        if self._unit:
            return [("", of_unit.get(self._unit, []))]
        groups = [(unit, rows) for unit, rows in of_unit.items() if rows]
        if len(groups) == 1:
            return [("", groups[0][1])]
        return [
            (saying.name_unit(sheet, unit, len(rows)), rows) for unit, rows in groups
        ]

    def _keep_cursor(self) -> None:
        """Let the cursor stay where it was, or on the same day of who comes first."""
        assert self.picture
        if self._key and self._key not in self.keys:
            self._key, self._anchor = (self.keys or ("",))[0], None
        self._day = min(self._day, self.sheet.days - 1)
        if not self._key:
            self.picture.block = self.picture.cursor = None
            return
        start = self._anchor
        if start is None or start[0] not in self.keys or start[1] >= self.sheet.days:
            self._anchor = self._key, self._day
        self._choose_block()
        self._reveal((self._key, self._day))


def _letter(event: QKeyEvent) -> str:
    """Return what a key types, also where an input method left the key bare."""
    text = _plain(event.text())
    if not text and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_Z:
        text = chr(event.key())
    return text if text.isalnum() else ""


def _plain(text: str) -> str:
    """Return a letter as the keyboard has it: those of Chinese typing may be wide."""
    return unicodedata.normalize("NFKC", text).upper()

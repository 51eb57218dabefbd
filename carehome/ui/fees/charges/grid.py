"""The sheet of charges: numbers typed, copied and pasted as in a spreadsheet."""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from carehome.i18n import _
from carehome.rules.charges import MOST, Cell
from carehome.services.charges import Charged
from carehome.ui.fees.charges.keys import (
    AWAY_KEYS,
    CONTROL,
    KEYS,
    SHIFT,
    WALK,
    digit_of,
)
from carehome.ui.fees.charges.picture import Block, Picture, Plan
from carehome.ui.fees.charges.saying import describe, hint
from carehome.ui.fees.charges.work import Column, Refused, Work
from carehome.ui.kit import theme
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.field import ENTER


class ChargeGrid(QAbstractScrollArea):
    """Shows people by days, or by items; digits are written into what is chosen.

    `changed` goes out when something was written, `puzzled` with why a cell takes
    nothing, `pasted` with how many cells took something and those that did not.
    """

    changed = Signal()
    puzzled = Signal(str)
    pasted = Signal(int, object)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.empty = Empty(self.viewport())
        self._anchor = (0, 0)
        self._typing = ""
        self._is_at_work = False
        self._least = 26
        self.setAccessibleName(_("Use charges"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setAutoFillBackground(False)
        self.empty.hide()
        theme.mark(self, "bare")

    @property
    def own_keys(self) -> tuple[tuple[str, str], ...]:
        """The keys of the sheet, where there is anybody to write for."""
        return KEYS if self._rows and self._columns else ()

    # ---- what is shown

    def show_work(
        self,
        work: Work,
        people: Sequence[Charged],
        columns: Sequence[Column],
        today: date,
        wide: bool = False,
    ) -> None:
        """Show people by columns; the cursor stays where it was, if that is there."""
        at = self._typed_at()
        on = [i for i, x in enumerate(columns) if x.day == today and not wide]
        self.picture = Picture(work, people, columns, Plan(), on[0] if on else -1)
        self._least = 112 if wide else 26
        self._typing = ""
        self._lay_out()
        if people and columns:
            where = self._find(at) or (0, on[0] if on else 0)
            self._go(where, extend=False)

    def say_empty(self, text: str) -> None:
        """Say why there is nobody in the sheet."""
        self.empty.say(text, "")

    def refresh(self) -> None:
        """Draw all anew after what was typed has changed elsewhere."""
        if self.picture:
            self.picture.forget_all()
            self.viewport().update()

    def _typed_at(self) -> tuple[int, Column] | None:
        if not self.picture or not self.picture.cursor:
            return None
        row, column = self.picture.cursor
        return self.picture.people[row].resident_id, self.picture.columns[column]

    def _find(self, at: tuple[int, Column] | None) -> tuple[int, int] | None:
        assert self.picture
        if at is None:
            return None
        ids = [who.resident_id for who in self.picture.people]
        keys = [(x.item_id, x.day) for x in self.picture.columns]
        days = [x.day for x in self.picture.columns]
        who, column = at
        if who not in ids:
            return None
        if (column.item_id, column.day) in keys:
            return ids.index(who), keys.index((column.item_id, column.day))
        return (ids.index(who), days.index(column.day)) if column.day in days else None

    @property
    def _rows(self) -> int:
        return len(self.picture.people) if self.picture else 0

    @property
    def _columns(self) -> int:
        return len(self.picture.columns) if self.picture else 0

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        at = self._typed_at()
        return at[1].cell(at[0]) if at else None

    def sizeHint(self) -> QSize:
        return QSize(theme.px(900), theme.px(420))

    # ---- the cursor

    def _go(self, to: tuple[int, int], *, extend: bool) -> None:
        assert self.picture
        row = min(max(to[0], 0), self._rows - 1)
        column = min(max(to[1], 0), self._columns - 1)
        before, was_many = self.picture.cursor, self._is_many
        self._typing = ""
        if not extend:
            self._anchor = row, column
        rows = sorted((min(self._anchor[0], self._rows - 1), row))
        columns = sorted((min(self._anchor[1], self._columns - 1), column))
        self.picture.cursor = row, column
        self.picture.block = Block(
            range(rows[0], rows[1] + 1), range(columns[0], columns[1] + 1)
        )
        self._reveal(row, column)
        if before is None or self._is_many or was_many:
            self.viewport().update()
        else:
            self._update(before)
            self._update((row, column))
        self._tell()
        self.moved.emit()

    @property
    def _is_many(self) -> bool:
        """Say whether several cells are chosen."""
        block = self.picture.block if self.picture else None
        return block is not None and len(block.rows) * len(block.columns) > 1

    def _update(self, at: tuple[int, int]) -> None:
        """Draw anew what a cell has a part in."""
        assert self.picture
        for part in self.picture.parts_of(*at):
            self.viewport().update(part)

    def _reveal(self, row: int, column: int) -> None:
        assert self.picture
        plan, body = self.picture.plan, self.picture.plan.body
        for bar, at, size, seen in (
            (self.verticalScrollBar(), row, plan.row, body.height()),
            (self.horizontalScrollBar(), column, plan.cell, body.width()),
        ):
            least = (at + 1) * size - seen
            bar.setValue(min(max(bar.value(), least), at * size))

    def _tell(self) -> None:
        """Tell the cell to those who hear the screen."""
        said = self.describe()
        self.setAccessibleDescription(said)
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, said)
            QAccessible.updateAccessibility(event)

    def describe(self) -> str:
        """Say whose cell the cursor is on, and what stands there."""
        at = self._typed_at()
        if at is None or self.picture is None:
            return ""
        return describe(self.picture.work, at[0], at[1])

    # ---- what is written

    def chosen(self) -> list[Cell]:
        """Return the chosen cells."""
        if not self.picture or not self.picture.block:
            return []
        people, columns = self._chosen_parts()
        return [x.cell(who.resident_id) for who in people for x in columns]

    def _chosen_parts(self) -> tuple[list[Charged], list[Column]]:
        assert self.picture
        assert self.picture.block
        block = self.picture.block
        people = [self.picture.people[row] for row in block.rows]
        return people, [self.picture.columns[at] for at in block.columns]

    def _write(self, quantity: int, goes_on: bool = False) -> None:
        """Write a number into the chosen cells that take one; say why others do not."""
        assert self.picture
        work = self.picture.work
        cells = [cell for cell in self.chosen() if work.quantity(cell) != quantity]
        refused = [why for cell in cells if (why := work.refusal(cell))]
        free = [cell for cell in cells if work.refusal(cell) is None]
        if refused and not free:
            self._typing = ""
            self.puzzled.emit(refused[0].message)
            return
        work.put(dict.fromkeys(free, quantity), goes_on)
        self._written(free)

    def _written(self, cells: Collection[Cell]) -> None:
        assert self.picture
        if len(cells) > 1 or not self.picture.cursor:
            self.picture.forget_all()
            self.viewport().update()
        else:
            self.picture.forget(*self.picture.cursor)
            self._update(self.picture.cursor)
        self._tell()
        self.changed.emit()

    def _type(self, digit: str) -> None:
        typed = self._typing + digit
        if int(typed) > MOST:
            self.puzzled.emit(_("At most {most} in one cell.").format(most=MOST))
            return
        goes_on, self._typing = bool(self._typing), typed
        self._write(int(typed), goes_on)

    def undo(self) -> None:
        """Take the last step back."""
        if self.picture and self.picture.work.can_undo:
            self._typing = ""
            self.picture.work.undo()
            self.refresh()
            self._tell()
            self.changed.emit()

    def copy(self) -> None:
        """Copy the chosen cells for a spreadsheet."""
        if self.picture and self.picture.block:
            text = self.picture.work.copied(*self._chosen_parts())
            QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Write cells of a spreadsheet from the first chosen cell on."""
        if not self.picture or not self.picture.block:
            return
        text = QGuiApplication.clipboard().text()
        people, columns = self._chosen_parts()
        if "\t" in text.strip("\r\n") or "\n" in text.strip("\r\n"):
            block = self.picture.block
            people = list(self.picture.people[block.rows[0] :])
            columns = list(self.picture.columns[block.columns[0] :])
        else:  # one number for all that is chosen
            line = "\t".join([text.strip()] * len(columns))
            text = "\n".join([line] * len(people))
        taken: tuple[int, list[Refused]] = self.picture.work.paste(
            text, people, columns
        )
        self.refresh()
        self.changed.emit()
        self.pasted.emit(*taken)

    # ---- keys and the mouse

    def event(self, event: QEvent) -> bool:
        """Keep digits, Tab and Ctrl+Z while they mean something here."""
        if event.type() == QEvent.Type.ShortcutOverride and self.picture:
            assert isinstance(event, QKeyEvent)
            undo = event.matches(QKeySequence.StandardKey.Undo)
            can_undo = self.picture.work.can_undo
            if (undo and can_undo) or digit_of(event):
                event.accept()
                return True
        if event.type() == QEvent.Type.KeyPress and self._rows and self._columns:
            assert isinstance(event, QKeyEvent)
            if self._tab(event):
                return True
        return super().event(event)

    def _tab(self, event: QKeyEvent) -> bool:
        """Go to the next column; beyond the last one Tab leaves the sheet.

        So it does for whoever only comes by, and enters nothing here.
        """
        assert self.picture
        key = Qt.Key(event.key())
        if key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        if event.modifiers() & CONTROL or not self.picture.cursor:
            return False
        if not self._is_at_work:
            return False
        row, column = self.picture.cursor
        step = WALK[key][1]
        if not 0 <= column + step < self._columns:
            return False
        self._go((row, column + step), extend=False)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, extend = Qt.Key(event.key()), bool(event.modifiers() & SHIFT)
        standard = QKeySequence.StandardKey
        self._is_at_work = True
        if not self.picture or not self.picture.cursor or self._jump(event, extend):
            if not self.picture or not self.picture.cursor:
                super().keyPressEvent(event)
        elif key in WALK:
            row, column = self.picture.cursor
            down, right = WALK[key]
            self._go((row + down, column + right), extend=extend)
        elif key in ENTER:
            row, column = self.picture.cursor
            self._go((row + (-1 if extend else 1), column), extend=False)
        elif key in AWAY_KEYS:
            self._typing = ""
            self._write(0)
        elif event.matches(standard.Undo):
            self.undo()
        elif event.matches(standard.Copy):
            self.copy()
        elif event.matches(standard.Paste):
            self.paste()
        elif digit := digit_of(event):
            self._type(digit)
        else:
            super().keyPressEvent(event)

    def _jump(self, event: QKeyEvent, extend: bool) -> bool:
        """Go to an end, or by a screenful; say whether the key was for that."""
        assert self.picture
        assert self.picture.cursor
        plan, far = self.picture.plan, bool(event.modifiers() & CONTROL)
        row, column = self.picture.cursor
        page = max(plan.body.height() // plan.row - 1, 1)
        steps = {
            Qt.Key.Key_Home: (0 if far else row, 0),
            Qt.Key.Key_End: (self._rows - 1 if far else row, self._columns - 1),
            Qt.Key.Key_PageUp: (row - page, column),
            Qt.Key.Key_PageDown: (row + page, column),
        }
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._go(steps[key], extend=extend)
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._anchor = 0, 0
            self._go((self._rows - 1, self._columns - 1), extend=True)
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_at_work = True
        at = self._at(event.position().toPoint())
        if at and event.button() == Qt.MouseButton.LeftButton:
            self._go(at, extend=bool(event.modifiers() & SHIFT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().toPoint())
        if at and event.buttons() & Qt.MouseButton.LeftButton:
            self._go(at, extend=True)

    def _at(self, place: QPoint) -> tuple[int, int] | None:
        """Return the cell at a place of the window."""
        if not self.picture or not self.picture.plan.body.contains(place):
            return None
        plan = self.picture.plan
        row = (place.y() - plan.head + self.picture.y) // plan.row
        column = (place.x() - plan.left + self.picture.x) // plan.cell
        if row >= self._rows or column >= self._columns:
            return None
        return row, column

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos())
            text = self._tip(*at) if at else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, row: int, column: int) -> str:
        assert self.picture
        who = self.picture.people[row].resident_id
        return hint(self.picture.work, who, self.picture.columns[column])

    # ---- drawing

    def _lay_out(self) -> None:
        view = self.viewport()
        self.empty.setGeometry(QRect(QPoint(0, 0), view.size()))
        self.empty.setVisible(not self._rows or not self._columns)
        if not self.picture:
            return
        plan = self.picture.plan = Plan(self._rows, self._columns)
        plan.width, plan.height = view.width(), view.height()
        for name in ("row", "head", "foot", "bed", "name", "times", "fen"):
            setattr(plan, name, theme.px(getattr(plan, name)))
        room = plan.width - plan.left - plan.times - plan.fen
        fair = room // max(self._columns, 1)
        plan.cell = min(max(theme.px(self._least), fair), theme.px(self._least * 2))
        body = plan.body
        for bar, whole, seen, step in (
            (self.verticalScrollBar(), self._rows * plan.row, body.height(), plan.row),
            (
                self.horizontalScrollBar(),
                self._columns * plan.cell,
                body.width(),
                plan.cell,
            ),
        ):
            bar.setPageStep(seen)
            bar.setSingleStep(step)
            bar.setRange(0, max(whole - seen, 0))
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._follow()

    def _follow(self) -> None:
        """Draw what the bars are scrolled to."""
        if self.picture:
            self.picture.x = self.horizontalScrollBar().value()
            self.picture.y = self.verticalScrollBar().value()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_at_work = False
        self.viewport().update()
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._typing = ""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.picture or not self._rows or not self._columns:
            painter.fillRect(event.rect(), theme.colour("paper"))
            return
        self.picture.has_focus = self.hasFocus()
        for part in event.region():  # type: ignore[attr-defined]  # the stub forgets it
            self.picture.paint(painter, part)

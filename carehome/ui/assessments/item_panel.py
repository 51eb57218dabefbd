"""The item at hand: what it asks, what one can answer, by digits or by the mouse."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _
from carehome.ui.assessments.option import OptionRow
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import scrolling

Key = Qt.Key
BACK, ON = (Key.Key_Up, Key.Key_Left), (Key.Key_Down, Key.Key_Right)
ENTER = (Key.Key_Return, Key.Key_Enter)
SAME = N_("Same as last time")
MISSING = N_("Next without an answer")


class ItemPanel(QFrame):
    """Asks one item after the other; a digit answers and goes on at once."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.place, self.name = QLabel(), QLabel()
        self.definition, self.slip = QLabel(), QLabel()
        self.options: list[OptionRow] = []
        self.back = icon_button("up", _("Item before"), partial(self._step, -1))
        self.on = icon_button("down", _("Next item"), partial(self._step, 1))
        self.same = button(_("Same as last time (=)"), kind="small")
        self.clear = button(_("Clear (Del)"), kind="small")
        self.missing = button(_("Next without an answer (Space)"), kind="small")
        self._room = QWidget()
        self._answers = QVBoxLayout(self._room)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._arrange()

        self.same.clicked.connect(self.take_last)
        self.clear.clicked.connect(self.take_away)
        self.missing.clicked.connect(self._go_to_missing)
        sheet.moved.connect(self.show_item)
        sheet.compared.connect(self.show_item)
        sheet.answered.connect(self._show_answer)
        self.show_item()

    @property
    def own_keys(self) -> list[tuple[str, str]]:
        """The keys that answer and move."""
        digits = sorted(self._sheet.keys(self._sheet.item))
        moves = ("Up", "Down")
        return [
            *((digit, N_("Answer, and go on to the next item")) for digit in digits),
            *((key, N_("Go to the item before or after")) for key in moves),
            *((key, N_("Go by groups of items")) for key in ("PgUp", "PgDown")),
            *((key, N_("Go to the first or last item")) for key in ("Home", "End")),
            ("=", SAME),
            ("Space", MISSING),
            *((key, N_("Take the answer away")) for key in ("Backspace", "Del")),
        ]

    def show_item(self) -> None:
        """Show the item one stands at."""
        sheet, item = self._sheet, self._sheet.item
        place = _("{at} of {all}").format(at=sheet.at + 1, all=len(sheet.items))
        self.place.setText(place)
        self.name.setText(f"{item.number}  {item.name}")
        self.definition.setText(item.definition)
        self.definition.setVisible(bool(item.definition))
        self.slip.hide()
        for old in self.options:
            old.hide()
            old.deleteLater()
        last = sheet.last_points(item.number)
        self.options = []
        for option in item.options:
            note = _("Last time") if option.points == last else ""
            row = OptionRow(option, sheet.key_of(option.points, item), note)
            row.clicked.connect(partial(self._choose, option.points))
            self._answers.addWidget(row)
            self.options.append(row)
        self.back.setEnabled(sheet.at > 0)
        self.on.setEnabled(sheet.at + 1 < len(sheet.items))
        self.same.setEnabled(last is not None)
        self._show_answer(item.number)
        self.setAccessibleName(self.name.text())
        self.setAccessibleDescription(item.definition)

    def take_last(self) -> None:
        """Answer this one item as last time."""
        points = self._sheet.last_points(self._sheet.item.number)
        if points is not None:
            self._sheet.choose(points)

    def take_away(self) -> None:
        """Take the answer of this item away."""
        self._sheet.answer(self._sheet.item.number, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sheet, key = self._sheet, event.key()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        points = sheet.keys(sheet.item).get(event.text())
        if held and event.text() != "=":
            super().keyPressEvent(event)
        elif points is not None:
            sheet.choose(points)
        elif event.text() == "=":
            self.take_last()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self._back_to_clear(key == Key.Key_Backspace)
        elif key == Key.Key_Space:
            sheet.go_to_missing()
        elif key in ENTER:
            sheet.go_on()
        elif event.text().isdigit():
            self._say_slip(event.text())
        elif not self._moves(key):
            super().keyPressEvent(event)

    def _say_slip(self, digit: str) -> None:
        """Say aloud that a digit answered nothing, before the next ones shift."""
        digits = _(", ").join(self._sheet.keys(self._sheet.item))
        text = _("{digit} is no answer here. Press one of {digits}.")
        self.slip.setText(text.format(digit=digit, digits=digits))
        self.slip.show()
        QApplication.beep()

    def _moves(self, key: int) -> bool:
        """Go where a key leads; say whether it leads anywhere."""
        sheet = self._sheet
        if key in BACK:
            sheet.go(sheet.at - 1)
        elif key in ON:
            sheet.go(sheet.at + 1)
        elif key in (Key.Key_PageUp, Key.Key_PageDown):
            sheet.go_by_group(1 if key == Key.Key_PageDown else -1)
        elif key in (Key.Key_Home, Key.Key_End):
            sheet.go(0 if key == Key.Key_Home else len(sheet.items) - 1)
        else:
            return False
        return True

    def _back_to_clear(self, back: bool) -> None:
        """Take an answer away; Backspace on an open item goes back to the one before.

        So it undoes the last digit, which has gone on to this item by itself.
        """
        if back and self._sheet.points(self._sheet.item.number) is None:
            self._sheet.go(self._sheet.at - 1)
        self.take_away()

    def _choose(self, points: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._sheet.choose(points)

    def _step(self, by: int) -> None:
        self._sheet.go(self._sheet.at + by)
        self.setFocus()

    def _go_to_missing(self) -> None:
        self._sheet.go_to_missing()
        self.setFocus()

    def _show_answer(self, number: str) -> None:
        item = self._sheet.item
        if number != item.number:
            return
        chosen = self._sheet.points(item.number)
        for row in self.options:
            row.setChecked(row.points == chosen)
        self.clear.setEnabled(chosen is not None)

    def _arrange(self) -> None:
        theme.mark(self, "answers")
        theme.mark(self.place, "note")
        theme.mark(self.name, "title")
        self.name.setWordWrap(True)
        self.definition.setWordWrap(True)
        theme.mark(self.slip, "banner")
        self.slip.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.place)
        head.addWidget(self.back)
        head.addWidget(self.on)
        self._answers.setContentsMargins(0, 0, 0, 0)
        self._answers.setSpacing(theme.px(6))
        within, column = QWidget(), QVBoxLayout()
        within.setLayout(column)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.definition)
        column.addWidget(self._room)
        column.addWidget(self.slip)
        column.addStretch()
        deeds = QWidget()
        row = Flow(deeds, 6)
        for each in (self.same, self.clear, self.missing):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(each)
        for pager in (self.back, self.on):
            pager.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*map(theme.px, (18, 12, 14, 12)))
        whole.setSpacing(theme.px(8))
        whole.addLayout(head)
        whole.addWidget(scrolling(within), 1)
        whole.addWidget(deeds)

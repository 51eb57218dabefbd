"""A box that offers some codes by their labels; typing finds the label."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QWidget,
)

from carehome.i18n import _
from carehome.ui.kit import icons, theme

MANY = 12


class Choice(QComboBox):
    """Holds a code, shows its label; more than a dozen labels can be searched."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MANY)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.setMinimumContentsLength(6)
        self.currentIndexChanged.connect(self.chosen)
        self.currentTextChanged.connect(self.setToolTip)  # it may have no room

    def set_choices(self, choices: Mapping[Any, str], empty: str | None = None) -> None:
        """Offer `choices`; the chosen code stays if it is still among them.

        `empty` is how no choice is called, where one need not choose.
        """
        before = self.code()
        self.blockSignals(True)
        self.clear()
        if empty is not None:
            self.addItem(empty, None)
        for code, label in choices.items():
            self.addItem(label, code)
        self._let_search(len(choices) > MANY)
        self.set_code(before)
        self.blockSignals(False)
        if self.code() != before:
            self.chosen.emit()

    def code(self) -> Any:
        """Return the chosen code, None while nothing is chosen."""
        if self.isEditable() and self.currentText() != self.itemText(
            self.currentIndex()
        ):
            return None
        return self.currentData()

    def set_code(self, code: Any) -> None:
        """Choose `code`; nothing when it is not offered."""
        for index in range(self.count()):
            if self.itemData(index) == code:
                self.setCurrentIndex(index)
                return
        self.setCurrentIndex(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.currentText())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel that passes must not change a value."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(16)
        left = self.width() - side - theme.px(9)
        box = QRectF(left, (self.height() - side) / 2, side, side)
        ink = "ink_2" if self.isEnabled() else "ink_3"
        painter = QPainter(self)
        icons.paint(painter, "down", box, ink)
        if self.currentIndex() < 0 and not self.isEditable():
            painter.setPen(theme.colour("ink_2"))  # a style sheet forgets that colour
            text = self.rect().adjusted(theme.px(13), 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, _("Choose"))

    def _let_search(self, many: bool) -> None:
        if many == self.isEditable():
            return
        self.setEditable(many)
        if not many:
            return
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = QLineEdit()
        line.setPlaceholderText(_("Choose or type"))
        line.textChanged.connect(self.chosen)
        self.setLineEdit(line)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        line.textEdited.connect(self._dress_offers)
        line.editingFinished.connect(self._take_only)

    def _take_only(self) -> None:
        """Choose what was typed in part, where only one label can be meant."""
        typed = self.currentText().strip()
        if self.code() is not None or not typed:
            return
        labels = {at: self.itemText(at) for at in range(self.count())}
        found = [at for at, label in labels.items() if typed.lower() in label.lower()]
        if len(found) == 1:
            self.setCurrentIndex(found[0])
            self.setEditText(self.itemText(found[0]))  # it may have been chosen before

    def _dress_offers(self) -> None:
        """Dress the list that opens under the first letter: a window of its own."""
        completer = self.completer()
        popup = completer.popup() if completer else None
        if popup and not popup.styleSheet():
            theme.dress(popup)
            theme.mark(popup, "choices")
            popup.setItemDelegate(QStyledItemDelegate(popup))

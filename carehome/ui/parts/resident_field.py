"""Choosing a resident while typing: name, pinyin, bed, phone."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.residents import SEX_NAMES
from carehome.services.residents import Filters, ResidentIndex, ResidentLine
from carehome.services.residents.index import EVERYBODY
from carehome.ui.kit import theme
from carehome.ui.kit.field import ENTER, Field
from carehome.ui.parts import ability

MOST = 6
UP_OR_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class NobodyFound(Refusal):
    """What was typed finds nobody."""

    text = N_("“{typed}” finds nobody here. Try another spelling, or the bed.")


class NobodyChosen(Refusal):
    """What was typed finds people, and none has been taken."""

    text = N_("Choose somebody from the list: arrow keys, then Enter.")


class ResidentField(Field[int]):
    """Finds people with every key; its value is the id of the one chosen.

    `whom` narrows who is offered, such as to those who live here.
    """

    input: QLineEdit

    def __init__(
        self, name: str, *, whom: Filters = EVERYBODY, needed: bool = True
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed)
        self.found = QListWidget()
        self.chosen: ResidentLine | None = None
        self._whom = whom
        self._index = ResidentIndex()
        self.input.setPlaceholderText(_("Name, pinyin or bed"))
        self.input.setToolTip(_("Name, pinyin or bed"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(name)
        theme.mark(self.found, "choices")
        self.found.hide()
        column = self.layout()
        assert column
        column.addWidget(self.found)

        self.input.textEdited.connect(self._look)
        self.found.itemClicked.connect(self._take)

    def set_index(self, index: ResidentIndex) -> None:
        """Search among other people; the chosen one stays while still known."""
        self._index = index
        if self.chosen:
            self.set_value(self.chosen.resident_id)

    def read(self) -> int | None:
        if self.chosen:
            return self.chosen.resident_id
        typed = self.input.text().strip()
        if typed:
            raise NobodyChosen if self._matches(typed) else NobodyFound(typed=typed)
        return None

    def set_value(self, value: int | None) -> None:
        same = (line for line in self._index.lines if line.resident_id == value)
        self.chosen = next(same, None)
        self.input.setText(_name(self.chosen) if self.chosen else "")
        self.found.hide()
        self._touched()

    def raw(self) -> Any:
        return self.chosen.resident_id if self.chosen else self.input.text()

    def set_raw(self, raw: Any) -> None:
        if isinstance(raw, int):
            self.set_value(raw)
        else:
            self.chosen = None
            self.input.setText(raw)

    def submits(self, event: QKeyEvent) -> bool:
        """Enter takes the person in the list first."""
        return self.found.isHidden() and super().submits(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and self.found.isVisible():
            event.accept()  # Esc puts the list away, not the whole panel
        if kind == QEvent.Type.KeyPress and self._steers(cast(QKeyEvent, event)):
            return True
        return super().eventFilter(watched, event)

    def _steers(self, event: QKeyEvent) -> bool:
        """Walk through the list of those found, take one, or put the list away."""
        if self.found.isHidden():
            return False
        if step := UP_OR_DOWN.get(Qt.Key(event.key())):
            row = self.found.currentRow() + step
            self.found.setCurrentRow(min(max(row, 0), self.found.count() - 1))
        elif event.key() in ENTER:
            self._take(self.found.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.found.hide()
        else:
            return False
        return True

    def _look(self, typed: str) -> None:
        self.chosen = None
        self.found.clear()
        for line in self._matches(typed)[:MOST]:
            item = QListWidgetItem(_describe(line))
            item.setData(Qt.ItemDataRole.UserRole, line.resident_id)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        rows = self.found.count()
        high = self.found.sizeHintForRow(0) * rows + theme.px(10)
        self.found.setFixedHeight(max(high, 0))
        self.found.setVisible(rows > 0)
        self._touched()

    def _take(self, item: QListWidgetItem) -> None:
        self.set_value(item.data(Qt.ItemDataRole.UserRole))

    def _matches(self, typed: str) -> list[ResidentLine]:
        return self._index.find(typed, self._whom) if typed.strip() else []


def _name(line: ResidentLine) -> str:
    return f"{line.name}  {line.bed}" if line.bed else line.name


def _describe(line: ResidentLine) -> str:
    """Tell apart people of one name: sex, age, bed, ability."""
    age = "" if line.age is None else str(line.age)
    parts = (_(SEX_NAMES[line.sex]), age, line.bed, ability.word(line.ability_level))
    return "  ".join((line.name, *filter(None, parts)))

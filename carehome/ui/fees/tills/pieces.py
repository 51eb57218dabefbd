"""A field that counts notes and coins."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from carehome.i18n import _, show_money
from carehome.rules.ledger.day_close import MOST_PIECES, NOTES_AND_COINS, count_of
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field
from carehome.ui.kit.lead import lead
from carehome.ui.kit.stepping import StepEdit

COLUMNS, CELL = 2, 72


class PieceEdit(StepEdit):
    """How many of one note or coin."""

    def __init__(self, worth: int) -> None:
        name = _("How many of {worth}").format(worth=show_money(worth))
        super().__init__(name, CELL)
        self.setValidator(QIntValidator(0, MOST_PIECES, self))
        self.setPlaceholderText("0")


class PiecesEdit(QWidget):
    """A line for each note and coin, with what these come to."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edits: dict[int, PieceEdit] = {}
        self._sums: dict[int, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(2), 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(5))
        each = len(NOTES_AND_COINS) // COLUMNS
        for at, worth in enumerate(NOTES_AND_COINS):
            column, row = divmod(at, each)
            self._add(grid, worth, row, column * 4)
        for column in range(COLUMNS):
            grid.setColumnStretch(column * 4 + 2, 1)
        lead(self, self.edits[NOTES_AND_COINS[0]])

    def _add(self, grid: QGridLayout, worth: int, row: int, column: int) -> None:
        edit = self.edits[worth] = PieceEdit(worth)
        sums = self._sums[worth] = QLabel()
        label = QLabel(_("{worth} ×").format(worth=show_money(worth)))
        theme.mark(label, "label")
        theme.mark(sums, "note")
        label.setBuddy(edit)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        sums.setMinimumWidth(theme.room(show_money(9999_00), theme.font()))
        grid.addWidget(label, row, column)
        grid.addWidget(edit, row, column + 1)
        grid.addWidget(sums, row, column + 2)
        edit.textChanged.connect(partial(self._touch, worth))
        edit.stepped.connect(partial(self._step, worth))

    def pieces(self) -> dict[int, int]:
        """Return how many there are of what."""
        return {
            worth: int(edit.text())
            for worth, edit in self.edits.items()
            if edit.text().strip()
        }

    def set_pieces(self, pieces: Mapping[int, int]) -> None:
        """Show other numbers."""
        for worth, edit in self.edits.items():
            edit.setText(str(pieces[worth]) if worth in pieces else "")

    def _touch(self, worth: int, text: str) -> None:
        number = int(text) if text.strip() else 0
        self._sums[worth].setText(show_money(worth * number) if number else "")
        self.edited.emit()

    def _step(self, worth: int, by: int) -> None:
        at = NOTES_AND_COINS.index(worth) + by
        if 0 <= at < len(NOTES_AND_COINS):
            self.edits[NOTES_AND_COINS[at]].take_cursor()
        elif by > 0:
            self.focusNextChild()


class PiecesField(Field[dict[int, int]]):
    """Notes and coins, counted; None of all is nothing counted."""

    input: PiecesEdit

    def __init__(self, name: str) -> None:
        super().__init__(name, PiecesEdit())
        self.input.edited.connect(self._touched)

    @property
    def fen(self) -> int:
        """What they come to."""
        return count_of(self.input.pieces()).fen

    def read(self) -> dict[int, int] | None:
        return self.input.pieces() or None

    def set_value(self, value: dict[int, int] | None) -> None:
        self.input.set_pieces(value or {})

    def raw(self) -> Any:
        return {str(worth): n for worth, n in self.input.pieces().items()}

    def set_raw(self, raw: Any) -> None:
        self.input.set_pieces({int(worth): n for worth, n in raw.items()})

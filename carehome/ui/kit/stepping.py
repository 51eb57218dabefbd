"""A cell in a column of cells: arrows and Enter go to the next ones."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from carehome.i18n import N_
from carehome.ui.kit import theme
from carehome.ui.kit.field import ENTER


class StepEdit(QLineEdit):
    """A number at the right of its line; `stepped` tells how many cells to go on.

    Enter in an empty cell is left to the form.
    """

    stepped = Signal(int)
    own_keys = (
        ("Up", N_("Go from cell to cell")),
        ("Down", N_("Go from cell to cell")),
    )

    def __init__(self, name: str, width: int) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(theme.px(width))
        self.setMinimumHeight(theme.px(32))
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down or (key in ENTER and self.text()):
            self.stepped.emit(1)
        elif key == Qt.Key.Key_Up:
            self.stepped.emit(-1)
        else:
            super().keyPressEvent(event)

    def take_cursor(self) -> None:
        """Let the next typing replace what stands here."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self.selectAll()

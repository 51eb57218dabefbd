"""A line that tells what was done, and for a while takes it back on request."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from carehome.i18n import _
from carehome.ui.kit import theme

SHORT, LONG = 4000, 10000


class Toast(QFrame):
    """Shows one line at a time; with an undo it stays longer and takes Ctrl+Z."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLabel()
        self.undo = QPushButton(_("Undo"))
        self._undo: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._keys = QShortcut(QKeySequence.StandardKey.Undo, parent)
        theme.mark(self, "toast")
        theme.mark(self.text, "toast_text")
        theme.mark(self.undo, "toast_do")
        row = QHBoxLayout(self)
        row.setContentsMargins(*map(theme.px, (16, 6, 10, 6)))
        row.setSpacing(theme.px(12))
        row.addWidget(self.text)
        row.addWidget(self.undo)
        self.setMinimumHeight(theme.px(44))

        self._timer.timeout.connect(self.end)
        self._keys.activated.connect(self._take_back)
        self.undo.clicked.connect(self._take_back)
        self.end()

    def tell(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show `text`; `undo` is called if the person takes the deed back."""
        self._undo = undo
        self.text.setText(text)
        self.undo.setVisible(undo is not None)
        self._keys.setEnabled(undo is not None)
        self.adjustSize()
        self.show()
        self.raise_()
        self._timer.start(LONG if undo else SHORT)

    def end(self) -> None:
        """Go away; what was done stays done."""
        self._timer.stop()
        self._undo = None
        self._keys.setEnabled(False)
        self.hide()

    def _take_back(self) -> None:
        undo = self._undo
        self.end()
        if undo:
            undo()

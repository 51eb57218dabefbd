"""A line that tells what was done, and for a while leads the way back from it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from carehome.i18n import _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.buttons import icon_button

LEAST, OF_DEED, A_SIGN = 6000, 15000, 150  # milliseconds; the last for each character


class Toast(QFrame):
    """Shows one line at a time, below the page and never over it.

    It stays as long as the text needs to be read, longer with a deed, and for as long
    as the mouse or the cursor is on it. Esc puts it away.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel()
        self.do = QPushButton()
        self.away = icon_button("close", _("Close"), self.end)
        self._deed: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self._timer = QTimer(self, singleShot=True)
        self.away.setIcon(icons.icon("close", "toast_ink"))
        self.text.setWordWrap(True)
        self.do.setAutoDefault(True)
        theme.mark(self, "toast")
        theme.mark(self.text, "toast_text")
        theme.mark(self.do, "toast_do")
        theme.mark(self.away, "toast_away")
        row = QHBoxLayout(self)
        row.setContentsMargins(*map(theme.px, (20, 5, 12, 5)))
        row.setSpacing(theme.px(12))
        row.addWidget(self.text, 1)
        row.addWidget(self.do)
        row.addWidget(self.away)
        self.setMinimumHeight(theme.px(44))
        self.hide()

        self._timer.timeout.connect(self._end_unless_used)
        self.do.clicked.connect(self.take)

    @property
    def offers(self) -> bool:
        """Say whether a deed is offered beside the words."""
        return self._deed is not None

    def tell(
        self, text: str, do: str = "", deed: Callable[[], object] | None = None
    ) -> None:
        """Show `text`; the button named `do`, if there is one, does `deed`."""
        self._deed = deed
        self.text.setText(text)
        self.setAccessibleName(text)
        self.do.setText(do)
        self.do.setVisible(deed is not None)
        if not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self._before = QApplication.focusWidget()
        self.show()
        time = max(LEAST, A_SIGN * len(text))
        self._timer.start(max(time, OF_DEED) if deed else time)
        announcement = QAccessibleAnnouncementEvent(self, text)
        QAccessible.updateAccessibility(announcement)

    def take(self) -> None:
        """Do the deed that is offered, once."""
        deed = self._deed
        self.end()
        if deed:
            deed()

    def end(self) -> None:
        """Go away, and give the cursor back to where it was."""
        had_cursor = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self._timer.stop()
        self._deed = None
        before = self._before
        if had_cursor and before and isValid(before) and before.isVisible():
            before.setFocus()
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start(LEAST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def _end_unless_used(self) -> None:
        """Wait on while the cursor is here: it may not be taken from under a hand."""
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self._timer.start(LEAST)
        else:
            self.end()

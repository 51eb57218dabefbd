"""Keeping a window's dialogs out of sight, and bringing them back as they were."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid


class Curtain(QObject):
    """Hides every dialog and popup of `stage` while it is drawn, also new ones."""

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._stage = stage
        self._hidden: list[QDialog] = []

    def draw(self) -> None:
        """Take everything that belongs to the stage out of sight."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and self._belongs(window):
                self._hide(window)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def lift(self) -> None:
        """Show the dialogs again with all that was typed in them."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        for dialog in self._hidden:
            if isValid(dialog):
                dialog.show()
        self._hidden.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and self._belongs(watched)
        ):
            QTimer.singleShot(0, self, lambda: self._hide(watched))
        return super().eventFilter(watched, event)

    def _belongs(self, window: QWidget) -> bool:
        """Say whether a window of its own was opened from the stage."""
        if not window.isWindow() or window is self._stage:
            return False
        opener = window.parentWidget()
        while opener and opener is not self._stage:
            opener = opener.parentWidget()
        return opener is not None

    def _hide(self, window: QWidget) -> None:
        if not isValid(window):
            return
        window.hide()
        if isinstance(window, QDialog):
            self._hidden.append(window)

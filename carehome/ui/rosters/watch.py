"""Waits for what another process finds, without keeping the screen waiting."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from carehome.rostering.process import Search

LOOK = 100  # milliseconds between two looks at the other process


class Watch(QObject):
    """Follows one search until it has an answer or has failed."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._search: Search[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)

    def follow(self, search: Search[Any]) -> None:
        """Begin to look at a search that runs."""
        self._search = search
        self._timer.start()

    def end(self) -> None:
        """Let the other process go, whatever it does."""
        self._timer.stop()
        if self._search is not None:
            self._search.close()

    def _look(self) -> None:
        assert self._search is not None
        self._search.look()
        if not self._search.is_over:
            return
        self._timer.stop()
        if self._search.trouble is not None:
            self.failed.emit(self._search.trouble)
        elif self._search.answer is not None:
            self.answered.emit(self._search.answer)

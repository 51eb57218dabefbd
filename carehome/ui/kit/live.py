"""A view that reads again when something it shows has changed."""

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from carehome.ui.kit.jobs import Jobs


class LiveView(QWidget):
    """Reads when it first comes into sight, and after changes of the tables it `SHOWS`.

    While out of sight it waits: what is not looked at need not be read.
    """

    SHOWS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._stale = True
        jobs.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if not tables & self.SHOWS:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

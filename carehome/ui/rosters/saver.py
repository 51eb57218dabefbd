"""Storing what is written, in the background: no key waits for it, nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from carehome.errors import CareHomeError
from carehome.rules.rosters.problem import Cell
from carehome.ui.kit.jobs import Jobs
from carehome.ui.rosters.worksheet import Change, Entry

PAUSE = 400  # milliseconds after a key within which it is on its way

# Stores cells of the month that begins on a day, with the reason if one was asked for.
Store = Callable[[date, Change, str], Any]


@dataclass(slots=True)
class _Bundle:
    """Cells of a month that are not stored yet."""

    reason: str = ""
    cells: dict[Cell, Entry] = field(default_factory=dict)


class Saver(QObject):
    """Keeps what was written until it is stored, and stores it one bundle at a time.

    What could not be stored waits for the next key, or for `flush`. `told` goes out
    when that state changes.
    """

    told = Signal()

    def __init__(self, store: Store, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._jobs = jobs
        self._waiting: dict[date, _Bundle] = {}
        self._sent: tuple[date, _Bundle] | None = None
        self.error: CareHomeError | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.flush)

    @property
    def is_idle(self) -> bool:
        """Say whether everything is stored."""
        return not self._waiting and self._sent is None

    @property
    def is_storing(self) -> bool:
        """Say whether a bundle is on its way."""
        return self._sent is not None

    def unstored(self, first: date) -> Change:
        """Return what is written and not stored of a month."""
        cells: dict[Cell, Entry] = {}
        if self._sent and self._sent[0] == first:
            cells |= self._sent[1].cells
        if first in self._waiting:
            cells |= self._waiting[first].cells
        return cells

    def keep(self, first: date, change: Change, reason: str = "") -> None:
        """Take over what was written."""
        bundle = self._waiting.setdefault(first, _Bundle())
        bundle.cells.update(change)
        bundle.reason = reason or bundle.reason
        if not self._timer.isActive():
            self._timer.start()
        self.told.emit()

    def flush(self) -> None:
        """Send what waits on its way now."""
        self._timer.stop()
        if self._sent or not self._waiting:
            return
        first, bundle = next(iter(self._waiting.items()))
        del self._waiting[first]
        self._sent = first, bundle
        self._jobs.run(
            self,
            self._stored,
            partial(self._store, first, dict(bundle.cells), bundle.reason),
            failed=self._failed,
        )
        self.told.emit()

    def _stored(self, _answer: object) -> None:
        self._sent = self.error = None
        self.flush()
        self.told.emit()

    def _failed(self, error: Exception) -> None:
        assert self._sent
        (first, bundle), self._sent = self._sent, None
        newer = self._waiting.get(first, _Bundle())
        reason = newer.reason or bundle.reason
        self._waiting[first] = _Bundle(reason, bundle.cells | newer.cells)
        self._timer.stop()
        if not isinstance(error, CareHomeError):
            raise error
        self.error = error
        self.told.emit()

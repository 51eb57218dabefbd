"""Whose files a person opened last; the names are looked up anew each time."""

from PySide6.QtCore import QObject, Signal

from carehome.services.drawer import Drawer
from carehome.ui.kit.jobs import Jobs

NAME = "recent residents"
KEPT = 16  # more than are offered: some may have left by then


class Recent(QObject):
    """Keeps the numbers of the files opened last in the person's drawer.

    `changed` carries them, the last one first.
    """

    changed = Signal(list)

    def __init__(self, jobs: Jobs, drawer: Drawer) -> None:
        super().__init__()
        self._jobs = jobs
        self._drawer = drawer
        self._ids: list[int] = []
        jobs.run(self, self._take, drawer.look, NAME)

    def ids(self) -> list[int]:
        """Return the numbers of the residents, the last one first."""
        return self._ids

    def note(self, resident_id: int) -> None:
        """Keep that somebody's file was opened."""
        if self._ids[:1] == [resident_id]:
            return
        others = [each for each in self._ids if each != resident_id]
        self._ids = [resident_id, *others][:KEPT]
        self._jobs.run(self, self._noted, self._drawer.keep, NAME, list(self._ids))
        self.changed.emit(self._ids)

    def _take(self, kept: list[int] | None) -> None:
        """Take what the drawer holds, behind what was opened meanwhile."""
        older = [each for each in kept or () if each not in self._ids]
        self._ids = [*self._ids, *older][:KEPT]
        self.changed.emit(self._ids)

    def _noted(self, _none: None) -> None:
        """Nothing more is to be done once it is kept."""

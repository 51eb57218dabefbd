"""Keeping an assessment of risks while it is filled in: nothing is lost."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from carehome.errors import CareHomeError
from carehome.services.risks import Risks
from carehome.ui.kit import drafts
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.risks.sheet import Sheet

PAUSE = 400  # milliseconds after an answer within which it is kept


class Keeper(QObject):
    """Stores what is written soon after, and at once when `host` goes out of sight.

    `refused` goes out with what could not be stored.
    """

    kept = Signal()
    refused = Signal(object)

    def __init__(self, sheet: Sheet, risks: Risks, jobs: Jobs, host: QWidget) -> None:
        super().__init__(host)
        self._sheet = sheet
        self._risks = risks
        self._jobs = jobs
        self._is_waiting = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        if shelf := drafts.shelf():
            shelf.leaving.connect(self.keep)
        host.installEventFilter(self)
        sheet.answered.connect(self._wait)
        sheet.head_changed.connect(self._wait)

    def keep(self) -> None:
        """Store what has changed since the last time."""
        self._timer.stop()
        if not self._is_waiting:
            return
        self._is_waiting = False
        sheet = self._sheet
        self._jobs.run(
            self,
            self._done,
            self._risks.keep,
            sheet.state.assessment_id,
            sheet.head,
            dict(sheet.answers),
            failed=self._fail,
        )

    def rest(self) -> None:
        """Keep nothing more: the assessment is finished or thrown away."""
        self._timer.stop()
        self._is_waiting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.keep()
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        self._is_waiting = True
        if not self._timer.isActive():
            self._timer.start()

    def _done(self, _answer: None) -> None:
        if not self._is_waiting:
            self.kept.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self.refused.emit(error)

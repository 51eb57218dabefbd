"""Keeping what is filled in while one fills it in: nothing of it is ever lost."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from carehome.errors import CareHomeError
from carehome.rules.assessments.form import Value
from carehome.services.assessments import Assessments, Head
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.kit import drafts
from carehome.ui.kit.jobs import Jobs

PAUSE = 400  # milliseconds after an answer within which it is kept


class Keeper(QObject):
    """Stores every answer of a sheet soon after it was given.

    When `host` goes out of sight, the screen is locked or the program ends, it is done
    at once. `kept` goes out when all is stored, `refused` with what could not be.
    """

    kept = Signal()
    refused = Signal(object)

    def __init__(
        self, sheet: Sheet, assessments: Assessments, jobs: Jobs, host: QWidget
    ) -> None:
        super().__init__(host)
        self._sheet = sheet
        self._assessments = assessments
        self._jobs = jobs
        self._answers: dict[str, Value | None] = {}
        self._head: Head | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self._shelf = drafts.shelf()
        if self._shelf:
            self._shelf.leaving.connect(self.keep)
        host.installEventFilter(self)
        sheet.answered.connect(self._note)
        sheet.head_changed.connect(self._note_head)

    @property
    def is_waiting(self) -> bool:
        """Say whether something is still to be stored."""
        return bool(self._answers) or self._head is not None

    def keep(self) -> None:
        """Store what has changed since the last time."""
        self._timer.stop()
        if not self.is_waiting:
            return
        answers, head = self._answers, self._head
        self._answers, self._head = {}, None
        self._jobs.run(
            self,
            self._done,
            self._assessments.keep,
            self._sheet.state.assessment_id,
            answers,
            head,
            failed=self._fail,
        )

    def rest(self) -> None:
        """Keep nothing more: the assessment is finished or thrown away."""
        self._timer.stop()
        self._answers, self._head = {}, None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.keep()
        return super().eventFilter(watched, event)

    def _note(self, number: str) -> None:
        self._answers[number] = self._sheet.answers.get(number)
        self._wait()

    def _note_head(self) -> None:
        self._head = self._sheet.head
        self._wait()

    def _wait(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _done(self, _judgement: Any) -> None:
        if not self.is_waiting:
            self.kept.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self.refused.emit(error)

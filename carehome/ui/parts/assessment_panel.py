"""The leaf on ability assessments in a resident's file: level, what is due, history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, show_day
from carehome.rules.assessments.due import DUE_NAMES
from carehome.rules.rights import Right, User
from carehome.services.assessments import (
    AssessmentLine,
    Assessments,
    DueLine,
    LevelPoint,
)
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.parts import ability
from carehome.ui.parts.assessing import DUE_TONES, print_form
from carehome.ui.parts.level_history import LevelHistory


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of the assessments of one person."""

    lines: Sequence[AssessmentLine]
    levels: Sequence[LevelPoint]
    due: DueLine | None


class AssessmentPanel(LiveView):
    """Level, last and next assessment, and the history of somebody.

    `begin_wanted` carries the resident to assess, `opened` an assessment to go on
    with or to look at.
    """

    SHOWS = frozenset({"assessment", "assessment_flag", "resident", "stay"})
    begin_wanted = Signal(int)
    opened = Signal(int, bool)

    def __init__(
        self,
        assessments: Assessments,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__(jobs)
        self._assessments = assessments
        self._jobs = jobs
        self._today = today
        self._resident_id = 0
        self._may = user.may(Right.ASSESS)
        self.level, self.due, self.told = Tag(""), Tag(""), QLabel()
        self.begin = button(_("Begin an assessment"), "assessment", kind="small")
        self.open = button(_("Open"), "right", kind="small")
        self.print = button(_("Print"), "print", kind="small")
        self.history = LevelHistory(jobs, today, "assessments.of-resident")
        self._arrange()

        self.begin.clicked.connect(self._begin)
        self.open.clicked.connect(lambda: self._open(self._current()))
        self.print.clicked.connect(self._print)
        self.history.opened.connect(self._open)
        self.history.list.picked.connect(self._picked)

    def show_resident(self, resident_id: int) -> None:
        """Show the assessments of somebody."""
        self._resident_id = resident_id
        self.refresh()

    def refresh(self) -> None:
        if self._resident_id:
            read = partial(read_panel, self._assessments)
            values = (self._resident_id, self._today())
            self._jobs.run_last(self, self._show, read, *values)

    def _show(self, read: Read) -> None:
        finished = [line for line in read.lines if line.status == "finished"]
        last = finished[0] if finished else None
        level = last.ability_level if last else None
        self.level.setText(ability.word(level))
        self.level.set_tone(ability.tone(level))
        self._show_due(last, read.due)
        is_draft = any(line.status == "draft" for line in read.lines)
        words = _("Go on with the assessment") if is_draft else _("Begin an assessment")
        self.begin.setText(words)
        self.begin.setVisible(self._may)
        self.history.show_history(read.lines, read.levels)
        if read.lines and self._current() is None:
            self.history.list.selectRow(0)
        self._picked(self._current())

    def _show_due(self, last: AssessmentLine | None, due: DueLine | None) -> None:
        told = []
        if last:
            text = _("Last assessed on {day}.")
            told.append(text.format(day=show_day(last.base_on)))
        if due and due.due_on:
            text = _("Next assessment due on {day}.")
            told.append(text.format(day=show_day(due.due_on)))
        if due and due.why:
            told.append(due.why)
        self.told.setText(" ".join(told))
        self.due.setVisible(due is not None)
        if due:
            self.due.setText(_(DUE_NAMES[due.due]))
            self.due.set_tone(DUE_TONES[due.due])

    def _current(self) -> AssessmentLine | None:
        return self.history.list.current_row()

    def _picked(self, line: AssessmentLine | None) -> None:
        self.open.setEnabled(line is not None)
        self.print.setEnabled(line is not None)

    def _begin(self) -> None:
        self.begin_wanted.emit(self._resident_id)

    def _open(self, line: AssessmentLine | None) -> None:
        if line is not None:
            self.opened.emit(line.assessment_id, line.status == "draft")

    def _print(self) -> None:
        line = self._current()
        if line is not None:
            which = line.assessment_id
            print_form(self._assessments, which, line.label, self._jobs, self)

    def _arrange(self) -> None:
        theme.mark(self.told, "note")
        self.told.setWordWrap(True)
        room = QWidget()
        deeds = Flow(room, 6)
        for deed in (self.begin, self.open, self.print):
            deeds.addWidget(deed)
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(self.level)
        head.addWidget(self.due)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(room)
        column.addWidget(self.history, 1)


def read_panel(assessments: Assessments, resident_id: int, day: date) -> Read:
    """Read what the leaf shows."""
    theirs = (line for line in assessments.due(day) if line.resident_id == resident_id)
    due = next(theirs, None)
    lines = assessments.of_resident(resident_id)
    return Read(lines, assessments.levels(resident_id), due)

"""The leaf on risks in a resident's file: what is due, what is done, assessments."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.rights import Right, User
from carehome.rules.risks import LEVEL_NAMES, RISK_NAMES, Due, Level, Risk
from carehome.services.risks import (
    AssessmentLine,
    MeasureLine,
    ResidentRisks,
    Risks,
    RiskState,
)
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.risks.dialog import RisksDialog, assess_risks, go_on, show_paper
from carehome.ui.parts.risks.telling import ask_end, ask_signed, ask_told
from carehome.ui.parts.risks.words import (
    LEVEL_TONES,
    due_tone,
    due_words,
    levels_words,
)

LEAST = 130  # high enough for the titles of a list and a few rows
ASSESSMENTS: tuple[Column[AssessmentLine], ...] = (
    table.day(N_("Assessed on"), lambda line: line.day),
    Column(
        N_("State"),
        lambda line: None if line.is_finished else _("Under way"),
        chip=lambda _line: "info",
    ),
    Column(
        N_("Risk"),
        lambda line: levels_words(line.levels) or _("No risk"),
        stretch=True,
        tip=lambda line: levels_words(line.levels),
    ),
    Column(N_("Assessed by"), lambda line: _(", ").join(line.assessors)),
    table.day(N_("Explained on"), lambda line: line.telling.told_on),
    table.day(N_("Signature on"), lambda line: line.telling.signed_on),
)


class RiskPanel(LiveView):
    """Shows the risks of one resident and offers what belongs there.

    `told` goes out with a line on what was done.
    """

    SHOWS = frozenset(
        {"risk_assessment", "risk_measure", "assessment", "resident", "stay"}
    )
    told = Signal(str)

    def __init__(
        self, risks: Risks, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._risks = risks
        self._jobs = jobs
        self._user = user
        self._today = today
        self._resident_id = 0
        self._newest = 0
        self._levels: dict[Risk, Level] = {}
        self._may = user.may(Right.ASSESS)
        self.due, self.why = Tag(""), QLabel()
        self.assess = button(_("Assess the risks"), "assessment", "Alt+R", "small")
        self.end = button(_("End a measure"), "remove", kind="small")
        self.print = button(_("Print"), "print", kind="small")
        self.explain = button(_("Explained"), "check", kind="small")
        self.sign = button(_("Signed"), "edit", kind="small")
        self.measures = TableView(
            TableModel(self._measure_columns(), lambda line: line.measure_id),
            "resident.measures",
            N_("Measures in force"),
        )
        self.list = TableView(
            TableModel(ASSESSMENTS, lambda line: line.assessment_id),
            "resident.risks",
            N_("Risk assessments"),
        )
        self._arrange()

        self.assess.clicked.connect(self.begin)
        self.end.clicked.connect(self._ask_end)
        self.print.clicked.connect(lambda: self._look(self.list.current_row()))
        self.explain.clicked.connect(partial(self._ask, self._ask_told))
        self.sign.clicked.connect(partial(self._ask, self._ask_signed))
        self.list.opened.connect(self._open)
        self.list.picked.connect(self._picked)
        self.measures.picked.connect(lambda line: self.end.setEnabled(bool(line)))

    def show_resident(self, resident_id: int) -> None:
        """Show the risks of somebody."""
        self._resident_id = resident_id
        self.refresh()

    def refresh(self) -> None:
        if self._resident_id:
            read = self._risks.of_resident
            self._jobs.run_last(self, self._show, read, self._resident_id)

    def begin(self) -> None:
        """Begin to assess, or go on where it was left."""
        shared = (self._jobs, self._today, self, self._follow)
        assess_risks(self._risks, self._resident_id, *shared)

    def _show(self, read: ResidentRisks) -> None:
        finished = next((line for line in read.lines if line.is_finished), None)
        self._levels = dict(finished.levels) if finished else {}
        self._show_due(read.due, finished is not None)
        go = _("Go on with the assessment") if read.draft_id else _("Assess the risks")
        self.assess.setText(go)
        self.list.table.set_rows(list(read.lines))
        self.measures.table.set_rows(list(read.measures))
        for view in (self.list, self.measures):
            if view.table.rows and view.current_row() is None:
                view.selectRow(0)
        newest = read.lines[0].assessment_id if read.lines else 0
        if newest != self._newest:  # what follows is told of the newest
            self._newest = newest
            self.list.selectRow(0)
        self.end.setEnabled(self.measures.current_row() is not None)
        self._picked(self.list.current_row())

    def _show_due(self, due: Due | None, was_assessed: bool) -> None:
        self.due.setVisible(due is not None)
        self.why.setText(levels_words(self._levels) or _("No risk"))
        self.why.setVisible(was_assessed)
        if due:
            self.due.setText(due_words(due, self._today()))
            self.due.set_tone(due_tone(due, self._today()))

    def _picked(self, line: AssessmentLine | None) -> None:
        is_finished = line is not None and line.is_finished
        self.print.setEnabled(line is not None)
        self.explain.setEnabled(is_finished)
        is_told = line is not None and line.telling.told_on is not None
        self.sign.setEnabled(is_told)

    def _open(self, line: AssessmentLine) -> None:
        if line.is_finished or not self._may:
            self._look(line)
        else:
            shared = (self._jobs, self._today, self, self._follow)
            go_on(self._risks, line.assessment_id, *shared)

    def _look(self, line: AssessmentLine | None) -> None:
        if line:
            read = self._risks.state
            self._jobs.run(self, self._show_paper, read, line.assessment_id)

    def _show_paper(self, state: RiskState) -> None:
        show_paper(self._risks, state, self._jobs, self)

    def _ask(self, then: Callable[[RiskState], object]) -> None:
        if line := self.list.current_row():
            read = self._risks.state
            self._jobs.run(self, then, read, line.assessment_id)

    def _ask_told(self, state: RiskState) -> None:
        by = self._user.name
        ask_told(self._risks, state, by, self._jobs, self._today, self)

    def _ask_signed(self, state: RiskState) -> None:
        ask_signed(self._risks, state, self._jobs, self._today, self)

    def _ask_end(self) -> None:
        if line := self.measures.current_row():
            ask_end(self._risks, line, self._jobs, self._today, self)

    def _follow(self, dialog: RisksDialog) -> None:
        done = _("The risk assessment is finished. Explain it to the family now.")
        dialog.finished.connect(partial(self.told.emit, done))

    def _measure_columns(self) -> tuple[Column[MeasureLine], ...]:
        return (
            Column(N_("Risk"), lambda line: _(RISK_NAMES[line.risk]), bold=True),
            Column(
                N_("Judged"),
                lambda line: _(LEVEL_NAMES[self._level(line)]),
                chip=lambda line: LEVEL_TONES[self._level(line)],
                order=self._level,
            ),
            Column(
                N_("Measure"),
                lambda line: line.text,
                stretch=True,
                tip=lambda line: line.text,
            ),
            Column(N_("Responsible"), lambda line: line.responsible or None),
            table.day(N_("Since"), lambda line: line.starts),
        )

    def _level(self, line: MeasureLine) -> Level:
        return self._levels.get(line.risk, Level.NONE)

    def _arrange(self) -> None:
        self.measures.set_empty(_("No measure is in force."))
        self.list.set_empty(_("The risks were never assessed."))
        theme.mark(self.why, "note")
        self.why.setWordWrap(True)
        for deed in (self.assess, self.end, self.explain, self.sign):
            deed.setVisible(self._may)
        self.end.setEnabled(False)
        self._picked(None)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.due, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.why, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        parts: tuple[tuple[str, TableView[Any], tuple[QPushButton, ...]], ...] = (
            (_("Measures in force"), self.measures, (self.end, self.assess)),
            (_("Risk assessments"), self.list, (self.sign, self.explain, self.print)),
        )
        for title, view, deeds in parts:
            column.addWidget(_section(title, *deeds))
            view.setMinimumHeight(theme.px(LEAST))
            column.addWidget(view, 1)


def _section(title: str, *deeds: QPushButton) -> QWidget:
    """Return a heading with its deeds at the right."""
    label, room = QLabel(title), QWidget()
    theme.mark(label, "heading")
    row = Flow(room, 6)
    row.addWidget(label)
    for deed in deeds:
        row.addWidget(deed)
    row.push_right(deeds[0])
    return room

"""One finished assessment: what came out, the difference, the level over the years."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, show_day
from carehome.services.assessments import (
    AssessmentLine,
    Assessments,
    AssessmentState,
    Difference,
    LevelPoint,
)
from carehome.ui.assessments.difference import DifferenceView
from carehome.ui.assessments.words import decided_word, level_tone
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, Fact, Facts
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Tabs, scrolling
from carehome.ui.parts.level_history import LevelHistory


@dataclass(frozen=True, slots=True)
class Read:
    """An assessment with what stands around it."""

    state: AssessmentState
    lines: Sequence[AssessmentLine]
    levels: Sequence[LevelPoint]
    difference: Difference | None


class Review(LiveView):
    """Shows a finished assessment; `shown` goes out with it once it is read."""

    SHOWS = frozenset({"assessment"})
    shown = Signal(object)

    def __init__(
        self, assessments: Assessments, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._assessments = assessments
        self._jobs = jobs
        self._assessment_id = 0
        self._before: int | None = None
        self.state: AssessmentState | None = None
        self.level, self.total = Tag(""), QLabel()
        self.facts, self.reasons = Facts(), QLabel()
        self.void_note = QLabel()
        self.tabs = Tabs()
        self.difference = DifferenceView()
        self.history = LevelHistory(jobs, today, "assessments.review")
        self._arrange()
        lead(self, self.difference.view)

        self.difference.earlier_wanted.connect(self._compare)
        self.history.opened.connect(self._open)

    def show_assessment(self, assessment_id: int) -> None:
        """Show an assessment, compared with the one before it."""
        self._assessment_id, self._before = assessment_id, None
        self.refresh()

    def refresh(self) -> None:
        if self._assessment_id:
            read = partial(read_review, self._assessments)
            self._jobs.run_last(
                self, self._show, read, self._assessment_id, self._before
            )

    def _compare(self, before: int) -> None:
        self._before = before
        self.refresh()

    def _open(self, line: AssessmentLine) -> None:
        if line.status != "draft":
            self.show_assessment(line.assessment_id)

    def _show(self, read: Read) -> None:
        state = self.state = read.state
        judged, head = state.judgement, state.head
        self.level.setText(decided_word(state))
        self.level.set_tone(level_tone(state.form, state.level))
        self.total.setText(_("{points} points").format(points=judged.total))
        self.total.setVisible(state.form.has_total)
        groups = [
            Fact(score.name, f"{score.points} / {score.maximum}")
            for score in judged.groups
        ]
        who = _(", ").join(filter(None, (head.assessor_1, head.assessor_2)))
        self.facts.show_facts(
            [
                *groups,
                Fact(_("Base day"), show_day(head.base_on)),
                Fact(_("Reason"), state.form.reason_name(head.reason)),
                Fact(_("Assessors"), who),
                Fact(_("Who gave the information"), head.informant or "—"),
                Fact(_("Form"), state.form.standard),
            ]
        )
        told = [judged.clause, *(change.text for change in judged.changes)]
        self.reasons.setText("\n".join(filter(None, told)))
        self.reasons.setVisible(any(told))
        self.void_note.setText(_("Void: {why}").format(why=state.void_reason))
        self.void_note.setVisible(bool(state.void_reason))
        self._show_difference(read)
        self.history.show_history(read.lines, read.levels)
        self.history.list.select(state.assessment_id)
        self.shown.emit(state)

    def _show_difference(self, read: Read) -> None:
        earlier = earlier_than(read.state, read.lines)
        difference = read.difference
        chosen = difference.before.assessment_id if difference else None
        self.difference.offer(earlier, chosen)
        if difference:
            self.difference.show_difference(difference)

    def _arrange(self) -> None:
        theme.mark(self.total, "title")
        theme.mark(self.reasons, "note")
        theme.mark(self.void_note, "banner")
        self.reasons.setWordWrap(True)
        self.void_note.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.total)
        head.addStretch()
        head.addWidget(self.level)
        card = Card()
        card.body.addLayout(head)
        card.add(self.reasons)
        card.add(self.facts)
        card.body.addStretch()
        left = QWidget()
        left.setFixedWidth(theme.px(290))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(card))
        self.tabs.add(_("Difference from last time"), lambda: self.difference)
        self.tabs.add(_("How the ability level went"), lambda: self.history)
        self.tabs.content(1)
        self.tabs.offer_keys()
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(left)
        row.addWidget(self.tabs, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        whole.addWidget(self.void_note)
        whole.addLayout(row, 1)


def earlier_than(
    state: AssessmentState, lines: Sequence[AssessmentLine]
) -> list[AssessmentLine]:
    """Return the finished assessments before one, the last first."""
    finished = [line for line in lines if line.status == "finished"]
    mine = (state.head.base_on, state.assessment_id)
    return [line for line in finished if (line.base_on, line.assessment_id) < mine]


def read_review(
    assessments: Assessments, assessment_id: int, before: int | None
) -> Read:
    """Read an assessment and compare it with an earlier one, or else the last."""
    state = assessments.state(assessment_id)
    lines = assessments.of_resident(state.resident_id)
    levels = assessments.levels(state.resident_id)
    earlier = [line.assessment_id for line in earlier_than(state, lines)]
    chosen = before if before in earlier else next(iter(earlier), None)
    difference = None
    if chosen is not None:
        difference = assessments.difference(chosen, assessment_id)
    return Read(state, lines, levels, difference)

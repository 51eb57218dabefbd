"""Have a month made automatically: what will be done, how far it is, take it or not."""

import time
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _
from carehome.rostering.outcome import Outcome, Progress
from carehome.rostering.process import Search
from carehome.rules.rosters.problem import Problem, Roster
from carehome.services.rosters import solving
from carehome.services.rosters.solving import Standing
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.tick import Tick
from carehome.ui.rosters.causes import open_causes

LOOK = 100  # milliseconds between two looks at the other process
CELLS = N_(
    "{people} {people:person|people} and {days} days are planned; {wishes} "
    "{wishes:wish|wishes} count."
)
KEPT = N_(
    "{locked} locked {locked:cell stays|cells stay} as they are. Leave, certificates, "
    "labour law and the last days of the month before always hold."
)
LATER = N_(
    "Nothing is written before you take it over, and then one undo takes it all back."
)
FIRST = N_("Looking for a first roster that breaks no rule …")
SO_FAR = N_("Best so far: {cost} points; at most {room} points better is possible.")
BEST = N_("{cost} points: there is no better roster for this month.")
KEPT_BEST = N_("Stopped at {cost} points; at most {room} points better was possible.")
NONE = N_(
    "No roster can hold all rules that must hold. See which needs stand against each "
    "other, and what would make it possible."
)
NOT_YET = N_(
    "Stopped before a roster that breaks no rule was found. There may be none: see "
    "which needs stand against each other."
)
SLOW = N_(
    "Still looking for a first roster that breaks no rule. There may be none: stop, "
    "and see which needs stand against each other."
)
PATIENCE = 15  # seconds, after which most months had a first roster


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be solved: the month's problem and the roster that stands."""

    title: str
    problem: Problem
    roster: Roster


class SolvingDialog(AskDialog):
    """Asks before, tells while it works, and hands the roster on that is taken over.

    `chosen` carries that roster, `reasons_wanted` the problem that has none.
    """

    chosen = Signal(object)
    reasons_wanted = Signal(object)

    def __init__(self, task: Task, jobs: Jobs, parent: QWidget | None) -> None:
        super().__init__(task.title, _("Make the roster"), parent)
        self._task = task
        self._jobs = jobs
        self._problem = task.problem
        self._search: Search[Outcome] | None = None
        self._began = 0.0
        self._is_stopping = False
        self.before: Standing | None = None
        self.best: Roster | None = None
        self.plan = QLabel(self._plan())
        self.keep = Tick(_("Fill only empty cells: shifts that stand are kept"))
        self.state = QLabel()
        self.time = QLabel()
        self.facts = Facts([])
        self.why = button(_("Why do these points remain?"), kind="link")
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        for label, kind in (
            (self.plan, ""),
            (self.state, "strong"),
            (self.time, "note"),
        ):
            label.setWordWrap(True)
            theme.mark(label, kind)
        for widget in (self.plan, self.keep, self.state, self.time, self.facts):
            self.body.addWidget(widget)
        self.body.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        self.why.hide()
        self.keep.setVisible(solving.count_worked(task.roster) > 0)
        self.state.setMinimumWidth(theme.px(480))
        self._timer.timeout.connect(self._look)
        self.why.clicked.connect(self._explain)
        self.asked.connect(self._go_on)
        self.finished.connect(self._end)
        jobs.run(self, self._know, solving.standing, task.problem, task.roster)
        self.primary.setFocus()

    # ---- before

    def _plan(self) -> str:
        problem = self._task.problem
        counted = _(CELLS).format(
            people=len(problem.people), days=problem.days, wishes=len(problem.wishes)
        )
        kept = _(KEPT).format(locked=len(problem.locked))
        return "\n".join((counted, kept, _(LATER)))

    def _know(self, standing: Standing) -> None:
        self.before = standing

    def _go_on(self) -> None:
        """Start, stop, or take over: whatever the button stands for."""
        if self._search is None:
            self._start()
        elif not self._search.is_over:
            self._search.stop()
            self._is_stopping = True
            self.setFocus()  # else a second Enter would cancel, and lose the best
        elif self.best is not None:
            self.chosen.emit(self.best)
            self.accept()
        else:
            self.reasons_wanted.emit(self._problem)
            self.accept()

    def _start(self) -> None:
        task = self._task
        if self.keep.isChecked():
            self._problem = solving.keeping(task.problem, task.roster)
        self.plan.hide()
        self.keep.hide()
        self.state.setText(_(FIRST))
        self._began = time.monotonic()
        start = solving.begin
        self._jobs.run(self, self._watch, start, self._problem, task.roster)

    # ---- while it works

    def _watch(self, search: Search[Outcome]) -> None:
        self._search = search
        self.primary.setText(_("Stop and keep the best"))
        self.primary.setEnabled(True)
        self.primary.setFocus()
        self._timer.start()

    def _look(self) -> None:
        """Tell what the other process told."""
        assert self._search is not None
        for progress in self._search.look():
            self._tell(progress)
        seconds = int(time.monotonic() - self._began)
        told = (
            _("{seconds} s, stopping \u2026") if self._is_stopping else _("{seconds} s")
        )
        self.time.setText(told.format(seconds=seconds))
        if self.best is None and seconds >= PATIENCE:
            self.state.setText(_(SLOW))
        if self._search.is_over:
            self._timer.stop()
            self._tell_end(self._search)

    def _tell(self, progress: Progress) -> None:
        self.best = progress.roster
        room = progress.cost - progress.bound
        self.state.setText(_(SO_FAR).format(cost=progress.cost, room=room))

    def _tell_end(self, search: Search[Outcome]) -> None:
        """Say how it ended; what was found before a crash is offered all the same."""
        if search.trouble is not None:
            self.refuse(search.trouble)
        elif search.answer is not None:
            self._tell_answer(search.answer)
        self._offer()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what a search came to, and offer what can be done with it."""
        self.plan.hide()
        self.keep.hide()
        self._tell_answer(outcome)
        self._offer()

    def _offer(self) -> None:
        """Offer to take the roster over, or to say why there is none."""
        self.primary.setEnabled(True)
        self.primary.setFocus()
        if self.best is None:
            self.primary.setText(_("Why is there none?"))
            self.cancel.setText(_("Close"))
            return
        self.primary.setText(_("Take over"))
        self.cancel.setText(_("Throw this roster away"))
        compare = solving.standing
        self._jobs.run(self, self._compare, compare, self._problem, self.best)

    def _tell_answer(self, answer: Outcome) -> None:
        self.best = answer.roster or self.best
        if answer.roster is None:
            self.state.setText(_(NONE if answer.is_final else NOT_YET))
            return
        text = BEST if answer.is_final else KEPT_BEST
        room = answer.cost - answer.bound
        self.state.setText(_(text).format(cost=answer.cost, room=room))

    def _compare(self, standing: Standing) -> None:
        """Show what the new roster changes and where its points come from."""
        assert self.best is not None
        changes = solving.count_changes(self._task.roster, self.best)
        facts = [Fact(_("Cells that change"), str(changes))]
        if self.before is not None:
            was = str(self.before.broken)
            facts.append(Fact(_("Rules broken"), str(standing.broken), was))
            was = str(self.before.points)
            facts.append(
                Fact(
                    _("Points, the fewer the better"),
                    str(standing.points),
                    was,
                    strong=True,
                )
            )
        facts += [Fact(_(matter), str(points)) for matter, points in standing.parts]
        self.facts.show_facts(facts)
        self.why.setVisible(standing.points > 0)

    def _explain(self) -> None:
        """Say what stands behind each point of the roster that was found."""
        assert self.best is not None
        open_causes(self._problem, self.best, self._jobs, self)

    def _end(self) -> None:
        """Let the other process go, whatever it does."""
        self._timer.stop()
        if self._search is not None:
            self._search.close()

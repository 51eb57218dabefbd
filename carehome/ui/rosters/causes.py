"""Why a roster still costs points: each cost with what would be missed instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _
from carehome.rostering.asking import find_causes, without_names
from carehome.rostering.process import Search
from carehome.rules.rosters import words
from carehome.rules.rosters.causes import Cause, Causes
from carehome.rules.rosters.checking import check, score
from carehome.rules.rosters.problem import Problem, Roster
from carehome.rules.rosters.reasons import say_cause
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel, number
from carehome.ui.kit.table_view import TableView
from carehome.ui.rosters.watch import Watch

WIDTH, HEIGHT = 860, 380
LOOKING = N_("Looking what stands behind each cost of this roster …")
NOTHING = N_("This roster costs no points: there is nothing to explain.")


@dataclass(frozen=True, slots=True)
class Line:
    """A cost of the roster: whose, what, and why it stays."""

    rank: int
    cost: int
    who: str
    what: str
    words: str
    why: str


def begin(problem: Problem, roster: Roster) -> Search[Causes]:
    """Start to look, in another process."""
    return Search(find_causes, without_names(problem), roster)


class CausesDialog(AskDialog):
    """Looks for the causes when asked to, then lists them, the dearest first.

    Nothing is changed here: whoever reads it knows what a point would cost.
    """

    def __init__(
        self, problem: Problem, roster: Roster, jobs: Jobs, parent: QWidget | None
    ) -> None:
        super().__init__(_("Why do these points remain?"), _("Close"), parent)
        self._problem = problem
        self._roster = roster
        self._jobs = jobs
        self.state = QLabel(_(LOOKING))
        self.list = TableView(_model(), "rosters.causes", N_("Costs and their causes"))
        self.list.set_empty(_(LOOKING))
        self.list.setMinimumSize(theme.px(WIDTH), theme.px(HEIGHT))
        self.whole = QLabel()
        self.whole.setMinimumHeight(theme.px(44))
        self._watch = Watch(self)
        theme.mark(self.state, "strong")
        for label in (self.state, self.whole):
            label.setWordWrap(True)
        self.cancel.hide()
        self.body.addWidget(self.state)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.whole)
        self._watch.answered.connect(self.show_causes)
        self._watch.failed.connect(self._fail)
        self.list.picked.connect(self._show_whole)
        self.asked.connect(self.accept)
        self.finished.connect(self._watch.end)
        self.primary.setFocus()

    def look_for(self) -> None:
        """Start to look for the causes."""
        self._jobs.run(self, self._watch.follow, begin, self._problem, self._roster)

    def show_causes(self, found: Causes) -> None:
        """List the causes that were found."""
        points = score(check(self._problem, self._roster))
        shown = sum(cause.finding.cost for cause in found.causes)
        self.state.setText(_say_state(points, shown, len(found.causes)))
        self.list.set_empty(_(NOTHING))
        self.list.table.set_rows(_lines(found.causes, self._problem))
        if found.causes:
            self.list.select(1)
            self.list.setFocus()

    def _show_whole(self, line: Line | None) -> None:
        """Write out what the line under the cursor may have cut."""
        if line is None:
            self.whole.clear()
            return
        told = _("{what} ({cost} points). {why}")
        self.whole.setText(told.format(what=line.words, cost=line.cost, why=line.why))

    def _fail(self, trouble: Exception) -> None:
        self.state.clear()
        self.refuse(trouble)


def open_causes(
    problem: Problem, roster: Roster, jobs: Jobs, parent: QWidget
) -> CausesDialog:
    """Open the dialog that says why a roster costs what it costs."""
    dialog = CausesDialog(problem, roster, jobs, parent)
    dialog.look_for()
    dialog.open()
    return dialog


def _model() -> TableModel[Line]:
    columns: tuple[Column[Line], ...] = (
        number(N_("Points off"), lambda line: line.cost, width=56),
        Column(N_("Person or shift"), lambda line: line.who, width=110),
        Column(N_("What costs"), lambda line: line.what, width=190),
        Column(
            N_("Why it stays"),
            lambda line: line.why,
            stretch=True,
            tip=lambda line: line.why,
        ),
    )
    return TableModel(columns, key=lambda line: line.rank)


def _lines(causes: Sequence[Cause], problem: Problem) -> list[Line]:
    return [_line(at, cause, problem) for at, cause in enumerate(causes, 1)]


def _line(rank: int, cause: Cause, problem: Problem) -> Line:
    found = cause.finding
    if found.person:
        who = words.say_person(problem, found.person)
    else:
        who = words.say_where(problem, found.shift, found.unit)
    what, told = words.say_shortly(found, problem), words.say(found, problem)
    return Line(rank, found.cost, who, what, told, say_cause(cause, problem))


def _say_state(points: int, shown: int, count: int) -> str:
    if not points:
        return _(NOTHING)
    if shown == points:
        return _(
            "{points} points, the dearest first, each with what stands behind it."
        ).format(points=points)
    return _(
        "The {count} dearest costs: {shown} of {points} points, each with what stands "
        "behind it."
    ).format(count=count, shown=shown, points=points)

"""Why a month cannot be rostered: needs that conflict, and what would help."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rostering.asking import find_reasons, without_names
from carehome.rostering.process import Search
from carehome.rules.rosters.changes import Conflict, Explanation, Way
from carehome.rules.rosters.problem import Problem
from carehome.rules.rosters.reasons import say_change, say_conflict, say_needs, say_way
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.deeds import share_room
from carehome.ui.rosters.page import RostersPage
from carehome.ui.rosters.watch import Watch

WIDTH, HEIGHT, STATE = 640, 470, 44  # the state has two lines
FEW_CHANGES = 6
LOOKING = N_("Looking which needs stand against each other …")
POSSIBLE = N_("There is a roster that breaks no rule after all: make it automatically.")
NOT_FOUND = N_(
    "The time was over before the cause was found. Lock fewer cells and try again."
)
NOT_ALL = N_("The time was over: there may be more conflicts and easier ways.")
NO_WAY = N_("No change that the law allows was found. Change the cover that is needed.")


def begin(problem: Problem) -> Search[Explanation]:
    """Start to look, in another process."""
    return Search(find_reasons, without_names(problem))


class ConflictsDialog(AskDialog):
    """Looks for the cause when asked to, then tells it with what would help.

    Nothing is changed here: whoever reads it knows what to do in the month.
    """

    def __init__(self, problem: Problem, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(_("Why is there no roster?"), _("Close"), parent)
        self._problem = problem
        self._jobs = jobs
        self.state = QLabel(_(LOOKING))
        self.inside = QWidget()
        self._cards = QVBoxLayout(self.inside)
        self._watch = Watch(self)
        theme.mark(self.state, "strong")
        self.state.setWordWrap(True)
        self.state.setMinimumHeight(theme.px(STATE))
        self.cancel.hide()
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.px(12))
        self.found = scrolling(self.inside)
        self.found.setMinimumWidth(theme.px(WIDTH))
        self.body.addWidget(self.state)
        self.body.addWidget(self.found, 1)
        share_room(self, {self.found: HEIGHT})
        self.found.hide()
        self._watch.answered.connect(self.show_explanation)
        self._watch.failed.connect(self._fail)
        self.asked.connect(self.accept)
        self.finished.connect(self._watch.end)
        self.primary.setFocus()

    def look_for(self) -> None:
        """Start to look for the cause."""
        self._jobs.run(self, self._watch.follow, begin, self._problem)

    def show_explanation(self, found: Explanation) -> None:
        """Show conflicts and ways out."""
        self.state.setText(self._say_state(found))
        for number, conflict in enumerate(found.conflicts, 1):
            self._cards.addWidget(self._conflict_card(number, conflict))
        if found.conflicts:
            self._cards.addWidget(self._ways_card(found.ways))
        self._cards.addStretch()
        self.found.setVisible(bool(found.conflicts))

    def _say_state(self, found: Explanation) -> str:
        if found.is_possible:
            return _(POSSIBLE)
        if not found.conflicts:
            return _(NOT_FOUND)
        if not found.is_final:
            return _(NOT_ALL)
        return _(
            "{count} {count:conflict stands|conflicts stand} in the way of a roster. "
            "Every line of a conflict is part of it: change any one, and it is solved."
        ).format(count=len(found.conflicts))

    def _conflict_card(self, number: int, conflict: Conflict) -> Card:
        span = say_conflict(conflict, self._problem)
        title = _("Conflict {number}: {span}").format(number=number, span=span)
        return _card(title, say_needs(conflict, self._problem))

    def _ways_card(self, ways: Sequence[Way]) -> Card:
        lines = [
            _("{number}. {way}").format(number=at, way=self._say_way(way))
            for at, way in enumerate(ways, 1)
        ]
        title = _("What would make it possible (easiest first, each tried out)")
        return _card(title, lines or [_(NO_WAY)])

    def _say_way(self, way: Way) -> str:
        if len(way.changes) == 1:
            return say_change(way.changes[0], self._problem)
        return say_way(way, self._problem)

    def _fail(self, trouble: Exception) -> None:
        self.state.clear()
        self.refuse(trouble)


def tell_conflicts(page: RostersPage, jobs: Jobs) -> None:
    """Let the page of rosters lead to the reasons why there is no roster."""

    def ask(problem: Problem) -> None:
        dialog = ConflictsDialog(problem, jobs, page)
        dialog.look_for()
        dialog.open()

    page.reasons_wanted.connect(ask)


def _card(title: str, lines: Sequence[str]) -> Card:
    card = Card(title)
    for line in lines:
        label = QLabel(line)
        label.setWordWrap(True)
        card.add(label)
    return card

"""The chain of steps: one question at a time, in any order, left and resumed."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.services.opening import STEP_NAMES, Step
from carehome.services.service import Clock
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame, scrolling
from carehome.ui.kit.steps import Steps
from carehome.ui.opening.beds import BedsStep
from carehome.ui.opening.done import DoneStep
from carehome.ui.opening.loaded import Loaded, OpeningServices, load
from carehome.ui.opening.prices import PricesStep
from carehome.ui.opening.residents import ResidentsStep
from carehome.ui.opening.step import StepView

END = N_("Done")


class Chain(LiveView):
    """Leads through the steps; `left` goes out when the person has had enough.

    What is half typed is kept as a draft, at every pause and when one leaves.
    """

    SHOWS = frozenset(
        {"bed", "room", "floor", "building", "price", "price_list", "fee_item"}
        | {"code", "stay", "home"}
    )
    left = Signal()
    told = Signal(str)

    def __init__(self, services: OpeningServices, jobs: Jobs, clock: Clock) -> None:
        super().__init__(jobs)
        self._services = services
        self._jobs = jobs
        self._clock = clock
        self._loaded: Loaded | None = None
        self.beds = BedsStep(services.beds)
        self.prices = PricesStep(services.prices, services.versions, jobs, clock)
        self.residents = ResidentsStep()
        self.done = DoneStep()
        self.views: tuple[StepView, ...] = (
            *(self.beds, self.prices),
            *(self.residents, self.done),
        )
        names = [_(STEP_NAMES[step]) for step in Step]
        self.steps = Steps([*names, _(END)])
        self.stack = QStackedWidget()
        self.error, self.reason = QLabel(), QLabel()
        self.back = button(_("Back"), "left")
        self.waive = button(_("Not needed"), kind="words")
        self.later = button(_("Later"))
        self.next = button(_("Next"), kind="primary")
        self._drafts: dict[StepView, Draft] = {
            view: Draft(view, self) for view in self.views if view.STEP is not None
        }
        self._begun: set[StepView] = set()
        self._arrange()

        self.steps.chosen.connect(self.go)
        self.back.clicked.connect(self.go_back)
        self.later.clicked.connect(self.pass_by)
        self.waive.clicked.connect(self._waive)
        self.next.clicked.connect(self.store)
        for view in self.views:
            view.changed.connect(partial(self._changed, view))
            view.entered.connect(self.store)

    @property
    def view(self) -> StepView:
        """The step that is looked at."""
        return self.views[self.stack.currentIndex()]

    def refresh(self) -> None:
        """Read again what the home has; what is typed stays."""
        day = self._clock().date()
        self._jobs.run_last(self, self._show, load, self._services, day)

    def go(self, at: int) -> None:
        """Look at a step; what was typed in the one before is kept."""
        self._say("")
        self.stack.setCurrentIndex(at)
        self._show_foot()
        self.view.focus()

    def go_back(self) -> None:
        """Look at the step before."""
        self.go(max(self.stack.currentIndex() - 1, 0))

    def pass_by(self) -> None:
        """Leave the step for later and look at the next."""
        self.go(self.stack.currentIndex() + 1)

    def store(self) -> None:
        """Store what the step holds and go on; after the last step, leave."""
        if self.view is self.done:
            self.left.emit()
            return
        if self._loaded is None or not self.view.check():
            self._show_foot()
            return
        deed = self.view.deed()
        if deed is None:
            self.pass_by()
            return
        self.next.setEnabled(False)
        stored = partial(self._stored, self.view)
        self._jobs.run(self, stored, deed, failed=self._fail)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the cursor on to what is to be done at this step."""
        super().focusInEvent(event)
        self.view.focus()

    def _show(self, loaded: Loaded) -> None:
        first = self._loaded is None
        self._loaded = loaded
        for view in self.views:
            view.show_home(loaded)
        for view, draft in self._drafts.items():
            if view not in self._begun:
                self._begun.add(view)
                draft.begin(f"opening:{view.STEP}")
        if first:
            self._resume(loaded)
        self._show_foot()

    def _resume(self, loaded: Loaded) -> None:
        """Come up at the first step that is not done."""
        following = loaded.standing.next
        at = list(Step).index(following) if following else len(Step)
        self.stack.setCurrentIndex(at)
        if self.isVisible():
            self.view.focus()

    def _stored(self, view: StepView, _answer: object) -> None:
        self._drafts[view].end()
        self._begun.discard(view)
        self.told.emit(view.stored())
        self.refresh()
        self.pass_by()

    def _waive(self) -> None:
        """Say that the step is not needed, or that it is after all."""
        step = self.view.STEP
        if step is None or self._loaded is None:
            return
        waived = step not in self._loaded.standing.waived
        self._jobs.run(self, self._waived, self._services.opening.waive, step, waived)
        if waived:
            self.pass_by()

    def _waived(self, _answer: object) -> None:
        self.refresh()

    def _changed(self, view: StepView) -> None:
        if view is self.view:
            self._say("")
            self._show_foot()

    def _show_foot(self) -> None:
        """Say what the buttons do now, and what is missing before they can."""
        at, view = self.stack.currentIndex(), self.view
        standing = self._loaded.standing if self._loaded else None
        done = [n for n, s in enumerate(Step) if standing and standing.has(s)]
        self.steps.stand(at, done)
        reason = view.reason()
        is_last = view is self.done
        self.reason.setText(reason)
        self.next.setText(view.do())
        self.next.setEnabled(not reason and standing is not None)
        self.back.setVisible(at > 0)
        has = bool(standing and view.STEP and standing.has(view.STEP))
        self.later.setVisible(not is_last and not has)
        self.waive.setVisible(not is_last and not has)
        waived = bool(standing and view.STEP in standing.waived)
        self.waive.setText(_("Needed after all") if waived else _("Not needed"))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self._say(error.message)
        self._show_foot()

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _arrange(self) -> None:
        frame = PageFrame(_("First set-up"))
        bind(self, "Esc", N_("Go on later"), self.left.emit, WITHIN)
        bind(self, "Ctrl+Return", N_("Go on"), self.store, WITHIN)
        bind(self, "Alt+Left", N_("Back"), self.go_back, WITHIN)
        self.next.setToolTip("Ctrl+Enter")
        self.back.setToolTip(_("Back (Alt+Left)"))
        for label, kind in ((self.error, "banner"), (self.reason, "hint")):
            theme.mark(label, kind)
            label.setWordWrap(True)
        self.error.hide()
        aside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.reason.setAlignment(aside)
        for view in self.views:
            self.stack.addWidget(scrolling(view))
        for view, draft in self._drafts.items():
            view.body.insertWidget(2, draft.note)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.back)
        foot.addWidget(self.reason, 1)
        for way in (self.waive, self.later, self.next):
            foot.addWidget(way)
        card = Card()
        card.body.setSpacing(theme.px(12))
        card.add(self.steps)
        card.body.addWidget(self.stack, 1)
        card.add(self.error)
        card.body.addLayout(foot)
        frame.body.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

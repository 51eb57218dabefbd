"""The page of admissions: the chain of steps, and all chains under way."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.rights import User
from carehome.services.admissions import STEP_NAMES, Step
from carehome.services.residents import AlreadyKnown
from carehome.ui.admissions import chain
from carehome.ui.admissions.bed import BedStep
from carehome.ui.admissions.chain import Loaded, Ticket
from carehome.ui.admissions.end import DepositStep, DoneStep
from carehome.ui.admissions.person import ContactsStep, PersonStep
from carehome.ui.admissions.step import StepView
from carehome.ui.admissions.terms import TermsStep
from carehome.ui.admissions.under_way import UnderWay
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame, scrolling
from carehome.ui.kit.steps import Steps
from carehome.ui.parts.care import CareServices
from carehome.ui.parts.money import MoneyServices

SAVE = N_("Save and go on")
DO = {Step.DEPOSIT: N_("Go on"), Step.DONE: N_("Move in")}


class AdmissionsPage(LiveView):
    """Takes somebody in, step by step; what is half typed is kept while one types.

    It is kept with the admission, not in a drawer: a colleague can go on with it.
    `left` goes out when the person goes back to the list, `finished` with the resident
    who has moved in.
    """

    SHOWS = frozenset({"admission", "resident"})
    changed = Signal()
    left = Signal()
    finished = Signal(int)

    def __init__(
        self,
        services: CareServices,
        money: MoneyServices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__(jobs)
        self._admissions = services.admissions
        self._home = services.home
        self._jobs = jobs
        self._ticket = Ticket()
        self._loaded: Loaded | None = None
        self._known = 0
        self.person = PersonStep(services.residents, jobs, today)
        self.contacts = ContactsStep()
        self.bed = BedStep(services.beds, money.prices, jobs, user, today)
        self.terms = TermsStep(services.consequences, services.agreements, jobs, today)
        self.deposit = DepositStep(money, jobs, user, today)
        self.done = DoneStep(services.risks, jobs, user, today)
        self.views: tuple[StepView, ...] = (
            *(self.person, self.contacts, self.bed),
            *(self.terms, self.deposit, self.done),
        )
        self.under_way = UnderWay()
        self.steps = Steps([_(name) for name in STEP_NAMES.values()])
        self.stack = QStackedWidget()
        self.error, self.reason = QLabel(), QLabel()
        self.open_known = button(_("Go on with that file"), "right", kind="small")
        self.next = button(_(SAVE), kind="primary")
        self.back = button(_("Back to the list"), "left")
        self.drop = button(_("Give up this admission"), "remove", kind="small")
        self.draft = Draft(self, self)
        self._arrange()

        self.steps.chosen.connect(self._go)
        self.under_way.chosen.connect(self.resume)
        self.under_way.begun.connect(self.begin)
        self.next.clicked.connect(self.store)
        self.back.clicked.connect(self.left)
        self.drop.clicked.connect(self.ask_giving_up)
        self.open_known.clicked.connect(lambda: self._take_known(self._known))
        self.person.known_wanted.connect(self._take_known)
        for view in self.views:
            view.changed.connect(self._changed)
            view.entered.connect(self.store)

    @property
    def view(self) -> StepView:
        """The step that is looked at."""
        return self.views[self.stack.currentIndex()]

    def refresh(self) -> None:
        """Read again which admissions are under way; what is typed stays."""
        self._jobs.run_last(self, self._show_lines, self._admissions.open)

    def begin(self) -> None:
        """Begin with somebody new; nothing is stored before something is typed."""
        self._turn_to(Ticket())

    def resume(self, admission_id: int) -> None:
        """Go on with an admission where it was left."""
        self._turn_to(Ticket(admission_id))

    def begin_again(self, resident_id: int) -> None:
        """Go on with the admission of somebody known, or begin one."""
        self.draft.rest()
        self._ticket = Ticket()
        self._run(self._reload, chain.open_for, resident_id)

    def typed(self) -> dict[str, Any]:
        """Return what stands in the step that is looked at."""
        return self.view.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what was typed into the step that is looked at."""
        self.view.type_again(draft)

    def store(self) -> None:
        """Store the step and go on to the next."""
        if not self.view.check() or self._loaded is None:
            self._judge()
            return
        self.draft.hold()
        self.next.setEnabled(False)
        self._run(self._stored, chain.store, self.view.deed(self._admissions))

    def ask_giving_up(self) -> None:
        """Ask before an admission is given up."""
        points = [
            _("The bed kept for this admission is free again."),
            _("Whoever is known only from this admission is forgotten."),
            _("A deposit that was taken stays; give it back first."),
        ]
        title, do = _("Give up this admission?"), _("Give up")
        give_up = partial(self._run, self._given_up, chain.give_up)
        dialogs.confirm(self, title, points, do, give_up, "danger")

    def _turn_to(self, ticket: Ticket) -> None:
        """Leave one admission as it is typed and open another, at its next step."""
        self.draft.rest()
        self._ticket = ticket
        self._reload()

    def _reload(self, _done: object = None, at: int | None = None) -> None:
        show = partial(self._show, at=at)
        self._jobs.run_last(
            self,
            show,
            chain.load,
            self._admissions,
            self._home,
            self._ticket,
            failed=self._fail,
        )

    def _go(self, at: int) -> None:
        """Look at a step that can be visited."""
        self.draft.rest()
        self._reload(at=at)

    def _run(self, then: Any, call: Any, *values: Any) -> None:
        """Do something for the admission that is open."""
        self._jobs.run(
            self,
            then,
            call,
            self._admissions,
            self._ticket,
            *values,
            failed=self._fail,
        )

    def _stored(self, _answer: object) -> None:
        if self.view is self.done:
            state = self._loaded.state if self._loaded else None
            self._loaded = None
            self.draft.leave()
            if state and state.resident_id:
                self.finished.emit(state.resident_id)
            return
        self.draft.leave()
        self._reload(at=self.stack.currentIndex() + 1)

    def _given_up(self, _done: object) -> None:
        self._loaded = None
        self.draft.leave()
        self.left.emit()

    def _take_known(self, resident_id: int) -> None:
        self.draft.leave()
        self._run(self._reload, chain.take_known, resident_id)

    def _show(self, loaded: Loaded, at: int | None) -> None:
        """Show a step of an admission, the next one unless another is wanted."""
        state = loaded.state
        self._loaded = loaded
        steps = list(STEP_NAMES)
        reached = steps.index(state.step) if state else 0
        place = reached if at is None else min(at, reached)
        view = self.views[place]
        self.draft.leave()
        view.show_state(state, loaded.lists)
        self.stack.setCurrentIndex(place)
        keep = partial(self._run, _forget, chain.keep)
        self.draft.begin(view.STEP, chain.Drafts(state, keep))
        self.steps.go(place, reached)
        self._show_lines(loaded.lines)
        self.drop.setVisible(state is not None)
        self.next.setText(_(DO.get(view.STEP, SAVE)))
        self._say("")
        self._judge()
        self.next.setFocus()
        view.focus()

    def _show_lines(self, lines: Any) -> None:
        self.under_way.show_lines(lines, self._ticket.admission_id)

    def _changed(self) -> None:
        self.changed.emit()
        self._say("")
        self._judge()

    def _judge(self) -> None:
        """Say what is missing; the button waits for it."""
        reason = self.view.reason()
        self.reason.setText(reason)
        self.next.setEnabled(not reason)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self._say("" if self.view.tell(error) else error.message)
        self._judge()
        if isinstance(error, AlreadyKnown):
            self._known = int(str(error.facts["resident_id"]))
            self.open_known.show()

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.open_known.hide()

    def _arrange(self) -> None:
        frame = PageFrame(_("Admission"))
        frame.head.add_widget(self.back)
        leave = N_("Back to the list; what is typed is kept")
        bind(self, "Esc", leave, self.left.emit, WITHIN)
        bind(self, "Ctrl+Return", N_("Store this step and go on"), self.store, WITHIN)
        for label, kind in ((self.error, "banner"), (self.reason, "hint")):
            theme.mark(label, kind)
            label.setWordWrap(True)
        for view in self.views:
            self.stack.addWidget(scrolling(view))
        told, foot = QHBoxLayout(), QHBoxLayout()
        told.addWidget(self.error, 1)
        told.addWidget(self.open_known)
        foot.addWidget(self.drop)
        foot.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self.next)
        foot.setSpacing(theme.px(12))
        card = Card()
        card.body.setSpacing(theme.px(12))
        card.add(self.steps)
        card.add(self.draft.note)
        card.body.addWidget(self.stack, 1)
        card.body.addLayout(told)
        card.body.addLayout(foot)
        frame.body.addWidget(self.under_way)
        frame.body.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)


def _forget(_done: object) -> None:
    """Nothing more to do: a draft is kept."""

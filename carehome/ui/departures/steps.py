"""The chain of one departure: its steps, what is typed in them, what comes next."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, say_date
from carehome.rules.departures import KIND_NAMES, STEP_NAMES, STEPS, Departure, Step
from carehome.rules.rights import Right, User
from carehome.services.departures import Departures
from carehome.services.residents import Residents
from carehome.ui.departures import chain
from carehome.ui.departures.bill import BillStep
from carehome.ui.departures.chain import Loaded, Ticket
from carehome.ui.departures.leaving import LeaveStep, OrderStep
from carehome.ui.departures.papers import PapersStep
from carehome.ui.departures.receiver import ReceiverStep
from carehome.ui.departures.settling import DepositStep, SettleStep
from carehome.ui.departures.step import StepView
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame, scrolling
from carehome.ui.kit.steps import Steps
from carehome.ui.parts.deeds import DeedDialog

SAVE = N_("Save and go on")
DO = {
    Step.LEAVE: N_("They have left"),
    Step.BILL: N_("Post the final bill"),
    Step.SETTLE: N_("Settle"),
    Step.PAPERS: N_("Finish"),
}
NOT_YOURS = {
    Right.CHANGE_RESIDENTS: N_("The front desk or the head nurse does this step."),
    Right.SETTLE: N_("The accountant or the director does this step."),
    Right.KEEP_PAPERS: N_("Who keeps the papers does this step."),
}


class DepartureChain(LiveView):
    """Leads one person out; what is half typed is kept with the departure."""

    SHOWS = frozenset(
        {
            *("stay", "bill", "bill_run", "payment", "payment_share", "payout"),
            *("deposit_entry", "charge", "trust_entry", "settlement_signature"),
            *("payer_payment", "payer_share", "payer_refund"),
        }
    )
    changed = Signal()
    left = Signal()
    told = Signal(str)
    payment_wanted = Signal(int)
    resident_wanted = Signal(int)

    def __init__(
        self,
        departures: Departures,
        residents: Residents,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__(jobs)
        self._departures = departures
        self._residents = residents
        self._jobs = jobs
        self._user = user
        self._ticket = Ticket(0)
        self._loaded: Loaded | None = None
        self._place: int | None = None  # the step that is to be shown next
        self._is_storing = False
        self.order, self.leave = OrderStep(today), LeaveStep(today)
        self.bill, self.receiver = BillStep(user), ReceiverStep()
        self.deposit = DepositStep(today)
        self.settle = SettleStep(departures, jobs, user, today)
        self.papers = PapersStep()
        self.views: tuple[StepView, ...] = (
            *(self.order, self.leave, self.bill, self.receiver),
            *(self.deposit, self.settle, self.papers),
        )
        self.steps = Steps([_(STEP_NAMES[view.STEP]) for view in self.views])
        self.stack = QStackedWidget()
        self.who = QLabel()
        self.facts = Elided()
        self.error, self.reason = QLabel(), QLabel()
        self.next = button(_(SAVE), kind="primary")
        self.back = button(_("Back to the list"), "left")
        self.file = button(_("Open the file"), "residents", kind="small")
        self.drop = button(_("Cancel this departure"), "remove", kind="small")
        self.draft = Draft(self, self)
        self._arrange()

        self.steps.chosen.connect(self._go)
        self.next.clicked.connect(self.store)
        self.back.clicked.connect(self.left)
        self.file.clicked.connect(self._open_file)
        self.drop.clicked.connect(self.ask_cancelling)
        self.leave.undo.clicked.connect(self._undo_leaving)
        self.receiver.identity_wanted.connect(self._show_identity)
        self.settle.payment_wanted.connect(self._ask_payment)
        self.papers.ticked.connect(self._tick)
        self.papers.scanned.connect(self._scan)
        for view in self.views:
            view.changed.connect(self._changed)
            view.entered.connect(self.store)

    @property
    def view(self) -> StepView:
        """The step that is looked at."""
        return self.views[self.stack.currentIndex()]

    def refresh(self) -> None:
        """Read again how far the departure is; what is typed stays."""
        if self._loaded and not self._is_storing:
            self.draft.keep()
            self._reload(at=self.stack.currentIndex())

    def begin(self, resident_id: int) -> None:
        """Go on with the departure of somebody, or order one."""
        self._turn_to(Ticket(resident_id))

    def resume(self, departure_id: int) -> None:
        """Go on with a departure where it was left."""
        self._turn_to(Ticket(0, departure_id))

    def take_up(self, resident_id: int) -> None:
        """Settle somebody who has left without an order."""
        self.draft.rest()
        self._ticket = Ticket(resident_id)
        call = (self._departures.take_up, resident_id)
        self._jobs.run(self, self._reload, *call, failed=self._fail)

    def typed(self) -> dict[str, Any]:
        """Return what stands in the step that is looked at."""
        return self.view.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what was typed into the step that is looked at."""
        self.view.type_again(draft)

    def store(self) -> None:
        """Store the step and go on to the next."""
        if self._loaded is None or self._obstacle() or not self.view.check():
            self._judge()
            return
        doubt = self.view.doubt()
        if doubt is None:
            self._store()
        else:
            what = (doubt.title, doubt.points, doubt.do)
            dialogs.confirm(self, *what, self._store, "danger")

    def _store(self) -> None:
        self.draft.hold()
        self._is_storing = True
        self.next.setEnabled(False)
        self._run(self._stored, chain.store, self.view.deed(self._departures))

    def ask_cancelling(self) -> None:
        """Ask why an order is cancelled: the person stays."""
        loaded, number = self._loaded, self._ticket.departure_id
        if loaded is None or number is None:
            return
        form = Form()
        form.add("reason", TextField(_("Reason"), most=200))

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._departures.cancel, number, values["reason"])

        title = _("{name} does not leave after all").format(name=loaded.name)
        draft = f"departure-cancel:{number}"
        do = _("Cancel the departure")
        dialog = DeedDialog(title, form, do, self._jobs, deed, self, draft)
        dialog.accepted.connect(self._cancelled)
        dialog.open()

    def _turn_to(self, ticket: Ticket) -> None:
        """Leave one departure as it is typed and open another, at its next step."""
        self.draft.rest()
        self._loaded = None
        self._ticket = ticket
        self._reload()

    def _reload(self, _done: object = None, at: int | None = None) -> None:
        self._place = at
        with_money = self._user.may(Right.SEE_FEES)
        self._jobs.run_last(
            self,
            self._show,
            chain.load,
            self._departures,
            self._residents,
            with_money,
            self._ticket,
            failed=self._fail,
        )

    def _go(self, at: int) -> None:
        """Look at a step that can be visited."""
        self.draft.rest()
        self._reload(at=at)

    def _run(self, then: Any, call: Any, *values: Any) -> None:
        """Do something for the departure that is open."""
        what = (self._departures, self._ticket, *values)
        self._jobs.run(self, then, call, *what, failed=self._fail)

    def _do(self, call: Callable[..., Any], *values: Any) -> None:
        """Do something at once and show the same step again."""
        at = partial(self._reload, at=self.stack.currentIndex())
        number = self._ticket.departure_id
        self._jobs.run(self, at, call, number, *values, failed=self._fail)

    def _stored(self, _answer: object) -> None:
        self._is_storing = False
        self.draft.end()
        view = self.view
        if view is self.papers:
            name = self._loaded.name if self._loaded else ""
            self._loaded = None
            self.told.emit(_("The departure of {name} is finished.").format(name=name))
            self.left.emit()
            return
        stays = view is self.settle and self.settle.is_open
        at = self.stack.currentIndex()
        self._reload(at=at if stays else at + 1)

    def _cancelled(self) -> None:
        self._loaded = None
        self.draft.leave()
        self.left.emit()

    def _undo_leaving(self) -> None:
        self._do(self._departures.undo_leaving)

    def _tick(self, kind: str, is_there: bool) -> None:
        departures = self._departures
        self._do(departures.tick if is_there else departures.untick, kind)

    def _scan(self, kind: str, file: str) -> None:
        self._do(self._departures.tick, kind, Path(file))

    def _show_identity(self) -> None:
        why = _("Settlement at departure")
        show, number = self._departures.show_identity, self._ticket.departure_id
        field = self.receiver.identity
        self._jobs.run(self, field.set_value, show, number, why, failed=self._fail)

    def _ask_payment(self) -> None:
        self.payment_wanted.emit(self._ticket.resident_id)

    def _open_file(self) -> None:
        self.resident_wanted.emit(self._ticket.resident_id)

    def _show(self, loaded: Loaded) -> None:
        """Show a step of a departure, the next one unless another is wanted."""
        state, at = loaded.state, self._place
        self._loaded = loaded
        reached = min(STEPS.index(state.line.step), len(self.views) - 1) if state else 0
        place = reached if at is None else min(at, reached)
        view = self.views[place]
        self.draft.leave()
        view.show_loaded(loaded)
        self.stack.setCurrentIndex(place)
        if state is None:
            self.draft.begin(f"departure-order:{loaded.resident_id}")
        else:
            keep = partial(self._run, _forget, chain.keep)
            self.draft.begin(view.STEP, chain.Drafts(state, keep))
        self.steps.go(place, reached)
        self._show_head(loaded)
        self.next.setText(_(DO.get(view.STEP, SAVE)))
        if view is self.settle and not self.settle.is_open:
            self.next.setText(_("Go on"))
        self._say("")
        self._judge()
        if view is not self.papers:  # a tick keeps the cursor
            self.next.setFocus()
        if view.isEnabled():
            view.focus()

    def _show_head(self, loaded: Loaded) -> None:
        state = loaded.state
        self.who.setText(loaded.name)
        words = [loaded.bed]
        if state:
            words.append(_(KIND_NAMES[Departure(state.line.kind)]))
            left_on = state.line.left_on
            if left_on:
                words.append(_("moved out on {day}").format(day=say_date(left_on)))
            elif state.line.planned_on:
                planned = say_date(state.line.planned_on)
                words.append(_("planned for {day}").format(day=planned))
        self.facts.setText("   ".join(filter(None, words)))
        may = self._user.may(Right.CHANGE_RESIDENTS)
        open_still = state is not None and not state.has_final_bill
        self.drop.setVisible(may and open_still)

    def _changed(self) -> None:
        self.changed.emit()
        self._say("")
        self._judge()

    def _obstacle(self) -> str:
        """Say why this step is not for this person, or not for any any more."""
        view = self.view
        state = self._loaded.state if self._loaded else None
        if not self._user.may(view.RIGHT):
            return _(NOT_YOURS[view.RIGHT])
        settled = state is not None and state.settlement_id is not None
        if settled and view not in (self.settle, self.papers):
            return _("The settlement is made; this stays as it was.")
        return ""

    def _judge(self) -> None:
        """Say what is missing; the button waits for it."""
        obstacle = self._obstacle()
        self.view.setEnabled(not obstacle)
        reason = obstacle or self.view.reason()
        self.reason.setText(reason)
        self.next.setEnabled(not reason)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self._is_storing = False
        self._judge()
        self._say("" if self.view.tell(error) else error.message)

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _arrange(self) -> None:
        frame = PageFrame(_("Departure"))
        frame.head.add_widget(self.back)
        leave = N_("Back to the list; what is typed is kept")
        bind(self, "Esc", leave, self.left.emit, WITHIN)
        bind(self, "Ctrl+Return", N_("Store this step and go on"), self.store, WITHIN)
        for label, kind in ((self.error, "banner"), (self.reason, "hint")):
            theme.mark(label, kind)
            label.setWordWrap(True)
        theme.mark(self.who, "heading")
        theme.mark(self.facts, "note")
        for view in self.views:
            self.stack.addWidget(scrolling(view))
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.who)
        head.addWidget(self.facts, 1)
        head.addWidget(self.file)
        foot.addWidget(self.drop)
        foot.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self.next)
        foot.setSpacing(theme.px(12))
        card = Card()
        card.body.setSpacing(theme.px(10))
        card.body.addLayout(head)
        card.add(self.steps)
        card.add(self.draft.note)
        card.body.addWidget(self.stack, 1)
        card.add(self.error)
        card.body.addLayout(foot)
        frame.body.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)


def _forget(_done: object) -> None:
    """Nothing more to do: a draft is kept."""

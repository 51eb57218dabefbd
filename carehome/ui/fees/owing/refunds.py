"""Refunds: what waits for approval, what is to be paid out, what became of the rest."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_money
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.day_close import DayClosed
from carehome.rules.refunds import KIND_NAMES, AnswerMissing, RefundKind, RefundState
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.rights import Right
from carehome.services.receipts import METHOD_NAMES
from carehome.services.refunds import Refund, Refunds
from carehome.ui.fees.owing.refund_form import RefundDialog
from carehome.ui.fees.owing.tools import Tools
from carehome.ui.fees.owing.words import say_state, tone_of_refund
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, Facts, ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.receipt_view import ReceiptDialog
from carehome.ui.parts.tabbed import Tab

WAITING, ALL = "waiting", "all"
FILE, MOST, SLIM = 440, 0.6, 5
COLUMNS: tuple[Column[Refund], ...] = (
    table.moment(N_("Asked at"), lambda row: row.asked_at),
    Column(N_("Name"), lambda row: row.resident, bold=True),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
    Column(N_("State"), say_state, chip=tone_of_refund),
    Column(N_("What goes back"), lambda row: _(KIND_NAMES[row.kind])),
    Column(N_("Paid to"), lambda row: row.payee),
    Column(N_("Way of refund"), lambda row: _(METHOD_NAMES[row.method])),
    Column(N_("Reason"), lambda row: row.reason, stretch=True),
    Column(N_("Asked for by"), lambda row: row.asker),
    Column(N_("Decided by"), lambda row: row.decider),
    Column(N_("Voucher"), lambda row: row.voucher),
)


class RefundList(Tab):
    """Lists refunds, first what waits; a row opens to what may be done with it."""

    SHOWS = frozenset({"refund", "receipt", "payout", "deposit_entry"})

    def __init__(self, services: MoneyServices, hand: Hand) -> None:
        super().__init__(hand)
        self._services = services
        self._refunds = hand.service(Refunds)
        self._all: Sequence[Refund] = ()
        self._shown: Refund | None = None
        self.which = Pick({WAITING: _("Refunds that wait"), ALL: _("All refunds")})
        self.which.set_code(WAITING)
        self.which.setAccessibleName(_("Which refunds to list"))
        self.ask = button(_("Ask for a refund"), "plus", "Ctrl+N", "primary")
        self.tools = Tools(self.ask)
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.refund_id),
            "fees.refunds",
            N_("Refunds"),
        )
        self.side = Side()
        self.facts = Facts()
        self.why_not = QLabel()
        self.approve = button(_("Approve"), "check", kind="primary")
        self.refuse = button(_("Do not approve"))
        self.pay = button(_("Pay out"), "fees", kind="primary")
        self.take_back = button(_("Take the refund back"), "undo")
        self.voucher = button(_("Look at the voucher"), "print")
        self.split = Split(ListCard(self.view), self.side, FILE, MOST)
        self._dress()

        self.which.chosen.connect(self._narrow)
        self.ask.clicked.connect(lambda: self.ask_for(None))
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.side.closed.connect(self._widen)
        self.approve.clicked.connect(self._approve)
        self.refuse.clicked.connect(self._refuse)
        self.pay.clicked.connect(self._pay)
        self.take_back.clicked.connect(self._take_back)
        self.voucher.clicked.connect(self._show_voucher)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, self._refunds.refunds)

    def ask_for(self, resident_id: int | None) -> RefundDialog:
        """Ask what shall go back, to the family of a resident if one is named."""
        dialog = RefundDialog(self.hand, self, resident_id)
        done = _("The refund waits for approval.")
        dialog.accepted.connect(partial(self.told.emit, done))
        dialog.open()
        return dialog

    def _show(self, found: Sequence[Refund]) -> None:
        self._all = found
        self._narrow()

    def _narrow(self) -> None:
        waits = self.which.code() == WAITING
        rows = [each for each in self._all if each.is_open or not waits]
        self.view.table.set_rows(rows)
        if rows and self.view.current_row() is None:
            self.view.selectRow(0)
        known = {each.refund_id: each for each in rows}
        before = known.get(self._shown.refund_id) if self._shown else None
        self._look(before or self.view.current_row())

    def _open(self, row: Refund | None) -> None:
        if row is not None:
            self.split.open_side()
            self.view.show_columns(SLIM)
            self._look(row)

    def _look(self, row: Refund | None) -> None:
        if self.side.isHidden():
            return
        self._shown = row
        self.side.title.setText(row.resident if row else "")
        self.facts.show_facts(_facts(row) if row else [])
        self._offer(row)

    def _widen(self) -> None:
        self._shown = None
        self.view.show_columns(len(COLUMNS))

    def _offer(self, row: Refund | None) -> None:
        """Show what this person may do with it, or why another one has to."""
        mine = self.hand.user.account_id
        state = row.state if row else None
        asked, approved = state is RefundState.ASKED, state is RefundState.APPROVED
        decides = self.hand.may(Right.APPROVE_REFUND) and asked
        pays = self.hand.may(Right.PAY_OUT_DEPOSIT) and approved
        is_own = row is not None and row.asked_by == mine
        by_me = row is not None and row.decider_id == mine
        for deed in (self.approve, self.refuse):
            deed.setVisible(decides and not is_own)
        self.pay.setVisible(pays and not by_me)
        may_end = self.hand.may(Right.TAKE_MONEY)
        self.take_back.setVisible(may_end and (asked or approved))
        self.voucher.setVisible(row is not None and row.receipt_id is not None)
        texts = {
            decides and is_own: _("You asked for it: somebody else approves it."),
            pays and by_me: _("You approved it: somebody else pays it out."),
        }
        self.why_not.setText(texts.get(True, ""))
        self.why_not.setVisible(True in texts)

    def _approve(self) -> None:
        row = self._shown
        if row:
            text = _("{fen} then can be paid out to {payee}.")
            said = text.format(fen=show_money(row.fen), payee=row.payee)
            deed = partial(self._refunds.approve, row.refund_id)
            title, do = _("Approve the refund"), _("Approve")
            done = _("The refund is approved.")
            self._confirm(row, title, do, said, lambda _values: deed, done)

    def _refuse(self) -> None:
        row = self._shown
        if row:
            form = Form()
            why = NoteField(_("Why not"), needed=True, lines=2)
            form.add("reason", why, blame=(AnswerMissing,))

            def deed(values: dict[str, Any]) -> partial[None]:
                return partial(self._refunds.refuse, row.refund_id, values["reason"])

            title, do = _("Do not approve the refund"), _("Do not approve")
            self._ask(row, title, form, do, deed, _("The refund is not approved."))

    def _take_back(self) -> None:
        row = self._shown
        if row:
            said = _("Nothing is paid out. It can be asked for once more.")
            deed = partial(self._refunds.take_back, row.refund_id)
            title, do = _("Take the refund back"), _("Take it back")
            done = _("The refund is taken back.")
            self._confirm(row, title, do, said, lambda _values: deed, done)

    def _pay(self) -> None:
        row = self._shown
        if row is None:
            return
        form = Form()
        today = self.hand.today()
        check = partial(check_happened, today=today)
        day = DateField(_("Day"), today, sense=Sense.PAST, check=check)
        form.add("day", day, blame=(NotComeYet, MonthClosed, DayClosed))
        form.set_values({"day": today})
        said = _("{fen} to {payee}, by {way}.").format(
            fen=show_money(row.fen),
            payee=row.payee,
            way=_(METHOD_NAMES[row.method]),
        )
        _say(form, said)

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(self._refunds.pay_out, row.refund_id, values["day"])

        title, do = _("Pay the refund out"), _("Pay out and issue the voucher")
        done = _("The refund is paid out.")
        dialog = self._ask(row, title, form, do, deed, done)
        dialog.answered.connect(self._read_voucher)

    def _show_voucher(self) -> None:
        if self._shown and self._shown.receipt_id:
            self._read_voucher(self._shown.receipt_id)

    def _read_voucher(self, receipt_id: int) -> None:
        hand = self.hand
        ReceiptDialog(self._services, hand.jobs, hand.user, self).read(receipt_id)

    def _confirm(
        self,
        row: Refund,
        title: str,
        do: str,
        said: str,
        deed: Callable[[dict[str, Any]], "partial[Any]"],
        done: str,
    ) -> DeedDialog:
        form = Form()
        _say(form, said)
        dialog = self._ask(row, title, form, do, deed, done)
        dialog.primary.setFocus()
        return dialog

    def _ask(
        self,
        row: Refund,
        title: str,
        form: Form,
        do: str,
        deed: Callable[[dict[str, Any]], "partial[Any]"],
        done: str,
    ) -> DeedDialog:
        draft = f"refund-deed:{row.refund_id}"
        dialog = DeedDialog(title, form, do, self.hand.jobs, deed, self, draft)
        dialog.accepted.connect(partial(self.told.emit, done))
        dialog.open()
        return dialog

    def _dress(self) -> None:
        self.view.set_empty(_("No refund waits."))
        theme.mark(self.why_not, "banner_warn")
        self.why_not.setWordWrap(True)
        if not self.hand.may(Right.TAKE_MONEY):
            self.ask.hide()
        foot = QWidget()
        row = Flow(foot, 8)
        for deed in (
            *(self.approve, self.pay, self.refuse, self.take_back),
            self.voucher,
        ):
            deed.hide()
            row.addWidget(deed)
        told = QWidget()
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(12))
        lines.addWidget(self.facts)
        lines.addWidget(self.why_not)
        lines.addStretch()
        self.side.body.addWidget(scrolling(told), 1)
        self.side.body.addWidget(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.which)
        column.addWidget(self.split, 1)
        lead(self, self.view)


def _say(form: Form, text: str) -> None:
    label = QLabel(text)
    label.setWordWrap(True)
    form.add_widget(label)


def _facts(row: Refund) -> list[Fact]:
    facts = [
        Fact(_(KIND_NAMES[row.kind]), show_money(row.fen), strong=True),
        Fact(_("State"), say_state(row)),
        Fact(_("Paid to"), row.payee),
        Fact(_("Way of refund"), _(METHOD_NAMES[row.method])),
        Fact(_("Reason"), row.reason),
        Fact(_("Asked for by"), row.asker),
    ]
    if row.kind is RefundKind.PAYMENT:
        facts.append(Fact(_("Receipt"), row.payment))
    if row.way_reason:
        facts.append(Fact(_("Why another way"), row.way_reason))
    if row.decider:
        facts.append(Fact(_("Decided by"), row.decider))
    if row.answer:
        facts.append(Fact(_("Why not"), row.answer))
    if row.voucher:
        facts.append(Fact(_("Voucher"), row.voucher))
    return facts

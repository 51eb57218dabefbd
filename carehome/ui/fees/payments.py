"""Taking payments: find somebody, see what is owed, take it, hand over the receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import User
from carehome.services.payments import ResidentAccount
from carehome.services.receipts import IssuedReceipt
from carehome.services.residents import ResidentIndex, ResidentLine
from carehome.ui.fees.payment_form import NewPayment, PaymentForm
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.table import Column
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.people_list import PeopleList
from carehome.ui.parts.receipt_view import ReceiptView

NOBODY, FORM, RECEIPT = range(3)


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who may pay: what is owed and what is prepaid."""

    line: ResidentLine
    owed: int
    prepaid: int


COLUMNS: tuple[Column[Payer], ...] = (
    Column(N_("Bed"), lambda row: row.line.bed),
    Column(N_("Name"), lambda row: row.line.name, bold=True, stretch=True),
    table.money(N_("Owed"), lambda row: row.owed or None, tone=lambda _row: "bad"),
    table.money(N_("Prepaid"), lambda row: row.prepaid or None),
)


class PaymentDesk(LiveView):
    """The desk where money is taken, from the search to the printed receipt."""

    SHOWS = frozenset(
        {"bill", "bill_run", "payment", "payment_share", "receipt", "resident", "stay"}
    )

    def __init__(
        self,
        services: MoneyServices,
        jobs: Jobs,
        today: Callable[[], date],
        user: User,
    ) -> None:
        super().__init__(jobs)
        self._services = services
        self._jobs = jobs
        self._wanted: int | None = None
        self._opening = False
        self.people = PeopleList(
            COLUMNS, lambda row: row.line.resident_id, "fees.payments", N_("Payments")
        )
        self.form = PaymentForm(today, user)
        self.receipt = ReceiptView(services, jobs, user)
        self.done = QLabel()
        self.next = button(_("Next person"), "right", "Ctrl+N")
        self.stack = QStackedWidget()
        theme.mark(self.done, "heading")
        self.done.setWordWrap(True)

        left = Card()
        left.add(self.people)
        left.setMinimumWidth(theme.px(250))
        right = Card()
        right.add(self.stack)
        self.stack.addWidget(self._nobody())
        self.stack.addWidget(scrolling(self.form))
        self.stack.addWidget(self._receipt())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(left, 36)
        row.addWidget(right, 64)
        lead(self, self.people)

        self.people.picked.connect(self._pick)
        self.people.opened.connect(self._open)
        self.form.wanted.connect(self._take)
        self.receipt.shown.connect(self._offer_print)
        self.next.clicked.connect(self.go_on)
        bind(self.stack, "Esc", N_("Go to the next person"), self.go_on, WITHIN)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show_people, _read_people, self._services)
        if self.stack.currentIndex() == FORM and self.form.resident_id:
            self._read_account(self.form.resident_id)

    def show_person(self, resident_id: int) -> None:
        """Go to somebody whom another page names."""
        self._wanted = resident_id
        self.people.search.clear()
        self.refresh()

    def go_on(self) -> None:
        """Go back to the search for the next person."""
        self.stack.setCurrentIndex(NOBODY)
        self.people.search.setFocus()
        self.people.search.selectAll()

    def _show_people(
        self, read: tuple[ResidentIndex, dict[int, tuple[int, int]]]
    ) -> None:
        index, balances = read

        def payer(line: ResidentLine) -> Payer:
            return Payer(line, *balances.get(line.resident_id, (0, 0)))

        self.people.set_people(index, payer, _may_pay)
        if self._wanted is not None and self.people.select(self._wanted):
            self._wanted = None
            self._open(self.people.view.current_row())

    def _pick(self, row: Payer) -> None:
        self.form.show_person(row.line)
        self.stack.setCurrentIndex(FORM)
        self._read_account(row.line.resident_id)

    def _open(self, row: Payer | None) -> None:
        if row is None:
            return
        if row.line.resident_id != self.form.resident_id:
            self._pick(row)
        self.stack.setCurrentIndex(FORM)
        self.form.focus_first()

    def _read_account(self, resident_id: int) -> None:
        read = _read_account
        self._jobs.run_last(self, self._show_account, read, self._services, resident_id)

    def _show_account(self, read: tuple[ResidentAccount, int | None]) -> None:
        account, cap = read
        if account.resident_id == self.form.resident_id:
            self.form.show_account(account, cap)

    def _take(self, payment: NewPayment) -> None:
        refuse = self.form.refuse
        self._jobs.run(self, self._taken, _take, self._services, payment, failed=refuse)

    def _taken(self, receipt: IssuedReceipt) -> None:
        text = _("Received {amount} for {resident}: receipt {number}.")
        self.done.setText(
            text.format(
                amount=show_money(receipt.fen),
                resident=receipt.resident,
                number=receipt.label,
            )
        )
        self.form.forget()
        self._opening = True
        self.receipt.show_receipt(receipt)

    def _offer_print(self) -> None:
        if self._opening:
            self._opening = False
            self.stack.setCurrentIndex(RECEIPT)
            self.receipt.preview.print.setFocus()

    def _nobody(self) -> QWidget:
        room = QWidget()
        empty = Empty(room)
        empty.say(
            _("Type a name, pinyin or bed at the left and press Enter to take money."),
            "",
        )
        column = QVBoxLayout(room)
        column.addWidget(empty)
        return room

    def _receipt(self) -> QWidget:
        room = QWidget()
        head = QHBoxLayout()
        head.addWidget(self.done, 1)
        head.addWidget(self.next)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.receipt, 1)
        return room


def _may_pay(row: Payer) -> bool:
    """Say whether somebody is listed before one searches."""
    return row.line.status in LIVES_HERE or bool(row.owed or row.prepaid)


def _read_people(
    services: MoneyServices,
) -> tuple[ResidentIndex, dict[int, tuple[int, int]]]:
    return services.residents.index(), services.payments.balances()


def _read_account(
    services: MoneyServices, resident_id: int
) -> tuple[ResidentAccount, int | None]:
    """Read how somebody stands; without prices nobody knows what may be prepaid."""
    account = services.payments.account(resident_id)
    try:
        return account, services.payments.prepaid_cap(resident_id)
    except Refusal:
        return account, None


def _take(services: MoneyServices, payment: NewPayment) -> IssuedReceipt:
    receipt_id = services.payments.take(
        payment.resident_id,
        payment.fen,
        payment.method,
        payment.received_on,
        payment.payer,
        payment.told,
        payment.note,
    )
    return services.receipts.receipt(receipt_id)

"""The form in which a payment is typed, with what it will settle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _, show_money
from carehome.rules.billing.payments import MoreThanPaid, NothingPaid, PrepaidTooMuch
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.day_close import DayClosed
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.rights import Right, User
from carehome.services.payments import ResidentAccount
from carehome.services.residents import ResidentLine
from carehome.ui.fees.allotment import AllotmentGrid
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Figure
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.days import DateField
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.fields import MoneyField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.money import methods


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment as it was typed; `told` says which bills it settles."""

    resident_id: int
    fen: int
    method: str
    received_on: date
    payer: str
    told: Mapping[int, int] | None
    note: str


class PaymentForm(QWidget):
    """Whose payment it is, the amount, the way, and which bills it settles.

    `wanted` goes out with a NewPayment; whoever takes it calls `forget` or `refuse`.
    What is half typed is kept for each person.
    """

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, today: Callable[[], date], user: User) -> None:
        super().__init__()
        self.resident_id: int | None = None
        self._today = today
        self._may = user.may(Right.TAKE_MONEY)
        self._offered: int | None = None
        self.name = QLabel()
        self.bed = Tag("")
        self.owed = Figure()
        self.prepaid = QLabel()
        self.form = Form(columns=2)
        self.method = self.form.add(
            "method", PickField(_("Way of payment"), methods()), wide=True
        )
        amount = MoneyField(_("Amount"), check=self._check_amount, capital=True)
        blame = (NothingPaid, PrepaidTooMuch, MoreThanPaid)
        self.amount = self.form.add("amount", amount, blame=blame)
        day = DateField(_("Day"), today(), check=self._check_day, sense=Sense.PAST)
        self.day = self.form.add("day", day, blame=(NotComeYet, MonthClosed, DayClosed))
        whose = _("Empty: the resident")
        self.payer = self.form.add("payer", TextField(_("Payer"), needed=False))
        self.note = self.form.add("note", TextField(_("Note"), needed=False))
        self.payer.input.setPlaceholderText(whose)
        self.payer.input.setToolTip(whose)
        self.bills = AllotmentGrid()
        self.bills.setMinimumHeight(theme.px(40))
        self.reason = QLabel()
        self.error = QLabel()
        self.take = button(_("Take and issue the receipt"), "receipt", kind="primary")
        self.draft = Draft(self, self)
        self._allotted: dict[str, Any] = {}
        self._dress()

        self.form.changed.connect(self.changed)
        self.bills.changed.connect(self.changed)
        self.form.changed.connect(self._judge)
        self.amount.changed.connect(self._share_out)
        self.form.submitted.connect(self._submit)
        self.bills.changed.connect(self._judge)
        self.bills.entered.connect(self.form.submit)
        self.take.clicked.connect(self.form.submit)

    def show_person(self, line: ResidentLine) -> None:
        """Begin with somebody else: nothing typed for the last one stays."""
        if line.resident_id == self.resident_id:
            return
        self.draft.rest()
        self.resident_id, self._offered = line.resident_id, None
        self.name.setText(line.name)
        self.bed.setText(line.bed)
        self.bed.setVisible(bool(line.bed))
        self.error.hide()
        empty = {"method": None, "amount": None, "payer": None, "note": None}
        self.form.set_values({**empty, "day": self._today()})
        self.bills.type_again({})
        self._allotted = {}
        self.draft.begin(f"payment:{line.resident_id}")

    def typed(self) -> dict[str, Any]:
        """Return what is typed, so that it can be kept."""
        return {**self.form.typed(), "bills": self.bills.typed()}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what was typed; what bills get, once it is known which are open."""
        self.form.type_again(draft)
        self._allotted = draft.get("bills", {})
        self.bills.type_again(self._allotted)

    def show_account(self, account: ResidentAccount, cap: int | None) -> None:
        """Show what is owed, and offer it as the amount unless one was typed."""
        self.owed.show_number(show_money(account.owed), _("owed"))
        theme.mark(self.owed.number, "figure")
        self.prepaid.setText(
            _("{amount} prepaid").format(amount=show_money(account.prepaid))
        )
        self.prepaid.setVisible(bool(account.prepaid))
        typed, allotted = self.amount.value(), self.bills.typed() or self._allotted
        self._allotted = {}
        self.bills.show_account(account, cap)
        if typed is None or typed == self._offered:
            self._offered = account.owed or None
            self.amount.set_value(self._offered)
            self.draft.stored("amount")
        self.bills.type_again(allotted)
        self._share_out()
        self._judge()

    def focus_first(self) -> None:
        """Put the cursor where typing begins: nobody pays by a slip of the key."""
        self.method.focus()

    def forget(self) -> None:
        """The payment is taken: the form holds nobody's any more."""
        self.resident_id = None
        self.draft.end()

    def refuse(self, error: Exception) -> None:
        """Tell why it was not taken; what was typed stays."""
        if not isinstance(error, CareHomeError):
            raise error
        if not self.form.tell(error):
            self.error.setText(error.message)
            self.error.show()
        self._judge()

    def _submit(self, values: dict[str, Any]) -> None:
        if self.resident_id is None or not self.take.isEnabled():
            return
        self.error.hide()
        self.take.setEnabled(False)
        self.wanted.emit(
            NewPayment(
                self.resident_id,
                values["amount"],
                values["method"],
                values["day"],
                values["payer"] or "",
                self.bills.told,
                values["note"] or "",
            )
        )

    def _share_out(self) -> None:
        self.bills.show_amount(self.amount.value() or 0)

    def _judge(self) -> None:
        reason = self.form.reason() or self.bills.reason()
        if not self._may:
            reason = _("Your role takes no payments.")
        self.reason.setText(reason)
        self.take.setEnabled(not reason)

    def _check_amount(self, fen: int) -> None:
        self.bills.check_amount(fen)

    def _check_day(self, day: date) -> None:
        check_happened(day, self._today())

    def _dress(self) -> None:
        for widget, kind in (
            (self.name, "title"),
            (self.prepaid, "note"),
            (self.reason, "hint"),
            (self.error, "banner"),
        ):
            theme.mark(widget, kind)
        self.reason.setWordWrap(True)
        self.error.setWordWrap(True)
        self.error.hide()
        self.bed.hide()
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(self.name)
        head.addWidget(self.bed, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.prepaid, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.owed)
        share = QHBoxLayout()
        title = QLabel(_("This payment settles"))
        theme.mark(title, "heading")
        share.addWidget(title, 1)
        share.addWidget(self.bills.by_hand)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(head)
        column.addWidget(self.draft.note)
        column.addWidget(self.form)
        column.addLayout(share)
        column.addWidget(self.bills, 1)
        column.addWidget(self.error)
        column.addLayout(foot)

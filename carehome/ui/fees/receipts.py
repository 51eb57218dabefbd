"""The receipts of some days: look at one, print it again, void it."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from carehome.i18n import N_, _, show_money
from carehome.rules import numbers
from carehome.rules.days import Sense
from carehome.rules.ledger.day_close import DayClosed
from carehome.rules.numbers import NumberCheck
from carehome.rules.periods import month_of, months_after
from carehome.rules.rights import Right, User
from carehome.services.receipts import (
    METHOD_NAMES,
    IssuedReceipt,
    VoidReasonMissing,
)
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.days import DateField
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Side, Split
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.receipt_view import ReceiptView


def _state(receipt: IssuedReceipt) -> str:
    if receipt.void_reason:
        return _("Void")
    return _("Printed") if receipt.printed else _("Not printed yet")


def _state_tone(receipt: IssuedReceipt) -> str | None:
    if receipt.void_reason:
        return "bad"
    return None if receipt.printed else "quiet"


COLUMNS: tuple[Column[IssuedReceipt], ...] = (
    Column(N_("Receipt"), lambda row: row.label),
    table.day(N_("Day"), lambda row: row.day),
    Column(N_("Name"), lambda row: row.resident, bold=True),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
    Column(N_("State"), _state, chip=_state_tone),
    Column(N_("Way of payment"), lambda row: _(METHOD_NAMES[row.method])),
    Column(
        N_("Paid for"),
        lambda row: _(", ").join(words for words, _fen in row.lines),
        stretch=True,
    ),
    Column(N_("Payer"), lambda row: row.payer),
    Column(N_("Bed"), lambda row: row.place),
    Column(N_("Cashier"), lambda row: row.cashier),
)
SLIM = 5  # columns that are left of these while a paper is open beside them
ROOMY = 1900  # a page so wide has room for all


class ReceiptList(LiveView):
    """Lists receipts; a row opens to the paper at the right."""

    SHOWS = frozenset({"receipt", "payment", "deposit_entry"})
    told = Signal(str)

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
        self._today = today
        self._may_void = user.may(Right.VOID_RECEIPT)
        self._shown: IssuedReceipt | None = None
        self._wanted: IssuedReceipt | None = None
        self.first = DateField(_("From day"), today(), sense=Sense.PAST)
        self.last = DateField(_("To day"), today(), sense=Sense.PAST)
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.receipt_id),
            "fees.receipts",
            N_("Receipts"),
        )
        self.sums = Elided()
        self.numbers = Tag("")
        self.side = Side()
        self.paper = ReceiptView(services, jobs, user)
        self.void = button(_("Void this receipt"), "remove")
        self.split = Split(ListCard(self.view), self.side, 520, 0.65)
        self._dress()
        self._choose(today(), today())

        for field in (self.first, self.last):
            field.changed.connect(self.refresh)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.void.clicked.connect(self._ask_why)
        self.side.closed.connect(self._widen)

    def refresh(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first and last:
            receipts = self._services.receipts
            self._jobs.run_last(self, self._show, receipts.receipts, first, last)
            check = receipts.check_numbers
            self._jobs.run_last(self, self._show_numbers, check, last.year)

    def open_receipt(self, receipt_id: int) -> None:
        """Open a receipt, whatever days are listed now."""
        read = self._services.receipts.receipt
        self._jobs.run_last(self, self._open_on_its_day, read, receipt_id)

    def _open_on_its_day(self, receipt: IssuedReceipt) -> None:
        self._wanted = receipt
        self._choose(receipt.day, receipt.day)

    def _show(self, receipts: Sequence[IssuedReceipt]) -> None:
        self.view.table.set_rows(receipts)
        self.sums.setText(_say_sums(receipts))
        if self._wanted and self.view.select(self._wanted.receipt_id):
            self._open(self._wanted)
            self.view.setFocus()
            self._wanted = None

    def _show_numbers(self, found: NumberCheck) -> None:
        """Say whether each number of the year is there once."""
        self.numbers.setText(_say_numbers(found))
        self.numbers.set_tone("ok" if found.is_whole else "bad")
        self.numbers.setVisible(bool(found.last))

    def _open(self, receipt: IssuedReceipt) -> None:
        if self.width() < theme.px(ROOMY):
            self.view.show_columns(SLIM)
        self.split.open_side()
        self._shown = None
        self._look(receipt)

    def _look(self, receipt: IssuedReceipt | None) -> None:
        if receipt is None or self.side.isHidden() or receipt == self._shown:
            return
        self._shown = receipt
        title = (
            _("Refund voucher {number}") if receipt.fen < 0 else _("Receipt {number}")
        )
        self.side.title.setText(title.format(number=receipt.label))
        self.void.setVisible(self._may_void and not receipt.void_reason)
        self.paper.show_receipt(receipt)

    def _widen(self) -> None:
        self.view.show_columns(len(COLUMNS))

    def _ask_why(self) -> None:
        if self._shown is None:
            return
        receipt = self._shown
        form = Form()
        why = TextField(_("Reason"), hint=_("It stays with the number."))
        form.add("reason", why, blame=(VoidReasonMissing, DayClosed))
        title = _("Void receipt {number}").format(number=receipt.label)
        draft = f"void:{receipt.receipt_id}"
        dialog = dialogs.FormDialog(title, form, _("Void"), self, draft)
        theme.mark(dialog.primary, "danger")
        for at, text in enumerate(_consequences(receipt)):
            label = QLabel(text)
            label.setWordWrap(True)
            dialog.body.insertWidget(at, label)
        dialog.chosen.connect(
            lambda values: self._jobs.run(
                dialog,
                dialog.finish,
                self._services.receipts.void,
                receipt.receipt_id,
                values["reason"],
                failed=dialog.refuse,
            )
        )
        dialog.accepted.connect(partial(self._say_void, receipt))
        dialog.open()

    def _say_void(self, receipt: IssuedReceipt) -> None:
        self.side.closed.emit()
        text = _("Receipt {number} is void.")
        self.told.emit(text.format(number=receipt.label))

    def _choose(self, first: date, last: date) -> None:
        for field, day in ((self.first, first), (self.last, last)):
            field.blockSignals(True)
            field.set_value(day)
            field.blockSignals(False)
        self.refresh()

    def _choose_today(self) -> None:
        self._choose(self._today(), self._today())

    def _choose_month(self) -> None:
        self._choose(self._today().replace(day=1), self._today())

    def _choose_last_month(self) -> None:
        span = month_of(months_after(self._today().replace(day=1), -1))
        self._choose(
            span.start, date.fromordinal(month_of(self._today()).start.toordinal() - 1)
        )

    def _dress(self) -> None:
        theme.mark(self.sums, "note")
        self.sums.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(150))
        bar.addWidget(self.first)
        bar.addWidget(QLabel("–"))
        bar.addWidget(self.last)
        for text, choose in (
            (_("Today"), self._choose_today),
            (_("This month"), self._choose_month),
            (_("Last month"), self._choose_last_month),
        ):
            quick = button(text, kind="link")
            quick.clicked.connect(choose)
            bar.addWidget(quick)
        bar.addWidget(self.numbers, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self.sums, 1)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.void)
        self.side.body.addWidget(self.paper, 1)
        self.side.body.addLayout(foot)
        self.view.set_empty(_("No receipt was issued on these days."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(bar)
        column.addWidget(self.split, 1)


def _say_sums(receipts: Sequence[IssuedReceipt]) -> str:
    """Add up what came in by each way, without what is void."""
    valid = [receipt for receipt in receipts if not receipt.void_reason]
    ways: Counter[str] = Counter()
    for receipt in valid:
        ways[receipt.method] += receipt.fen
    text = _("{count} {count:receipt|receipts}, {total}").format(
        count=len(valid), total=show_money(sum(ways.values()))
    )
    parts = [f"{_(METHOD_NAMES[way])} {show_money(fen)}" for way, fen in ways.items()]
    return "\u3000".join([text, *parts])


def _say_numbers(found: NumberCheck) -> str:
    """Say whether the numbers of a year are whole; name the first that are not."""
    if found.is_whole:
        return _("{year}: {count} numbers, none missing, none twice").format(
            year=found.year, count=found.last
        )
    wrong = [numbers.write(found.year, each) for each in found.missing + found.twice]
    return _("{year}: look at {numbers}").format(
        year=found.year, numbers=_(", ").join(wrong[:3])
    )


def _consequences(receipt: IssuedReceipt) -> list[str]:
    """Say what voiding a receipt brings about."""
    stays = _("Number {number} stays and is marked void for good.")
    if not receipt.is_deposit:
        back = _(
            "The bills that it paid are open again; what it prepaid is taken back."
        )
    elif receipt.fen < 0:
        back = _("The deposit counts as held again.")
    else:
        back = _("The deposit counts as never taken.")
    return [stays.format(number=receipt.label), back]

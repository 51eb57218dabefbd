"""All about one resident's money: bills, receipts, deposit, what is agreed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_money
from carehome.rules.billing.lines import Line
from carehome.rules.periods import months_after
from carehome.rules.rights import User
from carehome.services.billing import PostedBill
from carehome.services.day_sheets import BillDays
from carehome.services.payments import ResidentAccount
from carehome.services.receipts import METHOD_NAMES, IssuedReceipt
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Tabs
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bill_file import BillFile, BillText
from carehome.ui.parts.day_sheet import DaySheetDialog
from carehome.ui.parts.deposit_panel import DepositPanel
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.own_terms import OwnTerms
from carehome.ui.parts.receipt_view import ReceiptDialog

BILLS, RECEIPTS, DEPOSIT, TERMS = range(4)


@dataclass(frozen=True, slots=True)
class BillRow:
    """A posted bill and what is open of it."""

    bill: PostedBill
    open: int
    before: int | None

    @property
    def state(self) -> str:
        """Say whether it is paid."""
        if self.bill.total <= 0:
            return _("Credit")
        return _("Unpaid") if self.open > 0 else _("Paid")

    @property
    def tone(self) -> str:
        """The colour of the state."""
        if self.bill.total <= 0:
            return "info"
        return "bad" if self.open > 0 else "ok"


@dataclass(frozen=True, slots=True)
class MoneyFile:
    """What is known of one resident's bills and payments."""

    account: ResidentAccount
    bills: Sequence[PostedBill]
    receipts: Sequence[IssuedReceipt]
    trust: int

    @property
    def rows(self) -> list[BillRow]:
        """The bills with what is open of them, the newest first."""
        opens = {state.bill_id: state.open for state in self.account.bills}
        totals = {bill.month: bill.total for bill in self.bills}
        return [
            BillRow(bill, opens[bill.bill_id], totals.get(months_after(bill.month, -1)))
            for bill in self.bills
        ]


BILL_COLUMNS: tuple[Column[BillRow], ...] = (
    Column(N_("Month"), lambda row: f"{row.bill.month:%Y-%m}"),
    Column(N_("Bill"), lambda row: row.bill.label, stretch=True),
    table.money(N_("Total"), lambda row: row.bill.total, bold=True),
    table.money(N_("Unpaid"), lambda row: max(row.open, 0) or None),
    Column(N_("State"), lambda row: row.state, chip=lambda row: row.tone),
)
RECEIPT_COLUMNS: tuple[Column[IssuedReceipt], ...] = (
    Column(N_("Receipt"), lambda row: row.label),
    table.day(N_("Day"), lambda row: row.day),
    Column(N_("Way of payment"), lambda row: _(METHOD_NAMES[row.method]), stretch=True),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
    Column(
        N_("State"),
        lambda row: _("Void") if row.void_reason else None,
        chip=lambda _row: "bad",
    ),
)


class MoneyPanel(LiveView):
    """The money of one resident at a time, for any file that wants to show it.

    Whoever may not see fees is not shown this panel at all.
    """

    SHOWS = frozenset(
        {"bill", "bill_run", "payment", "payment_share", "receipt", "trust_entry"}
    )
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
        self._user = user
        self._resident_id: int | None = None
        self.facts = FactGrid()
        self.bills = TableView(
            TableModel(BILL_COLUMNS, lambda row: row.bill.bill_id),
            "resident.bills",
            N_("Bills"),
        )
        self.receipts = TableView(
            TableModel(RECEIPT_COLUMNS, lambda row: row.receipt_id),
            "resident.receipts",
            N_("Receipts"),
        )
        self.deposit = DepositPanel(services, jobs, today, user)
        self.terms = OwnTerms(services, jobs, today, user)
        self.tabs = Tabs()
        for title, part in (
            (_("Bills"), self.bills),
            (_("Receipts"), self.receipts),
            (_("Deposit"), self.deposit),
            (_("Own prices and charges"), self.terms),
        ):
            self.tabs.add(title, partial(_same, part))
        self.bills.set_empty(_("No bill was posted yet."))
        self.receipts.set_empty(_("No receipt was issued yet."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.facts)
        column.addWidget(self.tabs, 1)

        self.deposit.told.connect(self.told)
        self.bills.opened.connect(self._open_bill)
        self.receipts.opened.connect(self._open_receipt)

    def show_resident(self, resident_id: int) -> None:
        """Show somebody else's money."""
        self._resident_id = resident_id
        self.deposit.show_resident(resident_id)
        self.terms.show_resident(resident_id)
        self.refresh()

    def refresh(self) -> None:
        if self._resident_id is not None:
            self._jobs.run_last(
                self, self._show, _read_file, self._services, self._resident_id
            )

    def _show(self, file: MoneyFile) -> None:
        account = file.account
        facts = [
            Fact(_("Owed"), show_money(account.owed), strong=bool(account.owed)),
            Fact(_("Prepaid"), show_money(account.prepaid)),
        ]
        if file.trust:
            facts.append(Fact(_("Trust money kept"), show_money(file.trust)))
        self.facts.show_facts(facts)
        self.bills.table.set_rows(file.rows)
        self.receipts.table.set_rows(file.receipts)

    def _open_bill(self, row: BillRow) -> None:
        BillDialog(row, self._services, self._jobs, self).open()

    def _open_receipt(self, receipt: IssuedReceipt) -> None:
        window = ReceiptDialog(self._services, self._jobs, self._user, self)
        window.read(receipt.receipt_id)


class BillDialog(QDialog):
    """A bill with its reasons, in a window of its own. Esc closes it."""

    def __init__(
        self, row: BillRow, services: MoneyServices, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bill = row.bill
        self._services = services
        self._jobs = jobs
        bill = row.bill
        self.file = BillFile()
        self.sheet = button(_("Day-by-day sheet"), "calendar", "Ctrl+D")
        self.print = button(_("Preview and print"), "print", "Ctrl+P")
        self.setWindowTitle(_("Bill"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(520), theme.px(600))
        words = (bill.resident, f"{bill.month:%Y-%m}", bill.label)
        title = QLabel("\u3000".join(words))
        theme.mark(title, "title")
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.sheet)
        foot.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (24, 20, 24, 20)))
        column.setSpacing(theme.px(10))
        column.addWidget(title)
        column.addWidget(self.file, 1)
        column.addLayout(foot)
        self.file.show_bill(BillText(bill.lines, (), (), bill.total, row.before))
        self.print.clicked.connect(self._preview)
        self.sheet.clicked.connect(partial(self._read_sheet, None))
        self.file.line_wanted.connect(self._read_sheet)
        self.print.setFocus()

    def _read_sheet(self, line: Line | None) -> None:
        read, then = self._services.sheets.of_bill, partial(self._show_sheet, line)
        self._jobs.run(self, then, read, self._bill.bill_id)

    def _show_sheet(self, line: Line | None, bill: BillDays) -> None:
        sheet = DaySheetDialog(bill, self._services.sheets, self._jobs, self)
        if line is not None:
            sheet.show_line(line)
        sheet.open()

    def _preview(self) -> None:
        bill = self._bill
        name = _("Bill {number} {resident}.pdf")
        file = name.format(number=bill.label, resident=bill.resident)
        dialog = PaperDialog(_("Bill"), file, self._jobs, self)
        dialog.draw(self._services.papers.write_bill, bill)


def _same(widget: QWidget) -> QWidget:
    return widget


def _read_file(services: MoneyServices, resident_id: int) -> MoneyFile:
    return MoneyFile(
        services.payments.account(resident_id),
        services.billing.bills_of(resident_id),
        services.receipts.receipts_of(resident_id),
        services.trust.kept(resident_id),
    )

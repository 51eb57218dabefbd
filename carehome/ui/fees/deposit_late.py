"""Deposits that came into the dedicated account later than the next day."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.periods import DAY, Period, months_after
from carehome.rules.rights import Right
from carehome.services.deposit_papers import DepositPapers
from carehome.services.deposits import DepositEntry, Deposits
from carehome.services.deposits.account import DepositAccount, LateBanking
from carehome.services.receipts import METHOD_NAMES
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deposit_deeds import DepositDeeds
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

MONTHS = 12  # so far back the list goes


def _state(row: LateBanking) -> str:
    return _("Banked late") if row.banked_on else _("Not in the bank yet")


COLUMNS: tuple[Column[LateBanking], ...] = (
    Column(N_("Resident"), lambda row: row.resident, bold=True),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
    table.number(N_("Days late"), lambda row: row.days_late, tone=lambda _row: "bad"),
    Column(N_("State"), _state, chip=lambda row: "warn" if row.banked_on else "bad"),
    table.day(N_("Received on"), lambda row: row.day),
    table.day(N_("Due in the bank by"), lambda row: row.due),
    table.day(N_("Banked on"), lambda row: row.banked_on),
    Column(N_("Way of payment"), lambda row: _(METHOD_NAMES[row.method])),
    Column(N_("Taken by"), lambda row: row.taken_by, stretch=True),
)


class LateList(Tab):
    """Lists what is still to come first, then what came late within a year."""

    SHOWS = frozenset({"deposit_entry", "receipt"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._account = hand.service(DepositAccount)
        self._deposits = hand.service(Deposits)
        self._papers = hand.service(DepositPapers)
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.entry_id),
            "fees.deposits.late",
            N_("Deposits banked late"),
        )
        self.bank = button(_("Paid into the bank"), "check", kind="primary")
        self.print = button(_("Print the list"), "print")
        bar = QWidget()
        row = Flow(bar)
        for deed in (self.print, self.bank):
            row.addWidget(deed)
        row.push_right(self.print)
        self.view.set_empty(
            _("Every deposit of a year came into the account the same or the next day.")
        )
        if not hand.may(Right.TAKE_MONEY):
            self.bank.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.bank.clicked.connect(self._ask_bank)
        self.print.clicked.connect(self._print)

    def refresh(self) -> None:
        read = self._account.late
        self.hand.jobs.run_last(self, self._show, read, _span(self.hand.today()))

    def _show(self, late: Sequence[LateBanking]) -> None:
        self.view.table.set_rows(late)
        self.bank.setEnabled(any(each.banked_on is None for each in late))
        self.print.setEnabled(bool(late))

    def _ask_bank(self) -> None:
        self.hand.jobs.run_last(self, self._bank, _waiting, self._deposits)

    def _bank(self, entries: Sequence[DepositEntry]) -> None:
        deeds = DepositDeeds(self._deposits, self.hand.jobs, self.hand.today(), self)
        done = _("The deposits are noted as paid into the bank.")
        deeds.bank(entries).accepted.connect(partial(self.told.emit, done))

    def _print(self) -> None:
        title = _("Deposits banked late")
        name = f"{title} {show_day(self.hand.today())}.pdf"
        paper = PaperDialog(title, name, self.hand.jobs, self)
        paper.draw(self._papers.write_late, _span(self.hand.today()))


def _span(today: date) -> Period:
    return Period(months_after(today.replace(day=1), -MONTHS), today + DAY)


def _waiting(deposits: Deposits) -> list[DepositEntry]:
    """Return what is not in the account yet."""
    return [
        entry
        for entry in deposits.entries()
        if entry.kind == "in" and entry.banked_on is None and not entry.is_void
    ]

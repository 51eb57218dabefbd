"""Deposits that were not in the dedicated account on the same or the next day."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_money
from carehome.rules.periods import DAY, Period, months_after
from carehome.services.deposits.account import DepositAccount, LateBanking
from carehome.ui.books.bank_part import Part
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.tabbed import Tab

MONTHS = 12  # so far back the list goes

COLUMNS: tuple[Column[LateBanking], ...] = (
    Column(N_("Resident"), lambda row: row.resident, bold=True),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
    table.number(N_("Days late"), lambda row: row.days_late, tone=lambda _row: "bad"),
    Column(
        N_("State"),
        lambda row: _("Banked too late") if row.banked_on else _("Not in the bank yet"),
        chip=lambda row: "warn" if row.banked_on else "bad",
    ),
    table.day(N_("Received on"), lambda row: row.day),
    table.day(N_("Due in the bank by"), lambda row: row.due),
    table.day(N_("Banked on"), lambda row: row.banked_on),
    Column(N_("Taken by"), lambda row: row.taken_by, stretch=True),
)


class LatePart(Part):
    """Lists what is still to come first, then what came late within a year."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab)
        self._deposits = self.hand.service(DepositAccount)
        self.bar = Bar()
        self.go = self.bar.add_button(_("Go to the deposits"), "right")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.entry_id),
            "books.bank.late",
            N_("Deposits banked late"),
        )
        self.view.set_empty(
            _("Every deposit of a year came into the account the same or the next day.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.go.clicked.connect(self._go)

    def refresh(self) -> None:
        today = self.hand.today()
        span = Period(months_after(today.replace(day=1), -MONTHS), today + DAY)
        self.hand.jobs.run_last(self, self.show_late, self._deposits.late, span)

    def show_late(self, rows: Sequence[LateBanking]) -> None:
        """Show what was late, and how much is still to come."""
        self.view.table.set_rows(rows)
        waiting = [row for row in rows if row.banked_on is None]
        text = _("{count} still to be banked, {fen}")
        fen = show_money(sum(row.fen for row in waiting))
        self.bar.note.setText(text.format(count=len(waiting), fen=fen) if rows else "")

    def _go(self) -> None:
        self.hand.open_tab("Fees", _("Deposits"))

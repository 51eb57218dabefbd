"""Books and bank side by side on any day: both sums, and each difference to the fen."""

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.bank.reconciling import (
    CAUSE_NAMES,
    Cause,
    Difference,
    Reconciliation,
)
from carehome.rules.days import Sense
from carehome.services.bank import Bank, BankAccount
from carehome.ui.books.bank_part import Part
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.tabbed import Tab

TONES = {
    Cause.ONLY_BANK: "bad",
    Cause.UNEQUAL: "bad",
    Cause.GAP: "bad",
    Cause.OPENING: "warn",
    Cause.ONLY_BOOKS: "info",
}
TO_DO = {
    Cause.OPENING: N_("The books begin otherwise: see the first statement."),
    Cause.GAP: N_("Read in the statement of the days that are missing."),
    Cause.ONLY_BOOKS: N_("The bank may still tell it; if not, look at the deed."),
    Cause.ONLY_BANK: N_("Say whose it is, among the lines to be said."),
    Cause.UNEQUAL: N_(
        "Correct the deed in the books, or what the line was said to be."
    ),
}
COLUMNS: tuple[Column[Difference], ...] = (
    Column(
        N_("Why they differ"),
        lambda row: _(CAUSE_NAMES[row.cause]),
        chip=lambda row: TONES[row.cause],
    ),
    table.day(N_("Day"), lambda row: row.day),
    table.money(N_("Bank more or less"), lambda row: row.fen, bold=True),
    Column(N_("What it is"), lambda row: row.text or None, stretch=True),
    Column(N_("To do"), lambda row: _(TO_DO[row.cause]), stretch=True),
)


class EvenPart(Part):
    """Sets the books against the bank; what they differ by is listed one by one."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab)
        self._bank = self.hand.service(Bank)
        self.found: Reconciliation | None = None
        today = self.hand.today()
        self.day = DateField(_("Day"), today, sense=Sense.PAST)
        self.bar = Bar(self.day)
        self.print = self.bar.add_button(
            _("Print the reconciliation"), "print", "Ctrl+P", "primary"
        )
        self.books = FigureCard(_("By the books"))
        self.at_bank = FigureCard(_("By the bank"))
        self.between = FigureCard(_("Bank less books"))
        self.view = TableView(
            TableModel(COLUMNS, lambda row: (row.cause, row.line_id, row.deed)),
            "books.bank.even",
            N_("Differences of books and bank"),
        )
        figures = FigureRow(self.books, self.at_bank, self.between)
        figures.watch(self)
        self.day.setMaximumWidth(theme.px(190))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (self.bar, figures):
            column.addWidget(widget)
        column.addWidget(ListCard(self.view, _("Each difference")), 1)
        lead(self, self.view)

        self.day.changed.connect(self.refresh)
        self.print.clicked.connect(self.ask_print)

    def show_account(self, account: BankAccount | None) -> None:
        before = self.account.account_id if self.account else None
        if account is not None and before != account.account_id:
            self.day.set_value(account.last_day or self.hand.today())
        super().show_account(account)

    def refresh(self) -> None:
        day = self.day.value()
        if self.account is None or day is None:
            self.show_found(None)
            return
        read, number = self._bank.reconciliation, self.account.account_id
        self.hand.jobs.run_last(self, self.show_found, read, number, day)

    def show_found(self, found: Reconciliation | None) -> None:
        """Show how books and bank stand on the day."""
        self.found = found
        self.print.setEnabled(found is not None)
        self.view.table.set_rows(list(found.differences) if found else [])
        if found is None:
            self.view.set_empty(_("No line of the bank was read in up to this day."))
            for card in (self.books, self.at_bank, self.between):
                card.show_number("–")
            return
        self.view.set_empty(_("Books and bank agree to the fen."))
        aside = _("with {fen} that is booked elsewhere")
        self.books.show_number(
            show_money(found.books_fen + found.aside_fen),
            aside.format(fen=show_money(found.aside_fen)) if found.aside_fen else "",
        )
        self.at_bank.show_number(show_money(found.bank_fen), _("by the last line read"))
        count = len(found.differences)
        text = _("{count} {count:thing|things} to be found").format(count=count)
        if found.is_even:
            self.between.show_number(show_money(0), _("They agree to the fen."), "hint")
        else:
            fen = show_money(found.difference_fen)
            self.between.show_number(fen, text, "error")

    def ask_print(self) -> None:
        """Look at the sheet as it will be printed and signed."""
        day = self.day.value()
        if self.account is None or day is None:
            return
        title = _("Bank reconciliation")
        name = _("{list} {day}").format(list=title, day=show_day(day))
        paper = PaperDialog(title, f"{name}.pdf", self.hand.jobs, self)
        paper.draw(self._bank.write_reconciliation, self.account.account_id, day)

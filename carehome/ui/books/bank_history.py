"""All lines of an account, month by month, with what was said of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_money
from carehome.rules.periods import DAY, months_after
from carehome.services.bank import BankLines, KeptLine
from carehome.ui.books.bank_part import Part
from carehome.ui.books.bank_words import Names, say_line, say_said
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import Turner


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what was said of it."""

    line: KeptLine
    names: Names

    @property
    def said(self) -> str | None:
        """Say what the line is; nothing while that is open."""
        told = (say_said(each, self.names) for each in self.line.said)
        return _("; ").join(told) or None


COLUMNS: tuple[Column[Told], ...] = (
    table.day(N_("Day"), lambda row: row.line.day),
    table.money(N_("Money in or out"), lambda row: row.line.fen, bold=True),
    table.money(N_("Balance after"), lambda row: row.line.balance_fen),
    Column(N_("Other party"), lambda row: row.line.party or None, bold=True),
    Column(
        N_("State"),
        lambda row: _("To be dealt with") if row.line.unclaimed else _("Dealt with"),
        chip=lambda row: "warn" if row.line.unclaimed else "ok",
    ),
    Column(
        N_("What it is"),
        lambda row: row.said,
        stretch=True,
        tip=lambda row: row.said or "",
    ),
    Column(
        N_("Text of the bank"),
        lambda row: row.line.text or None,
        stretch=True,
        tip=lambda row: row.line.text,
    ),
)


class HistoryPart(Part):
    """Lists the lines of a month; what was said of one is taken back here."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab)
        self._lines = self.hand.service(BankLines)
        self.turner = Turner(self.hand.today().replace(day=1))
        self.bar = Bar(self.turner)
        self.back = self.bar.add_button(_("Take it back"), "undo")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.line.line_id),
            "books.bank.lines",
            N_("Lines of the bank"),
        )
        self.view.set_empty(_("No line of this month was read in."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.turner.turned.connect(self.refresh)
        self.view.picked.connect(self._offer)
        self.view.opened.connect(self.ask_back)
        self.back.clicked.connect(lambda: self.ask_back(self.view.current_row()))
        self._offer(None)

    def refresh(self) -> None:
        if self.account is None:
            self.show_lines(())
            return
        first = self.turner.first
        span = first, months_after(first, 1) - DAY
        what = self._lines, self.account.account_id, *span
        self.hand.jobs.run_last(self, self.show_lines, _read, *what)

    def show_lines(self, rows: Sequence[Told]) -> None:
        """Show the lines of a month."""
        self.view.table.set_rows(rows)
        self._offer(self.view.current_row())
        came = sum(row.line.fen for row in rows if row.line.fen > 0)
        went = -sum(row.line.fen for row in rows if row.line.fen < 0)
        text = _("{count} {count:line|lines}: {came} in, {went} out")
        facts = {"came": show_money(came), "went": show_money(went)}
        self.bar.note.setText(text.format(count=len(rows), **facts))

    def ask_back(self, row: Told | None) -> None:
        """Ask whether what was said of a line is taken back."""
        if row is None or not row.line.said:
            return
        what = [say_line(row.line), row.said or "", _("The line is open again.")]
        title = _("Take back what was said of this line")
        then = partial(self._take_back, row.line.line_id)
        dialogs.confirm(self, title, what, _("Take it back"), then)

    def _take_back(self, line_id: int) -> None:
        unmatch = self._lines.unmatch
        self.hand.jobs.run(self, self._tell, unmatch, line_id, failed=self._refuse)

    def _tell(self, _done: object) -> None:
        self.tab.told.emit(_("The line is open again."))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _offer(self, row: Told | None) -> None:
        self.back.setEnabled(row is not None and bool(row.line.said))


def _read(lines: BankLines, account_id: int, first: date, last: date) -> list[Told]:
    """Read lines with the names of whom they concern."""
    names = Names(lines.people())
    return [Told(line, names) for line in lines.lines(account_id, first, last)]

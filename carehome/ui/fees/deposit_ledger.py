"""The ledger of the dedicated account: every movement of some days, and both sums."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.days import Sense
from carehome.rules.periods import DAY, Period, month_of, months_after
from carehome.services.deposit_papers import Ask, DepositPapers, say_movement
from carehome.services.deposits.account import DepositAccount
from carehome.services.deposits.account_ledger import AccountLedger, AccountLine
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook


def _signed(fen: int | None) -> str:
    if not fen:
        return ""
    return f"+{show_money(fen)}" if fen > 0 else show_money(fen)


COLUMNS: tuple[Column[AccountLine], ...] = (
    table.day(N_("Day"), lambda row: row.day),
    Column(
        N_("Movement"),
        say_movement,
        chip=lambda row: "quiet" if row.is_void else None,
    ),
    Column(N_("Resident"), lambda row: row.who, bold=True),
    Column(N_("Held + or -"), lambda row: row.held, _signed, align=RIGHT, kind="money"),
    Column(
        N_("Account + or -"),
        lambda row: row.account,
        _signed,
        align=RIGHT,
        kind="money",
    ),
    table.money(N_("Held afterwards"), lambda row: row.held_after),
    table.money(N_("In the account then"), lambda row: row.account_after, bold=True),
    Column(N_("Used for"), lambda row: row.purpose, stretch=True),
    Column(N_("Paper no."), lambda row: row.paper),
)


class LedgerList(Tab):
    """Lists the movements of some days, of one resident or of all."""

    SHOWS = frozenset({"deposit_entry", "deposit_draw", "receipt", "resident"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._account = hand.service(DepositAccount)
        self._papers = hand.service(DepositPapers)
        self.first = DateField(_("From day"), hand.today(), sense=Sense.PAST)
        self.last = DateField(_("To day"), hand.today(), sense=Sense.PAST)
        self.whose = ChoiceField(
            _("Whose deposit"), {}, needed=False, empty=_("All residents")
        )
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.key),
            "fees.deposits.ledger",
            N_("Ledger of the dedicated account"),
        )
        self.sums = Elided()
        self.print = button(_("Print the ledger"), "print")
        self.export = button(_("Save as a workbook"), "save")
        self._choose(hand.today().replace(day=1), hand.today())
        self._dress()

        for field in (self.first, self.last, self.whose):
            field.changed.connect(self.refresh)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)

    def refresh(self) -> None:
        ask = self._ask()
        if ask:
            self.hand.jobs.run_last(self, self._show, _read, self._account, ask)

    def _ask(self) -> Ask | None:
        first, last = self.first.value(), self.last.value()
        if not first or not last or last < first:
            return None
        return Ask(Period(first, last + DAY), self.whose.value())

    def _show(self, found: tuple[Mapping[int, str], AccountLedger]) -> None:
        people, ledger = found
        self.whose.blockSignals(True)
        self.whose.set_choices(people)
        self.whose.blockSignals(False)
        self.view.table.set_rows(ledger.lines[::-1])
        text = _("Held {held_before} → {held}, in the account {before} → {account}")
        self.sums.setText(
            text.format(
                held_before=show_money(ledger.held_before),
                held=show_money(ledger.held),
                before=show_money(ledger.account_before),
                account=show_money(ledger.account),
            )
        )

    def _choose(self, first: date, last: date) -> None:
        for field, day in ((self.first, first), (self.last, last)):
            field.blockSignals(True)
            field.set_value(day)
            field.blockSignals(False)
        self.refresh()

    def _this_month(self) -> None:
        self._choose(self.hand.today().replace(day=1), self.hand.today())

    def _last_month(self) -> None:
        start = months_after(self.hand.today().replace(day=1), -1)
        end = month_of(start).end
        assert end, "a month ends"
        self._choose(start, end - DAY)

    def _this_year(self) -> None:
        self._choose(date(self.hand.today().year, 1, 1), self.hand.today())

    def _print(self) -> None:
        ask, title = self._ask(), _("Ledger of the dedicated account")
        if ask:
            paper = PaperDialog(title, self._file("pdf"), self.hand.jobs, self)
            paper.draw(self._papers.write_ledger, ask)

    def _export(self) -> None:
        ask = self._ask()
        if ask:
            write = self._papers.write_ledger_workbook
            save_workbook(self, self.hand.jobs, self._file("xlsx"), write, ask)

    def _file(self, ending: str) -> str:
        day = show_day(self.hand.today())
        return f"{_('Ledger of the dedicated account')} {day}.{ending}"

    def _dress(self) -> None:
        theme.mark(self.sums, "note")
        self.sums.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self.view.set_empty(_("Nothing moved on these days."))
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(150))
        self.whose.setFixedWidth(theme.px(170))
        bar = QWidget()
        row = Flow(bar)
        for part in (self.first, QLabel("–"), self.last):
            row.addWidget(part)
        for text, choose in (
            (_("This month"), self._this_month),
            (_("Last month"), self._last_month),
            (_("This year"), self._this_year),
        ):
            quick = button(text, kind="link")
            quick.clicked.connect(choose)
            row.addWidget(quick)
        for deed in (self.whose, self.export, self.print):
            row.addWidget(deed)
        row.push_right(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(bar)
        column.addWidget(self.sums)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)


def _read(account: DepositAccount, ask: Ask) -> tuple[Mapping[int, str], AccountLedger]:
    return account.people(), account.ledger(ask.period, ask.resident_id)

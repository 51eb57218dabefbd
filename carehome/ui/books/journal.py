"""The tab of the journal: the vouchers of a month, and accounts with balances."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _, say_month, show_money
from carehome.rules.ledger.accounts import Account, Code, NumberMissing, NumberTaken
from carehome.rules.ledger.journal import JournalLine
from carehome.rules.ledger.layouts import ENCODING_NAMES, Encoding, read_layouts
from carehome.rules.ledger.sums import AccountSum
from carehome.rules.periods import month_of, months_after
from carehome.rules.rights import Right
from carehome.services.books import Books
from carehome.ui.books.closing import MONEY
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Search
from carehome.ui.kit.pick import Pick, PickField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import Turner
from carehome.ui.parts.workbooks import save_text, save_workbook

VOUCHERS, ACCOUNTS = "vouchers", "accounts"
WIDE = 480


@dataclass(frozen=True, slots=True)
class Posted:
    """A line of a voucher in the list; its first one bears day and words."""

    at: int
    line: JournalLine
    is_first: bool

    def holds(self, typed: str) -> bool:
        """Say whether what is looked for stands in the line."""
        line = self.line
        told = (line.document, line.text, line.account_number, line.account, line.party)
        amounts = (show_money(fen, sign=False) for fen in (line.debit, line.credit))
        return any(typed in text.casefold() for text in (*told, *amounts))


@dataclass(frozen=True, slots=True)
class Balance:
    """An account with what moved on it."""

    account: Account
    sums: AccountSum


@dataclass(frozen=True, slots=True)
class JournalMonth:
    """The journal of a month, and every account."""

    lines: tuple[Posted, ...]
    balances: tuple[Balance, ...]


class JournalTab(Tab):
    """Shows the vouchers of a month, or its accounts and balances."""

    SHOWS = MONEY | {"ledger_account", "resident", "month_close"}

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._books = hand.service(Books)
        self._month: JournalMonth | None = None
        last = months_after(hand.today().replace(day=1), -1)
        self.turner = Turner(last)
        names = {VOUCHERS: _("Vouchers"), ACCOUNTS: _("Accounts and balances")}
        self.which = Pick(names)
        self.which.setAccessibleName(_("What of the journal is shown"))
        self.which.set_code(VOUCHERS)
        self.search = Search()
        self.search.look_for(_("Text, account, name or amount"))
        self.bar = Bar(self.turner, self.which)
        self.bar.add(self.search)
        self.number = self.bar.add_button(_("Number of the account"), "edit")
        self.print = self.bar.add_button(_("Print"), "print", "Ctrl+P")
        self.save = self.bar.add_button(_("Save as a workbook"), "save", "Ctrl+E")
        self.export = self.bar.add_button(
            _("For the accounting program"), "save", "Ctrl+Shift+E"
        )
        self.view = TableView(
            TableModel(LINES, lambda row: row.at), "books.journal", N_("Journal")
        )
        self.view.set_empty(_("Nothing moved in this month."))
        self.accounts = TableView(
            TableModel(BALANCES, lambda row: row.account.code),
            "books.accounts",
            N_("Accounts and balances"),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(ListCard(self.view))
        self.stack.addWidget(ListCard(self.accounts))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

        self.turner.turned.connect(self.refresh)
        self.which.chosen.connect(self._turn)
        self.search.textChanged.connect(self._filter)
        self.search.left_down.connect(self.view.setFocus)
        self.accounts.opened.connect(self.ask_number)
        self.number.clicked.connect(self._ask_current)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.export.clicked.connect(self.ask_export)
        self._turn()

    def refresh(self) -> None:
        month = self.turner.first
        self.hand.jobs.run_last(self, self.show_month, _read, self._books, month)

    def open_key(self, key: object) -> None:
        """Open a month by its first day."""
        assert isinstance(key, date), "a month is named by its first day"
        self.turner.show_day(key)
        self.refresh()

    def show_month(self, month: JournalMonth) -> None:
        """Show the journal of a month."""
        self._month = month
        self._filter()
        self.accounts.table.set_rows(list(month.balances))

    def ask_number(self, row: Balance) -> None:
        """Ask for the number and name of an account in the home's own accounting."""
        if not self.hand.may(Right.KEEP_BOOKS):
            return
        form = Form()
        blame = (NumberMissing, NumberTaken)
        form.add("number", TextField(_("Account no."), most=20), blame=blame)
        form.add("name", TextField(_("Name of the account"), most=40))
        form.set_values({"number": row.account.number, "name": row.account.name})

        def deed(values: dict[str, Any]) -> "partial[None]":
            number, name = values["number"] or "", values["name"] or ""
            return partial(self._books.set_account, row.account.code, number, name)

        dialog = DeedDialog(
            _("Number of the account in your accounting"),
            form,
            _("Save"),
            self.hand.jobs,
            deed,
            self,
            f"ledger-account:{row.account.code}",
        )
        dialog.setMinimumWidth(theme.px(WIDE))
        done = _("The account has its number.")
        dialog.accepted.connect(partial(self.told.emit, done))
        dialog.open()

    def ask_export(self) -> None:
        """Ask how the accounting program wants the journal, and save it so."""
        form = Form()
        layouts = {each.code: each.name for each in read_layouts()}
        layout = form.add("layout", ChoiceField(_("Columns of the file"), layouts))
        notes = {each.code: each.note for each in read_layouts()}
        encodings = {each.value: _(name) for each, name in ENCODING_NAMES.items()}
        form.add("encoding", PickField(_("Letters of the file"), encodings))
        form.set_values({"layout": "debit-credit", "encoding": Encoding.GB18030.value})
        layout.input.setToolTip("\n".join(notes.values()))
        text = _(
            "Numbers of an open month may still move: close the month before the "
            "accounting program reads it in, and let it read each month once."
        )
        hint = QLabel(text)
        hint.setWordWrap(True)
        theme.mark(hint, "hint")
        form.add_widget(hint)
        title = _("Journal for the accounting program")
        dialog = FormDialog(title, form, _("Save"), self, "journal-export")
        dialog.setMinimumWidth(theme.px(WIDE))
        dialog.chosen.connect(dialog.finish)
        dialog.chosen.connect(self._export)
        dialog.open()

    def _export(self, values: dict[str, Any]) -> None:
        write, name = self._books.write_journal_csv, self._name("csv")
        how = (self.turner.first, values["layout"], Encoding(values["encoding"]))
        save_text(self, self.hand.jobs, name, write, *how)

    def _save(self) -> None:
        jobs, first = self.hand.jobs, self.turner.first
        if self.which.code() == ACCOUNTS:
            write = self._books.write_accounts_workbook
            save_workbook(self, jobs, self._name("xlsx"), write, month_of(first))
        else:
            book = self._books.write_journal_workbook
            save_workbook(self, jobs, self._name("xlsx"), book, first)

    def _print(self) -> None:
        title = _("Accounts and balances")
        paper = PaperDialog(title, self._name("pdf"), self.hand.jobs, self)
        paper.draw(self._books.write_accounts, month_of(self.turner.first))

    def _name(self, ending: str) -> str:
        is_accounts = self.which.code() == ACCOUNTS
        what = _("Accounts and balances") if is_accounts else _("Journal")
        return f"{what} {say_month(self.turner.first)}.{ending}"

    def _turn(self) -> None:
        """Show vouchers or accounts, with the deeds of each."""
        is_accounts = self.which.code() == ACCOUNTS
        self.stack.setCurrentIndex(int(is_accounts))
        keeps = self.hand.may(Right.KEEP_BOOKS)
        self.number.setVisible(is_accounts and keeps)
        self.print.setVisible(is_accounts)
        self.search.setVisible(not is_accounts)
        self.export.setVisible(not is_accounts and keeps)
        self.save.setVisible(is_accounts or keeps)
        lead(self, self.accounts if is_accounts else self.view)

    def _filter(self) -> None:
        if self._month is None:
            return
        typed = self.search.text().strip().casefold()
        rows = [row for row in self._month.lines if row.holds(typed)]
        self.view.table.set_rows(rows)
        text = _("debit {debit}, credit {credit}")
        debit = show_money(sum(row.line.debit for row in rows))
        credit = show_money(sum(row.line.credit for row in rows))
        self.bar.note.setText(text.format(debit=debit, credit=credit))

    def _ask_current(self) -> None:
        row = self.accounts.current_row()
        if row is not None:
            self.ask_number(row)


def _read(books: Books, month: date) -> JournalMonth:
    period = month_of(month)
    sums = {each.account: each for each in books.account_sums(period)}
    balances = [
        Balance(each, sums.get(each.code) or AccountSum(each.code, 0, 0, 0))
        for each in books.accounts()
        if each.code is not Code.RESIDENTS  # parted into what is owed and prepaid
    ]
    return JournalMonth(tuple(_posted(books.journal(period))), tuple(balances))


def _posted(lines: Sequence[JournalLine]) -> list[Posted]:
    """Mark the first line of each voucher."""
    firsts = [True, *(a.voucher != b.voucher for a, b in pairwise(lines))]
    pairs = zip(lines, firsts, strict=False)
    return [Posted(at, line, is_first) for at, (line, is_first) in enumerate(pairs)]


def _side(fen: int) -> str | None:
    """Say on which side a balance stands, as accountants write it."""
    if not fen:
        return None
    return _("Debit side") if fen > 0 else _("Credit side")


LINES: tuple[Column[Posted], ...] = (
    table.day(N_("Day"), lambda row: row.line.day if row.is_first else None),
    table.number(N_("Voucher"), lambda row: row.line.voucher if row.is_first else None),
    Column(
        N_("Summary of the voucher"),
        lambda row: row.line.text if row.is_first else None,
        stretch=True,
        tip=lambda row: row.line.text,
    ),
    Column(N_("Account no."), lambda row: row.line.account_number),
    Column(N_("Account of the books"), lambda row: row.line.account),
    Column(N_("Concerns"), lambda row: row.line.party or None),
    table.money(N_("Debited"), lambda row: row.line.debit or None),
    table.money(N_("Credited"), lambda row: row.line.credit or None),
    Column(
        N_("Receipt or bill"),
        lambda row: (row.line.document or None) if row.is_first else None,
    ),
)
BALANCES: tuple[Column[Balance], ...] = (
    Column(N_("Account no."), lambda row: row.account.number, bold=True),
    Column(N_("Account of the books"), lambda row: row.account.name, stretch=True),
    Column(N_("Opening side"), lambda row: _side(row.sums.before)),
    table.money(N_("Opening balance"), lambda row: abs(row.sums.before) or None),
    table.money(N_("Debited"), lambda row: row.sums.debit or None),
    table.money(N_("Credited"), lambda row: row.sums.credit or None),
    Column(N_("Closing side"), lambda row: _side(row.sums.after)),
    table.money(
        N_("Closing balance"), lambda row: abs(row.sums.after) or None, bold=True
    ),
)

"""The home's bank accounts: entered, corrected, taken out of use."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.bank.accounts import (
    PURPOSE_NAMES,
    NumberInUse,
    NumberUnreadable,
    PurposeTaken,
    check_number,
)
from carehome.rules.home import NameMissing
from carehome.services.bank import Bank, BankAccount
from carehome.ui.books.bank_part import Part
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.tabbed import Tab

COLUMNS: tuple[Column[BankAccount], ...] = (
    Column(N_("What the account is called"), lambda row: row.name, bold=True),
    Column(N_("What it is for"), lambda row: _(PURPOSE_NAMES[row.purpose])),
    Column(
        N_("State"),
        lambda row: _("In use") if row.is_active else _("Not in use"),
        chip=lambda row: "ok" if row.is_active else "quiet",
    ),
    Column(N_("Bank"), lambda row: row.bank or None, stretch=True),
    Column(N_("Account number"), lambda row: row.number, stretch=True),
    table.day(N_("Read in up to"), lambda row: row.last_day),
    table.money(N_("At the bank"), lambda row: row.balance_fen, bold=True),
    table.number(
        N_("Open lines"),
        lambda row: row.open_lines or None,
        tone=lambda _row: "warn",
    ),
)


class AccountsPart(Part):
    """Lists the accounts; each purpose has one in use."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab)
        self._bank = self.hand.service(Bank)
        self.bar = Bar()
        self.use = self.bar.add_button(_("Take out of use"), "remove")
        self.change = self.bar.add_button(_("Correct"), "edit")
        self.add = self.bar.add_button(_("Enter an account"), "plus", "Ctrl+N")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.account_id),
            "books.bank.accounts",
            N_("Bank accounts"),
        )
        words = _(
            "No account of the home is known yet. Enter the account of daily business "
            "first, then read in its statements."
        )
        self.view.set_empty(words, _("Enter an account"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.view.first_step.connect(self.ask_add)
        self.view.picked.connect(self._offer)
        self.view.opened.connect(self.ask_change)
        self.add.clicked.connect(self.ask_add)
        self.change.clicked.connect(lambda: self.ask_change(self.view.current_row()))
        self.use.clicked.connect(self._turn)
        self._offer(None)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self.show_accounts, self._bank.accounts)

    def show_accounts(self, rows: Sequence[BankAccount]) -> None:
        """Show the accounts, those in use first."""
        self.view.table.set_rows(rows)
        self._offer(self.view.current_row())

    def ask_add(self) -> None:
        """Ask for an account of the home."""
        purposes = {code: _(name) for code, name in PURPOSE_NAMES.items()}
        form = Form()
        purpose = PickField(_("What it is for"), purposes)
        form.add("purpose", purpose, blame=(PurposeTaken,))
        self._add_fields(form)
        used = {row.purpose for row in self.view.table.rows if row.is_active}
        free = [code for code in purposes if code not in used]
        form.set_values({"purpose": free[0] if free else None})

        def deed(values: dict[str, Any]) -> "partial[int]":
            told = values["name"], values["bank"] or "", values["number"]
            return partial(self._bank.add_account, *told, values["purpose"])

        done = _("The account is entered.")
        self._open(_("Enter an account"), form, deed, ("bank-account", done))

    def ask_change(self, row: BankAccount | None) -> None:
        """Ask what an account is called, and its number."""
        if row is None:
            return
        form = Form()
        self._add_fields(form)
        form.set_values({"name": row.name, "bank": row.bank, "number": row.number})

        def deed(values: dict[str, Any]) -> "partial[None]":
            told = values["name"], values["bank"] or "", values["number"]
            return partial(self._bank.change_account, row.account_id, *told)

        done = _("The account is corrected.")
        draft = f"bank-account:{row.account_id}"
        self._open(_("Correct an account"), form, deed, (draft, done))

    def _add_fields(self, form: Form) -> None:
        form.add(
            "name", TextField(_("What the account is called")), blame=(NameMissing,)
        )
        form.add("bank", TextField(_("Bank"), needed=False))
        number = TextField(_("Account number"), check=check_number)
        form.add("number", number, blame=(NumberUnreadable, NumberInUse))

    def _open(self, title: str, form: Form, deed: Any, after: tuple[str, str]) -> None:
        draft, done = after
        dialog = DeedDialog(title, form, _("Save"), self.hand.jobs, deed, self, draft)
        dialog.accepted.connect(partial(self.tab.told.emit, done))
        dialog.open()

    def _turn(self) -> None:
        row = self.view.current_row()
        if row is None:
            return
        what = self._bank.set_active, row.account_id, not row.is_active
        self.hand.jobs.run(self, self._tell, *what, failed=self._refuse)

    def _tell(self, _done: object) -> None:
        self.tab.told.emit(_("The list of accounts is changed."))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _offer(self, row: BankAccount | None) -> None:
        self.change.setEnabled(row is not None)
        self.use.setEnabled(row is not None)
        is_active = row is None or row.is_active
        self.use.setText(_("Take out of use") if is_active else _("Take into use"))

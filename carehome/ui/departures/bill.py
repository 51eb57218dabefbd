"""The step of the final bill: what is still to be billed, line by line."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import N_, _, say_month, show_money
from carehome.rules.departures import Step
from carehome.rules.rights import Right, User
from carehome.services.accounts import (
    Approval,
    MayNotApprove,
    SamePerson,
    WrongApproval,
)
from carehome.services.departures import Departures
from carehome.services.papers import line_text
from carehome.ui.departures.chain import Loaded
from carehome.ui.departures.step import FormStep
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import Figure
from carehome.ui.kit.fields import SecretField, TextField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView


@dataclass(frozen=True, slots=True)
class BillRow:
    """A line that would be billed, in words."""

    number: int
    month: str
    item: str
    basis: str
    fen: int
    remark: str


ROWS: tuple[Column[BillRow], ...] = (
    Column(N_("Month"), lambda row: row.month),
    Column(N_("Item"), lambda row: row.item, bold=True),
    Column(N_("Counted days"), lambda row: row.basis),
    Column(N_("Remark"), lambda row: row.remark, stretch=True),
    table.money(N_("Amount"), lambda row: row.fen),
)


class BillStep(FormStep):
    """What a resident is still to be billed, up to the last day, posted at once."""

    STEP = Step.BILL
    RIGHT = Right.SETTLE

    def __init__(self, user: User) -> None:
        super().__init__()
        self._may_confirm = user.may(Right.CONFIRM_OLD_FACTS)
        self._loaded: Loaded | None = None
        self.total = Figure()
        self.told = QLabel()
        self.rows = TableView(
            TableModel(ROWS, lambda row: row.number),
            "departures.bill",
            N_("Final bill"),
        )
        self.told.setWordWrap(True)
        theme.mark(self.told, "banner_info")
        self.form.add_heading(_("The director confirms late corrections"))
        signs = TextField(_("Sign-in name"))
        self.form.add("sign_in", signs, blame=(SamePerson, MayNotApprove))
        self.form.add("password", SecretField(_("Password")), blame=(WrongApproval,))
        self.body.addWidget(self.total)
        self.body.addWidget(self.told)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.form)

    def show_loaded(self, loaded: Loaded) -> None:
        self._loaded = loaded
        money = loaded.money
        trials = money.to_bill if money else ()
        rows: list[BillRow] = []
        for trial in trials:
            for bill in trial.bills:
                for line in bill.all_lines:
                    text = line_text(line)
                    month = say_month(trial.month)
                    what = (text.item, text.basis, text.amount, text.remark)
                    rows.append(BillRow(len(rows), month, *what))
        self.rows.table.set_rows(rows)
        self.rows.set_empty(_("Everything up to the last day is billed."))
        fen = sum(row.fen for row in rows)
        self.total.show_number(show_money(fen), _("on the final bill"))
        self.total.setVisible(bool(rows))
        self.form.setVisible(self._needs_director())
        self.form.set_values({"sign_in": None, "password": None})
        self.told.setText(self._words(loaded))
        self.told.setVisible(bool(self.told.text()))

    def _words(self, loaded: Loaded) -> str:
        money, state = loaded.money, loaded.state
        if money is None:
            return ""
        if money.trouble:
            return money.trouble
        if money.to_bill and state and state.has_final_bill:
            return _("Something was recorded since the final bill: it is billed too.")
        if money.to_bill:
            return _(
                "This bill is posted at once, with the next number. It can no longer "
                "be taken back, and the bills of the month leave {name} out."
            ).format(name=loaded.name)
        return ""

    def _needs_director(self) -> bool:
        money = self._loaded.money if self._loaded else None
        old = any(trial.to_confirm for trial in (money.to_bill if money else ()))
        return old and not self._may_confirm

    def reason(self) -> str:
        money = self._loaded.money if self._loaded else None
        if money and money.trouble:
            return _("This bill cannot be computed yet.")
        return super().reason() if self._needs_director() else ""

    def check(self) -> bool:
        return super().check() if self._needs_director() else not self.reason()

    def typed(self) -> dict[str, Any]:
        return {}

    def type_again(self, draft: object) -> None:
        """Nothing of an approval is kept."""

    def deed(self, departures: Departures) -> "partial[Any]":
        assert self._loaded
        assert self._loaded.money
        approval = None
        if self._needs_director():
            values = self.form.values()
            approval = Approval(values["sign_in"], values["password"])
        seen = self._loaded.money.to_bill
        return partial(departures.bill, seen=seen, approval=approval)

    def focus(self) -> None:
        """Put the cursor on the lines: one Enter too many must not post a bill."""
        if self.rows.table.rows:
            self.rows.setFocus()

"""The forms of the bank, with their deeds."""

from carehome.rules.bank.layouts import Field
from carehome.rules.bank.linking import NothingLeft, OtherSum
from carehome.rules.bank.statement import BankLine, Statement
from carehome.services.bank import (
    Bank,
    BankLines,
    Checked,
    NotForPayments,
    Peek,
)
from carehome.services.payments import take_in
from carehome.services.residents import Residents
from carehome.ui.books.bank import ACCOUNTS, BankTab
from carehome.ui.books.bank_teach import TeachDialog
from tests.conftest import TODAY
from tests.forms.claim_forms import hand
from tests.refusals import reachable

NUMBER = "6200019900123456"
LINE = BankLine(6, TODAY, 100_00, 100_00, "周某", "", "转账", "L1", "L1|1")


def _tab(desk):
    """Return the bank with an account of one open line."""
    bank = desk.service(Bank)
    account = bank.add_account("基本户", "瑞禾银行", NUMBER, "operating")
    bank.take_over(account, Checked("a.csv", Statement("signed", NUMBER, (LINE,))))
    tab = BankTab(hand(desk))
    tab.setParent(desk.parent)
    tab.show_accounts(bank.accounts())
    return tab


def line(ask, deed, *elsewhere):
    def make(desk):
        tab, lines = _tab(desk), desk.service(BankLines)
        file = tab.parts["lines"].file
        (kept,) = lines.open_lines(1)
        ask(desk, file.deeds, kept)
        return desk.asked(tab.parts["lines"]), getattr(lines, deed), set(elsewhere)

    return make


def person(desk, deeds, kept):
    deeds._person(kept, desk.service(Residents).index())


def books(desk, deeds, kept):
    deeds._books(kept, desk.service(BankLines).open_deeds(1))


def account(ask, deed):
    def make(desk):
        tab, bank = _tab(desk), desk.service(Bank)
        tab.pick.set_code(ACCOUNTS)
        part = tab.parts[ACCOUNTS]
        part.show_accounts(bank.accounts())
        ask(part)
        return desk.asked(part), getattr(bank, deed)

    return make


def layout(desk):
    tab = _tab(desk)
    peek = Peek("a.csv", (("日子", "数额", "结余"),))
    dialog = TeachDialog(tab, tab, peek)
    dialog.form.set_values({"name": "某行", Field.DAY.value: "日子"})
    return dialog, desk.service(Bank).teach_layout


# What keeps a line from being booked is told with the line, as LineRefused.
WITHIN = (NotForPayments, NothingLeft, OtherSum, *reachable(take_in))
BANK_FORMS = {
    "bank: an account": account(lambda part: part.ask_add(), "add_account"),
    "bank: correct an account": account(
        lambda part: part.ask_change(part.view.table.rows[0]), "change_account"
    ),
    "bank: of a resident": line(person, "post", *WITHIN),
    "bank: of several": line(
        lambda _desk, deeds, kept: deeds.ask_split(kept), "post", *WITHIN
    ),
    "bank: from the books": line(books, "link"),
    "bank: charge": line(lambda _desk, deeds, kept: deeds.ask_own(kept), "note"),
    "bank: aside": line(lambda _desk, deeds, kept: deeds.ask_aside(kept), "set_aside"),
    "bank: columns": layout,
}

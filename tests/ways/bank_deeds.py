"""One way to do each deed about the bank that can be undone."""

from datetime import date

from carehome.rules.bank.choosing import Does
from carehome.rules.bank.layouts import Field
from carehome.rules.bank.reconciling import Deed
from carehome.rules.bank.statement import BankLine, Statement
from carehome.rules.bank.teaching import Taught
from carehome.services.bank import Bank, BankLines, Checked

NUMBER = "6200019900123456"
DAY = date(2026, 11, 20)
LINE = BankLine(6, DAY, 1000_00, 1000_00, "王建国", "", "押金", "L1", "L1|1")
DEPOSIT = Deed("deposit", 1)


def _entered(w):
    return w.of(Bank).add_account("押金专户", "瑞禾银行", NUMBER, "deposit")


def _read(w, account):
    statement = Statement("signed", NUMBER, (LINE,))
    return w.of(Bank).take_over(account, Checked("a.csv", statement)).statement_id


def _read_in(w):
    return _read(w, _entered(w))


def _waiting(w):
    w.purse.deposits.take(w.wang, 1000_00, "cash", DAY)
    _read_in(w)


def _linked(w):
    _waiting(w)
    _link(w)


def _link(w):
    w.of(BankLines).link(1, [DEPOSIT])


def _teach(w):
    titles = {Field.DAY: "日子", Field.AMOUNT: "数额", Field.BALANCE: "结余"}
    w.of(Bank).teach_layout(Taught("村镇银行", titles))


DEEDS = {
    "Bank.add_account": (lambda w: None, lambda w, _: _entered(w)),
    "Bank.change_account": (
        _entered,
        lambda w, known: w.of(Bank).change_account(known, "专户", "", NUMBER + "7"),
    ),
    "Bank.set_active": (
        _entered,
        lambda w, known: w.of(Bank).set_active(known, is_active=False),
    ),
    "Bank.take_over": (_entered, _read),
    "Bank.remove_statement": (
        _read_in,
        lambda w, known: w.of(Bank).remove_statement(known),
    ),
    "BankLines.link": (_waiting, lambda w, _: _link(w)),
    "BankLines.set_aside": (
        _read_in,
        lambda w, _: w.of(BankLines).set_aside(1, "利息"),
    ),
    "BankLines.note": (
        _read_in,
        lambda w, _: w.of(BankLines).note(1, Does.INTEREST, "结息"),
    ),
    "Bank.teach_layout": (lambda w: None, lambda w, _: _teach(w)),
    "Bank.forget_layout": (_teach, lambda w, _: w.of(Bank).forget_layout("own-1")),
    "BankLines.unmatch": (_linked, lambda w, _: w.of(BankLines).unmatch(1)),
}

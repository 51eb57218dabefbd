"""The books of a home where everything has happened once, and what is told of them."""

import csv
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Code, NumberTaken
from carehome.rules.ledger.deeds import resident
from carehome.rules.ledger.layouts import Encoding
from carehome.rules.periods import Period, month_of
from carehome.rules.rights import NotAllowed, Role
from carehome.services.books import Books, Statements
from carehome.services.ledger import entries_in
from carehome.services.payouts import pay_out_in
from carehome.services.receipts import issue_in
from carehome.services.trust import TrustMoney
from tests.conftest import ROLES
from tests.purse import FEE, NOVEMBER, OCTOBER, Purse

WANG, LI = 1, 2
NOW = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - as the database keeps it
TODAY = NOW.date()
FIRST, SECOND, LATER = (date(2026, 11, day) for day in (3, 5, 9))


@pytest.fixture
def lived(purse, monkeypatch):
    """A home in which every deed about residents' money was done."""
    signed = "carehome.services.deposits.service.approved_by"
    monkeypatch.setattr(signed, lambda *_: ROLES[Role.ACCOUNTANT])
    purse.cover(LI, 50, Period(NOVEMBER))
    purse.payments.take(WANG, 4 * FEE, "cash", FIRST, "王强")
    slip = purse.payments.take(LI, FEE, "wechat", FIRST)
    purse.receipts.void(slip, "打错")
    purse.deposits.take(LI, 3 * FEE, "cash", FIRST)
    [entry] = purse.deposits.entries(LI)
    purse.deposits.bank([entry.entry_id], SECOND)
    purse.deposits.set_off(LI, FEE, LATER, "欠费", "同意书")
    purse.deposits.spend_in_emergency(LI, 500_00, "transfer", LATER, "急诊")
    purse.deposits.refund(LI, 100_00, "cash", LATER, "退还", object())
    with purse.db.writing(ROLES[Role.DIRECTOR], "test", NOW) as session:
        row = pay_out_in(session, WANG, LATER, "transfer", "王强", "申请", (4, 1))
        issue_in(session, NOW, "院长", row, [("退还", -row.fen)], "王强")
    purse.of(TrustMoney).take(WANG, 300_00, "cash", FIRST, "养老金")
    purse.post(NOVEMBER)
    return purse


@pytest.fixture
def books(lived):
    return lived.of(Books)


@pytest.fixture
def entries(lived):
    with lived.db.reading() as session:
        return entries_in(session)


ACCOUNTS = {
    Code.CASH: 4 * FEE + 3 * FEE - 3 * FEE - 100_00,
    Code.WECHAT: 0,
    Code.BANK: -2 * FEE,
    Code.DEPOSIT_BANK: 3 * FEE - 500_00,
    Code.DEPOSITS: -(2 * FEE - 500_00 - 100_00),
    Code.RESIDENTS: FEE + (2 * FEE - 400_00) - 0,
    Code.PAYERS: 400_00,
    Code.TRUST_CASH: 300_00,
    Code.TRUST: -300_00,
    Code.INCOME_BED: -6 * 1200_00,
    Code.INCOME_CARE: -6 * 800_00,
    Code.INCOME_MEAL: -6 * 600_00,
}


@pytest.mark.parametrize("account", Code)
def test_every_account_holds_what_was_done(entries, account):
    assert sums.balance(entries, account) == ACCOUNTS.get(account, 0)


def test_the_ledger_and_the_balances_say_the_same(lived, entries):
    owed = sums.balances(entries, Code.RESIDENTS)
    balances = lived.payments.balances()
    assert {who: o - p for who, (o, p) in balances.items()} == {
        WANG: owed[resident(WANG)],
        LI: owed[resident(LI)],
    }


def test_what_was_held_on_a_day_is_told(entries):
    on = {
        day: -sums.balance(sums.until(entries, day), Code.DEPOSITS)
        for day in (FIRST, LATER)
    }
    assert on == {FIRST: 3 * FEE, LATER: 2 * FEE - 600_00}


def test_a_void_stands_beside_what_it_takes_back(entries):
    paid, back = (e for e in entries if e.lines[0].account == Code.WECHAT)
    assert (paid.day, paid.is_void) == (FIRST, False)
    assert (back.day, back.is_void, back.number) == (TODAY, True, paid.number)


# ---- accounts


def test_the_home_numbers_its_own_accounts(books):
    books.set_account(Code.CASH, "100101", "现金")
    books.set_account(Code.CASH, "100199", "现金—前台")
    [cash] = [each for each in books.accounts() if each.code == Code.CASH]
    assert (cash.number, cash.name) == ("100199", "现金—前台")


def test_a_number_belongs_to_one_account(books):
    taken = next(x for x in books.accounts() if x.code == Code.BANK)
    with pytest.raises(NumberTaken):
        books.set_account(Code.CASH, taken.number, "现金")


def test_the_desk_keeps_no_books(lived):
    with pytest.raises(NotAllowed):
        lived.as_role(Role.FRONT_DESK).of(Books).set_account(Code.CASH, "1", "现金")


# ---- journal


def test_the_journal_counts_its_vouchers_by_month(books):
    lines = books.journal(Period(date(2026, 9, 1), date(2027, 1, 1)))
    for month in {line.day.replace(day=1) for line in lines}:
        found = {x.voucher for x in lines if x.day.replace(day=1) == month}
        assert found == set(range(1, len(found) + 1))


def test_every_voucher_is_in_balance(books):
    lines = books.journal(month_of(NOVEMBER))
    assert lines
    for voucher in {line.voucher for line in lines}:
        mine = [line for line in lines if line.voucher == voucher]
        assert sum(x.debit for x in mine) == sum(x.credit for x in mine)


def test_the_journal_keeps_owed_and_prepaid_apart(books):
    paid = [x for x in books.journal(month_of(NOVEMBER)) if "王秀英" in x.text]
    found = {(x.account, x.debit, x.credit) for x in paid if x.day == FIRST}
    assert ("应收账款—老人", 0, 2 * FEE) in found
    assert ("预收账款—老人", 0, 2 * FEE) in found


def test_the_journal_bears_the_home_own_numbers(books, tmp_path):
    books.set_account(Code.CASH, "100101", "现金")
    books.write_journal_csv(NOVEMBER, "all", Encoding.UTF_8, tmp_path / "j.csv")
    with (tmp_path / "j.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(r["科目编号"] == "100101" and r["记账科目"] == "现金" for r in rows)
    paid = next(r for r in rows if r["借方（元）"] == "10400.00")
    assert paid["摘要"] == "收服务费 王秀英"
    assert paid["日期"] == "2026-11-03"


def test_the_workbook_comes_to_the_same_on_both_sides(books, tmp_path):
    books.write_journal_workbook(NOVEMBER, tmp_path / "j.xlsx")
    sheet = load_workbook(tmp_path / "j.xlsx").active
    last = [cell.value for cell in sheet[sheet.max_row]]
    lines = books.journal(month_of(NOVEMBER))
    assert last[-2] == last[-1] == sum(line.debit for line in lines) / 100


# ---- statements


def test_a_year_tells_what_was_charged_borne_and_paid(lived):
    made = lived.of(Statements).year(LI, 2026)
    assert (made.before, made.charged, made.borne) == (0, 3 * FEE, 400_00)
    assert made.paid == FEE  # the slip and its void come to nothing
    assert made.after == 3 * FEE - 400_00 - FEE
    assert made.by_category["care"] == 3 * 800_00
    assert (made.deposit, made.trust) == (2 * FEE - 600_00, 0)


def test_the_next_year_begins_where_the_last_one_ended(lived):
    later = Purse(lived.db, lambda: datetime(2027, 3, 1, 9, tzinfo=UTC))
    made = later.of(Statements).year(LI, 2027)
    assert made.before == lived.of(Statements).year(LI, 2026).after
    assert made.lines == ()


def test_everybody_gets_a_statement_on_paper(lived, tmp_path):
    assert lived.of(Statements).write_years(2026, tmp_path / "s.pdf") == 2
    text = "".join(p.extract_text() for p in PdfReader(tmp_path / "s.pdf").pages)
    assert "李桂兰 年度对账单" in text
    assert "王秀英 年度对账单" in text
    assert "长护险" not in text


def test_one_statement_is_of_one_resident(lived, tmp_path):
    made = lived.of(Statements)
    assert made.write_years(2026, tmp_path / "s.pdf", frozenset({LI})) == 1
    text = "".join(p.extract_text() for p in PdfReader(tmp_path / "s.pdf").pages)
    assert "王秀英" not in text


def test_the_statement_of_trust_money_leaves_voids_out(lived, tmp_path):
    kept = lived.of(TrustMoney)
    went = kept.spend(WANG, 80_00, "cash", LATER, "买鞋", "发票 0123")
    kept.spend(WANG, 20_00, "cash", LATER, "理发", "发票 0456")
    kept.void(went, "没买成")
    lived.of(Statements).write_trust(WANG, tmp_path / "t.pdf")
    text = "".join(p.extract_text() for p in PdfReader(tmp_path / "t.pdf").pages)
    assert "280.00" in text
    assert "理发" in text
    assert "买鞋" not in text


def test_months_before_have_journals_too(books):
    assert {x.day for x in books.journal(month_of(OCTOBER))} == {date(2026, 10, 31)}

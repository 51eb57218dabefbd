"""Statements in a real encrypted file: kept once, matched, booked, taken back."""

from dataclasses import replace
from datetime import date

import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.db.bank import BankClaimRow
from carehome.i18n import show_money
from carehome.rules.bank.accounts import NumberInUse, NumberUnreadable, PurposeTaken
from carehome.rules.bank.choosing import Does
from carehome.rules.bank.linking import NothingLeft, OtherSum
from carehome.rules.bank.matching import Part, Sure
from carehome.rules.bank.reconciling import Cause, Deed
from carehome.rules.home import NameMissing
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.payers.refunds import Backward
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.today import Urgency
from carehome.services.accounts import Approval
from carehome.services.bank import (
    AllKnown,
    Bank,
    BankLines,
    LineRefused,
    MatchedAlready,
    NotForPayments,
    NotOpen,
    Posting,
    ReceiptStands,
    StatementRefused,
    unmatched_in,
)
from carehome.services.books import Books
from carehome.services.deposits import BankedTooEarly
from carehome.services.deposits.account import DepositAccount
from carehome.services.deposits.number import account_number_in
from carehome.services.payers import Payers
from carehome.services.tills import Tills
from carehome.services.trust import TrustMoney
from carehome.sheets.text_table import PaperFile, WebPage
from carehome.sheets.workbook import OldWorkbook
from tests.bank.bank_files import LAYOUTS, lines, save_csv
from tests.bank.conftest import DEDICATED
from tests.house import DIRECTOR
from tests.purse import FEE, NOVEMBER, OCTOBER

WANG, LI = 1, 2


@pytest.fixture
def deposits(till):
    """The dedicated account."""
    return till.bank.add_account("押金专户", "瑞禾银行", DEDICATED, "deposit")


def post(till, *parts, line=0):
    kept = till.lines()[line]
    return till.matching.post([Posting(kept.line_id, tuple(Part(*p) for p in parts))])


def receipt_numbers(till):
    with till.purse.db.reading() as session:
        return session.scalars(text("SELECT number FROM receipt ORDER BY id")).all()


# accounts


def test_an_account_is_listed_with_what_was_read(till):
    till.read(lines((3, FEE), (4, 100)))
    (account,) = till.bank.accounts()
    assert (account.name, account.purpose, account.last_day) == (
        "基本户",
        "operating",
        date(2026, 11, 4),
    )
    assert (account.balance_fen, account.open_lines) == (100_00 + FEE + 100, 2)


@pytest.mark.parametrize("typed", ["", "12345", "瑞禾银行1234567"])
def test_an_account_needs_its_number(till, typed):
    with pytest.raises(NumberUnreadable):
        till.bank.add_account("信托", "", typed, "trust")


def test_an_account_needs_a_name(till):
    with pytest.raises(NameMissing):
        till.bank.add_account(" ", "", DEDICATED, "trust")


def test_two_accounts_never_have_one_number(till):
    with pytest.raises(NumberInUse):
        till.bank.add_account("专户", "", "6200 0199 0012 3456", "deposit")


def test_each_purpose_has_one_account_in_use(till):
    with pytest.raises(PurposeTaken):
        till.bank.add_account("一般户", "", DEDICATED, "operating")
    till.bank.set_active(till.account, is_active=False)
    till.bank.add_account("一般户", "", DEDICATED, "operating")
    with pytest.raises(PurposeTaken):
        till.bank.set_active(till.account, is_active=True)


def test_an_account_is_corrected(till):
    till.bank.change_account(till.account, "结算户", "汇岸银行", "6200019900123457")
    (account,) = till.bank.accounts()
    assert (account.name, account.bank, account.number) == (
        "结算户",
        "汇岸银行",
        "6200019900123457",
    )


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.HEAD_NURSE])
def test_the_bank_is_the_accountants(till, role):
    with pytest.raises(NotAllowed):
        till.purse.as_role(role).of(Bank).accounts()
    with pytest.raises(NotAllowed):
        till.purse.as_role(role).of(BankLines).post([])


# statements


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_statement_is_kept_line_by_line(till, layout):
    till.read(lines((3, FEE, "王建国", "费用"), (4, -5)), layout)
    kept = till.lines()
    assert [(k.day.day, k.fen, k.party, k.text) for k in kept] == [
        (3, FEE, "王建国", "费用"),
        (4, -5, "", ""),
    ]
    (statement,) = till.bank.statements(till.account)
    assert (statement.file, statement.lines, statement.open_lines) == ("1.csv", 2, 2)
    assert (statement.first.day, statement.last.day) == (3, 4)


def test_looking_at_a_file_keeps_nothing(till):
    checked = till.bank.check(till.account, till.save(lines((3, FEE))))
    assert checked.statement is not None
    assert till.lines() == []


def test_lines_that_were_read_before_are_named_and_left_out(till):
    all_lines = lines((3, FEE), (4, 100), (5, 200))
    till.read(all_lines[:2])
    checked = till.bank.check(till.account, till.save(all_lines, "debit-credit"))
    assert [(f.row, f.name, f.facts["file"]) for f in checked.known] == [
        (5, "already_read", "1.csv"),
        (6, "already_read", "1.csv"),
    ]
    over = till.bank.take_over(till.account, checked)
    assert (over.new, over.known, len(till.lines())) == (1, 2, 3)


def test_a_statement_without_anything_new_is_refused(till):
    till.read(lines((3, FEE)))
    with pytest.raises(AllKnown):
        till.read(lines((3, FEE)), "signed")


def test_a_statement_with_faults_keeps_nothing(till):
    rows = LAYOUTS["two-columns"](lines((3, FEE), (4, 1)))
    rows[6][5] = "7.00"
    path = save_csv(till.folder / "wrong.csv", rows)
    checked = till.bank.check(till.account, path)
    assert [fault.row for fault in checked.faults] == [7]
    with pytest.raises(StatementRefused) as refusal:
        till.bank.take_over(till.account, checked)
    assert refusal.value.message.startswith("有1行不对。第7行：第6行的余额是¥2,700.00")
    assert till.bank.statements(till.account) == []


def test_the_statement_of_another_account_is_refused(till):
    path = till.save(lines((3, FEE)), number=DEDICATED)
    (fault,) = till.bank.check(till.account, path).faults
    assert fault.name == "wrong_account"


def test_a_statement_read_by_mistake_is_taken_out(till):
    over = till.read(lines((3, FEE)))
    till.bank.remove_statement(over.statement_id)
    assert (till.lines(), till.bank.statements(till.account)) == ([], [])


def test_a_statement_that_was_worked_on_stays(till):
    over = till.read(lines((3, FEE)))
    post(till, (WANG, FEE))
    with pytest.raises(MatchedAlready):
        till.bank.remove_statement(over.statement_id)


def test_a_line_of_the_bank_is_never_changed(till):
    till.read(lines((3, FEE)))
    with (
        pytest.raises(IntegrityError, match="never changed"),
        till.purse.db.writing(DIRECTOR, "test") as session,
    ):
        session.connection().execute(text("UPDATE bank_line SET fen = 1"))


# whose money it is


def test_a_line_suggests_whose_it_is_and_books_nothing(till):
    till.contact(WANG, "王建国")
    till.read(lines((3, 2 * FEE, "王建国")))
    (kept,) = till.lines()
    (found,) = kept.people
    assert (found.parts, found.sure) == ((Part(WANG, 2 * FEE),), Sure.SURE)
    assert receipt_numbers(till) == []


def test_an_account_is_remembered_from_an_earlier_payment(till):
    first, second = lines((3, FEE, "张三"), (4, 5, "张三"))
    known = [type(first)(*(_of(each, "62001234567"))) for each in (first, second)]
    till.read(known)
    post(till, (LI, FEE))
    (found,) = till.lines()[1].people
    assert (found.parts, found.sure) == ((Part(LI, 5),), Sure.LIKELY)


def _of(line, account):
    return (line.row, line.day, line.fen, line.balance_fen, line.party, account,
            line.text, line.serial)  # fmt: skip


def test_a_payment_that_a_clerk_booked_by_hand_is_found_not_booked_again(till):
    till.purse.payments.take(WANG, FEE, "transfer", date(2026, 11, 3))
    till.read(lines((4, FEE, "王秀英")))
    (kept,) = till.lines()
    ((deed,),) = kept.deeds
    till.matching.link(kept.line_id, [deed.deed])
    (kept,) = till.lines()
    assert (kept.unclaimed, kept.deeds, kept.people) == (0, (), ())
    assert len(receipt_numbers(till)) == 1


def test_several_payments_may_come_in_one_line(till):
    till.purse.payments.take(WANG, 100, "card", date(2026, 11, 3))
    till.purse.payments.take(LI, 200, "card", date(2026, 11, 3))
    till.read(lines((4, 300, "收单结算")))
    (kept,) = till.lines()
    (group,) = kept.deeds
    till.matching.link(kept.line_id, [each.deed for each in group])
    assert till.lines()[0].unclaimed == 0


# booking


def test_a_line_is_booked_as_a_payment_with_its_receipt(till):
    till.read(lines((3, FEE, "王建国", "九月")))
    (receipt_id,) = post(till, (WANG, FEE))
    receipt = till.purse.receipts.receipt(receipt_id)
    assert (receipt.resident_id, receipt.fen, receipt.payer, receipt.method) == (
        WANG,
        FEE,
        "王建国",
        "transfer",
    )
    assert receipt.day == date(2026, 11, 3)
    account = till.purse.payments.account(WANG)
    assert account.owed == FEE


def test_a_line_may_be_split_over_residents(till):
    till.read(lines((3, 2 * FEE, "王建国")))
    assert len(post(till, (WANG, FEE), (LI, FEE))) == 2
    assert [till.purse.payments.account(who).owed for who in (WANG, LI)] == [FEE, FEE]


def test_the_parts_come_to_the_line(till):
    till.read(lines((3, FEE)))
    with pytest.raises(LineRefused) as refusal:
        post(till, (WANG, FEE - 1))
    assert isinstance(refusal.value.__cause__, OtherSum)


def test_a_line_is_booked_once(till):
    till.read(lines((3, FEE)))
    post(till, (WANG, FEE))
    with pytest.raises(LineRefused) as refusal:
        post(till, (WANG, FEE))
    assert isinstance(refusal.value.__cause__, NothingLeft)
    assert len(receipt_numbers(till)) == 1


def test_one_line_that_cannot_be_booked_keeps_all_from_it(till):
    till.read(lines((3, FEE), (4, 100 * FEE, "王建国")))
    kept = till.lines()
    with pytest.raises(LineRefused) as refusal:
        till.matching.post(
            [Posting(each.line_id, (Part(WANG, each.fen),)) for each in kept]
        )
    assert refusal.value.facts["line_id"] == kept[1].line_id
    assert receipt_numbers(till) == []
    assert [each.unclaimed for each in till.lines()] == [FEE, 100 * FEE]


def test_no_line_of_a_closed_month_is_booked(till):
    till.read([replace(each, day=date(2026, 10, 9)) for each in lines((3, FEE))])
    till.purse.of(Books).close(OCTOBER)
    with pytest.raises(MonthClosed):
        post(till, (WANG, FEE))
    assert receipt_numbers(till) == []


def test_money_that_went_out_is_no_payment(till):
    till.read(lines((3, -5)))
    with pytest.raises(LineRefused) as refusal:
        post(till, (WANG, -5))
    assert isinstance(refusal.value.__cause__, NotForPayments)


def test_a_line_booked_with_a_receipt_opens_when_that_is_void(till):
    till.read(lines((3, FEE)))
    (receipt_id,) = post(till, (WANG, FEE))
    (kept,) = till.lines()
    with pytest.raises(ReceiptStands):
        till.matching.unmatch(kept.line_id)
    till.purse.receipts.void(receipt_id, "记错人")
    till.matching.unmatch(kept.line_id)
    post(till, (LI, FEE))
    assert till.purse.payments.account(LI).owed == FEE
    assert receipt_numbers(till) == [1, 2]


def test_a_line_is_open_again_when_what_has_no_receipt_is_void(till):
    desk = till.purse.as_role(Role.FRONT_DESK)
    desk.payments.take(WANG, FEE, "cash", date(2026, 11, 2))
    carried = desk.of(Tills).pay_in(FEE, date(2026, 11, 3), "0012")
    till.read(lines((3, FEE)))
    (kept,) = till.matching.open_lines(till.account)
    till.matching.link(kept.line_id, [Deed("handed", carried)])
    assert till.matching.open_lines(till.account) == []
    till.purse.of(Tills).void(carried, "没去成")
    assert [x.unclaimed for x in till.matching.open_lines(till.account)] == [FEE]


def test_a_line_of_money_back_to_a_payer_is_open_again_when_that_is_void(
    till, passwords
):
    payers, payer = till.purse.of(Payers), till.purse.payer()
    till.purse.cover(WANG, 50, Period(NOVEMBER))
    till.purse.post(NOVEMBER)
    payers.take(payer, 500_00, "transfer", date(2026, 11, 3))
    [money] = payers.money(payer)
    back = Backward(100_00, "transfer", date(2026, 11, 4), "长护险", "多付")
    signed = Approval("accountant", passwords[Role.ACCOUNTANT])
    number = payers.give_back(money.payment_id, back, signed)
    till.read(lines((4, -100_00)))
    (kept,) = till.matching.open_lines(till.account)
    till.matching.link(kept.line_id, [Deed("payer_refund", number)])
    assert till.matching.open_lines(till.account) == []
    payers.void_back(number, "没退成")
    assert [x.unclaimed for x in till.matching.open_lines(till.account)] == [-100_00]


def test_a_line_is_open_again_when_its_receipt_is_void(till):
    till.read(lines((3, FEE)))
    (receipt_id,) = post(till, (WANG, FEE))
    assert till.matching.open_lines(till.account) == []
    till.purse.receipts.void(receipt_id, "记错人")
    (kept,) = till.matching.open_lines(till.account)
    assert kept.unclaimed == FEE
    assert [each.is_void for each in kept.said] == [True]
    (account,) = till.bank.accounts()
    assert account.open_lines == 1
    with till.purse.db.reading() as session:
        assert unmatched_in(session, date(2026, 12, 1)) == 1
    assert till.bank.today(date(2026, 11, 21))
    till.matching.post([Posting(kept.line_id, (Part(LI, FEE),))])
    assert till.matching.open_lines(till.account) == []
    assert differences(till, 21) == []


def test_what_is_no_money_of_residents_is_set_aside_and_taken_back(till):
    till.read(lines((3, 12)))
    (kept,) = till.lines()
    till.matching.set_aside(kept.line_id, "利息")
    (said,) = till.lines()[0].said
    assert (said.fen, said.reason, said.deed) == (12, "利息", None)
    with pytest.raises(NothingLeft):
        till.matching.set_aside(kept.line_id, "利息")
    till.matching.unmatch(kept.line_id)
    assert till.lines()[0].unclaimed == 12


def test_what_is_set_aside_needs_words(till):
    till.read(lines((3, 12)))
    with pytest.raises(NameMissing):
        till.matching.set_aside(till.lines()[0].line_id, " ")


def test_a_deed_is_told_by_one_line_only(till):
    till.purse.payments.take(WANG, FEE, "transfer", date(2026, 11, 3))
    till.read(lines((3, FEE), (4, FEE)))
    first, second = till.lines()
    ((deed,),) = first.deeds
    till.matching.link(first.line_id, [deed.deed])
    with pytest.raises(NotOpen):
        till.matching.link(second.line_id, [deed.deed])


def test_a_line_is_linked_to_its_whole_amount(till):
    till.purse.payments.take(WANG, FEE, "transfer", date(2026, 11, 3))
    till.read(lines((3, FEE - 1)))
    (deed,) = till.matching.open_deeds(till.account)
    with pytest.raises(OtherSum):
        till.matching.link(till.lines()[0].line_id, [deed.deed])


@pytest.mark.parametrize("fen", [6, -1])
def test_the_database_keeps_claims_within_their_line(till, fen):
    till.read(lines((3, 5)))
    claim = {"bank_account_id": 1, "bank_line_id": 1, "fen": fen, "reason": "其他"}
    with (
        pytest.raises(IntegrityError, match="less than that"),
        till.purse.db.writing(DIRECTOR, "test") as session,
    ):
        session.add(BankClaimRow(**claim))


def test_lines_of_which_nothing_was_said_are_counted_up_to_a_day(till):
    till.read(lines((3, 5), (4, 6), (5, 7)))
    till.matching.set_aside(till.lines()[0].line_id, "利息")
    with till.purse.db.reading() as session:
        assert unmatched_in(session, date(2026, 11, 5)) == 1
    till.bank.set_active(till.account, is_active=False)
    with till.purse.db.reading() as session:
        assert unmatched_in(session, date(2026, 11, 5)) == 0


# the dedicated account


def test_the_bank_tells_when_deposits_were_banked(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "cash", date(2026, 11, 3))
    till.purse.deposits.take(LI, 500_00, "cash", date(2026, 11, 4))
    till.read(lines((4, 1500_00, "现金存入")), number=DEDICATED, account=deposits)
    (kept,) = till.lines(deposits)
    (group,) = kept.deeds
    till.matching.link(kept.line_id, [each.deed for each in group])
    entries = till.purse.deposits.entries()
    assert {entry.banked_on for entry in entries} == {date(2026, 11, 4)}
    till.matching.unmatch(kept.line_id)
    entries = till.purse.deposits.entries()
    assert {entry.banked_on for entry in entries} == {None}


def test_a_deposit_is_not_banked_before_it_came(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "cash", date(2026, 11, 5))
    till.read(lines((4, 1000_00)), number=DEDICATED, account=deposits)
    (kept,) = till.lines(deposits)
    assert kept.deeds == ()
    with pytest.raises(BankedTooEarly):
        till.matching.link(kept.line_id, [Deed("deposit", 1)])


def test_what_was_banked_by_hand_stays_when_a_line_is_taken_back(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "cash", date(2026, 11, 3))
    till.purse.deposits.bank([1], date(2026, 11, 3))
    till.read(lines((4, 1000_00)), number=DEDICATED, account=deposits)
    (kept,) = till.lines(deposits)
    till.matching.link(kept.line_id, [kept.deeds[0][0].deed])
    till.matching.unmatch(kept.line_id)
    assert till.purse.deposits.entries()[0].banked_on == date(2026, 11, 3)


def test_no_bill_is_paid_from_the_dedicated_account(till, deposits):
    till.read(lines((4, FEE, "王秀英")), number=DEDICATED, account=deposits)
    (kept,) = till.lines(deposits)
    assert kept.people == ()
    with pytest.raises(LineRefused):
        till.matching.post([Posting(kept.line_id, (Part(WANG, FEE),))])


# books against bank


def differences(till, day, account=0):
    found = till.bank.reconciliation(account or till.account, date(2026, 11, day))
    return [(d.cause, d.day.day, d.fen) for d in found.differences]


def test_books_and_bank_agree_when_all_is_said(till):
    till.read(lines((3, FEE), (4, 12)))
    post(till, (WANG, FEE))
    till.matching.set_aside(till.lines()[1].line_id, "利息")
    found = till.bank.reconciliation(till.account, date(2026, 11, 4))
    assert (found.books_fen, found.aside_fen, found.bank_fen) == (
        100_00 + FEE,
        12,
        100_00 + FEE + 12,
    )
    assert found.is_even


def test_what_the_bank_has_not_told_and_what_nobody_booked_is_listed(till):
    till.purse.payments.take(LI, 700, "transfer", date(2026, 11, 4))
    till.read(lines((3, FEE), (5, 12)))
    assert differences(till, 4) == [
        (Cause.ONLY_BANK, 3, FEE),
        (Cause.ONLY_BOOKS, 4, -700),
    ]


def test_a_void_receipt_shows_as_money_that_nobody_booked(till):
    till.read(lines((3, FEE)))
    (receipt_id,) = post(till, (WANG, FEE))
    till.purse.receipts.void(receipt_id, "记错人")
    assert differences(till, 21) == [(Cause.ONLY_BANK, 3, FEE)]


def test_a_gap_between_two_statements_is_listed(till):
    found = lines((3, 1), (4, 2), (5, 4))
    till.read(found[:1])
    till.read(found[2:])
    for kept in till.lines():
        till.matching.set_aside(kept.line_id, "其他")
    assert differences(till, 5) == [(Cause.GAP, 5, 2)]


def test_the_dedicated_account_is_compared_with_all_deposits(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "cash", date(2026, 11, 3))
    till.purse.deposits.take(LI, 500_00, "cash", date(2026, 11, 4))
    till.purse.deposits.bank([2], date(2026, 11, 4))
    till.read(
        lines((4, 1000_00), (5, 3, "", "利息"), opening=0),
        number=DEDICATED,
        account=deposits,
    )
    till.matching.link(till.lines(deposits)[0].line_id, [Deed("deposit", 1)])
    assert differences(till, 5, deposits) == [
        (Cause.ONLY_BOOKS, 4, -500_00),
        (Cause.ONLY_BANK, 5, 3),
    ]


def test_a_deposit_that_passes_through_the_operating_account_is_told_twice(till):
    till.purse.deposits.take(WANG, 1000_00, "transfer", date(2026, 11, 3))
    till.read(lines((3, 1000_00), (5, -1000_00)))
    came, went = (kept.line_id for kept in till.lines())
    till.matching.link(came, [Deed("deposit", 1)])
    assert differences(till, 4) == []
    till.purse.deposits.bank([1], date(2026, 11, 5))
    till.matching.link(went, [Deed("deposit", 1)])
    assert [differences(till, day) for day in (3, 4, 5)] == [[], [], []]


def test_what_was_spent_in_an_emergency_leaves_the_dedicated_account(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "cash", date(2026, 11, 3))
    spent = till.purse.deposits.spend_in_emergency
    spent(WANG, 300_00, "transfer", date(2026, 11, 4), "急诊")
    told = lines((3, 1000_00), (4, -300_00), opening=0)
    till.read(told, number=DEDICATED, account=deposits)
    for kept in till.lines(deposits):
        ((deed,),) = kept.deeds
        till.matching.link(kept.line_id, [deed.deed])
    found = till.bank.reconciliation(deposits, date(2026, 11, 4))
    assert (found.books_fen, found.bank_fen, found.is_even) == (700_00, 700_00, True)


def test_money_kept_for_a_resident_has_an_account_of_its_own(till):
    trust = till.bank.add_account("代管户", "", DEDICATED, "trust")
    kept = till.purse.of(TrustMoney)
    kept.take(WANG, 200_00, "transfer", date(2026, 11, 3), "代办养老金")
    till.read(lines((3, 200_00), opening=0), number=DEDICATED, account=trust)
    (line,) = till.lines(trust)
    ((deed,),) = line.deeds
    till.matching.link(line.line_id, [deed.deed])
    assert differences(till, 3, trust) == []


def test_before_the_first_line_nothing_is_said(till):
    assert till.bank.reconciliation(till.account, date(2026, 11, 3)) is None


# what the bank asks for on a day


def test_lines_that_nobody_claimed_are_told_on_the_first_page(till):
    till.read(lines((3, FEE), (5, -40_00)))
    (concern,) = till.bank.today(date(2026, 11, 6))
    assert (concern.count, concern.urgency) == (2, Urgency.SOON)
    assert concern.text.facts["fen"] == FEE + 40_00
    assert till.bank.today(date(2026, 12, 4))[0].urgency is Urgency.LATE


def test_an_old_statement_is_told_after_a_month(till):
    till.read(lines((3, 12)))
    till.matching.set_aside(till.lines()[0].line_id, "其他")
    assert till.bank.today(date(2026, 12, 4)) == []
    (concern,) = till.bank.today(date(2026, 12, 5))
    assert concern.text.facts["day"] == date(2026, 11, 3)


def test_an_account_that_is_not_in_use_asks_for_nothing(till):
    till.read(lines((3, 12)))
    till.bank.set_active(till.account, is_active=False)
    assert till.bank.today(date(2026, 12, 5)) == []


def test_the_reconciliation_is_printed(till, tmp_path):
    till.purse.payments.take(LI, 700, "transfer", date(2026, 11, 4))
    till.read(lines((3, FEE, "周某", "转账"), (5, 12)))
    path = tmp_path / "sheet.pdf"
    till.bank.write_reconciliation(till.account, date(2026, 11, 5), path)
    told = pypdf.PdfReader(path).pages[0].extract_text()
    assert "银行存款余额调节表" in told
    found = till.bank.reconciliation(till.account, date(2026, 11, 5))
    both = show_money(found.adjusted_fen, sign=False)
    assert told.count(both) == 2
    assert "周某 转账" in told


def test_the_way_of_a_deposit_to_the_bank_names_whose_it_is(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "transfer", date(2026, 11, 3))
    till.purse.deposits.bank([1], date(2026, 11, 3))
    (deed,) = till.matching.open_deeds(deposits)
    assert deed.text.startswith("王秀英")
    assert deed.resident_id == WANG


# a file that does not go on from what was read in


def test_a_file_without_a_number_that_does_not_join_is_refused(till):
    found = lines((3, 1), (4, 2), (5, 4))
    till.read(found[:1])
    path = till.save(found[2:], number="")
    checked = till.bank.check(till.account, path)
    assert [fault.name for fault in checked.faults] == ["not_joined"]
    assert show_money(2) in checked.faults[0].message
    with pytest.raises(StatementRefused):
        till.bank.take_over(till.account, checked)
    joined = till.bank.check(till.account, till.save(found[1:], number=""))
    assert joined.faults == ()
    assert joined.gap is None


def test_a_file_of_the_account_with_a_gap_before_it_says_so(till):
    found = lines((3, 1), (4, 2), (5, 4))
    till.read(found[:1])
    checked = till.bank.check(till.account, till.save(found[2:]))
    assert checked.faults == ()
    assert checked.gap is not None
    assert checked.gap.name == "gap_before"


def test_an_overlapping_file_joins(till):
    found = lines((3, 1), (4, 2), (5, 4))
    till.read(found[:2])
    checked = till.bank.check(till.account, till.save(found[1:], number=""))
    assert checked.faults == ()
    assert checked.gap is None


# one balance of the dedicated account


def test_interest_of_the_dedicated_account_stands_in_its_ledger(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "cash", date(2026, 11, 3))
    till.purse.deposits.bank([1], date(2026, 11, 4))
    till.read(lines((5, 212_46)), number=DEDICATED, account=deposits)
    (line,) = till.lines(deposits)
    till.matching.note(line.line_id, Does.INTEREST, "季度结息")
    account = till.purse.of(DepositAccount)
    found = account.ledger(Period(date(2026, 1, 1)))
    assert found.lines[-1].account == 212_46
    assert (found.held, found.account) == (1000_00, 1212_46)
    mine = account.ledger(Period(date(2026, 1, 1)), WANG)
    assert (mine.held, mine.account) == (1000_00, 1000_00)
    now = account.standing(date(2026, 11, 21))
    assert (now.account, now.unexplained) == (1212_46, 0)
    even = till.bank.reconciliation(deposits, date(2026, 11, 21))
    assert even.books_fen == found.account
    with till.purse.db.reading() as session:
        assert DEDICATED in account_number_in(session)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.xls", b"<html><table><tr><td>1,2</td></tr></table></html>", WebPage),
        ("b.csv", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", WebPage),
        ("c.xls", b"%PDF-1.7\n1 0 obj", PaperFile),
        ("d.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OldWorkbook),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(till, name, content, refusal):
    path = till.folder / name
    path.write_bytes(content)
    with pytest.raises(refusal) as told:
        till.bank.check(till.account, path)
    assert name in told.value.message

"""A closed month stays as it is, and its check list says what was open."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.bank import BankAccountRow, BankLineRow, BankStatementRow
from carehome.db.books import MonthCloseRow
from carehome.db.deposits import DepositEntryRow
from carehome.rules.departures import Departure
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.closing import (
    BLOCKING,
    CHECK_TEXTS,
    CheckKind,
    ClosedAlready,
    NothingClosed,
    NotNext,
    NotOver,
    ReopenReasonMissing,
    StillToPost,
)
from carehome.rules.ledger.day_close import Count
from carehome.rules.periods import Period, month_of
from carehome.rules.refunds import AskedRefund, RefundKind
from carehome.rules.rights import NotAllowed, Role
from carehome.services.books import Books
from carehome.services.day_close import DayCloses
from carehome.services.departures import Departures, Order
from carehome.services.deposits.account import DepositAccount
from carehome.services.donations import Donations
from carehome.services.ledger import entries_in
from carehome.services.refunds import Refunds
from carehome.services.trust import TrustMoney, TrustTill
from carehome.services.utilities import Utilities
from tests.conftest import ROLES
from tests.purse import DECEMBER, FEE, NOVEMBER, OCTOBER, SEPTEMBER, Purse
from tests.ways.book_deeds import BILL

WANG, LI = 1, 2
LATE, LAST = date(2026, 10, 30), date(2026, 10, 31)
REFUNDED = {"paper": "收条 1", "approved_by": 2}
ASKED = AskedRefund(WANG, RefundKind.PREPAID, 100_00, "transfer", "王强", "多付")


@pytest.fixture
def books(purse):
    return purse.of(Books)


def entries(db, period: Period):
    with db.reading() as session:
        return entries_in(session, period)


def open_counts(books, month):
    return {check.kind: check.count for check in books.checks(month) if check.count}


def test_every_line_of_the_check_list_has_words():
    assert set(CHECK_TEXTS) == set(CheckKind)
    assert set(CheckKind) > BLOCKING


def test_nothing_taken_on_a_day_of_a_closed_month_is_booked(purse, books):
    books.close(OCTOBER)
    with pytest.raises(MonthClosed):
        purse.payments.take(WANG, FEE, "cash", LATE)
    with pytest.raises(MonthClosed):
        purse.deposits.take(WANG, FEE, "cash", LATE)
    with pytest.raises(MonthClosed):
        purse.of(TrustMoney).take(WANG, FEE, "cash", LATE, "养老金")


def test_what_is_taken_after_the_closed_month_is_booked(purse, books):
    books.close(OCTOBER)
    assert purse.payments.take(WANG, FEE, "cash", NOVEMBER)


def test_all_months_before_a_closed_one_are_closed(purse, books):
    books.close(OCTOBER)
    with pytest.raises(MonthClosed):
        purse.payments.take(WANG, FEE, "cash", date(2026, 8, 3))


def test_a_void_leaves_the_closed_month_as_it_was(purse, books, db):
    receipt = purse.payments.take(WANG, FEE, "cash", LATE)
    books.close(OCTOBER)
    before = entries(db, month_of(OCTOBER))
    purse.receipts.void(receipt, "打错")
    assert entries(db, month_of(OCTOBER)) == before
    [back] = [each for each in entries(db, month_of(NOVEMBER)) if each.is_void]
    assert back.text == "打错"


def test_a_deposit_banked_in_a_closed_month_stays_banked_there(purse, books):
    purse.deposits.take(WANG, FEE, "cash", LATE)
    [entry] = purse.deposits.entries(WANG)
    purse.deposits.bank([entry.entry_id], LATE)
    books.close(OCTOBER)
    with pytest.raises(MonthClosed):
        purse.deposits.bank([entry.entry_id], NOVEMBER)


def test_bills_posted_after_their_month_stand_in_it_before_and_after_the_close(db):
    later = Purse(db, lambda: datetime(2026, 12, 3, 9, tzinfo=UTC))
    later.post(NOVEMBER)
    before = entries(db, month_of(NOVEMBER))
    assert {each.day for each in before} == {date(2026, 11, 30)}
    later.of(Books).close(NOVEMBER)
    assert entries(db, month_of(NOVEMBER)) == before


def test_a_utility_bill_of_a_closed_month_is_only_paid(purse, books, db):
    bill = replace(BILL, day=LATE)
    utilities = purse.of(Utilities)
    number = utilities.add(bill)
    books.close(OCTOBER)
    before = entries(db, month_of(OCTOBER))
    with pytest.raises(MonthClosed):
        utilities.change(number, replace(bill, fen=bill.fen + 1))
    with pytest.raises(MonthClosed):
        utilities.pay(number, LATE, "cash")
    with pytest.raises(MonthClosed):
        utilities.remove(number)
    with pytest.raises(MonthClosed):
        utilities.add(replace(bill, number="0002"))
    utilities.pay(number, NOVEMBER, "transfer")
    assert entries(db, month_of(OCTOBER)) == before


def test_donations_of_a_closed_month_are_voided_after_it(purse, books, db):
    gifts = purse.of(Donations)
    number = gifts.take("市慈善总会", 100, "cash", LATE)
    books.close(OCTOBER)
    before = entries(db, month_of(OCTOBER))
    with pytest.raises(MonthClosed):
        gifts.use(number, 100, "cash", LATE, "买米")
    gifts.void(number, "打错")
    assert entries(db, month_of(OCTOBER)) == before


def test_what_was_still_open_is_kept_with_the_close(purse, books):
    purse.deposits.take(WANG, FEE, "transfer", LATE)
    books.close(OCTOBER, "押金次月存")
    [closed] = books.closes()
    assert [(c.kind, c.count, c.fen) for c in closed.checks] == [
        (CheckKind.UNBANKED, 1, FEE)
    ]
    assert (closed.note, closed.closed_by) == ("押金次月存", "director")
    assert closed.entries == 3
    assert closed.moved == 3 * FEE


@pytest.mark.parametrize(
    ("month", "refusal"),
    [(NOVEMBER, NotOver), (SEPTEMBER, ClosedAlready), (OCTOBER, ClosedAlready)],
)
def test_months_are_closed_once_and_when_they_are_over(books, month, refusal):
    books.close(OCTOBER)
    with pytest.raises(refusal):
        books.close(month)


def test_months_are_closed_in_order(purse, books):
    books.close(SEPTEMBER)
    later = Purse(purse.db, lambda: datetime(2026, 12, 3, 9, tzinfo=UTC))
    with pytest.raises(NotNext):
        later.of(Books).close(NOVEMBER)


def test_a_month_without_its_bills_is_not_closed(purse):
    later = Purse(purse.db, lambda: datetime(2026, 12, 3, 9, tzinfo=UTC))
    with pytest.raises(StillToPost):
        later.of(Books).close(NOVEMBER)


def test_the_director_opens_the_newest_month_again(purse, books):
    books.close(SEPTEMBER)
    books.close(OCTOBER)
    books.reopen("少记一笔收款")
    purse.payments.take(WANG, FEE, "cash", LATE)
    with pytest.raises(MonthClosed):
        purse.payments.take(WANG, FEE, "cash", date(2026, 9, 30))
    assert books.closes()[0].reopen_reason == "少记一笔收款"


def test_a_month_is_opened_again_for_a_reason(books):
    books.close(OCTOBER)
    with pytest.raises(ReopenReasonMissing):
        books.reopen(" ")


def test_what_is_open_is_not_opened_again(books):
    with pytest.raises(NothingClosed):
        books.reopen("看看")


def test_the_accountant_closes_but_does_not_open_again(purse, books):
    accountant = purse.as_role(Role.ACCOUNTANT).of(Books)
    accountant.close(OCTOBER)
    with pytest.raises(NotAllowed):
        accountant.reopen("改一笔")


def test_a_close_is_never_edited_nor_removed(books, db):
    books.close(OCTOBER)
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.get_one(MonthCloseRow, 1).month = SEPTEMBER
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.delete(session.get_one(MonthCloseRow, 1))


# ---- the check list


def test_a_month_with_everything_done_has_nothing_open(books):
    assert open_counts(books, OCTOBER) == {}


def test_a_month_that_is_not_posted_is_open(books):
    assert open_counts(books, NOVEMBER) == {CheckKind.UNPOSTED: 1}


def test_a_deposit_banked_after_the_month_is_told(purse, books):
    purse.deposits.take(WANG, FEE, "transfer", LATE)
    [entry] = purse.deposits.entries(WANG)
    purse.deposits.bank([entry.entry_id], NOVEMBER)
    assert open_counts(books, OCTOBER) == {CheckKind.UNBANKED: 1}


def test_emergencies_without_papers_are_told(purse, books):
    deposit_at_the_bank(purse)
    purse.deposits.spend_in_emergency(WANG, 100_00, "transfer", LATE, "急诊")
    assert open_counts(books, OCTOBER) == {CheckKind.PAPERS_DUE: 1}


def deposit_at_the_bank(purse):
    purse.deposits.take(WANG, FEE, "transfer", LATE)
    [entry] = purse.deposits.entries(WANG)
    purse.deposits.bank([entry.entry_id], LATE)
    return entry.entry_id


def test_what_was_paid_out_of_deposits_and_not_drawn_is_told(purse, books):
    deposit_at_the_bank(purse)
    purse.deposits.spend_in_emergency(WANG, 100_00, "cash", LATE, "急诊")
    account = purse.of(DepositAccount)
    [entry] = [each for each in purse.deposits.entries(WANG) if each.kind != "in"]
    [check] = [c for c in books.checks(OCTOBER) if c.kind is CheckKind.TO_DRAW]
    assert (check.count, check.fen) == (1, 100_00)
    account.draw([entry.entry_id], "transfer", NOVEMBER, "回单 1")
    assert CheckKind.TO_DRAW in open_counts(books, OCTOBER)
    assert CheckKind.TO_DRAW not in open_counts(books, NOVEMBER)


def test_approved_refunds_that_are_not_paid_are_told(purse, books):
    purse.payments.take(WANG, 13_500_00, "transfer", LATE)
    refunds = purse.as_role(Role.ACCOUNTANT).of(Refunds)
    number = refunds.ask(ASKED)
    assert CheckKind.REFUNDS_DUE not in open_counts(books, NOVEMBER)
    purse.of(Refunds).approve(number)
    [check] = [c for c in books.checks(NOVEMBER) if c.kind is CheckKind.REFUNDS_DUE]
    assert (check.count, check.fen) == (1, 100_00)
    assert CheckKind.REFUNDS_DUE not in open_counts(books, OCTOBER)


def test_who_left_and_is_not_settled_is_told(purse, books):
    departures = purse.of(Departures)
    number = departures.order(LI, Order(Departure.HOME, LATE, "家属", "回家"))
    departures.leave(number, LATE)
    assert open_counts(books, OCTOBER)[CheckKind.UNSETTLED] == 1
    assert CheckKind.UNSETTLED not in open_counts(books, SEPTEMBER)


def test_a_till_below_nothing_is_told(purse, books):
    assert CheckKind.CASH_BELOW not in open_counts(books, OCTOBER)
    utilities = purse.of(Utilities)
    number = utilities.add(replace(BILL, day=LATE))
    utilities.pay(number, LATE, "cash")
    [check] = [c for c in books.checks(OCTOBER) if c.kind is CheckKind.CASH_BELOW]
    assert (check.count, check.fen) == (1, BILL.fen)
    purse.payments.take(WANG, BILL.fen, "cash", LATE)
    assert CheckKind.CASH_BELOW not in open_counts(books, OCTOBER)


def test_utility_bills_that_are_not_paid_are_told(purse, books):
    purse.of(Utilities).add(BILL)
    assert CheckKind.UTILITIES_DUE in open_counts(books, NOVEMBER)
    assert CheckKind.UTILITIES_DUE not in open_counts(books, OCTOBER)


def test_trust_money_not_counted_since_it_moved_is_told(purse, books, clock):
    money, till = purse.of(TrustMoney), purse.of(TrustTill)
    money.take(WANG, 300_00, "cash", LATE, "零用钱")
    money.take(WANG, 500_00, "transfer", LATE, "养老金")
    assert open_counts(books, OCTOBER) == {CheckKind.UNCOUNTED: 1}
    assert CheckKind.UNCOUNTED not in open_counts(books, SEPTEMBER)
    till.count(300_00, "刘芳")
    assert open_counts(books, OCTOBER) == {}


def read_bank(db, purpose, *moves):
    """Read a statement of a bank account; lines are days and amounts."""
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        account = BankAccountRow(name=purpose, number=purpose, purpose=purpose)
        session.add(account)
        session.flush()
        statement = BankStatementRow(
            bank_account_id=account.id,
            file="十月.xlsx",
            layout="a",
            read_at=datetime(2026, 11, 2),  # noqa: DTZ001 - as the database keeps it
            read_by="会计",
        )
        session.add(statement)
        session.flush()
        balance = 0
        for row, (day, fen) in enumerate(moves):
            balance += fen
            session.add(
                BankLineRow(
                    bank_account_id=account.id,
                    bank_statement_id=statement.id,
                    row=row,
                    day=day,
                    fen=fen,
                    balance_fen=balance,
                    party="王强",
                    party_account="",
                    text="",
                    serial=str(row),
                    mark=str(row),
                )
            )


def test_lines_of_the_bank_that_nobody_claimed_are_told(books, db):
    read_bank(db, "operating", (LAST, FEE))
    assert open_counts(books, OCTOBER)[CheckKind.UNMATCHED] == 1
    assert CheckKind.UNMATCHED not in open_counts(books, SEPTEMBER)


def test_books_that_differ_from_the_bank_are_told_as_of_the_month(purse, books, db):
    purse.of(TrustMoney).take(WANG, 300_00, "transfer", LATE, "养老金")
    read_bank(db, "trust", (date(2026, 9, 30), 1_00), (LAST, 200_00))
    found = {check.kind: check for check in books.checks(OCTOBER)}
    assert found[CheckKind.UNEVEN].count == 1
    assert found[CheckKind.UNEVEN].fen == 99_00
    [check] = [c for c in books.checks(SEPTEMBER) if c.kind is CheckKind.UNEVEN]
    assert check.fen == 1_00


def test_accounts_not_read_to_the_end_of_the_month_are_told(books, db):
    read_bank(db, "operating", (LAST, FEE))
    read_bank(db, "trust", (date(2026, 10, 10), FEE))
    read_bank(db, "deposit")
    assert open_counts(books, OCTOBER)[CheckKind.STATEMENTS_SHORT] == 2
    assert open_counts(books, SEPTEMBER)[CheckKind.STATEMENTS_SHORT] == 1
    assert open_counts(books, NOVEMBER)[CheckKind.STATEMENTS_SHORT] == 2


def test_what_was_held_above_the_cap_at_the_end_of_the_month_is_told(books, db):
    for kind, day, fen in (("opening", SEPTEMBER, 7 * FEE), ("refund", NOVEMBER, FEE)):
        with db.writing(ROLES[Role.DIRECTOR], "test") as session:
            session.add(
                DepositEntryRow(
                    resident_id=WANG,
                    kind=kind,
                    day=day,
                    fen=fen,
                    method="none" if kind == "opening" else "transfer",
                    banked_on=day if kind == "opening" else None,
                    taken_by=1,
                    **({} if kind == "opening" else REFUNDED),
                )
            )
    [check] = [c for c in books.checks(OCTOBER) if c.kind is CheckKind.OVER_HELD]
    assert (check.count, check.fen) == (1, FEE)
    assert CheckKind.OVER_HELD not in open_counts(books, NOVEMBER)


def test_receipts_voided_in_the_month_are_told(purse, books):
    receipt = purse.payments.take(WANG, FEE, "cash", LATE)
    purse.receipts.void(receipt, "打错")
    assert open_counts(books, NOVEMBER)[CheckKind.VOIDED] == 1
    assert CheckKind.VOIDED not in open_counts(books, OCTOBER)


def test_days_with_cash_that_nobody_counted_are_told(purse, books, passwords):
    word = passwords[Role.DIRECTOR]
    purse.payments.take(WANG, FEE, "cash", LATE)
    assert open_counts(books, OCTOBER)[CheckKind.DAYS_OPEN] == 1
    purse.of(DayCloses).close(SEPTEMBER, Count(0), word)
    assert open_counts(books, OCTOBER)[CheckKind.DAYS_OPEN] == 1
    purse.of(DayCloses).close(LATE, Count(FEE), word)
    assert CheckKind.DAYS_OPEN not in open_counts(books, OCTOBER)


def test_december_is_not_open_to_be_closed(books):
    with pytest.raises(NotOver):
        books.close(DECEMBER)

"""Payments and their receipts on a real encrypted file."""

from datetime import UTC, date, datetime

import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.rules.billing.payments import (
    MoreThanOutstanding,
    NothingPaid,
    PrepaidTooMuch,
)
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.receipts import AlreadyVoid, VoidReasonMissing
from tests.conftest import ROLES, TODAY
from tests.purse import FEE, NOVEMBER, OCTOBER, SEPTEMBER, Purse


def opens(purse, resident_id=1):
    return [bill.open for bill in purse.payments.account(resident_id).bills]


def test_the_oldest_bill_is_paid_first(purse):
    purse.payments.take(1, 3000_00, "wechat", TODAY)
    assert opens(purse) == [0, 2 * FEE - 3000_00]


def test_a_clerk_may_say_which_bill_is_paid(purse):
    october = purse.payments.account(1).bills[1].bill_id
    purse.payments.take(1, 1000_00, "cash", TODAY, told={october: 1000_00})
    assert opens(purse) == [FEE, FEE - 1000_00]


def test_a_bill_is_not_given_more_than_is_open(purse):
    september = purse.payments.account(1).bills[0].bill_id
    with pytest.raises(MoreThanOutstanding):
        purse.payments.take(1, 9000_00, "cash", TODAY, told={september: FEE + 1})


@pytest.mark.parametrize("fen", [0, -100])
def test_nothing_is_no_payment(purse, fen):
    with pytest.raises(NothingPaid):
        purse.payments.take(1, fen, "cash", TODAY)


def test_no_money_comes_tomorrow(purse):
    with pytest.raises(NotComeYet):
        purse.payments.take(1, 100, "cash", date(2026, 11, 22))


def test_what_is_left_is_prepaid_and_settles_the_next_bill(purse):
    purse.payments.take(1, 2 * FEE + 600_00, "transfer", TODAY)
    assert purse.payments.account(1).prepaid == 600_00
    purse.post(NOVEMBER)
    account = purse.payments.account(1)
    assert (account.prepaid, account.owed) == (0, FEE - 600_00)


def test_twelve_months_are_prepaid_at_most(purse):
    most = 2 * FEE + 12 * FEE
    with pytest.raises(PrepaidTooMuch) as refusal:
        purse.payments.take(1, most + 1, "transfer", TODAY)
    assert refusal.value.facts["most_fen"] == most
    purse.payments.take(1, most, "transfer", TODAY)
    assert purse.payments.account(1).prepaid == purse.payments.prepaid_cap(1)


def test_a_bill_is_paid_even_while_a_price_is_missing(purse):
    purse.residents.set_grade(1, "special", NOVEMBER, consent_by="家属")
    purse.payments.take(1, 2 * FEE, "cash", TODAY)
    assert purse.payments.account(1).owed == 0


def test_a_credit_is_kept_as_prepaid_and_its_paper_says_so_once(purse, tmp_path):
    purse.payments.take(1, 2 * FEE, "cash", TODAY)
    purse.residents.discharge(1, date(2026, 10, 1), "回家")
    purse.post(NOVEMBER)
    account = purse.payments.account(1)
    assert account.bills[-1].total == -FEE  # October was billed in vain
    assert (account.owed, account.prepaid) == (0, FEE)
    bill = purse.billing.bills_of(1)[0]
    purse.papers.write_bill(bill, tmp_path / "bill.pdf")
    page = pypdf.PdfReader(tmp_path / "bill.pdf").pages[0].extract_text()
    assert "余 ¥2,600.00 留作预收" in page


def test_arrears_name_months_and_whom_to_call(purse):
    purse.payments.take(2, FEE + 100_00, "cash", TODAY)
    first, second = purse.arrears.owing()
    assert (first.resident, first.months, first.owed) == (
        "王秀英",
        (SEPTEMBER, OCTOBER),
        2 * FEE,
    )
    assert (second.resident, second.months, second.owed) == (
        "李桂兰",
        (OCTOBER,),
        FEE - 100_00,
    )
    assert first.due_since == OCTOBER


def test_balances_tell_what_each_owes_and_has_prepaid(purse):
    purse.payments.take(2, 2 * FEE + 70_00, "cash", TODAY)
    assert purse.payments.balances() == {1: (2 * FEE, 0), 2: (0, 70_00)}


def test_the_states_of_a_month_tell_what_is_paid(purse):
    purse.payments.take(1, FEE + 1, "cash", TODAY)
    states = purse.payments.states(OCTOBER).values()
    assert sorted(state.settled for state in states) == [0, 1]


def test_receipts_are_numbered_without_gaps(purse):
    ids = [purse.payments.take(n, 100_00, "cash", TODAY) for n in (1, 2, 1)]
    numbers = [purse.receipts.receipt(each).label for each in ids]
    assert numbers == ["2026-000001", "2026-000002", "2026-000003"]


def test_a_receipt_says_what_the_money_was_for(purse):
    number = purse.payments.take(1, 2 * FEE + 600_00, "wechat", TODAY, "王小明")
    receipt = purse.receipts.receipt(number)
    assert [(words, fen) for words, fen in receipt.lines] == [
        ("2026年9月服务费", FEE),
        ("2026年10月服务费", FEE),
        ("预收服务费", 600_00),
    ]
    assert (receipt.payer, receipt.fen) == ("王小明", 2 * FEE + 600_00)
    assert receipt.issued_at == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def test_the_year_of_a_number_is_the_year_at_the_desk(db, purse):
    new_year = datetime(2027, 1, 1).astimezone()  # midnight where the desk stands
    at_midnight = Purse(db, lambda: new_year)
    number = at_midnight.payments.take(1, 1, "cash", date(2027, 1, 1))
    assert purse.receipts.receipt(number).label == "2027-000001"


def test_a_void_keeps_its_number_and_gives_the_bill_its_money_back(purse):
    number = purse.payments.take(1, 3000_00, "cash", TODAY)
    purse.receipts.void(number, "金额打错")
    assert opens(purse) == [FEE, FEE]
    receipt = purse.receipts.receipt(number)
    assert (receipt.label, receipt.void_reason) == ("2026-000001", "金额打错")
    again = purse.payments.take(1, 300_00, "cash", TODAY)
    assert purse.receipts.receipt(again).number == 2


def test_a_void_prepayment_is_prepaid_no_more(purse):
    number = purse.payments.take(1, 2 * FEE + 50_00, "cash", TODAY)
    purse.receipts.void(number, "退款")
    account = purse.payments.account(1)
    assert (account.owed, account.prepaid) == (2 * FEE, 0)


def test_a_receipt_is_voided_once_and_with_a_reason(purse):
    number = purse.payments.take(1, 100_00, "cash", TODAY)
    with pytest.raises(VoidReasonMissing):
        purse.receipts.void(number, " ")
    purse.receipts.void(number, "重复")
    with pytest.raises(AlreadyVoid):
        purse.receipts.void(number, "重复")


def test_the_front_desk_takes_money_and_voids_nothing(purse):
    desk = purse.as_role(Role.FRONT_DESK)
    number = desk.payments.take(1, 100_00, "cash", TODAY)
    with pytest.raises(NotAllowed):
        desk.receipts.void(number, "打错")


def test_the_safety_officer_sees_no_money(purse):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.SAFETY_OFFICER).payments.account(1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE receipt SET number = 7",
        "UPDATE receipt SET text = '{}'",
        "DELETE FROM receipt",
        "UPDATE payment SET fen = 1",
        "DELETE FROM payment",
        "UPDATE payment_share SET fen = 1",
        "INSERT INTO payment_share (bill_id, payment_id, fen) VALUES (1, 1, 10000000)",
    ],
)
def test_the_database_itself_keeps_money_as_it_was_booked(purse, db, change):
    purse.payments.take(1, 100_00, "cash", TODAY)
    with (
        pytest.raises(IntegrityError, match=r"edited|kept|more than"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(text(change))


def test_receipts_of_some_days_are_listed_the_newest_first(purse):
    for day in (19, 20, 21):
        purse.payments.take(1, 100_00, "cash", date(2026, 11, day))
    found = purse.receipts.receipts(date(2026, 11, 20), TODAY)
    assert [receipt.day.day for receipt in found] == [21, 20]


def test_looking_at_a_receipt_is_no_print(purse, tmp_path):
    number = purse.payments.take(1, 100_00, "cash", TODAY)
    purse.papers.preview_receipt(number, tmp_path / "r.pdf")
    assert purse.receipts.receipt(number).printed == 0
    purse.papers.count_print(number)
    assert purse.receipts.receipt(number).printed == 1
    assert (tmp_path / "r.pdf").stat().st_size > 1000


def test_prepaid_money_beside_a_reopened_bill_settles_it_with_the_next_payment(purse):
    first = purse.payments.take(1, FEE, "cash", TODAY)
    purse.payments.take(1, 2 * FEE, "cash", TODAY)  # the other bill, and one ahead
    purse.receipts.void(first, "开错了")
    account = purse.payments.account(1)
    assert (account.owed, account.prepaid) == (FEE, FEE)
    purse.payments.take(1, 100_00, "cash", TODAY)
    account = purse.payments.account(1)
    assert (account.owed, account.prepaid) == (0, 100_00)

"""Deposits on a real encrypted file: the cap, what leaves, and the dedicated account."""

from datetime import date, timedelta

import openpyxl
import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.db.keys import WrongPassword
from carehome.rules.deposits import (
    CapPassed,
    CapUnknown,
    MoreThanHeld,
    NoConsent,
    NoPurpose,
)
from carehome.rules.home import NewAccount
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.accounts import Accounts, Approval, MayNotApprove, SamePerson
from carehome.services.beds import Beds
from carehome.services.deposits import (
    BankedTooEarly,
    MoreThanOwed,
    open_in,
)
from carehome.services.deposits.fee_rules import FeeRules
from carehome.services.receipts import DepositSpent
from carehome.services.workdays import is_working_day
from tests.conftest import ROLES, TODAY
from tests.purse import FEE, OCTOBER

CAP = 6 * FEE


@pytest.fixture
def signed(passwords) -> Approval:
    return Approval("accountant", passwords[Role.ACCOUNTANT])


def held(purse, resident_id=1):
    return purse.deposits.standing(resident_id).held


def carry_over(db, fen, resident_id, day):
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        open_in(session, resident_id, fen, day, 1)


def test_the_cap_is_six_monthly_service_fees(purse):
    standing = purse.deposits.standing(1)
    assert (standing.monthly_fee, standing.cap, standing.room) == (FEE, CAP, CAP)


def test_a_deposit_up_to_the_cap_is_taken(purse):
    purse.deposits.take(1, CAP, "transfer", TODAY)
    assert held(purse) == CAP


def test_one_fen_more_is_refused_and_the_most_is_told(purse):
    purse.deposits.take(1, 1000_00, "cash", TODAY)
    with pytest.raises(CapPassed) as refusal:
        purse.deposits.take(1, CAP - 1000_00 + 1, "cash", TODAY)
    assert refusal.value.facts["most_fen"] == CAP - 1000_00
    assert "¥14,600.00" in refusal.value.message


def test_without_a_cap_in_the_rules_no_deposit_is_taken(purse):
    purse.of(FeeRules).choose("shanghai", TODAY, "上海市实施办法")
    assert purse.deposits.standing(1).cap is None
    with pytest.raises(CapUnknown):
        purse.deposits.take(1, 1, "cash", TODAY)


def test_a_deposit_gets_a_receipt(purse):
    receipt = purse.receipts.receipt(purse.deposits.take(1, 500_00, "cash", TODAY))
    assert (receipt.lines, receipt.is_deposit) == ((("押金", 500_00),), True)


def test_no_deposit_comes_tomorrow(purse):
    with pytest.raises(NotComeYet):
        purse.deposits.take(1, 1, "cash", TODAY + timedelta(1))


def test_a_second_person_signs_for_a_refund(purse, signed):
    purse.deposits.take(1, 2000_00, "cash", TODAY)
    voucher = purse.deposits.refund(1, 500_00, "cash", TODAY, "退住", signed, "王小明")
    assert held(purse) == 1500_00
    receipt = purse.receipts.receipt(voucher)
    assert (receipt.fen, receipt.payer) == (-500_00, "王小明")


def test_nobody_signs_for_the_own_refund(purse, passwords):
    purse.deposits.take(1, 2000_00, "cash", TODAY)
    own = Approval("director", passwords[Role.DIRECTOR])
    with pytest.raises(SamePerson):
        purse.deposits.refund(1, 1, "cash", TODAY, "退住", own)


def test_a_wrong_password_signs_nothing(purse, passwords):
    purse.deposits.take(1, 2000_00, "cash", TODAY)
    wrong = Approval("accountant", "not-the-password")
    with pytest.raises(WrongPassword):
        purse.deposits.refund(1, 1, "cash", TODAY, "退住", wrong)
    assert held(purse) == 2000_00


def test_the_second_person_needs_the_right(purse, db, passwords):
    purse.of(Accounts).add(
        NewAccount("desk2", "前台", Role.FRONT_DESK, "desk-password")
    )
    purse.deposits.take(1, 2000_00, "cash", TODAY)
    with pytest.raises(MayNotApprove):
        purse.deposits.refund(
            1, 1, "cash", TODAY, "退住", Approval("desk2", "desk-password")
        )


@pytest.mark.parametrize(
    "signature",
    ["NULL", "1"],
)
def test_the_database_itself_wants_two_people_for_a_refund(purse, db, signature):
    purse.deposits.take(1, 2000_00, "cash", TODAY)
    with (
        pytest.raises(IntegrityError, match="refund_by_two"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(
            text(
                "INSERT INTO deposit_entry (resident_id, kind, day, fen, method,"
                " purpose, paper, taken_by, approved_by, is_void)"
                f" VALUES (1, 'refund', '2026-11-21', 1, 'cash', 'x', '', 1, {signature}, 0)"
            )
        )


def test_more_than_is_held_never_leaves(purse, db, signed):
    purse.deposits.take(1, 100_00, "cash", TODAY)
    with pytest.raises(MoreThanHeld):
        purse.deposits.refund(1, 100_01, "cash", TODAY, "退住", signed)
    with (
        pytest.raises(IntegrityError, match="more than is held"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(
            text(
                "INSERT INTO deposit_entry (resident_id, kind, day, fen, method,"
                " purpose, paper, taken_by, is_void)"
                " VALUES (1, 'emergency', '2026-11-21', 10001, 'cash', 'x', '', 1, 0)"
            )
        )


def test_a_deposit_leaves_only_for_a_purpose(purse, signed):
    purse.deposits.take(1, 100_00, "cash", TODAY)
    with pytest.raises(NoPurpose):
        purse.deposits.refund(1, 1, "cash", TODAY, " ", signed)


def test_papers_of_an_emergency_are_due_in_seven_working_days(purse):
    purse.deposits.take(1, 9000_00, "cash", TODAY)
    friday = date(2026, 11, 13)
    due = purse.deposits.spend_in_emergency(1, 800_00, "cash", friday, "急诊押金")
    assert due == date(2026, 11, 24)
    assert held(purse) == 8200_00
    entry = purse.deposits.entries(1)[0]
    purse.deposits.hand_in_papers(entry.entry_id, "发票 3 张")
    assert purse.deposits.entries(1)[0].paper == "发票 3 张"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # the national day
        (date(2026, 10, 10), True),  # a Saturday that makes up for it
        (date(2027, 7, 3), False),  # a Saturday of a year not published yet
        (date(2027, 7, 5), True),
    ],
)
def test_working_days_follow_the_state_calendar(day, works):
    assert is_working_day(day) is works


def test_a_set_off_needs_the_family_and_settles_the_bill(purse):
    purse.deposits.take(1, 3000_00, "cash", TODAY)
    purse.post(OCTOBER)
    with pytest.raises(NoConsent):
        purse.deposits.set_off(1, FEE, TODAY, "抵扣欠费", "")
    purse.deposits.set_off(1, FEE, TODAY, "抵扣欠费", "同意书 12 号")
    assert held(purse) == 400_00
    assert purse.payments.account(1).owed == 0


def test_no_more_is_set_off_than_is_owed(purse):
    purse.deposits.take(1, 9000_00, "cash", TODAY)
    purse.post(OCTOBER)
    with pytest.raises(MoreThanOwed) as refusal:
        purse.deposits.set_off(1, FEE + 1, TODAY, "抵扣欠费", "同意书")
    assert "¥2,600.00" in refusal.value.message


def test_a_deposit_receipt_is_voided(purse):
    number = purse.deposits.take(1, 3000_00, "cash", TODAY)
    purse.receipts.void(number, "打错")
    assert held(purse) == 0
    assert purse.deposits.entries(1)[0].is_void


def test_a_deposit_that_was_used_cannot_be_made_void(purse, signed):
    number = purse.deposits.take(1, 3000_00, "cash", TODAY)
    purse.deposits.refund(1, 1000_00, "cash", TODAY, "退一部分", signed)
    with pytest.raises(DepositSpent) as refusal:
        purse.receipts.void(number, "打错")
    assert "¥2,000.00" in refusal.value.message
    assert held(purse) == 2000_00


def test_a_fall_of_the_fee_puts_a_deposit_on_the_over_held_list(purse):
    purse.deposits.take(1, CAP, "transfer", date(2026, 11, 1))
    purse.residents.set_grade(1, "self_care", date(2026, 11, 16), consent_by="家属")
    (over,) = purse.deposits.over_held()
    assert over.standing.excess == 6 * 400_00
    assert over.since == date(2026, 11, 16)
    assert over.refund_by == date(2026, 12, 1)


def test_what_is_given_back_leaves_the_over_held_list(purse, signed):
    purse.deposits.take(1, CAP, "transfer", date(2026, 11, 1))
    purse.residents.set_grade(1, "self_care", date(2026, 11, 16), consent_by="家属")
    purse.deposits.refund(1, 6 * 400_00, "transfer", TODAY, "超额退还", signed)
    assert purse.deposits.over_held() == []


def test_a_deposit_older_than_the_price_list_is_over_held_since_its_first_day(purse):
    old = purse.live("孙大成", 3, date(2024, 1, 1), sex="male")
    carry_over(purse.db, CAP + 100, old, day=date(2024, 5, 1))
    (over,) = purse.deposits.over_held()
    assert (over.standing.excess, over.since) == (100, date(2025, 1, 1))


def test_who_has_left_gets_the_whole_deposit_back(purse):
    purse.deposits.take(1, 5000_00, "cash", date(2026, 11, 1))
    purse.residents.discharge(1, date(2026, 11, 20), "回家")
    (over,) = purse.deposits.over_held()
    assert (over.standing.excess, over.since) == (5000_00, date(2026, 11, 20))


def test_who_comes_back_pays_a_deposit_before_the_day(purse):
    purse.residents.discharge(1, date(2026, 11, 20), "回家")
    purse.of(Beds).reserve(1, 1, date(2026, 11, 30), None)
    assert purse.deposits.standing(1).cap == CAP


def test_the_over_held_list_goes_to_paper_and_into_a_workbook(purse, tmp_path):
    purse.deposits.take(1, CAP, "transfer", date(2026, 11, 1))
    purse.residents.set_grade(1, "self_care", date(2026, 11, 16), consent_by="家属")
    purse.papers.write_over_held(tmp_path / "over.pdf")
    text = pypdf.PdfReader(tmp_path / "over.pdf").pages[0].extract_text()
    assert "王秀英" in text
    assert "2,400.00" in text
    purse.papers.write_over_held_workbook(tmp_path / "over.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "over.xlsx").active.values
    assert any(row[1] == "王秀英" and row[4] == 2400 for row in rows)


def test_the_ledger_leaves_out_what_is_void(purse, tmp_path):
    purse.receipts.void(purse.deposits.take(1, 777_00, "cash", TODAY), "打错")
    purse.deposits.take(1, 500_00, "cash", TODAY)
    purse.papers.write_deposit_ledger(1, tmp_path / "ledger.pdf")
    text = pypdf.PdfReader(tmp_path / "ledger.pdf").pages[0].extract_text()
    assert "伍佰元整" in text
    assert "777.00" not in text


def test_standings_list_who_lives_here_or_has_a_deposit(purse):
    purse.deposits.take(2, 5000_00, "cash", TODAY)
    purse.residents.discharge(2, date(2026, 11, 20), "回家")
    assert [(s.resident, s.held) for s in purse.deposits.standings()] == [
        ("王秀英", 0),
        ("李桂兰", 5000_00),
    ]


def test_money_not_in_the_bank_the_next_day_is_late(purse):
    day = date(2026, 11, 19)
    purse.deposits.take(1, 1000_00, "cash", day)
    (entry,) = purse.deposits.entries(1)
    assert entry.is_late
    with pytest.raises(BankedTooEarly):
        purse.deposits.bank([entry.entry_id], date(2026, 11, 18))
    purse.deposits.bank([entry.entry_id], date(2026, 11, 20))
    assert not purse.deposits.entries(1)[0].is_late


def test_the_front_desk_takes_deposits_and_pays_none_out(purse, signed):
    desk = purse.as_role(Role.FRONT_DESK).deposits
    desk.take(1, 1000_00, "cash", TODAY)
    with pytest.raises(NotAllowed):
        desk.refund(1, 1, "cash", TODAY, "退", signed)


def test_a_deposit_given_back_before_it_was_banked_stays_in_sight(purse, signed):
    purse.deposits.take(1, 5000_00, "cash", TODAY)
    purse.deposits.refund(1, 5000_00, "cash", TODAY, "退住", signed)
    purse.residents.discharge(1, TODAY, "回家")
    assert 1 in [standing.resident_id for standing in purse.deposits.standings()]
    entries = purse.deposits.entries(1)
    purse.deposits.bank([e.entry_id for e in entries if e.kind == "in"], TODAY)
    assert 1 not in [standing.resident_id for standing in purse.deposits.standings()]

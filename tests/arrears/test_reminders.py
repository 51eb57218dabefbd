"""Arrears by age, and the reminders of them, on a real encrypted file."""

from datetime import date, timedelta

import openpyxl
import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.rules.arrears import Age, DueKind, DueRule
from carehome.rules.reminders import (
    NothingSaid,
    PromiseTooEarly,
    RemindedLately,
    ReminderRules,
    Step,
    Way,
)
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.today import Urgency
from carehome.services.arrears import Heard, Reminders, ReminderSettings
from carehome.services.arrears.reminders import NothingLate
from tests.conftest import ROLES, TODAY
from tests.purse import FEE, NOVEMBER

CALL = Heard(TODAY, "王建国", "下周一转账", date(2026, 11, 23))


def owing(purse, resident_id=1):
    found = {each.resident_id: each for each in purse.arrears.owing()}
    return found[resident_id]


def texts(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def test_a_debt_is_told_by_its_age(purse):
    ages = {age: fen for age, fen in owing(purse).by_age.items() if fen}
    assert ages == {Age.TO_30: FEE, Age.TO_60: FEE}  # since 1 November, 1 October


def test_the_home_says_from_when_on_a_bill_is_late(purse):
    rules = ReminderRules(DueRule(DueKind.DAY, 25))
    purse.of(ReminderSettings).set_rules(rules)
    ages = {age: fen for age, fen in owing(purse).by_age.items() if fen}
    assert ages == {Age.NOT_DUE: FEE, Age.TO_30: FEE}
    assert owing(purse).due_since == date(2026, 10, 25)


def test_arrears_are_what_balances_say(purse):
    purse.payments.take(1, FEE + 100_00, "cash", TODAY)
    purse.post(NOVEMBER)
    balances = purse.payments.balances()
    owed = {each.resident_id: each.owed for each in purse.arrears.owing()}
    assert owed == {who: fen for who, (fen, _) in balances.items() if fen}


def test_whom_to_call_is_who_pays(purse):
    assert (owing(purse).contact, owing(purse).phone) == ("王建国", "13800001234")


def test_a_letter_is_one_page_for_each_family(purse, reminders, tmp_path):
    made = reminders.remind([1, 2], Way.LETTER)
    reminders.write_letters(made, tmp_path / "letters.pdf")
    first, second = texts(tmp_path / "letters.pdf")
    for said in (
        "缴费提醒",
        "王建国：",
        "¥5,200.00",
        "2026年9月",
        "2026年10月",
        "回执",
    ):
        assert said in first
    assert "李桂兰" in second


def test_a_letter_of_many_months_still_is_one_page(on, purse, tmp_path):
    for month in range(11, 19):
        year, at = divmod(month - 1, 12)
        first = date(2026 + year, at + 1, 1)
        on(date(2027, 8, 1)).post(first)
    later = on(date(2027, 8, 1)).of(Reminders)
    later.write_letters(later.remind([1], Way.LETTER), tmp_path / "letters.pdf")
    (page,) = texts(tmp_path / "letters.pdf")
    assert "及以前" in page
    assert "¥26,000.00" in page


def test_looking_at_letters_reminds_nobody(purse, reminders, tmp_path):
    reminders.preview_letters([1, 2], tmp_path / "letters.pdf")
    assert len(texts(tmp_path / "letters.pdf")) == 2
    assert reminders.of(1) == []


def test_a_reminder_is_kept_with_what_was_owed(purse, reminders):
    reminders.remind([1], Way.MESSAGE)
    (kept,) = reminders.of(1)
    assert (kept.day, kept.way, kept.step, kept.fen) == (
        *(TODAY, Way.MESSAGE),
        *(Step.FIRST, 2 * FEE),
    )


def test_nobody_is_reminded_twice_within_the_days(purse, reminders):
    reminders.remind([1], Way.LETTER)
    with pytest.raises(RemindedLately) as refused:
        reminders.remind([2, 1], Way.LETTER)
    assert "王秀英" in refused.value.message
    assert reminders.of(2) == []  # all or nothing


def test_but_one_may_say_so(purse, reminders):
    reminders.remind([1], Way.LETTER)
    reminders.remind([1], Way.LETTER, anyway=True)
    assert [each.step for each in reminders.of(1)] == [Step.SECOND, Step.FIRST]


def test_after_the_days_one_may_remind_again(on, reminders):
    reminders.remind([1], Way.LETTER)
    on(TODAY + timedelta(days=14)).of(Reminders).remind([1], Way.LETTER)
    assert len(reminders.of(1)) == 2


def test_who_owes_nothing_late_is_not_reminded(purse, reminders):
    purse.payments.take(1, 2 * FEE, "cash", TODAY)
    with pytest.raises(NothingLate):
        reminders.remind([1], Way.LETTER)


def test_a_call_is_noted_with_what_was_promised(purse, reminders):
    reminders.note_call(1, CALL)
    (kept,) = reminders.of(1)
    assert (kept.spoke_to, kept.said, kept.promised_on) == (
        *("王建国", "下周一转账"),
        date(2026, 11, 23),
    )
    assert owing(purse).promised_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("heard", "refusal"),
    [
        (Heard(TODAY, "", " "), NothingSaid),
        (Heard(TODAY, "", "好", date(2026, 11, 20)), PromiseTooEarly),
    ],
)
def test_a_call_says_what_came_of_it(reminders, heard, refusal):
    with pytest.raises(refusal):
        reminders.note_call(1, heard)


def test_who_promised_is_left_alone_until_then(purse, reminders):
    reminders.note_call(1, CALL)
    with pytest.raises(RemindedLately):
        reminders.remind([1], Way.LETTER)


def test_a_message_is_ready_to_be_sent(reminders):
    said = reminders.message(1)
    for word in ("王建国", "王秀英", "¥5,200.00", "2026年12月5日"):
        assert word in said
    assert "{" not in said


def test_the_home_may_use_its_own_words(purse, reminders):
    purse.of(ReminderSettings).set_text("message", "{家属}请缴{金额}")
    assert reminders.message(1) == "王建国请缴¥5,200.00"


def test_a_promise_that_passed_is_told_first(on, reminders):
    reminders.note_call(1, CALL)
    later = on(date(2026, 11, 24))
    (line, _) = later.arrears.today(date(2026, 11, 24))
    assert (line.urgency, line.due) == (Urgency.LATE, date(2026, 11, 23))


def test_a_promise_that_was_kept_is_not_told(on, purse, reminders):
    reminders.note_call(1, CALL)
    purse.payments.take(1, 2 * FEE, "cash", TODAY)
    reminders.remind([2], Way.LETTER)
    assert on(date(2026, 11, 24)).arrears.today(date(2026, 11, 24)) == []


def test_who_was_not_reminded_for_long_is_told_in_one_line(purse, reminders):
    (line,) = purse.arrears.today(TODAY)
    assert (line.urgency, line.count) == (Urgency.SOON, 2)
    reminders.remind([1, 2], Way.LETTER)
    assert purse.arrears.today(TODAY) == []


def test_reminders_of_a_debt_that_was_paid_count_no_more(on, purse, reminders):
    reminders.remind([1], Way.LETTER)
    purse.payments.take(1, 2 * FEE, "cash", TODAY)
    later = on(date(2027, 1, 20))
    later.post(NOVEMBER)
    assert owing(later).step is Step.FIRST
    assert owing(later).last is None


def test_the_list_for_calls_has_room_for_what_is_said(reminders, tmp_path):
    reminders.note_call(1, CALL)
    reminders.write_calls([1, 2], tmp_path / "calls.pdf")
    (page,) = texts(tmp_path / "calls.pdf")
    assert "下周一转账" in page
    assert "13800001234" in page


@pytest.mark.parametrize("role", [Role.HEAD_NURSE, Role.SAFETY_OFFICER])
def test_only_who_takes_money_reminds(purse, role):
    with pytest.raises(NotAllowed):
        purse.as_role(role).of(Reminders).remind([1], Way.LETTER)


def test_the_front_desk_sets_no_rules(purse):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.FRONT_DESK).of(ReminderSettings).set_rules(ReminderRules())


def test_prepaid_money_says_how_long_it_lasts(purse):
    purse.payments.take(1, 2 * FEE + 6500_00, "cash", TODAY)
    (standing,) = purse.arrears.prepaid()
    assert (standing.resident, standing.fen, float(standing.months)) == (
        *("王秀英", 6500_00),
        2.5,
    )
    assert (standing.cap, standing.excess) == (12 * FEE, 0)


def test_after_a_fee_drop_the_list_says_who_is_above_the_cap(purse):
    purse.payments.take(1, 2 * FEE + 12 * FEE, "transfer", TODAY)
    purse.payments.take(2, 2 * FEE + 100_00, "transfer", TODAY)
    purse.set_prices(date(2026, 11, 1), care_partial_1=400_00)
    first, second = purse.arrears.prepaid()
    assert (first.resident, first.excess) == ("王秀英", 12 * 400_00)
    assert second.excess == 0


def test_the_workbook_of_prepaid_money_holds_it_as_numbers(purse, tmp_path):
    purse.payments.take(1, 2 * FEE + 6500_00, "cash", TODAY)
    purse.arrears.write_prepaid_workbook(tmp_path / "prepaid.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "prepaid.xlsx").active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] == "王秀英"]
    assert rows[0][2:] == (6500, 2600, "2.5", 31200, None)


def test_the_database_keeps_no_promise_of_yesterday(db, reminders):
    reminders.note_call(1, CALL)
    change = "UPDATE reminder SET promised_on = date(day, '-1 day')"
    with (
        pytest.raises(IntegrityError, match="promised_after"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(text(change))

"""Month end on a real encrypted file: trial, posting, corrections, and what is refused."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.rules.rights import NotAllowed, Role
from carehome.services.admissions import Admissions
from carehome.services.billing import (
    AlreadyPosted,
    FactsChanged,
    NotInOrder,
    ProblemsLeft,
    TooEarly,
)
from carehome.services.day_sheets import DaySheets
from carehome.services.residents import Person
from tests.conftest import ROLES
from tests.purse import (
    AUGUST,
    DECEMBER,
    FEE,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Purse,
)


def corrections(bill):
    return [line for line in bill.lines if line.kind == "adjustment"]


def test_a_trial_stores_nothing(purse):
    trial = purse.billing.trial(OCTOBER)
    assert [bill.total for bill in trial.bills] == [FEE, FEE]
    assert purse.billing.runs() == []


def test_posting_gives_numbers_without_gaps(purse):
    purse.post(SEPTEMBER)
    trial = purse.billing.trial(OCTOBER)
    purse.post(OCTOBER)
    assert trial.first_number == 3
    numbers = [b.number for m in (SEPTEMBER, OCTOBER) for b in purse.billing.bills(m)]
    assert numbers == [1, 2, 3, 4]
    assert purse.billing.bills(OCTOBER)[0].label == "2026-000003"


def test_the_bills_are_those_of_the_trial(purse):
    trial = purse.billing.trial(OCTOBER)
    purse.billing.post(trial)
    bills = purse.billing.bills(OCTOBER)
    assert [b.lines for b in bills] == [b.all_lines for b in trial.bills]
    assert purse.billing.totals(OCTOBER) == {b.resident_id: b.total for b in bills}


def test_a_posted_month_says_when_and_by_whom(purse, clock):
    run = purse.post(OCTOBER)
    assert (run.posted_at, run.posted_by) == (clock(), "director")
    assert (run.bills, run.total) == (2, 2 * FEE)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE bill SET total_fen = 1",
        "UPDATE bill_line SET amount_fen = 1",
        "UPDATE bill_run SET total_fen = 1",
        "DELETE FROM bill",
        "DELETE FROM bill_line",
        "DELETE FROM bill_run",
        "INSERT INTO bill_line (bill_id, position, kind, item_code, item_name,"
        " for_month, amount_fen, detail)"
        " VALUES (1, 99, 'fee', 'x', 'x', '2026-10-01', 1, '[]')",
    ],
)
def test_the_database_itself_refuses_to_touch_a_posted_bill(purse, db, change):
    purse.post(OCTOBER)
    with (
        pytest.raises(IntegrityError, match=r"edited|deleted|posted"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(text(change))


def test_a_posted_bill_is_recomputed_to_the_fen(purse):
    purse.residents.record_absence(1, "hospital", date(2026, 10, 3))
    purse.residents.record_return(
        purse.residents.file(1).absences[0].absence_id, date(2026, 10, 12)
    )
    purse.post(SEPTEMBER)
    purse.residents.set_grade(1, "full", date(2026, 9, 20), consent_by="家属")
    purse.post(OCTOBER)
    purse.set_prices(date(2026, 10, 1), bed_B=9999_00)
    for bill in purse.billing.bills(OCTOBER):
        assert purse.of(DaySheets).recomputed(bill.bill_id) == bill.lines


def test_months_are_posted_in_order(purse):
    purse.post(SEPTEMBER)
    with pytest.raises(NotInOrder, match="NotInOrder") as refusal:
        purse.post(NOVEMBER)
    assert "10月" in refusal.value.message
    assert purse.billing.next_month() == OCTOBER


def test_a_month_is_posted_once(purse):
    purse.post(OCTOBER)
    with pytest.raises(AlreadyPosted):
        purse.post(OCTOBER)


def test_a_month_far_ahead_is_refused(purse):
    purse.post(NOVEMBER)
    purse.post(DECEMBER)
    with pytest.raises(TooEarly):
        purse.post(date(2027, 1, 1))


def test_the_first_month_is_the_last_one_that_is_over(purse):
    assert purse.billing.next_month() == OCTOBER


def test_a_late_fact_is_corrected_in_the_next_bill(purse):
    purse.post(SEPTEMBER)
    purse.residents.set_grade(1, "full", date(2026, 9, 16), consent_by="家属")
    bill = purse.billing.trial(OCTOBER).bills[0]
    assert [line.for_month for line in corrections(bill)] == [SEPTEMBER, SEPTEMBER]
    # half of September at 1,600 instead of 800 a month
    assert sum(line.amount_fen for line in corrections(bill)) == 400_00


def test_what_is_corrected_once_is_right_from_then_on(purse):
    purse.post(SEPTEMBER)
    purse.residents.set_grade(1, "full", date(2026, 9, 16), consent_by="家属")
    purse.post(OCTOBER)
    assert corrections(purse.billing.trial(NOVEMBER).bills[0]) == []


def test_a_late_fact_of_one_is_no_matter_of_the_other(purse):
    purse.post(SEPTEMBER)
    purse.residents.set_grade(1, "full", date(2026, 9, 16), consent_by="家属")
    assert purse.billing.trial(OCTOBER).bills[1].total == FEE


def test_a_forgotten_leave_is_given_back_in_the_next_bill(purse):
    purse.post(SEPTEMBER)
    purse.residents.record_absence(2, "leave", date(2026, 9, 9))
    absence = purse.residents.file(2).absences[0].absence_id
    purse.residents.record_return(absence, date(2026, 9, 20))
    found = corrections(purse.billing.trial(OCTOBER).bills[1])
    assert [line.amount_fen for line in found] == [-200_00]  # ten days' meals


def test_somebody_who_was_forgotten_again_gets_no_bill(purse):
    purse.post(SEPTEMBER)
    admissions = purse.of(Admissions)
    admission_id = admissions.begin()
    admissions.enter_person(admission_id, Person("黄䶮", "female"), "")
    admissions.give_up(admission_id)
    assert [bill.total for bill in purse.billing.trial(OCTOBER).bills] == [FEE, FEE]


def test_a_price_list_that_starts_in_a_posted_month_corrects_everybody(purse):
    purse.post(SEPTEMBER)
    purse.set_prices(SEPTEMBER, meal_standard=630_00)
    trial = purse.billing.trial(OCTOBER)
    assert [sum(x.amount_fen for x in corrections(b)) for b in trial.bills] == [
        30_00,
        30_00,
    ]


@pytest.fixture
def with_old_facts(purse) -> Purse:
    """Three months are posted, then the grade of the first turns out to be wrong."""
    for month in (date(2026, 6, 1), date(2026, 7, 1), AUGUST, SEPTEMBER):
        purse.post(month)
    purse.residents.set_grade(1, "full", date(2026, 6, 1), consent_by="家属")
    return purse


def test_corrections_older_than_three_months_wait_for_the_director(with_old_facts):
    trial = with_old_facts.billing.trial(OCTOBER)
    late = {line.for_month.month for line in corrections(trial.bills[0])}
    assert late == {7, 8, 9}
    assert {line.for_month.month for line in trial.bills[0].to_confirm} == {6}


def test_a_trial_that_facts_have_overtaken_is_not_posted(purse):
    trial = purse.billing.trial(OCTOBER)
    purse.residents.set_grade(1, "full", date(2026, 10, 30), consent_by="家属")
    with pytest.raises(FactsChanged):
        purse.billing.post(trial)


def test_a_look_at_an_identity_number_overtakes_no_trial(purse):
    trial = purse.billing.trial(OCTOBER)
    purse.residents.show_identity(1, "核对")
    assert purse.billing.post(trial).bills == 2


def test_a_missing_price_is_a_problem_that_names_the_item(purse):
    purse.residents.set_grade(1, "special", OCTOBER, consent_by="家属")
    trial = purse.billing.trial(OCTOBER)
    assert [(p.resident_id, p.resident) for p in trial.problems] == [(1, "王秀英")]
    assert "护理费（特级护理）" in trial.problems[0].text
    with pytest.raises(ProblemsLeft):
        purse.billing.post(trial)


def test_days_without_meals_are_a_question_for_the_review(purse):
    purse.residents.set_meal(1, "", date(2026, 10, 21))
    bill = purse.billing.trial(OCTOBER).bills[0]
    assert [(g.category, g.period.start.day) for g in bill.gaps] == [("meal", 21)]


def test_the_front_desk_looks_at_bills_and_posts_none(purse):
    desk = purse.as_role(Role.FRONT_DESK).billing
    trial = desk.trial(OCTOBER)
    with pytest.raises(NotAllowed):
        desk.post(trial)


def test_progress_is_told_while_a_trial_is_made(purse):
    told = []
    purse.billing.trial(OCTOBER, lambda done, total: told.append((done, total)))
    assert told == [(0, 2)]

"""When somebody has to be assessed."""

from datetime import date, timedelta

import pytest

from carehome.rules.assessments.due import Due, Standing, months_later, standing_of

TODAY = date(2026, 11, 21)
BORN = date(1940, 5, 1)
MARCH = date(2026, 3, 1)


def standing(last_on=None, flags=(), born=BORN, admitted_on=MARCH, months=6):
    return standing_of(born, admitted_on, last_on, flags, months, TODAY)


def test_who_was_never_assessed_is_due_since_admission():
    assert standing() == Standing(Due.NEVER, MARCH)


def test_who_is_about_to_move_in_is_due_by_then():
    day = TODAY + timedelta(days=3)
    assert standing(admitted_on=day) == Standing(Due.SOON, day)


def test_who_turned_65_here_without_an_assessment_is_due_since_the_birthday():
    born = date(1961, 8, 9)
    assert standing(born=born) == Standing(Due.TURNED_65, date(2026, 8, 9))


def test_a_birthday_that_has_not_come_changes_nothing():
    assert standing(born=date(1961, 11, 22)).due is Due.NEVER


def test_a_leap_day_child_turns_65_on_the_last_of_february():
    stands = standing(born=date(1960, 2, 29), admitted_on=date(2024, 1, 1))
    assert stands == Standing(Due.TURNED_65, date(2025, 2, 28))


@pytest.mark.parametrize(
    ("next_on", "due"),
    [
        (TODAY - timedelta(days=1), Due.OVERDUE),
        (TODAY, Due.SOON),
        (TODAY + timedelta(days=30), Due.SOON),
        (TODAY + timedelta(days=31), Due.FINE),
    ],
)
def test_a_routine_assessment_comes_round(next_on, due):
    last_on = months_later(next_on, -12)
    assert standing(last_on, months=12) == Standing(due, next_on)


def test_six_months_after_the_last_of_august_is_the_last_of_february():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_a_flag_makes_it_due_at_once_until_an_assessment_answers_it():
    flag = date(2026, 11, 10)
    assert standing(date(2026, 11, 1), [flag]) == Standing(Due.FLAGGED, flag)
    assert standing(flag, [flag]).due is Due.FINE
    assert standing(None, [flag]).due is Due.FLAGGED


def test_the_oldest_open_flag_counts():
    flags = [date(2026, 11, 12), date(2026, 11, 3)]
    assert standing(date(2026, 10, 1), flags).due_on == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("last_on", "due"),
    [
        (date(2026, 9, 30), Due.OVERDUE),
        (date(2026, 10, 1), Due.FINE),
        (date(2026, 10, 20), Due.FINE),
    ],
)
def test_who_comes_back_is_assessed_anew(last_on, due):
    left_on, back_on = date(2026, 10, 1), date(2026, 11, 1)
    stands = standing_of(BORN, back_on, last_on, (), 6, TODAY, left_on)
    assert stands.due is due
    assert due is Due.FINE or stands.due_on == back_on


def test_who_is_about_to_come_back_is_due_by_then():
    left_on, back_on = date(2026, 10, 1), TODAY + timedelta(days=3)
    stands = standing_of(BORN, back_on, date(2026, 9, 1), (), 6, TODAY, left_on)
    assert stands == Standing(Due.SOON, back_on)

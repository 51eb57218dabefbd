"""The home's calendar: what the law, the state and the home itself say of a day."""

from datetime import date

import pytest

from carehome.rules.payroll import DayKind
from carehome.rules.periods import Period
from carehome.services.calendar import HomeCalendar, SetByLaw, calendar_of

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def of(period):
    return calendar_of(period, {}, {})


@pytest.fixture
def calendar(as_role):
    return as_role(HomeCalendar)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 14), DayKind.WORK),  # a Saturday that is worked
        (date(2026, 2, 15), DayKind.REST),
        (date(2026, 2, 16), DayKind.STATUTORY),
        (date(2026, 2, 19), DayKind.STATUTORY),
        (date(2026, 2, 20), DayKind.REST),  # a Friday off
        (date(2026, 11, 21), DayKind.REST),
        (date(2026, 11, 23), DayKind.WORK),
    ],
)
def test_a_published_year_is_told_day_by_day(day, kind):
    assert of(YEAR)(day) is kind


def test_2026_has_248_working_days():
    calendar = of(YEAR)
    assert sum(calendar(day) is DayKind.WORK for day in YEAR) == 248


def test_a_holiday_has_its_name_and_a_worked_weekend_is_known():
    calendar = of(YEAR)
    assert calendar.names[date(2026, 9, 25)] == "中秋节"
    assert calendar.is_working_weekend(date(2026, 10, 10))
    assert not calendar.guessed


def test_a_year_that_is_not_published_is_guessed_but_knows_its_holidays():
    calendar = of(Period(date(2031, 1, 1), date(2032, 1, 1)))
    assert calendar.guessed == {2031}
    assert calendar(date(2031, 1, 23)) is DayKind.STATUTORY
    assert calendar(date(2031, 1, 27)) is DayKind.WORK


def test_what_the_home_types_goes_before_the_published_calendar(calendar):
    saturday = date(2026, 11, 28)
    calendar.set_day(saturday, DayKind.WORK, " 本地调休 ")
    told = calendar.year(saturday)
    assert (told(saturday), told.names[saturday]) == (DayKind.WORK, "本地调休")
    calendar.clear_day(saturday)
    assert calendar.year(saturday)(saturday) is DayKind.REST


def test_a_typed_day_is_corrected_in_place(calendar):
    day = date(2026, 11, 27)
    for kind in (DayKind.REST, DayKind.WORK):
        calendar.set_day(day, kind)
    assert calendar.year(day)(day) is DayKind.WORK


def test_who_types_a_year_that_is_not_published_guesses_no_more(calendar):
    calendar.set_day(date(2031, 1, 27), DayKind.REST, "春节")
    assert not calendar.year(date(2031, 1, 1)).guessed


@pytest.mark.parametrize(
    ("day", "kind"),
    [(date(2026, 10, 1), DayKind.WORK), (date(2026, 11, 27), DayKind.STATUTORY)],
)
def test_the_law_is_not_typed_over(calendar, day, kind):
    with pytest.raises(SetByLaw):
        calendar.set_day(day, kind)

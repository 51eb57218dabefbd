from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.payroll import (
    Basis,
    Breach,
    DayKind,
    Limit,
    Pay,
    Time,
    Turn,
    hours,
    period_of,
    premium,
    rate_of_hour,
    rate_of_month,
    split,
)
from carehome.rules.periods import Period
from carehome.rules.staff import Scheme
from tests.payroll import oracle

NOVEMBER = date(2026, 11, 1)  # Sunday; 21 working days, none statutory
OCTOBER = date(2026, 10, 1)
STATUTORY = {date(2026, 10, day) for day in (1, 2, 3)} | {date(2027, 1, 1)}
WORKED_WEEKENDS = {date(2026, 10, 10)}
FREE = {date(2026, 10, day) for day in (5, 6, 7)}
EMPLOYED = Period(date(2020, 1, 1))


def calendar(day):
    if day in STATUTORY:
        return DayKind.STATUTORY
    if day in FREE or (day.weekday() >= 5 and day not in WORKED_WEEKENDS):
        return DayKind.REST
    return DayKind.WORK


def day(number, month=11):
    return date(2026, month, number)


def early(when, minutes=480):
    return Turn(when, 420, minutes, minutes)


def night(when):
    return Turn(when, 1380, 480, 480)


def weekdays(month):
    return [
        each
        for each in Period(month, month + timedelta(days=30))
        if each.month == month.month and calendar(each) is DayKind.WORK
    ]


def standard(turns, month=NOVEMBER, **more):
    return hours(Time(Scheme.STANDARD, turns, EMPLOYED, **more), month, calendar)


def monthly(turns, month=NOVEMBER, **more):
    return hours(Time(Scheme.MONTH, turns, EMPLOYED, **more), month, calendar)


def test_a_night_is_cut_at_midnight():
    assert list(split(night(day(30, 9)))) == [(day(30, 9), 60), (day(1, 10), 420)]


def test_a_break_without_a_time_lies_in_the_middle():
    turn = Turn(day(1), 1140, 720, 660)  # 19:00 to 07:00, free from 00:30 to 01:30
    assert list(split(turn)) == [(day(1), 300), (day(2), 360)]


def test_a_day_and_a_night_on_end_touch_three_days():
    turn = Turn(day(1), 1380, 1560, 1560)
    assert [minutes for _day, minutes in split(turn)] == [60, 1440, 60]


@pytest.mark.parametrize(
    ("minutes", "overtime"), [(479, 0), (480, 0), (481, 1), (660, 180)]
)
def test_overtime_begins_after_eight_hours(minutes, overtime):
    found = standard([early(day(2), minutes)])
    assert found.of(Pay.OVERTIME) == overtime
    assert found.total == minutes


def test_twelve_hours_over_midnight_are_one_day():
    found = standard([Turn(day(2), 1140, 720, 720)])
    assert (found.of(Pay.NORMAL), found.of(Pay.OVERTIME)) == (480, 240)


def test_five_days_of_eight_hours_are_no_overtime():
    found = standard([early(day(number)) for number in range(2, 7)])
    assert found.of(Pay.NORMAL) == found.total == 40 * 60


def test_a_sixth_day_without_a_day_off_earns_double():
    turns = [early(each) for each in weekdays(NOVEMBER)] + [early(day(7))]
    assert standard(turns).of(Pay.REST) == 480


def test_a_sixth_day_with_a_day_off_is_normal():
    turns = [early(each) for each in weekdays(NOVEMBER) if each != day(11)]
    found = standard([*turns, early(day(7))])
    assert found.of(Pay.REST) == 0
    made_up = next(each for each in found.entries if each.basis is Basis.MADE_UP)
    assert (made_up.day, made_up.made_up_on) == (day(7), day(11))


def test_a_day_off_makes_up_for_eight_hours_of_a_longer_rest_day():
    turns = [early(each) for each in weekdays(NOVEMBER) if each != day(11)]
    assert standard([*turns, early(day(7), 600)]).of(Pay.REST) == 120


def test_leave_makes_up_for_nothing():
    turns = [early(each) for each in weekdays(NOVEMBER) if each != day(11)]
    found = standard([*turns, early(day(7))], away=frozenset({day(11)}))
    assert found.of(Pay.REST) == 480


def test_a_day_before_coming_makes_up_for_nothing():
    turns = [early(each) for each in weekdays(NOVEMBER) if each > day(10)]
    time = Time(Scheme.STANDARD, [*turns, early(day(14))], Period(day(11)))
    assert hours(time, NOVEMBER, calendar).of(Pay.REST) == 480


def test_a_weekend_that_the_state_made_a_working_day_is_normal():
    turns = [early(each) for each in weekdays(OCTOBER)]
    assert day(10, 10) in {turn.day for turn in turns}
    found = standard(turns, OCTOBER)
    assert found.of(Pay.NORMAL) == found.total


@pytest.mark.parametrize("count", [standard, monthly])
def test_a_night_into_a_statutory_day_earns_threefold_from_midnight(count):
    found = count([night(day(30, 9))], OCTOBER)
    assert [(each.day, each.pay, each.minutes) for each in found.entries] == [
        (day(1, 10), Pay.STATUTORY, 420)
    ]


def test_the_hour_before_midnight_stays_in_the_month_before():
    found = standard([night(day(30, 9))], day(1, 9))
    assert (found.of(Pay.NORMAL), found.of(Pay.STATUTORY)) == (60, 0)


@pytest.mark.parametrize("count", [standard, monthly])
def test_a_night_out_of_a_statutory_day_ends_threefold_at_midnight(count):
    found = count([night(day(3, 10))], OCTOBER)
    assert found.of(Pay.STATUTORY) == 60
    assert {each.day for each in found.entries} == {day(3, 10), day(4, 10)}


def test_a_night_between_two_statutory_days_is_all_threefold():
    assert standard([night(day(1, 10))], OCTOBER).of(Pay.STATUTORY) == 480


def test_a_day_off_never_makes_up_for_a_statutory_day():
    assert standard([early(day(1, 10))], OCTOBER).of(Pay.STATUTORY) == 480


def test_the_night_of_new_years_eve_belongs_to_both_years():
    turns = [night(day(31, 12))]
    assert standard(turns, date(2027, 1, 1)).of(Pay.STATUTORY) == 420
    assert standard(turns, day(1, 12)).of(Pay.NORMAL) == 60


@pytest.mark.parametrize(("more", "overtime"), [(0, 0), (1, 1)])
def test_a_month_of_comprehensive_hours_holds_165_hours_20(more, overtime):
    turns = [early(day(number)) for number in range(1, 21)]  # 160 hours, with weekends
    found = monthly([*turns, early(day(21), 320 + more)])
    assert found.of(Pay.OVERTIME) == overtime
    assert found.of(Pay.REST) == 0
    assert found.total == 9_920 + more


def test_statutory_days_stay_outside_the_hours_of_the_period():
    turns = [early(day(number, 10)) for number in range(1, 24)]
    found = monthly(turns, OCTOBER)
    assert found.of(Pay.STATUTORY) == 3 * 480
    assert found.of(Pay.OVERTIME) == 0
    assert found.worked == 20 * 480


def test_leave_on_working_days_lowers_the_standard():
    turns = [early(day(number)) for number in range(1, 22)]
    found = monthly(turns, away=frozenset({day(25), day(28)}))  # Wednesday, Saturday
    assert found.standard == 9_920 - 480
    assert found.of(Pay.OVERTIME) == 21 * 480 - found.standard


@pytest.mark.parametrize(
    ("month", "scheme", "first", "last"),
    [
        (12, Scheme.QUARTER, (2026, 10, 1), (2027, 1, 1)),
        (10, Scheme.QUARTER, (2026, 10, 1), (2027, 1, 1)),
        (9, Scheme.QUARTER, (2026, 7, 1), (2026, 10, 1)),
        (9, Scheme.YEAR, (2026, 1, 1), (2027, 1, 1)),
        (9, Scheme.MONTH, (2026, 9, 1), (2026, 10, 1)),
    ],
)
def test_periods_are_those_of_the_calendar(month, scheme, first, last):
    assert period_of(scheme, day(1, month)) == Period(date(*first), date(*last))


def quarter(turns, month, away=()):
    time = Time(Scheme.QUARTER, turns, EMPLOYED, away=frozenset(away))
    return hours(time, month, calendar)


def test_a_full_month_is_made_up_for_by_an_empty_one_of_the_quarter():
    turns = [early(day(number, 11)) for number in range(1, 31)]
    assert quarter(turns, NOVEMBER).of(Pay.OVERTIME) == 0


def test_overtime_of_a_quarter_shows_when_496_hours_are_passed():
    days = Period(day(4, 10), day(6, 12))  # 63 days of 8 hours: 504
    turns = [early(each) for each in days]
    assert quarter(turns, NOVEMBER).of(Pay.OVERTIME) == 0
    assert quarter(turns, day(1, 12)).of(Pay.OVERTIME) == 8 * 60


def test_late_leave_settles_overtime_of_the_months_before():
    turns = [early(each) for each in Period(day(4, 10), day(5, 12))]  # 496 hours
    away = list(Period(day(7, 12), day(9, 12)))
    found = quarter(turns, day(1, 12), away)
    assert found.of(Pay.OVERTIME) == 2 * 480


@pytest.mark.parametrize(("more", "is_told"), [(0, False), (1, True)])
def test_overtime_of_a_quarter_may_be_36_hours_a_month_on_average(more, is_told):
    days = list(Period(day(4, 10), day(18, 12)))  # 74 x 8 + 12 hours: 496 + 108
    turns = [early(each) for each in days[:-1]] + [early(days[-1], 720 + more)]
    found = quarter(turns, day(1, 12))
    expected = Breach(Limit.PERIOD, OCTOBER, 6480 + more, 6480)
    assert found.breaches == ((expected,) if is_told else ())


def months_add_up(turns, away):
    months = (OCTOBER, NOVEMBER, day(1, 12))
    return sum(quarter(turns, each, away).of(Pay.OVERTIME) for each in months)


@given(
    st.sets(st.integers(0, 91), max_size=92),
    st.sets(st.integers(0, 91), max_size=20),
    st.sampled_from([480, 720]),
)
def test_the_months_of_a_quarter_come_to_its_overtime(worked, away, minutes):
    turns = [early(OCTOBER + timedelta(each), minutes) for each in worked - away]
    free = [OCTOBER + timedelta(each) for each in away]
    paid = sum(
        turn.minutes for turn in turns if calendar(turn.day) is not DayKind.STATUTORY
    )
    asked = 496 * 60 - 480 * sum(calendar(each) is DayKind.WORK for each in free)
    assert months_add_up(turns, free) == max(paid - asked, 0)


@given(
    st.dictionaries(
        st.integers(-1, 30),
        st.sampled_from([(420, 480, 480), (1380, 480, 480), (1140, 720, 660)]),
    ),
    st.sets(st.integers(0, 30), max_size=6),
    st.sampled_from([OCTOBER, NOVEMBER]),
)
def test_counting_by_minutes_comes_to_the_same(worked, away, month):
    turns = [Turn(month + timedelta(each), *shape) for each, shape in worked.items()]
    free = frozenset(month + timedelta(each) for each in away)
    time = Time(Scheme.STANDARD, turns, EMPLOYED, away=free)
    expected = oracle.count(time, month, calendar)
    found = hours(time, month, calendar)
    assert {pay: found.of(pay) for pay in Pay if found.of(pay)} == dict(expected)


@pytest.mark.parametrize(("minutes", "is_told"), [(660, False), (661, True)])
def test_more_than_three_hours_of_overtime_on_a_day_are_told(minutes, is_told):
    found = standard([early(day(2), minutes)])
    assert bool(found.breaches) is is_told


@pytest.mark.parametrize(("last", "is_told"), [(480, False), (481, True)])
def test_more_than_36_hours_of_overtime_in_a_month_are_told(last, is_told):
    turns = [early(each, 660) for each in weekdays(NOVEMBER)[:12]]  # 12 x 3 hours
    rest = [early(each) for each in weekdays(NOVEMBER)[13:]]
    found = standard([*turns, early(day(18), last), *rest])
    told = [each for each in found.breaches if each.limit is Limit.MONTH]
    assert told == ([Breach(Limit.MONTH, NOVEMBER, 2161, 2160)] if is_told else [])


@pytest.mark.parametrize(("minutes", "is_told"), [(480, False), (481, True)])
def test_the_protected_have_no_minute_of_overtime(minutes, is_told):
    found = standard([early(day(2), minutes)], protected=frozenset({day(2)}))
    expected = (Breach(Limit.PROTECTED, day(2), 1, 0),) if is_told else ()
    assert found.breaches == expected


def test_the_protection_ends_with_its_last_day():
    found = standard([early(day(3), 500)], protected=frozenset({day(2)}))
    assert found.breaches == ()


def test_a_premium_is_rounded_once_to_the_fen():
    found = standard([early(day(2), 481)])  # one minute: 4350 / 21.75 / 480 * 1.5
    assert premium(found, rate_of_month(435_000)) == {
        Pay.OVERTIME: 63,
        Pay.REST: 0,
        Pay.STATUTORY: 0,
    }


def test_eight_hours_of_a_statutory_day_earn_three_days():
    found = standard([early(day(1, 10))], OCTOBER)
    assert premium(found, rate_of_month(217_500))[Pay.STATUTORY] == 30_000


def test_an_hour_of_overtime_earns_half_as_much_again():
    found = standard([early(day(2), 540)])
    assert premium(found, rate_of_hour(2_000))[Pay.OVERTIME] == 3_000

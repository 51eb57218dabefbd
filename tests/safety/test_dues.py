"""When rounds are due: across midnight, at the end of months, while nobody looked."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from carehome.errors import Refusal
from carehome.rules.safety.dues import Due, dues
from carehome.rules.safety.plan import Planned, Rhythm, check

NOV = date(2026, 11, 1)


def plan(rhythm, starts=NOV, **how):
    return Planned(form_id=1, place_id=1, rhythm=rhythm, starts=starts, **how)


DAY_PATROL = plan(Rhythm.DAILY, times=(8 * 60, 14 * 60), window=120, plan_id=1)
NIGHT = plan(Rhythm.NIGHT, night_from=1200, night_to=360, every=120, plan_id=2)


def at(day, hour=0, minute=0, month=11, year=2026):
    return datetime.combine(date(year, month, day), time(hour, minute))


def spans(found):
    return [(due.opens, due.closes) for due in found]


def test_a_day_has_a_window_for_every_time():
    assert spans(dues([DAY_PATROL], at(21), at(22))) == [
        (at(21, 8), at(21, 10)),
        (at(21, 14), at(21, 16)),
    ]


def test_a_night_is_cut_into_windows_across_midnight():
    assert spans(dues([NIGHT], at(21, 12), at(22, 12))) == [
        (at(21, 20), at(21, 22)),
        (at(21, 22), at(22, 0)),
        (at(22, 0), at(22, 2)),
        (at(22, 2), at(22, 4)),
        (at(22, 4), at(22, 6)),
    ]


def test_after_midnight_the_windows_of_the_evening_before_are_still_due():
    assert spans(dues([NIGHT], at(22, 3), at(22, 3, 1))) == [(at(22, 2), at(22, 4))]


def test_the_last_window_of_a_night_ends_with_the_night():
    short = plan(Rhythm.NIGHT, night_from=1320, night_to=180, every=120)
    assert spans(dues([short], at(21, 12), at(22, 12)))[-1] == (at(22, 2), at(22, 3))


def test_a_night_goes_over_the_end_of_a_month_and_of_a_year():
    found = dues([NIGHT], at(31, 23, month=12), at(1, 1, month=1, year=2027))
    assert spans(found) == [
        (at(31, 22, month=12), at(1, month=1, year=2027)),
        (at(1, month=1, year=2027), at(1, 2, month=1, year=2027)),
    ]


def test_three_days_without_the_program_miss_nothing():
    found = dues([DAY_PATROL, NIGHT], at(18), at(21))
    assert len([due for due in found if due.plan_id == 1]) == 3 * 2
    # Of the night to the 18th three windows still lay ahead at midnight.
    assert len([due for due in found if due.plan_id == 2]) == 3 + 2 * 5 + 2


@pytest.mark.parametrize(
    ("rhythm", "moment", "opens", "closes"),
    [
        (Rhythm.WEEKLY, at(22, 23, 59), at(16), at(23)),
        (Rhythm.WEEKLY, at(23), at(23), at(30)),
        (Rhythm.MONTHLY, at(30, 23), at(1), at(1, month=12)),
        (Rhythm.MONTHLY, at(1, month=12), at(1, month=12), at(1, month=1, year=2027)),
        (Rhythm.HALF_YEARLY, at(31, month=12), at(1), at(1, month=1, year=2027)),
        (
            Rhythm.HALF_YEARLY,
            at(28, month=2, year=2027),
            at(1, month=1, year=2027),
            at(1, month=7, year=2027),
        ),
        (Rhythm.YEARLY, at(21), at(1), at(1, month=1, year=2027)),
    ],
)
def test_calendar_windows_begin_and_end_with_the_calendar(
    rhythm, moment, opens, closes
):
    # The plan begins on the 1st of November, so the first window is shorter.
    found = dues([plan(rhythm)], moment, moment + timedelta(seconds=1))
    assert spans(found) == [(opens, closes)]


def test_every_so_many_days_counts_from_the_beginning_of_the_plan():
    lift = plan(Rhythm.EVERY_DAYS, date(2026, 2, 20), every=15)
    assert spans(dues([lift], at(7, month=3), at(7, 0, 1, month=3))) == [
        (at(7, month=3), at(22, month=3))
    ]
    assert spans(dues([lift], at(6, month=3), at(6, 1, month=3))) == [
        (at(20, month=2), at(7, month=3))
    ]


def test_nothing_is_due_before_the_plan_begins():
    assert dues([DAY_PATROL, NIGHT], at(1, month=10), at(1)) == []


def test_the_evening_before_the_plan_begins_has_no_night():
    assert dues([NIGHT], at(1), at(1, 12)) == []


def test_the_last_night_of_a_plan_lasts_into_the_morning_after():
    ending = replace(NIGHT, ends=date(2026, 11, 22))
    assert spans(dues([ending], at(21, 12), at(30)))[-1] == (at(22, 4), at(22, 6))


def test_a_month_in_which_the_plan_ends_was_never_due():
    monthly = plan(Rhythm.MONTHLY, ends=date(2027, 1, 15))
    found = dues([monthly], at(1, month=1), at(1, month=1, year=2028))
    assert [due.opens.month for due in found] == [11, 12]


def test_a_monthly_round_may_be_bound_to_some_days_of_the_month():
    monthly = plan(Rhythm.MONTHLY, first_day=5, days=3)
    assert spans(dues([monthly], at(1, month=12), at(31, month=12))) == [
        (at(5, month=12), at(8, month=12))
    ]


def test_a_day_that_a_month_lacks_is_its_last_one():
    monthly = plan(Rhythm.MONTHLY, first_day=31, days=5)
    found = dues([monthly], at(1, month=2, year=2027), at(1, month=3, year=2027))
    assert spans(found) == [(at(28, month=2, year=2027), at(1, month=3, year=2027))]


def test_days_of_a_month_that_were_over_when_the_plan_began_are_not_due():
    monthly = plan(Rhythm.MONTHLY, date(2026, 11, 20), first_day=1, days=5)
    assert dues([monthly], at(1), at(30)) == []


MOMENTS = st.datetimes(at(1, month=1, year=2024), at(31, month=12, year=2027))


@st.composite
def plans(draw):
    """Any plan that may be stored."""
    starts = draw(st.dates(date(2023, 6, 1), date(2027, 1, 1)))
    held = draw(st.one_of(st.none(), st.integers(1, 900)))
    rhythm = draw(st.sampled_from(Rhythm))
    how = {"first_day": draw(st.integers(1, 366))}
    minutes = st.integers(0, 1439)
    if rhythm is Rhythm.DAILY:
        times = draw(st.sets(minutes, min_size=1, max_size=3))
        how = {"times": tuple(sorted(times)), "window": draw(st.integers(1, 1440))}
    elif rhythm is Rhythm.NIGHT:
        how = {"night_from": draw(minutes), "night_to": draw(minutes)}
        how["every"] = draw(st.integers(15, 240))
    elif rhythm is Rhythm.EVERY_DAYS:
        how["every"] = draw(st.integers(1, 90))
    if rhythm not in {Rhythm.DAILY, Rhythm.NIGHT}:
        how["days"] = draw(st.one_of(st.none(), st.integers(1, 366)))
    ends = starts + timedelta(days=held) if held else None
    return plan(rhythm, starts, ends=ends, plan_id=1, **how)


@given(plans(), st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_looking_in_two_steps_finds_what_one_look_finds(planned, moments):
    first, middle, last = moments
    in_two = {*dues([planned], first, middle), *dues([planned], middle, last)}
    assert in_two == set(dues([planned], first, last))


@given(plans(), st.tuples(MOMENTS, MOMENTS).map(sorted))
def test_every_window_has_length_and_a_place_in_the_plan(planned, moments):
    for due in dues([planned], *moments):
        assert isinstance(due, Due)
        assert due.opens < due.closes
        assert planned.starts <= due.opens.date()
        assert due.opens < moments[1]
        assert due.closes > moments[0]


@given(plans(), MOMENTS)
def test_no_two_windows_of_one_plan_begin_at_once(planned, moment):
    found = dues([planned], moment, moment + timedelta(days=40))
    assert len({due.opens for due in found}) == len(found)


@given(plans(), MOMENTS)
def test_windows_of_one_plan_never_overlap(planned, moment):
    is_sound = True
    try:
        check(planned)
    except Refusal:
        is_sound = False
    assume(is_sound)
    found = dues([planned], moment, moment + timedelta(days=70))
    assert all(one.closes <= other.opens for one, other in pairwise(found))


WHOLE = (Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.HALF_YEARLY, Rhythm.YEARLY)


@given(st.sampled_from(WHOLE), st.dates(date(2023, 6, 1), date(2028, 3, 31)), MOMENTS)
def test_windows_without_days_of_their_own_leave_no_gap(rhythm, starts, moment):
    found = dues([plan(rhythm, starts)], moment, moment + timedelta(days=800))
    assert all(one.closes == other.opens for one, other in pairwise(found))
    begins = datetime.combine(starts, time())
    if found and begins < moment:
        assert found[0].opens <= moment


@given(st.integers(1, 60), st.dates(date(2023, 6, 1), date(2026, 1, 1)), MOMENTS)
def test_every_so_many_days_leaves_no_gap_over_leap_days(every, starts, moment):
    planned = plan(Rhythm.EVERY_DAYS, starts, every=every)
    found = dues([planned], moment, moment + timedelta(days=400))
    for one, other in pairwise(found):
        assert (one.closes, other.opens - one.opens) == (
            other.opens,
            timedelta(days=every),
        )


@given(st.integers(1, 31), st.integers(0, 60))
def test_a_monthly_round_is_asked_once_in_every_month(first_day, months):
    planned = plan(Rhythm.MONTHLY, date(2023, 12, 1), first_day=first_day)
    year, month = divmod(2024 * 12 + months, 12)
    begin = at(1, month=month + 1, year=year)
    end = (begin + timedelta(days=31)).replace(day=1)
    inside = [each for each in dues([planned], begin, end) if each.opens >= begin]
    assert [each.closes for each in inside] == [end]


def test_the_leap_day_is_the_last_of_its_month():
    monthly = plan(Rhythm.MONTHLY, date(2027, 6, 1), first_day=30)
    found = dues([monthly], at(1, month=2, year=2028), at(1, month=3, year=2028))
    assert spans(found) == [(at(29, month=2, year=2028), at(1, month=3, year=2028))]


def test_a_night_goes_over_the_leap_day():
    found = dues([NIGHT], at(28, 23, month=2, year=2028), at(1, 1, month=3, year=2028))
    assert [due.opens for due in found if due.opens.day == 29] == [
        at(29, hour, month=2, year=2028) for hour in (0, 2, 4, 20, 22)
    ]


@given(plans(), MOMENTS, st.integers(1, 5))
def test_days_without_the_program_miss_what_single_days_would(planned, moment, away):
    back = moment + timedelta(days=away)
    day_by_day = {
        due
        for day in range(away)
        for due in dues(
            [planned],
            moment + timedelta(days=day),
            moment + timedelta(days=day + 1),
        )
    }
    assert set(dues([planned], moment, back)) == day_by_day

"""Labour law at each limit: just below, exactly there, just above."""

import pytest

from carehome.rules.payroll import Scheme
from carehome.rules.rosters import limits
from carehome.rules.rosters.problem import OFF, Shift

EARLY = Shift("E", 480, 7 * 60, 480)
LATE = Shift("L", 480, 15 * 60, 480)
NIGHT = Shift("N", 480, 23 * 60, 480)


@pytest.mark.parametrize(
    ("starts", "may"), [(9 * 60 + 59, False), (10 * 60, True), (10 * 60 + 1, True)]
)
def test_eleven_hours_lie_between_a_late_shift_and_the_next(starts, may):
    assert limits.may_follow(LATE, Shift("X", 480, starts, 480)) is may


def test_after_a_night_neither_the_early_nor_the_late_shift_follows():
    shifts = limits.with_rest((EARLY, LATE, NIGHT))
    follows = {shift.code: shift.not_next for shift in shifts}
    assert follows == {"E": set(), "L": {"E"}, "N": {"E", "L"}}


def test_what_the_home_forbids_to_follow_stays_forbidden():
    early = Shift("E", 480, 420, 480, not_next=frozenset("N"))
    assert limits.with_rest((early, NIGHT))[0].not_next == {"N"}


def test_a_duty_of_a_whole_day_is_not_followed_by_another():
    duty = Shift("D", 480, 8 * 60, 24 * 60)
    assert not limits.may_follow(duty, duty)


@pytest.mark.parametrize(
    ("starts", "span", "night"),
    [
        (16 * 60, 479, False),
        (16 * 60, 480, True),
        (16 * 60, 481, True),
        (4 * 60, 480, True),
        (4 * 60 + 1, 480, False),
        (23 * 60, 480, True),
        (0, 120, True),
        (0, 119, False),
        (7 * 60, 480, False),
    ],
)
def test_two_hours_between_22_and_6_make_a_night(starts, span, night):
    assert limits.is_night(starts, span) is night


@pytest.mark.parametrize(
    ("minutes", "protected", "lawful"),
    [
        (659, False, True),
        (660, False, True),
        (661, False, False),
        (479, True, True),
        (480, True, True),
        (481, True, False),
    ],
)
def test_a_day_holds_eight_hours_and_three_of_overtime(minutes, protected, lawful):
    assert limits.is_day_lawful(minutes, protected) is lawful


@pytest.mark.parametrize(("worked", "lawful"), [(5, True), (6, True), (7, False)])
def test_a_week_holds_a_day_off(worked, lawful):
    week = ["E"] * worked + [OFF] * (7 - worked)
    assert limits.is_week_lawful(week) is lawful


def test_forty_hours_make_a_week_of_five_days():
    assert limits.WEEK_MINUTES == 5 * 480


def test_standard_hours_follow_the_working_days_and_36_hours_of_overtime():
    assert limits.month_limit(Scheme.STANDARD, 23, (31, 31)).most == (23 * 8 + 36) * 60


@pytest.mark.parametrize("scheme", [Scheme.MONTH, Scheme.QUARTER, Scheme.YEAR])
def test_comprehensive_hours_are_a_twelfth_of_1984_whatever_the_month(scheme):
    long, short = (limits.month_limit(scheme, days, (31, 31)) for days in (23, 16))
    assert long == short
    assert long.most == 9920 + 36 * 60
    assert limits.standard_minutes(scheme, 23) * 12 == 1984 * 60


def test_who_is_protected_works_no_overtime():
    most = limits.month_limit(Scheme.STANDARD, 20, (30, 30), is_protected=True).most
    assert most == 20 * 480


def test_who_is_here_for_half_a_month_works_half_the_standard_hours():
    assert limits.month_limit(Scheme.STANDARD, 20, (15, 30)).most == 10 * 480 + 36 * 60


def test_training_is_working_time():
    most = limits.month_limit(Scheme.STANDARD, 20, (30, 30), trained=480).most
    assert most == 19 * 480 + 36 * 60


def test_the_limit_of_hours_is_hard():
    assert limits.month_limit(Scheme.STANDARD, 20, (30, 30)).weight is None

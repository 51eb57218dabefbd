"""Where an agreement stands on a day, and how long its papers are kept."""

from datetime import date, timedelta

import pytest

from carehome.rules import agreements as rules
from carehome.rules import retention
from carehome.rules.agreements import Course, State, state_on

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SIGNED = Course(FIRST, LAST, FIRST)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (FIRST - DAY, State.SIGNED),
        (FIRST, State.IN_FORCE),
        (LAST - 31 * DAY, State.IN_FORCE),
        (LAST - 30 * DAY, State.ENDING),
        (LAST, State.ENDING),
        (LAST + DAY, State.ENDED),
    ],
)
def test_a_signed_agreement_runs_from_its_first_to_its_last_day(day, state):
    assert state_on(SIGNED, day) is state


@pytest.mark.parametrize(
    ("is_drawn_up", "state"), [(False, State.NOTED), (True, State.DRAWN_UP)]
)
def test_an_unsigned_agreement_is_noted_or_drawn_up(is_drawn_up, state):
    assert state_on(Course(FIRST, LAST, is_drawn_up=is_drawn_up), FIRST) is state


def test_an_unsigned_agreement_whose_time_is_over_came_to_nothing():
    assert state_on(Course(FIRST, LAST), LAST + DAY) is State.VOID


@pytest.mark.parametrize(
    ("day", "outcome", "state"),
    [
        (date(2026, 1, 31), "", State.ON_TRIAL),
        (date(2026, 2, 1), "", State.IN_FORCE),
        (date(2026, 1, 31), "stays", State.IN_FORCE),
    ],
)
def test_a_trial_stay_runs_through_its_last_day_until_it_is_decided(
    day, outcome, state
):
    course = Course(FIRST, LAST, FIRST, date(2026, 1, 31), outcome)
    assert state_on(course, day) is state


@pytest.mark.parametrize("field", ["terminated_on", "left_on"])
def test_what_ends_first_ends_the_agreement(field):
    end = date(2026, 6, 30)
    course = Course(FIRST, LAST, FIRST, **{field: end})
    assert course.last_day == end
    assert state_on(course, end) is State.ENDING
    assert state_on(course, end + DAY) is State.ENDED


def test_an_agreement_without_a_last_day_never_ends_soon():
    assert state_on(Course(FIRST, None, FIRST), date(2099, 1, 1)) is State.IN_FORCE


def test_a_renewal_begins_the_day_after_the_last_one():
    assert rules.renewal_starts(SIGNED) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("course", "refused"),
    [
        (Course(FIRST, LAST), rules.NotSigned),
        (Course(FIRST, None, FIRST), rules.NoEnd),
        (Course(FIRST, LAST, FIRST, terminated_on=FIRST), rules.Over),
        (Course(FIRST, LAST, FIRST, left_on=FIRST), rules.Over),
    ],
)
def test_what_does_not_run_to_its_end_is_not_renewed(course, refused):
    with pytest.raises(refused):
        rules.renewal_starts(course)


@pytest.mark.parametrize(
    ("starts", "last"),
    [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_year_ends_the_day_before_it_comes_round(starts, last):
    assert rules.year_later(starts) == last


@pytest.mark.parametrize("day", [FIRST - DAY, LAST + DAY])
def test_an_agreement_is_ended_early_within_its_days(day):
    with pytest.raises(rules.EndsOutside):
        rules.check_termination(SIGNED, day, "回家")


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_first_and_the_last_day_belong_to_it(day):
    rules.check_termination(SIGNED, day, "回家")


# keeping


@pytest.mark.parametrize(
    ("ended", "until"),
    [
        (date(2021, 11, 20), date(2026, 11, 20)),
        (date(2020, 2, 29), date(2025, 3, 1)),
        (date(2019, 2, 28), date(2024, 2, 28)),
    ],
)
def test_papers_are_kept_through_the_day_five_years_later(ended, until):
    assert retention.keep_until(ended, 5) == until
    assert not retention.is_due(ended, 5, until)
    assert retention.is_due(ended, 5, until + DAY)


def test_no_setting_keeps_papers_shorter_than_the_law():
    assert retention.keep_until(date(2021, 1, 1), 1) == date(2026, 1, 1)
    assert retention.years_for("medical", {"medical": 3}) == 5


@pytest.mark.parametrize("years", [4, 101])
def test_years_outside_the_law_are_refused(years):
    with pytest.raises(retention.KeptTooShort):
        retention.check_years(years)


@pytest.mark.parametrize("years", [5, 100])
def test_five_years_and_more_are_allowed(years):
    retention.check_years(years)


def test_the_years_count_from_what_ended_last():
    ends = retention.Ends((date(2020, 1, 1), date(2021, 5, 1)), (date(2020, 12, 1),))
    assert ends.last == date(2021, 5, 1)


def test_whoever_lives_here_keeps_their_papers():
    assert retention.Ends((date(2010, 1, 1),), (date(2011, 1, 1), None)).last is None


def test_nobody_destroys_papers_alone():
    with pytest.raises(retention.NobodyWatches):
        retention.check_destruction("院长", "吴建国", "吴建国")

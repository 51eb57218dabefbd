"""A certificate holds to its last day and not one day longer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.certificates import (
    Certificate,
    IssuedLater,
    Kind,
    Urgency,
    ValidBeforeIssued,
    Warnings,
    apply_by,
    check,
    holdings,
    is_replaced,
    lapse,
    usual_end,
)
from carehome.rules.periods import Period, after_months
from carehome.rules.staff import StaffFacts

DAY = timedelta(days=1)
TODAY = date(2026, 11, 21)
HEALTH = Kind(1, "health", "健康证明", 12)
NURSE = Kind(2, "nurse", "护士执业证书", 60, 30)
LEVELS = {
    10 + level: Kind(10 + level, f"caregiver-{level}", "", None, 0, "caregiver", level)
    for level in range(1, 6)
}
KINDS = {1: HEALTH, 2: NURSE, **LEVELS}
days = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def facts(*certificates):
    holds = holdings(certificates, KINDS)
    return StaffFacts(1, "周敏", Period(date(2020, 1, 1)), holds=holds)


def test_what_lapses_on_the_17th_bars_from_the_17th():
    held = Certificate(1, date(2025, 12, 17), date(2026, 12, 16))
    carer = facts(held)
    assert held.lapses_on == date(2026, 12, 17)
    assert carer.has(1, date(2026, 12, 16))
    assert carer.lacks([1], date(2026, 12, 16)) == ()
    assert carer.lacks([1], date(2026, 12, 17)) == (1,)
    assert carer.lapsed_on(1, date(2026, 12, 20)) == date(2026, 12, 17)


def test_nothing_holds_before_its_day_of_issue():
    held = facts(Certificate(1, date(2026, 11, 21)))
    assert not held.has(1, date(2026, 11, 20))
    assert held.has(1, date(2026, 11, 21))
    assert held.lapsed_on(1, date(2026, 11, 20)) is None


def test_what_has_no_end_never_lapses():
    assert facts(Certificate(15, date(2001, 1, 1))).has(15, date(2099, 12, 31))


def test_a_renewal_in_time_leaves_no_gap():
    first = Certificate(1, date(2025, 12, 17), date(2026, 12, 16))
    renewed = Certificate(1, date(2026, 12, 10), date(2027, 12, 9))
    carer = facts(first, renewed)
    span = Period(date(2026, 12, 1), date(2027, 1, 1))
    assert all(carer.has(1, day) for day in span)


@pytest.mark.parametrize(
    ("held", "asked", "stands"),
    [(3, 5, True), (3, 3, True), (3, 2, False), (1, 5, True), (5, 1, False)],
)
def test_a_higher_level_stands_for_a_lower_one(held, asked, stands):
    carer = facts(Certificate(10 + held, date(2020, 1, 1)))
    assert carer.has(10 + asked, TODAY) is stands


def test_kinds_without_a_ladder_stand_for_themselves_only():
    assert not HEALTH.stands_for(NURSE)
    assert HEALTH.stands_for(HEALTH)


@pytest.mark.parametrize(
    ("issued", "kind", "last"),
    [
        (date(2025, 11, 17), HEALTH, date(2026, 11, 16)),
        (date(2024, 2, 29), HEALTH, date(2025, 2, 28)),
        (date(2023, 3, 1), HEALTH, date(2024, 2, 29)),
        (date(2024, 2, 29), NURSE, date(2029, 2, 28)),
        (date(2021, 12, 1), NURSE, date(2026, 11, 30)),
        (date(2021, 12, 1), LEVELS[11], None),
    ],
)
def test_the_usual_end_is_the_day_before_the_anniversary(issued, kind, last):
    assert usual_end(issued, kind) == last


@pytest.mark.parametrize(
    ("left", "urgency"),
    [
        (-1, Urgency.LAPSED),
        (0, Urgency.NEAR),
        (7, Urgency.NEAR),
        (8, Urgency.MIDDLE),
        (30, Urgency.MIDDLE),
        (31, Urgency.FAR),
        (60, Urgency.FAR),
        (61, Urgency.LATER),
    ],
)
def test_warnings_come_60_30_and_7_days_before(left, urgency):
    assert Warnings().urgency(TODAY + left * DAY, TODAY) is urgency


def test_the_home_sets_its_own_warnings():
    assert Warnings(90, 45, 10).urgency(TODAY + 90 * DAY, TODAY) is Urgency.FAR


def test_a_nurse_applies_30_days_before_the_end():
    assert apply_by(date(2026, 12, 31), NURSE) == date(2026, 12, 1)
    assert apply_by(date(2026, 12, 31), HEALTH) is None


def test_only_a_later_one_of_its_kind_replaces_a_certificate():
    old = Certificate(1, TODAY, TODAY + 9 * DAY, certificate_id=1)
    later = Certificate(1, TODAY + DAY, TODAY + 99 * DAY, certificate_id=2)
    other = Certificate(2, TODAY, None, certificate_id=3)
    assert is_replaced(old, [old, later])
    assert not is_replaced(later, [old, later])
    assert not is_replaced(old, [old, other])


def test_days_that_cannot_be_are_refused():
    with pytest.raises(ValidBeforeIssued):
        check(Certificate(1, TODAY, TODAY - DAY), TODAY)
    with pytest.raises(IssuedLater):
        check(Certificate(1, TODAY + DAY), TODAY)
    check(Certificate(1, TODAY, TODAY), TODAY)


@given(issued=days, lasts=st.integers(0, 4000), day=days)
def test_a_certificate_holds_from_issue_to_last_day(issued, lasts, day):
    last = issued + lasts * DAY
    held = facts(Certificate(1, issued, last))
    assert held.has(1, day) is (issued <= day <= last)
    assert (held.lapsed_on(1, day) is not None) is (day > last)


@given(day=days, months=st.integers(1, 120))
def test_whole_months_are_over_on_the_same_day_or_the_first(day, months):
    later = after_months(day, months)
    assert later.day in (day.day, 1)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) in (
        months,
        months + 1,
    )


@given(ends=st.lists(days, max_size=4), day=days)
def test_the_last_lapse_is_told(ends, day):
    spans = [Period(date(1999, 1, 1), end) for end in ends]
    past = [end for end in ends if end <= day]
    assert lapse(spans, day) == max(past, default=None)

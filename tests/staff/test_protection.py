"""Mothers are kept from nights and overtime for exactly the days that the law names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.protection import (
    BornLater,
    Maternity,
    NoDueDay,
    check,
    protected,
)
from carehome.rules.staff import Person, annual_entitled

DAY = timedelta(days=1)
DUE = date(2027, 1, 30)
SEVENTH = date(2026, 11, 7)  # 12 weeks before the due day: 28 weeks are over
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_protected"),
    [
        (SEVENTH - DAY, False),
        (SEVENTH, True),
        (DUE, True),
        (DUE + 20 * DAY, True),  # late, and nobody has entered the birth yet
    ],
)
def test_who_expects_is_protected_from_the_seventh_month_on(day, is_protected):
    assert protected(day, [Maternity(DUE)]) is is_protected


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2026, 3, 10), date(2027, 3, 9)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 2, 29)),
        (date(2023, 2, 28), date(2024, 2, 27)),
    ],
)
def test_who_nurses_is_protected_until_the_first_birthday(born, last):
    child = [Maternity(born_on=born)]
    assert not protected(born - DAY, child)
    assert protected(born, child)
    assert protected(last, child)
    assert not protected(last + DAY, child)


def test_the_birth_goes_on_where_expecting_ends():
    child = [Maternity(DUE, date(2027, 2, 3))]
    assert protected(SEVENTH, child)
    assert protected(date(2028, 2, 2), child)
    assert not protected(date(2028, 2, 3), child)


def test_protection_ends_when_a_pregnancy_does():
    lost = [Maternity(DUE, ended_on=date(2026, 12, 1))]
    assert protected(date(2026, 11, 30), lost)
    assert not protected(date(2026, 12, 1), lost)


def test_a_pregnancy_that_ends_early_never_protected():
    assert Maternity(DUE, ended_on=SEVENTH).protected() is None


def test_the_home_may_protect_from_an_earlier_week():
    assert protected(SEVENTH - 28 * DAY, [Maternity(DUE)], weeks=24)
    assert not protected(SEVENTH - 29 * DAY, [Maternity(DUE)], weeks=24)


def test_two_children_are_both_seen():
    two = [Maternity(born_on=date(2020, 5, 5)), Maternity(DUE)]
    assert protected(date(2020, 6, 1), two)
    assert protected(DUE, two)
    assert not protected(date(2024, 1, 1), two)


def test_a_day_is_needed():
    with pytest.raises(NoDueDay):
        check(Maternity(), DUE)


def test_a_child_is_born_before_it_is_entered():
    with pytest.raises(BornLater):
        check(Maternity(born_on=DUE + DAY), DUE)
    check(Maternity(born_on=DUE), DUE)


@given(born=days, day=days)
def test_a_nursed_child_is_under_one(born, day):
    under_one = (
        born <= day
        and (day.year - born.year) * 10_000
        + (day.month * 100 + day.day - born.month * 100 - born.day)
        < 10_000
    )
    assert protected(day, [Maternity(born_on=born)]) is under_one


@given(due=days, day=days, weeks=st.integers(0, 40))
def test_protected_days_hang_together(due, day, weeks):
    spans = [Maternity(due).protected(weeks)]
    assert protected(day, [Maternity(due)], weeks) is spans[0].holds(day)
    assert spans[0].start == due - timedelta(weeks=40 - weeks)


@pytest.mark.parametrize(
    ("hired_on", "left_on", "entitled"),
    [
        (date(2025, 12, 31), None, 10),
        (date(2026, 1, 1), None, 10),
        (date(2026, 3, 15), None, 8),  # 292 of 365 days: 8.0
        (date(2026, 3, 16), None, 7),
        (date(2026, 12, 1), None, 0),
        (date(2025, 1, 1), date(2026, 7, 1), 4),  # 181 of 365 days
        (date(2025, 1, 1), date(2027, 1, 1), 10),
    ],
)
def test_annual_leave_of_a_part_of_the_year_is_its_share(hired_on, left_on, entitled):
    worked = date(2010, 7, 1)
    person = Person("何梅", hired_on, left_on=left_on, worked_since=worked)
    assert annual_entitled(person, date(2026, 12, 31)) == entitled

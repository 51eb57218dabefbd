"""Days as people type them, and which one is meant when something is left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.i18n import show_day
from carehome.rules.days import BadDay, Sense, read_day

TODAY = date(2026, 11, 21)
PAST, NEAR, FUTURE = Sense.PAST, Sense.NEAR, Sense.FUTURE
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SENSES = st.sampled_from(Sense)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20261121", TODAY),
        ("2026-11-21", TODAY),
        ("2026.11.21", TODAY),
        ("2026/11/21", TODAY),
        ("2026年11月21日", TODAY),
        ("２０２６－１１－２１", TODAY),
        (" 2026 - 1 - 2 ", date(2026, 1, 2)),
        ("11-21", TODAY),
        ("1121", TODAY),
        ("11.21", TODAY),
        ("11/21", TODAY),
        ("11月21日", TODAY),
        ("21", TODAY),
        ("21日", TODAY),
        ("１１２１", TODAY),
        ("1940-3-7", date(1940, 3, 7)),
        ("今天", TODAY),
        ("jt", TODAY),
        ("JT", TODAY),
        ("明天", date(2026, 11, 22)),
        ("mt", date(2026, 11, 22)),
        ("昨天", date(2026, 11, 20)),
        ("zt", date(2026, 11, 20)),
        ("后天", date(2026, 11, 23)),
        ("前天", date(2026, 11, 19)),
        ("+3", date(2026, 11, 24)),
        ("-2", date(2026, 11, 19)),
        ("＋10", date(2026, 12, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "sense", "day"),
    [
        ("3.5", NEAR, date(2027, 3, 5)),
        ("3.5", PAST, date(2026, 3, 5)),
        ("3.5", FUTURE, date(2027, 3, 5)),
        ("7-1", NEAR, date(2026, 7, 1)),
        ("12-1", PAST, date(2025, 12, 1)),
        ("1121", PAST, TODAY),
        ("1121", FUTURE, TODAY),
        ("25", PAST, date(2026, 10, 25)),
        ("25", NEAR, date(2026, 11, 25)),
        ("25", FUTURE, date(2026, 11, 25)),
        ("5", FUTURE, date(2026, 12, 5)),
        ("31", PAST, date(2026, 10, 31)),
        ("31", FUTURE, date(2026, 12, 31)),
        ("2-29", PAST, date(2024, 2, 29)),
        ("2-29", FUTURE, date(2028, 2, 29)),
    ],
)
def test_what_is_left_out_follows_from_what_the_field_is_for(typed, sense, day):
    assert read_day(typed, TODAY, sense) == day


@pytest.mark.parametrize(
    "typed",
    ["", "2026-13-01", "2026-02-29", "0", "32", "31", "abc", "26-1-1", "121", "2-30"],
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(BadDay):
        read_day(typed, TODAY)


@given(DAYS, DAYS, SENSES)
def test_what_a_list_shows_is_read_back(day, today, sense):
    for typed in (show_day(day), f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day}"):
        assert read_day(typed, today, sense) == day


@given(DAYS, DAYS)
def test_a_day_without_a_year_lies_where_the_field_looks(day, today):
    typed = f"{day.month}-{day.day}"
    before, after = read_day(typed, today, PAST), read_day(typed, today, FUTURE)
    assert before <= today <= after
    assert (
        (before.month, before.day) == (after.month, after.day) == (day.month, day.day)
    )
    near = read_day(typed, today, NEAR)
    assert abs(near - today) == min(today - before, after - today)


@given(st.integers(-999, 999), DAYS)
def test_days_are_counted_from_today(count, today):
    assert read_day(f"{count:+d}", today) == today + timedelta(days=count)

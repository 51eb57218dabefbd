"""Statutory holidays, against the days that the state itself told."""

from datetime import date

import chinese_calendar
import pytest

from carehome.rules import holidays

OF_2026 = {
    *("01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02"),
    *("06-19", "09-25", "10-01", "10-02", "10-03"),
}


def test_2026_has_the_thirteen_days_of_the_law():
    told = {f"{day:%m-%d}" for day in holidays.statutory_days(2026)}
    assert told == OF_2026


def test_before_2025_there_were_eleven():
    days = holidays.statutory_days(2024)
    assert len(days) == 11
    assert date(2024, 2, 9) not in days


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_statutory_day_is_free_by_what_the_state_told(year):
    assert all(
        chinese_calendar.is_holiday(day) for day in holidays.statutory_days(year)
    )


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_moons_feasts_lie_whole_moons_apart(year):
    named = {name: day for day, name in reversed(holidays.statutory_days(year).items())}
    spring, dragon, autumn = named["春节"], named["端午节"], named["中秋节"]
    moon = 29.530588
    for later, offset in ((dragon, 4), (autumn, 14)):
        moons = ((later - spring).days - offset) / moon
        assert abs(moons - round(moons)) < 0.05


def test_a_year_without_its_moon_knows_the_suns_feasts_only():
    days = holidays.statutory_days(2040)
    assert date(2040, 10, 1) in days
    assert len(days) == 6
    assert not holidays.is_known(2040)

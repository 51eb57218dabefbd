"""What a year of drills lacks, and the days on which that could be held."""

from datetime import date

import pytest

from carehome.rules.safety.drill_year import proposals, unplanned
from carehome.rules.safety.drills import Drill, YearNeed

SPRING, AUTUMN = date(2026, 4, 15), date(2026, 10, 15)
NEW_YEAR = date(2026, 1, 2)


def days(found):
    return [(each.day, each.is_night, each.is_disabled_unit) for each in found]


def test_an_empty_year_gets_a_drill_in_each_half_one_of_each_kind():
    found = days(proposals(2026, [], NEW_YEAR))
    assert found == [(SPRING, True, False), (AUTUMN, False, True)]


def test_what_is_planned_is_not_proposed_again():
    planned = [
        Drill("春", date(2026, 5, 1), is_night=True),
        Drill("秋", date(2026, 9, 1), is_disabled_unit=True),
    ]
    assert proposals(2026, planned, NEW_YEAR) == ()


def test_a_drill_called_off_is_as_if_it_never_was():
    off = Drill("春", date(2026, 5, 1), is_night=True, called_off="暴雨")
    assert unplanned(2026, [off]) == YearNeed(at_night=True, disabled_unit=True)


def test_an_exercise_at_the_table_fills_no_half_year():
    table = Drill("桌面", SPRING, is_real=False, is_night=True, is_disabled_unit=True)
    found = proposals(2026, [table], NEW_YEAR)
    assert days(found) == [(SPRING, False, False), (AUTUMN, False, False)]


def test_a_half_year_that_is_over_is_not_proposed_any_more():
    found = days(proposals(2026, [], date(2026, 7, 1)))
    assert found == [(AUTUMN, True, False), (date(2026, 10, 29), False, True)]


@pytest.mark.parametrize("today", [date(2026, 12, 20), date(2026, 12, 31)])
def test_late_in_the_year_the_last_day_is_proposed(today):
    assert {each.day for each in proposals(2026, [], today)} == {date(2026, 12, 31)}


def test_nothing_is_proposed_for_a_year_that_is_over():
    assert proposals(2026, [], date(2027, 1, 1)) == ()


def test_a_whole_year_that_lacks_one_kind_gets_one_more_drill():
    held = [
        Drill("春", SPRING, held_on=SPRING, is_night=True),
        Drill("秋", AUTUMN, held_on=AUTUMN),
    ]
    found = days(proposals(2026, held, date(2026, 11, 1)))
    assert found == [(date(2026, 11, 15), False, True)]

from datetime import date, timedelta
from fractions import Fraction

import pytest

from carehome.rules import presence as rules
from carehome.rules.presence import Walking, Way, Windows, is_harder

DAY = date(2026, 11, 21)
HALF, NONE, WHOLE = Fraction(1, 2), Fraction(0), Fraction(1)


@pytest.mark.parametrize(
    ("level", "way"),
    [
        (None, None),
        (0, Way.ALONE),
        (1, Way.ONE_HELPER),
        (2, Way.ONE_HELPER),
        (3, Way.WHEELCHAIR),
        (4, Way.CARRIED),
    ],
)
def test_the_ability_level_suggests_a_way_out(level, way):
    assert rules.suggested(None, level) == way


@pytest.mark.parametrize(
    ("walking", "transfer", "way"),
    [
        (WHOLE, WHOLE, Way.ALONE),
        (Fraction(3, 4), WHOLE, Way.ONE_HELPER),
        (HALF, NONE, Way.ONE_HELPER),
        (Fraction(1, 4), HALF, Way.WHEELCHAIR),
        (Fraction(1, 4), NONE, Way.TWO_HELPERS),
        (NONE, HALF, Way.WHEELCHAIR),
        (NONE, None, Way.WHEELCHAIR),
        (NONE, NONE, Way.CARRIED),
    ],
)
def test_the_answers_on_walking_go_before_the_level(walking, transfer, way):
    assert rules.suggested(Walking(walking, transfer), 4 if walking else 0) == way


def test_without_an_answer_on_walking_the_level_suggests():
    assert rules.suggested(Walking(), 0) is Way.ALONE


def test_every_way_says_how_many_helpers_it_takes():
    assert set(rules.helpers()) == set(Way)


def test_whoever_is_unknown_is_reckoned_as_carried():
    told = rules.tally([(False, ""), (False, "carried")])
    assert told.helpers == 2 * rules.helpers()[Way.CARRIED]


def test_who_is_out_needs_no_helper():
    assert rules.tally([(True, "carried"), (False, "alone")]).helpers == 0


def test_in_and_out_are_counted_apart():
    told = rules.tally([(True, ""), (False, "alone"), (False, "")])
    assert (told.inside, told.out, told.unknown) == (2, 1, 1)


def test_ways_are_counted_of_those_inside():
    told = rules.tally([(True, "alone"), (False, "alone"), (False, "wheelchair")])
    assert dict(told.ways)[Way.ALONE] == 1


@pytest.mark.parametrize(("days", "is_new"), [(0, True), (6, True), (7, False)])
def test_somebody_is_new_for_a_week(days, is_new):
    assert Windows().is_new(DAY - timedelta(days=days), DAY) is is_new


def test_who_comes_tomorrow_is_not_new_today():
    assert not Windows().is_new(DAY + timedelta(days=1), DAY)


@pytest.mark.parametrize(("days", "is_fresh"), [(0, True), (2, True), (3, False)])
def test_a_change_is_told_for_three_days(days, is_fresh):
    assert Windows().is_fresh(DAY - timedelta(days=days), DAY) is is_fresh


@pytest.mark.parametrize(("days", "is_near"), [(-5, True), (1, True), (2, False)])
def test_what_is_due_tomorrow_or_late_is_near(days, is_near):
    assert Windows().is_near(DAY + timedelta(days=days), DAY) is is_near


@pytest.mark.parametrize(
    ("way", "than", "harder"),
    [
        (Way.WHEELCHAIR, Way.ALONE, True),
        (Way.CARRIED, Way.WHEELCHAIR, True),
        (Way.ALONE, Way.ONE_HELPER, False),
        (Way.ALONE, Way.ALONE, False),
    ],
)
def test_ways_out_differ_in_effort(way, than, harder):
    assert is_harder(way, than) is harder

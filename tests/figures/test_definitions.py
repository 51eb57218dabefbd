"""What figures are called, mean and rest on, and the sets that are reported."""

from dataclasses import fields
from fractions import Fraction

import pytest

from carehome.rules.figure_sets import sets
from carehome.rules.figures import (
    Figure,
    Unit,
    change,
    definitions,
    quotient,
    show,
    show_figure,
)
from carehome.rules.home import Profile
from carehome.services.figures import COUNTERS


def test_every_figure_is_either_counted_or_says_why_it_is_not():
    unheld = {key for key, each in definitions().items() if each.unheld}
    assert set(COUNTERS) | unheld == set(definitions())
    assert not set(COUNTERS) & unheld


@pytest.mark.parametrize("each", definitions().values(), ids=definitions())
def test_a_share_names_its_numerator_and_denominator(each):
    if each.unit is Unit.SHARE and not each.unheld:
        assert each.numerator
        assert each.denominator


def test_no_two_figures_bear_one_name():
    names = [each.name for each in definitions().values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "code", ["month", "quarter", "year", "filing", "civil-affairs"]
)
def test_a_set_names_no_line_twice(code):
    labels = [line.label for line in sets()[code].lines]
    assert len(set(labels)) == len(labels)


def test_sets_name_only_fields_that_the_profile_has():
    known = {each.name for each in fields(Profile)}
    named = {line.field for each in sets().values() for line in each.lines}
    assert named - {""} <= known


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Fraction(98, 165), Unit.SHARE, "59.4%"),
        (Fraction(1), Unit.SHARE, "100.0%"),
        (Fraction(13, 2), Unit.RATIO, "1∶6.5"),
        (Fraction(5, 20), Unit.HOURS, "0.3"),
        (3, Unit.HOURS, "3"),
        (123456, Unit.MONEY, "¥1,234.56"),
    ],
)
def test_a_value_is_rounded_only_where_it_is_shown(value, unit, shown):
    assert shown in show(value, unit)


def test_nothing_over_nothing_is_unknown_and_not_zero():
    figure = quotient(0, 0)
    assert figure.value is None
    assert str(figure.unknown)
    assert show_figure(figure, Unit.SHARE) == "未知"


def test_a_change_needs_both_figures():
    known = Figure("x", 5)
    assert change(Figure("x", 3), known) == 2
    assert change(Figure("x"), known) is None

import pytest

from carehome.errors import Refusal
from carehome.rules.rosters import patterns
from carehome.rules.rosters.problem import OFF

SIGNS = {"E": "E", "早": "E", "L": "L", "中": "L", "N": "N", "夜": "N"}


@pytest.mark.parametrize("typed", ["EELLNNRR", "早早中中夜夜休休", "ee ll nn rr"])
def test_a_pattern_is_typed_in_letters_or_signs(typed):
    row = patterns.read_pattern(typed, SIGNS, "R休")
    assert row == ("E", "E", "L", "L", "N", "N", OFF, OFF)


def test_what_is_no_shift_is_named():
    with pytest.raises(Refusal) as refused:
        patterns.read_pattern("EEXX", SIGNS, "R休")
    assert "“X”" in refused.value.message


@pytest.mark.parametrize("typed", ["", "  ", "E" * 63])
def test_a_pattern_is_neither_empty_nor_endless(typed):
    with pytest.raises(patterns.PatternMissing):
        patterns.read_pattern(typed, SIGNS, "R休")


def test_a_pattern_begins_again():
    laid = patterns.lay(("E", OFF), range(3, 8))
    assert laid == {3: "E", 4: OFF, 5: "E", 6: OFF, 7: "E"}


def test_people_lie_apart_in_a_pattern():
    cells = patterns.staggered(("E", "L", "N", OFF), ("a", "b"), (0, 1), shift=2)
    assert cells == {("a", 0): "E", ("a", 1): "L", ("b", 0): "N", ("b", 1): OFF}


def test_a_week_is_copied_as_far_as_the_month_reaches():
    rows = {"a": tuple("ELN" + "E" * 6 + "x")}
    assert patterns.copied_week(rows, 7) == {
        ("a", 7): "E",
        ("a", 8): "L",
        ("a", 9): "N",
    }


def test_the_first_week_has_none_before_it_to_copy():
    assert patterns.copied_week({"a": ("E",) * 9}, 0) == {}

"""MZ/T 039: levels of the groups, all 256 combinations of them, what changes them."""

from itertools import product

import pytest

from carehome.rules.assessments.judging import judge
from tests.assessments.answering import (
    MZT,
    QUIET,
    SENSES,
    SUMS,
    all_best,
    all_worst,
    summing,
    with_levels,
)

GROUPS = {group.number: group for group in MZT.groups}


def group_level(answers, number):
    judged = judge(MZT, {**all_best(MZT), **answers})
    return next(group.level for group in judged.groups if group.number == number)


def reachable(group):
    totals = {0}
    for item in group.items:
        totals = {t + option.points for t in totals for option in item.options}
    return sorted(totals)


BANDS = {
    "B.1": lambda t: 0 if t == 100 else 1 if t >= 65 else 2 if t >= 45 else 3,
    "B.2": lambda t: (0, 1, 2, 2, 3, 3, 3)[t],
    "B.4": lambda t: 0 if t <= 2 else 1 if t <= 7 else 2 if t <= 13 else 3,
}


@pytest.mark.parametrize("number", BANDS)
def test_every_total_that_can_be_reached_has_its_level(number):
    group = GROUPS[number]
    for total in reachable(group):
        assert group_level(summing(group, total), number) == BANDS[number](total)


@pytest.mark.parametrize(
    ("number", "total", "level"),
    [
        *[("B.1", 100, 0), ("B.1", 95, 1), ("B.1", 65, 1), ("B.1", 60, 2)],
        *[("B.1", 45, 2), ("B.1", 40, 3), ("B.1", 0, 3)],
        *[("B.2", 0, 0), ("B.2", 1, 1), ("B.2", 2, 2), ("B.2", 3, 2)],
        *[("B.2", 4, 3), ("B.2", 6, 3)],
        *[("B.4", 0, 0), ("B.4", 2, 0), ("B.4", 3, 1), ("B.4", 7, 1)],
        *[("B.4", 8, 2), ("B.4", 13, 2), ("B.4", 14, 3), ("B.4", 20, 3)],
    ],
)
def test_the_bands_begin_and_end_where_the_standard_says(number, total, level):
    assert group_level(summing(GROUPS[number], total), number) == level


def senses(awake, sight, hearing, talk):
    """Say the level of senses and talk as the table of the standard does."""
    if awake >= 2:
        return 3
    worst = max(sight, hearing)
    if worst == 4 or talk == 3:
        return 3
    if awake == 1:
        return 2
    return max((0, 0, 1, 2)[worst], talk)


def test_senses_and_talk_have_a_level_in_all_combinations():
    for each in product(range(4), range(5), range(5), range(4)):
        answers = dict(zip(("B.3.1", "B.3.2", "B.3.3", "B.3.4"), each, strict=True))
        assert group_level(answers, "B.3") == senses(*each), each


def by_the_text(a, b, c, d):
    """Return every level whose clause speaks of the combination, in the text's words."""
    rest = (b, c, d)
    fits = set()
    if (a, b, c) == (0, 0, 0) and d < 2:
        fits.add(0)
    if (a == 0 and (b or c or d == 2)) or (a == 1 and min(rest) <= 1):
        fits.add(1)
    if a == 1 and (rest == (2, 2, 2) or 3 in rest):
        fits.add(2)
    if a == 2 and len([x for x in rest if x in (1, 2)]) in (1, 2):
        fits.add(2)
    if a == 3 or (a == 2 and (rest == (2, 2, 2) or 3 in rest)):
        fits.add(3)
    return fits


ALL = list(product(range(4), repeat=4))


@pytest.mark.parametrize("levels", ALL, ids=lambda levels: "".join(map(str, levels)))
def test_each_of_the_256_combinations_is_judged_by_the_text_or_not_covered(levels):
    judged = judge(MZT, with_levels(*levels))
    assert [group.level for group in judged.groups] == list(levels)
    fits = by_the_text(*levels)
    expected = max(fits) if fits else None
    assert judged.preliminary == expected
    assert judged.is_covered == bool(fits)
    assert set(judged.also_fits) == fits - {expected}
    assert judged.level == expected


def test_the_text_does_not_speak_of_nine_combinations():
    uncovered = [each for each in ALL if not by_the_text(*each)]
    assert len(uncovered) == 9
    assert uncovered[0] == (0, 0, 0, 3)
    assert all(each[0] == 2 for each in uncovered[1:])


@pytest.mark.parametrize("levels", [e for e in ALL if not by_the_text(*e)])
def test_what_is_not_covered_is_not_guessed(levels):
    answers = with_levels(*levels)
    judged = judge(MZT, answers)
    assert (judged.level, judged.clause, judged.possible) == (None, "", ())
    assert judged.advice == (2 if levels[0] == 2 else 1)
    assert judged.advice_text


def test_the_overlap_says_what_else_fits():
    judged = judge(MZT, with_levels(1, 0, 0, 3))
    assert (judged.preliminary, judged.also_fits) == (2, (1,))


@pytest.mark.parametrize("disorder", [{"A.2.13.1": "1"}, {"A.2.13.2": "6"}])
@pytest.mark.parametrize(("a", "level"), [(0, 1), (1, 2), (3, 3)])
def test_dementia_or_a_mental_illness_is_one_level_worse(disorder, a, level):
    judged = judge(MZT, {**with_levels(a, 0, 0, 0), **disorder})
    assert judged.level == level


def test_a_diagnosed_cognitive_disorder_counts_as_dementia():
    answers = {**with_levels(1, 0, 0, 0), "B.2.1": 2}
    judged = judge(MZT, answers)
    assert (judged.preliminary, judged.level) == (1, 2)
    assert [change.kind for change in judged.changes] == ["dementia"]


@pytest.mark.parametrize("number", range(1, 5))
def test_two_events_are_one_level_worse(number):
    answers = with_levels(1, 0, 0, 0)
    assert judge(MZT, {**answers, f"A.2.14.{number}": "1"}).level == 1
    assert judge(MZT, {**answers, f"A.2.14.{number}": "2"}).level == 2


def test_both_reasons_together_are_one_level_unless_they_add_up():
    answers = {**with_levels(1, 0, 0, 0), "A.2.13.1": "2", "A.2.14.1": "3"}
    assert judge(MZT, answers).level == 2
    assert judge(MZT, answers, adds_up=True).level == 3


def test_severe_is_not_raised_any_more():
    answers = {**with_levels(3, 0, 0, 0), "A.2.13.1": "2", "A.2.14.1": "3"}
    judged = judge(MZT, answers, adds_up=True)
    assert judged.level == 3
    assert [change.levels for change in judged.changes] == [0, 0]


def test_a_coma_is_severe_and_ends_the_questions():
    answers = {**all_best(MZT), "B.3.1": 3}
    for number in MZT.changes.coma_skips:
        del answers[number]
    judged = judge(MZT, answers)
    assert (judged.level, judged.missing, judged.is_covered) == (3, (), True)
    assert [change.kind for change in judged.changes] == ["coma"]


def test_all_best_is_able_and_all_worst_is_severe():
    assert judge(MZT, all_best(MZT)).level == 0
    assert judge(MZT, all_worst(MZT)).level == 3


@pytest.mark.parametrize("levels", [(0, 0, 0, 0), (1, 2, 0, 1), (2, 1, 0, 0)])
def test_a_half_filled_form_keeps_what_comes_out_possible(levels):
    whole = with_levels(*levels)
    level = judge(MZT, whole).level
    for item in MZT.items:
        half = {number: v for number, v in whole.items() if number != item.number}
        judged = judge(MZT, half)
        assert level in judged.possible
        assert judged.missing == (item.number,)


def test_the_answers_of_the_tests_are_what_they_claim():
    assert set(SUMS["B.1"].values()) <= set(reachable(GROUPS["B.1"]))
    assert [senses(*each.values()) for each in SENSES.values()] == [0, 1, 2, 3]
    assert set(QUIET[MZT.code]) == set(MZT.deciding)

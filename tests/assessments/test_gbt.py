"""GB/T 42195: bands of the total, and everything that changes the level."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carehome.rules.assessments.judging import judge
from tests.assessments.answering import GBT, QUIET, all_best, all_worst, with_total

ABLE, MILD, MODERATE, SEVERE, COMPLETE = range(5)
EVENTS = [f"A.2.14.{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("total", "level"),
    [
        (90, ABLE),
        (89, MILD),
        (66, MILD),
        (65, MODERATE),
        (46, MODERATE),
        (45, SEVERE),
        (30, SEVERE),
        (29, COMPLETE),
        (0, COMPLETE),
    ],
)
def test_the_total_gives_the_level_at_every_boundary(total, level):
    judged = judge(GBT, with_total(total))
    assert (judged.total, judged.preliminary, judged.level) == (total, level, level)


def test_every_total_has_a_level_by_the_bands():
    for total in range(91):
        expected = sum(total < bound for bound in (90, 66, 46, 30))
        assert judge(GBT, with_total(total)).level == expected


def test_the_groups_come_to_32_15_28_and_15():
    judged = judge(GBT, all_best(GBT))
    assert [group.points for group in judged.groups] == [32, 15, 28, 15]
    assert [group.level for group in judged.groups] == [None] * 4


@pytest.mark.parametrize("total", [90, 70, 50, 40, 10])
def test_somebody_in_a_coma_has_lost_all_ability(total):
    judged = judge(GBT, {**with_total(total), "A.5.11": "1"})
    assert judged.level == COMPLETE
    assert [change.kind for change in judged.changes] == ["coma"]


@pytest.mark.parametrize(
    ("total", "level"),
    [(90, MILD), (70, MODERATE), (50, SEVERE), (40, COMPLETE), (10, COMPLETE)],
)
def test_dementia_is_one_level_worse_but_never_beyond_complete(total, level):
    judged = judge(GBT, {**with_total(total), "A.4.1": ["1", "21"]})
    assert judged.level == level
    (change,) = judged.changes
    assert (change.kind, change.levels) == ("dementia", level - judged.preliminary)


def test_another_disorder_counts_only_when_a_specialist_says_so():
    ticked = {**with_total(70), "A.4.1": ["22"]}
    assert judge(GBT, ticked).level == MILD
    assert judge(GBT, {**ticked, "A.4.1.b": "0"}).level == MILD
    judged = judge(GBT, {**ticked, "A.4.1.b": "1"})
    assert judged.level == MODERATE
    assert [change.kind for change in judged.changes] == ["mental"]


def test_dementia_and_another_disorder_are_one_reason():
    both = {**with_total(70), "A.4.1": ["21", "22"], "A.4.1.b": "1"}
    assert judge(GBT, both).level == MODERATE


@pytest.mark.parametrize("event", EVENTS)
def test_two_events_of_one_kind_are_one_level_worse(event):
    assert judge(GBT, {**with_total(70), event: "1"}).level == MILD
    assert judge(GBT, {**with_total(70), event: "2"}).level == MODERATE
    assert judge(GBT, {**with_total(70), event: "3"}).level == MODERATE


def test_events_of_different_kinds_count_together():
    judged = judge(GBT, {**with_total(70), "A.2.14.1": "1", "A.2.14.3": "1"})
    assert judged.level == MODERATE
    assert "2" in judged.changes[0].text


def test_both_reasons_together_are_one_level_unless_they_add_up():
    both = {**with_total(70), "A.4.1": ["21"], "A.2.14.1": "2"}
    assert judge(GBT, both).level == MODERATE
    assert [change.levels for change in judge(GBT, both).changes] == [1, 0]
    assert judge(GBT, both, adds_up=True).level == SEVERE


def test_reasons_that_add_up_stop_at_complete():
    both = {**with_total(40), "A.4.1": ["21"], "A.2.14.1": "2"}
    judged = judge(GBT, both, adds_up=True)
    assert judged.level == COMPLETE
    assert [change.levels for change in judged.changes] == [1, 0]


def test_a_half_filled_form_says_what_is_sure_and_what_is_missing():
    answers = {i.number: i.best for i in GBT.items if i.number.startswith("B.1")}
    judged = judge(GBT, answers)
    assert (judged.total, judged.least, judged.most) == (32, 32, 90)
    assert len(judged.missing) == 18
    assert judged.possible == (ABLE, MILD, MODERATE, SEVERE)
    assert judged.level is None


def test_an_empty_form_can_still_come_to_anything():
    assert judge(GBT, {}).possible == (0, 1, 2, 3, 4)


def test_a_level_is_not_sure_while_a_deciding_field_is_open():
    answers = all_best(GBT)
    del answers["A.5.11"]
    judged = judge(GBT, answers)
    assert judged.missing_fields == ("A.5.11",)
    assert (judged.preliminary, judged.level) == (ABLE, None)


POINTS = st.fixed_dictionaries(
    {i.number: st.sampled_from([o.points for o in i.options]) for i in GBT.items}
)
HAPPENED = st.fixed_dictionaries(
    {event: st.sampled_from("0123") for event in EVENTS}
    | {"A.4.1": st.sampled_from([["0"], ["21"], ["22"]])}
    | {"A.4.1.b": st.sampled_from("01"), "A.5.11": st.sampled_from("01")}
)


@settings(max_examples=150)
@given(POINTS, HAPPENED, st.booleans())
def test_the_level_is_never_better_than_the_preliminary_one_or_beyond_complete(
    points, happened, adds_up
):
    judged = judge(GBT, {**points, **happened}, adds_up)
    assert judged.preliminary <= judged.level <= COMPLETE
    assert judged.possible == (judged.level,)


@settings(max_examples=150)
@given(POINTS, HAPPENED, st.sampled_from(GBT.items))
def test_a_better_answer_never_gives_a_worse_level(points, happened, item):
    before = judge(GBT, {**points, **happened})
    better = {**points, item.number: min(points[item.number] + 1, item.best)}
    assert judge(GBT, {**better, **happened}).level <= before.level


@settings(max_examples=100)
@given(POINTS, st.sets(st.sampled_from([i.number for i in GBT.items])))
def test_what_comes_out_was_possible_before(points, hidden):
    known = {number: p for number, p in points.items() if number not in hidden}
    whole = judge(GBT, {**QUIET[GBT.code], **points})
    half = judge(GBT, {**QUIET[GBT.code], **known})
    assert whole.level in half.possible
    assert half.least <= whole.total <= half.most


def test_all_worst_is_complete():
    assert judge(GBT, all_worst(GBT)).level == COMPLETE

"""What may be answered, what answers tell in every form, and what has changed."""

import pytest

from carehome.rules.assessments import answers as rules
from carehome.rules.assessments.difference import (
    changed_fields,
    difference,
    difference_across,
    say,
)
from tests.assessments.answering import GBT, MZT, all_best, all_worst


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ({"B.1.1": 5}, rules.PointsNotOffered),
        ({"B.1.1": "4"}, rules.PointsNotOffered),
        ({"B.1.1": True}, rules.PointsNotOffered),
        ({"B.9.1": 1}, rules.UnknownAnswer),
        ({"A.2.1": "王秀英"}, rules.UnknownAnswer),
        ({"A.2.9": "9"}, rules.ChoiceNotOffered),
        ({"A.2.9": ["1"]}, rules.WrongKind),
        ({"A.4.1": ["99"]}, rules.ChoiceNotOffered),
        ({"A.4.1": ["0", "1"]}, rules.NoneAndMore),
        ({"A.2.5": "六十"}, rules.NotANumber),
        ({"A.2.5": "0"}, rules.NotANumber),
        ({"A.2.6": "汉" * 501}, rules.AnswerTooLong),
        ({"A.4.2": [{"brand": "x"}]}, rules.WrongKind),
        ({"A.4.2": ["阿司匹林"]}, rules.WrongKind),
    ],
)
def test_what_the_form_does_not_offer_is_refused_by_its_number(answer, refusal):
    with pytest.raises(refusal) as raised:
        rules.check(GBT, answer)
    (number,) = answer
    assert raised.value.facts["number"] == number
    assert number in raised.value.message


def test_what_the_form_offers_is_taken():
    medicine = {"name": "阿司匹林", "way": "口服", "dose": "100mg", "times": "每日1次"}
    rules.check(
        GBT,
        {
            "B.1.1": 0,
            "A.2.5": "62.5",
            "A.2.9": "3",
            "A.4.1": ["1", "21"],
            "A.4.2": [medicine],
            "A.5.12": "",
        },
    )


def test_part_of_a_form_may_be_answered():
    rules.check(GBT, {})


def test_none_takes_an_answer_away():
    merged = rules.merge({"B.1.1": 4, "B.1.2": 3}, {"B.1.1": None, "B.1.3": 2})
    assert merged == {"B.1.2": 3, "B.1.3": 2}


def test_nobody_knows_anything_of_an_empty_form():
    signs = rules.signs_of(GBT, {})
    assert (signs.falls, signs.pressure_sore, signs.coma, signs.events) == (
        None,
        "",
        None,
        0,
    )
    assert signs.scores == {}


def test_signs_are_told_whatever_the_form():
    gbt = rules.signs_of(
        GBT,
        {
            "A.2.14.1": "2",
            "A.4.1": ["3", "21"],
            "A.5.1": "2",
            "A.5.4": ["1"],
            "A.5.8": ["2"],
            "B.3.7": 0,
            "B.2.3": 3,
        },
    )
    assert (gbt.falls, gbt.events, gbt.pressure_sore) == (2, 2, "2")
    assert (gbt.tubes, gbt.diseases) == ({"1"}, {"3", "21"})
    assert gbt.dementia
    assert gbt.swallowing_trouble
    assert gbt.aggression
    assert gbt.scores["walking"].needs_help
    mzt = rules.signs_of(MZT, {"B.2.2": 1, "B.1.9": 15, "A.2.13.1": "1"})
    assert (mzt.aggression, mzt.dementia, mzt.diseases) == (True, True, {"21"})
    assert not mzt.scores["walking"].needs_help
    assert mzt.swallowing_trouble is None


def test_the_best_answers_show_nothing_bad():
    for form in (GBT, MZT):
        signs = rules.signs_of(form, all_best(form))
        assert not any(score.needs_help for score in signs.scores.values())
        assert not signs.aggression
        assert not signs.memory_trouble
        assert not signs.coma


def test_the_worst_answers_are_the_worst_everywhere():
    for form in (GBT, MZT):
        signs = rules.signs_of(form, all_worst(form))
        assert all(score.is_worst for score in signs.scores.values())
        assert signs.low_mood


def test_a_difference_says_which_items_got_better_or_worse():
    before = {**all_best(GBT), "B.1.2": 2}
    after = {**all_best(GBT), "B.1.1": 1}
    changed = {
        each.number: each.is_better
        for each in difference(GBT, before, after)
        if each.before != each.after
    }
    assert changed == {"B.1.1": False, "B.1.2": True}


def test_more_points_are_worse_where_the_form_counts_so():
    after = {**all_best(MZT), "B.4.1": 3}
    changes = {e.number: e for e in difference(MZT, all_best(MZT), after)}
    assert changes["B.4.1"].is_better is False
    assert changes["B.4.2"].is_better is None


def test_across_forms_only_what_both_ask_is_compared():
    changes = difference_across(MZT, all_best(MZT), GBT, all_worst(GBT))
    assert changes
    assert all(change.is_better is False for change in changes)
    assert "床上体位转移" not in {change.name for change in changes}


def test_fields_that_say_something_else_are_named_in_words():
    before = {"A.2.14.1": "0", "A.4.1": ["1"]}
    after = {"A.2.14.1": "2", "A.4.1": ["1", "3"], "A.2.5": "60"}
    changes = [
        (c.number, c.before_text, c.after_text)
        for c in changed_fields(GBT, before, after)
    ]
    assert changes == [
        ("A.2.5", "", "60 kg"),
        ("A.2.14.1", "无", "发生过2次"),
        ("A.4.1", "高血压病I10～I15", "高血压病I10～I15、糖尿病E10～E14"),
    ]


def test_medicines_are_said_one_after_the_other():
    rows = [{"name": "阿司匹林", "dose": "100mg"}, {"name": "钙片"}]
    assert say(GBT.field("A.4.2"), rows) == "阿司匹林 100mg；钙片"

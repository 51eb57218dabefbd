"""What opens a risk, what an assessment must say, and when it is due again."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome import paths
from carehome.rules.assessments.answers import signs_of
from carehome.rules.assessments.reading import all_forms
from carehome.rules.risks import (
    Answer,
    Ground,
    Level,
    Need,
    Opening,
    Risk,
    check_answer,
    check_finished,
    due,
    form_in_force,
    forms,
    openings,
)
from carehome.rules.risks.due import due_on
from carehome.rules.risks.form import read_form
from carehome.rules.risks.grounds import grounds_of
from carehome.rules.risks.judging import (
    GroundMissing,
    MeasureMissing,
    NotJudged,
    ReasonMissing,
)
from carehome.rules.rulepacks import BadRuleFile
from tests.risks.conftest import SHAKY, all_none

FORM = form_in_force(date(2026, 11, 21))
GBT, MZT = "gbt42195-2022", "mzt039-2013"


def grounds(answers, code=GBT):
    form = all_forms()[code]
    return set(grounds_of(signs_of(form, answers), answers))


@pytest.mark.parametrize(
    ("ground", "risks"),
    [
        ("fell", {"fall"}),
        ("got_lost", {"getting_lost"}),
        ("choked", {"choking"}),
        ("swallowing", {"choking"}),
        ("harmed_self", {"harm"}),
        ("aggression", {"harm", "activity"}),
        ("sore", {"pressure_sore"}),
        ("coma", {"choking", "pressure_sore", "bed_fall"}),
        ("cannot_turn", {"pressure_sore", "bed_fall"}),
        ("sight", {"scald", "wrong_intake", "fall"}),
        ("seizures", {"activity"}),
    ],
)
def test_a_known_fact_opens_its_risks(ground, risks):
    assert set(openings(FORM, [Ground(ground)])) == {Risk(risk) for risk in risks}


def test_dementia_opens_getting_lost_and_wrong_food():
    opened = openings(FORM, [Ground.DEMENTIA])
    assert {Risk.GETTING_LOST, Risk.WRONG_INTAKE} <= set(opened)


def test_every_ground_opens_some_risk():
    assert [ground for ground in Ground if not openings(FORM, [ground])] == []


def test_an_opening_names_its_signs_and_its_grounds():
    opened = openings(FORM, [Ground.SIGHT, Ground.FELL])
    assert opened[Risk.FALL] == Opening(("fell", "sight"), (Ground.FELL, Ground.SIGHT))


def test_nothing_known_opens_nothing():
    assert openings(FORM, []) == {}


@pytest.mark.parametrize(
    ("answers", "ground"),
    [
        ({"A.2.14.1": "1"}, Ground.FELL),
        ({"A.2.14.2": "1"}, Ground.GOT_LOST),
        ({"A.2.14.3": "3"}, Ground.CHOKED),
        ({"A.2.14.4": "1"}, Ground.HARMED_SELF),
        ({"A.5.1": "2"}, Ground.SORE),
        ({"A.5.8": "2"}, Ground.SWALLOWING),
        ({"A.5.11": "1"}, Ground.COMA),
        ({"B.3.9": 0}, Ground.COMA),
        ({"B.2.1": 1}, Ground.CANNOT_TURN),
        ({"B.2.3": 3}, Ground.UNSTEADY),
        ({"B.1.6": 1}, Ground.INCONTINENT),
        ({"B.3.7": 0}, Ground.AGGRESSION),
        ({"B.3.8": 0}, Ground.LOW_MOOD),
        ({"B.3.2": 2}, Ground.DISORIENTED),
        ({"B.4.1": 1}, Ground.SIGHT),
        ({"A.4.1": ["21"]}, Ground.DEMENTIA),
        ({"A.4.1": ["16"]}, Ground.SEIZURES),
        ({"A.4.1": ["9"]}, Ground.WEAK_BONES),
        ({"A.4.2": [{"name": str(n)} for n in range(5)]}, Ground.MEDICINES),
    ],
)
def test_an_assessment_gives_its_grounds(answers, ground):
    assert ground in grounds(answers)


@pytest.mark.parametrize(
    ("answers", "ground"),
    [
        ({"A.2.14.1": "0"}, Ground.FELL),
        ({"A.5.1": "0"}, Ground.SORE),
        ({"B.2.1": 2}, Ground.CANNOT_TURN),
        ({"B.2.3": 4}, Ground.UNSTEADY),
        ({"B.2.3": 0}, Ground.UNSTEADY),
        ({"B.1.6": 2}, Ground.INCONTINENT),
        ({"B.4.1": 2}, Ground.SIGHT),
        ({"B.3.9": 1}, Ground.COMA),
        ({"A.4.2": [{"name": str(n)} for n in range(4)]}, Ground.MEDICINES),
    ],
)
def test_an_answer_short_of_it_gives_none(answers, ground):
    assert ground not in grounds(answers)


def test_the_older_form_counts_the_other_way_round():
    assert Ground.SIGHT in grounds({"B.3.2": 2}, MZT)
    assert Ground.SIGHT not in grounds({"B.3.2": 1}, MZT)
    assert Ground.COMA in grounds({"B.3.1": 3}, MZT)


def test_an_empty_assessment_gives_no_ground():
    assert grounds({}) == grounds({}, MZT) == set()


@given(st.data())
def test_worse_points_never_take_a_ground_of_ability_away(data):
    by_ability = {Ground.CANNOT_TURN, Ground.INCONTINENT, Ground.SIGHT}
    items = {"B.2.1": 4, "B.1.6": 4, "B.1.7": 4, "B.4.1": 2}
    better = {n: data.draw(st.integers(0, most)) for n, most in items.items()}
    worse = {n: data.draw(st.integers(0, points)) for n, points in better.items()}
    assert grounds(better) & by_ability <= grounds(worse)


def test_every_risk_must_be_judged():
    answers = all_none()
    answers[Risk.SCALD] = Answer()
    with pytest.raises(NotJudged) as refusal:
        check_finished(answers, {})
    assert refusal.value.facts == {"risks": "烫伤"}


def test_an_opened_risk_is_none_only_with_a_reason():
    opening = openings(FORM, [Ground.FELL])[Risk.FALL]
    with pytest.raises(ReasonMissing) as refusal:
        check_answer(Risk.FALL, Answer(Level.NONE), opening)
    assert refusal.value.facts["risk"] == "跌倒"
    check_answer(Risk.FALL, Answer(Level.NONE, (), "被人撞倒，行走稳"), opening)


def test_a_risk_that_nothing_opens_is_none_without_a_reason():
    check_answer(Risk.FALL, Answer(Level.NONE))


def test_a_risk_needs_what_points_to_it():
    with pytest.raises(GroundMissing):
        check_answer(Risk.FALL, Answer(Level.LOW, (), " ", ("穿防滑鞋",)))


def test_a_reason_of_ones_own_is_ground_enough():
    check_answer(Risk.FALL, Answer(Level.LOW, (), "家属要求", ("穿防滑鞋",)))


@pytest.mark.parametrize("level", [Level.LOW, Level.MEDIUM, Level.HIGH])
def test_at_risk_something_is_done(level):
    with pytest.raises(MeasureMissing):
        check_answer(Risk.FALL, Answer(level, ("before",)))


def test_a_whole_assessment_passes():
    check_finished(all_none(fall=SHAKY), {})


@pytest.mark.parametrize(
    ("assessed_on", "again_on"),
    [
        (date(2025, 11, 21), date(2026, 11, 21)),
        (date(2025, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_risks_are_assessed_again_within_a_year(assessed_on, again_on):
    assert due_on(assessed_on) == again_on


def test_the_last_day_of_the_year_is_in_time_and_the_next_is_late():
    asked = due(date(2025, 3, 1), date(2025, 12, 31), is_here=True)
    assert asked.need is Need.YEARLY
    assert not asked.is_late(date(2026, 12, 31))
    assert asked.is_late(date(2027, 1, 1))


def test_who_comes_is_assessed_before_the_day_of_coming():
    asked = due(date(2026, 12, 1), None, is_here=False)
    assert (asked.need, asked.day) == (Need.ARRIVAL, date(2026, 12, 1))


def test_who_lives_here_unassessed_is_due_since_moving_in():
    asked = due(date(2026, 3, 1), None, is_here=True)
    assert (asked.need, asked.day) == (Need.FIRST, date(2026, 3, 1))


def test_new_grounds_ask_before_the_year_is_over():
    fresh = [(Ground.FELL, date(2026, 6, 2)), (Ground.SORE, date(2026, 6, 1))]
    asked = due(date(2025, 3, 1), date(2026, 5, 1), True, fresh)
    assert (asked.need, asked.day) == (Need.NEW_GROUNDS, date(2026, 6, 1))
    assert asked.grounds == (Ground.FELL, Ground.SORE)


def test_every_sheet_of_the_form_says_what_to_do():
    for sheet in FORM.sheets:
        assert len(sheet.signs) >= 5
        assert len(sheet.measures) >= 5
        assert len({sign.code for sign in sheet.signs}) == len(sheet.signs)


def test_the_form_owns_up_to_being_ours():
    assert FORM.source.standing == "ours"
    assert [form.edition for form in forms().values()] == ["gb38600-2019"]


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda form: form["risks"].pop(), "risks"),
        (lambda form: form["risks"][0].update(code="flying"), "risks[0].code"),
        (lambda form: form["risks"][1].update(measures=[]), "risks[1].measures"),
        (
            lambda form: form["risks"][0]["signs"][0].update(grounds=["hunch"]),
            "risks[0].signs[0].grounds",
        ),
        (lambda form: form.update(effective_from=None), "effective_from"),
        (lambda form: form.update(schema="other"), "schema"),
    ],
)
def test_a_damaged_form_is_refused_at_its_place(tmp_path, spoil, place):
    file = paths.resource("forms") / "risks-gb38600.json"
    form = json.loads(file.read_text("utf-8"))
    spoil(form)
    spoilt = tmp_path / "risks-spoilt.json"
    spoilt.write_text(json.dumps(form), "utf-8")
    with pytest.raises(BadRuleFile) as trouble:
        read_form(spoilt)
    assert trouble.value.facts == {"file": "risks-spoilt.json", "place": place}

"""The forms as data: whole, with their sources, and refused when they are damaged."""

import json

import pytest

from carehome import paths
from carehome.rules.assessments import GBT_42195, MZT_039, all_forms, form_of
from carehome.rules.assessments.reading import UnknownForm, read_form
from carehome.rules.rulepacks import BadRuleFile
from tests.assessments.answering import GBT, MZT

FORMS = pytest.mark.parametrize("form", [GBT, MZT], ids=lambda form: form.code)


def damaged(tmp_path, change, code=GBT_42195):
    """Read the form after `change` was done to it."""
    path = paths.resource("forms") / f"ability-{code}.json"
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path = tmp_path / path.name
    path.write_text(json.dumps(content), "utf-8")
    return read_form(path)


def test_there_are_two_forms_the_newest_first():
    assert list(all_forms()) == [GBT_42195, MZT_039]


def test_the_forms_have_26_and_22_items():
    assert (len(GBT.items), len(MZT.items)) == (26, 22)


@FORMS
def test_every_item_says_what_to_look_for_and_where_its_words_are_from(form):
    for item in form.items:
        assert len(item.help) > 20
        assert item.source
        assert item.wording in {"full", "condensed"}


@FORMS
def test_every_form_says_where_it_stands_and_how_sure_its_interval_is(form):
    assert form.standing == "in force"
    assert form.standard in form.source
    assert form.months == 6
    assert form.months_source
    assert form.months_certain == (form is MZT)


@FORMS
def test_options_go_from_the_best_to_the_worst(form):
    for item in form.items:
        points = [option.points for option in item.options]
        assert points in (sorted(points), sorted(points, reverse=True))


def test_an_unknown_form_is_refused():
    with pytest.raises(UnknownForm) as refusal:
        form_of("mzt001")
    assert "mzt001" in refusal.value.message


def _drop_option(content):
    content["groups"][0]["items"][0]["options"].pop(0)


def _same_points(content):
    content["groups"][0]["items"][0]["options"][0][0] = 3


def _gap(content):
    content["levels"][1]["least"] = 70
    content["levels"][2]["most"] = 71


def _no_bottom(content):
    content["levels"][4]["least"] = 1


def _twice(content):
    content["groups"][0]["items"][1]["number"] = "B.1.1"


def _lost_sign(content):
    content["signs"]["flags"]["coma"] = [["A.9.9", ["1"]]]


def _no_help(content):
    content["groups"][0]["items"][0]["help"] = " "


def _no_day(content):
    content["effective_from"] = None


def _choice_without_choices(content):
    content["sections"][1]["fields"][8].pop("choices")


@pytest.mark.parametrize(
    "change",
    [
        _drop_option,
        _same_points,
        _gap,
        _no_bottom,
        _twice,
        _lost_sign,
        _no_help,
        _no_day,
        _choice_without_choices,
    ],
)
def test_a_damaged_form_is_refused_with_its_place(tmp_path, change):
    with pytest.raises(BadRuleFile) as trouble:
        damaged(tmp_path, change)
    assert trouble.value.facts["place"]


def test_a_form_that_is_sound_is_read(tmp_path):
    assert damaged(tmp_path, lambda content: None) == GBT

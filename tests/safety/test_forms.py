"""Checklists: what came with the program, and the home's own versions of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from carehome.db.checklists import (
    KINDS,
    RHYTHMS,
    SEVERITIES,
    SURENESS,
    WEIGHTS,
    FormItemRow,
    FormVersionRow,
)
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.rulepacks import BadRuleFile
from carehome.rules.safety import forms as rules
from carehome.rules.safety import plan
from carehome.rules.safety.forms import Form, FormItem, FormKind, Sureness, Weight
from carehome.rules.safety.hazards import Severity
from carehome.services.safety.forms import (
    SafetyForms,
    form_version_in,
    forms_in,
    newest_of_kind_in,
)
from tests.conftest import ROLES

USER = ROLES[Role.SAFETY_OFFICER]
OWN = Form(FormKind.OTHER, "库房检查表", (FormItem("", "库房没有堆放酒精"),))
LEAST_WORDS = 4  # signs; “看” and “没有” say too little
ITEM = """
[[items]]
code = "{code}"
section = "疏散"
text = "安全出口畅通"
method = "看"
fails = "堵塞"
source = "本院"
sureness = "{sureness}"
"""
HEAD = """
schema = "carehome/checklist/1"
kind = "other"
name = "检查表"
edition = "2026"
standing = "ours"
source = "本院"
note = ""
[rhythm]
rhythm = "weekly"
where = "floors"
who = "安全员"
"""


@pytest.fixture
def forms(as_role):
    return as_role(SafetyForms, Role.SAFETY_OFFICER)


@pytest.fixture
def taken(forms):
    """The forms of a home that took over the program's checklists."""
    forms.take_presets()
    return {form.preset: form for form in forms.listed()}


def test_every_kind_of_the_program_has_its_checklist():
    kinds = {preset.form.kind for preset in rules.presets().values()}
    assert kinds == set(FormKind) - {FormKind.OTHER}


@pytest.mark.parametrize("code", list(rules.presets()))
def test_a_checklist_can_be_filled_in_and_planned(code):
    preset = rules.presets()[code]
    rules.check_items(preset.form.items)
    like = plan.Planned(1, 1, preset.often.rhythm, date(2026, 1, 1))
    plan.check(preset.often.planned(like))


@pytest.mark.parametrize("code", list(rules.presets()))
def test_every_item_says_its_source_how_it_is_looked_at_and_what_fails_it(code):
    thin = [
        item.code
        for item in rules.presets()[code].form.items
        if min(len(item.method), len(item.fails), len(item.source)) < LEAST_WORDS
    ]
    assert thin == []


def test_the_patrol_asks_all_that_the_standard_names():
    sources = " ".join(i.source for i in rules.presets()["day-patrol"].form.items)
    assert all(f"7.3.6 {letter}" in sources for letter in "abcdefg")


def test_the_monthly_inspection_asks_all_twelve_points_of_the_decree():
    sources = " ".join(i.source for i in rules.presets()["monthly"].form.items)
    points = (
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
        "十二",
    )
    assert all(f"第26条（{point}）" in sources for point in points)


def test_the_monthly_inspection_has_the_seven_headings_of_the_policy():
    items = rules.presets()["monthly"].form.items
    assert {item.code for item in items} >= {
        *("layout", "separation", "ways", "systems", "organisation", "micro-station"),
    }


def test_the_control_room_is_looked_at_every_two_hours():
    often = rules.presets()["control-room"].often
    assert often.times == tuple(range(0, plan.DAY_MINUTES, 120))


def test_a_sample_weighs_125_grams_and_stays_48_hours():
    items = {item.code: item for item in rules.presets()["food-sample"].form.items}
    assert "125克" in items["amount"].text
    assert "48小时" in items["hours"].text


def test_whoever_goes_round_and_where_is_said_of_every_checklist():
    assert all(preset.where.who for preset in rules.presets().values())


@pytest.mark.parametrize("code", ["drill", "training"])
def test_what_is_scored_comes_to_a_hundred_points(code):
    assert rules.presets()[code].form.full_marks == 100


def test_every_item_of_the_self_check_is_a_major_hazard():
    items = rules.presets()["major-hazards"].form.items
    assert {item.severity for item in items} == {Severity.MAJOR}


def test_the_24_items_keep_the_words_shall_should_and_may():
    items = rules.presets()["facility-24"].form.items
    assert {item.code for item in items} >= {str(n) for n in range(1, 25)}
    weak = {item.code: item.weight for item in items if item.weight != "required"}
    assert weak == {
        "6b": Weight.RECOMMENDED,
        "11": Weight.RECOMMENDED,
        "8b": Weight.OPTIONAL,
    }


def test_what_was_not_read_says_so():
    items = rules.presets()["major-hazards"].form.items
    assert {i.sureness for i in items if "未读到" in i.source} == {Sureness.REMEMBERED}


@pytest.mark.parametrize(
    ("words", "here"),
    [
        (HEAD + "items = []", "items"),
        (HEAD, "items"),
        (HEAD + ITEM.format(code="a", sureness="sure"), "items[0].sureness"),
        (HEAD + 2 * ITEM.format(code="a", sureness="read"), "items"),
        (HEAD.replace("weekly", "often") + ITEM, "rhythm.rhythm"),
        ("schema = ", "toml"),
    ],
)
def test_a_damaged_file_names_the_place(tmp_path, words, here):
    path = tmp_path / "01-x.toml"
    path.write_text(words.replace("{code}", "a").replace("{sureness}", "read"), "utf-8")
    with pytest.raises(BadRuleFile) as told:
        rules.read_preset(path)
    assert told.value.facts["place"] in (here, "items")


def test_the_tables_know_the_words_of_the_rules():
    assert tuple(FormKind) == KINDS
    assert tuple(plan.Rhythm) == RHYTHMS
    assert tuple(Sureness) == SURENESS
    assert tuple(Weight) == WEIGHTS
    assert set(Severity) == set(SEVERITIES)


def test_the_checklists_are_taken_over_once(forms, taken):
    assert forms.take_presets() == 0
    assert len(forms.listed()) == len(rules.presets()) == 12


def test_a_checklist_is_taken_over_as_it_came(taken):
    came = rules.presets()["day-patrol"].form
    assert rules.same(taken["day-patrol"], came)
    assert taken["day-patrol"].number == 1


def test_a_name_that_the_home_uses_is_left_to_it(forms):
    name = rules.presets()["lift"].form.name
    forms.add(replace(OWN, name=name))
    forms.take_presets()
    assert sorted(form.name for form in forms.listed() if name in form.name) == [
        name,
        f"{name} 2",
    ]


def test_a_change_makes_a_version_and_the_old_one_stays(db, forms, taken):
    old = taken["day-patrol"]
    items = (*old.items[1:], FormItem("", "轮椅停放整齐"))
    assert forms.save(replace(old, items=items)) == 2
    with db.reading() as session:
        assert form_version_in(session, old.version_id) == old
    newest, first = forms.versions(old.form_id)
    assert [item.text for item in newest.items] == [item.text for item in items]
    assert first == old


def test_a_new_item_gets_a_code_of_its_own(forms, taken):
    old = taken["day-patrol"]
    new = (FormItem("", "甲"), FormItem("", "乙"))
    forms.save(replace(old, items=(*old.items, *new)))
    codes = [item.code for item in forms.versions(old.form_id)[0].items]
    assert len(set(codes)) == len(codes) == len(old.items) + 2


def test_a_version_like_the_last_is_not_kept(forms, taken):
    with pytest.raises(rules.NothingChanged):
        forms.save(taken["lift"])


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        (replace(OWN, items=()), rules.NoItems),
        (replace(OWN, items=OWN.items * 2), rules.ItemTwice),
        (replace(OWN, items=(FormItem("", "  "),)), rules.ItemWithoutText),
        (replace(OWN, name=" "), rules.FormNameless),
        (replace(OWN, name="厨房安全检查表"), rules.FormNameTaken),
        (
            replace(OWN, items=tuple(FormItem("", str(n)) for n in range(201))),
            rules.TooManyItems,
        ),
    ],
)
def test_a_form_that_nobody_could_fill_in_is_refused(forms, taken, form, refusal):
    with pytest.raises(refusal):
        forms.add(form)


def test_a_form_out_of_use_is_not_the_one_of_its_kind(db, forms, taken):
    forms.set_active(taken["drill"].form_id, False)
    with db.reading() as session:
        assert newest_of_kind_in(session, FormKind.DRILL) is None
        assert newest_of_kind_in(session, FormKind.LIFT) == taken["lift"]


def test_who_only_makes_rounds_changes_no_form(as_role):
    with pytest.raises(NotAllowed):
        as_role(SafetyForms, Role.FRONT_DESK).take_presets()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE form_version SET note = 'x'",
        "UPDATE form_item SET text = 'x' WHERE position = 0",
        "DELETE FROM form_item WHERE position = 0",
        "DELETE FROM form_version",
        "DELETE FROM form",
    ],
)
def test_the_database_keeps_what_rounds_were_made_by(db, taken, statement):
    with pytest.raises(IntegrityError), db.writing(USER, "test") as session:
        session.connection().exec_driver_sql(statement)


def test_a_version_takes_no_item_afterwards(db, taken):
    version_id = taken["lift"].version_id
    late = FormItemRow(version_id=version_id, position=99, code="x", text="后来加的")
    with pytest.raises(IntegrityError), db.writing(USER, "test") as session:
        session.add(late)


def test_two_versions_have_two_numbers(db, taken):
    with pytest.raises(IntegrityError), db.writing(USER, "test") as session:
        session.add(
            FormVersionRow(
                form_id=taken["lift"].form_id,
                number=1,
                size=1,
                edition="",
                made_at=datetime(2026, 11, 21, tzinfo=UTC).replace(tzinfo=None),
                made_by="x",
            )
        )


def test_all_forms_are_read_in_two_questions(db, taken):
    asked = []
    with db.reading() as session:
        event.listen(
            session.get_bind(), "before_cursor_execute", lambda *_a: asked.append(1)
        )
        assert len(forms_in(session)) == 12
    assert len(asked) <= 3

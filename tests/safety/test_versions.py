"""What changed between versions of a checklist, and two changes put together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.i18n import _
from carehome.rules.rights import Role
from carehome.rules.safety.forms import (
    Form,
    FormItem,
    FormKind,
    VersionMeanwhile,
    presets,
    same,
)
from carehome.rules.safety.hazards import SEVERITY_NAMES, Severity
from carehome.rules.safety.versions import Change, How, changes, rebased
from carehome.services.safety.forms import SafetyForms

A, B, C = (FormItem(code, f"看{code}") for code in "abc")
BASE = Form(FormKind.OTHER, "检查表", (A, B, C), form_id=1)
NEW = FormItem("", "新的一项")


def with_items(*items):
    return replace(BASE, items=items)


def texts(form):
    return [item.text for item in form.items]


def test_a_version_does_not_differ_from_itself():
    assert changes(BASE, BASE) == ()


def test_what_became_of_an_item_is_told_by_its_words():
    stricter = replace(A, severity=Severity.MAJOR, fails="门被锁")
    general, major = (_(SEVERITY_NAMES[each]) for each in ("general", "major"))
    assert changes(BASE, with_items(stricter, C, NEW)) == (
        Change(How.CHANGED, "看a", _("What fails it"), "", "门被锁"),
        Change(How.CHANGED, "看a", _("Hazard if it fails"), general, major),
        Change(How.ADDED, "新的一项"),
        Change(How.REMOVED, "看b"),
    )


def test_one_item_that_moved_is_told_once():
    assert changes(BASE, with_items(C, A, B)) == (Change(How.MOVED, "看c"),)


def test_a_new_name_is_told_before_the_items():
    first, *_rest = changes(BASE, replace(BASE, name="新表", items=(A, B)))
    assert (first.before, first.after) == ("检查表", "新表")


def test_two_changes_of_different_items_both_stay():
    mine = with_items(replace(A, fails="甲"), B, C)
    theirs = replace(with_items(A, B, replace(C, fails="乙")), number=2)
    found = rebased(BASE, mine, theirs)
    assert [item.fails for item in found.items] == ["甲", "", "乙"]
    assert found.number == 2


def test_where_both_changed_the_same_mine_stands_and_is_seen():
    mine = with_items(replace(A, fails="甲"), B, C)
    theirs = with_items(replace(A, fails="乙"), B, C)
    found = rebased(BASE, mine, theirs)
    assert [(c.before, c.after) for c in changes(theirs, found)] == [("乙", "甲")]


def test_what_each_added_and_took_out_is_so_in_both():
    mine = with_items(A, NEW, C)  # without b
    theirs = with_items(A, B, C, FormItem("own-1", "他们的一项"))
    found = rebased(BASE, mine, theirs)
    assert texts(found) == ["看a", "新的一项", "看c", "他们的一项"]
    assert [item.code for item in found.items] == ["a", "", "c", "own-1"]


def test_what_i_changed_stays_though_they_took_it_out():
    mine = with_items(A, replace(B, fails="甲"), C)
    found = rebased(BASE, mine, with_items(A, C))
    assert texts(found) == ["看a", "看b", "看c"]


def test_what_they_took_out_and_i_left_alone_is_gone():
    found = rebased(BASE, with_items(replace(A, fails="甲"), B, C), with_items(A, C))
    assert texts(found) == ["看a", "看c"]


def test_my_order_stands_with_what_they_added_behind_its_neighbour():
    theirs = with_items(A, FormItem("own-1", "他们的一项"), B, C)
    found = rebased(BASE, with_items(C, B, A), theirs)
    assert texts(found) == ["看c", "看b", "看a", "他们的一项"]


ITEMS = st.lists(
    st.builds(
        FormItem, st.sampled_from("abcdefg"), st.sampled_from(["一", "二", "三"])
    ),
    unique_by=lambda item: item.code,
    min_size=1,
)


@given(ITEMS, ITEMS)
def test_a_change_of_one_side_alone_is_taken_as_it_is(old, new):
    base = with_items(*old)
    other = with_items(*new)
    assert same(rebased(base, base, other), other)
    assert same(rebased(base, other, base), other)


@given(ITEMS, ITEMS, ITEMS)
def test_nothing_that_either_added_is_ever_lost(old, mine, theirs):
    found = rebased(with_items(*old), with_items(*mine), with_items(*theirs))
    codes = [item.code for item in found.items]
    was = {item.code for item in old}
    added = {item.code for item in (*mine, *theirs)} - was
    assert added <= set(codes)
    assert len(set(codes)) == len(codes)


def test_what_rests_on_an_older_version_is_not_kept_over_the_newest(as_role):
    forms = as_role(SafetyForms, Role.SAFETY_OFFICER)
    form_id = forms.add(replace(BASE, form_id=None))
    (old,) = forms.versions(form_id)
    forms.save(replace(old, items=old.items[:2]))
    with pytest.raises(VersionMeanwhile):
        forms.save(replace(old, items=old.items[:1]))
    assert len(forms.versions(form_id)) == 2


def test_every_preset_differs_from_every_other():
    first, second, *_rest = (preset.form for preset in presets().values())
    assert changes(first, second)

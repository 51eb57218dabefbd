"""What is usual and the plan lacks: where it goes, and how it is planned at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from carehome.rules.rights import NotAllowed, Role
from carehome.rules.safety.forms import presets
from carehome.rules.safety.plan import AlreadyPlanned, NightGapTooLong, Rhythm
from carehome.services.beds import Beds
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.plan import NoPlace, Place, RoundPlans, StartsInThePast
from tests.conftest import TODAY

TOMORROW = TODAY + timedelta(days=1)
OFFICER = Role.SAFETY_OFFICER


@pytest.fixture
def plans(as_role):
    return as_role(RoundPlans, OFFICER)


@pytest.fixture
def floors(as_role):
    """Two floors of one building, by their ids from below."""
    beds = as_role(Beds)
    building = beds.add_building("主楼")
    return [beds.add_floor(building, f"{n}楼", n) for n in (1, 2)]


def by_preset(plans):
    return {each.preset: each for each in plans.suggested()}


def places_of(suggested):
    return [spot.name for spot in suggested.spots]


def test_a_new_home_is_told_of_every_checklist(plans, floors):
    assert set(by_preset(plans)) == set(presets())


def test_patrols_go_to_every_floor_and_the_rest_where_it_belongs(plans, floors):
    found = by_preset(plans)
    assert places_of(found["night-patrol"]) == ["主楼 1楼", "主楼 2楼"]
    assert places_of(found["kitchen"]) == places_of(found["food-sample"]) == ["厨房"]
    assert places_of(found["control-room"]) == ["消防控制室"]


def test_the_usual_rhythm_is_suggested_from_tomorrow_on(plans, floors):
    planned = by_preset(plans)["night-patrol"].planned
    assert (planned.rhythm, planned.every) == (Rhythm.NIGHT, 120)
    assert planned.starts == TOMORROW


def test_wings_of_a_floor_take_its_place(plans, floors):
    for name in ("1楼东区", "1楼西区"):
        plans.save_place(Place(name, floors[0]))
    found = places_of(by_preset(plans)["day-patrol"])
    assert found == ["1楼东区", "1楼西区", "主楼 2楼"]


def test_a_kitchen_of_another_name_is_known_and_is_no_wing(plans, floors):
    plans.save_place(Place("食堂后厨", floors[0]))
    found = by_preset(plans)
    assert places_of(found["kitchen"]) == ["食堂后厨"]
    assert places_of(found["day-patrol"]) == ["主楼 1楼", "主楼 2楼"]


def test_a_home_that_has_entered_no_floor_yet_is_gone_round_as_a_whole(plans):
    assert places_of(by_preset(plans)["night-patrol"]) == ["全院"]
    plans.save_place(Place("东院"))
    assert places_of(by_preset(plans)["night-patrol"]) == ["东院"]


def test_a_home_of_one_floor_is_not_asked_for_its_lift(plans, as_role):
    beds = as_role(Beds)
    beds.add_floor(beds.add_building("平房"), "1楼", 1)
    found = by_preset(plans)
    assert found["lift"].why_not
    assert not found["kitchen"].why_not


def test_drills_are_left_to_their_own_plan(plans, floors):
    found = by_preset(plans)
    left_out = {code for code, each in found.items() if each.why_not}
    assert left_out == {"drill", "training"}


def test_all_of_it_is_planned_by_one_deed(plans, floors):
    wanted = plans.suggested()
    assert plans.plan_suggested(wanted) == sum(len(each.spots) for each in wanted)
    board = plans.board()
    assert len(board.plan) == 14  # twelve checklists, two of them on two floors
    assert {line.starts for line in board.plan} == {TOMORROW}
    assert [place.floor_id for place in board.places[:2]] == floors
    assert plans.suggested() == ()


def test_a_place_that_two_checklists_need_is_entered_once(plans, floors):
    found = by_preset(plans)
    plans.plan_suggested([found["kitchen"], found["food-sample"]])
    assert [place.name for place in plans.board().places] == ["厨房"]


def test_a_place_out_of_use_is_used_again(plans, floors):
    plans.set_place_active(plans.save_place(Place("厨房")), False)
    plans.plan_suggested([by_preset(plans)["kitchen"]])
    (place,) = plans.board().places
    assert place.is_active


def test_only_what_lacks_is_suggested_again(plans, floors):
    patrol = by_preset(plans)["day-patrol"]
    plans.plan_suggested([replace(patrol, spots=patrol.spots[:1])])
    again = by_preset(plans)["day-patrol"]
    assert places_of(again) == ["主楼 2楼"]
    assert not again.why_not


def test_what_is_planned_for_another_place_may_be_left_out(plans, floors):
    plans.plan_suggested([by_preset(plans)["kitchen"]])
    place_id = plans.save_place(Place("全院"))
    kitchen = plans.board().plan[0]
    night = next(
        form_id for code, form_id in _form_ids(plans).items() if code == "night-patrol"
    )
    plans.add(replace(kitchen, form_id=night, place_id=place_id))
    assert by_preset(plans)["night-patrol"].why_not


def _form_ids(plans):
    """Return the ids of the home's checklists by what they came from."""
    lines = {each.preset: each.planned.form_id for each in plans.suggested()}
    return {code: form_id for code, form_id in lines.items() if form_id}


def test_a_checklist_out_of_use_is_not_suggested(plans, floors, as_role):
    forms = as_role(SafetyForms, OFFICER)
    forms.take_presets()
    lift = next(form for form in forms.listed() if form.preset == "lift")
    forms.set_active(lift.form_id, False)
    assert "lift" not in by_preset(plans)


def test_a_refused_line_leaves_nothing_behind(plans, floors):
    found = by_preset(plans)
    night = found["night-patrol"]
    slow = replace(night, planned=replace(night.planned, every=240))
    with pytest.raises(NightGapTooLong):
        plans.plan_suggested([found["kitchen"], slow])
    assert plans.board().plan == plans.board().places == ()


def test_nothing_begins_in_the_past(plans, floors):
    kitchen = by_preset(plans)["kitchen"]
    early = replace(
        kitchen, planned=replace(kitchen.planned, starts=TODAY - timedelta(1))
    )
    with pytest.raises(StartsInThePast):
        plans.plan_suggested([early])


def test_nothing_chosen_is_refused(plans):
    with pytest.raises(NoPlace):
        plans.plan_suggested([])


def test_several_lines_end_by_one_deed(plans, floors):
    plans.plan_suggested(plans.suggested())
    plans.end_all([line.plan_id for line in plans.board().plan])
    assert plans.board().plan == ()  # none of them ever held


def test_one_line_is_planned_for_several_places(plans, floors):
    plans.plan_suggested([by_preset(plans)["kitchen"]])
    (kitchen,) = plans.board().plan
    ids = [plans.save_place(Place(name)) for name in ("东厨", "西厨")]
    plans.add_at(kitchen, ids)
    assert [line.place_id for line in plans.board().plan] == [kitchen.place_id, *ids]


def test_several_places_are_planned_all_or_none(plans, floors):
    plans.plan_suggested([by_preset(plans)["kitchen"]])
    (kitchen,) = plans.board().plan
    other = plans.save_place(Place("东厨"))
    with pytest.raises(AlreadyPlanned):
        plans.add_at(kitchen, [other, kitchen.place_id])
    assert plans.board().plan == (kitchen,)


def test_places_stand_in_the_order_they_are_given(plans):
    first, second, third = (plans.save_place(Place(n)) for n in ("甲", "乙", "丙"))
    plans.order_places([third, first])
    assert [each.place_id for each in plans.board().places] == [third, first, second]


def test_who_only_looks_plans_nothing(as_role):
    with pytest.raises(NotAllowed):
        as_role(RoundPlans, Role.FRONT_DESK).plan_suggested([])

"""The tab of drills: four lists, planned and recorded from the keyboard."""

# ruff: noqa: F811 - fixtures are imported and named again where they are used
from datetime import date

import pytest
from PySide6.QtCore import Qt

from carehome.rules.rights import Role
from carehome.rules.safety.drills import Drill, RolePart, State
from carehome.rules.safety.emergencies import (
    Duty,
    EmergencyPlan,
    Incident,
    PlanVersion,
)
from carehome.rules.staff import Person
from carehome.services.safety.drill_rules import DrillSettings
from carehome.services.safety.drills import Drills
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.staff import Staff, StaffLists
from carehome.ui.kit.dialogs import ConfirmDialog
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.drills import DrillsTab
from tests import house
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures


@pytest.fixture
def leader(as_role):
    post = as_role(StaffLists).posts()[0].post_id
    return as_role(Staff).add(Person("周敏", date(2024, 3, 1)), post)


@pytest.fixture
def home(db, as_role, leader):
    """A home with a drill that is planned, a plan and an incident."""
    house.build(db)
    drill = Drill("夜间疏散演练", TODAY, "二楼", roles=(RolePart("command", leader),))
    as_role(Drills).plan(drill)
    plan = as_role(EmergencyPlans).save(EmergencyPlan("火灾应急预案", "accident"))
    version = PlanVersion(date(2026, 1, 1), date(2026, 12, 1), "王院长", "先报警")
    as_role(EmergencyPlans).issue(plan, version)
    as_role(Incidents).add(Incident(TODAY, "08:10", "accident", "general", "冒烟"))


@pytest.fixture
def tab(db, home, clock, jobs, shown, qtbot):
    """Return a function that shows the tab as a role has it."""

    def show(role=Role.SAFETY_OFFICER):
        def make(kind):
            return kind(db, ROLES[role], clock)

        tab = shown(DrillsTab(Hand(make, jobs, ROLES[role], clock, lambda _id: None)))
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return tab

    return show


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(part):
    return part.findChild(DeedDialog)


def test_what_the_year_lacks_stands_above_the_drills(tab):
    shown = tab()
    assert shown.part("drills").view.table.rows[0].title == "夜间疏散演练"
    assert shown.part("drills").banner.isVisible()


def test_how_a_drill_went_is_recorded_in_its_file(tab, qtbot, as_role, jobs):
    part = tab().part("drills")
    part.open_one(1)
    press(qtbot, part.hold)
    dialog = dialog_of(part)
    dialog.form.set_values({"held_on": TODAY, "held_at": "02:10", "minutes": 18})
    floor = next(name for name in dialog.form.fields if name.startswith("floor_"))
    dialog.form.set_values({floor: "6:35", "lessons": "轮椅不够"})
    with qtbot.waitSignal(part.told):
        dialog.form.submit()
    drill = as_role(Drills).year(2026).drills[0]
    assert drill.state is State.HELD
    assert drill.slowest.seconds == 395
    assert drill.lessons[0].text == "轮椅不够"


def test_a_drill_without_a_commander_is_refused_beside_the_field(tab, qtbot):
    part = tab().part("drills")
    part.open_one(1)
    press(qtbot, part.hold)
    form = dialog_of(part).form
    values = {"held_on": TODAY, "held_at": "02:10", "minutes": 18}
    form.set_values({**values, "role_command": None})
    form.submit()
    assert form.reason()


def test_a_line_of_the_first_page_opens_its_part(tab, qtbot, jobs):
    shown = tab()
    shown.open_key(("plans", 1))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert shown.part("plans").isVisible()
    assert shown.part("plans").file.title.text() == "火灾应急预案"


def test_an_incident_is_reported_from_its_file(tab, qtbot, as_role, jobs):
    shown = tab()
    shown.open_key(("incidents", 1))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    part = shown.part("incidents")
    press(qtbot, part.report)
    form = dialog_of(part).form
    form.set_values({"receiver": "区民政局", "reported_at": "08:40"})
    with qtbot.waitSignal(part.told):
        form.submit()
    assert len(as_role(Incidents).year(2026).incidents[0].reports) == 1


@pytest.mark.parametrize("part", ["drills", "trainings", "plans"])
def test_who_may_not_change_safety_sees_no_deed(tab, part):
    assert tab(Role.FRONT_DESK).part(part).add.isHidden()


def test_planning_anew_keeps_what_is_typed_of_a_refused_plan(tab, qtbot):
    part = tab().part("drills")
    press(qtbot, part.add)
    form = dialog_of(part).form
    form.set_values({"title": "", "planned_on": TODAY, "place": "院内"})
    form.submit()
    assert form.reason()
    assert form.values()["place"] == "院内"


def test_a_year_that_has_not_begun_lacks_nothing(tab, qtbot, jobs):
    shown = tab()
    shown.year.forward()
    qtbot.waitUntil(lambda: not shown.part("drills").view.table.rows)
    assert shown.part("drills").banner.isHidden()


def test_a_group_holds_several_people_and_its_leader_comes_first(
    tab, qtbot, as_role, leader
):
    post = as_role(StaffLists).posts()[0].post_id
    other = as_role(Staff).add(Person("安然", date(2024, 3, 1)), post)
    part = tab().part("drills")
    part.open_one(1)
    press(qtbot, part.change)
    form = dialog_of(part).form
    form.fields["role_evacuation"].input.setText("周敏，安然")
    with qtbot.waitSignal(part.told):
        form.submit()
    parts = as_role(Drills).year(2026).drills[0].roles
    group = [part.staff_id for part in parts if part.role == "evacuation"]
    assert group == [leader, other]


@pytest.mark.qt_log_ignore("does not support")
def test_names_complete_themselves_behind_a_comma(tab, qtbot, as_role):
    post = as_role(StaffLists).posts()[0].post_id
    as_role(Staff).add(Person("Anna", date(2024, 3, 1)), post)
    part = tab().part("drills")
    part.open_one(1)
    press(qtbot, part.change)
    field = dialog_of(part).form.fields["role_evacuation"]
    field.input.setText("周敏，")
    qtbot.keyClicks(field.input, "an")
    qtbot.keyClick(field.names.popup(), Qt.Key.Key_Down)
    qtbot.keyClick(field.names.popup(), Qt.Key.Key_Return)
    assert field.input.text() == "周敏、Anna"


def test_somebody_who_does_not_work_here_is_named_beside_the_field(tab, qtbot):
    part = tab().part("drills")
    part.open_one(1)
    press(qtbot, part.change)
    form = dialog_of(part).form
    form.fields["role_alarm"].input.setText("周敏、王五")
    form.submit()
    assert "王五" in form.fields["role_alarm"].problem()


def test_residents_brought_out_and_remarks_are_recorded_and_put_right(
    tab, qtbot, as_role
):
    as_role(SafetyForms).take_presets()
    shown = tab()
    part = shown.part("drills")
    part.open_one(1)
    press(qtbot, part.hold)
    form = dialog_of(part).form
    form.set_values({"held_at": "02:10", "minutes": 18, "floor_1": "6:35"})
    form.set_values({"out_1": 12, "line_0": "failed", "note_0": "来晚"})
    with qtbot.waitSignal(part.told):
        form.submit()
    shown.refresh()
    qtbot.waitUntil(lambda: part.view.table.rows[0].state is State.HELD)
    part.open_one(1)
    press(qtbot, part.correct)
    form = dialog_of(part).form
    assert form.values()["note_0"] == "来晚"
    assert form.values()["lessons"] is None
    form.set_values({"out_1": 13, "line_0": "met", "note_0": ""})
    with qtbot.waitSignal(part.told):
        form.submit()
    drill = as_role(Drills).year(2026).drills[0]
    assert (drill.floors[0].residents, drill.lessons) == (13, ())


def test_what_the_year_lacks_is_planned_with_one_press(tab, qtbot, as_role):
    part = tab().part("drills")
    press(qtbot, part.fill)
    confirm = part.findChild(ConfirmDialog)
    with qtbot.waitSignal(part.told):
        press(qtbot, confirm.primary)
    year = as_role(Drills).year(2026)
    assert year.proposed == ()
    assert any(each.is_night for each in year.drills)


def test_our_own_rules_are_changed_after_a_line_was_typed_wrong(tab, qtbot, as_role):
    shown = tab()
    press(qtbot, shown.rules)
    part = shown.part("drills")
    qtbot.waitUntil(lambda: dialog_of(part) is not None)
    form = dialog_of(part).form
    form.set_values({"to_general": "区民政局"})
    form.submit()
    assert "区民政局" in form.fields["to_general"].problem()
    form.set_values({"to_general": "区民政局 30", "training_months": 6})
    with qtbot.waitSignal(part.told):
        form.submit()
    rules = as_role(DrillSettings).rules()
    assert rules.training_months == 6
    assert dict(rules.duties)["general"] == (Duty("区民政局", 30),)


def test_the_first_who_is_still_to_be_told_is_proposed(tab, qtbot, jobs):
    shown = tab()
    shown.open_key(("incidents", 1))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    part = shown.part("incidents")
    press(qtbot, part.report)
    assert dialog_of(part).form.values()["receiver"] == "区（县）民政局"


def test_what_the_plans_do_not_cover_stands_above_them(tab, qtbot, jobs):
    shown = tab()
    shown.open_key(("plans", 1))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    text = shown.part("plans").banner.text()
    assert "公共卫生" in text
    assert "火灾应急预案" in text


def test_the_signed_scan_is_filed_from_the_file_of_a_plan(
    tab, qtbot, jobs, as_role, tmp_path
):
    path = tmp_path / "预案.pdf"
    path.write_bytes(b"%PDF-1.4 signed")
    shown = tab()
    shown.open_key(("plans", 1))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    part = shown.part("plans")
    assert not part.look.isEnabled()
    press(qtbot, part.attach)
    form = dialog_of(part).form
    form.set_values({"scan": str(path)})
    with qtbot.waitSignal(part.told):
        form.submit()
    assert as_role(EmergencyPlans).listed()[0][0].versions[0].scan_id


@pytest.mark.parametrize("part", ["drills", "plans", "incidents"])
def test_who_only_looks_may_print(tab, qtbot, jobs, part):
    shown = tab(Role.FRONT_DESK)
    shown.open_key((part, 1))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    press(qtbot, shown.part(part).paper)
    qtbot.waitUntil(lambda: shown.part(part).findChild(PaperDialog).isVisible())

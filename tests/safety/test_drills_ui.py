"""The tab of drills: four lists, planned and recorded from the keyboard."""

# ruff: noqa: F811 - fixtures are imported and named again where they are used
from datetime import date

import pytest
from PySide6.QtCore import Qt

from carehome.rules.rights import Role
from carehome.rules.safety.drills import Drill, RolePart, State
from carehome.rules.safety.emergencies import EmergencyPlan, Incident, PlanVersion
from carehome.rules.staff import Person
from carehome.services.safety.drills import Drills
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.staff import Staff, StaffLists
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.safety.drills import DrillsTab
from carehome.ui.safety.hand import Hand
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
    assert shown.drills.view.table.rows[0].title == "夜间疏散演练"
    assert shown.drills.banner.isVisible()


def test_how_a_drill_went_is_recorded_in_its_file(tab, qtbot, as_role, jobs):
    part = tab().drills
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
    part = tab().drills
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
    assert shown.plans.isVisible()
    assert shown.plans.file.title.text() == "火灾应急预案"


def test_an_incident_is_reported_from_its_file(tab, qtbot, as_role):
    shown = tab()
    shown.open_key(("incidents", 1))
    part = shown.incidents
    press(qtbot, part.report)
    form = dialog_of(part).form
    form.set_values({"receiver": "区民政局", "reported_at": "08:40"})
    with qtbot.waitSignal(part.told):
        form.submit()
    assert len(as_role(Incidents).year(2026).incidents[0].reports) == 1


@pytest.mark.parametrize("part", ["drills", "trainings", "plans"])
def test_who_may_not_change_safety_sees_no_deed(tab, part):
    assert getattr(tab(Role.FRONT_DESK), part).add.isHidden()


def test_planning_anew_keeps_what_is_typed_of_a_refused_plan(tab, qtbot):
    part = tab().drills
    press(qtbot, part.add)
    form = dialog_of(part).form
    form.set_values({"title": "", "planned_on": TODAY, "place": "院内"})
    form.submit()
    assert form.reason()
    assert form.values()["place"] == "院内"


def test_a_year_that_has_not_begun_lacks_nothing(tab, qtbot, jobs):
    shown = tab()
    shown.year.forward()
    qtbot.waitUntil(lambda: not shown.drills.view.table.rows)
    assert shown.drills.banner.isHidden()

"""What the inspector's folder says of drills, of those trained, and of equipment."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from carehome.rules.rights import Role
from carehome.rules.safety.drills import Drill, Lesson, RolePart
from carehome.rules.safety.hazards import NewHazard
from carehome.rules.staff import Person
from carehome.services.safety.drills import Drills
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.folder import Folders, Wanted
from carehome.services.safety.lessons import Lessons
from carehome.services.safety.photos import read_picture
from carehome.services.staff import Staff, StaffLists
from tests.conftest import TODAY

OFFICER = Role.SAFETY_OFFICER
YEAR = Wanted(TODAY - timedelta(days=300), TODAY)


@pytest.fixture
def look(as_role):
    """Return what reads a part of the folder."""
    return lambda code, wanted=YEAR: as_role(Folders, OFFICER).look(wanted)[code]


@pytest.fixture
def leader(as_role):
    post = as_role(StaffLists).posts()[0].post_id
    return as_role(Staff).add(Person("周敏", TODAY - timedelta(days=90)), post)


@pytest.fixture
def hold(as_role, leader):
    """Return what plans a drill for a day and holds it."""

    def held(day, **kinds):
        drills = as_role(Drills, OFFICER)
        plan = Drill("疏散演练", day, roles=(RolePart("command", leader),), **kinds)
        done = {"held_on": day, "held_at": "02:10", "minutes": 18}
        number = drills.plan(plan)
        lessons = (Lesson("轮椅不够"), Lesson("广播听不清"))
        drills.hold(replace(plan, drill_id=number, lessons=lessons, **done))

    return held


def lacking(section):
    return [gap for gap in section.gaps if "每年一次" in gap]


@pytest.mark.parametrize(
    ("ago", "state"), [(1, "未按计划进行"), (0, "已计划")], ids=["past", "today"]
)
def test_a_drill_whose_day_is_over_was_not_held_as_planned(look, as_role, ago, state):
    day = TODAY - timedelta(days=ago)
    as_role(Drills, OFFICER).plan(Drill("疏散演练", day))
    [row] = look("drills").part.tables[0].rows
    assert row[4] == state


def test_a_year_without_drills_of_a_kind_is_a_gap(look, hold):
    hold(TODAY, is_disabled_unit=True)

    [gap] = lacking(look("drills"))

    assert gap == "2025-11-22至2026-11-21没有开展夜间演练（每年一次，本程序自定）。"


def test_a_drill_of_each_kind_within_twelve_months_leaves_no_gap(look, hold):
    hold(TODAY - timedelta(days=360), is_night=True, is_disabled_unit=True)

    assert lacking(look("drills", Wanted(TODAY - timedelta(days=30), TODAY))) == []


def test_each_whole_year_of_a_long_span_is_asked_for_its_drills(look, hold):
    hold(TODAY, is_night=True, is_disabled_unit=True)

    gaps = lacking(look("drills", Wanted(date(2025, 1, 1), TODAY)))

    assert [gap[:21] for gap in gaps] == ["2025-01-01至2025-12-31"] * 2


def test_a_lesson_names_the_hazard_that_came_of_it(look, hold, as_role):
    hold(TODAY)
    lesson = as_role(Drills, OFFICER).year(2026).drills[0].lessons[0]
    lessons = as_role(Lessons, OFFICER)
    lessons.open_hazard(lesson.lesson_id, NewHazard("轮椅不够", "二楼"))

    rows = look("drills").part.tables[2].rows

    assert [row[2:] for row in rows] == [
        ("轮椅不够", "2026-0001，待整改"),
        ("广播听不清", ""),
    ]


def test_who_began_untrained_is_told_in_front(look, leader):
    assert "1 人未经消防培训先上岗。" in look("trainings").gaps


def test_who_began_before_the_span_is_not_told_of(look, leader):
    recent = Wanted(TODAY - timedelta(days=30), TODAY)

    assert not any("先上岗" in gap for gap in look("trainings", recent).gaps)


def test_who_took_up_a_new_post_untrained_is_told_too(look, leader, as_role):
    posts = [each.post_id for each in as_role(StaffLists).posts()]
    as_role(Staff).set_posts(leader, posts[1], (posts[0],))
    recent = Wanted(TODAY - timedelta(days=30), TODAY)

    assert "1 人未经消防培训先上岗。" in look("trainings", recent).gaps


def test_equipment_scrapped_in_the_span_stays_in_the_ledger_as_such(look, as_role):
    equipment = as_role(Equipment)
    kind = equipment.ledger().kinds[0].kind_id
    made = TODAY - timedelta(days=30)
    old, _new = equipment.add(Piece(kind, "一楼", "MFZ/ABC4", made), 2)
    equipment.scrap(old, TODAY, "压力不足")

    rows = look("equipment").part.tables[-1].rows

    assert sorted(row[8] for row in rows) == ["2026-11-21 已报废", "合格"]


def test_floor_plans_stand_behind_the_ledger_of_equipment(as_role, tmp_path):
    equipment, path = as_role(Equipment), tmp_path / "floor.png"
    Image.new("RGB", (300, 200), "white").save(path)
    plan = equipment.add_plan("一楼平面图", read_picture(path))
    (piece,) = equipment.add(Piece(equipment.ledger().kinds[0].kind_id, "一楼"))
    equipment.put_on_plan(piece, plan, 5000, 5000)
    wanted = Wanted(YEAR.first, YEAR.last, frozenset({"equipment"}))

    as_role(Folders, OFFICER).write(wanted, tmp_path / "folder.pdf", lambda *_: None)

    last = PdfReader(tmp_path / "folder.pdf").pages[-1]
    assert "一楼平面图" in last.extract_text()
    assert f"E-{piece:04}" in last.extract_text()

"""The papers of drills, trainings, incidents and emergency plans."""

from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from carehome.rules.rights import Role
from carehome.rules.safety.drills import (
    Drill,
    FloorTime,
    Lesson,
    RolePart,
    Scored,
    Verdict,
)
from carehome.rules.safety.emergencies import (
    EmergencyPlan,
    Incident,
    PlanVersion,
    Report,
)
from carehome.rules.safety.hazards import NewHazard
from carehome.rules.safety.trainings import Attended, FireTraining
from carehome.rules.staff import Person
from carehome.rules.training import Training
from carehome.services.safety.drill_papers import DrillPapers
from carehome.services.safety.drills import Drills
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.lessons import Lessons
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.safety.trainings import FireTrainings
from carehome.services.staff import Staff, StaffLists
from tests import house
from tests.conftest import TODAY

OFFICER = Role.SAFETY_OFFICER


@pytest.fixture
def leader(db, as_role):
    house.build(db)
    post = as_role(StaffLists).posts()[0].post_id
    return as_role(Staff).add(Person("周敏", date(2024, 3, 1)), post)


@pytest.fixture
def printed(as_role, tmp_path):
    """Return a function that prints by name and reads the pages."""

    def pages(name, *values):
        path = tmp_path / "paper.pdf"
        getattr(as_role(DrillPapers), name)(*values, path)
        return [page.extract_text() for page in PdfReader(path).pages]

    return pages


def test_the_record_of_a_drill_tells_who_how_fast_and_what_was_learnt(
    as_role, leader, printed
):
    drills = as_role(Drills, OFFICER)
    drill = Drill("夜间疏散演练", TODAY, roles=(RolePart("evacuation", leader),))
    number = drills.plan(drill)
    floor = next(iter(drills.cast().floors))
    score = Scored("三分钟内到位", Verdict.FAILED, 5, note="来晚")
    command = RolePart("command", leader)
    drills.hold(
        replace(
            drill,
            drill_id=number,
            roles=(command, *drill.roles),
            held_on=TODAY,
            held_at="02:10",
            minutes=18,
            floors=(FloorTime(floor, 395, 12),),
            score=(score,),
            lessons=(Lesson("轮椅不够"),),
        )
    )
    lesson = drills.year(2026).drills[0].lessons[0]
    as_role(Lessons).open_hazard(lesson.lesson_id, NewHazard("轮椅不够", "二楼"))
    text = "".join(printed("write_drill", number))
    wanted = ("演练记录", "周敏", "6:35", "来晚", "轮椅不够", "2026-0001", "院长")
    assert [each for each in wanted if each not in text] == []


def test_a_drill_ahead_is_printed_as_a_sheet_to_be_filled_in(as_role, leader, printed):
    as_role(SafetyForms).take_presets()
    number = as_role(Drills).plan(Drill("夜间疏散演练", TODAY))
    text = "".join(printed("write_drill", number))
    lines = [line.text for line in as_role(Drills).score_sheet()]
    assert "演练记录表" in text
    assert [line for line in lines if line[:8] not in text] == []


def test_the_sheet_of_a_training_shows_who_passed(as_role, leader, printed):
    trainings = as_role(FireTrainings)
    subject = next(iter(trainings.year(2026).fire_subjects))
    told = Training(subject, TODAY, 60, (leader,), title="秋季消防培训")
    tested = FireTraining(told, "", (Attended(leader, "", 55),))
    text = "".join(printed("write_training", trainings.save(tested)))
    wanted = ("培训签到及考核表", "秋季消防培训", "周敏", "55", "不合格", "本人签名")
    assert [each for each in wanted if each not in text] == []


def test_a_long_sheet_says_its_titles_on_each_page(as_role, leader, printed):
    post = as_role(StaffLists).posts()[0].post_id
    staff = as_role(Staff)
    people = [
        staff.add(Person(f"护理员{at}", date(2024, 3, 1)), post) for at in range(45)
    ]
    trainings = as_role(FireTrainings)
    subject = next(iter(trainings.year(2026).fire_subjects))
    told = Training(subject, TODAY, 60, tuple(people))
    attended = tuple(Attended(each, "") for each in people)
    number = trainings.save(FireTraining(told, "", attended))
    pages = printed("write_training", number)
    assert len(pages) == 2
    assert all("本人签名" in page for page in pages)


def test_the_report_of_an_incident_tells_whom_it_was_reported(as_role, printed):
    incidents = as_role(Incidents)
    told = Incident(TODAY, "08:10", "accident", "general", "微波炉冒烟", "三楼")
    number = incidents.add(told)
    incidents.report(number, Report("区民政局", TODAY, "08:40", "赵刚"))
    text = "".join(printed("write_incident", number))
    wanted = ("突发事件报告", "2026-001", "微波炉冒烟", "区民政局", "赵刚", "■ 一般")
    assert [each for each in wanted if each not in text] == []


def test_a_plan_has_a_cover_and_an_old_version_stays_readable(as_role, printed):
    plans = as_role(EmergencyPlans)
    number = plans.save(EmergencyPlan("火灾应急预案", "accident"))
    first = PlanVersion(date(2025, 1, 1), date(2026, 1, 1), "王院长", "先报警。")
    plans.issue(number, first)
    later = replace(first, effective_on=TODAY, review_on=date(2027, 1, 1), text="新")
    plans.issue(number, later)
    cover, body = printed("write_plan", number, 1)
    assert "火灾应急预案" in cover
    assert "2026-01-01" in cover
    assert "先报警。" in body

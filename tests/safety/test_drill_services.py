"""Drills, trainings about fire, plans and incidents on a real file."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from carehome.db.change_log import ChangeRow
from carehome.db.drills import IncidentRow, PlanVersionRow
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.safety import drills as rules
from carehome.rules.safety import emergencies
from carehome.rules.safety.drills import (
    Drill,
    FloorTime,
    Lesson,
    RolePart,
    Scored,
    State,
    Verdict,
)
from carehome.rules.safety.emergencies import (
    Duty,
    EmergencyPlan,
    Incident,
    PlanVersion,
    Report,
)
from carehome.rules.safety.hazards import NewHazard
from carehome.rules.safety.trainings import (
    Attended,
    FireTraining,
    PostStanding,
    Standing,
)
from carehome.rules.staff import Person
from carehome.rules.training import Training
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.drill_rules import DaysWrong, DrillSettings, MonthsWrong
from carehome.services.safety.drills import Drills
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.lessons import HazardThere, Lessons
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.safety.trainings import FireTrainings, NotAboutFire
from carehome.services.staff import Staff, StaffLists, Trainings
from tests import house
from tests.conftest import ROLES, TODAY

OFFICER = Role.SAFETY_OFFICER


@pytest.fixture
def leader(as_role):
    post = as_role(StaffLists).posts()[0].post_id
    return as_role(Staff).add(Person("周敏", date(2024, 3, 1)), post)


@pytest.fixture
def planned(db, as_role, leader):
    house.build(db)
    drill = Drill("夜间疏散演练", TODAY, roles=(RolePart("command", leader),))
    return replace(drill, drill_id=as_role(Drills, OFFICER).plan(drill))


@pytest.fixture
def held(as_role, planned):
    """A drill that was held: one line of the sheet was not met, one lesson noted."""
    drills = as_role(Drills, OFFICER)
    floor = next(iter(drills.cast().floors))
    drills.hold(
        replace(
            planned,
            held_on=TODAY,
            held_at="02:10",
            minutes=18,
            floors=(FloorTime(floor, 395, 12),),
            score=(
                Scored("三分钟内到位", Verdict.FAILED, note="来晚"),
                Scored("报警及时", Verdict.MET, 5),
            ),
            lessons=(Lesson("轮椅不够"),),
        )
    )
    return drills.year(2026).drills[0]


def test_a_drill_is_read_back_as_it_was_held(held, leader):
    assert held.state is State.HELD
    assert held.roles == (RolePart("command", leader, "周敏"),)
    assert (held.slowest.seconds, held.slowest.residents) == (395, 12)
    assert held.met == (5, 6)


def test_what_was_not_met_is_a_lesson_too(held):
    assert [each.text for each in held.lessons] == ["轮椅不够", "三分钟内到位 – 来晚"]


def test_a_drill_is_held_once(as_role, held):
    with pytest.raises(rules.NoLongerPlanned):
        as_role(Drills).call_off(held.drill_id, "暴雨")


def test_a_drill_called_off_keeps_its_reason(as_role, planned):
    as_role(Drills).call_off(planned.drill_id, " 暴雨 ")
    drill = as_role(Drills).year(2026).drills[0]
    assert (drill.state, drill.called_off) == (State.CALLED_OFF, "暴雨")


def test_a_lesson_opens_one_hazard_with_its_origin(as_role, held):
    lesson = held.lessons[0]
    lessons = as_role(Lessons, OFFICER)
    hazard_id = lessons.open_hazard(lesson.lesson_id, NewHazard("轮椅不够", "二楼"))
    hazard = as_role(Hazards).file(hazard_id).hazard
    assert (hazard.source, hazard.origin) == ("夜间疏散演练", "drill")
    assert as_role(Drills).year(2026).drills[0].lessons[0].hazard_id == hazard_id
    with pytest.raises(HazardThere):
        lessons.open_hazard(lesson.lesson_id, NewHazard("轮椅不够", "二楼"))


def test_the_score_sheet_is_the_form_of_the_home(as_role):
    assert as_role(Drills).score_sheet() == ()
    as_role(SafetyForms, OFFICER).take_presets()
    sheet = as_role(Drills).score_sheet()
    assert len(sheet) > 5
    assert {line.verdict for line in sheet} == {Verdict.NOT_SEEN}


def test_the_front_desk_plans_no_drill(as_role):
    with pytest.raises(NotAllowed):
        as_role(Drills, Role.FRONT_DESK).plan(Drill("演练", TODAY))


def fire_subject(as_role):
    return next(iter(as_role(FireTrainings).year(2026).fire_subjects))


def test_the_subject_that_the_program_brings_is_about_fire(as_role):
    year = as_role(FireTrainings).year(2026)
    marked = [s.name for s in year.subjects if s.subject_id in year.fire_subjects]
    assert marked == ["消防安全"]


def test_a_training_of_the_staff_is_one_about_fire_without_being_typed_again(
    as_role, leader
):
    assert as_role(FireTrainings).year(2026).standings[0].standing is Standing.NEVER
    told = Training(fire_subject(as_role), TODAY, 60, (leader,))
    as_role(Trainings).save(told)
    year = as_role(FireTrainings, OFFICER).year(2026)
    assert year.standings[0].standing is Standing.TRAINED
    assert [each.people for each in year.trainings] == [(Attended(leader, "周敏"),)]


def test_a_training_about_fire_stands_among_those_of_the_staff(as_role, leader):
    told = Training(fire_subject(as_role), TODAY, 60, (leader,))
    tested = FireTraining(told, "", (Attended(leader, "", 55),), "new_staff")
    as_role(FireTrainings, OFFICER).save(tested)
    assert [each.people for each in as_role(Trainings).held(2026)] == [(leader,)]
    kept = as_role(FireTrainings).year(2026).trainings[0]
    assert [each.points for each in kept.failed] == [55]
    assert kept.occasion == "new_staff"


def test_a_training_removed_by_the_staff_takes_its_results_along(as_role, leader):
    told = Training(fire_subject(as_role), TODAY, 60, (leader,))
    number = as_role(FireTrainings).save(
        FireTraining(told, "", (Attended(leader, "", 80),))
    )
    as_role(Trainings).remove(number)
    assert as_role(FireTrainings).year(2026).trainings == ()


def test_another_subject_is_none_of_fire_safety(as_role, leader):
    other = min(
        each.subject_id
        for each in as_role(StaffLists).subjects()
        if each.subject_id != fire_subject(as_role)
    )
    told = FireTraining(Training(other, TODAY, 60, (leader,)), "", ())
    with pytest.raises(NotAboutFire):
        as_role(FireTrainings).save(told)


VERSION = PlanVersion(TODAY, date(2027, 11, 21), "王院长", "先报警，再疏散。")


def test_versions_of_a_plan_are_numbered_and_never_change(as_role, db):
    plans = as_role(EmergencyPlans)
    plan_id = plans.save(EmergencyPlan("火灾应急预案", "accident"))
    numbers = [plans.issue(plan_id, VERSION), plans.issue(plan_id, VERSION)]
    assert numbers == [1, 2]
    with pytest.raises(IntegrityError), db.writing(ROLES[OFFICER], "test") as session:
        session.get_one(PlanVersionRow, 1).text = "改"


def test_two_plans_of_one_title_are_refused(as_role):
    as_role(EmergencyPlans).save(EmergencyPlan("火灾应急预案", "accident"))
    with pytest.raises(emergencies.PlanKnown):
        as_role(EmergencyPlans).save(EmergencyPlan(" 火灾应急预案 ", "health"))


SMOKE = Incident(TODAY, "08:10", "accident", "general", "微波炉冒烟", "三楼")


def test_incidents_are_numbered_by_year(as_role):
    incidents = as_role(Incidents, Role.FRONT_DESK)
    for day in (date(2025, 12, 31), TODAY, TODAY):
        incidents.add(replace(SMOKE, happened_on=day))
    numbers = [each.number for each in incidents.year(2026).incidents]
    assert numbers == ["2026-002", "2026-001"]


def test_the_database_keeps_every_incident(as_role, db):
    number = as_role(Incidents).add(SMOKE)
    with pytest.raises(IntegrityError), db.writing(ROLES[OFFICER], "test") as session:
        session.delete(session.get_one(IncidentRow, number))


BUREAU = "区（县）民政局"


def test_an_unreported_incident_reaches_the_day_until_it_is_reported(as_role):
    incidents = as_role(Incidents, OFFICER)
    number = incidents.add(SMOKE)
    assert [each.urgency.name for each in incidents.today(TODAY)] == ["LATE"]
    incidents.report(number, Report(BUREAU, TODAY, "08:40"))
    assert incidents.today(TODAY) == []


def test_an_incident_is_told_of_before_its_hour_is_over(as_role):
    as_role(Incidents).add(replace(SMOKE, happened_at="09:20"))
    (line,) = as_role(Incidents).today(TODAY)
    assert (line.urgency.name, line.text.facts["time"]) == ("SOON", "10:20")


def test_a_higher_grade_is_reported_to_more(as_role):
    incidents = as_role(Incidents)
    number = incidents.add(SMOKE)
    told = replace(SMOKE, incident_id=number)
    counts = []
    for grade in ("general", "larger", "general"):
        incidents.change(replace(told, grade=grade))
        counts.append(len(incidents.year(2026).incidents[0].duties))
    assert counts == [1, 3, 1]


def test_a_rule_changed_later_leaves_what_was_recorded(as_role):
    as_role(Incidents).add(SMOKE)
    settings = as_role(DrillSettings, OFFICER)
    duties = (("general", (Duty("应急管理局", 30),)),)
    settings.set_rules(replace(settings.rules(), duties=duties))
    as_role(Incidents).add(SMOKE)
    later, earlier = as_role(Incidents).year(2026).incidents
    assert [each.receiver for each in earlier.duties] == [BUREAU]
    assert later.duties == (Duty("应急管理局", 30),)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"training_months": 25}, MonthsWrong), ({"warn_days": 181}, DaysWrong)],
)
def test_rules_beyond_sense_are_refused(as_role, change, refusal):
    settings = as_role(DrillSettings, OFFICER)
    with pytest.raises(refusal):
        settings.set_rules(replace(settings.rules(), **change))


def test_the_scan_of_a_version_is_kept_beside_it(as_role, tmp_path):
    plans = as_role(EmergencyPlans, OFFICER)
    plan_id = plans.save(EmergencyPlan("火灾应急预案", "accident"))
    plans.issue(plan_id, VERSION)
    path = tmp_path / "预案.pdf"
    path.write_bytes(b"%PDF-1.4 signed")
    scan_id = plans.add_scan(plan_id, 1, path)
    assert plans.listed()[0][0].versions[0].scan_id == scan_id
    assert as_role(SafetyPapers).scan(scan_id) == b"%PDF-1.4 signed"


def posts_of(as_role):
    return [each.post_id for each in as_role(StaffLists).posts()][:2]


def new_posts(as_role):
    standings = as_role(FireTrainings, OFFICER).year(2026).standings
    return [how for each in standings for _post, how in each.posts]


def test_the_post_that_came_with_the_file_is_no_new_one(as_role, leader):
    assert new_posts(as_role) == []


def test_who_took_up_a_post_untrained_is_named_on_the_first_page(as_role, leader):
    main, other = posts_of(as_role)
    as_role(Staff).set_posts(leader, other, (main,))
    assert new_posts(as_role) == [PostStanding.NOT]
    texts = [each.text.text for each in as_role(FireTrainings).today(TODAY)]
    assert any("new post" in text for text in texts)


def test_who_was_trained_for_a_new_post_is_not_named(as_role, leader):
    told = Training(fire_subject(as_role), TODAY, 60, (leader,))
    as_role(Trainings).save(told)
    _main, other = posts_of(as_role)
    as_role(Staff).set_posts(leader, other)
    assert new_posts(as_role) == [PostStanding.BEFORE]
    assert as_role(FireTrainings).today(TODAY) == []


def test_a_closed_incident_stays_as_it_is(as_role):
    incidents = as_role(Incidents)
    told = replace(SMOKE, cause="线路老化", measures="已更换")
    told = replace(told, incident_id=incidents.add(told))
    incidents.close(told.incident_id)
    with pytest.raises(emergencies.IncidentClosed):
        incidents.change(told)


def test_a_drill_not_noted_after_its_day_is_late_on_the_first_page(as_role, planned):
    lines = as_role(Drills).today(date(2026, 11, 22))
    assert "夜间疏散演练" in str(lines[0].text)
    assert lines[0].urgency.name == "LATE"


def test_a_record_put_right_keeps_what_a_hazard_was_opened_for(as_role, held):
    lesson = held.lessons[0]
    as_role(Lessons).open_hazard(lesson.lesson_id, NewHazard("轮椅不够", "二楼"))
    met = replace(held.score[0], verdict=Verdict.MET, note="", text="改写")
    right = replace(held, minutes=20, score=(met, held.score[1]), lessons=())
    as_role(Drills, OFFICER).correct(right)
    drill = as_role(Drills).year(2026).drills[0]
    assert drill.minutes == 20
    assert [each.text for each in drill.lessons] == ["轮椅不够"]
    assert drill.score[0] == Scored("三分钟内到位", Verdict.MET)


def test_only_a_drill_that_was_held_is_put_right(as_role, planned):
    right = replace(planned, held_on=TODAY, held_at="02:10", minutes=18)
    with pytest.raises(rules.NotHeldYet):
        as_role(Drills, OFFICER).correct(right)


def test_the_log_keeps_who_put_a_record_right_and_what_stood_before(as_role, held, db):
    as_role(Drills, OFFICER).correct(replace(held, minutes=20))
    with db.reading() as session:
        query = select(ChangeRow).where(ChangeRow.deed == "Drills.correct")
        told = [(row.actor, row.before, row.after) for row in session.scalars(query)]
    assert told == [(ROLES[OFFICER].name, {"minutes": 18}, {"minutes": 20})]

"""Drills by half years, training about fire, plans under review, incidents in time."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.periods import Period
from carehome.rules.safety import drills, emergencies, reporting, trainings
from carehome.rules.safety.drills import Drill, FloorTime, RolePart, Scored, Verdict
from carehome.rules.safety.emergencies import (
    Duty,
    EmergencyPlan,
    Incident,
    PlanState,
    PlanVersion,
    Report,
    moment,
)
from carehome.rules.safety.reporting import ReportState
from carehome.rules.safety.trainings import Newcomer, PostStanding, Standing
from carehome.rules.training import Trainee

TODAY, NEXT = date(2026, 11, 21), date(2026, 11, 22)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
HELD = Drill(
    "疏散",
    date(2026, 6, 30),
    roles=(RolePart("command", 1),),
    held_on=date(2026, 6, 30),
    held_at="14:30",
    minutes=20,
)


def with_(drill, **changes):
    return replace(drill, **changes)


def test_a_drill_on_the_last_day_of_june_fills_the_first_half():
    first, second = drills.halves(YEAR, [HELD])
    assert (first.is_done, second.is_done) == (True, False)
    assert second.last_day == date(2026, 12, 31)


def test_a_drill_at_the_table_fills_no_half():
    first, _second = drills.halves(YEAR, [with_(HELD, is_real=False)])
    assert not first.is_done


def test_a_drill_counts_where_it_was_held_not_where_it_was_planned():
    late = with_(HELD, held_on=date(2026, 7, 1))
    first, second = drills.halves(YEAR, [late])
    assert (first.is_done, second.is_done) == (False, True)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_day_lies_in_its_half(day):
    assert drills.half_of(day).holds(day)


def test_a_year_lacks_what_no_held_drill_had():
    planned = Drill("夜间", TODAY, is_night=True)
    need = drills.lacking(2026, [planned, with_(HELD, is_disabled_unit=True)])
    assert (need.at_night, need.disabled_unit) == (True, False)


def test_points_are_counted_of_what_was_seen():
    score = (
        Scored("一", Verdict.MET, 5),
        Scored("二", Verdict.FAILED, 3),
        Scored("三", Verdict.NOT_SEEN, 2),
    )
    assert with_(HELD, score=score).met == (5, 8)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": " "}, drills.TitleNeeded),
        ({"held_on": date(2026, 11, 22)}, drills.HeldInFuture),
        ({"held_at": "25:00"}, drills.TimeWrong),
        ({"held_at": "9"}, drills.TimeWrong),
        ({"minutes": 0}, drills.NoMinutes),
        ({"roles": (RolePart("guard", 1),)}, drills.NobodyCommands),
        ({"floors": (FloorTime(1, 60), FloorTime(1, 90))}, drills.FloorTwice),
    ],
)
def test_a_drill_that_cannot_have_gone_like_this_is_refused(changes, refusal):
    with pytest.raises(refusal):
        drills.check_held(with_(HELD, **changes), TODAY)


def standing(hired_on, *days, months=12, warn_days=30):
    person = Newcomer(Trainee(1, "周敏", "养老护理员", True), hired_on)
    trained = {1: days}
    return trainings.standings([person], trained, months, warn_days, TODAY)[0]


OLD = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ((), Standing.NEVER),
        ((date(2025, 11, 21),), Standing.DUE),
        ((date(2025, 11, 22),), Standing.SOON),
        ((date(2025, 12, 21),), Standing.SOON),
        ((date(2025, 12, 22),), Standing.TRAINED),
        ((date(2026, 11, 22),), Standing.NEVER),  # a training that lies ahead
    ],
)
def test_a_training_holds_for_a_year(days, wanted):
    assert standing(OLD, *days).standing is wanted


def test_who_was_trained_on_the_first_day_did_not_begin_untrained():
    first = date(2026, 11, 2)
    assert not standing(first, first).began_untrained
    assert standing(first, date(2026, 11, 3)).began_untrained


PLAN = EmergencyPlan(
    "火灾应急预案",
    "accident",
    (
        PlanVersion(date(2027, 1, 1), date(2028, 1, 1), "王院长", "新", number=2),
        PlanVersion(date(2026, 1, 1), date(2026, 12, 1), "王院长", "旧", number=1),
    ),
)


def test_a_version_holds_from_its_day_on():
    assert PLAN.in_force(date(2026, 12, 31)).number == 1
    assert PLAN.in_force(date(2027, 1, 1)).number == 2


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2025, 12, 31), PlanState.EMPTY),
        (date(2026, 10, 31), PlanState.IN_FORCE),
        (date(2026, 11, 1), PlanState.REVIEW),
        (date(2026, 12, 1), PlanState.OVERDUE),
    ],
)
def test_a_plan_is_told_of_before_its_review(day, wanted):
    assert PLAN.state(day, 30) is wanted


HAPPENED = Incident(TODAY, "23:50", "accident", "general", "冒烟")


BUREAU, STREET = Duty("区民政局", 60), Duty("街道办事处", 120)
OWED = replace(HAPPENED, duties=(BUREAU, STREET))


def states(incident, now):
    return [each.state for each in reporting.tellings(incident, now)]


def test_a_report_is_overdue_when_its_hour_has_passed_midnight():
    waiting, late = ReportState.OPEN, ReportState.OVERDUE
    assert states(OWED, moment(NEXT, "0:50")) == [waiting, waiting]
    assert states(OWED, moment(NEXT, "0:51")) == [late, waiting]


@pytest.mark.parametrize(
    ("at", "wanted"), [("00:50", ReportState.IN_TIME), ("00:51", ReportState.LATE)]
)
def test_each_who_is_to_be_told_stands_for_itself(at, wanted):
    told = replace(OWED, reports=(Report("区民政局", NEXT, at),))
    assert states(told, moment(NEXT, "9:0")) == [wanted, ReportState.OVERDUE]


def test_telling_somebody_else_fills_no_duty():
    told = replace(OWED, reports=(Report("家属", NEXT, "00:10"),))
    assert states(told, moment(NEXT, "9:0")) == [ReportState.OVERDUE] * 2


def test_what_presses_most_is_said_of_an_incident():
    told = replace(OWED, reports=(Report("区民政局", NEXT, "00:10"),))
    found = reporting.tellings(told, moment(NEXT, "1:0"))
    assert reporting.state_of(found) is ReportState.OPEN
    assert reporting.state_of([]) is None


def test_whom_to_tell_is_read_as_it_was_said():
    text = "区 民政局 60\n\n街道办事处 120"
    duties = reporting.read_duties(text)
    assert duties == (Duty("区 民政局", 60), STREET)
    assert reporting.read_duties(reporting.say_duties(duties)) == duties


@pytest.mark.parametrize("line", ["区民政局", "60", "区民政局 0", "区民政局 2881"])
def test_a_line_without_a_name_or_sane_minutes_is_refused(line):
    with pytest.raises(reporting.DutyWrong):
        reporting.read_duties(line)


def test_somebody_who_stands_there_twice_is_refused():
    with pytest.raises(reporting.DutyTwice):
        reporting.read_duties("区民政局 60\n区民政局 30")


def test_kinds_of_event_without_a_plan_are_told():
    assert emergencies.kinds_without_plan([PLAN], TODAY) == [
        *("disaster", "health", "security")
    ]
    retired = replace(PLAN, is_active=False)
    assert "accident" in emergencies.kinds_without_plan([retired], TODAY)


def test_grades_that_a_plan_is_silent_on_are_told():
    told = (("general", "值班长"),)
    version = PlanVersion(TODAY, NEXT, "王院长", "先报警", responses=told)
    plan = replace(PLAN, versions=(version,))
    assert plan.open_grades(TODAY) == ["extreme", "major", "larger"]


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([date(2026, 11, 1)], PostStanding.BEFORE),
        ([date(2026, 8, 3)], PostStanding.BEFORE),
        ([date(2026, 8, 2)], PostStanding.NOT),
        ([date(2026, 11, 2)], PostStanding.AFTERWARDS),
        ([date(2026, 10, 1), date(2026, 11, 2)], PostStanding.BEFORE),
        ([], PostStanding.NOT),
    ],
)
def test_a_training_for_a_post_lies_shortly_before_it(days, wanted):
    assert trainings.for_post(date(2026, 11, 1), days) is wanted


def test_nothing_is_reported_before_it_happened():
    early = Report("区民政局", TODAY, "23:40")
    with pytest.raises(emergencies.ReportedBefore):
        emergencies.check_report(early, HAPPENED, moment(NEXT, "9:0"))


def test_an_incident_is_closed_with_its_cause():
    with pytest.raises(emergencies.CauseNeeded):
        emergencies.check_closing(HAPPENED)

"""Drills by half years, training about fire, plans under review, incidents in time."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.periods import Period
from carehome.rules.safety import drills, emergencies, trainings
from carehome.rules.safety.drills import Drill, FloorTime, RolePart, Scored, Verdict
from carehome.rules.safety.emergencies import (
    EmergencyPlan,
    Incident,
    PlanState,
    PlanVersion,
    Report,
    moment,
)
from carehome.rules.safety.trainings import Newcomer, Standing
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


def test_an_incident_is_unreported_when_its_hour_has_passed_midnight():
    assert not HAPPENED.is_unreported(moment(NEXT, "0:50"), 60)
    assert HAPPENED.is_unreported(moment(NEXT, "0:51"), 60)


def test_a_report_in_time_is_not_late():
    told = Report("区民政局", date(2026, 11, 22), "00:40")
    reported = replace(HAPPENED, reports=(told,))
    assert not reported.was_late(60)
    assert reported.was_late(30)


def test_nothing_is_reported_before_it_happened():
    early = Report("区民政局", TODAY, "23:40")
    with pytest.raises(emergencies.ReportedBefore):
        emergencies.check_report(early, HAPPENED, moment(NEXT, "9:0"))


def test_an_incident_is_closed_with_its_cause():
    with pytest.raises(emergencies.CauseNeeded):
        emergencies.check_closing(HAPPENED)

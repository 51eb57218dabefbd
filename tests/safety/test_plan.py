"""The plan of rounds: what it takes, and how it keeps what it asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.safety import plan as rules
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.plan import (
    Place,
    PlaceInPlan,
    PlaceNameless,
    PlaceNameTaken,
    RoundPlans,
    StartsInThePast,
    plans_in,
)
from tests.conftest import ROLES, TODAY

TOMORROW = TODAY + timedelta(days=1)
USER = ROLES[Role.SAFETY_OFFICER]
DAY = Planned(1, 1, Rhythm.DAILY, TODAY, times=(540, 900), window=120)
NIGHT = Planned(
    1, 1, Rhythm.NIGHT, TODAY, night_from=20 * 60, night_to=6 * 60, every=120
)
MONTH = Planned(1, 1, Rhythm.MONTHLY, TODAY)


@pytest.fixture
def plans(as_role):
    """The plan of a home with its checklists and one place, both number 1."""
    as_role(SafetyForms, Role.SAFETY_OFFICER).take_presets()
    made = as_role(RoundPlans, Role.SAFETY_OFFICER)
    made.save_place(Place("三楼东区"))
    return made


@pytest.mark.parametrize(
    "planned",
    [
        DAY,
        replace(DAY, times=tuple(range(0, 1440, 120)), window=120),
        replace(DAY, times=(540,), window=1440),
        NIGHT,
        replace(NIGHT, night_from=0, night_to=360),
        MONTH,
        replace(MONTH, first_day=31),
        replace(MONTH, first_day=25, days=7),
        replace(MONTH, rhythm=Rhythm.WEEKLY, first_day=1, days=7),
        replace(MONTH, rhythm=Rhythm.EVERY_DAYS, every=15, days=3),
    ],
)
def test_a_line_that_makes_sense_is_taken(planned):
    rules.check(planned)


@pytest.mark.parametrize(
    ("planned", "refusal"),
    [
        (replace(DAY, times=()), rules.NoTimes),
        (replace(DAY, window=None), rules.BadEvery),
        (replace(DAY, window=0), rules.BadEvery),
        (replace(DAY, window=361), rules.TimesOverlap),
        (replace(DAY, times=(10, 1430), window=30), rules.TimesOverlap),
        (replace(NIGHT, every=None), rules.BadEvery),
        (replace(NIGHT, every=121), rules.NightGapTooLong),
        (replace(NIGHT, night_to=20 * 60), rules.BadNight),
        (replace(NIGHT, night_to=21 * 60), rules.BadNight),
        (replace(MONTH, first_day=32), rules.BadSpan),
        (replace(MONTH, first_day=30, days=5), rules.BadSpan),
        (replace(MONTH, rhythm=Rhythm.WEEKLY, first_day=8), rules.BadSpan),
        (replace(MONTH, rhythm=Rhythm.EVERY_DAYS), rules.BadEvery),
        (replace(MONTH, rhythm=Rhythm.EVERY_DAYS, every=3, days=4), rules.BadSpan),
    ],
)
def test_a_line_that_makes_no_sense_says_why(planned, refusal):
    with pytest.raises(refusal):
        rules.check(planned)


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("08:30 15:00", (510, 900)),
        ("8:30，15:00", (510, 900)),
        ("0830、1500", (510, 900)),
        ("15：00 8：30", (510, 900)),
        ("08:30 8:30", (510,)),
        ("", ()),
    ],
)
def test_times_are_read_as_people_type_them(typed, times):
    assert rules.read_times(typed) == times


@pytest.mark.parametrize("typed", ["24:00", "8:60", "8", "morning", "8:3:0", "-1:00"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(rules.BadTimes):
        rules.read_times(typed)


@given(st.sets(st.integers(0, 1439)))
def test_times_shown_are_read_as_they_were(times):
    assert set(rules.read_times(rules.show_times(times))) == times


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        (DAY, "每天 09:00 15:00，120分钟内完成"),
        (NIGHT, "夜间 20:00 至 06:00，每120分钟一次"),
        (replace(MONTH, first_day=25, days=3), "每月一次，第25天至第27天"),
        (replace(MONTH, first_day=25), "每月一次，从第25天起"),
        (replace(MONTH, rhythm=Rhythm.EVERY_DAYS, every=15), "每15天一次"),
    ],
)
def test_a_line_is_said_in_words(planned, said):
    assert rules.say(planned) == said


@pytest.mark.parametrize("planned", [DAY, NIGHT, MONTH])
def test_a_line_is_read_as_it_was_planned(db, plans, planned):
    plan_id = plans.add(planned)
    with db.reading() as session:
        assert plans_in(session) == [replace(planned, plan_id=plan_id)]


def test_only_what_the_rhythm_asks_for_is_kept(plans):
    plans.add(replace(DAY, every=15, night_from=60, first_day=9, days=2))
    (kept,) = plans.board().plan
    assert replace(kept, plan_id=None) == DAY


def test_nothing_is_planned_for_the_past(plans):
    with pytest.raises(StartsInThePast):
        plans.add(replace(DAY, starts=TODAY - timedelta(days=1)))


def test_a_form_is_planned_once_for_a_place(plans):
    plans.add(DAY)
    with pytest.raises(rules.AlreadyPlanned):
        plans.add(replace(MONTH, starts=date(2027, 1, 1)))


def test_a_change_counts_from_tomorrow_and_the_past_stays(db, plans):
    old = plans.add(DAY)
    new = plans.change(old, replace(NIGHT, starts=date(2020, 1, 1)))
    with db.reading() as session:
        before = plans_in(session, Period(TODAY, TOMORROW))
        after = plans_in(session, Period(TOMORROW))
    assert before == [replace(DAY, ends=TOMORROW, plan_id=old)]
    assert after == [replace(NIGHT, starts=TOMORROW, plan_id=new)]


def test_a_change_that_makes_no_sense_ends_nothing(plans):
    plan_id = plans.add(DAY)
    with pytest.raises(rules.NoTimes):
        plans.change(plan_id, replace(DAY, times=()))
    assert plans.board().plan == (replace(DAY, plan_id=plan_id),)


def test_a_line_ends_after_today(plans):
    plan_id = plans.add(DAY)
    plans.end(plan_id)
    assert plans.board().plan == (replace(DAY, ends=TOMORROW, plan_id=plan_id),)


def test_a_line_that_has_not_begun_never_held(db, plans):
    plan_id = plans.add(replace(DAY, starts=date(2026, 12, 1)))
    plans.end(plan_id)
    with db.reading() as session:
        assert plans_in(session, Period(date(2026, 12, 1))) == []
    plans.add(DAY)


def test_nobody_ends_a_line_in_the_past(plans):
    plan_id = plans.add(DAY)
    with pytest.raises(rules.EndsTooEarly):
        plans.end(plan_id, TODAY - timedelta(days=1))


def test_what_has_ended_stays_ended(plans):
    plan_id = plans.add(DAY)
    plans.end(plan_id)
    with pytest.raises(rules.AlreadyEnded):
        plans.end(plan_id, date(2027, 1, 1))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM round_plan",
        "UPDATE round_plan SET window = 240",
        "UPDATE round_plan SET starts = '2027-01-01'",
        "UPDATE round_plan SET ends = '2020-01-01'",
        "UPDATE round_plan SET rhythm = 'monthly'",
    ],
)
def test_the_database_keeps_what_was_due(db, plans, statement):
    plans.add(DAY)
    with pytest.raises(IntegrityError), db.writing(USER, "test") as session:
        session.connection().exec_driver_sql(statement)


def test_an_end_is_never_moved(db, plans):
    plans.end(plans.add(DAY))
    with pytest.raises(IntegrityError), db.writing(USER, "test") as session:
        session.connection().exec_driver_sql("UPDATE round_plan SET ends = NULL")


def test_a_place_lies_on_its_floor(plans):
    (place,) = plans.board().places
    plans.save_place(replace(place, name="三楼西区"))
    assert plans.board().places == (Place("三楼西区", None, True, place.place_id),)


@pytest.mark.parametrize(
    ("name", "refusal"), [(" ", PlaceNameless), ("三楼东区 ", PlaceNameTaken)]
)
def test_a_place_has_a_name_of_its_own(plans, name, refusal):
    with pytest.raises(refusal):
        plans.save_place(Place(name))


def test_a_place_in_the_plan_stays_in_use(plans):
    plan_id = plans.add(DAY)
    with pytest.raises(PlaceInPlan):
        plans.set_place_active(1, False)
    plans.end(plan_id)
    plans.set_place_active(1, False)
    assert not plans.board().places[0].is_active


def test_tomorrow_the_home_speaks_of_another_plan(db, plans):
    """What ended yesterday is not in the plan any more."""
    plans.end(plans.add(DAY))
    later = RoundPlans(db, USER, lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert later.board().plan == ()


def test_who_only_looks_plans_nothing(as_role):
    with pytest.raises(NotAllowed):
        as_role(RoundPlans, Role.FRONT_DESK).add(DAY)


def test_many_times_spread_over_the_day_are_said_in_short():
    hourly = replace(DAY, times=tuple(range(0, 1440, 120)), window=60)
    assert rules.say(hourly) == "全天从 00:00 起每120分钟一次，60分钟内完成"
    assert "02:00 04:00" in rules.say(replace(hourly, times=hourly.times[:-1]))

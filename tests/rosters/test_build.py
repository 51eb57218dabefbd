"""The problem of a month says what keeps somebody from a shift, and since when."""

from datetime import date, timedelta

import pytest

from carehome.rules.holidays import Calendar
from carehome.rules.payroll import DayKind
from carehome.rules.periods import Period
from carehome.rules.rosters.build import Kind, Month, build
from carehome.rules.rosters.checking import check_person
from carehome.rules.rosters.ledger import Tally
from carehome.rules.rosters.problem import (
    OFF,
    Bar,
    Counted,
    Demand,
    Fault,
    Shift,
    Why,
    Wish,
)
from carehome.rules.staff import Away, Leave, Post, Scheme, StaffFacts

FIRST = date(2026, 12, 1)
CARER, NURSE, COOK = 1, 2, 3
HEALTH = 7
POSTS = {
    CARER: Post(CARER, "护理员", is_care=True, needs=frozenset({HEALTH})),
    NURSE: Post(NURSE, "护士"),
    COOK: Post(COOK, "厨师"),
}
EARLY = Kind(Shift("E", 480, 420, 480), CARER)
NIGHT = Kind(Shift("N", 480, 1380, 480, is_night=True), CARER)
LONG = Kind(Shift("X", 660, 420, 720), CARER)
SINCE = Period(date(2020, 1, 1))
WORKING = [day for day in range(31) if (FIRST + timedelta(days=day)).weekday() < 5]


def carer(staff_id=1, **facts):
    known = {
        "holds": {HEALTH: (SINCE,)},
        "posts": frozenset({CARER}),
        "main_post": CARER,
        "employed": SINCE,
    }
    return StaffFacts(staff_id, "何梅", **(known | facts))


def problem(*staff, kinds=(EARLY, NIGHT), **facts):
    return build(
        Month(FIRST, 31, kinds, staff, POSTS, certificates={HEALTH: "健康证"}, **facts)
    )


def days_barred(about, code, why, key="1"):
    return [
        day
        for day in range(31)
        if (bar := about.bars.get((key, day), {}).get(code)) and bar.why is why
    ]


def test_a_certificate_that_lapses_on_the_17th_removes_somebody_from_the_17th():
    lapsing = Period(date(2026, 1, 1), date(2026, 12, 17))
    about = problem(carer(holds={HEALTH: (lapsing,)}))
    for code in "EN":
        assert days_barred(about, code, Why.CERTIFICATE) == list(range(16, 31))
    bar = about.bars["1", 16]["E"]
    assert (bar.what, bar.since) == ("健康证", date(2026, 12, 17))


def test_a_certificate_that_never_was_bars_the_whole_month():
    about = problem(carer(holds={}))
    assert len(days_barred(about, "E", Why.CERTIFICATE)) == 31
    assert about.bars["1", 0]["E"].since is None


def test_a_certificate_renewed_in_time_bars_nobody():
    spans = (Period(date(2026, 1, 1), date(2026, 12, 17)), Period(date(2026, 12, 17)))
    assert not problem(carer(holds={HEALTH: spans})).bars


def test_leave_bars_every_shift_and_tells_its_kind():
    leave = Away(Period(date(2026, 12, 3), date(2026, 12, 5)), Leave.SICK)
    about = problem(carer(leaves=(leave,)))
    assert days_barred(about, "N", Why.AWAY) == [2, 3]
    assert about.bars["1", 2]["E"] == Bar(Why.AWAY, "sick")


def test_a_training_takes_the_day():
    about = problem(carer(training=frozenset({date(2026, 12, 9)})))
    assert days_barred(about, "E", Why.TRAINING) == [8]


def test_nobody_works_before_they_came_or_after_they_left():
    facts = carer(employed=Period(date(2026, 12, 3), date(2026, 12, 30)))
    assert days_barred(problem(facts), "E", Why.NOT_HERE) == [0, 1, 29, 30]


def test_who_is_protected_works_no_night_and_no_long_day():
    guarded = Period(date(2026, 12, 30), date(2027, 6, 1))
    about = problem(carer(guarded=(guarded,)), kinds=(EARLY, NIGHT, LONG))
    assert days_barred(about, "N", Why.PROTECTED) == [29, 30]
    assert days_barred(about, "X", Why.PROTECTED) == [29, 30]
    assert days_barred(about, "E", Why.PROTECTED) == []


def test_another_post_does_not_open_a_shift():
    about = problem(carer(), carer(2, posts=frozenset({NURSE})), kinds=(EARLY, NIGHT))
    assert [person.key for person in about.people] == ["1"]
    nurses = Kind(Shift("D", 480, 480, 480), NURSE)
    about = problem(carer(), carer(2, posts=frozenset({NURSE})), kinds=(EARLY, nurses))
    assert days_barred(about, "D", Why.POST) == list(range(31))
    assert about.bars["1", 0]["D"].what == "护士"


def test_a_shift_of_everybody_calls_in_who_cares_and_nobody_else():
    anybody = Kind(Shift("A", 480, 480, 480))
    about = problem(carer(), carer(2, posts=frozenset({COOK})), kinds=(anybody,))
    assert [person.key for person in about.people] == ["1"]


def test_last_months_night_bars_the_early_shift_of_the_1st():
    about = problem(carer(), before={"1": (OFF, "N")})
    found = check_person(about, "1", ("E",) + (OFF,) * 30)
    assert [f.days for f in found if f.fault is Fault.FOLLOWING] == [(-1, 0)]


def test_last_months_run_goes_on():
    about = problem(carer(), before={"1": ("E",) * 5})
    row = ("E", "E") + (OFF,) * 29
    long = [f for f in check_person(about, "1", row) if f.fault is Fault.RUN_LONG]
    assert [f.days for f in long] == [tuple(range(-5, 2))]


def test_hours_are_limited_by_the_law():
    (person,) = problem(carer()).people
    assert person.minutes.most == (len(WORKING) * 8 + 36) * 60
    assert person.minutes.weight is None


def test_leave_shortens_the_hours_by_the_working_days_it_takes():
    leave = Away(Period(date(2026, 12, 3), date(2026, 12, 8)), Leave.ANNUAL)
    (person,) = problem(carer(leaves=(leave,))).people
    assert person.minutes.most == ((len(WORKING) - 3) * 8 + 36) * 60


def test_comprehensive_hours_do_not_follow_the_working_days():
    (person,) = problem(carer(scheme=Scheme.MONTH)).people
    assert person.minutes.most == 9920 + 36 * 60


def counts(about, counted):
    return [count for count in about.counts if count.counted is counted]


def test_everybody_is_wished_as_many_shifts_as_there_are_working_days():
    (count,) = counts(problem(carer()), Counted.SHIFT)
    limit = count.limits["1"]
    assert (limit.least, limit.most) == (len(WORKING), len(WORKING))
    assert limit.weight


def test_a_night_is_shared_by_those_who_may_work_it():
    guarded = Period(FIRST, date(2027, 6, 1))
    staff = (carer(1), carer(2), carer(3, guarded=(guarded,)))
    demands = [Demand(day, "N", 1) for day in range(31)]
    (count,) = counts(problem(*staff, demands=demands), Counted.NIGHTS)
    assert set(count.limits) == {"1", "2"}
    assert {(limit.least, limit.most) for limit in count.limits.values()} == {(15, 16)}


def test_the_year_behind_evens_out():
    demands = [Demand(day, "N", 1) for day in range(30)]
    year = {"1": Tally(300, nights=60), "2": Tally(300, nights=50)}
    (count,) = counts(
        problem(carer(1), carer(2), demands=demands, year=year), Counted.NIGHTS
    )
    assert count.limits["2"].least > count.limits["1"].most


def test_a_holiday_is_shared_too():
    day = date(2026, 12, 9)
    calendar = Calendar({day: DayKind.STATUTORY})
    demands = [Demand(8, "E", 1)]
    (count,) = counts(
        problem(carer(1), carer(2), demands=demands, calendar=calendar),
        Counted.HOLIDAYS,
    )
    assert count.cells == {(8, "E"), (8, "N")}


def test_wishes_and_locks_of_who_is_not_on_the_roster_stay_outside():
    wishes = [Wish("9", 0, frozenset(), False, 3), Wish("1", 0, frozenset(), False, 3)]
    about = problem(carer(), wishes=wishes, locked={("9", 0): "E", ("1", 1): "E"})
    assert [wish.person for wish in about.wishes] == ["1"]
    assert set(about.locked) == {("1", 1)}


@pytest.mark.parametrize("count", [1, 40])
def test_everybody_rests_a_day_a_week(count):
    about = problem(*(carer(number) for number in range(1, count + 1)))
    assert all(person.weekly_rest for person in about.people)


def test_being_on_call_is_no_shift():
    call = Kind(Shift("K", 0, 480, 1440), CARER)
    (count,) = counts(problem(carer(), kinds=(EARLY, call)), Counted.SHIFT)
    assert {code for _, code in count.cells} == {"E"}

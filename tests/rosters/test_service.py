"""What people can do with a roster: write, lock, publish, change with a reason."""

from datetime import date

import pytest
from sqlalchemy import event, select

from carehome.db.shifts import ShiftKindRow
from carehome.errors import Refusal
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.rosters.checking import check_person
from carehome.rules.rosters.problem import OFF, Fault, Roster, Why
from carehome.services.last_deed import LastDeed
from carehome.services.rosters import Mark, NewWish
from carehome.services.rosters.publishing import (
    AlreadyPublished,
    Begun,
    NoRoster,
    NotPublished,
    ReasonsMissing,
)
from carehome.services.rosters.writing import (
    OutsideMonth,
    ReasonMissing,
    UnknownPerson,
    UnknownShift,
    UnknownUnit,
)
from tests.conftest import ROLES
from tests.rosters.ward import DECEMBER, NOVEMBER, make, row


@pytest.fixture
def ward(db, clock):
    return make(db, clock)


@pytest.fixture
def rosters(ward):
    return ward.rosters()


def line(rosters, key, first=DECEMBER):
    return rosters.month(first).roster.rows[key]


def test_a_month_without_a_roster_shows_everybody_off(ward, rosters):
    (key,) = ward.hire("何梅")
    month = rosters.month(DECEMBER)
    assert month.state == ""
    assert month.roster.rows == {key: (OFF,) * 31}
    assert rosters.states() == {}


def test_the_first_cell_begins_a_draft(ward, rosters):
    (key,) = ward.hire("何梅")
    assert rosters.set_cells(DECEMBER, row(key, "EL-N")) == 3
    assert line(rosters, key)[:5] == ("E", "L", OFF, "N", OFF)
    assert rosters.states() == {DECEMBER: "draft"}


def test_what_stands_there_already_is_no_change(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EL"))
    assert rosters.set_cells(DECEMBER, row(key, "EN")) == 1


def test_a_day_off_leaves_nothing_behind(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "E"))
    rosters.set_cells(DECEMBER, row(key, "-"))
    assert ward.cells() == {}


def test_a_locked_day_off_is_kept(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "-", locked=True))
    assert rosters.month(DECEMBER).problem.locked == {(key, 0): OFF}


def test_locks_are_set_and_taken_off_without_touching_the_shift(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "E"))
    rosters.lock(DECEMBER, [(key, 0), (key, 1)])
    assert rosters.month(DECEMBER).problem.locked == {(key, 0): "E", (key, 1): OFF}
    rosters.unlock(DECEMBER, [(key, 0), (key, 1)])
    month = rosters.month(DECEMBER)
    assert (month.problem.locked, month.roster.rows[key][0]) == ({}, "E")


def test_who_works_elsewhere_is_noted_and_who_works_at_home_is_not(ward, rosters):
    (key,) = ward.hire("何梅")
    home, other = ward.units
    rosters.set_cells(DECEMBER, row(key, "E", unit=other) | row(key, "E", 1, unit=home))
    assert rosters.month(DECEMBER).roster.units == {(key, 0): other}


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({("1", 31): Mark("E")}, OutsideMonth),
        ({("1", -1): Mark("E")}, OutsideMonth),
        ({("1", 0): Mark("X")}, UnknownShift),
        ({("99", 0): Mark("E")}, UnknownPerson),
        ({("1", 0): Mark("E", unit="99")}, UnknownUnit),
    ],
)
def test_what_cannot_stand_in_a_cell_is_refused(ward, rosters, cells, refusal):
    (key,) = ward.hire("何梅")
    own = {(key if k == "1" else k, day): mark for (k, day), mark in cells.items()}
    with pytest.raises(refusal):
        rosters.set_cells(DECEMBER, own)
    assert rosters.states() == {}


def test_the_last_days_of_the_month_before_count(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(NOVEMBER, row(key, "N", start=29))
    rosters.set_cells(DECEMBER, row(key, "E"))
    month = rosters.month(DECEMBER)
    assert month.problem.people[0].before[-2:] == (OFF, "N")
    found = check_person(month.problem, key, month.roster.rows[key])
    assert [f.days for f in found if f.fault is Fault.FOLLOWING] == [(-1, 0)]


def test_without_a_roster_of_the_month_before_nothing_is_known_of_it(ward, rosters):
    ward.hire("何梅")
    assert rosters.month(DECEMBER).problem.people[0].before == ()


def test_a_certificate_up_to_the_16th_bars_from_the_17th(ward, rosters):
    (key,) = ward.hire("何梅", until=date(2026, 12, 16))
    bars = rosters.month(DECEMBER).problem.bars
    assert (key, 15) not in bars
    assert bars[key, 16]["E"].why is Why.CERTIFICATE
    assert (bars[key, 16]["E"].what, bars[key, 16]["E"].since) == (
        "体检证",
        date(2026, 12, 17),
    )


def test_leave_bars_its_days(ward, rosters):
    (key,) = ward.hire("何梅")
    ward.leave(key, date(2026, 12, 3), date(2026, 12, 4), "sick")
    bars = rosters.month(DECEMBER).problem.bars
    assert set(bars) == {(key, 2), (key, 3)}
    assert bars[key, 2]["N"].what == "sick"


def test_the_ledger_counts_published_months_only(ward, rosters):
    (key,) = ward.hire("何梅")
    october = date(2026, 10, 1)
    rosters.set_cells(october, row(key, "ENN"))  # a holiday Thursday to a Saturday
    assert rosters.month(DECEMBER).year == {}
    rosters.publish(october, {})
    tally = rosters.month(DECEMBER).year[key]
    assert (tally.days, tally.shifts, tally.nights) == (31, 3, 2)
    assert (tally.weekends, tally.holidays) == (1, 3)


def test_the_ledger_forgets_what_lies_more_than_a_year_back(ward, rosters):
    (key,) = ward.hire("何梅")
    for month in (date(2025, 11, 1), date(2025, 12, 1)):
        rosters.set_cells(month, row(key, "N"))
        rosters.publish(month, {})
    assert rosters.month(DECEMBER).year[key].nights == 1


def test_a_week_is_copied_around_locks_and_leave(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EELLNN-"))
    rosters.set_cells(DECEMBER, row(key, "-", 8, locked=True))
    ward.leave(key, date(2026, 12, 10), date(2026, 12, 10))
    rosters.copy_week(DECEMBER, 7, [key])
    assert line(rosters, key)[7:14] == ("E", OFF, OFF, "L", "N", "N", OFF)


def test_a_pattern_is_laid_staggered(ward, rosters):
    keys = ward.hire("何梅", "赵敏")
    rosters.lay_pattern(DECEMBER, ("E", "L", OFF), keys, range(4), 1)
    assert line(rosters, keys[0])[:4] == ("E", "L", OFF, "E")
    assert line(rosters, keys[1])[:4] == ("L", OFF, "E", "L")


def test_a_whole_roster_is_taken_over_but_for_locked_cells(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "N", locked=True))
    rosters.take_over(DECEMBER, Roster({key: ("E",) * 31}, {(key, 2): ward.units[1]}))
    assert line(rosters, key) == ("N", *("E",) * 30)
    assert rosters.month(DECEMBER).roster.units == {(key, 2): ward.units[1]}


def test_taking_a_roster_over_is_undone_whole(ward, rosters, db, clock):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "LL"))
    rosters.take_over(DECEMBER, Roster({key: ("E",) + (OFF,) * 30}))
    last = LastDeed(db, ROLES[Role.DIRECTOR], clock)
    last.undo(last.last().number)
    assert line(rosters, key)[:3] == ("L", "L", OFF)


def test_a_roster_without_broken_rules_is_published(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EE"))
    rosters.publish(DECEMBER, {})
    month = rosters.month(DECEMBER)
    assert (month.state, month.published_by) == ("published", "director")


def test_nothing_is_published_that_nobody_began(ward, rosters):
    ward.hire("何梅")
    with pytest.raises(NoRoster):
        rosters.publish(DECEMBER, {})


def test_a_broken_rule_needs_its_own_reason(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "NE-NE"))
    first, second = rosters.obstacles(DECEMBER)
    with pytest.raises(ReasonsMissing) as refused:
        rosters.publish(DECEMBER, {first.key: "临时缺人", second.key: "  "})
    assert refused.value.facts["count"] == 1
    assert rosters.states() == {DECEMBER: "draft"}
    rosters.publish(DECEMBER, {first.key: "临时缺人", second.key: "本人同意"})
    assert [each.reason for each in rosters.accepted(DECEMBER)] == [
        "临时缺人",
        "本人同意",
    ]
    assert rosters.accepted(DECEMBER)[0].words == first.words


def test_a_published_roster_is_not_written_like_a_draft(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EE"))
    rosters.publish(DECEMBER, {})
    with pytest.raises(AlreadyPublished):
        rosters.set_cells(DECEMBER, row(key, "L"))
    with pytest.raises(AlreadyPublished):
        rosters.take_over(DECEMBER, Roster({key: ("E",) * 31}))
    with pytest.raises(AlreadyPublished):
        rosters.publish(DECEMBER, {})


def test_a_change_after_publishing_tells_who_when_and_why(ward, rosters, clock):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EE"))
    rosters.publish(DECEMBER, {})
    change = row(key, "N", 1, unit=ward.units[1]) | row(key, "L", 2)
    assert (
        ward.rosters(Role.HEAD_NURSE).change_published(DECEMBER, change, " 赵敏病假 ")
        == 2
    )
    assert line(rosters, key)[:3] == ("E", "N", "L")
    later, told = rosters.changes(DECEMBER)
    assert (told.name, told.day, told.by) == ("何梅", date(2026, 12, 2), "head_nurse")
    assert (told.before, told.after) == ("早班", "夜班 失能二区")
    assert (told.reason, told.at) == ("赵敏病假", clock())
    assert (later.before, later.after) == ("休息", "中班")


def test_a_change_after_publishing_needs_a_reason(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EE"))
    rosters.publish(DECEMBER, {})
    with pytest.raises(ReasonMissing):
        rosters.change_published(DECEMBER, row(key, "N"), "  ")
    assert line(rosters, key)[0] == "E"
    assert rosters.changes(DECEMBER) == []


def test_a_lock_needs_no_reason(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EE"))
    rosters.publish(DECEMBER, {})
    rosters.lock(DECEMBER, [(key, 0), (key, 5)])
    assert rosters.changes(DECEMBER) == []


def test_a_draft_has_no_changes_to_give_reasons_for(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EE"))
    with pytest.raises(NotPublished):
        rosters.change_published(DECEMBER, row(key, "N"), "病假")


def test_before_its_month_a_roster_is_withdrawn_and_published_anew(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "NE"))
    (obstacle,) = rosters.obstacles(DECEMBER)
    rosters.publish(DECEMBER, {obstacle.key: "缺人"})
    rosters.withdraw(DECEMBER)
    rosters.set_cells(DECEMBER, row(key, "-E"))
    rosters.publish(DECEMBER, {})
    assert rosters.accepted(DECEMBER) == []


def test_a_month_that_has_begun_is_not_withdrawn(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(NOVEMBER, row(key, "E"))
    with pytest.raises(NotPublished):
        rosters.withdraw(NOVEMBER)
    rosters.publish(NOVEMBER, {})
    with pytest.raises(Begun):
        rosters.withdraw(NOVEMBER)


def test_wishes_reach_the_problem_and_the_list(ward, rosters, clock):
    (key,) = ward.hire("何梅")
    day = date(2026, 12, 24)
    number = rosters.add_wish(NewWish(int(key), day, "not", "N", 9, " 看病 "))
    (wish,) = rosters.month(DECEMBER).problem.wishes
    assert (wish.person, wish.day, wish.shifts) == (key, 23, {"N"})
    assert (wish.wanted, wish.weight) == (False, 9)
    (told,) = rosters.wishes(DECEMBER)
    assert (told.name, told.day, told.shift, told.note) == ("何梅", day, "夜班", "看病")
    assert (told.asked_at, told.noted_by) == (clock(), "director")
    rosters.remove_wish(number)
    assert rosters.wishes(DECEMBER) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "off", "code": "E"},
        {"kind": "not"},
        {"kind": "maybe"},
        {"kind": "on", "code": "X"},
        {"weight": 0},
        {"weight": 101},
    ],
)
def test_a_wish_that_says_nothing_is_refused(ward, rosters, facts):
    (key,) = ward.hire("何梅")
    with pytest.raises(Refusal):
        rosters.add_wish(NewWish(int(key), DECEMBER, **facts))


def test_the_front_desk_changes_no_roster(ward):
    with pytest.raises(NotAllowed):
        ward.rosters(Role.FRONT_DESK).set_cells(DECEMBER, {})


def test_a_month_takes_as_many_queries_for_many_people_as_for_few(ward, rosters):
    def queries():
        asked = []

        def count(_connection, _cursor, statement, *_more):
            asked.append(statement)

        event.listen(ward.db._engine, "before_cursor_execute", count)
        rosters.month(DECEMBER)
        event.remove(ward.db._engine, "before_cursor_execute", count)
        return len(asked)

    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "EE"))
    few = queries()
    for key in ward.hire(*(f"护理员{number}" for number in range(20))):
        rosters.set_cells(DECEMBER, row(key, "ELN"))
    assert queries() == few


def test_a_kind_of_shift_that_is_given_up_stays_where_it_stands(ward, rosters):
    (key,) = ward.hire("何梅")
    rosters.set_cells(DECEMBER, row(key, "E"))
    with ward.db.writing(ROLES[Role.DIRECTOR], "test") as session:
        for kind in session.scalars(select(ShiftKindRow)):
            kind.is_active = False
    month = rosters.month(DECEMBER)
    assert [shift.code for shift in month.problem.shifts] == ["E"]
    assert rosters.month(NOVEMBER).problem.shifts == ()

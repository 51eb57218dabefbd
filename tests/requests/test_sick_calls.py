"""A sick call: the shifts it opens, who steps in, one deed that can be taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from carehome.db.staff import StaffLeaveRow
from carehome.rules.requests import EndsBeforeStart
from carehome.rules.rights import Role
from carehome.services.requests import Requests, SickCall, SickCalls
from carehome.services.requests.sick_calls import CallOfThePast
from carehome.services.rosters import Mark, Rosters
from tests.conftest import TODAY
from tests.requests.house import MONTH, staff

TENTH = MONTH + timedelta(days=9)


@pytest.fixture
def ids(db):
    return staff(db)[0]


@pytest.fixture
def rosters(as_role):
    return as_role(Rosters, Role.HEAD_NURSE)


@pytest.fixture
def calls(as_role):
    return as_role(SickCalls, Role.HEAD_NURSE)


@pytest.fixture
def call(ids, rosters):
    """The first is on the early shift of the 10th, nobody else is."""
    rosters.set_cells(MONTH, {(str(ids[0]), 9): Mark("E"), (str(ids[0]), 3): Mark("N")})
    return SickCall(ids[0], TENTH, TENTH, "发烧")


def row(rosters, key):
    return rosters.month(MONTH).roster.rows[str(key)]


def test_plan_names_the_shifts_of_these_days_only(calls, call):
    assert [(shift.day, shift.gap.shift) for shift in calls.plan(call, {})] == [
        (TENTH, "E")
    ]


def test_plan_leaves_open_what_nobody_needs(calls, call):
    (shift,) = calls.plan(call, {})
    assert not shift.is_needed
    assert shift.chosen is None


def test_who_calls_in_is_never_their_own_replacement(calls, call):
    (shift,) = calls.plan(call, {})
    assert all(
        move.person != str(call.staff_id) for fix in shift.options for move in fix.moves
    )


def test_call_clears_the_cell_and_keeps_the_rest(calls, call, rosters):
    calls.call_in(call, {})
    cells = row(rosters, call.staff_id)
    assert (cells[9], cells[3]) == ("", "N")


def test_call_is_written_down_as_sick_leave(calls, call, db):
    calls.call_in(call, {})
    with db.reading() as session:
        leave = session.scalars(select(StaffLeaveRow)).one()
        assert (leave.kind, leave.starts, leave.last_day) == ("sick", TENTH, TENTH)


def test_changes_of_a_published_roster_tell_why(calls, call, rosters):
    reasons = {each.key: "缺人" for each in rosters.obstacles(MONTH)}
    rosters.publish(MONTH, reasons)
    calls.call_in(call, {})
    assert {change.reason for change in rosters.changes(MONTH)} == {"何梅请病假：发烧"}


def test_call_is_taken_back_as_one(calls, call, rosters, db, as_role):
    number = calls.call_in(call, {})
    as_role(Requests, Role.HEAD_NURSE).take_back(number)
    assert row(rosters, call.staff_id)[9] == "E"
    with db.reading() as session:
        assert session.scalars(select(StaffLeaveRow)).all() == []


def test_days_that_are_over_are_refused(calls, ids):
    past = TODAY - timedelta(days=1)
    with pytest.raises(CallOfThePast):
        calls.plan(SickCall(ids[0], past, TODAY), {})


def test_last_day_before_the_first_is_refused(calls, ids):
    with pytest.raises(EndsBeforeStart):
        calls.plan(SickCall(ids[0], TENTH, TODAY), {})


def test_call_without_a_roster_is_leave_alone(calls, ids):
    later = date(2027, 5, 3)
    assert calls.plan(SickCall(ids[0], later, later), {}) == []

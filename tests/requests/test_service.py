from datetime import date, timedelta

import pytest

from carehome.db.staff import StaffLeaveRow
from carehome.rules.requests import (
    AlreadyDecided,
    NotApproved,
    NotAsLeft,
    NothingToSwap,
    ReasonMissing,
    Request,
    RequestKind,
    RequestState,
)
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.staff import Leave
from carehome.services.requests import Requests
from carehome.services.rosters import Mark, Rosters
from tests.conftest import TODAY
from tests.requests.house import MONTH, staff

# The working days of December 2026, counted from 0.
WORKED = [n for n in range(31) if (MONTH + timedelta(n)).weekday() < 5]


@pytest.fixture
def people(db):
    return staff(db)[0]


@pytest.fixture
def requests(as_role, people):
    return as_role(Requests, Role.HEAD_NURSE)


@pytest.fixture
def rosters(as_role, people):
    """A draft in which the first works early on the 3rd, the second by night."""
    service = as_role(Rosters, Role.HEAD_NURSE)
    one, other, _third = map(str, people)
    service.set_cells(MONTH, {(one, 2): Mark("E"), (other, 2): Mark("N")})
    return service


def day(number):
    return date(2026, 12, number)


def leave(who, first, last, kind=Leave.ANNUAL):
    return Request(RequestKind.LEAVE, who, day(first), day(last), kind, note="回老家")


def swap(who, other, number):
    return Request(RequestKind.SWAP, who, day(number), day(number), other_id=other)


def cells(rosters, who):
    row = rosters.month(MONTH).roster.rows[str(who)]
    return {number + 1: code for number, code in enumerate(row) if code}


def publish(rosters):
    reasons = {each.key: "人手不足" for each in rosters.obstacles(MONTH)}
    rosters.publish(MONTH, reasons)


def leaves(db):
    with db.reading() as session:
        return [
            (row.staff_id, row.kind, row.starts, row.last_day)
            for row in session.query(StaffLeaveRow)
        ]


def test_a_request_waits_until_it_is_answered(requests, people):
    requests.add(leave(people[0], 3, 4))
    (line,) = requests.lines(TODAY)
    assert (line.name, line.state) == ("何梅", RequestState.OPEN)
    assert line.request.note == "回老家"


def test_before_it_is_answered_its_effect_is_shown(requests, rosters, people):
    (month,) = requests.preview(leave(people[0], 3, 4))
    assert month.effect.cells == (((str(people[0]), 2), "E", ""),)
    assert not month.is_published


def test_who_is_on_leave_is_asked_for_as_many_shifts_fewer(requests, rosters, people):
    rosters.set_cells(MONTH, {(str(people[0]), n): Mark("E") for n in WORKED})
    (month,) = requests.preview(leave(people[0], 3, 4))
    assert [each.limit for each in month.effect.new if each.counted] == []


def test_without_a_roster_there_is_no_effect(requests, people):
    assert requests.preview(leave(people[0], 3, 4)) == []


def test_looking_ahead_changes_nothing(db, requests, rosters, people):
    requests.preview(leave(people[0], 3, 4))
    assert cells(rosters, people[0]) == {3: "E"}
    assert leaves(db) == []


def test_an_approved_leave_stands_in_the_staff_file_and_in_the_cells(
    db, requests, rosters, people
):
    requests.approve(requests.add(leave(people[0], 3, 4)))
    assert leaves(db) == [(people[0], "annual", day(3), day(4))]
    assert cells(rosters, people[0]) == {}
    bars = rosters.month(MONTH).problem.bars[str(people[0]), 2]
    assert {bar.what for bar in bars.values()} == {"annual"}


def test_an_approved_swap_exchanges_the_cells(requests, rosters, people):
    one, other, _third = people
    requests.approve(requests.add(swap(one, other, 3)))
    assert (cells(rosters, one), cells(rosters, other)) == ({3: "N"}, {3: "E"})


def test_a_swap_on_a_published_roster_is_told_in_its_log(requests, rosters, people):
    one, other, _third = people
    publish(rosters)
    requests.approve(requests.add(swap(one, other, 3)))
    log = rosters.changes(MONTH)
    assert {change.name for change in log} == {"何梅", "赵敏"}
    assert all("何梅" in change.reason for change in log)
    assert cells(rosters, one) == {3: "N"}


@pytest.mark.parametrize("published", [False, True])
def test_an_approval_can_be_taken_back(db, requests, rosters, people, published):
    if published:
        publish(rosters)
    one, other, _third = people
    swapped = requests.add(swap(one, other, 3))
    requests.approve(swapped)
    requests.take_back(swapped)
    away = requests.add(leave(one, 3, 4))
    requests.approve(away)
    requests.take_back(away)
    assert (cells(rosters, one), cells(rosters, other)) == ({3: "E"}, {3: "N"})
    assert leaves(db) == []
    assert {line.state for line in requests.lines(TODAY)} == {RequestState.OPEN}


def test_an_approval_that_the_roster_went_on_from_stays(requests, rosters, people):
    one, other, _third = people
    number = requests.add(swap(one, other, 3))
    requests.approve(number)
    rosters.set_cells(MONTH, {(str(one), 2): Mark("E")})
    with pytest.raises(NotAsLeft):
        requests.take_back(number)
    assert requests.lines(TODAY)[0].state is RequestState.APPROVED


def test_only_an_approval_is_taken_back(requests, people):
    number = requests.add(leave(people[0], 3, 4))
    with pytest.raises(NotApproved):
        requests.take_back(number)


def test_what_is_against_a_hard_rule_needs_a_reason(requests, rosters, people):
    one, other, _third = people
    rosters.set_cells(MONTH, {(str(one), 3): Mark("E")})  # after the night of the 3rd
    number = requests.add(swap(one, other, 3))
    with pytest.raises(ReasonMissing):
        requests.approve(number)
    assert cells(rosters, one) == {3: "E", 4: "E"}
    requests.approve(number, "两人都同意")
    assert cells(rosters, one) == {3: "N", 4: "E"}


def test_a_swap_of_the_same_is_refused(requests, rosters, people):
    one, other, _third = people
    number = requests.add(swap(one, other, 20))
    with pytest.raises(NothingToSwap):
        requests.approve(number)
    assert requests.lines(TODAY)[0].state is RequestState.OPEN


def test_who_is_declined_is_told_why(requests, people):
    number = requests.add(leave(people[0], 3, 4))
    with pytest.raises(ReasonMissing):
        requests.decline(number, "  ")
    requests.decline(number, "当天人手不足")
    (line,) = requests.lines(TODAY)
    assert line.answered.reason == "当天人手不足"
    assert line.state is RequestState.DECLINED


@pytest.mark.parametrize("deed", ["approve", "withdraw"])
def test_nothing_is_answered_twice(requests, people, deed):
    number = requests.add(leave(people[0], 3, 4))
    requests.withdraw(number)
    with pytest.raises(AlreadyDecided):
        getattr(requests, deed)(number)


def test_a_leave_of_two_months_empties_both(requests, rosters, people):
    january = date(2027, 1, 1)
    one = str(people[0])
    rosters.set_cells(january, {(one, 0): Mark("E")})
    asked = Request(
        RequestKind.LEAVE, people[0], day(3), january + timedelta(3), Leave.SICK
    )
    requests.approve(requests.add(asked))
    assert cells(rosters, people[0]) == {}
    assert not any(rosters.month(january).roster.rows[one])


def test_what_was_answered_long_ago_is_not_listed(requests, people):
    number = requests.add(leave(people[0], 3, 4))
    requests.withdraw(number)
    assert requests.lines(day(4) + timedelta(60)) != []
    assert requests.lines(day(4) + timedelta(61)) == []


def test_the_first_page_tells_open_requests(requests, people):
    assert requests.today(TODAY) == []
    requests.add(leave(people[0], 3, 4))
    (line,) = requests.today(TODAY)
    assert line.count == 1
    assert "12月3日" in str(line.text)


def test_only_who_makes_the_roster_sees_requests(as_role, people):
    with pytest.raises(NotAllowed):
        as_role(Requests, Role.FRONT_DESK).lines(TODAY)

from dataclasses import replace
from datetime import date

import pytest

from carehome.rules import requests
from carehome.rules.requests import (
    EndsBeforeStart,
    Request,
    RequestKind,
    TooLong,
    WithOneself,
    check_request,
)
from carehome.rules.rosters.problem import (
    Bar,
    Demand,
    Fault,
    Person,
    Problem,
    Roster,
    Shift,
    Why,
)
from carehome.rules.staff import Leave

FIRST = date(2026, 11, 2)  # a Monday
SHIFTS = (
    Shift("E", 480, 420, 480),
    Shift("N", 480, 1380, 480, True, frozenset({"E"})),
)


def problem(**more):
    people = (Person("1", "何梅", unit="7"), Person("2", "赵敏", unit="7"))
    demands = tuple(Demand(day, "E", 1, under=10) for day in range(4))
    return Problem(FIRST, 4, SHIFTS, people, demands, **more)


ROSTER = Roster({"1": ("E", "E", "", "N"), "2": ("", "N", "E", "E")}, {("1", 0): "8"})


def day(number):
    return date(2026, 11, 2 + number)


def leave(first, last):
    return Request(RequestKind.LEAVE, 1, day(first), day(last), Leave.ANNUAL)


def swap(first, last=None):
    last = first if last is None else last
    return Request(RequestKind.SWAP, 1, day(first), day(last), other_id=2)


def effect(request, month, roster):
    """Say what a request does; a leave bars its days."""
    bar = Bar(Why.AWAY, request.leave)
    every = {shift.code: bar for shift in month.shifts}
    days = [(each - FIRST).days for each in request.days if request.leave]
    bars = {**month.bars, **{(str(request.staff_id), each): every for each in days}}
    return requests.effect(request, month, roster, replace(month, bars=bars))


def test_leave_empties_the_days_and_tells_who_is_missing():
    found = effect(leave(0, 0), problem(), ROSTER)
    assert found.cells == ((("1", 0), "E", ""),)
    assert [(each.fault, each.days) for each in found.new] == [
        (Fault.COVER_UNDER, (0,))
    ]


def test_leave_on_days_off_changes_nothing():
    found = effect(leave(2, 2), problem(), ROSTER)
    assert (found.cells, found.new, found.gone) == ((), (), ())


def test_leave_takes_its_hours_away():
    assert effect(leave(0, 3), problem(), ROSTER).minutes == {"1": (1440, 0)}


def test_leave_counts_only_in_the_days_of_the_month():
    request = Request(RequestKind.LEAVE, 1, day(3), day(20), Leave.SICK)
    assert [cell for cell, _old, _new in effect(request, problem(), ROSTER).cells] == [
        ("1", 3)
    ]


def test_a_swap_exchanges_one_day_of_both():
    found = effect(swap(0), problem(), ROSTER)
    assert found.cells == ((("1", 0), "E", ""), (("2", 0), "", "E"))


def test_a_swap_of_two_days_leaves_the_hours_as_they_are():
    found = effect(swap(0, 2), problem(), ROSTER)
    assert found.minutes == {"1": (1440, 1440), "2": (1440, 1440)}


def test_a_swap_tells_too_little_rest():
    found = effect(swap(1), problem(), ROSTER)  # the night of 2 then lies with 1
    assert not any(
        each.fault is Fault.FOLLOWING and each.person == "1" for each in found.new
    )
    gone = [each.fault for each in found.gone]
    assert gone == [Fault.FOLLOWING]


def test_a_swap_that_asks_for_a_missing_certificate_is_hard():
    bars = {("2", 0): {"E": Bar(Why.CERTIFICATE, "健康证")}}
    found = effect(swap(0), problem(bars=bars), ROSTER)
    assert [(each.fault, each.person) for each in found.hard] == [(Fault.BARRED, "2")]


def test_what_gets_worse_is_told_once():
    both = Roster({"1": ("E", "", "", ""), "2": ("E", "", "", "")})
    demands = (Demand(0, "E", 3, under=10),)
    people = (Person("1"), Person("2"))
    short = Problem(FIRST, 4, SHIFTS, people, demands)
    found = effect(leave(0, 0), short, both)
    assert [each.amount for each in found.new] == [2]
    assert found.gone == ()


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        (leave(3, 1), EndsBeforeStart),
        (
            Request(
                RequestKind.LEAVE,
                1,
                date(2026, 1, 1),
                date(2027, 1, 2),
                Leave.SICK,
            ),
            TooLong,
        ),
        (Request(RequestKind.SWAP, 1, FIRST, FIRST, other_id=1), WithOneself),
        (Request(RequestKind.SWAP, 1, FIRST, FIRST), WithOneself),
    ],
)
def test_what_cannot_be_asked_for_is_refused(request_, refusal):
    with pytest.raises(refusal):
        check_request(request_)


def test_a_whole_year_and_a_swap_of_an_earlier_day_can_be_asked_for():
    year = date(2026, 1, 1), date(2027, 1, 1)
    check_request(Request(RequestKind.LEAVE, 1, *year, Leave.MATERNITY))
    check_request(swap(2, 2))

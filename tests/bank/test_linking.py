"""A line of the bank finds the deeds in the books that come to it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from carehome.rules.bank.linking import (
    WINDOW,
    NothingLeft,
    OpenDeed,
    OtherSum,
    check_sum,
    fitting,
)
from carehome.rules.bank.reconciling import AccountLine, Claim, Deed

DAY = date(2026, 11, 10)


def line(fen, *claims):
    return AccountLine(1, DAY, fen, 0, "", tuple(Claim(c, None, "x") for c in claims))


def deed(number, fen, days=0):
    return OpenDeed(Deed("payment", number), DAY + timedelta(days=days), fen)


def numbers(found):
    return [[each.deed.source for each in group] for group in found]


def test_the_nearest_of_equal_deeds_stands_first():
    deeds = [deed(1, 500, -3), deed(2, 500, 1), deed(3, 501)]
    assert numbers(fitting(line(500), deeds)) == [[2], [1]]


@pytest.mark.parametrize(
    ("days", "fits"), [(WINDOW.days, True), (WINDOW.days + 1, False)]
)
def test_a_deed_of_long_ago_does_not_fit(days, fits):
    assert bool(fitting(line(5), [deed(1, 5, -days)])) is fits


def test_what_waits_for_the_bank_is_not_there_before_it_came():
    waiting = replace(deed(1, 500, 1), is_waiting=True)
    assert fitting(line(500), [waiting]) == ()
    assert numbers(fitting(line(500), [replace(waiting, day=DAY)])) == [[1]]


def test_money_in_does_not_fit_money_out():
    assert fitting(line(-500), [deed(1, 500)]) == ()
    assert numbers(fitting(line(-500), [deed(1, -500)])) == [[1]]


def test_those_of_one_day_may_come_together():
    deeds = [deed(2, 200, -1), deed(1, 100, -1), deed(3, 100, -2)]
    assert numbers(fitting(line(300), deeds)) == [[1, 2]]


def test_all_that_waited_may_come_together():
    deeds = [deed(1, 100, -1), deed(2, 200, -2), deed(3, 900, 1)]
    assert numbers(fitting(line(300), deeds)) == [[1, 2]]


def test_only_what_is_left_of_a_line_is_looked_for():
    assert numbers(fitting(line(500, 200), [deed(1, 300), deed(2, 500)])) == [[1]]
    assert fitting(line(500, 500), [deed(1, 500)]) == ()


def test_what_is_chosen_comes_to_what_is_left():
    check_sum(line(500, 200), 300)
    with pytest.raises(OtherSum):
        check_sum(line(500, 200), 500)
    with pytest.raises(NothingLeft):
        check_sum(line(500, 500), 0)

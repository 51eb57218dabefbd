"""Books and bank are compared to the fen on any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.bank.reconciling import (
    AccountLine,
    Cause,
    Claim,
    Deed,
    Movement,
    reconcile,
)

NOVEMBER = date(2026, 11, 1)
FIRST, SECOND, THIRD = (NOVEMBER + timedelta(days=n) for n in range(3))
PAID = Deed("payment", 1)


def line(day, fen, balance, *claims, line_id=1):
    return AccountLine(line_id, day, fen, balance, "", claims)


def told(found):
    return [(each.cause, each.day, each.fen) for each in found.differences]


def test_a_payment_that_the_bank_tells_too_is_no_difference():
    lines = [line(FIRST, 500, 1500, Claim(500, PAID))]
    found = reconcile(SECOND, [Movement(PAID, FIRST, 500)], lines, begins_even=True)
    assert (found.books_fen, found.bank_fen, told(found)) == (1500, 1500, [])
    assert found.is_even


def test_a_line_that_nobody_booked_is_a_difference():
    found = reconcile(FIRST, [], [line(FIRST, 500, 1500)], begins_even=True)
    assert told(found) == [(Cause.ONLY_BANK, FIRST, 500)]


def test_a_payment_that_the_bank_does_not_tell_is_a_difference():
    lines = [line(FIRST, 500, 1500, Claim(500, None, "利息"))]
    found = reconcile(SECOND, [Movement(PAID, SECOND, 70)], lines, begins_even=True)
    assert told(found) == [(Cause.ONLY_BOOKS, SECOND, -70)]
    assert found.aside_fen == 500


def test_money_on_its_way_is_a_difference_until_it_comes():
    lines = [
        line(FIRST, 1, 1, Claim(1, None, "利息")),
        line(THIRD, 70, 71, Claim(70, PAID)),
    ]
    booked = [Movement(PAID, SECOND, 70)]
    assert told(reconcile(SECOND, booked, lines, True)) == [
        (Cause.ONLY_BOOKS, SECOND, -70)
    ]
    assert told(reconcile(THIRD, booked, lines, True)) == []


def test_a_void_payment_leaves_its_line_to_the_bank_alone():
    lines = [line(FIRST, 500, 500, Claim(500, PAID))]
    booked = [Movement(PAID, FIRST, 500), Movement(PAID, THIRD, -500)]
    assert told(reconcile(SECOND, booked, lines, True)) == []
    assert told(reconcile(THIRD, booked, lines, True)) == [
        (Cause.ONLY_BANK, FIRST, 500)
    ]


def test_unequal_amounts_are_told():
    lines = [line(FIRST, 500, 500, Claim(500, PAID))]
    found = reconcile(FIRST, [Movement(PAID, FIRST, 501)], lines, True)
    assert told(found) == [(Cause.UNEQUAL, FIRST, -1)]


def test_missing_lines_are_told():
    lines = [
        line(FIRST, 1, 1, Claim(1, None, "息")),
        line(THIRD, 1, 9, Claim(1, None, "息")),
    ]
    assert told(reconcile(THIRD, [], lines, True)) == [(Cause.GAP, THIRD, 7)]


def test_an_account_that_the_books_know_from_before_begins_with_theirs():
    lines = [line(SECOND, 5, 105, Claim(5, None, "利息"))]
    carried = [Movement(Deed("opening", 1), FIRST, 90)]
    found = reconcile(SECOND, carried, lines, begins_even=False)
    assert (found.books_fen, told(found)) == (90, [(Cause.OPENING, SECOND, 10)])


def test_nothing_can_be_said_before_the_first_line():
    assert reconcile(FIRST, [], [line(SECOND, 1, 1)], True) is None


DAYS = st.integers(0, 9).map(lambda days: NOVEMBER + timedelta(days=days))
FEN = st.integers(-1000, 1000).filter(bool)
DEEDS = st.integers(1, 6).map(lambda number: Deed("payment", number))
CLAIMS = st.lists(st.builds(Claim, FEN, st.none() | DEEDS), max_size=3).map(tuple)
LINES = st.lists(
    st.builds(AccountLine, st.integers(1, 99), DAYS, FEN, FEN, st.just(""), CLAIMS)
).map(lambda found: sorted(found, key=lambda each: each.day))
MOVEMENTS = st.lists(st.builds(Movement, DEEDS, DAYS, FEN))


@given(DAYS, MOVEMENTS, LINES, st.booleans())
def test_the_differences_always_lead_from_the_books_to_the_bank(
    day, movements, lines, begins_even
):
    found = reconcile(day, movements, lines, begins_even)
    if found is not None:
        apart = sum(each.fen for each in found.differences)
        assert found.books_fen + found.aside_fen + apart == found.bank_fen
        on_way = sum(each.fen for each in found.to_come)
        assert found.bank_fen - on_way == found.adjusted_fen


def test_what_was_booked_before_the_first_line_and_told_later_was_on_its_way():
    lines = [line(SECOND, 70, 570, Claim(70, PAID))]
    found = reconcile(SECOND, [Movement(PAID, FIRST, 70)], lines, begins_even=True)
    assert (found.books_fen, told(found)) == (570, [])

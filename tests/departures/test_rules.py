"""What a settlement comes to, counted by hand and for any books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.departures import (
    Departure,
    NoSuchTime,
    check_time,
    papers_needed,
)
from carehome.rules.settlement import (
    Books,
    NotEven,
    NothingToClaim,
    claim,
    most_set_off,
)

FEN = st.integers(0, 10**9)


def test_deposit_pays_what_is_owed_and_the_rest_goes_back():
    books = Books(billed=3900_00, paid=2600_00, deposit=5000_00)
    assert (books.owed, books.held, most_set_off(books)) == (1300_00, 5000_00, 1300_00)
    assert books.to_family == 3700_00


def test_a_deposit_too_small_leaves_a_sum_to_pay():
    books = Books(billed=3900_00, deposit=1000_00)
    assert most_set_off(books) == 1000_00
    assert books.to_family == -2900_00


def test_prepaid_money_goes_back():
    books = Books(billed=1300_00, paid=2000_00)
    assert (books.prepaid, books.owed, books.to_family) == (700_00, 0, 700_00)


def test_a_claim_is_what_is_owed_and_says_why():
    books = Books(billed=1)
    assert claim(books, "家属失联") == 1
    with pytest.raises(NotEven):
        claim(books, " ")
    with pytest.raises(NothingToClaim):
        claim(Books(), "多余")


@given(FEN, FEN, FEN, FEN)
def test_every_fen_goes_somewhere(billed, paid, deposit, damage):
    """Paid and held is billed, kept, given back, or still owed: nothing is lost."""
    before = Books(billed, paid, deposit, damage=min(damage, deposit))
    off = most_set_off(before)
    middle = Books(billed, paid, deposit, off, before.damage)
    after = Books(
        billed, paid, deposit, off, before.damage, 0, middle.held, middle.prepaid
    )
    assert (after.held, after.prepaid) == (0, 0)
    given_back = after.refunded + after.paid_out
    assert paid + deposit + after.owed == billed + after.damage + given_back
    assert before.to_family == given_back - after.owed


@pytest.mark.parametrize("typed", ["", "00:00", "06:30", "23:59"])
def test_times_of_day(typed):
    check_time(typed)


@pytest.mark.parametrize("typed", ["6:30", "24:00", "12:60", "早上", "06：30"])
def test_no_times_of_day(typed):
    with pytest.raises(NoSuchTime):
        check_time(typed)


def test_the_papers_follow_from_the_kind_and_the_belongings():
    assert papers_needed(Departure.HOME, False) == ("settlement", "agreement")
    assert papers_needed(Departure.DEATH, True) == (
        *("death", "settlement"),
        *("belongings", "agreement"),
    )

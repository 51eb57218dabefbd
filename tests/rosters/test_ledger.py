from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.rosters.ledger import Tally, fair_limits, fair_shares, tally
from carehome.rules.rosters.problem import OFF, Limit

FRIDAY = date(2026, 10, 2)
MONTH = {"a": 30, "b": 30, "c": 30}


def test_a_row_is_told_by_shifts_nights_weekends_and_holidays():
    row = [(FRIDAY + timedelta(days=n), code) for n, code in enumerate(["N", "E", OFF])]
    told = tally(row, frozenset("N"), lambda day: day <= date(2026, 10, 3))
    assert told == Tally(days=3, shifts=2, nights=1, weekends=1, holidays=2)


def test_months_add_up():
    assert Tally(30, 20, 6, 4, 1) + Tally(10, 5, 1, 2) == Tally(40, 25, 7, 6, 1)


def test_without_a_year_behind_everybody_gets_the_same():
    assert set(fair_shares(18, MONTH, {}).values()) == {Fraction(6)}


def test_who_had_fewer_nights_gets_more_now():
    done = {"a": (300, 50), "b": (300, 60), "c": (300, 55)}
    shares = fair_shares(18, MONTH, done)
    assert shares["a"] > shares["c"] > shares["b"]


def test_nobody_makes_up_for_a_year_in_one_month():
    done = {"a": (300, 0), "b": (300, 60), "c": (300, 60)}
    assert fair_shares(18, MONTH, done)["a"] == 9


def test_who_came_lately_owes_nothing_for_the_time_before():
    done = {"a": (0, 0), "b": (300, 60), "c": (300, 60)}
    assert set(fair_shares(18, MONTH, done).values()) == {Fraction(6)}


def test_who_is_here_for_half_of_the_month_gets_half():
    shares = fair_shares(20, {"a": 30, "b": 15, "c": 30}, {})
    assert shares == {"a": 8, "b": 4, "c": 8}


def test_who_cannot_be_given_any_gets_none():
    assert fair_shares(12, {"a": 30, "b": 0}, {}) == {"a": 12, "b": 0}


def test_a_limit_lies_around_a_share_that_is_not_whole():
    limits = fair_limits(10, MONTH, {}, weight=4)
    assert limits == dict.fromkeys("abc", Limit(3, 4, 4))


def test_a_whole_share_is_asked_for_exactly():
    assert fair_limits(9, MONTH, {}, weight=4)["a"] == Limit(3, 3, 4)


@given(
    st.integers(0, 200),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 31), min_size=1),
    st.dictionaries(
        st.sampled_from("abcdef"), st.tuples(st.integers(0, 365), st.integers(0, 90))
    ),
)
def test_shares_come_to_the_whole(total, here, done):
    shares = fair_shares(total, here, done)
    assert sum(shares.values()) == (total if any(here.values()) else 0)
    assert shares.keys() == here.keys()

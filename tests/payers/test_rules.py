from dataclasses import replace
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from carehome.rules.payers.claims import (
    Claim,
    Key,
    MoreThanCame,
    MoreThanOpen,
    NoAmount,
    NothingOpen,
    Share,
    ages,
    allot,
    allot_as_told,
    due_on,
)
from carehome.rules.payers.payer import (
    BadDueDays,
    Payer,
    PayerNameMissing,
    check_payer,
)

SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))
WANG, LI = 1, 2


def claim(month=OCTOBER, who=WANG, borne=400_00, due=date(2026, 11, 30), **more):
    sums = {"paid": 0, "refused": 0, "written_off": 0} | more
    name = {WANG: "王秀英", LI: "李桂兰"}.get(who, str(who))
    return Claim(5, who, name, month, borne, due=due, **sums)


def test_what_is_open_is_what_neither_came_nor_was_refused():
    found = claim(paid=100_00, refused=50_00, written_off=30_00)
    assert found.open == 220_00


def test_the_oldest_month_is_settled_first():
    claims = [claim(OCTOBER), claim(SEPTEMBER), claim(OCTOBER, LI)]
    found = allot(claims, 700_00)
    assert found.shares == (
        Share(Key(SEPTEMBER, WANG), 400_00),
        Share(Key(OCTOBER, WANG), 300_00),
    )
    assert found.rest == 0


def test_what_no_month_needs_is_left():
    assert allot([claim()], 500_00).rest == 100_00


def test_months_that_were_paid_twice_get_nothing():
    assert allot([claim(paid=500_00)], 100_00).shares == ()


def test_money_goes_where_it_is_told():
    claims = [claim(SEPTEMBER), claim(OCTOBER, LI)]
    found = allot_as_told(claims, {Key(OCTOBER, LI): 250_00}, 300_00)
    assert found.shares == (Share(Key(OCTOBER, LI), 250_00),)
    assert found.rest == 50_00


TOLD_WRONG = [
    ({Key(OCTOBER, WANG): 400_01}, 500_00, MoreThanOpen),
    ({Key(NOVEMBER, WANG): 1}, 500_00, NothingOpen),
    ({Key(OCTOBER, WANG): 0}, 500_00, NoAmount),
    ({Key(OCTOBER, WANG): 400_00}, 300_00, MoreThanCame),
]


@pytest.mark.parametrize(("told", "fen", "refusal"), TOLD_WRONG)
def test_what_is_told_wrong_is_refused(told, fen, refusal):
    with pytest.raises(refusal):
        allot_as_told([claim()], told, fen)


def test_the_refusal_says_how_much_is_open_of_whom():
    with pytest.raises(MoreThanOpen) as refusal:
        allot_as_told([claim()], {Key(OCTOBER, WANG): 400_01}, 500_00)
    assert "400.00" in refusal.value.message
    assert "王秀英" in refusal.value.message


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 12), st.integers(0, 999))),
    st.integers(1, 5000),
)
def test_money_is_shared_out_to_the_fen(owed, fen):
    claims = [claim(date(2026, m, 1), who, borne) for who, m, borne in owed]
    claims = list({each.key: each for each in claims}.values())
    found = allot(claims, fen)
    given_out = {share.key: share.fen for share in found.shares}
    assert sum(given_out.values()) + found.rest == fen
    assert all(given_out.get(each.key, 0) <= each.open for each in claims)
    assert not found.rest or sum(given_out.values()) == sum(x.open for x in claims)


def test_a_month_is_due_some_days_after_its_statement_was_sent():
    posted = date(2026, 11, 2)
    assert due_on(OCTOBER, posted, date(2026, 11, 5), 30) == date(2026, 12, 5)


def test_without_a_statement_the_days_count_from_the_end_of_the_month():
    assert due_on(OCTOBER, date(2026, 10, 30), None, 30) == date(2026, 12, 1)


def test_what_is_billed_late_is_not_due_before_that():
    assert due_on(OCTOBER, date(2026, 12, 9), None, 30) == date(2027, 1, 8)


AGED = [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]


@pytest.mark.parametrize(("late", "place"), AGED)
def test_what_is_open_is_sorted_by_how_late_it_is(late, place):
    due = date(2026, 8, 1)
    found = ages([claim(due=due)], date.fromordinal(due.toordinal() + late))
    assert [at for at, fen in enumerate(found.parts) if fen] == [place]
    assert found.overdue == (400_00 if place else 0)


PAYER = Payer(0, "insurance", "长护险")


@pytest.mark.parametrize(
    ("payer", "refusal"),
    [
        (replace(PAYER, name=" "), PayerNameMissing),
        (replace(PAYER, due_days=-1), BadDueDays),
        (replace(PAYER, due_days=366), BadDueDays),
    ],
)
def test_a_payer_has_a_name_and_days_to_pay(payer, refusal):
    with pytest.raises(refusal):
        check_payer(payer)

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from carehome.rules.ledger import deeds, sums
from carehome.rules.ledger.accounts import (
    Code,
    NumberMissing,
    NumberTaken,
    check_number,
    read_accounts,
    with_own,
)
from carehome.rules.ledger.booking import Closure, booked_on, open_from
from carehome.rules.ledger.deeds import Billed, Given, Moved, Part, Utility, Void
from carehome.rules.ledger.entry import Entry, Kind, Unbalanced, debit
from carehome.rules.periods import Period, month_of

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (10, 11, 12))
DAY = date(2026, 11, 5)
PAID = Moved(1, Kind.PAYMENT, "2026-000001", DAY, 7, "cash", 2600_00, "")


def billed(*parts: Part, day: date = date(2026, 10, 31)) -> Billed:
    total = sum(part.fen for part in parts)
    return Billed(3, "2026-000003", day, OCTOBER, 7, parts, total)


BED, CARE = Part("bed", 0, 1200_00), Part("care", 0, 800_00)
INSURED = Part("", 5, -500_00)


def lines(entries) -> list[tuple[str, str | int, int]]:
    return [
        (line.account.value, line.party.key if line.party else "", line.fen)
        for entry in entries
        for line in entry.lines
    ]


def test_every_account_of_the_program_has_a_number_of_its_own():
    accounts = read_accounts()
    assert set(accounts) == set(Code)
    assert len({each.number for each in accounts.values()}) == len(Code)


def test_the_home_gives_an_account_its_own_number():
    own = with_own(read_accounts(), {"cash": ("100101", "现金—总务")})
    assert (own[Code.CASH].number, own[Code.CASH].name) == ("100101", "现金—总务")
    assert own[Code.BANK] == read_accounts()[Code.BANK]


def test_two_accounts_never_bear_one_number():
    number = read_accounts()[Code.BANK].number
    with pytest.raises(NumberTaken):
        check_number(read_accounts(), Code.CASH, f" {number}", "现金")


@pytest.mark.parametrize(("number", "name"), [(" ", "现金"), ("1001", "")])
def test_an_account_needs_a_number_and_a_name(number, name):
    with pytest.raises(NumberMissing):
        check_number(read_accounts(), Code.CASH, number, name)


def test_an_entry_out_of_balance_is_refused():
    with pytest.raises(Unbalanced):
        Entry(DAY, Kind.PAYMENT, 1, "", "", (debit(Code.CASH, 1),))


def test_a_bill_owes_what_it_charges_and_earns_by_category():
    assert lines(deeds.of_bill(billed(BED, CARE))) == [
        ("residents", 7, 2000_00),
        ("income_bed", 7, -1200_00),
        ("income_care", 7, -800_00),
    ]


def test_what_another_payer_bears_is_owed_by_them():
    found = lines(deeds.of_bill(billed(CARE, INSURED)))
    assert ("payers", 5, 500_00) in found
    assert ("residents", 7, 300_00) in found
    assert ("income_care", 7, -800_00) in found


def test_a_credit_bill_stands_on_the_other_side():
    [entry] = deeds.of_bill(billed(Part("care", 0, -100_00)))
    assert [(x.debit, x.credit) for x in entry.lines] == [(0, 100_00), (100_00, 0)]


def test_a_bill_ahead_of_its_month_is_earned_in_it():
    first, second = deeds.of_bill(billed(BED, day=date(2026, 9, 28)))
    assert lines([first])[1] == ("billed_ahead", 7, -1200_00)
    assert second.day == OCTOBER
    assert lines([second]) == [
        ("billed_ahead", 7, 1200_00),
        ("income_bed", 7, -1200_00),
    ]


def test_a_void_is_an_entry_of_its_own_day():
    void = Void(date(2026, 12, 2), "打错")
    kept, back = deeds.of_payment(replace(PAID, void=void))
    assert kept.day == DAY
    assert (back.day, back.is_void, back.text) == (void.day, True, "打错")
    assert sums.balances([kept, back], Code.CASH) == {}


DEPOSIT_WAYS = {
    Kind.OPENING: [("deposit_bank", 100), ("deposits", -100)],
    Kind.DEPOSIT: [("cash", 100), ("deposits", -100)],
    Kind.DEPOSIT_REFUND: [("deposits", 100), ("cash", -100)],
    Kind.EMERGENCY: [("deposits", 100), ("cash", -100)],
    Kind.SET_OFF: [("deposits", 100), ("residents", -100)],
    Kind.DAMAGE: [("deposits", 100), ("income_damage", -100)],
}


@pytest.mark.parametrize("kind", DEPOSIT_WAYS)
def test_a_deposit_moves_between_what_is_held_and_where_it_goes(kind):
    moved = Moved(1, kind, "", DAY, 7, "cash", 100, "")
    found = [(account, fen) for account, _who, fen in lines(deeds.of_deposit(moved))]
    assert found == DEPOSIT_WAYS[kind]


def test_a_deposit_given_back_by_bank_leaves_the_dedicated_account():
    moved = Moved(1, Kind.DEPOSIT_REFUND, "", DAY, 7, "transfer", 100, "")
    assert ("deposit_bank", "", -100) in lines(deeds.of_deposit(moved))


def test_a_banked_deposit_goes_from_the_till_to_the_dedicated_account():
    moved = Moved(1, Kind.DEPOSIT, "", DAY, 7, "cash", 100, "")
    taken, banked = deeds.of_deposit(moved, DAY + timedelta(days=1))
    assert banked.day == DAY + timedelta(days=1)
    assert sums.balance([taken, banked], Code.CASH) == 0
    assert sums.balance([taken, banked], Code.DEPOSIT_BANK) == 100


@pytest.mark.parametrize(
    ("method", "place"), [("cash", "trust_cash"), ("transfer", "trust_bank")]
)
def test_trust_money_never_touches_the_money_of_the_home(method, place):
    came = Moved(1, Kind.TRUST_IN, "", DAY, 7, method, 300, "养老金")
    went = Moved(2, Kind.TRUST_OUT, "", DAY, 7, method, 100, "买鞋")
    entries = [*deeds.of_trust(came), *deeds.of_trust(went)]
    assert {account for account, _who, _fen in lines(entries)} == {place, "trust"}
    assert sums.balances(entries, Code.TRUST) == {deeds.resident(7): -200}


def test_what_is_left_of_a_donation_is_what_came_less_what_was_used():
    came = Given(1, Kind.DONATION, "", DAY, 4, "goods", 500, "米面")
    used = Given(2, Kind.DONATION_USE, "", DAY, 4, "goods", 200, "食堂")
    entries = [*deeds.of_donation(came), *deeds.of_donation(used)]
    assert sums.balance(entries, Code.GOODS) == 300


def test_a_utility_bill_is_owed_until_it_is_paid():
    bill = Utility(1, "", DAY, "供电公司", 800, "", DAY + timedelta(days=9), "transfer")
    asked, paid = deeds.of_utility(bill)
    assert sums.balance([asked], Code.PAYABLE) == -800
    assert sums.balance([asked, paid], Code.PAYABLE) == 0
    assert sums.balance([asked, paid], Code.BANK) == -800


# ---- on which day a bill stands in the books


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("posted", "booked"),
    [
        (date(2026, 10, 28), date(2026, 10, 28)),
        (date(2026, 11, 15), date(2026, 11, 15)),
        (date(2026, 12, 3), date(2026, 11, 30)),
    ],
)
def test_a_bill_stands_in_its_month_unless_it_is_posted_before(posted, booked):
    assert booked_on(NOVEMBER, posted, at(posted), []) == booked


def test_a_bill_posted_after_the_close_stands_on_its_own_day():
    closed = Closure(NOVEMBER, at(date(2026, 12, 2)))
    posted = date(2026, 12, 3)
    assert booked_on(NOVEMBER, posted, at(posted), [closed]) == posted


def test_a_later_close_moves_no_bill():
    closed = Closure(NOVEMBER, at(date(2026, 12, 4)))
    posted = date(2026, 12, 3)
    assert booked_on(NOVEMBER, posted, at(posted), [closed]) == date(2026, 11, 30)


def test_opening_the_month_again_moves_no_bill():
    closed = Closure(NOVEMBER, at(date(2026, 12, 2)), at(date(2026, 12, 9)))
    early, late = date(2026, 12, 3), date(2026, 12, 10)
    assert booked_on(NOVEMBER, early, at(early), [closed]) == early
    assert booked_on(NOVEMBER, late, at(late), [closed]) == date(2026, 11, 30)


def test_the_books_are_open_from_after_the_newest_close():
    reopened = Closure(NOVEMBER, at(date(2026, 12, 2)), at(date(2026, 12, 9)))
    closed = Closure(OCTOBER, at(date(2026, 11, 2)))
    assert open_from([closed, reopened]) == NOVEMBER
    assert open_from([reopened]) is None


# ---- sums


def test_the_table_of_accounts_tells_before_moved_and_after():
    early = replace(PAID, day=date(2026, 10, 9), fen=100)
    entries = [*deeds.of_payment(early), *deeds.of_payment(PAID)]
    cash = next(
        x for x in sums.account_sums(entries, month_of(DAY)) if x.account == Code.CASH
    )
    assert (cash.before, cash.debit, cash.credit) == (100, 2600_00, 0)
    assert cash.after == 2600_00 + 100


def test_what_comes_after_the_period_is_not_in_the_table():
    assert sums.account_sums(deeds.of_payment(PAID), month_of(OCTOBER)) == []


MOVES = st.lists(
    st.tuples(st.integers(0, 60), st.booleans(), st.integers(1, 500), st.integers(1, 3))
)


def made(moves) -> list[Entry]:
    entries: list[Entry] = []
    for source, (days, is_bill, fen, who) in enumerate(moves):
        day = OCTOBER + timedelta(days=days)
        if is_bill:
            parts = (Part("care", "", fen),)
            bill = Billed(source, "", day, OCTOBER, who, parts, fen)
            entries += deeds.of_bill(bill)
        else:
            paid = Moved(source, Kind.PAYMENT, "", day, who, "cash", fen, "")
            entries += deeds.of_payment(paid)
    return entries


@given(MOVES, st.integers(0, 61))
def test_nobody_owes_and_has_prepaid_on_one_day(moves, days):
    entries = made(moves)
    day = OCTOBER + timedelta(days=days)
    split = list(sums.until(sums.apart(entries), day))
    due = sums.balances(split, Code.RECEIVABLE)
    ahead = sums.balances(split, Code.PREPAID)
    assert not due.keys() & ahead.keys()
    assert all(fen > 0 for fen in due.values())
    assert all(fen < 0 for fen in ahead.values())
    whole = sums.balances(sums.until(entries, day), Code.RESIDENTS)
    assert due | ahead == whole


@given(MOVES)
def test_both_sides_of_the_table_of_accounts_are_equal(moves):
    found = sums.account_sums(made(moves), Period(NOVEMBER, DECEMBER))
    assert sum(x.debit for x in found) == sum(x.credit for x in found)
    assert sum(x.before for x in found) == 0
    per_account: dict[Code, int] = defaultdict(int)
    for entry in made(moves):
        for line in entry.lines:
            per_account[line.account] += line.fen
    assert {x.account: x.after for x in found if x.after} == {
        code: fen for code, fen in per_account.items() if fen and code
    }

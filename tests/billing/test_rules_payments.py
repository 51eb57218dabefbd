"""Which bills a payment settles, and how much may be prepaid."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carehome.rules.billing import (
    CreditShare,
    Outstanding,
    Share,
    allot,
    allot_as_told,
    check_payment,
    prepaid_cap,
    settle_credits,
)
from carehome.rules.billing.payments import (
    MoreThanOutstanding,
    MoreThanPaid,
    NothingPaid,
    PrepaidTooMuch,
    UnknownBill,
)
from carehome.rules.rulepacks import read_packs

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
BILLS = [
    Outstanding(3, NOV, 260000),
    Outstanding(1, SEP, 50000),
    Outstanding(2, OCT, 260000),
]
quick = settings(max_examples=50)
bills = st.lists(
    st.builds(
        Outstanding,
        st.integers(1, 99),
        st.sampled_from([SEP, OCT, NOV]),
        st.integers(-500, 500),
    ),
    unique_by=lambda bill: bill.bill_id,
    max_size=6,
)


def test_the_oldest_bill_is_settled_first():
    allotment = allot(BILLS, 100000)
    assert allotment.shares == (Share(1, 50000), Share(2, 50000))
    assert allotment.rest == 0


def test_what_no_bill_needs_is_left_as_prepaid():
    assert allot(BILLS, 600000).rest == 30000


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_of_nothing_is_refused(amount):
    with pytest.raises(NothingPaid):
        allot(BILLS, amount)


def test_the_clerk_may_settle_a_newer_bill():
    allotment = allot_as_told(BILLS, {3: 260000}, 300000)
    assert allotment.shares == (Share(3, 260000),)
    assert allotment.rest == 40000


@pytest.mark.parametrize(
    ("told", "amount", "refusal"),
    [
        ({1: 50001}, 60000, MoreThanOutstanding),
        ({1: 50000, 2: 1}, 50000, MoreThanPaid),
        ({9: 1}, 50000, UnknownBill),
        ({1: 0}, 50000, NothingPaid),
        ({}, 0, NothingPaid),
    ],
)
def test_a_wrong_allotment_is_refused(told, amount, refusal):
    with pytest.raises(refusal):
        allot_as_told(BILLS, told, amount)


def test_the_refusal_names_the_month_and_what_is_outstanding():
    with pytest.raises(MoreThanOutstanding) as refused:
        allot_as_told(BILLS, {1: 60000}, 60000)
    assert refused.value.facts == {"month": "2026-09", "outstanding": "¥500.00"}


def test_a_credit_settles_the_oldest_bills():
    bills = [*BILLS, Outstanding(4, OCT, -60000)]
    assert settle_credits(bills) == (CreditShare(4, 1, 50000), CreditShare(4, 2, 10000))


@pytest.mark.parametrize(
    ("amount", "outstanding", "prepaid", "most"),
    [
        (3_120_000, 0, 0, None),  # 12 months of 2600.00
        (3_120_001, 0, 0, 3_120_000),
        (3_380_000, 260_000, 0, None),  # the open bill comes first
        (3_380_001, 260_000, 0, 3_380_000),
        (1, 0, 3_120_000, 0),
        (260_000, 260_000, 9_000_000, None),  # a debt can always be paid
        (260_001, 260_000, 9_000_000, 260_000),
        (3_120_001, -5_000, 0, 3_120_000),
    ],
)
def test_prepaid_fees_stay_within_their_months(amount, outstanding, prepaid, most):
    cap = prepaid_cap(12, 260_000)
    if most is None:
        check_payment(amount, outstanding, prepaid, cap)
        return
    with pytest.raises(PrepaidTooMuch) as refused:
        check_payment(amount, outstanding, prepaid, cap)
    assert refused.value.facts["most_fen"] == most


@pytest.mark.parametrize(
    ("code", "most"),  # of 2600.00 a month
    [
        ("default", 3_120_000),
        ("national", 3_120_000),
        ("ningxia", 1_560_000),
        ("beijing", 780_000),
        ("shanghai", 780_000),
    ],
)
def test_each_place_has_its_own_months_and_not_a_fen_more(code, most):
    cap = prepaid_cap(read_packs()[code].prepaid.months, 260_000)
    check_payment(most, 0, 0, cap)
    with pytest.raises(PrepaidTooMuch) as refused:
        check_payment(most + 1, 0, 0, cap)
    assert refused.value.facts["most_fen"] == most


def test_a_payment_must_have_an_amount():
    with pytest.raises(NothingPaid):
        check_payment(0, 100, 0, 100)


@quick
@given(bills, st.integers(1, 2000))
def test_no_fen_of_a_payment_is_lost(bills, amount):
    allotment = allot(bills, amount)
    assert sum(share.fen for share in allotment.shares) + allotment.rest == amount


@quick
@given(bills, st.integers(1, 2000))
def test_a_bill_gets_something_only_when_all_older_ones_are_settled(bills, amount):
    shares = {share.bill_id: share.fen for share in allot(bills, amount).shares}
    due = [bill for bill in bills if bill.fen > 0]
    due.sort(key=lambda bill: (bill.month, bill.bill_id))
    open_fen = [bill.fen - shares.get(bill.bill_id, 0) for bill in due]
    assert all(fen >= 0 for fen in open_fen)
    first_open = next((n for n, fen in enumerate(open_fen) if fen), len(due))
    assert not any(bill.bill_id in shares for bill in due[first_open + 1 :])


@quick
@given(bills)
def test_credits_never_pay_more_than_they_are_or_than_is_due(bills):
    left = {bill.bill_id: bill.fen for bill in bills}
    for share in settle_credits(bills):
        left[share.bill_id] -= share.fen
        left[share.credit_bill_id] += share.fen
    before = {bill.bill_id: bill.fen for bill in bills}
    assert all(0 <= left[i] <= fen for i, fen in before.items() if fen >= 0)
    assert all(fen <= left[i] <= 0 for i, fen in before.items() if fen < 0)
    assert not (any(v > 0 for v in left.values()) and any(v < 0 for v in left.values()))

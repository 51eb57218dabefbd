"""Who may approve, and how two lists differ."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.prices.approval import (
    AnotherMayApprove,
    NoReason,
    OwnWriting,
    check_reason,
    check_second,
)
from carehome.rules.prices.comparing import (
    Charged,
    Course,
    PriceChange,
    compare,
    monthly,
)

ITEMS = (
    Charged(1, "床位费", "month", 12),
    Charged(2, "陪诊费", "use", 3),
    Charged(3, "取暖费", "month", 0),
    Charged(4, "理发", "use", 0),
)


def test_a_second_person_approves():
    assert not check_second(2, 1, alone_allowed=False)


@pytest.mark.parametrize("writer", [1, None])
def test_nobody_approves_what_they_wrote_or_nobody_knows_who_did(writer):
    with pytest.raises(OwnWriting):
        check_second(writer, 1, alone_allowed=False)


def test_one_person_alone_does_both_where_that_is_allowed():
    assert check_second(1, 1, alone_allowed=True)


def test_another_who_may_is_asked_even_where_one_may_do_both():
    with pytest.raises(AnotherMayApprove) as refusal:
        check_second(1, 1, alone_allowed=True, other="李敏")
    assert "李敏" in refusal.value.message


def test_a_reason_says_something():
    assert check_reason(" 写错 ") == "写错"
    with pytest.raises(NoReason):
        check_reason("  ")


CHANGES = {
    (1000, 1100): (Course.RISES, 100, Decimal("10.0")),
    (3000, 2000): (Course.FALLS, -1000, Decimal("-33.3")),
    (1000, 1000): (Course.SAME, 0, None),
    (None, 500): (Course.NEW, None, None),
    (500, None): (Course.GONE, None, None),
    (0, 500): (Course.RISES, 500, None),
}


@pytest.mark.parametrize(("prices", "told"), CHANGES.items())
def test_a_change_is_told_in_yuan_and_per_cent(prices, told):
    change = PriceChange(ITEMS[0], *prices)
    assert (change.course, change.difference, change.percent) == told


def test_what_changes_comes_first_and_what_neither_list_has_not_at_all():
    found = compare(ITEMS, {1: 100, 2: 50}, {1: 100, 2: 60, 3: 90})
    assert [each.item.item_id for each in found] == [2, 3, 1]


def test_only_what_is_paid_by_month_counts_into_the_month():
    found = compare(ITEMS, {1: 100_00, 2: 50_00}, {1: 130_00, 2: 90_00})
    assert monthly(found) == 12 * 30_00


FENS = st.dictionaries(st.sampled_from([1, 2, 3, 4]), st.integers(0, 10**7))


@given(FENS, FENS)
def test_back_again_is_the_same_with_the_other_sign(before, after):
    there = {each.item.item_id: each for each in compare(ITEMS, before, after)}
    back = {each.item.item_id: each for each in compare(ITEMS, after, before)}
    assert there.keys() == back.keys() == before.keys() | after.keys()
    for number, change in there.items():
        assert change.difference is None or (
            change.difference == -(back[number].difference or 0)
        )
    assert monthly(there.values()) == -monthly(back.values())

"""How many people a shift needs, against an oracle that counts carers one by one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.rosters import cover
from carehome.rules.rosters.cover import Need

levels = st.integers(0, 4)
residents = st.dictionaries(st.none() | levels, st.integers(0, 60), max_size=6)
ratios = st.dictionaries(levels, st.integers(1, 40), max_size=5)


def test_nine_people_at_one_to_three_need_three_carers():
    assert cover.computed({3: 9}, {3: 3}).need == 3


def test_a_tenth_person_needs_a_fourth_carer():
    assert cover.computed({3: 10}, {3: 3}).need == 4


def test_levels_are_added_before_they_are_rounded_up():
    assert cover.computed({2: 5, 3: 2}, {2: 10, 3: 4}).need == 1


def test_thirds_add_up_exactly():
    assert cover.computed({0: 1, 1: 1, 2: 1}, {0: 3, 1: 3, 2: 3}).need == 1


def test_who_has_no_ratio_asks_for_nobody_but_is_told():
    found = cover.computed({0: 12, 3: 3, None: 2}, {3: 3})
    assert (found.need, found.unrated, found.unknown) == (1, 12, 2)


def test_the_least_holds_where_few_live():
    assert cover.computed({3: 1}, {3: 10}, least=2).need == 2


@given(residents, ratios)
def test_the_need_is_the_smallest_number_of_carers_that_suffices(people, each):
    product = 1
    for number in each.values():
        product *= number
    wanted = sum(
        count * product // each[level]
        for level, count in people.items()
        if level in each
    )
    need = cover.computed(people, each).need
    assert need * product >= wanted
    assert need == 0 or (need - 1) * product < wanted


@given(residents, ratios, levels)
def test_one_more_resident_never_lowers_the_need(people, each, level):
    more = {**people, level: people.get(level, 0) + 1}
    before, after = cover.computed(people, each).need, cover.computed(more, each).need
    assert before <= after <= before + 1


def test_the_newest_need_holds_and_history_stays():
    old = Need(1, 1, 2)
    new = Need(1, 1, 3, starts=date(2026, 12, 1))
    assert cover.holding([old, new], date(2026, 11, 30), is_free=False) == old
    assert cover.holding([old, new], date(2026, 12, 1), is_free=False) == new


def test_a_need_for_free_days_goes_before_one_for_every_day():
    every, free = Need(1, 1, 2), Need(1, 1, 1, days="holiday")
    day = date(2026, 11, 22)
    assert cover.holding([every, free], day, is_free=True) == free
    assert cover.holding([every, free], day, is_free=False) == every


def test_nothing_holds_before_the_first_day():
    need = Need(1, 1, 2, starts=date(2026, 12, 1))
    assert cover.holding([need], date(2026, 11, 30), is_free=False) is None


@pytest.mark.parametrize(
    ("need", "refusal"),
    [
        (Need(1, 1, -1), cover.OutOfRange),
        (Need(1, 1, 100), cover.OutOfRange),
        (Need(1, 1, 3, most=2), cover.MostBelowNeed),
        (Need(1, None, 0, is_computed=True), cover.NoUnit),
    ],
)
def test_a_need_that_makes_no_sense_is_refused(need, refusal):
    with pytest.raises(refusal):
        cover.check(need)


@pytest.mark.parametrize("each", [0, 1000])
def test_a_ratio_lies_between_one_and_999(each):
    with pytest.raises(cover.OutOfRange):
        cover.check_ratio(each)

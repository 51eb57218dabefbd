from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules import waiting as rules
from carehome.rules.waiting import (
    Applicant,
    Ground,
    Misfit,
    OrderRules,
    Rank,
    Room,
    Wish,
    default_rules,
)

DAY = date(2026, 3, 1)
PUBLIC = default_rules("public")
CODES = ["destitute", "hardship", "one_child_loss", "veteran_care", "society"]

applicants = st.builds(
    Applicant,
    st.integers(1, 10_000),
    st.integers(0, 40).map(lambda days: DAY + timedelta(days=days)),
    st.frozensets(st.sampled_from(CODES)),
    st.none() | st.integers(0, 4),
    st.booleans(),
)
crowds = st.lists(applicants, max_size=12, unique_by=lambda each: each.entry_id)
orders = st.sampled_from(
    [PUBLIC, default_rules("private"), OrderRules(by_ability=True)]
)


def ids(people, order=PUBLIC):
    return [place.entry_id for place in rules.order(people, order)]


@given(crowds, orders)
def test_everybody_has_one_place(people, order):
    places = rules.order(people, order)
    assert [place.number for place in places] == list(range(1, len(people) + 1))
    assert {place.entry_id for place in places} == {each.entry_id for each in people}


@given(crowds, orders, st.randoms())
def test_the_order_does_not_depend_on_how_the_list_was_read(people, order, dice):
    shuffled = list(people)
    dice.shuffle(shuffled)
    assert ids(shuffled, order) == ids(people, order)


@given(crowds, applicants, orders)
def test_who_joins_turns_nobody_round(people, newcomer, order):
    before = [each for each in people if each.entry_id != newcomer.entry_id]
    after = ids([*before, newcomer], order)
    after.remove(newcomer.entry_id)
    assert after == ids(before, order)


@given(crowds)
def test_a_better_rank_always_stands_before(people):
    ranks = [place.rank for place in rules.order(people, PUBLIC)]
    assert ranks == sorted(ranks)


@given(crowds)
def test_in_a_private_home_only_the_day_decides(people):
    days = {each.entry_id: each.applied_on for each in people}
    found = [days[each] for each in ids(people, default_rules("private"))]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("categories", "level", "has_dementia", "rank"),
    [
        ({"destitute"}, None, False, 1),
        ({"destitute"}, 0, False, 1),
        ({"hardship"}, 2, False, 2),
        ({"hardship"}, 1, False, 3),
        ({"hardship"}, None, False, 3),
        ({"hardship"}, 0, True, 2),
        ({"one_child_loss"}, 0, False, 2),
        ({"veteran_care"}, None, False, 2),
        ({"society"}, 4, True, 3),
        (set(), 4, False, 3),
        ({"society", "destitute"}, 0, False, 1),
    ],
)
def test_the_rank_of_a_public_home(categories, level, has_dementia, rank):
    person = Applicant(1, DAY, frozenset(categories), level, has_dementia)
    assert rules.order([person], PUBLIC)[0].rank == rank


def test_within_a_rank_who_needs_more_care_stands_before():
    able = Applicant(1, DAY, frozenset({"destitute"}), 0)
    severe = Applicant(2, DAY + timedelta(days=9), frozenset({"destitute"}), 3)
    unknown = Applicant(3, DAY, frozenset({"destitute"}), None)
    assert ids([able, unknown, severe]) == [2, 1, 3]


def test_a_family_that_lost_its_child_comes_first_only_among_equals():
    others = Applicant(1, DAY, frozenset({"veteran_care"}), 2)
    lost = Applicant(2, DAY + timedelta(days=30), frozenset({"one_child_loss"}), 2)
    worse = Applicant(3, DAY + timedelta(days=60), frozenset({"veteran_care"}), 3)
    assert ids([others, lost, worse]) == [3, 2, 1]


@pytest.mark.parametrize(
    ("second", "ground"),
    [
        (Applicant(2, DAY, frozenset({"society"}), 4), Ground.RANK),
        (Applicant(2, DAY, frozenset({"one_child_loss"}), 2), Ground.ABILITY),
        (Applicant(2, DAY, frozenset({"veteran_care"}), 3), Ground.TIE),
        (
            Applicant(2, DAY + timedelta(days=1), frozenset({"one_child_loss"}), 3),
            Ground.DATE,
        ),
        (Applicant(2, DAY, frozenset({"one_child_loss"}), 3), Ground.NUMBER),
    ],
)
def test_each_place_says_what_put_it_behind(second, ground):
    first = Applicant(1, DAY, frozenset({"one_child_loss"}), 3)
    places = rules.order([second, first], PUBLIC)
    assert [place.ground for place in places] == [Ground.FIRST, ground]


def test_rules_with_a_rank_twice_or_out_of_range_are_refused():
    twice = OrderRules(True, ranks=(Rank("destitute", 1), Rank("destitute", 2)))
    with pytest.raises(rules.BadOrder):
        rules.check_rules(twice)
    with pytest.raises(rules.RankOutOfRange):
        rules.check_rules(OrderRules(True, ranks=(Rank("destitute", 10),)))
    with pytest.raises(rules.AnswerDaysOutOfRange):
        rules.check_rules(replace(PUBLIC, answer_days=0))


def test_the_rules_that_come_with_the_program_are_sound():
    for ownership in ("public", "public_run_private", "private"):
        rules.check_rules(default_rules(ownership))


@pytest.mark.parametrize(
    ("wish", "room", "misfit"),
    [
        (Wish("female"), Room("B", False, "", "any"), None),
        (Wish("female"), Room("B", False, "", "male"), Misfit.GENDER),
        (
            Wish("female"),
            Room("B", False, "", "any", frozenset({"male"})),
            Misfit.GENDER,
        ),
        (Wish("female", "A"), Room("B", False, "", "any"), Misfit.CLASS),
        (Wish("female", "", True), Room("B", False, "", "any"), Misfit.NURSING),
        (Wish("female", "", True), Room("B", True, "", "any"), None),
        (
            Wish("female", unit="dementia"),
            Room("B", False, "", "any"),
            Misfit.UNIT,
        ),
        (
            Wish("female"),
            Room("B", False, "", "any", kept_for="destitute"),
            Misfit.KEPT,
        ),
        (
            Wish("female", categories=frozenset({"destitute"})),
            Room("B", False, "", "any", kept_for="destitute"),
            None,
        ),
    ],
)
def test_whom_a_bed_suits(wish, room, misfit):
    assert rules.misfit(wish, room) is misfit


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小芳", "王*芳"), ("王芳", "王*"), ("欧阳小芳", "欧**芳"), ("阿", "阿")],
)
def test_names_hang_out_masked(name, shown):
    assert rules.mask_name(name) == shown

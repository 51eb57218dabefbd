"""Fee rules change from a day on: the cap of any day is that of the rules in force."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from carehome.rules.deposits import CapPassed
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.rulebook import (
    ReasonMissing,
    RuleBook,
    RulesBegun,
    RulesBehind,
    RulesByDate,
    RulesTooEarly,
    SameRules,
)
from carehome.rules.rulepacks import read_packs
from carehome.services.deposits.fee_rules import FeeRules
from carehome.services.home import Home
from tests.conftest import TODAY
from tests.purse import FEE

PACKS = read_packs()
BED = 1200_00
LATER = TODAY + timedelta(days=10)
WHY = "民政局通知 2026-31 号"


@pytest.fixture
def fee_rules(purse):
    return purse.of(FeeRules)


def test_a_home_begins_with_the_rules_of_its_set_up(fee_rules):
    assert fee_rules.rulebook() == RuleBook(PACKS["default"])


def test_the_cap_of_a_day_is_that_of_the_rules_in_force(purse, fee_rules):
    fee_rules.choose("beijing", LATER, WHY)
    caps = [purse.deposits.standing(1, day).cap for day in (TODAY, LATER)]
    assert caps == [6 * FEE, 4 * FEE]


@pytest.mark.parametrize(
    ("code", "cap"),
    [
        ("default", 6 * FEE),
        ("national", 12 * BED),
        ("beijing", 4 * FEE),
        ("ningxia", 12 * BED),
    ],
)
def test_every_pack_takes_its_cap_and_refuses_one_fen_more(purse, fee_rules, code, cap):
    if code != "default":
        fee_rules.choose(code, TODAY, WHY)
    purse.deposits.take(1, cap - 500_00, "transfer", TODAY)
    with pytest.raises(CapPassed) as refusal:
        purse.deposits.take(1, 500_01, "transfer", TODAY)
    assert refusal.value.facts["most_fen"] == 500_00
    purse.deposits.take(1, 500_00, "transfer", TODAY)
    assert purse.deposits.standing(1).held == cap


@pytest.mark.parametrize(
    ("code", "excess"),
    [
        ("default", 6 * 400_00),
        ("national", 0),  # the bed costs the same
        ("beijing", 4 * 400_00),
        ("ningxia", 0),
    ],
)
def test_after_a_fee_drop_the_excess_is_listed(purse, fee_rules, code, excess):
    if code != "default":
        fee_rules.choose(code, TODAY, WHY)
    standing = purse.deposits.standing(1)
    purse.deposits.take(1, standing.room, "transfer", TODAY)
    purse.residents.set_grade(1, "self_care", TODAY, consent_by="家属")
    over = [each.standing.excess for each in purse.deposits.over_held()]
    assert over == ([excess] if excess else [])


def test_what_other_rules_do_is_seen_before(purse, fee_rules):
    purse.deposits.take(1, 5 * FEE, "transfer", TODAY)
    effect = fee_rules.preview("beijing", LATER)
    assert (effect.excess, len(effect.newly)) == (FEE, 1)
    assert effect.after[0].since == LATER
    assert effect.after[0].refund_by == LATER + timedelta(days=15)
    assert purse.deposits.over_held() == []


def test_rules_without_a_cap_say_so_before(fee_rules):
    assert not fee_rules.preview("shanghai", LATER).has_cap


def test_the_excess_counts_from_the_day_the_rules_changed(purse, clock, fee_rules):
    purse.deposits.take(1, 5 * FEE, "transfer", TODAY)
    fee_rules.choose("beijing", LATER, WHY)
    assert purse.deposits.over_held() == []
    effect = fee_rules.preview("national", LATER + timedelta(days=40))
    assert [each.since for each in effect.before] == [LATER]


def test_the_home_may_have_a_shorter_time_to_give_back(purse, fee_rules):
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), overheld_days=7))
    purse.deposits.take(1, 5 * FEE, "transfer", TODAY)
    [over] = fee_rules.preview("beijing", LATER).after
    assert over.refund_by == LATER + timedelta(days=7)


def test_the_same_rules_are_not_chosen_again(fee_rules):
    with pytest.raises(SameRules):
        fee_rules.choose("default", LATER, WHY)


def test_choices_are_made_in_order(fee_rules):
    fee_rules.choose("beijing", LATER, WHY)
    with pytest.raises(RulesBehind):
        fee_rules.choose("national", LATER - timedelta(days=1), WHY)


def test_rules_are_not_followed_before_they_exist(fee_rules):
    with pytest.raises(RulesTooEarly):
        fee_rules.choose("ningxia", date(2024, 12, 31), WHY)


def test_a_change_of_rules_has_a_reason(fee_rules):
    with pytest.raises(ReasonMissing):
        fee_rules.choose("beijing", LATER, " ")


def test_a_choice_that_has_not_begun_is_withdrawn(purse, fee_rules):
    fee_rules.withdraw(fee_rules.choose("beijing", LATER, WHY))
    assert fee_rules.rulebook().choices == ()


def test_rules_that_were_followed_stay(fee_rules):
    choice = fee_rules.choose("beijing", TODAY, WHY)
    with pytest.raises(RulesBegun):
        fee_rules.withdraw(choice)


def test_only_the_director_chooses_rules(purse):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.ACCOUNTANT).of(FeeRules).choose("beijing", LATER, WHY)


def test_the_profile_does_not_change_the_rules_of_the_past(purse):
    home = purse.of(Home)
    with pytest.raises(RulesByDate):
        home.change_profile(replace(home.profile(), rule_pack="beijing"))

"""A what-if against a home that was counted by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from carehome.rules.claims.presets import star_rates
from carehome.rules.ratings.grades import Condition, Sense
from carehome.rules.rosters.cover import Cover, computed
from carehome.rules.what_if import (
    Assumed,
    Base,
    NobodyInMix,
    NotAPercent,
    Person,
    assumptions,
    outcome,
)

# Five beds. Self-care: 1,200 + 400 + 600 and 1,300 + 400 + 600 yuan; full care:
# 1,500 + 1,600 + 600. One of each class; one severe, one moderate, one able.
PEOPLE = (
    Person("self", "able", 0, 1200_00, 400_00, 600_00),
    Person("self", "partly", 2, 1300_00, 400_00, 600_00),
    Person("full", "disabled", 3, 1500_00, 1600_00, 600_00),
)
HOME = Base(
    date(2026, 11, 21),
    5,
    PEOPLE,
    {"self": "自理", "full": "全护理", "special": "特护"},
    {"self": 400_00, "full": 1600_00, "special": 2400_00},
    carers=2,
    nurses=1,
    star=3,
    rates=star_rates(),
)


def then(**assumed):
    return outcome(HOME, Assumed(**assumed))


def test_with_nothing_assumed_the_month_is_that_of_today_to_the_fen():
    found = then()
    assert (found.bed, found.care, found.meal) == (4000_00, 2400_00, 1800_00)
    assert found.income == 8200_00
    assert found.residents == 3
    assert found.occupancy == Fraction(3, 5)
    assert found.subsidy == 40_00 + 90_00 + 120_00
    assert found.by_grade == {"self": 2, "full": 1, "special": 0}
    assert found.residents_per_carer == Fraction(3, 2)
    assert found.severe_per_carer == Fraction(1, 2)
    assert found.residents_per_nurse == 3


def test_fuller_beds_spread_people_by_exact_fractions():
    found = then(occupancy=80)  # 4 of 5 beds: 8/3 self-care and 4/3 full care
    assert found.residents == 4
    assert found.by_grade["self"] == Fraction(8, 3)
    assert found.bed == 5333_33  # 8/3 x 1,250 + 4/3 x 1,500 = 5,333.33…
    assert found.care == 3200_00
    assert found.meal == 2400_00
    assert found.subsidy == 333_33  # 4/3 x 250
    assert found.residents_per_carer == 2
    assert found.severe_per_carer == Fraction(2, 3)


def test_an_empty_home_earns_nothing():
    found = then(occupancy=0)
    assert (found.residents, found.income, found.subsidy) == (0, 0, 0)


def test_another_mix_moves_care_fees_and_ability():
    found = then(mix={"self": 1, "full": 2})
    assert found.care == 400_00 + 2 * 1600_00
    assert found.bed == 1250_00 + 2 * 1500_00
    assert found.severe_per_carer == 1
    assert found.subsidy == 20_00 + 45_00 + 240_00


def test_a_grade_that_nobody_has_costs_what_the_list_says_and_brings_no_subsidy():
    found = then(mix={"special": 3})
    assert found.care == 3 * 2400_00
    assert found.bed == 4000_00  # as all others on average
    assert found.subsidy == 0
    told = [str(text) for text in assumptions(HOME, Assumed(mix={"special": 3}))]
    assert any("特护" in text for text in told)


@pytest.mark.parametrize(
    ("change", "bed"),
    [(0, 4000_00), (5, 4200_00), (-10, 3600_00), (1, 4040_00), (-100, 0)],
)
def test_a_price_changes_by_a_percent(change, bed):
    assert then(bed=change).bed == bed
    assert then(bed=change).care == 2400_00


def test_a_price_is_rounded_once_half_up():
    odd = replace(HOME, people=(Person("self", bed=150),), beds=1)
    assert outcome(odd, Assumed(bed=1)).bed == 152  # 151.5 fen


def test_more_carers_lower_the_ratio_and_none_leaves_it_unknown():
    assert then(carers=3).residents_per_carer == 1
    assert then(carers=0).residents_per_carer is None


@pytest.mark.parametrize(
    ("star", "fen"), [(0, 0), (1, 150_00), (4, 330_00), (5, 455_00)]
)
def test_the_star_changes_the_subsidy_alone(star, fen):
    assert then(star=star).subsidy == fen
    assert then(star=star).income == then().income


def test_where_no_rates_hold_the_subsidy_is_unknown():
    assert outcome(replace(HOME, rates={}), Assumed(star=5)).subsidy is None


def test_the_people_that_shifts_ask_for_are_rounded_up_shift_by_shift():
    ratios = {3: 1, 2: 2, 0: 4}
    people = {3: 1, 2: 1, 0: 1}
    shift, fixed = computed(people, ratios), Cover(2)  # 1 + 1/2 + 1/4 -> 2
    home = replace(HOME, needs=(shift, shift, fixed))
    assert outcome(home, Assumed()).need == 2 + 2 + 2
    doubled = Assumed(mix={"self": 2, "full": 4}, occupancy=100)  # 5/3 and 10/3
    # severe 10/3, moderate 5/6, able 5/6: 10/3 + 5/12 + 5/24 = 3.96 -> 4
    assert outcome(home, doubled).need == 4 + 4 + 2


def test_conditions_of_grades_follow_what_is_assumed():
    full = Condition(
        "入住率", figure="beds.occupancy", sense=Sense.AT_LEAST, bound=Fraction(4, 5)
    )
    few = Condition(
        "护理比",
        figure="roster.severe_per_carer",
        sense=Sense.AT_MOST,
        bound=Fraction(2),
    )
    other = Condition(
        "备案", figure="safety.filing", sense=Sense.AT_LEAST, bound=Fraction(1)
    )
    figures = {"beds.occupancy": Fraction(3, 5), "roster.severe_per_carer": Fraction(3)}
    home = replace(HOME, conditions=(full, few, other), figures=figures)
    assert [each.holds for each in outcome(home, Assumed()).conditions] == [
        False,
        False,
    ]
    better = outcome(home, Assumed(occupancy=80, carers=4))
    # 3 to one, of 4/3 as many severe and twice as many carers: 2 to one
    assert [each.value for each in better.conditions] == [Fraction(4, 5), 2]
    assert [each.holds for each in better.conditions] == [True, True]


def test_an_unknown_figure_stays_unknown():
    few = Condition(
        "护理比",
        figure="roster.severe_per_carer",
        sense=Sense.AT_MOST,
        bound=Fraction(2),
    )
    home = replace(HOME, conditions=(few,), figures={"roster.severe_per_carer": None})
    (found,) = outcome(home, Assumed(carers=9)).conditions
    assert (found.value, found.holds) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"occupancy": 101},
        {"occupancy": -1},
        {"bed": -101},
        {"care": 301},
        {"carers": -1},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(NotAPercent):
        then(**wrong)


def test_nobody_cannot_be_spread():
    with pytest.raises(NobodyInMix):
        then(mix={"self": 0})

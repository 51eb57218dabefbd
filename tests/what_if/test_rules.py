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
    Held,
    NobodyInMix,
    NotAPercent,
    Person,
    TooManyForBeds,
    outcome,
)
from carehome.rules.what_if_said import assumptions, lines_of

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
    held = (Held(full, Fraction(3, 5)), Held(few, Fraction(3)), Held(other, 1))
    home = replace(HOME, conditions=held)
    now = outcome(home, Assumed()).conditions
    assert [each.holds for each in now] == [False, False, True]
    better = outcome(home, Assumed(occupancy=80, carers=4))
    # 3 to one, of 4/3 as many severe and twice as many carers: 2 to one
    assert [each.value for each in better.conditions] == [Fraction(4, 5), 2, 1]
    assert [each.holds for each in better.conditions] == [True, True, True]


def test_an_unknown_figure_stays_unknown():
    few = Condition(
        "护理比",
        figure="roster.severe_per_carer",
        sense=Sense.AT_MOST,
        bound=Fraction(2),
    )
    home = replace(HOME, conditions=(Held(few),))
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


def test_one_figure_asked_over_different_months_is_judged_by_each():
    year = Condition(
        "一年", figure="beds.occupancy", sense=Sense.AT_LEAST, bound=Fraction(1, 2)
    )
    month = replace(year, text="一月", bound=Fraction(3, 5))
    held = (Held(year, Fraction(2, 5)), Held(month, Fraction(3, 5)))
    now = outcome(replace(HOME, conditions=held), Assumed()).conditions
    assert [each.holds for each in now] == [False, True]


def test_what_is_judged_by_hand_stays_as_it_was_said():
    by_hand = Condition("有许可", from_grade=4, to_grade=5)
    held = (Held(by_hand, said=True), Held(replace(by_hand, text="没说")))
    found = outcome(replace(HOME, conditions=held), Assumed(occupancy=90)).conditions
    assert [each.holds for each in found] == [True, None]


@pytest.mark.parametrize(("star", "grade"), [(0, 1), (3, 4), (4, 5), (5, 0)])
def test_the_next_grade_is_above_the_one_that_is_held(star, grade):
    assert replace(HOME, star=star).next_grade == grade


def test_grades_come_to_as_many_people_as_are_typed():
    found = then(mix={"self": 2, "full": 3})
    assert found.residents == 5
    assert found.care == 2 * 400_00 + 3 * 1600_00
    assert found.occupancy == 1


def test_beside_an_occupancy_grades_are_a_proportion():
    found = then(mix={"self": 10, "full": 10}, occupancy=80)
    assert (found.residents, found.by_grade["full"]) == (4, 2)


def test_more_people_than_beds_are_refused():
    with pytest.raises(TooManyForBeds) as refused:
        then(mix={"self": 2, "full": 4})
    assert "5" in refused.value.message


def test_a_fuller_house_is_also_fuller_for_its_grade():
    full = Condition(
        "入住率", figure="beds.occupancy", sense=Sense.AT_LEAST, bound=Fraction(4, 5)
    )
    home = replace(HOME, conditions=(Held(full, Fraction(3, 5)),))
    found = outcome(home, Assumed(mix={"self": 3, "full": 1})).conditions
    assert (found[0].value, found[0].holds) == (Fraction(4, 5), True)


def lines(*assumed, **more):
    home = replace(HOME, **more)
    told = lines_of(
        home, outcome(home, Assumed()), *(outcome(home, a) for a in assumed)
    )
    return {line.name: line for line in told}


def test_a_line_shows_today_then_and_the_difference():
    income = lines(Assumed(bed=10))["月收入"]
    assert income.shown[:2] == ("¥8,200.00", "¥8,600.00")
    assert income.step == "+¥400.00"
    assert income.cells[:2] == (8200_00, 8600_00)


def test_two_what_ifs_are_compared_line_by_line():
    income = lines(Assumed(bed=10), Assumed(bed=20))["月收入"]
    assert income.shown == ("¥8,200.00", "¥8,600.00", "¥9,000.00")
    assert income.step == "−¥400.00"


def test_a_share_is_a_percent_in_a_workbook_and_people_are_whole():
    told = lines(Assumed(occupancy=80))
    assert told["入住率"].cells[:2] == (6000, 8000)  # 60.00 and 80.00 %
    assert told["老人"].cells[:2] == (300, 400)  # 3.00 and 4.00 people


def test_the_conditions_of_the_next_grade_are_counted_and_come_first():
    asked = Condition(
        *("入住率", Condition("").kind, 4, 5),
        figure="beds.occupancy",
        sense=Sense.AT_LEAST,
        bound=Fraction(4, 5),
    )
    later = replace(asked, text="更高", from_grade=5, bound=Fraction(9, 10))
    held = (Held(later, Fraction(3, 5)), Held(asked, Fraction(3, 5)))
    told = list(lines(Assumed(occupancy=80), conditions=held).values())
    names = [line.name for line in told]
    first = names.index("四级的条件")
    assert told[first].shown[:2] == ("0/1 项成立", "1/1 项成立")
    assert first < names.index("每名护理员照护老人")
    of_grade = [line for line in told if "（" in line.name and line.unit is None]
    assert [line.name[:2] for line in of_grade] == ["入住", "更高"]
    assert [line.tone for line in of_grade] == ["ok", "bad"]
    assert of_grade[0].step


def test_a_condition_changes_only_when_it_turns():
    full = Condition(
        "入住率", figure="beds.occupancy", sense=Sense.AT_LEAST, bound=Fraction(1, 2)
    )
    held = (Held(full, Fraction(3, 5)),)
    for assumed, step in (
        (Assumed(occupancy=80), ""),
        (Assumed(occupancy=20), "有变化"),
    ):
        told = lines(assumed, conditions=held)
        (found,) = [line for name, line in told.items() if name.startswith("入住率（")]
        assert found.step == step

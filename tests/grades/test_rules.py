from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules import grades as rules
from carehome.rules.grades import GradeRule, Noted, RuleTwice
from carehome.rules.periods import Period

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


def spans(*noted):
    return [(each.grade, period) for each, period in rules.charged(noted)]


def test_a_grade_is_charged_from_its_day_when_consent_came_before():
    assert spans(Noted("full", FEB, "王强", JAN)) == [("full", Period(FEB))]


def test_a_grade_is_charged_from_a_later_consent_on():
    first, second = Noted("self_care", JAN, "王强"), Noted("full", FEB, "王强", MAR)
    assert spans(first, second) == [
        ("self_care", Period(JAN, MAR)),
        ("full", Period(MAR)),
    ]


def test_a_consent_without_a_day_was_given_in_time():
    assert spans(Noted("full", FEB, "王强")) == [("full", Period(FEB))]


def test_without_consent_the_former_grade_is_charged():
    first, second = Noted("self_care", JAN, "王强"), Noted("full", FEB, "")
    assert spans(first, second) == [("self_care", Period(JAN))]


def test_a_first_grade_without_consent_is_not_charged():
    assert spans(Noted("full", JAN, "")) == []


def test_a_consent_later_than_the_next_grade_changes_nothing_any_more():
    first = Noted("self_care", JAN, "王强")
    second, third = Noted("full", FEB, "王强", APR), Noted("partial_1", MAR, "王强")
    assert spans(first, second, third) == [
        ("self_care", Period(JAN, MAR)),
        ("partial_1", Period(MAR)),
    ]


DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 1))
NOTED = st.builds(
    Noted, st.sampled_from("abc"), DAYS, st.sampled_from(["", "王强"]), st.none() | DAYS
)


@given(st.lists(NOTED, unique_by=lambda each: each.starts), DAYS)
def test_on_each_day_the_newest_agreed_grade_is_charged(noted, day):
    agreed = [n for n in noted if n.charged_from and n.charged_from <= day]
    newest = max(agreed, key=lambda each: each.starts, default=None)
    holding = [each for each, span in rules.charged(noted) if span.holds(day)]
    assert holding == ([newest] if newest else [])


def test_every_ability_leads_to_a_grade_that_a_new_home_has():
    grades = {"self_care", "partial_1", "partial_2", "full", "special"}
    assert {
        (level, ill): rule.grade in grades
        for (level, ill), rule in rules.our_rules().items()
    } == {(level, ill): True for level in range(5) for ill in (False, True)}


def test_worse_ability_never_leads_to_a_lighter_grade():
    order = ["self_care", "partial_1", "partial_2", "full", "special"]
    for ill in (False, True):
        found = [rules.suggested(rules.our_rules(), n, ill) for n in range(5)]
        assert found == sorted(found, key=order.index)


def test_dementia_counts_as_disabled():
    assert rules.subsidy_class(rules.our_rules(), 1, True) == "disabled"
    assert rules.subsidy_class(rules.our_rules(), 1, False) == "partly"


def test_who_is_not_assessed_has_neither_grade_nor_class():
    ours = rules.our_rules()
    assert (
        rules.suggested(ours, None, False) == rules.subsidy_class(ours, None, 1) == ""
    )


def test_only_rules_unlike_ours_are_the_homes_own():
    ours = list(rules.our_rules().values())
    own = GradeRule(0, False, "partial_1", "able")
    assert rules.own_rules([own, *ours[1:]]) == [own]


def test_one_ability_has_one_rule():
    rule = GradeRule(0, False, "partial_1", "able")
    with pytest.raises(RuleTwice):
        rules.own_rules([rule, rule])

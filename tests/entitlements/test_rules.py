import pytest

from carehome.rules import entitlements as rules
from carehome.rules.entitlements import Facts, Standing

BY_NUMBER = {item.number: item for item in rules.items()}


def standing(number, **facts):
    return rules.judge(BY_NUMBER[number], Facts(**{"age": 82, **facts})).standing


def test_the_list_has_its_16_items():
    assert sorted(BY_NUMBER) == list(range(1, 17))


def test_every_need_is_a_fact_with_words():
    named = {name for item in rules.items() for group in item.needs for name in group}
    assert named == set(rules.FACTS)


@pytest.mark.parametrize(("age", "expected"), [(79, "not"), (80, "may")])
def test_the_allowance_of_high_age_begins_at_80(age, expected):
    assert standing(4, age=age) == expected


def test_without_a_birthday_age_is_not_known():
    assert standing(4, age=None) is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("class_", "codes", "expected"),
    [
        ("disabled", {"hardship"}, "may"),
        ("disabled", {"society"}, "not"),
        ("partly", {"hardship"}, "not"),
        ("", {"hardship"}, "unknown"),
        ("disabled", set(), "unknown"),
    ],
)
def test_the_care_subsidy_needs_both_disability_and_hardship(class_, codes, expected):
    assert standing(7, class_=class_, categories=frozenset(codes)) == expected


@pytest.mark.parametrize(
    ("grade", "codes", "class_", "expected"),
    [
        (3, {"disabled", "minimum_living"}, "able", "may"),
        (1, {"disabled"}, "disabled", "may"),
        (2, {"disabled"}, "able", "not"),
        (3, {"disabled"}, "disabled", "not"),
        (None, {"disabled"}, "disabled", "unknown"),
        (None, {"society"}, "disabled", "not"),
    ],
)
def test_who_may_have_the_two_disability_subsidies(grade, codes, class_, expected):
    facts = {"disability_grade": grade, "class_": class_}
    assert standing(15, categories=frozenset(codes), **facts) == expected


def test_who_lives_in_the_home_has_no_scattered_support():
    assert standing(10, categories=frozenset({"destitute"})) is Standing.NOT
    assert standing(11, categories=frozenset({"destitute"})) is Standing.MAY


def test_special_merit_alone_leaves_it_open():
    assert standing(13, categories=frozenset({"veteran_care"})) is Standing.UNKNOWN


def found(noted=None, **facts):
    judged = rules.findings(Facts(**{"age": 82, **facts}), noted or {})
    return {each.item.number: each.standing for each in judged}


def test_what_is_noted_comes_before_what_is_read():
    assert found({"4": Standing.REFUSED})[4] is Standing.REFUSED


def test_who_receives_one_pension_is_not_asked_about_the_other():
    assert found({"1": Standing.RECEIVES})[2] is Standing.NOT


def test_who_is_assessed_has_had_the_assessment():
    assert found(class_="able")[3] is Standing.RECEIVES
    assert found(class_="")[3] is Standing.MAY


@pytest.mark.parametrize(
    ("received", "expected"),
    [({"7", "15"}, True), ({"5", "15"}, True), ({"5", "7"}, False), ({"15"}, False)],
)
def test_elder_and_disability_subsidies_together_are_for_review(received, expected):
    assert rules.is_for_review(received) is expected


def test_a_finding_says_why():
    finding = rules.judge(BY_NUMBER[4], Facts(82))
    assert [str(reason) for reason in finding.reasons] == ["理由：年满 80 周岁。"]

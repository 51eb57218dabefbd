from dataclasses import replace
from datetime import date

import pytest

from carehome.rules.grades import AgreedThatDay, AlreadyAgreed, ConsentUnnamed
from carehome.rules.home import NameMissing
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.billing import Billing
from carehome.services.consequences import Consequences
from carehome.services.grades import Grades
from tests.conftest import TODAY

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def grades(as_role):
    return as_role(Grades)


def care(purse, month=NOVEMBER):
    trial = purse.of(Billing).trial(month)
    return [
        (line.item_code, line.starts.day, line.days)
        for line in next(b for b in trial.bills if b.resident_id == 1).lines
        if line.category == "care"
    ]


def test_a_grade_without_consent_leaves_the_former_one_charged(purse):
    purse.residents.set_grade(1, "full", date(2026, 11, 11), "跌倒后")
    assert [line[0] for line in care(purse)] == ["care-partial_1"]


def test_a_later_consent_starts_the_grade_on_its_day(purse, grades):
    purse.residents.set_grade(1, "full", date(2026, 11, 11), "跌倒后")
    change = purse.residents.file(1).grades[0]
    grades.add_consent(change.change_id, "王强", date(2026, 11, 16), "phone")
    assert care(purse) == [("care-partial_1", 1, 15), ("care-full", 16, 15)]


def test_a_consent_given_before_starts_the_grade_on_its_own_day(purse, grades):
    purse.residents.set_grade(1, "full", date(2026, 11, 11), "跌倒后")
    change = purse.residents.file(1).grades[0]
    grades.add_consent(change.change_id, "王强", date(2026, 11, 2), "paper")
    assert care(purse) == [("care-partial_1", 1, 10), ("care-full", 11, 20)]


def test_the_bill_is_headed_by_the_grade_that_is_charged(purse):
    purse.residents.set_grade(1, "full", date(2026, 11, 11), "跌倒后")
    bills = purse.of(Billing).trial(NOVEMBER).bills
    assert next(b for b in bills if b.resident_id == 1).grade == "半护理一级"


def test_the_file_says_from_when_to_when_a_grade_is_charged(purse):
    purse.residents.set_grade(
        1, "full", date(2026, 11, 11), "跌倒后", "王强", date(2026, 11, 16), "phone"
    )
    newest, former = purse.residents.file(1).grades
    assert (newest.charged_from, newest.charged_until) == (date(2026, 11, 16), None)
    assert former.charged_until == date(2026, 11, 16)


def test_a_day_of_consent_needs_somebody_who_gave_it(purse):
    with pytest.raises(ConsentUnnamed):
        purse.residents.set_grade(1, "full", TODAY, "", "", TODAY)


def test_nobody_agrees_tomorrow(purse, grades):
    purse.residents.set_grade(1, "full", TODAY)
    change = purse.residents.file(1).grades[0]
    with pytest.raises(NotComeYet):
        grades.add_consent(change.change_id, "王强", date(2026, 12, 1), "paper")


def test_a_consent_names_who_gave_it(purse, grades):
    purse.residents.set_grade(1, "full", TODAY)
    change = purse.residents.file(1).grades[0]
    with pytest.raises(NameMissing):
        grades.add_consent(change.change_id, " ", TODAY, "paper")


def test_a_consent_is_given_once(purse, grades):
    change = purse.residents.file(1).grades[0]
    with pytest.raises(AlreadyAgreed):
        grades.add_consent(change.change_id, "王强", TODAY, "paper")


def test_a_grade_that_the_family_refuses_is_withdrawn(purse, grades):
    before = purse.residents.file(1).grades
    purse.residents.set_grade(1, "full", TODAY)
    grades.withdraw(purse.residents.file(1).grades[0].change_id)
    assert purse.residents.file(1).grades == before


def test_a_grade_that_is_agreed_to_is_not_withdrawn(purse, grades):
    with pytest.raises(AlreadyAgreed):
        grades.withdraw(purse.residents.file(1).grades[0].change_id)


def assessed(purse, level, ill=False):
    file = purse.residents.file(1)
    person = replace(file.person, ability_level=level, has_dementia=ill)
    purse.residents.change_person(1, person)


def test_the_ability_suggests_a_grade(purse, grades):
    assessed(purse, 3)
    found = grades.suggestion(1)
    assert (found.grade, found.current, found.differs) == ("full", "partial_1", True)
    assert found.subsidy_class == "disabled"


def test_without_an_assessment_nothing_is_suggested(purse, grades):
    assessed(purse, None)
    found = grades.suggestion(1)
    assert (found.grade, found.differs, found.subsidy_class) == ("", False, "")


def test_dementia_may_suggest_another_grade(purse, grades):
    assessed(purse, 1, True)
    assert grades.suggestion(1).grade == "partial_2"


def test_the_homes_own_rule_comes_before_ours(purse, grades):
    assessed(purse, 3)
    changed = [
        replace(rule, grade="special")
        if (rule.ability_level, rule.has_dementia) == (3, False)
        else rule
        for rule in grades.rules()
    ]
    grades.change_rules(changed)
    assert grades.suggestion(1).grade == "special"
    assert [rule.ability_level for rule in grades.rules() if rule.is_own] == [3]


def test_a_rule_that_is_ours_again_is_not_kept(grades):
    ours = grades.rules()
    grades.change_rules([replace(ours[0], grade="full"), *ours[1:]])
    grades.change_rules(ours)
    assert not any(rule.is_own for rule in grades.rules())


def test_only_the_director_changes_the_rules(as_role):
    with pytest.raises(NotAllowed):
        as_role(Grades, Role.HEAD_NURSE).change_rules([])


def test_the_day_tells_whose_grade_differs(purse, grades):
    assessed(purse, 3)
    (told,) = grades.today(TODAY)
    assert told.target.key == 1


def test_the_day_is_silent_when_the_grade_fits(purse, grades):
    assessed(purse, 1)
    assert grades.today(TODAY) == []


def lines(purse, grade):
    found = purse.of(Consequences).of_grade(1, grade, TODAY)
    return {str(line.name): line for line in found.lines}


def test_the_card_warns_of_a_grade_that_the_assessment_does_not_suggest(purse):
    assessed(purse, 3)
    assert lines(purse, "self_care")["评估结果"].is_warning
    assert not lines(purse, "full")["评估结果"].is_warning


def test_the_card_says_when_the_bed_is_no_nursing_bed(purse):
    assessed(purse, 1)
    assert not lines(purse, "self_care")["床位"].is_warning
    assert lines(purse, "full")["床位"].is_warning


def test_meals_say_nothing_of_the_bed(purse):
    assert purse.of(Consequences).of_meals(1, "", TODAY).lines == ()


def ahead_and_after(purse, look, change, starts):
    """Return what a card foretells of the month's bill, and what has come of it."""

    def total():
        bills = purse.of(Billing).trial(NOVEMBER).bills
        return next(bill for bill in bills if bill.resident_id == 1).total

    before, told = total(), look(starts).difference
    change(starts)
    return told, total() - before


@pytest.mark.parametrize("starts", [1, 6, 10, 11, 12, 30])
def test_the_card_counts_with_the_grade_that_is_noted_to_follow(purse, starts):
    agreed = ("", "王强", date(2026, 11, 1), "paper")
    purse.residents.set_grade(1, "full", date(2026, 11, 11), *agreed)
    told, came = ahead_and_after(
        purse,
        lambda day: purse.of(Consequences).of_grade(1, "self_care", day),
        lambda day: purse.residents.set_grade(1, "self_care", day, *agreed),
        date(2026, 11, starts),
    )
    assert abs(told - came) <= 2  # each line of a bill is rounded, the card once


def test_the_card_of_a_backdated_grade_counts_its_own_days(purse):
    agreed = ("", "王强", date(2026, 11, 1), "paper")
    purse.residents.set_grade(1, "full", date(2026, 11, 11), *agreed)
    told = purse.of(Consequences).of_grade(1, "self_care", date(2026, 11, 6))
    assert told.days == 5
    assert told.difference == -66_67  # 400 instead of 800 yuan for 5 of 30 days


@pytest.mark.parametrize("starts", [6, 11, 16])
def test_the_card_counts_with_the_meals_that_are_noted_to_end(purse, starts):
    purse.residents.set_meal(1, "", date(2026, 11, 11))
    told, came = ahead_and_after(
        purse,
        lambda day: purse.of(Consequences).of_meals(1, "standard", day),
        lambda day: purse.residents.set_meal(1, "standard", day),
        date(2026, 11, starts),
    )
    assert abs(told - came) <= 2  # each line of a bill is rounded, the card once


def test_an_agreed_grade_is_not_lost_to_one_of_that_day_without_consent(purse):
    day = date(2026, 11, 11)
    purse.residents.set_grade(1, "full", day, "", "王强", day, "paper")
    with pytest.raises(AgreedThatDay):
        purse.residents.set_grade(1, "special", day)
    purse.residents.set_grade(1, "self_care", day, "", "王强", day, "paper")
    assert purse.residents.file(1).grades[0].grade == "self_care"

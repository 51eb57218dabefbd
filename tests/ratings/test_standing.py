"""Where the home stands, what is planned, the grades held, what the next star brings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from carehome.rules.claims.amounts import star_subsidy
from carehome.rules.claims.presets import star_rates
from carehome.rules.periods import Period
from carehome.rules.ratings.grades import Condition
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.today import Urgency
from carehome.services.home import Home
from carehome.services.ratings import awards, plan
from carehome.services.ratings.assessments import (
    Judgement,
    NewSelf,
    SelfAssessments,
)
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.plan import PlanStep, RatingPlan
from carehome.services.ratings.standing import RatingStanding
from carehome.services.ratings.standing_today import StandingToday
from carehome.services.ratings.tables import RatingTables
from carehome.services.ratings.verdicts import RatingVerdicts
from tests.conftest import TODAY
from tests.ratings.judged import judge_all

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
DAY = timedelta(days=1)


@pytest.fixture
def held(as_role):
    return as_role(SelfAssessments, Role.DIRECTOR)


@pytest.fixture
def standing(as_role):
    return as_role(RatingStanding, Role.DIRECTOR)


@pytest.fixture
def first_page(as_role):
    return as_role(StandingToday, Role.DIRECTOR)


@pytest.fixture
def planned(as_role):
    return as_role(RatingPlan, Role.DIRECTOR)


@pytest.fixture
def grades(as_role):
    return as_role(RatingAwards, Role.DIRECTOR)


@pytest.fixture
def begun(held, as_role):
    table_id = as_role(RatingTables, Role.DIRECTOR).take_practice()
    return held.begin(NewSelf("2026年自评", table_id, YEAR, 4))


def take(held, self_id, part, hundredths):
    """Take points away from items of a part, one after the other; name the items."""
    touched = []
    for line in held.sheet(self_id).lines:
        if hundredths and line.item.part == part:
            lost = min(hundredths, line.item.hundredths)
            left = line.item.hundredths - lost
            held.judge(self_id, line.item.item_id, Judgement(left, "不足"))
            touched.append(line.item.item_id)
            hundredths -= lost
    return touched


def test_without_a_self_assessment_there_is_no_standing(standing, first_page):
    assert (standing.standing(), first_page.today(TODAY)) == (None, [])


def test_what_is_not_judged_has_no_points_yet_and_is_told(standing, begun):
    found = standing.standing()
    assert (found.hundredths, found.judged, found.unjudged) == (0, 0, 100_000)


def test_all_points_reach_the_highest_grade(standing, held, begun):
    judge_all(held, begun)
    found = standing.standing()
    assert (found.reached, found.way) == (5, None)


def test_a_part_below_its_line_names_the_items_of_that_part(standing, held, begun):
    judge_all(held, begun)
    touched = take(held, begun, "environment", 1300)
    found = standing.standing()
    assert found.within_reach == 4
    assert {step.lift.item.item_id for step in found.way.steps} <= set(touched)
    assert found.way.gain >= 100


def test_a_condition_that_fails_comes_first_and_the_items_follow(
    standing, held, begun, as_role
):
    judge_all(held, begun)
    take(held, begun, "environment", 1300)
    condition = as_role(RatingConditions, Role.DIRECTOR).save(Condition("已备案"))
    verdicts = as_role(RatingVerdicts, Role.DIRECTOR)
    verdicts.say(begun, condition, False, "未备案")
    found = standing.standing()
    assert [each.condition.text for each in found.way.failing] == ["已备案"]
    assert (found.way.grade, found.beyond.grade) == (4, 5)
    assert found.beyond.failing == ()
    assert found.beyond.length >= 1


def test_an_effort_that_is_said_changes_the_order(standing, held, begun):
    judge_all(held, begun)
    take(held, begun, "service", 6000)
    first = standing.standing().lifts[0].item.item_id
    standing.set_effort(begun, first, 5)
    lifts = standing.standing().lifts
    assert lifts[0].item.item_id != first
    assert next(x.effort for x in lifts if x.item.item_id == first) == 5


def test_the_first_page_names_what_lifts_the_grade(standing, first_page, held, begun):
    judge_all(held, begun)
    take(held, begun, "environment", 1300)
    figure, told = first_page.today(TODAY)
    assert "五级" in str(figure.below)
    name = standing.standing().way.steps[0].lift.item.name
    assert name in str(told.text)
    assert told.target.kind == "rating_standing"
    assert figure.note == "示例分值 非官方"
    assert "示例分值 非官方" in str(told.text)


def test_the_first_page_tells_the_grade_held_apart_from_the_self_assessment(
    grades, first_page, held, begun
):
    judge_all(held, begun)
    take(held, begun, "environment", 1300)
    grades.save(Award(3, date(2025, 3, 1)))
    figure = first_page.today(TODAY)[0]
    assert (str(figure.number), str(figure.beside)) == ("三级", "有效期至 2028-02-29")
    assert str(figure.below).startswith("自评四级；")


def test_a_step_is_planned_done_and_to_be_done_again(planned, standing, begun):
    step_id = planned.add(PlanStep(begun, "补记录", due_on=TODAY))
    planned.set_done(step_id, TODAY)
    assert planned.steps(begun)[0].done_on == TODAY
    planned.set_done(step_id, None)
    (step,) = standing.standing().plan
    assert (step.done_on, step.text, step.due_on) == (None, "补记录", TODAY)


def test_a_step_without_words_is_refused(planned, begun):
    with pytest.raises(plan.StepEmpty):
        planned.add(PlanStep(begun, " "))


def test_a_step_cannot_be_done_tomorrow(planned, begun):
    step_id = planned.add(PlanStep(begun, "补记录"))
    with pytest.raises(plan.DoneTooEarly):
        planned.set_done(step_id, TODAY + DAY)


@pytest.mark.parametrize(("due", "told"), [(TODAY - DAY, 1), (TODAY, 0)])
def test_a_step_is_told_from_the_day_after_it_was_due(
    planned, first_page, begun, due, told
):
    planned.add(PlanStep(begun, "补记录", due_on=due))
    kinds = [each.target.kind for each in first_page.today(TODAY)]
    assert kinds.count("rating_plan") == told


def test_a_changed_step_keeps_its_item(planned, held, begun):
    item = held.sheet(begun).lines[0].item
    planned.add(PlanStep(begun, "补记录", item.item_id))
    (step,) = planned.steps(begun)
    planned.change(replace(step, text="补照片"))
    (changed,) = planned.steps(begun)
    assert (changed.text, changed.item_id) == ("补照片", item.item_id)


def test_a_grade_holds_three_years_to_the_day(grades):
    grades.save(Award(3, date(2024, 3, 1)))
    (award,) = grades.listed()
    assert award.ends == date(2027, 2, 28)
    assert award.holds_on(date(2027, 2, 28))
    assert not award.holds_on(date(2027, 3, 1))


@pytest.mark.parametrize(
    ("day", "urgency"),
    [
        (date(2026, 11, 27), None),
        (date(2026, 11, 28), Urgency.SOON),
        (date(2027, 2, 28), Urgency.SOON),
        (date(2027, 3, 1), Urgency.LATE),
    ],
)
def test_the_end_of_a_grade_is_told_three_months_before(grades, day, urgency):
    grades.save(Award(3, date(2024, 3, 1)))
    told = [each.urgency for each in grades.today(day)]
    assert told == ([] if urgency is None else [urgency])


def test_a_newer_grade_ends_the_reminder_of_the_older(grades):
    grades.save(Award(3, date(2023, 11, 1)))
    grades.save(Award(4, date(2026, 11, 1)))
    assert grades.today(TODAY) == []


@pytest.mark.parametrize(
    ("award", "refusal"),
    [
        (Award(0, TODAY), awards.AwardGradeMissing),
        (Award(3, TODAY + DAY), awards.AwardTooEarly),
        (Award(3, TODAY, TODAY - DAY), awards.AwardEndsBefore),
    ],
)
def test_an_award_that_cannot_be_is_refused(grades, award, refusal):
    with pytest.raises(refusal):
        grades.save(award)


def test_who_does_not_lead_the_rating_records_no_grade(as_role):
    with pytest.raises(NotAllowed):
        as_role(RatingAwards, Role.FRONT_DESK).save(Award(3, TODAY))


@pytest.mark.parametrize(("star", "yuan"), [(3, 2450), (4, 3300)])
def test_the_subsidy_of_a_star_counts_residents_by_class(star, yuan):
    people = {"disabled": 10, "partly": 5, "able": 20}
    assert star_subsidy(star_rates(), star, people) == yuan * 100


def lie_in(as_role, region):
    homes = as_role(Home, Role.DIRECTOR)
    homes.change_profile(replace(homes.profile(), region=region))


def test_no_rate_of_another_place_is_taken_for_the_home(standing, as_role, begun):
    lie_in(as_role, "成都市")
    star = standing.standing().next_star
    assert (star.fen_now, star.fen_then, star.more) == (None, None, None)
    assert star.region == "成都市"


def test_the_next_star_is_above_the_grade_held(standing, grades, as_role, begun):
    lie_in(as_role, "西安市")
    grades.save(Award(3, TODAY - DAY))
    star = standing.standing().next_star
    assert (star.held, star.star) == (3, 4)
    rates = star_rates()
    assert star.more == sum(
        count * (rates[4][code] - rates[3][code]) for code, count in star.people.items()
    )

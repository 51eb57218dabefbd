"""What would lift the grade: conditions, parts that fail, then the total."""

from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.ratings import lifting
from carehome.rules.ratings.grades import Condition, Verdict, standings
from carehome.rules.ratings.items import GradeLine, Item, Part

LINES = (GradeLine(1, 4000, 40), GradeLine(2, 5000, 50), GradeLine(3, 8000, 80))
A, B = Part.ENVIRONMENT, Part.SERVICE


def item(number, hundredths, part=A, effort=None):
    return Item(str(number), part, "项目", hundredths, effort=effort, item_id=number)


def ranked(items, points, efforts=None):
    found = lifting.lifts(items, points, efforts or {})
    return [lift.item.item_id for lift in found]


def found_of(points, full, verdicts=()):
    return standings(points, full, LINES, verdicts)


def test_points_per_effort_rank_what_lifts():
    items = [item(1, 500, effort=5), item(2, 400, effort=2), item(3, 300, effort=1)]
    assert ranked(items, {1: 0, 2: 0, 3: 0}) == [3, 2, 1]


def test_what_has_its_full_mark_or_is_not_judged_is_not_listed():
    items = [item(1, 500), item(2, 500), item(3, 500)]
    assert ranked(items, {1: 500, 2: None, 3: 499}) == [3]


def test_an_effort_that_was_said_goes_before_that_of_the_table():
    items = [item(1, 400, effort=1), item(2, 400, effort=2)]
    assert ranked(items, {1: 0, 2: 0}, {1: 5}) == [2, 1]


def test_the_goal_is_the_grade_above_the_one_within_reach():
    found = found_of({A: 2500, B: 2000}, {A: 5000, B: 5000})
    assert lifting.goal(found).grade == 2


def test_there_is_no_goal_above_the_highest_grade():
    assert lifting.goal(found_of({A: 5000, B: 5000}, {A: 5000, B: 5000})) is None


def test_a_condition_of_all_grades_opens_the_grade_that_the_points_come_to():
    fails = Verdict(Condition("已备案", condition_id=1), False)
    found = found_of({A: 3000, B: 3000}, {A: 5000, B: 5000}, [fails])
    goal = lifting.goal(found)
    assert (goal.grade, goal.failing) == (2, (fails,))


def test_a_further_condition_of_a_higher_grade_is_not_opened_along():
    low = Verdict(Condition("已备案", condition_id=1), False)
    high = Verdict(Condition("床位", from_grade=2, condition_id=2), False)
    found = found_of({A: 3000, B: 3000}, {A: 5000, B: 5000}, [low, high])
    assert lifting.goal(found).grade == 1


def test_a_part_that_fails_comes_before_the_total():
    items = [item(1, 2500, B, 1), item(2, 600, A, 5)]
    goal = lifting.goal(found_of({A: 2000, B: 2500}, {A: 5000, B: 5000}))
    way = lifting.way(goal, lifting.lifts(items, {1: 0, 2: 0}, {}))
    assert [(step.lift.item.item_id, step.part) for step in way.steps] == [(2, A)]


def test_the_total_takes_the_nearest_items_of_any_part():
    items = [item(1, 300, A, 1), item(2, 400, B, 1), item(3, 900, B, 5)]
    goal = lifting.goal(found_of({A: 2500, B: 2000}, {A: 5000, B: 4000}))
    way = lifting.way(goal, lifting.lifts(items, {1: 0, 2: 0, 3: 0}, {}))
    assert [(step.lift.item.item_id, step.part) for step in way.steps] == [
        (2, None),
        (1, None),
    ]


def test_what_turns_out_not_to_be_needed_is_left_out():
    items = [item(1, 300, A, 1), item(2, 500, B, 3)]
    goal = lifting.goal(found_of({A: 2500, B: 2000}, {A: 5000, B: 4000}))
    way = lifting.way(goal, lifting.lifts(items, {1: 0, 2: 0}, {}))
    assert [step.lift.item.item_id for step in way.steps] == [2]


def test_what_no_item_can_fill_is_told():
    items = [item(1, 300, A, 1)]
    goal = lifting.goal(found_of({A: 2500, B: 2000}, {A: 5000, B: 4000}))
    way = lifting.way(goal, lifting.lifts(items, {1: 0}, {}))
    assert [(each.part, each.missing) for each in way.still] == [(None, 200)]


@given(
    st.lists(
        st.tuples(st.integers(1, 900), st.integers(1, 5), st.sampled_from([A, B])),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 5000),
    st.integers(0, 5000),
)
def test_without_any_step_of_a_way_the_grade_is_missed(told, of_a, of_b):
    goal = lifting.goal(found_of({A: of_a, B: of_b}, {A: 5000, B: 5000}))
    if goal is None:
        return
    items = [
        item(at, marks, part, effort)
        for at, (marks, effort, part) in enumerate(told, 1)
    ]
    way = lifting.way(goal, lifting.lifts(items, dict.fromkeys(range(1, 13), 0), {}))

    def lacks(steps):
        points = {A: of_a, B: of_b}
        for step in steps:
            points[step.lift.item.part] += step.lift.missing
        found = found_of(points, {A: 5000, B: 5000})
        return sum(each.missing for each in found[goal.grade - 1].shortfalls)

    for step in way.steps:
        rest = [each for each in way.steps if each is not step]
        assert lacks(rest) > lacks(way.steps)
    assert bool(way.still) == bool(lacks(way.steps))

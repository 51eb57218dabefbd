"""The grade that points and conditions come to, at every line and just below it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.periods import Period
from carehome.rules.ratings import grades
from carehome.rules.ratings.grades import Condition, Sense, Verdict
from carehome.rules.ratings.items import Part
from carehome.rules.ratings.presets import usual_lines

FULL = usual_lines().marks
LINES = usual_lines().lines
# Rules.md 9: the totals, and of each part 40, 50, 60, 80, 90 %.
TOTALS = {1: 360, 2: 450, 3: 570, 4: 780, 5: 900}
PARTS = {
    Part.ENVIRONMENT: {1: 48, 2: 60, 3: 72, 4: 96, 5: 108},
    Part.FACILITIES: {1: 52, 2: 65, 3: 78, 4: 104, 5: 117},
    Part.MANAGEMENT: {1: 60, 2: 75, 3: 90, 4: 120, 5: 135},
    Part.SERVICE: {1: 240, 2: 300, 3: 360, 4: 480, 5: 540},
}
GRADES = [1, 2, 3, 4, 5]


def points_of(total):
    """Spread a total in hundredths so that every part has about its share of it."""
    points = {part: total * full // 100_000 for part, full in FULL.items()}
    points[Part.SERVICE] += total - sum(points.values())
    return points


def reached(points, verdicts=()):
    return grades.reached(grades.standings(points, FULL, LINES, verdicts))


def lacks(points, grade):
    (found,) = (
        each for each in grades.standings(points, FULL, LINES) if each.grade == grade
    )
    return found.shortfalls


@pytest.mark.parametrize("grade", GRADES)
def test_the_total_line_is_reached_on_the_line(grade):
    points = points_of(TOTALS[grade] * 100)
    assert [each for each in lacks(points, grade) if each.part is None] == []


@pytest.mark.parametrize("grade", GRADES)
def test_a_grade_is_reached_with_every_part_on_its_line(grade):
    # The lines of the parts together come to the total line or more.
    points = {part: wanted[grade] * 100 for part, wanted in PARTS.items()}
    assert reached(points) == grade


@pytest.mark.parametrize("grade", GRADES)
def test_a_hundredth_below_the_total_line_misses_the_grade(grade):
    points = points_of(TOTALS[grade] * 100 - 1)
    (total, *_parts) = lacks(points, grade)
    assert (total.part, total.missing) == (None, 1)
    assert reached(points) < grade


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("part", Part)
def test_a_part_on_its_line_keeps_the_grade(part, grade):
    points = {**FULL, part: PARTS[part][grade] * 100}
    assert not [each for each in lacks(points, grade) if each.part is part]


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("part", Part)
def test_a_part_a_hundredth_below_its_line_misses_the_grade(part, grade):
    points = {**FULL, part: PARTS[part][grade] * 100 - 1}
    (found,) = (each for each in lacks(points, grade) if each.part is part)
    assert (found.wanted, found.missing) == (PARTS[part][grade] * 100, 1)
    assert reached(points) == grade - 1


def test_the_total_may_suffice_while_a_part_does_not():
    points = {**FULL, Part.ENVIRONMENT: 4799}
    assert sum(points.values()) > 90_000
    assert reached(points) == 0


def test_no_points_come_to_no_grade():
    assert reached(dict.fromkeys(Part, 0)) == 0


@given(
    st.fixed_dictionaries({part: st.integers(0, full) for part, full in FULL.items()}),
    st.sampled_from(list(Part)),
)
def test_more_points_never_lower_the_grade(points, part):
    more = {**points, part: FULL[part]}
    assert reached(more) >= reached(points)


def verdict(holds, first=1, last=5):
    return Verdict(Condition("备案", from_grade=first, to_grade=last), holds)


@pytest.mark.parametrize(
    ("holds", "grade"), [(True, 5), (False, 3), (None, 3)], ids=["yes", "no", "unknown"]
)
def test_a_condition_counts_only_for_the_grades_that_ask_for_it(holds, grade):
    assert reached(FULL, [verdict(holds, 4, 5)]) == grade


def test_what_is_unknown_leaves_the_grade_within_reach_but_not_reached():
    found = grades.standings(FULL, FULL, LINES, [verdict(None)])
    assert (grades.reached(found), grades.within_reach(found)) == (0, 5)


def test_a_failing_bar_leaves_nothing_within_reach():
    found = grades.standings(FULL, FULL, LINES, [verdict(False)])
    assert (grades.within_reach(found), grades.by_points(found)) == (0, 5)


@pytest.mark.parametrize(
    ("sense", "value", "holds"),
    [
        (Sense.AT_LEAST, Fraction(1, 2), True),
        (Sense.AT_LEAST, Fraction(499, 1000), False),
        (Sense.AT_MOST, Fraction(1, 2), True),
        (Sense.AT_MOST, Fraction(501, 1000), False),
        (Sense.AT_MOST, None, None),
    ],
)
def test_a_count_is_compared_with_its_bound(sense, value, holds):
    condition = Condition("比例", figure="x", sense=sense, bound=Fraction(1, 2))
    assert grades.judge(condition, value) is holds


def counted(condition_id):
    return Condition(
        "入住率",
        figure="beds.occupancy",
        sense=Sense.AT_LEAST,
        bound=Fraction(1, 2),
        condition_id=condition_id,
    )


def test_a_count_goes_before_what_somebody_said():
    said = {1: Verdict(counted(1), True, reason="看过")}
    (found,) = grades.verdicts([counted(1)], {1: (Fraction(1, 4), "25 %")}, said)
    assert (found.holds, found.value, found.is_counted) == (False, "25 %", True)


def test_where_nothing_can_be_counted_somebody_says_it():
    said = {1: Verdict(counted(1), True, reason="看过")}
    (found,) = grades.verdicts([counted(1)], {1: (None, "")}, said)
    assert (found.holds, found.reason) == (True, "看过")


def test_what_nobody_counted_or_said_is_unknown():
    (found,) = grades.verdicts([counted(1)], {}, {})
    assert found.holds is None


def test_a_condition_may_look_back_further_than_the_assessment():
    usual = Period(date(2026, 1, 1), date(2027, 1, 1))
    assert Condition("无处罚", months=36).period(usual) == Period(
        date(2024, 1, 1), date(2027, 1, 1)
    )


def test_a_grade_is_valid_for_three_years():
    lines = usual_lines()
    assert grades.last_day(date(2024, 3, 1), lines.valid) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (date(2027, 2, 28), date(2026, 11, 28)),
        (date(2027, 5, 31), date(2027, 2, 28)),
    ],
)
def test_the_end_of_a_grade_is_told_three_months_before(last, told):
    assert grades.months_before(last, usual_lines().remind) == told

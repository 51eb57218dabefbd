"""Which grade points and conditions come to, and what each grade still lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from carehome.i18n import N_
from carehome.rules.periods import DAY, Period, after_months, months_after
from carehome.rules.ratings.items import GradeLine, Marks, Part
from carehome.rules.rulepacks import Standing as Force
from carehome.rules.safety.forms import Sureness

GRADES = (1, 2, 3, 4, 5)
GRADE_NAMES = {
    0: N_("No grade"),
    1: N_("Grade 1"),
    2: N_("Grade 2"),
    3: N_("Grade 3"),
    4: N_("Grade 4"),
    5: N_("Grade 5"),
}


class ConditionKind(StrEnum):
    """Whether a condition asks for something or bars a home from a grade."""

    REQUIREMENT = "requirement"
    BAR = "bar"


CONDITION_KIND_NAMES = {
    ConditionKind.REQUIREMENT: N_("Requirement"),
    ConditionKind.BAR: N_("Bar to the grade"),
}


class Sense(StrEnum):
    """How a count is compared with what a condition asks; none = by hand."""

    BY_HAND = ""
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


SENSE_NAMES = {
    Sense.BY_HAND: N_("Judged by hand"),
    Sense.AT_LEAST: N_("At least"),
    Sense.AT_MOST: N_("No more than"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for the grades from `from_grade` to `to_grade`.

    A countable one names a figure and how it must compare with `bound`; `months` is how
    far back it is looked at, where that is not the period of the self-assessment.
    """

    text: str
    kind: ConditionKind = ConditionKind.REQUIREMENT
    from_grade: int = 1
    to_grade: int = 5
    figure: str = ""
    sense: Sense = Sense.BY_HAND
    bound: Fraction | None = None
    months: int | None = None
    region: str = ""
    standing: Force = "ours"
    sureness: Sureness = Sureness.OURS
    source: str = ""
    note: str = ""
    preset: str | None = None
    condition_id: int | None = None
    position: int = 0
    is_active: bool = True

    def asked_of(self, grade: int) -> bool:
        """Say whether a grade asks for it."""
        return self.is_active and self.from_grade <= grade <= self.to_grade

    def period(self, usual: Period) -> Period:
        """Return the days over which it is looked at; they end as the usual ones do."""
        if self.months is None or usual.end is None:
            return usual
        return Period(months_before(usual.end, self.months), usual.end)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds; unknown is None. `value` is what was counted."""

    condition: Condition
    holds: bool | None
    value: str = ""
    reason: str = ""
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Points that a grade asks and that are not there; no part = the total."""

    part: Part | None
    wanted: int
    got: int

    @property
    def missing(self) -> int:
        """Return how many hundredths are missing."""
        return self.wanted - self.got


@dataclass(frozen=True, slots=True)
class GradeStanding:
    """What stands between a home and one grade."""

    grade: int
    shortfalls: tuple[Shortfall, ...]
    failing: tuple[Verdict, ...]
    unknown: tuple[Verdict, ...]

    @property
    def has_points(self) -> bool:
        """Say whether the points suffice, in all and in every part."""
        return not self.shortfalls

    @property
    def holds(self) -> bool:
        """Say whether the grade is reached for sure."""
        return not (self.shortfalls or self.failing or self.unknown)

    @property
    def may_hold(self) -> bool:
        """Say whether the grade is reached if all that is unknown holds."""
        return not (self.shortfalls or self.failing)


def part_line(line: GradeLine, full: int) -> int:
    """Return the hundredths that a grade asks of a part with this full mark."""
    return -(-full * line.percent // 100)  # a fraction of a hundredth counts as one


def shortfalls(points: Marks, full: Marks, line: GradeLine) -> tuple[Shortfall, ...]:
    """Return where points miss a grade: the total first, then the parts."""
    total = sum(points.get(part, 0) for part in full)
    asked: list[Shortfall] = [Shortfall(None, line.hundredths, total)]
    asked += [
        Shortfall(part, part_line(line, mark), points.get(part, 0))
        for part, mark in full.items()
    ]
    return tuple(each for each in asked if each.missing > 0)


def standings(
    points: Marks,
    full: Marks,
    lines: Iterable[GradeLine],
    verdicts: Sequence[Verdict] = (),
) -> list[GradeStanding]:
    """Say for each grade, the lowest first, what it lacks."""
    found = []
    for line in sorted(lines, key=lambda line: line.grade):
        asked = [each for each in verdicts if each.condition.asked_of(line.grade)]
        found.append(
            GradeStanding(
                line.grade,
                shortfalls(points, full, line),
                tuple(each for each in asked if each.holds is False),
                tuple(each for each in asked if each.holds is None),
            )
        )
    return found


def reached(found: Iterable[GradeStanding]) -> int:
    """Return the highest grade whose all holds; 0 = none."""
    return max((each.grade for each in found if each.holds), default=0)


def within_reach(found: Iterable[GradeStanding]) -> int:
    """Return the highest grade that no known fact stands against; 0 = none."""
    return max((each.grade for each in found if each.may_hold), default=0)


def by_points(found: Iterable[GradeStanding]) -> int:
    """Return the highest grade that the points alone come to; 0 = none."""
    return max((each.grade for each in found if each.has_points), default=0)


def judge(condition: Condition, value: int | Fraction | None) -> bool | None:
    """Say whether a counted value meets a condition; unknown stays unknown."""
    if value is None or condition.bound is None:
        return None
    if condition.sense is Sense.AT_LEAST:
        return value >= condition.bound
    return value <= condition.bound


def verdicts(
    conditions: Iterable[Condition],
    counted: Mapping[int, tuple[int | Fraction | None, str]],
    by_hand: Mapping[int, Verdict],
) -> list[Verdict]:
    """Judge conditions by what was counted and what was said by hand, by their ids.

    A count goes before what somebody said; where it cannot be told, the hand decides.
    """
    found = []
    for condition in conditions:
        key = condition.condition_id or 0
        value, shown = counted.get(key, (None, ""))
        holds = judge(condition, value)
        if holds is None:
            found.append(by_hand.get(key, Verdict(condition, None, shown)))
        else:
            found.append(Verdict(condition, holds, shown, is_counted=True))
    return found


def last_day(awarded_on: date, months: int) -> date:
    """Return the last day on which a grade awarded that day is valid."""
    return after_months(awarded_on, months) - DAY


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of a shorter month."""
    first = months_after(day.replace(day=1), -months)
    end = months_after(first, 1) - DAY
    return first.replace(day=min(day.day, end.day))

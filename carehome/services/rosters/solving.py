"""A month made by the engine: what goes over to it, and what its roster changes."""

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum

from carehome.i18n import N_
from carehome.rostering.outcome import Outcome
from carehome.rostering.process import Search, find_roster, nameless
from carehome.rules.rosters.checking import check, count_hard, score
from carehome.rules.rosters.problem import OFF, Fault, Problem, Roster

SEED = 1


class Matter(StrEnum):
    """What the points of a roster are about, as a head nurse would sum them up."""

    COVER = N_("Cover")
    WISHES = N_("Wishes of the staff")
    FAIRNESS = N_("Fair shares and number of shifts")
    RESTS = N_("Days off and days in a row")
    WEEKENDS = N_("Weekends")
    UNITS = N_("Work in other units")
    HOURS = N_("Hours")


MATTERS = {
    Fault.COVER_UNDER: Matter.COVER,
    Fault.COVER_OVER: Matter.COVER,
    Fault.WISH: Matter.WISHES,
    Fault.COUNT_OVER: Matter.FAIRNESS,
    Fault.COUNT_UNDER: Matter.FAIRNESS,
    Fault.RUN_LONG: Matter.RESTS,
    Fault.RUN_SHORT: Matter.RESTS,
    Fault.REST_LONG: Matter.RESTS,
    Fault.REST_SHORT: Matter.RESTS,
    Fault.WEEKENDS_OVER: Matter.WEEKENDS,
    Fault.WEEKENDS_UNDER: Matter.WEEKENDS,
    Fault.HALF_WEEKEND: Matter.WEEKENDS,
    Fault.STRANGER: Matter.UNITS,
    Fault.MINUTES_OVER: Matter.HOURS,
    Fault.MINUTES_UNDER: Matter.HOURS,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a roster stands: rules broken, points, and where the points come from."""

    broken: int
    points: int
    parts: tuple[tuple[Matter, int], ...]


def standing(problem: Problem, roster: Roster) -> Standing:
    """Sum up what is wrong with a roster, what costs most first."""
    findings = check(problem, roster)
    points: Counter[Matter] = Counter()
    for finding in findings:
        if not finding.is_hard:
            points[MATTERS[finding.fault]] += finding.cost
    return Standing(count_hard(findings), score(findings), tuple(points.most_common()))


def begin(problem: Problem, roster: Roster) -> Search[Outcome]:
    """Start to look for the best roster, from the one that stands."""
    start = roster if count_worked(roster) else None
    return Search(find_roster, nameless(problem), SEED, start)


def keeping(problem: Problem, roster: Roster) -> Problem:
    """Return the problem with all shifts that stand held as if they were locked."""
    standing_cells = {
        (key, day): code
        for key, row in roster.rows.items()
        for day, code in enumerate(row)
        if code != OFF
    }
    return replace(problem, locked={**standing_cells, **problem.locked})


def count_worked(roster: Roster) -> int:
    """Say in how many cells somebody works."""
    return sum(code != OFF for row in roster.rows.values() for code in row)


def count_changes(before: Roster, after: Roster) -> int:
    """Say in how many cells two rosters differ."""
    return sum(
        old != new
        for key, row in after.rows.items()
        for old, new in zip(before.rows.get(key, ()), row, strict=True)
    )

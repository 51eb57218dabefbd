"""Questions for the other process; what takes long is loaded there, when asked."""

from collections.abc import Callable
from dataclasses import replace

from carehome.rostering.outcome import Progress
from carehome.rules.rosters.causes import Causes
from carehome.rules.rosters.changes import Explanation
from carehome.rules.rosters.problem import Problem, Roster


def find_reasons(
    problem: Problem,
    *,
    better: Callable[[Progress], None],
    stopped: Callable[[], bool],
) -> Explanation:
    """Look why no roster meets the hard needs of a problem, and what would help."""
    from carehome.rostering.conflicts import explain  # noqa: PLC0415 - heavy

    return explain(problem, stop=stopped)


def find_causes(
    problem: Problem,
    roster: Roster,
    *,
    better: Callable[[Progress], None],
    stopped: Callable[[], bool],
) -> Causes:
    """Look for what stands behind each soft cost of a roster, dearest first."""
    from carehome.rostering.causes import explain_costs  # noqa: PLC0415 - heavy

    return explain_costs(problem, roster, stopped=stopped)


def without_names(problem: Problem) -> Problem:
    """Take the names of people out; what bars them is part of the answer."""
    people = tuple(replace(person, name="") for person in problem.people)
    return replace(problem, people=people)

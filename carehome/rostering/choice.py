"""The choice of one schedule for each person, among those at hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from random import Random

from carehome.rostering.columns import Column, Mixture, Row
from carehome.rostering.program import Cover, Moved, Program
from carehome.rostering.watch import Watch

# How far the solver looks is counted in its own work: the choice is then the same on
# every computer.
ITERATIONS = 20_000  # of the simplex method that are done in about a second
LIMITS = "limits/totalnodes = {nodes}\nlimits/stallnodes = {nodes}\n"
EXACT = "limits/gap = 0\n"  # else the best is left as it is near, which proves nothing

NUDGE = 0.02  # what chance may add to a row: too little to hide a whole point


@dataclass(frozen=True, slots=True)
class Effort:
    """How far to look: so many nodes, and until somebody stops it.

    What was done is spent, about in seconds but counted in work. A choice that is to
    prove something `is_exact`, others may end at one in ten thousand from the best.
    """

    nodes: int
    is_exact: bool
    stopped: Callable[[], bool]
    spend: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row for each person, and how many of a group go to another unit."""

    rows: tuple[Row, ...]
    moved: Moved


def choose(
    mixture: Mixture,
    columns: Iterable[Column],
    known: Sequence[Row],
    effort: Effort,
    dear: float = inf,
    luck: Random | None = None,
) -> tuple[Choice | None, bool]:
    """Choose the cheapest rows; say too whether no better choice was overlooked.

    `known` are rows to begin with, `effort` says how far to look, and what must not be
    missed costs `dear` where it is missed all the same. By `luck` any choice of the
    cheapest is taken.
    """
    columns = list(dict.fromkeys(columns))
    people = mixture.people
    program = Program(mixture.cover, len(people), "SCIP", dear)
    solver = program.solver
    limits = LIMITS.format(nodes=effort.nodes)
    solver.SetSolverSpecificParametersAsString(
        limits + EXACT if effort.is_exact else limits
    )
    shares = [
        program.share(
            person,
            people[person].cost_of(row) + (luck.random() * NUDGE if luck else 0),
            mixture.cover.counts_for(person, row),
        )
        for person, row in columns
    ]
    if luck is None:
        solver.SetHint(shares, [float(known[person] == row) for person, row in columns])
    with Watch(solver.InterruptSolve, effort.stopped):
        status = solver.Solve()
    effort.spend(solver.iterations() / ITERATIONS)
    is_all = status in {solver.OPTIMAL, solver.INFEASIBLE}
    if status not in {solver.OPTIMAL, solver.FEASIBLE}:
        return None, is_all
    rows = {
        person: row
        for (person, row), share in zip(columns, shares, strict=True)
        if share.solution_value() > 0.5
    }
    choice = Choice(tuple(rows[n] for n in range(len(people))), program.moved())
    return choice, is_all


def place(cover: Cover, rows: Sequence[Row], dear: float) -> Moved:
    """Say how many of each group go to another unit, when everybody's row is known.

    Nobody goes where more work than there may be: that is for others to mend.
    """
    program = Program(cover, len(rows), "SCIP", dear)
    for person, row in enumerate(rows):
        program.share(person, 0, cover.counts_for(person, row))
    is_solved = program.solver.Solve() == program.solver.OPTIMAL
    return program.moved() if is_solved else {}

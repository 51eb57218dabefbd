"""Whether some days can meet some rules, and how long one may look for an answer."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from time import monotonic

from ortools.sat.python import cp_model

from carehome.rostering.rows import Row, Rows
from carehome.rules.rosters.needs import Atom, atoms_of
from carehome.rules.rosters.problem import Problem

WEEK = 7
MANY = 6  # workers that look at a month in different ways


class OutOfTime(Exception):
    """The time given for an explanation is over."""


@dataclass(slots=True)
class Clock:
    """How long a search may last, and whether somebody wants it to stop."""

    ends: float
    stop: Callable[[], bool] = lambda: False

    @classmethod
    def of(cls, seconds: float, stop: Callable[[], bool] = lambda: False) -> "Clock":
        """Start a clock that rings after some seconds."""
        return cls(monotonic() + seconds, stop)

    def left(self) -> float:
        """Return the seconds that are left; raise where none are."""
        seconds = self.ends - monotonic()
        if seconds <= 0 or self.stop():
            raise OutOfTime
        return seconds


def is_possible(problem: Problem, clock: Clock) -> bool:
    """Say whether a roster can meet every hard need."""
    hard = frozenset(atoms_of(problem))
    return can_meet(Rows(problem, hard, 0, problem.days), hard, clock)


def model_of(rows: Rows) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Return an empty model with a variable for each of the rows'."""
    model = cp_model.CpModel()
    return model, [model.new_bool_var("") for _ in range(rows.count)]


def post(
    model: cp_model.CpModel,
    variables: list[cp_model.IntVar],
    row: Row,
    eased: Sequence[cp_model.IntVar] = (),
) -> None:
    """Add a row; what it is eased by counts as if it were there, or were not."""
    cells = [variables[cell] for cell, _factor in row.terms]
    factors = [factor for _cell, factor in row.terms]
    if row.most == 1 and row.least is None and set(factors) == {1} and not eased:
        model.add_at_most_one(cells)
        return
    sum_of = cp_model.LinearExpr.weighted_sum
    more = [*cells, *eased]
    if row.least is not None:
        model.add(sum_of(more, [*factors, *[1] * len(eased)]) >= row.least)
    if row.most is not None:
        model.add(sum_of(more, [*factors, *[-1] * len(eased)]) <= row.most)


def can_meet(rows: Rows, kept: Container[Atom], clock: Clock) -> bool:
    """Say whether some days can meet the rules that are kept."""
    model, variables = model_of(rows)
    for each in rows.rows:
        row = each.within(kept)
        if row is not None and not row.terms:
            if (row.least or 0) > 0 or (row.most or 0) < 0:
                return False
        elif row is not None:
            post(model, variables, row)
    solver = solver_for(clock)
    if rows.ends - rows.starts > WEEK:
        # Whether it can be done does not depend on who finds out first.
        solver.parameters.num_workers = MANY
    status = solver.solve(model)
    if status == cp_model.UNKNOWN:
        raise OutOfTime
    return bool(status != cp_model.INFEASIBLE)


def solver_for(clock: Clock) -> cp_model.CpSolver:
    """Return a solver that finds the same each time."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.symmetry_level = 0
    solver.parameters.max_time_in_seconds = clock.left()
    return solver

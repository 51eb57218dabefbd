"""Look for the best roster of a problem, tell each better one, stop when asked."""

import threading
import time
from collections.abc import Callable

from ortools.sat.python import cp_model

from carehome.rostering.model import Model
from carehome.rostering.outcome import Outcome, Progress
from carehome.rules.rosters.checking import check, score
from carehome.rules.rosters.problem import Problem, Roster

LOOK = 0.05  # seconds between two looks whether somebody wants to stop
WORKERS = 2


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    start: Roster | None = None,
    better: Callable[[Progress], None] = lambda progress: None,
    stopped: Callable[[], bool] = lambda: False,
    effort: float | None = None,
) -> Outcome:
    """Make the best roster: the same problem, seed and start give the same one.

    `effort` ends the search after so much work, counted so that it is the same on
    every computer (about the seconds of one core); what `stopped` ends is not.
    """
    began = time.monotonic()
    model = Model(problem)
    if start is not None:
        model.hint(start.rows)
    model.minimize()
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = WORKERS
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    listener = _Listener(model, began, better)
    with _Watch(solver, stopped):
        status = solver.solve(model.cp, listener)
    best = listener.best
    return Outcome(
        best.roster if best else None,
        best.cost if best else 0,
        min(best.cost, round(solver.best_objective_bound)) if best else 0,
        status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
        time.monotonic() - began,
    )


class _Listener(cp_model.CpSolverSolutionCallback):
    """Tells each better roster."""

    def __init__(
        self, model: Model, began: float, better: Callable[[Progress], None]
    ) -> None:
        super().__init__()
        self.best: Progress | None = None
        self._model = model
        self._began = began
        self._better = better

    def on_solution_callback(self) -> None:
        """Pass a roster on that is better; it may cost less than the solver thinks."""
        roster = self._model.roster(self)
        cost = score(check(self._model.problem, roster))
        if self.best is None or cost < self.best.cost:
            seconds = time.monotonic() - self._began
            bound = min(cost, round(self.best_objective_bound))
            self.best = Progress(seconds, roster, cost, bound)
            self._better(self.best)


class _Watch:
    """Stops a solver when somebody wants to."""

    def __init__(self, solver: cp_model.CpSolver, stopped: Callable[[], bool]) -> None:
        self._solver = solver
        self._stopped = stopped
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK):
            if self._stopped():
                self._solver.stop_search()

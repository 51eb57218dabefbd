"""Look for the best roster of a problem, tell each better one, stop when asked.

Three steps: a first roster that breaks no rule, without thought for its points; then
whole schedules are mixed, chosen and proved to be the best (`branching`); where these
are too many to be searched, all at once by the solver that found the first. Each step
is counted in work and not in seconds, so that the same problem and seed give the same
roster on every computer.
"""

import time
from collections.abc import Callable

from ortools.sat.python import cp_model

from carehome.rostering import branching
from carehome.rostering.model import Model
from carehome.rostering.outcome import Outcome, Progress
from carehome.rostering.watch import Watch
from carehome.rules.rosters.checking import check, count_hard, score
from carehome.rules.rosters.problem import Problem, Roster

WORKERS = 2
JUMP_EFFORT = 0.5
FULL = (
    "core",
    "default_lp",
    "fixed",
    "lb_tree_search",
    "main",
    "max_lp",
    "no_lp",
    "objective_lb_search",
    "probing",
    "pseudo_costs",
    "quick_restart",
    "quick_restart_no_lp",
    "reduced_costs",
)


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

    `effort` ends the search after so much work (about the seconds of one core);
    where `stopped` ends it is left to whoever watches.
    """
    return _Search(problem, seed, better, stopped, effort).run(start)


class _Search:
    """One search, from the first roster to the last."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        better: Callable[[Progress], None],
        stopped: Callable[[], bool],
        effort: float | None,
    ) -> None:
        self.problem = problem
        self._seed = seed
        self._better = better
        self._stopped = stopped
        self._left = float("inf") if effort is None else effort
        self._began = time.monotonic()
        self.best: Progress | None = None
        self.bound = 0

    def run(self, start: Roster | None) -> Outcome:
        """Take all steps."""
        model = Model(self.problem)
        is_final = self._begin(model, start)
        if self.best is not None and not is_final:
            is_final = self._search_schedules() or self._finish(model)
        return Outcome(
            self.best.roster if self.best else None,
            self.best.cost if self.best else 0,
            min(self.bound, self.best.cost) if self.best else 0,
            is_final,
            time.monotonic() - self._began,
        )

    def is_best(self) -> bool:
        """Say whether no roster can be better than the best one."""
        return self.best is not None and self.best.cost <= self.bound

    def is_over(self) -> bool:
        """Say whether to stop: somebody wants to, or nothing better can be found."""
        return self._stopped() or self._left <= 0 or self.is_best()

    def _search_schedules(self) -> bool:
        """Search among whole schedules; say whether the best roster was proved."""

        def tell(roster: Roster) -> None:
            self.bound = max(self.bound, search.bound)
            self.offer(roster)

        search = branching.Search(
            self.problem, self._seed, tell, self.is_over, self._spend
        )
        search.run(self._best_roster())
        self.bound = max(self.bound, search.bound)
        return self.is_best()

    def offer(self, roster: Roster) -> bool:
        """Take a roster if it is better; it may cost less than the solver thinks."""
        findings = check(self.problem, roster)
        cost = score(findings)
        if count_hard(findings) or (self.best and cost >= self.best.cost):
            return False
        seconds = time.monotonic() - self._began
        self.best = Progress(seconds, roster, cost, min(self.bound, cost))
        self._better(self.best)
        return True

    def _begin(self, model: Model, start: Roster | None) -> bool:
        """Find any roster that breaks no rule; say whether there can be none."""
        if start is not None:
            self.offer(start)
            model.hint(start.rows)
        if self.best is not None:
            return False
        for search in (self._jumping(), self._plain()):
            status = self._solve(search, model)
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self.offer(model.roster(search))
                return False
            if status == cp_model.INFEASIBLE:
                return True
        return False

    def _jumping(self) -> cp_model.CpSolver:
        """Return a solver that jumps to a first roster: quick, but proves nothing.

        Left to itself the solver lets strategies race, and who wins is luck: so all
        are left out but the one that wins by far.
        """
        solver = self._plain()
        solver.parameters.num_workers = WORKERS
        solver.parameters.interleave_search = True
        solver.parameters.ignore_subsolvers.extend(FULL)
        solver.parameters.max_deterministic_time = JUMP_EFFORT
        return solver

    def _plain(self) -> cp_model.CpSolver:
        """Return a solver for a first roster that looks everywhere if it must."""
        solver = self._solver()
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.linearization_level = 0
        return solver

    def _spend(self, effort: float) -> None:
        self._left -= effort

    def _best_roster(self) -> Roster:
        assert self.best is not None
        return self.best.roster

    def _finish(self, model: Model) -> bool:
        """Look at everything at once; say whether the search came to its end."""
        if self.is_over():
            return self.is_best()
        self._complete_hint(model, self._best_roster())
        model.minimize()
        solver = self._solver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.interleave_search = True
        status = self._solve(solver, model, _Listener(self, model))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.bound = max(self.bound, round(solver.best_objective_bound))
        return status == cp_model.OPTIMAL

    def _complete_hint(self, model: Model, roster: Roster) -> None:
        """Hint all variables, costs too: only then the solver begins there."""
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        model.hint(roster.rows)
        solver = self._solver()
        solver.parameters.num_workers = 1
        solver.parameters.fix_variables_to_their_hinted_value = True
        if solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            model.cp.clear_hints()  # type: ignore[no-untyped-call]
            for index, value in enumerate(solver.response_proto.solution):
                variable = model.cp.get_int_var_from_proto_index(index)
                model.cp.add_hint(variable, value)

    def _solver(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = self._seed
        return solver

    def _solve(
        self,
        solver: cp_model.CpSolver,
        model: Model,
        listener: cp_model.CpSolverSolutionCallback | None = None,
    ) -> cp_model.CpSolverStatus:
        """Solve within the work that is left, and until somebody wants to stop."""
        if self._left < float("inf"):
            most = solver.parameters.max_deterministic_time
            solver.parameters.max_deterministic_time = min(most, self._left)
        with Watch(solver.stop_search, self.is_over):
            status = solver.solve(model.cp, listener)
        self._left -= solver.deterministic_time
        return status


class _Listener(cp_model.CpSolverSolutionCallback):
    """Hands each roster that the solver finds to the search."""

    def __init__(self, search: _Search, model: Model) -> None:
        super().__init__()
        self._search = search
        self._model = model

    def on_solution_callback(self) -> None:
        """Read the roster and hand it on."""
        search = self._search
        search.bound = max(search.bound, round(self.best_objective_bound))
        search.offer(self._model.roster(self))

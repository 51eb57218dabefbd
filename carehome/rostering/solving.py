"""Look for the best roster of a problem, tell each better one, stop when asked.

Three steps: a first roster that breaks no rule, without thought for its points; then
a few people's rows, or everybody's days of a week, are made anew while the rest stays,
for as long as that pays; then all at once. Meanwhile a mixture of whole schedules says
how much better any roster can be. Where nothing but schedules and one cover for the
whole home is asked for, whole schedules are searched instead: that is far quicker.
Each step is counted in work and not in seconds, so that the same problem and seed give
the same roster on every computer.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from random import Random

from ortools.sat.python import cp_model

from carehome.rostering import branching
from carehome.rostering.columns import bound_of, searchable
from carehome.rostering.model import Model
from carehome.rostering.outcome import Outcome, Progress
from carehome.rules.rosters.checking import check, count_hard, score
from carehome.rules.rosters.problem import Finding, Problem, Roster

LOOK = 0.05  # seconds between two looks whether somebody wants to stop
WORKERS = 2
TEAM = 4
SPAN = 3  # days that are made anew for everybody; more where few are not enough
LONGEST = 7
SLOWER = 0.5  # days by which that grows when nothing got better
PART_EFFORT = 0.4
FIRST_ROUNDS = 4  # parts made anew before it is asked how good a roster can be,
SMALL = 5_000  # where there are no more cells than that; else when parts do not help
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
PATIENCE = 3  # how often each may be in a team that got no better


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
        self._random = Random(seed)
        self._findings: list[Finding] = []
        self._span = float(SPAN)
        self._is_bounded = False
        self.best: Progress | None = None
        self.bound = 0

    def run(self, start: Roster | None) -> Outcome:
        """Take all steps."""
        model = Model(self.problem)
        is_final = self._begin(model, start)
        if self.best is not None and not is_final:
            if searchable(self.problem):
                is_final = self._search_schedules()
            else:
                if len(model.x) <= SMALL:
                    self._mend(FIRST_ROUNDS)
                    self._find_bound()
                self._mend()
                self._find_bound()
                is_final = self.is_best() or self._finish(model)
        return Outcome(
            self.best.roster if self.best else None,
            self.best.cost if self.best else 0,
            min(self.bound, self.best.cost) if self.best else 0,
            is_final,
            time.monotonic() - self._began,
        )

    def _find_bound(self) -> None:
        """Find out how good a roster can be at best."""
        if not self.is_over() and not self._is_bounded:
            self.bound = max(self.bound, bound_of(self.problem, self._stopped))
            self._is_bounded = not self._stopped()

    def is_best(self) -> bool:
        """Say whether no roster can be better than the best one."""
        return self.best is not None and self.best.cost <= self.bound

    def is_over(self) -> bool:
        """Say whether to stop: somebody wants to, or nothing better can be found."""
        return self._stopped() or self._left <= 0 or self.is_best()

    def _search_schedules(self) -> bool:
        """Search among whole schedules; say whether the search came to its end."""

        def tell(rows: Mapping[str, tuple[str, ...]], cost: int, bound: int) -> None:
            self.bound = max(self.bound, bound)
            self.offer(Roster(dict(rows)))

        search = branching.Search(self.problem, tell, self.is_over)
        is_final = search.run(self._best_roster().rows)
        self.bound = max(self.bound, search.bound)
        return is_final or self.is_best()

    def offer(self, roster: Roster) -> bool:
        """Take a roster if it is better; it may cost less than the solver thinks."""
        findings = check(self.problem, roster)
        cost = score(findings)
        if count_hard(findings) or (self.best and cost >= self.best.cost):
            return False
        self._findings = findings
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

    def _mend(self, most: float = float("inf")) -> None:
        """Make parts of the roster anew until that does not pay any more."""
        people = [person.key for person in self.problem.people]
        quiet = 0
        rounds = PATIENCE * len(people) // (TEAM * WORKERS)
        with ThreadPoolExecutor(WORKERS) as pool:
            while quiet < rounds and most > 0 and not self.is_over():
                quiet += 1
                most -= 1
                before = self._best_roster()
                self._mend_days(pool)
                is_same = self._best_roster() is before
                self._span = (
                    min(self._span + SLOWER, LONGEST) if is_same else self._span
                )
                self._mend_teams(pool, people)
                quiet = quiet if self._best_roster() is before else 0

    def _mend_days(self, pool: ThreadPoolExecutor) -> None:
        """Make a few days of everybody anew."""
        base, spans = self._best_roster(), self._spans()
        bases = (base,) * len(spans)
        remade = list(pool.map(self._days_remade, bases, spans, self._seeds()))
        for days, made in zip(spans, remade, strict=True):
            if made is not None:
                self.offer(_with_days(self._best_roster(), made, days))

    def _mend_teams(self, pool: ThreadPoolExecutor, people: list[str]) -> None:
        """Make the rows of a few people anew."""
        base, teams = self._best_roster(), self._teams(people)
        bases = (base,) * len(teams)
        for made in list(pool.map(self._remade, bases, teams, self._seeds())):
            if made is not None:
                self.offer(self._joined(made))

    def _best_roster(self) -> Roster:
        assert self.best is not None
        return self.best.roster

    def _teams(self, people: list[str]) -> list[tuple[str, ...]]:
        """Choose people for teams, those first whose rows cost much."""
        costs = Counter(dict.fromkeys(people, 1))
        for finding in self._findings:
            if finding.person:
                costs[finding.person] += finding.cost
        chosen = sorted(
            people,
            key=lambda key: self._random.random() ** (1 / costs[key]),
            reverse=True,
        )
        chosen = chosen[: TEAM * WORKERS]
        self._random.shuffle(chosen)
        return [tuple(chosen[at::WORKERS]) for at in range(WORKERS)]

    def _spans(self) -> list[range]:
        """Choose days in a row, no two of them twice."""
        days = self.problem.days
        length = min(round(self._span), days // WORKERS)
        start = self._random.randrange(days)
        step = max(days // WORKERS, 1)
        starts = [(start + at * step) % days for at in range(WORKERS)]
        return [range(first, min(first + length, days)) for first in starts]

    def _seeds(self) -> list[int]:
        return [self._random.randrange(2**30) for _ in range(WORKERS)]

    def _remade(self, base: Roster, team: tuple[str, ...], seed: int) -> Roster | None:
        """Make the rows of a team anew; return what is theirs of the roster."""
        model = Model(self.problem, _part(base, base.rows.keys() - set(team)))
        made = self._part_solved(model, base, seed)
        return made and _part(made, team)

    def _days_remade(self, base: Roster, days: range, seed: int) -> Roster | None:
        """Make everybody's `days` anew."""
        model = Model(self.problem)
        model.fix_days(base.rows, days)
        return self._part_solved(model, base, seed)

    def _part_solved(self, model: Model, base: Roster, seed: int) -> Roster | None:
        self._complete_hint(model, base)
        model.minimize()
        effort = PART_EFFORT * self._span / SPAN
        solver = self._solver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.linearization_level = 2
        solver.parameters.symmetry_level = 0
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(model.cp)
        self._left -= effort
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return model.roster(solver)

    def _joined(self, part: Roster) -> Roster:
        """Put rows made anew into the best roster."""
        best = self._best_roster()
        rest = _part(best, best.rows.keys() - part.rows.keys())
        return Roster({**rest.rows, **part.rows}, {**rest.units, **part.units})

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
        with _Watch(solver, self.is_over):
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


def _part(roster: Roster, keys: Iterable[str]) -> Roster:
    """Return the rows of some people, and where they work."""
    wanted = frozenset(keys)
    return Roster(
        {key: row for key, row in roster.rows.items() if key in wanted},
        {cell: unit for cell, unit in roster.units.items() if cell[0] in wanted},
    )


def _with_days(roster: Roster, made: Roster, days: range) -> Roster:
    """Put `days` of one roster into another."""
    rows = {
        key: tuple(
            made.rows[key][day] if day in days else code for day, code in enumerate(row)
        )
        for key, row in roster.rows.items()
    }
    units = {cell: unit for cell, unit in roster.units.items() if cell[1] not in days}
    units |= {cell: unit for cell, unit in made.units.items() if cell[1] in days}
    return Roster(rows, units)

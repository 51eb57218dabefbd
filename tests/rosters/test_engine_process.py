"""The search in another process: it tells, it stops when asked, its death is told."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

from benchmarks.made_home import made_home
from carehome.rostering.outcome import Outcome, Progress
from carehome.rostering.process import Search, find_roster, nameless
from carehome.rules.rosters.checking import check, count_hard, score
from carehome.rules.rosters.problem import Problem, Roster

PATIENCE = 60  # seconds, on a busy computer


def small() -> Problem:
    """Return a home that the solver works on for a while."""
    return made_home(people=20, wards=1, wishes=60)


def die(
    problem: Problem,
    *,
    better: Callable[[Progress], None],
    stopped: Callable[[], bool],
) -> Outcome:
    """Tell of a roster and end as a crash does."""
    assert not stopped()
    better(Progress(0.1, Roster({}), 7, 0))
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_a_search_tells_a_roster_and_keeps_the_best_when_stopped() -> None:
    problem = small()
    search = Search(find_roster, nameless(problem), 1, None)
    while search.best is None:
        assert search.wait(PATIENCE)
        search.look()
    search.stop()
    while not search.is_over:
        assert search.wait(PATIENCE)
        search.look()
    search.close()
    assert search.answer is not None
    assert search.answer.roster is not None
    findings = check(problem, search.answer.roster)
    assert not count_hard(findings)
    assert score(findings) == search.answer.cost <= search.best.cost


def test_the_death_of_the_process_is_told_and_the_best_roster_stays() -> None:
    search = Search(die, small())
    while not search.is_over:
        assert search.wait(PATIENCE)
        search.look()
    search.close()
    assert search.trouble is not None
    assert search.best is not None
    assert search.best.cost == 7


def test_no_name_goes_to_the_other_process() -> None:
    problem = small()
    named = replace(
        problem, people=tuple(replace(p, name="王秀英") for p in problem.people)
    )
    assert "王秀英" not in repr(nameless(named))


def test_the_program_loads_no_solver_to_start_a_search() -> None:
    code = "import sys, carehome.rostering.process; print('ortools' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"

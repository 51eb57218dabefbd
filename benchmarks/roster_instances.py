"""Published shift-scheduling instances, solved as rosters on this machine's cores.

    python -m benchmarks roster_instances
    python -m benchmarks.roster_instances FILE [SECONDS]

prints for each instance the score found (counted anew from the file), the bound, and
the seconds to either. The best known scores are those of schedulingbenchmarks.org.
"""

import sys
import time
from pathlib import Path

from benchmarks.instances import read_problem, score
from carehome.rostering.outcome import Progress
from carehome.rostering.solving import solve

FILES = Path(__file__).parents[2] / "shared" / "roster-instances"
BEST_KNOWN = {1: 607, 2: 828, 3: 1001, 5: 1143, 7: 1056}
SECONDS = {1: 60, 2: 60, 3: 60, 5: 600, 7: 600}


def solve_file(path: Path, seconds: float) -> str:
    """Solve one instance and say what came of it."""
    problem = read_problem(path)
    began = time.monotonic()
    steps: list[Progress] = []
    outcome = solve(
        problem,
        better=steps.append,
        stopped=lambda: time.monotonic() - began > seconds,
    )
    if outcome.roster is None:
        return "no roster found"
    counted = score(path, {key: list(row) for key, row in outcome.roster.rows.items()})
    assert not counted.broken, counted.broken
    assert counted.cost == outcome.cost, (counted.cost, outcome.cost)
    gap = 100 * (outcome.cost - outcome.bound) / max(outcome.cost, 1)
    end = "proved best" if outcome.is_final else f"bound {outcome.bound} ({gap:.2f} %)"
    return (
        f"cost {outcome.cost}, {end}; first {steps[0].cost} after"
        f" {steps[0].seconds:.1f} s, last found after {steps[-1].seconds:.1f} s,"
        f" ended after {outcome.seconds:.1f} s"
    )


def main() -> None:
    for number, best in BEST_KNOWN.items():
        said = solve_file(FILES / f"Instance{number}.txt", SECONDS[number])
        print(f"instance {number} (best known {best}): {said}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(solve_file(Path(sys.argv[1]), float((*sys.argv[2:], "600")[0])))
    else:
        main()

"""How fast the engine plans a made home: first roster, best so far, proof.

`python -m benchmarks.rosters_home 40 60` plans 40 people for 60 seconds, `40-apart`
people who belong to their wards. Where the best roster is proved there is none better
to compare with, however long one looks.
"""

import sys
import time

from benchmarks.made_home import eighty, forty, forty_apart
from carehome.rostering.outcome import Progress
from carehome.rostering.solving import solve

HOMES = {"40": forty, "40-apart": forty_apart, "80": eighty}
SECONDS = 60


def run(home: str, seconds: float) -> None:
    """Plan a home and print each better roster."""
    problem = HOMES[home]()
    began = time.monotonic()

    def tell(progress: Progress) -> None:
        print(f"{progress.seconds:7.2f} s  {progress.cost} (bound {progress.bound})")

    outcome = solve(
        problem, better=tell, stopped=lambda: time.monotonic() - began > seconds
    )
    end = "proved best" if outcome.is_final else "not proved"
    print(f"{home} people: {outcome.cost}, bound {outcome.bound}, {end}")
    print(f"ended after {outcome.seconds:.1f} s")


def main() -> None:
    """Plan each home for a minute."""
    for home in HOMES:
        run(home, SECONDS)


if __name__ == "__main__":
    run(sys.argv[1], float(sys.argv[2]))

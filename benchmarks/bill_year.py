"""A year of bill runs for 1,000 residents, and how a run grows from 100 to 10,000.

The floor of the year is what `bills` measures against: the same rows inserted by a bare
connection, without any trigger. Growth is told as the power of the number of residents
with which time rises: 1 is linear. The bare inserts grow beside it.
"""

import math
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.bills import MONTH, TABLES, bare, insert, open_copy, post, rows_of
from benchmarks.crowd import make_home
from benchmarks.rounds import say
from carehome.rules.periods import months_after

MONTHS = [months_after(MONTH, -back) for back in range(11, -1, -1)]
SIZES = (100, 1000, 10_000)


def main(residents: int = 1000) -> None:
    """Print what a year takes beside its inserts, and how a month grows."""
    with tempfile.TemporaryDirectory() as name:
        _year(Path(name), residents)
    grown = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            grown.append(_month(Path(name), size))
    ours, floor = ([each[at] for each in grown] for at in (0, 1))
    print(
        f"bill run of {', '.join(map(str, SIZES))} residents: "
        + ", ".join(f"{1000 * took:.0f}" for took in ours)
        + f" ms; grows with the power {_power(ours):.2f} of residents"
        + f" (bare inserts {_power(floor):.2f}; at most 1.10)"
    )


def _year(folder: Path, residents: int) -> None:
    source = folder / "home.db"
    make_home(folder, residents).close()
    posted = open_copy(source, folder / "posted.db")
    each = [_timed(partial(post, posted, month)) for month in MONTHS]
    posted.close()
    rows = {table: rows_of(folder / "posted.db", source, table) for table in TABLES}
    empty = bare(source, folder / "bare.db")
    floor = _timed(lambda: insert(empty, rows))
    empty.close()
    count = sum(map(len, rows.values()))
    name = f"12 bill runs, {residents} residents, {count} rows"
    say(name, sum(each), floor, "at most 10")
    last, first = sorted(each[-3:])[1], sorted(each[:3])[1]
    print(
        f"  a month at the end of the year takes {last / first:.2f} x one at its begin"
        " (at most 1.5)"
    )


def _month(folder: Path, residents: int) -> tuple[float, float]:
    """Return what a run takes, and its bare inserts, in seconds: the best of three."""
    source = folder / "home.db"
    make_home(folder, residents).close()
    ours, floor = [], []
    for turn in range(3):
        path = folder / f"run{turn}.db"
        db = open_copy(source, path)
        ours.append(_timed(partial(post, db, MONTH)))
        db.close()
        rows = {table: rows_of(path, source, table) for table in TABLES}
        empty = bare(source, folder / f"bare{turn}.db")
        floor.append(_timed(partial(insert, empty, rows)))
        empty.close()
    return min(ours), min(floor)


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _power(took: list[float]) -> float:
    return math.log(took[-1] / took[0]) / math.log(SIZES[-1] / SIZES[0])


if __name__ == "__main__":
    main()

"""Opening every page and tab of the demonstration home, until it is read and painted.

The floor is a table of 1,000 rows in a window that is open, made, filled and painted.
Wanted: at most 100 ms on a machine on which that floor takes QUIET_MS; on another as
many times more as the floor takes there.
"""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from benchmarks import demo_home, walks
from carehome.commands import practice
from carehome.services import home as homes

ROWS, COLUMNS = 1000, 6
ROUNDS = 5
WANTED_MS, QUIET_MS = 100, 45


def main() -> None:
    """Visit every page in each round in a window made anew, a second time at once."""
    first: dict[str, list[float]] = {}
    again: dict[str, list[float]] = {}
    floors: list[float] = []
    with demo_home.copy() as home:
        for _round in range(ROUNDS):
            user = practice.USER, practice.PASSWORD
            opened = homes.open_home(home, *user, demo_home.clock)
            with walks.walking(opened, demo_home.clock) as walk:
                floors.append(_timed(walk, lambda: _table(walk)))
                for seen in (first, again):
                    for name, step in walk.steps():
                        seen.setdefault(name, []).append(_timed(walk, step))
    floor = min(floors)
    print(f"a table of {ROWS} rows: {floor * 1000:.0f} ms (floor)")
    for name, times in first.items():
        _say(name, min(times), min(again[name]), floor)


def _say(name: str, first: float, again: float, floor: float) -> None:
    most = WANTED_MS / QUIET_MS
    late = "" if first / floor <= most else f"  over {most:.1f}"
    print(
        f"{name:32} first {first * 1000:5.0f} ms ({first / floor:.2f}), "
        f"again {again * 1000:4.0f} ms ({again / floor:.2f}){late}"
    )


def _timed(walk: walks.Walk, step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    walk.settle()
    return time.perf_counter() - start


def _table(walk: walks.Walk) -> None:
    """Show a bare table in place of the pages, and take it away."""
    table = QTableWidget(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
    stack = walk.shell.stack
    shown = stack.currentWidget()
    stack.addWidget(table)
    stack.setCurrentWidget(table)
    walk.settle()
    stack.setCurrentWidget(shown)
    stack.removeWidget(table)
    table.deleteLater()

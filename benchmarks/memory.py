"""What the program takes of the memory, against a bare window.

The floor is a bare PySide6 window with a table of 1,000 rows, SQLAlchemy and an engine.
Wanted: at most twice as much.
"""

from benchmarks import demo_home
from benchmarks.processes import BARE, PROGRAM, Running

WHOLE = ("benchmarks._whole_program",)


def main() -> None:
    """Look at the first screen, and at the program after a walk through every page."""
    with demo_home.copy() as home:
        floor, bare = _size(*BARE, "engine"), _size(*BARE)
        print(f"a bare window: {bare:.0f} MB, with SQLAlchemy {floor:.0f} MB (floor)")
        _say("first screen", _size(*PROGRAM, str(home)), floor)
        _say("every page opened", _size(*WHOLE, str(home)), floor)


def _size(*module: str) -> float:
    with Running(*module) as started:
        return started.megabytes


def _say(name: str, size: float, floor: float) -> None:
    print(f"{name}: {size:.0f} MB, ratio {size / floor:.2f} (at most 2)")

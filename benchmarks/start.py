"""From the command to a first screen that takes letters, and from Enter to a full page.

The floor of the first is a bare PySide6 window with a table of 1,000 rows, SQLAlchemy
and an engine; wanted is at most 1.5 times as long. The floor of the second is the
Argon2id of the password, which is as slow as it is on purpose.
"""

from functools import partial
from pathlib import Path

from benchmarks import demo_home
from benchmarks.processes import BARE, PROGRAM, Running
from benchmarks.rounds import best_in_turn, in_turn, say
from benchmarks.sign_in import argon2

ROUNDS = 9


def main() -> None:
    """Start the program and the bare windows in turn, each in a new process."""
    with demo_home.copy() as home:
        _say_start(home)
        _say_sign_in(home)


def _say_start(home: Path) -> None:
    ours, floor, bare = best_in_turn(
        ROUNDS,
        partial(_started, *PROGRAM, str(home)),
        partial(_started, *BARE, "engine"),
        partial(_started, *BARE),
    )
    say("window usable", ours, floor, "at most 1.5")
    say("the same beside the window alone", ours, bare, "no limit")


def _say_sign_in(home: Path) -> None:
    loaded, soon, floor = best_in_turn(
        ROUNDS // 2,
        partial(_signed_in, "sign-in", str(home)),
        partial(_signed_in, "sign-in", "soon", str(home)),
        lambda: in_turn(1, argon2)[0],
    )
    say("from Enter to a full page", loaded, floor, "Argon2id is the floor")
    say("the same for who types at once", soon, floor, "modules are still loaded")


def _signed_in(*words: str) -> float:
    with Running(*PROGRAM, *words) as started:
        return started.told


def _started(*module: str) -> float:
    with Running(*module) as started:
        return started.seconds

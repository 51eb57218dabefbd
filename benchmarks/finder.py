"""A key in Ctrl+K among 10,000 people, shown, against a bare `in` over the same words.

What is typed is typed letter by letter, as people do; the slowest key counts. Nothing
on the screen's thread may take longer than 50 ms: the figure is its own time there.
"""

import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.crowd import DIRECTOR, clock
from benchmarks.rounds import best_in_turn, say
from benchmarks.search import TYPED, make_people
from carehome.services.residents import ResidentIndex, Residents
from carehome.ui.kit import theme
from carehome.ui.kit.finder import Finder
from carehome.ui.parts.find import People


def main(people: int = 10_000, rounds: int = 5) -> None:
    """Print how the slowest key compares with a bare scan."""
    app = QApplication.instance() or QApplication(["carehome"])
    assert isinstance(app, QApplication)
    theme.use(app)
    with tempfile.TemporaryDirectory() as name:
        db = make_people(Path(name), people)
        index = Residents(db, DIRECTOR, clock).index()
        db.close()
    ours, floor = slowest(index, rounds)
    say(f"key in the finder over {people} people", ours, floor, "at most 50 ms")


def slowest(index: ResidentIndex, rounds: int) -> tuple[float, float]:
    """Return the seconds of the slowest key and of its floor."""
    window = QWidget()
    theme.dress(window)
    finder = Finder("", window)
    source = People(lambda _resident_id: None, None, list)
    source.learn(index)
    finder.add(source)
    window.show()
    finder.open()
    worst = (0.0, 0.0)
    for text in TYPED:
        for length in range(1, len(text) + 1):
            typed = text[:length]
            ours, floor = best_in_turn(
                rounds,
                lambda typed=typed: _key(finder, typed),
                lambda typed=typed: _scan(index, typed),
            )
            worst = max(worst, (ours, floor))
    return worst


def _key(finder: Finder, typed: str) -> float:
    """Return the seconds that one more letter keeps the screen's thread."""
    finder.line.setText(typed[:-1])
    QApplication.processEvents()
    start = time.thread_time()
    finder.line.setText(typed)
    QApplication.processEvents()
    return time.thread_time() - start


def _scan(index: ResidentIndex, typed: str) -> float:
    last = "\n" + typed.rsplit(maxsplit=1)[-1]
    start = time.thread_time()
    found = [word for word in index._words if last in word]
    taken = time.thread_time() - start
    del found
    return taken


if __name__ == "__main__":
    main()

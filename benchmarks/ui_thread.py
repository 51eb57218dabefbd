"""What keeps the screen's thread busy for too long, in all scenes and in a big home.

The scenes of `carehome screenshots` on the demonstration home, then a walk through a
home of 1,000 beds: pages, tabs, typing, sorting, opening. Wanted: no stretch over 50 ms
of a machine on which a calibrating loop takes QUIET_MS; on another one as many times
more as the loop takes there, in the middle of all the times between the scenes.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from benchmarks import crowd, demo_home, walks
from benchmarks.watchdog import MOST_MS, Watchdog
from carehome.rules.home import Profile
from carehome.services.home import OpenHome
from carehome.ui.kit.table_view import TableView

W = TypeVar("W", bound=QWidget)
PEOPLE = 1000
LOOP, QUIET_MS = 100_000, 6.0


def main() -> None:
    """Print every stretch that was too long, and the longest of all."""
    app = walks.application()
    watchdog, loops = Watchdog(), []
    for done in (_scenes, _big_home):
        for _step in done(watchdog):
            loops.append(_loop_ms())
    slower = max(statistics.median(loops) / QUIET_MS, 1.0)
    most = MOST_MS * slower
    found = sorted(watchdog.stretches, key=lambda each: -each.own_ms)
    late = [each for each in found if each.own_ms > most]
    for stretch in late:
        print(stretch)
    longest = found[0].own_ms if found else watchdog.longest_ms
    print(
        f"{len(late)} stretches over {most:.0f} ms in {len(loops)} steps, the longest "
        f"{longest:.0f} ms, ratio {longest / most:.2f} (at most 1; 50 ms of a machine "
        f"{slower:.1f} times as fast)"
    )
    app.processEvents()


def _loop_ms() -> float:
    """Return how long a fixed piece of work takes now."""
    start = time.thread_time()
    sum(number * number for number in range(LOOP))
    return (time.thread_time() - start) * 1000


def _scenes(watchdog: Watchdog) -> Iterator[str]:
    """Draw every scene there is to see, as for the pictures."""
    from carehome.commands.gallery.scene import Format
    from carehome.commands.gallery.scenes import SCENES
    from carehome.commands.gallery.studio import Studio

    with demo_home.copy() as home, Studio(home, Format(), demo_home.clock) as studio:
        for scene in SCENES:
            _ = studio.opened  # whose password is not what is measured
            try:
                with watchdog.watching(scene.name), studio.set_up(scene):
                    pass
            except LookupError as lost:
                print(f"{scene.name} was not reached: {lost}")
            yield scene.name


def _big_home(watchdog: Watchdog) -> Iterator[str]:
    """Walk through a home of many."""
    with tempfile.TemporaryDirectory() as folder:
        db = crowd.make_home(Path(folder) / "home", PEOPLE)
        opened = OpenHome(db, crowd.DIRECTOR, Profile("Benchmark"))
        walk = walks.Walk(opened, crowd.clock)
        for name, step in _steps(walk):
            with watchdog.watching(f"1,000: {name}"):
                step()
                walk.settle()
            yield name
        walk.shell.close()
        walk.jobs.close()
        db.close()


def _steps(walk: walks.Walk) -> Iterator[walks.Step]:
    """Go everywhere, and do in each list what people do there."""
    for name, step in walk.steps():
        yield name, step
        page = walk.shell.stack.currentWidget()
        for at, line in enumerate(_seen(page, QLineEdit)):
            if not line.isReadOnly() and line.isEnabled():
                yield f"{name}, typing {at}", _typing(line)
        for at, view in enumerate(_seen(page, TableView)):
            yield f"{name}, table {at}", _using(view)


def _seen(page: QWidget, kind: type[W]) -> list[W]:
    return [each for each in page.findChildren(kind) if each.isVisible()]


def _typing(line: QLineEdit) -> Callable[[], None]:
    def type_and_clear() -> None:
        for letter in "r5":
            QTest.keyClick(line, letter)
        line.clear()

    return type_and_clear


def _using(view: TableView) -> Callable[[], None]:  # type: ignore[type-arg]
    def sort_and_open() -> None:
        header = view.horizontalHeader()
        for column in range(min(header.count(), 3)):
            view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        if view.model().rowCount():
            view.selectRow(0)

    return sort_and_open

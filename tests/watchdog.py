"""What must not happen on the screen's thread: reading, and what takes long.

Reading is refused in every test: a page that asks the database or opens a big file by
itself stands still for as long as the disk likes. What takes long is only told after
the tests, since it depends on the machine; `python -m benchmarks ui_thread` measures it.
"""

import builtins
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

import carehome
from benchmarks.watchdog import MOST_MS, Stretch, Watchdog
from carehome import paths
from carehome.db.database import Database

SCREENS = tuple(str(Path(carehome.__file__).parent / part) for part in ("ui", "app"))
MOST_BYTES = 64 * 1024
TOLD = 12

dogs: list[Watchdog] = []


def asked_by_a_screen() -> bool:
    """Say whether a widget's own method is what runs on the screen's thread now.

    Functions of screens that are made for jobs may be called by a test itself.
    """
    if threading.current_thread() is not threading.main_thread():
        return False
    frame = sys._getframe(2)
    while frame:
        in_screens = frame.f_code.co_filename.startswith(SCREENS)
        if in_screens and isinstance(frame.f_locals.get("self"), QObject):
            return True
        frame = frame.f_back
    return False


@pytest.fixture(scope="session", autouse=True)
def _screens_read_nothing() -> Iterator[None]:
    """Refuse the database and big files to code of screens on their thread."""
    patch = pytest.MonkeyPatch()
    for name in ("reading", "writing"):
        patch.setattr(Database, name, _guarded(getattr(Database, name)))
    patch.setattr(builtins, "open", _guarded_open)
    patch.setattr(io, "open", _guarded_open)
    yield
    patch.undo()


def _guarded(method: Any) -> Any:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        assert not asked_by_a_screen(), "ask the database through jobs.run"
        return method(*args, **kwargs)

    return guarded


_open = io.open


def _guarded_open(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
    if isinstance(file, str | os.PathLike) and asked_by_a_screen():
        assert not _is_big(Path(file)), f"read {Path(file).name} through jobs.run"
    return _open(file, mode, *args, **kwargs)


def _is_big(file: Path) -> bool:
    """Say whether a file may be long; what comes with the program is known not to be."""
    ours = file.is_relative_to(paths.resource(""))
    return not ours and file.exists() and file.stat().st_size > MOST_BYTES


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Note what keeps the screen from its events, where the system has an alarm."""
    if "qapp" not in request.fixturenames or not hasattr(signal, "setitimer"):
        yield
        return
    request.getfixturevalue("qapp")
    if not dogs:
        dogs.append(Watchdog(MOST_MS))
    with dogs[0].watching(request.node.nodeid):
        yield


def worst() -> list[Stretch]:
    """Return the longest stretches that a screen's own code was under way in."""
    found = [each for dog in dogs for each in dog.stretches if _of_a_screen(each)]
    return sorted(found, key=lambda each: -each.own_ms)[:TOLD]


def _of_a_screen(stretch: Stretch) -> bool:
    return any(line.startswith(("ui/", "app/")) for line in stretch.stack)

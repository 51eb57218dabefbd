"""The demonstration home for benchmarks: made once a run, or one made before."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from carehome.commands import practice
from carehome.services import home as homes

DAY = date(2026, 11, 21)


def clock() -> datetime:
    """Return the moment at which the home is looked at."""
    return datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


@contextmanager
def copy() -> Iterator[Path]:
    """Hand over a copy that may be changed; CAREHOME_DEMO names a home made before.

    It has been opened once: what is measured is no upgrade of an older file.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(_made(), Path(folder) / "home"))
        homes.open_home(home, practice.USER, practice.PASSWORD, clock).db.close()
        yield home


@cache
def _made() -> Path:
    if there := os.environ.get("CAREHOME_DEMO"):
        return Path(there)
    from carehome.commands import demo

    _room.append(tempfile.TemporaryDirectory())
    home = Path(_room[0].name) / "home"
    demo.make(home, 1, DAY)
    return home


_room: list[tempfile.TemporaryDirectory[str]] = []

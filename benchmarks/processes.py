"""Programs in processes of their own: how soon they are usable, and how big.

Modules are compiled, as they are where the program is installed.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

BARE = ("benchmarks._bare_window",)
PROGRAM = ("benchmarks._program",)


class Running:
    """A program that has said `usable`; it ends with the `with` around it.

    `seconds` is how long it took from the start, `told` a figure that it gave itself.
    """

    def __init__(self, *module: str) -> None:
        self._room = tempfile.TemporaryDirectory()
        start = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", *module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(self._room.name),
        )
        assert self._process.stdout
        said = self._process.stdout.readline().split()
        self.seconds = time.perf_counter() - start
        assert said[:1] == ["usable"], f"{module} ended before anybody could use it"
        self.told = float(said[1]) if said[1:] else 0.0

    @property
    def megabytes(self) -> float:
        """What of the process is in memory (Linux tells)."""
        told = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text()
        (pages,) = (line for line in told.splitlines() if line.startswith("Rss:"))
        return int(pages.split()[1]) / 1024

    def __enter__(self) -> "Running":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.communicate()
        self._room.cleanup()


def _environment(room: str) -> dict[str, str]:
    """Let nothing be remembered on this computer, and modules be compiled."""
    given = os.environ.items()
    kept = {name: word for name, word in given if name != "PYTHONDONTWRITEBYTECODE"}
    places = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    return kept | {"QT_QPA_PLATFORM": "offscreen"} | dict.fromkeys(places, room)

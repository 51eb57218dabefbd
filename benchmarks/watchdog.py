"""Watching the screen's thread: what keeps it from its events is named by its stack.

A timer beats on the thread, and an alarm writes the stack down while a beat is late.
(Another thread that looked on would hold what it looks at, and free widgets.) A stretch
is judged by the processor time that the thread itself took, so that other programs of a
shared machine are not blamed on ours.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

import carehome

BEAT_MS = 4
MOST_MS = 50
HOME = Path(carehome.__file__).parent


@dataclass(frozen=True)
class Stretch:
    """A time in which the thread did not come back to its events."""

    doing: str
    wall_ms: float
    own_ms: float
    stack: tuple[str, ...]

    def __str__(self) -> str:
        where = " < ".join(self.stack[:4]) or "Qt itself"
        return f"{self.own_ms:4.0f} ms ({self.wall_ms:.0f}) {self.doing}: {where}"


class Watchdog(QObject):
    """Notes every stretch of the main thread that is longer than `most_ms`."""

    def __init__(self, most_ms: float = MOST_MS) -> None:
        super().__init__()
        self.most_ms = most_ms
        self.stretches: list[Stretch] = []
        self.longest_ms = 0.0
        self._doing = ""
        self._stack: tuple[str, ...] = ()
        self._beats = 0.0, 0.0
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    @contextmanager
    def watching(self, doing: str) -> Iterator[None]:
        """Watch while something is done; its name stands beside what is found."""
        self._doing = doing
        before = signal.signal(signal.SIGALRM, self._look)
        self._begin()
        self._timer.start()
        try:
            yield
            self._beat()
        finally:
            self._timer.stop()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _beat(self) -> None:
        wall, own = time.perf_counter(), time.thread_time()
        before_wall, before_own = self._beats
        own_ms, wall_ms = (own - before_own) * 1000, (wall - before_wall) * 1000
        self.longest_ms = max(self.longest_ms, own_ms)
        if own_ms > self.most_ms:
            self.stretches.append(Stretch(self._doing, wall_ms, own_ms, self._stack))
        self._begin()

    def _begin(self) -> None:
        self._stack = ()
        self._beats = time.perf_counter(), time.thread_time()
        signal.setitimer(signal.ITIMER_REAL, self.most_ms / 2000)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        """Write down which lines of the program are under way, the innermost first."""
        found = []
        while frame:
            file = Path(frame.f_code.co_filename)
            if file.is_relative_to(HOME):
                place = file.relative_to(HOME).as_posix()
                found.append(f"{place}:{frame.f_lineno} {frame.f_code.co_name}")
            frame = frame.f_back
        self._stack = tuple(found)

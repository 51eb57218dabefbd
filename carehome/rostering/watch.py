"""Stops a solver while it works, when somebody wants to."""

import threading
from collections.abc import Callable
from types import TracebackType

LOOK = 0.05  # seconds between two looks whether somebody wants to stop


class Watch:
    """As long as it is entered, `stop` is called once `stopped` says so."""

    def __init__(self, stop: Callable[[], object], stopped: Callable[[], bool]) -> None:
        self._stop = stop
        self._stopped = stopped
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK):
            if self._stopped():
                self._stop()

"""Keeping Python's garbage collector on the screen's thread.

It runs on whichever thread allocates; a widget that it frees on another thread
crashes the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer


def collect_here(parent: QObject, every_ms: int = 5000) -> None:
    """Collect garbage on this thread only, from a timer that lives with `parent`."""
    gc.disable()
    timer = QTimer(parent)
    timer.timeout.connect(_collect)
    timer.start(every_ms)


def leave_be() -> None:
    """Pass over from now on what is there: modules live as long as the program.

    They are nearly all there is; looking through them stops the screen for 0.1 s.
    """
    gc.freeze()


def _collect() -> None:
    gc.collect()

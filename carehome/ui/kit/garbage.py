"""Keeping Python's garbage collector on the screen's thread.

It runs on whichever thread allocates; a widget that it frees on another thread
crashes the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer


def collect_here(parent: QObject, every_ms: int = 5000) -> None:
    """Collect garbage on this thread only, from a timer that lives with `parent`.

    Only what is new is looked through, which takes no time; for the rest somebody has
    to call `collect_all` while the hands rest.
    """
    gc.disable()
    timer = QTimer(parent)
    timer.timeout.connect(_collect_young)
    timer.start(every_ms)


def collect_all() -> None:
    """Collect all garbage; over big lists that stops the screen for a moment."""
    gc.collect()


def leave_be() -> None:
    """Pass over from now on what is there: modules live as long as the program.

    They are nearly all there is; looking through them stops the screen for 0.1 s.
    """
    gc.freeze()


def _collect_young() -> None:
    gc.collect(1)

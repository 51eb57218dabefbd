"""Keeping None, True and False alive beside PySide6 6.12.

That version gives away references to them that it does not own. From Python 3.12 on
they cannot die; before, the program ends in a fatal error after some thousand calls.
"""

import ctypes
import sys

PLENTY = 1 << 60


def protect() -> None:
    """Give Python's constants more references than can ever be lost."""
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(constant)).value += PLENTY

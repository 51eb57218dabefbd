"""Papers on their way to the screen: drawn to a passing file, kept in memory alone."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


def bytes_of(write: Callable[..., object], *values: Any) -> bytes:
    """Return what `write(*values, path)` writes, and leave no file behind."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper"
        write(*values, path)
        return path.read_bytes()


def bytes_in_steps(
    write: Callable[..., object], subject: Any, step: Callable[[int, int], None]
) -> bytes:
    """Do as `bytes_of` for a long paper that tells how far it is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper"
        write(subject, path, step)
        return path.read_bytes()

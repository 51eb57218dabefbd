"""`carehome`: the desktop, with the demonstration home one click away."""

import shutil
from pathlib import Path

from carehome import paths
from carehome.app import program
from carehome.commands.practice import PASSWORD, USER
from carehome.ui.start.start import Demo, Step


def run(
    home: Path | None,
    scale: int | None = None,
    language: str | None = None,
    practice: Path | None = None,
) -> int:
    """Open the desktop for a home, or for the one opened last.

    `practice` is the folder of a demonstration home other than the usual one.
    """
    folder = practice or paths.demo_home()
    offered = Demo(folder, _make, USER, PASSWORD)
    return program.run(home, scale=scale, language=language, demo=offered)


def _make(folder: Path, step: Step) -> None:
    """Make the demonstration home; if that is broken off, nothing half is left."""
    from carehome.commands import demo, told  # noqa: PLC0415 - hardly ever needed

    under_way = folder.with_name(f"{folder.name}-under-way")
    if under_way.exists():
        shutil.rmtree(under_way)
    try:
        demo.make(under_way, 1, told.today(), step)
        under_way.rename(folder)
    finally:
        shutil.rmtree(under_way, ignore_errors=True)

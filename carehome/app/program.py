"""The program as it starts: the first screen at once, everything else behind it."""

import sys
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from carehome import paths
from carehome.app.warming import warm
from carehome.ui.desktop import Desktop, SetLook
from carehome.ui.kit import bugs, garbage, layouts, theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.memory import Memory
from carehome.ui.start.start import Demo

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.ui.shell import Shell

PAINTED_MS = 100  # by then the first screen is there


def run(
    home: Path | None = None,
    *,
    scale: int | None = None,
    language: str | None = None,
    demo: Demo | None = None,
) -> int:
    """Open the desktop, for the home in a folder or the one opened last.

    Without `scale` or `language` they are as this computer remembers them.
    """
    app = QApplication(sys.argv[:1])
    bugs.log_to(paths.logs())
    caught = bugs.Bugs(app)
    caught.catch()
    garbage.collect_here(app)
    memory = Memory(paths.memory())
    layouts.use(memory)
    kept = memory.look
    theme.put_on(
        app,
        replace(kept, scale=scale or kept.scale, language=language or kept.language),
    )
    jobs = Jobs(app)
    desktop = Desktop(partial(_make_shell, jobs), memory, jobs, now, demo)
    desktop.bug_found.connect(caught.note)
    caught.found.connect(desktop.show_crash)
    desktop.come_up()
    desktop.start.begin(home)
    QTimer.singleShot(PAINTED_MS, desktop, partial(warm, jobs, desktop))
    return app.exec()


def now() -> datetime:
    """Return the moment, with the zone of this computer."""
    return datetime.now().astimezone()


def _make_shell(jobs: Jobs, opened: "OpenHome", set_look: SetLook) -> "Shell":
    from carehome.app.window import make_shell

    return make_shell(opened, jobs, now, set_look)

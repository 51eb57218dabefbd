"""The window with the pages of whoever signs in, and the program around it."""

import sys
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from carehome import paths
from carehome.app.desk import Desk
from carehome.app.finding import find
from carehome.app.pages import PAGES
from carehome.i18n import _
from carehome.rules.rights import ROLE_NAMES
from carehome.services.home import OpenHome
from carehome.services.service import Clock
from carehome.ui.desktop import Desktop, SetLook
from carehome.ui.kit import bugs, garbage, theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.memory import Memory
from carehome.ui.shell import Page, Shell
from carehome.ui.start.start import Demo


def make_shell(
    opened: OpenHome, jobs: Jobs, clock: Clock, set_look: SetLook | None = None
) -> Shell:
    """Return the window of a person at a home, with the pages of their rights."""
    desk = Desk(opened, jobs, clock, set_look)
    pages = [
        Page(page.title, page.icon, page.right, partial(page.make, desk), page.keys)
        for page in PAGES
        if opened.user.may(page.right)
    ]
    opened.db.on_change = jobs.announce
    person = f"{opened.user.name} · {_(ROLE_NAMES[opened.user.role])}"
    shell = Shell(opened.profile.name, person, desk.today(), pages, jobs)
    desk.shell = shell
    shell.search_asked.connect(partial(find, desk))
    if opened.profile.is_practice:
        text = _("A home for practice: people and money are invented, try anything.")
        shell.mark_practice(text)
    return shell


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
    kept = memory.look
    theme.put_on(
        app,
        replace(kept, scale=scale or kept.scale, language=language or kept.language),
    )
    jobs = Jobs(app)
    shells = partial(_make_shell, jobs)
    desktop = Desktop(shells, memory, jobs, now, demo)
    desktop.bug_found.connect(caught.note)
    caught.found.connect(desktop.show_crash)
    desktop.show()
    desktop.start.begin(home)
    return app.exec()


def now() -> datetime:
    """Return the moment, with the zone of this computer."""
    return datetime.now().astimezone()


def _make_shell(jobs: Jobs, opened: OpenHome, set_look: SetLook) -> Shell:
    return make_shell(opened, jobs, now, set_look)

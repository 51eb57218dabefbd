"""Puts the parts of the desktop together: the only module that knows all of them."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from carehome import paths
from carehome.i18n import N_, _
from carehome.rules.rights import ROLE_NAMES, Right
from carehome.services.accounts import Accounts
from carehome.services.change_log import ChangeLog
from carehome.services.home import Home, OpenHome
from carehome.services.residents import Residents
from carehome.services.service import Clock, Service
from carehome.services.staff import Staff
from carehome.ui.desktop import Desktop, SetScale
from carehome.ui.kit import bugs, garbage, theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.memory import Memory
from carehome.ui.shell import Page, Shell
from carehome.ui.start.start import Demo

S = TypeVar("S", bound=Service)

SETTINGS = N_("Settings")


class Desk:
    """What the pages of one person stand on, and how one page opens another."""

    shell: Shell

    def __init__(
        self,
        opened: OpenHome,
        jobs: Jobs,
        clock: Clock,
        set_scale: SetScale | None = None,
    ) -> None:
        self.opened = opened
        self.user = opened.user
        self.home = opened.profile.name
        self.jobs = jobs
        self.clock = clock
        self.set_scale = set_scale

    def service(self, kind: type[S]) -> S:
        """Return a service as this person may use it."""
        return kind(self.opened.db, self.user, self.clock)

    def today(self) -> date:
        """Return the day it is."""
        return self.clock().date()

    def tell(self, text: str) -> None:
        """Tell in a line what was done."""
        self.shell.tell(text)


@dataclass(frozen=True)
class Entry:
    """A page of the program: who may see it, and how it is made for a desk."""

    title: str
    icon: str
    right: Right
    make: Callable[[Desk], QWidget]
    keys: tuple[tuple[str, str], ...] = ()


# Pages are imported when they are first visited: the program starts without them.


def _settings(desk: Desk) -> QWidget:
    from carehome.ui.settings.page import Services, SettingsPage

    services = Services(
        desk.service(Home),
        desk.service(Accounts),
        desk.service(Staff),
        desk.service(ChangeLog),
        desk.service(Residents),
    )
    page = SettingsPage(
        services, desk.user, desk.home, desk.jobs, desk.today, theme.scale()
    )
    page.told.connect(desk.tell)
    if desk.set_scale:
        page.scale_wanted.connect(desk.set_scale)
    return page


PAGES = (Entry(SETTINGS, "settings", Right.USE_PROGRAM, _settings),)


def make_shell(
    opened: OpenHome, jobs: Jobs, clock: Clock, set_scale: SetScale | None = None
) -> Shell:
    """Return the window of a person at a home, with the pages of their rights."""
    desk = Desk(opened, jobs, clock, set_scale)
    pages = [
        Page(page.title, page.icon, page.right, partial(page.make, desk), page.keys)
        for page in PAGES
        if opened.user.may(page.right)
    ]
    opened.db.on_change = jobs.announce
    person = f"{opened.user.name} · {_(ROLE_NAMES[opened.user.role])}"
    shell = Shell(opened.profile.name, person, desk.today(), pages, jobs)
    desk.shell = shell
    if opened.profile.is_practice:
        text = _("A home for practice: people and money are invented, try anything.")
        shell.mark_practice(text)
    return shell


def run(
    home: Path | None = None, *, scale: int | None = None, demo: Demo | None = None
) -> int:
    """Open the desktop, for the home in a folder or the one opened last."""
    app = QApplication(sys.argv[:1])
    bugs.log_to(paths.logs())
    caught = bugs.Bugs(app)
    caught.catch()
    garbage.collect_here(app)
    memory = Memory(paths.memory())
    theme.use(app, scale or memory.scale)
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


def _make_shell(jobs: Jobs, opened: OpenHome, set_scale: SetScale) -> Shell:
    return make_shell(opened, jobs, now, set_scale)

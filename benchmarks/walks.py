"""The whole program on a home, as one person walks through it: each page, each tab."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from carehome import i18n
from carehome.app.warming import LATER, load
from carehome.app.window import make_shell
from carehome.services.home import OpenHome
from carehome.services.service import Clock
from carehome.ui.kit import garbage, theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import Tabs
from carehome.ui.shell import Shell

Step = tuple[str, Callable[[], object]]


class Walk:
    """A window at a home, and the steps through it."""

    def __init__(self, opened: OpenHome, clock: Clock) -> None:
        self.app = application()
        self.jobs = Jobs()
        self.shell: Shell = make_shell(opened, self.jobs, clock)
        theme.dress(self.shell)
        self.shell.resize(1366, 768)
        self.shell.show()
        self.settle()

    def steps(self) -> Iterator[Step]:
        """Go to each page that the navigation shows, and to each tab of it."""
        for title, entry in self.shell.entries.items():
            if entry.isVisible():
                yield title, lambda title=title: self.shell.open_page(title)
                for tabs in self.shell.widgets[title].findChildren(Tabs):
                    yield from self._tabs(title, tabs)

    def settle(self) -> None:
        """Wait until what was asked for is read and painted."""
        loop, pulse = QEventLoop(), QTimer(interval=2)
        self.app.processEvents()
        pulse.start()
        while self.jobs.is_busy:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.app.processEvents()

    def _tabs(self, page: str, tabs: Tabs) -> Iterator[Step]:
        if not tabs.isVisible():
            return
        first = tabs.strip.currentIndex()
        for at in range(tabs.strip.count()):
            if at != first:
                name = f"{page}: {tabs.strip.tabText(at)}"
                yield name, lambda at=at: tabs.strip.setCurrentIndex(at)
        tabs.strip.setCurrentIndex(first)


@contextmanager
def walking(opened: OpenHome, clock: Clock) -> Iterator[Walk]:
    """Open the window at a home, and close both."""
    walk = Walk(opened, clock)
    try:
        yield walk
    finally:
        walk.shell.close()
        walk.jobs.close()
        opened.db.close()


def application() -> QApplication:
    """Return the one application, dressed, with everything loaded as in the program."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    i18n.use()
    i18n.prepare()
    for names in LATER:
        load(names)
    app = QApplication([])
    garbage.collect_here(app)
    theme.use(app)
    garbage.leave_be()
    return app

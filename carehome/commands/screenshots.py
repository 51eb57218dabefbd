"""`carehome screenshots`: every page of a home as a picture, without a display."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from carehome import app as desk
from carehome.commands import demo, told
from carehome.ui.kit import garbage, theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import Tabs
from carehome.ui.shell import Shell

_PATIENCE_MS = 20_000


def run(out: Path, home: Path | None, user: str | None) -> None:
    """Draw the pages and list the pictures."""
    with tempfile.TemporaryDirectory() as made:
        if home is None:
            home = Path(made) / "home"
            demo.make(home, 1, told.today())
        for path in draw(home, user, out):
            print(path)


def draw(home: Path, user: str | None, out: Path) -> list[Path]:
    """Draw each page, and each tab of it, at 1366 x 768; return the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["carehome"])
    assert isinstance(app, QApplication), "pictures need an application with windows"
    garbage.collect_here(app)
    theme.use(app, 100, "light")
    opened = told.sign_in(home, user)
    jobs = Jobs()
    shell = desk.make_shell(opened, jobs, told.now)
    shell.resize(1366, 768)
    shell.show()
    try:
        return [
            path
            for number, title in enumerate(shell.entries, 1)
            for path in _page(shell, jobs, title, out / f"{number}")
        ]
    finally:
        shell.close()
        jobs.close()
        opened.db.close()


def _page(shell: Shell, jobs: Jobs, title: str, start: Path) -> list[Path]:
    page = shell.open_page(title)
    name = f"{start.name}-{title.lower().replace(' ', '-')}"
    tabs = page.findChild(Tabs)
    if tabs is None or not tabs.isVisible():
        return [_picture(shell, jobs, start.with_name(f"{name}.png"))]
    pictures = []
    for at in range(tabs.strip.count()):
        tabs.strip.setCurrentIndex(at)
        path = start.with_name(f"{name}-{at + 1}.png")
        pictures.append(_picture(shell, jobs, path))
    return pictures


def _picture(shell: Shell, jobs: Jobs, path: Path) -> Path:
    """Take a picture once the page has read what it shows."""
    _settle(jobs)
    shell.grab().save(str(path))
    return path


def _settle(jobs: Jobs) -> None:
    """Wait until no job runs and everything is laid out."""
    loop, deadline = QEventLoop(), QDeadlineTimer(_PATIENCE_MS)
    QApplication.processEvents()
    while jobs.is_busy and not deadline.hasExpired():
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    for _round in range(3):
        QApplication.processEvents()

"""What the first screen leaves out is loaded while somebody types the password."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import subprocess
import sys

import pytest

from carehome.app import warming
from carehome.rules.rights import Role
from tests.kit.conftest import jobs  # noqa: F401 - fixture
from tests.start.conftest import (  # noqa: F401 - fixtures
    PASSWORDS,
    _keys_cost_little,
    folder,
    recovery_key,
)


@pytest.fixture
def loaded(monkeypatch):
    """What is loaded in place of the program's modules, in order."""
    names = []
    monkeypatch.setattr(warming, "LATER", (("first",), ("second",)))
    monkeypatch.setattr(warming, "import_module", names.append)
    monkeypatch.setattr(warming.garbage, "leave_be", lambda: names.append("all"))
    return names


def test_modules_are_loaded_in_their_order(loaded, jobs, qtbot, qapp):
    warming.warm(jobs, qapp)
    qtbot.waitUntil(lambda: loaded == ["first", "second", "all"])


def test_whoever_signs_in_early_waits_for_the_first_page_only(
    loaded, jobs, qtbot, qapp
):
    warming.warm(jobs, qapp)
    jobs.run(qapp, loaded.append, str, "signed in")
    qtbot.waitUntil(lambda: "all" in loaded)
    assert loaded.index("signed in") < loaded.index("all")


WALK = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication, QTabBar
from carehome.app.warming import LATER, load
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs

for names in LATER:
    load(names)
before = set(sys.modules)
from carehome.app.window import make_shell
from carehome.services.home import open_home

app = QApplication([])
theme.use(app)
clock = lambda: datetime.now().astimezone()
jobs = Jobs()
shell = make_shell(open_home(Path({home!r}), "director", {password!r}, clock), jobs, clock)
shell.show()
for title, entry in shell.entries.items():
    if entry.isVisible():
        page = shell.open_page(title)
        for strip in page.findChildren(QTabBar):
            for at in range(strip.count()):
                strip.setCurrentIndex(at)
                while jobs.is_busy:
                    app.processEvents()
print(*sorted(set(sys.modules) - before))
jobs.close()
"""


def test_pages_find_everything_loaded(folder):
    """A module that a page loads itself stops the screen for that long."""
    code = WALK.format(home=str(folder), password=PASSWORDS[Role.DIRECTOR])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    own = [name for name in done.stdout.split() if name.startswith("carehome")]
    assert own == []

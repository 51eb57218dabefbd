import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.app.desk import OPENING
from carehome.app.window import make_shell
from carehome.rules.rights import Role
from carehome.services.home import Home, OpenHome
from carehome.ui.kit import drafts
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import Purse


@pytest.fixture(autouse=True)
def _no_shelf():
    yield
    drafts.use(None)


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def open_home(db, clock, jobs, shown):  # noqa: F811
    """Open the window of somebody at the home of `db`, or of another file of it."""

    def act(database=db, role=Role.DIRECTOR):
        user = ROLES[role]
        profile = Home(database, ROLES[Role.DIRECTOR], clock).profile()
        return shown(make_shell(OpenHome(database, user, profile), jobs, clock))

    return act


@pytest.fixture
def shell(open_home):
    return open_home()


@pytest.fixture
def chain(shell, qtbot, jobs):  # noqa: F811
    """The steps, at the first of them, with the cursor where one begins."""
    return come_to(shell, qtbot, jobs)


def come_to(shell, qtbot, jobs):  # noqa: F811
    """Open the page, and wait until it has read what is there and what was typed."""
    page = shell.open_page(OPENING)
    qtbot.waitUntil(page.chain.steps.steps[0].isVisible)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    return page.chain


def write(text):
    """Type as a person does, wherever the cursor is; what stood there goes."""
    QTest.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
    )
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), composed)


def press(*keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, held)

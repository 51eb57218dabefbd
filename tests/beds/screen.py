"""The page of beds in a small home, for tests that press its keys and buttons."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.rules.rights import Role
from carehome.services.bed_figures import BedFigures
from carehome.services.beds import Beds, Closures, NewBed
from carehome.services.consequences import Consequences
from carehome.services.home import Home
from carehome.services.residents import Residents
from carehome.ui.beds import BedsPage
from tests.conftest import ROLES, TODAY
from tests.house import build
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import Purse

NURSING = [
    NewBed("一号楼", "303", label, "N", "三楼", 3, "any", True) for label in "12"
]


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def house(db, purse, as_role):
    """301 (women) full, 302 (men) with one of two, 303 (nursing beds) empty."""
    purse.set_prices()
    beds = build(db)
    first, second = as_role(Beds).add_beds(NURSING)
    beds |= {"303-1": first, "303-2": second}
    purse.live("王秀英", beds["301-1"])
    purse.live("李桂兰", beds["301-2"])
    purse.live("张建国", beds["302-1"], sex="male")
    return beds


@pytest.fixture
def open_page(db, as_role, jobs, shown, qtbot):
    def make(role=Role.DIRECTOR):
        db.on_change = jobs.announce
        page = BedsPage(
            as_role(Beds, role),
            as_role(Closures, role),
            as_role(Residents, role),
            as_role(Consequences, role),
            as_role(BedFigures, role),
            as_role(Home, role),
            ROLES[role],
            jobs,
            lambda: TODAY,
        )
        page.resize(1180, 760)
        shown(page)
        qtbot.waitUntil(lambda: page.house is not None)
        page.desk.board.setFocus()
        return page

    return make


@pytest.fixture
def page(house, open_page):
    return open_page()


def press(*keys):
    """Press keys wherever the cursor is."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def write(text):
    """Type as a person does who writes Chinese, wherever the cursor is."""
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), composed)


def dialog(qtbot, kind):
    """Return the dialog that has come up, once keys reach it."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
    return QApplication.activeWindow()

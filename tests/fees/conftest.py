"""The page of fees over a small home with the bills of September and October."""

from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from carehome.db import keys
from carehome.rules.rights import Role
from carehome.services.billing import Billing
from carehome.services.consequences import Consequences
from carehome.services.day_sheets import DaySheets
from carehome.services.deposits import Deposits
from carehome.services.home import Home
from carehome.services.late_facts import LateFacts
from carehome.services.papers import Papers
from carehome.services.payers import Payers
from carehome.services.payments import Payments
from carehome.services.prices import OwnPrices, Prices
from carehome.services.receipts import Receipts
from carehome.services.residents import Residents
from carehome.services.trust import TrustMoney
from carehome.ui.fees.page import FeesPage
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.money import MoneyServices
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import OCTOBER, SEPTEMBER, Purse, furnished

SERVICES = (
    Billing,
    Payments,
    Receipts,
    Deposits,
    Prices,
    Papers,
    Residents,
    Home,
    Payers,
    OwnPrices,
    Consequences,
    DaySheets,
    LateFacts,
    TrustMoney,
)


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two residents and their bills of two months."""
    folder = tmp_path_factory.mktemp("purse")
    return furnished(_template, folder, SEPTEMBER, OCTOBER)


@pytest.fixture(autouse=True)
def _keys_cost_little(monkeypatch):
    monkeypatch.setattr(keys, "COST", {"time": 1, "memory_kib": 64, "lanes": 1})


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock)


@pytest.fixture
def money(db, purse):
    """The services about money, as somebody of a role uses them."""

    def make(role: Role = Role.DIRECTOR) -> MoneyServices:
        return MoneyServices(*map(purse.as_role(role).of, SERVICES))

    return make


@pytest.fixture
def open_tab(db, jobs, shown, money, purse, qtbot):  # noqa: F811 - a fixture
    """Open the page at one of its tabs, as somebody of a role."""

    def make(at: int, role: Role = Role.DIRECTOR):
        db.on_change = jobs.announce
        of = purse.as_role(role).of
        hand = Hand(of, jobs, ROLES[role], purse.clock)
        page = FeesPage(money(role), hand)
        page.resize(1178, 768)
        shown(page)
        page.tabs.strip.setCurrentIndex(at)
        content = page.tabs.content(at)
        content.page = page
        return content

    return make


@pytest.fixture
def dialog(qtbot):
    """Return the dialog that is open over a widget, once there is one."""

    def wait(over, kind=QDialog):
        def found():
            return [each for each in over.findChildren(kind) if each.isVisible()]

        qtbot.waitUntil(lambda: bool(found()) and found()[-1].isActiveWindow())
        return found()[-1]

    return wait


@pytest.fixture
def come_back(qtbot):
    """Let a window be the active one again once a dialog over it is closed."""

    def wait(widget):
        widget.window().activateWindow()
        qtbot.waitUntil(widget.window().isActiveWindow)

    return wait


def press(*keys) -> None:
    """Press keys wherever the cursor is; a text is typed letter by letter."""
    for key in keys:
        here = QApplication.focusWidget()
        assert here, "the cursor is somewhere"
        if isinstance(key, str):
            QTest.keyClicks(here, key)
        else:
            QTest.keyClick(here, key)


def write(text: str) -> None:
    """Type as a person does who writes Chinese, wherever the cursor is."""
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), composed)

"""The page of rosters over a small ward, for tests that press its keys."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.rules.rights import Role
from carehome.ui.rosters.page import RostersPage
from carehome.ui.rosters.reading import read_month, store_cells
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.rosters.ward import DECEMBER, make

NAMES = ("何梅", "赵敏", "孙芳", "周婷")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ward(db, clock):
    return make(db, clock)


@pytest.fixture
def people(ward):
    """Four carers in one unit, by name."""
    return dict(zip(NAMES, ward.hire(*NAMES), strict=True))


@pytest.fixture
def open_page(db, ward, people, jobs, shown, qtbot):
    def make_page(role=Role.HEAD_NURSE, first=DECEMBER):
        db.on_change = jobs.announce
        rosters = ward.rosters(role)
        page = RostersPage(
            partial(read_month, rosters),
            partial(store_cells, rosters),
            ROLES[role],
            jobs,
            lambda: TODAY,
        )
        page.resize(1180, 760)
        page.show_month(first)
        shown(page)
        qtbot.waitUntil(lambda: page.month is not None)
        page.desk.grid.setFocus()
        return page

    return make_page


@pytest.fixture
def page(open_page):
    return open_page()


def press(*keys, holding=Qt.KeyboardModifier.NoModifier):
    """Press keys wherever the cursor is; letters as they stand on the keyboard."""
    for key in keys:
        for each in key if isinstance(key, str) else (key,):
            QTest.keyClick(QApplication.focusWidget(), each, holding)


def compose(text):
    """Type as an input method for Chinese does, wherever the cursor is."""
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), composed)


def row_of(page, key):
    """Return the shifts of a person as letters, with - for a day off."""
    return "".join(code or "-" for code in page.desk.sheet.row(key))


def stored(ward, key, first=DECEMBER):
    """Return what is stored of a person, as letters."""
    row = ward.rosters().month(first).roster.rows[key]
    return "".join(code or "-" for code in row)


def settle(qtbot, page):
    """Wait until everything that was written is stored."""
    page.desk.saver.flush()
    qtbot.waitUntil(lambda: page.desk.saver.is_idle)


def told(page):
    """Return what the panel says."""
    panel = page.desk.panel
    return [panel.title.text(), *(line.text() for line in panel.lines if line.text())]

"""The page of fees as a whole: its tabs, its keys, the ways into it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from carehome.rules.rights import Role
from carehome.ui.fees.page import CHARGES, DEPOSITS, PAYMENTS, RECEIPTS
from tests.conftest import TODAY
from tests.fees.conftest import press

ALT = Qt.KeyboardModifier.AltModifier


def test_the_cursor_begins_in_the_search_for_people(open_tab, qtbot):
    desk = open_tab(PAYMENTS)
    desk.page.setFocus()
    assert QApplication.focusWidget() is desk.people.search


def test_keys_lead_from_tab_to_tab(open_tab, qtbot):
    desk = open_tab(PAYMENTS)
    desk.page.setFocus()
    qtbot.keyClick(desk.page, Qt.Key.Key_8, ALT)
    assert desk.page.tabs.strip.currentIndex() == DEPOSITS
    deposits = desk.page.tabs.content(DEPOSITS)
    assert QApplication.focusWidget() is deposits.people.search


def test_the_arrows_walk_over_the_tabs(open_tab):
    strip = open_tab(PAYMENTS).page.tabs.strip
    strip.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert strip.currentIndex() == CHARGES
    assert strip.hasFocus()


def test_every_role_that_sees_fees_opens_every_tab(open_tab, qtbot, jobs):
    for role in (Role.DIRECTOR, Role.ACCOUNTANT, Role.FRONT_DESK):
        page = open_tab(PAYMENTS, role).page
        with qtbot.assertNotEmitted(jobs.failed):
            for at in range(page.tabs.strip.count()):
                page.tabs.strip.setCurrentIndex(at)
            qtbot.waitUntil(lambda: not jobs.is_busy)


def test_the_list_of_receipts_gives_way_to_a_paper_and_takes_its_room_back(
    open_tab, purse, qtbot
):
    purse.deposits.take(1, 1000_00, "cash", TODAY)
    receipts = open_tab(RECEIPTS)
    qtbot.waitUntil(lambda: len(receipts.view.table.rows) == 1)
    before = len(receipts.view.columns.shown)
    receipts.view.selectRow(0)
    receipts.view.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(receipts.side.isVisible)
    bar = receipts.view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    press(Qt.Key.Key_Escape)
    assert receipts.side.isHidden()
    assert len(receipts.view.columns.shown) == before

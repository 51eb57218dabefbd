"""Esc, Enter and Tab do what one expects, and the cursor is never lost."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTabBar

from carehome.app.desk import BEDS, FEES, RESIDENTS, SETTINGS
from carehome.app.desk import TODAY as START
from carehome.ui.beds.board import BedBoard

Key, CTRL, LEFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def press(qtbot, jobs):
    """Return a function that presses a key where the cursor is."""

    def key(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        qtbot.waitUntil(lambda: not jobs.is_busy)

    return key


@pytest.fixture
def shell(ways, db, jobs, shell):
    db.on_change = jobs.announce
    return shell


@pytest.fixture
def listing(shell, ways, jobs, qtbot):
    """The residents, with the cursor in their list."""
    listing = shell.open_page(RESIDENTS).listing
    qtbot.waitUntil(lambda: not jobs.is_busy)
    qtbot.waitUntil(lambda: len(listing.list.table.rows) == 2)
    listing.list.setFocus()
    listing.list.selectRow(0)
    return listing


def test_enter_opens_a_row_and_escape_closes_it_to_the_same_row(listing, press):
    press(Key.Key_Return)
    assert listing.file.isVisible()
    press(Key.Key_Escape)
    assert not listing.file.isVisible()
    assert listing.list.hasFocus()
    assert listing.list.current_row().name == "王秀英"


def test_escape_closes_the_innermost_first(listing, press, shell, qtbot):
    press(Key.Key_Return)
    change = listing.file.leaf(0).change
    qtbot.waitUntil(change.isVisible)
    change.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(shell.findChildren(QDialog)))
    dialog = shell.findChild(QDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.focusWidget(), Key.Key_F1)
    sheet = dialog.findChild(QDialog)
    qtbot.waitUntil(sheet.isVisible)
    qtbot.keyClick(sheet, Key.Key_Escape)
    assert not sheet.isVisible()
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert listing.file.isVisible()
    shell.activateWindow()
    qtbot.waitUntil(change.hasFocus)
    press(Key.Key_Escape)
    assert not listing.file.isVisible()


def test_escape_empties_the_search_and_stays_there(listing, press, qtbot):
    listing.search.setFocus()
    qtbot.keyClicks(listing.search, "wang")
    press(Key.Key_Escape)
    assert listing.search.text() == ""
    assert listing.search.hasFocus()


PAGE_KEYS = [*(Key(Key.Key_0 + digit % 10) for digit in range(1, 11)), Key.Key_Comma]


@pytest.mark.parametrize("number", range(len(PAGE_KEYS)))
def test_a_page_that_comes_up_has_the_cursor(shell, press, number):
    assert len(shell.keys) == len(PAGE_KEYS)
    shell.widgets[START].setFocus()
    press(PAGE_KEYS[number], CTRL)
    at = QApplication.focusWidget()
    assert shell.current == list(shell.keys)[number]
    assert shell.stack.currentWidget().isAncestorOf(at)
    assert at.isVisible()


def test_the_cursor_stays_on_its_row_when_the_list_is_read_again(
    listing, ways, press, jobs, qtbot
):
    press(Key.Key_Down)
    assert listing.list.current_row().name == "李大成"
    with qtbot.waitSignal(jobs.changed):
        ways.absence()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert listing.list.hasFocus()
    assert listing.list.current_row().name == "李大成"


def test_the_cursor_comes_back_after_an_undo(listing, ways, press, jobs, qtbot, shell):
    with qtbot.waitSignal(jobs.changed):
        ways.absence()
    qtbot.waitUntil(lambda: shell.toast.offers)
    shell.toast.do.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "已撤销" in shell.toast.text.text())
    assert listing.list.hasFocus()


def test_the_list_is_not_covered_by_what_is_told(listing, ways, jobs, qtbot, shell):
    with qtbot.waitSignal(jobs.changed):
        ways.absence()
    qtbot.waitUntil(lambda: shell.toast.offers)
    QApplication.processEvents()
    bottom = listing.mapTo(shell, QPoint(0, listing.height())).y()
    assert bottom <= shell.toast.mapTo(shell, QPoint(0, 0)).y()


@pytest.mark.parametrize(
    ("title", "begins"), [(RESIDENTS, QLineEdit), (FEES, QLineEdit), (BEDS, BedBoard)]
)
def test_a_page_begins_where_its_work_does_not_with_its_tabs(
    shell, jobs, qtbot, title, begins
):
    shell.open_page(SETTINGS)
    assert isinstance(QApplication.focusWidget(), QTabBar)
    shell.open_page(title)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert isinstance(QApplication.focusWidget(), begins)


@pytest.mark.parametrize("title", [RESIDENTS, BEDS, FEES, SETTINGS])
def test_tab_goes_round_the_window_and_comes_back(shell, jobs, qtbot, title):
    shell.open_page(title)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    first = QApplication.focusWidget()
    visited = []
    for _step in range(120):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        at = QApplication.focusWidget()
        assert at is not None
        assert at.isVisible()
        visited.append(at)
        if at is first:
            break
    assert visited[-1] is first
    # arrows lead from one entry of the navigation to the next
    assert any(entry in visited for entry in shell.entries.values())


@pytest.mark.parametrize("title", [RESIDENTS, BEDS])
def test_tab_follows_the_eye_through_the_head_of_a_page(shell, jobs, qtbot, title):
    """From left to right; the search may be where one begins."""
    page = shell.open_page(title)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    head = page.findChild(QLineEdit).parentWidget()
    visited = []
    at = page.findChild(QLineEdit)
    at.setFocus()
    for _step in range(20):
        at = QApplication.focusWidget()
        if not head.isAncestorOf(at) or at in visited:
            break
        visited.append(at)
        qtbot.keyClick(at, Key.Key_Tab)
    places = [each.mapTo(head, QPoint(0, 0)).x() for each in visited]
    assert len(places) > 1
    assert all(left < right for left, right in pairwise(places))


def test_tabs_are_walked_with_the_arrows(shell, press, jobs, qtbot):
    strip = shell.open_page(FEES).findChild(QTabBar)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    strip.setFocus()
    press(Key.Key_Right)
    assert strip.currentIndex() == 1
    assert strip.hasFocus()


def test_enter_in_a_form_says_what_is_missing_and_goes_there(
    listing, press, shell, qtbot
):
    press(Key.Key_Return)
    qtbot.waitUntil(listing.file.leave.isVisible)
    qtbot.mouseClick(listing.file.leave, LEFT)
    chain = shell.open_page(RESIDENTS).departures.chain
    qtbot.waitUntil(lambda: chain.who.text() == "王秀英")
    form = chain.order.form
    qtbot.keyClick(form.fields["asked_by"].input, Key.Key_Return)
    assert form.fields["kind"].input.hasFocus()

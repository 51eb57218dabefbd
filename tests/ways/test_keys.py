"""Whatever page or dialog is open: F1 lists the keys that work there, and no other."""

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from carehome.app.desk import (
    AGREEMENTS,
    ASSESSMENTS,
    BEDS,
    BOOKS,
    ENQUIRIES,
    FEES,
    PRESENCE,
    RESIDENTS,
    ROSTERS,
    SETTINGS,
    STAFF,
)
from carehome.app.desk import TODAY as START
from carehome.rules.rights import Role
from carehome.ui.kit.page import Tabs
from carehome.ui.kit.shortcuts import ShortcutSheet
from tests.ways import keyboard

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def page(title, shell, _ways):
    shell.open_page(title)


def tab(title, at, shell, _ways):
    shell.open_page(title).findChild(Tabs).strip.setCurrentIndex(at)


def file(shell, ways):
    shell.open_page(RESIDENTS).open_resident(ways.wang)


def admission(shell, _ways):
    shell.open_page(RESIDENTS).begin_admission()


def roll(shell, _ways):
    shell.open_page(RESIDENTS).open_roll()


def bed(shell, ways):
    shell.open_page(BEDS).open_bed(ways.beds["301-1"])


def view(title, name, shell, _ways):
    shell.open_page(title).view(name)


def move(shell, ways):
    shell.open_page(BEDS).move_resident(ways.wang)


def payment(shell, ways):
    shell.open_page(FEES).show_payment(ways.wang)


def departures(shell, _ways):
    shell.open_page(RESIDENTS).open_departures()


def departure(shell, ways):
    shell.open_page(RESIDENTS).depart(ways.wang)


STATES = {
    "today": partial(page, START),
    "residents": partial(page, RESIDENTS),
    "file": file,
    "admission": admission,
    "roll": roll,
    "departures": departures,
    "departure": departure,
    "board": partial(page, BEDS),
    "bed": bed,
    "bed list": partial(view, BEDS, "list"),
    "places": partial(view, BEDS, "places"),
    "bed figures": partial(view, BEDS, "figures"),
    "move": move,
    "payment": payment,
    **{f"fees {at}": partial(tab, FEES, at) for at in range(9)},
    **{f"books {at}": partial(tab, BOOKS, at) for at in range(8)},
    **{f"settings {at}": partial(tab, SETTINGS, at) for at in range(6)},
    **{f"enquiries {at}": partial(tab, ENQUIRIES, at) for at in range(5)},
    **{f"assessments {at}": partial(tab, ASSESSMENTS, at) for at in range(5)},
    **{f"agreements {at}": partial(tab, AGREEMENTS, at) for at in range(3)},
    "staff": partial(page, STAFF),
    "staff lists": partial(tab, STAFF, 4),
    "holidays": partial(tab, ROSTERS, 6),
    "here": partial(page, PRESENCE),
    "here: list": partial(view, PRESENCE, "list"),
    "here: ways": partial(view, PRESENCE, "ways"),
}


class Flashes(QObject):
    """Sees parts that are shown before they have a place, as windows of their own.

    On a screen such a window flashes up; it also takes the cursor from the real one.
    """

    def __init__(self, app):
        super().__init__(app)
        self.seen = []
        app.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802
        is_shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and watched.isWindow() and watched.parent() is None:
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def lead(shell, ways, jobs, qtbot):
    """Return a function that leads to a state and waits until it stands."""

    def go(state):
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        flashes = Flashes(QApplication.instance())
        STATES[state](shell, ways)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        QApplication.instance().removeEventFilter(flashes)
        assert flashes.seen == []
        return QApplication.activeModalWidget() or shell

    return go


EVERYWHERE = pytest.mark.parametrize("state", STATES)


@EVERYWHERE
def test_every_key_is_told_and_means_one_thing(lead, state):
    window = lead(state)
    assert list(keyboard.untold(window)) == []
    assert list(keyboard.twice(window)) == []


@EVERYWHERE
def test_every_key_that_is_told_works(lead, state):
    assert list(keyboard.idle(lead(state))) == []


@EVERYWHERE
def test_the_cursor_is_somewhere_on_the_page(lead, state, shell):
    lead(state)
    at = QApplication.focusWidget()
    assert at is not None
    assert at.isVisible()
    assert shell.stack.currentWidget().isAncestorOf(at)


@pytest.mark.parametrize("state", ["residents", "board", "payment", "admission"])
def test_the_sheet_lists_the_keys_of_the_page(lead, state, shell, qtbot):
    lead(state)
    keys = {key.keys for key in keyboard.keys_of(shell)}
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Key.Key_F1)
    (sheet,) = shell.findChildren(ShortcutSheet)
    caps = {label.text() for label in sheet.findChildren(QLabel)}
    assert keys <= {key for cap in caps for key in cap.split("、")}


@pytest.mark.parametrize("role", Role)
def test_no_page_of_any_role_has_a_key_twice(window, role, jobs, qtbot):
    shell = window(role)
    for title in shell.numbered:
        shell.open_page(title)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        assert list(keyboard.twice(shell)) == []
        assert list(keyboard.untold(shell)) == []


def test_every_kind_of_dialog_shows_its_keys_on_f1(shell, jobs, qtbot):
    lacking = [kind.__name__ for kind in _own(QDialog) if not _helps(kind)]
    assert lacking == []


def _own(kind):
    for each in kind.__subclasses__():
        if each.__module__.startswith("carehome.ui"):
            yield each
        yield from _own(each)


def _helps(kind):
    """Say whether a dialog, or what it is made after, offers help when it is made."""
    if kind is ShortcutSheet:
        return True  # it is the help
    made = (vars(each).get("__init__") for each in kind.__mro__)
    codes = (getattr(init, "__code__", None) for init in made)
    return any(code and "offer_help" in code.co_names for code in codes)

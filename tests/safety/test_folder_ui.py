"""The tab of the inspector's folder: days and parts asked for, what is held said."""

# ruff: noqa: F811 - fixtures are imported and named again where they are used
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard
from carehome.services.safety.folder import Folders
from carehome.services.safety.hazards import Hazards
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.folder import FolderTab
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.safety.round_house import at

OFFICER = ROLES[Role.SAFETY_OFFICER]


class Watched:
    """Stands before the folders; no service of its own, so that no right is asked."""

    def __init__(self, *given):
        self.folders = Folders(*given)

    def __getattr__(self, name):
        return getattr(self.folders, name)


class Counted(Watched):
    """Counts how often the home is read."""

    looks = 0

    def look(self, wanted):
        Counted.looks += 1
        return self.folders.look(wanted)


class Stopped(Watched):
    """Has its reader press the button of the card while pages are drawn."""

    def write(self, wanted, path, step):
        def drawn(done, total):
            if done > 3:
                step.__self__.cancel()
            step(done, total)

        self.folders.write(wanted, path, drawn)


@pytest.fixture
def tab(db, clock, jobs, shown, qtbot):
    """Return the tab in a home with a hazard that is overdue."""
    month_ago = at(TODAY - timedelta(days=30))
    Hazards(db, OFFICER, month_ago).open(NewHazard("灯不亮", "二楼"))

    def make(kind):
        return (Counted if kind is Folders else kind)(db, OFFICER, clock)

    tab = shown(FolderTab(Hand(make, jobs, OFFICER, clock, lambda _id: None)))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    return tab


def test_what_is_late_is_said_before_anything_is_printed(tab):
    assert "二楼" in tab.gaps.text()


def test_every_part_says_what_it_holds(tab):
    assert all(held.text() for held in tab.held.values())


def test_a_chosen_span_fills_both_days(tab):
    first, last = TODAY.replace(day=1), TODAY

    tab.span.set_value((first, last))

    assert (tab.first.value(), tab.last.value()) == (first, last)


def test_without_a_part_nothing_can_be_printed_and_why_is_said(tab):
    for tick in tab.ticks.values():
        tick.setChecked(False)

    assert not tab.print.isEnabled()
    assert tab.reason.text() == "请至少选一项。"


def test_days_in_the_wrong_order_are_told_beside_the_field(tab, qtbot):
    tab.first.set_value(TODAY)
    tab.last.set_value(TODAY - timedelta(days=3))

    qtbot.waitUntil(lambda: bool(tab.last.error))


def test_what_is_held_is_not_told_of_other_days_than_those_that_stand(tab):
    tab.last.set_value(None)

    assert tab.gaps.text() == tab.held["hazards"].text() == ""


def test_choosing_a_span_reads_the_home_once(tab, jobs, qtbot):
    before = Counted.looks

    tab.span.set_value((TODAY - timedelta(days=20), TODAY))
    qtbot.waitUntil(lambda: Counted.looks > before)
    qtbot.waitUntil(lambda: not jobs.is_busy)

    assert Counted.looks == before + 1


def test_print_draws_what_is_ticked(tab, qtbot):
    qtbot.mouseClick(tab.print, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: bool(tab.findChildren(PaperDialog)))
    qtbot.waitUntil(tab.findChildren(PaperDialog)[0].isVisible, timeout=15000)


def test_who_stops_the_drawing_is_shown_no_paper(tab, db, clock, qtbot):
    tab._folders = Stopped(db, OFFICER, clock)

    qtbot.mouseClick(tab.print, Qt.MouseButton.LeftButton)

    assert tab.findChildren(PaperDialog)
    qtbot.waitUntil(lambda: not tab.findChildren(QDialog), timeout=15000)
    assert tab.print.isEnabled()


def test_photos_of_hazards_can_be_left_out(tab):
    tab.ticks["photos"].setChecked(False)

    assert "photos" not in tab.asked().parts

"""A sick call and an impossible month on the screen, by keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from carehome.rules.rights import Role
from carehome.services.requests import SickCalls
from carehome.services.rosters import Mark
from carehome.ui.rosters.conflicts import ConflictsDialog
from carehome.ui.rosters.repair import SickCallDialog
from tests.conftest import TODAY
from tests.rosters.impossible import away, month
from tests.rosters.screen import *  # noqa: F403 - fixtures
from tests.rosters.ward import DECEMBER

PATIENCE = 60_000  # milliseconds, on a busy computer
THIRD = DECEMBER + timedelta(days=2)


@pytest.fixture
def call(as_role, ward, people, jobs, shown, qtbot):
    """何梅 works on the 3rd; somebody calls in for her."""
    key = str(people["何梅"])
    ward.rosters(Role.HEAD_NURSE).set_cells(DECEMBER, {(key, 2): Mark("E")})
    names = {str(number): name for name, number in people.items()}
    dialog = SickCallDialog(
        as_role(SickCalls, Role.HEAD_NURSE), names, key, TODAY, jobs, shown(QWidget())
    )
    dialog.open()
    dialog.starts.set_value(THIRD)
    dialog.last.set_value(THIRD)
    qtbot.waitUntil(lambda: bool(dialog.shifts.table.rows))
    return dialog


def cell(ward, number):
    return ward.rosters(Role.HEAD_NURSE).month(DECEMBER).roster.rows[str(number)][2]


def test_open_shift_and_who_could_take_it_are_listed(call):
    assert [shift.day for shift in call.shifts.table.rows] == [THIRD]
    assert call.options.table.rows


def test_enter_takes_somebody(call, qtbot):
    first = call.options.table.rows[0]
    call.options.setFocus()
    call.options.select(first.fix)
    qtbot.keyClick(call.options, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: call.shifts.table.rows[0].chosen == first.fix)


def test_written_down_as_one_deed(call, qtbot, ward, people):
    with qtbot.waitSignal(call.accepted):
        call.primary.click()
    assert cell(ward, people["何梅"]) == ""


def test_past_days_are_refused_beside_their_field(call, qtbot):
    call.starts.set_value(TODAY - timedelta(days=3))
    qtbot.waitUntil(lambda: bool(call.starts.error))
    assert not call.primary.isEnabled()


def test_page_opens_the_sick_call_for_who_is_under_the_cursor(
    page, as_role, jobs, people, qtbot
):
    from carehome.ui.rosters.repair import offer_sick_calls  # noqa: PLC0415

    offer_sick_calls(page, as_role(SickCalls, Role.HEAD_NURSE), jobs, lambda: TODAY)
    page.desk.grid.go_to((str(people["赵敏"]), 4))
    page.sick.click()
    dialog = page.findChild(SickCallDialog)
    assert dialog.person.value() == str(people["赵敏"])
    dialog.reject()


def test_conflicts_are_found_in_the_other_process_and_told(jobs, shown, qtbot):
    dialog = ConflictsDialog(
        away(month(), range(7), range(24, 25)), jobs, shown(QWidget())
    )
    dialog.look_for()
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.found.isHidden(), timeout=PATIENCE)
    words = "\n".join(label.text() for label in dialog.found.findChildren(QLabel))
    assert "24 日" in words
    assert "何梅" in words
    dialog.accept()


def test_possible_month_says_so(jobs, shown, qtbot):
    dialog = ConflictsDialog(month(), jobs, shown(QWidget()))
    dialog.look_for()
    dialog.open()
    qtbot.waitUntil(lambda: "自动排班" in dialog.state.text(), timeout=PATIENCE)
    dialog.accept()

"""Requests, publishing and hours, through real clicks and keys on a real home."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from carehome.rules.requests import Request, RequestKind, RequestState
from carehome.rules.rights import Role
from carehome.rules.staff import Leave
from carehome.services.payroll import Payroll
from carehome.services.requests import Requests
from carehome.services.rosters import Mark, Rosters
from carehome.services.staff import Staff
from carehome.ui.rosters.payroll import PayrollHand, PayrollView
from carehome.ui.rosters.publishing import ChangesView, PublishDialog, read_standing
from carehome.ui.rosters.request_deeds import (
    ApproveDialog,
    DeclineDialog,
    RequestDialog,
)
from carehome.ui.rosters.requests import RequestHand, RequestsView
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.requests.house import MONTH, staff

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def people(db):
    return staff(db)[0]


@pytest.fixture
def rosters(as_role, people):
    service = as_role(Rosters, Role.HEAD_NURSE)
    one, other, _third = map(str, people)
    service.set_cells(MONTH, {(one, 2): Mark("E"), (other, 2): Mark("N")})
    return service


@pytest.fixture
def requests(as_role, rosters):
    return as_role(Requests, Role.HEAD_NURSE)


@pytest.fixture
def open_view(db, clock, jobs, shown, requests):
    def make(role=Role.HEAD_NURSE):
        db.on_change = jobs.announce
        user = ROLES[role]
        services = Requests(db, user, clock), Staff(db, user, clock)
        view = RequestsView(RequestHand(*services, jobs, user.may, lambda: TODAY))
        view.resize(1180, 700)
        shown(view)
        return view

    return make


def dialog(qtbot, asker, kind):
    """Return the dialog that is in front, once it is there."""

    def there():
        return [each for each in asker.findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[-1]


def gone(qtbot, asker):
    qtbot.waitUntil(
        lambda: not any(each.isVisible() for each in asker.findChildren(QDialog))
    )


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def day(number):
    return date(2026, 12, number)


def leave(people):
    return Request(RequestKind.LEAVE, people[0], day(3), day(3), Leave.ANNUAL)


def swap(people):
    one, other, _third = people
    return Request(RequestKind.SWAP, one, day(3), day(3), other_id=other)


def open_first(qtbot, view):
    """Open the first request and wait for its effect."""
    qtbot.waitUntil(lambda: bool(view.view.table.rows))
    view.view.setFocus()
    view.view.selectRow(0)
    QTest.keyClick(view.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "12月" in words(view.panel.effects))


def test_a_leave_is_noted_with_its_effect_beside_it(open_view, qtbot, requests, people):
    view = open_view()
    QTest.mouseClick(view.leave, LEFT)
    asked = dialog(qtbot, view, RequestDialog)
    asked.form.set_values(
        {
            "staff_id": people[0],
            "leave": "annual",
            "starts": day(3),
            "last_day": day(3),
        }
    )
    asked.form.changed.emit()
    qtbot.waitUntil(lambda: "早班 → 年休假" in words(asked.effects))
    QTest.mouseClick(asked.primary, LEFT)
    gone(qtbot, view)
    assert [line.name for line in requests.lines(TODAY)] == ["何梅"]
    qtbot.waitUntil(lambda: len(view.view.table.rows) == 1)


def test_a_leave_that_ends_before_it_begins_is_told_beside_the_day(
    open_view, qtbot, requests, people
):
    view = open_view()
    QTest.mouseClick(view.leave, LEFT)
    asked = dialog(qtbot, view, RequestDialog)
    asked.form.set_values(
        {
            "staff_id": people[0],
            "leave": "annual",
            "starts": day(5),
            "last_day": day(3),
        }
    )
    asked.form.changed.emit()
    QTest.mouseClick(asked.primary, LEFT)
    field = asked.form.fields["last_day"]
    qtbot.waitUntil(lambda: "早于" in field.error)
    assert requests.lines(TODAY) == []


def test_a_request_is_approved_after_its_effect_was_seen(
    open_view, qtbot, requests, rosters, people
):
    requests.add(swap(people))
    view = open_view()
    open_first(qtbot, view)
    assert "早班 → 夜班" in words(view.panel.effects)
    QTest.mouseClick(view.panel.approve, LEFT)
    asked = dialog(qtbot, view, ApproveDialog)
    QTest.mouseClick(asked.primary, LEFT)
    gone(qtbot, view)
    assert rosters.month(MONTH).roster.rows[str(people[0])][2] == "N"


def test_declining_waits_for_a_reason(open_view, qtbot, requests, people):
    requests.add(leave(people))
    view = open_view()
    open_first(qtbot, view)
    QTest.mouseClick(view.panel.decline, LEFT)
    asked = dialog(qtbot, view, DeclineDialog)
    assert not asked.primary.isEnabled()
    asked.form.fields["reason"].input.setFocus()
    QTest.keyClicks(asked.form.fields["reason"].input, "no")
    qtbot.waitUntil(asked.primary.isEnabled)
    QTest.mouseClick(asked.primary, LEFT)
    gone(qtbot, view)
    assert requests.lines(TODAY)[0].state is RequestState.DECLINED


def test_an_approval_is_taken_back_from_the_list(
    open_view, qtbot, requests, rosters, people
):
    requests.approve(requests.add(swap(people)))
    view = open_view()
    view.which.set_code("all")
    view.which.chosen.emit()
    qtbot.waitUntil(lambda: bool(view.view.table.rows))
    view.view.selectRow(0)
    view.view.opened.emit(view.view.table.rows[0])
    qtbot.waitUntil(view.panel.undo.isVisible)
    QTest.mouseClick(view.panel.undo, LEFT)
    qtbot.waitUntil(lambda: requests.lines(TODAY)[0].state is RequestState.OPEN)
    assert rosters.month(MONTH).roster.rows[str(people[0])][2] == "E"


def test_publishing_asks_why_for_what_is_against_hard_rules(
    db, jobs, shown, qtbot, as_role, rosters, people, open_view
):
    one = str(people[0])
    rosters.set_cells(MONTH, {(one, 2): Mark("N"), (one, 3): Mark("E")})
    host = open_view()
    standing = read_standing(rosters, as_role(Payroll, Role.HEAD_NURSE), MONTH)
    asked = PublishDialog(MONTH, standing, rosters, jobs, host)
    asked.open()
    assert "休息不足" in words(asked.standing)
    assert not asked.primary.isEnabled()
    QTest.keyClicks(asked.form.fields["reason"].input, "ok")
    qtbot.waitUntil(asked.primary.isEnabled)
    QTest.mouseClick(asked.primary, LEFT)
    gone(qtbot, host)
    assert rosters.month(MONTH).is_published


def test_changes_since_publishing_are_listed(db, jobs, shown, qtbot, rosters, people):
    rosters.publish(MONTH, {each.key: "x" for each in rosters.obstacles(MONTH)})
    rosters.change_published(MONTH, {(str(people[0]), 2): Mark("N")}, "同事生病")
    view = ChangesView(rosters, jobs, MONTH)
    shown(view)
    qtbot.waitUntil(lambda: bool(view.view.table.rows))
    (change,) = view.view.table.rows
    assert (change.name, change.before, change.after) == ("何梅", "早班", "夜班")


def test_hours_open_to_their_basis(db, clock, jobs, shown, qtbot, rosters, people):
    user = ROLES[Role.DIRECTOR]
    payroll = Payroll(db, user, clock)
    view = PayrollView(PayrollHand(payroll, jobs, user.may, lambda: MONTH))
    view.resize(1180, 700)
    shown(view)
    qtbot.waitUntil(lambda: bool(view.view.table.rows))
    assert view.view.table.rows[0].hours.total == 480
    view.view.setFocus()
    view.view.selectRow(0)
    QTest.keyClick(view.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(view.panel.view.table.rows) == 1)
    assert view.panel.view.table.rows[0].minutes == 480

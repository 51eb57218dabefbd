"""From the list of residents to admissions and rolls, and back."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from carehome.rules.rights import Role
from carehome.services.admissions import Admissions, Step
from carehome.services.rolls import Rolls
from carehome.ui.people import ResidentsPage
from tests.care import care, money
from tests.conftest import ROLES, TODAY
from tests.house import build, know, settle
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def house(db):
    return settle(db, "王秀英", build(db)["301-1"])


@pytest.fixture
def page(db, clock, as_role, jobs, shown, qtbot, house):
    db.on_change = jobs.announce
    page = ResidentsPage(
        care(db, clock),
        money(db, clock),
        as_role(Rolls),
        jobs,
        ROLES[Role.DIRECTOR],
        lambda: TODAY,
    )
    page.resize(1180, 700)
    shown(page)
    qtbot.waitUntil(lambda: len(page.listing.list.table.rows) == 1)
    return page


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_a_key_begins_an_admission_and_escape_comes_back(qtbot, page):
    press(Key.Key_Tab)
    QTest.keyClick(page, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.currentWidget() is page.admissions)
    qtbot.waitUntil(page.admissions.person.form.name.input.hasFocus)
    press(Key.Key_Escape)
    assert page.currentWidget() is page.listing


def test_the_one_admission_under_way_is_opened_at_once(qtbot, page, as_role):
    admissions = as_role(Admissions)
    admissions.keep_draft(admissions.begin(), Step.PERSON, {"name": "甲"})
    button = page.listing.under_way
    qtbot.waitUntil(lambda: button.text() == "1 位办理中")
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: page.admissions.person.form.name.value() == "甲")


@pytest.mark.qt_log_ignore("does not support")
def test_of_several_admissions_under_way_one_is_chosen(qtbot, page, as_role):
    admissions = as_role(Admissions)
    for name in ("甲", "乙"):
        admissions.keep_draft(admissions.begin(), Step.PERSON, {"name": name})
    button = page.listing.under_way
    qtbot.waitUntil(lambda: button.text() == "2 位办理中")
    qtbot.mouseClick(button, LEFT)
    menu = button.findChild(QMenu)
    qtbot.waitUntil(menu.isVisible)
    assert [action.text() for action in menu.actions()] == [
        "甲 · 基本信息 · 11月21日开始",
        "乙 · 基本信息 · 11月21日开始",
    ]
    qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Return)
    qtbot.waitUntil(lambda: page.admissions.person.form.name.value() == "乙")


def test_without_admissions_under_way_there_is_no_count(page):
    assert not page.listing.under_way.isVisible()


def test_the_roll_opens_in_place_of_the_list_and_escape_comes_back(qtbot, page):
    qtbot.mouseClick(page.listing.read_roll, LEFT)
    assert page.currentWidget() is page.roll
    page.roll.go_back()
    assert page.currentWidget() is page.listing


def test_somebody_who_left_is_admitted_again_from_the_file(qtbot, page, as_role):
    residents = page.listing.file._services.residents
    who = residents.find("王秀英")[0].resident_id
    residents.discharge(who, date(2026, 11, 1), "回家")
    page.open_resident(who)
    qtbot.waitUntil(page.listing.file.again.isVisible)
    qtbot.mouseClick(page.listing.file.again, LEFT)
    qtbot.waitUntil(lambda: page.admissions.view is page.admissions.contacts)
    assert as_role(Admissions).open()[0].resident_id == who


def test_somebody_who_has_just_come_is_opened_as_well(qtbot, page, db):
    page.open_resident(know(db, "李新来"))
    qtbot.waitUntil(lambda: page.listing.file.title.text() == "李新来")


def test_what_was_done_in_a_file_is_told(qtbot, page, house):
    with qtbot.waitSignal(page.told) as told:
        page.listing.file.told.emit("已登记。")
    assert told.args == ["已登记。"]

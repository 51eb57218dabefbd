"""Buildings, floors, rooms and beds, changed through real keys and clicks."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.rules.rights import Role
from carehome.services.beds import Beds, NewBed
from carehome.ui.beds.additions import AddBed, AddBuilding, AddFloor, AddRooms
from carehome.ui.kit.dialogs import ConfirmDialog
from tests.beds.screen import (  # noqa: F401 - fixtures
    _dressed,
    dialog,
    house,
    jobs,
    open_page,
    page,
    press,
    purse,
    shown,
    write,
)

Key = Qt.Key
BUILDING = (Key.Key_Down,)
FLOOR = (Key.Key_Down, Key.Key_Down)
ROOM = (*FLOOR, Key.Key_Right, Key.Key_Down)
BED = (*ROOM, Key.Key_Right, Key.Key_Down)


@pytest.fixture
def places(qtbot, page):
    page.view("places")
    qtbot.waitUntil(page.places.tree.hasFocus)
    return page.places


def retype(field, text):
    """Put other words into a field of a form."""
    field.focus()
    field.input.selectAll()
    write(text)


def rooms_of(page):
    return [room.name for floor in page.house.board.floors for room in floor.rooms]


@pytest.fixture
def adding(qtbot, places):
    press(*FLOOR)
    places.file.add.click()
    asked = dialog(qtbot, AddRooms)
    asked.form.fields["bed_class"].set_value("B")
    return asked


def test_rooms_are_shown_before_they_are_made(qtbot, adding):
    QTest.keyClicks(adding.rooms.input, "304-315")
    assert adding.summary.text() == "将新建 12 间房、24 张床"
    assert not adding.preview.cell(24).isEmpty()
    assert adding.preview.cell(25).isEmpty()


def test_a_typo_in_the_range_is_told_beside_it_and_makes_nothing(qtbot, adding):
    QTest.keyClicks(adding.rooms.input, "304-3l5")
    press(Key.Key_Tab)
    assert "304-3l5" in adding.rooms.error
    assert not adding.primary.isEnabled()
    assert adding.preview.empty.isVisible()


def test_the_typo_mended_the_rooms_are_made(qtbot, page, adding):
    QTest.keyClicks(adding.rooms.input, "304-3l5")
    press(Key.Key_Tab)
    retype(adding.rooms, "304-315")
    assert adding.rooms.error == ""
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(rooms_of(page)) == 15)
    assert rooms_of(page)[-1] == "315"
    assert page.house.board.counts.beds == 6 + 24


def test_rooms_that_are_there_already_are_told_while_typing(qtbot, adding):
    QTest.keyClicks(adding.rooms.input, "302-305")
    press(Key.Key_Tab)
    assert "302、303" in adding.rooms.error or "302，303" in adding.rooms.error
    assert not adding.primary.isEnabled()


@pytest.mark.parametrize("count", ["0", "21", "x"])
def test_a_room_has_at_least_one_bed_and_not_too_many(qtbot, adding, count):
    QTest.keyClicks(adding.rooms.input, "304")
    retype(adding.each, count)
    assert not adding.primary.isEnabled()
    assert adding.reason.text()


def test_a_building_and_a_floor_are_added(qtbot, page, places):
    places.add_building.click()
    dialog(qtbot, AddBuilding)
    write("二号楼")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.house.buildings) == 2)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    page.activateWindow()  # off screen no window comes back by itself
    places.tree.setFocus()
    qtbot.waitUntil(places.tree.hasFocus)
    press(Key.Key_Down, Key.Key_End)
    places.file.add.click()
    asked = dialog(qtbot, AddFloor)
    assert asked.form.values()["level"] == 1
    retype(asked.form.fields["name"], "一楼")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.house.board.floors) == 2)


def test_a_basement_is_refused_beside_its_field(qtbot, places):
    press(*BUILDING)
    places.file.add.click()
    asked = dialog(qtbot, AddFloor)
    retype(asked.form.fields["level"], "-1")
    press(Key.Key_Tab)
    assert asked.form.fields["level"].error
    assert not asked.primary.isEnabled()


def test_a_bed_is_added_with_the_next_label(qtbot, page, places):
    press(*ROOM)
    places.file.add.click()
    asked = dialog(qtbot, AddBed)
    assert asked.form.values() == {"label": "3", "bed_class": "B", "nursing": False}
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.house.board.counts.beds == 7)


def test_a_room_is_named_anew_and_the_board_says_so(qtbot, page, places):
    press(*ROOM, Key.Key_Return)
    retype(places.file.form.fields["name"], "301A")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "301A" in rooms_of(page))


def test_a_name_that_is_taken_is_refused_and_stays_typed(qtbot, page, places):
    press(*ROOM, Key.Key_Return)
    retype(places.file.form.fields["name"], "302")
    press(Key.Key_Return)
    name = places.file.form.fields["name"]
    qtbot.waitUntil(lambda: "302" in name.error)
    assert page.window().focusWidget() is name.input
    assert places.file.form.fields["name"].value() == "302"


def test_a_rule_that_shuts_somebody_out_is_refused_by_name(qtbot, page, places):
    press(*ROOM, Key.Key_Return)
    places.file.form.fields["rule"].set_value("male")
    places.file.save.click()
    qtbot.waitUntil(lambda: "王秀英" in places.file.form.fields["rule"].error)


def test_the_class_of_a_bed_with_bills_is_refused(qtbot, page, places):
    press(*BED, Key.Key_Return)
    places.file.form.fields["bed_class"].set_value("A")
    places.file.save.click()
    bed_class = places.file.form.fields["bed_class"]
    qtbot.waitUntil(lambda: "301-1" in bed_class.error)


def test_nothing_is_saved_that_is_not_changed(qtbot, places):
    press(*ROOM)
    assert not places.file.save.isEnabled()
    assert places.file.reason.text()


@pytest.mark.parametrize("where", [BUILDING, FLOOR, ROOM, BED])
def test_what_is_not_empty_stays_and_says_why(qtbot, page, places, where):
    press(*where, Key.Key_Delete)
    dialog(qtbot, ConfirmDialog).primary.click()
    qtbot.waitUntil(places.file.error.isVisible)
    assert page.house.board.counts.beds == 6


def test_an_unused_bed_is_removed(qtbot, page, places, house, as_role):
    new = NewBed("一号楼", "301", "9", "B", "三楼", 3, "female")
    [extra] = as_role(Beds).add_beds([new])
    qtbot.waitUntil(lambda: page.house.spot(extra) is not None)
    press(*BED, Key.Key_Down, Key.Key_Down, Key.Key_Delete)
    dialog(qtbot, ConfirmDialog).primary.click()
    qtbot.waitUntil(lambda: page.house.spot(extra) is None)


def test_a_change_made_elsewhere_leaves_what_is_being_typed(
    qtbot, page, places, house, as_role
):
    press(*ROOM, Key.Key_Return)
    retype(places.file.form.fields["name"], "301甲")
    before = page.house
    as_role(Beds).send_cleaning(house["303-1"])
    qtbot.waitUntil(lambda: page.house is not before)
    assert places.file.form.fields["name"].value() == "301甲"


def test_the_first_room_of_an_empty_home_is_two_steps_away(qtbot, db, open_page):
    page = open_page()
    page.desk.board.empty.step.click()
    assert page.views["places"].isChecked()
    page.places.empty.step.click()
    dialog(qtbot, AddBuilding).reject()


def test_a_nurse_manages_rooms_and_an_accountant_does_not(qtbot, house, open_page):
    assert open_page(Role.HEAD_NURSE).views["places"].isVisible()
    assert open_page(Role.ACCOUNTANT).views["places"].isHidden()

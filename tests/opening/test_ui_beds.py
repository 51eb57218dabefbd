"""Rooms and beds by range: the picture as one types, what is refused, what is built."""

import pytest
from PySide6.QtCore import Qt

from carehome.db.database import Database
from carehome.services.beds import Beds, NewBed
from carehome.services.opening import Step
from carehome.ui.kit import drafts
from tests.conftest import KEY
from tests.opening.conftest import come_to, press, write

Key, CTRL, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
ENTER = Key.Key_Return


@pytest.fixture
def beds(chain):
    return chain.beds


def rooms_shown(step):
    return {
        room.room.name: len(room.beds)
        for floor in step.picture._plan.floors
        for row in floor.rows
        for room in row
    }


def line(rooms, each):
    """Fill a line by keys: its rooms, its beds, and on over class and kind."""
    write(rooms)
    press(ENTER)
    write(str(each))
    press(ENTER, ENTER, ENTER)


def floors_of(purse, today):
    return {f.name: f.counts.beds for f in purse.of(Beds).board(today).floors}


def test_the_cursor_waits_in_the_first_rooms(beds):
    assert beds.lines[0].rooms.input.hasFocus()
    assert beds.lines[0].building.value() == "主楼"


def test_the_house_grows_with_every_line(beds):
    write("301-312")
    assert rooms_shown(beds) == {}
    press(ENTER)
    write("4")
    assert rooms_shown(beds) == {str(room): 4 for room in range(301, 313)}
    assert "12 间、48 张" in beds.summary.text()


def test_floor_and_class_are_guessed_until_a_person_says_otherwise(beds):
    write("301-312")
    press(ENTER)
    write("1")
    first = beds.lines[0]
    assert (first.floor.value(), first.bed_class.value()) == ("3楼", "A")
    first.floor.input.setFocus()
    write("三层东")
    first.rooms.input.setFocus()
    write("401-412")
    assert first.floor.value() == "三层东"


def test_enter_behind_a_line_begins_the_next_like_it(beds):
    line("101-112", 4)
    assert len(beds.lines) == 2
    assert beds.lines[1].rooms.input.hasFocus()
    assert beds.lines[1].each.value() == 4


def test_enter_on_an_empty_line_builds_what_is_typed(beds, chain, purse, today, qtbot):
    line("101-112", 4)
    line("201-206", 2)
    press(ENTER)
    qtbot.waitUntil(lambda: chain.view is chain.prices)
    assert floors_of(purse, today) == {"1楼": 48, "2楼": 12}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("312-301", "请填 301-312"),
        ("301, 302, 301", "重复：301"),
        ("，", "看不懂"),
        ("301-9999", "最多"),
    ],
)
def test_rooms_that_cannot_be_are_told_beside_the_field(beds, chain, typed, told):
    write(typed)
    press(ENTER)
    assert told in beds.lines[0].rooms.error
    assert not chain.next.isEnabled()


@pytest.mark.parametrize(
    ("each", "told"), [("0", "至少"), ("2000", "最多"), ("四", "数")]
)
def test_beds_that_cannot_be_are_told_beside_the_field(beds, chain, each, told):
    write("301-312")
    press(ENTER)
    write(each)
    press(ENTER)
    assert told in beds.lines[0].each.error
    assert not chain.next.isEnabled()
    assert rooms_shown(beds) == {}


def test_a_room_in_two_lines_is_told_and_let_go_when_solved(beds, chain):
    line("301-303", 2)
    line("303-305", 2)
    first, second = beds.lines[0], beds.lines[1]
    assert "303" in second.rooms.error
    first.rooms.focus()
    write("301-302")
    assert not second.rooms.error
    assert chain.next.isEnabled()


def test_a_room_in_two_lines_leaves_the_first_in_the_picture(beds):
    line("301-303", 2)
    line("303-305", 2)
    assert rooms_shown(beds) == {"301": 2, "302": 2, "303": 2}


def test_a_room_that_a_line_above_takes_is_told_below(beds, chain):
    line("301-302", 2)
    line("303-305", 2)
    beds.lines[0].rooms.focus()
    write("301-303")
    assert "303" in beds.lines[1].rooms.error
    assert not chain.next.isEnabled()


def test_rooms_put_back_say_again_what_is_wrong_with_them(beds):
    beds.type_again({"lines": [{"building": "主楼", "rooms": "312-301"}]})
    assert "请填 301-312" in beds.lines[0].rooms.error


def test_the_same_number_in_another_building_is_no_clash(beds, chain):
    line("301-303", 2)
    beds.lines[1].building.focus()
    write("副楼")
    beds.lines[1].rooms.focus()
    write("301-303")
    press(ENTER)
    assert not beds.lines[1].rooms.error
    assert chain.next.isEnabled()


def test_rooms_that_stand_already_are_told(open_home, purse, qtbot, jobs):
    purse.of(Beds).add_beds([NewBed("主楼", "302", "1", "A", "3楼", 3)])
    chain = come_to(open_home(), qtbot, jobs)
    chain.go(0)
    write("301-303")
    press(ENTER)
    assert "已经有了：302" in chain.beds.lines[0].rooms.error


def test_what_stands_already_is_in_the_picture(open_home, purse, qtbot, jobs):
    purse.of(Beds).add_beds([NewBed("主楼", "302", "1", "A", "3楼", 3)])
    chain = come_to(open_home(), qtbot, jobs)
    chain.go(0)
    line("303", 2)
    assert rooms_shown(chain.beds) == {"302": 1, "303": 2}
    assert "已有 1 张" in chain.beds.summary.text()


def test_a_line_can_be_taken_away(beds):
    line("301-303", 2)
    beds.lines[0].remove.click()
    assert rooms_shown(beds) == {}
    assert len(beds.lines) == 1


def test_half_typed_lines_are_there_after_looking_elsewhere(beds, chain, shell):
    line("301-303", 2)
    write("312-301")
    shell.open_page(shell.numbered[1])
    shell.open_page(shell.numbered[0])
    assert beds.lines[1].rooms.input.text() == "312-301"


def test_half_typed_lines_survive_the_end_of_the_program(
    beds, chain, shell, open_home, db, qtbot, jobs
):
    line("301-303", 2)
    write("312-30")
    drafts.gather()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    shell.hide()
    db.close()
    again = Database(db.path, KEY)
    chain = come_to(open_home(again), qtbot, jobs)
    qtbot.waitUntil(lambda: len(chain.beds.lines) == 2)
    typed = [line.rooms.input.text() for line in chain.beds.lines]
    assert typed == ["301-303", "312-30"]
    assert rooms_shown(chain.beds) == {"301": 2, "302": 2, "303": 2}
    again.close()


def test_what_was_built_is_not_typed_any_more(
    beds, chain, shell, open_home, qtbot, jobs
):
    line("301-303", 2)
    press(ENTER)
    qtbot.waitUntil(lambda: chain.view is chain.prices)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    again = come_to(open_home(), qtbot, jobs)
    again.go(0)
    assert again.beds.typed() == {"lines": []}
    assert Step.BEDS not in again._loaded.standing.left


def test_alt_n_begins_another_line(beds, qtbot):
    line("301-303", 2)
    press(Key.Key_N, held=ALT)
    qtbot.waitUntil(lambda: len(beds.lines) == 3)


def test_ctrl_enter_builds_from_anywhere(beds, chain, purse, today, qtbot):
    write("301")
    press(ENTER)
    write("2")
    press(ENTER, held=CTRL)
    qtbot.waitUntil(lambda: chain.view is chain.prices)
    assert floors_of(purse, today) == {"3楼": 2}

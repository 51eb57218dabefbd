"""The page of rosters, through real keys on a real home."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.errors import Refusal
from carehome.rules.rights import Role
from carehome.rules.rosters.problem import Fault, Roster
from carehome.services.rosters import Mark
from carehome.ui.kit.keys import bind
from carehome.ui.rosters.dialogs import PatternDialog, ReasonDialog
from carehome.ui.rosters.solving import SolvingDialog
from carehome.ui.rosters.worksheet import Entry
from tests.rosters.screen import (  # noqa: F401 - fixtures
    CONTROL,
    SHIFT,
    _dressed,
    compose,
    jobs,
    open_page,
    page,
    people,
    press,
    row_of,
    settle,
    shown,
    stored,
    told,
    ward,
)
from tests.rosters.ward import DECEMBER, NOVEMBER, row

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
MONTH = "eellnnrr" * 4


def go(page, key, day):
    assert page.desk.grid.go_to((key, day))


def center(page, key, day):
    return page.desk.grid.cell((key, day)).center()


def dialog(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
    return QApplication.activeWindow()


# ---- typing


def test_a_row_of_a_month_is_typed_letter_by_letter(qtbot, page, ward, people):
    key = people["何梅"]
    go(page, key, 0)
    press(MONTH[:31])
    assert row_of(page, key) == ("EELLNN--" * 4)[:31]
    settle(qtbot, page)
    assert stored(ward, key) == ("EELLNN--" * 4)[:31]


def test_after_the_last_day_typing_goes_on_with_the_next_person(page, people):
    go(page, page.desk.grid.keys[0], 30)
    press("e")
    assert page.desk.grid.current == (page.desk.grid.keys[1], 0)


def test_what_an_input_method_brings_is_taken_as_the_letter(page, people):
    key = people["何梅"]
    go(page, key, 0)
    compose("Ｅ")
    compose("l")
    compose("夜")
    assert row_of(page, key).startswith("ELN")


def test_the_grid_asks_for_no_input_method(page):
    enabled = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not page.desk.grid.testAttribute(enabled)


def test_a_key_that_is_no_shift_is_told_and_changes_nothing(page, people):
    key = people["何梅"]
    go(page, key, 0)
    press("e", "x")
    assert row_of(page, key).startswith("E-")
    assert page.desk.grid.current == (key, 1)
    assert "没有用“X”键的班次" in told(page)[0]


def test_typing_fills_what_is_chosen(page, people):
    keys = page.desk.grid.keys
    go(page, keys[0], 2)
    press(Key.Key_Right, Key.Key_Right, Key.Key_Down, holding=SHIFT)
    press("n")
    assert [row_of(page, key)[1:6] for key in keys[:3]] == ["-NNN-", "-NNN-", "-----"]
    assert page.desk.grid.current == (keys[1], 5)


def test_delete_gives_a_day_off(page, people):
    key = people["何梅"]
    go(page, key, 0)
    press("ee")
    go(page, key, 1)
    press(Key.Key_Delete)
    assert row_of(page, key).startswith("E-")


def test_home_and_end_go_to_the_ends_of_the_month(page, people):
    key = people["何梅"]
    go(page, key, 5)
    press(Key.Key_End)
    assert page.desk.grid.current == (key, 30)
    press(Key.Key_Home)
    assert page.desk.grid.current == (key, 0)


# ---- marks and reasons


def test_a_night_before_an_early_is_marked_and_explained(page, people):
    key = people["何梅"]
    go(page, key, 3)
    press("ne")
    sheet = page.desk.sheet
    assert sheet.mark(key, 3) is True
    assert sheet.mark(key, 4) is True
    go(page, key, 4)
    assert any("休息不足" in line for line in told(page))
    assert "休息不足" in page.desk.grid.tip(center(page, key, 4))


def test_a_hard_mark_is_more_than_a_colour(page, people):
    key = people["何梅"]
    go(page, key, 3)
    press("ne")
    go(page, people["周婷"], 20)
    box = page.desk.grid.cell((key, 4))
    picture = page.desk.grid.viewport().grab().toImage()
    corner = picture.pixelColor(box.right() - 3, box.top() + 3)
    inside = picture.pixelColor(box.left() + 3, box.top() + 3)
    assert corner != inside


def test_the_list_tells_everything_and_leads_there(qtbot, page, people):
    key = people["孙芳"]
    go(page, key, 3)
    press("ne")
    go(page, people["何梅"], 0)
    press(Key.Key_F7)
    rows = page.desk.side.list.table.rows
    wrong = next(each for each in rows if each.found.fault is Fault.FOLLOWING)
    page.desk.side.list.select(wrong.found)
    assert page.desk.grid.current == (key, 3)


def test_the_chips_count_what_is_broken(page, people):
    assert page.desk.bar.hard.text() == "硬性规则 0 处违反"
    go(page, people["何梅"], 3)
    press("ne")
    assert page.desk.bar.hard.text() == "硬性规则 1 处违反"


def test_totals_follow_every_key(page, people):
    key = people["何梅"]
    go(page, key, 4)  # Saturday the 5th is day 4
    press("nn")
    totals = page.desk.sheet.totals(key)
    assert (totals.minutes, totals.nights, totals.weekends) == (960, 2, 1)


# ---- undo, locks


def test_steps_are_taken_back_and_done_again(qtbot, page, ward, people):
    key = people["何梅"]
    go(page, key, 0)
    press("el")
    press("z", holding=CONTROL)
    assert row_of(page, key).startswith("E-")
    press("y", holding=CONTROL)
    assert row_of(page, key).startswith("EL")
    press("zz", holding=CONTROL)
    settle(qtbot, page)
    assert stored(ward, key).startswith("--")


def test_without_a_step_the_window_has_the_key_to_undo(qtbot, page, people):
    heard = []
    bind(page.window(), "Ctrl+Z", "x", lambda: heard.append(1))
    press("z", holding=CONTROL)
    assert heard == [1]
    go(page, people["何梅"], 0)
    press("e")
    press("z", holding=CONTROL)
    assert heard == [1]


def test_a_locked_cell_stays_and_says_so(qtbot, page, ward, people):
    key = people["何梅"]
    go(page, key, 0)
    press("e")
    go(page, key, 0)
    press(Key.Key_Space)
    press("n")
    assert row_of(page, key).startswith("E")
    assert "已锁定" in told(page)[0]
    settle(qtbot, page)
    assert ward.rosters().month(DECEMBER).problem.locked == {(key, 0): "E"}


def test_space_unlocks_what_is_locked(page, people):
    key = people["何梅"]
    go(page, key, 0)
    press(Key.Key_Space, Key.Key_Space)
    assert not page.desk.sheet.locked


# ---- copying


def test_cells_are_copied_and_pasted(page, people):
    first, second = people["何梅"], people["赵敏"]
    go(page, first, 0)
    press("eln")
    page.desk.grid.choose((first, 0), (first, 2))
    press("c", holding=CONTROL)
    assert QGuiApplication.clipboard().text() == "早\t中\t夜"
    go(page, second, 4)
    press("v", holding=CONTROL)
    assert row_of(page, second)[3:8] == "-ELN-"


def test_pasting_leaves_out_what_is_no_shift_and_says_so(page, people):
    key = people["何梅"]
    go(page, key, 0)
    QGuiApplication.clipboard().setText("早\t鸟\tN")
    press("v", holding=CONTROL)
    assert row_of(page, key)[:3] == "E-N"
    assert "“鸟”" in told(page)[0]


def test_the_week_before_is_copied_into_the_week_of_the_cursor(qtbot, page, people):
    key = people["何梅"]
    go(page, key, 6)  # Monday the 7th
    press("eellnrr")
    go(page, key, 15)
    QTest.keyClick(page.desk.grid, Key.Key_W, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: row_of(page, key)[13:20] == "EELLN--")


def test_dragging_the_corner_goes_on_with_what_is_chosen(page, people):
    key = people["何梅"]
    grid = page.desk.grid
    go(page, key, 0)
    press("el")
    grid.choose((key, 0), (key, 1))
    handle = grid.picture.handle().center()
    QTest.mousePress(grid.viewport(), LEFT, pos=handle)
    QTest.mouseMove(grid.viewport(), center(page, key, 5))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=center(page, key, 5))
    assert row_of(page, key)[:7] == "ELELEL-"


def test_a_pattern_is_laid_over_those_who_are_chosen(qtbot, page, people):
    keys = page.desk.grid.keys
    page.desk.grid.choose((keys[0], 0), (keys[1], 7))
    QTest.keyClick(page.desk.grid, Key.Key_T, CONTROL | SHIFT)
    asked = dialog(qtbot, PatternDialog)
    asked.form.set_values({"pattern": "eenn rr", "stagger": 2})
    asked.primary.click()
    assert row_of(page, keys[0])[:9] == "EENN--EE-"
    assert row_of(page, keys[1])[:9] == "NN--EENN-"


def test_a_pattern_that_is_none_is_told_beside_its_field(qtbot, page, people):
    go(page, people["何梅"], 0)
    QTest.keyClick(page.desk.grid, Key.Key_T, CONTROL | SHIFT)
    asked = dialog(qtbot, PatternDialog)
    asked.form.set_values({"pattern": "EEX", "stagger": 0})
    asked.form.submit()
    assert "“X”" in asked.pattern.error
    asked.reject()


# ---- mouse


def test_a_press_on_a_name_chooses_the_month_of_the_person(page, people):
    grid, key = page.desk.grid, people["赵敏"]
    place = QPoint(20, center(page, key, 0).y())
    QTest.mouseClick(grid.viewport(), LEFT, pos=place)
    assert grid.block.keys == (key,)
    assert grid.block.days == range(31)


def test_a_double_click_on_a_name_opens_the_file(qtbot, page, people):
    grid, key = page.desk.grid, people["赵敏"]
    place = QPoint(20, center(page, key, 0).y())
    with qtbot.waitSignal(page.person_wanted) as wanted:
        QTest.mouseDClick(grid.viewport(), LEFT, pos=place)
    assert wanted.args == [int(key)]


# ---- storing


def test_a_month_left_in_haste_is_stored(qtbot, page, ward, people):
    key = people["何梅"]
    go(page, key, 0)
    press("e")
    page.hide()
    qtbot.waitUntil(lambda: page.desk.saver.is_idle)
    assert stored(ward, key).startswith("E")


def test_going_to_another_month_keeps_what_was_typed(qtbot, page, ward, people):
    key = people["何梅"]
    go(page, key, 0)
    press("e")
    press(Key.Key_PageDown, holding=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.month.problem.first == date(2027, 1, 1))
    press(Key.Key_PageUp, holding=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.month.problem.first == DECEMBER)
    assert row_of(page, key).startswith("E")


class Full(Refusal):
    """The disk of this test is full."""

    text = "满了。"


def test_what_could_not_be_stored_stays_and_is_stored_later(qtbot, page, ward, people):
    key = people["何梅"]
    desk, fine, full = page.desk, page.desk.saver._store, [True]

    def store(*values):
        if full[0]:
            raise Full
        fine(*values)

    desk.saver._store = store
    go(page, key, 0)
    press("e")
    desk.saver.flush()
    qtbot.waitUntil(desk.trouble.isVisible)
    assert row_of(page, key).startswith("E")
    page.reload()
    qtbot.waitUntil(lambda: not page._jobs.is_busy)
    assert row_of(page, key).startswith("E")
    full[0] = False
    desk.again.click()
    qtbot.waitUntil(lambda: desk.saver.is_idle)
    assert stored(ward, key).startswith("E")
    assert not desk.trouble.isVisible()


# ---- a published month


def test_a_published_month_asks_once_for_the_reason(qtbot, open_page, ward, people):
    key = people["何梅"]
    rosters = ward.rosters()
    rosters.set_cells(NOVEMBER, row(key, "EL"))
    reasons = {each.key: "够了" for each in rosters.obstacles(NOVEMBER)}
    rosters.publish(NOVEMBER, reasons)
    page = open_page(first=NOVEMBER)
    go(page, key, 0)
    press("n")
    asked = dialog(qtbot, ReasonDialog)
    asked.form.set_values({"reason": "赵敏生病"})
    asked.primary.click()
    page.activateWindow()
    assert row_of(page, key).startswith("NL")
    go(page, key, 1)
    page.desk.type_code("N")
    settle(qtbot, page)
    assert stored(ward, key, NOVEMBER).startswith("NN")
    assert {each.reason for each in rosters.changes(NOVEMBER)} == {"赵敏生病"}


# ---- who may what, and what is not there


def test_who_may_not_change_a_roster_only_looks(page, open_page, people):
    shown = open_page(Role.FRONT_DESK)
    key = people["何梅"]
    shown.desk.grid.go_to((key, 0))
    QTest.keyClick(shown.desk.grid, Key.Key_E)
    assert row_of(shown, key).startswith("-")
    assert shown.automatic.isHidden()
    assert shown.publish.isHidden()


def test_an_empty_month_says_what_to_do_first(qtbot, page, people):
    assert page.desk.begin.isVisible()
    page.desk.make.click()
    dialog(qtbot, SolvingDialog).reject()


def test_a_month_with_shifts_does_not_say_so(qtbot, open_page, ward, people):
    ward.rosters().set_cells(DECEMBER, {(people["何梅"], 0): Mark("E")})
    page = open_page()
    assert page.desk.begin.isHidden()


def test_one_undo_takes_back_a_roster_made_from_the_button(qtbot, page, people):
    key = people["何梅"]
    before = row_of(page, key)
    page.automatic.setFocus()
    page.automatic.click()
    made = dialog(qtbot, SolvingDialog)
    made.chosen.emit(Roster(dict.fromkeys(people.values(), ("E",) * 31)))
    made.accept()
    assert row_of(page, key) != before
    page.activateWindow()
    qtbot.waitUntil(page.desk.grid.hasFocus)
    press("z", holding=CONTROL)
    assert row_of(page, key) == before


def test_a_made_roster_is_taken_over_around_the_locks(page, people):
    key = people["何梅"]
    go(page, key, 1)
    press(Key.Key_Space)
    rows = dict.fromkeys(people.values(), ("E",) * 31)
    page.desk.take_over(Roster(rows))
    assert row_of(page, key).startswith("E-E")
    page.desk.undo()
    assert row_of(page, key).startswith("---")


def test_a_whole_roster_is_taken_in_as_one_step(page, people):
    key = people["何梅"]
    page.desk.write({(key, day): Entry("E") for day in range(5)})
    assert row_of(page, key)[:6] == "EEEEE-"
    page.desk.undo()
    assert row_of(page, key)[:6] == "------"

"""Charges by use typed as in a spreadsheet, and saved as one deed."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.rules.charges import Cell
from carehome.rules.rights import Role
from carehome.services.charges import Charges
from carehome.ui.fees.charges.tab import BY_DAY
from carehome.ui.fees.page import CHARGES
from carehome.ui.kit.dialogs import ConfirmDialog
from tests.conftest import TODAY
from tests.fees.conftest import press
from tests.purse import NOVEMBER, OCTOBER, PRICES

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WANG, LI = 1, 2
ESCORT = PRICES["escort"]


@pytest.fixture
def escort(purse) -> int:
    return purse.item("escort")


@pytest.fixture
def tab(open_tab, qtbot, escort):
    tab = open_tab(CHARGES, Role.FRONT_DESK)
    qtbot.waitUntil(lambda: tab.grid.picture is not None)
    tab.item.set_code(escort)
    tab.grid.setFocus()
    press(Key.Key_Home)
    return tab


@pytest.fixture
def saved(tab, purse, qtbot):
    """Save, and return what is stored then."""

    def save():
        with qtbot.waitSignal(tab.told):
            QTest.keyClick(tab, Key.Key_S, CONTROL)
        cells = purse.of(Charges).sheet(tab.month.first).cells
        return {(c.resident_id, c.day.day): uses.quantity for c, uses in cells.items()}

    return save


def control(key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, CONTROL)


def paste(text) -> None:
    QApplication.clipboard().setText(text)
    control(Key.Key_V)


def test_numbers_are_typed_and_saved_without_the_mouse(tab, saved):
    press("2", Key.Key_Return, "1", Key.Key_Tab, "12")
    assert saved() == {(WANG, 1): 2, (LI, 1): 1, (LI, 2): 12}


def test_sums_follow_what_is_typed_at_once(tab):
    press("2", Key.Key_Return, "1")
    picture = tab.grid.picture
    assert (picture.row_sum(0).times, picture.row_sum(0).fen) == (2, 2 * ESCORT)
    first = picture.column_sum(0)
    assert (first.people, first.times, first.fen) == (2, 3, 3 * ESCORT)
    assert picture.total().fen == 3 * ESCORT
    assert tab.save.text() == "保存 2 格"


def test_nothing_typed_is_nothing_to_save(tab):
    assert not tab.save.isEnabled()
    press("2", Key.Key_Delete)
    assert not tab.save.isEnabled()


def test_a_typed_number_is_emptied_and_steps_are_taken_back(tab):
    press("12", Key.Key_Return, "1")
    control(Key.Key_Z)
    assert len(tab.work.changes()) == 1
    press(Key.Key_Up, Key.Key_Delete)
    assert tab.work.changes() == []
    control(Key.Key_Z)
    assert [change.after for change in tab.work.changes()] == [12]
    control(Key.Key_Z)
    assert tab.work.changes() == []


def test_several_cells_are_chosen_and_filled_together(tab, saved):
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Down):
        QTest.keyClick(tab.grid, key, SHIFT)
    press("1")
    assert len(saved()) == 6


def test_cells_go_to_a_spreadsheet_and_come_back(tab, escort):
    press("2", Key.Key_Right, "1", Key.Key_Left)
    QTest.keyClick(tab.grid, Key.Key_Right, SHIFT)
    control(Key.Key_C)
    assert QApplication.clipboard().text() == "2\t1"
    press(Key.Key_Down, Key.Key_Home)
    control(Key.Key_V)
    day = date(2026, 11, 2)
    assert tab.work.quantity(Cell(LI, escort, day)) == 1


def test_pasted_cells_that_make_no_sense_are_told_one_by_one(tab, saved):
    paste("1\tx\t200\r\n3\t\t1.5\r\n")
    told = tab.notice.text().splitlines()
    assert told[0] == "已粘贴 2 格，3 格没有填入："
    assert told[1].startswith("王秀英，陪诊费，11月2日：“x”")
    assert saved() == {(WANG, 1): 1, (LI, 1): 3}


def test_what_is_pasted_past_the_last_day_is_refused_there(tab):
    press(Key.Key_End)
    tab.grid.moved.emit()
    paste("1")
    assert "还没到" in tab.notice.text()
    assert tab.work.changes() == []


def test_a_day_to_come_takes_nothing_and_says_why(tab):
    press(Key.Key_End, "1")
    assert "2026-11-30 还没到" in tab.notice.text()
    assert tab.work.changes() == []


def test_more_than_a_day_can_hold_is_not_typed(tab, saved):
    press("123")
    assert "99" in tab.notice.text()
    assert saved() == {(WANG, 1): 12}


def test_a_day_away_asks_for_the_reason_before_it_is_saved(tab, saved, purse, qtbot):
    purse.residents.record_absence(WANG, "leave", date(2026, 11, 8))
    qtbot.waitUntil(lambda: tab.work.sheet.people[0].days[9] == "leave")
    tab.grid.setFocus()
    press(Key.Key_Home, *[Key.Key_Right] * 9, "1")
    assert tab.reason.isVisible()
    QTest.keyClick(tab, Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: "登记为不在院" in tab.notice.text())
    assert tab.reason.error
    press("x")
    assert saved() == {(WANG, 10): 1}
    assert not tab.reason.isVisible()


def test_who_did_it_goes_with_what_is_entered(tab, saved, purse, escort):
    press("1")
    tab.done_by.set_value("赵护理")
    saved()
    uses = purse.of(Charges).sheet(NOVEMBER).cells[Cell(WANG, escort, NOVEMBER)]
    assert uses.done_by == "赵护理"


def test_a_posted_month_is_read_only_until_it_is_charged_late(
    tab, qtbot, dialog, saved, come_back
):
    tab.month.back()
    qtbot.waitUntil(lambda: tab.work.sheet.month == OCTOBER)
    assert tab.posted.isVisible()
    tab.grid.setFocus()
    press(Key.Key_Home, "1")
    assert tab.work.changes() == []
    assert "已过账" in tab.notice.text()
    tab.late.click()
    dialog(tab, ConfirmDialog).accept()
    qtbot.waitUntil(lambda: not tab.work.is_locked)
    come_back(tab)
    tab.grid.setFocus()
    press("1")
    assert saved() == {(WANG, 1): 1}


def test_what_others_enter_meanwhile_shows_and_keeps_what_is_typed(
    tab, purse, qtbot, escort
):
    press("2")
    purse.of(Charges)
    purse.prices.add_charge(LI, escort, date(2026, 11, 3), 4)
    qtbot.waitUntil(lambda: tab.grid.picture.row_sum(1).times == 4)
    assert [change.after for change in tab.work.changes()] == [2]


def test_a_cell_that_somebody_else_changed_is_refused_and_shown(
    tab, purse, qtbot, escort, db
):
    press("2")
    db.on_change = lambda _tables: None
    purse.prices.add_charge(WANG, escort, NOVEMBER, 5)
    QTest.keyClick(tab, Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: "刚有别人填了 5" in tab.notice.text())
    qtbot.waitUntil(lambda: tab.work.stored(Cell(WANG, escort, NOVEMBER)).quantity == 5)


def test_one_day_shows_all_items_side_by_side(tab, qtbot):
    tab.by.set_code(BY_DAY)
    titles = [column.title for column in tab.grid.picture.columns]
    assert "陪诊费" in titles
    assert {column.day for column in tab.grid.picture.columns} == {TODAY}


def test_people_are_found_by_pinyin(tab):
    tab.search.setText("lgl")
    assert [who.name for who in tab.grid.picture.people] == ["李桂兰"]
    tab.search.setText("zzz")
    assert tab.grid.picture.people == []
    assert tab.grid.empty.isVisible()


def test_a_click_goes_to_a_cell_and_dragging_chooses_several(tab):
    here, there = (tab.grid.picture.box(row, 2).center() for row in (0, 1))
    QTest.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, pos=here)
    assert tab.grid.picture.cursor == (0, 2)
    QTest.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, there)
    assert len(tab.grid.chosen()) == 2


def test_a_click_beside_the_cells_changes_nothing(tab):
    where = tab.grid.picture.cursor
    QTest.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert tab.grid.picture.cursor == where


def test_the_cell_under_the_cursor_is_told_in_words(tab):
    press("3")
    assert tab.grid.accessibleDescription() == "王秀英  陪诊费，11月1日  3 次"
    assert tab.said.text().endswith("每次 ¥50.00")

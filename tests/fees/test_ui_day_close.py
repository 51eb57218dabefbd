"""Counting the till, signing for it, and handing the cash on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from carehome.rules.ledger.day_close import Count
from carehome.rules.rights import Role
from carehome.services.day_close import CLOSES, DayCloses
from carehome.services.tills import Tills
from carehome.ui.fees.page import DAY_CLOSE
from carehome.ui.fees.tills.tab import HANDED
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.parts.exports import PaperDialog
from tests.conftest import TODAY
from tests.fees.conftest import press

Key = Qt.Key
WANG = 1
PASSWORD = "front_desk-password"


@pytest.fixture
def desk(purse):
    return purse.as_role(Role.FRONT_DESK)


@pytest.fixture
def tab(open_tab, qtbot, desk, passwords):
    desk.payments.take(WANG, 512_50, "cash", TODAY)
    tab = open_tab(DAY_CLOSE, Role.FRONT_DESK)
    qtbot.waitUntil(lambda: tab.mine.figure.number.text() == "¥512.50")
    return tab


@pytest.fixture
def mine(tab):
    return tab.mine


def count(mine, *numbers) -> None:
    """Type how many there are of each note, from the largest on."""
    mine.pieces.input.edits[100_00].setFocus()
    for number in numbers:
        press(*([str(number)] if number else []), Key.Key_Down)


def test_a_day_is_counted_and_signed_by_keyboard(mine, desk, qtbot):
    count(mine, 5, 0, 0, 1, 0, 2, 1)
    assert mine.outcome.number.text() == "相符"
    assert not mine.note.isVisible()
    mine.password.focus()
    with qtbot.waitSignal(mine.told):
        press(PASSWORD, Key.Key_Return)
    [closed] = desk.of(DayCloses).closes(TODAY, TODAY)
    assert (closed.counted, closed.difference) == (512_50, 0)
    assert closed.count.pieces == {100_00: 5, 10_00: 1, 1_00: 2, 50: 1}
    qtbot.waitUntil(mine.closed.isVisible)
    assert not mine.form.isVisible()


@pytest.mark.parametrize(("hundreds", "said"), [(5, "短款 ¥12.50"), (6, "长款 ¥87.50")])
def test_a_difference_is_big_and_asks_for_a_reason(mine, hundreds, said):
    count(mine, hundreds)
    assert mine.outcome.number.text() == said
    assert mine.note.isVisible()
    mine.password.set_value(PASSWORD)
    mine.close_day.click()
    assert mine.note.error


def test_a_sum_is_entered_without_counting_notes(mine, desk, qtbot):
    mine.how.set_value("sum")
    assert mine.sum.isVisible()
    assert not mine.pieces.isVisible()
    mine.form.set_values({"sum": 512_50, "password": PASSWORD})
    with qtbot.waitSignal(mine.told):
        mine.close_day.click()
    assert desk.of(DayCloses).newest().counted == 512_50


def test_a_wrong_password_is_told_beside_it_and_the_count_stays(mine, desk, qtbot):
    count(mine, 5, 0, 0, 1, 0, 2, 1)
    mine.password.set_value("accountant-password")
    mine.close_day.click()
    qtbot.waitUntil(lambda: bool(mine.password.error))
    assert mine.pieces.fen == 512_50
    assert desk.of(DayCloses).newest() is None


def test_money_that_comes_in_changes_what_should_be_there(mine, desk, qtbot):
    count(mine, 5, 0, 0, 1, 0, 2, 1)
    desk.payments.take(WANG, 100_00, "cash", TODAY)
    qtbot.waitUntil(lambda: mine.outcome.number.text() == "短款 ¥100.00")


def test_the_sheet_of_a_count_is_printed(mine, qtbot, dialog):
    mine.form.set_values({"how": "sum", "sum": 512_50, "password": PASSWORD})
    with qtbot.waitSignal(mine.told):
        mine.close_day.click()
    qtbot.waitUntil(mine.print.isVisible)
    mine.print.click()
    paper = dialog(mine, PaperDialog)
    assert paper.preview.document.pageCount() == 1
    paper.close()


def test_cash_is_handed_to_somebody_who_signs(mine, purse, qtbot, dialog):
    mine.hand_over.click()
    form = dialog(mine, FormDialog).form
    assert form.values()["fen"] == 512_50
    form.set_values({"sign_in": "accountant", "password": "accountant-password"})
    with qtbot.waitSignal(mine.told):
        form.submit()
    accountant = purse.as_role(Role.ACCOUNTANT).of(Tills)
    assert accountant.now().booked == 512_50
    qtbot.waitUntil(lambda: mine.figure.number.text() == "¥0.00")


def test_cash_is_carried_to_the_bank_and_listed(tab, purse, qtbot, dialog):
    tab.mine.pay_in.click()
    form = dialog(tab.mine, FormDialog).form
    form.set_values({"fen": 500_00, "slip": "0012"})
    with qtbot.waitSignal(tab.mine.told):
        form.submit()
    tab.open_key(HANDED)
    rows = tab.handed.view.table
    qtbot.waitUntil(lambda: bool(rows.rows))
    assert [(row.giver, row.taker_id, row.paper) for row in rows.rows] == [
        ("front_desk", None, "0012")
    ]
    assert "¥500.00" in tab.handed.sums.text()
    assert not tab.handed.void.isVisible()


def test_the_accountant_takes_a_handing_over_back(open_tab, desk, qtbot, dialog):
    desk.payments.take(WANG, 512_50, "cash", TODAY)
    desk.of(Tills).pay_in(500_00, TODAY, "0012")
    tab = open_tab(DAY_CLOSE, Role.ACCOUNTANT)
    tab.open_key(HANDED)
    handed = tab.handed
    qtbot.waitUntil(lambda: bool(handed.view.table.rows))
    handed.view.selectRow(0)
    handed.void.click()
    form = dialog(handed, FormDialog).form
    form.set_values({"reason": "没去成"})
    with qtbot.waitSignal(handed.told):
        form.submit()
    qtbot.waitUntil(lambda: handed.view.table.rows[0].void_reason == "没去成")


def test_the_director_opens_a_day_again(open_tab, desk, qtbot, dialog, passwords):
    desk.of(DayCloses).close(TODAY, Count(0), PASSWORD)
    tab = open_tab(DAY_CLOSE)
    tab.open_key(CLOSES)
    closes = tab.closes
    qtbot.waitUntil(lambda: bool(closes.view.table.rows))
    closes.view.setFocus()
    closes.view.selectRow(0)
    press(Key.Key_Return)
    assert closes.reopen.isVisible()
    closes.reopen.click()
    form = dialog(closes, FormDialog).form
    form.set_values({"reason": "漏记"})
    with qtbot.waitSignal(closes.told):
        form.submit()
    qtbot.waitUntil(lambda: not closes.view.table.rows[0].holds)
    assert not closes.reopen.isVisible()


def test_nobody_else_is_offered_to_open_a_day_again(open_tab, desk, qtbot, passwords):
    desk.of(DayCloses).close(TODAY, Count(0), PASSWORD)
    tab = open_tab(DAY_CLOSE, Role.ACCOUNTANT)
    tab.open_key(CLOSES)
    qtbot.waitUntil(lambda: bool(tab.closes.view.table.rows))
    tab.closes.view.selectRow(0)
    tab.closes.view.setFocus()
    press(Key.Key_Return)
    assert not tab.closes.reopen.isVisible()
    assert tab.closes.print.isVisible()


def test_enter_walks_down_the_notes(mine):
    edits = list(mine.pieces.input.edits.values())
    edits[0].setFocus()
    press("5", Key.Key_Return)
    assert QApplication.focusWidget() is edits[1]
    press(Key.Key_Up)
    assert QApplication.focusWidget() is edits[0]

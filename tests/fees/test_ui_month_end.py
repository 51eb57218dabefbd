"""Month end on screen: trial, review, posting, and the posted months."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from carehome.rules.departures import Departure
from carehome.rules.rights import Role
from carehome.services.departures import Departures, Order
from carehome.services.home import Home
from carehome.ui.fees.month_end import POSTED, START, TRIAL
from carehome.ui.fees.page import MONTH_END
from carehome.ui.fees.posting import PostDialog
from tests.fees.conftest import press
from tests.purse import DECEMBER, FEE, NOVEMBER

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def open_month_end(open_tab, qtbot):
    def make(role=Role.DIRECTOR):
        tab = open_tab(MONTH_END, role)
        qtbot.waitUntil(lambda: bool(tab.start.step.text()))
        return tab

    return make


@pytest.fixture
def tried(open_month_end, qtbot):
    """Make the trial by pressing Enter on what the page offers first."""

    def make(role=Role.DIRECTOR):
        tab = open_month_end(role)
        qtbot.waitUntil(tab.start.step.hasFocus)
        press(Key.Key_Return)
        qtbot.waitUntil(lambda: tab.stack.currentIndex() == TRIAL)
        return tab

    return make


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_page_names_the_month_that_is_next(open_month_end):
    tab = open_month_end()
    assert tab.month.code() == NOVEMBER
    assert tab.stack.currentIndex() == START
    assert tab.start.step.text() == "试算2026年11月"


def test_a_trial_shows_figures_and_bills(tried):
    pane = tried().trial
    assert pane.bills.figure.number.text() == "2"
    assert pane.total.figure.number.text() == "¥5,200.00"
    assert [row.bill.resident for row in pane.view.table.rows] == ["王秀英", "李桂兰"]


def test_a_trial_says_how_many_had_their_final_bill(tried, purse):
    departures = purse.of(Departures)
    number = departures.order(1, Order(Departure.HOME))
    departures.leave(number, date(2026, 11, 16))
    departures.bill(number, departures.money(number).to_bill)
    pane = tried().trial
    assert pane.bills.figure.number.text() == "1"
    assert pane.bills.words.text() == "上月 2 张，另有 1 人已出最后账单"


def test_a_row_opens_to_the_bill_and_says_why_each_line_is_so(tried, purse):
    purse.residents.set_grade(1, "full", date(2026, 10, 17), consent_by="家属")
    tab = tried()
    tab.trial.view.setFocus()
    press(Key.Key_Home, Key.Key_Return)
    shown = words(tab.trial.file)
    assert "整月，每月 ¥1,200.00。" in shown
    assert "更正2026年10月" in shown
    assert "¥2,600.00" in words(tab.trial.file.sums)  # last month's bill


def test_the_list_can_be_held_to_what_differs(tried, purse):
    purse.residents.set_grade(2, "full", NOVEMBER, consent_by="家属")
    pane = tried().trial
    pane.only_changed.setFocus()
    press(Key.Key_Space)
    assert [row.bill.resident_id for row in pane.view.table.rows] == [2]


def test_what_cannot_be_computed_stands_on_top_and_stops_the_posting(
    tried, purse, qtbot
):
    purse.residents.set_grade(1, "special", NOVEMBER, consent_by="家属")
    tab = tried()
    assert tab.trial.problems.isVisible()
    assert "护理费（特级护理）" in words(tab.trial.problems)
    assert not tab.post.isEnabled()
    assert "重新试算" in tab.post.toolTip()
    name = tab.trial.problems.findChild(QPushButton)
    with qtbot.waitSignal(tab.resident_wanted) as wanted:
        QTest.mouseClick(name, LEFT)
    assert wanted.args == [1]


def test_a_month_without_bills_is_not_posted(tried, purse):
    for resident_id in (1, 2):
        purse.residents.discharge(resident_id, date(2026, 11, 20), "回家")
    purse.post(NOVEMBER)
    tab = tried()
    assert tab.month.code() == DECEMBER
    assert tab.trial.bills.figure.number.text() == "0"
    assert not tab.post.isEnabled()


def test_days_without_a_fee_are_marked_to_be_checked(tried, purse):
    purse.residents.set_meal(2, "", date(2026, 11, 11))
    pane = tried().trial
    row = next(row for row in pane.view.table.rows if row.bill.resident_id == 2)
    column = pane.view.table.columns[-1]
    assert column.text(row) == "11月11日至11月30日没有伙食费"


def test_posting_says_what_follows_and_then_shows_the_posted_month(
    tried, qtbot, dialog, purse
):
    tab = tried()
    QTest.mouseClick(tab.post, LEFT)
    asked = dialog(tab, PostDialog)
    told = words(asked)
    assert "2 张账单，合计 ¥5,200.00，编号 2026-000005 至 2026-000006。" in told
    assert "不能撤销" in told
    assert "还没有过完" in told
    with qtbot.waitSignal(tab.told) as said:
        press(Key.Key_Return)
    assert "已入账" in said.args[0]
    qtbot.waitUntil(lambda: tab.stack.currentIndex() == POSTED)
    qtbot.waitUntil(lambda: len(tab.posted.view.table.rows) == 2)
    assert purse.billing.next_month() == DECEMBER


def test_facts_that_overtake_the_trial_are_told_at_once(tried, purse, qtbot):
    tab = tried()
    purse.residents.set_grade(1, "full", NOVEMBER, consent_by="家属")
    qtbot.waitUntil(tab.warning.isVisible)
    assert not tab.post.isEnabled()
    press(Key.Key_F5)
    qtbot.waitUntil(tab.post.isEnabled)
    assert not tab.warning.isVisible()
    assert tab.trial.view.table.rows[0].total == FEE + 800_00


def test_facts_that_overtake_the_question_are_told_inside_it(
    tried, purse, qtbot, dialog, jobs
):
    tab = tried()
    QTest.mouseClick(tab.post, LEFT)
    asked = dialog(tab, PostDialog)
    purse.db.on_change = lambda _tables: None
    purse.residents.set_grade(1, "full", NOVEMBER, consent_by="家属")
    press(Key.Key_Return)
    qtbot.waitUntil(asked.error.isVisible)
    assert "重新试算" in asked.error.text() or "再试算" in asked.error.text()
    assert len(purse.billing.runs()) == 2


@pytest.fixture
def with_old_facts(purse):
    """Corrections of September are old once only one month is looked back at."""
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), adjust_months=1))
    purse.residents.set_grade(1, "full", date(2026, 9, 1), consent_by="家属")


def test_what_waits_for_the_director_is_named_and_stays_out(
    with_old_facts, tried, qtbot, dialog, purse
):
    tab = tried(Role.ACCOUNTANT)
    QTest.mouseClick(tab.post, LEFT)
    asked = dialog(tab, PostDialog)
    assert "更正 2026-09" in words(asked)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: tab.stack.currentIndex() == POSTED)
    assert purse.billing.runs()[0].posted_by == "accountant"


def test_the_front_desk_tries_and_cannot_post(tried):
    assert not tried(Role.FRONT_DESK).post.isVisible()


def test_a_posted_month_shows_what_is_paid(open_month_end, purse, qtbot):
    purse.payments.take(1, 2 * FEE, "cash", date(2026, 11, 2))
    purse.payments.take(2, FEE + 100_00, "cash", date(2026, 11, 2))
    tab = open_month_end()
    tab.month.setFocus()
    press(Key.Key_Down)
    qtbot.waitUntil(lambda: len(tab.posted.view.table.rows) == 2)
    assert [row.state for row in tab.posted.view.table.rows] == ["已付", "部分已付"]
    assert tab.posted.paid.figure.number.text() == "¥2,700.00"


def test_all_bills_of_a_posted_month_are_shown_as_one_paper(
    open_month_end, qtbot, dialog
):
    tab = open_month_end()
    tab.month.setFocus()
    press(Key.Key_Down)
    qtbot.waitUntil(tab.print.isVisible)
    QTest.mouseClick(tab.print, LEFT)
    paper = dialog(tab)
    qtbot.waitUntil(lambda: paper.preview.document.pageCount() == 2)
    paper.close()


def test_one_bill_is_shown_as_a_paper(open_month_end, qtbot, dialog):
    tab = open_month_end()
    tab.month.setFocus()
    press(Key.Key_Down)
    qtbot.waitUntil(lambda: len(tab.posted.view.table.rows) == 2)
    tab.posted.view.setFocus()
    press(Key.Key_Home, Key.Key_Return)
    QTest.mouseClick(tab.posted.preview, LEFT)
    paper = dialog(tab)
    qtbot.waitUntil(lambda: paper.preview.document.pageCount() == 1)
    paper.close()

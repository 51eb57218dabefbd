"""Why a bill is what it is, late facts and tried prices on screen."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from carehome.rules.billing.adjustments import Standing
from carehome.rules.rights import Role
from carehome.services.home import Home
from carehome.services.late_facts import LateFacts
from carehome.ui.fees.month_end import POSTED, TRIAL
from carehome.ui.fees.page import MONTH_END, PRICES
from carehome.ui.fees.prices_tab import LISTS
from carehome.ui.fees.trying import CAPS, TryPrices
from carehome.ui.parts.day_sheet import DaySheetDialog
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from tests.fees.conftest import press, write
from tests.purse import FEE, NOVEMBER, OCTOBER, SEPTEMBER

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def tried(open_tab, qtbot):
    """Make the trial of the next month."""

    def make(role=Role.DIRECTOR):
        tab = open_tab(MONTH_END, role)
        qtbot.waitUntil(tab.start.step.hasFocus)
        press(Key.Key_Return)
        qtbot.waitUntil(lambda: tab.stack.currentIndex() == TRIAL)
        return tab

    return make


@pytest.fixture
def posted(open_tab, qtbot):
    """Show the month that was posted last, a bill open beside it."""
    tab = open_tab(MONTH_END)
    qtbot.waitUntil(lambda: tab.month.count() > 1)
    tab.month.setFocus()
    press(Key.Key_Down)
    qtbot.waitUntil(lambda: len(tab.posted.view.table.rows) == 2)
    assert tab.stack.currentIndex() == POSTED
    tab.posted.view.setFocus()
    press(Key.Key_Home, Key.Key_Return)
    return tab


def open_sheet(tab, dialog):
    QTest.mouseClick(tab.posted.open_sheet, LEFT)
    return dialog(tab, DaySheetDialog)


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_posted_bill_opens_to_its_days(posted, dialog):
    sheet = open_sheet(posted, dialog)
    names = [row.name for row in sheet.entries.table.rows]
    assert names[0] == "整月"
    assert len(sheet.days.table.rows) == 31
    assert sum(row.total for row in sheet.days.table.rows) == FEE


def test_enter_on_a_line_of_a_bill_opens_the_days_of_that_line(posted, dialog):
    links = posted.posted.file.findChildren(QPushButton)
    next(each for each in links if each.text().startswith("床位费")).setFocus()
    press(Key.Key_Return)
    sheet = dialog(posted, DaySheetDialog)
    entry = sheet.entries.current_row()
    assert entry.line.line.category == "bed"
    assert sheet.line_days.table.rows[-1].so_far == 1200_00


def test_the_day_under_the_cursor_is_told_item_by_item(posted, dialog):
    sheet = open_sheet(posted, dialog)
    sheet.days.setFocus()
    press(Key.Key_Home)
    assert "10月1日" in sheet.told.text()
    assert "director批准" in sheet.told.text()


def test_the_page_for_the_family_comes_up_as_a_paper(posted, dialog, qtbot):
    sheet = open_sheet(posted, dialog)
    QTest.mouseClick(sheet.print, LEFT)
    paper = dialog(sheet, PaperDialog)
    qtbot.waitUntil(paper.preview.print.isEnabled)


def test_a_trial_opens_to_its_days_before_it_is_posted(tried, dialog):
    tab = tried()
    tab.trial.view.setFocus()
    press(Key.Key_Home, Key.Key_Return)
    QTest.mouseClick(tab.trial.open_sheet, LEFT)
    sheet = dialog(tab, DaySheetDialog)
    assert "试算，不作收费凭据" in words(sheet)
    assert len(sheet.days.table.rows) == 30


def test_a_corrected_month_says_why_and_how_it_leads_to_the_bill(tried, dialog, purse):
    number = purse.residents.record_absence(1, "leave", date(2026, 9, 8))
    purse.residents.record_return(number, date(2026, 9, 14))
    tab = tried()
    tab.trial.view.setFocus()
    press(Key.Key_Home, Key.Key_Return)
    QTest.mouseClick(tab.trial.open_sheet, LEFT)
    sheet = dialog(tab, DaySheetDialog)
    assert "更正 −¥100.00，合计 ¥2,500.00。" in sheet.told.text()
    sheet.entries.select(sheet.entries.table.rows[-1].at)
    for words_told in (
        "应收 ¥500.00，退还 ¥100.00。",
        "请假：2026-09-08 离院，2026-09-14 返回。",
        "这个月以前已经出过账。",
        "2026年9月原收 ¥2,600.00，应收 ¥2,500.00，所以本张账单更正 −¥100.00。",
        "更正 −¥100.00，合计 ¥2,500.00。",
    ):
        assert words_told in sheet.told.text()


def test_a_posted_month_is_checked_by_computing_it_again(posted, qtbot):
    with qtbot.waitSignal(posted.told) as told:
        QTest.mouseClick(posted.check, LEFT)
    assert told.args == ["2026年10月的 2 张账单、6 行全部重算，逐分一致。"]


# --- late facts -----------------------------------------------------------------------


@pytest.fixture
def old(purse):
    """Corrections of September are old once only one month is looked back at."""
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), adjust_months=1))
    purse.residents.set_grade(1, "full", SEPTEMBER, consent_by="家属")


def late_list(tab, qtbot):
    tab.trial.show_late()
    view = tab.trial.late.view
    qtbot.waitUntil(lambda: any(row.known for row in view.table.rows))
    view.setFocus()
    press(Key.Key_Home, Key.Key_Return)
    return tab.trial.late


def test_late_facts_say_what_when_and_by_whom(old, tried, qtbot):
    pane = late_list(tried(), qtbot)
    first, second = pane.view.table.rows
    assert first.late.correction.month == SEPTEMBER
    assert (first.standing, second.standing) == (Standing.WAITING, Standing.DUE)
    assert first.newest.actor == "director"
    shown = words(pane.lines)
    assert "¥800.00" in shown
    assert "¥1,600.00" in shown


def test_the_director_confirms_with_a_reason_and_the_trial_is_made_anew(
    old, tried, qtbot, dialog
):
    tab = tried()
    pane = late_list(tab, qtbot)
    QTest.mouseClick(pane.confirm, LEFT)
    dialog(pane, DeedDialog)
    write("家属补交评估")
    press(Key.Key_Return)
    rows = pane.view.table
    qtbot.waitUntil(lambda: rows.rows[0].standing is Standing.TAKEN)
    assert {x.for_month for x in tab._review.trial.bills[0].lines} == {
        *(SEPTEMBER, OCTOBER, NOVEMBER)
    }


def test_the_accountant_sees_what_waits_and_cannot_decide(old, tried, qtbot):
    pane = late_list(tried(Role.ACCOUNTANT), qtbot)
    assert not pane.confirm.isVisible()
    assert "由院长决定" in pane.told.text()


def test_a_word_is_taken_back_and_waits_again(old, tried, qtbot, purse):
    purse.of(LateFacts).leave(purse.waiting(NOVEMBER), "双方已说好")
    pane = late_list(tried(), qtbot)
    assert "双方已说好" in pane.told.text()
    QTest.mouseClick(pane.reopen, LEFT)
    rows = pane.view.table
    qtbot.waitUntil(lambda: rows.rows[0].standing is Standing.WAITING)


# --- tried prices ---------------------------------------------------------------------


@pytest.fixture
def trying(open_tab, qtbot, dialog):
    """Try the prices in force on October."""
    lists = open_tab(PRICES).view(LISTS)
    qtbot.waitUntil(lambda: len(lists.versions.table.rows) == 1)
    QTest.mouseClick(lists.try_it, LEFT)
    found = dialog(lists, TryPrices)
    qtbot.waitUntil(lambda: bool(found.items.table.rows))
    return found


def test_the_prices_of_now_bring_what_came_in(trying):
    assert trying.cards[None].figure.number.text() == "¥5,200.00"
    assert trying.cards[None].words.text() == "没有变化"


def test_per_cent_are_typed_and_the_income_follows(trying, qtbot):
    trying.asked.fields["care"].input.setFocus()
    press("50")
    number = trying.cards["care"].figure.number
    qtbot.waitUntil(lambda: number.text() == "¥2,400.00")
    assert trying.cards["care"].words.text() == "比不变时 +¥800.00"


def test_another_month_may_bring_residents_without_a_grade(trying, qtbot):
    known = trying._basis
    names = {**known.grade_names, "": ""}
    bare = replace(known.lived[0], grade="")
    trying._show_basis(replace(known, grade_names=names, lived=(bare,)))
    assert "未定等级" in [field.name for field in trying.grades.fields.values()]
    total = trying.cards[None].figure.number
    qtbot.waitUntil(lambda: total.text() == "¥2,600.00")


def test_the_month_says_how_full_the_beds_were(trying):
    assert "当月平均占用 2.0 张床" in trying.told.text()


def test_deposit_caps_that_change_are_listed(trying, qtbot):
    trying.asked.fields["bed"].input.setFocus()
    press("10")
    qtbot.waitUntil(lambda: len(trying.caps.table.rows) == 2)
    trying.pick.setFocus()
    press(Key.Key_2)
    assert trying.stack.currentIndex() == CAPS


def test_what_makes_no_sense_is_said_at_the_field(trying):
    field = trying.asked.fields["occupancy"]
    field.input.setFocus()
    press("500", Key.Key_Tab)
    assert field.problem()

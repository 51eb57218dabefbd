"""Money over the desk: from the search to the printed receipt, without the mouse."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from carehome.rules.rights import Role
from carehome.ui.fees.page import ARREARS, PAYMENTS, RECEIPTS
from carehome.ui.fees.payments import FORM, NOBODY, RECEIPT
from carehome.ui.kit.dialogs import FormDialog, MessageDialog
from carehome.ui.kit.printing import printer_for
from tests.conftest import TODAY
from tests.fees.conftest import press, write
from tests.purse import FEE

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def desk(open_tab, qtbot):
    desk = open_tab(PAYMENTS)
    qtbot.waitUntil(lambda: len(desk.people.view.table.rows) == 2)
    desk.people.search.setFocus()
    return desk


def choose(desk, qtbot, name="wxy"):
    """Find somebody and go to the form."""
    press(name, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.form.bills.fields))
    return desk.form


def test_money_is_taken_by_keyboard_and_the_receipt_waits_to_be_printed(
    desk, qtbot, purse
):
    form = choose(desk, qtbot)
    assert form.owed.number.text() == "¥5,200.00"
    assert form.amount.value() == 2 * FEE
    press("4", Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stack.currentIndex() == RECEIPT)
    (receipt,) = purse.receipts.receipts(TODAY, TODAY)
    assert (receipt.method, receipt.fen) == ("wechat", 2 * FEE)
    assert "2026-000001" in desk.done.text()
    assert desk.receipt.preview.document.pageCount() == 1
    assert QApplication.focusWidget() is desk.receipt.preview.print


def test_a_second_enter_takes_no_money_by_a_slip(desk, qtbot, purse):
    form = choose(desk, qtbot)
    press(Key.Key_Return)
    assert form.method.error
    assert not form.take.isEnabled()
    assert purse.receipts.receipts(TODAY, TODAY) == []


def test_after_the_receipt_escape_leads_to_the_next_person(desk, qtbot):
    choose(desk, qtbot)
    press("1", Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stack.currentIndex() == RECEIPT)
    press(Key.Key_Escape)
    assert desk.stack.currentIndex() == NOBODY
    assert QApplication.focusWidget() is desk.people.search
    press("lgl", Key.Key_Return)
    qtbot.waitUntil(lambda: desk.form.amount.value() == 2 * FEE)
    assert desk.form.method.value() is None


def test_the_list_shows_who_still_owes_after_a_payment(desk, qtbot):
    choose(desk, qtbot)
    press("1", Key.Key_Return)
    desk.people.search.clear()
    qtbot.waitUntil(
        lambda: sorted(row.owed for row in desk.people.view.table.rows) == [0, 2 * FEE]
    )


def test_the_form_shows_which_bills_an_amount_settles(desk, qtbot):
    form = choose(desk, qtbot)
    form.amount.focus()
    form.amount.input.selectAll()
    press("3000")
    assert [field.value() for field in form.bills.fields.values()] == [FEE, 400_00]
    form.amount.input.selectAll()
    press("6000")
    assert "¥800.00" in form.bills.rest.text()


def test_a_clerk_says_which_bill_is_paid(desk, qtbot, purse):
    form = choose(desk, qtbot)
    QTest.mouseClick(form.bills.by_hand, LEFT, pos=form.bills.by_hand.rect().center())
    september, october = form.bills.fields.values()
    september.input.selectAll()
    press(Key.Key_Delete)
    october.focus()
    october.input.selectAll()
    press("1000")
    form.amount.focus()
    form.amount.input.selectAll()
    press("1000")
    form.method.focus()
    press("1", Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stack.currentIndex() == RECEIPT)
    assert [bill.open for bill in purse.payments.account(1).bills] == [
        FEE,
        FEE - 1000_00,
    ]


def test_more_than_may_be_prepaid_is_refused_beside_the_button(desk, qtbot):
    form = choose(desk, qtbot)
    form.amount.focus()
    form.amount.input.selectAll()
    press("99999")
    form.method.focus()
    press("1")
    assert not form.take.isEnabled()
    assert "¥36,400.00" in form.reason.text()  # both bills and twelve months


def test_what_the_books_refuse_is_told_and_nothing_typed_is_lost(
    desk, qtbot, purse, monkeypatch
):
    form = choose(desk, qtbot)
    purse.payments.take(1, 2 * FEE + 12 * FEE, "cash", TODAY)  # at another desk
    press("1", Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form.amount.error))
    assert form.amount.input.hasFocus()
    assert desk.stack.currentIndex() == FORM
    assert form.amount.value() == 2 * FEE


def test_what_is_paid_tomorrow_is_not_taken_today(desk, qtbot):
    form = choose(desk, qtbot)
    form.day.focus()
    form.day.input.selectAll()
    press("20261122")
    form.method.focus()
    press("1")
    assert not form.take.isEnabled()


def test_printing_a_receipt_makes_the_next_one_a_reprint(desk, qtbot, purse, tmp_path):
    choose(desk, qtbot)
    press("1", Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stack.currentIndex() == RECEIPT)
    preview = desk.receipt.preview
    printer = printer_for(preview.document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    with qtbot.waitSignal(desk.receipt.shown):
        preview.print_on(printer)
    assert purse.receipts.receipts(TODAY, TODAY)[0].printed == 1


@pytest.fixture
def with_receipts(purse):
    for day in (20, 21):
        purse.payments.take(1, 1000_00, "cash", date(2026, 11, day))


def test_receipts_of_today_are_listed_with_their_sum(with_receipts, open_tab, qtbot):
    tab = open_tab(RECEIPTS)
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 1)
    assert "1 张，合计 ¥1,000.00" in tab.sums.text()


def test_other_days_are_chosen_by_typing_or_a_click(with_receipts, open_tab, qtbot):
    tab = open_tab(RECEIPTS)
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 1)
    tab.first.focus()
    tab.first.input.selectAll()
    press("20261120")
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 2)


def test_a_receipt_is_voided_with_a_reason(
    with_receipts, open_tab, qtbot, dialog, purse
):
    tab = open_tab(RECEIPTS)
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 1)
    tab.view.setFocus()
    tab.view.selectRow(0)
    with qtbot.waitSignal(tab.paper.shown):
        press(Key.Key_Return)
    QTest.mouseClick(tab.void, LEFT)
    asked = dialog(tab, FormDialog)
    assert not asked.primary.isEnabled()
    write("打错了")
    with qtbot.waitSignal(tab.told):
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: tab.view.table.rows[0].void_reason == "打错了")
    assert purse.payments.account(1).owed == 2 * FEE - 1000_00


def test_the_front_desk_sees_no_way_to_void(with_receipts, open_tab, qtbot):
    tab = open_tab(RECEIPTS, Role.FRONT_DESK)
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 1)
    tab.view.setFocus()
    tab.view.selectRow(0)
    with qtbot.waitSignal(tab.paper.shown):
        press(Key.Key_Return)
    assert not tab.void.isVisible()


def test_arrears_lead_to_taking_the_payment(open_tab, qtbot):
    tab = open_tab(ARREARS)
    qtbot.waitUntil(lambda: len(tab.debts.view.table.rows) == 2)
    assert tab.debts.ages.total.number.text() == "¥10,400.00"
    tab.debts.view.setFocus()
    press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(tab.debts.file.take.isVisible)
    QTest.mouseClick(tab.debts.file.take, LEFT)
    page = tab.page
    assert page.tabs.strip.currentIndex() == PAYMENTS
    desk = page.tabs.content(PAYMENTS)
    qtbot.waitUntil(lambda: desk.form.name.text() == "李桂兰")
    assert desk.stack.currentIndex() == FORM


def test_arrears_are_saved_as_a_workbook(open_tab, qtbot, dialog, tmp_path):
    tab = open_tab(ARREARS)
    qtbot.waitUntil(lambda: len(tab.debts.view.table.rows) == 2)
    QTest.mouseClick(tab.debts.export, LEFT)
    asked = dialog(tab, QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "欠费.xlsx"))
    asked.reject()
    said = dialog(tab, MessageDialog)
    assert (tmp_path / "欠费.xlsx").stat().st_size > 1000
    said.accept()


def test_the_list_of_arrears_is_shown_before_it_is_printed(open_tab, qtbot, dialog):
    tab = open_tab(ARREARS)
    qtbot.waitUntil(lambda: len(tab.debts.view.table.rows) == 2)
    QTest.mouseClick(tab.debts.print, LEFT)
    shown = dialog(tab)
    qtbot.waitUntil(lambda: shown.preview.document.pageCount() == 1)
    shown.close()

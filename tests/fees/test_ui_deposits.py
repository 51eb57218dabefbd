"""Deposits on screen: the cap beside the field, the second person, the bank."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from carehome.rules.rights import Role
from carehome.services.accounts import Approval
from carehome.ui.fees.deposits import ALL, BANK, OVER
from carehome.ui.fees.page import DEPOSITS
from carehome.ui.kit.dialogs import MessageDialog
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.receipt_view import ReceiptDialog
from tests.conftest import TODAY
from tests.fees.conftest import press, write
from tests.purse import FEE

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CAP = 6 * FEE


@pytest.fixture
def open_deposits(open_tab, qtbot):
    def make(role=Role.DIRECTOR):
        tab = open_tab(DEPOSITS, role)
        qtbot.waitUntil(lambda: len(tab.people.view.table.rows) == 2)
        return tab

    return make


def open_panel(tab, qtbot, row=0):
    """Open the ledger of a row by Enter."""
    tab.people.view.setFocus()
    tab.people.view.selectRow(row)
    press(Key.Key_Return)
    name = tab.people.view.table.rows[row].line.name
    qtbot.waitUntil(lambda: name in tab.side.title.text())
    qtbot.waitUntil(lambda: bool(tab.panel.findChildren(QLabel)))
    return tab.panel


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_everybody_who_lives_here_is_listed_with_the_cap(open_deposits):
    rows = open_deposits().people.view.table.rows
    assert [(row.line.name, row.standing.room) for row in rows] == [
        ("王秀英", CAP),
        ("李桂兰", CAP),
    ]


def test_a_deposit_is_taken_by_keyboard_and_its_receipt_comes_up(
    open_deposits, qtbot, dialog, purse
):
    panel = open_panel(open_deposits(), qtbot)
    qtbot.waitUntil(panel.take.isEnabled)
    panel.take.setFocus()
    press(Key.Key_Return)
    dialog(panel, DeedDialog)
    press("5000", Key.Key_Tab, "4", Key.Key_Return)
    receipt = dialog(panel, ReceiptDialog)
    assert receipt.view.preview.document.pageCount() == 1
    assert purse.deposits.standing(1).held == 5000_00
    receipt.close()


def test_what_passes_the_cap_is_said_beside_the_amount(open_deposits, qtbot, dialog):
    panel = open_panel(open_deposits(), qtbot)
    qtbot.waitUntil(panel.take.isEnabled)
    panel.take.setFocus()
    press(Key.Key_Return)
    asked = dialog(panel, DeedDialog)
    press("15600.01", Key.Key_Tab, "1")
    assert "这次最多可收 ¥15,600.00" in asked.form.fields["amount"].error
    assert not asked.primary.isEnabled()
    asked.form.fields["amount"].focus()
    asked.form.fields["amount"].input.selectAll()
    press("15600")
    assert asked.primary.isEnabled()
    asked.reject()


@pytest.fixture
def with_deposit(purse):
    """The fee falls after a full deposit, so 2,400 are held too much."""
    purse.deposits.take(2, CAP, "transfer", date(2026, 11, 1))
    purse.deposits.bank([1], date(2026, 11, 2))
    purse.residents.set_grade(2, "self_care", date(2026, 11, 16), consent_by="家属")


def test_what_is_held_too_much_stands_on_top_with_its_day(with_deposit, open_deposits):
    tab = open_deposits()
    first = tab.people.view.table.rows[0]
    assert first.line.name == "李桂兰"
    assert first.state == "12月1日前退 ¥2,400.00"
    assert tab.over.figure.number.text() == "¥2,400.00"
    tab.which.setFocus()
    press("2")
    assert tab.which.code() == OVER
    assert len(tab.people.view.table.rows) == 1


@pytest.mark.usefixtures("with_deposit")
def test_what_is_held_too_much_is_offered_to_be_given_back(open_deposits, qtbot):
    panel = open_panel(open_deposits(), qtbot)
    qtbot.waitUntil(lambda: panel.refund.property("kind") == "primary")
    assert panel.take.property("kind") == ""


def test_whoever_may_give_more_is_offered_to_give_it(open_deposits, qtbot):
    panel = open_panel(open_deposits(), qtbot)
    qtbot.waitUntil(panel.take.isEnabled)
    assert panel.take.property("kind") == "primary"


def test_a_refund_waits_for_somebody_else_to_sign(
    with_deposit, passwords, open_deposits, qtbot, dialog, purse
):
    panel = open_panel(open_deposits(), qtbot)
    qtbot.waitUntil(panel.refund.isEnabled)
    panel.refund.setFocus()
    press(Key.Key_Return)
    asked = dialog(panel, DeedDialog)
    fields = asked.form.fields
    assert fields["amount"].value() == 2400_00
    fields["method"].focus()
    press("1")
    assert fields["purpose"].value() == "超过押金上限"
    fields["sign_in"].focus()
    press("director", Key.Key_Tab, passwords[Role.DIRECTOR], Key.Key_Return)
    qtbot.waitUntil(lambda: bool(fields["sign_in"].error))
    assert fields["sign_in"].input.hasFocus()
    fields["sign_in"].input.selectAll()
    press("accountant")
    fields["password"].focus()
    fields["password"].input.selectAll()
    press(passwords[Role.ACCOUNTANT], Key.Key_Return)
    voucher = dialog(panel, ReceiptDialog)
    assert purse.deposits.standing(2).held == CAP - 2400_00
    voucher.close()


def test_a_use_in_an_emergency_says_when_its_papers_are_due(
    with_deposit, open_deposits, qtbot, dialog, purse
):
    tab = open_deposits()
    panel = open_panel(tab, qtbot)
    qtbot.waitUntil(panel.spend.isEnabled)
    panel.spend.setFocus()
    press(Key.Key_Return)
    dialog(panel, DeedDialog)
    press("800", Key.Key_Tab, "1", Key.Key_Tab, Key.Key_Tab)
    write("急诊")
    press(Key.Key_Return)
    said = dialog(panel, MessageDialog)
    assert "2026-12-01" in said.text.text()
    said.accept()
    qtbot.waitUntil(lambda: tab.papers.figure.number.text() == "1")


def test_arrears_are_set_off_with_the_familys_paper(
    with_deposit, open_deposits, qtbot, dialog, purse
):
    tab = open_deposits()
    panel = open_panel(tab, qtbot)
    qtbot.waitUntil(panel.set_off.isEnabled)
    panel.set_off.setFocus()
    press(Key.Key_Return)
    asked = dialog(panel, DeedDialog)
    assert asked.form.fields["amount"].value() == 2 * FEE
    asked.form.fields["paper"].focus()
    write("同意书 7 号")
    with qtbot.waitSignal(tab.told):
        press(Key.Key_Return)
    assert purse.payments.account(2).owed == 0


def test_deposits_are_noted_as_paid_into_the_bank(
    open_deposits, qtbot, dialog, come_back, purse
):
    purse.deposits.take(1, 1000_00, "cash", date(2026, 11, 18))
    purse.deposits.take(2, 2000_00, "cash", TODAY)
    tab = open_deposits()
    assert "1 笔已逾期" in tab.unbanked.words.text()
    tab.bank.setFocus()
    press(Key.Key_Return)
    asked = dialog(tab, DeedDialog)
    assert "2026-11-18　王秀英　¥1,000.00" in [
        box.text() for box in asked.form.fields["entries"].input.boxes.values()
    ]
    with qtbot.waitSignal(tab.told):
        QTest.mouseClick(asked.primary, LEFT)
    qtbot.waitUntil(lambda: not tab.bank.isEnabled())
    come_back(tab)
    tab.which.setFocus()
    press("3")
    assert tab.which.code() == BANK
    assert tab.people.view.table.rows == []


def test_a_deposit_that_never_reached_the_bank_is_listed_also_when_it_is_given_back(
    open_deposits, purse, passwords
):
    purse.deposits.take(1, 1000_00, "cash", date(2026, 11, 2))
    signed = Approval("accountant", passwords[Role.ACCOUNTANT])
    purse.deposits.refund(1, 1000_00, "cash", TODAY, "退住", signed, "王小明")
    purse.residents.discharge(1, TODAY, "回家")
    tab = open_deposits()
    tab.show_list(BANK)
    assert [row.line.name for row in tab.people.view.table.rows] == ["王秀英"]


def test_the_ledger_of_one_resident_is_shown_as_a_paper(
    with_deposit, open_deposits, qtbot, dialog
):
    panel = open_panel(open_deposits(), qtbot)
    qtbot.waitUntil(panel.print.isEnabled)
    QTest.mouseClick(panel.print, LEFT)
    paper = dialog(panel, QDialog)
    qtbot.waitUntil(lambda: paper.preview.document.pageCount() == 1)
    paper.close()


def test_the_front_desk_takes_deposits_and_pays_none_out(open_deposits, qtbot):
    panel = open_panel(open_deposits(Role.FRONT_DESK), qtbot)
    qtbot.waitUntil(panel.take.isEnabled)
    assert panel.take.isVisible()
    assert not panel.refund.isVisible()
    assert not panel.spend.isVisible()


def test_another_page_leads_to_somebodys_deposit(open_deposits, qtbot):
    tab = open_deposits()
    tab.page.show_deposit(2)
    qtbot.waitUntil(lambda: "李桂兰" in tab.side.title.text())
    assert tab.which.code() == ALL


def test_a_missing_price_is_told_where_the_list_would_be(purse, open_tab, qtbot):
    purse.residents.set_grade(1, "special", date(2026, 11, 1), consent_by="家属")
    tab = open_tab(DEPOSITS)
    qtbot.waitUntil(lambda: "特级护理" in tab.people.view.empty.text.text())


@pytest.mark.usefixtures("with_deposit")
def test_the_excess_goes_back_from_the_list(open_deposits, qtbot, dialog):
    tab = open_deposits()
    tab.people.view.setFocus()
    tab.people.view.selectRow(0)
    qtbot.waitUntil(tab.give_back.isEnabled)
    tab.give_back.click()
    asked = dialog(tab, DeedDialog)
    assert asked.form.fields["amount"].value() == 2400_00
    asked.reject()
    tab.people.view.selectRow(1)
    qtbot.waitUntil(lambda: not tab.give_back.isEnabled())


@pytest.fixture
def account(with_deposit, open_deposits, purse):
    """The account after an emergency and a refund in cash, neither drawn yet."""
    purse.deposits.spend_in_emergency(2, 300_00, "cash", TODAY, "急诊")
    tab = open_deposits()
    tab.parts.setFocus()
    return tab


def go(tab, qtbot, part):
    """Turn to a part of the deposits by its digit."""
    press(str(list(tab.parts.buttons).index(part) + 1))
    shown = tab.account.lists[part]
    qtbot.waitUntil(shown.isVisible)
    qtbot.waitUntil(lambda: bool(shown.view.table.rows))
    return shown


def test_the_account_is_explained_in_a_sentence(account, qtbot):
    go(account, qtbot, "ledger")
    qtbot.waitUntil(lambda: bool(account.account.told_in_words.text()))
    assert account.account.told_in_words.text() == (
        "专户 ¥15,600.00 + 已收未存 ¥0.00 − 待划出 ¥300.00 = 在押 ¥15,300.00"
    )


def test_the_ledger_of_the_account_is_listed_newest_first(account, qtbot):
    rows = go(account, qtbot, "ledger").view.table.rows
    assert [(row.held_after, row.account_after) for row in rows] == [
        (15_300_00, 15_600_00),
        (15_600_00, 15_600_00),
        (15_600_00, 0),
    ]


def test_a_draw_is_noted_by_keyboard_and_void_with_a_reason(
    account, qtbot, dialog, come_back
):
    draws = go(account, qtbot, "draws")
    draws.draw.setFocus()
    press(Key.Key_Return)
    asked = dialog(draws, DeedDialog)
    asked.form.fields["paper"].focus()
    press("7", Key.Key_Return)
    qtbot.waitUntil(lambda: bool(draws.drawn.table.rows))
    qtbot.waitUntil(lambda: not draws.view.table.rows)
    come_back(draws)
    draws.drawn.selectRow(0)
    qtbot.waitUntil(draws.void.isEnabled)
    draws.void.click()
    asked = dialog(draws, DeedDialog)
    write("支票作废")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(draws.view.table.rows))
    assert draws.drawn.table.rows[0].is_void


def test_papers_that_never_come_are_excused(account, qtbot, dialog):
    papers = go(account, qtbot, "papers")
    qtbot.waitUntil(papers.excuse.isEnabled)
    papers.excuse.click()
    asked = dialog(papers, DeedDialog)
    asked.form.fields["reason"].focus()
    write("医院系统故障，无法补开，有缴费短信")
    asked.form.submit()
    qtbot.waitUntil(lambda: papers.view.table.rows[0].end == "excused")
    assert not papers.excuse.isEnabled()

"""The tab of arrears through real events: reminding, prepaid money, refunds."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from carehome.i18n import show_money
from carehome.rules.periods import Period
from carehome.rules.refunds import AskedRefund, RefundKind, RefundState
from carehome.rules.reminders import Way
from carehome.rules.rights import Role
from carehome.services.arrears import Reminders
from carehome.services.payers import FamilyPart, Payers
from carehome.services.refunds import Refunds
from carehome.ui.fees.owing.debts import BROKEN, REMIND
from carehome.ui.fees.owing.messages import MessagesDialog
from carehome.ui.fees.owing.tab import PREPAID, REFUNDS, ArrearsTab
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.receipt_view import ReceiptDialog
from tests.care import money
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import FEE, NOVEMBER

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_tab(db, clock, jobs, shown, qtbot, purse):
    """Return a function that shows the tab as somebody of a role has it."""

    def open_as(role=Role.DIRECTOR):
        user = ROLES[role]
        hand = Hand(lambda kind: kind(db, user, clock), jobs, user, clock)
        tab = shown(ArrearsTab(money(db, clock, role), hand))
        db.on_change = jobs.changed.emit
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return tab

    return open_as


@pytest.fixture
def settled(jobs, qtbot):
    """Return a function that waits until nothing is under way."""
    return lambda: qtbot.waitUntil(lambda: not jobs.is_busy)


def dialog_over(tab, kind=FormDialog):
    return tab.findChildren(kind)[-1]


def test_the_list_says_what_is_owed_since_when(open_tab):
    tab = open_tab()
    first = tab.debts.view.table.rows[0]
    assert (first.resident, first.owed) == ("王秀英", 2 * FEE)
    assert tab.debts.ages.total.number.text() == "¥10,400.00"


def test_shares_of_families_are_told_beside_the_list(open_tab, purse, qtbot, settled):
    assert not open_tab().debts.shares.isVisible()
    payers = purse.of(Payers)
    (son,) = payers.split(1, (FamilyPart("王强", 50),), Period(NOVEMBER))
    purse.post(NOVEMBER)
    tab = open_tab()
    qtbot.waitUntil(tab.debts.shares.isVisible)
    assert show_money(FEE // 2) in tab.debts.shares.text()
    with qtbot.waitSignal(tab.payers_wanted):
        qtbot.mouseClick(tab.debts.shares, LEFT)
    payers.take(son, FEE // 2, "wechat", TODAY)
    qtbot.waitUntil(lambda: not tab.debts.shares.isVisible())


def test_letters_are_noted_and_laid_ready(open_tab, purse, qtbot, settled):
    tab = open_tab()
    qtbot.mouseClick(tab.debts.letters, LEFT)
    dialog = dialog_over(tab)
    assert set(dialog.form.families) == {1, 2}  # whose turn it is
    qtbot.mouseClick(dialog.primary, LEFT)
    settled()
    assert purse.of(Reminders).of(1)[0].way is Way.LETTER
    assert dialog_over(tab, PaperDialog).isVisible()


def test_whose_turn_it_is_not_is_asked_for_on_purpose(open_tab, purse, qtbot, settled):
    purse.of(Reminders).remind([1], Way.LETTER)
    tab = open_tab()
    qtbot.mouseClick(tab.debts.letters, LEFT)
    dialog = dialog_over(tab)
    assert dialog.form.families == (2,)
    dialog.form.people.set_value((1,))
    qtbot.mouseClick(dialog.primary, LEFT)
    settled()
    assert "王秀英" in dialog.form.people.error
    dialog.form.anyway.set_value(True)
    qtbot.mouseClick(dialog.primary, LEFT)
    settled()
    assert len(purse.of(Reminders).of(1)) == 2


def test_messages_are_copied_one_after_the_other(open_tab, purse, qtbot, settled):
    tab = open_tab()
    qtbot.mouseClick(tab.debts.messages, LEFT)
    qtbot.mouseClick(dialog_over(tab).primary, LEFT)
    messages = dialog_over(tab, MessagesDialog)
    settled()
    first = messages.family.resident_id
    qtbot.mouseClick(messages.primary, LEFT)
    settled()
    assert messages.text.toPlainText() in QGuiApplication.clipboard().text()
    assert [each.way for each in purse.of(Reminders).of(first)] == [Way.MESSAGE]
    qtbot.mouseClick(messages.next, LEFT)
    settled()
    second = messages.family.resident_id
    assert second != first
    assert purse.of(Reminders).of(second) == []  # not copied yet


def test_a_message_that_is_copied_twice_went_out_once(open_tab, purse, qtbot, settled):
    tab = open_tab()
    qtbot.mouseClick(tab.debts.messages, LEFT)
    qtbot.mouseClick(dialog_over(tab).primary, LEFT)
    messages = dialog_over(tab, MessagesDialog)
    settled()
    for _ in range(2):
        qtbot.mouseClick(messages.primary, LEFT)
        settled()
    assert len(purse.of(Reminders).of(messages.family.resident_id)) == 1


def test_a_call_is_noted_from_the_file(open_tab, purse, qtbot, settled):
    tab = open_tab()
    tab.debts.view.setFocus()
    qtbot.keyClick(tab.debts.view, Qt.Key.Key_Return)
    settled()
    assert not tab.debts.file.isHidden()
    qtbot.mouseClick(tab.debts.file.call, LEFT)
    dialog = dialog_over(tab)
    said = {"said": "下周缴", "promised_on": TODAY.replace(day=27)}
    dialog.form.set_values(said)
    qtbot.mouseClick(dialog.primary, LEFT)
    settled()
    assert purse.of(Reminders).of(1)[0].said == "下周缴"
    assert tab.debts.view.current_row().promised_on == TODAY.replace(day=27)


def test_a_line_of_the_first_page_leads_to_its_part(open_tab, purse, settled):
    purse.of(Reminders).remind([1], Way.LETTER)
    tab = open_tab()
    tab.open_key(REMIND)
    assert [row.resident_id for row in tab.debts.view.table.rows] == [2]
    tab.open_key(BROKEN)
    assert tab.debts.view.table.rows == []
    tab.open_key(REFUNDS)
    assert tab.stack.currentWidget() is tab.refunds


def test_a_digit_turns_to_another_list(open_tab, qtbot):
    tab = open_tab()
    tab.pick.setFocus()
    qtbot.keyClick(tab.pick, Qt.Key.Key_2)
    assert tab.stack.currentWidget() is tab.prepaid
    assert tab.prepaid.tools.isVisible()
    assert not tab.debts.tools.isVisible()


def test_prepaid_money_is_given_back_from_its_list(open_tab, purse, qtbot, settled):
    purse.payments.take(1, 2 * FEE + 600_00, "cash", TODAY)
    tab = open_tab(Role.FRONT_DESK)
    tab.open_key(PREPAID)
    settled()
    qtbot.mouseClick(tab.prepaid.refund, LEFT)
    dialog = dialog_over(tab)
    settled()
    assert dialog.who.value() == 1
    assert dialog.method.value() == "cash"  # as it came
    assert "¥600.00" in dialog.amount.message.text()
    dialog.form.set_values({"fen": 700_00, "payee": "王建国", "reason": "急用"})
    qtbot.mouseClick(dialog.primary, LEFT)
    settled()
    assert "¥600.00" in dialog.amount.error
    dialog.form.set_values({"fen": 600_00})
    qtbot.mouseClick(dialog.primary, LEFT)
    settled()
    assert purse.of(Refunds).refunds()[0].state is RefundState.ASKED


def test_another_way_is_asked_why(open_tab, purse, settled):
    purse.payments.take(1, 2 * FEE + 600_00, "cash", TODAY)
    tab = open_tab()
    dialog = tab.refunds.ask_for(1)
    settled()
    assert dialog.way_reason.isHidden()
    dialog.method.set_value("wechat")
    assert not dialog.way_reason.isHidden()


def test_a_wrong_payment_fills_in_what_was_paid(open_tab, purse, settled):
    purse.payments.take(1, 600_00, "wechat", TODAY, payer="王建国")
    tab = open_tab()
    dialog = tab.refunds.ask_for(1)
    settled()
    dialog.kind.set_value(RefundKind.PAYMENT)
    payment = purse.of(Refunds).refundable(1).payments[0]
    dialog.payment.set_value(payment.payment_id)
    values = dialog.form.values()
    assert (values["fen"], values["method"], values["payee"]) == (
        *(600_00, "wechat"),
        "王建国",
    )


BACK = AskedRefund(1, RefundKind.PREPAID, 300_00, "cash", "王建国", "多预存了")


@pytest.fixture
def waiting(purse):
    """The front desk asked for a refund of prepaid money."""
    purse.payments.take(1, 2 * FEE + 1000_00, "cash", TODAY)
    return purse.as_role(Role.FRONT_DESK).of(Refunds).ask(BACK)


def opened(tab, qtbot, settled):
    tab.open_key(REFUNDS)
    settled()
    tab.refunds.view.setFocus()
    qtbot.keyClick(tab.refunds.view, Qt.Key.Key_Return)
    return tab.refunds


def test_the_director_approves_by_one_button(open_tab, purse, waiting, qtbot, settled):
    refunds = opened(open_tab(), qtbot, settled)
    assert refunds.approve.isVisible()
    qtbot.mouseClick(refunds.approve, LEFT)
    qtbot.mouseClick(dialog_over(refunds).primary, LEFT)
    settled()
    assert purse.of(Refunds).refunds()[0].state is RefundState.APPROVED
    assert refunds.why_not.isVisible()  # whoever approved does not pay
    assert not refunds.pay.isVisible()


def test_who_asked_is_told_who_approves(open_tab, purse, qtbot, settled):
    purse.payments.take(1, 2 * FEE + 1000_00, "cash", TODAY)
    purse.as_role(Role.ACCOUNTANT).of(Refunds).ask(BACK)
    refunds = opened(open_tab(Role.ACCOUNTANT), qtbot, settled)
    assert not refunds.approve.isVisible()
    assert refunds.why_not.isVisible()


def test_the_front_desk_sees_no_buttons_of_others(open_tab, waiting, qtbot, settled):
    refunds = opened(open_tab(Role.FRONT_DESK), qtbot, settled)
    assert not refunds.approve.isVisible()
    assert not refunds.pay.isVisible()
    assert refunds.take_back.isVisible()


def test_paying_out_shows_the_voucher(open_tab, purse, waiting, qtbot, settled):
    purse.of(Refunds).approve(waiting)
    refunds = opened(open_tab(Role.ACCOUNTANT), qtbot, settled)
    qtbot.mouseClick(refunds.pay, LEFT)
    dialog = dialog_over(refunds)
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: bool(refunds.findChildren(ReceiptDialog)))
    settled()
    assert purse.payments.account(1).prepaid == 700_00
    assert refunds.view.table.rows == []  # nothing waits any more

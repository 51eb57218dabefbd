"""The chain of a departure, through real keys and clicks on a real home."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from carehome.i18n import show_money
from carehome.rules.departures import Departure, Step
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.settlement import SIDE_NAMES
from carehome.services.departures import Departures
from carehome.services.payers import FamilyPart, Payers
from carehome.services.residents import Residents
from carehome.ui.departures import DeparturesPage
from carehome.ui.parts.deeds import DeedDialog
from tests.conftest import ROLES, TODAY
from tests.departures.conftest import HALF, LEFT
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import FEE

Key, CTRL, LEFT_BUTTON = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.MouseButton.LeftButton,
)
SIGNED = {"family": "王秀英", "accountant": "accountant", "director": "director"}
ORDER, LEAVE, BILL, RECEIVER, DEPOSIT, SETTLE, PAPERS = range(7)


@pytest.fixture
def open_page(db, clock, jobs, shown, qtbot):
    def make(role=Role.DIRECTOR):
        db.on_change = jobs.announce
        user = ROLES[role]
        services = (Departures(db, user, clock), Residents(db, user, clock))
        page = DeparturesPage(*services, jobs, user, lambda: TODAY)
        page.resize(1180, 700)
        return shown(page)

    return make


@pytest.fixture
def chain(open_page):
    return open_page().chain


@pytest.fixture
def at(qtbot, jobs):
    """Return a function that waits until a chain shows a step."""

    def wait(chain, place, name="王秀英"):
        def is_there():
            return (
                not jobs.is_busy
                and chain.stack.currentIndex() == place
                and chain.who.text() == name
            )

        qtbot.waitUntil(is_there)

    return wait


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def begin(chain, at):
    chain.parent().begin(1)
    at(chain, ORDER)


def sign(chain, side, qtbot):
    """Note the signature of a side by keys."""
    note = chain.settle.signatures.note[side]
    qtbot.waitUntil(note.isVisible)
    note.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(chain.settle.findChildren(DeedDialog)))
    dialog = chain.settle.findChildren(DeedDialog)[-1]
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.form.fields["name"].value() == SIGNED[side]
    dialog.form.fields["day"].focus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: not note.isVisible())
    qtbot.waitUntil(lambda: not chain.settle.findChildren(DeedDialog))
    chain.window().activateWindow()
    qtbot.waitUntil(chain.window().isActiveWindow)


def test_the_whole_chain_goes_by_keys(chain, leaving, at, qtbot, passwords):
    leaving.payments.take(1, FEE + HALF, "cash", TODAY)
    begin(chain, at)
    press(Key.Key_1)
    press(Key.Key_Return, CTRL)
    at(chain, LEAVE)
    write("2026-11-16")
    press(Key.Key_Return, CTRL)
    at(chain, BILL)
    assert chain.bill.total.number.text() == "¥1,300.00"
    press(Key.Key_Return, CTRL)
    at(chain, RECEIVER)
    assert chain.receiver.receiver.value() == "王秀英"
    press(Key.Key_Return, CTRL)
    at(chain, DEPOSIT)
    press(Key.Key_Return, CTRL)
    at(chain, SETTLE)
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not chain.settle.is_open)
    assert chain.settle.preview.isVisible()
    for side in SIDE_NAMES:
        sign(chain, side, qtbot)
    assert "封存" in chain.settle.signatures.sealed.text()
    chain.next.setFocus()
    press(Key.Key_Return, CTRL)
    at(chain, PAPERS)
    for kind in ("settlement", "agreement"):
        chain.papers.ticks[kind].setFocus()
        press(Key.Key_Space)
        qtbot.waitUntil(lambda kind=kind: chain.papers.ticks[kind].isChecked())
        at(chain, PAPERS)
    qtbot.waitUntil(chain.next.isEnabled)
    with qtbot.waitSignal(chain.left):
        press(Key.Key_Return, CTRL)
    assert leaving.departures.open() == []


@pytest.mark.parametrize(
    ("make", "place"),
    [
        ("ordered", LEAVE),
        ("left", BILL),
        ("billed", RECEIVER),
        ("received", DEPOSIT),
        ("taken_off", SETTLE),
    ],
)
def test_a_departure_is_taken_up_where_it_was_left(chain, leaving, at, make, place):
    number = getattr(leaving, make)()
    chain.parent().resume(number)
    at(chain, place)
    assert chain.view.isEnabled()


def test_a_missing_kind_is_told_beside_it(chain, at):
    begin(chain, at)
    assert not chain.next.isEnabled()
    chain.store()
    chain.order.form.submit()
    assert chain.order.kind.error


def test_what_is_refused_is_told_beside_its_field(chain, leaving, at, qtbot):
    leaving.deposits.take(1, 5000_00, "cash", date(2026, 11, 2))
    chain.parent().resume(leaving.received())
    at(chain, DEPOSIT)
    qtbot.mouseClick(chain.next, LEFT_BUTTON)
    qtbot.waitUntil(lambda: bool(chain.deposit.consent.error))
    assert chain.deposit.consent.input.hasFocus()


def test_a_day_just_ahead_is_refused_and_not_taken_for_last_years(
    chain, leaving, at, qtbot
):
    chain.parent().resume(leaving.ordered())
    at(chain, LEAVE)
    chain.leave.day.input.setFocus()
    chain.leave.day.input.selectAll()
    write("12-01")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(chain.leave.day.error))
    assert leaving.residents.file(1).bed == "301-1"


def test_the_head_says_in_which_year_somebody_left(chain, leaving, at):
    chain.parent().resume(leaving.left())
    at(chain, BILL)
    assert "2026" in chain.facts.text()


def test_what_is_left_of_the_deposit_is_reckoned_while_one_types(chain, leaving, at):
    leaving.deposits.take(1, 5000_00, "cash", date(2026, 11, 2))
    chain.parent().resume(leaving.received())
    at(chain, DEPOSIT)
    chain.deposit.damage.set_value(100_00)
    chain.deposit.form.changed.emit()
    assert chain.deposit.rest.number.text() == "¥1,000.00"


def test_the_big_sum_is_the_net_and_a_debt_is_asked_about(
    chain, leaving, at, qtbot, jobs
):
    leaving.deposits.take(1, 5000_00, "cash", date(2026, 11, 2))
    number = leaving.taken_off(set_off=1000_00, consent="同意书 1 号")
    owed = FEE + HALF - 1000_00
    chain.parent().resume(number)
    at(chain, SETTLE)
    assert chain.settle.sum.number.text() == show_money(4000_00 - owed)
    told = chain.settle.hint.text()
    assert show_money(owed) in told
    assert show_money(4000_00) in told
    signs, password = leaving.signed.sign_in, leaving.signed.password
    chain.settle.form.set_values(
        {"method": "cash", "claim": "先退", "sign_in": signs, "password": password}
    )
    qtbot.mouseClick(chain.next, LEFT_BUTTON)
    dialog = QApplication.activeModalWidget()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert show_money(owed) in said
    assert show_money(4000_00) in said
    dialog.reject()
    assert not jobs.is_busy
    assert leaving.departures.settlement(number) is None
    qtbot.mouseClick(chain.next, LEFT_BUTTON)
    qtbot.mouseClick(QApplication.activeModalWidget().primary, LEFT_BUTTON)
    qtbot.waitUntil(lambda: not chain.settle.is_open)
    assert leaving.departures.settlement(number).claim == owed


def test_shares_that_the_family_owes_are_asked_about(chain, leaving, at, qtbot, jobs):
    members = (FamilyPart("王丽", 50),)
    leaving.of(Payers).split(1, members, Period(date(2026, 11, 1)))
    leaving.payments.take(1, FEE + HALF // 2, "transfer", date(2026, 11, 3))
    number = leaving.taken_off()
    chain.parent().resume(number)
    at(chain, SETTLE)
    share = show_money(HALF // 2)
    assert share in chain.settle.hint.text()
    assert "王丽" in chain.settle.hint.text()
    qtbot.mouseClick(chain.next, LEFT_BUTTON)
    dialog = QApplication.activeModalWidget()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "王丽" in said
    assert share in said
    dialog.reject()
    assert leaving.departures.settlement(number) is None
    qtbot.mouseClick(chain.next, LEFT_BUTTON)
    qtbot.mouseClick(QApplication.activeModalWidget().primary, LEFT_BUTTON)
    qtbot.waitUntil(lambda: not chain.settle.is_open)
    assert leaving.departures.settlement(number).shares == (("王丽", HALF // 2),)


def test_another_signer_of_the_family_is_told_beside_the_relation(
    chain, leaving, at, qtbot
):
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    chain.parent().resume(number)
    at(chain, PAPERS)
    chain.steps.chosen.emit(SETTLE)
    at(chain, SETTLE)
    qtbot.mouseClick(chain.settle.signatures.note["family"], LEFT_BUTTON)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    dialog.form.fields["name"].set_value("王建芳")
    dialog.form.changed.emit()
    qtbot.mouseClick(dialog.primary, LEFT_BUTTON)
    relation = dialog.form.fields["relation"]
    qtbot.waitUntil(lambda: bool(relation.error))
    relation.set_value("女儿")
    qtbot.mouseClick(dialog.primary, LEFT_BUTTON)
    qtbot.waitUntil(lambda: len(leaving.departures.settlement(number).signatures) == 1)


def test_half_typed_work_is_there_again(chain, leaving, at, jobs, qtbot):
    number = leaving.billed(1, Departure.DEATH)
    chain.parent().resume(number)
    at(chain, RECEIVER)
    chain.receiver.proof.set_value("公证书")
    chain.draft.keep()
    qtbot.waitUntil(lambda: Step.RECEIVER in leaving.departures.resume(number).drafts)
    chain.parent().open_list()
    chain.parent().resume(number)
    at(chain, RECEIVER)
    assert chain.receiver.proof.value() == "公证书"


def test_the_desk_sees_the_settlement_and_does_not_touch_it(
    open_page, leaving, at, qtbot
):
    chain = open_page(Role.FRONT_DESK).chain
    chain.parent().resume(leaving.left())
    at(chain, BILL)
    assert not chain.next.isEnabled()
    assert "财务" in chain.reason.text()


def test_the_list_shows_who_is_not_through(open_page, leaving, qtbot):
    leaving.ordered(2)
    leaving.residents.discharge(1, LEFT, "回家")
    page = open_page()
    rows = page.listing.rows.table
    qtbot.waitUntil(lambda: {row.name for row in rows.rows} == {"王秀英", "李桂兰"})
    assert {row.name: row.step for row in rows.rows}["王秀英"] == "尚未办理"


def test_the_head_nurse_sees_no_sums(open_page, leaving, qtbot):
    leaving.ordered()
    page = open_page(Role.HEAD_NURSE)
    qtbot.waitUntil(lambda: len(page.listing.rows.table.rows) == 1)
    row = page.listing.rows.table.rows[0]
    assert (row.owed, row.held, row.prepaid) == (None, None, None)


def test_an_order_is_cancelled_with_a_reason(chain, leaving, at, qtbot):
    chain.parent().resume(leaving.ordered())
    at(chain, LEAVE)
    qtbot.mouseClick(chain.drop, LEFT_BUTTON)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    dialog.form.fields["reason"].set_value("不走了")
    dialog.form.changed.emit()
    with qtbot.waitSignal(chain.left):
        qtbot.mouseClick(dialog.primary, LEFT_BUTTON)
    assert leaving.departures.open() == []


def test_a_leaving_by_mistake_is_taken_back(chain, leaving, at, qtbot, jobs):
    number = leaving.left()
    chain.parent().resume(number)
    at(chain, BILL)
    chain.steps.chosen.emit(LEAVE)
    at(chain, LEAVE)
    qtbot.mouseClick(chain.leave.undo, LEFT_BUTTON)
    qtbot.waitUntil(lambda: leaving.residents.file(1).bed == "301-1")


def test_one_enter_too_many_posts_no_bill(chain, leaving, at):
    number = leaving.ordered()
    chain.parent().resume(number)
    at(chain, LEAVE)
    chain.leave.form.fields["day"].set_value(LEFT)
    press(Key.Key_Return, CTRL)
    at(chain, BILL)
    press(Key.Key_Return)
    at(chain, BILL)
    assert not leaving.departures.resume(number).has_final_bill

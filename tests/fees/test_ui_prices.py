"""Price lists on screen, and the money of one resident in a file."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from carehome.rules.prices.approval import ListState
from carehome.rules.rights import Role
from carehome.services.home import Home
from carehome.services.prices import OwnPrices, PriceVersions
from carehome.services.trust import TrustMoney
from carehome.ui.fees.page import PRICES
from carehome.ui.fees.prices import EDIT, SHOW
from carehome.ui.fees.prices_tab import LISTS
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.money_panel import DEPOSIT, RECEIPTS, TERMS, MoneyPanel
from tests.conftest import ROLES, TODAY
from tests.fees.conftest import press, write
from tests.purse import DECEMBER, FEE, OCTOBER

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def public(purse):
    """The home is public, so guide prices bind it."""
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="public"))


@pytest.fixture
def open_prices(open_tab, qtbot):
    def make(role=Role.DIRECTOR):
        tab = open_tab(PRICES, role).view(LISTS)
        qtbot.waitUntil(lambda: len(tab.versions.table.rows) == 1)
        return tab

    return make


@pytest.fixture
def editor(open_prices, qtbot):
    tab = open_prices()
    QTest.mouseClick(tab.new, LEFT)
    assert tab.stack.currentIndex() == EDIT
    tab.editor.tab = tab
    return tab.editor


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_price_list_in_force_is_shown_with_its_terms(open_prices):
    tab = open_prices()
    assert tab.versions.current_row().state == "现行有效"
    prices = {row.item.code: row.price for row in tab.items.table.rows}
    assert prices["bed-B"].fen == 1200_00
    assert prices["care-special"] is None
    assert "满 3 天退费" in words(tab.terms)


def test_a_new_price_list_begins_as_a_copy_from_next_month_on(editor, purse, qtbot):
    assert editor.starts.value() == DECEMBER
    price = editor.prices[purse.item("bed-B")]
    assert price.value() == 1200_00
    price.focus()
    price.input.selectAll()
    press("1300")
    with qtbot.waitSignal(editor.tab.told):
        QTest.mouseClick(editor.save, LEFT)
    newest = purse.of(PriceVersions).versions()[0]
    assert (newest.sheet.starts, newest.state) == (DECEMBER, ListState.DRAFT)
    listed = {p.item_id: p.fen for p in newest.sheet.prices}
    assert listed[purse.item("bed-B")] == 1300_00
    qtbot.waitUntil(lambda: len(editor.tab.versions.table.rows) == 2)
    assert editor.tab.versions.current_row().sheet.starts == DECEMBER
    row = next(r for r in editor.tab.items.table.rows if r.item.code == "bed-B")
    assert row.change == 100_00


def test_a_list_that_begins_in_a_posted_month_warns_of_corrections(
    editor, purse, qtbot
):
    assert not editor.warning.isVisible()
    editor.starts.focus()
    editor.starts.input.selectAll()
    press("20261001")
    assert "下一张账单中更正" in editor.warning.text()
    editor.note.focus()
    assert editor.warning.isVisible()
    QTest.mouseClick(editor.save, LEFT)
    versions = purse.of(PriceVersions).versions
    qtbot.waitUntil(lambda: versions()[0].sheet.starts == OCTOBER)


def test_a_price_above_its_guide_price_is_refused_and_kept_to_be_mended(
    public, editor, purse, qtbot
):
    ceiling = editor.ceilings[purse.item("bed-B")]
    ceiling.focus()
    press("1000", Key.Key_Tab)
    assert "指导价" in editor.prices[purse.item("bed-B")].error
    assert not editor.save.isEnabled()
    assert ceiling.value() == 1000_00


def test_a_share_is_a_per_cent(editor):
    share = editor.terms.fields["leave_meal_refund"]
    share.focus()
    share.input.selectAll()
    press("101")
    assert not editor.save.isEnabled()
    assert "0 到 100" in editor.reason.text()


def test_escape_leaves_the_price_list_as_it_was(editor, purse):
    editor.note.focus()
    press("x", Key.Key_Escape)
    assert editor.tab.stack.currentIndex() == SHOW
    assert len(purse.of(PriceVersions).versions()) == 1


def test_a_fee_item_is_added(open_prices, qtbot, dialog, purse):
    tab = open_prices()
    QTest.mouseClick(tab.add, LEFT)
    asked = dialog(tab, DeedDialog)
    write("护送费")
    asked.form.fields["code"].focus()
    press("escort-2", Key.Key_Return)
    qtbot.waitUntil(lambda: any(r.item.name == "护送费" for r in tab.items.table.rows))


def test_a_fee_item_with_a_forbidden_name_is_refused_inside(open_prices, qtbot, dialog):
    tab = open_prices()
    QTest.mouseClick(tab.add, LEFT)
    asked = dialog(tab, DeedDialog)
    write("入院押金")
    asked.form.fields["code"].focus()
    press("x", Key.Key_Return)
    qtbot.waitUntil(lambda: "专户" in asked.form.fields["name"].error)
    asked.reject()


def test_the_front_desk_looks_at_prices_only(open_prices):
    tab = open_prices(Role.FRONT_DESK)
    assert not tab.new.isVisible()
    assert not tab.add.isVisible()
    assert [name for name, deed in tab.deeds.items() if deed.isVisible()] == []


@pytest.fixture
def panel(money, jobs, shown, db, qtbot):
    db.on_change = jobs.announce
    panel = MoneyPanel(money(), jobs, lambda: TODAY, ROLES[Role.DIRECTOR])
    panel.resize(440, 640)
    shown(panel)
    panel.show_resident(1)
    qtbot.waitUntil(lambda: len(panel.bills.table.rows) == 2)
    return panel


def test_a_file_tells_what_is_kept_for_somebody(panel, purse, qtbot):
    assert "300.00" not in words(panel.facts)
    purse.of(TrustMoney).take(1, 300_00, "cash", TODAY, "养老金")
    qtbot.waitUntil(lambda: "代办养老金结余" in words(panel.facts))
    assert "¥300.00" in words(panel.facts)


def test_a_file_shows_the_bills_and_what_is_owed(panel):
    assert "¥5,200.00" in words(panel.facts)
    assert [row.state for row in panel.bills.table.rows] == ["未付", "未付"]


def test_a_bill_opens_with_its_reasons_and_goes_to_paper(panel, qtbot, dialog):
    panel.bills.setFocus()
    panel.bills.selectRow(0)
    press(Key.Key_Return)
    bill = dialog(panel)
    assert "整月，每月 ¥1,200.00。" in words(bill.file)
    QTest.mouseClick(bill.print, LEFT)
    paper = dialog(bill)
    qtbot.waitUntil(lambda: paper.preview.document.pageCount() == 1)
    paper.close()
    bill.close()


def test_a_payment_shows_in_the_file_at_once(panel, purse, qtbot):
    purse.payments.take(1, 2 * FEE, "cash", TODAY)
    qtbot.waitUntil(lambda: [r.state for r in panel.bills.table.rows] == ["已付"] * 2)
    panel.tabs.strip.setCurrentIndex(RECEIPTS)
    assert len(panel.receipts.table.rows) == 1


def test_the_file_shows_the_deposit_with_its_deeds(panel, qtbot):
    panel.tabs.strip.setCurrentIndex(DEPOSIT)
    qtbot.waitUntil(panel.deposit.take.isEnabled)
    assert "¥15,600.00" in words(panel.deposit.facts)


def test_a_use_is_charged_and_taken_back_in_the_file(panel, purse, qtbot, dialog):
    panel.tabs.strip.setCurrentIndex(TERMS)
    qtbot.waitUntil(panel.terms.charge.isVisible)
    QTest.mouseClick(panel.terms.charge, LEFT)
    asked = dialog(panel, DeedDialog)
    asked.form.fields["item"].set_value(purse.item("escort"))
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.terms.view.table.rows) == 1)
    panel.terms.view.setFocus()
    panel.terms.view.selectRow(0)
    assert panel.terms.end.text() == "撤回"
    QTest.mouseClick(panel.terms.end, LEFT)
    dialog(panel, DeedDialog)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: panel.terms.view.table.rows == [])


def test_a_personal_price_is_agreed_on_in_the_file(panel, purse, qtbot, dialog):
    panel.tabs.strip.setCurrentIndex(TERMS)
    qtbot.waitUntil(panel.terms.price.isVisible)
    QTest.mouseClick(panel.terms.price, LEFT)
    asked = dialog(panel, DeedDialog)
    fields = asked.form.fields
    fields["item"].set_value(purse.item("care-partial_1"))
    fields["fen"].focus()
    press("700")
    fields["reason"].focus()
    write("院长同意")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.terms.view.table.rows) == 1)
    (price,) = purse.of(OwnPrices).of(1)
    assert (price.value, price.starts) == (700_00, date(2026, 11, 21))
    assert panel.terms.view.table.rows[0].state == "待批准"
    assert purse.prices.own_prices(1) == []


def test_tab_goes_from_the_head_along_the_prices_and_then_to_the_terms(
    public, editor, qtbot
):
    inputs = [editor.note.input]
    for item_id, price in editor.prices.items():
        rows = editor.rows
        inputs += [price.input, editor.ceilings[item_id].input]
        inputs += [rows.documents[item_id].input, rows.dates[item_id].input]
    for field, after in pairwise(inputs):
        field.setFocus()
        qtbot.keyClick(field, Key.Key_Tab)
        assert after.hasFocus()
    qtbot.keyClick(inputs[-1], Key.Key_Tab)
    assert editor.terms.isAncestorOf(editor.focusWidget())

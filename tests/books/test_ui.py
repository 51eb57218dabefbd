"""The books on screen: what each tab shows, where it leads, what its deeds do."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from carehome.i18n import _, show_money
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.closing import CheckKind
from carehome.rules.rights import Role
from carehome.rules.utilities import Supply, Tariff
from carehome.services.books import Books
from carehome.services.donations import Donations
from carehome.services.trust import BANK as BANK_PLACE
from carehome.services.trust import CASH, TrustMoney, TrustTill
from carehome.services.utilities import Utilities
from carehome.ui.books.closing import (
    BANK,
    BESIDE,
    OF_PAGES,
    TRUST,
    UTILITIES,
    ClosingTab,
)
from carehome.ui.books.donations import DonationsTab
from carehome.ui.books.hand_out import HandOutDialog
from carehome.ui.books.journal import ACCOUNTS, BALANCES, JournalTab
from carehome.ui.books.statements import KEPT, StatementsTab
from carehome.ui.books.trust import TrustTab
from carehome.ui.books.utilities import UtilitiesTab
from carehome.ui.books.utility_form import UtilityDialog
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.parts.deeds import DeedDialog
from tests.purse import FEE, OCTOBER, SEPTEMBER
from tests.ways.book_deeds import BILL

WANG, LI = 1, 2
DAY = date(2026, 11, 10)


@pytest.fixture
def kept(purse):
    money = purse.of(TrustMoney)
    money.take(WANG, 300_00, CASH, DAY, "养老金")
    money.take(LI, 500_00, CASH, DAY, "养老金")
    return money


@pytest.fixture
def asked(qtbot):
    """Return a function that returns the dialog of a kind that is open."""

    def find(tab, kind=DeedDialog):
        found = [x for x in tab.findChildren(kind) if x.isVisible()]
        assert found, f"no {kind.__name__} is open"
        return found[-1]

    return find


def answer(qtbot, dialog, **values):
    dialog.form.set_values(values)
    with qtbot.waitSignal(dialog.accepted):
        dialog.form.submit()


# ---- month close


def checks(tab):
    return {check.kind: check for check in tab.view.table.rows}


def test_a_month_is_closed_with_a_note_and_opened_again(shown, qtbot, purse, asked):
    tab = shown(ClosingTab)
    assert tab.turner.first == OCTOBER
    qtbot.mouseClick(tab.close_month, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab), note="利息单未到")
    qtbot.waitUntil(lambda: len(tab.closes.table.rows) == 1)
    assert tab.closes.table.rows[0].note == "利息单未到"
    assert not tab.close_month.isEnabled()
    qtbot.mouseClick(tab.reopen, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab), reason="漏记")
    qtbot.waitUntil(lambda: tab.closes.table.rows[0].reopen_reason == "漏记")
    assert tab.close_month.isEnabled()


def test_what_was_not_posted_forbids_the_close_and_leads_to_the_bills(
    shown, purse, ways, settled
):
    purse.of(Books).close(OCTOBER)
    tab = shown(ClosingTab)
    tab.turner.show_day(date(2026, 11, 1))
    tab.refresh()
    settled(tab)
    check = checks(tab)[CheckKind.UNPOSTED]
    assert check.is_blocking
    assert not tab.close_month.isEnabled()
    tab.view.opened.emit(check)
    assert ways == [("Fees", _("Month end"))]


def test_lines_of_the_check_list_lead_where_they_are_mended(shown, qtbot, ways):
    tab = shown(ClosingTab)
    for kind, title in (
        (CheckKind.UNMATCHED, BANK),
        (CheckKind.UTILITIES_DUE, UTILITIES),
        (CheckKind.UNCOUNTED, TRUST),
        (CheckKind.STATEMENTS_SHORT, BANK),
        (CheckKind.UNEVEN, BANK),
    ):
        with qtbot.waitSignal(tab.wanted) as led:
            tab.view.opened.emit(checks(tab)[kind])
        assert led.args == [title, None]
    for kind in set(CheckKind) - BESIDE.keys() - OF_PAGES.keys():
        tab.view.opened.emit(checks(tab)[kind])
    assert {page for page, _title in ways} == {"Fees"}


def test_an_open_bill_is_counted_with_its_amount(shown, purse, settled):
    purse.of(Utilities).add(BILL)
    tab = shown(ClosingTab)
    assert checks(tab)[CheckKind.UTILITIES_DUE].count == 0, "it came in November"
    tab.open_key(date(2026, 11, 1))
    settled(tab)
    check = checks(tab)[CheckKind.UTILITIES_DUE]
    assert (check.count, check.fen) == (1, BILL.fen)


def test_the_accountant_cannot_open_a_month_again(shown):
    tab = shown(ClosingTab, Role.ACCOUNTANT)
    assert tab.reopen.isHidden()
    assert not tab.close_month.isHidden()


# ---- journal


def test_each_voucher_bears_its_words_once(shown):
    tab = shown(JournalTab)
    firsts = [row for row in tab.view.table.rows if row.is_first]
    assert {row.line.voucher for row in firsts} == {1, 2}
    assert len(firsts) == 2
    assert len(tab.view.table.rows) > 2


def test_the_journal_is_searched_by_amount_and_name(shown):
    tab = shown(JournalTab)
    tab.search.setText("王秀英")
    assert {row.line.voucher for row in tab.view.table.rows} == {1}
    tab.search.setText("1,200.00")
    assert {row.line.credit for row in tab.view.table.rows} == {1200_00}


def test_balances_stand_on_their_side_without_a_sign(shown, purse, settled):
    purse.payments.take(LI, 13_500_00, "cash", date(2026, 10, 30))
    tab = shown(JournalTab)
    settled(tab)
    found = {row.account.code: row for row in tab.accounts.table.rows}
    titles = {column.title: column for column in BALANCES}
    side, fen = titles["Closing side"], titles["Closing balance"]
    prepaid, cash = found[Code.PREPAID], found[Code.CASH]
    assert prepaid.sums.after < 0 < cash.sums.after
    assert (side.value(prepaid), side.value(cash)) == (
        _("Credit side"),
        _("Debit side"),
    )
    assert fen.value(prepaid) == -prepaid.sums.after


def test_an_account_gets_the_number_of_the_home(shown, qtbot, purse, asked):
    tab = shown(JournalTab)
    tab.which.set_code(ACCOUNTS)
    tab.which.chosen.emit()
    tab.accounts.select(Code.CASH)
    qtbot.mouseClick(tab.number, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab), number="100101", name="现金—前台")
    accounts = {each.code: each for each in purse.of(Books).accounts()}
    assert accounts[Code.CASH].number == "100101"


def test_a_number_that_is_taken_is_told_at_the_field(shown, qtbot, asked):
    tab = shown(JournalTab)
    row = next(x for x in tab.accounts.table.rows if x.account.code is Code.CASH)
    tab.ask_number(row)
    dialog = asked(tab)
    dialog.form.set_values({"number": "1002"})
    dialog.form.submit()
    qtbot.waitUntil(lambda: bool(dialog.form.fields["number"].error))


def test_the_journal_is_saved_for_the_accounting_program(
    shown, qtbot, asked, tmp_path, monkeypatch
):
    saved = {}
    monkeypatch.setattr(
        "carehome.ui.books.journal.save_text",
        lambda _tab, _jobs, name, _write, *how: saved.update(name=name, how=how),
    )
    tab = shown(JournalTab)
    tab.ask_export()
    dialog = asked(tab, FormDialog)
    answer(qtbot, dialog, layout="direction", encoding="gb18030")
    assert saved["how"] == (OCTOBER, "direction", "gb18030")
    assert saved["name"].endswith(".csv")


# ---- statements


def test_a_year_lists_whom_something_moved_for(shown):
    tab = shown(StatementsTab)
    rows = tab.people.view.table.rows
    assert [row.line.name for row in rows] == ["王秀英", "李桂兰"]
    assert {row.sums.charged for row in rows} == {2 * FEE}


def test_a_year_without_movements_is_empty_and_prints_nothing(shown, settled):
    tab = shown(StatementsTab)
    tab.turner.back()
    settled(tab)
    assert tab.people.view.table.rows == []
    assert not tab.all.isEnabled()


def test_what_moved_of_deposits_stands_in_a_list_of_its_own(shown, purse, settled):
    purse.deposits.take(WANG, 5000_00, "cash", DAY)
    tab = shown(StatementsTab)
    tab.people.select(WANG)
    tab.which.set_code(KEPT)
    assert tab.lists.currentWidget() is tab.kept
    row = tab.kept.view.current_row()
    kept = row.sums.deposits
    assert (row.line.resident_id, kept.came, kept.after) == (WANG, 5000_00, 5000_00)
    assert show_money(5000_00) in tab.bar.note.text()


# ---- trust money


def opened(tab, resident_id, settled):
    tab.open_key(resident_id)
    settled(tab)
    return tab.file


def test_money_is_taken_for_somebody_and_stands_in_the_list(
    shown, qtbot, purse, asked, settled
):
    tab = shown(TrustTab)
    file = opened(tab, LI, settled)
    assert file.resident_id == 0, "nothing was ever kept, so nobody is listed"
    tab.people.search.setText("李桂兰")
    tab.people.opened.emit(tab.people.view.table.rows[0])
    qtbot.mouseClick(tab.file.take, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab), amount=300_00, purpose="养老金")
    qtbot.waitUntil(lambda: tab.file.kept == 300_00)
    settled(tab)
    [row] = tab.file.view.table.rows
    assert (row.fen, row.purpose) == (300_00, "养老金")


def test_more_than_is_kept_is_refused_at_the_amount(shown, kept, asked, settled):
    tab = shown(TrustTab)
    file = opened(tab, WANG, settled)
    file.ask_spend()
    form = asked(tab).form
    form.set_values({"amount": 300_01, "purpose": "买鞋", "paper": "发票"})
    form.submit()
    assert "300.00" in form.fields["amount"].error


def test_more_cash_than_lies_in_the_till_is_refused_at_the_amount(
    shown, kept, purse, qtbot, asked, settled
):
    purse.of(TrustTill).draw(700_00, BANK_PLACE, purse.clock().date(), "回单")
    tab = shown(TrustTab)
    file = opened(tab, WANG, settled)
    file.ask_spend()
    form = asked(tab).form
    form.set_values({"amount": 200_00, "purpose": "买鞋", "paper": "发票"})
    form.submit()
    qtbot.waitUntil(lambda: bool(form.fields["amount"].error))
    assert "100.00" in form.fields["amount"].error


def test_an_entry_is_void_with_a_reason(shown, kept, qtbot, asked, settled):
    tab = shown(TrustTab)
    file = opened(tab, WANG, settled)
    file.view.selectRow(0)
    qtbot.mouseClick(file.void, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab), reason="打错")
    qtbot.waitUntil(lambda: file.kept == 0)
    qtbot.waitUntil(lambda: file.view.table.rows[0].void_reason == "打错")
    qtbot.waitUntil(lambda: not file.void.isEnabled())


def test_many_get_the_same_but_nobody_more_than_is_kept(
    shown, kept, qtbot, asked, settled
):
    tab = shown(TrustTab)
    qtbot.mouseClick(tab.hand_out, Qt.MouseButton.LeftButton)
    dialog = asked(tab, HandOutDialog)
    dialog.each.set_value(400_00)
    dialog.each.entered.emit()
    assert dialog.sheet.value() == {WANG: 300_00, LI: 400_00}
    dialog.sheet.input.cells[WANG].setText("100")
    dialog.each.input.editingFinished.emit()
    assert dialog.sheet.value() == {WANG: 100_00, LI: 400_00}, "what was changed stays"
    answer(qtbot, dialog, paper="签收表 11")
    qtbot.waitUntil(lambda: {x.kept for x in kept.standings()} == {200_00, 100_00})


def test_too_much_for_one_is_said_under_the_list(shown, kept, asked):
    tab = shown(TrustTab)
    tab.ask_hand_out()
    dialog = asked(tab, HandOutDialog)
    dialog.sheet.input.cells[WANG].setText("300.01")
    dialog.form.set_values({"paper": "签收表"})
    dialog.form.submit()
    assert "王秀英" in dialog.sheet.error
    assert not dialog.print.isEnabled()


def test_arrows_walk_through_the_cells_of_a_list(shown, kept, qtbot, asked):
    tab = shown(TrustTab)
    tab.ask_hand_out()
    dialog = asked(tab, HandOutDialog)
    cells = dialog.sheet.input.cells
    cells[WANG].setFocus()
    qtbot.keyClick(cells[WANG], Qt.Key.Key_Down)
    assert dialog.focusWidget() is cells[LI]
    qtbot.keyClick(cells[LI], Qt.Key.Key_Up)
    assert dialog.focusWidget() is cells[WANG]


def test_a_count_that_differs_is_red_until_one_agrees(shown, kept, qtbot, purse, asked):
    tab = shown(TrustTab)
    qtbot.mouseClick(tab.count, Qt.MouseButton.LeftButton)
    dialog = asked(tab)
    dialog.form.set_values({"counted": 799_00, "witness": "赵安全"})
    dialog.form.submit()
    qtbot.waitUntil(lambda: bool(dialog.form.fields["note"].error))
    answer(qtbot, dialog, note="差一元")
    qtbot.waitUntil(lambda: "1.00" in tab.cash.words.text())
    purse.of(TrustTill).count(800_00, "赵安全")
    tab.refresh()
    qtbot.waitUntil(lambda: _("counted on {day}: agrees")[-2:] in tab.cash.words.text())


def test_money_is_carried_to_the_bank_and_taken_back(shown, kept, qtbot, asked):
    tab = shown(TrustTab)
    qtbot.mouseClick(tab.carry, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab), place="bank", amount=200_00, paper="回单 1")
    qtbot.waitUntil(lambda: "200.00" in tab.bank.figure.number.text())
    assert "600.00" in tab.cash.figure.number.text()


def test_the_desk_takes_trust_money_but_hands_none_out(shown, kept, settled):
    tab = shown(TrustTab, Role.FRONT_DESK)
    file = opened(tab, WANG, settled)
    assert file.spend.isHidden()
    assert tab.hand_out.isHidden()
    assert not file.take.isHidden()


# ---- donations


@pytest.fixture
def given(purse):
    gifts = purse.of(Donations)
    return gifts.take("市慈善总会", 5000_00, "transfer", DAY, "添置护理床")


def test_goods_are_named_when_goods_are_given(shown, qtbot, purse, asked):
    tab = shown(DonationsTab)
    qtbot.mouseClick(tab.take, Qt.MouseButton.LeftButton)
    form = asked(tab).form
    assert form.fields["goods"].isHidden()
    form.set_values({"method": "goods"})
    assert not form.fields["goods"].isHidden()
    answer(qtbot, asked(tab), donor="粮油店", goods="大米 10 袋", amount=800_00)
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 1)
    [each] = purse.of(Donations).donations()
    assert (each.method, each.goods, each.purpose) == ("goods", "大米 10 袋", "")


def test_a_use_that_does_not_serve_the_purpose_is_refused_there(
    shown, given, qtbot, asked, settled
):
    tab = shown(DonationsTab)
    tab.open_key(given)
    settled(tab)
    qtbot.mouseClick(tab.file.use, Qt.MouseButton.LeftButton)
    dialog = asked(tab)
    dialog.form.set_values({"amount": 100_00, "purpose": "聚餐"})
    dialog.form.submit()
    qtbot.waitUntil(lambda: bool(dialog.form.fields["serves"].error))
    answer(qtbot, dialog, purpose="护理床", serves=True)
    qtbot.waitUntil(lambda: bool(tab.file.view.table.rows))
    assert tab.funds.table.rows[0].left == 4900_00


def test_a_purpose_narrows_the_list(shown, given, purse, qtbot):
    purse.of(Donations).take("王强", 100_00, "cash", DAY)
    tab = shown(DonationsTab)
    assert len(tab.view.table.rows) == 2
    tab.funds.select("")
    assert [each.donor for each in tab.view.table.rows] == ["王强"]


def test_a_donor_is_left_out_in_public_by_one_button(
    shown, given, qtbot, purse, settled
):
    tab = shown(DonationsTab)
    tab.open_key(given)
    settled(tab)
    qtbot.mouseClick(tab.file.name, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: purse.of(Donations).donations()[0].is_unnamed)
    qtbot.waitUntil(lambda: tab.file.name.text() == _("Name the donor in public"))


# ---- utilities


def test_a_bill_that_does_not_add_up_asks_why_beside_the_note(shown, qtbot, asked):
    tab = shown(UtilitiesTab)
    tab.ask_bill(None)
    dialog = asked(tab, UtilityDialog)
    dialog.form.set_values(
        {
            **{"supply": Supply.POWER, "supplier": "供电公司", "amount": 9999_99},
            **{"tariff": Tariff.RESIDENTIAL, "quantity": "8460 度"},
            **{"unit_price": "0.7821", "starts": date(2026, 10, 1)},
            **{"last": date(2026, 10, 31), "number": "D1"},
        }
    )
    amount, note = dialog.form.fields["amount"], dialog.form.fields["note"]
    assert show_money(3383_42) in amount.message.text()
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: show_money(3383_42) in note.error)
    answer(qtbot, dialog, note="含上月补收")
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 1)


def test_a_bill_entered_before_is_told_beside_its_number(shown, qtbot, purse, asked):
    purse.of(Utilities).add(BILL)
    tab = shown(UtilitiesTab)
    tab.ask_bill(None)
    dialog = asked(tab, UtilityDialog)
    dialog.form.set_values(
        {
            **{"supply": BILL.supply, "supplier": BILL.supplier, "amount": 1_00},
            **{"tariff": BILL.tariff, "number": BILL.number},
            **{"starts": date(2026, 10, 1), "last": date(2026, 10, 31)},
        }
    )
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    number = dialog.form.fields["number"]
    qtbot.waitUntil(lambda: BILL.supplier in number.error)


def test_a_bill_of_the_wrong_class_is_flagged_while_it_is_typed(shown, qtbot, asked):
    tab = shown(UtilitiesTab)
    qtbot.mouseClick(tab.add, Qt.MouseButton.LeftButton)
    dialog = asked(tab, UtilityDialog)
    dialog.form.set_values(
        {
            **{"supply": Supply.POWER, "supplier": "供电公司", "amount": 900_00},
            **{"tariff": Tariff.COMMERCIAL, "quantity": "1200 度"},
            **{"unit_price": "0.75", "residential_price": "0.5469"},
            **{"starts": date(2026, 10, 1), "last": date(2026, 10, 31)},
        }
    )
    qtbot.waitUntil(lambda: "243.72" in dialog.warning.text())
    answer(qtbot, dialog)
    qtbot.waitUntil(lambda: len(tab.view.table.rows) == 1)
    assert "243.72" in tab.much.figure.number.text()


def test_the_next_bill_offers_what_the_last_one_said(shown, qtbot, purse, asked):
    purse.of(Utilities).add(BILL)
    tab = shown(UtilitiesTab)
    tab.ask_bill(None)
    form = asked(tab, UtilityDialog).form
    form.fields["supply"].set_value(Supply.POWER)
    assert form.fields["supplier"].value() == BILL.supplier
    assert form.fields["tariff"].value() == BILL.tariff
    assert form.fields["starts"].value() == BILL.period.end


def test_a_single_fee_without_an_amount_is_told_there(shown, asked):
    tab = shown(UtilitiesTab)
    tab.ask_bill(None)
    form = asked(tab, UtilityDialog).form
    form.fields["extras"].set_value(({"name": "接口费", "fen": ""},))
    assert form.fields["extras"].problem()
    form.fields["extras"].set_value(({"name": "接口费", "fen": "600"},))
    assert not form.fields["extras"].problem()


def test_a_changed_bill_keeps_its_payment(shown, purse, qtbot, asked, settled):
    bills = purse.of(Utilities)
    number = bills.add(BILL)
    bills.pay(number, DAY, "transfer")
    tab = shown(UtilitiesTab)
    tab.ask_bill(bills.bills()[0])
    answer(qtbot, asked(tab, UtilityDialog), note="核对过")
    [each] = bills.bills()
    assert (each.bill.note, each.bill.paid_on) == ("核对过", DAY)
    assert dict(each.bill.extras) == dict(BILL.extras)


def test_a_letter_that_was_sent_settles_the_bill(shown, purse, qtbot, asked, settled):
    number = purse.of(Utilities).add(BILL)
    tab = shown(UtilitiesTab)
    tab.open_key(number)
    settled(tab)
    assert not tab.file.letter.isHidden()
    qtbot.mouseClick(tab.file.asked, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab))
    qtbot.waitUntil(lambda: not purse.of(Utilities).bills()[0].is_open)


def test_months_closed_keep_their_bills(shown, purse, qtbot, asked, settled):
    number = purse.of(Utilities).add(BILL)
    purse.of(Books).close(SEPTEMBER)
    tab = shown(UtilitiesTab)
    tab.open_key(number)
    settled(tab)
    qtbot.mouseClick(tab.file.pay, Qt.MouseButton.LeftButton)
    answer(qtbot, asked(tab), day=DAY)
    qtbot.waitUntil(lambda: purse.of(Utilities).bills()[0].bill.paid_on == DAY)
    settled(tab)
    assert tab.file.pay.isHidden()

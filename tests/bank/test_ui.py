"""The bank on screen: Enter takes what is suggested, files are read in or refused."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from carehome.i18n import show_money
from carehome.rules.bank.choosing import Does
from carehome.rules.bank.layouts import Field
from carehome.rules.bank.teaching import Taught
from carehome.rules.ledger.accounts import Code
from carehome.rules.rights import Role
from carehome.services.bank import Chosen
from carehome.ui.books import bank
from carehome.ui.books.bank import BankTab
from carehome.ui.books.bank_layouts import LayoutsDialog
from carehome.ui.books.bank_lines import LinesPart
from carehome.ui.books.bank_read import ReadDialog
from carehome.ui.books.bank_split import SharesField
from carehome.ui.books.bank_sure import SureDialog
from carehome.ui.books.bank_teach import TeachDialog
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import ConfirmDialog, MessageDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from tests.bank.bank_files import LAYOUTS, lines, save_csv
from tests.bank.conftest import DEDICATED
from tests.bank.test_deeds import FOREIGN, TITLES
from tests.conftest import ROLES
from tests.purse import FEE

WANG, LI = 1, 2


@pytest.fixture
def shown(qtbot, qapp, db, clock):
    """Return a function that shows the bank as the accountant has it."""
    theme.use(qapp)
    jobs = Jobs()
    db.on_change = jobs.announce

    def show() -> BankTab:
        user = ROLES[Role.ACCOUNTANT]
        tab = BankTab(Hand(lambda kind: kind(db, user, clock), jobs, user, clock))
        qtbot.addWidget(tab)
        tab.resize(1120, 640)
        theme.dress(tab)
        tab.show()
        tab.activateWindow()
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return tab

    yield show
    jobs.close()


@pytest.fixture
def settled(qtbot):
    """Return a function that waits until all jobs of the bank are done."""
    return lambda tab: qtbot.waitUntil(lambda: not tab.hand.jobs.is_busy)


@pytest.fixture
def asked(qtbot):
    """Return a function that waits for the dialog of a kind."""

    def find(tab, kind=DeedDialog):
        def is_open():
            return [x for x in tab.findChildren(kind) if x.isVisible()]

        qtbot.waitUntil(lambda: bool(is_open()))
        return is_open()[-1]

    return find


def answer(qtbot, dialog, **values):
    dialog.form.set_values(values)
    with qtbot.waitSignal(dialog.accepted):
        dialog.form.submit()


def open_lines(tab):
    return [row.line for row in tab.parts[bank.LINES].view.table.rows]


def part(tab) -> LinesPart:
    return tab.parts[bank.LINES]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_an_account_the_first_step_is_to_enter_one(shown, qtbot, purse, asked):
    tab = shown()
    assert tab.pick.code() == bank.ACCOUNTS
    assert not tab.read.isEnabled()
    accounts = tab.parts[bank.ACCOUNTS]
    click(qtbot, accounts.view.empty.step)
    dialog = asked(accounts)
    answer(qtbot, dialog, name="基本户", number="6200 0199 0012 3456")
    qtbot.waitUntil(tab.read.isEnabled)
    assert tab.current.number == "6200019900123456"


def test_enter_takes_what_is_suggested_and_goes_on(shown, qtbot, till):
    till.read(lines((3, FEE, "王秀英"), (4, -15_00, "", "手续费")))
    tab = shown()
    view = part(tab).view
    _first, second = (line.line_id for line in open_lines(tab))
    with qtbot.waitSignal(tab.told):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [x.line_id for x in open_lines(tab)] == [second])
    assert view.current_row().line.line_id == second
    with qtbot.waitSignal(tab.told):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: open_lines(tab) == [])
    assert [kept.unclaimed for kept in till.lines()] == [0, 0]


def test_a_digit_takes_another_choice(shown, qtbot, till):
    for day in (3, 10):
        till.purse.payments.take(WANG, 100, "transfer", date(2026, 11, day))
    till.read(lines((3, 100, "周某")))
    tab = shown()
    choices = open_lines(tab)[0].choices
    with qtbot.waitSignal(tab.told):
        qtbot.keyClick(part(tab).view, Qt.Key.Key_2)
    (said,) = till.lines()[0].said
    assert said.deed == choices[1].deeds[0].deed


def test_enter_does_not_take_a_guess(shown, qtbot, till):
    for who in (WANG, LI):
        till.purse.payments.take(who, 100, "transfer", date(2026, 11, 3))
    till.read(lines((3, 100, "周某")))
    tab = shown()
    qtbot.keyClick(part(tab).view, Qt.Key.Key_Return)
    assert part(tab).file.cards[0].take.hasFocus()
    assert till.lines()[0].said == ()


def test_a_choice_is_taken_by_its_button(shown, qtbot, till):
    till.read(lines((3, FEE, "王秀英")))
    tab = shown()
    with qtbot.waitSignal(tab.told):
        click(qtbot, part(tab).file.cards[0].take)
    assert till.lines()[0].unclaimed == 0


def test_all_that_is_sure_is_shown_and_taken_at_once(shown, qtbot, till, asked):
    till.read(lines((3, FEE, "王秀英"), (4, -15_00, "", "手续费"), (5, 9, "周某")))
    tab = shown()
    click(qtbot, part(tab).sure)
    dialog = asked(part(tab), SureDialog)
    assert len(dialog.view.table.rows) == 2
    with qtbot.waitSignal(dialog.accepted):
        click(qtbot, dialog.primary)
    qtbot.waitUntil(lambda: len(open_lines(tab)) == 1)


def test_a_line_is_shared_out_among_residents(shown, qtbot, till, asked):
    till.read(lines((3, 300, "周某")))
    tab = shown()
    click(qtbot, part(tab).file.split)
    dialog = asked(part(tab))
    dialog.form.set_values({"shares": {WANG: 100, LI: 199}})
    dialog.form.submit()
    assert dialog.isVisible()
    answer(qtbot, dialog, shares={WANG: 100, LI: 200})
    assert [(s.resident_id, s.fen) for s in till.lines()[0].said] == [
        (WANG, 100),
        (LI, 200),
    ]


def test_a_resident_of_a_share_is_offered_what_they_owe(shown, qtbot, till, asked):
    till.read(lines((3, 3 * FEE, "周某")))
    tab = shown()
    click(qtbot, part(tab).file.split)
    shares = asked(part(tab)).form.findChild(SharesField)
    (who, amount), (other, rest) = shares.input.lines[:2]
    who.set_code(WANG)
    assert amount.text() == "5,200.00"
    other.set_code(LI)
    assert rest.text() == "2,600.00"


def test_a_line_is_one_residents(shown, qtbot, till, asked):
    till.read(lines((3, 300, "周某")))
    tab = shown()
    click(qtbot, part(tab).file.person)
    answer(qtbot, asked(part(tab)), who=LI)
    assert till.lines()[0].said[0].resident_id == LI


def test_a_line_is_matched_with_deeds_of_the_books(shown, qtbot, till, asked):
    for fen in (100, 200):
        till.purse.payments.take(WANG, fen, "transfer", date(2026, 11, 3))
    till.read(lines((3, 300, "周某")))
    tab = shown()
    click(qtbot, part(tab).file.books)
    dialog = asked(part(tab))
    deeds = [each.deed for each in till.matching.open_deeds(till.account)]
    answer(qtbot, dialog, deeds=deeds)
    assert till.lines()[0].unclaimed == 0


def test_a_line_is_a_transfer_to_another_own_account(shown, qtbot, till, asked):
    till.read(lines((3, 300, "周某")))
    tab = shown()
    click(qtbot, part(tab).file.own)
    dialog = asked(part(tab))
    answer(qtbot, dialog, does=Does.TRANSFER, other=Code.WECHAT, text="提现")
    assert till.lines()[0].said[0].deed.kind == "bank_transfer"


def test_a_line_is_set_aside_with_words(shown, qtbot, till, asked):
    till.read(lines((3, -300, "鲜达菜业")))
    tab = shown()
    click(qtbot, part(tab).file.aside)
    answer(qtbot, asked(part(tab)), reason="买菜")
    assert till.lines()[0].said[0].reason == "买菜"


def test_only_money_that_came_is_somebodys(shown, till):
    till.read(lines((3, -300, "鲜达菜业")))
    file = part(shown()).file
    assert file.person.isHidden()
    assert file.aside.isVisible()


def test_what_was_said_is_taken_back(shown, qtbot, till, asked, settled):
    till.read(lines((3, 300, "周某")))
    till.matching.set_aside(till.lines()[0].line_id, "其他")
    tab = shown()
    tab.pick.set_code(bank.ALL)
    settled(tab)
    history = tab.parts[bank.ALL]
    history.view.selectRow(0)
    click(qtbot, history.back)
    dialog = asked(history, ConfirmDialog)
    with qtbot.waitSignal(tab.told):
        click(qtbot, dialog.primary)
    assert till.lines()[0].said == ()


def test_a_receipt_keeps_its_line(shown, qtbot, till, asked, settled):
    till.read(lines((3, FEE, "王秀英")))
    kept = till.lines()[0]
    till.matching.accept([Chosen(kept.line_id, kept.best)])
    tab = shown()
    tab.pick.set_code(bank.ALL)
    settled(tab)
    history = tab.parts[bank.ALL]
    history.ask_back(history.view.table.rows[0])
    click(qtbot, asked(history, ConfirmDialog).primary)
    assert asked(history, MessageDialog)
    assert till.lines()[0].said != ()


# reading


def reading(tab, asked) -> ReadDialog:
    tab.ask_read()
    return asked(tab, ReadDialog)


def test_a_file_is_shown_before_it_is_kept(shown, qtbot, till, asked, settled):
    path = till.save(lines((3, FEE, "王秀英"), (4, -5)))
    tab = shown()
    dialog = reading(tab, asked)
    assert not dialog.primary.isEnabled()
    dialog.look_at(path)
    settled(tab)
    assert len(dialog.lines.table.rows) == 2
    assert till.lines() == []
    with qtbot.waitSignal(dialog.accepted):
        click(qtbot, dialog.primary)
    qtbot.waitUntil(lambda: len(open_lines(tab)) == 2)


def test_all_that_is_wrong_is_listed_and_nothing_is_kept(shown, till, asked, settled):
    rows = LAYOUTS["two-columns"](lines((3, FEE), (4, 5), (5, 6)))
    rows[6][5] = "乱"
    rows[7] = rows[5]
    tab = shown()
    dialog = reading(tab, asked)
    dialog.look_at(save_csv(till.folder / "wrong.csv", rows))
    settled(tab)
    assert [fault.row for fault in dialog.faults.table.rows] == [7, 8]
    assert not dialog.primary.isEnabled()
    assert dialog.teach.isHidden()


def test_a_file_that_cannot_be_read_is_told(shown, till, asked, settled):
    path = till.folder / "broken.csv"
    path.write_bytes(b"\x81\x20" * 40)
    tab = shown()
    dialog = reading(tab, asked)
    dialog.look_at(path)
    settled(tab)
    assert "GB18030" in dialog.error.text()


def test_what_was_read_before_is_left_out(shown, till, asked, settled):
    found = lines((3, FEE), (4, 5))
    till.read(found[:1])
    tab = shown()
    dialog = reading(tab, asked)
    dialog.look_at(till.save(found))
    settled(tab)
    assert [line.row for line in dialog.lines.table.rows] == [7]


def test_the_columns_of_an_unknown_bank_are_named(shown, qtbot, till, asked, settled):
    tab = shown()
    dialog = reading(tab, asked)
    dialog.look_at(save_csv(till.folder / "foreign.csv", FOREIGN))
    settled(tab)
    click(qtbot, dialog.teach)
    teach = asked(dialog, TeachDialog)
    assert teach.at == 1
    values = {Field.DAY: "发生日", Field.FLAG: "来去", Field.AMOUNT: "数额"}
    values |= {Field.BALANCE: "结余数", Field.PARTY: "客户名"}
    named = {field.value: title for field, title in values.items()}
    answer(qtbot, teach, name="村镇银行", words_in="进", words_out="出", **named)
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert [line.fen for line in dialog.lines.table.rows] == [26_00, -6_00]


# books and bank


def test_books_and_bank_stand_side_by_side(shown, till, settled):
    till.purse.payments.take(LI, 700, "transfer", date(2026, 11, 4))
    till.read(lines((3, FEE), (5, 12)))
    tab = shown()
    tab.pick.set_code(bank.EVEN)
    settled(tab)
    even = tab.parts[bank.EVEN]
    assert even.day.value() == date(2026, 11, 5)
    assert sum(row.fen for row in even.view.table.rows) == even.found.difference_fen
    even.day.set_value(date(2026, 11, 2))
    settled(tab)
    assert even.found is None


def test_a_statement_is_taken_out(shown, qtbot, till, asked, settled):
    till.read(lines((3, FEE)))
    tab = shown()
    tab.pick.set_code(bank.FILES)
    settled(tab)
    files = tab.parts[bank.FILES]
    files.view.selectRow(0)
    click(qtbot, files.remove)
    with qtbot.waitSignal(tab.told):
        click(qtbot, asked(files, ConfirmDialog).primary)
    assert till.bank.statements(till.account) == []


def test_late_deposits_are_listed_with_their_days(shown, till, settled):
    till.bank.add_account("押金专户", "", DEDICATED, "deposit")
    till.purse.deposits.take(WANG, 1000_00, "cash", date(2026, 11, 3))
    tab = shown()
    tab.pick.set_code(bank.LATE)
    settled(tab)
    (row,) = tab.parts[bank.LATE].view.table.rows
    assert (row.fen, row.days_late) == (1000_00, 17)


def test_the_first_page_opens_an_account(shown, till, settled):
    till.read(lines((3, FEE)))
    other = till.bank.add_account("押金专户", "", DEDICATED, "deposit")
    tab = shown()
    tab.pick.set_code(bank.FILES)
    tab.open_key(other)
    settled(tab)
    assert (tab.account.code(), tab.pick.code()) == (other, bank.LINES)


def test_how_an_account_stands_is_told_at_the_head(shown, till):
    till.read(lines((3, FEE)))
    tab = shown()
    assert show_money(100_00 + FEE) in tab.bar.note.text()


def test_a_taught_layout_is_forgotten(shown, qtbot, till, asked, settled):
    till.bank.teach_layout(Taught("村镇银行", TITLES, "进", "出"))
    tab = shown()
    tab.pick.set_code(bank.FILES)
    settled(tab)
    files = tab.parts[bank.FILES]
    click(qtbot, files.layouts)
    dialog = asked(files, LayoutsDialog)
    settled(tab)
    assert not dialog.primary.isEnabled()
    dialog.view.selectRow(0)
    with qtbot.waitSignal(tab.told):
        click(qtbot, dialog.primary)
    assert "村镇银行" not in till.bank.layouts().values()

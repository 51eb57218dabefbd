"""A whole first month in one walk through the real window: roll, admission, move, bills.

What is right is said to the fen: the roll's own amounts, and for the man who came on the
12th and moved on the 22nd the days of October by hand.
"""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.app.desk import BEDS, FEES, RESIDENTS
from carehome.app.window import make_shell
from carehome.rules.rights import Role
from carehome.services.beds import Beds, NewBed
from carehome.services.home import Home, OpenHome
from carehome.ui.admissions.page import AdmissionsPage
from carehome.ui.fees.month_end import POSTED, TRIAL
from carehome.ui.fees.page import MONTH_END, PAYMENTS
from carehome.ui.fees.payments import RECEIPT
from carehome.ui.fees.posting import PostDialog
from carehome.ui.rolls.reader import ADDITIONS, CHECK, COLUMNS, RESULT
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import Purse

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
ROLL = Path(__file__).parents[1] / "roll" / "data" / "resident-roll.xlsx"
NUMBER = "610103194003051230"
OCTOBER = date(2026, 10, 1)
OF_THE_ROLL = 149_800_00  # bed, care and meals of the 46 good rows
OF_THE_MAN = 387_10 + 483_87 + 1032_26 + 387_10  # 10 and 10 days of bed, 20 of the rest


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def window(db, clock, jobs, shown, purse):
    """The director's window in a home with prices and three free beds, nobody in."""
    purse.set_prices(
        bed_A=1800_00,
        bed_C=1000_00,
        bed_D=900_00,
        care_partial_2=1200_00,
        care_special=2600_00,
    )
    purse.of(Beds).add_beds(
        [NewBed("二号楼", "901", label, "B", "九楼") for label in "12"]
        + [NewBed("二号楼", "902", "1", "N", "九楼", is_nursing_bed=True)]
    )
    opened = OpenHome(db, ROLES[Role.DIRECTOR], purse.of(Home).profile())
    window = make_shell(opened, jobs, clock)
    window.resize(1366, 768)
    return shown(window)


def write(text):
    """Type as a person does who writes Chinese, wherever the cursor is."""
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), composed)


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def click(qtbot, button):
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, LEFT)


def read_the_roll(qtbot, window):
    """Read the good rows of the sample in, with the beds that it names."""
    people = window.open_page(RESIDENTS)
    qtbot.waitUntil(people.listing.read_roll.isVisible)
    click(qtbot, people.listing.read_roll)
    reader = people.roll
    reader.open_file(ROLL)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    for step in (CHECK, ADDITIONS, RESULT):
        click(qtbot, reader.go_on)
        qtbot.waitUntil(lambda step=step: reader.step == step, timeout=20_000)
    click(qtbot, reader.go_on)
    qtbot.waitUntil(lambda: len(people.listing.list.table.rows) == 46)


def admit_by_hand(qtbot, window):
    """Admit a man on the 12th, his number mistyped on the way."""
    people = window.open_page(RESIDENTS)
    click(qtbot, people.listing.admit)
    page = people.admissions
    qtbot.waitUntil(page.person.form.name.input.hasFocus)
    write("王福生")
    press(Key.Key_Tab)
    write(NUMBER[:-1])
    press(Key.Key_Return)
    assert "17 位" in page.person.form.number.error
    write(NUMBER[-1])
    press(Key.Key_Return)
    reached(qtbot, page, page.contacts)
    write("王小明")
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    write("13800001234")
    press(Key.Key_Return)
    reached(qtbot, page, page.bed)
    page.bed.day.input.selectAll()
    write("2026-10-12")
    take_free_bed(qtbot, page, "901-1")
    reached(qtbot, page, page.terms)
    page.terms.grade.set_value("full")
    page.terms.meal.set_value("standard")
    click(qtbot, page.next)
    reached(qtbot, page, page.deposit)
    click(qtbot, page.next)
    reached(qtbot, page, page.done)
    with qtbot.waitSignal(page.finished) as finished:
        press(Key.Key_Return)
    return finished.args[0]


def reached(qtbot, page: AdmissionsPage, view):
    qtbot.waitUntil(lambda: page.view is view)


def take_free_bed(qtbot, page, name):
    def offered():
        return {offer.bed.bed: offer.bed.bed_id for offer in page.bed.offers.table.rows}

    qtbot.waitUntil(lambda: name in offered())
    page.bed.offers.setFocus()
    page.bed.offers.select(offered()[name])
    press(Key.Key_Return)


def move(qtbot, window, resident_id, bed):
    """Move him from his file, on the 22nd, after looking at what it costs."""
    file = window.open_page(RESIDENTS).listing.file
    qtbot.waitUntil(lambda: file.title.text() == "王福生")
    strip = file.tabs.strip
    at = [strip.tabText(tab) for tab in range(strip.count())].index("床位与外出")
    strip.setCurrentIndex(at)
    click(qtbot, file.leaf(at).other_bed)
    beds = window.open_page(BEDS)
    qtbot.waitUntil(lambda: beds.desk.moving is not None)
    moving = beds.desk.moving
    qtbot.waitUntil(lambda: moving.who.value() == resident_id)
    moving.day.set_value(date(2026, 10, 22))
    moving.where.set_value(bed)
    click(qtbot, moving.outcome.confirm)


def run_the_month_end(qtbot, window):
    fees = window.open_page(FEES)
    fees.show_month_end()
    month_end = fees.tabs.content(MONTH_END)
    qtbot.waitUntil(lambda: "10月" in month_end.start.step.text())
    click(qtbot, month_end.start.step)
    qtbot.waitUntil(lambda: month_end.stack.currentIndex() == TRIAL)
    rows = month_end.trial.view.table.rows
    shown = {row.bill.resident_id: row.total for row in rows}
    click(qtbot, month_end.post)
    qtbot.waitUntil(lambda: month_end.findChild(PostDialog) is not None)
    click(qtbot, month_end.findChild(PostDialog).primary)
    qtbot.waitUntil(lambda: month_end.stack.currentIndex() == POSTED)
    return shown


def take_the_payment(qtbot, window, resident_id, path):
    """Take what he owes from his file and save the receipt as a file."""
    people = window.open_page(RESIDENTS)
    people.open_resident(resident_id)
    qtbot.waitUntil(lambda: people.listing.file.title.text() == "王福生")
    click(qtbot, people.listing.file.pay)
    desk = window.open_page(FEES).tabs.content(PAYMENTS)
    qtbot.waitUntil(lambda: desk.form.amount.value() == OF_THE_MAN)
    desk.form.method.set_value("cash")
    click(qtbot, desk.form.take)
    qtbot.waitUntil(lambda: desk.stack.currentIndex() == RECEIPT)
    qtbot.waitUntil(lambda: desk.receipt.preview.document.pageCount() == 1)
    with qtbot.waitSignal(desk.receipt.preview.saved):
        desk.receipt.preview.save_to(str(path))


def test_from_an_empty_home_to_the_first_receipt(
    qtbot, window, purse, beds_by_name, tmp_path
):
    read_the_roll(qtbot, window)
    man = admit_by_hand(qtbot, window)
    move(qtbot, window, man, beds_by_name("902-1"))
    qtbot.waitUntil(lambda: purse.residents.file(man).bed == "902-1")
    bills = run_the_month_end(qtbot, window)
    assert bills.pop(man) == OF_THE_MAN
    assert (len(bills), sum(bills.values())) == (46, OF_THE_ROLL)
    assert sum(bill.total for bill in purse.billing.bills(OCTOBER)) == (
        OF_THE_ROLL + OF_THE_MAN
    )
    take_the_payment(qtbot, window, man, tmp_path / "receipt.pdf")
    paper = PdfReader(tmp_path / "receipt.pdf").pages[0].extract_text()
    assert "2,290.33" in paper
    assert "贰仟贰佰玖拾元叁角叁分" in paper
    assert purse.payments.account(man).owed == 0


@pytest.fixture
def beds_by_name(purse):
    def find(name):
        free = purse.of(Beds).free(date(2026, 10, 22))
        return next(bed.bed_id for bed in free if bed.bed == name)

    return find

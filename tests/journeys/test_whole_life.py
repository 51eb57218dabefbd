"""One resident from the first call to the settlement, in one walk through the window.

王芳 is asked for by her daughter, waits, is assessed, gets a bed, needs more care, and
leaves; what it all came to is said to the fen, counted by hand.
"""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from carehome.app.desk import ASSESSMENTS, ENQUIRIES, RESIDENTS
from carehome.app.window import make_shell
from carehome.rules.residents import Status
from carehome.rules.rights import Role
from carehome.rules.settlement import SIDE_NAMES
from carehome.services.assessments import FINISHED, Assessments
from carehome.services.departures import Departures
from carehome.services.enquiries import Enquiries
from carehome.services.home import Home, OpenHome
from carehome.services.waiting import WaitingList
from carehome.ui.assessments.work import CLOSING, ITEMS
from carehome.ui.enquiries.page import WAITING
from carehome.ui.parts.risks.panel import RiskPanel
from tests.assessments.answering import GBT, QUIET
from tests.conftest import ROLES
from tests.house import build
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import Purse

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
BATHING = "B.1.3"  # the one thing she needs help with
NAME, DAUGHTER = "王芳", "张敏"
NUMBER = "610103194003051249"  # a woman, born 1940-03-05
CAME, LEAVES = date(2026, 11, 2), date(2026, 11, 20)
# 18 days of bed and meals; care at the first grade for 10 days, at the second for 8.
BED, MEALS = 720_00, 360_00
CARE = 133_33 + 213_33


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def window(db, clock, jobs, shown, purse):
    purse.set_prices()
    build(db)
    opened = OpenHome(db, ROLES[Role.DIRECTOR], purse.of(Home).profile())
    window = make_shell(opened, jobs, clock)
    window.resize(1366, 768)
    return shown(window)


@pytest.fixture
def still(qtbot, jobs):
    """Return a function that waits until nothing is under way."""
    return lambda: qtbot.waitUntil(lambda: not jobs.is_busy)


def write(text):
    """Type as a person does who writes Chinese, wherever the cursor is."""
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), composed)


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    assert QApplication.focusWidget(), "nothing has the cursor"
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def click(qtbot, button):
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, LEFT)


def wake(qtbot, window):
    """Bring the window back to the front, as closing a dialog does on a real screen."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def dialog(qtbot, window):
    """Return the dialog in front, once it is there."""

    def there():
        return [each for each in window.findChildren(QDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[-1]


def confirm(qtbot, shown_dialog):
    with qtbot.waitSignal(shown_dialog.finished):
        click(qtbot, shown_dialog.primary)


def take_the_call(qtbot, window, still):
    """Write the call down; the number is too short at first."""
    press(Key.Key_N, modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    asked = dialog(qtbot, window)
    qtbot.waitUntil(asked.call.phone.input.hasFocus)
    write("1381111222")
    press(Key.Key_Return)
    assert "1381111222" in asked.call.phone.error
    write("2")
    asked.call.caller.set_value(DAUGHTER)
    asked.call.name.set_value(NAME)
    confirm(qtbot, asked)
    still()


def put_on_the_waiting_list(qtbot, window):
    panel = window.open_page(ENQUIRIES).tabs.content(0).panel
    click(qtbot, panel.wait)
    asked = dialog(qtbot, window)
    asked.form.sex.set_value("female")
    confirm(qtbot, asked)


def assess(qtbot, window, who, purse, still):
    """Answer the twenty-six items by as many digits; one assessor is too few."""
    page = window.open_page(ASSESSMENTS)
    page.begin(who)
    qtbot.waitUntil(lambda: page.work is not None and page.work.isVisible())
    still()
    wake(qtbot, window)
    work = page.work
    work.sheet.answers |= QUIET[GBT.code]
    for number in QUIET[GBT.code]:
        work.sheet.answered.emit(number)
    work.go(ITEMS)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    for item in GBT.items:
        option = item.options[item.number == BATHING]
        QTest.keyClicks(QApplication.focusWidget(), str(option.points))
    assert work.at == CLOSING
    form = work.closing.form
    form.set_values({"assessor_1": "孙护士长", "is_medical_1": True})
    assert not work.next.isEnabled()
    form.set_values({"assessor_2": "周晓"})
    click(qtbot, work.next)
    qtbot.waitUntil(lambda: page.room.currentWidget() is page.outcome)
    [line] = purse.of(Assessments).of_resident(who)
    assert line.status == FINISHED


def judge_the_risks(qtbot, window):
    """Nine noughts: nothing speaks for a risk."""
    page = window.open_page(ASSESSMENTS)
    click(qtbot, page.outcome.risks)
    file = window.open_page(RESIDENTS).listing.file
    qtbot.waitUntil(lambda: file.title.text() == NAME)
    qtbot.waitUntil(lambda: any(p.isVisible() for p in file.findChildren(RiskPanel)))
    click(qtbot, file.findChild(RiskPanel).assess)
    asked = dialog(qtbot, window)
    qtbot.waitUntil(asked.isActiveWindow)
    press(*[Key.Key_0] * 9)
    with qtbot.waitSignal(asked.finished):
        press(Key.Key_Return, modifier=CTRL)


def offer_a_bed(qtbot, window, purse, still):
    page = window.open_page(ENQUIRIES)
    [entry] = purse.of(WaitingList).lines(purse.clock().date())
    page.open_waiting(entry.entry_id)
    panel = page.tabs.content(WAITING).panel
    click(qtbot, panel.offer)
    confirm(qtbot, dialog(qtbot, window))
    still()
    click(qtbot, panel.accept)


def admit(qtbot, window, still):
    """Go on with what is known: number, daughter, bed, terms."""
    page = window.open_page(RESIDENTS).admissions
    still()
    wake(qtbot, window)
    steps = page.steps
    steps.chosen.emit(0)
    qtbot.waitUntil(lambda: page.view is page.person)
    still()
    assert page.person.form.name.value() == NAME
    page.person.form.number.focus()
    write(NUMBER)
    press(Key.Key_Return, modifier=CTRL)
    reached(qtbot, page, page.contacts)
    line = page.contacts.editor.lines[0]
    line.role.set_code("emergency")
    if not line.fields["name"].value():
        line.fields["name"].set_value(DAUGHTER)
        line.fields["phone"].set_value("13811112222")
    press(Key.Key_Return, modifier=CTRL)
    reached(qtbot, page, page.bed)
    still()
    page.bed.day.set_value(CAME)
    still()
    click(qtbot, page.next)  # the bed that was offered is hers
    reached(qtbot, page, page.terms)
    still()
    page.terms.grade.set_value("self_care")
    page.terms.meal.set_value("standard")
    click(qtbot, page.next)
    reached(qtbot, page, page.deposit)
    click(qtbot, page.next)
    reached(qtbot, page, page.done)
    still()
    with qtbot.waitSignal(page.finished) as finished:
        click(qtbot, page.next)
    return finished.args[0]


def reached(qtbot, page, view):
    qtbot.waitUntil(lambda: page.view is view)


def need_more_care(qtbot, window, who, still):
    """Set another grade from the 12th on, with the daughter's consent of that day."""
    people = window.open_page(RESIDENTS)
    people.change_grade(who, "partial_1", "按评估")
    asked = dialog(qtbot, window)
    still()
    asked.form.set_values({"starts": date(2026, 11, 12)})
    given = {"consent_by": DAUGHTER, "consent_on": date(2026, 11, 12)}
    for name, value in given.items():
        asked.form.fields[name].set_value(value)
    still()
    confirm(qtbot, asked)


def leave(qtbot, window, who, purse, still):
    """Order, go, bill, receive, settle, file the papers."""
    people = window.open_page(RESIDENTS)
    people.depart(who)
    chain = people.departures.chain

    def at(place):
        qtbot.waitUntil(
            lambda: chain.stack.currentIndex() == place and chain.who.text() == NAME
        )
        still()

    at(0)
    wake(qtbot, window)
    press(Key.Key_1)
    press(Key.Key_Return, modifier=CTRL)
    at(1)
    write("2026-12-20")  # a day that has not come
    press(Key.Key_Return)
    assert chain.leave.form.fields["day"].error
    chain.leave.form.fields["day"].set_value(LEAVES)
    press(Key.Key_Return, modifier=CTRL)
    at(2)
    billed = chain.bill.total.number.text()
    press(Key.Key_Return, modifier=CTRL)
    at(3)
    return chain, at, billed


def test_from_the_first_call_to_the_settlement(qtbot, window, purse, still, tmp_path):
    take_the_call(qtbot, window, still)
    assert purse.of(Enquiries).lines()[0].enquiry.phone == "13811112222"
    put_on_the_waiting_list(qtbot, window)
    still()
    [entry] = purse.of(WaitingList).lines(purse.clock().date())
    who = entry.resident_id
    assess(qtbot, window, who, purse, still)
    judge_the_risks(qtbot, window)
    offer_a_bed(qtbot, window, purse, still)
    assert admit(qtbot, window, still) == who
    file = purse.residents.file(who)
    assert (file.status, file.bed) == (Status.IN, "301-1")
    need_more_care(qtbot, window, who, still)

    chain, at, billed = leave(qtbot, window, who, purse, still)
    assert billed == "¥1,426.66"
    assert BED + MEALS + CARE == 1426_66
    purse.payments.take(who, 1426_66, "cash", purse.clock().date())
    press(Key.Key_Return, modifier=CTRL)
    at(4)
    press(Key.Key_Return, modifier=CTRL)
    at(5)
    press(Key.Key_Return, modifier=CTRL)
    qtbot.waitUntil(lambda: not chain.settle.is_open)
    still()
    press(Key.Key_Return, modifier=CTRL)
    at(6)
    number = purse.of(Departures).of(who)[0].departure_id
    for side in SIDE_NAMES:
        name = NAME if side == "family" else side
        purse.of(Departures).sign(number, side, name, purse.clock().date())
    for kind in purse.of(Departures).resume(number).missing:
        chain.papers.ticks[kind].setFocus()
        press(Key.Key_Space)
        still()
    click(qtbot, chain.next)
    still()
    departure = purse.of(Departures).of(who)[0]
    assert not departure.is_open
    assert purse.residents.file(who).status is Status.DISCHARGED
    assert purse.of(Departures).gone() == []
    purse.of(Departures).preview_sheet(number, tmp_path / "settlement.pdf")
    sheet = PdfReader(tmp_path / "settlement.pdf").pages[0].extract_text()
    assert NAME in sheet
    assert "1,426.66" in sheet

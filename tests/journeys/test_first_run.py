"""The first hour: from an empty folder to the first bills, by keyboard alone.

Each step is left and resumed once, and the program is closed on the way.
"""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.app.desk import FEES, OPENING, TODAY
from carehome.app.window import make_shell
from carehome.services.billing import Billing
from carehome.services.home import OpenHome
from carehome.services.opening import Opening
from carehome.ui.desktop import Desktop
from carehome.ui.kit import drafts
from carehome.ui.kit.jobs import Jobs
from carehome.ui.rolls.reader import ADDITIONS, CHECK, COLUMNS, RESULT
from carehome.ui.today.lines import ConcernLine
from tests.opening.conftest import press, write
from tests.start.conftest import (  # noqa: F401 - fixtures
    _dressed,
    _keys_cost_little,
    memory,
    shown,
)

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ENTER = Key.Key_Return
ROLL = Path(__file__).parents[1] / "roll" / "data" / "resident-roll.xlsx"
PASSWORD = "jintian tianqi hao"
PRICES = {"A": "2600", "B": "1800", "C": "1400", "D": "1200", "N": "1500"}


# The list of regions that opens as one types is a window of its own.
pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def start_program(shown, memory, clock, tmp_path, monkeypatch):
    """Start the program on a computer whose home, if any, lies in the usual folder."""
    monkeypatch.setattr("carehome.paths.default_home", lambda: tmp_path / "home")
    running = []

    def act():
        jobs = Jobs()
        window = Desktop(
            lambda opened, look: make_shell(opened, jobs, clock, look),
            memory,
            jobs,
            clock,
        )
        window.jobs = jobs
        running.append(shown(window))
        window.start.begin()
        return window

    yield act
    running[-1].close()
    drafts.use(None)


def come_back(window, qtbot):
    """Stand in for the system, which gives a window the keys again after a popup."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def set_the_home_up(window, qtbot):
    """Name, region, director, recovery key: nothing but keys."""
    press(ENTER)  # the first way: set up a home
    write("安宁养老院")
    press(ENTER)
    write("陕西")
    QTest.keyClick(QApplication.activePopupWidget(), Key.Key_Down)
    QTest.keyClick(QApplication.activePopupWidget(), ENTER)
    screen = window.start.stack.currentWidget()
    assert "18,000" in screen.rules.text()
    come_back(window, qtbot)
    press(ENTER)
    qtbot.waitUntil(screen.form.fields["director"].input.hasFocus)
    for text in ("吴建国", "wujianguo", PASSWORD, PASSWORD):
        write(text)
        press(ENTER)
    qtbot.waitUntil(lambda: screen.key is not None and screen.key.print.hasFocus())
    while QApplication.focusWidget() is not screen.key.safe:
        press(Key.Key_Tab)
    press(Key.Key_Space)
    while QApplication.focusWidget() is not screen.primary:
        press(Key.Key_Tab)
    with qtbot.waitSignal(window.start.opened):
        press(ENTER)


def sign_in(window, qtbot):
    qtbot.waitUntil(window.start.sign_in.password.input.hasFocus)
    write(PASSWORD)
    with qtbot.waitSignal(window.start.opened):
        press(ENTER)


def chain_of(window, qtbot):
    """Wait until the steps have read what is there."""
    chain = window.shell.widgets[OPENING].chain
    qtbot.waitUntil(lambda: chain.isVisible() and not window.jobs.is_busy)
    return chain


def resume(window, qtbot):
    """Come back by Ctrl+K, as from anywhere."""
    qtbot.waitUntil(lambda: not window.jobs.is_busy)
    press(Key.Key_K, held=CTRL)
    qtbot.waitUntil(lambda: QApplication.focusWidget().window() is not window)
    write("继续设置")
    finder = QApplication.focusWidget().window()
    first = finder.list.model().index
    qtbot.waitUntil(lambda: "继续设置" in str(first(0, 0).data()))
    press(ENTER)
    come_back(window, qtbot)
    return chain_of(window, qtbot)


def build(chain, qtbot):
    for rooms, each in (("101-103", 4), ("201-203", 2)):
        write(rooms)
        press(ENTER)
        write(str(each))
        press(ENTER, ENTER, ENTER)
    press(ENTER)
    qtbot.waitUntil(lambda: chain.view is chain.prices)


def type_prices(chain, qtbot):
    editor = chain.prices.editor
    for field in editor.prices.values():
        assert field.input.hasFocus()
        write("600")
        press(ENTER)
    qtbot.waitUntil(lambda: chain.view is chain.residents)


def read_the_roll(window, chain, qtbot):
    press(ENTER)
    reader = window.shell.widgets[OPENING].reader
    qtbot.waitUntil(reader.isVisible)
    reader.open_file(ROLL)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    for step in (CHECK, ADDITIONS, RESULT):
        qtbot.waitUntil(reader.go_on.isEnabled)
        press(ENTER, held=CTRL)
        qtbot.waitUntil(lambda step=step: reader.step == step, timeout=20_000)
    press(ENTER, held=CTRL)
    qtbot.waitUntil(lambda: chain.isVisible() and not window.jobs.is_busy)


def test_from_an_empty_folder_to_the_first_bills(start_program, clock, qtbot):
    window = start_program()
    set_the_home_up(window, qtbot)
    assert window.shell.current == OPENING  # led on without asking
    chain = chain_of(window, qtbot)
    write("101-1")
    window.close()

    window = start_program()
    sign_in(window, qtbot)
    assert window.shell.current == TODAY
    chain = resume(window, qtbot)
    qtbot.waitUntil(lambda: chain.beds.lines[0].rooms.input.text() == "101-1")
    chain.beds.lines[0].rooms.focus()
    build(chain, qtbot)
    press(Key.Key_Escape)
    assert window.shell.current == TODAY

    chain = resume(window, qtbot)
    type_prices(chain, qtbot)
    window.close()

    window = start_program()
    sign_in(window, qtbot)
    chain = resume(window, qtbot)
    assert chain.view is chain.residents
    read_the_roll(window, chain, qtbot)
    press(ENTER, held=CTRL)
    assert chain.view is chain.done
    assert chain.done.question.text() == "都设置好了"
    opened: OpenHome = window.opened
    assert Opening(opened.db, opened.user, clock).standing().left == ()
    assert Opening(opened.db, opened.user, clock).today(clock().date()) == []

    press(Key.Key_Tab, ENTER)  # the second way: try the first bills
    assert window.shell.current == FEES
    qtbot.waitUntil(lambda: not window.jobs.is_busy)
    month = clock().date().replace(day=1)
    trial = Billing(opened.db, opened.user, clock).trial(month)
    assert len(trial.bills) == 46
    assert all(bill.total > 0 for bill in trial.bills)


def test_a_recovery_key_that_was_not_put_away_is_the_first_thing_of_the_day(
    start_program, qtbot
):
    window = start_program()
    press(ENTER)
    write("安宁养老院")
    press(ENTER)
    window.start.stack.currentWidget().form.fields["phone"].focus()
    press(ENTER)
    for text in ("吴建国", "wujianguo", PASSWORD, PASSWORD):
        write(text)
        press(ENTER)
    screen = window.start.stack.currentWidget()
    qtbot.waitUntil(lambda: screen.key is not None)
    window.close()

    window = start_program()
    qtbot.waitUntil(window.start.sign_in.sign_in.input.hasFocus)
    write("wujianguo")
    press(ENTER)
    sign_in(window, qtbot)
    today = window.shell.widgets[TODAY]
    qtbot.waitUntil(lambda: "恢复密钥" in "".join(said(today)))


def said(page):
    return [line.accessibleName() for line in page.findChildren(ConcernLine)]

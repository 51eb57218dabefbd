"""Every deed is told below the page, with the way back from it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from carehome.app.aftermath import Aftermath
from carehome.app.desk import FEES, RESIDENTS, SETTINGS
from carehome.app.desk import TODAY as START
from carehome.services.home import Home
from carehome.services.last_deed import LastDeed
from carehome.services.ways_back import WAYS_BACK, Correction
from carehome.ui.kit.dialogs import ConfirmDialog, MessageDialog
from tests.conftest import TODAY
from tests.ways.deeds import DEEDS

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def settled(qtbot, jobs):
    """Wait until all that was asked in the background is answered."""
    return lambda: qtbot.waitUntil(lambda: not jobs.is_busy)


@pytest.fixture
def shell(ways, db, jobs, shell):
    db.on_change = jobs.announce
    return shell


@pytest.fixture
def do(ways, shell, settled, qtbot):
    """Return a function that does a deed by its name and waits until it is told."""

    def deed(name):
        prepare, act = DEEDS[name]
        known = prepare(ways)
        settled()
        act(ways, known)
        qtbot.waitUntil(shell.toast.isVisible)
        settled()

    return deed


def undo_by_key(qtbot, shell):
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    qtbot.keyClick(shell, Key.Key_Z, CTRL)


@pytest.mark.parametrize("deed", ["Beds.reserve", "Residents.set_grade", "Staff.save"])
def test_a_deed_is_told_in_words_with_its_undo(shell, do, ways, qtbot, settled, deed):
    do(deed)
    assert shell.toast.offers
    assert shell.toast.do.text() == "撤销 (Ctrl+Z)"
    assert shell.toast.text.text()


def test_the_words_name_what_was_done_and_to_whom(shell, do):
    do("Residents.record_absence")
    assert shell.toast.text.text() == "登记请假或住院：王秀英"


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_what_was_told_is_undone(shell, do, ways, qtbot, settled, way):
    do("Residents.record_absence")
    if way == "mouse":
        qtbot.mouseClick(shell.toast.do, LEFT)
    else:
        undo_by_key(qtbot, shell)
    settled()
    assert ways.residents.file(ways.wang).absences == []
    assert shell.toast.text.text() == "已撤销：登记请假或住院：王秀英"
    assert not shell.toast.offers


def test_the_words_of_the_page_are_told_with_the_undo(shell, ways, jobs, qtbot):
    page = shell.open_page(RESIDENTS)
    record, told = ways.residents.record_absence, page.told.emit
    jobs.run(page, lambda _id: told("已登记。"), record, ways.wang, "leave", TODAY)
    qtbot.waitUntil(lambda: shell.toast.offers)
    assert shell.toast.text.text() == "已登记。"


def test_words_that_come_later_keep_the_undo(shell, do):
    page = shell.open_page(RESIDENTS)
    do("Residents.record_absence")
    page.told.emit("已登记。")
    assert shell.toast.text.text() == "已登记。"
    assert shell.toast.offers


def test_words_about_no_deed_have_no_undo(shell, do, settled):
    do("Residents.record_absence")
    shell.toast.end()
    shell.open_page(SETTINGS).told.emit("名册已保存。")
    settled()
    assert not shell.toast.offers


def test_what_leaves_nothing_to_take_back_is_not_told(shell, ways, do, settled):
    do("Residents.record_absence")
    shell.toast.end()
    ways.residents.show_identity(ways.wang, "查证")
    settled()
    assert not shell.toast.isVisible()


def test_money_leads_to_its_receipt(shell, ways, settled, qtbot):
    ways.purse.deposits.take(ways.wang, 500_00, "cash", TODAY)
    qtbot.waitUntil(lambda: shell.toast.offers)
    assert shell.toast.do.text() == "打开收据"
    qtbot.mouseClick(shell.toast.do, LEFT)
    receipts = shell.widgets[FEES].tabs.content(1)
    qtbot.waitUntil(receipts.side.isVisible)
    assert "2026-000001" in receipts.side.title.text()


def test_long_after_the_last_deed_is_undone_when_it_is_confirmed(
    shell, do, ways, qtbot, settled
):
    do("Residents.record_absence")
    shell.toast.end()
    undo_by_key(qtbot, shell)
    qtbot.waitUntil(lambda: bool(shell.findChildren(ConfirmDialog)))
    assert ways.residents.file(ways.wang).absences != []
    qtbot.mouseClick(shell.findChild(ConfirmDialog).primary, LEFT)
    qtbot.waitUntil(lambda: not ways.residents.file(ways.wang).absences)


def test_long_after_money_says_why_it_stays_and_leads_on(shell, ways, settled, qtbot):
    ways.purse.deposits.take(ways.wang, 500_00, "cash", TODAY)
    qtbot.waitUntil(lambda: shell.toast.offers)
    shell.toast.end()
    undo_by_key(qtbot, shell)
    qtbot.waitUntil(lambda: bool(shell.findChildren(ConfirmDialog)))
    dialog = shell.findChild(ConfirmDialog)
    assert dialog.primary.text() == "打开收据"
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: shell.current == FEES)


def test_what_was_undone_is_not_undone_again(shell, do, ways, qtbot, settled):
    do("Residents.record_absence")
    undo_by_key(qtbot, shell)
    settled()
    shell.toast.end()
    undo_by_key(qtbot, shell)
    qtbot.waitUntil(lambda: bool(shell.findChildren(MessageDialog)))
    assert "已经撤销" in shell.findChild(MessageDialog).text.text()


def test_who_did_nothing_today_is_told_so(shell, db, jobs, clock, qtbot, monkeypatch):
    shell.toast.end()
    monkeypatch.setattr("carehome.services.last_deed.LastDeed._last_in", _nothing)
    undo_by_key(qtbot, shell)
    qtbot.waitUntil(shell.toast.isVisible)
    assert "没有可以撤销的" in shell.toast.text.text()


def _nothing(_self, _session):
    return None


def test_a_refused_undo_says_why(shell, do, ways, qtbot, settled, jobs, db):
    do("Residents.record_absence")
    db.on_change = lambda _tables: None  # the window does not hear of the next deed
    ways.reserve()
    with qtbot.waitSignal(jobs.failed) as failed:
        qtbot.mouseClick(shell.toast.do, LEFT)
    assert "之后又做了别的事" in failed.args[0].message


def test_every_correction_leads_somewhere(shell, ways, settled, jobs, qtbot):
    """The place behind each button exists, whatever the deed was about."""
    ways.purse.deposits.take(ways.wang, 500_00, "cash", TODAY)
    qtbot.waitUntil(lambda: shell.toast.offers)
    done = ways.of(LastDeed).last()
    aftermath = shell.findChild(Aftermath)
    for deed, way in WAYS_BACK.items():
        if isinstance(way, Correction) and way.do:
            shell.open_page(START)
            settled()
            before = shell.grab().toImage()
            aftermath.correct(replace(done, deed=deed))
            settled()
            assert shell.grab().toImage() != before, deed


def test_the_name_of_the_home_follows_its_undo(shell, do, ways, settled, qtbot):
    do("Home.change_profile")
    undo_by_key(qtbot, shell)
    settled()
    assert ways.of(Home).profile().name == "福寿养老院"

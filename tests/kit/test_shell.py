from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from carehome.ui.kit.page import PageFrame
from carehome.ui.kit.progress import Progress
from carehome.ui.kit.shortcuts import ShortcutSheet
from carehome.ui.shell import Page, Shell

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 21)


@pytest.fixture
def made():
    return []


@pytest.fixture
def shell(jobs, shown, made):
    def page(title):
        made.append(title)
        frame = PageFrame(title)
        frame.head.add_search("查找")
        frame.head.add_primary("新增", "plus", "Ctrl+N")
        return frame

    pages = [
        Page("Today", "today", None, lambda: page("今日")),
        Page("Residents", "residents", None, lambda: page("老人")),
        Page("Beds", "beds", None, lambda: page("床位")),
    ]
    return shown(Shell("福寿养老院", "李敏 · 前台", TODAY, pages, jobs))


def test_a_page_is_made_when_it_is_first_visited(qtbot, shell, made):
    assert made == ["今日"]
    qtbot.mouseClick(shell.entries["Beds"], LEFT)
    qtbot.mouseClick(shell.entries["Today"], LEFT)
    qtbot.mouseClick(shell.entries["Beds"], LEFT)
    assert made == ["今日", "床位"]
    assert shell.stack.currentWidget() is shell.widgets["Beds"]


def test_ctrl_and_a_number_go_to_a_page(qtbot, shell):
    with qtbot.waitSignal(shell.page_shown) as shown_page:
        qtbot.keyClick(shell, Qt.Key.Key_2, CTRL)
    assert shown_page.args == ["Residents"]
    assert shell.entries["Residents"].isChecked()
    assert not shell.entries["Today"].isChecked()


def test_the_navigation_is_walked_with_the_keys(qtbot, shell):
    shell.entries["Today"].setFocus()
    qtbot.keyClick(shell.entries["Today"], Qt.Key.Key_Down)
    assert shell.entries["Residents"].hasFocus()
    qtbot.keyClick(shell.entries["Residents"], Qt.Key.Key_Return)
    assert shell.stack.currentWidget() is shell.widgets["Residents"]


def test_a_page_that_opens_has_the_cursor(qtbot, shell):
    qtbot.keyClick(shell, Qt.Key.Key_3, CTRL)
    page = shell.widgets["Beds"]
    assert page is shell.focusWidget() or page.isAncestorOf(shell.focusWidget())


@pytest.mark.parametrize(
    ("key", "signal"), [(Qt.Key.Key_L, "lock_asked"), (Qt.Key.Key_K, "search_asked")]
)
def test_the_window_asks_to_lock_and_to_search(qtbot, shell, key, signal):
    with qtbot.waitSignal(getattr(shell, signal)):
        qtbot.keyClick(shell, key, CTRL)


def test_the_frame_names_the_home_the_day_and_the_person(shell):
    assert shell.home.text() == "福寿养老院"
    assert shell.day.text() == "2026年11月21日 星期六"
    assert shell.person.text() == "李敏 · 前台"
    shell.set_day(date(2026, 11, 22))
    assert shell.day.text() == "2026年11月22日 星期日"


def test_a_count_tells_what_waits_on_a_page(shell):
    entry = shell.entries["Beds"]
    before = entry.grab().toImage()
    shell.set_count("Beds", 3)
    assert entry.accessibleDescription() == "3"
    assert entry.grab().toImage() != before
    shell.set_count("Beds", 0)
    assert entry.grab().toImage() == before


def test_f1_shows_the_keys_of_the_page_and_of_the_window(qtbot, shell):
    shell.open_page("Residents")
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    sheet = shell.findChild(ShortcutSheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert {"Ctrl+N", "Ctrl+K", "Ctrl+L", "F1"} <= set(texts)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_practice_home_says_so_on_every_page(shell):
    assert shell.mark.isHidden()
    shell.mark_practice(True)
    shell.open_page("Beds")
    assert shell.mark.isVisible()


def test_what_was_done_is_told_below_the_page(qtbot, shell):
    done = []
    shell.tell("已保存", "撤销", lambda: done.append(1))
    assert shell.toast.isVisible()
    qtbot.waitUntil(lambda: shell.stack.geometry().bottom() < shell.toast.y())
    qtbot.keyClick(shell, Qt.Key.Key_Z, CTRL)
    assert done == [1]


def test_ctrl_z_asks_for_an_undo_when_nothing_is_told(qtbot, shell):
    with qtbot.waitSignal(shell.undo_asked):
        qtbot.keyClick(shell, Qt.Key.Key_Z, CTRL)


def test_ctrl_z_in_an_empty_search_is_not_lost(qtbot, shell):
    search = shell.widgets["Today"].head.search
    search.setFocus()
    with qtbot.waitSignal(shell.undo_asked):
        qtbot.keyClick(search, Qt.Key.Key_Z, CTRL)


def test_ctrl_z_in_a_text_undoes_the_typing_not_the_deed(qtbot, shell):
    search = shell.widgets["Today"].head.search
    search.setFocus()
    qtbot.keyClicks(search, "a")
    with qtbot.assertNotEmitted(shell.undo_asked):
        qtbot.keyClick(search, Qt.Key.Key_Z, CTRL)
    assert search.text() == ""


def _work(step, go_on):
    step(1, 2, "")
    assert go_on.wait(5)
    step(2, 2, "")


def test_a_long_job_is_shown_and_its_stop_is_told(qtbot, shell, jobs):
    go_on = Event()
    jobs.run(jobs, print, _work, Progress("出账").step, go_on)
    qtbot.waitUntil(shell.progress.isVisible)
    qtbot.mouseClick(shell.progress.cancel, LEFT)
    go_on.set()
    qtbot.waitUntil(shell.toast.isVisible)
    assert shell.toast.text.text() == "已停止，什么都没有改动。"


def test_the_window_can_be_as_small_as_an_old_screen(shell):
    shell.resize(1280, 720)
    assert (shell.width(), shell.height()) == (1280, 720)

"""A few codes side by side, and the row that breaks when it is too narrow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from carehome.ui.kit.flow import Flow
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import PickField

WAYS = {"cash": "现金", "wechat": "微信", "card": "刷卡"}


@pytest.fixture
def field(shown):
    field = shown(PickField("付款方式", WAYS))
    field.focus()
    return field


def test_a_digit_chooses(qtbot, field):
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.input, "2")
    assert field.value() == "wechat"


def test_a_digit_beyond_the_last_code_chooses_nothing(qtbot, field):
    qtbot.keyClick(field.input, "4")
    assert field.value() is None


def test_arrows_walk_and_stop_at_the_ends(qtbot, field):
    for _time in range(5):
        qtbot.keyClick(field.input, Qt.Key.Key_Right)
    assert field.value() == "card"
    for _time in range(5):
        qtbot.keyClick(field.input, Qt.Key.Key_Left)
    assert field.value() == "cash"


def test_a_click_chooses(qtbot, field):
    qtbot.mouseClick(field.input.buttons["card"], Qt.MouseButton.LeftButton)
    assert field.value() == "card"


def test_enter_submits_and_nothing_chosen_is_missing(qtbot, field):
    assert field.is_missing()
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.input, Qt.Key.Key_Return)


def test_a_flow_goes_on_in_the_next_line(qtbot, shown):
    room = QWidget()
    flow = Flow(room)
    for text in WAYS.values():
        flow.addWidget(QPushButton(text))
    outside = QWidget()
    QVBoxLayout(outside).addWidget(room)
    outside.resize(600, 100)
    shown(outside)
    tops = {button.y() for button in room.findChildren(QPushButton)}
    assert len(tops) == 1
    outside.resize(120, 100)
    qtbot.waitUntil(lambda: room.findChildren(QPushButton)[-1].y() > 0)
    last = room.findChildren(QPushButton)[-1]
    assert last.geometry().bottom() < room.minimumHeight() + 1


def test_what_follows_a_hidden_deed_stays_at_the_right(shown):
    room = QWidget()
    flow = Flow(room)
    title, hidden, deed = QPushButton("title"), QPushButton("one"), QPushButton("two")
    for each in (title, hidden, deed):
        flow.addWidget(each)
    flow.push_right(hidden)
    hidden.hide()
    room.resize(600, 60)
    shown(room)
    assert deed.geometry().right() == room.width() - 1


class Counted(LiveView):
    SHOWS = frozenset({"bill"})
    reads = 0

    def refresh(self):
        self.reads += 1


def test_a_view_reads_when_it_comes_into_sight(jobs, shown):
    view = Counted(jobs)
    assert view.reads == 0
    shown(view)
    assert view.reads == 1


def test_a_view_reads_again_when_what_it_shows_changed(jobs, shown):
    view = shown(Counted(jobs))
    jobs.changed.emit(frozenset({"bed"}))
    assert view.reads == 1
    jobs.changed.emit(frozenset({"bed", "bill"}))
    assert view.reads == 2


def test_a_view_out_of_sight_waits(jobs, shown):
    view = shown(Counted(jobs))
    view.hide()
    jobs.changed.emit(frozenset({"bill"}))
    jobs.changed.emit(frozenset({"bill"}))
    assert view.reads == 1
    view.show()
    assert view.reads == 2

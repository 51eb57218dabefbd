import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from carehome.ui.kit.toast import A_SIGN, LEAST, OF_DEED, Toast

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(shown):
    room = QWidget()
    room.edit, room.toast = QLineEdit(), Toast()
    column = QVBoxLayout(room)
    column.addWidget(room.edit)
    column.addWidget(room.toast)
    return shown(room)


def test_a_line_tells_what_was_done_and_goes(room):
    room.toast.tell("已保存")
    assert room.toast.isVisible()
    assert room.toast.do.isHidden()
    room.toast._timer.timeout.emit()
    assert room.toast.isHidden()


def test_it_takes_room_of_its_own_and_hides_nothing(room, qtbot):
    room.toast.tell("已保存")
    qtbot.waitUntil(lambda: room.toast.height() > 40)
    assert not room.toast.geometry().intersects(room.edit.geometry())


def test_the_longer_the_text_the_longer_it_stays(room):
    room.toast.tell("已保存")
    assert room.toast._timer.interval() == LEAST
    room.toast.tell("字" * 100)
    assert room.toast._timer.interval() == 100 * A_SIGN
    room.toast.tell("已保存", "撤销", print)
    assert room.toast._timer.interval() == OF_DEED


def test_it_stays_while_the_mouse_is_on_it(room):
    room.toast.tell("已保存")
    at = QPointF(2, 2)
    QApplication.sendEvent(room.toast, QEnterEvent(at, at, at))
    assert not room.toast._timer.isActive()
    QApplication.sendEvent(room.toast, QEvent(QEvent.Type.Leave))
    assert room.toast._timer.isActive()


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_what_is_offered_is_done_once(qtbot, room, way):
    done = []
    room.toast.tell("已换床", "撤销", lambda: done.append(1))
    assert room.toast.offers
    if way == "mouse":
        qtbot.mouseClick(room.toast.do, LEFT)
    else:
        room.toast.do.setFocus()
        qtbot.keyClick(room.toast.do, Qt.Key.Key_Space)
    assert done == [1]
    assert room.toast.isHidden()
    room.toast.take()
    assert done == [1]


def test_it_does_not_go_from_under_the_cursor(qtbot, room):
    room.toast.tell("已换床", "撤销", print)
    room.toast.do.setFocus()
    room.toast._timer.timeout.emit()
    assert room.toast.isVisible()


@pytest.mark.parametrize("way", ["esc", "button", "deed"])
def test_the_cursor_goes_back_to_where_it_was(qtbot, room, way):
    room.edit.setFocus()
    room.toast.tell("已换床", "撤销", list)
    room.toast.do.setFocus()
    if way == "esc":
        qtbot.keyClick(room.toast.do, Qt.Key.Key_Escape)
    else:
        press = room.toast.away if way == "button" else room.toast.do
        qtbot.mouseClick(press, LEFT)
    assert room.toast.isHidden()
    assert room.edit.hasFocus()


def test_a_later_line_takes_the_offer_of_the_earlier_away(qtbot, room):
    done = []
    room.toast.tell("已换床", "撤销", lambda: done.append(1))
    room.toast.tell("已保存")
    room.toast.take()
    assert done == []


def test_what_is_told_is_the_name_that_is_read_aloud(room):
    room.toast.tell("王秀英已换到 302-1")
    assert room.toast.accessibleName() == "王秀英已换到 302-1"

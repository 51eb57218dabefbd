import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from carehome.ui.kit.toast import Toast

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(shown):
    room = QWidget()
    room.edit = QLineEdit()
    QVBoxLayout(room).addWidget(room.edit)
    room.toast = Toast(room)
    return shown(room)


def test_a_line_tells_what_was_done_and_goes(qtbot, room):
    room.toast.tell("已保存")
    assert room.toast.isVisible()
    assert room.toast.undo.isHidden()
    room.toast._timer.timeout.emit()
    assert room.toast.isHidden()


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_what_was_done_is_taken_back_once(qtbot, room, way):
    undone = []
    room.toast.tell("已换床", undo=lambda: undone.append(1))
    room.setFocus()
    for _ in range(2):
        if way == "mouse":
            qtbot.mouseClick(room.toast.undo, LEFT)
        else:
            qtbot.keyClick(room, Qt.Key.Key_Z, CTRL)
    assert undone == [1]
    assert room.toast.isHidden()


def test_ctrl_z_in_a_text_undoes_the_typing_not_the_deed(qtbot, room):
    undone = []
    room.toast.tell("已换床", undo=lambda: undone.append(1))
    room.edit.setFocus()
    qtbot.keyClicks(room.edit, "a")
    qtbot.keyClick(room.edit, Qt.Key.Key_Z, CTRL)
    assert room.edit.text() == ""
    assert undone == []


def test_a_later_line_takes_the_undo_of_the_earlier_away(qtbot, room):
    undone = []
    room.toast.tell("已换床", undo=lambda: undone.append(1))
    room.toast.tell("已保存")
    qtbot.keyClick(room, Qt.Key.Key_Z, CTRL)
    assert undone == []

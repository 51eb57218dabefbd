"""Keys in a dialog do what one expects, also while a list or calendar is open."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.address_field import AddressField
from carehome.ui.parts.resident_field import ResidentField
from tests.conftest import TODAY

POPUPS = pytest.mark.qt_log_ignore("plugin does not support")
Key = Qt.Key


@pytest.fixture
def dialog(shown, jobs, qtbot):
    form = Form()
    form.add("name", TextField("姓名"))
    form.add("kind", ChoiceField("类型", {"leave": "请假", "hospital": "住院"}))
    form.add("day", DateField("日期", TODAY))
    form.add("address", AddressField("住址", jobs))
    form.add("note", NoteField("备注"))
    dialog = FormDialog("登记", form, "保存", shown(QWidget()))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def press(key):
    """Press a key where the keys go: into a popup if one is open."""
    to = QApplication.activePopupWidget() or QApplication.focusWidget()
    QTest.keyClick(to, key)


@POPUPS
@pytest.mark.parametrize("name", ["kind", "day", "address"])
def test_esc_closes_what_opened_and_only_then_the_dialog(dialog, qtbot, name):
    field = dialog.form.fields[name]
    field.focus()
    if name == "kind":
        field.input.showPopup()
    elif name == "day":
        field.open_calendar()
    else:
        field.input.setText("铜川")
        field.input.textEdited.emit("铜川")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(field.input, Key.Key_Escape)


def test_esc_in_a_list_of_people_puts_the_list_away(dialog, qtbot):
    who = dialog.form.add("who", ResidentField("老人"))
    who.found.show()
    who.focus()
    qtbot.keyClick(who.input, Key.Key_Escape)
    assert who.found.isHidden()
    assert dialog.isVisible()


def test_tab_follows_the_eye_to_the_deed(dialog, qtbot):
    fields = dialog.form.fields
    fields["name"].set_value("王芳")
    fields["kind"].set_value("leave")
    fields["day"].set_value(TODAY)
    fields["name"].focus()
    for name in ("kind", "day", "address", "note"):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        assert fields[name].input.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert dialog.cancel.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert dialog.primary.hasFocus()


def test_enter_walks_to_what_is_missing_and_then_does_the_deed(dialog, qtbot):
    fields = dialog.form.fields
    fields["name"].focus()
    qtbot.keyClicks(fields["name"].input, "Wang")
    qtbot.keyClick(fields["name"].input, Key.Key_Return)
    assert fields["kind"].input.hasFocus()
    fields["kind"].set_value("leave")
    qtbot.keyClick(fields["kind"].input, Key.Key_Return)
    assert fields["day"].input.hasFocus()
    qtbot.keyClicks(fields["day"].input, "1121")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(fields["day"].input, Key.Key_Return)
    assert chosen.args[0]["day"] == TODAY

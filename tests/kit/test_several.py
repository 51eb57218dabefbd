import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    IdField,
    NoteField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.several import SeveralField
from tests.conftest import TODAY

KINDS = {"a": "特困", "b": "低保", "c": "残疾"}


@pytest.fixture
def several(shown):
    return shown(SeveralField("类别", KINDS))


@pytest.fixture
def form(shown):
    form = Form()
    form.add("name", TextField("姓名"))
    form.add("number", IdField("身份证", needed=False))
    form.add("born", DateField("出生", TODAY, needed=False))
    form.add("sex", ChoiceField("性别", {"male": "男", "female": "女"}))
    form.add("ill", CheckField("认知症", "已确诊"))
    form.add("kinds", SeveralField("类别", KINDS))
    form.add("note", NoteField("备注"))
    return shown(form)


def test_several_boxes_can_be_ticked_by_key(qtbot, several):
    several.focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    several.input.boxes["c"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert several.value() == ("a", "c")


def test_no_box_is_an_answer_too(several):
    assert several.value() == ()
    assert several.problem() == ""


def test_ticks_stay_when_other_boxes_are_offered(several):
    several.set_value(("a", "b"))
    several.set_choices({"b": "低保", "d": "高龄"})
    assert several.value() == ("b",)


def test_a_tick_tells_that_the_form_has_changed(qtbot, several):
    with qtbot.waitSignal(several.changed):
        several.input.boxes["b"].click()


def test_what_is_typed_right_or_wrong_comes_back(form):
    form.fields["name"].input.setText("王福")
    form.fields["born"].input.setText("1940-3-")
    form.fields["sex"].set_value("male")
    form.fields["ill"].set_value(True)
    form.fields["kinds"].set_value(("c",))
    form.fields["note"].set_value("怕冷")
    kept = form.typed()
    form.clear()
    form.type_again(kept)
    assert form.typed() == kept
    assert form.fields["born"].input.text() == "1940-3-"


def test_a_cleared_form_has_no_errors_left(form):
    form.fields["name"].set_error("请填写")
    form.clear()
    assert form.fields["name"].error == ""


def test_a_hint_gives_way_to_an_error_and_comes_back(form):
    field = form.fields["name"]
    field.set_hint("按身份证填写")
    assert field.message.text() == "按身份证填写"
    field.set_error("请填写")
    assert field.message.text() == "请填写"
    field.set_error("")
    assert field.message.text() == "按身份证填写"


def test_without_anything_to_tick_the_cursor_has_nowhere_to_fall(several, qapp):
    several.set_choices({})
    qapp.processEvents()  # the boxes of before are gone now
    several.focus()
    assert several.input.hasFocus()

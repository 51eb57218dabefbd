import pytest
from PySide6.QtCore import Qt

from carehome.errors import Refusal
from carehome.ui.kit.fields import MoneyField, NoteField, TextField
from carehome.ui.kit.forms import Form


@pytest.fixture
def form(qapp, shown):
    form = Form()
    form.add("name", TextField("姓名"))
    form.add("amount", MoneyField("金额"))
    form.add("note", NoteField("备注"))
    return shown(form)


def test_a_form_says_what_is_still_missing(qtbot, form):
    assert form.reason() == "还缺：姓名、金额"
    qtbot.keyClicks(form.fields["name"].input, "Wang")
    assert form.reason() == "还缺：金额"
    qtbot.keyClicks(form.fields["amount"].input, "12")
    assert form.reason() == ""


def test_a_form_says_what_is_wrong_once_nothing_is_missing(form):
    form.fields["name"].set_value("王芳")
    form.fields["amount"].input.setText("x")
    assert "x" in form.reason()


def test_enter_in_any_field_submits_what_the_form_holds(qtbot, form):
    form.set_values({"name": "王芳", "amount": 1200})
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.keyClick(form.fields["name"].input, Qt.Key.Key_Return)
    assert submitted.args == [{"name": "王芳", "amount": 1200, "note": None}]


def test_enter_goes_to_the_next_field_that_lacks_something_and_scolds_none(qtbot, form):
    form.fields["name"].set_value("王芳")
    form.focus()
    with qtbot.assertNotEmitted(form.submitted):
        qtbot.keyClick(form.fields["name"].input, Qt.Key.Key_Return)
    assert form.fields["amount"].input.hasFocus()
    assert form.fields["amount"].error == ""


def test_enter_in_the_last_field_goes_back_to_what_was_left_out(qtbot, form):
    form.fields["amount"].set_value(1200)
    form.fields["amount"].focus()
    qtbot.keyClick(form.fields["amount"].input, Qt.Key.Key_Return)
    assert form.fields["name"].input.hasFocus()


def test_enter_in_an_empty_field_says_that_it_must_be_filled(qtbot, form):
    form.focus()
    qtbot.keyClick(form.fields["name"].input, Qt.Key.Key_Return)
    assert "姓名" in form.fields["name"].error
    assert form.fields["name"].input.hasFocus()
    assert form.fields["amount"].error == ""


def test_enter_in_a_wrong_field_stays_and_says_why(qtbot, form):
    form.fields["name"].set_value("王芳")
    form.fields["amount"].focus()
    qtbot.keyClicks(form.fields["amount"].input, "abc")
    qtbot.keyClick(form.fields["amount"].input, Qt.Key.Key_Return)
    assert "abc" in form.fields["amount"].error
    assert form.fields["amount"].input.hasFocus()


def test_submitting_shows_each_problem_and_goes_to_the_first(qtbot, form):
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert form.fields["name"].error
    assert form.fields["amount"].error
    assert form.fields["name"].input.hasFocus()


class NameTaken(Refusal):
    text = "这个名字已经有人用了。"


class NameTakenTwice(NameTaken):
    text = "这个名字已经有两个人用了。"


def test_a_refusal_is_told_beside_the_field_that_it_is_about(form):
    form.blame("name", NameTaken)
    assert form.tell(NameTaken())
    assert form.fields["name"].error == NameTaken.text
    assert form.fields["name"].input.hasFocus()


def test_a_refusal_counts_for_its_kind(form):
    form.blame("name", NameTaken)
    assert form.tell(NameTakenTwice())
    assert form.fields["name"].error == NameTakenTwice.text


def test_a_refusal_about_no_field_in_sight_is_told_elsewhere(form):
    assert not form.tell(NameTaken())
    form.blame("name", NameTaken)
    form.show_field("name", False)
    assert not form.tell(NameTaken())
    assert not form.tell(ValueError())


def test_what_stands_in_a_form_is_typed_again_right_or_wrong(form):
    form.fields["name"].input.setText("王")
    form.fields["amount"].input.setText("12x")
    typed = form.typed()
    form.clear()
    form.type_again({**typed, "gone": "no such field any more"})
    assert form.fields["name"].value() == "王"
    assert form.fields["amount"].input.text() == "12x"


def test_errors_found_elsewhere_stand_beside_their_fields(form):
    form.set_errors({"amount": "超过上限"})
    assert form.fields["amount"].message.text() == "超过上限"
    assert form.fields["amount"].input.hasFocus()


def test_tab_walks_through_the_fields_in_order(qtbot, form):
    form.focus()
    for name in ("amount", "note"):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        assert form.fields[name].input.hasFocus()


def test_a_hidden_field_is_not_asked_for(form):
    form.fields["name"].set_value("王芳")
    form.show_field("amount", False)
    assert form.reason() == ""
    assert "amount" not in form.values()
    form.show_field("amount", True)
    assert form.reason() == "还缺：金额"


def test_every_change_is_told(qtbot, form):
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(form.fields["note"].input, "a")


def test_fields_of_two_columns_stand_side_by_side(shown):
    form = Form(columns=2)
    name, born, note = (
        form.add("name", TextField("姓名")),
        form.add("born", TextField("出生日期")),
        form.add("note", NoteField("备注"), wide=True),
    )
    shown(form)
    assert name.y() == born.y()
    assert name.x() < born.x()
    assert note.geometry().right() == born.geometry().right()
    assert note.x() == name.x()

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from carehome.errors import Refusal
from carehome.ui.kit.field import NotFilled
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    IdField,
    MoneyField,
    NoteField,
    NumberField,
    SecretField,
    TextField,
)
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.several import SeveralField

LEFT = Qt.MouseButton.LeftButton
POPUPS = pytest.mark.qt_log_ignore("plugin does not support")


class TooMuch(Refusal):
    text = "最多 100 元"


def _refuse_all(_value):
    raise TooMuch


def _at_most_100(fen):
    if fen > 10000:
        raise TooMuch


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1200", 120000),
        ("1,200.50", 120050),
        ("¥1200", 120000),
        ("１２００", 120000),
        ("￥１，２００．５０", 120050),
        ("1200元", 120000),
        ("1.2万", 1200000),
        ("1.2万元", 1200000),
        ("0", 0),
        ("", None),
        ("abc", None),
        ("1.005", None),
    ],
)
def test_an_amount_is_typed_plainly(shown, typed, fen):
    field = shown(MoneyField("金额"))
    field.input.insert(typed)
    assert field.value() == fen


@pytest.mark.parametrize(
    ("typed", "word"),
    [("1.005", "两位小数"), ("-5", "负"), ("99999999999", "太大"), ("abc", "abc")],
)
def test_a_wrong_amount_says_what_is_wrong_with_it(qtbot, shown, typed, word):
    field = shown(MoneyField("金额"))
    qtbot.keyClicks(field.input, typed)
    assert field.value() is None
    assert word in field.problem()


def test_an_amount_is_said_in_capitals_where_a_receipt_will_be_written(qtbot, shown):
    field = shown(MoneyField("金额", capital=True, hint="最多 ¥5,000.00"))
    qtbot.keyClicks(field.input, "1200.5")
    assert "壹仟贰佰元伍角整" in field.message.text()
    assert "最多 ¥5,000.00" in field.message.text()
    field.input.clear()
    assert "壹" not in field.message.text()


@given(st.integers(0, 10**11))
def test_an_amount_as_it_is_shown_is_read_back(qapp, fen):
    field = MoneyField("金额")
    field.set_value(fen)
    assert field.value() == fen
    field.set_raw(field.raw())
    assert field.value() == fen


def test_an_amount_is_written_out_when_it_is_left(qtbot, shown):
    field = shown(MoneyField("金额"))
    field.focus()
    qtbot.keyClicks(field.input, "1200")
    field.input.clearFocus()
    assert field.input.text() == "1,200.00"
    assert field.value() == 120000


def test_a_wrong_amount_is_told_when_the_field_is_left(qtbot, shown):
    field = shown(MoneyField("金额"))
    field.focus()
    qtbot.keyClicks(field.input, "abc")
    assert field.error == ""
    field.input.clearFocus()
    assert "abc" in field.message.text()
    assert field.message.isVisible()


def test_an_error_stays_when_the_amount_is_written_out(qtbot, shown):
    def at_most(fen):
        if fen > 10000:
            raise TooMuch

    field = shown(MoneyField("金额", check=at_most))
    field.focus()
    qtbot.keyClicks(field.input, "1200")
    field.input.clearFocus()
    assert field.input.text() == "1,200.00"
    assert field.error == "最多 100 元"


def test_an_error_goes_when_the_person_mends_it(qtbot, shown):
    field = shown(MoneyField("金额", hint="最多 ¥100.00"))
    field.set_error("不对")
    qtbot.keyClicks(field.input, "1")
    assert field.error == ""
    assert field.message.text() == "最多 ¥100.00"


def test_an_empty_field_is_not_scolded_in_passing(shown):
    field = shown(TextField("姓名"))
    field.focus()
    field.input.clearFocus()
    assert field.error == ""


def test_a_rule_can_check_a_field(qtbot, shown):
    field = shown(MoneyField("金额", check=_at_most_100))
    qtbot.keyClicks(field.input, "100.01")
    assert field.problem() == "最多 100 元"
    assert field.value() == 10001


def test_an_empty_field_says_that_it_must_be_filled(qapp):
    field = TextField("姓名")
    assert field.is_missing()
    assert field.problem() == NotFilled(name="姓名").message
    field.set_needed(False)
    assert field.problem() == ""


def test_only_what_must_be_filled_bears_a_star(qapp):
    assert "*" in TextField("姓名").caption
    assert TextField("曾用名", needed=False).caption == "曾用名"


def test_blanks_around_a_text_do_not_count(qapp):
    field = TextField("姓名")
    field.input.setText("  王 芳 ")
    assert field.value() == "王 芳"
    field.input.setText("   ")
    assert field.is_missing()


def test_a_password_keeps_its_blanks_and_stays_hidden(qtbot, shown):
    field = shown(SecretField("密码"))
    qtbot.keyClicks(field.input, " a b ")
    assert field.value() == " a b "
    assert field.input.displayText() != " a b "
    field.input.actions()[-1].trigger()
    assert field.input.displayText() == " a b "


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("１２", 12), ("1 2", 12), ("1x", None), ("", None)],
)
def test_a_number_is_whole(shown, typed, number):
    field = shown(NumberField("床数"))
    field.input.insert(typed)
    assert field.value() == number


def _compose(field, preedit, commit=""):
    """Send what an input method sends while signs are being composed."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field.input, event)


def test_nothing_is_told_and_nothing_submitted_while_a_sign_is_composed(qtbot, shown):
    field = shown(TextField("姓名", check=_refuse_all))
    field.focus()
    with qtbot.assertNotEmitted(field.entered):
        _compose(field, "wang")
        qtbot.keyClick(field.input, Qt.Key.Key_Return)
    assert field.error == ""
    _compose(field, "", "王")
    assert field.value() == "王"
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.input, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    "reason",
    [Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason],
)
def test_looking_elsewhere_for_a_moment_is_not_leaving(shown, reason):
    field = shown(TextField("姓名", check=_refuse_all))
    field.input.setText("王")
    away = QFocusEvent(QEvent.Type.FocusOut, reason)
    QApplication.sendEvent(field.input, away)
    assert field.error == ""
    gone = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason)
    QApplication.sendEvent(field.input, gone)
    assert field.error == TooMuch.text


FIELDS = {
    "text": (lambda: TextField("姓名"), "王芳"),
    "number": (lambda: NumberField("床数"), "1x"),
    "money": (lambda: MoneyField("金额"), "12."),
    "choice": (lambda: ChoiceField("性别", {"m": "男", "f": "女"}), "f"),
    "check": (lambda: CheckField("告知", "已说明"), True),
    "note": (lambda: NoteField("备注"), "一\n二"),
    "pick": (lambda: PickField("方式", {"cash": "现金", "card": "刷卡"}), "card"),
    "several": (lambda: SeveralField("类别", {"a": "甲", "b": "乙"}), ["b"]),
    "identity": (lambda: IdField("身份证号"), "1101"),
}


@pytest.mark.parametrize("kind", FIELDS)
def test_what_stands_in_a_field_can_be_kept_and_put_back(qapp, kind):
    make, raw = FIELDS[kind]
    field = make()
    field.set_raw(raw)
    kept = json.loads(json.dumps(field.raw()))
    again = make()
    again.set_raw(kept)
    assert again.raw() == field.raw() == raw
    assert again.value() == field.value()


def test_a_password_is_never_kept(qtbot, shown):
    field = shown(SecretField("密码"))
    qtbot.keyClicks(field.input, "geheim-2026")
    assert field.raw() is None
    field.set_raw("anything")
    assert field.value() == "geheim-2026"


def test_an_identity_number_that_is_only_shown_is_not_kept(shown):
    field = shown(IdField("身份证号"))
    field.set_masked("1101**********1234")
    assert field.raw() == ""
    field.set_value("110101194003071234")
    assert field.raw() == ""
    field.input.setText("11010119400307")
    assert field.raw() == "11010119400307"


def test_a_masked_number_is_masked_again_when_a_draft_is_cleared(shown):
    field = shown(IdField("身份证号"))
    field.set_masked("1101**********1234")
    field.set_raw("11010119400307")
    assert not field.is_masked
    field.set_raw("")
    assert field.is_masked
    assert field.input.text() == "1101**********1234"


def test_enter_in_a_field_submits(qtbot, shown):
    field = shown(TextField("姓名"))
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.input, Qt.Key.Key_Return)


def test_enter_in_a_note_begins_a_line_and_with_ctrl_submits(qtbot, shown):
    field = shown(NoteField("备注"))
    with qtbot.assertNotEmitted(field.entered):
        qtbot.keyClicks(field.input, "a")
        qtbot.keyClick(field.input, Qt.Key.Key_Return)
        qtbot.keyClicks(field.input, "b")
    assert field.value() == "a\nb"
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(
            field.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )


def test_a_box_is_ticked_with_the_blank(qtbot, shown):
    field = shown(CheckField("告知", "已说明"))
    assert field.value() is False
    qtbot.keyClick(field.input, Qt.Key.Key_Space)
    assert field.value() is True


@POPUPS
def test_a_choice_is_made_with_the_keys(qtbot, shown):
    field = shown(ChoiceField("性别", {"m": "男", "f": "女"}))
    assert field.value() is None
    qtbot.keyClick(field.input, Qt.Key.Key_Down)
    qtbot.keyClick(field.input, Qt.Key.Key_Down)
    assert field.value() == "f"


def test_a_wheel_that_passes_changes_no_choice(shown):
    field = shown(ChoiceField("性别", {"m": "男", "f": "女"}))
    field.set_value("m")
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.input, turn)
    assert field.value() == "m"


def test_a_choice_that_need_not_be_made_can_be_taken_back(qapp):
    field = ChoiceField("类别", {"a": "社会老人"}, needed=False)
    field.set_value("a")
    field.input.setCurrentIndex(0)
    assert field.value() is None
    assert field.problem() == ""


def test_other_choices_keep_what_was_chosen_if_they_can(qapp):
    field = ChoiceField("床位", {1: "101-1", 2: "101-2"})
    field.set_value(2)
    field.set_choices({2: "101-2", 3: "101-3"})
    assert field.value() == 2
    field.set_choices({3: "101-3"})
    assert field.value() is None


@POPUPS
def test_a_long_choice_is_found_by_typing_a_part(qtbot, shown):
    field = shown(ChoiceField("床位", {n: f"{n}-1 双人间" for n in range(101, 140)}))
    field.focus()
    qtbot.keyClicks(field.input, "127")
    assert field.value() is None
    popup = field.input.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == 127


def test_an_identity_number_is_hidden_until_it_is_asked_for(qtbot, shown):
    field = shown(IdField("身份证号"))
    field.set_masked("1101**********1234")
    assert field.value() is None
    assert field.problem() == ""
    with qtbot.waitSignal(field.asked):
        qtbot.mouseClick(field.show_button, LEFT)
    field.set_value("110101194003071234")
    assert field.value() == "110101194003071234"
    assert field.show_button.isHidden()


def test_an_identity_number_ends_in_a_capital_x(shown):
    field = shown(IdField("身份证号"))
    field.focus()
    field.input.insert("１10101 19400307 123x")
    assert field.value() == "11010119400307123X"
    field.input.clearFocus()
    assert field.input.text() == "11010119400307123X"

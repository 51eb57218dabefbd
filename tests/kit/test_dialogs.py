import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from carehome.errors import Refusal, Trouble
from carehome.ui.kit import crash, dialogs
from carehome.ui.kit.dialogs import AskDialog, CrashDialog, FormDialog
from carehome.ui.kit.fields import MoneyField
from carehome.ui.kit.forms import Form

LEFT = Qt.MouseButton.LeftButton


class BedTaken(Refusal):
    text = "301-3 已有人住。请换一张床。"


class DiskFull(Trouble):
    text = "硬盘满了。请清理后再试。"


@pytest.fixture
def parent(qapp, shown):
    return shown(QWidget())


@pytest.fixture
def dialog(qtbot, parent):
    form = Form()
    form.add("amount", MoneyField("金额"))
    dialog = FormDialog("登记缴费", form, "收款", parent)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def _texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_the_deed_waits_with_a_visible_reason(dialog):
    assert not dialog.primary.isEnabled()
    assert dialog.reason.text() == "还缺：金额"


def test_enter_asks_for_the_deed_once(qtbot, dialog):
    asked = []
    dialog.chosen.connect(asked.append)
    qtbot.keyClicks(dialog.form.fields["amount"].input, "1200")
    qtbot.keyClick(dialog.form.fields["amount"].input, Qt.Key.Key_Return)
    assert asked == [{"amount": 120000}]
    assert not dialog.primary.isEnabled()


def test_a_click_asks_for_the_deed(qtbot, dialog):
    qtbot.keyClicks(dialog.form.fields["amount"].input, "1200")
    with qtbot.waitSignal(dialog.chosen):
        qtbot.mouseClick(dialog.primary, LEFT)


def test_a_refusal_stands_in_the_dialog_and_nothing_typed_is_lost(qtbot, dialog):
    qtbot.keyClicks(dialog.form.fields["amount"].input, "1200")
    qtbot.mouseClick(dialog.primary, LEFT)
    dialog.refuse(BedTaken())
    assert dialog.error.isVisible()
    assert dialog.error.text() == BedTaken.text
    assert dialog.form.values() == {"amount": 120000}
    assert dialog.primary.isEnabled()


def test_a_dialog_grows_for_an_error(qtbot, dialog):
    field = dialog.form.fields["amount"].input
    before = field.height()
    dialog.refuse(BedTaken())
    qtbot.waitUntil(lambda: dialog.error.height() >= dialog.error.sizeHint().height())
    assert field.height() == before


def test_a_dialog_that_grows_keeps_its_buttons_on_the_screen(qtbot, dialog):
    screen = dialog.screen().availableGeometry()
    dialog.move(screen.x(), screen.bottom() - dialog.height() - 5)
    tall = QLabel()
    tall.setFixedHeight(screen.height() // 3)
    dialog.body.addWidget(tall)
    qtbot.waitUntil(lambda: dialog.height() > tall.height())
    assert dialog.frameGeometry().bottom() <= screen.bottom()


def test_a_bug_is_not_told_as_if_it_were_a_refusal(dialog):
    with pytest.raises(KeyError):
        dialog.refuse(KeyError("x"))


def test_a_deed_done_closes_the_dialog(qtbot, dialog):
    with qtbot.waitSignal(dialog.accepted):
        dialog.finish(7)


def test_esc_leaves_everything_as_it_was(qtbot, dialog):
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_enter_on_cancel_cancels(qtbot, parent):
    dialog = AskDialog("退住", "办理", parent)
    dialog.open()
    dialog.cancel.setFocus()
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.asked):
        qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)


def test_a_confirmation_lists_what_follows(qtbot, parent):
    done = []
    dialog = dialogs.confirm(
        parent,
        "作废收据",
        ["号码保留。", "欠费变为 ¥2,600.00。"],
        "作废",
        lambda: done.append(1),
    )
    assert {"号码保留。", "欠费变为 ¥2,600.00。"} <= set(_texts(dialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert done == [1]


def test_a_dangerous_deed_needs_more_than_enter(qtbot, parent):
    done = []
    dialog = dialogs.confirm(
        parent, "删除", ["不能恢复。"], "删除", lambda: done.append(1), "danger"
    )
    qtbot.waitUntil(dialog.cancel.hasFocus)
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert done == []


@pytest.mark.parametrize(
    ("error", "title"), [(BedTaken(), "不能这样办理"), (DiskFull(), "电脑遇到问题")]
)
def test_a_failure_is_told_with_what_to_do(qtbot, parent, error, title):
    dialog = dialogs.tell(parent, error)
    assert dialog.windowTitle() == title
    assert dialog.text.text() == error.message
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def _break(name):
    raise KeyError(name)


def test_a_crash_report_names_the_place_and_no_person():
    with pytest.raises(KeyError) as caught:
        _break("王秀英")
    report = crash.report(caught.value)
    assert "KeyError" in report
    assert "kit/test_dialogs.py" in report
    assert "_break" in report
    assert "王秀英" not in report
    assert "/home" not in report


def test_a_crash_report_can_be_copied(qtbot, parent):
    dialog = CrashDialog("carehome 0.1.0\nKeyError", parent)
    dialog.open()
    qtbot.mouseClick(dialog.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "carehome 0.1.0\nKeyError"
    dialog.reject()

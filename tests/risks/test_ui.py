"""Judging nine risks by keys, and what belongs to them in files and lists."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from carehome.rules.rights import Role
from carehome.rules.risks import Answer, Level, Risk
from carehome.services.residents import Contact, Person, Residents
from carehome.services.risks import Risks
from carehome.ui.kit.dialogs import ConfirmDialog
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.risks import AtRisk, RiskHint, RisksDialog, RisksDue
from carehome.ui.parts.risks.panel import RiskPanel
from tests import house
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.risks.conftest import SHAKY

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("does not support")


def press(*keys):
    """Press keys where the cursor is."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def type_in(text):
    """Type what a Chinese input method would hand over."""
    QApplication.focusWidget().insert(text)


@pytest.fixture
def window(shown, risks, jobs, wang, qtbot):
    """The window of judging for 王秀英; again() opens it anew."""

    def again():
        state = risks.state(risks.begin(wang))
        dialog = RisksDialog(state, risks, jobs, lambda: TODAY, host)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    host = shown(QWidget())
    dialog = again()
    dialog.again = again
    return dialog


@pytest.fixture
def panel(shown, risks, jobs, wang, qtbot):
    leaf = shown(RiskPanel(risks, jobs, ROLES[Role.DIRECTOR], lambda: TODAY))
    leaf.show_resident(wang)
    return leaf


def test_the_cursor_stands_at_the_first_risk(window):
    assert QApplication.focusWidget() is window.rows.rows[Risk.CHOKING].pick


def test_nine_noughts_judge_nine_risks(window, qtbot, risks, wang):
    press(*[Key.Key_0] * 9)
    assert window.sheet.done == 9
    assert window.primary.isEnabled()
    with qtbot.waitSignal(window.finished):
        QTest.keyClick(window, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert risks.of_resident(wang).lines[0].is_finished


def test_a_risk_keeps_the_cursor_until_it_says_why_and_what_is_done(window):
    window.rows.focus_row(Risk.FALL)
    press(Key.Key_2)
    assert window.sheet.risk is Risk.FALL
    assert window.rows.rows[Risk.FALL].note.text() == "请勾选依据"
    assert "跌倒：请勾选风险依据" in window.reason.text()
    assert not window.primary.isEnabled()
    press(Key.Key_Return, Key.Key_Space)
    assert window.rows.rows[Risk.FALL].note.text() == "请选措施"
    press(Key.Key_Return, Key.Key_Space, Key.Key_Return)
    assert QApplication.focusWidget() is window.rows.rows[Risk.GETTING_LOST].pick
    answer = window.sheet.answers[Risk.FALL]
    assert answer.level is Level.MEDIUM
    assert answer.signs == ("fell",)
    assert len(answer.measures) == 1


def test_a_digit_that_is_no_level_judges_nothing(window):
    press(Key.Key_7)
    assert window.sheet.answers[Risk.CHOKING].level is None
    assert QApplication.focusWidget() is window.rows.rows[Risk.CHOKING].pick


def test_arrows_walk_over_the_risks(window):
    press(Key.Key_Down, Key.Key_Down, Key.Key_Up)
    assert window.sheet.risk is Risk.WRONG_INTAKE


def test_the_row_one_stands_at_is_in_sight_on_a_low_screen(window):
    window.resize(window.width(), 1)
    press(*[Key.Key_Down] * 8)
    row = window.rows.rows[Risk.ACTIVITY]
    port = window.listed.viewport()
    assert port.rect().contains(row.geometry().translated(row.parent().pos()))


def test_a_measure_in_ones_own_words_is_added(window):
    press(Key.Key_1)
    window.detail.page.more.focus()
    type_in("专人喂水")
    press(Key.Key_Return)
    assert window.sheet.answers[Risk.CHOKING].measures == ("专人喂水",)
    assert window.detail.page.more.value() is None


def test_what_is_written_is_kept_and_found_again(window, qtbot, risks):
    with qtbot.waitSignal(window.keeper.kept):
        press(Key.Key_0, Key.Key_0, Key.Key_0)
    window.close()
    again = window.again()
    assert again.sheet.done == 3
    assert QApplication.focusWidget() is again.rows.rows[Risk.SCALD].pick


def test_closing_at_once_keeps_the_last_key(window, qtbot, risks):
    number = window.sheet.state.assessment_id
    press(Key.Key_0, Key.Key_Escape)
    qtbot.waitUntil(
        lambda: risks.state(number).answers[Risk.CHOKING].level is Level.NONE
    )


def test_a_wrong_day_is_told_at_its_field(window):
    press(*[Key.Key_0] * 9)
    day = window.head.fields["day"]
    day.input.setFocus()
    day.input.selectAll()
    type_in("2026-11-31")
    press(Key.Key_Tab)
    assert day.error
    assert not window.primary.isEnabled()


def test_an_assessor_is_needed(window):
    press(*[Key.Key_0] * 9)
    window.head.fields["assessor"].set_value("")
    assert "评估人员" in window.reason.text()
    assert not window.primary.isEnabled()


def test_a_known_fact_is_named_and_must_be_answered(risks, wang, as_role, window):
    risks.discard(window.sheet.state.assessment_id)
    person = Person("王秀英", "female", has_dementia=True)
    as_role(Residents).change_person(wang, person)
    window = window.again()
    row = window.rows.rows[Risk.GETTING_LOST]
    assert row.note.text() == "已知：认知症"
    assert row.pick.level is Level.LOW
    window.rows.focus_row(Risk.GETTING_LOST)
    press(Key.Key_0)
    assert row.note.text() == "请写明没有的理由"
    assert "认知症" in window.reason.text()
    assert not window.sheet.is_done(Risk.GETTING_LOST)
    press(Key.Key_Return)
    type_in("轻度，从不出院")
    assert window.sheet.is_done(Risk.GETTING_LOST)


def test_a_draft_is_thrown_away_only_when_asked(window, qtbot, risks, wang):
    QTest.mouseClick(window.drop, LEFT)
    confirm = window.findChild(ConfirmDialog)
    with qtbot.waitSignal(window.discarded):
        QTest.mouseClick(confirm.primary, LEFT)
    assert risks.of_resident(wang).lines == ()


def test_the_paper_is_shown(window, qtbot):
    QTest.mouseClick(window.print, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperDialog)))
    paper = window.findChild(PaperDialog)
    qtbot.waitUntil(paper.isVisible)
    paper.close()


def test_the_leaf_tells_what_is_due_and_what_is_done(panel, qtbot, judge, wang, risks):
    qtbot.waitUntil(lambda: panel.due.text() == "从未评估")
    judge(wang, fall=SHAKY)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.why.text() == "跌倒（中）")
    assert [line.text for line in panel.measures.table.rows] == [
        "穿防滑鞋",
        "起床有人搀扶",
    ]


def test_a_new_assessment_is_the_one_that_is_told_of(panel, qtbot, judge, wang):
    judge(wang, date(2026, 4, 1), fall=SHAKY)
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.list.table.rows) == 1)
    judge(wang, fall=SHAKY)
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.list.table.rows) == 2)
    assert panel.list.current_row() is panel.list.table.rows[0]
    assert panel.list.table.rows[0].is_finished


def test_the_telling_is_noted_with_the_agent_offered(
    panel, qtbot, judge, wang, risks, as_role
):
    as_role(Residents).set_contacts(
        wang, [Contact("agent", "王强", phone="13900001111")]
    )
    number = judge(wang, fall=SHAKY)
    panel.refresh()
    qtbot.waitUntil(panel.explain.isEnabled)
    assert not panel.sign.isEnabled()
    QTest.mouseClick(panel.explain, LEFT)
    qtbot.waitUntil(lambda: bool(panel.findChildren(DeedDialog)))
    dialog = panel.findChild(DeedDialog)
    assert dialog.form.values()["told_to"] == "王强"
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    assert risks.state(number).telling.told_to == "王强"


def test_a_scan_that_is_none_is_told_beside_its_field(
    panel, qtbot, judge, wang, risks, tmp_path
):
    number = judge(wang)
    risks.note_told(number, "王强", "李护士", TODAY)
    panel.refresh()
    qtbot.waitUntil(panel.sign.isEnabled)
    QTest.mouseClick(panel.sign, LEFT)
    qtbot.waitUntil(lambda: bool(panel.findChildren(DeedDialog)))
    dialog = panel.findChild(DeedDialog)
    wrong = tmp_path / "notes.txt"
    wrong.write_text("not a scan")
    scan = dialog.form.fields["scan"]
    scan.set_value(str(wrong))
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: bool(scan.error))
    right = tmp_path / "signed.pdf"
    right.write_bytes(b"%PDF-1.4")
    scan.set_value(str(right))
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    assert risks.state(number).telling.paper_id


def test_a_measure_is_ended_by_its_dialog(panel, qtbot, judge, wang, risks):
    judge(wang, fall=SHAKY)
    panel.refresh()
    qtbot.waitUntil(panel.end.isEnabled)
    QTest.mouseClick(panel.end, LEFT)
    dialog = panel.findChild(DeedDialog)
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    assert [line.text for line in risks.of_resident(wang).measures] == ["起床有人搀扶"]


def test_who_may_not_assess_only_looks(shown, jobs, as_role, wang, judge, qtbot):
    judge(wang, fall=SHAKY)
    desk = as_role(Risks, Role.FRONT_DESK)
    leaf = shown(RiskPanel(desk, jobs, ROLES[Role.FRONT_DESK], lambda: TODAY))
    leaf.show_resident(wang)
    qtbot.waitUntil(lambda: len(leaf.list.table.rows) == 1)
    assert leaf.assess.isHidden()
    assert leaf.explain.isHidden()
    assert not leaf.print.isHidden()


def test_enter_in_the_list_of_who_is_due_opens_the_window(
    shown, risks, jobs, wang, qtbot
):
    due = shown(RisksDue(risks, jobs, ROLES[Role.DIRECTOR], lambda: TODAY))
    qtbot.waitUntil(lambda: len(due.view.table.rows) == 1)
    assert due.figure.number.text() == "1"
    due.view.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(due.findChildren(RisksDialog)))
    assert due.findChild(RisksDialog).sheet.state.resident == "王秀英"


def test_who_is_at_one_risk_is_listed_alone(
    shown, risks, jobs, wang, judge, db, beds, qtbot
):
    li = house.settle(db, "李桂兰", beds["301-2"])
    judge(wang, fall=replace(SHAKY, level=Level.HIGH))
    judge(li, scald=Answer(Level.LOW, ("warmer",), "", ("试水温",)))
    people = shown(AtRisk(risks, jobs, ROLES[Role.DIRECTOR], lambda: TODAY))
    qtbot.waitUntil(lambda: len(people.view.table.rows) == 2)
    people.show_risk(Risk.FALL)
    assert [row.resident for row in people.view.table.rows] == ["王秀英"]
    assert people.figure.number.text() == "1"
    with qtbot.waitSignal(people.resident_wanted) as wanted:
        people.view.setFocus()
        press(Key.Key_Return)
    assert wanted.args == [wang]


def test_the_home_writes_its_own_measures(shown, risks, jobs, qtbot):
    people = shown(AtRisk(risks, jobs, ROLES[Role.DIRECTOR], lambda: TODAY))
    people.show_risk(Risk.FALL)
    QTest.mouseClick(people.own, LEFT)
    qtbot.waitUntil(lambda: bool(people.findChildren(DeedDialog)))
    dialog = people.findChild(DeedDialog)
    dialog.form.fields["texts"].set_value("走廊慢行\n穿防滑鞋")
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    assert risks.suggestions()[Risk.FALL] == ("走廊慢行", "穿防滑鞋")


def test_before_moving_in_one_is_told_until_the_risks_are_assessed(
    shown, risks, jobs, wang, judge, qtbot
):
    hint, host = RiskHint(risks, jobs, ROLES[Role.DIRECTOR], lambda: TODAY), QLabel(" ")
    QVBoxLayout(host).addWidget(hint)
    shown(host)
    hint.show_resident(wang)
    qtbot.waitUntil(hint.room.isVisible)
    assert hint.assess.text() == "评估照护风险"
    judge(wang)
    hint.refresh()
    qtbot.waitUntil(hint.room.isHidden)

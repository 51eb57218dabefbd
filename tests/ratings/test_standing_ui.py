"""Where the home stands on the screen, through real keys and clicks."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.ratings.assessments import (
    Judgement,
    NewSelf,
    SelfAssessments,
)
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.plan import PlanStep, RatingPlan
from carehome.services.ratings.tables import RatingTables
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.ratings.lifts import COLUMNS
from carehome.ui.ratings.standing import HELD, NEAREST, StandingTab
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.ratings.judged import judge_all
from tests.ratings.test_tables_ui import dialog_of, hand_of  # noqa: F401 - fixture

LEFT = Qt.MouseButton.LeftButton
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def lacking(as_role):
    """A self-assessment in which two items of the environment lack all points."""
    held = as_role(SelfAssessments, Role.DIRECTOR)
    table_id = as_role(RatingTables, Role.DIRECTOR).take_practice()
    self_id = held.begin(NewSelf("2026年自评", table_id, YEAR, 5))
    judge_all(held, self_id)
    for line in held.sheet(self_id).lines[:3]:
        held.judge(self_id, line.item.item_id, Judgement(0, "没有"))
    return self_id


@pytest.fixture
def open_tab(hand_of, shown, qtbot):
    def make(role=Role.DIRECTOR):
        tab = StandingTab(hand_of(role))
        tab.resize(1180, 700)
        with qtbot.waitSignal(tab.read):
            shown(tab)
        return tab

    return make


def turn(tab, key):
    tab.which.setFocus()
    QTest.keyClick(tab.which, key)


def test_without_a_self_assessment_the_tab_says_what_is_missing(open_tab):
    assert open_tab().none.isVisible()


def test_the_answer_names_the_grade_and_what_lifts_it(open_tab, lacking):
    now = open_tab().now
    assert now.figure.number.text() == "四级"
    assert "五级" in now.heading.text()
    assert now.rows[0].isVisible()
    assert now.stamp.text() == "示例分值 非官方"


@pytest.mark.parametrize("key", [Qt.Key.Key_2, Qt.Key.Key_3])
def test_lists_of_points_say_that_they_are_not_official(open_tab, lacking, key):
    tab = open_tab()
    turn(tab, key)
    assert tab.bar.note.isVisible()
    assert tab.bar.note.text() == "示例分值 非官方"


def test_the_history_says_that_its_points_are_not_official(open_tab, lacking):
    tab = open_tab()
    turn(tab, Qt.Key.Key_4)
    assert tab.held.above.note.text() == "示例分值 非官方"
    assert "示例分值 非官方" in tab.held.chart.accessibleDescription()


def test_a_thing_is_planned_from_the_answer_and_marked_as_planned(
    open_tab, lacking, as_role, qtbot
):
    tab = open_tab()
    name = tab.now.rows[0].name.text()
    QTest.mouseClick(tab.now.rows[0].plan, LEFT)
    dialog = dialog_of(tab)
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(tab.now.rows[0].planned.isVisible)
    assert tab.now.rows[0].plan.isHidden()
    (step,) = as_role(RatingPlan, Role.DIRECTOR).steps(lacking)
    assert step.text == name


def told_of(tab, column):
    """Return what the list of lifts says in one of its columns."""
    model = tab.lifts.table
    at = next(c for c in model.columns if c.title == column)
    return [at.text(row) for row in model.rows]


def test_the_list_of_lifts_says_what_is_planned(open_tab, lacking, as_role):
    tab = open_tab()
    first = tab.lifts.table.rows[0].item.item_id
    assert told_of(tab, "Plan") == [""] * 3
    as_role(RatingPlan, Role.DIRECTOR).add(PlanStep(lacking, "补记录", item_id=first))
    assert told_of(open_tab(), "Plan") == ["已计划", "", ""]


def test_points_per_effort_are_rounded_half_up(open_tab, lacking):
    lift = replace(open_tab().lifts.table.rows[0], missing=200, effort=3)
    shown = next(c for c in COLUMNS if c.title == "Points per effort").text(lift)
    assert shown == "0.67"


def test_the_digits_turn_to_the_list_and_enter_opens_the_item(open_tab, lacking, qtbot):
    tab = open_tab()
    turn(tab, Qt.Key.Key_2)
    assert tab.which.code() == NEAREST
    tab.lifts.selectRow(0)
    item_id = tab.lifts.current_row().item.item_id
    with qtbot.waitSignal(tab.wanted) as wanted:
        QTest.keyClick(tab.lifts, Qt.Key.Key_Return)
    assert wanted.args == ["Self-assessment", (lacking, item_id)]


def test_a_step_is_done_today_and_to_be_done_again(open_tab, lacking, as_role, qtbot):
    plan = as_role(RatingPlan, Role.DIRECTOR)
    plan.add(PlanStep(lacking, "补记录"))
    tab = open_tab()
    turn(tab, Qt.Key.Key_3)
    tab.plan.selectRow(0)
    QTest.mouseClick(tab.done, LEFT)
    qtbot.waitUntil(lambda: tab.plan.table.rows[0].is_done)
    tab.plan.selectRow(0)
    QTest.mouseClick(tab.done, LEFT)
    qtbot.waitUntil(lambda: not tab.plan.table.rows[0].is_done)
    assert not plan.steps(lacking)[0].is_done


def test_a_step_without_words_is_refused_beside_its_field(open_tab, lacking):
    tab = open_tab()
    turn(tab, Qt.Key.Key_3)
    QTest.mouseClick(tab.add, LEFT)
    assert not dialog_of(tab).primary.isEnabled()


def test_a_grade_is_recorded_for_three_years(open_tab, as_role, qtbot):
    tab = open_tab()
    turn(tab, Qt.Key.Key_4)
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab, FormDialog)
    dialog.form.set_values({"grade": 3, "awarded_on": date(2025, 5, 1)})
    with qtbot.waitSignal(tab.read):
        QTest.mouseClick(dialog.primary, LEFT)
    (award,) = as_role(RatingAwards, Role.DIRECTOR).listed()
    assert (award.grade, award.ends) == (3, date(2028, 4, 30))


def test_who_does_not_lead_sees_grades_but_records_none(open_tab, as_role):
    as_role(RatingAwards, Role.DIRECTOR).save(Award(3, date(2025, 5, 1)))
    tab = open_tab(Role.FRONT_DESK)
    turn(tab, Qt.Key.Key_4)
    assert tab.which.code() == HELD
    assert len(tab.held.view.table.rows) == 1
    assert tab.add.isHidden()


def test_the_scan_of_a_certificate_is_kept_and_looked_at(
    open_tab, as_role, qtbot, tmp_path
):
    scan = tmp_path / "plaque.png"
    QImage(40, 30, QImage.Format.Format_RGB32).save(str(scan))
    tab = open_tab()
    turn(tab, Qt.Key.Key_4)
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab, FormDialog)
    values = {"grade": 3, "awarded_on": date(2025, 5, 1), "scan": str(scan)}
    dialog.form.set_values(values)
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: bool(tab.held.view.table.rows))
    tab.held.view.selectRow(0)
    QTest.mouseClick(tab.scan, LEFT)
    assert tab.findChild(PaperDialog).windowTitle() == "plaque.jpg"


def test_a_scan_that_is_no_paper_is_refused_beside_its_field(
    open_tab, as_role, qtbot, tmp_path
):
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK not a photo")
    tab = open_tab()
    turn(tab, Qt.Key.Key_4)
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab, FormDialog)
    values = {"grade": 3, "awarded_on": date(2025, 5, 1), "scan": str(letter)}
    dialog.form.set_values(values)
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: "letter.docx" in dialog.form.fields["scan"].error)
    assert as_role(RatingAwards).listed() == []

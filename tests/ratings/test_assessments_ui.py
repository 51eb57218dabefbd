"""A self-assessment on the screen, judged through real keys."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.db.staff import StaffMemberRow
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.ratings.assessments import (
    Judgement,
    NewSelf,
    SelfAssessments,
)
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.tables import RatingTables
from carehome.services.ratings.verdicts import RatingVerdicts
from carehome.ui.kit.dialogs import ConfirmDialog, FormDialog, MessageDialog
from carehome.ui.parts.figure_rows import FigureRows
from carehome.ui.ratings.assessment import LACKING, MINE, OVERDUE, AssessmentTab
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.ratings.judged import judge_all
from tests.ratings.test_evidence import pdf
from tests.ratings.test_tables_ui import dialog_of, hand_of  # noqa: F401 - fixture

LEFT = Qt.MouseButton.LeftButton
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def held(as_role):
    return as_role(SelfAssessments, Role.DIRECTOR)


@pytest.fixture
def table_id(as_role):
    return as_role(RatingTables, Role.DIRECTOR).take_practice()


@pytest.fixture
def begun(held, table_id):
    return held.begin(NewSelf("2026年自评", table_id, YEAR, 3))


@pytest.fixture
def member(db):
    """Somebody who works here under the name of the director's account."""
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    with db.writing(ROLES[Role.DIRECTOR], "Staff.add", made_at) as session:
        row = StaffMemberRow(name="director", hired_on=date(2024, 1, 1))
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def open_tab(hand_of, shown, qtbot):
    def make(role=Role.DIRECTOR):
        tab = AssessmentTab(hand_of(role))
        tab.resize(1180, 700)
        with qtbot.waitSignal(tab.read):
            shown(tab)
        tab.items.setFocus()
        return tab

    return make


@pytest.fixture
def settle(jobs, qtbot):
    return lambda: qtbot.waitUntil(lambda: not jobs.is_busy)


def press(*keys):
    """Press keys where the cursor is."""
    for key in keys:
        where = QApplication.focusWidget()
        if isinstance(key, str):
            QTest.keyClicks(where, key)
        else:
            QTest.keyClick(where, key)


ENTER, DELETE, F2 = Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_F2


def points(held, self_id, count):
    return [line.score.hundredths for line in held.sheet(self_id).lines[:count]]


def test_equals_gives_all_points_and_leads_on(open_tab, held, begun, settle):
    tab = open_tab()
    press("===")
    settle()
    full = [line.item.hundredths for line in held.sheet(begun).lines[:3]]
    assert points(held, begun, 4) == [*full, None]
    assert tab.items.current_row().number == 4


def test_typed_points_are_kept_by_enter_and_ask_for_the_reason(
    open_tab, held, begun, settle
):
    tab = open_tab()
    press("1", ENTER, "Kein Plan", ENTER)
    settle()
    line = held.sheet(begun).lines[0]
    assert (line.score.hundredths, line.score.reason) == (100, "Kein Plan")
    assert tab.items.current_row().number == 2
    assert tab.items.hasFocus()


def test_a_minus_takes_points_off(open_tab, held, begun, settle):
    open_tab()
    press("-", "1", ENTER)
    settle()
    line = held.sheet(begun).lines[0]
    assert line.deduction == 100


def test_delete_takes_the_points_away(open_tab, held, begun, settle):
    tab = open_tab()
    press("=")
    settle()
    tab.items.select(1)
    press(DELETE)
    settle()
    assert points(held, begun, 1) == [None]


def test_f2_writes_the_reason_and_enter_leads_on(open_tab, held, begun, settle):
    tab = open_tab()
    press(F2, "waits for the report", ENTER)
    settle()
    assert held.sheet(begun).lines[0].score.reason == "waits for the report"
    assert tab.items.current_row().number == 2


def test_too_many_points_are_told_beside_the_field(open_tab, held, begun, settle):
    tab = open_tab()
    press("999", ENTER)
    settle()
    assert "分" in tab.panel.points.error
    assert tab.panel.points.input.hasFocus()
    assert points(held, begun, 1) == [None]


def test_what_is_half_typed_survives_that_somebody_else_judges(
    open_tab, held, begun, settle
):
    tab = open_tab()
    press("1")
    second = held.sheet(begun).lines[1].item
    held.judge(begun, second.item_id, Judgement(second.hundredths))
    settle()
    assert tab.items.table.rows[1].score.hundredths == second.hundredths
    assert tab.panel.points.typed() == "1"


def test_a_hundred_items_are_judged_without_the_mouse(open_tab, held, begun, settle):
    open_tab()
    for number in range(100):
        press(*(("=",) if number % 5 else ("-", "0.5", ENTER, "missing", ENTER)))
    settle()
    lines = held.sheet(begun).lines[:100]
    assert all(line.is_judged for line in lines)
    assert sum(line.score.reason == "missing" for line in lines) == 20
    assert {line.deduction for line in lines} == {0, 50}


def test_only_what_lacks_something_is_shown_on_demand(open_tab, held, begun, settle):
    judge_all(held, begun)
    item = held.sheet(begun).lines[7].item
    held.judge(begun, item.item_id, Judgement(0))
    tab = open_tab()
    tab.filter.set_code(LACKING)
    assert [line.number for line in tab.items.table.rows] == [8]


@pytest.mark.parametrize(("which", "numbers"), [(MINE, [1, 2]), (OVERDUE, [1, 2, 3])])
def test_mine_and_overdue_are_shown_on_demand(
    member, open_tab, held, begun, which, numbers
):
    ids = [line.item.item_id for line in held.sheet(begun).lines]
    held.share_out(begun, ids[:2], member, date(2026, 11, 1))
    held.share_out(begun, ids[2:3], None, date(2026, 11, 1))
    tab = open_tab()
    tab.filter.set_code(which)
    assert [line.number for line in tab.items.table.rows] == numbers


def test_the_list_behind_a_figure_opens(member, open_tab, begun):
    tab = open_tab()
    key = "training.covered_share"
    line = next(each for each in tab.items.table.rows if each.item.figure == key)
    tab.items.select(line.number)
    QTest.mouseClick(tab.panel.rows, LEFT)
    window = dialog_of(tab, FigureRows)
    assert "director" in str(window.view.table.rows)
    window.close()


def test_files_are_attached_to_the_item_at_hand(
    open_tab, held, begun, settle, tmp_path
):
    tab = open_tab()
    tab.panel.files.take_files([str(pdf(tmp_path / "验收.pdf"))])
    settle()
    (kept,) = held.sheet(begun).lines[0].files
    assert (kept.title, kept.pages) == ("验收", 3)


def test_a_file_nobody_can_open_is_told(open_tab, held, begun, settle, tmp_path, qtbot):
    tab = open_tab()
    torn = tmp_path / "断.pdf"
    torn.write_bytes(b"%PDF-1.4")
    tab.panel.files.take_files([str(torn)])
    qtbot.waitUntil(lambda: tab.findChildren(MessageDialog) != [])
    assert held.sheet(begun).lines[0].files == ()


def test_a_self_assessment_is_begun_with_its_dialog(open_tab, held, table_id, qtbot):
    tab = open_tab()
    QTest.mouseClick(tab.begin, LEFT)
    dialog = dialog_of(tab)
    with qtbot.waitSignal(tab.read):
        QTest.mouseClick(dialog.primary, LEFT)
    (head,) = held.listed()
    assert head.period == YEAR
    qtbot.waitUntil(lambda: len(tab.items.table.rows) == 124)


def test_without_a_table_one_is_told_what_to_do_first(open_tab):
    tab = open_tab()
    QTest.mouseClick(tab.begin, LEFT)
    assert tab.findChildren(MessageDialog) != []


def test_chosen_items_are_shared_out(open_tab, held, begun, settle, qtbot):
    tab = open_tab()
    tab.items.selectAll()
    QTest.mouseClick(tab.share, LEFT)
    dialog = dialog_of(tab)
    dialog.form.set_values({"due_on": date(2026, 12, 1)})
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    assert {line.score.due_on for line in held.sheet(begun).lines} == {
        date(2026, 12, 1)
    }


def test_submitting_seals_and_takes_the_keys_away(open_tab, held, begun, settle):
    judge_all(held, begun)
    tab = open_tab()
    QTest.mouseClick(tab.submit, LEFT)
    QTest.mouseClick(dialog_of(tab, ConfirmDialog).primary, LEFT)
    settle()
    assert not held.sheet(begun).head.is_open
    before = points(held, begun, 124)
    QTest.keyClicks(tab.items, "1")
    QTest.keyClick(tab.items, DELETE)
    settle()
    assert points(held, begun, 124) == before
    assert tab.submit.isHidden()
    assert tab.state.text() == "已提交并封存 · 示例分值 非官方"


def test_what_is_not_whole_is_not_submitted_and_told(open_tab, held, begun, qtbot):
    tab = open_tab()
    QTest.mouseClick(tab.submit, LEFT)
    QTest.mouseClick(dialog_of(tab, ConfirmDialog).primary, LEFT)
    qtbot.waitUntil(lambda: tab.findChildren(MessageDialog) != [])
    assert held.sheet(begun).head.is_open


def test_who_only_judges_is_offered_no_more(open_tab, begun):
    tab = open_tab(Role.FRONT_DESK)
    assert tab.items.is_open
    assert all(each.isHidden() for each in (tab.begin, tab.submit, tab.share))


def test_a_condition_is_judged_by_a_digit_and_its_reason(
    open_tab, as_role, begun, qtbot
):
    as_role(RatingConditions, Role.DIRECTOR).take_region("shanghai")
    tab = open_tab()
    with qtbot.waitSignal(tab.verdicts.read):
        QTest.keyClick(tab.which, Qt.Key.Key_2)
    view = tab.verdicts.view
    by_hand = next(row for row in view.table.rows if not row.is_counted)
    view.select(by_hand.condition.condition_id)
    view.setFocus()
    QTest.keyClicks(view, "1")
    dialog = dialog_of(tab, FormDialog)
    dialog.form.set_values({"reason": "licence 12"})
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    kept = {
        row.condition.condition_id: row
        for row in as_role(RatingVerdicts, Role.DIRECTOR).listed(begun)
    }[by_hand.condition.condition_id]
    assert (kept.holds, kept.reason) == (True, "licence 12")


def test_one_item_is_opened_by_its_id(open_tab, held, begun, settle, qtbot):
    tab = open_tab()
    wanted = held.sheet(begun).lines[40]
    tab.open_key((begun, wanted.item.item_id))
    settle()
    qtbot.waitUntil(lambda: tab.items.current_row().number == wanted.number)

"""Filling in assessments and looking at them, through real keys and clicks."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from carehome.i18n import _
from carehome.rules.assessments import GBT_42195, MZT_039
from carehome.rules.rights import Role
from carehome.rules.rosters.cover import Need
from carehome.rules.rosters.kinds import Kind
from carehome.services.assessments import FINISHED, Assessments, Head
from carehome.services.grades import Grades
from carehome.services.residents import Contact, Residents
from carehome.services.risks import Risks
from carehome.services.shifts import Shifts
from carehome.services.staff import Staff, StaffLists
from carehome.services.staff.lists import Unit
from carehome.ui.assessments import AssessmentsPage, home_rules
from carehome.ui.assessments.outcome import read_outcome
from carehome.ui.assessments.work import CLOSING, GENERAL, ITEMS
from carehome.ui.kit.dialogs import ConfirmDialog
from carehome.ui.parts.assessing import AssessmentServices
from tests.assessments.answering import GBT, QUIET, all_best, all_worst, with_total
from tests.conftest import ROLES, TODAY
from tests.house import build, settle
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
MAY = date(2026, 5, 4)
HEAD = Head(TODAY, "first", "", "孙护士长", True, "周晓", False, "王强", "3")
MIXED = [
    item.options[min(at % 3, len(item.options) - 1)].points
    for at, item in enumerate(GBT.items)
]


@pytest.fixture
def wang(db):
    beds = build(db)
    settle(db, "李桂兰", beds["301-2"])
    return settle(db, "王秀英", beds["301-1"])


@pytest.fixture
def nurse(as_role):
    return as_role(Assessments, Role.HEAD_NURSE)


@pytest.fixture
def assess(nurse):
    """Make a finished assessment of somebody."""

    def make(resident_id, answers, day=MAY):
        number = nurse.begin(resident_id, GBT_42195, base_on=day)
        nurse.keep(number, answers, replace(HEAD, base_on=day))
        nurse.finish(number)
        return number

    return make


@pytest.fixture
def open_page(db, as_role, jobs, shown, qtbot, wang):
    def make(role=Role.HEAD_NURSE):
        db.on_change = jobs.announce
        kinds = (Assessments, Residents, Grades, Staff, Risks, Shifts)
        services = AssessmentServices(*(as_role(kind, role) for kind in kinds))
        page = AssessmentsPage(services, jobs, ROLES[role], lambda: TODAY)
        page.resize(1180, 700)
        shown(page)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return page

    return make


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def work_on(page, wang, qtbot, jobs):
    """Begin to assess 王秀英, or go on with it, and look at one part of the form."""

    def make(at=ITEMS, form=GBT_42195):
        begin = page._services.assessments.begin
        page._jobs.run(page, page.resume, begin, wang, form)
        qtbot.waitUntil(lambda: page.work is not None and not jobs.is_busy)
        page.work.go(at)
        return page.work

    return make


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def type_points(points):
    for each in points:
        QTest.keyClicks(QApplication.focusWidget(), str(each))


def test_twenty_six_digits_answer_twenty_six_items(work_on):
    work = work_on()
    type_points(MIXED)
    given = [work.sheet.points(item.number) for item in GBT.items]
    assert given == MIXED


def test_after_the_last_item_the_result_comes_by_itself(work_on):
    work = work_on()
    type_points(MIXED)
    assert work.at == CLOSING


def test_a_digit_that_no_option_has_answers_nothing(work_on):
    work = work_on()
    type_points("7")
    assert (work.sheet.at, work.sheet.answers) == (0, {})


def test_a_digit_that_no_option_has_is_said_until_a_right_one_comes(work_on):
    work = work_on()
    panel = work.items.panel
    type_points("7")
    assert "7" in panel.slip.text()
    assert panel.slip.isVisible()
    type_points("4")
    assert not panel.slip.isVisible()


def test_backspace_takes_the_last_digit_back(work_on):
    work = work_on()
    type_points("43")
    press(Key.Key_Backspace)
    assert (work.sheet.at, work.sheet.points("B.1.2")) == (1, None)


def test_delete_clears_the_item_at_hand(work_on):
    work = work_on()
    type_points("4")
    press(Key.Key_Up, Key.Key_Delete)
    assert (work.sheet.at, work.sheet.points("B.1.1")) == (0, None)


def test_keys_walk_by_item_by_group_and_to_the_ends(work_on):
    work, seen = work_on(), []
    for key in (Key.Key_Down, Key.Key_PageDown, Key.Key_End, Key.Key_Home):
        press(key)
        seen.append(work.sheet.item.number)
    assert seen == ["B.1.2", "B.2.1", "B.4.5", "B.1.1"]


def test_space_leads_to_the_next_item_without_an_answer(work_on):
    work = work_on()
    type_points("44")
    press(Key.Key_Down)
    type_points("4")
    press(Key.Key_Home, Key.Key_Space)
    assert work.sheet.item.number == "B.1.3"


def test_the_same_as_last_time_is_taken_over_for_one_item(work_on, assess, wang):
    assess(wang, with_total(60))
    work = work_on()
    QTest.keyClicks(QApplication.focusWidget(), "=")
    last = work.sheet.last_points("B.1.1")
    assert work.sheet.points("B.1.1") == last
    assert len(work.sheet.missing) == len(GBT.items) - 1


def test_a_click_answers_as_a_digit_does(work_on):
    work = work_on()
    QTest.mouseClick(work.items.panel.options[1], LEFT)
    assert (work.sheet.points("B.1.1"), work.sheet.at) == (3, 1)


def test_the_level_so_far_is_said_while_one_answers(work_on):
    work = work_on()
    said = work.items.standing.level.text()
    type_points(["0"] * 8)
    assert said == "能力完好 至 完全失能"
    assert work.items.standing.level.text() != said


def test_help_for_the_item_at_hand_is_in_sight(work_on):
    work = work_on()
    press(Key.Key_Down)
    assert work.items.help.text() == GBT.items[1].help


def test_every_answer_is_kept_soon_after_it_is_given(work_on, nurse, qtbot):
    work = work_on()
    type_points("42")
    with qtbot.waitSignal(work.keeper.kept):
        pass
    kept = nurse.state(work.sheet.state.assessment_id).answers
    assert (kept["B.1.1"], kept["B.1.2"]) == (4, 2)


def test_one_goes_on_at_the_item_where_one_stopped(work_on, page, qtbot, jobs):
    work_on()
    type_points("432")
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: page.work is None and not jobs.is_busy)
    work = work_on()
    assert work.sheet.item.number == "B.1.4"
    assert page.currentWidget() is page.desk


def test_what_was_typed_is_kept_when_the_page_goes_out_of_sight(
    work_on, page, nurse, qtbot, jobs
):
    work = work_on()
    type_points("4")
    page.hide()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert nurse.state(work.sheet.state.assessment_id).answers["B.1.1"] == 4


def test_a_base_day_ahead_is_told_beside_its_field(work_on):
    work = work_on(GENERAL)
    day = work.general.head["base_on"]
    day.focus()
    day.input.selectAll()
    QTest.keyClicks(day.input, "2027-01-05")
    press(Key.Key_Return)
    assert day.error
    assert work.sheet.head.base_on == TODAY


def test_one_assessor_is_not_enough(work_on):
    work = work_on(CLOSING)
    assert _("Second assessor") in work.closing.reason()
    assert not work.next.isEnabled()


def test_ctrl_enter_leads_to_what_finishing_waits_for(work_on):
    work = work_on()
    type_points(MIXED)
    press_finish()
    assert work.at == GENERAL
    asked = work.general.fields[work.sheet.judgement.missing_fields[0]]
    assert asked.input.hasFocus() or asked.isAncestorOf(QApplication.focusWidget())
    assert not asked.visibleRegion().isEmpty()


def press_finish():
    keys, held = Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(QApplication.focusWidget(), keys, held)


def test_one_who_is_named_twice_is_told_beside_the_second(work_on, qtbot):
    work = work_on()
    form = finish_by_keys(work)
    form.set_values({"assessor_2": "孙护士长"})
    QTest.mouseClick(work.next, LEFT)
    qtbot.waitUntil(lambda: bool(form.fields["assessor_2"].error))
    form.fields["assessor_1"].set_value("周晓")
    assert not form.fields["assessor_2"].error


def test_another_base_day_compares_with_what_came_before_it(
    work_on, assess, wang, qtbot, jobs
):
    earlier = assess(wang, all_best(GBT), day=date(2026, 4, 18))
    work = work_on(GENERAL)
    assert work.sheet.last.assessment_id == earlier
    day = work.general.head["base_on"]
    day.set_value(date(2026, 4, 1))
    qtbot.waitUntil(lambda: work.sheet.last is None)
    day.set_value(TODAY)
    qtbot.waitUntil(lambda: work.sheet.last is not None)


def finish_by_keys(work):
    work.sheet.answers |= QUIET[GBT_42195]
    for number, value in QUIET[GBT_42195].items():
        work.sheet.answered.emit(number)
        assert value
    type_points(MIXED)
    form = work.closing.form
    form.set_values({"assessor_1": "孙护士长", "assessor_2": "周晓"})
    return form


def test_nobody_with_a_medical_background_is_told_beside_the_tick(work_on, qtbot):
    work = work_on()
    form = finish_by_keys(work)
    QTest.mouseClick(work.next, LEFT)
    qtbot.waitUntil(lambda: bool(form.fields["is_medical_2"].error))
    assert work.next.isEnabled()


def test_finishing_says_what_follows(work_on, page, nurse, wang, qtbot):
    work = work_on()
    form = finish_by_keys(work)
    form.fields["is_medical_1"].set_value(True)
    QTest.mouseClick(work.next, LEFT)
    qtbot.waitUntil(lambda: page.room.currentWidget() is page.outcome)
    [line] = nurse.of_resident(wang)
    assert line.status == FINISHED
    assert page.outcome.after.text() in {level.short for level in GBT.levels}
    assert line.label in page.outcome.title.text()


def outcome_of(page, nurse, resident_id, answers):
    """Show what came of an assessment, as after finishing it."""
    number = nurse.begin(resident_id)
    nurse.keep(number, answers, HEAD)
    nurse.finish(number)
    page.outcome.show_followed(
        read_outcome(page._services, number)  # what the page reads
    )
    return page.outcome


def test_what_came_out_tells_how_many_people_are_needed_now(
    page, nurse, wang, as_role, assess
):
    shifts, unit = as_role(Shifts), as_role(StaffLists).save_unit(Unit(0, "三楼"))
    shifts.set_floors(unit, shifts.board(TODAY).floors)
    early = shifts.save_kind(Kind("E", "早", "早班", 420, 480))
    shifts.set_need(Need(early, unit, 0, is_computed=True))
    shifts.set_ratios(early, {0: 1}, date(2026, 1, 1))
    assess(wang, all_worst(GBT))
    outcome = outcome_of(page, nurse, wang, all_best(GBT))
    (line,) = outcome.followed.cover
    assert str(line.value) == "1 人"


def test_what_came_out_names_the_risks_that_the_answers_open(page, nurse, wang):
    answers = {**QUIET[GBT_42195], **all_best(GBT), "A.2.14.1": "1"}
    outcome = outcome_of(page, nurse, wang, answers)
    assert "跌倒" in outcome.opened.text()
    assert "近30天" in outcome.opened.text()
    assert not outcome.opened.isHidden()


def test_risks_that_the_answers_open_are_the_next_deed(page, nurse, wang):
    answers = {**QUIET[GBT_42195], **all_best(GBT), "A.2.14.1": "1"}
    outcome = outcome_of(page, nurse, wang, answers)
    as_now = replace(
        outcome.followed.suggestion, current=outcome.followed.suggestion.grade
    )
    outcome.show_followed(replace(outcome.followed, suggestion=as_now))
    assert outcome.next is outcome.risks


def test_answers_that_open_no_risk_say_nothing_of_risks(page, nurse, wang):
    outcome = outcome_of(page, nurse, wang, {**QUIET[GBT_42195], **all_best(GBT)})
    assert outcome.opened.isHidden()


@pytest.mark.qt_log_ignore("does not support")
def test_the_known_contacts_are_offered_as_who_told_it(as_role, work_on, wang):
    son = Contact("emergency", "Wang Qiang", "儿子", "13900000000")
    as_role(Residents).set_contacts(wang, [son])
    work = work_on(GENERAL)
    field = work.general.head["informant"]
    QTest.keyClicks(field.input, "qia")
    found = field.found
    offered = [
        found.completionModel().index(at, 0).data()
        for at in range(found.completionCount())
    ]
    assert offered == ["Wang Qiang"]


def test_a_draft_is_thrown_away_only_after_asking(work_on, page, nurse, wang, qtbot):
    work = work_on()
    QTest.mouseClick(work.drop, LEFT)
    dialog = page.findChild(ConfirmDialog)
    assert nurse.drafts()
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: page.currentWidget() is page.lists)
    assert nurse.drafts() == []


def test_enter_begins_with_whoever_is_due(page, qtbot, jobs):
    view = page.lists.list_at(0).view
    view.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.work is not None)
    assert page.work.sheet.state.resident == view.current_row().resident


def test_the_level_last_time_wears_its_colour(page, assess, wang, qtbot):
    assess(wang, with_total(60))
    model = page.lists.list_at(0).view.table
    shown = next(each for each in model.columns if each.title == "Level last time")

    def tones():
        return {shown.chip(row) for row in model.rows if row.resident_id == wang}

    qtbot.waitUntil(lambda: tones() == {"a2"})


def test_who_may_not_assess_is_offered_no_deed(open_page):
    page = open_page(Role.ACCOUNTANT)
    assert page.lists.new.isHidden()


def test_the_done_list_is_narrowed_by_level(page, assess, wang, qtbot, jobs):
    assess(wang, all_best(GBT))
    page.lists.tabs.strip.setCurrentIndex(2)
    done = page.lists.list_at(2)
    qtbot.waitUntil(lambda: len(done.view.table.rows) == 1)
    done.level.set_code("4")
    assert list(done.view.table.rows) == []


def test_a_name_is_found_by_its_letters(page, qtbot):
    due = page.lists.list_at(0)
    QTest.keyClicks(page.lists.search, "wxy")
    qtbot.waitUntil(lambda: [r.resident for r in due.view.table.rows] == ["王秀英"])


def test_two_assessments_stand_side_by_side(page, assess, wang, qtbot):
    assess(wang, all_best(GBT))
    after = assess(wang, all_best(GBT, **{"B.1.1": 2}), TODAY)
    page.open_assessment(after)
    view = page.review.difference.view
    qtbot.waitUntil(lambda: bool(view.table.rows))
    line = next(row for row in view.table.rows if row.number == "B.1.1")
    assert (line.before_points, line.after_points, line.is_better) == (4, 2, False)


def test_unchanged_items_are_shown_when_asked_for(page, assess, wang, qtbot):
    assess(wang, all_best(GBT))
    after = assess(wang, all_best(GBT, **{"B.1.1": 2}), TODAY)
    page.open_assessment(after)
    difference = page.review.difference
    qtbot.waitUntil(lambda: bool(difference.view.table.rows))
    few = len(difference.view.table.rows)
    QTest.mouseClick(
        difference.only_changed, LEFT, pos=difference.only_changed.rect().center()
    )
    assert len(difference.view.table.rows) > few


def test_the_old_form_is_answered_by_counting_its_options(work_on):
    work = work_on(form=MZT_039)
    type_points("1")
    best = work.sheet.items[0].best
    assert work.sheet.points(work.sheet.items[0].number) == best


def test_a_void_one_says_why(page, assess, nurse, wang, qtbot):
    number = assess(wang, all_best(GBT))
    nurse.void(number, "评错了人")
    page.open_assessment(number)
    qtbot.waitUntil(lambda: page.review.state is not None)
    assert "评错了人" in page.review.void_note.text()
    assert page.void.isHidden()


def test_what_somebody_takes_is_written_down_in_rows(work_on):
    work = work_on(GENERAL)
    medicines = work.general.fields["A.4.2"].input
    QTest.keyClicks(medicines.lines[0]["name"], "Aspirin")
    assert work.sheet.answers["A.4.2"][0]["name"] == "Aspirin"
    assert len(medicines.lines) == 2


def test_none_of_it_and_some_of_it_exclude_each_other(work_on):
    work = work_on(GENERAL)
    boxes = work.general.fields["A.4.1"].input.boxes
    boxes["1"].click()
    boxes["0"].click()
    assert work.sheet.answers["A.4.1"] == ["0"]


def test_the_director_sets_how_the_home_assesses(qtbot, db, clock, as_role, jobs):
    director = as_role(Assessments)
    found = director.rules()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = home_rules.ask_rules(director, found, jobs, parent)
    dialog.form.fields["months"].set_value(0)
    dialog.form.submit()
    qtbot.waitUntil(lambda: dialog.form.fields["months"].error != "")
    dialog.form.fields["months"].set_value(12)
    with qtbot.waitSignal(dialog.accepted):
        dialog.form.submit()
    assert director.rules() == replace(found, months=12)

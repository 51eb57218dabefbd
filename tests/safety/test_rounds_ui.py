"""Rounds on the screen, through real keys and clicks on a real encrypted file."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from carehome.db.staff import StaffMemberRow
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.safety.dues import Due
from carehome.rules.safety.rounds import Standing, code
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.rounds import (
    Answer,
    Board,
    DueLine,
    Rounds,
    RoundState,
    Verdict,
)
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.photo_thumb import Thumb
from carehome.ui.safety.round_deeds import (
    ExtraDialog,
    FinishDialog,
    HazardsDialog,
    LateDialog,
    OddDialog,
    read_times,
)
from carehome.ui.safety.round_rows import ALL, MISSED, ODD, rows_of_board
from carehome.ui.safety.rounds import RoundsTab
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.safety.round_house import ITEMS, MORNING, furnish

DAY = timedelta(days=1)
NOVEMBER = Period(TODAY.replace(day=1), TODAY.replace(month=12, day=1))
ENTER = Qt.Key.Key_Return


@pytest.fixture
def plan_id(db):
    return furnish(db, TODAY - 2 * DAY)


@pytest.fixture
def rounds(as_role, plan_id):
    return as_role(Rounds, Role.SAFETY_OFFICER)


@pytest.fixture
def open_tab(db, clock, jobs, shown, qtbot, rounds):
    def make(role=Role.SAFETY_OFFICER):
        db.on_change = jobs.announce
        user = ROLES[role]
        hand = Hand(
            lambda kind: kind(db, user, clock), jobs, user, clock, lambda _id: None
        )
        tab = RoundsTab(hand)
        tab.resize(1180, 700)
        shown(tab)
        qtbot.waitUntil(lambda: bool(tab.lists.view.table.rows))
        return tab

    return make


def states(tab):
    return [row.state for row in tab.lists.view.table.rows]


def begin(qtbot, tab):
    """Open the sheet of the round under the first line."""
    tab.lists.view.setFocus()
    tab.lists.view.selectRow(0)
    QTest.keyClick(tab.lists.view, ENTER)
    qtbot.waitUntil(tab.sheet.isVisible)
    qtbot.waitUntil(lambda: len(tab.sheet.items.table.rows) == len(ITEMS))
    return tab.sheet


def dialog(qtbot, asker, kind):
    """Return the dialog that is in front, once it is there."""

    def there():
        return [each for each in asker.findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[-1]


def fill(rounds, round_id):
    """Answer everything as in order."""
    items = rounds.sheet(round_id).items
    rounds.keep(round_id, {item.item_id: Answer(Verdict.OK) for item in items})


def made(rounds, plan_id, patroller="周敏"):
    """Enter the round of the morning from paper: it may be signed by who entered it."""
    round_id = rounds.start(plan_id, MORNING)
    fill(rounds, round_id)
    rounds.finish_late(round_id, patroller, MORNING, MORNING + timedelta(minutes=9))
    return round_id


def test_due_and_missed_rounds_are_listed(open_tab):
    assert states(open_tab()) == ["应查", "漏巡", "漏巡"]


def test_enter_on_a_due_round_opens_its_sheet(open_tab, qtbot, rounds):
    sheet = begin(qtbot, open_tab())
    assert rounds.sheet(sheet.round_id).line.due.opens == MORNING


def test_a_round_is_filled_in_by_digits_with_a_failed_item_on_the_way(
    open_tab, qtbot, rounds, as_role
):
    tab = open_tab()
    sheet = begin(qtbot, tab)
    round_id = sheet.round_id
    QTest.keyClicks(sheet.items, "1")
    QTest.keyClicks(sheet.items, "2")
    assert sheet.panel.note.input.hasFocus()
    QTest.keyClicks(sheet.panel.note.input, "east door open")
    QTest.keyClick(sheet.panel.note.input, ENTER)
    assert sheet.items.hasFocus()
    QTest.keyClicks(sheet.items, "131")
    QTest.keyClick(sheet, ENTER, Qt.KeyboardModifier.ControlModifier)
    finish = dialog(qtbot, sheet, FinishDialog)
    finish.form.submit()
    opened = dialog(qtbot, sheet, HazardsDialog)
    assert rounds.sheet(round_id).line.state is RoundState.FINISHED
    opened.reject()
    qtbot.waitUntil(tab.lists.isVisible)
    verdicts = [item.answer.verdict for item in rounds.sheet(round_id).items]
    assert verdicts == ["ok", "failed", "ok", "none", "ok"]
    assert "east door open" in as_role(Hazards).listed()[0].item


def test_a_round_with_open_items_cannot_be_finished(open_tab, qtbot):
    sheet = begin(qtbot, open_tab())
    QTest.keyClicks(sheet.items, "111")
    assert not sheet.finish.isEnabled()


def test_a_failed_item_without_words_holds_the_round_up(open_tab, qtbot):
    sheet = begin(qtbot, open_tab())
    QTest.keyClicks(sheet.items, "1111")
    QTest.keyClicks(sheet.items, "2")
    assert not sheet.finish.isEnabled()


def test_an_answer_can_be_taken_away_by_a_key(open_tab, qtbot, rounds):
    sheet = begin(qtbot, open_tab())
    QTest.keyClicks(sheet.items, "1")
    sheet.items.select(1)
    QTest.keyClick(sheet.items, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not sheet._hand.jobs.is_busy)
    assert rounds.sheet(sheet.round_id).items[0].answer is None


def test_a_sheet_goes_on_where_it_was_left(open_tab, qtbot, rounds, plan_id):
    round_id = rounds.start(plan_id, MORNING)
    first = rounds.sheet(round_id).items[0].item_id
    rounds.keep(round_id, {first: Answer(Verdict.OK)})
    sheet = begin(qtbot, open_tab())
    assert sheet.items.current_row().number == 2


def test_a_sheet_is_found_by_its_typed_code(open_tab, qtbot, rounds, plan_id):
    round_id = made(rounds, plan_id)
    tab = open_tab()
    QTest.keyClicks(tab.lists.code, code(round_id))
    QTest.keyClick(tab.lists.code, ENTER)
    qtbot.waitUntil(lambda: tab.sheet.round_id == round_id)
    assert tab.sheet.isVisible()


def test_a_wrong_code_is_told_and_stays_to_be_mended(open_tab, qtbot):
    tab = open_tab()
    QTest.keyClicks(tab.lists.code, "XC-000001-00")
    QTest.keyClick(tab.lists.code, ENTER)
    dialog(qtbot, tab, QDialog)
    assert tab.lists.code.text() == "XC-000001-00"


def test_a_finished_sheet_takes_no_more_answers(open_tab, qtbot, rounds, plan_id):
    round_id = made(rounds, plan_id)
    tab = open_tab()
    tab.open_round(round_id)
    qtbot.waitUntil(lambda: tab.sheet.round_id == round_id)
    QTest.keyClicks(tab.sheet.items, "2")
    assert tab.sheet.items.table.rows[0].answer.verdict is Verdict.OK
    assert not tab.sheet.finish.isVisible()


def test_a_sheet_of_paper_shows_both_times(open_tab, qtbot, rounds, plan_id):
    yesterday = MORNING - DAY
    round_id = rounds.start(plan_id, yesterday)
    fill(rounds, round_id)
    tab = open_tab()
    tab.open_round(round_id)
    qtbot.waitUntil(lambda: tab.sheet.round_id == round_id)
    tab.sheet.late.click()
    late = dialog(qtbot, tab.sheet, LateDialog)
    late.form.set_values({"patroller": "王荣", "started": "8:10", "ended": "8:40"})
    late.form.submit()
    qtbot.waitUntil(lambda: rounds.sheet(round_id).line.state is RoundState.FINISHED)
    line = rounds.sheet(round_id).line
    assert line.ended_at == yesterday + timedelta(minutes=40)
    assert line.entered_at == MORNING + timedelta(minutes=90)


def test_times_over_midnight_end_on_the_next_day():
    times = read_times({"day": TODAY, "started": "23:50", "ended": "0:20"})
    assert times[1] - times[0] == timedelta(minutes=30)


def test_a_supervisor_signs_the_selected_rounds(open_tab, qtbot, rounds, plan_id):
    round_id = made(rounds, plan_id)
    tab = open_tab()
    tab.lists.show_list(ALL)
    qtbot.waitUntil(lambda: "待签字" in states(tab))
    tab.lists.view.selectRow(states(tab).index("待签字"))
    tab.lists.sign.click()
    dialog(qtbot, tab, QDialog).primary.click()
    qtbot.waitUntil(lambda: bool(rounds.sheet(round_id).line.supervisor))
    assert rounds.sheet(round_id).line.supervisor == ROLES[Role.SAFETY_OFFICER].name


def test_missed_rounds_have_a_list_of_their_own(open_tab, qtbot):
    tab = open_tab()
    tab.lists.show_list(MISSED)
    qtbot.waitUntil(lambda: states(tab) == ["漏巡", "漏巡"])


def test_who_makes_no_rounds_begins_none(open_tab, qtbot, rounds):
    tab = open_tab(Role.ACCOUNTANT)
    tab.lists.view.selectRow(0)
    QTest.keyClick(tab.lists.view, ENTER)
    assert not tab.lists.extra.isVisible()
    assert not tab.lists.print.isEnabled()
    assert rounds.listed(NOVEMBER).rounds == ()


def test_a_sheet_that_was_begun_by_mistake_is_put_away(open_tab, qtbot, rounds):
    tab = open_tab()
    sheet = begin(qtbot, tab)
    sheet.discard.click()
    dialog(qtbot, sheet, QDialog).primary.click()
    qtbot.waitUntil(tab.lists.isVisible)
    assert rounds.board().under_way == ()


def test_a_round_beyond_the_plan_opens_its_sheet(open_tab, qtbot, rounds):
    tab = open_tab()
    tab.lists.extra.click()
    asked = dialog(qtbot, tab, ExtraDialog)
    forms, places = rounds.choices()
    asked.form.set_values({"form_id": next(iter(forms)), "place_id": min(places)})
    asked.form.submit()
    qtbot.waitUntil(lambda: tab.sheet.round_id is not None)
    assert rounds.sheet(tab.sheet.round_id).line.due is None


def with_failed(rounds, plan_id, which=1):
    """Open the sheet of the morning with one item that is not in order."""
    round_id = rounds.start(plan_id, MORNING)
    fill(rounds, round_id)
    item = rounds.sheet(round_id).items[which].item_id
    rounds.keep(round_id, {item: Answer(Verdict.FAILED, note="门锁着")})
    return round_id


def show(qtbot, tab, round_id):
    tab.open_round(round_id)
    qtbot.waitUntil(lambda: tab.sheet.round_id == round_id)
    return tab.sheet


def test_after_a_failed_item_one_key_leads_to_its_hazard(
    open_tab, qtbot, rounds, plan_id, as_role
):
    tab = open_tab()
    sheet = show(qtbot, tab, with_failed(rounds, plan_id))
    sheet.finish.click()
    dialog(qtbot, sheet, FinishDialog).form.submit()
    opened = dialog(qtbot, sheet, HazardsDialog)
    hazard = as_role(Hazards).listed()[0]
    assert any(
        hazard.number in label.text() for label in opened.findChildren(QLabel)
    ), "the hazard is named"
    with qtbot.waitSignal(tab.wanted) as wanted:
        QTest.keyClick(opened, ENTER)
    assert wanted.args == ["Hazards", hazard.hazard_id]


def test_a_finished_round_leads_to_its_hazards(
    open_tab, qtbot, rounds, plan_id, as_role
):
    round_id = with_failed(rounds, plan_id)
    rounds.finish(round_id, "周敏")
    tab = open_tab()
    sheet = show(qtbot, tab, round_id)
    with qtbot.waitSignal(tab.wanted) as wanted:
        sheet.hazards.click()
    assert wanted.args == ["Hazards", as_role(Hazards).listed()[0].hazard_id]


def test_a_round_without_findings_leads_to_no_hazard(open_tab, qtbot, rounds, plan_id):
    sheet = show(qtbot, open_tab(), made(rounds, plan_id))
    assert not sheet.hazards.isVisible()


def test_those_the_home_knows_are_offered_and_any_name_can_be_typed(
    open_tab, qtbot, rounds, plan_id, db
):
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.add(StaffMemberRow(name="安心", hired_on=TODAY))
    round_id = rounds.start(plan_id, MORNING)
    fill(rounds, round_id)
    sheet = show(qtbot, open_tab(), round_id)
    sheet.finish.click()
    finish = dialog(qtbot, sheet, FinishDialog)
    patroller = finish.form.fields["patroller"]
    qtbot.waitUntil(lambda: "安心" in offered(patroller))
    patroller.set_value("外请保安")
    finish.form.submit()
    qtbot.waitUntil(lambda: rounds.sheet(round_id).line.patroller == "外请保安")


def offered(field):
    model = field.found.model()
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_a_missing_picture_is_told_beside_the_item(open_tab, qtbot, db, rounds):
    plan_id = furnish(db, form="拍照巡查", needs_picture=True)
    sheet = show(qtbot, open_tab(), with_failed(rounds, plan_id))
    sheet.items.select(2)
    assert sheet.panel.pictures.missing.isVisible()
    assert not sheet.finish.isEnabled()
    assert sheet.count.text().endswith("2 项缺说明或照片")


def test_several_pictures_are_put_to_an_item_and_one_taken_away(
    open_tab, qtbot, db, rounds, tmp_path
):
    plan_id = furnish(db, form="拍照巡查", needs_picture=True)
    round_id = with_failed(rounds, plan_id)
    sheet = show(qtbot, open_tab(), round_id)
    sheet.items.select(2)
    sheet.panel.pictures.added.emit([drawn(tmp_path, name) for name in "ab"])
    qtbot.waitUntil(lambda: len(sheet.panel.findChildren(Thumb)) == 2)
    assert not sheet.panel.pictures.missing.isVisible()
    first, second = rounds.sheet(round_id).items[1].answer.picture_ids
    sheet.panel.pictures.removed.emit(first)
    qtbot.waitUntil(
        lambda: rounds.sheet(round_id).items[1].answer.picture_ids == (second,)
    )


def drawn(folder, name):
    path = folder / f"{name}.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(ord(name))
    assert image.save(str(path))
    return path


def test_a_printed_sheet_says_so_and_is_still_due(open_tab, qtbot, rounds, plan_id):
    rounds.print_out([(plan_id, MORNING)])
    assert states(open_tab()) == ["已打印巡查表", "漏巡", "漏巡"]


def test_a_printed_sheet_that_did_not_come_back_is_missed_and_told(
    open_tab, qtbot, rounds, plan_id
):
    rounds.print_out([(plan_id, MORNING - DAY)])
    tab = open_tab()
    rows = tab.lists.view.table.rows
    told = [(row.state, row.remark) for row in rows if row.round_id]
    assert told == [("漏巡", "已打印巡查表，未交回")]


def test_printing_from_the_list_notes_that_the_sheet_is_on_its_way(
    open_tab, qtbot, rounds
):
    tab = open_tab()
    tab.lists.view.selectRow(0)
    tab.lists.print.click()
    qtbot.waitUntil(lambda: rounds.board().due[0].is_printed)
    dialog(qtbot, tab, QDialog).reject()
    qtbot.waitUntil(lambda: not tab.lists._hand.jobs.is_busy)


def test_a_whole_year_is_listed_and_the_month_comes_back(open_tab, qtbot, rounds):
    tab = open_tab()
    tab.lists.show_list(MISSED)
    tab.lists.month.back()
    qtbot.waitUntil(lambda: states(tab) == [])
    tab.lists.whole.click()
    qtbot.waitUntil(lambda: states(tab) == ["漏巡", "漏巡"])
    assert tab.lists.year.first == TODAY.replace(month=1, day=1)
    tab.lists.whole.click()
    qtbot.waitUntil(lambda: states(tab) == [])
    assert tab.lists.month.first == TODAY.replace(month=10, day=1)


@pytest.mark.parametrize("which", [MISSED, ODD])
def test_what_is_wrong_with_a_round_is_seen_without_scrolling(
    open_tab, qtbot, rounds, plan_id, which
):
    made(rounds, plan_id)
    tab = open_tab()
    tab.resize(1000, 600)
    tab.lists.show_list(which)
    bar = tab.lists.view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0 and states(tab) != [])


def test_the_home_says_what_is_odd_after_a_wrong_entry(open_tab, qtbot, rounds):
    tab = open_tab()
    tab.lists.show_list(ODD)
    tab.lists.limits.click()
    odd = dialog(qtbot, tab, OddDialog)
    odd.form.set_values({"in_a_row": 1})
    odd.form.submit()
    qtbot.waitUntil(lambda: bool(odd.form.fields["in_a_row"].error))
    odd.form.set_values({"in_a_row": 90})
    odd.form.submit()
    qtbot.waitUntil(lambda: rounds.limits().in_a_row == 90)


def test_who_only_makes_rounds_does_not_set_what_is_odd(open_tab):
    tab = open_tab(Role.FRONT_DESK)
    tab.lists.show_list(ODD)
    assert not tab.lists.limits.isVisible()


def test_what_has_to_be_done_first_stands_first():
    def due(closes):
        window = Due(MORNING, closes, 1)
        names = ("每日防火巡查", "day_patrol", "二层", "安全员")
        return DueLine(window, Standing.DUE, *names)

    later, sooner = due(MORNING + 30 * DAY), due(MORNING + DAY)
    board = Board(MORNING, (later, sooner), (), (), (), ())
    assert [row.due for row in rows_of_board(board)] == [sooner.due, later.due]

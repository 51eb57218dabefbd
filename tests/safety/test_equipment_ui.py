"""The tab of equipment, used as people use it: by clicks, by keys, with slips."""

# ruff: noqa: F811 - fixtures are imported and named again where they are used
from datetime import date, timedelta

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from carehome.rules.rights import Role
from carehome.rules.safety.equipment import Done
from carehome.rules.safety.floor import corners
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.photos import read_picture
from carehome.ui.kit.dialogs import ConfirmDialog, MessageDialog
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.equipment import DUE, IN_USE, PLAN, SCRAPPED, EquipmentTab
from carehome.ui.safety.equipment_kinds import KindsDialog
from carehome.ui.safety.equipment_prints import DUES, LabelsDialog, PrintDialog
from carehome.ui.safety.equipment_scopes import CHOSEN, FLOOR, KIND, LISTED, ONE
from carehome.ui.safety.floor_plan import CLOSEST
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

POWDER, HYDRANT = "干粉灭火器", "室内消火栓"
MADE = date(2024, 6, 1)
KEYS = Qt.Key


@pytest.fixture
def equipment(as_role):
    return as_role(Equipment)


@pytest.fixture
def kinds(equipment):
    return {kind.name: kind.kind_id for kind in equipment.ledger().kinds}


@pytest.fixture
def hung(equipment, kinds):
    """Three extinguishers and a hydrant."""
    three = equipment.add(Piece(kinds[POWDER], "一楼东侧", "MFZ/ABC4", MADE), 3)
    return [*three, *equipment.add(Piece(kinds[HYDRANT], "二楼", "", MADE))]


@pytest.fixture
def plan(equipment, tmp_path):
    path = tmp_path / "floor.png"
    Image.new("RGB", (300, 200), "white").save(path)
    return equipment.add_plan("一楼", read_picture(path))


@pytest.fixture
def tab(db, clock, jobs, shown, qtbot):
    """Return a function that shows the tab as a role has it."""
    db.on_change = jobs.changed.emit

    def show(role=Role.SAFETY_OFFICER):
        def make(kind):
            return kind(db, ROLES[role], clock)

        made = EquipmentTab(Hand(make, jobs, ROLES[role], clock, lambda _id: None))
        made.resize(1140, 560)
        made = shown(made)
        qtbot.waitUntil(lambda: made.ledger is not None and not jobs.is_busy)
        return made

    return show


@pytest.fixture
def opened(tab, hung, qtbot, jobs):
    """The tab with the first extinguisher open beside the list."""
    made = tab()
    made.view.setFocus()
    qtbot.keyClick(made.view, KEYS.Key_Down)
    qtbot.waitUntil(lambda: made.file.isVisible() and not jobs.is_busy)
    return made


@pytest.fixture
def press(qtbot, jobs):
    def click(button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not jobs.is_busy)

    return click


@pytest.fixture
def typed(qtbot):
    """Type into a field of a dialog as a person would, over what stands there."""

    def type_in(dialog, name, text):
        line = dialog.form.fields[name].findChild(QLineEdit)
        line.setFocus()
        line.selectAll()
        if text.isascii():
            qtbot.keyClicks(line, text)
        else:
            line.insert(text)  # as an input method does

    return type_in


@pytest.fixture
def asked(qtbot):
    """Return the dialog that comes up; a key presses its button a moment later."""

    def wait(made, kind=DeedDialog):
        def found():
            return [each for each in made.findChildren(kind) if each.isVisible()]

        qtbot.waitUntil(lambda: bool(found()))
        return found()[-1]

    return wait


def line(equipment, number):
    return next(x for x in equipment.ledger().lines if x.equipment_id == number)


def listed(made):
    return [each.equipment_id for each in made.view.table.rows]


def test_new_equipment_is_entered_by_keys_and_opens(
    tab, kinds, equipment, qtbot, typed, jobs, asked
):
    made = tab()
    qtbot.keyClick(made, KEYS.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = asked(made)
    dialog.form.set_values({"kind_id": kinds[POWDER]})
    typed(dialog, "place", "三楼西侧")
    typed(dialog, "count", "2")
    qtbot.keyClick(dialog.focusWidget(), KEYS.Key_Return)
    qtbot.waitUntil(lambda: len(listed(made)) == 2 and not jobs.is_busy)
    assert made.file.title.text().startswith("E-0001")


@pytest.mark.parametrize(
    ("name", "wrong"), [("count", "201"), ("made_on", "2026-11-22")]
)
def test_slip_in_new_equipment_is_told_beside_its_field(
    tab, kinds, equipment, typed, press, name, wrong, asked
):
    made = tab()
    press(made.add)
    dialog = asked(made)
    dialog.form.set_values({"kind_id": kinds[POWDER], "place": "三楼西侧"})
    typed(dialog, name, wrong)
    press(dialog.primary)
    assert dialog.form.fields[name].error
    assert equipment.ledger().lines == []


def test_equipment_without_a_place_cannot_be_saved_and_says_why(
    tab, kinds, press, asked
):
    made = tab()
    press(made.add)
    dialog = asked(made)
    dialog.form.set_values({"kind_id": kinds[POWDER]})
    assert not dialog.primary.isEnabled()
    assert "放置位置" in dialog.reason.text()


def test_a_piece_is_corrected(opened, equipment, hung, typed, press, asked):
    press(opened.file.change)
    dialog = asked(opened)
    typed(dialog, "place", "一楼西侧")
    press(dialog.primary)
    assert line(equipment, hung[0]).place == "一楼西侧"


def test_open_piece_is_serviced_by_keys(opened, equipment, hung, qtbot, jobs, asked):
    qtbot.keyClick(opened, KEYS.Key_S, Qt.KeyboardModifier.AltModifier)
    dialog = asked(opened)
    qtbot.keyClick(dialog.primary, KEYS.Key_Return)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert line(equipment, hung[0]).last == TODAY
    assert line(equipment, hung[1]).last is None


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("day", "2026-11-22"), ("day", "2024-05-31"), ("next_on", "2026-11-21")],
)
def test_service_on_a_wrong_day_is_told_beside_its_field(
    opened, equipment, hung, typed, press, name, wrong, asked
):
    press(opened.file.serve)
    dialog = asked(opened)
    typed(dialog, name, wrong)
    press(dialog.primary)
    assert dialog.form.fields[name].error
    assert line(equipment, hung[0]).done == ()


@pytest.mark.parametrize(("which", "count"), [(ONE, 1), (KIND, 3), (LISTED, 4)])
def test_service_of_many_at_once(opened, equipment, press, which, count, asked):
    press(opened.file.serve)
    dialog = asked(opened)
    press(dialog.form.fields["which"].input.buttons[which])
    press(dialog.primary)
    assert sum(bool(x.done) for x in equipment.ledger().lines) == count


def test_pieces_chosen_in_the_list_are_serviced_together(
    opened, equipment, hung, qtbot, press, asked
):
    qtbot.keyClick(opened.view, KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(opened.file.serve)
    dialog = asked(opened)
    assert dialog.form.values()["which"] == CHOSEN
    press(dialog.primary)
    done = [x.equipment_id for x in equipment.ledger().lines if x.done]
    assert done == hung[:2]


def test_service_of_a_kind_on_one_floor(
    tab, equipment, hung, plan, press, jobs, qtbot, asked
):
    for number in hung[:2]:
        equipment.put_on_plan(number, plan, 10, 10)
    made = tab()
    made.open_key(hung[0])
    press(made.file.serve)
    dialog = asked(made)
    press(dialog.form.fields["which"].input.buttons[FLOOR])
    press(dialog.primary)
    done = [x.equipment_id for x in equipment.ledger().lines if x.done]
    assert done == hung[:2]


def test_service_entered_twice_notes_none(opened, equipment, hung, press, asked):
    equipment.record(hung[1:2], Done(TODAY))
    press(opened.file.serve)
    dialog = asked(opened)
    press(dialog.form.fields["which"].input.buttons[KIND])
    press(dialog.primary)
    assert "E-0002" in dialog.form.fields["day"].error
    assert line(equipment, hung[0]).done == ()


def test_service_entered_by_mistake_is_removed_by_key(
    opened, equipment, hung, qtbot, press, jobs, asked
):
    equipment.record(hung[:1], Done(TODAY))
    done = opened.file.view
    qtbot.waitUntil(lambda: len(done.table.rows) == 1)
    done.setFocus()
    qtbot.keyClick(done, KEYS.Key_Down)
    qtbot.keyClick(done, KEYS.Key_Delete)
    press(asked(opened, ConfirmDialog).primary)
    assert line(equipment, hung[0]).done == ()


def test_what_is_wrong_becomes_a_hazard_and_leads_there(
    opened, as_role, typed, qtbot, press, jobs, asked
):
    qtbot.keyClick(opened, KEYS.Key_H, Qt.KeyboardModifier.AltModifier)
    dialog = asked(opened)
    assert not dialog.primary.isEnabled()
    dialog.form.set_values({"item": "压力不足"})
    press(dialog.primary)
    (hazard,) = as_role(Hazards).listed()
    assert (hazard.item, hazard.place) == ("压力不足", "E-0001 一楼东侧")
    qtbot.waitUntil(opened.file.hazards.isVisible)
    with qtbot.waitSignal(opened.wanted) as wanted:
        press(opened.file.hazards.layout().itemAt(0).widget())
    assert wanted.args == ["Hazards", hazard.hazard_id]


def test_scrapping_before_it_was_made_is_refused(
    opened, equipment, hung, typed, press, asked
):
    press(opened.file.scrap)
    dialog = asked(opened)
    typed(dialog, "day", "2024-05-31")
    press(dialog.primary)
    assert dialog.form.fields["day"].error
    typed(dialog, "day", "2026-11-20")
    press(dialog.primary)
    assert line(equipment, hung[0]).scrapped_on == TODAY - timedelta(1)


def test_scrapping_by_mistake_is_taken_back(
    tab, equipment, hung, press, qtbot, jobs, asked
):
    equipment.scrap(hung[0], TODAY, "")
    made = tab()
    made.pick.set_code(SCRAPPED)
    assert listed(made) == hung[:1]
    made.view.select(hung[0])
    assert not made.file.serve.isEnabled()
    press(made.file.scrap)
    press(asked(made, ConfirmDialog).primary)
    assert line(equipment, hung[0]).scrapped_on is None


def test_file_of_a_piece_goes_with_the_list_it_stood_in(tab, equipment, hung):
    equipment.scrap(hung[3], TODAY, "")
    made = tab()
    made.view.select(hung[0])
    made.pick.set_code(SCRAPPED)
    made.pick.chosen.emit()
    assert made.file.isHidden()


def test_piece_is_taken_off_the_plan(tab, equipment, hung, plan, press):
    equipment.put_on_plan(hung[0], plan, 10, 10)
    made = tab()
    made.open_key(hung[0])
    press(made.file.take_off)
    assert line(equipment, hung[0]).point is None
    assert not made.file.take_off.isVisible()


def test_label_that_is_scanned_opens_its_piece(tab, hung, qtbot):
    made = tab()
    made.search.setFocus()
    qtbot.keyClicks(made.search, "e-0004")
    qtbot.keyClick(made.search, KEYS.Key_Return)
    assert made.file.line.equipment_id == hung[3]


def test_label_of_what_was_scrapped_opens_it_too(tab, equipment, hung, kinds, qtbot):
    equipment.scrap(hung[3], TODAY, "")
    made = tab()
    made.kind.set_code(kinds[POWDER])
    qtbot.keyClicks(made.search, "E-0004")
    qtbot.keyClick(made.search, KEYS.Key_Return)
    assert made.pick.code() == SCRAPPED
    assert made.file.line.equipment_id == hung[3]


def test_search_and_kind_narrow_the_list(tab, hung, kinds, qtbot):
    made = tab()
    made.kind.set_code(kinds[HYDRANT])
    assert listed(made) == hung[3:]
    made.kind.set_code(None)
    made.search.insert("一楼")
    assert listed(made) == hung[:3]


def test_only_what_presses_is_to_be_done(tab, equipment, hung):
    equipment.record(hung[:1], Done(TODAY, is_passed=False))
    made = tab()
    made.pick.set_code(DUE)
    assert hung[0] in listed(made)
    assert hung[1] not in listed(made)


@pytest.mark.parametrize(
    ("done", "look"),
    [
        (Done(TODAY, is_passed=False), "banner"),
        (Done(TODAY, next_on=TODAY + timedelta(days=3)), "banner_warn"),
    ],
)
def test_red_is_for_what_is_late(opened, equipment, hung, qtbot, done, look):
    equipment.record(hung[:1], done)
    qtbot.waitUntil(lambda: opened.file.due.property("kind") == look)


def test_undone_entry_closes_its_file(opened, equipment, hung, db, qtbot, jobs):
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        from carehome.db.equipment import EquipmentRow  # noqa: PLC0415

        session.delete(session.get_one(EquipmentRow, hung[0]))
    qtbot.waitUntil(opened.file.isHidden)


@pytest.mark.parametrize("wide", [1178, 1092])
def test_list_beside_a_file_does_not_scroll_sideways(opened, wide, qtbot):
    opened.resize(wide, 560)
    bars = [opened.view.horizontalScrollBar(), opened.file.view.horizontalScrollBar()]
    qtbot.waitUntil(lambda: all(bar.maximum() == 0 for bar in bars))


def test_intervals_of_a_kind_are_changed_by_keys(
    tab, equipment, qtbot, typed, press, asked
):
    made = tab()
    press(made.kinds)
    window = asked(made, KindsDialog)
    qtbot.keyClick(window.view, KEYS.Key_Down)
    qtbot.keyClick(window.view, KEYS.Key_Return)
    dialog = asked(window)
    typed(dialog, "again_months", "0")
    press(dialog.primary)
    assert dialog.form.fields["first_months"].error
    typed(dialog, "again_months", "12")
    press(dialog.primary)
    kind = equipment.ledger().kinds[0]
    assert (kind.again_months, kind.sureness) == (12, "ours")


def test_front_desk_looks_only(tab, hung, qtbot, jobs):
    made = tab(Role.FRONT_DESK)
    made.open_key(hung[0])
    qtbot.waitUntil(made.file.isVisible)
    deeds = (made.add, made.kinds, made.file.deeds, made.file.remove)
    assert not any(deed.isVisible() for deed in deeds)


def test_tab_begins_with_what_is_in_use(tab, equipment, hung):
    equipment.scrap(hung[3], TODAY, "")
    made = tab()
    assert (made.pick.code(), listed(made)) == (IN_USE, hung[:3])
    made.pick.set_code(PLAN)
    assert made.plan.isVisible()


@pytest.fixture
def placing(tab, hung, plan, equipment, qtbot, jobs):
    """The plan, waiting to be told where the first extinguisher hangs."""
    made = tab()
    made.open_key(hung[0])
    qtbot.keyClick(made, KEYS.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: made.plan.plan.is_placing and not jobs.is_busy)
    qtbot.waitUntil(made.plan.plan.hasFocus)
    return made


def test_piece_is_placed_by_keys(placing, equipment, hung, qtbot, jobs):
    board = placing.plan.plan
    for key in (KEYS.Key_Right, KEYS.Key_Right, KEYS.Key_Up):
        qtbot.keyClick(board, key)
    qtbot.keyClick(board, KEYS.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(board, KEYS.Key_Return)
    qtbot.waitUntil(lambda: line(equipment, hung[0]).point is not None)
    point = line(equipment, hung[0]).point
    assert (point.x, point.y) == (5190, 4900)
    qtbot.waitUntil(lambda: not jobs.is_busy and not board.is_placing)


def test_cross_stays_on_the_plan(placing, equipment, hung, qtbot):
    board = placing.plan.plan
    for _each in range(60):
        qtbot.keyClick(board, KEYS.Key_Right)
    assert board.cross == (10_000, 5_000)


def test_placing_is_given_up_by_esc_and_the_file_stays(placing, equipment, hung, qtbot):
    board = placing.plan.plan
    qtbot.keyClick(board, KEYS.Key_Escape)
    assert not board.is_placing
    assert placing.file.isVisible()
    assert line(equipment, hung[0]).point is None


def test_piece_is_placed_by_a_click_on_a_plan_seen_from_near(
    placing, equipment, hung, qtbot
):
    board = placing.plan.plan
    for _each in range(3):
        qtbot.keyClick(board, KEYS.Key_Plus)
    qtbot.mouseClick(board, Qt.MouseButton.LeftButton, pos=board.rect().center())
    qtbot.waitUntil(lambda: line(equipment, hung[0]).point is not None)
    point = line(equipment, hung[0]).point
    assert abs(point.x - 5000) < 40
    assert abs(point.y - 5000) < 40


def test_click_beside_the_plan_places_nothing(placing, qtbot):
    board = placing.plan.plan
    with qtbot.assertNotEmitted(board.placed):
        qtbot.mouseClick(board, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_arrows_walk_from_point_to_point(tab, equipment, hung, plan, qtbot, jobs):
    for at, number in enumerate(hung[:2]):
        equipment.put_on_plan(number, plan, 2000 + 4000 * at, 5000)
    made = tab()
    made.pick.set_code(PLAN)
    board = made.plan.plan
    board.setFocus()
    qtbot.keyClick(board, KEYS.Key_Right)
    assert made.file.line.equipment_id == hung[0]
    qtbot.keyClick(board, KEYS.Key_Right)
    assert made.file.line.equipment_id == hung[1]
    assert "E-0002" in board.accessibleDescription()


def test_zoom_never_loses_the_plan(tab, plan, qtbot, jobs):
    made = tab()
    made.pick.set_code(PLAN)
    board = made.plan.plan
    qtbot.waitUntil(board.isVisible)
    for _each in range(30):
        qtbot.keyClick(board, KEYS.Key_Plus)
    assert board.zoom == CLOSEST
    qtbot.keyClick(board, KEYS.Key_0)
    assert board.zoom == 1


def test_shape_of_a_point_tells_how_the_piece_is_doing(
    tab, equipment, hung, plan, qtbot
):
    for number in hung[:2]:
        equipment.put_on_plan(number, plan, 10, 10)
    equipment.record(hung[:1], Done(TODAY, is_passed=False))
    made = tab()
    shapes = {mark.key: corners(mark.tone) for mark in made.plan.plan.marks}
    assert len(shapes[hung[0]]) == 4
    assert len(shapes[hung[1]]) > 8
    assert "不合格" in made.plan.plan.marks[0].tip


def test_labels_begin_where_the_sheet_has_some(opened, typed, press, asked):
    press(opened.labels)
    dialog = asked(opened, LabelsDialog)
    typed(dialog, "start", "25")
    press(dialog.primary)
    assert "24" in dialog.form.fields["start"].error
    typed(dialog, "start", "3")
    press(dialog.primary)
    assert asked(opened, PaperDialog).preview.isVisible()


def test_months_ahead_are_asked_only_for_what_is_due(opened, typed, qtbot, asked):
    qtbot.keyClick(opened, KEYS.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = asked(opened, PrintDialog)
    assert not dialog.form.fields["months"].isVisible()
    qtbot.keyClick(dialog.form.fields["what"].input, KEYS.Key_2)
    assert dialog.form.fields["months"].isVisible()
    typed(dialog, "months", "99")
    assert "36" in dialog.form.reason()
    assert not dialog.primary.isEnabled()
    typed(dialog, "months", "6")
    qtbot.keyClick(dialog.primary, KEYS.Key_Return)
    assert asked(opened, PaperDialog).preview.isVisible()


def test_due_list_is_saved_as_a_workbook(opened, press, asked, qtbot, tmp_path, jobs):
    press(opened.print)
    dialog = asked(opened, PrintDialog)
    press(dialog.form.fields["what"].input.buttons[DUES])
    press(dialog.save)
    where = asked(opened, QFileDialog)
    path = tmp_path / "dues.xlsx"
    where.fileSelected.emit(str(path))
    qtbot.waitUntil(path.exists)
    press(asked(opened, MessageDialog).primary)
    where.reject()


def test_plan_is_printed(tab, equipment, hung, plan, press, asked):
    made = tab()
    made.pick.set_code(PLAN)
    press(made.plan.print)
    assert asked(made, PaperDialog).preview.isVisible()

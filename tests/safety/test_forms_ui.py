"""Checklists and the plan on the screen, through real keys and clicks."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from carehome.i18n import _
from carehome.rules.rights import Role
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.rules.safety.versions import How
from carehome.services.beds import Beds
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.plan import Place, RoundPlans
from carehome.ui.kit.dialogs import ConfirmDialog, FormDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.form_versions import ITEMS, KeepDialog, VersionsDialog
from carehome.ui.safety.forms import FORMS, PLACES, FormsTab
from carehome.ui.safety.suggesting import SuggestDialog
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

LEFT, ENTER = Qt.MouseButton.LeftButton, Qt.Key.Key_Return


@pytest.fixture
def forms(as_role):
    return as_role(SafetyForms, Role.SAFETY_OFFICER)


@pytest.fixture
def plans(as_role):
    return as_role(RoundPlans, Role.SAFETY_OFFICER)


@pytest.fixture
def open_tab(db, clock, jobs, shown, qtbot):
    def make():
        db.on_change = jobs.announce
        user = ROLES[Role.SAFETY_OFFICER]
        hand = Hand(
            lambda kind: kind(db, user, clock), jobs, user, clock, lambda _id: None
        )
        tab = FormsTab(hand)
        tab.resize(1180, 700)
        with qtbot.waitSignal(tab.read):
            shown(tab)
        return tab

    return make


@pytest.fixture
def tab(forms, plans, open_tab):
    """The tab over the program's checklists and one place."""
    forms.take_presets()
    plans.save_place(Place("三楼东区"))
    return open_tab()


def dialog_of(tab, kind=FormDialog):
    """Return the dialog that stands over the tab."""
    return next(each for each in tab.findChildren(kind) if each.isVisible())


def form_id_of(forms, preset):
    return next(form.form_id for form in forms.listed() if form.preset == preset)


def test_an_empty_home_takes_the_checklists_over_with_one_press(open_tab, forms, qtbot):
    tab = open_tab()
    tab.open_key(None)
    with qtbot.waitSignal(tab.read):
        QTest.mouseClick(tab.take, LEFT)
    assert len(tab.forms.table.rows) == len(forms.listed()) == 12
    assert tab.take.isHidden()


def test_a_night_patrol_is_planned_as_the_program_means_it(tab, plans, forms, qtbot):
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab)
    dialog.form.set_values({"form_id": form_id_of(forms, "night-patrol")})
    dialog.form.form.input.chosen.emit()
    dialog.form.set_values({"places": ("1",)})
    with qtbot.waitSignal(tab.read):
        QTest.mouseClick(dialog.primary, LEFT)
    (planned,) = plans.board().plan
    assert planned.rhythm is Rhythm.NIGHT
    assert (planned.night_from, planned.night_to, planned.every) == (1200, 360, 120)
    assert planned.starts > TODAY
    assert planned.role == "值班护理员"


def test_a_round_is_planned_for_several_places_at_once(tab, plans, forms, qtbot):
    plans.save_place(Place("四楼"))
    qtbot.waitUntil(lambda: len(tab.places.table.rows) == 2)
    QTest.mouseClick(tab.add, LEFT)
    form = dialog_of(tab).form
    form.set_values({"form_id": form_id_of(forms, "day-patrol")})
    form.form.input.chosen.emit()
    for box in form.places.input.boxes.values():
        QTest.keyClick(box, Qt.Key.Key_Space)
    with qtbot.waitSignal(tab.read):
        QTest.mouseClick(dialog_of(tab).primary, LEFT)
    assert [planned.place_id for planned in plans.board().plan] == [1, 2]


def test_places_that_have_the_round_are_not_offered_again(tab, plans, forms, qtbot):
    lift = form_id_of(forms, "lift")
    plans.add(Planned(lift, 1, Rhythm.EVERY_DAYS, TODAY, every=15))
    qtbot.waitUntil(lambda: len(tab.plan.table.rows) == 1)
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab)
    dialog.form.set_values({"form_id": lift})
    dialog.form.form.input.chosen.emit()
    assert dialog.form.places.input.boxes == {}
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: bool(dialog.form.places.error))


def test_whoever_goes_round_is_named_in_the_homes_own_words(tab, plans, forms, qtbot):
    like = Planned(form_id_of(forms, "lift"), 1, Rhythm.EVERY_DAYS, TODAY, every=15)
    plans.add(replace(like, role="值班护理员"))
    qtbot.waitUntil(lambda: len(tab.plan.table.rows) == 1)
    who = tab.plan.table.columns[3]
    assert who.text(tab.plan.table.rows[0]) == "值班护理员"


@pytest.fixture
def floors(as_role):
    """Two floors of one building."""
    beds = as_role(Beds)
    building = beds.add_building("主楼")
    for level in (1, 2):
        beds.add_floor(building, f"{level}楼", level)


@pytest.fixture
def usual(floors, open_tab, qtbot):
    """What is suggested to a home that has floors and nothing else."""
    tab = open_tab()
    QTest.mouseClick(tab.suggest, LEFT)
    qtbot.waitUntil(lambda: bool(tab.findChildren(SuggestDialog)))
    return dialog_of(tab, SuggestDialog)


def test_the_whole_plan_is_taken_by_enter(usual, plans, qtbot):
    with qtbot.waitSignal(usual.planned):
        QTest.mouseClick(usual.primary, LEFT)
    assert len(plans.board().plan) == 12  # without drills and training


def test_the_suggested_plan_fits_into_a_narrow_window(floors, open_tab, qtbot):
    tab = open_tab()
    tab.resize(1000, 700)
    QTest.mouseClick(tab.suggest, LEFT)
    qtbot.waitUntil(lambda: bool(tab.findChildren(SuggestDialog)))
    assert dialog_of(tab, SuggestDialog).width() <= 1000


def test_what_is_left_out_is_not_planned(usual, plans, forms, qtbot):
    usual.list.select("control-room")
    QTest.mouseClick(usual.turn, LEFT)
    with qtbot.waitSignal(usual.planned):
        QTest.mouseClick(usual.primary, LEFT)
    control = form_id_of(forms, "control-room")
    assert control not in {planned.form_id for planned in plans.board().plan}


def test_a_suggested_time_is_changed_after_a_wrong_entry(usual, plans, forms, qtbot):
    usual.list.select("night-patrol")
    QTest.keyClick(usual.list, ENTER)
    dialog = dialog_of(usual)
    dialog.form.set_values({"every_minutes": 240})
    QTest.mouseClick(dialog.primary, LEFT)
    assert "120" in dialog.form.fields["every_minutes"].error
    dialog.form.set_values({"every_minutes": 60})
    QTest.mouseClick(dialog.primary, LEFT)
    with qtbot.waitSignal(usual.planned):
        QTest.mouseClick(usual.primary, LEFT)
    night = form_id_of(forms, "night-patrol")
    lines = [line for line in plans.board().plan if line.form_id == night]
    assert [line.every for line in lines] == [60, 60]


def test_nothing_left_in_cannot_be_planned(usual):
    usual.list.selectAll()
    QTest.mouseClick(usual.turn, LEFT)
    assert not usual.primary.isEnabled()
    assert usual.reason.text()


def test_several_lines_are_ended_together(floors, plans, open_tab, qtbot):
    plans.plan_suggested(plans.suggested())
    tab = open_tab()
    tab.plan.selectRow(0)
    tab.plan.selectAll()
    QTest.mouseClick(tab.end, LEFT)
    with qtbot.waitSignal(tab.told):
        QTest.mouseClick(dialog_of(tab, ConfirmDialog).primary, LEFT)
    assert plans.board().plan == ()


def test_a_place_moves_up(tab, plans, qtbot):
    second = plans.save_place(Place("厨房"))
    tab.which.set_code(PLACES)
    tab.which.chosen.emit()
    qtbot.waitUntil(lambda: tab.places.select(second))
    with qtbot.waitSignal(tab.read):
        QTest.mouseClick(tab.up, LEFT)
    assert [place.name for place in plans.board().places] == ["厨房", "三楼东区"]
    assert not tab.up.isEnabled()


def test_times_that_overlap_are_told_beside_their_field(tab, forms, qtbot):
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab)
    dialog.form.set_values(
        {
            "form_id": form_id_of(forms, "kitchen"),
            "places": ("1",),
            "rhythm": Rhythm.DAILY,
            "times": "09:00 10:00",
            "window": 90,
        }
    )
    dialog.form.rhythm.input.chosen.emit()
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: bool(dialog.form.fields["window"].error))
    assert "10:00" in dialog.form.fields["window"].error


def test_a_planned_round_is_ended_when_it_is_confirmed(tab, plans, forms, qtbot):
    plan_id = plans.add(
        Planned(form_id_of(forms, "lift"), 1, Rhythm.EVERY_DAYS, TODAY, every=15)
    )
    qtbot.waitUntil(lambda: tab.plan.select(plan_id))
    QTest.mouseClick(tab.end, LEFT)
    confirm = dialog_of(tab, ConfirmDialog)
    with qtbot.waitSignal(tab.told):
        QTest.mouseClick(confirm.primary, LEFT)
    (planned,) = plans.board().plan
    assert planned.ends is not None


def test_an_item_is_answered_for_in_a_low_window(tab, forms):
    tab.resize(1180, 480)
    tab.open_key(form_id_of(forms, "lift"))
    tab.file.ask_new_item()
    assert dialog_of(tab).height() <= 480


def test_an_item_is_changed_and_kept_as_the_next_version(tab, forms, qtbot):
    form_id = form_id_of(forms, "lift")
    tab.open_key(form_id)
    tab.file.items.select(0)
    tab.file.items.opened.emit(tab.file.items.current_row())
    dialog = dialog_of(tab)
    dialog.form.set_values({"text": "使用标志贴在轿厢里"})
    QTest.mouseClick(dialog.primary, LEFT)
    assert forms.versions(form_id)[0].number == 1  # nothing is kept yet
    QTest.mouseClick(tab.file.keep, LEFT)
    keep = dialog_of(tab, KeepDialog)
    assert [change.field for change in keep.changes.table.rows] == [
        _("What is looked at")
    ]
    keep.form.set_values({"note": "换了新电梯"})
    with qtbot.waitSignal(tab.file.saved):
        QTest.mouseClick(keep.primary, LEFT)
    assert forms.versions(form_id)[0].note == "换了新电梯"
    assert forms.versions(form_id)[0].items[0].text == "使用标志贴在轿厢里"
    qtbot.waitUntil(lambda: tab.file.form.number == 2)
    assert not tab.file.keep.isEnabled()


def test_what_is_half_changed_waits_while_others_are_looked_at(tab, forms):
    lift, kitchen = form_id_of(forms, "lift"), form_id_of(forms, "kitchen")
    tab.open_key(lift)
    tab.file.items.select(0)
    QTest.mouseClick(tab.file.remove, LEFT)
    rest = len(tab.file.items.table.rows)
    tab.open_key(kitchen)
    assert not tab.file.keep.isEnabled()
    tab.open_key(lift)
    assert len(tab.file.items.table.rows) == rest
    assert tab.file.keep.isEnabled()


def test_an_item_moves_and_can_be_put_back(tab, forms):
    tab.open_key(form_id_of(forms, "lift"))
    first, second = (row[1].text for row in tab.file.items.table.rows[:2])
    tab.file.items.select(1)
    QTest.mouseClick(tab.file.up, LEFT)
    assert [row[1].text for row in tab.file.items.table.rows[:2]] == [second, first]
    QTest.mouseClick(tab.file.discard, LEFT)
    assert [row[1].text for row in tab.file.items.table.rows[:2]] == [first, second]


@pytest.fixture
def overtaken(tab, forms, qtbot):
    """The lift's checklist without its first item, while somebody kept version 2."""
    form_id = form_id_of(forms, "lift")
    tab.open_key(form_id)
    tab.file.items.select(0)
    QTest.mouseClick(tab.file.remove, LEFT)
    newest = forms.versions(form_id)[0]
    forms.save(replace(newest, items=newest.items[:3]))
    qtbot.waitUntil(lambda: tab.file.is_overtaken)
    return newest


def test_somebody_elses_version_loses_nothing_that_was_half_changed(tab, overtaken):
    rest = [row[1].text for row in tab.file.items.table.rows]
    assert rest == [item.text for item in overtaken.items[1:]]
    assert tab.file.meanwhile.isVisible()
    assert not tab.file.keep.isEnabled()


def test_my_changes_go_on_top_of_somebody_elses(tab, forms, overtaken, qtbot):
    QTest.mouseClick(tab.file.rebase, LEFT)
    assert tab.file.meanwhile.isHidden()
    QTest.mouseClick(tab.file.keep, LEFT)
    with qtbot.waitSignal(tab.file.saved):
        QTest.mouseClick(dialog_of(tab, KeepDialog).primary, LEFT)
    newest = forms.versions(overtaken.form_id)[0]
    assert newest.number == 3
    assert [i.text for i in newest.items] == [i.text for i in overtaken.items[1:3]]


def test_my_changes_can_be_dropped_for_somebody_elses(tab, overtaken):
    QTest.mouseClick(tab.file.discard, LEFT)
    assert len(tab.file.items.table.rows) == 3
    assert tab.file.meanwhile.isHidden()


def test_an_old_version_is_read_with_what_changed_in_it(tab, forms, overtaken, qtbot):
    QTest.mouseClick(tab.file.old, LEFT)
    qtbot.waitUntil(lambda: bool(tab.findChildren(VersionsDialog)))
    dialog = dialog_of(tab, VersionsDialog)
    assert {change.how for change in dialog.changes.table.rows} == {How.REMOVED}
    dialog.versions.select(1)
    assert dialog.changes.table.rows == ()
    dialog.which.set_code(ITEMS)
    dialog.which.chosen.emit()
    assert len(dialog.items.table.rows) == len(overtaken.items)
    assert dialog.items.isVisible()


def test_a_blank_sheet_is_shown_before_it_is_printed(tab, forms, qtbot):
    tab.open_key(form_id_of(forms, "lift"))
    QTest.mouseClick(tab.file.blank, LEFT)
    qtbot.waitUntil(
        lambda: any(each.isVisible() for each in tab.findChildren(PaperDialog))
    )


def test_a_place_is_entered_by_enter(tab, plans, qtbot):
    tab.which.set_code(PLACES)
    tab.which.chosen.emit()
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab)
    dialog.form.set_values({"name": "厨房"})
    with qtbot.waitSignal(tab.read):
        QTest.keyClick(dialog.form.fields["name"].input, ENTER)
    assert [place.name for place in plans.board().places] == ["三楼东区", "厨房"]


def test_a_checklist_of_the_homes_own_opens_for_its_items(tab, forms, qtbot):
    tab.which.set_code(FORMS)
    tab.which.chosen.emit()
    QTest.mouseClick(tab.add, LEFT)
    dialog = dialog_of(tab)
    dialog.form.set_values({"name": "库房检查表"})
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: tab.file.form is not None)
    assert tab.file.form.name == "库房检查表"
    assert not any(each.isVisible() for each in tab.findChildren(QDialog))

"""Item tables and conditions on the screen, through real keys and clicks."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from carehome.rules.rights import Role
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.tables import Heading, RatingTables
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.ratings.page import TABLES, RatingsPage
from carehome.ui.ratings.table_reading import FaultsDialog
from carehome.ui.ratings.tables import TablesTab
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.ratings.sheets import rows_of, write, write_official

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tables(as_role):
    return as_role(RatingTables, Role.DIRECTOR)


@pytest.fixture
def conditions(as_role):
    return as_role(RatingConditions, Role.DIRECTOR)


@pytest.fixture
def hand_of(db, clock, jobs):
    def make(role):
        db.on_change = jobs.announce
        user = ROLES[role]
        return Hand(
            lambda kind: kind(db, user, clock), jobs, user, clock, lambda _id: None
        )

    return make


@pytest.fixture
def open_tab(hand_of, shown, qtbot):
    def make(role=Role.DIRECTOR):
        tab = TablesTab(hand_of(role))
        tab.resize(1180, 700)
        with qtbot.waitSignal(tab.read):
            shown(tab)
        return tab

    return make


def dialog_of(tab, kind=FormDialog):
    """Return the dialog that stands over the tab."""
    return next(each for each in tab.findChildren(kind) if each.isVisible())


def turn_to_conditions(tab, qtbot):
    with qtbot.waitSignal(tab.conditions.read):
        QTest.keyClick(tab.which, Qt.Key.Key_2)


def test_the_practice_table_is_there_with_one_press(open_tab, tables, qtbot):
    tab = open_tab()
    with qtbot.waitSignal(tab.read):
        QTest.mouseClick(tab.practice, LEFT)
    assert [row.name for row in tab.view.table.rows] == [
        each.name for each in tables.listed()
    ]
    assert tab.practice.isHidden()
    qtbot.waitUntil(tab.file.isVisible)
    assert tab.file.stamp.text() == "示例分值 非官方"
    assert len(tab.file.items.table.rows) == 124


def test_an_official_sheet_is_taken_over_under_its_name(
    open_tab, tables, tmp_path, qtbot
):
    tab = open_tab()
    tab.check(str(write_official(tmp_path / "2023版.xlsx", rows_of())))
    qtbot.waitUntil(lambda: tab.findChildren(FormDialog) != [])
    dialog = dialog_of(tab)
    assert dialog.form.values()["name"] == "2023版"
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(tab.file.isVisible)
    assert [each.name for each in tables.listed()] == ["2023版"]
    assert tab.file.stamp.isHidden()


def test_a_name_that_is_taken_is_told_beside_the_field(
    open_tab, tables, tmp_path, qtbot
):
    other = write(tmp_path / "旧.xlsx", rows_of(each=5))
    tables.take_over(tables.preview(other), Heading("2023版"))
    tab = open_tab()
    tab.check(str(write_official(tmp_path / "2023版.xlsx", rows_of())))
    qtbot.waitUntil(lambda: tab.findChildren(FormDialog) != [])
    dialog = dialog_of(tab)
    QTest.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: "2023版" in dialog.form.fields["name"].error)
    assert len(tables.listed()) == 1


def test_a_wrong_sheet_is_told_row_by_row(open_tab, tables, tmp_path, qtbot):
    rows = rows_of()
    rows[3][4] = rows[9][4] = "≤3"
    tab = open_tab()
    tab.check(str(write(tmp_path / "错.xlsx", rows)))
    qtbot.waitUntil(lambda: tab.findChildren(FaultsDialog) != [])
    dialog = dialog_of(tab, FaultsDialog)
    assert [fault.place.row for _n, fault in dialog.view.table.rows] == [6, 12]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert tables.listed() == []


def test_a_table_goes_out_of_use_and_comes_back(open_tab, tables, qtbot):
    table_id = tables.take_practice()
    tab = open_tab()
    tab.open_key(table_id)
    for is_active in (False, True):
        with qtbot.waitSignal(tab.read):
            QTest.mouseClick(tab.file.switch, LEFT)
        assert tables.listed()[0].is_active is is_active


def test_what_tells_an_item_is_chosen_by_the_keyboard(open_tab, tables, qtbot):
    table_id = tables.take_practice()
    tab = open_tab()
    tab.open_key(table_id)
    tab.file.items.selectRow(0)
    QTest.keyClick(tab.file.items, Qt.Key.Key_Return)
    dialog = dialog_of(tab)
    dialog.form.fields["figure"].set_value("beds.total")
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    assert tables.listed()[0].items[0].figure == "beds.total"


def test_who_may_only_look_sees_no_deeds(open_tab, tables):
    table_id = tables.take_practice()
    tab = open_tab(Role.FRONT_DESK)
    tab.open_key(table_id)
    assert tab.read_in.isHidden()
    assert tab.practice.isHidden()
    assert tab.file.switch.isHidden()
    assert tab.file.tie.isHidden()
    assert tab.empty.isVisible()


def test_the_conditions_of_a_region_are_taken_over(open_tab, conditions, qtbot):
    tab = open_tab()
    turn_to_conditions(tab, qtbot)
    QTest.mouseClick(tab.conditions.take, LEFT)
    dialog = dialog_of(tab)
    dialog.form.set_values({"region": "shanghai"})
    with qtbot.waitSignal(tab.conditions.read):
        QTest.mouseClick(dialog.primary, LEFT)
    assert len(tab.conditions.view.table.rows) == len(conditions.listed()) == 6


def test_a_draft_condition_is_corrected(open_tab, conditions, qtbot):
    conditions.take_region("national")
    tab = open_tab()
    turn_to_conditions(tab, qtbot)
    view = tab.conditions.view
    known = next(row for row in view.table.rows if row.preset == "national/occupancy-1")
    view.select(known.condition_id)
    QTest.mouseClick(tab.conditions.change, LEFT)
    dialog = dialog_of(tab)
    assert dialog.form.values()["bound"] == "1/2"
    dialog.form.set_values({"bound": "3/5", "standing": "in force"})
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.primary, LEFT)
    found = next(row for row in conditions.listed() if row.preset == known.preset)
    assert (str(found.bound), found.standing) == ("3/5", "in force")


def test_a_condition_out_of_use_asks_nothing_of_any_grade(open_tab, conditions, qtbot):
    conditions.take_region("changsha")
    tab = open_tab()
    turn_to_conditions(tab, qtbot)
    tab.conditions.view.selectRow(0)
    with qtbot.waitSignal(tab.conditions.read):
        QTest.mouseClick(tab.conditions.off, LEFT)
    (found,) = conditions.listed()
    assert not any(found.asked_of(grade) for grade in range(1, 6))


def test_the_page_opens_a_tab_and_a_table_in_it(hand_of, shown, tables, qtbot):
    table_id = tables.take_practice()
    page = RatingsPage(hand_of(Role.DIRECTOR))
    page.resize(1200, 720)
    shown(page)
    page.open_tab(TABLES, table_id)
    tab = page.tabs.content(page.titles.index(TABLES))
    qtbot.waitUntil(tab.file.isVisible)
    assert tab.file.title.text() == tables.listed()[0].name

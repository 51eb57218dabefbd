"""A list of equipment is read in row by row, whole or not at all."""

# ruff: noqa: F811 - fixtures are imported and named again where they are used
from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from carehome.i18n import _
from carehome.rules.equipment_roll import LABELS, Field
from carehome.rules.equipment_roll.columns import (
    EquipmentColumnsMissing,
    NoEquipmentRoll,
)
from carehome.rules.rights import NotAllowed, Role
from carehome.services.rolls import NothingToRead, read_sheets
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.equipment_rolls import EquipmentRolls
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.rolls.reader import CHECK, COLUMNS, FILE
from carehome.ui.safety.equipment import EquipmentTab
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

TITLES = ("器材名称", "安装位置", "规格型号", "生产日期", "数量", "上次检测日期")
GOOD = ("干粉灭火器", "一楼东侧", "MFZ/ABC4", "2024-06-01", 3, "2025-06-03")
HYDRANT = ("消防栓", "二楼", "", "", "", "")


@pytest.fixture
def rolls(as_role):
    return as_role(EquipmentRolls)


@pytest.fixture
def ledger(as_role):
    return lambda: as_role(Equipment).ledger().lines


@pytest.fixture
def book(tmp_path):
    """Return a function that writes rows as a workbook."""

    def write(*rows, titles=TITLES):
        made, path = openpyxl.Workbook(), tmp_path / "器材.xlsx"
        for row in (titles, *rows):
            made.active.append(row)
        made.save(path)
        return path

    return write


@pytest.fixture
def checked(rolls, book):
    return lambda *rows: rolls.check("器材.xlsx", read_sheets(book(*rows)))


def faults(checked):
    return [fault.name for row in checked.roll.rows for fault in row.faults]


def test_every_piece_of_a_row_stands_in_the_ledger(rolls, checked, ledger):
    assert rolls.read_in(checked(GOOD, HYDRANT)) == 4
    assert [(line.kind.name, line.place) for line in ledger()] == [
        *[("干粉灭火器", "一楼东侧")] * 3,
        ("室内消火栓", "二楼"),
    ]


def test_the_last_service_is_read_with_its_piece(rolls, checked, ledger):
    rolls.read_in(checked(GOOD))
    assert {line.last for line in ledger()} == {date(2025, 6, 3)}


def test_a_month_of_manufacture_is_its_first_day_and_noted(checked):
    found = checked((*GOOD[:3], "2024.06", 1, ""))
    (row,) = found.roll.good
    assert row.made_on == date(2024, 6, 1)
    assert [note.name for note in row.notes] == ["first_of_month"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("", "一楼", "", "", "", ""), "kind_missing"),
        (("灭火弹", "一楼", "", "", "", ""), "kind_unknown"),
        (("干粉灭火器", "", "MFZ", "", "", ""), "place_missing"),
        (("干粉灭火器", "一楼", "", "2024-13-01", "", ""), "bad_date"),
        (("干粉灭火器", "一楼", "", "2124-01-01", "", ""), "bad_date"),
        (("干粉灭火器", "一楼", "", "", "三", ""), "bad_count"),
        (("干粉灭火器", "一楼", "", "", 0, ""), "bad_count"),
        (("干粉灭火器", "一楼", "", "", 201, ""), "bad_count"),
        (("干粉灭火器", "一楼", "", "2024-06-01", 1, "2023-06-01"), "bad_date"),
    ],
)
def test_a_row_tells_what_is_wrong_in_it(checked, row, fault):
    assert faults(checked(row)) == [fault]


def test_a_bad_row_leaves_the_good_ones_to_be_read_in(rolls, checked, ledger):
    rolls.read_in(checked(("灭火弹", "一楼", "", "", "", ""), HYDRANT))
    assert [line.kind.name for line in ledger()] == ["室内消火栓"]


def test_a_list_is_not_read_in_twice(rolls, checked, ledger):
    rolls.read_in(checked(GOOD))
    again = checked(GOOD)
    assert faults(again) == ["known_already"]
    with pytest.raises(NothingToRead):
        rolls.read_in(again)
    assert len(ledger()) == 3


def test_sums_and_blank_rows_are_no_equipment(checked):
    found = checked(GOOD, ("合计", "", "", "", 3, ""), ("", "", "", "", "", ""))
    assert [row.sheet_row for row in found.roll.rows] == [2]


def test_a_sheet_without_places_is_refused(rolls, book):
    with pytest.raises(NoEquipmentRoll):
        rolls.check("器材.xlsx", read_sheets(book(titles=("姓名", "岗位"))))


def test_a_column_that_is_needed_is_named(rolls, book):
    path = book(("一楼", "MFZ"), titles=("位置", "型号"))
    with pytest.raises(EquipmentColumnsMissing) as refused:
        rolls.check("器材.xlsx", read_sheets(path))
    assert refused.value.facts["columns"] == _(LABELS[Field.KIND])


def test_the_empty_sheet_is_read_in_once_it_is_filled(rolls, tmp_path, ledger):
    path = tmp_path / "空表.xlsx"
    rolls.write_template(path)
    made = openpyxl.load_workbook(path)
    made.active.append(("干粉灭火器", "三楼", "MFZ/ABC4", TODAY, 2, TODAY, "维保公司"))
    made.save(path)
    rolls.read_in(rolls.check("空表.xlsx", read_sheets(path)))
    assert [line.done[0].by for line in ledger()] == ["维保公司"] * 2


def test_the_empty_sheet_offers_the_kinds_of_the_home(rolls, tmp_path):
    rolls.write_template(tmp_path / "空表.xlsx")
    kinds = openpyxl.load_workbook(tmp_path / "空表.xlsx").worksheets[1]
    assert "感烟火灾探测器" in [cell.value for cell in kinds["A"]]


def test_what_was_not_read_in_is_written_with_its_reasons(rolls, checked, tmp_path):
    path = tmp_path / "rest.xlsx"
    rolls.write_rejected(checked(GOOD, ("灭火弹", "一楼", "", "", "", "")), path)
    rows = list(openpyxl.load_workbook(path).active.values)
    assert [row[0] for row in rows[1:]] == ["灭火弹"]
    assert "灭火弹" in rows[1][-1]


def test_who_may_not_change_safety_reads_nothing_in(as_role, checked):
    with pytest.raises(NotAllowed):
        as_role(EquipmentRolls, Role.ACCOUNTANT).read_in(checked(GOOD))


# ---- on the screen


@pytest.fixture
def show_tab(db, clock, jobs, shown, qtbot):
    """Return a function that shows the tab as a role has it."""
    db.on_change = jobs.changed.emit

    def show(role):
        def make(kind):
            return kind(db, ROLES[role], clock)

        made = EquipmentTab(Hand(make, jobs, ROLES[role], clock, lambda _id: None))
        made.resize(1140, 560)
        shown(made)
        qtbot.waitUntil(lambda: made.ledger is not None and not jobs.is_busy)
        return made

    return show


@pytest.fixture
def tab(show_tab):
    return show_tab(Role.DIRECTOR)


def test_a_list_is_read_in_by_keyboard(tab, book, ledger, qtbot):
    QTest.keyClick(tab, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.whole.currentIndex() == 1)
    reader = tab.reader
    reader.open_file(book(GOOD, ("灭火弹", "一楼", "", "", "", "")))
    for step in (COLUMNS, CHECK):
        qtbot.waitUntil(lambda step=step: reader.step == step)
        qtbot.waitUntil(reader.go_on.isEnabled)
        QTest.keyClick(
            reader.go_on, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
    qtbot.waitUntil(lambda: not reader.isVisible())
    assert len(ledger()) == 3
    assert reader.step == FILE


def test_the_empty_sheet_is_saved_where_one_says(tab, tmp_path, qtbot):
    tab.open_reader()
    tab.reader.template.click()
    dialog = tab.reader.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "空表.xlsx"))
    qtbot.waitUntil((tmp_path / "空表.xlsx").exists)


def test_esc_leads_back_to_the_ledger(tab, qtbot):
    tab.open_reader()
    QTest.keyClick(tab.reader, Qt.Key.Key_Escape)
    qtbot.waitUntil(tab.view.isVisible)


def test_who_may_not_change_safety_is_offered_no_reading(show_tab):
    assert not show_tab(Role.ACCOUNTANT).read_list.isVisible()

"""A list on its way from the screen into a workbook."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from carehome.services.lists import Lists
from carehome.ui.kit import extract, table, theme
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.workbooks import save_list

ROWS = [(n, f"老人{n}", n * 100, date(2026, 1, 1)) for n in range(1, 31)]
COLUMNS = (
    Column("Name", lambda row: row[1]),
    table.money("Owed", lambda row: row[2]),
    table.day("Admitted on", lambda row: row[3]),
    Column("State", lambda row: row[0], lambda number: f"第 {number} 位"),
)
SAVE_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def jobs():
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def view(qapp, qtbot, as_role, jobs, today):
    theme.use(qapp)
    lists = as_role(Lists)
    extract.use(
        lambda asker, taken: save_list(jobs, lists, lambda: today, asker, taken)
    )
    view = TableView(TableModel(COLUMNS, lambda row: row[0]), "people", "Residents")
    qtbot.addWidget(view)
    view.resize(500, 200)
    view.table.set_rows(ROWS)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.setFocus()
    yield view
    extract.use(None)


def _asked(qtbot, view):
    """Press the keys and return the dialog that asks where to save."""
    qtbot.keyClick(view, Qt.Key.Key_S, SAVE_KEYS)
    return view.findChild(QFileDialog)


def _save(qtbot, view, path):
    """Choose a place and wait for what is said then."""
    dialog = _asked(qtbot, view)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: _said(view) is not None)
    return _said(view)


def _said(view):
    return next((d for d in view.findChildren(AskDialog) if d.isVisible()), None)


def _words(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_list_and_day_are_proposed_as_the_name(qtbot, view):
    (proposed,) = _asked(qtbot, view).selectedFiles()
    assert proposed.endswith("/老人 2026-11-21.xlsx")


def test_all_rows_are_saved_as_real_values_and_words(qtbot, view, tmp_path):
    view.columns.arrange([3, 1, 0, 2], ())
    _save(qtbot, view, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("状态", "欠费", "姓名", "入住日期")
    assert rows[1][:3] == ("第 1 位", 1, "老人1")
    assert len(rows) == 31


def test_hidden_columns_stay_behind(qtbot, view, tmp_path):
    view.columns.show(1, False)
    _save(qtbot, view, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[4]] == ["姓名", "入住日期", "状态"]


def test_the_place_is_told_when_it_is_saved(qtbot, view, tmp_path):
    said = _save(qtbot, view, tmp_path / "a.xlsx")
    assert f"“a.xlsx”已保存到 {tmp_path}。" in _words(said)


def test_a_place_that_refuses_is_told_with_what_to_do(qtbot, view, tmp_path):
    said = _save(qtbot, view, tmp_path / "nowhere" / "a.xlsx")
    assert "“a.xlsx”没能保存" in _words(said)

from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from carehome.reports import workbook
from carehome.reports.files import CannotWrite
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook

TABLE = Table(
    title="样表",
    notes=("截至 2026-07-05",),
    columns=(
        Column("身份证号码", 22),
        Column("日期", 12, Kind.DAY),
        Column("金额", 12, Kind.MONEY),
        Column("次数", 8, Kind.NUMBER),
    ),
    rows=[("420106194103091229", date(2026, 7, 5), -123456, 7)],
    sums=("合计", None, -123456, None),
)


@pytest.fixture
def written(tmp_path, home):
    """Write a table and return its first sheet."""

    def write(table):
        write_workbook(tmp_path / "table.xlsx", table, home)
        return openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[0]

    return write


def test_the_sheet_begins_with_title_home_and_notes(written):
    sheet = written(TABLE)
    begin = [sheet.cell(line, 1).value for line in range(1, 5)]
    assert begin == ["样表", "福寿养老院", "截至 2026-07-05", "身份证号码"]


def test_cells_keep_their_types(written):
    row = written(TABLE)[5]
    assert [cell.value for cell in row] == [
        "420106194103091229",
        datetime(2026, 7, 5),  # noqa: DTZ001 - what a cell holds
        -1234.56,
        7,
    ]
    assert row[1].is_date


def test_cells_show_text_days_and_cents_as_such(written):
    row = written(TABLE)[5]
    assert [cell.number_format for cell in row] == ["@", "yyyy-mm-dd", "#,##0.00", "0"]


def test_sums_follow_the_rows(written):
    sheet = written(TABLE)
    assert [cell.value for cell in sheet[6]] == ["合计", None, -1234.56, None]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86 138",
        "007",
        "1e5",
        "http://example.org",
        "{=A1}",
        "䶮㛃",
        "𠮷",
        "a\nb",
    ],
)
def test_text_stays_the_text_it_is(written, text):
    cell = written(replace(TABLE, rows=[(text, None, None, None)]))[5][0]
    assert (cell.value, cell.data_type) == (text, "s")


def test_text_beyond_what_a_cell_holds_shows_that_it_was_cut(written):
    cell = written(replace(TABLE, rows=[("长" * 40_000, None, None, None)]))[5][0]
    assert len(cell.value) == 32_767
    assert cell.value.endswith("…")


def test_titles_stay_in_sight_and_are_printed_on_each_page(written):
    sheet = written(TABLE)
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path, home, monkeypatch):
    monkeypatch.setattr(workbook, "_MOST_ROWS", 10)
    rows = [(str(n), None, None, n) for n in range(15)]
    write_workbook(tmp_path / "t.xlsx", replace(TABLE, rows=rows, sums=None), home)
    sheets = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets
    numbers = [row[3].value for sheet in sheets for row in sheet.iter_rows(min_row=5)]
    assert numbers == list(range(15))
    assert [sheet.cell(4, 1).value for sheet in sheets] == ["身份证号码"] * 3


def test_a_demonstration_home_says_so(tmp_path, home):
    write_workbook(tmp_path / "t.xlsx", TABLE, replace(home, demo=True))
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert "练习 无效" in [row[0].value for row in sheet.iter_rows(max_row=5)]


def test_a_place_that_takes_no_files_is_told_plainly(tmp_path, home):
    (tmp_path / "t.xlsx").mkdir()
    (tmp_path / "t.xlsx" / "inside").touch()
    with pytest.raises(CannotWrite):
        write_workbook(tmp_path / "t.xlsx", TABLE, home)
    assert [file.name for file in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_folder_that_is_gone_is_told_plainly(tmp_path, home):
    with pytest.raises(CannotWrite) as told:
        write_workbook(tmp_path / "gone" / "t.xlsx", TABLE, home)
    assert told.value.facts == {"file": "t.xlsx"}

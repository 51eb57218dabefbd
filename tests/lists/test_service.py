"""A list that is saved: real values in its cells, and a line in the log."""

from datetime import date, datetime

import openpyxl
import pytest
from sqlalchemy import select

from carehome.db.change_log import ChangeRow
from carehome.reports.files import CannotWrite
from carehome.reports.table import Column, Kind
from carehome.services.change_log import ChangeLog, LogFilter
from carehome.services.lists import Lists

ROWS = [("=HYPERLINK(1)", 123456, date(2026, 7, 5)), ("420106194103091229", None, None)]
COLUMNS = [
    (Column("姓名", 20), lambda row: row[0]),
    (Column("欠费", 12, Kind.MONEY), lambda row: row[1]),
    (Column("入住日期", 12, Kind.DAY), lambda row: row[2]),
]


class Stopped(Exception):
    pass


def no_step(_done, _total):
    """Let it go on."""


@pytest.fixture
def lists(as_role):
    return as_role(Lists)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "老人 2026-11-21.xlsx"


def _looks(db):
    with db.reading() as session:
        return list(session.scalars(select(ChangeRow).filter_by(record="list")))


def _cells(path):
    return list(openpyxl.load_workbook(path).active.iter_rows())


def test_the_head_names_list_home_day_and_rows(lists, path):
    lists.save("老人", COLUMNS, ROWS, no_step, path)
    assert [row[0].value for row in _cells(path)[:3]] == [
        "老人",
        "福寿养老院",
        "2026-11-21，共 2 行",
    ]


def test_money_and_days_are_numbers_and_dates(lists, path):
    lists.save("老人", COLUMNS, ROWS, no_step, path)
    owed, day = _cells(path)[4][1:]
    assert (owed.value, owed.number_format) == (1234.56, "#,##0.00")
    assert (day.value, day.is_date) == (datetime(2026, 7, 5), True)  # noqa: DTZ001


def test_what_looks_like_a_formula_or_a_number_stays_text(lists, path):
    lists.save("老人", COLUMNS, ROWS, no_step, path)
    texts = [row[0] for row in _cells(path)[4:]]
    assert [cell.value for cell in texts] == ["=HYPERLINK(1)", "420106194103091229"]
    assert [cell.data_type for cell in texts] == ["s", "s"]


def test_the_titles_are_bold_and_stay_in_sight(lists, path):
    lists.save("老人", COLUMNS, ROWS, no_step, path)
    sheet = openpyxl.load_workbook(path).active
    assert [cell.font.bold for cell in sheet[4]] == [True] * 3
    assert sheet.freeze_panes == "A5"


def test_the_log_says_who_took_which_list(lists, as_role, path):
    lists.save("老人", COLUMNS, ROWS, no_step, path)
    entry = as_role(ChangeLog).page(LogFilter(record="list")).entries[0]
    assert (entry.actor, entry.deed, entry.action) == ("director", "导出表格", "查看")
    assert [(each.name, each.after) for each in entry.changes] == [
        ("清单", "老人"),
        ("行数", "2"),
    ]


def test_a_folder_that_refuses_is_told_and_not_logged(lists, db, tmp_path):
    with pytest.raises(CannotWrite):
        lists.save("老人", COLUMNS, ROWS, no_step, tmp_path / "nowhere" / "a.xlsx")
    assert _looks(db) == []


def test_a_list_that_is_stopped_leaves_nothing_behind(lists, db, path):
    def stop(done, _total):
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        lists.save("老人", COLUMNS, ROWS * 300, stop, path)
    assert _looks(db) == []
    assert list(path.parent.glob("*.xlsx*")) == []


def test_ten_thousand_rows_are_told_as_they_go(lists, path):
    told = []
    lists.save("老人", COLUMNS, ROWS * 5000, lambda *step: told.append(step), path)
    assert told[0] == (0, 10_000)
    assert len(told) == 50
    assert len(_cells(path)) == 10_004

import re
from datetime import date, timedelta

import openpyxl
import pytest

from carehome.reports.roster_workbook import (
    BookCell,
    BookPerson,
    BookShift,
    RosterBook,
    write_roster_workbook,
)
from carehome.reports.rosters import DayLook, Look
from carehome.reports.sheet import Letterhead

MONTH = date(2026, 10, 1)
SHIFTS = (
    BookShift("早", "早班", "07:00–15:00", 480, Look.DAY),
    BookShift("夜", "夜班", "23:00–07:00", 450, Look.NIGHT),
)
EARLY, NIGHT = BookCell("早", Look.DAY), BookCell("夜", Look.NIGHT, "二楼")
OFF = BookCell("休", Look.OFF)


def look(day):
    if day.day <= 3:
        return DayLook.STATUTORY
    return DayLook.REST if day.weekday() >= 5 else DayLook.WORK


DAYS = tuple((day, look(day)) for day in (MONTH + timedelta(n) for n in range(31)))


def book(*rows, shifts=SHIFTS):
    people = tuple(
        BookPerson("三楼", f"何梅{at}", "三级", (*row, *[OFF] * (31 - len(row))))
        for at, row in enumerate(rows)
    )
    covers = (("早 需/有", tuple(["1/1"] * 31)),)
    return RosterBook(MONTH, "已发布", DAYS, shifts, people, covers)


@pytest.fixture
def saved(tmp_path):
    """Return the sheets of a roster's workbook: with its formulas, or its values."""

    def save(roster, values=False):
        path = tmp_path / "roster.xlsx"
        write_roster_workbook(path, roster, Letterhead("福寿养老院"))
        return openpyxl.load_workbook(path, data_only=values)

    return save


def row_of(sheet, name):
    return next(row for row in sheet.iter_rows() if row[1].value == name)


def test_the_cells_stand_as_on_the_wall(saved):
    grid = saved(book([EARLY, NIGHT])).worksheets[0]
    cells = [cell.value for cell in row_of(grid, "何梅0")[:6]]
    assert cells == ["三楼", "何梅0", "三级", "早", "夜", "休"]


def test_hours_nights_weekends_and_holidays_are_counted(saved):
    row = [OFF, EARLY, NIGHT, NIGHT]  # Friday and Saturday of the law, a Sunday
    grid = saved(book(row), values=True).worksheets[0]
    totals = [cell.value for cell in row_of(grid, "何梅0")[34:38]]
    assert totals == [1380 / 60, 2, 2, 2]


def test_totals_are_formulas_over_their_own_row(saved):
    grid = saved(book([EARLY], [NIGHT])).worksheets[0]
    for name in ("何梅0", "何梅1"):
        row = row_of(grid, name)
        span = f"D{row[0].row}:AH{row[0].row}"
        for cell in row[34:38]:
            assert cell.data_type == "f"
            assert span in cell.value


def test_formulas_refer_to_all_shifts_and_no_more(saved):
    made = saved(book([EARLY]))
    shifts = made.worksheets[2]
    formula = row_of(made.worksheets[0], "何梅0")[34].value
    low, high = map(int, re.search(r"\$A\$(\d+):\$A\$(\d+)", formula).groups())
    signs = [shifts.cell(line, 1).value for line in range(low, high + 1)]
    assert signs == ["早", "夜"]
    assert shifts.cell(high + 1, 1).value is None


def test_formulas_over_dates_refer_to_the_dates(saved):
    grid = saved(book([EARLY])).worksheets[0]
    formula = row_of(grid, "何梅0")[36].value
    line = int(re.search(r"WEEKDAY\(D\$(\d+)", formula)[1])
    assert grid.cell(line, 4).value.date() == MONTH
    assert grid.cell(line, 34).value.date() == date(2026, 10, 31)


def test_formulas_over_holidays_refer_to_the_law_s_days(saved):
    grid = saved(book([EARLY])).worksheets[0]
    formula = row_of(grid, "何梅0")[37].value
    line, word = re.search(r"D\$(\d+):AH\$\d+=\"(.+?)\"", formula).groups()
    marked = [grid.cell(int(line), place).value for place in range(4, 8)]
    assert marked[:3] == [word] * 3
    assert marked[3] != word


def test_names_and_days_stay_in_sight(saved):
    grid = saved(book([EARLY])).worksheets[0]
    row = row_of(grid, "何梅0")[0].row
    assert grid.freeze_panes == f"D{row}"


def test_who_works_elsewhere_has_a_note(saved):
    grid = saved(book([NIGHT])).worksheets[0]
    assert "二楼" in row_of(grid, "何梅0")[3].comment.text


def test_the_hours_count_each_shift(saved):
    hours = saved(book([EARLY, EARLY, NIGHT]), values=True).worksheets[1]
    row = [cell.value for cell in row_of(hours, "何梅0")]
    assert row[2:] == [2, 1, 3, (960 + 450) / 60]


def test_a_name_with_an_equals_sign_is_no_formula(saved):
    person = BookPerson("三楼", "=1+1", "", tuple([OFF] * 31))
    roster = RosterBook(MONTH, "", DAYS, SHIFTS, (person,), ())
    assert row_of(saved(roster).worksheets[0], "=1+1")[1].data_type == "s"


def test_a_home_without_shifts_or_people_still_has_a_workbook(saved):
    assert len(saved(book(shifts=())).worksheets) == 3
    assert len(saved(book([OFF], shifts=())).worksheets) == 3

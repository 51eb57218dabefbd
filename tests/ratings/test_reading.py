"""The official sheet is read whole, or refused with what is wrong, row by row."""

from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from carehome.rules.ratings import items
from carehome.rules.ratings.items import Part
from carehome.rules.ratings.points import (
    NotPoints,
    PointsAsDay,
    PointsMissing,
    PointsTooFine,
    PointsTooMany,
    PointsTooSmall,
    read_points,
    show_points,
)
from carehome.rules.ratings.presets import usual_lines
from carehome.rules.ratings.reading import (
    CodeAsDay,
    ColumnMissing,
    NoHeading,
    PointsShared,
    read,
)
from carehome.sheets import workbook
from tests.ratings.sheets import (
    PART_NAMES,
    TITLES,
    rows_of,
    write,
    write_official,
)

MARKS = usual_lines().marks
FIRST = 3  # below the title and the heading
CODE, PART, NAME, POINTS = 0, 1, 3, 4


def reading(path):
    return read(workbook.read(path), MARKS)


def problems(found):
    """Return what is wrong as (row, column, kind)."""
    return [
        (fault.place.row if fault.place else None, fault.column, type(fault.problem))
        for fault in found.faults
    ]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "评分表.xlsx"


def test_a_plain_sheet_is_read_whole(path):
    found = reading(write(path, rows_of()))
    assert found.is_whole
    assert len(found.items) == 100
    first = found.items[0]
    assert (first.code, first.part, first.section) == (
        *("1.1.1", Part.ENVIRONMENT),
        "环境第1项",
    )
    assert (first.hundredths, first.method, first.evidence) == (1000, "查看", "照片")


def test_merged_parts_and_sections_go_down_their_rows(path):
    found = reading(write_official(path, rows_of()))
    assert found.is_whole
    assert items.marks_of(found.items) == MARKS
    assert {item.section for item in found.items if item.part is Part.ENVIRONMENT} == {
        *("环境第1项", "环境第2项", "环境第3项")
    }


def test_a_part_named_only_in_its_first_row_goes_down_too(path):
    rows = rows_of()
    seen = set()
    for row in rows:
        row[PART] = None if row[PART] in seen else seen.add(row[PART]) or row[PART]
    assert items.marks_of(reading(write(path, rows)).items) == MARKS


def test_a_part_may_stand_as_a_banner_over_its_rows(path):
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "评价内容", "分值", "评分细则"])
    for number, name in enumerate(PART_NAMES):
        sheet.append([f"{'一二三四'[number]}、{name}（{MARKS_SHOWN[number]}分）"])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        for each in rows_of():
            if each[PART] == name:
                sheet.append([each[CODE], each[NAME], each[POINTS], "查看"])
    book.save(path)
    found = reading(path)
    assert found.is_whole
    assert items.marks_of(found.items) == MARKS


MARKS_SHOWN = (120, 130, 150, 600)


def test_each_part_may_stand_on_a_page_of_its_own(path):
    book = Workbook()
    book.remove(book.active)
    for name in PART_NAMES:
        sheet = book.create_sheet(name)
        sheet.append(["序号", "评定内容", "满分"])
        for each in rows_of():
            if each[PART] == name:
                sheet.append([each[CODE], each[NAME], each[POINTS]])
    book.save(path)
    found = reading(path)
    assert found.is_whole
    assert found.sheets == PART_NAMES


def test_the_heading_is_known_by_its_words_in_any_order(path):
    rows = [list(reversed(row)) for row in rows_of()]
    write(path, rows, tuple(reversed(TITLES)), above=("附件2", "", "满分1000分"))
    assert reading(path).is_whole


def test_a_heading_of_two_lines_is_read(path):
    write(path, rows_of(), above=())
    book = load_workbook(path)
    sheet = book.active
    sheet.insert_rows(1)
    for place, title in enumerate(TITLES, 1):
        sheet.cell(1, place, title)
    sheet["B1"] = "评价项目"
    sheet.merge_cells("B1:D1")
    book.save(path)
    assert reading(path).is_whole


def test_a_heading_repeated_on_every_page_is_no_item(path):
    rows = rows_of()
    rows.insert(40, list(TITLES))
    assert len(reading(write(path, rows)).items) == 100


def test_half_points_are_kept(path):
    rows = rows_of()
    rows[0][POINTS], rows[1][POINTS] = 9.5, "10.5分"
    found = reading(write(path, rows))
    assert found.is_whole
    assert [item.hundredths for item in found.items[:2]] == [950, 1050]


def test_further_lines_of_how_an_item_is_judged_belong_to_it(path):
    rows = rows_of()
    rows.insert(1, [None, None, None, None, None, "再询问老人", None])
    found = reading(write(path, rows))
    assert found.is_whole
    assert found.items[0].method == "查看\n再询问老人"


def test_a_sum_of_999_is_refused(path):
    rows = rows_of()
    rows[-1][POINTS] = 9
    assert problems(reading(write(path, rows))) == [
        (None, "", items.PartBelow),
        (None, "", items.TotalWrong),
    ]


def test_what_a_wrong_part_comes_to_is_told(path):
    rows = rows_of()
    rows[-1][POINTS] = 9
    message = reading(write(path, rows)).faults[0].message
    assert message == (
        "“服务”各项合计 599 分，应为 600 分，少 1 分。请看看是否漏了行。"
    )


def test_parts_that_make_up_for_one_another_are_refused(path):
    rows = rows_of((110, 140, 150, 600))
    assert problems(reading(write(path, rows))) == [
        (None, "", items.PartBelow),
        (None, "", items.PartAbove),
    ]


def test_a_missing_part_is_refused(path):
    rows = [row for row in rows_of() if row[PART] != "运营管理"]
    assert (None, "", items.PartEmpty) in problems(reading(write(path, rows)))


def test_a_doubled_code_is_told_with_both_rows(path):
    rows = rows_of()
    rows[5][CODE] = rows[2][CODE]
    found = reading(write(path, rows))
    assert problems(found) == [(FIRST + 5, "", items.CodeTwiceInSheet)]
    assert f"第 {FIRST + 2} 行" in found.faults[0].message


@pytest.mark.parametrize(
    ("place", "typed", "column", "problem"),
    [
        (POINTS, "≤3", "E", NotPoints),
        (POINTS, "3-5", "E", NotPoints),
        (POINTS, "三分", "E", NotPoints),
        (POINTS, None, "E", PointsMissing),
        (POINTS, date(2026, 3, 5), "E", PointsAsDay),
        (CODE, date(2026, 1, 2), "A", CodeAsDay),
        (PART, "周边", "B", items.PartUnknown),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_its_place(
    path, place, typed, column, problem
):
    rows = rows_of()
    rows[7][place] = typed
    assert problems(reading(write(path, rows))) == [(FIRST + 7, column, problem)]


@pytest.mark.parametrize(
    ("place", "problem"), [(CODE, items.CodeMissing), (NAME, items.NameMissing)]
)
def test_an_item_without_code_or_name_is_refused(path, place, problem):
    rows = rows_of()
    rows[7][place] = None
    assert problems(reading(write(path, rows))) == [(FIRST + 7, "", problem)]


def test_an_item_without_part_is_refused(path):
    rows = rows_of()
    for row in rows:
        row[PART] = None
    found = problems(reading(write(path, rows)))
    assert len(found) == 100
    assert {kind for _row, _column, kind in found} == {items.PartMissing}


def test_every_wrong_row_is_told_not_only_the_first(path):
    rows = rows_of()
    rows[3][POINTS] = rows[50][POINTS] = rows[90][POINTS] = "若干"
    found = problems(reading(write(path, rows)))
    assert [row for row, _column, _kind in found] == [FIRST + 3, FIRST + 50, FIRST + 90]


def test_points_merged_over_several_items_are_refused(path):
    rows = rows_of()
    rows[9][POINTS] = 20
    write(path, rows)
    book = load_workbook(path)
    book.active.merge_cells(f"E{FIRST + 9}:E{FIRST + 10}")
    book.save(path)
    assert problems(reading(path)) == [(FIRST + 10, "E", PointsShared)]


def test_a_sheet_without_a_heading_is_refused(path):
    with pytest.raises(NoHeading):
        reading(write(path, rows_of(), titles=tuple("甲乙丙丁戊己庚")))


def test_a_heading_that_lacks_codes_is_refused(path):
    titles = ("", *TITLES[1:])
    assert problems(reading(write(path, rows_of(), titles))) == [(2, "", ColumnMissing)]


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [
        (3, 300),
        (2.5, 250),
        (0.1 + 0.2, 30),
        ("3", 300),
        (" ３ 分 ", 300),
        ("2.50", 250),
        ("0.25分", 25),
    ],
)
def test_points_are_read_exactly(typed, hundredths):
    assert read_points(typed, ("分",)) == hundredths


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (0, PointsTooSmall),
        (-1, PointsTooSmall),
        ("0", PointsTooSmall),
        (1001, PointsTooMany),
        (0.125, PointsTooFine),
        (True, NotPoints),
        ("1/2", NotPoints),
        ("", PointsMissing),
    ],
)
def test_what_is_no_number_of_points_is_refused(typed, problem):
    with pytest.raises(problem):
        read_points(typed)


@pytest.mark.parametrize(
    ("hundredths", "shown"),
    [(300, "3"), (350, "3.5"), (25, "0.25"), (100000, "1000"), (-50, "-0.5"), (0, "0")],
)
def test_points_are_shown_without_needless_decimals(hundredths, shown):
    assert show_points(hundredths) == shown

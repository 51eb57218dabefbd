from datetime import date

import openpyxl
import pytest

from carehome.reports import files
from carehome.reports.roll import write_rejected
from carehome.rules import roll as rolls
from carehome.rules.sheets import DAY_ZERO_1904, Area
from carehome.sheets import workbook
from tests.roll.people import TITLES, TODAY, moment, number, person


@pytest.fixture
def rejected(tmp_path):
    """Write the rejected rows of a roll and return the page as a person opens it."""

    def write(roll, name="退回.xlsx"):
        path = tmp_path / name
        write_rejected(path, roll)
        return openpyxl.load_workbook(path).worksheets[0]

    return write


@pytest.fixture
def again(tmp_path):
    """Read a workbook that was written here."""

    def read(name="退回.xlsx"):
        (page,) = workbook.read(tmp_path / name)
        return rolls.read(page, today=TODAY)

    return read


def rows_of(page):
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_only_bad_rows_are_written_with_their_reasons_last(read_roll, rejected):
    bad = person(4, 身份证号="1", 入院日期="x")
    page = rejected(read_roll([["花名册"], TITLES, person(2), bad]))
    titles, row = rows_of(page)
    assert titles == [*TITLES, "不能读入的原因"]
    assert row[:-1] == bad
    assert row[-1].count("\n") == 1
    assert "身份证号应为 18 位" in row[-1]


def test_faulty_cells_are_coloured(read_roll, rejected):
    page = rejected(read_roll([TITLES, person(4, 身份证号="1", 床位费="x")]))
    coloured = [
        n for n, cell in enumerate(page[2]) if cell.fill.fgColor.rgb != "00000000"
    ]
    assert coloured == [2, 6]


def test_identity_numbers_stay_texts(read_roll, rejected):
    page = rejected(
        read_roll([TITLES, person(4, 性别="男"), person(6, 身份证号=6.1e17)])
    )
    assert page["C2"].value == person(4)[2]
    assert {page["C2"].number_format, page["C3"].number_format} == {"@"}


def test_days_stay_days(read_roll, rejected):
    day = moment(2031, 1, 1)
    page = rejected(read_roll([TITLES, person(4, 入院日期=day)]))
    assert (page["D2"].value, page["D2"].number_format) == (day, "yyyy-mm-dd")


def test_corrected_rows_are_read_in(read_roll, rejected, again, tmp_path):
    page = rejected(read_roll([TITLES, person(4, 身份证号="1"), person(6, 性别="男")]))
    assert [len(row.faults) for row in again().rows] == [1, 1]
    page["C2"], page["B3"] = number(order=4), "女"
    page.parent.save(tmp_path / "退回.xlsx")
    assert [row.faults for row in again().rows] == [(), ()]


def test_reasons_do_not_pile_up(read_roll, rejected, again):
    rejected(read_roll([TITLES, person(4, 身份证号="1")]))
    page = rejected(again(), "再退.xlsx")
    assert rows_of(page)[0] == [*TITLES, "不能读入的原因"]


def test_titles_in_two_rows_stay_so(read_roll, rejected, again):
    parents = [*TITLES[:6], "收费", None, None]
    leaves = [None] * 6 + ["床位", "护理", "伙食"]
    merged = [Area(2, n, 3, n) for n in range(6)] + [Area(2, 6, 2, 8), Area(1, 0, 1, 8)]
    rows = [["花名册"], parents, leaves, person(4, 身份证号="1")]
    page = rejected(read_roll(rows, merged))
    assert "G1:I1" in [str(area) for area in page.merged_cells.ranges]
    assert again().rows[0].care_fen == 120000


def test_room_that_stood_above_is_written_down(read_roll, rejected, again):
    rows = [TITLES, person(2, 房间=101), person(4, 房间=None, 床号=2, 性别="男")]
    rejected(read_roll(rows))
    assert again().rows[0].place.label == "101-2"


def test_room_merged_with_a_good_row_is_written_down(read_roll, rejected, again):
    rows = [TITLES, person(2, 房间=101), person(4, 房间=None, 床号=2, 性别="男")]
    rejected(read_roll(rows, merged=[Area(2, 4, 3, 4)]))
    assert again().rows[0].place.label == "101-2"


def test_floor_of_the_dividing_row_is_kept(read_roll, rejected, again):
    rows = [TITLES, ["一楼"], person(2), ["二楼"], person(4, 性别="男")]
    rejected(read_roll(rows))
    assert again().rows[0].place.floor == "2"


def test_family_in_a_second_row_is_kept(read_roll, rejected, again):
    titles = [*TITLES, "家属", "电话"]
    rows = [titles, [*person(4, 性别="男"), "王强", "13912345678"]]
    rows += [[None] * 9 + ["王丽", "13912345679"], [*person(6, 性别="男"), None, None]]
    rejected(read_roll(rows, merged=[Area(2, n, 3, n) for n in range(9)]))
    found = again().rows
    assert [one.name for one in found[0].contacts] == ["王强", "王丽"]
    assert len(found) == 2


def test_rolls_with_other_columns_bring_their_titles(read_roll, rejected, again):
    order = [2, 0, 1, 3, 4, 5, 6, 7, 8]
    other = [[row[n] for n in order] for row in (TITLES, person(4, 性别="男"))]
    rejected(read_roll([TITLES, person(2, 性别="男"), *other]))
    assert [[one.name for one in row.faults] for row in again().rows] == [
        ["sex_mismatch"],
        ["sex_mismatch"],
    ]


def test_serial_days_of_a_1904_workbook_stay_right(read_roll, rejected, again):
    rows = [TITLES, person(4, 性别="男", 入院日期=42780)]
    rejected(read_roll(rows, day_zero=DAY_ZERO_1904))
    assert again().rows[0].admitted == date(2021, 2, 15)


def test_file_that_is_open_elsewhere_is_told(read_roll, tmp_path):
    roll = read_roll([TITLES, person(4, 性别="男")])
    with pytest.raises(files.CannotWrite):
        write_rejected(tmp_path / "没有这个文件夹" / "退回.xlsx", roll)

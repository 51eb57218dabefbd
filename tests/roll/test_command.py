import json

import pytest

from carehome.commands import roll
from carehome.rules.roll.columns import NoRoll
from carehome.sheets import workbook
from tests.roll.people import TITLES, TODAY, number, person


def test_check_tells_each_row_as_agreed(write_book):
    path = write_book({"在住": [["花名册"], TITLES, person(2), person(4, 性别="男")]})
    found = roll.check(path, TODAY)["rows"]
    assert found[1] == {
        "sheet_row": 4,
        "name": person(4)[0],
        "id": number(order=4),
        "admitted": "2021-03-05",
        "fen": [90000, 120000, 60000],
        "faults": ["sex_mismatch"],
        "notes": [],
        "bed": "104-1",
        "grade": None,
        "categories": [],
        "deposit_fen": None,
        "says": ["B: 表中性别为男，身份证号显示为女。请更正写错的一处。"],
    }


def test_fault_that_comes_twice_is_named_once(write_book):
    path = write_book({"在住": [TITLES, person(2, 床位费="x", 护理费="y")]})
    assert roll.check(path, TODAY)["rows"][0]["faults"] == ["bad_amount"]


def test_check_tells_what_it_made_of_the_sheet(write_book):
    rows = [["花名册"], TITLES, person(2), ["合计"]]
    found = roll.check(write_book({"在住": rows, "退住": rows}), TODAY)
    assert (found["sheet"], found["other_sheets"]) == ("在住", ["退住"])
    assert found["heading_rows"] == [2, 2]
    assert found["columns"]["C"] == "id_number"
    assert found["skipped"] == [{"sheet_row": 4, "why": "sum"}]


def test_check_is_plain_enough_for_json(write_book):
    found = roll.check(write_book({"在住": [TITLES, person(2)]}), TODAY)
    assert json.loads(json.dumps(found)) == found


def test_merged_rooms_of_a_real_file_are_those_of_each_row(write_book):
    rows = [TITLES, person(2, 房间=101), person(4, 房间=None, 床号=2)]
    found = roll.check(write_book({"在住": rows}, 在住="E2:E3"), TODAY)["rows"]
    assert [row["bed"] for row in found] == ["101-1", "101-2"]
    assert [row["notes"] for row in found] == [[], []]


def test_three_thousand_residents_are_all_read(write_book):
    rows = [TITLES]
    for n in range(3000):
        order = 2 * (n % 499) + 2
        day = f"19{30 + n // 499}0102"
        cells = ["王芳", "女", number(day, order), "2021.3.5", 100 + n, 1]
        rows.append([*cells, 900, "1,200", "600元"])
    found = roll.check(write_book({"在住": rows}), TODAY)["rows"]
    assert len(found) == 3000
    assert not any(row["faults"] for row in found)


def test_file_without_a_roll_is_refused(write_book):
    with pytest.raises(NoRoll):
        roll.check(write_book({"一月": [["收入", "支出"], [1, 2]]}), TODAY)


def test_csv_that_was_merely_renamed_is_refused(tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_text("姓名,身份证号,入住日期\n王芳,1,2021-01-01\n", "utf-8")
    with pytest.raises(workbook.TextFile):
        roll.check(path, TODAY)

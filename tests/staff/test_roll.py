"""A list of staff is read in as homes keep it, and taken back whole."""

import json
from datetime import date

import pytest

from carehome.commands import staff_roll as command
from carehome.db.undo import CannotUndo
from carehome.reports.roll import write_rejected
from carehome.rules import staff_roll as rules
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.sheets import sheet
from carehome.rules.staff import Person
from carehome.rules.staff_roll.columns import NoStaffRoll, StaffColumnsMissing
from carehome.services.rolls import NothingToRead, read_sheets
from carehome.services.staff import StaffRolls
from tests.conftest import TODAY

TITLES = (
    *("工号", "姓名", "性别", "身份证号码", "岗位", "部门", "入职日期", "学历"),
    *("护理员等级", "发证日期", "健康证有效期至", "合同起始日期", "合同到期日", "手机"),
)
NUMBER = "11010519491231002X"
WANG = (
    *("A01", "王芳", "女", NUMBER, "养老护理员、能力评估员", "二楼", "2024.3.1"),
    *("大专", "四级/中级工", date(2024, 5, 1), "2026年12月16日"),
    *(date(2024, 3, 1), date(2027, 2, 28), "139 0000 1111"),
)


def page(*rows, titles=TITLES):
    return sheet("花名册", [("福寿养老院员工花名册",), titles, *rows])


def row_of(*values, **given):
    known = dict(zip(TITLES, values or WANG, strict=True)) | given
    return tuple(known[title] for title in TITLES)


def read(*rows, **more):
    return rules.read(page(*rows), today=TODAY, **more)


def faults(**given):
    (row,) = read(row_of(**given)).rows
    return [each.name for each in row.faults]


def test_a_row_is_read_field_by_field():
    (row,) = read(WANG).good
    assert (row.name, row.number, row.sex) == ("王芳", "A01", "female")
    assert row.posts == ("养老护理员", "能力评估员")
    assert (row.hired_on, row.born) == (date(2024, 3, 1), date(1949, 12, 31))
    assert (row.education, row.level) == ("college", 4)
    assert (row.level_on, row.health_until) == (date(2024, 5, 1), date(2026, 12, 16))
    assert (row.contract_from, row.contract_until) == (
        date(2024, 3, 1),
        date(2027, 2, 28),
    )
    assert row.phone == "13900001111"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"姓名": ""}, "name_missing"),
        ({"岗位": "无"}, "post_missing"),
        ({"入职日期": ""}, "bad_date"),
        ({"入职日期": "2024-13-01"}, "bad_date"),
        ({"入职日期": date(2026, 11, 22)}, "bad_date"),
        ({"合同到期日": date(2024, 2, 29)}, "bad_date"),
        ({"发证日期": date(2026, 11, 22)}, "bad_date"),
        ({"性别": "男"}, "sex_mismatch"),
        ({"身份证号码": "110105194912310021"}, "id_check_digit"),
    ],
)
def test_what_cannot_be_used_is_named(given, fault):
    assert faults(**given) == [fault]


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"护理员等级": "八级"}, "level_unknown"),
        ({"发证日期": ""}, "level_without_day"),
        ({"学历": "肄业"}, "education_unknown"),
        ({"身份证号码": "", "性别": "女"}, "id_missing"),
    ],
)
def test_what_deserves_a_second_look_is_read_all_the_same(given, note):
    (row,) = read(row_of(**given)).good
    assert note in [each.name for each in row.notes]


def test_sums_blanks_and_titles_again_are_nobody():
    roll = read(WANG, (), ("合计", None, None, "1 人"), TITLES)
    assert len(roll.rows) == 1
    assert roll.skipped == (4, 5, 6)


def test_the_same_number_twice_is_a_fault():
    twin = row_of(姓名="王方")
    assert [row.is_good for row in read(WANG, twin).rows] == [True, False]


def test_without_its_titles_a_sheet_is_no_list_of_staff():
    with pytest.raises(NoStaffRoll):
        rules.find(sheet("x", [("菜单", "价格"), ("米饭", 2)]))
    with pytest.raises(StaffColumnsMissing):
        rules.read(page(titles=("姓名", "性别", "岗位")), today=TODAY)


def test_a_person_says_what_a_column_tells():
    heading = rules.find(page(titles=("姓名", "岗位", "性别", "哪天来的")))
    assert heading.missing == (rules.Field.HIRED,)
    assert heading.corrected(3, rules.Field.HIRED).missing == ()


def test_the_likeliest_sheet_comes_first():
    menu = sheet("菜单", [("菜单", "价格")])
    assert rules.choose([menu, page(WANG)])[0].name == "花名册"


@pytest.fixture
def rolls(house):
    return house.as_role(StaffRolls)


def checked(rolls, *rows):
    return rolls.check("员工.xlsx", (page(*rows),))


def test_people_come_in_with_posts_certificates_and_contract(house, rolls):
    unknown = row_of(姓名="李强", 身份证号码="", 岗位="护工", 护理员等级="")
    found = checked(rolls, WANG, unknown)
    assert found.new_posts == ("护工",)
    rolls.read_in(found)
    members = {each.name: each for each in house.staff.members(TODAY)}
    assert {name: each.post for name, each in members.items()} == {
        "王芳": "养老护理员",
        "李强": "护工",
    }
    file = house.staff.file(members["王芳"].staff_id)
    held = {each.kind.code: each.certificate for each in file.certificates}
    assert held["caregiver-4"].issued_on == date(2024, 5, 1)
    assert held["health"].issued_on == date(2025, 12, 17)
    assert held["health"].valid_until == date(2026, 12, 16)
    assert [post.name for post in file.posts] == ["养老护理员", "能力评估员"]
    assert file.contracts[0].last_day == date(2027, 2, 28)
    assert next(p for p in house.lists.posts() if p.name == "护工").is_care


def test_who_is_known_is_not_read_in_twice(house, rolls):
    house.carer("王芳", date(2024, 3, 1))
    (row,) = checked(rolls, row_of(身份证号码="")).roll.rows
    assert [each.name for each in row.faults] == ["already_staff"]
    person = Person("别人", date(2020, 1, 1))
    house.staff.add(person, house.posts["护士"], (), NUMBER)
    (row,) = checked(rolls, row_of(姓名="王方")).roll.rows
    assert [each.name for each in row.faults] == ["already_staff"]


def test_a_reading_is_taken_back_whole(house, rolls):
    number = rolls.read_in(checked(rolls, WANG))
    rolls.take_back(number)
    assert house.staff.members(TODAY) == []
    assert [each.is_undone for each in rolls.imports()] == [True]
    rolls.read_in(checked(rolls, WANG))  # and may come again


def test_what_later_work_stands_on_is_not_taken_back(house, rolls):
    number = rolls.read_in(checked(rolls, WANG))
    (member,) = house.staff.members(TODAY)
    house.certify(member.staff_id, "pre-post")
    with pytest.raises(CannotUndo):
        rolls.take_back(number)


def test_nothing_is_read_from_nothing(rolls):
    with pytest.raises(NothingToRead):
        rolls.read_in(checked(rolls, row_of(姓名="")))


def test_the_rest_is_written_back_and_read_again(tmp_path):
    path = tmp_path / "退回.xlsx"
    roll = read(WANG, row_of(姓名="李强", 身份证号码="", 入职日期="去年"))
    write_rejected(path, roll)
    (written,) = read_sheets(path)
    (row,) = rules.read(written, today=TODAY).rows
    assert row.name == "李强"
    shown = [cell.value for line in written.rows for cell in line]
    assert any("“去年”不是日期" in str(value) for value in shown)


def test_the_desk_reads_no_staff_in(as_role):
    with pytest.raises(NotAllowed):
        as_role(StaffRolls, Role.FRONT_DESK).imports()


def test_the_command_tells_what_it_would_read(tmp_path, capsys):
    path = tmp_path / "员工.xlsx"
    write_rejected(path, read(row_of(姓名="李强", 身份证号码="", 入职日期="去年")))
    command.run(path, None, None, True, True)
    told = json.loads(capsys.readouterr().out)
    assert [row["faults"] for row in told["rows"]] == [["bad_date"]]
    command.run(path, None, None, True, False)
    assert "李强" in capsys.readouterr().out

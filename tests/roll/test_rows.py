from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.roll import Contact, Place
from carehome.rules.sheets import Area
from tests.roll.people import TITLES, moment, number, person


@pytest.fixture(scope="session")
def read(read_roll):
    """Read one row under the usual titles and more columns with their values."""

    def one(order=2, more=None, **cells):
        more = more or {}
        rows = [TITLES + list(more), person(order, **cells) + list(more.values())]
        return read_roll(rows).rows[0]

    return one


@pytest.fixture(scope="session")
def faults(read_roll):
    """Return the fault names of each of several rows."""

    def names(*rows, **home):
        found = read_roll([TITLES, *rows], **home).rows
        return [[fault.name for fault in row.faults] for row in found]

    return names


def names(findings):
    return [finding.name for finding in findings]


def test_sound_row_has_no_faults_and_nothing_to_note(read):
    row = read()
    assert (row.faults, row.notes) == ((), ())


def test_row_tells_all_it_holds(read):
    more = {
        "护理级别": "半自理",
        "能力等级": "中度失能",
        "类别": "低保、残疾",
        "民族": "汉族",
        "户籍": "济南市",
        "老人电话": 13900001111,
        "紧急联系人": "王强",
        "关系": "儿子",
        "联系电话": "13912345678/0531-8850730",
        "押金": "1万元",
        "备注": "喜静",
    }
    row = read(more=more)
    assert row.sex == "female"
    assert row.birth == date(1940, 1, 2)
    assert row.place == Place("", "", "102", "1")
    assert (row.grade, row.grade_word, row.ability) == ("partial_1", "半自理", 2)
    assert row.categories == ("minimum_living", "disabled")
    assert (row.ethnicity, row.address, row.phones) == (
        "汉族",
        "济南市",
        ("13900001111",),
    )
    assert row.contacts == (Contact("王强", "儿子", ("13912345678", "0531-8850730")),)
    assert (row.bed_fen, row.care_fen, row.meal_fen) == (90000, 120000, 60000)
    assert (row.deposit_fen, row.note) == (1000000, "喜静")


@pytest.mark.parametrize(
    ("cells", "fault", "column"),
    [
        ({"姓名": None, "床号": 1}, "name_missing", 0),
        ({"姓名": "/"}, "name_missing", 0),
        ({"身份证号": None}, "id_missing", 2),
        ({"身份证号": "无"}, "id_missing", 2),
        ({"身份证号": "37010219400102002"}, "id_length", 2),
        ({"身份证号": "370102194001020021"}, "id_check_digit", 2),
        ({"身份证号": 3.70102194001020e17}, "id_lost_digits", 2),
        ({"身份证号": "E12345678"}, "id_unreadable", 2),
        ({"性别": "男"}, "sex_mismatch", 1),
        ({"入院日期": "2026-11-22"}, "bad_date", 3),
        ({"入院日期": "1939-01-01"}, "bad_date", 3),
        ({"入院日期": "21.3.5"}, "bad_date", 3),
        ({"入院日期": None}, "bad_date", 3),
        ({"床位费": "面议"}, "bad_amount", 6),
        ({"护理费": -5}, "bad_amount", 7),
        ({"床号": moment(2026, 1, 2)}, "bed_unreadable", 5),
    ],
)
def test_faulty_cell_is_named_and_marked(read, cells, fault, column):
    row = read(**cells)
    assert [(one.name, one.column) for one in row.faults] == [(fault, column)]
    assert row.faults[0].message.endswith("。")


def test_faulty_cells_give_no_values(read):
    row = read(身份证号="1", 入院日期="x", 床位费="x")
    assert (row.id_number, row.admitted, row.bed_fen) == (None, None, None)


def test_number_stays_when_only_the_sex_does_not_match(read):
    assert read(性别="男").id_number == number()


def test_all_faults_of_a_row_are_told_the_gravest_first(read):
    row = read(身份证号="1", 入院日期="x", 床位费="x", 护理费="y")
    assert names(row.faults) == ["id_length", "bad_date", "bad_amount", "bad_amount"]


@pytest.mark.parametrize("typed", ["女性", "F", "女 "])
def test_sex_is_read_however_it_is_written(read, typed):
    assert read(性别=typed).sex == "female"


@pytest.mark.parametrize(("typed", "notes"), [(None, []), ("不男", ["sex_unknown"])])
def test_number_tells_the_sex_where_the_sheet_does_not(read, typed, notes):
    row = read(性别=typed)
    assert (row.sex, names(row.notes)) == ("female", notes)


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ({"出生年月": "1941年1月"}, "birth_differs"),
        ({"年龄": 60}, "age_differs"),
        ({"护理级别": "贵宾"}, "grade_unknown"),
        ({"类别": "贵宾"}, "category_unknown"),
        ({"家属电话": "139"}, "phone_unreadable"),
        ({"合计": 1000}, "total_differs"),
        ({"备注": "2025.1.2 去世"}, "maybe_left"),
    ],
)
def test_doubt_is_noted_but_is_no_fault(read, more, note):
    row = read(more=more)
    assert (names(row.notes), row.faults) == ([note], ())
    assert row.notes[0].message.endswith("。")


@pytest.mark.parametrize(
    "more",
    [
        {"出生年月": "1940年1月"},
        {"出生年月": 1940.1},
        {"年龄": 86},
        {"年龄": "87岁"},
        {"合计": "2,700元"},
        {"合计": None},
        {"家属电话": "无"},
        {"护理级别": "全护（卧床）"},
    ],
)
def test_what_agrees_is_not_noted(read, more):
    assert read(more=more).notes == ()


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"床位费": None}, "fee_blank"),
        ({"姓名": "王芳（失智）"}, "name_remark"),
        ({"姓名": "黄\ue863"}, "name_private"),
        ({"床号": None}, "no_bed"),
        ({"身份证号": "370102400102002"}, "id_upgraded"),
        ({"身份证号": "370102194001026000", "性别": "女"}, "id_zeros"),
    ],
)
def test_what_was_made_of_a_cell_is_noted(read, cells, note):
    row = read(**cells)
    assert (names(row.notes), row.faults) == ([note], ())


def test_blank_fee_is_nothing_and_a_missing_column_unknown(read_roll):
    rows = [["姓名", "身份证号", "入院日期", "床位费"], ["王芳", number(), "2021-1-1"]]
    row = read_roll(rows).rows[0]
    assert (row.bed_fen, row.care_fen) == (0, None)


def test_hidden_row_is_read_and_noted(read_roll):
    row = read_roll([TITLES, person()], hidden=[2]).rows[0]
    assert names(row.notes) == ["hidden_row"]


@pytest.mark.parametrize(
    "more",
    [{"退住日期": "2024-01-01"}, {"状态": "已退住"}, {"退住日期": "去世"}],
)
def test_resident_who_left_is_not_read_in(read, more):
    assert names(read(more=more).faults) == ["already_left"]


def test_name_marked_as_dead_is_not_read_in(read):
    row = read(姓名="王芳（2025年去世）", more={"状态": "在住"})
    assert [(one.name, one.column) for one in row.faults] == [("already_left", 0)]
    assert "2025年去世" in row.faults[0].message


def test_total_may_hold_fees_of_no_field(read):
    assert read(more={"取暖费": 100, "合计": 2800}).notes == ()


@pytest.mark.parametrize(
    "more",
    [
        {"退住日期": None},
        {"退住日期": "/"},
        {"退住日期": "2027-01-01"},
        {"状态": "在住"},
    ],
)
def test_resident_who_has_not_left_is_read_in(read, more):
    assert read(more=more).is_good


def test_later_row_with_the_same_number_is_a_double(faults):
    double = person(4, 身份证号=number(order=2).lower())
    assert faults(person(2), double) == [[], ["duplicate_id"]]


def test_old_and_completed_form_are_the_same_number(faults):
    double = person(4, 身份证号="370102400102002")
    assert faults(person(2), double) == [[], ["duplicate_id"]]


def test_double_says_where_the_number_stands(read_roll):
    rows = [TITLES, person(2), person(4, 身份证号=number(order=2))]
    double = read_roll(rows).rows[1]
    assert double.id_number is None
    assert "第 2 行" in double.faults[0].message


def test_sex_is_not_judged_by_somebody_elses_number(faults):
    double = person(3, 身份证号=number(order=2))
    assert faults(person(2), double) == [[], ["duplicate_id"]]


def test_unusable_numbers_are_no_doubles(faults):
    assert faults(person(2, 身份证号="无"), person(4, 身份证号="无")) == [
        ["id_missing"],
        ["id_missing"],
    ]


def test_resident_of_the_home_is_not_read_in_again(read_roll):
    beds = {Place("1号楼", "1", "102", "1"): "王丂"}
    known = {number(): "王丂"}
    row = read_roll([TITLES, person()], known_ids=known, occupied_beds=beds).rows[0]
    assert names(row.faults) == ["already_resident"]
    assert row.id_number == number()


def test_bed_given_twice_is_the_later_rows_fault(faults):
    assert faults(person(2), person(4, 房间=102)) == [[], ["bed_taken"]]


@pytest.mark.parametrize("bed", ["1", "01", "1床", "102-1", 1.0])
def test_bed_is_the_same_however_it_is_written(faults, bed):
    assert faults(person(2), person(4, 房间=102, 床号=bed)) == [[], ["bed_taken"]]


def test_bed_of_a_resident_of_the_home_is_taken(read_roll):
    beds = {Place("1号楼", "1层", "102", "1"): "李明"}
    row = read_roll([TITLES, person()], occupied_beds=beds).rows[0]
    assert names(row.faults) == ["bed_taken"]
    assert "李明" in row.faults[0].message


def test_same_room_in_another_building_is_another_bed(faults):
    other = person(4, 房间="2号楼102")
    assert faults(person(2, 房间="1号楼102"), other) == [[], []]


def test_row_copied_whole_is_a_double_and_not_in_its_own_way(faults):
    assert faults(person(2), person(2)) == [[], ["duplicate_id"]]


def test_who_left_keeps_neither_number_nor_bed(read_roll):
    rows = [[*TITLES, "退住日期"], [*person(), "2022-01-01"], person()]
    found = read_roll(rows).rows
    assert [names(row.faults) for row in found] == [["already_left"], []]


def test_beds_without_rooms_are_compared_too(read_roll):
    rows = [["姓名", "身份证号", "入院日期", "床号"]]
    rows += [[f"王{n}", number(order=n), "2021-01-01", "12"] for n in (2, 4)]
    assert [names(row.faults) for row in read_roll(rows).rows] == [[], ["bed_taken"]]


def test_rooms_alone_may_be_shared(faults):
    shared = [person(n, 房间=101, 床号=None) for n in (2, 4)]
    assert faults(*shared) == [[], []]


def test_room_merged_over_rows_is_that_of_each(read_roll):
    rows = [TITLES, person(2, 房间=101), person(4, 房间=None, 床号=2), person(6)]
    found = read_roll(rows, merged=[Area(2, 4, 3, 4)]).rows
    assert [row.place.label for row in found] == ["101-1", "101-2", "106-1"]
    assert found[1].notes == ()


def test_blank_room_below_is_that_above_and_noted(read_roll):
    rows = [TITLES, person(2, 房间=101), person(4, 房间=None, 床号=2)]
    row = read_roll(rows).rows[1]
    assert (row.place.label, names(row.notes)) == ("101-2", ["room_above"])


def test_fee_merged_over_rows_is_noted(read_roll):
    rows = [TITLES, person(2), person(4, 床位费=None)]
    row = read_roll(rows, merged=[Area(2, 6, 3, 6)]).rows[1]
    assert (row.bed_fen, names(row.notes)) == (90000, ["amount_merged"])


def test_second_row_of_a_merged_person_tells_more_of_the_family(read_roll):
    titles = [*TITLES, "家属", "关系", "电话"]
    first = [*person(), "王强", "儿子", "13912345678"]
    second = [None] * 9 + ["王丽", "女儿", "13912345679"]
    merged = [Area(2, column, 3, column) for column in range(9)]
    found = read_roll([titles, first, second], merged=merged).rows
    assert len(found) == 1
    assert [one.name for one in found[0].contacts] == ["王强", "王丽"]
    assert (found[0].sheet_row, found[0].last_row) == (2, 3)


@pytest.mark.parametrize(
    ("cell", "contact"),
    [
        ("王强 13912345678", Contact("王强", "", ("13912345678",))),
        ("王强（儿子）13912345678", Contact("王强", "儿子", ("13912345678",))),
        ("王强\n139 1234 5678", Contact("王强", "", ("13912345678",))),
        ("13912345678", Contact("", "", ("13912345678",))),
    ],
)
def test_family_may_stand_in_one_cell(read, cell, contact):
    assert read(more={"联系人及电话": cell}).contacts == (contact,)


def test_two_relatives_are_both_kept(read_roll):
    titles = [*TITLES, "联系人1", "电话1", "联系人2", "电话2"]
    row = [*person(), "王强", "13912345678", "王丽", "13912345679"]
    assert read_roll([titles, row]).rows[0].contacts == (
        Contact("王强", "", ("13912345678",)),
        Contact("王丽", "", ("13912345679",)),
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["合计", "60人"], "sum"),
        (["合 计：", None, None, None, None, None, 54000, 72000, 36000], "sum"),
        ([None, "总计", "60人"], "sum"),
        (["共60人"], "sum"),
        (["本页小计", None, None, None, None, None, 54000], "sum"),
        (["101室小计", None, None, None, None, None, 54000], "sum"),
        (["制表人：张三", None, "审核：李四"], "sum"),
        (["院长签字：", None, None, "2026年10月8日"], "sum"),
        (["备注：", "本表一式两份"], "sum"),
        (["以下空白"], "sum"),
        ([None] * 6 + [54000, 72000, 36000], "vacant"),
        (["空床", None, None, None, 101, 3], "vacant"),
        ([None, None, None, None, 101, 3], "vacant"),
        ([None, None, None, None, 101], "vacant"),
        (["二楼"], "section"),
        (["2号楼"], "section"),
        (TITLES, "heading"),
    ],
)
def test_row_that_is_nobody_is_left_out_and_listed(read_roll, row, why):
    roll = read_roll([TITLES, person(2), row, person(4)])
    assert [one.sheet_row for one in roll.rows] == [2, 4]
    assert [(one.sheet_row, one.why) for one in roll.skipped] == [(3, why)]


def test_blank_rows_are_not_even_listed(read_roll):
    roll = read_roll([TITLES, [None], person(2), [], ["", " "], person(4)])
    assert [one.sheet_row for one in roll.rows] == [3, 6]


def test_person_with_a_number_is_never_taken_for_a_sum(read_roll):
    assert len(read_roll([TITLES, person(姓名="合计")]).rows) == 1


def test_person_without_name_and_number_is_not_lost(read_roll):
    row = read_roll([TITLES, person(姓名=None, 身份证号=None)]).rows[0]
    assert names(row.faults) == ["name_missing", "id_missing"]


def test_dividing_rows_give_building_and_floor(read_roll):
    rows = [TITLES, ["2号楼"], ["一楼（2人）"], person(2), ["二楼"], person(4)]
    found = read_roll(rows).rows
    assert [row.place.building for row in found] == ["2号楼", "2号楼"]
    assert [row.place.floor for row in found] == ["1", "2"]


def test_merged_dividing_row_is_nobody(read_roll):
    rows = [TITLES, ["失能护理区"], person(2)]
    assert len(read_roll(rows, merged=[Area(2, 0, 2, 8)]).rows) == 1


def test_pasted_roll_with_other_columns_is_read_by_its_own_titles(read_roll):
    order = [2, 0, 1, 3, 4, 5, 8, 7, 6]
    other = [[row[n] for n in order] for row in (TITLES, person(4))]
    found = read_roll([TITLES, person(2), [], ["二部"], *other]).rows
    assert [row.faults for row in found] == [(), ()]
    assert found[1].meal_fen == 60000


def test_second_titles_without_their_parents_keep_the_columns(read_roll):
    parents = [*TITLES[:6], "收费", None, None]
    leaves = [None] * 6 + ["床位", "护理", "伙食"]
    again = [*TITLES[:6], "床位", "护理", "伙食"]
    merged = [Area(1, n, 2, n) for n in range(6)] + [Area(1, 6, 1, 8)]
    rows = [parents, leaves, person(2), again, person(4)]
    assert [row.care_fen for row in read_roll(rows, merged).rows] == [120000] * 2


def test_words_for_grades_are_listed_once_to_be_confirmed(read_roll):
    titles = [*TITLES, "护理级别"]
    graded = [[*person(n), word] for n, word in ((2, "介助"), (4, "介助"), (6, "特护"))]
    found = read_roll([titles, *graded]).grade_words
    assert [(one.word, one.grade, one.is_sure, one.count) for one in found] == [
        ("介助", "partial_1", False, 2),
        ("特护", "special", True, 1),
    ]


@given(st.data())
def test_order_of_columns_and_blank_rows_change_nothing(read_roll, data):
    order = data.draw(st.permutations(range(len(TITLES))))
    people = [person(n) for n in range(1, 6)]
    table = [[row[n] for n in order] for row in [TITLES, *people]]
    for place in data.draw(st.lists(st.integers(0, len(table)), max_size=4)):
        table.insert(place, [])
    found = read_roll(table).rows
    assert [row.faults for row in found] == [()] * 5
    assert [row.name for row in found] == [row[0] for row in people]
    assert {row.care_fen for row in found} == {120000}


NASTY = [
    None,
    "",
    "/",
    "合计",
    "空床",
    "一楼",
    "101-2",
    "床",
    "-",
    "（",
    "姓名",
    "万",
    "·",
]
NASTY += ["20210231", 44242.5, 1e300, -1, 6.1e17, True, moment(2021, 2, 15), "负一楼"]
NASTY += [
    "13912345678/0531-8888888",
    "（儿子）",
    "𠮷",
    "\u200b",
    "X" * 300,
    "1" * 40,
    "²",
]
NASTY += [
    "9999年99月99日",
    "99999",
    "#REF!",
    "一百楼",
    "٣",
    "低保、/x",
    number(),
    "身份证号",
]


@given(
    st.lists(st.lists(st.sampled_from(NASTY), max_size=9), max_size=8),
    st.lists(st.tuples(*[st.integers(2, 9)] * 2, *[st.integers(0, 8)] * 2), max_size=3),
)
def test_no_sheet_is_too_odd_to_be_read(read_roll, rows, blocks):
    merged = [Area(min(a, b), min(c, d), max(a, b), max(c, d)) for a, b, c, d in blocks]
    roll = read_roll([TITLES, *rows], merged)
    told = [one.sheet_row for one in (*roll.rows, *roll.skipped)]
    assert len(told) == len(set(told))
    assert all(found.message for row in roll.rows for found in row.faults + row.notes)

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules import roll as rolls
from carehome.rules.roll import Field, columns, shipped, titles
from carehome.rules.sheets import Area, sheet
from tests.roll.people import number

WORDS = shipped()
PLAIN = ["姓名", "身份证号", "入住日期"]


def fields_of(rows, merged=()):
    heading = rolls.find(sheet("表", rows, merged))
    return [field.value if field else None for field in heading.fields]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("姓 名", "name"),
        ("姓\n名", "name"),
        ("老人姓名：", "name"),
        ("*姓名", "name"),
        ("姓名（必填）", "name"),
        ("姓名 Name", "name"),
        ("长者", "name"),
        ("公民身份号码", "id_number"),
        ("身份证号（18位）", "id_number"),
        ("老人身份证", "id_number"),
        ("来院时间", "admitted"),
        ("入住日期(年月日)", "admitted"),
        ("床位费（元/月）", "bed_fee"),
        ("床位费元/月", "bed_fee"),
        ("月床位费", "bed_fee"),
        ("住宿费", "bed_fee"),
        ("照料护理费", "care_fee"),
        ("餐费/月", "meal_fee"),
        ("入住保证金", "deposit"),
        ("已交押金（元）", "deposit"),
        ("房号", "room"),
        ("房间床号", "bed"),
        ("楼层", "floor"),
        ("所在楼栋", "building"),
        ("护理等级", "grade"),
        ("自理程度", "grade"),
        ("老人类别", "category"),
        ("紧急联系人", "contact"),
        ("家属姓名", "contact"),
        ("第一监护人", "contact"),
        ("联系人2", "contact"),
        ("紧急联系人及电话", "contact"),
        ("与老人关系", "relation"),
        ("家属电话", "contact_phone"),
        ("监护人联系方式", "contact_phone"),
        ("联系电话（家属）", "contact_phone"),
        ("老人电话", "phone"),
        ("户籍地址", "address"),
        ("民 族", "ethnicity"),
        ("退住日期", "discharged"),
        ("月费合计", "total_fee"),
        ("出生年月日", "birth"),
        ("备 注", "note"),
    ],
)
def test_title_is_understood(title, field):
    found = titles.meaning(title, (), WORDS)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "title",
    [
        "序号",
        "家属身份证号",
        "监护人住址",
        "护理员姓名",
        "身份证有效期",
        "押金收据号",
        "押金日期",
        "房间类型",
        "签名",
        "评估日期",
        "不能读入的原因",
        "家属意见",
        "照片",
        "（）",
        "说明：本表由各楼层护士长填写，每月五日前报送办公室备案，不得漏填",
    ],
)
def test_title_that_only_looks_alike_is_left_alone(title):
    assert titles.meaning(title, (), WORDS) is None


@given(st.data())
def test_any_words_in_any_order_are_found(data):
    wanted = [field for field in Field if field not in rolls.words.CONTACTS]
    chosen = [data.draw(st.sampled_from(sorted(WORDS.titles[f].exact))) for f in wanted]
    order = data.draw(st.permutations(range(len(wanted))))
    above = data.draw(st.integers(0, 6))
    rows = [["", "福寿养老院花名册"]] * above + [[chosen[n] for n in order]]
    heading = rolls.find(sheet("表", rows))
    assert heading.first == heading.last == above + 1
    assert list(heading.fields) == [wanted[n] for n in order]


def test_better_title_wins_over_a_vaguer_one_before_it():
    assert fields_of([["日期", *PLAIN]]) == [None, "name", "id_number", "admitted"]


def test_phone_before_the_family_is_the_residents_when_the_family_has_one_too():
    rows = [[*PLAIN, "电话", "联系人", "关系", "电话"]]
    assert fields_of(rows)[3:] == ["phone", "contact", "relation", "contact_phone"]


def test_phone_before_a_phone_of_the_family_is_the_residents():
    assert fields_of([[*PLAIN, "电话", "家属电话"]])[3:] == ["phone", "contact_phone"]


def test_phone_before_a_family_with_phones_in_one_cell_is_the_residents():
    rows = [[*PLAIN, "电话", "紧急联系人及电话"]]
    assert fields_of(rows)[3:] == ["phone", "contact"]


def test_bare_words_are_fees_where_they_mean_nothing_else():
    rows = [[*PLAIN, "床号", "护理等级", "床位", "护理", "伙食"]]
    rows += [["王芳", "1", "2021-01-01", 1, "自理", 900, "1,200元", "￥600"]]
    assert fields_of(rows)[5:] == ["bed_fee", "care_fee", "meal_fee"]


def test_a_bare_care_over_sums_is_the_fee_and_not_the_grade():
    titles = ["姓名", "身份证号", "入院日期", "床费", "护理", "伙食"]
    rows = [titles, ["王甲", "", "2021-3-5", 900, 500, 600], [], titles]
    assert fields_of(rows)[3:] == ["bed_fee", "care_fee", "meal_fee"]


def test_a_bare_care_over_ranks_is_the_grade():
    titles = ["姓名", "身份证号", "入院日期", "床费", "护理", "伙食"]
    rows = [titles, ["王甲", "", "2021-3-5", 900, "1级", 600]]
    assert fields_of(rows)[3:] == ["bed_fee", "grade", "meal_fee"]


def test_bare_words_over_texts_are_no_fees():
    rows = [[*PLAIN, "床号", "床位"], ["王芳", "1", "2021-01-01", 1, "双人间"]]
    assert fields_of(rows)[4] is None


def test_sum_right_below_the_titles_refines_none_of_them():
    rows = [["序号", *PLAIN], ["合计", None, None, None]]
    assert rolls.find(sheet("表", rows, [Area(2, 0, 2, 2)])).last == 1


def test_short_title_of_the_sheet_is_no_parent():
    rows = [["收费名单", None, None], [*PLAIN, "房号", "床号", "楼层", "房间"]]
    heading = rolls.find(sheet("表", rows, [Area(1, 0, 1, 2)]))
    assert heading.first == 2


def test_lines_about_the_sheet_are_no_parents():
    rows = [
        ["收费单位：敬老院", None, None, None, "2026年10月", None],
        [*PLAIN, "房间"],
    ]
    rows[1] += ["床号", "性别", "民族"]
    merged = [Area(1, 0, 1, 1), Area(1, 4, 1, 5)]
    assert rolls.find(sheet("表", rows, merged)).first == 2


def test_only_phone_is_the_familys():
    assert fields_of([[*PLAIN, "电话", "联系人"]])[3:] == ["contact_phone", "contact"]


def test_two_relatives_have_columns_of_their_own():
    rows = [[*PLAIN, "联系人1", "电话1", "联系人2", "电话2"]]
    assert fields_of(rows)[3:] == ["contact", "contact_phone"] * 2


def test_merged_parents_say_whose_name_and_which_fee():
    rows = [
        ["姓名", "身份证号", "入住日期", "收费标准（元/月）", "", "", "监护人", "", ""],
        ["", "", "", "床位", "护理", "伙食", "姓名", "关系", "电话"],
    ]
    rows = [[value or None for value in row] for row in rows]
    merged = [Area(1, n, 2, n) for n in range(3)] + [Area(1, 3, 1, 5), Area(1, 6, 1, 8)]
    found = fields_of(rows, merged)
    assert found[:3] == ["name", "id_number", "admitted"]
    assert found[3:6] == ["bed_fee", "care_fee", "meal_fee"]
    assert found[6:] == ["contact", "relation", "contact_phone"]


def test_unmerged_parents_reach_to_the_right():
    rows = [
        ["姓名", "身份证号", "入住日期", "费用", None, None, "备注"],
        [None, None, None, "床位", "护理", "伙食", None],
    ]
    assert fields_of(rows)[3:] == ["bed_fee", "care_fee", "meal_fee", "note"]


def test_title_merged_over_room_and_bed_is_read_as_both():
    rows = [[*PLAIN, "房间床号", None], ["王芳", "1", "2021-01-01", 101, 2]]
    assert fields_of(rows, [Area(1, 3, 1, 4)])[3:] == ["room", "bed"]


def test_merged_title_of_the_whole_sheet_is_no_parent():
    rows = [["老人及家属花名册", None, None], PLAIN]
    assert fields_of(rows, [Area(1, 0, 1, 2)]) == ["name", "id_number", "admitted"]


def test_identity_numbers_are_known_by_their_look():
    rows = [["姓名", "编码", "入住日期", "性别"]]
    rows += [["王芳", number(order=n), "2021-01-01", "女"] for n in (2, 4, 6)]
    assert fields_of(rows)[1] == "id_number"


@pytest.mark.parametrize("rows", [[["王芳", "李明"]], [["姓名", "电话"]], []])
def test_sheet_without_titles_is_refused(rows):
    with pytest.raises(columns.NoRoll) as raised:
        rolls.find(sheet("一月", rows))
    assert "一月" in raised.value.message


def test_missing_columns_are_named(read_roll):
    with pytest.raises(columns.ColumnsMissing) as raised:
        read_roll([["姓名", "性别", "房号"], ["王芳", "女", 101]])
    assert "身份证号" in raised.value.message
    assert "入住日期" in raised.value.message
    assert "姓名" not in raised.value.message.split("：", 1)[1]


def test_person_can_correct_the_guess(read_roll):
    rows = [
        ["姓名", "身份证号", "日期甲", "性别"],
        ["王芳", number(), "2021-01-01", "女"],
    ]
    heading = rolls.find(sheet("花名册", rows)).corrected(2, Field.ADMITTED)
    assert read_roll(rows, heading=heading).rows[0].admitted is not None


def test_corrected_field_leaves_the_column_it_had():
    heading = rolls.find(sheet("表", [[*PLAIN, "日期"]])).corrected(3, Field.ADMITTED)
    assert heading.fields == (Field.NAME, Field.ID_NUMBER, None, Field.ADMITTED)


def test_row_of_titles_can_be_pointed_at():
    rows = [[*PLAIN, "性别", "备注"], [None], ["姓名", "甲", "乙"]]
    assert columns.at(sheet("表", rows), 3).titles == ("姓名", "甲", "乙", "", "")


def test_likeliest_sheet_is_that_of_those_who_live_here():
    full = [[*PLAIN, "床位费"], ["王芳", number(), "2021-01-01", 900]]
    pages = [
        sheet("退住老人", full * 9),
        sheet("电话", [["姓名", "电话", "关系"]]),
        sheet("在住老人", full),
        sheet("说明", [["本表每月更新"]]),
    ]
    random.Random(7).shuffle(pages)
    chosen = rolls.choose(pages)
    assert [page.name for page in chosen] == ["在住老人", "退住老人", "电话"]


def test_workbook_without_a_roll_is_refused():
    with pytest.raises(columns.NoRoll):
        rolls.choose([sheet("说明", [["本表每月更新"]])])


def test_workbook_without_cells_is_refused():
    with pytest.raises(columns.NoSheet):
        rolls.choose([])

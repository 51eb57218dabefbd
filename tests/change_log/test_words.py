"""The log speaks the home's words, whatever was changed."""

import pytest

from carehome.db.base import Base
from carehome.services import deeds, field_names, logged
from carehome.services.deeds import DEED_NAMES, RECORD_NAMES
from carehome.services.drawer import Drawer
from carehome.services.field_names import FIELD_NAMES, QUIET
from carehome.services.logged import FieldChange, Names
from tests.services import every_service, public_methods, writes

SERVICES = every_service()  # importing them declares every table
TABLES = {
    name: table
    for name, table in Base.metadata.tables.items()
    if name not in {"change", "alembic_version", "drawer", "assessment_draft"}
}
COLUMNS = {(name, column.name) for name, table in TABLES.items() for column in table.c}
# What is logged, but lies in no table.
OUTSIDE = {"password", "recovery_key", "why", "list.rows", "list.title"}
WRITING = sorted(
    getattr(kind, name).__qualname__
    for kind in SERVICES
    for name, _method in public_methods(kind)
    if writes(kind, name) and kind is not Drawer  # the log leaves drawers out
)
NAMES = Names(
    lists={"nursing_grade": {"full": "全护理"}, "category": {"society": "社会老人"}},
    records={"bed": {7: "301-3"}, "account": {2: "李敏"}},
)


def test_every_deed_that_writes_has_a_name():
    assert set(WRITING) - set(DEED_NAMES) == set()


def test_no_name_outlives_its_deed():
    assert set(DEED_NAMES) - set(WRITING) == {"home.create", "home.recover"}


def test_every_table_has_a_name():
    assert set(RECORD_NAMES) - {"list"} == set(TABLES)  # a list lies in no table


def test_every_column_has_a_name_or_is_quiet():
    assert [
        (table, column)
        for table, column in sorted(COLUMNS)
        if column not in FIELD_NAMES
        and column not in QUIET
        and f"{table}.{column}" not in FIELD_NAMES
        and f"{table}.{column}" not in QUIET
    ] == []


def test_no_name_outlives_its_column():
    known = {column for _table, column in COLUMNS} | OUTSIDE
    known |= {f"{table}.{column}" for table, column in COLUMNS}
    known |= {"deed_number"}
    assert (set(FIELD_NAMES) | QUIET) - known == set()


@pytest.mark.parametrize(
    ("record", "column", "value", "said"),
    [
        ("resident", "name", "王芳", "王芳"),
        ("resident", "sex", "female", "女"),
        ("resident", "ability_level", 2, "中度"),
        ("resident", "has_dementia", True, "是"),
        ("assessment", "state", "finished", "完成"),
        ("assessment", "form", "gbt42195-2022", "GB/T 42195—2022"),
        ("assessment", "form", "of-another-home", "of-another-home"),
        ("risk_assessment", "state", "draft", "进行中"),
        ("entitlement", "state", "receives", "已享受"),
        ("evacuation", "way", "alone", "自己走"),
        ("resident", "has_dementia", False, "否"),
        ("resident", "id_number", "610103194001012424", "610103********2424"),
        ("resident", "born", "1940-01-01", "1940-01-01"),
        ("grade_change", "grade", "full", "全护理"),
        ("grade_change", "grade", "unheard", "unheard"),
        ("resident_category", "code", "society", "社会老人"),
        ("bed_use", "bed_id", 7, "301-3"),
        ("bed_use", "bed_id", 8, "8"),
        ("payment", "taken_by", 2, "李敏"),
        ("payment", "fen", 123456, "¥1,234.56"),
        ("payment", "method", "wechat", "微信"),
        ("bill", "total_fen", 100, "¥1.00"),
        ("bill_run", "month", "2026-10-01", "2026-10"),
        ("account", "role", "front_desk", "前台"),
        ("home", "rule_pack", "beijing", "北京规定"),
        ("price_list", "leave_meal_refund", 80, "80 %"),
    ],
)
def test_a_value_is_said_as_people_say_it(record, column, value, said):
    (change,) = logged.changes(record, {}, {column: value}, NAMES)
    assert (change.before, change.after) == ("", said)


@pytest.mark.parametrize(
    ("kind", "said"), [("fixed", ["¥0.80"]), ("percent", ["80 %"]), ("waived", [])]
)
def test_a_personal_price_is_money_or_a_share(kind, said):
    row = {"value": 80, "kind": kind}
    told = logged.changes("personal_price", {}, row, NAMES)
    name = field_names.name_of("personal_price", "value")
    assert [change.after for change in told if change.name == name] == said


def test_a_moment_is_told_in_local_time():
    (change,) = logged.changes(
        "receipt", {}, {"voided_at": "2026-11-21T01:30:00"}, NAMES
    )
    assert change.after[:3] == "202"
    assert "T" not in change.after


def test_before_and_after_stand_side_by_side():
    assert logged.changes(
        "resident", {"name": "王芳"}, {"name": "王方", "pinyin": "wangfang"}, NAMES
    ) == [FieldChange("姓名", "王芳", "王方")]


def test_what_is_empty_on_both_sides_is_left_out():
    assert logged.changes("resident", {"note": ""}, {"note": None}, NAMES) == []


def test_the_subject_names_the_record_or_else_its_resident():
    assert logged.subject("bed", 7, "", NAMES) == "床位 301-3"
    assert logged.subject("contact", 5, "王秀英", NAMES) == "联系人 王秀英"
    assert logged.subject("home", 1, "", NAMES) == "本院"


def test_a_deed_without_words_keeps_its_name():
    assert deeds.deed_name("Unheard.of") == "Unheard.of"

from datetime import date

import pytest

from carehome.rules.residents import Status
from carehome.services.pinyin import spell
from carehome.services.residents import (
    Contact,
    Filters,
    Person,
    Residents,
    categories,
    people,
    stays,
)
from tests.conftest import TODAY
from tests.house import DIRECTOR, build, know, settle


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("王秀英", "wang xiu ying", "wxy"),
        ("黄䶮", "huang yan", "hy"),
        ("何㛃", "he jie", "hj"),
        ("单美丽", "shan mei li/dan mei li", "sml/dml"),
        ("欧阳玉珍", "ou yang yu zhen", "oyyz"),
        ("阿不都·热依木", "a bu dou re yi mu/a bu du re yi mu", "abdrym"),
        ("调整餐别", "tiao zheng can bie/diao zheng can bie", "tzcb/dzcb"),
        ("John Smith", "johnsmith", "j"),
        ("·", "", ""),
    ],
)
def test_spelling_of_names(name, full, initials):
    spelling = spell(name)
    assert (spelling.full, spelling.initials) == (full, initials)


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def home(db):
    """王秀英 in 301-1, 孙大成 in 302-2 away in hospital, others not living here."""
    house = build(db)
    ids = {
        "王秀英": settle(db, "王秀英", house["301-1"]),
        "孙大成": settle(db, "孙大成", house["302-2"], sex="male"),
        "阿不都·热依木": know(db, "阿不都·热依木", "male"),
        "黄䶮": know(db, "黄䶮", "female", "510104194508175848"),
        "单美丽": know(db, "单美丽"),
    }
    with db.writing(DIRECTOR, "home") as session:
        person = Person("单美丽", "female", phone="138-1234 5678", ability_level=3)
        row = session.get_one(people.ResidentRow, ids["单美丽"])
        people.change_person_in(session, row, person, None, TODAY)
        categories.set_categories_in(session, ids["单美丽"], ["destitute"])
        people.set_contacts_in(
            session, ids["王秀英"], [Contact("family", "王强", phone="13900001111")]
        )
        stays.record_absence_in(session, ids["孙大成"], "hospital", TODAY, None)
    return ids


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("王秀英", ["王秀英"]),
        ("秀英", ["王秀英"]),
        ("wangxiuying", ["王秀英"]),
        ("wangx", ["王秀英"]),
        ("xiuy", ["王秀英"]),
        ("wang xiu", ["王秀英"]),
        ("WXY", ["王秀英"]),
        ("ang", []),
        ("阿不都热依木", ["阿不都·热依木"]),
        ("阿不都·热", ["阿不都·热依木"]),
        ("阿不都.热依木", ["阿不都·热依木"]),
        ("热依木", ["阿不都·热依木"]),
        ("abudureyimu", ["阿不都·热依木"]),
        ("abudoure", ["阿不都·热依木"]),
        ("䶮", ["黄䶮"]),
        ("yan", ["黄䶮"]),
        ("shan", ["单美丽"]),
        ("dan", ["单美丽"]),
        ("302-2", ["孙大成"]),
        ("302", ["孙大成"]),
        ("30", ["王秀英", "孙大成"]),
        ("510104194508175848", ["黄䶮"]),
        ("510104", ["黄䶮"]),
        ("5848", ["黄䶮"]),
        ("584", []),
        ("13812345678", ["单美丽"]),
        ("5678", ["单美丽"]),
        ("13900001111", ["王秀英"]),
        ("302 sun", ["孙大成"]),
        ("301 sun", []),
        ("没有这个人", []),
        ("", ["王秀英", "孙大成", "单美丽", "阿不都·热依木", "黄䶮"]),
    ],
)
def test_typing_finds_people(residents, home, typed, names):
    assert [line.name for line in residents.find(typed)] == names


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(statuses=frozenset({Status.IN_HOSPITAL})), ["孙大成"]),
        (Filters(sex="male"), ["孙大成", "阿不都·热依木"]),
        (Filters(category="destitute"), ["单美丽"]),
        (Filters(ability_level=3), ["单美丽"]),
        (Filters(grade="full"), []),
        (Filters(floor_id=1, sex="female"), ["王秀英"]),
        (Filters(floor_id=2), []),
    ],
)
def test_filters_narrow_the_list(residents, home, filters, names):
    assert [line.name for line in residents.find("", filters)] == names


def test_the_grade_of_today_is_listed_not_one_to_come(residents, home):
    residents.set_grade(home["王秀英"], "full", date(2026, 3, 1))
    residents.set_grade(home["王秀英"], "special", date(2026, 12, 1))
    [line] = residents.find("王秀英", Filters(grade="full"))
    assert line.grade_label == "全护理"


def test_a_line_holds_what_the_list_shows(residents, home):
    [line] = residents.find("孙大成")
    assert (line.bed, line.status, line.admitted_on, line.sex) == (
        "302-2",
        Status.IN_HOSPITAL,
        date(2026, 3, 1),
        "male",
    )


def test_no_line_holds_an_identity_number(residents, home):
    [line] = residents.find("黄䶮")
    assert "5848" not in repr(line)


def test_somebody_who_lives_here_again_is_found_with_the_new_stay(db, residents, home):
    resident_id = home["王秀英"]
    residents.discharge(resident_id, TODAY, "回家")
    with db.writing(DIRECTOR, "again") as session:
        stays.open_stay_in(session, resident_id, TODAY)
    [line] = residents.find("王秀英")
    assert (line.status, line.admitted_on) == (Status.IN, TODAY)


def test_an_index_once_read_is_searched_without_the_database(db, residents, home):
    index = residents.index()
    db.close()
    assert [line.name for line in index.find("sdc")] == ["孙大成"]

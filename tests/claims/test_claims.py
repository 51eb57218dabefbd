"""Claims in the home: judged from its records, answered and put aside by people."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from carehome.db.home import HomeRow
from carehome.db.ratings import RatingAwardRow
from carehome.rules.claims.claim import BadAnswer, NoReason, NoSuchQuestion, State
from carehome.rules.rights import NotAllowed, Role
from carehome.services.claims import Claims, star_in
from tests import house
from tests.conftest import ROLES, TODAY

DIRECTOR = ROLES[Role.DIRECTOR]
SUBSIDY, CHAIN = "xian/star-subsidy", "xian/chain"
NOW = datetime(2026, 11, 20)  # noqa: DTZ001


@pytest.fixture
def claims(as_role):
    return as_role(Claims, Role.DIRECTOR)


def lie_in(db, region, address):
    with db.writing(DIRECTOR, "test") as session:
        home = session.get(HomeRow, 1) or HomeRow(id=1, name="福寿养老院")
        home.region, home.address = region, address
        session.add(home)


def award(db, grade, first, last):
    with db.writing(DIRECTOR, "test") as session:
        row = RatingAwardRow(grade=grade, awarded_on=first, last_day=last)
        row.made_at, row.made_by = NOW, "test"
        session.add(row)


@pytest.fixture(autouse=True)
def _in_xian(db):
    lie_in(db, "陕西省", "西安市雁塔区小寨路1号")


def line(claims, code):
    return next(x for x in claims.listed(TODAY).lines if x.judged.claim.code == code)


def test_a_claim_is_judged_from_the_records(db, claims):
    assert line(claims, SUBSIDY).judged.state is State.NOT  # nobody lives here
    house.settle(db, "王秀英", house.build(db)["301-1"])
    assert line(claims, SUBSIDY).judged.state is State.UNKNOWN
    award(db, 3, date(2025, 1, 1), date(2027, 12, 31))
    assert line(claims, SUBSIDY).judged.state is State.MET


def test_a_home_elsewhere_has_no_amount_of_xian(db, claims):
    lie_in(db, "四川省", "成都市")
    for each in claims.listed(TODAY).lines:
        if each.judged.claim.code.startswith("xian/"):
            assert each.judged.is_elsewhere
            assert each.judged.worked is None


def test_the_grade_held_is_the_newest_valid_one(db):
    def held():
        with db.reading() as session:
            return star_in(session, TODAY)

    assert held() is None
    award(db, 4, date(2022, 1, 1), date(2024, 12, 31))
    assert held() == 0
    award(db, 2, date(2025, 1, 1), date(2027, 12, 31))
    assert held() == 2
    award(db, 3, date(2026, 11, 21), date(2029, 11, 20))
    assert held() == 3


def test_an_answer_counts_and_says_who_gave_it(claims):
    assert line(claims, CHAIN).judged.state is State.UNKNOWN
    claims.answer("is-chain", "yes", " 三家院 ")
    assert line(claims, CHAIN).judged.state is State.MET
    assert line(claims, CHAIN).judged.worked.most == 20_000_000
    answer = claims.listed(TODAY).answers["is-chain"]
    assert (answer.value, answer.note, answer.by) == ("yes", "三家院", DIRECTOR.name)


def test_the_newest_answer_counts_and_can_be_taken_back(claims):
    claims.answer("is-chain", "yes")
    claims.answer("is-chain", "no")
    assert line(claims, CHAIN).judged.state is State.NOT
    claims.clear("is-chain")
    assert line(claims, CHAIN).judged.state is State.UNKNOWN


def test_only_what_is_asked_is_answered_and_only_fittingly(claims):
    with pytest.raises(NoSuchQuestion):
        claims.answer("weather", "yes")
    with pytest.raises(BadAnswer):
        claims.answer("beds-new", "many")


def test_a_claim_is_put_aside_with_a_reason_and_brought_back(claims):
    with pytest.raises(NoReason):
        claims.hide(CHAIN, "  ")
    claims.hide(CHAIN, "只有一家院")
    assert line(claims, CHAIN).hidden.reason == "只有一家院"
    assert line(claims, CHAIN).hidden.by == DIRECTOR.name
    claims.show_again(CHAIN)
    assert line(claims, CHAIN).hidden is None


def test_only_who_sees_the_whole_home_sees_claims(as_role):
    with pytest.raises(NotAllowed):
        as_role(Claims, Role.FRONT_DESK).listed(TODAY)
    assert as_role(Claims, Role.ACCOUNTANT).listed(TODAY).lines


def test_the_list_for_paper_holds_what_may_hold_here(db, claims, tmp_path):
    claims.hide(CHAIN, "只有一家院")
    claims.write_list(TODAY, tmp_path / "list.pdf")
    text = "".join(
        page.extract_text() for page in PdfReader(tmp_path / "list.pdf").pages
    )
    assert "岗位补贴" in text
    assert "测算" in text
    assert "市政办发〔2021〕47号" in text
    assert "待确认：" in text
    assert "只有本院能回答" in text
    assert "连锁运营" not in text


def test_the_workbook_has_a_row_for_each_condition(claims, tmp_path):
    path = tmp_path / "可申报.xlsx"
    claims.write_book(TODAY, path)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    subsidy = [row for row in rows if row[0] == "按星级和能力的运营补助"]
    judged = line(claims, SUBSIDY).judged
    assert [row[8] for row in subsidy] == [str(each.text) for each in judged.verdicts]
    assert {row[3] for row in subsidy} == {"陕西省西安市"}
    assert all("测算" in (row[0] or "") for row in rows[2:3])
    assert not [row for row in rows if row[3] == "北京市"]

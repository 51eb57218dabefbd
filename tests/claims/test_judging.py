"""A claim held against what is known: every condition by itself, then together."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from carehome.rules.claims.claim import (
    Amount,
    AmountLine,
    Asking,
    BadAnswer,
    Claim,
    ClaimKind,
    Condition,
    ConditionKind,
    Facts,
    For,
    Mend,
    Per,
    Question,
    State,
)
from carehome.rules.claims.judging import check_answer, judge, lies_in
from carehome.rules.claims.presets import claims
from carehome.rules.claims.said import say_amount
from carehome.rules.figures import Figure, unknown
from carehome.rules.ratings.grades import Sense
from carehome.rules.safety.forms import Sureness

DAY = date(2026, 11, 21)
XIAN = ("陕西省", "西安市")
ROOM = Question("room", "有房吗")


def claim(*conditions, **more):
    plain = Claim(
        *("c", "补贴", ClaimKind.GRANT, For.HOME, (), None, None, "政策", "L1"),
        *(Sureness.READ, conditions),
    )
    return replace(plain, **more)


def state(condition, **known):
    return judge(claim(condition), Facts(DAY, **known)).verdicts[-1].state


@pytest.mark.parametrize(
    ("region", "address", "inside"),
    [
        ("陕西省", "陕西省西安市雁塔区小寨路1号", True),
        ("陕西省", "西安市雁塔区", True),
        ("陕西省", "西安雁塔区", True),
        ("西安市", "", True),
        ("陕西省", "咸阳市西安路1号", False),
        ("陕西省", "小寨路1号", None),
        ("陕西省", "", None),
        ("四川省", "成都市", False),
        ("演示市", "演示市福寿路18号", False),
        ("", "", None),
        ("", "小寨路1号", None),
    ],
)
def test_a_home_lies_in_xian_or_not_or_nobody_knows(region, address, inside):
    assert lies_in(XIAN, region, address) is inside


@pytest.mark.parametrize(
    ("path", "region", "address", "inside"),
    [
        (("北京市",), "云南省昆明市", "北京路1号", False),
        (("北京市",), "", "北京路1号", None),
        (("北京市",), "北京市朝阳区", "", True),
        (("北京市",), "朝阳区", "", None),  # there is one in Changchun as well
        (("天津市", "和平区"), "辽宁省沈阳市和平区", "", False),
        (("江苏省", "南京市", "鼓楼区"), "福建省福州市鼓楼区", "", False),
        (("河北省", "石家庄市", "长安区"), "陕西省西安市长安区", "", False),
        (("河北省", "石家庄市", "长安区"), "长安区", "", None),
        (XIAN, "陕西省", "西安市南京路北京大厦", True),
        (("江苏省", "南京市"), "陕西省", "西安市南京路", False),
        (("上海市",), "上海市", "闵行区", True),
    ],
)
def test_a_street_or_a_district_elsewhere_of_the_same_name_is_no_place(
    path, region, address, inside
):
    assert lies_in(path, region, address) is inside


def test_every_home_lies_in_the_country():
    assert lies_in((), "", "") is True


def test_a_county_is_told_below_its_city():
    path = ("山西省", "运城市", "平陆县")
    assert lies_in(path, "山西省", "运城市平陆县圣人涧镇") is True
    assert lies_in(path, "山西省", "运城市盐湖区") is False
    assert lies_in(path, "山西省", "运城市") is None


def test_an_amount_of_another_place_is_never_shown():
    subsidy = claims()["xian/star-subsidy"]
    people = {
        f"residents.class_{code}": Figure(value=9)
        for code in ("disabled", "partly", "able")
    }
    elsewhere = judge(subsidy, Facts(DAY, "四川省", figures=people, star=5))
    assert elsewhere.state is State.NOT
    assert elsewhere.is_elsewhere
    assert elsewhere.worked is None


def test_a_claim_has_its_day():
    timed = claim(starts=date(2026, 11, 21), ends=date(2027, 1, 1))
    assert judge(timed, Facts(date(2026, 11, 20))).state is State.NOT
    assert judge(timed, Facts(date(2026, 11, 21))).state is State.MET
    assert judge(timed, Facts(date(2026, 12, 31))).state is State.MET
    assert judge(timed, Facts(date(2027, 1, 1))).state is State.NOT


@pytest.mark.parametrize(
    ("figure", "found"),
    [
        (Figure(value=50), State.MET),
        (Figure(value=49), State.NOT),
        (unknown("没有登记"), State.UNKNOWN),
        (None, State.UNKNOWN),
    ],
)
def test_a_count_is_held_against_its_bound(figure, found):
    beds = Condition("50张", ConditionKind.FIGURE, "beds.total", bound=Fraction(50))
    known = {"beds.total": figure} if figure else {}
    assert state(beds, figures=known) is found


def test_a_count_may_be_asked_at_most():
    few = Condition(
        "至多2次", ConditionKind.FIGURE, "safety.incidents", Sense.AT_MOST, Fraction(2)
    )
    assert state(few, figures={"safety.incidents": Figure(value=2)}) is State.MET
    assert state(few, figures={"safety.incidents": Figure(value=3)}) is State.NOT


@pytest.mark.parametrize(
    ("registered", "filed", "found"),
    [
        (Figure(value=1), Figure(value=0), State.MET),
        (Figure(value=0), Figure(value=1), State.MET),
        (Figure(value=0), Figure(value=0), State.NOT),
        (Figure(value=0), unknown("没有登记"), State.UNKNOWN),
        (Figure(value=1), unknown("没有登记"), State.MET),
    ],
)
def test_registered_or_filed_is_enough(registered, filed, found):
    known = {"safety.registration": registered, "safety.filing": filed}
    either = claims()["national/utilities"].conditions[0]
    assert state(either, figures=known) is found


@pytest.mark.parametrize(
    ("kind", "found"),
    [("企业", State.MET), ("其他", State.NOT), ("", State.UNKNOWN)],
)
def test_the_profile_tells_what_the_home_is(kind, found):
    firm = Condition(
        "是企业", ConditionKind.PROFILE, field="legal_kind", among=("企业",)
    )
    assert state(firm, profile={"legal_kind": kind}) is found


@pytest.mark.parametrize(
    ("star", "found"),
    [(3, State.MET), (2, State.NOT), (0, State.NOT), (None, State.UNKNOWN)],
)
def test_a_grade_is_held_or_not_or_was_never_noted(star, found):
    three = Condition("三星", ConditionKind.STAR, bound=Fraction(3))
    assert state(three, star=star) is found


@pytest.mark.parametrize(
    ("answers", "found"),
    [({"room": "yes"}, State.MET), ({"room": "no"}, State.NOT), ({}, State.UNKNOWN)],
)
def test_what_only_the_home_knows_is_unknown_until_answered(answers, found):
    asked = Condition("有房", ConditionKind.ASK, question=ROOM)
    verdict = judge(claim(asked), Facts(DAY, answers=answers)).verdicts[-1]
    assert verdict.state is found
    assert (verdict.mend, verdict.key) == (Mend.ASK, "room")


def test_what_fails_goes_before_what_is_unknown():
    asked = Condition("有房", ConditionKind.ASK, question=ROOM)
    firm = Condition(
        "是企业", ConditionKind.PROFILE, field="legal_kind", among=("企业",)
    )
    both = claim(asked, firm)
    assert judge(both, Facts(DAY, profile={"legal_kind": "其他"})).state is State.NOT
    assert (
        judge(both, Facts(DAY, profile={"legal_kind": "企业"})).state is State.UNKNOWN
    )


def test_an_amount_shows_its_working_and_what_is_missing():
    beds = AmountLine("每床", 100, 300, question=Question("beds", "几张", Asking.COUNT))
    flat = AmountLine("每院", 5000, 5000)
    paid = claim(amount=Amount(Per.ONCE, (beds, flat)))
    open_ = judge(paid, Facts(DAY)).worked
    assert (open_.least, open_.most, open_.is_whole) == (5000, 5000, False)
    whole = judge(paid, Facts(DAY, answers={"beds": "7"})).worked
    assert (whole.least, whole.most, whole.is_whole) == (5700, 7100, True)
    assert [each.count for each in whole.addends] == [7, 1]


def test_a_share_of_money_is_rounded_once_half_up():
    spent = AmountLine(
        "三成", percent=30, question=Question("spent", "多少", Asking.MONEY)
    )
    paid = claim(amount=Amount(Per.ONCE, (spent,)))
    assert judge(paid, Facts(DAY, answers={"spent": "5"})).worked.most == 2  # 1.5 fen


@pytest.mark.parametrize(
    ("asking", "value"),
    [
        (Asking.YES_NO, "maybe"),
        (Asking.YES_NO, ""),
        (Asking.COUNT, "-1"),
        (Asking.COUNT, "1.5"),
        (Asking.MONEY, "yes"),
        (Asking.COUNT, "9" * 14),
    ],
)
def test_an_answer_fits_its_question(asking, value):
    with pytest.raises(BadAnswer):
        check_answer(Question("q", "?", asking), value)


def test_the_star_subsidy_of_a_home_in_xian_is_the_sum_of_its_classes():
    subsidy = claims()["xian/star-subsidy"]
    people = {
        "residents.total": Figure(value=35),
        "residents.class_disabled": Figure(value=10),
        "residents.class_partly": Figure(value=5),
        "residents.class_able": Figure(value=20),
    }
    facts = Facts(DAY, "陕西省", "西安市雁塔区", figures=people, star=3)
    found = judge(subsidy, facts)
    assert found.state is State.MET
    assert found.worked.most == found.worked.least == 245000
    assert [each.most for each in found.worked.addends] == [120000, 45000, 80000]


def test_without_a_noted_grade_the_star_subsidy_is_not_known():
    subsidy = claims()["xian/star-subsidy"]
    found = judge(subsidy, Facts(DAY, "陕西省", "西安市"))
    assert found.state is State.UNKNOWN
    assert not found.worked.is_whole


def test_an_amount_that_a_condition_stands_against_says_so():
    asked = Condition("有房", ConditionKind.ASK, question=ROOM)
    paid = claim(asked, amount=Amount(Per.ONCE, (AmountLine("奖励", 5000, 5000),)))
    refused = judge(paid, Facts(DAY, answers={"room": "no"}))
    granted = judge(paid, Facts(DAY, answers={"room": "yes"}))
    assert say_amount(refused) == "若符合：一次性 ¥50.00"
    assert say_amount(granted) == "一次性 ¥50.00"

"""Covers by other payers, adjustments of earlier months, and what lines say."""

import re
from dataclasses import replace
from datetime import date

import pytest

from carehome import i18n
from carehome.rules.billing import (
    Absence,
    Choice,
    Cover,
    Extra,
    HomeSettings,
    Item,
    ItemUse,
    PersonalPrice,
    PriceList,
    Standing,
    StayDays,
    Tariff,
    Terms,
    adjust,
    bill_month,
    check_absences,
    check_extra,
    check_personal_prices,
    check_price_list,
    check_stays,
    check_uses,
    checks,
    corrections,
    explain,
    facts_from_json,
    facts_of_month,
    facts_to_json,
    is_vat_exempt,
)
from carehome.rules.billing.adjustments import told
from carehome.rules.billing.stored import UnreadableFacts
from carehome.rules.billing.tariff import BadPriceList
from carehome.rules.periods import Period

ITEMS = {
    item.code: item
    for item in (
        Item("bed", "双人间", "bed"),
        Item("bed-n", "护理床", "bed"),
        Item("care-1", "一级护理", "care"),
        Item("care-3", "三级护理", "care"),
        Item("meal", "普食", "meal"),
        Item("halal", "清真餐", "meal", "day"),
        Item("bath", "助浴", "other", "use"),
    )
}
PRICES = {
    "bed": 120000,
    "care-1": 80000,
    "care-3": 160000,
    "meal": 60000,
    "halal": 2500,
    "bath": 3000,
}
START, NOV = date(2026, 1, 1), date(2026, 11, 1)
ALWAYS = Period(START)
SERVICE = [ItemUse(code, ALWAYS) for code in ("bed", "care-1", "meal")]
HERE = [StayDays(START)]
INSURANCE = Cover("insurance", "长护险", ALWAYS, "percent", 75, ("care",))


def facts(month=NOV, uses=SERVICE, stays=HERE, terms=None, **rest):
    listed = rest.pop("lists", [PriceList(START, PRICES, terms or Terms())])
    return facts_of_month(
        1,
        month,
        items=ITEMS,
        tariff=Tariff(tuple(listed)),
        settings=HomeSettings(),
        stays=stays,
        uses=uses,
        **rest,
    )


def day(number):
    return NOV.replace(day=number)


def paid(**rest):
    """Return what each payer's line comes to."""
    lines = bill_month(facts(**rest)).lines
    return [(x.payer, x.amount_fen) for x in lines if x.kind == "payer"]


# --- payers ---------------------------------------------------------------------------


def test_a_payer_bears_its_share_of_a_category():
    assert paid(covers=[INSURANCE]) == [("insurance", -60000)]


def test_a_payer_bears_its_share_of_what_refunds_leave():
    away = Absence("hospital", day(10), day(21))  # 266.67 of 800.00 given back
    assert paid(covers=[INSURANCE], absences=[away]) == [("insurance", -40000)]


def test_fen_a_month_are_counted_by_charged_days():
    subsidy = Cover("government", "区民政局", ALWAYS, "fen", 30000)
    stays = [StayDays(day(21))]
    assert paid(covers=[subsidy], stays=stays) == [("government", -10000)]


def test_a_payer_never_bears_more_than_the_items_come_to():
    subsidy = Cover("government", "区民政局", ALWAYS, "fen", 99999, ("meal",))
    assert paid(covers=[subsidy]) == [("government", -60000)]


def test_payers_together_never_bear_more_than_the_items_come_to():
    charity = Cover("charity", "慈善会", ALWAYS, "fen", 50000, (), ("care-1",))
    assert paid(covers=[INSURANCE, charity]) == [
        ("insurance", -60000),
        ("charity", -20000),
    ]


def test_payers_of_the_same_days_share_only_what_those_days_come_to():
    ten_days = Period(day(1), day(11))
    covers = [
        Cover("insurance", "长护险", ten_days, "percent", 100, ("care",)),
        Cover("charity", "慈善会", ten_days, "percent", 100, ("care",)),
    ]
    assert paid(covers=covers) == [("insurance", -26667)]


def test_a_payer_gets_no_fen_from_the_cutting_of_a_refund():
    # 1 fen is charged and given back; cut at the 11th, the parts are -1 and 1
    late = Cover("insurance", "长护险", Period(day(11)), "percent", 100)
    away = Absence("hospital", day(1), day(18))
    lists = [PriceList(START, {"meal": 1})]
    uses = [ItemUse("meal", ALWAYS)]
    given = {"covers": [late], "absences": [away], "lists": lists, "uses": uses}
    assert [x.amount_fen for x in bill_month(facts(**given)).lines] == [1, -1]


def test_a_cover_counts_from_its_date():
    late = Cover("insurance", "长护险", Period(day(16)), "percent", 100, ("care",))
    assert paid(covers=[late]) == [("insurance", -40000)]


def test_the_example_of_the_handbook():
    lists = [PriceList(START, PRICES | {"bed-n": 150000})]
    move = day(21)
    uses = [
        ItemUse("bed", Period(START, move)),
        ItemUse("bed-n", Period(move)),
        ItemUse("care-1", Period(START, move)),
        ItemUse("care-3", Period(move)),
        ItemUse("meal", ALWAYS),
    ]
    away = [Absence("leave", day(5), day(9))]
    bill = bill_month(facts(uses=uses, lists=lists, absences=away, covers=[INSURANCE]))
    assert [line.amount_fen for line in bill.lines] == [
        80000,
        50000,
        53333,
        53333,
        60000,
        -6000,
        -80000,
    ]
    assert bill.total == 210666


# --- adjustments ----------------------------------------------------------------------


def test_a_backdated_grade_is_corrected_item_by_item():
    charged = bill_month(facts()).lines
    uses = [ItemUse("bed", ALWAYS), ItemUse("meal", ALWAYS)]
    uses += [
        ItemUse("care-1", Period(START, day(16))),
        ItemUse("care-3", Period(day(16))),
    ]
    lines = adjust(charged, bill_month(facts(uses=uses)).lines)
    assert [(x.item_code, x.amount_fen) for x in lines] == [
        ("care-1", -40000),
        ("care-3", 80000),
    ]
    assert [[x.source[name] for name in ("corrects", "old", "new")] for x in lines] == [
        ["fee", 80000, 40000],
        ["fee", 0, 80000],
    ]
    assert {x.for_month for x in lines} == {NOV}


def test_a_forgotten_leave_is_corrected_as_a_refund():
    charged = bill_month(facts()).lines
    away = Absence("leave", day(10), day(14))
    (line,) = adjust(charged, bill_month(facts(absences=[away])).lines)
    assert (line.kind, line.amount_fen) == ("adjustment", -6000)
    assert line.source["corrects"] == "refund"


def test_what_an_adjustment_corrected_is_not_corrected_again():
    charged = list(bill_month(facts()).lines)
    now = bill_month(facts(absences=[Absence("leave", day(10), day(14))])).lines
    charged += adjust(charged, now)
    assert adjust(charged, now) == []
    (back,) = adjust(charged, bill_month(facts()).lines)
    assert back.amount_fen == 6000


def test_a_correction_of_two_payers_keeps_them_apart():
    charity = Cover("charity", "慈善会", ALWAYS, "fen", 10000)
    charged = bill_month(facts(covers=[INSURANCE, charity])).lines
    (line,) = adjust(charged, bill_month(facts(covers=[INSURANCE])).lines)
    assert (line.payer, line.item_name, line.amount_fen) == ("charity", "慈善会", 10000)


MONTHS = [date(2026, number, 1) for number in (10, 7, 9, 8)]


def found_back_to(oldest, choices=None):
    """Return the corrections of four months that were charged for nothing."""
    charged = {month: bill_month(facts(month)).lines for month in MONTHS}
    now = dict.fromkeys(MONTHS, ())
    return corrections(charged, now, date(2026, oldest, 1), choices or {})


def months_that(found, standing):
    return [x.month.month for x in found if x.standing is standing]


@pytest.mark.parametrize(
    ("oldest", "within", "older"),
    [(8, [8, 9, 10], [7]), (10, [10], [7, 8, 9]), (11, [], [7, 8, 9, 10])],
)
def test_corrections_of_older_months_wait_for_the_director(oldest, within, older):
    found = found_back_to(oldest)
    assert months_that(found, Standing.DUE) == within
    assert months_that(found, Standing.WAITING) == older


def test_a_correction_that_the_director_confirmed_says_so():
    seen = told(found_back_to(8)[0].lines)
    choices = {date(2026, 7, 1): Choice(True, seen, "家属补交了证明", "院长")}
    taken = found_back_to(8, choices)[0]
    assert taken.standing is Standing.TAKEN
    assert explain(taken.lines[0])[-1] == "院长已确认：家属补交了证明"


def test_what_the_director_left_is_left_out():
    seen = told(found_back_to(8)[0].lines)
    choices = {date(2026, 7, 1): Choice(False, seen, "双方已说好", "院长")}
    left = found_back_to(8, choices)[0]
    assert left.standing is Standing.LEFT
    assert not left.is_in


def test_another_correction_waits_for_a_word_of_its_own():
    choices = {date(2026, 7, 1): Choice(True, (("fee", "bed", "", -1),), "旧", "院长")}
    assert found_back_to(8, choices)[0].standing is Standing.WAITING


def test_a_month_never_billed_is_charged_late():
    now = {date(2026, 10, 1): bill_month(facts(date(2026, 10, 1))).lines}
    (found,) = corrections({}, now, date(2026, 8, 1), {})
    assert found.fen == 260000


# --- what lines say -------------------------------------------------------------------


def said(kind, **rest):
    """Return what the first line of a kind says."""
    lines = bill_month(facts(**rest)).lines
    return explain(next(line for line in lines if line.kind == kind))


def test_a_whole_month_says_its_price_and_list():
    assert said("fee") == ["整月，每月 ¥1,200.00。", "价目表自 2026-01-01 起执行。"]


def test_a_part_of_a_month_says_its_days():
    assert said("fee", stays=[StayDays(day(21))])[0] == (
        "每月 ¥1,200.00 × 10 ÷ 30 天 = ¥400.00。"
    )


def test_a_daily_item_says_its_days():
    uses = [ItemUse("halal", ALWAYS)]
    assert said("fee", uses=uses)[0] == "每天 ¥25.00 × 30 天 = ¥750.00。"


def test_basis_thirty_says_how_days_count():
    month = date(2026, 10, 1)
    texts = said("fee", month=month, terms=Terms(day_basis="thirty"))
    assert texts[1] == "这 31 天按 30 天计，因为整月按 30 天算。"


def test_lines_cut_from_one_amount_say_so():
    stays = [StayDays(START, day(6)), StayDays(day(20))]
    lines = bill_month(facts(stays=stays)).lines
    assert explain(lines[1])[1] == (
        "与前面同价的 5 天合并计算后再取整，使各段之和等于总额。"
    )


def test_an_unchanged_price_names_both_lists():
    lists = [PriceList(START, PRICES), PriceList(day(9), PRICES)]
    assert said("fee", lists=lists)[1] == (
        "价目表自 2026-01-01 起执行，2026-11-09 起的新价目表价格不变。"
    )


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("fixed", 90000, "个人价格 ¥900.00，价目表价 ¥1,200.00。"),
        ("percent", 80, "个人价格：价目表价 ¥1,200.00 的 80%。"),
        ("waived", 0, "已减免，价目表价为 ¥1,200.00。"),
    ],
)
def test_a_personal_price_says_why_and_who_approved(kind, value, text):
    own = PersonalPrice("bed", ALWAYS, kind, value, "低保", "李敏")
    texts = said("fee", personal_prices=[own])
    assert texts[1:] == [text, "原因：低保。批准人：李敏。"]


def test_a_refund_says_where_the_days_come_from():
    away = Absence("leave", day(10), day(14))
    assert said("refund", absences=[away]) == [
        "请假：2026-11-10 离院，2026-11-14 返回。",
        "不在院 2026-11-11 至 2026-11-13：¥600.00 × 3 ÷ 30 × 100%。",
    ]


def test_a_refund_of_somebody_still_away_says_so():
    away = Absence("hospital", day(10))
    assert said("refund", absences=[away])[0] == "住院：2026-11-10 离院，尚未返回。"


def test_a_use_says_day_and_note():
    texts = said("use", extras=[Extra("bath", day(5), 2, "术后")])
    assert texts[0] == "2026-11-05：2 × ¥30.00 = ¥60.00。"
    assert texts[-1] == "术后"


@pytest.mark.parametrize(
    ("cover", "texts"),
    [
        (INSURANCE, ["长护险承担 75%，所涉项目合计 ¥800.00。"]),
        (
            Cover("government", "区民政局", ALWAYS, "fen", 99999, ("meal",)),
            [
                "区民政局承担每月 ¥999.99 × 30 ÷ 30 天。",
                "以所涉项目尚未支付的金额为限。",
            ],
        ),
    ],
)
def test_a_payer_says_what_it_bears(cover, texts):
    assert said("payer", covers=[cover]) == texts


def corrected(charged, **known):
    """Return what is said of each line that corrects November by what is known."""
    now = bill_month(facts(**known)).lines
    return {
        (line.source["corrects"], line.item_code): explain(line)
        for line in adjust(charged, now)
    }


def test_a_correction_says_month_and_both_amounts():
    charged = bill_month(facts()).lines
    (line,) = adjust(charged, [x for x in charged if x.item_code != "bed"])
    assert explain(line) == [
        "更正2026年11月：原收 ¥1,200.00，应收 ¥0.00，退还 ¥1,200.00。",
        "应按 0 天收，原按 30 天收。",
    ]


def test_a_late_leave_says_what_was_charged_after_refunds_and_for_which_days():
    away = Absence("leave", day(10), day(14))
    assert corrected(bill_month(facts()).lines, absences=[away]) == {
        ("refund", "meal"): [
            "更正2026年11月：扣除退费后原收 ¥600.00，应收 ¥540.00，退还 ¥60.00。",
            "现计入：请假：2026-11-10 离院，2026-11-14 返回。",
        ]
    }


def test_a_leave_that_was_none_is_counted_no_longer():
    away = Absence("leave", day(10), day(14))
    charged = bill_month(facts(absences=[away])).lines
    assert corrected(charged) == {
        ("refund", "meal"): [
            "更正2026年11月：扣除退费后原收 ¥540.00，应收 ¥600.00，补收 ¥60.00。",
            "不再计入：请假：2026-11-10 离院，2026-11-14 返回。",
        ]
    }


def test_a_leave_corrected_twice_names_only_what_is_new():
    first, second = (Absence("leave", day(a), day(a + 5)) for a in (5, 15))
    charged = bill_month(facts()).lines
    charged += tuple(adjust(charged, bill_month(facts(absences=[first])).lines))
    said = corrected(charged, absences=[first, second])["refund", "meal"]
    assert said[1:] == ["现计入：请假：2026-11-15 离院，2026-11-20 返回。"]


def test_a_late_grade_says_which_days_and_that_the_grade_changed():
    uses = [ItemUse("bed", ALWAYS), ItemUse("meal", ALWAYS)]
    uses += [
        ItemUse("care-1", Period(START, day(16))),
        ItemUse("care-3", Period(day(16))),
    ]
    changed = "这些天的护理等级有变更，护理费随之改变。"
    assert corrected(bill_month(facts()).lines, uses=uses) == {
        ("fee", "care-1"): [
            "更正2026年11月：原收 ¥800.00，应收 ¥400.00，退还 ¥400.00。",
            changed,
            "应按 15 天收（2026-11-01 至 2026-11-15），原按 30 天收。",
        ],
        ("fee", "care-3"): [
            "更正2026年11月：原收 ¥0.00，应收 ¥800.00，补收 ¥800.00。",
            changed,
            "应按 15 天收（2026-11-16 至 2026-11-30），原按 0 天收。",
        ],
    }


def test_a_late_price_says_both_prices_and_who_approved_it():
    own = PersonalPrice("meal", ALWAYS, "fixed", 50000, "低保", "李敏")
    assert corrected(bill_month(facts()).lines, personal_prices=[own]) == {
        ("fee", "meal"): [
            "更正2026年11月：原收 ¥600.00，应收 ¥500.00，退还 ¥100.00。",
            "价格应为 ¥500.00，原按 ¥600.00 收。",
            "个人价格，李敏批准：低保",
        ]
    }


def test_a_price_that_changes_inside_the_month_says_since_when():
    own = PersonalPrice("meal", Period(day(11)), "fixed", 30000, "低保", "李敏")
    assert corrected(bill_month(facts()).lines, personal_prices=[own]) == {
        ("fee", "meal"): [
            "更正2026年11月：原收 ¥600.00，应收 ¥400.00，退还 ¥200.00。",
            "2026-11-11 起单价应为 ¥300.00，原按 ¥600.00 收取。",
            "个人价格，李敏批准：低保",
        ]
    }


def test_a_price_that_is_taken_back_says_which_one_holds():
    own = PersonalPrice("meal", Period(day(11)), "fixed", 30000, "低保", "李敏")
    charged = bill_month(facts(personal_prices=[own])).lines
    said = corrected(charged)["fee", "meal"]
    assert said[1] == "价格应为 ¥600.00，原按 ¥300.00 收。"


def test_a_second_change_inside_the_month_is_told_alone():
    first = PersonalPrice("meal", Period(day(11)), "fixed", 30000, "低保", "李敏")
    charged = bill_month(facts()).lines
    now = bill_month(facts(personal_prices=[first])).lines
    charged += tuple(adjust(charged, now))
    second = PersonalPrice("meal", Period(day(11)), "fixed", 15000, "低保", "李敏")
    said = corrected(charged, personal_prices=[second])["fee", "meal"]
    assert said[1] == "2026-11-11 起单价应为 ¥150.00，原按 ¥300.00 收取。"


def test_a_payer_that_comes_late_says_for_which_days():
    covers = [replace(INSURANCE, period=Period(day(16)))]
    said = corrected(bill_month(facts()).lines, covers=covers)["payer", ""]
    assert said[1] == "长护险承担 2026-11-16 至 2026-11-30 的费用。"


def test_a_refund_beside_another_fee_is_told_as_what_is_given_back():
    away = Absence("leave", day(10), day(14))
    own = PersonalPrice("meal", ALWAYS, "fixed", 30000, "低保", "李敏")
    known = {"absences": [away], "personal_prices": [own]}
    said = corrected(bill_month(facts()).lines, **known)
    assert said["refund", "meal"] == [
        "更正2026年11月：原退 ¥0.00，应退 ¥30.00。",
        "现计入：请假：2026-11-10 离院，2026-11-14 返回。",
    ]


def test_a_correction_of_old_times_says_both_amounts_without_a_cause():
    away = Absence("leave", day(10), day(14))
    charged = bill_month(facts()).lines
    (line,) = adjust(charged, bill_month(facts(absences=[away])).lines)
    old = {name: line.source[name] for name in ("corrects", "old", "new")}
    assert explain(line._replace(source=old)) == [
        "更正2026年11月：原退 ¥0.00，应退 ¥60.00。"
    ]


def test_a_payer_that_bears_less_is_told_as_what_he_bears():
    charged = bill_month(facts(covers=[INSURANCE])).lines
    assert corrected(charged)["payer", ""] == [
        "更正2026年11月：长护险原承担 ¥600.00，应承担 ¥0.00。",
        "长护险不再承担该月的费用。",
    ]


def test_explanations_are_told_in_english_too():
    i18n.use("en")
    assert said("fee")[0] == "A whole month at ¥1,200.00."


# --- checks at entry ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "refusal"),
    [
        (
            lambda: check_uses(
                [ItemUse("care-1", ALWAYS), ItemUse("care-3", Period(NOV))], ITEMS
            ),
            checks.OverlappingUses,
        ),
        (lambda: check_uses([ItemUse("bath", ALWAYS)], ITEMS), checks.WrongUnit),
        (lambda: check_extra(Extra("bed", NOV), ITEMS["bed"]), checks.WrongUnit),
        (lambda: check_extra(Extra("bath", NOV, 0), ITEMS["bath"]), checks.BadExtra),
        (
            lambda: check_stays([StayDays(NOV), StayDays(START, day(2))]),
            checks.OverlappingStays,
        ),
        (
            lambda: check_stays([StayDays(START), StayDays(NOV)]),
            checks.OverlappingStays,
        ),
        (
            lambda: check_absences(
                [Absence("leave", day(3), day(9)), Absence("leave", day(8))],
                [StayDays(START)],
            ),
            checks.OverlappingAbsences,
        ),
        (
            lambda: check_absences([Absence("leave", START)], [StayDays(NOV)]),
            checks.BadAbsence,
        ),
        (
            lambda: check_absences(
                [Absence("leave", day(3), day(2))], [StayDays(START)]
            ),
            checks.BadAbsence,
        ),
    ],
)
def test_what_cannot_be_is_refused_when_entered(check, refusal):
    with pytest.raises(refusal) as refused:
        check()
    assert not re.search(r"[{}]", refused.value.message)


@pytest.mark.parametrize(
    ("kind", "value", "reason", "approver"),
    [
        ("percent", 101, "低保", "李敏"),
        ("fixed", -1, "低保", "李敏"),
        ("fixed", 100, " ", "李敏"),
        ("waived", 0, "低保", ""),
    ],
)
def test_a_personal_price_needs_a_value_a_reason_and_an_approver(
    kind, value, reason, approver
):
    own = PersonalPrice("bed", ALWAYS, kind, value, reason, approver)
    with pytest.raises(checks.BadPersonalPrice):
        check_personal_prices([own], ITEMS)


def test_two_personal_prices_on_one_day_are_refused():
    own = [
        PersonalPrice("bed", p, "waived", 0, "低保", "李敏") for p in (ALWAYS, ALWAYS)
    ]
    with pytest.raises(checks.OverlappingPrices):
        check_personal_prices(own, ITEMS)


@pytest.mark.parametrize(
    "listed",
    [
        PriceList(NOV, {"bed": -1}),
        PriceList(NOV, {}, Terms(leave_bed_kept=101)),
        PriceList(NOV, {}, Terms(hospital_meal_refund=-1)),
        PriceList(NOV, {}, Terms(leave_min_days=0)),
    ],
)
def test_a_price_list_with_a_wrong_figure_is_refused(listed):
    with pytest.raises(BadPriceList):
        check_price_list(listed)


def test_a_sound_price_list_is_taken():
    check_price_list(PriceList(NOV, PRICES))


@pytest.mark.parametrize(
    ("is_marked", "is_registered", "is_filed", "exempt"),
    [
        (True, True, True, True),
        (False, True, True, False),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_vat_exemption_needs_the_mark_the_registration_and_the_filing(
    is_marked, is_registered, is_filed, exempt
):
    item = Item("care-1", "一级护理", "care", vat_exempt=is_marked)
    assert is_vat_exempt(item, is_registered, is_filed) is exempt


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: "[]",
        lambda text: text[:-9],
        lambda text: text.replace('"edition":1', '"edition":2'),
        lambda text: text.replace("2026-11-01", "2026-13-01"),
        lambda text: text.replace('"stays"', '"days"'),
    ],
)
def test_damaged_facts_are_trouble(damage):
    with pytest.raises(UnreadableFacts):
        facts_from_json(damage(facts_to_json(facts())))


def test_facts_of_the_first_edition_stay_readable():
    text = (
        '{"edition":1,"resident":7,"month":"2026-11-01","known_until":"2026-12-01",'
        '"settings":[true,false],"items":[["care","一级护理","care","month",true],'
        '["bath","助浴","other","use",false]],'
        '"lists":[["2026-01-01",["month",100,0,100,3,100,100,100,1],'
        '{"care":80000,"bath":3000}]],"stays":[["2026-11-04",null]],'
        '"uses":[["care","2026-01-01",null]],'
        '"prices":[["care","2026-01-01",null,"percent",90,"低保","李敏"]],'
        '"absences":[["hospital","2026-11-10","2026-11-14"]],'
        '"extras":[["bath","2026-11-20",1,""]],'
        '"covers":[["insurance","长护险","2026-01-01",null,"percent",50,["care"],[]]]}'
    )
    kept = facts_from_json(text)
    assert facts_to_json(kept) == text
    # 720.00 x 27 / 30, less 3 days, half of the rest by insurance, 30.00 for the bath
    assert [line.amount_fen for line in bill_month(kept).lines] == [
        64800,
        -7200,
        3000,
        -28800,
    ]

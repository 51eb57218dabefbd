"""What a month comes to, by examples computed by hand."""

from dataclasses import replace
from datetime import date

import pytest

from carehome.rules.billing import (
    Absence,
    Cover,
    Extra,
    Facts,
    Gap,
    HomeSettings,
    Item,
    ItemUse,
    NoPrice,
    PersonalPrice,
    PriceList,
    StayDays,
    Tariff,
    Terms,
    bill_month,
    day_exact_difference,
    explain,
    facts_of_month,
    gaps,
    monthly_service_fee,
)
from carehome.rules.billing.checks import OverlappingAbsences, OverlappingUses
from carehome.rules.periods import Period

ITEMS = {
    item.code: item
    for item in (
        Item("bed-2", "双人间", "bed"),
        Item("bed-2w", "双人间（朝南）", "bed"),
        Item("bed-n", "护理床", "bed"),
        Item("care-1", "一级护理", "care"),
        Item("care-3", "三级护理", "care"),
        Item("meal", "普食", "meal"),
        Item("meal-day", "清真餐", "meal", "day"),
        Item("laundry", "洗衣", "other"),
        Item("tv", "电视", "other", "day"),
        Item("bath", "助浴", "other", "use"),
    )
}
PRICES = {
    "bed-2": 120000,
    "bed-2w": 120000,
    "bed-n": 150000,
    "care-1": 80000,
    "care-3": 160000,
    "meal": 60000,
    "meal-day": 2500,
    "laundry": 5000,
    "tv": 100,
    "bath": 3000,
}
LONG_AGO = date(2020, 1, 1)
HERE = [StayDays(LONG_AGO)]
OCT, NOV, FEB = date(2026, 10, 1), date(2026, 11, 1), date(2026, 2, 1)


def use(code, start=LONG_AGO, end=None):
    return ItemUse(code, Period(start, end))


def facts(month=OCT, *, stays=HERE, uses=(), terms=None, **rest) -> Facts:
    lists = rest.pop("lists", (PriceList(LONG_AGO, PRICES, terms or Terms()),))
    return facts_of_month(
        1,
        month,
        items=ITEMS,
        tariff=Tariff(tuple(lists)),
        settings=rest.pop("settings", HomeSettings()),
        stays=stays,
        uses=uses,
        **rest,
    )


def amounts(facts):
    return [(x.kind, x.item_code, x.amount_fen) for x in bill_month(facts).lines]


def day(number, month=OCT):
    return month.replace(day=number)


def test_a_whole_month_costs_exactly_the_monthly_price():
    bill = bill_month(facts(uses=[use("meal"), use("care-1"), use("bed-2")]))
    assert [(x.item_code, x.amount_fen) for x in bill.lines] == [
        ("bed-2", 120000),
        ("care-1", 80000),
        ("meal", 60000),
    ]
    assert bill.total == 260000


@pytest.mark.parametrize(
    ("admitted", "discharged", "settings", "days"),
    [
        (day(10), None, HomeSettings(), 22),
        (day(10), day(20), HomeSettings(), 10),
        (day(10), day(20), HomeSettings(False, False), 9),
        (day(10), day(20), HomeSettings(True, True), 11),
        (day(10), day(20), HomeSettings(False, True), 10),
        (day(10), day(10), HomeSettings(), 1),
        (day(10), day(10), HomeSettings(False, False), 1),
        (day(10), day(11), HomeSettings(False, False), 1),
        (LONG_AGO, NOV, HomeSettings(), 31),
        (LONG_AGO, OCT, HomeSettings(), 0),
        (LONG_AGO, OCT, HomeSettings(True, True), 1),
        (NOV, None, HomeSettings(), 0),
    ],
)
def test_charged_days_follow_the_settings(admitted, discharged, settings, days):
    stays = [StayDays(admitted, discharged)]
    bill = bill_month(facts(stays=stays, uses=[use("bed-2")], settings=settings))
    assert sum(line.days for line in bill.lines) == days


def test_a_part_of_a_month_is_price_times_days_by_days_rounded_half_up():
    # 1200.00 x 22 / 31 = 851.6129
    bill = bill_month(facts(stays=[StayDays(day(10))], uses=[use("bed-2")]))
    assert bill.total == 85161


def test_a_half_fen_goes_up():
    prices = {"bed-2": 3}  # 3 x 15 / 30 = 1.5
    lists = [PriceList(LONG_AGO, prices)]
    stays = [StayDays(day(16, NOV))]
    assert (
        bill_month(facts(NOV, stays=stays, uses=[use("bed-2")], lists=lists)).total == 2
    )


def test_two_stays_in_one_month_are_charged_together_to_the_fen():
    # 5 + 12 days: 1200 x 17 / 31 = 658.06; apart 193.55 + 464.52 would be 658.07
    stays = [StayDays(LONG_AGO, day(6)), StayDays(day(20))]
    assert amounts(facts(stays=stays, uses=[use("bed-2")])) == [
        ("fee", "bed-2", 19355),
        ("fee", "bed-2", 46451),
    ]


def test_a_day_of_leaving_and_coming_again_is_charged_once():
    stays = [StayDays(LONG_AGO, day(6)), StayDays(day(6))]
    settings = HomeSettings(charge_discharge_day=True)
    bill = bill_month(facts(stays=stays, uses=[use("bed-2")], settings=settings))
    assert bill.total == 120000


@pytest.mark.parametrize(
    ("month", "first", "fen"),
    [
        (OCT, 1, 120000),  # 31 days: never more than the price
        (OCT, 2, 120000),  # 30 days
        (OCT, 3, 116000),  # 29 / 30
        (FEB, 1, 120000),  # all 28 days are the whole month
        (FEB, 2, 108000),  # 27 / 30
        (NOV, 21, 40000),  # 10 / 30
    ],
)
def test_basis_thirty_divides_by_thirty_and_a_whole_month_is_the_price(
    month, first, fen
):
    stays = [StayDays(day(first, month))]
    terms = Terms(day_basis="thirty")
    bill = bill_month(facts(month, stays=stays, uses=[use("bed-2")], terms=terms))
    assert bill.total == fen


@pytest.mark.parametrize("month", [FEB, OCT, NOV])
def test_on_basis_thirty_a_move_in_a_whole_month_counts_thirty_days(month):
    uses = [use("bed-2", end=day(11, month)), use("bed-n", day(11, month))]
    terms = Terms(day_basis="thirty")
    # 10 days at 1200 and 20 at 1500, however long the month is
    assert bill_month(facts(month, uses=uses, terms=terms)).total == 40000 + 100000


def test_a_new_price_list_counts_from_its_date():
    lists = [PriceList(LONG_AGO, PRICES), PriceList(day(21, NOV), {"bed-2": 150000})]
    assert amounts(facts(NOV, uses=[use("bed-2")], lists=lists)) == [
        ("fee", "bed-2", 80000),
        ("fee", "bed-2", 50000),
    ]


def test_a_new_price_list_with_the_old_price_makes_no_new_line():
    lists = [PriceList(LONG_AGO, PRICES), PriceList(day(21), PRICES)]
    bill = bill_month(facts(uses=[use("bed-2")], lists=lists))
    (line,) = bill.lines
    assert dict(line.source) == {"list": "2020-01-01", "list_last": "2026-10-21"}


def test_two_items_of_one_price_come_to_the_whole():
    # 3 x 1200 / 31 = 116.13, 28 x 1200 / 31 = 1083.87: cut from 1200.00
    uses = [use("bed-2", end=day(4)), use("bed-2w", day(4))]
    assert amounts(facts(uses=uses)) == [
        ("fee", "bed-2", 11613),
        ("fee", "bed-2w", 108387),
    ]


def test_a_move_to_a_bed_of_the_same_class_makes_no_new_line():
    uses = [use("bed-2", end=day(4)), use("bed-2", day(4))]
    assert amounts(facts(uses=uses)) == [("fee", "bed-2", 120000)]


@pytest.mark.parametrize(
    ("kind", "value", "fen"),
    [("fixed", 100000, 100000), ("percent", 90, 108000), ("waived", 0, 0)],
)
def test_a_personal_price_replaces_the_list_price(kind, value, fen):
    own = PersonalPrice("bed-2", Period(LONG_AGO), kind, value, "低保", "李敏")
    bill = bill_month(facts(uses=[use("bed-2")], personal_prices=[own]))
    assert [(line.price_fen, line.amount_fen) for line in bill.lines] == [(fen, fen)]


def test_a_new_reason_for_the_same_personal_price_makes_a_new_line():
    own = [
        PersonalPrice(
            "bed-2", Period(LONG_AGO, day(4)), "fixed", 100000, "试住", "李敏"
        ),
        PersonalPrice("bed-2", Period(day(4)), "fixed", 100000, "低保", "李敏"),
    ]
    lines = bill_month(facts(uses=[use("bed-2")], personal_prices=own)).lines
    assert [line.source["reason"] for line in lines] == ["试住", "低保"]
    assert sum(line.amount_fen for line in lines) == 100000


def test_a_personal_price_counts_from_its_date_to_its_end():
    period = Period(day(11, NOV), day(21, NOV))
    own = PersonalPrice("bed-2", period, "percent", 50, "低保", "李敏")
    assert amounts(facts(NOV, uses=[use("bed-2")], personal_prices=[own])) == [
        ("fee", "bed-2", 40000),
        ("fee", "bed-2", 20000),
        ("fee", "bed-2", 40000),
    ]


def test_daily_items_and_uses_cost_their_price_each_time():
    extras = [Extra("bath", day(3), 2)]
    uses = [use("meal-day"), use("tv", day(30)), use("laundry")]
    assert amounts(facts(uses=uses, extras=extras)) == [
        ("fee", "meal-day", 77500),
        ("fee", "laundry", 5000),
        ("fee", "tv", 200),
        ("use", "bath", 6000),
    ]


def test_uses_of_other_months_are_left_out():
    extras = [Extra("bath", day(30, date(2026, 9, 1))), Extra("bath", NOV)]
    assert amounts(facts(extras=extras)) == []


SERVICE = [use("bed-2"), use("care-1"), use("meal")]


@pytest.mark.parametrize(
    ("kind", "left", "back", "refunds"),
    [
        # away 10th to 14th, back on the 14th: 11, 12, 13 are absent days
        ("leave", 10, 14, [("meal", -5806)]),
        ("leave", 10, 13, []),
        ("leave", 10, 10, []),
        ("hospital", 10, 12, [("care-1", -2581), ("meal", -1935)]),
        ("hospital", 10, 11, []),
        # still away: 22 to 31 are known to be absent days
        ("hospital", 21, None, [("care-1", -25806), ("meal", -19355)]),
    ],
)
def test_absences_give_back_what_the_terms_say(kind, left, back, refunds):
    absence = Absence(kind, day(left), back and day(back))
    lines = bill_month(facts(uses=SERVICE, absences=[absence])).lines
    assert [(x.item_code, x.amount_fen) for x in lines if x.kind == "refund"] == refunds


def test_a_bed_not_kept_is_refunded():
    absence = Absence("hospital", day(10, NOV), day(21, NOV))
    terms = Terms(hospital_bed_kept=40)
    lines = bill_month(facts(NOV, uses=SERVICE, absences=[absence], terms=terms)).lines
    refunds = {x.item_code: x.amount_fen for x in lines if x.kind == "refund"}
    # 1200 x 10 / 30 x 60 %
    assert refunds == {"bed-2": -24000, "care-1": -26667, "meal": -20000}


def test_a_leave_over_two_months_counts_whole():
    # 31 Oct and 1 Nov, 2 Nov: one absent day in October, yet three in all
    absence = Absence("leave", day(30), day(3, NOV))
    october = amounts(facts(uses=SERVICE, absences=[absence]))
    november = amounts(facts(NOV, uses=SERVICE, absences=[absence]))
    assert ("refund", "meal", -1935) in october
    assert ("refund", "meal", -4000) in november


def test_a_leave_still_going_on_grows_as_the_months_pass():
    absence = Absence("leave", day(30))
    known_in_october = facts(uses=SERVICE, absences=[absence])
    known_in_november = facts(
        uses=SERVICE, absences=[absence], known_until=date(2026, 12, 1)
    )
    assert bill_month(known_in_october).total == 260000
    assert bill_month(known_in_november).total == 260000 - 1935


def test_an_absence_ends_with_the_stay():
    # left on the 10th, discharged on the 13th from outside: 11 and 12 only
    stays = [StayDays(LONG_AGO, day(13)), StayDays(day(20))]
    absence = Absence("leave", day(10))
    lines = bill_month(facts(stays=stays, uses=SERVICE, absences=[absence])).lines
    assert [line for line in lines if line.kind == "refund"] == []


def test_an_absence_of_an_earlier_stay_is_over():
    stays = [StayDays(LONG_AGO, date(2026, 9, 10)), StayDays(OCT)]
    absence = Absence("hospital", date(2026, 9, 1))
    assert (
        bill_month(facts(stays=stays, uses=SERVICE, absences=[absence])).total == 260000
    )


def test_a_refund_is_cut_where_the_price_changes():
    lists = [
        PriceList(LONG_AGO, PRICES),
        PriceList(day(16, NOV), PRICES | {"meal": 90000}),
    ]
    absence = Absence("hospital", day(10, NOV), day(21, NOV))
    given = facts(NOV, uses=[use("meal")], absences=[absence], lists=lists)
    assert amounts(given) == [
        ("fee", "meal", 30000),
        ("fee", "meal", 45000),
        ("refund", "meal", -10000),
        ("refund", "meal", -15000),
    ]


def test_a_month_wholly_away_gives_back_all_of_it_on_either_basis():
    absence = Absence("hospital", date(2026, 1, 20), date(2026, 3, 10))
    for basis in ("month", "thirty"):
        terms = Terms(day_basis=basis)
        given = facts(FEB, uses=[use("meal")], absences=[absence], terms=terms)
        assert bill_month(given).total == 0


def test_the_terms_of_the_first_charged_day_hold_for_the_month():
    lists = [
        PriceList(LONG_AGO, PRICES, Terms(hospital_meal_refund=50)),
        PriceList(day(6, NOV), PRICES, Terms(hospital_meal_refund=100)),
    ]
    absence = Absence("hospital", day(10, NOV), day(21, NOV))
    early = facts(NOV, uses=[use("meal")], absences=[absence], lists=lists)
    late = facts(
        NOV,
        stays=[StayDays(day(6, NOV))],
        uses=[use("meal")],
        absences=[absence],
        lists=lists,
    )
    assert ("refund", "meal", -10000) in amounts(early)
    assert ("refund", "meal", -20000) in amounts(late)


def test_with_two_stays_the_terms_of_the_first_hold():
    lists = [
        PriceList(LONG_AGO, PRICES, Terms(hospital_meal_refund=50)),
        PriceList(day(6, NOV), PRICES, Terms(hospital_meal_refund=100)),
    ]
    given = facts(
        NOV,
        stays=[StayDays(LONG_AGO, day(4, NOV)), StayDays(day(6, NOV))],
        uses=[use("meal")],
        absences=[Absence("hospital", day(10, NOV), day(21, NOV))],
        lists=lists,
    )
    assert ("refund", "meal", -10000) in amounts(given)


def test_many_small_refunds_never_come_to_more_than_was_charged():
    # 2 x 8 / 31 is rounded to 1 three times, but only 2 were charged
    absences = [
        Absence("hospital", day(1), day(10)),
        Absence("hospital", day(10), day(19)),
        Absence("hospital", day(19), day(28)),
    ]
    lists = [PriceList(LONG_AGO, {"meal": 2})]
    given = facts(uses=[use("meal")], absences=absences, lists=lists)
    assert amounts(given)[1:] == [("refund", "meal", -1), ("refund", "meal", -1)]


# 5 and 12 days at one price come to 658.06; 12 days alone would be 464.52, not 464.51
CUT = {
    "stays": [StayDays(LONG_AGO, day(18))],
    "uses": [use("bed-2", end=day(6)), use("bed-2w", day(6))],
    "terms": Terms(hospital_bed_kept=0),
}


def test_a_refund_of_a_line_cut_from_a_common_amount_is_that_line():
    given = facts(absences=[Absence("hospital", day(5))], **CUT)
    assert amounts(given) == [
        ("fee", "bed-2", 19355),
        ("fee", "bed-2w", 46451),
        ("refund", "bed-2w", -46451),
    ]
    refund = bill_month(given).lines[-1]
    assert explain(refund)[-1] == "退费不超过已收的金额。"


def test_a_refund_that_was_cut_back_counts_as_it_stands_in_a_difference():
    away = facts(absences=[Absence("hospital", day(5))], **CUT)
    assert day_exact_difference(facts(**CUT), away) == -46451


def test_facts_without_an_open_absence_do_not_depend_on_the_day_of_asking():
    back = [Absence("leave", day(3), day(9))]
    later = facts(uses=SERVICE, absences=back, known_until=date(2026, 12, 1))
    assert later == facts(uses=SERVICE, absences=back)


def test_an_item_without_a_price_is_named_with_the_day():
    lists = [PriceList(LONG_AGO, PRICES), PriceList(day(9), {"meal": 60000})]
    with pytest.raises(NoPrice) as refused:
        bill_month(facts(uses=[use("bed-2")], lists=lists))
    assert refused.value.facts == {"item": "双人间", "day": day(9)}


def test_no_price_list_at_all_is_refused_for_a_use():
    with pytest.raises(NoPrice):
        bill_month(facts(extras=[Extra("bath", day(1))], lists=()))


def test_a_fixed_personal_price_needs_no_list_price():
    own = PersonalPrice("bed-2", Period(LONG_AGO), "fixed", 90000, "老院民", "李敏")
    lists = [PriceList(LONG_AGO, {})]
    given = facts(uses=[use("bed-2")], personal_prices=[own], lists=lists)
    assert bill_month(given).total == 90000


def test_two_beds_on_one_day_are_refused():
    uses = [use("bed-2", end=day(12)), use("bed-n", day(11))]
    with pytest.raises(OverlappingUses) as refused:
        bill_month(facts(uses=uses))
    assert refused.value.facts["day"] == day(11)


def test_two_absences_on_one_day_are_refused():
    absences = [Absence("leave", day(3), day(9)), Absence("hospital", day(8), day(12))]
    with pytest.raises(OverlappingAbsences):
        bill_month(facts(uses=SERVICE, absences=absences))


def test_days_without_an_item_are_found_for_the_review():
    stays = [StayDays(day(10))]
    uses = [
        use("bed-2", end=day(5)),
        use("bed-n", day(12), day(20)),
        use("bed-2", day(20)),
        use("meal", end=day(31)),
        use("care-1"),
    ]
    assert gaps(facts(stays=stays, uses=uses)) == [
        Gap("bed", Period(day(10), day(12))),
        Gap("meal", Period(day(31), NOV)),
    ]


def test_nobody_here_owes_nothing():
    assert bill_month(facts(stays=[], uses=SERVICE)).lines == ()


# --- the consequence card of look/beds.png --------------------------------------------

MOVE = day(21, NOV)
BEFORE = facts(NOV, uses=SERVICE)
AFTER = facts(
    NOV,
    uses=[
        use("bed-2", end=MOVE),
        use("bed-n", MOVE),
        use("care-1", end=MOVE),
        use("care-3", MOVE),
        use("meal"),
    ],
)


def test_the_service_fee_of_the_card():
    tariff = BEFORE.tariff, Tariff((PriceList(LONG_AGO, PRICES),))
    now = monthly_service_fee(day(20, NOV), AFTER.uses, ITEMS, tariff[1])
    then = monthly_service_fee(MOVE, AFTER.uses, ITEMS, tariff[1])
    assert (now.bed, now.care, now.meal, now.total) == (120000, 80000, 60000, 260000)
    assert (then.bed, then.care, then.meal, then.total) == (
        150000,
        160000,
        60000,
        370000,
    )


def test_the_day_exact_difference_of_the_card_is_366_67():
    assert day_exact_difference(BEFORE, AFTER) == 36667


def test_other_payers_do_not_change_the_day_exact_difference():
    cover = [Cover("insurance", "长护险", Period(LONG_AGO), "percent", 75)]
    before, after = (replace(given, covers=tuple(cover)) for given in (BEFORE, AFTER))
    assert day_exact_difference(before, after) == 36667


def test_the_bill_rounds_each_line_so_it_may_be_a_fen_off_the_card():
    # 800 + 500, 533.33 + 533.33, 600
    assert bill_month(AFTER).total - bill_month(BEFORE).total == 36666


def test_the_service_fee_is_that_after_personal_prices():
    own = [
        PersonalPrice("bed-2", Period(day(5)), "percent", 80, "低保", "李敏"),
        PersonalPrice("care-1", Period(LONG_AGO, day(5)), "waived", 0, "试住", "李敏"),
    ]
    tariff = Tariff((PriceList(LONG_AGO, PRICES),))
    before = monthly_service_fee(day(4), SERVICE, ITEMS, tariff, own)
    after = monthly_service_fee(day(5), SERVICE, ITEMS, tariff, own)
    assert (before.total, after.total) == (180000, 236000)


def test_a_meal_by_the_day_counts_thirty_days_in_the_service_fee():
    tariff = Tariff((PriceList(LONG_AGO, PRICES),))
    fee = monthly_service_fee(FEB, [use("meal-day"), use("laundry")], ITEMS, tariff)
    assert fee.total == 75000


@pytest.mark.parametrize(
    ("admitted", "left", "charges_last_day", "days"),
    [
        (date(2026, 6, 10), date(2026, 6, 10), False, 1),  # came and went
        (date(2026, 6, 10), date(2026, 6, 10), True, 1),
        (date(2026, 6, 10), date(2026, 6, 15), False, 5),
        (date(2026, 6, 10), date(2026, 6, 15), True, 6),
        (date(2026, 5, 1), date(2026, 7, 1), True, 30),  # the last day is in July
    ],
)
def test_the_bed_is_charged_as_long_as_the_stay(admitted, left, charges_last_day, days):
    item = Item("bed-B", "床位费", "bed")
    facts = facts_of_month(
        1,
        date(2026, 6, 1),
        items={"bed-B": item},
        tariff=Tariff((PriceList(date(2026, 1, 1), {"bed-B": 300000}),)),
        settings=HomeSettings(charge_discharge_day=charges_last_day),
        stays=[StayDays(admitted, left)],
        uses=[ItemUse("bed-B", Period(admitted, left))],
    )
    assert bill_month(facts).total == 10000 * days

"""The sheet of a bill, day by day: that its days lead to the fen of every line."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from carehome.rules.billing import (
    Absence,
    Cover,
    Extra,
    HomeSettings,
    Item,
    ItemUse,
    PersonalPrice,
    PriceList,
    StayDays,
    Tariff,
    Terms,
    bill_month,
    facts_from_json,
    facts_of_month,
    facts_to_json,
)
from carehome.rules.billing.day_sheet import day_sheet
from carehome.rules.money import half_up
from carehome.rules.periods import Period
from tests.billing.test_rules_properties import facts as any_facts
from tests.billing.test_rules_properties import quick

NOV = date(2026, 11, 1)
ALWAYS = Period(date(2026, 1, 1))
ITEMS = {
    item.code: item
    for item in (
        Item("bed", "三人间", "bed"),
        Item("care-1", "一级护理", "care"),
        Item("care-3", "全护理", "care"),
        Item("meal", "普食", "meal"),
        Item("bath", "助浴", "other", "use"),
    )
}
PRICES = {"bed": 1200_00, "care-1": 800_00, "care-3": 1600_00, "meal": 1000_00}


def day(number: int) -> date:
    return NOV.replace(day=number)


def sheet_of(month=NOV, terms=None, **rest):
    """Return the sheet of somebody who has a bed, care and meals all the month."""
    known = {
        "stays": [StayDays(date(2026, 1, 1))],
        "uses": [ItemUse(code, ALWAYS) for code in ("bed", "care-1", "meal")],
        **rest,
    }
    listed = PriceList(date(2026, 1, 1), PRICES | {"bath": 30_00}, terms or Terms())
    facts = facts_of_month(
        7,
        month,
        items=ITEMS,
        tariff=Tariff((listed,)),
        settings=HomeSettings(),
        **known,
    )
    return day_sheet(facts, bill_month(facts).lines)


def line(sheet, kind="fee", code="meal"):
    """Return the sheet of one line."""
    return next(
        x for x in sheet.lines if (x.line.kind, x.line.item_code) == (kind, code)
    )


# --- what holds for every bill --------------------------------------------------------


@quick
@given(any_facts())
def test_every_line_is_explained_to_the_fen(facts):
    for each in day_sheet(facts, bill_month(facts).lines).lines:
        assert each.exact + each.limit + each.rounding == each.line.amount_fen
        assert abs(each.rounding) < 1
        assert each.limit >= 0


@quick
@given(any_facts())
def test_the_days_of_a_line_are_what_it_was_computed_from(facts):
    for each in day_sheet(facts, bill_month(facts).lines).lines:
        if each.line.kind != "payer" and not each.limit:
            assert each.exact == each.line.exact_fen


@quick
@given(any_facts())
def test_parts_at_one_price_are_rounded_once_together(facts):
    lanes = defaultdict(list)
    for each in day_sheet(facts, bill_month(facts).lines).lines:
        if each.line.kind == "fee":
            alone = "together" not in each.line.source
            lane = each.line.item_code if each.line.category == "other" else ""
            if alone:
                lanes[each.line.category, lane, each.line.starts] = []
            key = [x for x in lanes if x[:2] == (each.line.category, lane)][-1]
            lanes[key].append(each)
    for together in lanes.values():
        exact = sum((each.exact for each in together), Fraction())
        amount = sum(each.line.amount_fen for each in together)
        assert amount == half_up(*exact.as_integer_ratio())


@quick
@given(any_facts())
def test_the_days_and_the_rounding_come_to_the_bill(facts):
    bill = bill_month(facts)
    sheet = day_sheet(facts, bill.lines)
    days = sum((each.total for each in sheet.days), Fraction())
    assert days == sheet.exact
    assert days + sheet.limit + sheet.rounding == sheet.total == bill.total


@quick
@given(any_facts())
def test_a_bill_read_again_has_the_same_sheet(facts):
    again = facts_from_json(facts_to_json(facts))
    lines = bill_month(facts).lines
    assert day_sheet(again, lines) == day_sheet(facts, lines)


# --- single cases ---------------------------------------------------------------------


def test_a_day_of_a_month_is_a_thirtieth_of_november():
    parts = line(sheet_of(), code="bed").parts
    assert [part.exact for part in parts] == [Fraction(120000, 30)] * 30


def test_a_third_of_a_month_leaves_a_third_of_a_fen_to_the_rounding():
    meal = line(sheet_of(stays=[StayDays(day(21))]))
    assert (meal.exact, meal.rounding) == (Fraction(100000, 3), Fraction(-1, 3))


def test_on_basis_thirty_the_last_day_of_february_counts_three():
    sheet = sheet_of(date(2026, 2, 1), Terms(day_basis="thirty"))
    assert [part.units for part in line(sheet).parts] == [1] * 27 + [3]


def test_on_basis_thirty_the_thirty_first_counts_nothing():
    sheet = sheet_of(date(2026, 10, 1), Terms(day_basis="thirty"))
    assert [part.units for part in line(sheet).parts[-2:]] == [1, 0]


def test_days_away_show_where_somebody_was():
    sheet = sheet_of(absences=[Absence("hospital", day(5), day(9))])
    assert [each.day.day for each in sheet.days if each.where == "hospital"] == [
        *(6, 7, 8)
    ]


def test_days_before_moving_in_are_not_here():
    sheet = sheet_of(stays=[StayDays(day(3))])
    assert [each.where for each in sheet.days[:3]] == ["gone", "gone", "here"]


def test_a_refund_stands_on_the_days_it_is_for():
    sheet = sheet_of(absences=[Absence("leave", day(5), day(9))])
    assert {x.day.day: x.exact for x in line(sheet, "refund").parts} == {
        number: Fraction(-100000, 30) for number in (6, 7, 8)
    }


def test_no_more_is_given_back_than_was_charged():
    waived = PersonalPrice("meal", ALWAYS, "fixed", 1, "低保", "李敏")
    away = [Absence("leave", day(1), day(29)), Absence("leave", day(29))]
    sheet = sheet_of(personal_prices=[waived], absences=away)
    given = [x.line.amount_fen for x in sheet.lines if x.line.kind == "refund"]
    assert sum(given) >= -1


def test_a_payer_shares_in_what_the_days_of_his_items_cost():
    uses = [
        ItemUse("bed", ALWAYS),
        ItemUse("care-1", Period(date(2026, 1, 1), day(16))),
        ItemUse("care-3", Period(day(16))),
    ]
    half = Cover("9", "长护险", ALWAYS, "percent", 50, ("care",))
    sheet = sheet_of(uses=uses, covers=[half])
    (payer,) = (x for x in sheet.lines if x.line.kind == "payer")
    assert payer.parts[0].exact == Fraction(-80000, 60)
    assert payer.parts[-1].exact == Fraction(-160000, 60)


@pytest.mark.parametrize("number", [1, 15, 30])
def test_a_use_stands_on_its_day(number):
    sheet = sheet_of(extras=[Extra("bath", day(number), 2)])
    (used,) = (each for each in sheet.days if each.sum_of("use"))
    assert (used.day.day, used.sum_of("use")) == (number, 60_00)


def test_a_day_adds_up_what_is_charged_on_it():
    assert sheet_of().days[0].total == Fraction(300000, 30)

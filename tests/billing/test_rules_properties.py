"""What holds for every bill: tried on months that hypothesis makes up.

An oracle that walks day by day with fractions computes the same months again.
"""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from carehome.rules.billing import (
    Absence,
    Cover,
    Extra,
    Facts,
    HomeSettings,
    Item,
    ItemUse,
    Line,
    PersonalPrice,
    PriceList,
    StayDays,
    Tariff,
    Terms,
    adjust,
    bill_month,
    explain,
    facts_from_json,
    facts_of_month,
    facts_to_json,
    gaps,
)
from carehome.rules.billing.checks import (
    check_absences,
    check_personal_prices,
    check_stays,
    check_uses,
)
from carehome.rules.billing.explanations import was_and_is
from carehome.rules.periods import Period, month_of

ITEMS = {
    item.code: item
    for item in (
        Item("bed-a", "双人间", "bed"),
        Item("bed-b", "三人间", "bed"),
        Item("bed-c", "单人间", "bed"),
        Item("care-1", "一级护理", "care"),
        Item("care-2", "二级护理", "care"),
        Item("meal-1", "普食", "meal"),
        Item("meal-2", "软食", "meal", "day"),
        Item("laundry", "洗衣", "other"),
        Item("tv", "电视", "other", "day"),
        Item("bath", "助浴", "other", "use"),
    )
}
LANES = (
    ("bed-a", "bed-b", "bed-c"),
    ("care-1", "care-2"),
    ("meal-1", "meal-2"),
    ("laundry",),
    ("tv",),
)
MONTHS = [date(2026, 2, 1), date(2028, 2, 1), date(2026, 10, 1), date(2026, 11, 1)]
quick = settings(max_examples=30)

PRICES = (0, 1, 3, 120000, 120001)
SHARES = (0, 1, 33, 50, 100)


def any_price(luck: Random) -> int:
    """Pick a price, often one that another item has too."""
    return luck.choice([*PRICES, luck.randrange(400000)])


def any_terms(luck: Random) -> Terms:
    """Pick terms of a price list."""
    leave, hospital = luck.choices(SHARES, k=3), luck.choices(SHARES, k=3)
    basis = luck.choice(["month", "thirty"])
    return Terms(basis, *leave, luck.randint(1, 5), *hospital, luck.randint(1, 3))


def days_near(month):
    """Days from a month before `month` to some time after it."""
    return st.integers(-35, 40).map(lambda n: month + timedelta(n))


@st.composite
def spans(draw, month, least=0):
    """Draw periods that follow each other, some with days between, some touching."""
    days = sorted(draw(st.sets(days_near(month), min_size=least, max_size=6)))
    found = [Period(a, b) for a, b in pairwise(days) if draw(st.booleans())]
    if days and draw(st.booleans()):
        found.append(Period(days[-1]))
    return found


@st.composite
def facts(draw, month=None):
    """Draw a resident's month with everything that may happen in it."""
    month = month or draw(st.sampled_from(MONTHS))
    luck = Random(draw(st.integers(0, 2**32)))  # figures: faster than drawing each
    starts = {date(2020, 1, 1)} | draw(st.sets(days_near(month), max_size=2))
    lists = [
        PriceList(day, {code: any_price(luck) for code in ITEMS}, any_terms(luck))
        for day in sorted(starts)
    ]
    stays = [StayDays(p.start, p.end) for p in draw(spans(month))]
    if not stays or draw(st.booleans()):
        stays = [StayDays(date(2025, 5, 5))]
    uses, own = [], []
    for lane in LANES:
        periods = draw(spans(month))
        uses += [
            ItemUse(luck.choice(lane), period)
            for period in periods or [Period(date(2025, 5, 5))]
        ]
        if luck.random() < 0.3:
            kind = luck.choice(["fixed", "percent", "waived"])
            for period in draw(spans(month)):
                value = luck.randrange(101)
                own.append(PersonalPrice(lane[0], period, kind, value, "低保", "李敏"))
    absences = [
        Absence(luck.choice(["leave", "hospital"]), p.start, p.end)
        for p in draw(spans(month))
        if any(stay.holds(p.start) for stay in stays)
    ]
    extras = [
        Extra("bath", day, luck.randint(1, 3))
        for day in draw(st.lists(days_near(month), max_size=2))
    ]
    return facts_of_month(
        7,
        month,
        items=ITEMS,
        tariff=Tariff(tuple(lists)),
        settings=HomeSettings(draw(st.booleans()), draw(st.booleans())),
        stays=stays,
        uses=uses,
        personal_prices=own,
        absences=absences,
        extras=extras,
        covers=draw(covers(month, luck)),
        known_until=draw(st.sampled_from([None, month + timedelta(90)])),
    )


@st.composite
def covers(draw, month, luck):
    """Draw up to three payers, each with its own days and items."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        kind = luck.choice(["percent", "fen"])
        value = luck.randint(0, 100) if kind == "percent" else any_price(luck)
        start = draw(days_near(month))
        end = luck.choice([None, start + timedelta(12)])
        chosen = luck.choice([((), ()), (("care",), ()), (("bed", "meal"), ("bath",))])
        name = f"payer {number}"
        found.append(Cover(name, name, Period(start, end), kind, value, *chosen))
    return found


# --- the oracle -----------------------------------------------------------------------


def rounded(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def charged_days(facts: Facts) -> list[date]:
    """Say day by day whether it is charged."""
    found = []
    for day in month_of(facts.month):
        for stay in facts.stays:
            first, last = stay.admitted, stay.discharged or date.max
            inside = first < day < last
            at_start = day == first and facts.settings.charge_admission_day
            at_end = day == last and facts.settings.charge_discharge_day
            inside = inside or (at_start and day < last) or (at_end and first < day)
            few = (last - first).days - (not facts.settings.charge_admission_day)
            few += facts.settings.charge_discharge_day
            if inside or (few <= 0 and day == first) or (at_start and at_end):
                found.append(day)
                break
    return found


def price_on(facts: Facts, code: str, day: date) -> int:
    listed = [x for x in facts.tariff.lists if x.starts <= day][-1].prices[code]
    for own in facts.personal_prices:
        if own.item_code == code and own.period.holds(day):
            if own.kind == "percent":
                return rounded(Fraction(listed * own.value, 100))
            return own.value if own.kind == "fixed" else 0
    return listed


def terms_of(facts: Facts, days: list[date]) -> Terms:
    return [x for x in facts.tariff.lists if x.starts <= days[0]][-1].terms


def fen_by_day(facts: Facts) -> dict[tuple[str, date], int]:
    """Return what each item costs on each day, so that days add up to lines."""
    days, month = charged_days(facts), list(month_of(facts.month))
    found: dict[tuple[str, date], int] = {}
    if not days:
        return found
    thirty = terms_of(facts, days).day_basis == "thirty"
    for lane in LANES:
        plan = []
        for day in days:
            for use in facts.uses:
                if use.item_code in lane and use.period.holds(day):
                    plan.append(
                        (day, use.item_code, price_on(facts, use.item_code, day))
                    )
        total, last_price = Fraction(), None
        for place, (day, code, price) in enumerate(plan):
            if ITEMS[code].unit == "day":
                found[code, day] = price
                total, last_price = Fraction(), price
                continue
            part = Fraction(1, 30 if thirty else len(month))
            if thirty and place >= 30:
                part = Fraction()
            if thirty and place == len(plan) - 1 and len(plan) == len(month):
                part = max(Fraction(), 1 - place * part) if place < 30 else Fraction()
            total = total if price == last_price else Fraction()
            last_price = price
            found[code, day] = rounded(total + price * part) - rounded(total)
            total += price * part
    return found


def absent(facts: Facts, absence: Absence) -> set[date]:
    """Return the days strictly between leaving and coming back."""
    (stay,) = [stay for stay in facts.stays if stay.holds(absence.left_on)]
    end = min(absence.returned_on or facts.known_until, stay.discharged or date.max)
    return {
        absence.left_on + timedelta(n) for n in range(1, (end - absence.left_on).days)
    }


# --- the properties -------------------------------------------------------------------


@quick
@given(facts())
def test_every_fee_line_agrees_with_the_oracle_that_walks_day_by_day(given_facts):
    expected = Counter(fen_by_day(given_facts))
    for line in bill_month(given_facts).lines:
        if line.kind == "fee":
            days = Period(line.starts, line.ends)
            fen = sum(expected.pop((line.item_code, day)) for day in days)
            assert line.amount_fen == fen
    assert not expected  # no charged day was left out


@quick
@given(facts())
def test_every_refund_agrees_with_the_oracle(given_facts):
    lines = bill_month(given_facts).lines
    fees = [line for line in lines if line.kind == "fee"]
    expected = Counter()
    left = {id(fee): fee.amount_fen for fee in fees}
    for absence in given_facts.absences:
        away = absent(given_facts, absence)
        if not fees or not away:
            continue
        rules = terms_of(given_facts, charged_days(given_facts))
        hospital = absence.kind == "hospital"
        if len(away) < (rules.hospital_min_days if hospital else rules.leave_min_days):
            continue
        for fee in fees:
            share = {
                "bed": 100
                - (rules.hospital_bed_kept if hospital else rules.leave_bed_kept),
                "care": rules.hospital_care_refund
                if hospital
                else rules.leave_care_refund,
                "meal": rules.hospital_meal_refund
                if hospital
                else rules.leave_meal_refund,
                "other": 0,
            }[fee.category]
            days = list(Period(fee.starts, fee.ends))
            gone = len(away.intersection(days))
            back = Fraction(fee.price_fen * gone * share, 100 * fee.basis_days)
            if gone == len(days):
                back = fee.exact_fen * share / 100
            fen = min(rounded(back), left[id(fee)])
            left[id(fee)] -= fen
            expected[fee.item_code] += fen
    found = Counter()
    for line in lines:
        if line.kind == "refund":
            found[line.item_code] -= line.amount_fen
    assert found == expected


@quick
@given(facts())
def test_stored_facts_give_the_same_bill_for_ever(given_facts):
    text = facts_to_json(given_facts)
    again = facts_from_json(text)
    assert again == given_facts
    assert bill_month(again) == bill_month(given_facts)
    assert facts_to_json(again) == text


@quick
@given(facts())
def test_stored_lines_are_the_same_lines(given_facts):
    lines = bill_month(given_facts).lines
    assert tuple(Line.from_json(line.to_json()) for line in lines) == lines


@quick
@given(facts())
def test_refunds_never_exceed_what_the_item_was_charged(given_facts):
    left = Counter()
    for line in bill_month(given_facts).lines:
        if line.kind in ("fee", "refund"):
            left[line.item_code] += line.amount_fen
        if line.kind == "refund":
            assert line.amount_fen < 0
            assert left[line.item_code] >= 0


@quick
@given(facts())
def test_payers_never_bear_more_than_their_items_come_to(given_facts):
    lines = bill_month(given_facts).lines
    own = [line for line in lines if line.kind != "payer"]
    borne = [line for line in lines if line.kind == "payer"]
    assert sum(line.amount_fen for line in lines) >= 0
    for line in borne:
        (cover,) = [c for c in given_facts.covers if c.payer == line.payer]
        covered = [x for x in own if cover.covers(ITEMS[x.item_code])]
        assert 0 < -line.amount_fen <= sum(x.amount_fen for x in covered)


@quick
@given(facts())
def test_every_line_says_why_it_is_what_it_is(given_facts):
    for line in bill_month(given_facts).lines:
        texts = explain(line)
        assert texts
        assert all(text and "{" not in text for text in texts)


@quick
@given(st.data(), st.sampled_from(MONTHS))
def test_a_correction_says_what_leads_to_its_amount(data, month):
    charged: list = []
    for _ in range(3):
        now = bill_month(data.draw(facts(month=month))).lines
        late = adjust(charged, now)
        for line in late:
            old, new = was_and_is(line)
            gives = line.source["corrects"] in ("refund", "payer")
            sign = -1 if gives and "net_old" not in line.source else 1
            assert new - old == sign * line.amount_fen
            assert all(explain(line))
        charged += late


@quick
@given(st.data(), st.sampled_from(MONTHS))
def test_adjusting_brings_a_month_to_what_it_should_be_and_then_rests(data, month):
    charged = list(bill_month(data.draw(facts(month))).lines)
    for _ in range(2):
        now = bill_month(data.draw(facts(month))).lines
        charged += adjust(charged, now)
        assert sum(x.amount_fen for x in charged) == sum(x.amount_fen for x in now)
        assert adjust(charged, now) == []


@quick
@given(
    st.sampled_from(MONTHS),
    st.sampled_from(["month", "thirty"]),
    st.integers(0, 1_000_000),
    st.sets(st.integers(1, 27), max_size=8),
)
def test_the_parts_of_a_month_always_sum_to_the_whole(month, basis, price, cuts):
    span = month_of(month)
    days = [span.start, *(month + timedelta(n) for n in sorted(cuts)), span.end]
    codes = ("bed-a", "bed-b", "bed-c")
    listed = PriceList(date(2020, 1, 1), dict.fromkeys(codes, price), Terms(basis))
    whole = facts_of_month(
        7,
        month,
        items=ITEMS,
        tariff=Tariff((listed,)),
        settings=HomeSettings(),
        stays=[StayDays(date(2025, 5, 5))],
        uses=[
            ItemUse(codes[number % 3], Period(a, b))
            for number, (a, b) in enumerate(pairwise(days))
        ],
    )
    bill = bill_month(whole)
    assert len(bill.lines) == len(cuts) + 1
    assert bill.total == price
    assert all(line.amount_fen >= 0 for line in bill.lines)


@quick
@given(facts())
def test_what_can_be_billed_can_be_entered(given_facts):
    check_stays(given_facts.stays)
    check_uses(given_facts.uses, ITEMS)
    check_absences(given_facts.absences, given_facts.stays)
    check_personal_prices(given_facts.personal_prices, ITEMS)


@quick
@given(facts())
def test_gaps_are_the_charged_days_that_no_item_is_charged_for(given_facts):
    for category, lane in zip(("bed", "care", "meal"), LANES, strict=False):
        expected = {
            day
            for day in charged_days(given_facts)
            if not any(
                use.item_code in lane and use.period.holds(day)
                for use in given_facts.uses
            )
        }
        found = [gap.period for gap in gaps(given_facts) if gap.category == category]
        assert {day for period in found for day in period} == expected

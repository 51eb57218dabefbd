"""Bed days, counted by arithmetic and, for comparison, one by one."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carehome.rules import bed_days as rules
from carehome.rules.bed_days import Bed, BedDays
from carehome.rules.periods import Period

START = date(2026, 1, 1)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
ALWAYS = Period(date(2020, 1, 1))


def day(number):
    return START + timedelta(days=number)


@st.composite
def periods(draw):
    begin = draw(st.integers(-10, 60))
    length = draw(st.none() | st.integers(1, 40))
    return Period(day(begin), None if length is None else day(begin + length))


@st.composite
def beds(draw):
    some = st.lists(periods(), max_size=3).map(tuple)
    return Bed(
        draw(st.integers(1, 99)),
        draw(st.integers(1, 3)),
        draw(st.sampled_from("ABC")),
        draw(st.booleans()),
        draw(periods()),
        draw(some),
        draw(some),
        draw(some),
        draw(some),
    )


def one_by_one(found, span):
    """Look at every bed on every day, as somebody with pencil and paper would."""
    counts = dict.fromkeys(("there", "occupied", "kept", "reserved", "closed"), 0)
    nursing = 0
    for bed in found:
        for each in span:
            if not bed.there.holds(each):
                continue
            counts["there"] += 1
            nursing += bed.is_nursing_bed
            kind = kind_on(bed, each)
            if kind:
                counts[kind] += 1
    return BedDays(**counts, nursing=nursing)


def kind_on(bed, each):
    if any(period.holds(each) for period in bed.held):
        is_out = any(period.holds(each) for period in bed.away)
        return "kept" if is_out else "occupied"
    if any(period.holds(each) for period in bed.closed):
        return "closed"
    if any(period.holds(each) for period in bed.reserved):
        return "reserved"
    return ""


@settings(max_examples=300)
@given(st.lists(beds(), max_size=4), st.integers(-15, 60), st.integers(1, 50))
def test_bed_days_are_what_counting_every_day_of_every_bed_gives(found, begin, days):
    span = Period(day(begin), day(begin + days))
    assert rules.total(found, span) == one_by_one(found, span)


@settings(max_examples=60)
@given(st.lists(beds(), max_size=3), st.integers(-15, 60), st.integers(1, 100))
def test_days_and_months_come_to_the_whole_span(found, begin, days):
    span = Period(day(begin), day(begin + days))
    whole = rules.total(found, span)
    for parts in (rules.days_in(span), rules.months_in(span)):
        assert sum((rules.total(found, part) for part in parts), BedDays()) == whole


@settings(max_examples=100)
@given(st.lists(beds(), max_size=4))
def test_every_bed_day_is_of_one_kind(found):
    told = rules.total(found, Period(day(0), day(40)))
    kinds = (told.used, told.reserved, told.closed, told.free)
    assert sum(kinds) == told.there
    assert min(kinds) >= 0


def test_occupancy_is_residents_over_beds():
    lived = (Period(date(2026, 1, 1)), Period(date(2026, 11, 16), date(2027, 1, 1)))
    found = [Bed(n, 1, "A", False, ALWAYS, (use,)) for n, use in enumerate(lived)]
    assert rules.total(found, NOVEMBER).rate == Fraction(3, 4)


def test_a_home_without_beds_is_empty():
    assert rules.total([], NOVEMBER).rate == 0


def test_a_bed_counts_only_while_it_is_there():
    there = Period(date(2026, 11, 11), date(2026, 11, 21))
    assert rules.count(Bed(1, 1, "A", True, there), NOVEMBER) == BedDays(10, nursing=10)


def test_who_is_out_keeps_the_bed():
    away = (Period(date(2026, 11, 3), date(2026, 11, 8)),)
    bed = Bed(1, 1, "A", False, ALWAYS, (ALWAYS,), away)
    assert rules.count(bed, NOVEMBER) == BedDays(30, occupied=25, kept=5)


def test_somebody_who_lives_in_a_closed_bed_still_lives_there():
    bed = Bed(1, 1, "A", False, ALWAYS, (ALWAYS,), closed=(NOVEMBER,))
    assert rules.count(bed, NOVEMBER).occupied == 30


def test_a_promised_bed_that_is_closed_is_closed():
    bed = Bed(1, 1, "A", False, ALWAYS, reserved=(NOVEMBER,), closed=(NOVEMBER,))
    assert rules.count(bed, NOVEMBER).closed == 30


def test_months_are_cut_to_the_span():
    span = Period(date(2026, 10, 20), date(2026, 12, 3))
    assert [part.days for part in rules.months_in(span)] == [12, 30, 2]


def test_the_span_holds_its_last_day():
    assert rules.check_span(date(2026, 11, 1), date(2026, 11, 1)).days == 1


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), rules.BackwardSpan),
        (date(2010, 1, 1), date(2026, 11, 1), rules.SpanTooLong),
    ],
)
def test_a_span_that_nobody_means_is_refused(first, last, refused):
    with pytest.raises(refused):
        rules.check_span(first, last)


def test_flow_counts_who_came_and_who_left():
    stays = [
        Period(date(2026, 11, 5)),
        Period(date(2026, 10, 1), date(2026, 11, 30)),
        Period(date(2026, 10, 1), date(2026, 12, 1)),
    ]
    told = rules.flow(stays, NOVEMBER)
    assert (told.arrivals, told.departures) == (1, 1)


def test_those_who_left_tell_the_average_stay():
    stays = [Period(date(2026, 11, 1), date(2026, 11, 11)), Period(date(2026, 1, 1))]
    assert rules.flow(stays, NOVEMBER).average_stay == 10


def test_without_departures_there_is_no_average_stay():
    assert rules.flow([Period(date(2026, 1, 1))], NOVEMBER).average_stay is None


def test_turnover_is_departures_over_average_residents():
    stays = [Period(date(2026, 1, 1)), Period(date(2026, 1, 1), date(2026, 11, 16))]
    assert rules.flow(stays, NOVEMBER).turnover == Fraction(1, Fraction(3, 2))

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.periods import after_months
from carehome.rules.safety.equipment import (
    Done,
    Kind,
    LabelWrong,
    MarkTooLong,
    Matter,
    MonthsOutOfRange,
    NextTooEarly,
    Press,
    ServicedBeforeMade,
    ServicedLater,
    ServiceHalfTold,
    ServiceKind,
    check_done,
    check_kind,
    dues,
    label,
    next_service,
    press,
    read_label,
)

POWDER = Kind("干粉灭火器", "干", 60, 24, 120)
BLANKET = Kind("灭火毯", "毯")
MADE, TODAY = date(2020, 6, 1), date(2026, 11, 21)


def matters(kind=POWDER, made=MADE, *done, today=TODAY):
    return {due.matter: (due.day, due.press) for due in dues(kind, made, done, today)}


@pytest.mark.parametrize(
    ("done", "day"),
    [
        ((), date(2025, 6, 1)),
        ((Done(date(2025, 5, 20)),), date(2027, 5, 20)),
        ((Done(date(2025, 5, 20)), Done(date(2023, 1, 1))), date(2027, 5, 20)),
        ((Done(date(2025, 5, 20), ServiceKind.TEST),), date(2027, 5, 20)),
        ((Done(date(2025, 5, 20), ServiceKind.REPAIR),), date(2025, 6, 1)),
        ((Done(date(2025, 5, 20), is_passed=False),), date(2025, 6, 1)),
        ((Done(date(2025, 5, 20), next_on=date(2026, 1, 1)),), date(2026, 1, 1)),
        (
            (Done(date(2025, 5, 20), ServiceKind.REPAIR, next_on=date(2026, 1, 1)),),
            date(2026, 1, 1),
        ),
    ],
)
def test_next_service_follows_the_kind_and_what_was_done(done, day):
    assert next_service(POWDER, MADE, done) == day


def test_what_is_scrapped_first_is_not_serviced_any_more():
    told = matters(POWDER, date(2017, 1, 1), Done(date(2026, 1, 1)))
    assert told == {Matter.SCRAP: (date(2027, 1, 1), Press.SOON)}


def test_kind_without_intervals_asks_for_nothing():
    assert matters(BLANKET, None) == {}


def test_unknown_day_of_manufacture_is_told():
    assert matters(POWDER, None)[Matter.UNDATED] == (None, Press.SOON)


def test_piece_that_did_not_pass_presses_first():
    failed = Done(date(2026, 1, 1), is_passed=False)
    assert dues(POWDER, MADE, (failed,), TODAY)[0].matter is Matter.FAILED


def test_repair_after_a_failure_clears_it():
    done = (Done(date(2026, 1, 1), is_passed=False), Done(date(2026, 1, 2)))
    assert Matter.FAILED not in matters(POWDER, MADE, *done)


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (-1, Press.OVERDUE),
        (0, Press.SOON),
        (60, Press.SOON),
        (61, Press.LATER),
    ],
)
def test_day_presses_by_how_near_it_is(ahead, told):
    assert press(TODAY + timedelta(ahead), 60, TODAY) is told


@given(
    st.dates(date(2010, 1, 1), TODAY),
    st.lists(st.integers(0, 3000), max_size=5),
)
def test_next_service_is_never_later_than_one_interval_after_today(made, ages):
    done = [Done(TODAY - timedelta(age)) for age in ages]
    told = next_service(POWDER, made, done)
    assert told is not None
    assert told <= max(after_months(TODAY, 24), after_months(made, 60))


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        (Kind("a", "a", 0, 24), MonthsOutOfRange),
        (Kind("a", "a", 24, 601), MonthsOutOfRange),
        (Kind("a", "a", 24, None), ServiceHalfTold),
        (Kind("a", "abc"), MarkTooLong),
        (Kind("a", " "), MarkTooLong),
    ],
)
def test_kind_that_makes_no_sense_is_refused(kind, refusal):
    with pytest.raises(refusal):
        check_kind(kind)


@pytest.mark.parametrize(
    ("done", "refusal"),
    [
        (Done(TODAY + timedelta(1)), ServicedLater),
        (Done(MADE - timedelta(1)), ServicedBeforeMade),
        (Done(TODAY, next_on=TODAY), NextTooEarly),
    ],
)
def test_service_on_an_impossible_day_is_refused(done, refusal):
    with pytest.raises(refusal):
        check_done(done, MADE, "E-0001", TODAY)


@given(st.integers(1, 99_999))
def test_label_brings_back_its_number(number):
    assert read_label(label(number)) == number


@pytest.mark.parametrize("typed", ["", "E-", "XC-000123", "１２", "E--1"])
def test_what_is_no_label_is_refused(typed):
    with pytest.raises(LabelWrong):
        read_label(typed)


def test_label_may_be_typed_carelessly():
    assert read_label(" e-0012 ") == 12

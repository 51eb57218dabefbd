"""Kinds of shift: letters, signs, times over midnight, the longest day of the law."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.rosters import kinds
from carehome.rules.rosters.kinds import Kind

EARLY = Kind("E", "早", "早班", 420, 480, kind_id=1)
LATE = Kind("L", "中", "中班", 900, 480, kind_id=2)


@pytest.mark.parametrize(
    ("typed", "minute"),
    [("7", 420), ("7:00", 420), ("07:30", 450), ("1530", 930), ("23：59", 1439)],
)
def test_a_time_is_read_as_people_type_it(typed, minute):
    assert kinds.read_time(typed) == minute


@pytest.mark.parametrize("typed", ["25:00", "24:00", "7:60", "", "早上", "7:5", "-1"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(kinds.BadTime):
        kinds.read_time(typed)


def test_a_shift_from_23_to_7_is_eight_hours_long():
    assert kinds.span_of(23 * 60, 7 * 60) == 480


def test_a_shift_that_ends_when_it_began_lasts_a_day():
    assert kinds.span_of(480, 480) == 1440


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_a_shift_ends_where_it_was_typed_to_end(starts, ends):
    span = kinds.span_of(starts, ends)
    assert 1 <= span <= 1440
    assert (starts + span) % 1440 == ends


def test_eleven_hours_of_work_are_the_most_by_law():
    kinds.check(replace(EARLY, span=660), ())
    with pytest.raises(kinds.DayTooLong):
        kinds.check(replace(EARLY, span=661), ())


def test_a_break_makes_a_long_shift_lawful():
    kinds.check(replace(EARLY, span=720, rest=60), ())


def test_on_call_counts_no_working_time():
    kind = replace(EARLY, span=1440, is_on_call=True)
    assert kinds.check(kind, ()).minutes == 0


def test_more_than_eight_hours_are_told_as_long():
    assert replace(EARLY, span=481).is_long
    assert not EARLY.is_long


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        (replace(EARLY, code="R"), kinds.BadLetter),
        (replace(EARLY, code="EE"), kinds.BadLetter),
        (replace(EARLY, code="早"), kinds.BadLetter),
        (replace(EARLY, code="L"), kinds.LetterTaken),
        (replace(EARLY, name="中班"), kinds.NameTaken),
        (replace(EARLY, name=""), kinds.NameLacks),
        (replace(EARLY, sign="早班"), kinds.BadSign),
        (replace(EARLY, rest=480), kinds.BreakTooLong),
    ],
)
def test_a_kind_that_cannot_be_told_apart_is_refused(kind, refusal):
    with pytest.raises(refusal):
        kinds.check(kind, [EARLY, LATE])

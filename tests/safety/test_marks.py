"""What is unusual about rounds, told from plain values."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.safety.dues import Due, dues
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.rules.safety.rounds import (
    LIMITS,
    Answering,
    BadOddLimit,
    CodeOfEquipment,
    CodeWrong,
    Limits,
    Made,
    Mark,
    Standing,
    check_limits,
    code,
    marks,
    read_code,
    slots,
)

NIGHT = Planned(
    form_id=1,
    place_id=1,
    rhythm=Rhythm.NIGHT,
    starts=date(2026, 11, 1),
    night_from=1200,
    night_to=360,
    every=120,
    plan_id=2,
)
ALWAYS = LIMITS.in_a_row
EIGHT = datetime.fromisoformat("2026-11-21 20:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def made(number=1, opens=EIGHT, after=10 * MINUTE, failed=0, plan_id=2, **told):
    """Return a round begun some time after its window opened, made in ten minutes."""
    started = opens + after
    ended = started + 10 * MINUTE
    values = {
        "due": Due(opens, opens + 2 * HOUR, plan_id),
        "started": started,
        "ended": ended,
        "opened": started,
        "entered": ended,
        "answers": 12,
        "first": started,
        "last": ended,
    }
    return Made(round_id=number, plan_id=plan_id, failed=failed, **values | told)


def marked(*rounds, before=None, limits=LIMITS):
    return marks(rounds, {2: NIGHT}, before or {}, limits)


def test_a_round_as_planned_bears_no_mark():
    assert marked(made()) == {}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(0), ()),
        (-MINUTE, (Mark.AHEAD,)),
        (2 * HOUR - 11 * MINUTE, ()),
        (2 * HOUR - 10 * MINUTE, (Mark.LATE,)),
    ],
    ids=["at the opening", "before", "just in time", "when it closes"],
)
def test_a_window_is_kept_to_the_minute(after, expected):
    assert marked(made(after=after)).get(1, ()) == expected


@pytest.mark.parametrize(
    ("later", "expected"), [(30, ()), (31, (Mark.AFTERWARDS,))], ids=["soon", "later"]
)
def test_entered_half_an_hour_later_is_entered_afterwards(later, expected):
    ended = EIGHT + 20 * MINUTE
    assert marked(made(entered=ended + later * MINUTE)).get(1, ()) == expected


def test_a_sheet_of_paper_is_typed_in_as_fast_as_one_types():
    at_desk = EIGHT + 12 * HOUR
    paper = made(entered=at_desk, first=at_desk, last=at_desk)
    assert marked(paper)[1] == (Mark.AFTERWARDS,)


def test_few_items_are_answered_in_a_minute_by_anybody():
    assert marked(made(answers=4, last=EIGHT + 10 * MINUTE)) == {}


def test_rounds_entered_in_one_minute_are_told_both():
    entered = EIGHT + 3 * HOUR
    found = marked(
        made(1, entered=entered),
        made(2, EIGHT + 2 * HOUR, entered=entered + MINUTE / 2),
    )
    assert Mark.TOGETHER in found[1]
    assert Mark.TOGETHER in found[2]


def test_a_night_round_too_long_after_the_one_before_is_told():
    late = made(2, EIGHT + 2 * HOUR, after=100 * MINUTE)
    assert marked(made(1, after=timedelta(0)), late)[2] == (Mark.APART,)


def test_the_first_round_of_a_night_is_not_held_against_the_night_before():
    assert marked(made(1), made(2, EIGHT + DAY)) == {}


def test_after_a_long_night_the_next_evening_is_another_night():
    long = replace(NIGHT, night_from=1080, night_to=480)
    six = EIGHT - 2 * HOUR
    rounds = made(1, six + 12 * HOUR), made(2, six + DAY)
    assert marks(rounds, {2: long}, {}) == {}


def test_one_reminder_is_given_when_nothing_was_found_for_long():
    rounds = [made(number, EIGHT + number * DAY) for number in range(1, 2 * ALWAYS)]
    assert marked(*rounds) == {ALWAYS: (Mark.PERFECT,)}


def test_rounds_before_those_listed_count():
    assert marked(made(), before={2: ALWAYS - 1}) == {1: (Mark.PERFECT,)}


def test_a_finding_ends_the_row():
    rounds = [
        made(number, EIGHT + number * DAY, failed=int(number == 30))
        for number in range(1, ALWAYS + 1)
    ]
    assert marked(*rounds) == {}


def test_a_clock_set_back_is_told_by_the_numbers():
    later = made(1, EIGHT + DAY)
    assert marked(later, made(2, EIGHT))[2] == (Mark.CLOCK,)


def test_a_clock_that_steps_a_little_is_no_matter():
    rounds = made(1), made(2, EIGHT, opened=EIGHT + 9 * MINUTE, entered=EIGHT + HOUR)
    assert Mark.CLOCK not in marked(*rounds).get(2, ())


FAST = made(last=EIGHT + 11 * MINUTE)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(60, ()), (61, (Mark.HASTE,))], ids=["enough", "less"]
)
def test_the_home_says_what_is_too_fast(seconds, expected):
    limits = Limits(haste_seconds=seconds)
    assert marked(FAST, limits=limits).get(1, ()) == expected


def test_the_home_says_how_far_apart_the_rounds_of_a_night_may_be():
    late = made(2, EIGHT + 2 * HOUR, after=100 * MINUTE)
    rounds = made(1, after=timedelta(0)), late
    assert marked(*rounds, limits=Limits(apart_minutes=90)) == {}


def test_the_home_says_how_many_rounds_without_a_finding_are_too_good():
    rounds = [made(number, EIGHT + number * DAY) for number in range(1, 4)]
    assert marked(*rounds, limits=Limits(in_a_row=3)) == {3: (Mark.PERFECT,)}


def test_the_home_says_when_a_round_is_entered_afterwards():
    later = made(entered=EIGHT + 60 * MINUTE)
    assert marked(later, limits=Limits(afterwards_minutes=40)) == {}


@pytest.mark.parametrize(
    "wrong",
    [{"in_a_row": 1}, {"haste_seconds": -1}, {"afterwards_minutes": 0}],
    ids=["every round", "no time", "always afterwards"],
)
def test_limits_that_make_no_sense_are_refused(wrong):
    with pytest.raises(BadOddLimit):
        check_limits(Limits(**wrong))


def test_an_order_of_the_list_changes_no_mark():
    rounds = [made(n, EIGHT + n * 2 * HOUR, n * 7 * MINUTE) for n in range(1, 5)]
    assert marked(*rounds) == marked(*reversed(rounds))


MOMENTS = st.datetimes(
    datetime.fromisoformat("2026-11-02"), datetime.fromisoformat("2026-12-31")
)


@given(MOMENTS, st.sets(st.integers(0, 40)))
def test_what_was_due_is_made_missed_or_still_to_be_made(now, made_ones):
    due = dues([NIGHT], now - 4 * DAY, now + DAY)
    ended = {each: each.opens + HOUR for n, each in enumerate(due) if n in made_ones}
    answering = {
        (each.plan_id, each.opens): Answering(1, end) for each, end in ended.items()
    }
    found = slots(due, answering, now)
    assert [slot.due for slot in found] == due
    for slot in found:
        is_made = slot.standing in {Standing.MADE, Standing.MADE_LATE}
        assert is_made == (slot.due in ended)
        assert is_made or (slot.standing is Standing.MISSED) == (slot.due.closes <= now)


@given(MOMENTS, st.timedeltas(timedelta(0), 3 * DAY))
def test_what_was_missed_stays_missed_as_time_goes_on(now, passed):
    due = dues([NIGHT], now - 2 * DAY, now + DAY)
    then = [slot.standing for slot in slots(due, {}, now)]
    later = [slot.standing for slot in slots(due, {}, now + passed)]
    for one, other in zip(then, later, strict=True):
        assert other is Standing.MISSED or one is not Standing.MISSED


@given(st.integers(1, 10**9 - 1))
def test_a_code_is_read_as_it_was_written(number):
    assert read_code(code(number)) == number


@given(st.integers(1, 10**6 - 1), st.integers(0, 7), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(number, place, step):
    digits = [place for place, sign in enumerate(code(number)) if sign.isdigit()]
    written = list(code(number))
    at = digits[place]
    written[at] = str((int(written[at]) + step) % 10)
    with pytest.raises(CodeWrong):
        read_code("".join(written))


@given(st.integers(1, 10**6 - 1), st.integers(0, 4))
def test_two_digits_that_changed_places_are_noticed(number, place):
    written = list(code(number))
    one, other = written[3 + place], written[4 + place]
    written[3 + place], written[4 + place] = other, one
    if one == other:
        assert read_code("".join(written)) == number
    else:
        with pytest.raises(CodeWrong):
            read_code("".join(written))


@pytest.mark.parametrize("typed", ["xc-{0}-{1}", " XC {0} {1} ", "{0}{1}", "{0}－{1}"])
def test_a_code_may_be_typed_in_any_hand(typed):
    _letters, number, check = code(123).split("-")
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    assert read_code(typed.format(number, check)) == 123
    assert read_code(typed.format(number, check).translate(wide)) == 123


@pytest.mark.parametrize("typed", ["E-0012", "e0012", "Ｅ－００１２"])
def test_the_label_of_equipment_is_told_from_a_sheet(typed):
    with pytest.raises(CodeOfEquipment):
        read_code(typed)


@pytest.mark.parametrize("typed", ["", "XC", "XC-12", "XC-000000-98x", "0012"])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(CodeWrong):
        read_code(typed)

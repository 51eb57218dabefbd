"""Who may claim an allowance, to the day and to the fen."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.allowances import (
    Carer,
    Why,
    entry_bonus,
    post_allowance,
    shipped,
)

RULE = shipped()
NOVEMBER = date(2026, 11, 1)
CARER = Carer(date(2025, 11, 1), True, level=5)
GRADUATE = Carer(
    date(2024, 7, 15), True, education="college", graduated_on=date(2024, 6, 30)
)


def allowance(carer, month=NOVEMBER, transition="policy"):
    return post_allowance(carer, month, RULE.post, transition)


def why(found):
    return [reason.why for reason in found.reasons]


@pytest.mark.parametrize(
    ("level", "fen"), [(5, 30000), (4, 40000), (3, 50000), (2, 60000), (1, 70000)]
)
def test_each_level_has_its_amount(level, fen):
    assert allowance(replace(CARER, level=level)).fen == fen


def test_the_year_must_be_whole_on_the_first_day_of_the_month():
    assert allowance(CARER).is_entitled
    late = allowance(replace(CARER, hired_on=date(2025, 11, 2)))
    assert (late.fen, why(late)) == (0, [Why.NOT_YET])
    assert late.reasons[0].facts["day"] == date(2026, 11, 2)


def test_a_year_from_february_29_is_whole_on_march_1():
    carer = replace(CARER, hired_on=date(2024, 2, 29))
    assert not allowance(carer, date(2025, 2, 1)).is_entitled
    assert allowance(carer, date(2025, 3, 1)).is_entitled


def test_the_year_counts_from_the_beginning_of_front_line_care():
    carer = replace(CARER, hired_on=date(2020, 1, 1), care_since=date(2026, 1, 1))
    assert why(allowance(carer)) == [Why.NOT_YET]


@pytest.mark.parametrize(
    ("left_on", "fen"),
    [(date(2026, 11, 30), 0), (date(2026, 12, 1), 30000), (None, 30000)],
)
def test_who_leaves_within_the_month_is_not_paid_for_it(left_on, fen):
    assert allowance(replace(CARER, left_on=left_on)).fen == fen


def test_only_front_line_care_counts():
    assert why(allowance(replace(CARER, is_care=False))) == [Why.NOT_CARE]


@pytest.mark.parametrize(
    ("month", "fen"), [(date(2023, 11, 1), 20000), (date(2023, 12, 1), 0)]
)
def test_the_transition_of_the_policy_ends_after_two_years(month, fen):
    carer = Carer(date(2020, 1, 1), True)
    assert allowance(carer, month).fen == fen


@pytest.mark.parametrize(
    ("month", "fen"), [(date(2026, 10, 1), 20000), (date(2026, 11, 1), 0)]
)
def test_the_transition_of_each_hire_ends_after_two_years(month, fen):
    carer = Carer(date(2024, 11, 1), True)
    assert allowance(carer, month, "hire").fen == fen


def test_without_a_level_after_the_transition_there_is_none():
    assert why(allowance(replace(CARER, level=None))) == [Why.NO_LEVEL]


@pytest.mark.parametrize(
    ("education", "parts"),
    [
        ("bachelor", [15000_00, 15000_00, 20000_00]),
        ("college", [12000_00, 12000_00, 16000_00]),
        ("secondary", [9000_00, 9000_00, 12000_00]),
    ],
)
def test_an_entry_bonus_is_paid_in_30_30_and_40_percent(education, parts):
    carer = replace(GRADUATE, education=education)
    far = date(2040, 1, 1)
    found = [entry_bonus(carer, part, far, RULE).fen for part in (1, 2, 3)]
    assert found == parts


def test_each_part_falls_due_when_its_year_is_over():
    assert not entry_bonus(GRADUATE, 1, date(2025, 7, 14), RULE).is_entitled
    assert entry_bonus(GRADUATE, 1, date(2025, 7, 15), RULE).is_entitled
    assert not entry_bonus(GRADUATE, 2, date(2025, 7, 15), RULE).is_entitled


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_care": False}, Why.NOT_CARE),
        ({"is_full_time": False}, Why.PART_TIME),
        ({"education": "lower"}, Why.NO_EDUCATION),
        ({"graduated_on": None}, Why.NO_GRADUATION),
        ({"graduated_on": date(2023, 7, 14)}, Why.GRADUATED_LONG_AGO),
        ({"hired_on": date(2021, 11, 4)}, Why.BEFORE_POLICY),
        ({"left_on": date(2025, 7, 14)}, Why.LEFT),
    ],
)
def test_an_entry_bonus_says_what_bars_it(change, reason):
    found = entry_bonus(replace(GRADUATE, **change), 1, date(2026, 1, 1), RULE)
    assert found.fen == 0
    assert reason in why(found)


def test_a_year_after_graduation_is_still_in_time():
    carer = replace(GRADUATE, graduated_on=date(2023, 7, 15))
    assert entry_bonus(carer, 1, date(2026, 1, 1), RULE).is_entitled


def test_what_was_earned_before_leaving_stays_claimable():
    carer = replace(GRADUATE, left_on=date(2025, 7, 15))
    assert entry_bonus(carer, 1, date(2026, 1, 1), RULE).is_entitled
    assert why(entry_bonus(carer, 2, date(2027, 1, 1), RULE)) == [Why.LEFT]


def test_every_reason_has_words():
    for part, carer in ((1, GRADUATE), (2, replace(GRADUATE, education=""))):
        for reason in entry_bonus(carer, part, date(2026, 1, 1), RULE).reasons:
            assert reason.say()


carers = st.builds(
    Carer,
    st.dates(date(2015, 1, 1), date(2027, 1, 1)),
    st.booleans(),
    left_on=st.none(),
    level=st.none() | st.integers(1, 5),
    education=st.sampled_from(["", "lower", "secondary", "college", "bachelor"]),
    graduated_on=st.none() | st.dates(date(2014, 1, 1), date(2027, 1, 1)),
    is_full_time=st.booleans(),
)
months = st.dates(date(2016, 1, 1), date(2030, 1, 1)).map(lambda d: d.replace(day=1))


@given(carer=carers, month=months, transition=st.sampled_from(["policy", "hire"]))
def test_a_claim_and_a_reason_always_come_together(carer, month, transition):
    found = allowance(carer, month, transition)
    assert found.reasons
    assert found.fen in (0, 20000, 30000, 40000, 50000, 60000, 70000)
    assert not found.is_entitled or carer.is_care


@given(carer=carers, day=st.dates(date(2021, 1, 1), date(2035, 1, 1)))
def test_the_parts_of_a_bonus_make_the_whole(carer, day):
    parts = [entry_bonus(carer, part, day, RULE) for part in (1, 2, 3)]
    whole = RULE.entry.by_education.get(carer.education, 0)
    assert sum(part.fen for part in parts) <= whole
    if parts[2].is_entitled:
        assert sum(part.fen for part in parts) == whole

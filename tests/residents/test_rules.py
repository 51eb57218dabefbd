from datetime import date

import pytest

from carehome.rules import residents as rules
from carehome.rules.periods import Period
from carehome.rules.residents import Status

DAY = date(2026, 11, 21)
SPRING, SUMMER = date(2026, 3, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("stays", "absences", "is_admitting", "status"),
    [
        ([], [], False, Status.WAITING),
        ([], [], True, Status.ADMITTING),
        ([Period(SPRING)], [], False, Status.IN),
        ([Period(SPRING)], [("leave", Period(SUMMER, DAY))], False, Status.IN),
        ([Period(SPRING)], [("leave", Period(DAY))], False, Status.ON_LEAVE),
        ([Period(SPRING)], [("hospital", Period(SUMMER))], False, Status.IN_HOSPITAL),
        ([Period(SPRING, DAY)], [], False, Status.DISCHARGED),
        ([Period(DAY, DAY)], [], False, Status.DISCHARGED),
        ([Period(SPRING, SUMMER)], [], True, Status.ADMITTING),
        ([Period(SPRING, SUMMER), Period(DAY)], [], False, Status.IN),
        ([Period(date(2026, 12, 1))], [], False, Status.WAITING),
    ],
)
def test_status_on_a_day(stays, absences, is_admitting, status):
    assert rules.status_on(DAY, stays, absences, is_admitting) is status


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1940, 11, 20), 86),
        (date(1940, 11, 21), 86),
        (date(1940, 11, 22), 85),
        (date(1940, 2, 29), 86),
        (None, None),
    ],
)
def test_age_in_whole_years(born, age):
    assert rules.age_on(born, DAY) == age


def test_an_identity_number_is_masked_but_for_place_and_end():
    assert rules.mask_identity("610103195708172424") == "610103********2424"


def test_no_number_needs_no_mask():
    assert rules.mask_identity(None) == ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王 秀英 ", "王秀英"),
        ("王　芳", "王芳"),
        ("黄 䶮", "黄䶮"),
        ("阿不都.热依木", "阿不都·热依木"),
        ("阿不都 • 热依木", "阿不都·热依木"),
        ("阿不都・热依木", "阿不都·热依木"),
        ("John  Smith", "John Smith"),
    ],
)
def test_names_lose_stray_spaces_and_get_one_dot(typed, name):
    assert rules.clean_name(typed) == name


def test_nothing_is_recorded_ahead():
    rules.check_happened(DAY, DAY)
    with pytest.raises(rules.NotComeYet):
        rules.check_happened(date(2026, 11, 22), DAY)


@pytest.mark.parametrize(
    ("away", "stay"),
    [
        (Period(date(2026, 2, 28), SUMMER), Period(SPRING)),
        (Period(DAY), Period(SPRING, SUMMER)),
        (Period(date(2026, 6, 30), DAY), Period(SPRING, SUMMER)),
        (Period(date(2026, 6, 30)), Period(SPRING, SUMMER)),
    ],
)
def test_nobody_is_away_from_where_they_do_not_live(away, stay):
    with pytest.raises(rules.NotHere):
        rules.check_here("王秀英", away, [stay])


def test_an_absence_may_last_until_the_discharge():
    rules.check_here("王秀英", Period(SPRING, SUMMER), [Period(SPRING, SUMMER)])


def test_somebody_still_away_cannot_leave_again():
    with pytest.raises(rules.StillAway):
        rules.check_away_once("王秀英", Period(DAY), [Period(SUMMER)])


def test_two_absences_share_no_day():
    with pytest.raises(rules.AbsencesOverlap) as refusal:
        rules.check_away_once("王秀英", Period(SPRING), [Period(SPRING, SUMMER)])
    assert "2026-07-01" in refusal.value.message


def test_an_absence_may_start_the_day_another_ended():
    rules.check_away_once("王秀英", Period(SUMMER), [Period(SPRING, SUMMER)])

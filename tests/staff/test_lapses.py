"""What a certificate that lapses will cost of a roster that stands already."""

from dataclasses import replace
from datetime import date

from carehome.rules.rosters.lapses import losses
from carehome.rules.rosters.problem import (
    OFF,
    Bar,
    Demand,
    Person,
    Problem,
    Roster,
    Shift,
    Why,
)

FIRST, LAPSE = date(2026, 12, 1), date(2026, 12, 3)
HEALTH = Bar(Why.CERTIFICATE, "健康证", LAPSE)
SICK = Bar(Why.AWAY, "病假")


def problem(bars):
    return Problem(
        FIRST,
        5,
        (Shift("E", 480), Shift("N", 480, is_night=True)),
        (Person("1", unit="7"), Person("2", unit="7")),
        tuple(Demand(day, "E", 1, "7") for day in range(5)),
        bars=bars,
    )


def barred(key, days, bar=HEALTH):
    return {(key, day): {"E": bar, "N": bar} for day in days}


ROSTER = Roster({"1": ("E", "E", "E", OFF, "E"), "2": (OFF, "E", "E", "E", OFF)})


def test_shifts_from_the_day_of_the_lapse_are_lost():
    (loss,) = losses(problem(barred("1", (2, 3, 4))), ROSTER, FIRST)
    assert (loss.person, loss.certificate, loss.since) == ("1", "健康证", LAPSE)
    assert loss.shifts == ((date(2026, 12, 3), "E"), (date(2026, 12, 5), "E"))


def test_only_days_that_then_lack_somebody_are_short():
    (loss,) = losses(problem(barred("1", (2, 3, 4))), ROSTER, FIRST)
    assert [(each.day, each.missing) for each in loss.short] == [(date(2026, 12, 5), 1)]


def test_who_was_missing_already_is_told_apart():
    need = problem(barred("1", (2,)))
    more = replace(need, demands=(Demand(2, "E", 3, "7"),))
    (loss,) = losses(more, ROSTER, FIRST)
    assert [(each.before, each.missing) for each in loss.short] == [(1, 2)]


def test_days_gone_by_are_not_lost():
    assert losses(problem(barred("1", (0,))), ROSTER, date(2026, 12, 2)) == ()


def test_leave_is_no_lapse():
    assert losses(problem(barred("1", (2,), SICK)), ROSTER, FIRST) == ()


def test_who_has_the_day_off_loses_nothing():
    assert losses(problem(barred("1", (3,))), ROSTER, FIRST) == ()


def test_the_first_shift_lost_comes_first():
    bars = barred("1", (4,)) | barred("2", (2,))
    found = losses(problem(bars), ROSTER, FIRST)
    assert [loss.person for loss in found] == ["2", "1"]

"""One way to do each deed about rosters that can be undone."""

from datetime import date

from carehome.rules.payroll import DayKind
from carehome.rules.rosters.problem import Roster
from carehome.services.calendar import HomeCalendar
from carehome.services.rosters import NewWish, Rosters
from tests.rosters.ward import DECEMBER, make, row

SATURDAY = date(2026, 12, 5)


def _rosters(w):
    return w.of(Rosters)


def _carer(w):
    """Hire a carer who works the first week of a month."""
    (key,) = make(w.purse.db, w.purse.clock).hire("何梅")
    _rosters(w).set_cells(DECEMBER, row(key, "EELLNN-"))
    return key


def _wish(w):
    day = date(2026, 12, 24)
    return _rosters(w).add_wish(NewWish(int(_carer(w)), day, "not", "N"))


def _day(w):
    w.of(HomeCalendar).set_day(SATURDAY, DayKind.WORK, "调休上班")


DEEDS = {
    "HomeCalendar.set_day": (lambda w: None, lambda w, _: _day(w)),
    "HomeCalendar.clear_day": (
        _day,
        lambda w, _: w.of(HomeCalendar).clear_day(SATURDAY),
    ),
    "Rosters.copy_week": (
        _carer,
        lambda w, key: _rosters(w).copy_week(DECEMBER, 7, [key]),
    ),
    "Rosters.lay_pattern": (
        _carer,
        lambda w, key: _rosters(w).lay_pattern(DECEMBER, ("N", ""), [key], (0, 1), 1),
    ),
    "Rosters.take_over": (
        _carer,
        lambda w, key: _rosters(w).take_over(DECEMBER, Roster({key: ("L",) * 31})),
    ),
    "Rosters.add_wish": (
        _carer,
        lambda w, key: _rosters(w).add_wish(NewWish(int(key), DECEMBER)),
    ),
    "Rosters.remove_wish": (
        _wish,
        lambda w, wish_id: _rosters(w).remove_wish(wish_id),
    ),
}

"""One way to do each deed with kinds of shift and their cover."""

from datetime import date

from sqlalchemy import select

from carehome.db.beds import FloorRow
from carehome.db.shifts import ShiftNeedRow
from carehome.db.units import UnitRow
from carehome.rules.rights import Role
from carehome.rules.rosters.cover import Need
from carehome.rules.rosters.kinds import Kind
from carehome.services.shifts import Shifts
from tests.conftest import ROLES

EARLY = Kind("E", "早", "早班", 420, 480)
FIRST = date(2026, 12, 1)


def kind(w):
    return w.of(Shifts).save_kind(EARLY)


def unit(w):
    with w.purse.db.writing(ROLES[Role.DIRECTOR], "test") as session:
        row = UnitRow(name="三楼")
        session.add(row)
        session.flush()
        return row.id, session.scalar(select(FloorRow.id).limit(1))


def need(w):
    w.of(Shifts).set_need(Need(kind(w), None, 2))
    with w.purse.db.reading() as session:
        return session.scalar(select(ShiftNeedRow.id))


DEEDS = {
    "Shifts.save_kind": (lambda w: None, lambda w, _: kind(w)),
    "Shifts.set_active": (
        kind,
        lambda w, number: w.of(Shifts).set_active(number, is_active=False),
    ),
    "Shifts.set_floors": (
        unit,
        lambda w, known: w.of(Shifts).set_floors(known[0], {known[1]}),
    ),
    "Shifts.set_need": (
        kind,
        lambda w, number: w.of(Shifts).set_need(Need(number, None, 2)),
    ),
    "Shifts.remove_need": (need, lambda w, number: w.of(Shifts).remove_need(number)),
    "Shifts.set_ratios": (
        kind,
        lambda w, number: w.of(Shifts).set_ratios(number, {3: 4}, FIRST),
    ),
    "Shifts.switch_on": (
        lambda w: None,
        lambda w, _: w.of(Shifts).switch_on("on-call"),
    ),
}

"""How the demonstration home came to compute its night shift from who lives there."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from carehome.db.database import Database
from carehome.rules.rights import Role, User
from carehome.rules.rosters.cover import Need
from carehome.services.shifts import Shifts

AGO = timedelta(days=40)  # so long ago the head nurse set it up
# Residents of each ability level that one carer of a shift looks after (ours).
RATIOS = {
    "E": {4: 8, 3: 12, 2: 20, 1: 40},
    "L": {4: 16, 3: 20, 2: 30},
    "N": {4: 20, 3: 25, 2: 40},
}


def furnish(db: Database, users: dict[Role, User], day: date) -> None:
    """Say which floors a unit has, and let the carers' shifts follow the residents."""
    shifts = Shifts(db, users[Role.HEAD_NURSE], _at(day - AGO))
    board = shifts.board(day)
    floors = {name: number for number, name in board.floors.items()}
    for unit in board.units:
        if unit.name in floors:
            shifts.set_floors(unit.unit_id, {floors[unit.name]})
    starts = day.replace(day=1)
    codes = {line.kind.kind_id: line.kind.code for line in board.kinds}
    for number, code in codes.items():
        if ratios := RATIOS.get(code):
            shifts.set_ratios(number, dict(ratios), starts)
    for line in board.needs:
        if line.unit_id and codes[line.shift_id] in RATIOS:
            need = Need(line.shift_id, line.unit_id, 1, is_computed=True, starts=starts)
            shifts.set_need(need)


def _at(day: date) -> Callable[[], datetime]:
    moment = datetime.combine(day, time(2, 40), tzinfo=UTC)
    return lambda: moment

"""What another bed or another ability changes in how many people the units need."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, RoomRow
from carehome.db.shifts import ShiftKindRow, UnitFloorRow
from carehome.db.units import UnitRow
from carehome.i18n import N_
from carehome.rules.consequences import Change, Line
from carehome.rules.payroll import DayKind
from carehome.rules.periods import DAY, Period
from carehome.rules.rosters import cover as rules
from carehome.rules.today import words
from carehome.services.assessments.levels import level_on_in
from carehome.services.calendar import calendar_in
from carehome.services.shifts.living import Living, Sleeper, living_on, sleepers_in
from carehome.services.shifts.needs import cover_of, needs_in, ratios_in


def cover_lines(session: Session, change: Change, today: date) -> Iterator[Line]:
    """Tell on which shifts a unit needs more or fewer people than before the move."""
    if change.bed_id is None:
        return
    day = max(change.starts, today)
    period = Period(day, day + DAY)
    sleepers = sleepers_in(session, period, today)
    own = [one for one in sleepers if one.resident_id == change.resident_id]
    if own and not any(one.sleeps_here(day) for one in own):
        return  # who is away counts in neither unit
    others = [one for one in sleepers if one.resident_id != change.resident_id]
    before, after = living_on(sleepers, day), living_on(others, day)
    if unit_id := _unit_of(session, change.bed_id):
        level = level_on_in(session, change.resident_id, day)
        after[unit_id] = Counter(after.get(unit_id, {})) + Counter({level: 1})
    yield from _differing(session, day, before, after)


def level_lines(
    session: Session, resident_id: int, was: int | None, now: int | None, day: date
) -> Iterator[Line]:
    """Tell on which shifts a unit needs more or fewer people by another ability."""
    sleepers = sleepers_in(session, Period(day, day + DAY), day)
    before, after = (
        living_on([_at(one, resident_id, level) for one in sleepers], day)
        for level in (was, now)
    )
    yield from _differing(session, day, before, after)


def _at(sleeper: Sleeper, resident_id: int, level: int | None) -> Sleeper:
    """Return a sleeper as if the ability of one resident were at `level`."""
    if sleeper.resident_id != resident_id:
        return sleeper
    return replace(sleeper, levels=(), level=level)


def _differing(
    session: Session,
    day: date,
    before: Mapping[int, Living],
    after: Mapping[int, Living],
) -> Iterator[Line]:
    is_free = calendar_in(session, Period(day, day + DAY))(day) is not DayKind.WORK
    ratios = ratios_in(session)
    units = dict(session.execute(select(UnitRow.id, UnitRow.name)).all())
    shifts = dict(session.execute(select(ShiftKindRow.id, ShiftKindRow.name)).all())
    for (shift_id, unit_id), asked in needs_in(session).items():
        need = rules.holding(asked, day, is_free)
        if need is None or unit_id is None:
            continue
        was = cover_of(need, before, ratios, day).need
        now = cover_of(need, after, ratios, day).need
        if was != now:
            unit, shift = units[unit_id], shifts[shift_id]
            yield Line(
                words(N_("People on {shift}, {unit}"), shift=shift, unit=unit),
                words(N_("{count} needed"), count=str(now)),
                words(N_("{count} needed"), count=str(was)),
                is_warning=now > was,
            )


def _unit_of(session: Session, bed_id: int) -> int | None:
    return session.scalar(
        select(UnitFloorRow.unit_id)
        .join(RoomRow, RoomRow.floor_id == UnitFloorRow.floor_id)
        .join(BedRow, BedRow.room_id == RoomRow.id)
        .where(BedRow.id == bed_id)
    )

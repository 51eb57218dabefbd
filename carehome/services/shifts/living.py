"""Who sleeps in each unit on each night, by ability level, in a few queries."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.assessments import AssessmentRow
from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.residents import AbsenceRow, ResidentRow
from carehome.db.shifts import UnitFloorRow
from carehome.rules.periods import DAY, Period
from carehome.services.assessments.values import FINISHED

Living = Mapping[int | None, int]  # residents by ability level; None is not assessed


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Somebody's nights in a unit, the nights away, and the levels from their days."""

    resident_id: int
    unit_id: int
    nights: Period
    away: tuple[Period, ...]
    levels: tuple[tuple[date, int], ...]
    level: int | None

    def sleeps_here(self, day: date) -> bool:
        """Say whether the resident is in the house on the night after `day`."""
        return self.nights.holds(day) and not any(each.holds(day) for each in self.away)

    def level_on(self, day: date) -> int | None:
        """Return the ability level by the newest assessment, else the one on file."""
        known = [level for since, level in self.levels if since <= day]
        return known[-1] if known else self.level


def sleepers_in(
    session: Session, period: Period, today: date | None = None
) -> list[Sleeper]:
    """Return who has a bed in a unit on a day of `period`.

    Who is away is expected back on the day that was said; who is late on `today` is
    not here yet. Whoever has a bed now has it on the days to come.
    """
    last = (period.end or date.max) - DAY
    query = (
        select(BedUseRow, ResidentRow.ability_level, UnitFloorRow.unit_id)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .join(BedRow, BedRow.id == BedUseRow.bed_id)
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .join(UnitFloorRow, UnitFloorRow.floor_id == RoomRow.floor_id)
        .where(
            BedUseRow.kind == "occupied",
            BedUseRow.starts <= last,
            BedUseRow.ends.is_(None) | (BedUseRow.ends > period.start),
        )
    )
    away, levels = _away_in(session, period, today), _levels_in(session, last)
    return [
        Sleeper(
            use.resident_id,
            unit_id,
            Period(use.starts, use.ends),
            tuple(away[use.resident_id]),
            tuple(levels[use.resident_id]),
            level,
        )
        for use, level, unit_id in session.execute(query)
        if use.ends != use.starts
    ]


def living_on(sleepers: list[Sleeper], day: date) -> dict[int, Living]:
    """Count who sleeps in each unit on the night after `day`, by ability level."""
    found: dict[int, Counter[int | None]] = defaultdict(Counter)
    for one in sleepers:
        if one.sleeps_here(day):
            found[one.unit_id][one.level_on(day)] += 1
    return dict(found)


def _away_in(
    session: Session, period: Period, today: date | None
) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    rows = session.scalars(
        select(AbsenceRow).where(
            AbsenceRow.returned_on.is_(None) | (AbsenceRow.returned_on > period.start)
        )
    )
    for row in rows:
        back = row.returned_on or row.expected_on
        if row.returned_on is None and back and today and back <= today:
            back = today + DAY
        if back is None or back > row.left_on:
            found[row.resident_id].append(Period(row.left_on, back))
    return found


def _levels_in(session: Session, last: date) -> dict[int, list[tuple[date, int]]]:
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    rows = session.execute(
        select(
            AssessmentRow.resident_id,
            AssessmentRow.base_on,
            AssessmentRow.ability_level,
        )
        .where(
            AssessmentRow.state == FINISHED,
            AssessmentRow.base_on <= last,
            AssessmentRow.ability_level.is_not(None),
        )
        .order_by(AssessmentRow.base_on, AssessmentRow.id)
    )
    for resident_id, base_on, level in rows:
        found[resident_id].append((base_on, level or 0))
    return found

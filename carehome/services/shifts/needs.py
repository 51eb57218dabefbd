"""What each unit asks of a shift, and how many residents one carer looks after."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.shifts import CoverRatioRow, ShiftKindRow, ShiftNeedRow
from carehome.rules.rosters import cover as rules
from carehome.rules.rosters.cover import Cover, Need
from carehome.services.shifts.living import Living


@dataclass(frozen=True, slots=True)
class Ratio:
    """On a shift one carer looks after so many of an ability level, from a day on."""

    shift_id: int
    level: int
    residents: int | None
    starts: date


def needs_in(session: Session) -> dict[tuple[int, int | None], list[Need]]:
    """Return what is asked, by shift and unit, in the home's order of shifts."""
    rows = session.scalars(
        select(ShiftNeedRow)
        .join(ShiftKindRow, ShiftKindRow.id == ShiftNeedRow.shift_id)
        .where(ShiftKindRow.is_active)
        .order_by(ShiftKindRow.position, ShiftKindRow.id, ShiftNeedRow.id)
    )
    found: dict[tuple[int, int | None], list[Need]] = defaultdict(list)
    for row in rows:
        found[row.shift_id, row.unit_id].append(need_of(row))
    return dict(found)


def need_of(row: ShiftNeedRow) -> Need:
    """Return a stored need as the rules know it."""
    return Need(
        row.shift_id,
        row.unit_id,
        row.need,
        row.most,
        row.under,
        row.over,
        row.is_computed,
        row.days,
        row.starts,
        row.skill,
        row.id,
    )


def ratios_in(session: Session) -> list[Ratio]:
    """Return all ratios, the oldest first."""
    rows = session.scalars(select(CoverRatioRow).order_by(CoverRatioRow.starts))
    return [
        Ratio(row.shift_id, row.ability_level, row.residents, row.starts)
        for row in rows
    ]


def ratios_on(ratios: Iterable[Ratio], shift_id: int, day: date) -> dict[int, int]:
    """Return how many residents of each level one carer of a shift has on a day."""
    newest = {
        ratio.level: ratio.residents
        for ratio in ratios
        if ratio.shift_id == shift_id and ratio.starts <= day
    }
    return {level: each for level, each in newest.items() if each is not None}


def cover_of(
    need: Need, living: Mapping[int, Living], ratios: Iterable[Ratio], day: date
) -> Cover:
    """Return how many people a need comes to on a day."""
    if not need.is_computed or need.unit_id is None:
        return Cover(need.need)
    people = living.get(need.unit_id, {})
    return rules.computed(people, ratios_on(ratios, need.shift_id, day), need.need)

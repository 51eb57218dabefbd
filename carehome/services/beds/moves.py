"""What giving somebody a bed would mean, before it is done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, FloorRow, RoomRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.rules import beds as rules
from carehome.rules import residents as people
from carehome.rules.beds import Concern, Sleeper
from carehome.rules.periods import Period
from carehome.services.beds import uses
from carehome.services.beds.closures import closed_in
from carehome.services.beds.kept import check_kept_in
from carehome.services.beds.places import bed_names_in
from carehome.services.home import labels_in


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a move would mean, but for the money."""

    resident_id: int
    name: str
    sex: str
    age: int | None
    ability_level: int | None
    start: date
    from_bed_id: int | None
    from_bed: str
    from_class: str
    to_bed_id: int
    to_bed: str
    to_class: str
    is_nursing_bed: bool
    obstacle: Refusal | None
    concerns: tuple[Concern, ...]
    replaced: tuple[str, ...]


def preview_in(
    session: Session, resident_id: int, bed_id: int, start: date, today: date
) -> MovePreview:
    """Say what a bed would mean: who, from where to where, what speaks against it."""
    resident = session.get_one(ResidentRow, resident_id)
    bed = session.get_one(BedRow, bed_id)
    classes, names = labels_in(session, "bed_class"), bed_names_in(session)
    old_id = uses.bed_on_in(session, resident_id, start)
    old = session.get(BedRow, old_id) if old_id is not None else None
    later = [
        row
        for row in uses.uses_from_in(session, resident_id, start)
        if row.starts > start
    ]
    return MovePreview(
        resident_id,
        resident.name,
        resident.sex,
        people.age_on(resident.born, today),
        resident.ability_level,
        start,
        old_id,
        names[old_id] if old_id is not None else "",
        classes.get(old.bed_class, old.bed_class) if old else "",
        bed_id,
        names[bed_id],
        classes.get(bed.bed_class, bed.bed_class),
        bed.is_nursing_bed,
        _obstacle(session, resident, bed_id, start, today),
        tuple(concerns_in(session, resident, bed, start)),
        tuple(names[row.bed_id] for row in later),
    )


def _obstacle(
    session: Session, resident: ResidentRow, bed_id: int, start: date, today: date
) -> Refusal | None:
    """Return what forbids a move, or the reservation of who does not live here yet."""
    try:
        if uses.open_stay_in(session, resident.id) is None:
            reserved = uses.reservations_in(session, resident.id)
            uses.check_bed_in(session, resident, bed_id, Period(start), reserved)
            check_kept_in(session, resident.id, bed_id, start)
        else:
            uses.check_move_in(session, resident.id, bed_id, start, today)
    except Refusal as refusal:
        return refusal
    return None


def concerns_in(
    session: Session, resident: ResidentRow, bed: BedRow, day: date
) -> list[Concern]:
    """List what speaks against giving `bed` to `resident`, without forbidding it."""
    room = session.get_one(RoomRow, bed.room_id)
    floor = session.get_one(FloorRow, room.floor_id)
    dementia = select(FloorRow.id).where(FloorRow.unit == rules.DEMENTIA_UNIT)
    place = rules.Place(
        bed.is_nursing_bed,
        bed.state == "ready",
        floor.unit,
        session.scalar(dementia) is not None,
    )
    mates = session.scalars(
        select(ResidentRow)
        .join(BedUseRow, BedUseRow.resident_id == ResidentRow.id)
        .join(BedRow, BedRow.id == BedUseRow.bed_id)
        .where(
            BedRow.room_id == room.id,
            ResidentRow.id != resident.id,
            BedUseRow.kind == "occupied",
            BedUseRow.starts <= day,
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
        )
    )
    found = rules.concerns(_sleeper(resident), place, map(_sleeper, mates))
    closed = closed_in(session, bed.id, day)
    return [*(Concern(each.text, each.facts) for each in closed), *found]


def _sleeper(row: ResidentRow) -> Sleeper:
    return Sleeper(row.name, row.sex, row.ability_level, row.has_dementia)

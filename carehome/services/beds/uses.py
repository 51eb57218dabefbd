"""Who has which bed from when to when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, FloorRow, RoomRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import beds as rules
from carehome.rules import residents as people
from carehome.rules.beds import Concern, Sleeper, Use
from carehome.rules.periods import Period
from carehome.services.beds.places import bed_name_in, bed_names_in
from carehome.services.home import labels_in


class SameBed(Refusal):
    """The resident has the bed already."""

    text = N_("{name} has bed {bed} already. Choose another bed.")


class HasReservation(Refusal):
    """One reservation is enough."""

    text = N_("Bed {bed} is reserved for {name} already. Release it first.")


class NotReserved(Refusal):
    """Only a reservation can be released; a bed in use is left by moving out."""

    text = N_("{name} lives in bed {bed}. A bed in use is left by a move or discharge.")


class EndsBeforeStart(Refusal):
    """A reservation ends after it starts."""

    text = N_("The reservation must end after its first day, {start}.")


@dataclass(frozen=True, slots=True)
class UseLine:
    """One hold on a bed, as the history of a bed or a resident lists it."""

    use_id: int
    bed_id: int
    bed: str
    resident_id: int
    resident: str
    is_reserved: bool
    starts: date
    ends: date | None


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


def uses_in(session: Session, bed_id: int) -> list[Use]:
    """Return the uses of a bed as the rules know them."""
    query = (
        select(BedUseRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .where(BedUseRow.bed_id == bed_id)
    )
    return [as_use(row, name) for row, name in session.execute(query)]


def as_use(row: BedUseRow, name: str) -> Use:
    """Return a stored use as the rules know it."""
    return Use(
        row.resident_id,
        name,
        Period(row.starts, row.ends),
        row.kind == "reserved",
        row.id,
    )


def lines_in(
    session: Session, bed_id: int | None = None, resident_id: int | None = None
) -> list[UseLine]:
    """List the uses of a bed or of a resident, newest first."""
    names = bed_names_in(session)
    query = select(BedUseRow, ResidentRow.name).join(
        ResidentRow, ResidentRow.id == BedUseRow.resident_id
    )
    if bed_id is not None:
        query = query.where(BedUseRow.bed_id == bed_id)
    if resident_id is not None:
        query = query.where(BedUseRow.resident_id == resident_id)
    query = query.order_by(BedUseRow.starts.desc(), BedUseRow.id.desc())
    return [
        UseLine(
            row.id,
            row.bed_id,
            names[row.bed_id],
            row.resident_id,
            name,
            row.kind == "reserved",
            row.starts,
            row.ends,
        )
        for row, name in session.execute(query)
    ]


def bed_on_in(session: Session, resident_id: int, day: date) -> int | None:
    """Return the bed that a resident lives in on `day`."""
    return session.scalar(
        _held(resident_id)
        .with_only_columns(BedUseRow.bed_id)
        .where(
            BedUseRow.starts <= day, or_(BedUseRow.ends.is_(None), BedUseRow.ends > day)
        )
    )


def reservation_in(session: Session, resident_id: int) -> BedUseRow | None:
    """Return the latest reservation of a resident, also one that has run out."""
    return session.scalars(
        select(BedUseRow)
        .where(BedUseRow.resident_id == resident_id, BedUseRow.kind == "reserved")
        .order_by(BedUseRow.starts.desc())
        .limit(1)
    ).first()


def check_bed_in(
    session: Session,
    resident: ResidentRow,
    bed_id: int,
    wanted: Period,
    replaced: Iterable[BedUseRow] = (),
) -> None:
    """Raise unless the bed works, the room admits the resident and it is free.

    Uses that are about to be `replaced` do not stand in the way.
    """
    bed = session.get_one(BedRow, bed_id)
    room = session.get_one(RoomRow, bed.room_id)
    name = bed_name_in(session, bed_id)
    if bed.state == "out_of_service":
        raise rules.OutOfService(bed=name, note=bed.state_note)
    rules.check_gender(room.name, room.gender_rule, resident.name, resident.sex)
    gone = {row.id for row in replaced}
    found = uses_in(session, bed_id)
    rules.check_free(name, wanted, (use for use in found if use.use_id not in gone))


def occupy_in(session: Session, resident_id: int, bed_id: int, start: date) -> None:
    """Let a resident live in a bed from `start` on; a reservation becomes that."""
    resident = session.get_one(ResidentRow, resident_id)
    reserved = _reservations(session, resident_id)
    check_bed_in(session, resident, bed_id, Period(start), reserved)
    kept = None
    for row in reserved:
        if row.bed_id == bed_id and kept is None:
            kept = row
        else:
            session.delete(row)
    session.flush()
    if kept is None:
        kept = BedUseRow(bed_id=bed_id, resident_id=resident_id)
        session.add(kept)
    kept.kind, kept.starts, kept.ends = "occupied", start, None
    bed = session.get_one(BedRow, bed_id)
    if bed.state == "cleaning":
        bed.state = "ready"
    session.flush()


def move_resident_in(
    session: Session, resident_id: int, bed_id: int, start: date, today: date
) -> None:
    """Move a resident to another bed from `start` on; later moves are replaced."""
    check_move_in(session, resident_id, bed_id, start, today)
    for row in _from(session, resident_id, start):
        if row.starts >= start:
            session.delete(row)
        else:
            row.ends = start
    session.flush()
    occupy_in(session, resident_id, bed_id, start)


def check_move_in(
    session: Session, resident_id: int, bed_id: int, start: date, today: date
) -> None:
    """Raise whatever forbids the move."""
    resident = session.get_one(ResidentRow, resident_id)
    people.check_happened(start, today)
    stay = _open_stay(session, resident_id)
    if stay is None or start < stay.admitted_on:
        raise people.NotHere(name=resident.name, day=start)
    rows = _from(session, resident_id, start)
    if rows and all(row.bed_id == bed_id for row in rows):
        raise SameBed(name=resident.name, bed=bed_name_in(session, bed_id))
    replaced = [*rows, *_reservations(session, resident_id)]
    check_bed_in(session, resident, bed_id, Period(start), replaced)


def reserve_in(
    session: Session, resident_id: int, bed_id: int, start: date, ends: date | None
) -> int:
    """Promise a bed to a resident from `start` up to, but without, `ends`."""
    if ends is not None and ends <= start:
        raise EndsBeforeStart(start=start)
    resident = session.get_one(ResidentRow, resident_id)
    for row in _reservations(session, resident_id):
        if row.ends is None or row.ends > start:
            bed = bed_name_in(session, row.bed_id)
            raise HasReservation(name=resident.name, bed=bed)
    if bed_on_in(session, resident_id, start) == bed_id:
        raise SameBed(name=resident.name, bed=bed_name_in(session, bed_id))
    check_bed_in(session, resident, bed_id, Period(start, ends))
    row = BedUseRow(
        bed_id=bed_id,
        resident_id=resident_id,
        kind="reserved",
        starts=start,
        ends=ends,
    )
    session.add(row)
    session.flush()
    return row.id


def release_in(session: Session, use_id: int) -> None:
    """Take a reservation back."""
    row = session.get_one(BedUseRow, use_id)
    if row.kind != "reserved":
        resident = session.get_one(ResidentRow, row.resident_id)
        raise NotReserved(name=resident.name, bed=bed_name_in(session, row.bed_id))
    session.delete(row)
    session.flush()


def vacate_in(session: Session, resident_id: int, day: date) -> None:
    """Free the bed of somebody who leaves on `day`, and whatever was reserved."""
    for row in _reservations(session, resident_id):
        session.delete(row)
    for row in _from(session, resident_id, day):
        row.ends = day
    session.flush()


def moved_after_in(session: Session, resident_id: int, day: date) -> date | None:
    """Return the first day after `day` on which the resident moved."""
    return session.scalar(
        _held(resident_id)
        .with_only_columns(BedUseRow.starts)
        .where(BedUseRow.starts > day)
        .order_by(BedUseRow.starts)
        .limit(1)
    )


def preview_in(
    session: Session, resident_id: int, bed_id: int, start: date, today: date
) -> MovePreview:
    """Say what a bed would mean: who, from where to where, what speaks against it."""
    resident = session.get_one(ResidentRow, resident_id)
    bed = session.get_one(BedRow, bed_id)
    classes, names = labels_in(session, "bed_class"), bed_names_in(session)
    old_id = bed_on_in(session, resident_id, start)
    old = session.get(BedRow, old_id) if old_id is not None else None
    later = [row for row in _from(session, resident_id, start) if row.starts > start]
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
        if _open_stay(session, resident.id) is None:
            reserved = _reservations(session, resident.id)
            check_bed_in(session, resident, bed_id, Period(start), reserved)
        else:
            check_move_in(session, resident.id, bed_id, start, today)
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
    return rules.concerns(_sleeper(resident), place, map(_sleeper, mates))


def _open_stay(session: Session, resident_id: int) -> StayRow | None:
    return session.scalar(
        select(StayRow).where(
            StayRow.resident_id == resident_id, StayRow.discharged_on.is_(None)
        )
    )


def _sleeper(row: ResidentRow) -> Sleeper:
    return Sleeper(row.name, row.sex, row.ability_level, row.has_dementia)


def _held(resident_id: int) -> Select[BedUseRow]:
    return select(BedUseRow).where(
        BedUseRow.resident_id == resident_id, BedUseRow.kind == "occupied"
    )


def _from(session: Session, resident_id: int, day: date) -> Sequence[BedUseRow]:
    """Return the uses that reach beyond `day` or start on it, in order."""
    open_or_later = or_(BedUseRow.ends.is_(None), BedUseRow.ends > day)
    query = _held(resident_id).where(open_or_later).order_by(BedUseRow.starts)
    return session.scalars(query).all()


def _reservations(session: Session, resident_id: int) -> Sequence[BedUseRow]:
    return session.scalars(
        select(BedUseRow).where(
            BedUseRow.resident_id == resident_id, BedUseRow.kind == "reserved"
        )
    ).all()

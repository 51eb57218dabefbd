"""Who has which bed from when to when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import beds as rules
from carehome.rules import residents as people
from carehome.rules.beds import Use
from carehome.rules.periods import Period
from carehome.services.beds.kept import check_kept_in
from carehome.services.beds.places import bed_name_in, bed_names_in


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
    reason: str = ""


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
            row.reason,
        )
        for row, name in session.execute(query)
    ]


def beds_on_in(session: Session, day: date) -> dict[int, int]:
    """Return the bed of everybody who lives in one on `day`."""
    query = select(BedUseRow.resident_id, BedUseRow.bed_id).where(
        BedUseRow.kind == "occupied",
        BedUseRow.starts <= day,
        or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
    )
    return dict(session.execute(query).all())


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
    if bed.until is not None and (wanted.end or date.max) > bed.until:
        raise rules.BedGone(bed=name, day=bed.until)
    rules.check_gender(room.name, room.gender_rule, resident.name, resident.sex)
    gone = {row.id for row in replaced}
    found = uses_in(session, bed_id)
    rules.check_free(name, wanted, (use for use in found if use.use_id not in gone))


def occupy_in(
    session: Session, resident_id: int, bed_id: int, start: date, reason: str = ""
) -> None:
    """Let a resident live in a bed from `start` on; a reservation becomes that."""
    resident = session.get_one(ResidentRow, resident_id)
    reserved = reservations_in(session, resident_id)
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
    kept.reason = reason.strip()
    bed = session.get_one(BedRow, bed_id)
    if bed.state == "cleaning":
        bed.state = "ready"
    session.flush()


def move_resident_in(
    session: Session,
    resident_id: int,
    bed_id: int,
    start: date,
    today: date,
    reason: str = "",
) -> None:
    """Move a resident to another bed from `start` on; later moves are replaced."""
    check_move_in(session, resident_id, bed_id, start, today)
    for row in uses_from_in(session, resident_id, start):
        if row.starts >= start:
            session.delete(row)
        else:
            row.ends = start
    session.flush()
    occupy_in(session, resident_id, bed_id, start, reason)


def check_move_in(
    session: Session, resident_id: int, bed_id: int, start: date, today: date
) -> None:
    """Raise whatever forbids the move."""
    resident = session.get_one(ResidentRow, resident_id)
    people.check_happened(start, today)
    stay = open_stay_in(session, resident_id)
    if stay is None or start < stay.admitted_on:
        raise people.NotHere(name=resident.name, day=start)
    rows = uses_from_in(session, resident_id, start)
    if rows and all(row.bed_id == bed_id for row in rows):
        raise SameBed(name=resident.name, bed=bed_name_in(session, bed_id))
    replaced = [*rows, *reservations_in(session, resident_id)]
    check_bed_in(session, resident, bed_id, Period(start), replaced)
    check_kept_in(session, resident_id, bed_id, start)


def reserve_in(
    session: Session, resident_id: int, bed_id: int, start: date, ends: date | None
) -> int:
    """Promise a bed to a resident from `start` up to, but without, `ends`."""
    if ends is not None and ends <= start:
        raise EndsBeforeStart(start=start)
    resident = session.get_one(ResidentRow, resident_id)
    for row in reservations_in(session, resident_id):
        if row.ends is None or row.ends > start:
            bed = bed_name_in(session, row.bed_id)
            raise HasReservation(name=resident.name, bed=bed)
    if bed_on_in(session, resident_id, start) == bed_id:
        raise SameBed(name=resident.name, bed=bed_name_in(session, bed_id))
    check_bed_in(session, resident, bed_id, Period(start, ends))
    check_kept_in(session, resident_id, bed_id, start)
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
    for row in reservations_in(session, resident_id):
        session.delete(row)
    for row in uses_from_in(session, resident_id, day):
        row.ends = day
    session.flush()


def go_on_in(session: Session, resident_id: int, day: date) -> None:
    """Let the use that ended on `day` go on, as if nobody had left."""
    row = session.scalars(
        _held(resident_id).where(BedUseRow.ends == day).order_by(BedUseRow.id.desc())
    ).first()
    if row is None:
        return
    resident = session.get_one(ResidentRow, resident_id)
    check_bed_in(session, resident, row.bed_id, Period(row.starts), [row])
    row.ends = None
    session.flush()


def begin_on_in(session: Session, resident_id: int, old: date, day: date) -> None:
    """Let the use that began on `old` begin on `day`."""
    row = session.scalars(
        _held(resident_id).where(BedUseRow.starts == old).order_by(BedUseRow.id.desc())
    ).first()
    if row is None:
        return
    resident = session.get_one(ResidentRow, resident_id)
    check_bed_in(session, resident, row.bed_id, Period(day, row.ends), [row])
    row.starts = day
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


def open_stay_in(session: Session, resident_id: int) -> StayRow | None:
    """Return the stay that goes on, None for who does not live here."""
    return session.scalar(
        select(StayRow).where(
            StayRow.resident_id == resident_id, StayRow.discharged_on.is_(None)
        )
    )


def _held(resident_id: int) -> Select[BedUseRow]:
    return select(BedUseRow).where(
        BedUseRow.resident_id == resident_id, BedUseRow.kind == "occupied"
    )


def uses_from_in(session: Session, resident_id: int, day: date) -> Sequence[BedUseRow]:
    """Return the uses that reach beyond `day` or start on it, in order."""
    open_or_later = or_(BedUseRow.ends.is_(None), BedUseRow.ends > day)
    query = _held(resident_id).where(open_or_later).order_by(BedUseRow.starts)
    return session.scalars(query).all()


def reservations_in(session: Session, resident_id: int) -> Sequence[BedUseRow]:
    """Return all that is reserved for a resident."""
    return session.scalars(
        select(BedUseRow).where(
            BedUseRow.resident_id == resident_id, BedUseRow.kind == "reserved"
        )
    ).all()

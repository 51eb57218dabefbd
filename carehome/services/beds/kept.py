"""Beds kept back for a category: which, how many are left, who has leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, FloorRow, RoomRow
from carehome.db.closures import KeptBedLeaveRow, KeptBedRow
from carehome.db.residents import ResidentCategoryRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import kept_beds as rules
from carehome.rules.kept_beds import Pool
from carehome.rules.rights import Right
from carehome.services.beds.places import bed_name_in, bed_names_in
from carehome.services.home import labels_in
from carehome.services.service import Service, needs


class LeaveReasonMissing(Refusal):
    """Leave to take a bed from those it is kept for says why."""

    text = N_("Say why {name} may have a bed that is kept back for others.")


class NotSoMany(Refusal):
    """More is kept back than there is."""

    text = N_("There are only {beds} such beds ({where}). Keep back that many or less.")


class KeptAlready(Refusal):
    """A bed is kept back once."""

    text = N_("Bed {bed} is kept back already.")


@dataclass(frozen=True, slots=True)
class KeptBed:
    """What is kept back for a category: one named bed, or a number somewhere."""

    category: str
    number: int = 1
    bed_class: str = ""
    floor_id: int | None = None
    bed_id: int | None = None
    note: str = ""
    kept_id: int = 0


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What is kept back and how much of it is left on a day."""

    kept: KeptBed
    pool: Pool


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave for a resident to have a bed that is kept back for others."""

    leave_id: int
    resident_id: int
    name: str
    reason: str
    given_on: date
    given_by: str


class KeptBeds(Service):
    """What one person can do about beds that are kept back."""

    @needs(Right.SEE_BEDS)
    def lines(self, day: date) -> list[KeptLine]:
        """List what is kept back, with what is used and free on a day."""
        with self._reading() as session:
            rows = session.scalars(select(KeptBedRow).order_by(KeptBedRow.id)).all()
            pools = pools_in(session, day, rows=rows)
            return [
                KeptLine(_kept(row), pool)
                for row, pool in zip(rows, pools, strict=True)
            ]

    @needs(Right.SEE_BEDS)
    def kept_back(self, day: date) -> dict[int, str]:
        """Return the free beds that only one category may have, with its name."""
        with self._reading() as session:
            found = rules.kept_back(pools_in(session, day))
        return {bed_id: label for bed_id, (_code, label) in found.items()}

    @needs(Right.SEE_RESIDENTS)
    def leaves(self) -> list[Leave]:
        """List who has leave to take a bed kept back for others, newest first."""
        query = (
            select(KeptBedLeaveRow, ResidentRow.name)
            .join(ResidentRow, ResidentRow.id == KeptBedLeaveRow.resident_id)
            .order_by(KeptBedLeaveRow.id.desc())
        )
        with self._reading() as session:
            return [
                Leave(
                    row.id,
                    row.resident_id,
                    name,
                    row.reason,
                    row.given_on,
                    row.given_by,
                )
                for row, name in session.execute(query)
            ]

    @needs(Right.CHANGE_HOME)
    def keep(self, kept: KeptBed) -> int:
        """Keep beds back, or change how many; a number of the same kind is replaced."""
        with self._writing() as session:
            row = session.get(KeptBedRow, kept.kept_id) or KeptBedRow()
            _check(session, kept)
            row.category, row.number = kept.category, kept.number
            row.bed_class, row.floor_id = kept.bed_class, kept.floor_id
            row.bed_id, row.note = kept.bed_id, kept.note.strip()
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_HOME)
    def give_free(self, kept_id: int) -> None:
        """Keep these beds back no longer."""
        with self._writing() as session:
            session.delete(session.get_one(KeptBedRow, kept_id))

    @needs(Right.CHANGE_HOME)
    def allow(self, resident_id: int, reason: str) -> None:
        """Let a resident have a bed that is kept back for others, and say why."""
        with self._writing() as session:
            if not reason.strip():
                name = session.get_one(ResidentRow, resident_id).name
                raise LeaveReasonMissing(name=name)
            row = session.scalar(
                select(KeptBedLeaveRow).where(
                    KeptBedLeaveRow.resident_id == resident_id
                )
            ) or KeptBedLeaveRow(resident_id=resident_id)
            row.reason, row.given_on = reason.strip(), self._today()
            row.given_by = self._user.name
            session.add(row)

    @needs(Right.CHANGE_HOME)
    def disallow(self, leave_id: int) -> None:
        """Take leave back; a bed that is reserved already stays."""
        with self._writing() as session:
            session.delete(session.get_one(KeptBedLeaveRow, leave_id))


def check_kept_in(session: Session, resident_id: int, bed_id: int, day: date) -> None:
    """Raise when the bed is one of the last kept back for others."""
    rows = session.scalars(select(KeptBedRow)).all()
    if not rows or _has_leave(session, resident_id):
        return
    categories = session.scalars(
        select(ResidentCategoryRow.code).where(
            ResidentCategoryRow.resident_id == resident_id, valid_on(day)
        )
    ).all()
    pools = pools_in(session, day, rows=rows, resident_id=resident_id)
    rules.check(bed_id, bed_name_in(session, bed_id), categories, pools)


def pools_in(
    session: Session,
    day: date,
    rows: Iterable[KeptBedRow] | None = None,
    resident_id: int = 0,
) -> list[Pool]:
    """Return what is kept back as it stands on `day`.

    What `resident_id` has counts as free, for they would leave it.
    """
    if rows is None:
        rows = session.scalars(select(KeptBedRow).order_by(KeptBedRow.id)).all()
    rows = list(rows)
    if not rows:
        return []
    beds = session.execute(
        select(BedRow, RoomRow.floor_id).join(RoomRow, RoomRow.id == BedRow.room_id)
    ).all()
    held = dict(
        session.execute(
            select(BedUseRow.bed_id, BedUseRow.resident_id).where(
                or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
                BedUseRow.resident_id != resident_id,
            )
        ).all()
    )
    members: dict[str, set[int]] = {}
    for code, person in session.execute(
        select(ResidentCategoryRow.code, ResidentCategoryRow.resident_id).where(
            valid_on(day)
        )
    ):
        members.setdefault(code, set()).add(person)
    labels, names = labels_in(session, "category"), bed_names_in(session)
    where = _Where(session)
    pools = []
    for row in rows:
        mine = [bed for bed, floor_id in beds if _belongs(row, bed, floor_id)]
        entitled = members.get(row.category, set())
        pools.append(
            Pool(
                row.category,
                labels.get(row.category, row.category),
                names[row.bed_id] if row.bed_id else where.say(row),
                row.number,
                frozenset(bed.id for bed in mine),
                sum(held.get(bed.id) in entitled for bed in mine),
                frozenset(
                    bed.id
                    for bed in mine
                    if bed.id not in held and bed.state != "out_of_service"
                ),
            )
        )
    return pools


def valid_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a resident is of a category on `day`."""
    row = ResidentCategoryRow
    begun = or_(row.starts.is_(None), row.starts <= day)
    return and_(begun, or_(row.ends.is_(None), row.ends > day))


class _Where:
    """Says in words which beds a number is kept back of."""

    def __init__(self, session: Session) -> None:
        self._classes = labels_in(session, "bed_class")
        rows = session.execute(select(FloorRow.id, FloorRow.name)).all()
        self._floors = dict(rows)

    def say(self, row: KeptBedRow | KeptBed) -> str:
        """Name floor and class; without both it is any bed."""
        floor = self._floors.get(row.floor_id or 0, "")
        kind = self._classes.get(row.bed_class, row.bed_class)
        return " ".join(filter(None, (floor, kind))) or _("the whole home")


def _belongs(row: KeptBedRow | KeptBed, bed: BedRow, floor_id: int) -> bool:
    if row.bed_id is not None:
        return bed.id == row.bed_id
    in_class = row.bed_class in ("", bed.bed_class)
    return in_class and row.floor_id in (None, floor_id)


def _has_leave(session: Session, resident_id: int) -> bool:
    query = select(KeptBedLeaveRow.id).where(KeptBedLeaveRow.resident_id == resident_id)
    return session.scalar(query) is not None


def _check(session: Session, kept: KeptBed) -> None:
    if kept.bed_id is not None:
        twin = session.scalar(
            select(KeptBedRow.id).where(
                KeptBedRow.bed_id == kept.bed_id, KeptBedRow.id != kept.kept_id
            )
        )
        if twin is not None:
            raise KeptAlready(bed=bed_name_in(session, kept.bed_id))
        return
    beds = session.execute(
        select(BedRow, RoomRow.floor_id).join(RoomRow, RoomRow.id == BedRow.room_id)
    )
    count = sum(_belongs(kept, bed, floor_id) for bed, floor_id in beds)
    if not 1 <= kept.number <= count:
        raise NotSoMany(beds=count, where=_Where(session).say(kept))


def _kept(row: KeptBedRow) -> KeptBed:
    return KeptBed(
        row.category,
        row.number,
        row.bed_class,
        row.floor_id,
        row.bed_id,
        row.note,
        row.id,
    )

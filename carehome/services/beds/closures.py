"""Times without admissions: when nobody moves in, and who is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Exists, exists, or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.closures import ClosureRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.i18n import N_, _
from carehome.rules import closures as rules
from carehome.rules.closures import (
    WHOLE_HOME,
    ClosedToAdmissions,
    Closure,
    Part,
    Tally,
)
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Line, Target, Urgency, words
from carehome.services.beds.places import bed_names_in
from carehome.services.home import labels_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody for whom a bed is reserved, and from when on."""

    resident_id: int
    name: str
    bed: str
    starts: date


@dataclass(frozen=True, slots=True)
class Closing:
    """What is to be closed from when on; the day of opening may not be known yet."""

    starts: date
    ends: date | None
    reason: str
    ordered_by: str
    part: Part = WHOLE_HOME


class Closures(Service):
    """What one person can do about times without admissions."""

    @needs(Right.SEE_BEDS)
    def all(self) -> list[Closure]:
        """List the closed periods, newest first."""
        with self._reading() as session:
            return closures_in(session)

    @needs(Right.SEE_BEDS)
    def on(self, day: date) -> list[Closure]:
        """List what is closed to admissions on a day."""
        with self._reading() as session:
            return [each for each in closures_in(session) if each.period.holds(day)]

    @needs(Right.SEE_BEDS)
    def tally(self, year: int) -> Tally:
        """Count the closed periods and days of a year up to today."""
        with self._reading() as session:
            return rules.tally(closures_in(session), year, self._today())

    @needs(Right.SEE_BEDS)
    def parts(self) -> dict[Part, str]:
        """Name what can be closed: the home, its buildings, floors and units."""
        with self._reading() as session:
            return parts_in(session)

    @needs(Right.CLOSE_ADMISSION)
    def expected(self, closing: Closing) -> list[Expected]:
        """List for whom a bed is reserved from a day on that would be closed."""
        with self._reading() as session:
            return _expected_in(session, _wanted(session, 0, closing))

    @needs(Right.CLOSE_ADMISSION)
    def close(self, closing: Closing) -> int:
        """Let nobody move in from a day on; reservations stay."""
        with self._writing() as session:
            return _store(session, ClosureRow(), closing)

    @needs(Right.CLOSE_ADMISSION)
    def change(self, closure_id: int, closing: Closing) -> None:
        """Correct a closed period, or say when it opens again."""
        with self._writing() as session:
            _store(session, session.get_one(ClosureRow, closure_id), closing)

    @needs(Right.CLOSE_ADMISSION)
    def remove(self, closure_id: int) -> None:
        """Take back a closed period that was written down by mistake."""
        with self._writing() as session:
            session.delete(session.get_one(ClosureRow, closure_id))

    @needs(Right.SEE_BEDS)
    def today(self, day: date) -> list[Line]:
        """Tell what is closed to admissions."""
        with self._reading() as session:
            return list(_lines_in(session, day))

    @needs(Right.SEE_RESIDENTS)
    def expected_today(self, day: date) -> list[Line]:
        """Tell for whom a bed is reserved while nobody may move in."""
        with self._reading() as session:
            return list(_waiting_in(session, day))


def closures_in(session: Session) -> list[Closure]:
    """Return the closed periods, newest first."""
    rows = session.scalars(
        select(ClosureRow).order_by(ClosureRow.starts.desc(), ClosureRow.id.desc())
    ).all()
    names = parts_in(session) if rows else {}
    return [_closure(row, names) for row in rows]


def check_open_in(session: Session, bed_id: int, day: date) -> None:
    """Raise unless somebody may move into a bed on `day`."""
    rules.check_open(day, place_in(session, bed_id), closures_in(session))


def closed_in(session: Session, bed_id: int, day: date) -> list[ClosedToAdmissions]:
    """Return what would be said to who wants to move into a bed on `day`."""
    place = place_in(session, bed_id)
    return [
        rules.refusal(each)
        for each in closures_in(session)
        if each.period.holds(day) and each.part.holds(place)
    ]


def place_in(session: Session, bed_id: int) -> Part:
    """Return where a bed stands."""
    floor = session.scalars(
        select(FloorRow)
        .join(RoomRow, RoomRow.floor_id == FloorRow.id)
        .join(BedRow, BedRow.room_id == RoomRow.id)
        .where(BedRow.id == bed_id)
    ).one()
    return Part(floor.building_id, floor.id, floor.unit)


def parts_in(session: Session) -> dict[Part, str]:
    """Name what can be closed: the home, its buildings, floors and units."""
    parts = {WHOLE_HOME: _("The whole home")}
    buildings = session.scalars(select(BuildingRow).order_by(BuildingRow.id)).all()
    if len(buildings) > 1:
        parts |= {Part(building_id=row.id): row.name for row in buildings}
    known = {row.id: row.name for row in buildings}
    floors = session.scalars(
        select(FloorRow).order_by(FloorRow.building_id, FloorRow.level, FloorRow.id)
    ).all()
    for row in floors:
        named = f"{known[row.building_id]} {row.name}" if len(known) > 1 else row.name
        parts[Part(floor_id=row.id)] = named
    units = labels_in(session, "unit")
    for unit in dict.fromkeys(row.unit for row in floors if row.unit):
        parts[Part(unit=unit)] = units.get(unit, unit)
    return parts


def _store(session: Session, row: ClosureRow, closing: Closing) -> int:
    wanted = _wanted(session, row.id or 0, closing)
    rules.check_once(wanted, closures_in(session))
    row.starts, row.ends = closing.starts, closing.ends
    row.reason, row.ordered_by = wanted.reason, wanted.ordered_by
    row.building_id = closing.part.building_id
    row.floor_id, row.unit = closing.part.floor_id, closing.part.unit
    session.add(row)
    session.flush()
    return row.id


def _wanted(session: Session, closure_id: int, closing: Closing) -> Closure:
    if closing.ends is not None and closing.ends <= closing.starts:
        raise rules.OpensTooEarly(start=closing.starts)
    if not closing.reason.strip():
        raise rules.CloseReasonMissing
    if not closing.ordered_by.strip():
        raise rules.OrdererMissing
    return Closure(
        closure_id,
        Period(closing.starts, closing.ends),
        closing.reason.strip(),
        closing.ordered_by.strip(),
        closing.part,
        parts_in(session)[closing.part],
    )


def _closure(row: ClosureRow, names: dict[Part, str]) -> Closure:
    part = Part(row.building_id, row.floor_id, row.unit)
    period = Period(row.starts, row.ends)
    place = names.get(part, row.unit)
    return Closure(row.id, period, row.reason, row.ordered_by, part, place)


def _expected_in(session: Session, closure: Closure) -> list[Expected]:
    """List the reservations of people from outside that begin on a closed day."""
    query = (
        select(BedUseRow, ResidentRow.name, FloorRow)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .join(BedRow, BedRow.id == BedUseRow.bed_id)
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .join(FloorRow, FloorRow.id == RoomRow.floor_id)
        .where(
            BedUseRow.kind == "reserved",
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > closure.period.start),
            ~_lives_here(),
        )
        .order_by(BedUseRow.starts, BedUseRow.id)
    )
    names = bed_names_in(session)
    return [
        Expected(row.resident_id, name, names[row.bed_id], row.starts)
        for row, name, floor in session.execute(query)
        if closure.period.holds(max(row.starts, closure.period.start))
        and closure.part.holds(Part(floor.building_id, floor.id, floor.unit))
    ]


def _lives_here() -> Exists:
    return exists().where(
        StayRow.resident_id == BedUseRow.resident_id, StayRow.discharged_on.is_(None)
    )


def _lines_in(session: Session, day: date) -> Iterator[Line]:
    for each in closures_in(session):
        if each.period.holds(day):
            text = N_("{place}: nobody moves in since {start} ({reason})")
            facts = {"place": each.place, "reason": each.reason}
            told = words(text, **facts, start=each.period.start)
            if each.period.end is not None:
                text = N_("{place}: nobody moves in until {end} ({reason})")
                told = words(text, **facts, end=each.period.end)
            target = Target("closure", each.closure_id)
            yield Concern(words(N_("Closed to admissions")), told, Urgency.LATE, target)


def _waiting_in(session: Session, day: date) -> Iterator[Line]:
    for each in closures_in(session):
        if not each.period.holds(day):
            continue
        expected = _expected_in(session, each)
        if expected:
            text = N_(
                "For {count} {count:person a bed is|people beds are} reserved while "
                "{place} is closed. Tell them."
            )
            told = words(text, count=len(expected), place=each.place)
            target = Target("closure", each.closure_id)
            yield Concern(words(N_("Closed to admissions")), told, Urgency.SOON, target)

"""Everybody who belongs to the house on a day: where, in or out, and what is new."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.presence import EvacuationRow
from carehome.db.residents import AdmissionRow, ResidentRow, StayRow
from carehome.rules import presence as rules
from carehome.rules.beds import label_key
from carehome.rules.presence import Tally, Windows
from carehome.rules.residents import age_on
from carehome.services.beds.places import bed_names_in
from carehome.services.home import labels_in
from carehome.services.presence.news import facts_in
from carehome.services.presence.others import risks_in, walking_in
from carehome.services.presence.people import Coming, Floor, Here, Leaving, Somebody
from carehome.services.residents.index import words_of

NO_FLOOR = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a bed stands."""

    floor_id: int = NO_FLOOR
    room: str = ""
    label: str = ""
    bed: str = ""


_NOWHERE = _Place()


def here_in(session: Session, day: date, windows: Windows) -> Here:
    """Return who belongs to the house on `day`."""
    lives_here = (
        StayRow.admitted_on <= day,
        or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day),
    )
    query = select(StayRow, ResidentRow).join(
        ResidentRow, ResidentRow.id == StayRow.resident_id
    )
    living = session.execute(query.where(*lives_here)).all()
    leaving = _leaving(session, day, {row.id: row for _stay, row in living})
    facts, places = facts_in(session, day, windows), _places(session)
    labels, risks = labels_in(session, "nursing_grade"), risks_in(session, day)
    by_floor = defaultdict(list)
    for stay, row in living:
        bed_id = facts.bed_of(row.id, day)
        place = places.get(bed_id, _NOWHERE) if bed_id else _NOWHERE
        grade = facts.grades.get(row.id, ("", day))[0]
        one = Somebody(
            row.id,
            row.name,
            row.sex,
            age_on(row.born, day),
            bed_id,
            place.bed,
            place.room,
            place.label,
            stay.admitted_on,
            facts.out_of(row.id, day),
            facts.about(stay, day, windows),
            labels.get(grade, grade),
            row.ability_level,
            row.has_dementia,
            risks.get(row.id, ()),
            leaving[row.id],
            words_of(row.name, row.pinyin, row.initials, place.bed),
        )
        by_floor[place.floor_id].append(one)
    return Here(
        day,
        tuple(_floors(session, by_floor)),
        tuple(_coming(session, day, windows)),
        tuple(_gone(session, day)),
        _tally(one for people in by_floor.values() for one in people),
    )


def _leaving(
    session: Session, day: date, living: Mapping[int, ResidentRow]
) -> dict[int, Leaving]:
    """Return how each is brought out, as was said or as may be expected."""
    said = {row.resident_id: row for row in session.scalars(select(EvacuationRow))}
    walking = walking_in(session, day)
    found = {}
    for who, resident in living.items():
        likely = rules.suggested(walking.get(who), resident.ability_level) or ""
        row = said.get(who)
        found[who] = (
            Leaving(row.way, row.needs, row.set_on, row.set_by, likely)
            if row
            else Leaving(suggested=likely)
        )
    return found


def _places(session: Session) -> dict[int, _Place]:
    names = bed_names_in(session)
    query = select(BedRow.id, RoomRow.floor_id, RoomRow.name, BedRow.label).join(
        RoomRow, RoomRow.id == BedRow.room_id
    )
    return {
        bed: _Place(floor, room, label, names[bed])
        for bed, floor, room, label in session.execute(query)
    }


def _floors(
    session: Session, by_floor: Mapping[int, list[Somebody]]
) -> Iterator[Floor]:
    """Yield the floors somebody lives on, the highest of each building first."""
    units = labels_in(session, "unit")
    query = (
        select(FloorRow, BuildingRow.name)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
        .order_by(BuildingRow.id, FloorRow.level.desc(), FloorRow.id)
    )
    rows = session.execute(query).all()
    several = len({row.building_id for row, _building in rows}) > 1
    for row, building in rows:
        name = f"{building} {row.name}" if several else row.name
        if people := by_floor.get(row.id):
            yield _floor(row.id, name, units.get(row.unit, row.unit), people)
    if people := by_floor.get(NO_FLOOR):
        yield _floor(NO_FLOOR, "", "", people)


def _floor(floor_id: int, name: str, unit: str, people: list[Somebody]) -> Floor:
    ordered = sorted(
        people, key=lambda one: (label_key(one.room), label_key(one.label), one.name)
    )
    return Floor(floor_id, name, unit, tuple(ordered), _tally(people))


def _tally(people: Iterable[Somebody]) -> Tally:
    return rules.tally((one.out is not None, one.leaving.way) for one in people)


def _coming(session: Session, day: date, windows: Windows) -> Iterator[Coming]:
    """Yield whose admission is under way and planned for these days."""
    names = bed_names_in(session)
    reserved = _reserved(session)
    query = (
        select(AdmissionRow.planned_on, ResidentRow)
        .join(ResidentRow, ResidentRow.id == AdmissionRow.resident_id)
        .where(
            AdmissionRow.finished_on.is_(None),
            AdmissionRow.given_up_on.is_(None),
            AdmissionRow.planned_on.is_not(None),
        )
        .order_by(AdmissionRow.planned_on, AdmissionRow.id)
    )
    for planned_on, row in session.execute(query):
        if planned_on and windows.is_near(planned_on, day):
            bed = names.get(reserved.get(row.id, 0), "")
            late = planned_on < day
            yield Coming(row.id, row.name, row.sex, bed, planned_on, late)


def _reserved(session: Session) -> dict[int, int]:
    query = select(BedUseRow.resident_id, BedUseRow.bed_id).where(
        BedUseRow.kind == "reserved"
    )
    return dict(session.execute(query.order_by(BedUseRow.starts)).all())


def _gone(session: Session, day: date) -> Iterable[str]:
    """Return who left for good on `day`, so that nobody looks for them."""
    return session.scalars(
        select(ResidentRow.name)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(StayRow.discharged_on == day)
        .order_by(ResidentRow.name)
    )

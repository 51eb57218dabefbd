"""The beds that a roll speaks of: those the home has, and those it lacks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.residents import ResidentRow
from carehome.i18n import _, speaking
from carehome.rules import beds as bed_rules
from carehome.rules import roll as rules
from carehome.rules.roll import Place, RollRow
from carehome.rules.roll.places import PlaceReader
from carehome.services.beds.places import NewBed


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed of the home; `free_from` is the day the last one left it."""

    bed_id: int
    room: str
    bed_class: str
    gender_rule: str
    free_from: date | None


class BedFinder:
    """Finds the home's bed that a roll means, though it may not tell the building."""

    def __init__(self, session: Session) -> None:
        self._reader = PlaceReader(rules.shipped())
        self._beds: dict[tuple[str, str], list[tuple[Place, Bed]]] = {}
        for place, bed in beds_in(session):
            key = self._reader.key(place)
            self._beds.setdefault((key.room, key.bed), []).append((key, bed))

    def find(self, place: Place) -> Bed | None:
        """Return the first bed that the place can mean; none for no place."""
        if not place.bed:
            return None
        key = self._reader.key(place)
        for other, bed in self._beds.get((key.room, key.bed), ()):
            if other.may_be(key):
                return bed
        return None


def beds_in(session: Session) -> list[tuple[Place, Bed]]:
    """Return all beds with the places they stand in."""
    query = select(BedUseRow.bed_id, func.max(BedUseRow.ends).label("day"))
    query = query.group_by(BedUseRow.bed_id)
    ended = {row.bed_id: row.day for row in session.execute(query)}
    rows = session.execute(
        select(
            BuildingRow.name,
            FloorRow.name,
            RoomRow.name,
            BedRow.label,
            BedRow.id,
            BedRow.bed_class,
            RoomRow.gender_rule,
        )
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .join(FloorRow, FloorRow.id == RoomRow.floor_id)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
    )
    return [
        (
            Place(building, floor, room, label),
            Bed(bed_id, room, kind, gender, ended.get(bed_id)),
        )
        for building, floor, room, label, bed_id, kind, gender in rows
    ]


def taken_in(session: Session, today: date) -> dict[Place, str]:
    """Return who has or will have each bed from today on."""
    query = (
        select(BedUseRow.bed_id, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .where(BedUseRow.ends.is_(None) | (BedUseRow.ends > today))
    )
    names = {row.bed_id: row.name for row in session.execute(query)}
    return {
        place: names[bed.bed_id]
        for place, bed in beds_in(session)
        if bed.bed_id in names
    }


@speaking()
def missing_in(session: Session, rows: Iterable[RollRow]) -> tuple[NewBed, ...]:
    """Return the beds that the good rows name and the home lacks.

    The class is guessed from how many beds the room seems to have (ours); rows that
    are not read in count for that too.
    """
    finder = BedFinder(session)
    lacking = [row for row in rows if row.place.bed and not finder.find(row.place)]
    sizes = _sizes({row.place.label: row.place for row in lacking}.values())
    first = session.scalars(select(BuildingRow.name).order_by(BuildingRow.id)).first()
    wanted = {row.place.label: row.place for row in lacking if row.is_good}
    return tuple(
        _new_bed(wanted[label], first or _("Main building"), sizes)
        for label in sorted(wanted, key=bed_rules.label_key)
    )


def _sizes(places: Iterable[Place]) -> dict[tuple[str, str], int]:
    """Guess how many beds each room has: as many as are named, or the highest."""
    counted: Counter[tuple[str, str]] = Counter()
    highest: dict[tuple[str, str], int] = {}
    for place in places:
        room = place.building, place.room
        counted[room] += 1
        number = int(place.bed) if place.bed.isdecimal() else 0
        if number <= bed_rules.MOST_BEDS:
            highest[room] = max(highest.get(room, 0), number)
    return {room: max(count, highest.get(room, 0)) for room, count in counted.items()}


def _new_bed(place: Place, building: str, sizes: dict[tuple[str, str], int]) -> NewBed:
    return NewBed(
        place.building or building,
        place.room or place.bed,
        place.bed,
        bed_rules.likely_class(sizes[place.building, place.room]),
        place.floor,
    )

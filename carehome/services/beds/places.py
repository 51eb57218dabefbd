"""Buildings, floors, rooms and beds: what the house is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.rules import beds as rules


class PlaceExists(Refusal):
    """Two places of one kind in one place cannot have one name."""

    text = N_("“{name}” is there already. Choose another name.")


class PlaceUsed(Refusal):
    """A bed that somebody had stays, so that its history stays."""

    text = N_(
        "Somebody has or had bed {bed}, so it stays. Set it out of service instead."
    )


class PlaceNamed(Refusal):
    """A place stays while something tells of it."""

    text = N_(
        "{name} is named in an offer, a closed period or the beds kept back, so it "
        "stays. Set its beds out of service instead."
    )


class ClassFixed(Refusal):
    """Bills stand on the class of a bed that somebody lived in."""

    text = N_(
        "Somebody has lived in bed {bed}, and bills stand on its class. Set it out of "
        "service and add another bed of the new class."
    )


class PlaceNotEmpty(Refusal):
    """A building, floor or room with something in it stays."""

    text = N_("“{name}” is not empty. Remove what is in it first.")


class PlaceNameless(Refusal):
    """A place needs a name."""

    text = N_("Please fill in the name.")


@dataclass(frozen=True, slots=True)
class Building:
    """A building of the home."""

    building_id: int
    name: str


@dataclass(frozen=True, slots=True)
class NewBed:
    """A bed that the home lacks, with the places it stands in."""

    building: str
    room: str
    label: str
    bed_class: str
    floor: str = ""
    level: int = 0
    gender_rule: str = "any"
    is_nursing_bed: bool = False
    unit: str = ""


def bed_names_in(session: Session) -> dict[int, str]:
    """Return what each bed is called: 302-2; the building only where rooms need it."""
    query = (
        select(BedRow.id, BedRow.label, RoomRow.id, RoomRow.name, BuildingRow.name)
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .join(FloorRow, FloorRow.id == RoomRow.floor_id)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
    )
    rows = session.execute(query).all()
    rooms: dict[str, set[int]] = {}
    for _bed, _label, room_id, room, _building in rows:
        rooms.setdefault(room, set()).add(room_id)
    return {
        bed: f"{building} {room}-{label}" if len(rooms[room]) > 1 else f"{room}-{label}"
        for bed, label, _room_id, room, building in rows
    }


def bed_name_in(session: Session, bed_id: int) -> str:
    """Return what one bed is called, as `bed_names_in` does."""
    bed = session.get_one(BedRow, bed_id)
    room = session.get_one(RoomRow, bed.room_id)
    name = f"{room.name}-{bed.label}"
    twins = select(RoomRow.id).where(RoomRow.name == room.name, RoomRow.id != room.id)
    if session.scalar(twins) is None:
        return name
    floor = session.get_one(FloorRow, room.floor_id)
    return f"{session.get_one(BuildingRow, floor.building_id).name} {name}"


def add_building_in(session: Session, name: str) -> int:
    """Add a building."""
    return add_place_in(session, BuildingRow(name=_named(name)))


def add_floor_in(
    session: Session, building_id: int, name: str, level: int, unit: str = ""
) -> int:
    """Add a floor above ground."""
    rules.check_level(level)
    row = FloorRow(building_id=building_id, name=_named(name), level=level, unit=unit)
    return add_place_in(session, row)


def add_rooms_in(
    session: Session,
    floor_id: int,
    rooms: Iterable[str],
    beds_each: int,
    bed_class: str,
    gender_rule: str = "any",
    is_nursing_bed: bool = False,
    since: date | None = None,
) -> list[int]:
    """Add rooms with the same number of beds of one class; beds are 1, 2, 3 …"""
    if beds_each > rules.MOST_BEDS:
        raise rules.TooMany(count=beds_each, most=rules.MOST_BEDS)
    made = []
    for name in rooms:
        room = RoomRow(floor_id=floor_id, name=_named(name), gender_rule=gender_rule)
        made.append(add_place_in(session, room))
        session.add_all(
            BedRow(
                room_id=room.id,
                label=str(number),
                bed_class=bed_class,
                is_nursing_bed=is_nursing_bed,
                since=since,
            )
            for number in range(1, beds_each + 1)
        )
    session.flush()
    return made


def add_beds_in(
    session: Session, wanted: Iterable[NewBed], since: date | None = None
) -> list[int]:
    """Add beds and whatever of their rooms, floors and buildings is lacking."""
    rooms: dict[tuple[str, str, int, str], int] = {}
    rows = []
    for bed in wanted:
        level = bed.level or rules.level_of(bed.room)
        place = (_named(bed.building), bed.floor, level, _named(bed.room))
        if place not in rooms:
            rooms[place] = _room(session, bed, level)
        rows.append(
            BedRow(
                room_id=rooms[place],
                label=_named(bed.label),
                bed_class=bed.bed_class,
                is_nursing_bed=bed.is_nursing_bed,
                since=since,
            )
        )
    _check_labels(session, rows)
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def add_place_in(
    session: Session, row: BuildingRow | FloorRow | RoomRow | BedRow
) -> int:
    """Add one place whose name is not taken among its neighbours."""
    check_name_in(session, row)
    session.add(row)
    session.flush()
    return row.id


def rename_in(
    session: Session, row: BuildingRow | FloorRow | RoomRow, name: str
) -> None:
    """Give a place another name."""
    with session.no_autoflush:
        row.name = _named(name)
        check_name_in(session, row)


def change_bed_in(
    session: Session, bed_id: int, label: str, bed_class: str, is_nursing_bed: bool
) -> None:
    """Give a bed another label; another class only before anybody lived in it."""
    row = session.get_one(BedRow, bed_id)
    lived_in = select(BedUseRow.id).where(
        BedUseRow.bed_id == bed_id, BedUseRow.kind == "occupied"
    )
    if bed_class != row.bed_class and session.scalar(lived_in) is not None:
        raise ClassFixed(bed=bed_name_in(session, bed_id))
    with session.no_autoflush:
        row.label = _named(label)
        check_name_in(session, row)
    row.bed_class, row.is_nursing_bed = bed_class, is_nursing_bed


def check_name_in(
    session: Session, row: BuildingRow | FloorRow | RoomRow | BedRow
) -> None:
    """Raise PlaceExists when a neighbour has the name of `row`."""
    match row:
        case BuildingRow():
            twin = select(BuildingRow.id).where(BuildingRow.name == row.name)
        case FloorRow():
            twin = select(FloorRow.id).where(
                FloorRow.building_id == row.building_id, FloorRow.name == row.name
            )
        case RoomRow():
            twin = select(RoomRow.id).where(
                RoomRow.floor_id == row.floor_id, RoomRow.name == row.name
            )
        case BedRow():
            twin = select(BedRow.id).where(
                BedRow.room_id == row.room_id, BedRow.label == row.label
            )
    other = session.scalar(twin)
    if other is not None and other != row.id:
        raise PlaceExists(name=row.label if isinstance(row, BedRow) else row.name)


def remove_bed_in(session: Session, bed_id: int) -> None:
    """Remove a bed that nobody ever had."""
    used = select(BedUseRow.id).where(BedUseRow.bed_id == bed_id)
    if session.scalar(used) is not None:
        raise PlaceUsed(bed=bed_name_in(session, bed_id))
    name = bed_name_in(session, bed_id)
    _remove(session, session.get_one(BedRow, bed_id), name)


def remove_empty_in(session: Session, row: BuildingRow | FloorRow | RoomRow) -> None:
    """Remove a place that holds nothing."""
    match row:
        case BuildingRow():
            within = select(FloorRow.id).where(FloorRow.building_id == row.id)
        case FloorRow():
            within = select(RoomRow.id).where(RoomRow.floor_id == row.id)
        case RoomRow():
            within = select(BedRow.id).where(BedRow.room_id == row.id)
    if session.scalar(within) is not None:
        raise PlaceNotEmpty(name=row.name)
    _remove(session, row, row.name)


def _remove(
    session: Session, row: BedRow | BuildingRow | FloorRow | RoomRow, name: str
) -> None:
    """Remove a place, unless an offer, a closed period or the like names it."""
    session.delete(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise PlaceNamed(name=name) from error


def _named(name: str) -> str:
    if not name.strip():
        raise PlaceNameless
    return name.strip()


def _building(session: Session, name: str) -> int:
    found = session.scalar(select(BuildingRow.id).where(BuildingRow.name == name))
    return found or add_building_in(session, name)


@speaking()
def _floor(session: Session, building_id: int, bed: NewBed, level: int) -> int:
    name = bed.floor or _("Floor {level}").format(level=level)
    same = select(FloorRow.id).where(
        FloorRow.building_id == building_id, FloorRow.name == name
    )
    found = session.scalar(same)
    return found or add_floor_in(session, building_id, name, level, bed.unit)


def _room(session: Session, bed: NewBed, level: int) -> int:
    building_id = _building(session, _named(bed.building))
    floor_id = _floor(session, building_id, bed, level)
    name = _named(bed.room)
    same = select(RoomRow.id).where(RoomRow.floor_id == floor_id, RoomRow.name == name)
    row = RoomRow(floor_id=floor_id, name=name, gender_rule=bed.gender_rule)
    return session.scalar(same) or add_place_in(session, row)


def _check_labels(session: Session, rows: Iterable[BedRow]) -> None:
    """Raise PlaceExists when a room would have two beds of one label."""
    query = select(BedRow.room_id, BedRow.label)
    taken = {(room_id, label) for room_id, label in session.execute(query)}
    for row in rows:
        if (row.room_id, row.label) in taken:
            raise PlaceExists(name=row.label)
        taken.add((row.room_id, row.label))

"""All beds on a day as the board and the list show them, and the free ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.residents import AbsenceRow, ResidentRow
from carehome.i18n import _
from carehome.rules import beds as rules
from carehome.rules import residents as people
from carehome.rules.beds import BedState, Use
from carehome.rules.kept_beds import kept_back
from carehome.rules.periods import Period
from carehome.services.beds.kept import pools_in
from carehome.services.beds.places import bed_names_in
from carehome.services.beds.uses import as_use
from carehome.services.home import labels_in


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a bed, or whom it is promised to.

    Who may not see residents gets one without a person: id 0 and no name.
    """

    use_id: int
    resident_id: int
    name: str
    sex: str
    age: int | None
    ability_level: int | None
    has_dementia: bool
    absence: str
    is_reserved: bool
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class BoardBed:
    """One bed on a day: what it is and whose."""

    bed_id: int
    label: str
    bed: str
    bed_class: str
    class_label: str
    is_nursing_bed: bool
    state: BedState
    note: str
    holder: Holder | None
    since: date | None = None
    until: date | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class BoardRoom:
    """One room with its beds."""

    room_id: int
    name: str
    gender_rule: str
    beds: tuple[BoardBed, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many beds are in which state; `residents` are those who have one."""

    beds: int = 0
    residents: int = 0
    away: int = 0
    free: int = 0
    reserved: int = 0
    cleaning: int = 0
    out_of_service: int = 0
    nursing_beds: int = 0


@dataclass(frozen=True, slots=True)
class BoardFloor:
    """One floor with its rooms and counts."""

    floor_id: int
    building_id: int
    building: str
    name: str
    level: int
    unit: str
    unit_label: str
    rooms: tuple[BoardRoom, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Board:
    """The whole house on a day, highest floor of each building first."""

    day: date
    floors: tuple[BoardFloor, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class FreeBed:
    """A bed that is free on every wanted day."""

    bed_id: int
    bed: str
    floor_id: int
    floor: str
    bed_class: str
    class_label: str
    is_nursing_bed: bool
    gender_rule: str
    is_clean: bool


def board_in(session: Session, day: date, today: date) -> Board:
    """Return all beds on `day`; what is cleaned or repaired is known of today only."""
    uses, sleepers, away = _uses(session, day), _sleepers(session), _away(session, day)
    names, classes = bed_names_in(session), labels_in(session, "bed_class")
    kept = kept_back(pools_in(session, day))
    beds = defaultdict(list)
    for row in session.scalars(select(BedRow)):
        own = row.state if day >= today else "ready"
        is_gone = row.until is not None and row.until <= day
        if is_gone:
            own = BedState.OUT_OF_SERVICE
        state, use = rules.state_on(day, own, uses[row.id], away)
        beds[row.room_id].append(
            BoardBed(
                row.id,
                row.label,
                names[row.id],
                row.bed_class,
                classes.get(row.bed_class, row.bed_class),
                row.is_nursing_bed,
                state,
                row.state_note or _kept_note(kept.get(row.id)),
                _holder(use, sleepers, away, day),
                row.since,
                row.until,
                is_gone,
            )
        )
    floors = tuple(_floors(session, beds))
    cells = [bed for rows in beds.values() for bed in rows]
    return Board(day, floors, counts_of(cells))


def _kept_note(kept: tuple[str, str] | None) -> str:
    """Say for whom alone a free bed is kept back."""
    return _("Kept back for {category}").format(category=kept[1]) if kept else ""


def without_people(board: Board) -> Board:
    """Return the board for somebody who may not know who sleeps where."""
    return replace(board, floors=tuple(map(_floor_without_people, board.floors)))


def counts_of(beds: Iterable[BoardBed]) -> Counts:
    """Count beds by state; one that is gone is not counted."""
    beds = [bed for bed in beds if not bed.is_gone]
    states = Counter(bed.state for bed in beds)
    return Counts(
        beds=len(beds),
        residents=states[BedState.OCCUPIED] + states[BedState.KEPT],
        away=states[BedState.KEPT],
        free=states[BedState.FREE],
        reserved=states[BedState.RESERVED],
        cleaning=states[BedState.CLEANING],
        out_of_service=states[BedState.OUT_OF_SERVICE],
        nursing_beds=sum(bed.is_nursing_bed for bed in beds),
    )


def free_in(session: Session, start: date, ends: date | None) -> list[FreeBed]:
    """List the beds that nobody has or was promised from `start` to `ends`."""
    wanted = Period(start, ends)
    uses, names = _uses(session, start), bed_names_in(session)
    classes = labels_in(session, "bed_class")
    rows = session.execute(
        select(BedRow, RoomRow, FloorRow)
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .join(FloorRow, FloorRow.id == RoomRow.floor_id)
        .where(BedRow.state != "out_of_service", BedRow.until.is_(None))
    )
    found = [
        FreeBed(
            bed.id,
            names[bed.id],
            floor.id,
            floor.name,
            bed.bed_class,
            classes.get(bed.bed_class, bed.bed_class),
            bed.is_nursing_bed,
            room.gender_rule,
            bed.state == "ready",
        )
        for bed, room, floor in rows
        if not any(use.period.overlaps(wanted) for use in uses[bed.id])
    ]
    return sorted(found, key=lambda bed: rules.label_key(bed.bed))


def people_in(
    session: Session, where: ColumnElement[bool], day: date
) -> list[tuple[str, str]]:
    """Return name and sex of those who live in some of the beds on `day`."""
    query = (
        select(ResidentRow.name, ResidentRow.sex)
        .join(BedUseRow, BedUseRow.resident_id == ResidentRow.id)
        .join(BedRow, BedRow.id == BedUseRow.bed_id)
        .where(
            where,
            BedUseRow.kind == "occupied",
            BedUseRow.starts <= day,
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
        )
    )
    return [(name, sex) for name, sex in session.execute(query)]


def _floors(session: Session, beds: dict[int, list[BoardBed]]) -> Iterator[BoardFloor]:
    rooms = defaultdict(list)
    for room in session.scalars(select(RoomRow)):
        row = sorted(beds[room.id], key=lambda bed: rules.label_key(bed.label))
        rooms[room.floor_id].append(
            BoardRoom(room.id, room.name, room.gender_rule, tuple(row))
        )
    units = labels_in(session, "unit")
    query = (
        select(FloorRow, BuildingRow)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
        .order_by(BuildingRow.id, FloorRow.level.desc(), FloorRow.id)
    )
    for floor, building in session.execute(query):
        ordered = sorted(rooms[floor.id], key=lambda room: rules.label_key(room.name))
        yield BoardFloor(
            floor.id,
            building.id,
            building.name,
            floor.name,
            floor.level,
            floor.unit,
            units.get(floor.unit, floor.unit),
            tuple(ordered),
            counts_of(bed for room in ordered for bed in room.beds),
        )


def _floor_without_people(floor: BoardFloor) -> BoardFloor:
    rooms = tuple(
        replace(room, beds=tuple(map(_bed_without_person, room.beds)))
        for room in floor.rooms
    )
    return replace(floor, rooms=rooms)


def _bed_without_person(bed: BoardBed) -> BoardBed:
    held = bed.holder
    if held is None:
        return bed
    nobody = Holder(
        0, 0, "", "", None, None, False, "", held.is_reserved, held.starts, held.ends
    )
    return replace(bed, holder=nobody)


def _uses(session: Session, day: date) -> dict[int, list[Use]]:
    """Return the uses of each bed that reach beyond `day`."""
    query = (
        select(BedUseRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .where(or_(BedUseRow.ends.is_(None), BedUseRow.ends > day))
    )
    found = defaultdict(list)
    for row, name in session.execute(query):
        found[row.bed_id].append(as_use(row, name))
    return found


def _sleepers(session: Session) -> dict[int, ResidentRow]:
    query = select(ResidentRow).join(BedUseRow, BedUseRow.resident_id == ResidentRow.id)
    return {row.id: row for row in session.scalars(query)}


def _away(session: Session, day: date) -> dict[int, str]:
    """Return who is away on `day`, and how."""
    query = select(AbsenceRow.resident_id, AbsenceRow.kind).where(
        AbsenceRow.left_on <= day,
        or_(AbsenceRow.returned_on.is_(None), AbsenceRow.returned_on > day),
    )
    return dict(session.execute(query).all())


def _holder(
    use: Use | None,
    sleepers: dict[int, ResidentRow],
    away: dict[int, str],
    day: date,
) -> Holder | None:
    if use is None:
        return None
    row = sleepers[use.resident_id]
    return Holder(
        use.use_id,
        row.id,
        row.name,
        row.sex,
        people.age_on(row.born, day),
        row.ability_level,
        row.has_dementia,
        "" if use.is_reserved else away.get(row.id, ""),
        use.is_reserved,
        use.period.start,
        use.period.end,
    )

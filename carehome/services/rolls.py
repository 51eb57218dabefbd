"""Reading a resident roll into the home, and taking the whole reading back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.billing import FeeItemRow, PersonalPriceRow
from carehome.db.residents import (
    GradeChangeRow,
    MealChoiceRow,
    ResidentRow,
    RollImportRow,
    StayRow,
)
from carehome.db.undo import take_back
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import beds as bed_rules
from carehome.rules import roll as rules
from carehome.rules.billing.tariff import Tariff
from carehome.rules.rights import Right
from carehome.rules.roll import Heading, Place, Roll, RollRow
from carehome.rules.roll.places import PlaceReader
from carehome.rules.sheets import Sheet
from carehome.services.beds.places import NewBed, add_beds_in
from carehome.services.deposits import open_in
from carehome.services.fees import tariff_in
from carehome.services.residents.people import (
    Contact,
    Person,
    add_person_in,
    change_person_in,
    known_in,
    set_categories_in,
    set_contacts_in,
)
from carehome.services.service import Service, needs

Step = Callable[[int, int, str], None]

# The class of a room by its number of beds, offered to be corrected (ours).
_CLASS_OF = {1: "A", 2: "B", 3: "C"}
_STANDARD_MEALS = "standard"


class NothingToRead(Refusal):
    """No row of the roll is good."""

    text = N_("No row can be read in. Correct the marked cells and try again.")


class BedsMissing(Refusal):
    """The roll names beds that the home lacks."""

    text = N_(
        "The roll names {count} beds that the home does not have, {first} among them. "
        "Let them be made, or correct the roll."
    )


@dataclass(frozen=True, slots=True)
class CheckedRoll:
    """A roll held against the home: its rows, and the beds that it needs made."""

    file_name: str
    roll: Roll
    sheets: tuple[Sheet, ...]
    new_beds: tuple[NewBed, ...]


@dataclass(frozen=True, slots=True)
class RollImport:
    """One reading of a roll."""

    import_id: int
    file_name: str
    read_at: datetime
    read_in: int
    left_out: int
    is_undone: bool


class Rolls(Service):
    """What one person can do with resident rolls."""

    @needs(Right.READ_ROLL)
    def check(
        self,
        file_name: str,
        sheets: tuple[Sheet, ...],
        sheet: Sheet | None = None,
        heading: Heading | None = None,
    ) -> CheckedRoll:
        """Hold a sheet against the home; the likeliest one unless one is named."""
        chosen = sheet or rules.choose(sheets)[0]
        with self._reading() as session:
            roll = rules.read(
                chosen,
                today=self._today(),
                heading=heading,
                occupied_beds=_occupied(session, self._today()),
                known_ids=_living_here(session),
            )
            return CheckedRoll(
                file_name, roll, sheets, _missing_beds(session, roll.rows)
            )

    @needs(Right.READ_ROLL)
    def read_in(
        self,
        checked: CheckedRoll,
        new_beds: Iterable[NewBed] = (),
        grades: Mapping[str, str] | None = None,
        step: Step | None = None,
    ) -> int:
        """Read the good rows in, all in one deed; return the number of the reading.

        `new_beds` are made first; `grades` says what the sheet's own words for grades
        mean where a person corrected the guess.
        """
        good = checked.roll.good
        if not good:
            raise NothingToRead
        with self._writing() as session:
            add_beds_in(session, new_beds)
            beds = _BedFinder(session)
            lacking = [
                row for row in good if row.place.bed and not beds.find(row.place)
            ]
            if lacking:
                raise BedsMissing(count=len(lacking), first=lacking[0].place.label)
            reading = _Reading(
                session,
                self._user.name,
                self._user.account_id,
                checked.file_name,
                self._today(),
                grades or {},
            )
            for done, row in enumerate(good):
                if step and done % 10 == 0:
                    step(done, len(good), row.name)
                reading.read(row, beds)
            record = RollImportRow(
                file_name=checked.file_name,
                read_at=self._now(),
                read_in=len(good),
                left_out=len(checked.roll.rejected),
                deed_number=session.info["deed"].number,
            )
            session.add(record)
            session.flush()
            return record.id

    @needs(Right.READ_ROLL)
    def imports(self) -> list[RollImport]:
        """List all readings, the newest first."""
        with self._reading() as session:
            rows = session.scalars(
                select(RollImportRow).order_by(RollImportRow.id.desc())
            )
            return [
                RollImport(
                    row.id,
                    row.file_name,
                    row.read_at,
                    row.read_in,
                    row.left_out,
                    row.undone_at is not None,
                )
                for row in rows
            ]

    @needs(Right.READ_ROLL)
    def take_back(self, import_id: int) -> None:
        """Undo a whole reading, unless later work stands on it."""
        with self._writing() as session:
            record = session.get_one(RollImportRow, import_id)
            number, kept = record.deed_number, _values(record)
            take_back(session, number)
            session.expunge_all()
            session.add(RollImportRow(**kept, undone_at=self._now()))


def _values(record: RollImportRow) -> dict[str, object]:
    names = ("file_name", "read_at", "read_in", "left_out", "deed_number")
    return {name: getattr(record, name) for name in names}


class _Reading:
    """Writes rows of a roll down as residents."""

    def __init__(
        self,
        session: Session,
        who: str,
        account_id: int,
        file_name: str,
        today: date,
        grades: Mapping[str, str],
    ) -> None:
        self._session = session
        self._who = who
        self._account_id = account_id
        self._source = _("As in the roll {file}").format(file=file_name)
        self._today = today
        self._grades = grades
        self._tariff: Tariff = tariff_in(session)
        self._items: dict[tuple[str, str], FeeItemRow] = {
            (row.category, row.applies_to): row
            for row in session.scalars(select(FeeItemRow))
            if row.applies_to is not None
        }

    def read(self, row: RollRow, beds: "_BedFinder") -> None:
        """Write one resident down with stay, bed, terms, prices and deposit."""
        assert row.admitted is not None and row.sex is not None  # noqa: PT018
        session, admitted = self._session, row.admitted
        resident_id = self._person(row).id
        session.add(StayRow(resident_id=resident_id, admitted_on=admitted))
        bed_class = self._lay_down(row, resident_id, beds)
        grade = self._grades.get(row.grade_word, row.grade or "")
        if grade:
            session.add(
                GradeChangeRow(
                    resident_id=resident_id,
                    starts=admitted,
                    grade=grade,
                    reason=self._source,
                    consent_by=self._source,
                )
            )
        meals = _STANDARD_MEALS if row.meal_fen else ""
        if meals:
            session.add(
                MealChoiceRow(resident_id=resident_id, starts=admitted, plan=meals)
            )
        self._price(resident_id, admitted, "bed", bed_class, row.bed_fen)
        self._price(resident_id, admitted, "care", grade, row.care_fen)
        self._price(resident_id, admitted, "meal", meals, row.meal_fen)
        if row.deposit_fen:
            open_in(
                session, resident_id, row.deposit_fen, self._today, self._account_id
            )
        session.flush()

    def _person(self, row: RollRow) -> ResidentRow:
        """Write the person down; somebody who lived here before keeps the old file."""
        person = Person(
            row.name,
            row.sex or "",
            row.birth,
            " ".join(row.phones),
            row.address,
            row.ability,
            note=row.note,
        )
        number = row.id_number or ""
        known = known_in(self._session, number) if number else None
        if known is None:
            resident = add_person_in(self._session, person, number, self._today)
        else:
            resident = known
            change_person_in(self._session, known, person, None, self._today)
        set_categories_in(self._session, resident.id, row.categories)
        set_contacts_in(self._session, resident.id, [_contact(c) for c in row.contacts])
        return resident

    def _lay_down(self, row: RollRow, resident_id: int, beds: "_BedFinder") -> str:
        """Give the resident the bed of the roll; return the bed's class."""
        bed = beds.find(row.place) if row.place.bed else None
        if bed is None:
            return ""
        bed_rules.check_gender(bed.room, bed.gender_rule, row.name, row.sex or "")
        use = BedUseRow(bed_id=bed.bed_id, resident_id=resident_id, starts=row.admitted)
        self._session.add(use)
        return bed.bed_class

    def _price(
        self,
        resident_id: int,
        starts: date,
        category: str,
        applies_to: str,
        fen: int | None,
    ) -> None:
        """Keep the roll's own price where the price list says another."""
        item = self._items.get((category, applies_to))
        if item is None or fen is None:
            return
        listed = self._tariff.in_force(self._today)
        if listed is not None and listed.prices.get(item.code) == fen:
            return
        self._session.add(
            PersonalPriceRow(
                resident_id=resident_id,
                fee_item_id=item.id,
                starts=starts,
                kind="fixed",
                value=fen,
                reason=self._source,
                approver=self._who,
            )
        )


def _contact(read: rules.Contact) -> Contact:
    return Contact("emergency", read.name, read.relation, " ".join(read.phones))


@dataclass(frozen=True, slots=True)
class _Bed:
    bed_id: int
    room: str
    bed_class: str
    gender_rule: str


class _BedFinder:
    """Finds the home's bed that a roll means, though it may not tell the building."""

    def __init__(self, session: Session) -> None:
        self._reader = PlaceReader(rules.shipped())
        self._beds: dict[tuple[str, str], list[tuple[Place, _Bed]]] = {}
        for place, bed in _beds_in(session):
            key = self._reader.key(place)
            self._beds.setdefault((key.room, key.bed), []).append((key, bed))

    def find(self, place: Place) -> _Bed | None:
        """Return the first bed that the place can mean."""
        key = self._reader.key(place)
        for other, bed in self._beds.get((key.room, key.bed), ()):
            if other.may_be(key):
                return bed
        return None


def _beds_in(session: Session) -> Iterable[tuple[Place, _Bed]]:
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
        (Place(building, floor, room, label), _Bed(bed_id, room, kind, gender))
        for building, floor, room, label, bed_id, kind, gender in rows
    ]


def _occupied(session: Session, today: date) -> dict[Place, str]:
    """Return who has or will have each bed from today on."""
    query = (
        select(BedUseRow.bed_id, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .where(BedUseRow.ends.is_(None) | (BedUseRow.ends > today))
    )
    names = dict(session.execute(query).all())
    return {
        place: names[bed.bed_id]
        for place, bed in _beds_in(session)
        if bed.bed_id in names
    }


def _living_here(session: Session) -> dict[str, str]:
    """Return the identity numbers of everybody who lives here."""
    rows = session.execute(
        select(ResidentRow.id_number, ResidentRow.name)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(StayRow.discharged_on.is_(None), ResidentRow.id_number.is_not(None))
    )
    return {number: name for number, name in rows if number}


def _missing_beds(session: Session, rows: Iterable[RollRow]) -> tuple[NewBed, ...]:
    """Return the beds that a roll names and the home lacks, with a class to start from.

    The class is guessed from how many beds the room seems to have (ours).
    """
    beds = _BedFinder(session)
    places = {row.place.label: row.place for row in rows if row.place.bed}
    lacking = [place for place in places.values() if not beds.find(place)]
    first = session.scalars(select(BuildingRow.name).order_by(BuildingRow.id)).first()
    building = first or _("Main building")
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for place in lacking:
        room = place.building, place.room
        number = int(place.bed) if place.bed.isdecimal() else 0
        sizes[room] = max(sizes[room] + 1, min(number, bed_rules.MOST_BEDS))
    return tuple(
        NewBed(
            place.building or building,
            place.room or place.bed,
            place.bed,
            _CLASS_OF.get(sizes[place.building, place.room], "D"),
            place.floor,
        )
        for place in lacking
    )


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read the sheets of a workbook; the library for it is loaded now."""
    from carehome.sheets import workbook  # noqa: PLC0415 - heavy

    return tuple(workbook.read(path))

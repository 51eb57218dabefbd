"""Reading a resident roll into the home, and taking the whole reading back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow, RollImportRow, StayRow
from carehome.db.undo import take_back
from carehome.errors import Refusal
from carehome.i18n import N_, speaking
from carehome.reports.roll import write_rejected
from carehome.rules import beds as bed_rules
from carehome.rules import roll as rules
from carehome.rules.rights import Right
from carehome.rules.roll import Field, Finding, Heading, Roll, RollRow
from carehome.rules.sheets import Sheet
from carehome.services.beds.places import NewBed, add_beds_in
from carehome.services.residents.stays import StaysOverlap
from carehome.services.rolls.beds import BedFinder, missing_in, taken_in
from carehome.services.rolls.reading import Reading, Source, Step
from carehome.services.service import Service, needs


class NothingToRead(Refusal):
    """No row of the roll is good."""

    text = N_("No row can be read in. Correct the marked cells and try again.")


class BedsMissing(Refusal):
    """The roll names beds that the home lacks."""

    text = N_(
        "The roll names {count} {count:bed|beds} that the home does not have, such "
        "as {first}. Let them be made, or correct the roll."
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
                occupied_beds=taken_in(session, self._today()),
                known_ids=_living_here(session),
            )
            roll = _judged(session, roll)
            return CheckedRoll(file_name, roll, sheets, missing_in(session, roll.rows))

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
        source = Source(self._user, checked.file_name, self._today())
        with self._writing() as session:
            add_beds_in(session, new_beds)
            reading = Reading(session, source, grades or {})
            if lacking := reading.lacking(good):
                raise BedsMissing(count=len(lacking), first=lacking[0])
            reading.read(good, step)
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
    @speaking()
    def write_rejected(self, checked: CheckedRoll, path: Path) -> None:
        """Write the rows that were not read in as a workbook, each with its reasons."""
        write_rejected(path, checked.roll)

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


def _living_here(session: Session) -> dict[str, str]:
    """Return the identity numbers of everybody who lives here."""
    rows = session.execute(
        select(ResidentRow.id_number, ResidentRow.name)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(StayRow.discharged_on.is_(None), ResidentRow.id_number.is_not(None))
    )
    return {number: name for number, name in rows if number}


def _lived_here(session: Session) -> dict[str, tuple[date, date]]:
    """Return the last stay of those who have left, by identity number."""
    rows = session.execute(
        select(ResidentRow.id_number, StayRow.admitted_on, StayRow.discharged_on)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(StayRow.discharged_on.is_not(None), ResidentRow.id_number.is_not(None))
        .order_by(StayRow.admitted_on)
    )
    return {number: (start, end) for number, start, end in rows if number and end}


def _judged(session: Session, roll: Roll) -> Roll:
    """Mark also the rows that the home's rooms or earlier stays speak against."""
    finder, stays = BedFinder(session), _lived_here(session)
    rows = tuple(_judged_row(row, finder, stays) for row in roll.rows)
    return replace(roll, rows=rows)


def _judged_row(
    row: RollRow, finder: BedFinder, stays: Mapping[str, tuple[date, date]]
) -> RollRow:
    found = []
    bed = finder.find(row.place)
    if bed is not None and row.sex is not None:
        try:
            bed_rules.check_gender(bed.room, bed.gender_rule, row.name, row.sex)
        except bed_rules.WrongGender as refusal:
            found.append(_finding("wrong_room", Field.BED, row, refusal))
    start, end = stays.get(row.id_number or "", (None, None))
    if row.admitted is not None and end is not None and end > row.admitted:
        overlap = StaysOverlap(name=row.name, admitted_on=start, discharged_on=end)
        found.append(_finding("still_here_then", Field.ADMITTED, row, overlap))
    return replace(row, faults=(*row.faults, *found)) if found else row


def _finding(name: str, of: Field, row: RollRow, refusal: Refusal) -> Finding:
    return Finding(name, of, row.heading.column(of), refusal.text, refusal.facts)


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read the sheets of a workbook; the library for it is loaded now."""
    from carehome.sheets import workbook  # noqa: PLC0415 - heavy

    return tuple(workbook.read(path))

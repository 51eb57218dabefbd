"""Reading a list of staff into the home, and taking the whole reading back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.staff import (
    CertificateKindRow,
    CertificateRow,
    ContractRow,
    PostRow,
    StaffImportRow,
    StaffMemberRow,
    StaffPostRow,
)
from carehome.db.undo import take_back
from carehome.i18n import speaking
from carehome.reports.roll import write_rejected
from carehome.rules import staff_roll as rules
from carehome.rules.periods import DAY, after_months
from carehome.rules.rights import Right
from carehome.rules.sheets import Sheet
from carehome.rules.staff_roll import StaffHeading, StaffRoll, StaffRow
from carehome.services.rolls import NothingToRead
from carehome.services.service import Service, needs
from carehome.services.staff.records import units_in

_HEALTH, _LEVEL = "health", "caregiver-{level}"


@dataclass(frozen=True, slots=True)
class CheckedStaffRoll:
    """A list held against the home: its rows, and the posts that the home lacks."""

    file_name: str
    roll: StaffRoll
    sheets: tuple[Sheet, ...]
    new_posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffImport:
    """One reading of a list of staff."""

    import_id: int
    file_name: str
    read_at: datetime
    read_in: int
    left_out: int
    is_undone: bool


class StaffRolls(Service):
    """What one person can do with lists of staff."""

    @needs(Right.CHANGE_STAFF)
    def check(
        self,
        file_name: str,
        sheets: tuple[Sheet, ...],
        sheet: Sheet | None = None,
        heading: StaffHeading | None = None,
    ) -> CheckedStaffRoll:
        """Hold a sheet against the home; the likeliest one unless one is named."""
        chosen = sheet or rules.choose(sheets)[0]
        with self._reading() as session:
            people = session.scalars(select(StaffMemberRow)).all()
            roll = rules.read(
                chosen,
                today=self._today(),
                heading=heading,
                known_ids={row.id_number: row.name for row in people if row.id_number},
                known_people={(row.name, row.hired_on) for row in people},
                units=frozenset(units_in(session).values()),
            )
            known = set(session.scalars(select(PostRow.name)))
        named = (name for row in roll.good for name in row.posts)
        new = tuple(sorted(set(named) - known))
        return CheckedStaffRoll(file_name, roll, sheets, new)

    @needs(Right.CHANGE_STAFF)
    def read_in(self, checked: CheckedStaffRoll) -> int:
        """Read the good rows in, all in one deed; return the number of the reading."""
        good = checked.roll.good
        if not good:
            raise NothingToRead
        with self._writing() as session:
            _Reading(session).read(good)
            record = StaffImportRow(
                file_name=checked.file_name,
                read_at=self._now(),
                read_in=len(good),
                left_out=len(checked.roll.rejected),
                deed_number=session.info["deed"].number,
            )
            session.add(record)
            session.flush()
            return record.id

    @needs(Right.CHANGE_STAFF)
    @speaking()
    def write_rejected(self, checked: CheckedStaffRoll, path: Path) -> None:
        """Write the rows that were not read in as a workbook, each with its reasons."""
        write_rejected(path, checked.roll)

    @needs(Right.CHANGE_STAFF)
    def imports(self) -> list[StaffImport]:
        """List all readings, the newest first."""
        with self._reading() as session:
            rows = session.scalars(
                select(StaffImportRow).order_by(StaffImportRow.id.desc())
            )
            return [
                StaffImport(
                    row.id,
                    row.file_name,
                    row.read_at,
                    row.read_in,
                    row.left_out,
                    row.undone_at is not None,
                )
                for row in rows
            ]

    @needs(Right.CHANGE_STAFF)
    def take_back(self, import_id: int) -> None:
        """Undo a whole reading, unless later work stands on it."""
        with self._writing() as session:
            record = session.get_one(StaffImportRow, import_id)
            number, kept = record.deed_number, _values(record)
            take_back(session, number)
            session.expunge_all()
            session.add(StaffImportRow(**kept, undone_at=self._now()))


class _Reading:
    """Writes rows down: first the people, then what hangs on them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._posts = {row.name: row.id for row in session.scalars(select(PostRow))}
        kinds = session.scalars(select(CertificateKindRow))
        self._kinds = {row.code: row.id for row in kinds}
        self._units = {name: number for number, name in units_in(session).items()}

    def read(self, rows: tuple[StaffRow, ...]) -> None:
        """Write all rows down in a few statements."""
        self._add_posts(rows)
        people = [self._person(row) for row in rows]
        self._session.add_all(people)
        self._session.flush()
        for row, person in zip(rows, people, strict=True):
            self._session.add_all(self._records(row, person.id))
        self._session.flush()

    def _add_posts(self, rows: tuple[StaffRow, ...]) -> None:
        last = self._session.scalar(select(func.max(PostRow.position))) or 0
        wanted = dict.fromkeys(name for row in rows for name in row.posts)
        new = [name for name in wanted if name not in self._posts]
        for place, name in enumerate(new, last + 1):
            is_care = rules.shipped().is_care(name)
            post = PostRow(name=name, is_care=is_care, position=place)
            self._session.add(post)
            self._session.flush()
            self._posts[name] = post.id

    def _person(self, row: StaffRow) -> StaffMemberRow:
        assert row.hired_on is not None, "a good row has a day of coming"
        return StaffMemberRow(
            name=row.name,
            number=row.number,
            sex=row.sex,
            born=row.born,
            id_number=row.id_number,
            phone=row.phone,
            hired_on=row.hired_on,
            left_on=row.left_on,
            unit_id=self._units.get(row.unit),
            care_since=row.care_since,
            education=row.education,
            graduated_on=row.graduated_on,
            note=row.note,
        )

    def _records(
        self, row: StaffRow, staff_id: int
    ) -> list[StaffPostRow | CertificateRow | ContractRow]:
        found: list[StaffPostRow | CertificateRow | ContractRow] = [
            StaffPostRow(
                staff_id=staff_id, post_id=self._posts[name], is_main=place == 0
            )
            for place, name in enumerate(row.posts)
        ]
        level = self._kinds.get(_LEVEL.format(level=row.level))
        if level is not None:
            issued_on = row.level_on or row.hired_on
            assert issued_on is not None, "a good row has a day of coming"
            skill = CertificateRow(staff_id=staff_id, kind_id=level)
            skill.number, skill.issued_on = row.level_number, issued_on
            found.append(skill)
        if row.health_until:
            issued_on = after_months(row.health_until + DAY, -12)
            health = CertificateRow(staff_id=staff_id, kind_id=self._kinds[_HEALTH])
            health.issued_on, health.valid_until = issued_on, row.health_until
            found.append(health)
        if row.contract_from or row.contract_until:
            found.append(
                ContractRow(
                    staff_id=staff_id,
                    kind="fixed" if row.contract_until else "open",
                    starts=row.contract_from or row.hired_on,
                    last_day=row.contract_until,
                )
            )
        return found


def _values(record: StaffImportRow) -> dict[str, object]:
    names = ("file_name", "read_at", "read_in", "left_out", "deed_number")
    return {name: getattr(record, name) for name in names}

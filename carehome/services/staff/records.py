"""The records of one staff file as values, and the queries that read them."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from carehome.db.staff import (
    ContractRow,
    StaffLeaveRow,
    StaffMemberRow,
    StaffPaperRow,
    StaffRuleRow,
)
from carehome.db.units import UnitRow
from carehome.rules.certificates import Certificate, Kind, Urgency, Warnings
from carehome.rules.deadlines import File
from carehome.rules.protection import Maternity
from carehome.rules.staff import AnnualLeave, Contract, LeaveTaken, Person, Post
from carehome.rules.training import Cell, Subject
from carehome.services.staff.facts import (
    certificates_in,
    held_posts_in,
    maternities_in,
    posts_in,
)

PERSON = tuple(each.name for each in fields(Person))


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate in a file; no urgency when it has no end or a later one is there.

    `apply_by` is the last day to apply for the renewal.
    """

    certificate: Certificate
    kind: Kind
    urgency: Urgency | None
    apply_by: date | None
    paper_id: int | None


@dataclass(frozen=True, slots=True)
class StaffPaper:
    """One scan in a staff file, without its content."""

    paper_id: int
    kind: str
    title: str
    file_name: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class StaffFile:
    """All that is known of a member of staff but for the pay."""

    staff_id: int
    person: Person
    identity: str
    unit: str
    posts: tuple[Post, ...]
    certificates: tuple[Held, ...]
    contracts: tuple[Contract, ...]
    leaves: tuple[LeaveTaken, ...]
    annual: AnnualLeave
    maternities: tuple[Maternity, ...]
    training: tuple[tuple[Subject, Cell], ...]
    papers: tuple[StaffPaper, ...]


@dataclass(frozen=True, slots=True)
class Lapse:
    """Somebody whose post asks for a certificate that lapses in a period."""

    staff_id: int
    name: str
    kind: Kind
    lapses_on: date
    posts: tuple[str, ...]


def person_of(row: StaffMemberRow) -> Person:
    """Return what a file says of the person."""
    return Person(**{name: getattr(row, name) for name in PERSON})


def warnings_in(session: Session) -> Warnings:
    """Return how many days ahead the home wants to be told."""
    rule = session.get_one(StaffRuleRow, 1)
    return Warnings(rule.warn_far, rule.warn_middle, rule.warn_near)


def units_in(session: Session) -> dict[int, str]:
    """Return the names of the units by number, in the home's order."""
    rows = session.scalars(select(UnitRow).order_by(UnitRow.position, UnitRow.id))
    return {row.id: row.name for row in rows}


def contracts_in(session: Session) -> dict[int, list[Contract]]:
    """Return the contracts of everybody, the last one first."""
    found: dict[int, list[Contract]] = defaultdict(list)
    for row in session.scalars(select(ContractRow).order_by(ContractRow.starts.desc())):
        found[row.staff_id].append(
            Contract(
                row.kind,
                row.starts,
                row.last_day,
                row.number,
                row.trial_until,
                row.signed_on,
                row.note,
                row.id,
            )
        )
    return found


def leaves_in(session: Session, staff_id: int) -> list[LeaveTaken]:
    """Return the leaves of one person, the last one first."""
    rows = session.scalars(
        select(StaffLeaveRow)
        .where(StaffLeaveRow.staff_id == staff_id)
        .order_by(StaffLeaveRow.starts.desc())
    )
    return [
        LeaveTaken(row.kind, row.starts, row.last_day, row.days, row.note, row.id)
        for row in rows
    ]


def papers_in(session: Session, staff_id: int) -> list[StaffPaper]:
    """List the scans of one person, newest first."""
    rows = session.scalars(
        select(StaffPaperRow)
        .where(StaffPaperRow.staff_id == staff_id)
        .order_by(StaffPaperRow.added_at.desc(), StaffPaperRow.id.desc())
    )
    return [
        StaffPaper(
            row.id,
            row.kind,
            row.title,
            row.file_name,
            row.size,
            row.added_at.replace(tzinfo=UTC),
        )
        for row in rows
    ]


def files_in(session: Session, wanted: ColumnElement[bool]) -> list[File]:
    """Return what has an end in many files, in as many queries as for one."""
    posts, held = posts_in(session), held_posts_in(session)
    certificates, contracts = certificates_in(session), contracts_in(session)
    maternities = maternities_in(session)
    return [
        File(
            row.id,
            person_of(row),
            tuple(posts[number] for number in held[row.id]),
            tuple(certificates[row.id]),
            tuple(contracts[row.id]),
            tuple(maternities[row.id]),
        )
        for row in session.scalars(select(StaffMemberRow).where(wanted))
    ]

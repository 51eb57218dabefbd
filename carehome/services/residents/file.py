"""A resident's file: all that is known of one person, for one screen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.change_log import ChangeRow
from carehome.db.residents import ResidentRow
from carehome.rules import residents as rules
from carehome.rules.residents import Status
from carehome.services.beds import uses
from carehome.services.beds.places import bed_names_in
from carehome.services.beds.uses import UseLine
from carehome.services.residents import categories, papers, people, stays, terms
from carehome.services.residents.categories import Category
from carehome.services.residents.papers import Paper
from carehome.services.residents.people import Contact, Person
from carehome.services.residents.stays import Absence, Stay
from carehome.services.residents.terms import Agreement, GradeChange, MealChoice

MOST_LOG_LINES = 500
_SENSITIVE = "id_number"


@dataclass(frozen=True, slots=True)
class ResidentFile:
    """All that is known of one person; the identity number is masked.

    `categories` are the codes of today, `belongs` all of them with their days.
    """

    resident_id: int
    person: Person
    identity: str
    age: int | None
    status: Status
    bed_id: int | None
    bed: str
    categories: tuple[str, ...]
    category_labels: tuple[str, ...]
    contacts: list[Contact]
    stays: list[Stay]
    grades: list[GradeChange]
    meals: list[MealChoice]
    absences: list[Absence]
    agreements: list[Agreement]
    beds: list[UseLine]
    papers: list[Paper]
    admission_id: int | None
    belongs: list[Category]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One change to what is known of a resident, or one look at it."""

    at: datetime
    actor: str
    deed: str
    action: str
    record: str
    before: dict[str, Any]
    after: dict[str, Any]


def file_in(session: Session, resident_id: int, today: date) -> ResidentFile:
    """Return all that is known of one person."""
    row = session.get_one(ResidentRow, resident_id)
    bed_id = uses.bed_on_in(session, resident_id, today)
    belongs = categories.categories_in(session, resident_id)
    held = [each for each in reversed(belongs) if each.holds(today)]
    admission = stays.open_admission_in(session, resident_id)
    return ResidentFile(
        resident_id,
        people.person_of(row),
        rules.mask_identity(row.id_number),
        rules.age_on(row.born, today),
        stays.status_in(session, resident_id, today),
        bed_id,
        bed_names_in(session).get(bed_id or 0, ""),
        tuple(each.code for each in held),
        tuple(each.label for each in held),
        people.contacts_in(session, resident_id),
        stays.stays_in(session, resident_id),
        terms.grades_in(session, resident_id),
        terms.meals_in(session, resident_id),
        stays.absences_in(session, resident_id),
        terms.agreements_in(session, resident_id),
        uses.lines_in(session, resident_id=resident_id),
        papers.papers_in(session, resident_id),
        admission.id if admission else None,
        belongs,
    )


def log_in(session: Session, resident_id: int) -> list[LogLine]:
    """List what was done with a resident's records, newest first."""
    rows = session.scalars(
        select(ChangeRow)
        .where(ChangeRow.resident_id == resident_id)
        .order_by(ChangeRow.id.desc())
        .limit(MOST_LOG_LINES)
    )
    return [
        LogLine(
            row.at.replace(tzinfo=UTC),
            row.actor,
            row.deed,
            row.action,
            row.record,
            _masked(row.before or {}),
            _masked(row.after or {}),
        )
        for row in rows
    ]


def _masked(values: dict[str, Any]) -> dict[str, Any]:
    """Return logged values with every identity number masked, however deep."""
    return {
        key: _masked(value)
        if isinstance(value, dict)
        else rules.mask_identity(value)
        if key == _SENSITIVE
        else value
        for key, value in values.items()
    }

"""How far an admission has come, and what it holds so far."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import (
    AdmissionRow,
    AgreementRow,
    ResidentRow,
)
from carehome.i18n import N_
from carehome.rules import residents as rules
from carehome.services.beds import uses
from carehome.services.beds.places import bed_names_in
from carehome.services.residents import categories, people, stays, terms
from carehome.services.residents.people import Contact, Person
from carehome.services.residents.terms import Agreement


class Step(StrEnum):
    """The steps of an admission, in their order."""

    PERSON = "person"
    CONTACTS = "contacts"
    BED = "bed"
    AGREEMENT = "agreement"
    DEPOSIT = "deposit"
    DONE = "done"


STEPS = tuple(Step)
STEP_NAMES = {
    Step.PERSON: N_("Person"),
    Step.CONTACTS: N_("Contacts"),
    Step.BED: N_("Bed"),
    Step.AGREEMENT: N_("Terms"),
    Step.DEPOSIT: N_("Deposit"),
    Step.DONE: N_("Done"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the step of the agreement settles."""

    planned_on: date
    grade: str
    meal: str
    agreement: Agreement
    consent_by: str = ""


@dataclass(frozen=True, slots=True)
class AdmissionLine:
    """One admission under way, as the list shows it."""

    admission_id: int
    step: Step
    resident_id: int | None
    name: str
    begun_on: date
    begun_by: str
    planned_on: date | None
    bed: str


@dataclass(frozen=True, slots=True)
class AdmissionState:
    """All that one admission holds; `step` is the one that comes next.

    `drafts` holds what was typed but not confirmed, by step; `missing` the steps
    without which the admission cannot be finished.
    """

    admission_id: int
    step: Step
    begun_on: date
    begun_by: str
    resident_id: int | None
    person: Person | None
    identity: str
    is_returning: bool
    categories: tuple[str, ...]
    contacts: tuple[Contact, ...]
    planned_on: date | None
    bed_id: int | None
    bed: str
    reserved_until: date | None
    terms: Terms | None
    drafts: dict[Step, dict[str, Any]]
    missing: tuple[Step, ...]


def lines_in(session: Session) -> list[AdmissionLine]:
    """List the admissions under way, oldest first."""
    names = bed_names_in(session)
    rows = session.execute(
        select(AdmissionRow, ResidentRow.name)
        .outerjoin(ResidentRow, ResidentRow.id == AdmissionRow.resident_id)
        .where(AdmissionRow.finished_on.is_(None), AdmissionRow.given_up_on.is_(None))
        .order_by(AdmissionRow.begun_on, AdmissionRow.id)
    )
    lines = []
    for row, name in rows:
        held = uses.reservation_in(session, row.resident_id or 0)
        typed = row.draft.get(Step.PERSON, {}).get("name", "")
        lines.append(
            AdmissionLine(
                row.id,
                Step(row.step),
                row.resident_id,
                name or typed,
                row.begun_on,
                row.begun_by,
                row.planned_on,
                names[held.bed_id] if held else "",
            )
        )
    return lines


def state_in(session: Session, row: AdmissionRow, today: date) -> AdmissionState:
    """Return all that an admission holds."""
    resident_id = row.resident_id or 0
    resident = session.get(ResidentRow, resident_id)
    held = uses.reservation_in(session, resident_id)
    agreed = terms_in(session, row)
    wanted = ((Step.PERSON, resident), (Step.BED, held), (Step.AGREEMENT, agreed))
    return AdmissionState(
        row.id,
        Step(row.step),
        row.begun_on,
        row.begun_by,
        row.resident_id,
        people.person_of(resident) if resident else None,
        rules.mask_identity(resident.id_number) if resident else "",
        bool(stays.stays_in(session, resident_id)),
        tuple(categories.codes_on_in(session, resident_id, today)),
        tuple(people.contacts_in(session, resident_id)),
        row.planned_on,
        held.bed_id if held else None,
        bed_names_in(session)[held.bed_id] if held else "",
        held.ends if held else None,
        agreed,
        {Step(step): values for step, values in row.draft.items()},
        tuple(step for step, made in wanted if made is None),
    )


def terms_in(session: Session, row: AdmissionRow) -> Terms | None:
    """Return what was agreed for the planned day, None before that step."""
    agreement = session.get(AgreementRow, row.agreement_id or 0)
    if row.resident_id is None or row.planned_on is None or agreement is None:
        return None
    grade = terms.grade_on_in(session, row.resident_id, row.planned_on)
    meal = terms.meal_on_in(session, row.resident_id, row.planned_on)
    if grade is None:
        return None
    return Terms(
        row.planned_on,
        grade.grade,
        meal.plan if meal else "",
        terms.agreement_of(agreement),
        grade.consent_by,
    )

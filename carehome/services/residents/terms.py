"""What is agreed with a resident: nursing grade, meal plan, service agreement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.agreements import AgreementDocumentRow
from carehome.db.residents import AgreementRow, GradeChangeRow, MealChoiceRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.agreements import check_may_write, check_trial
from carehome.rules.grades import (
    NO_CONSENT,
    AgreedThatDay,
    Consent,
    ConsentUnnamed,
    Noted,
    charged,
)
from carehome.rules.home import NameMissing
from carehome.services.home import labels_in


class AgreementTurned(Refusal):
    """An agreement ends after it starts."""

    text = N_("The agreement must end after its first day, {starts}.")


@dataclass(frozen=True, slots=True)
class GradeChange:
    """From `starts` on the resident has this nursing grade.

    It is charged from `charged_from` up to, but without, `charged_until`; one that
    nobody agreed to is not charged.
    """

    change_id: int
    starts: date
    grade: str
    label: str
    reason: str
    consent_by: str
    consent_on: date | None = None
    consent_how: str = ""
    charged_from: date | None = None
    charged_until: date | None = None


@dataclass(frozen=True, slots=True)
class MealChoice:
    """From `starts` on the resident has this meal plan; empty means none."""

    choice_id: int
    starts: date
    plan: str
    label: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A service agreement; `agreement_id` is 0 until it is stored."""

    starts: date
    ends: date | None = None
    number: str = ""
    signed_on: date | None = None
    trial_until: date | None = None
    signer: str = ""
    note: str = ""
    agreement_id: int = 0
    deposit_fen: int | None = None
    trial_outcome: str = ""
    terminated_on: date | None = None


def set_grade_in(
    session: Session,
    resident_id: int,
    grade: str,
    starts: date,
    reason: str = "",
    consent: Consent = NO_CONSENT,
) -> None:
    """Set the nursing grade from `starts` on, until the next change."""
    if not grade:
        raise NameMissing(field=_("nursing grade"))
    row = grade_on_in(session, resident_id, starts)
    if row is None:
        row = GradeChangeRow(resident_id=resident_id, starts=starts)
        session.add(row)
    row.grade, row.reason = grade, reason.strip()
    agree_in(session, row, consent)


def check_replaced_in(
    session: Session, resident_id: int, grade: str, starts: date, consent: Consent
) -> None:
    """Raise when a grade without consent would replace an agreed one of that day."""
    row = grade_on_in(session, resident_id, starts)
    if row is None or not row.consent_by or consent.by.strip():
        return
    if row.grade != grade:
        labels = labels_in(session, "nursing_grade")
        raise AgreedThatDay(day=starts, grade=labels.get(row.grade, row.grade))


def agree_in(session: Session, row: GradeChangeRow, consent: Consent) -> None:
    """Store who agreed to a grade."""
    by = consent.by.strip()
    if not by and (consent.on or consent.how):
        raise ConsentUnnamed
    row.consent_by, row.consent_on, row.consent_how = by, consent.on, consent.how
    session.flush()


def set_meal_in(session: Session, resident_id: int, plan: str, starts: date) -> None:
    """Set the meal plan from `starts` on, until the next change."""
    row = meal_on_in(session, resident_id, starts)
    if row is None:
        row = MealChoiceRow(resident_id=resident_id, starts=starts)
        session.add(row)
    row.plan = plan
    session.flush()


def begin_on_in(session: Session, resident_id: int, old: date, day: date) -> None:
    """Let what began on `old` begin on `day` instead of what began that day."""
    grade = grade_on_in(session, resident_id, old)
    meal = meal_on_in(session, resident_id, old)
    for row in (grade, meal):
        if row is not None:
            session.delete(row)
    session.flush()
    if grade is not None:
        set_grade_in(
            session, resident_id, grade.grade, day, grade.reason, _consent_of(grade)
        )
    if meal is not None:
        set_meal_in(session, resident_id, meal.plan, day)


def grade_on_in(
    session: Session, resident_id: int, starts: date
) -> GradeChangeRow | None:
    """Return the nursing grade set from exactly `starts` on."""
    return session.scalar(
        select(GradeChangeRow).where(
            GradeChangeRow.resident_id == resident_id, GradeChangeRow.starts == starts
        )
    )


def meal_on_in(
    session: Session, resident_id: int, starts: date
) -> MealChoiceRow | None:
    """Return the meal plan set from exactly `starts` on."""
    return session.scalar(
        select(MealChoiceRow).where(
            MealChoiceRow.resident_id == resident_id, MealChoiceRow.starts == starts
        )
    )


def grades_in(session: Session, resident_id: int) -> list[GradeChange]:
    """List the nursing grades of a resident, newest first."""
    labels = labels_in(session, "nursing_grade")
    rows = session.scalars(
        select(GradeChangeRow)
        .where(GradeChangeRow.resident_id == resident_id)
        .order_by(GradeChangeRow.starts.desc())
    ).all()
    spans = dict(charged(noted_of(row) for row in rows))
    return [
        GradeChange(
            row.id,
            row.starts,
            row.grade,
            labels.get(row.grade, row.grade),
            row.reason,
            row.consent_by,
            row.consent_on,
            row.consent_how,
            span.start if span else None,
            span.end if span else None,
        )
        for row in rows
        for span in (spans.get(noted_of(row)),)
    ]


def noted_of(row: GradeChangeRow) -> Noted:
    """Return a grade as the rules understand it."""
    return Noted(row.grade, row.starts, row.consent_by, row.consent_on)


def _consent_of(row: GradeChangeRow) -> Consent:
    return Consent(row.consent_by, row.consent_on, row.consent_how)


def meals_in(session: Session, resident_id: int) -> list[MealChoice]:
    """List the meal plans of a resident, newest first."""
    labels = labels_in(session, "meal_plan")
    rows = session.scalars(
        select(MealChoiceRow)
        .where(MealChoiceRow.resident_id == resident_id)
        .order_by(MealChoiceRow.starts.desc())
    )
    return [
        MealChoice(row.id, row.starts, row.plan, labels.get(row.plan, row.plan))
        for row in rows
    ]


def agreements_in(session: Session, resident_id: int) -> list[Agreement]:
    """List the service agreements of a resident, newest first."""
    rows = session.scalars(
        select(AgreementRow)
        .where(AgreementRow.resident_id == resident_id)
        .order_by(AgreementRow.starts.desc(), AgreementRow.id.desc())
    )
    return [agreement_of(row) for row in rows]


def agreement_of(row: AgreementRow) -> Agreement:
    """Return a stored agreement as a value."""
    return Agreement(
        row.starts,
        row.ends,
        row.number,
        row.signed_on,
        row.trial_until,
        row.signer,
        row.note,
        row.id,
        row.deposit_fen,
        row.trial_outcome,
        row.terminated_on,
    )


def store_agreement_in(session: Session, resident_id: int, agreement: Agreement) -> int:
    """Store a new agreement, or the changes to the one with its number.

    The days of one whose text is signed stay as they were written; its outcome is
    stored by deeds of its own.
    """
    if agreement.ends is not None and agreement.ends <= agreement.starts:
        raise AgreementTurned(starts=agreement.starts)
    check_trial(agreement.starts, agreement.ends, agreement.trial_until)
    if agreement.agreement_id:
        row = session.get_one(AgreementRow, agreement.agreement_id)
        _check_written(session, row, agreement)
    else:
        row = AgreementRow(resident_id=resident_id)
    row.starts, row.ends = agreement.starts, agreement.ends
    if row.sequence is None:  # else the program gave it a number without gaps
        row.number = agreement.number.strip()
    row.signer = agreement.signer.strip()
    row.signed_on, row.trial_until = agreement.signed_on, agreement.trial_until
    row.deposit_fen, row.note = agreement.deposit_fen, agreement.note.strip()
    session.add(row)
    session.flush()
    return row.id


def _check_written(session: Session, row: AgreementRow, told: Agreement) -> None:
    """Refuse to change what stands in a text that is signed."""
    if row.signed_on is None:
        return
    written = select(AgreementDocumentRow.id).where(
        AgreementDocumentRow.agreement_id == row.id
    )
    stays = (row.starts, row.ends, row.trial_until, row.signer, row.signed_on)
    wanted = (told.starts, told.ends, told.trial_until, told.signer, told.signed_on)
    changed = stays != wanted or row.deposit_fen != told.deposit_fen
    if changed and session.scalar(written) is not None:
        check_may_write(row.signed_on)

"""Assessments as they are stored, and as they are told."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.assessments import AssessmentDraftRow, AssessmentRow
from carehome.db.residents import ContactRow, ResidentRow
from carehome.rules.assessments import form_of
from carehome.rules.assessments.judging import judge
from carehome.services.assessments.levels import label_of
from carehome.services.assessments.rules import rules_in
from carehome.services.assessments.values import (
    DRAFT,
    FINISHED,
    AssessmentLine,
    AssessmentState,
    Head,
)
from carehome.services.beds.places import bed_name_in
from carehome.services.beds.uses import bed_on_in

_DAYS = ("base_on", "consent_on")


def head_kept(head: Head) -> dict[str, Any]:
    """Return a head as a draft keeps it."""
    kept = asdict(head)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in kept.items()
    }


def head_of_draft(kept: dict[str, Any]) -> Head:
    """Return the head that a draft keeps."""
    read = dict(kept)
    for name in _DAYS:
        read[name] = date.fromisoformat(read[name]) if read.get(name) else None
    return Head(**read)


def head_of_row(row: AssessmentRow) -> Head:
    """Return the head of a finished assessment."""
    decided = row.level if row.decided_why else None
    return Head(
        row.base_on,
        row.reason,
        row.reason_note,
        row.assessor_1,
        row.is_medical_1,
        row.assessor_2,
        row.is_medical_2,
        row.informant,
        row.relation,
        row.outside_body,
        row.consent_by,
        row.consent_on,
        decided,
        row.decided_why,
    )


def draft_in(session: Session, assessment_id: int) -> AssessmentDraftRow | None:
    """Return what is filled in of an unfinished assessment."""
    query = select(AssessmentDraftRow).where(
        AssessmentDraftRow.assessment_id == assessment_id
    )
    return session.scalar(query)


def state_in(
    session: Session, row: AssessmentRow, today: date, with_last: bool = True
) -> AssessmentState:
    """Return one assessment whole, judged by its own form."""
    form, resident = form_of(row.form), session.get_one(ResidentRow, row.resident_id)
    draft = draft_in(session, row.id) if row.state == DRAFT else None
    head = head_of_draft(draft.head) if draft else head_of_row(row)
    answers = draft.answers if draft else row.answers
    adds_up = bool(row.result.get("adds_up", rules_in(session).adds_up))
    judgement = judge(form, answers, adds_up)
    contacts = _contacts_in(session, row.resident_id)
    contact = next(iter(contacts), None)
    bed_id = bed_on_in(session, row.resident_id, today)
    level = row.level if row.state != DRAFT else judgement.level
    return AssessmentState(
        row.id,
        row.resident_id,
        resident.name,
        resident.sex,
        resident.born,
        bed_name_in(session, bed_id) if bed_id else "",
        form,
        row.state,
        label_of(row),
        head,
        answers,
        judgement,
        _last_in(session, row, head.base_on, today) if with_last else None,
        frozenset(draft.carried["fields"]) if draft else frozenset(),
        contact.name if contact else "",
        contact.phone if contact else "",
        tuple(dict.fromkeys((resident.name, *(each.name for each in contacts)))),
        row.begun_by,
        row.begun_at,
        draft.kept_by if draft else "",
        draft.kept_at if draft else None,
        row.finished_by,
        row.finished_at,
        row.void_reason,
        level,
        form.level_name(level),
        row.ability_level,
        (),
    )


def _contacts_in(session: Session, resident_id: int) -> list[ContactRow]:
    query = select(ContactRow).where(ContactRow.resident_id == resident_id)
    return list(session.scalars(query.order_by(ContactRow.id)))


def last_before_in(
    session: Session, resident_id: int, day: date, but: int = 0
) -> AssessmentRow | None:
    """Return the newest finished assessment up to `day`, but for one."""
    return session.scalar(
        select(AssessmentRow)
        .where(
            AssessmentRow.resident_id == resident_id,
            AssessmentRow.state == FINISHED,
            AssessmentRow.base_on <= day,
            AssessmentRow.id != but,
        )
        .order_by(AssessmentRow.base_on.desc(), AssessmentRow.id.desc())
        .limit(1)
    )


def _last_in(
    session: Session, row: AssessmentRow, day: date, today: date
) -> AssessmentState | None:
    """Return the finished assessment before this one."""
    last = last_before_in(session, row.resident_id, day, row.id)
    return state_in(session, last, today, with_last=False) if last else None


def line_of(row: AssessmentRow) -> AssessmentLine:
    """Return an assessment as a list shows it."""
    form = form_of(row.form)
    return AssessmentLine(
        row.id,
        row.resident_id,
        label_of(row),
        row.form,
        form.standard,
        row.state,
        row.base_on,
        row.reason,
        row.total,
        row.preliminary,
        row.level,
        form.level_name(row.level),
        row.ability_level,
        (row.assessor_1, row.assessor_2),
        row.outside_body,
        row.finished_at,
        any(each["levels"] for each in row.result.get("changes", ())),
        row.void_reason,
    )

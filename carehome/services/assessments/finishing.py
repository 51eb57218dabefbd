"""Finishing an assessment for good, and making a wrong one void."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.assessments import AssessmentRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.assessments import Form, form_of
from carehome.rules.assessments.answers import Answers, check, signs_of
from carehome.rules.assessments.judging import Judgement, judge
from carehome.rules.residents import NotComeYet
from carehome.services.assessments.drafts import check_base_day, draft_of_in, head_of
from carehome.services.assessments.levels import label_of
from carehome.services.assessments.rules import rules_in
from carehome.services.assessments.values import FINISHED, VOID, Head

MOST_NUMBERS = 6  # that one refusal names


class ItemsMissing(Refusal):
    """Not all items are answered."""

    text = N_("{count} {count:item is|items are} still open: {numbers}.")


class FieldsMissing(Refusal):
    """A field that can change the level is not answered."""

    text = N_("The level also depends on: {fields}. Answer them too.")


class AssessorsMissing(Refusal):
    """Two people assess together."""

    text = N_("Two assessors are needed. Enter both names.")


class SameAssessor(Refusal):
    """One person is not two assessors."""

    text = N_("{name} is entered twice. The second assessor is somebody else.")


class NobodyMedical(Refusal):
    """One of the two has learnt medicine or nursing."""

    text = N_("At least one of the two assessors is medically trained. Mark who.")


class NotCovered(Refusal):
    """The standard does not speak of the combination."""

    text = N_(
        "The standard names no level for these results. Let both assessors decide on "
        "one and write down why."
    )


class NothingToDecide(Refusal):
    """The standard gives the level; nobody else decides."""

    text = N_("The standard gives a level here; it cannot be decided otherwise.")


class ConsentDayMissing(Refusal):
    """A consent has a person and a day."""

    text = N_("Enter who agreed and on which day, or neither.")


class AlreadyVoid(Refusal):
    """An assessment is made void once."""

    text = N_("Assessment {label} is already void.")


class VoidReasonMissing(Refusal):
    """A void needs a reason."""

    text = N_("Say why the assessment is void; the reason stays with its number.")


def refusals(
    form: Form, head: Head, judgement: Judgement, today: date
) -> Iterator[Refusal]:
    """Yield everything that keeps an assessment from being finished."""
    try:
        check_base_day(form, head.base_on, today)
    except Refusal as refusal:
        yield refusal
    if judgement.missing:
        some = _(", ").join(judgement.missing[:MOST_NUMBERS])
        more = "…" if len(judgement.missing) > MOST_NUMBERS else ""
        yield ItemsMissing(count=len(judgement.missing), numbers=some + more)
    if judgement.missing_fields:
        fields = (form.field(number) for number in judgement.missing_fields)
        labels = [f"{field.number} {field.label}" for field in fields if field]
        yield FieldsMissing(fields=_(", ").join(labels))
    yield from _people(head)
    if judgement.is_whole and judgement.level is None:
        if head.decided_level is None or not head.decided_why.strip():
            yield NotCovered()
    elif head.decided_level is not None and judgement.is_whole:
        yield NothingToDecide()
    if bool(head.consent_by.strip()) != (head.consent_on is not None):
        yield ConsentDayMissing()
    if head.consent_on is not None and head.consent_on > today:
        yield NotComeYet(day=head.consent_on)


def _people(head: Head) -> Iterator[Refusal]:
    first, second = head.assessor_1.strip(), head.assessor_2.strip()
    if not first or not second:
        yield AssessorsMissing()
    elif first == second:
        yield SameAssessor(name=first)
    elif not head.is_medical_1 and not head.is_medical_2:
        yield NobodyMedical()


def finish_in(
    session: Session, assessment_id: int, by: str, at: datetime, today: date
) -> AssessmentRow:
    """Finish a draft: it gets its number and its level, and is never edited again."""
    row, draft = draft_of_in(session, assessment_id)
    form, head = form_of(row.form), head_of(draft)
    check(form, draft.answers)
    adds_up = rules_in(session).adds_up
    judgement = judge(form, draft.answers, adds_up)
    for refusal in refusals(form, head, judgement, today):
        raise refusal
    _write_head(row, head)
    _write_result(row, form, draft.answers, judgement, adds_up, head)
    row.year, row.number = today.year, _next_number_in(session, today.year)
    row.state, row.finished_at, row.finished_by = FINISHED, at, by
    session.delete(draft)
    session.flush()
    _tell_resident_in(session, row.resident_id)
    if signs_of(form, row.answers).dementia:
        session.get_one(ResidentRow, row.resident_id).has_dementia = True
    return row


def _write_head(row: AssessmentRow, head: Head) -> None:
    row.base_on, row.reason = head.base_on, head.reason
    row.reason_note = head.reason_note.strip()
    row.assessor_1, row.is_medical_1 = head.assessor_1.strip(), head.is_medical_1
    row.assessor_2, row.is_medical_2 = head.assessor_2.strip(), head.is_medical_2
    row.informant, row.relation = head.informant.strip(), head.relation
    row.outside_body = head.outside_body.strip()
    row.consent_by, row.consent_on = head.consent_by.strip(), head.consent_on


def _write_result(
    row: AssessmentRow,
    form: Form,
    answers: Answers,
    judgement: Judgement,
    adds_up: bool,
    head: Head,
) -> None:
    level = judgement.level
    if level is None:
        level, row.decided_why = head.decided_level, head.decided_why.strip()
    row.answers = dict(answers)
    row.total = judgement.total if form.has_total else None
    row.preliminary, row.level = judgement.preliminary, level
    row.ability_level = None if level is None else form.ability_of(level)
    row.result = {
        "adds_up": adds_up,
        "groups": [
            {"number": each.number, "points": each.points, "level": each.level}
            for each in judgement.groups
        ],
        "clause": judgement.clause,
        "also_fits": list(judgement.also_fits),
        "changes": [
            {"kind": each.kind, "levels": each.levels, "text": each.text}
            for each in judgement.changes
        ],
    }


def _next_number_in(session: Session, year: int) -> int:
    query = select(func.max(AssessmentRow.number)).where(AssessmentRow.year == year)
    return (session.scalar(query) or 0) + 1


def _tell_resident_in(session: Session, resident_id: int) -> None:
    """Write the newest assessment's level into the file of the resident.

    Without any the level stays as it is, and can be set by hand again.
    """
    newest = session.scalar(
        select(AssessmentRow)
        .where(
            AssessmentRow.resident_id == resident_id,
            AssessmentRow.state == FINISHED,
            AssessmentRow.ability_level.is_not(None),
        )
        .order_by(AssessmentRow.base_on.desc(), AssessmentRow.id.desc())
        .limit(1)
    )
    if newest is not None:
        resident = session.get_one(ResidentRow, resident_id)
        resident.ability_level = newest.ability_level


def void_in(
    session: Session, assessment_id: int, why: str, by: str, at: datetime
) -> None:
    """Make a finished assessment void; its number and the reason stay."""
    if not why.strip():
        raise VoidReasonMissing
    row = session.get_one(AssessmentRow, assessment_id)
    if row.state != FINISHED:
        raise AlreadyVoid(label=label_of(row))
    row.state, row.voided_at, row.voided_by = VOID, at, by
    row.void_reason = why.strip()
    session.flush()
    _tell_resident_in(session, row.resident_id)

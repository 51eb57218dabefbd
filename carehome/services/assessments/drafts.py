"""Beginning an assessment, keeping what is filled in, giving it up."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.assessments import AssessmentDraftRow, AssessmentRow
from carehome.db.departures import DepartureRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.assessments import Form, form_of
from carehome.rules.assessments.answers import Value, check, merge
from carehome.rules.assessments.judging import Judgement, judge
from carehome.services.assessments.flags import open_flags_in
from carehome.services.assessments.records import (
    draft_in,
    head_kept,
    head_of_draft,
    last_before_in,
)
from carehome.services.assessments.rules import rules_in
from carehome.services.assessments.values import DRAFT, Head


class NotADraft(Refusal):
    """What is finished is not filled in any more."""

    text = N_(
        "This assessment is finished and stays as it is. If it is wrong, void it and "
        "make another."
    )


class BaseDayAhead(Refusal):
    """An assessment tells what was seen."""

    text = N_("The base date {day} has not come yet. Choose today or an earlier day.")


class HasDied(Refusal):
    """Nobody is assessed after death."""

    text = N_("{name} died on {day}. Only what was seen before can be written down.")


class NotYetInForce(Refusal):
    """The form came later than the assessment."""

    text = N_("{standard} holds from {day} on. Choose the other form, or a later day.")


def begin_in(
    session: Session,
    resident_id: int,
    form: Form,
    reason: str,
    base_on: date,
    by: str,
    at: datetime,
) -> AssessmentRow:
    """Begin an assessment; one with this form that is under way is gone on with."""
    open_one = session.scalar(
        select(AssessmentRow).where(
            AssessmentRow.resident_id == resident_id,
            AssessmentRow.form == form.code,
            AssessmentRow.state == DRAFT,
        )
    )
    if open_one:
        return open_one
    resident = session.get_one(ResidentRow, resident_id)
    _check_alive_in(session, resident, base_on)
    last = last_before_in(session, resident_id, base_on)
    reason = reason or _reason_in(session, resident_id, last)
    row = AssessmentRow(
        resident_id=resident.id,
        form=form.code,
        edition=form.edition,
        state=DRAFT,
        begun_at=at,
        begun_by=by,
        base_on=base_on,
        reason=reason,
    )
    session.add(row)
    session.flush()
    carried = _carried(form, last)
    session.add(
        AssessmentDraftRow(
            assessment_id=row.id,
            answers=carried,
            head=head_kept(Head(base_on, reason)),
            carried={"fields": sorted(carried)},
            kept_at=at,
            kept_by=by,
        )
    )
    session.flush()
    return row


def _check_alive_in(session: Session, resident: ResidentRow, day: date) -> None:
    died_on = session.scalar(
        select(DepartureRow.died_on).where(
            DepartureRow.resident_id == resident.id,
            DepartureRow.cancelled_on.is_(None),
            DepartureRow.died_on < day,
        )
    )
    if died_on is not None:
        raise HasDied(name=resident.name, day=died_on)


def _reason_in(session: Session, resident_id: int, last: AssessmentRow | None) -> str:
    """Return why somebody is assessed, as far as the records tell."""
    if last is None:
        return "first"
    flags = open_flags_in(session, {resident_id: last.base_on})
    return "immediate" if flags.get(resident_id) else "routine"


def _carried(form: Form, last: AssessmentRow | None) -> dict[str, Value]:
    """Return the answers that are taken over from the last assessment."""
    if last is None or last.form != form.code:
        return {}
    wanted = {field.number for field in form.fields if field.carries}
    return {number: v for number, v in last.answers.items() if number in wanted}


def draft_of_in(
    session: Session, assessment_id: int
) -> tuple[AssessmentRow, AssessmentDraftRow]:
    """Return a draft; raise NotADraft when it is finished."""
    row = session.get_one(AssessmentRow, assessment_id)
    draft = draft_in(session, assessment_id)
    if row.state != DRAFT or draft is None:
        raise NotADraft
    return row, draft


def keep_in(
    session: Session,
    assessment_id: int,
    answers: Mapping[str, Value | None],
    head: Head | None,
    today: date,
    by: str,
    at: datetime,
) -> Judgement:
    """Keep what is filled in so far, and say what it comes to."""
    row, draft = draft_of_in(session, assessment_id)
    form = form_of(row.form)
    check(form, {number: v for number, v in answers.items() if v is not None})
    if head is not None:
        check_base_day(form, head.base_on, today)
        draft.head = head_kept(head)
    draft.answers = merge(draft.answers, answers)
    still = set(draft.carried["fields"]) - set(answers)
    draft.carried = {"fields": sorted(still)}
    draft.kept_at, draft.kept_by = at, by
    return judge(form, draft.answers, rules_in(session).adds_up)


def check_base_day(form: Form, base_on: date, today: date) -> None:
    """Raise a Refusal unless the form could be filled in on that day."""
    if base_on > today:
        raise BaseDayAhead(day=base_on)
    if base_on < form.effective_from:
        raise NotYetInForce(standard=form.standard, day=form.effective_from)


def discard_in(session: Session, assessment_id: int) -> None:
    """Give a draft up; nothing of it is kept."""
    row, _draft = draft_of_in(session, assessment_id)
    session.delete(row)


def head_of(draft: AssessmentDraftRow) -> Head:
    """Return the head of a draft."""
    return head_of_draft(draft.head)

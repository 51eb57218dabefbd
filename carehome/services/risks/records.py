"""Assessments in the database: begun, kept, finished, read again."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow
from carehome.db.risks import (
    HomeMeasureRow,
    RiskAssessmentRow,
    RiskJudgementRow,
    RiskMeasureRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import risks as rules
from carehome.rules.risks import (
    Answer,
    Answers,
    Ground,
    Level,
    Opening,
    Risk,
    RiskForm,
    is_fresh,
)
from carehome.rules.risks.kinds import RECENT
from carehome.services.beds.places import bed_name_in
from carehome.services.beds.uses import bed_on_in
from carehome.services.residents.people import contacts_in
from carehome.services.risks.answers import answers_of, grounds_of, kept
from carehome.services.risks.grounds import found_of_in
from carehome.services.risks.values import (
    AssessmentLine,
    Head,
    MeasureLine,
    RiskState,
    Telling,
)

FIRST = 2  # so many measures are chosen by themselves where a risk is opened (ours)


class AlreadyFinished(Refusal):
    """A finished assessment is never edited."""

    text = N_(
        "This assessment of {day} is finished and stays as it is. Begin a new one to "
        "judge anew."
    )


class LaterAssessment(Refusal):
    """A newer assessment stands."""

    text = N_("The risks were assessed again on {day}. Choose that day or a later one.")


def draft_row_in(session: Session, assessment_id: int) -> RiskAssessmentRow:
    """Return an assessment that may still be changed."""
    row = session.get_one(RiskAssessmentRow, assessment_id)
    if row.state == "finished":
        raise AlreadyFinished(day=row.day)
    return row


def begin_in(session: Session, resident_id: int, day: date, assessor: str) -> int:
    """Begin an assessment from what the last one and other records know."""
    query = select(RiskAssessmentRow.id).where(
        RiskAssessmentRow.resident_id == resident_id,
        RiskAssessmentRow.state == "draft",
    )
    if under_way := session.scalar(query):
        return under_way
    form = rules.form_in_force(day)
    grounds = _grounds_in(session, resident_id, day)
    opened = rules.openings(form, grounds)
    past = rules.past(found_of_in(session, resident_id, day), day)
    last = last_row_in(session, resident_id)
    was = last.answers if last else {}
    before, suggested = answers_of(was), suggested_in(session, form)
    answers = {}
    for risk in Risk:
        passing = rules.passing_signs(form, risk, grounds_of(was))
        signs = tuple(sign for sign in before[risk].signs if sign not in passing)
        kept_on = replace(before[risk], signs=signs)
        opening = opened.get(risk)
        if opening is not None:
            ticked = rules.ticked_signs(form, risk, set(opening.grounds) - past)
            opening = replace(opening, signs=ticked)
        answers[risk] = _opened(kept_on, opening, suggested[risk])
    row = RiskAssessmentRow(
        resident_id=resident_id,
        day=day,
        edition=form.edition,
        assessor=assessor,
        answers=kept(answers, grounds),
    )
    session.add(row)
    session.flush()
    return row.id


def _opened(
    before: Answer, opening: Opening | None, suggested: tuple[str, ...]
) -> Answer:
    """Return the last answer, opened where a ground is known.

    An opened risk is at least low; how high it is stays to be judged.
    """
    if opening is None:
        return before
    return replace(
        before,
        level=max(before.level or Level.NONE, Level.LOW),
        signs=tuple(dict.fromkeys((*opening.signs, *before.signs))),
        reason=before.reason if before.is_at_risk else "",
        measures=before.measures or suggested[:FIRST],
    )


def keep_in(session: Session, assessment_id: int, head: Head, answers: Answers) -> None:
    """Keep what is written so far."""
    row = draft_row_in(session, assessment_id)
    grounds = _grounds_in(session, row.resident_id, head.day)
    row.day, row.answers = head.day, kept(answers, grounds)
    row.assessor = head.assessor.strip()
    row.second_assessor = head.second_assessor.strip()


def finish_in(session: Session, assessment_id: int, now: datetime) -> None:
    """Close an assessment that says all it must; its measures hold from its day on."""
    row = draft_row_in(session, assessment_id)
    form, answers = rules.forms()[row.edition], answers_of(row.answers)
    rules.check_assessor(row.assessor)
    rules.check_finished(answers, rules.openings(form, grounds_of(row.answers)))
    last = last_row_in(session, row.resident_id)
    if last is not None and last.day > row.day:
        raise LaterAssessment(day=last.day)
    row.state, row.finished_at = "finished", now
    for risk, answer in answers.items():
        session.add(
            RiskJudgementRow(
                assessment_id=row.id,
                risk=risk,
                level=answer.level,
                reason=answer.reason.strip(),
            )
        )
    _replace_measures_in(session, row, answers)
    session.flush()


def _replace_measures_in(
    session: Session, row: RiskAssessmentRow, answers: Answers
) -> None:
    """End the measures that held so far; one that goes on keeps its first day."""
    since: dict[tuple[str, str], date] = {}
    for old in measure_rows_in(session, row.resident_id):
        if old.ends is None:
            since[old.risk, old.text] = old.starts
            old.ends = max(row.day, old.starts)
    for risk, answer in answers.items():
        for text in answer.measures if answer.is_at_risk else ():
            session.add(
                RiskMeasureRow(
                    assessment_id=row.id,
                    risk=risk,
                    text=text,
                    responsible=answer.responsible.strip(),
                    starts=since.get((risk, text), row.day),
                )
            )


def measure_rows_in(session: Session, resident_id: int) -> list[RiskMeasureRow]:
    """Return all measures of a resident, in their order."""
    query = (
        select(RiskMeasureRow)
        .join(RiskAssessmentRow, RiskAssessmentRow.id == RiskMeasureRow.assessment_id)
        .where(RiskAssessmentRow.resident_id == resident_id)
        .order_by(RiskMeasureRow.id)
    )
    return list(session.scalars(query))


def measures_in(session: Session, resident_id: int, day: date) -> list[MeasureLine]:
    """List the measures that hold for a resident on `day`, in the order of risks."""
    lines = [
        MeasureLine(
            row.id, Risk(row.risk), row.text, row.responsible, row.starts, row.ends
        )
        for row in measure_rows_in(session, resident_id)
        if row.starts <= day and (row.ends is None or row.ends > day)
    ]
    order = list(Risk)
    return sorted(lines, key=lambda line: order.index(line.risk))


def last_row_in(session: Session, resident_id: int) -> RiskAssessmentRow | None:
    """Return the last finished assessment of a resident."""
    return session.scalar(
        select(RiskAssessmentRow)
        .where(
            RiskAssessmentRow.resident_id == resident_id,
            RiskAssessmentRow.state == "finished",
        )
        .order_by(RiskAssessmentRow.day.desc(), RiskAssessmentRow.id.desc())
        .limit(1)
    )


def suggested_in(session: Session, form: RiskForm) -> dict[Risk, tuple[str, ...]]:
    """Return the measures to choose from: the home's own, else those of the form."""
    own: dict[str, list[str]] = {}
    rows = select(HomeMeasureRow).order_by(HomeMeasureRow.position)
    for row in session.scalars(rows):
        own.setdefault(row.risk, []).append(row.text)
    return {
        sheet.risk: tuple(own.get(sheet.risk, sheet.measures)) for sheet in form.sheets
    }


def state_in(session: Session, assessment_id: int) -> RiskState:
    """Return all of one assessment."""
    row = session.get_one(RiskAssessmentRow, assessment_id)
    resident = session.get_one(ResidentRow, row.resident_id)
    form = rules.forms()[row.edition]
    is_finished = row.state == "finished"
    grounds: Collection[Ground] = (
        grounds_of(row.answers)
        if is_finished
        else _grounds_in(session, row.resident_id, row.day)
    )
    before = _before_in(session, row)
    bed_id = bed_on_in(session, row.resident_id, row.day)
    return RiskState(
        row.id,
        row.resident_id,
        resident.name,
        bed_name_in(session, bed_id) if bed_id else "",
        resident.sex,
        resident.born,
        is_finished,
        form,
        Head(row.day, row.assessor, row.second_assessor),
        answers_of(row.answers),
        rules.openings(form, grounds),
        before.day if before else None,
        levels_of(answers_of(before.answers)) if before else {},
        suggested_in(session, form),
        telling_of(row),
        tuple(contact.name for contact in contacts_in(session, row.resident_id)),
    )


def _before_in(session: Session, row: RiskAssessmentRow) -> RiskAssessmentRow | None:
    """Return the finished assessment that came before this one."""
    query = (
        select(RiskAssessmentRow)
        .where(
            RiskAssessmentRow.resident_id == row.resident_id,
            RiskAssessmentRow.state == "finished",
            RiskAssessmentRow.id < row.id,
        )
        .order_by(RiskAssessmentRow.day.desc(), RiskAssessmentRow.id.desc())
    )
    return session.scalar(query.limit(1))


def levels_of(answers: Answers) -> Mapping[Risk, Level]:
    """Return how high each risk was judged that was judged at all."""
    return {
        risk: answer.level
        for risk, answer in answers.items()
        if answer.level is not None
    }


def telling_of(row: RiskAssessmentRow) -> Telling:
    """Return to whom an assessment was explained."""
    return Telling(
        row.told_on,
        row.told_to,
        row.told_by,
        row.signed_on,
        row.signer,
        row.paper_id,
    )


def lines_in(session: Session, resident_id: int) -> list[AssessmentLine]:
    """List the assessments of a resident, the one under way and the newest first."""
    query = (
        select(RiskAssessmentRow)
        .where(RiskAssessmentRow.resident_id == resident_id)
        .order_by(
            RiskAssessmentRow.state,
            RiskAssessmentRow.day.desc(),
            RiskAssessmentRow.id.desc(),
        )
    )
    return [
        AssessmentLine(
            row.id,
            row.day,
            row.state == "finished",
            tuple(filter(None, (row.assessor, row.second_assessor))),
            levels_of(answers_of(row.answers)),
            telling_of(row),
        )
        for row in session.scalars(query)
    ]


def _grounds_in(session: Session, resident_id: int, day: date) -> tuple[Ground, ...]:
    """Return what opens risks on `day`; a fall that was judged before is past."""
    found = found_of_in(session, resident_id, day)
    last = last_row_in(session, resident_id)
    known = grounds_of(last.answers) if last else ()
    return tuple(
        ground
        for ground in Ground
        if ground in found
        and (
            last is None
            or ground not in RECENT
            or is_fresh(ground, found[ground], last.day, known)
        )
    )

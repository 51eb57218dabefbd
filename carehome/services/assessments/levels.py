"""Which assessment holds for whom on a day: for all subjects that build on it."""

from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from carehome.db.assessments import AssessmentRow
from carehome.db.residents import ResidentRow
from carehome.rules import numbers
from carehome.rules.assessments import form_of
from carehome.rules.assessments.answers import signs_of
from carehome.services.assessments.values import FINISHED, Assessed


def latest_in(session: Session, resident_id: int, day: date) -> Assessed | None:
    """Return the finished assessment that holds for somebody on `day`."""
    row = session.scalar(
        select(AssessmentRow)
        .where(AssessmentRow.resident_id == resident_id, _held(day))
        .order_by(AssessmentRow.base_on.desc(), AssessmentRow.id.desc())
        .limit(1)
    )
    return _assessed(row) if row else None


def levels_in(session: Session, day: date) -> dict[int, Assessed]:
    """Return the assessment that holds on `day` for everybody who has one."""
    rows = session.scalars(newest(day))
    return {row.resident_id: _assessed(row) for row in rows}


def level_on_in(session: Session, resident_id: int, day: date) -> int | None:
    """Return somebody's ability level on `day`; the one set by hand without any."""
    latest = latest_in(session, resident_id, day)
    if latest and latest.ability_level is not None:
        return latest.ability_level
    if source_in(session, resident_id):
        return None
    return session.get_one(ResidentRow, resident_id).ability_level


def source_in(session: Session, resident_id: int) -> str:
    """Return the number of the assessment that somebody's ability level comes from.

    Empty means that it is set by hand.
    """
    row = session.scalar(
        select(AssessmentRow)
        .where(
            AssessmentRow.resident_id == resident_id,
            AssessmentRow.state == FINISHED,
            AssessmentRow.ability_level.is_not(None),
        )
        .order_by(AssessmentRow.base_on.desc(), AssessmentRow.id.desc())
        .limit(1)
    )
    return label_of(row) if row else ""


def label_of(row: AssessmentRow) -> str:
    """Return the number as people say it; a draft has none."""
    if row.year is None or row.number is None:
        return ""
    return numbers.write(row.year, row.number)


def newest(day: date) -> Select[AssessmentRow]:
    """Select the newest finished assessment up to `day` of everybody."""
    ranked = (
        select(
            AssessmentRow.id,
            func.row_number()
            .over(
                partition_by=AssessmentRow.resident_id,
                order_by=(AssessmentRow.base_on.desc(), AssessmentRow.id.desc()),
            )
            .label("place"),
        )
        .where(_held(day))
        .subquery()
    )
    found = aliased(AssessmentRow)
    return (
        select(found).join(ranked, ranked.c.id == found.id).where(ranked.c.place == 1)
    )


def _held(day: date) -> ColumnElement[bool]:
    return (AssessmentRow.state == FINISHED) & (AssessmentRow.base_on <= day)


def _assessed(row: AssessmentRow) -> Assessed:
    form = form_of(row.form)
    return Assessed(
        row.id,
        row.base_on,
        form,
        row.answers,
        row.level,
        form.level_name(row.level),
        row.ability_level,
        signs_of(form, row.answers),
    )

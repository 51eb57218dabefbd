"""The assessments of one resident: their list, their levels, two side by side."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.assessments import AssessmentFlagRow, AssessmentRow
from carehome.rules.assessments import form_of
from carehome.rules.assessments.difference import (
    changed_fields,
    difference,
    difference_across,
)
from carehome.rules.assessments.judging import judge
from carehome.services.assessments.flags import open_flags_in
from carehome.services.assessments.records import line_of
from carehome.services.assessments.values import (
    DRAFT,
    FINISHED,
    AssessmentLine,
    Difference,
    Flag,
    GroupChange,
    LevelPoint,
)


def lines_in(session: Session, resident_id: int) -> list[AssessmentLine]:
    """List somebody's assessments: drafts, then the newest first."""
    rows = session.scalars(
        select(AssessmentRow)
        .where(AssessmentRow.resident_id == resident_id)
        .order_by(
            AssessmentRow.state != DRAFT,
            AssessmentRow.base_on.desc(),
            AssessmentRow.id.desc(),
        )
    )
    return [line_of(row) for row in rows]


def levels_in(session: Session, resident_id: int) -> list[LevelPoint]:
    """List the levels that somebody had, oldest first."""
    points = []
    for line in reversed(lines_in(session, resident_id)):
        if line.status == FINISHED and line.ability_level is not None:
            points.append(
                LevelPoint(
                    line.base_on,
                    line.ability_level,
                    line.level_name,
                    line.standard,
                    line.assessment_id,
                )
            )
    return points


def difference_in(session: Session, before_id: int, after_id: int) -> Difference:
    """Put two assessments side by side."""
    before = session.get_one(AssessmentRow, before_id)
    after = session.get_one(AssessmentRow, after_id)
    was, now = form_of(before.form), form_of(after.form)
    if was is not now:
        items = difference_across(was, before.answers, now, after.answers)
        return Difference(line_of(before), line_of(after), False, (), tuple(items), ())
    old, new = judge(was, before.answers), judge(now, after.answers)
    groups = tuple(
        GroupChange(a.number, a.name, a.points, b.points, a.maximum, a.level, b.level)
        for a, b in zip(old.groups, new.groups, strict=True)
    )
    return Difference(
        line_of(before),
        line_of(after),
        True,
        groups,
        tuple(difference(now, before.answers, after.answers)),
        tuple(changed_fields(now, before.answers, after.answers)),
    )


def flags_in(session: Session, resident_id: int) -> list[Flag]:
    """List the flags that were raised for somebody, the newest first."""
    last = max(
        (
            line.base_on
            for line in lines_in(session, resident_id)
            if line.status == FINISHED
        ),
        default=None,
    )
    waiting = open_flags_in(session, {resident_id: last}).get(resident_id, [])
    open_ids = {flag.id for flag in waiting}
    rows = session.scalars(
        select(AssessmentFlagRow)
        .where(AssessmentFlagRow.resident_id == resident_id)
        .order_by(AssessmentFlagRow.day.desc(), AssessmentFlagRow.id.desc())
    )
    return [
        Flag(
            row.id,
            row.day,
            row.reason,
            row.raised_by,
            row.id in open_ids,
            row.dropped_why,
        )
        for row in rows
    ]

"""Flags of marked change: they ask for an assessment at once."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.assessments import AssessmentFlagRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.residents import check_happened


class FlagReasonMissing(Refusal):
    """A flag says what has changed."""

    text = N_("Say what has changed, such as: walks worse since the hospital.")


class DropReasonMissing(Refusal):
    """A flag is not dropped without a word."""

    text = N_("Say why no assessment is needed.")


class NotOpen(Refusal):
    """The flag was dropped already."""

    text = N_("This note was taken back already.")


def raise_flag_in(
    session: Session, resident_id: int, day: date, reason: str, by: str, today: date
) -> int:
    """Note that somebody has changed since `day`."""
    check_happened(day, today)
    if not reason.strip():
        raise FlagReasonMissing
    resident = session.get_one(ResidentRow, resident_id)
    row = AssessmentFlagRow(
        resident_id=resident.id, day=day, reason=reason.strip(), raised_by=by
    )
    session.add(row)
    session.flush()
    return row.id


def drop_flag_in(session: Session, flag_id: int, why: str, today: date) -> None:
    """Take a flag back: nothing has changed after all."""
    if not why.strip():
        raise DropReasonMissing
    row = session.get_one(AssessmentFlagRow, flag_id)
    if row.dropped_on is not None:
        raise NotOpen
    row.dropped_on, row.dropped_why = today, why.strip()


def open_flags_in(
    session: Session, last: Mapping[int, date | None]
) -> dict[int, list[AssessmentFlagRow]]:
    """Return the flags that no assessment has answered, oldest first, by resident.

    `last` has the base day of everybody's last assessment.
    """
    found = defaultdict(list)
    rows = session.scalars(
        select(AssessmentFlagRow)
        .where(AssessmentFlagRow.dropped_on.is_(None))
        .order_by(AssessmentFlagRow.day, AssessmentFlagRow.id)
    )
    for row in rows:
        answered_on = last.get(row.resident_id)
        if answered_on is None or answered_on < row.day:
            found[row.resident_id].append(row)
    return dict(found)

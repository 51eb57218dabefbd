"""Reading self-assessments: which there are, and one of them item by item."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import (
    RatingContentRow,
    RatingFileRow,
    RatingItemRow,
    RatingScoreRow,
    RatingSelfRow,
    RatingTableRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import Period
from carehome.rules.ratings.items import ItemTable
from carehome.rules.ratings.judging import Earlier, EvidenceFile, Line, Score
from carehome.services.ratings.tables import table_in


class Sealed(Refusal):
    """A submitted self-assessment never changes."""

    text = N_(
        "“{name}” was submitted and is sealed. Begin a new self-assessment; it can "
        "start from this one."
    )


class SelfGone(Refusal):
    """Somebody threw the self-assessment away meanwhile."""

    text = N_("This self-assessment is not there any more.")


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """One self-assessment without its items."""

    self_id: int
    table_id: int
    table: str
    name: str
    period: Period
    target_grade: int
    is_open: bool
    carried_from: int | None
    note: str
    made_at: datetime
    made_by: str
    submitted_at: datetime | None
    submitted_by: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A self-assessment item by item, with what belongs to the whole of it."""

    head: SelfAssessment
    table: ItemTable
    lines: tuple[Line, ...]
    files: tuple[EvidenceFile, ...]


def selves_in(session: Session) -> list[SelfAssessment]:
    """List all self-assessments, the open ones first, the newest of them first."""
    query = select(RatingSelfRow, RatingTableRow.name).join(
        RatingTableRow, RatingTableRow.id == RatingSelfRow.table_id
    )
    order = (RatingSelfRow.state == "submitted"), RatingSelfRow.id.desc()
    return [_head(row, name) for row, name in session.execute(query.order_by(*order))]


def self_in(session: Session, self_id: int) -> RatingSelfRow:
    """Return one self-assessment, or say that it is gone."""
    row = session.get(RatingSelfRow, self_id)
    if row is None:
        raise SelfGone
    return row


def open_self_in(session: Session, self_id: int) -> RatingSelfRow:
    """Return one self-assessment that can still change."""
    row = self_in(session, self_id)
    if row.state != "open":
        raise Sealed(name=row.name)
    return row


def sheet_in(session: Session, self_id: int) -> Sheet:
    """Return a self-assessment with all its items, judged or not."""
    row = self_in(session, self_id)
    table = table_in(session, row.table_id)
    scores = scores_in(session, self_id)
    files = files_in(session, self_id)
    earlier = earlier_in(session, row)
    lines = tuple(
        Line(
            number,
            item,
            scores.get(item.item_id or 0, Score()),
            files.get(item.item_id, ()),
            earlier.get(item.code),
        )
        for number, item in enumerate(table.items, 1)
    )
    return Sheet(_head(row, table.name), table, lines, files.get(None, ()))


def scores_in(session: Session, self_id: int) -> dict[int, Score]:
    """Return what was kept of each item, by its id."""
    query = select(RatingScoreRow).where(RatingScoreRow.self_id == self_id)
    return {row.item_id: _score(row) for row in session.scalars(query)}


def files_in(
    session: Session, self_id: int
) -> Mapping[int | None, tuple[EvidenceFile, ...]]:
    """Return the files of each item by its id, those of the whole under None."""
    found: dict[int | None, tuple[EvidenceFile, ...]] = defaultdict(tuple)
    query = (
        select(RatingFileRow, RatingContentRow.size)
        .join(RatingContentRow, RatingContentRow.id == RatingFileRow.content_id)
        .where(RatingFileRow.self_id == self_id)
        .order_by(RatingFileRow.number)
    )
    for row, size in session.execute(query):
        found[row.item_id] += (_file(row, size),)
    return found


def earlier_in(session: Session, row: RatingSelfRow) -> dict[str, Earlier]:
    """Return what items came to in the one this starts from, by their codes."""
    if row.carried_from is None:
        return {}
    of_self = RatingFileRow.self_id == row.carried_from
    files = Counter(session.scalars(select(RatingFileRow.item_id).where(of_self)))
    query = (
        select(RatingScoreRow, RatingItemRow.code)
        .join(RatingItemRow, RatingItemRow.id == RatingScoreRow.item_id)
        .where(RatingScoreRow.self_id == row.carried_from)
    )
    return {
        code: Earlier(
            score.hundredths, score.reason, score.judged_by, files[score.item_id]
        )
        for score, code in session.execute(query)
    }


def _head(row: RatingSelfRow, table: str) -> SelfAssessment:
    return SelfAssessment(
        row.id,
        row.table_id,
        table,
        row.name,
        Period(row.starts, row.ends),
        row.target_grade,
        row.state == "open",
        row.carried_from,
        row.note,
        row.made_at.replace(tzinfo=UTC),
        row.made_by,
        row.submitted_at and row.submitted_at.replace(tzinfo=UTC),
        row.submitted_by,
    )


def _score(row: RatingScoreRow) -> Score:
    return Score(
        row.hundredths,
        row.reason,
        row.method,
        row.evidence,
        row.counted,
        row.effort,
        row.staff_id,
        row.staff_name,
        row.due_on,
        row.judged_at and row.judged_at.replace(tzinfo=UTC),
        row.judged_by,
    )


def _file(row: RatingFileRow, size: int) -> EvidenceFile:
    return EvidenceFile(
        row.id,
        row.number,
        row.title,
        row.file_name,
        row.pages,
        size,
        row.added_at.replace(tzinfo=UTC),
        row.added_by,
    )

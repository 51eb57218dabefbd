"""Requests as they are listed: who asks for what, and how it was answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from carehome.db.requests import StaffRequestRow
from carehome.db.staff import StaffMemberRow
from carehome.rules.requests import Answered, Request, RequestKind, RequestState
from carehome.rules.staff import Leave


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request with the names of both; `answered` is None while it is open."""

    request_id: int
    request: Request
    name: str
    other: str
    asked_on: date
    entered_by: str
    answered: Answered | None = None

    @property
    def state(self) -> RequestState:
        """Return how far the request has come."""
        return self.answered.state if self.answered else RequestState.OPEN


def lines_in(session: Session, since: date) -> Iterator[RequestLine]:
    """Yield open requests by their first day, then those answered since a day."""
    asker, other = StaffMemberRow, aliased(StaffMemberRow)
    is_open = StaffRequestRow.state == RequestState.OPEN.value
    query = (
        select(StaffRequestRow, asker.name, other.name)
        .join(asker, asker.id == StaffRequestRow.staff_id)
        .outerjoin(other, other.id == StaffRequestRow.other_id)
        .where(or_(is_open, StaffRequestRow.last_day >= since))
        .order_by(is_open.desc(), StaffRequestRow.starts, StaffRequestRow.id)
    )
    for row, name, colleague in session.execute(query):
        yield _line(row, name, colleague or "")


def line_in(session: Session, row: StaffRequestRow) -> RequestLine:
    """Return one request."""
    ids = (row.staff_id, row.other_id)
    query = select(StaffMemberRow.id, StaffMemberRow.name)
    found = session.execute(query.where(StaffMemberRow.id.in_(ids)))
    names: dict[int, str] = dict(found.all())
    return _line(row, names[row.staff_id], names.get(row.other_id or 0, ""))


def request_of(row: StaffRequestRow) -> Request:
    """Return a request as a value."""
    leave = Leave(row.leave_kind) if row.leave_kind else None
    return Request(
        RequestKind(row.kind),
        row.staff_id,
        row.starts,
        row.last_day,
        leave,
        row.other_id,
        row.note,
    )


def _line(row: StaffRequestRow, name: str, other: str) -> RequestLine:
    answered = None
    if row.decided_at is not None:
        state = RequestState(row.state)
        at = row.decided_at.replace(tzinfo=UTC)
        answered = Answered(state, at, row.decided_by, row.answer)
    return RequestLine(
        row.id, request_of(row), name, other, row.asked_on, row.entered_by, answered
    )

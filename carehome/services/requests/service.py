"""What staff ask for: entered for them, looked ahead at, answered."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.requests import StaffRequestRow
from carehome.i18n import N_, _, speaking
from carehome.rules.requests import (
    AlreadyDecided,
    NotApproved,
    ReasonMissing,
    Request,
    RequestState,
    check_request,
)
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Target, Urgency, words
from carehome.services.requests.approving import (
    Hand,
    carry_out,
    effects_in,
    take_back,
)
from carehome.services.requests.effects import MonthEffect
from carehome.services.requests.lines import (
    RequestLine,
    line_in,
    lines_in,
    request_of,
)
from carehome.services.service import Service, needs

_REMEMBERED = timedelta(days=60)
_SOON = timedelta(days=7)


class Requests(Service):
    """What one person can do with the requests of the staff."""

    @needs(Right.CHANGE_ROSTER)
    def lines(self, day: date) -> list[RequestLine]:
        """List what is open, then what was answered about the last two months."""
        with self._reading() as session:
            return list(lines_in(session, day - _REMEMBERED))

    @needs(Right.CHANGE_ROSTER)
    def add(self, request: Request) -> int:
        """Note what somebody asks for; return its number."""
        check_request(request)
        first, last = sorted((request.starts, request.last_day))
        with self._writing() as session:
            row = StaffRequestRow(
                kind=request.kind.value,
                staff_id=request.staff_id,
                leave_kind=request.leave.value if request.leave else "",
                starts=first,
                last_day=last,
                other_id=request.other_id,
                note=request.note.strip(),
                asked_on=self._today(),
                entered_by=self._user.name,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_ROSTER)
    def withdraw(self, request_id: int) -> None:
        """Note that somebody asks no more."""
        with self._writing() as session:
            row = open_in(session, request_id)
            self._answer(row, RequestState.WITHDRAWN, "")

    @needs(Right.CHANGE_ROSTER)
    def decline(self, request_id: int, reason: str) -> None:
        """Say no, and why."""
        with self._writing() as session:
            row = open_in(session, request_id)
            if not reason.strip():
                raise ReasonMissing(name=line_in(session, row).name)
            self._answer(row, RequestState.DECLINED, reason)

    @needs(Right.CHANGE_ROSTER)
    def preview(self, request: Request) -> list[MonthEffect]:
        """Say what a request would do to the rosters of its days."""
        check_request(request)
        with self._reading() as session:
            return [found for _month, found in effects_in(session, request)]

    @needs(Right.CHANGE_ROSTER)
    @speaking()
    def approve(self, request_id: int, reason: str = "") -> None:
        """Say yes: the leave goes into the staff file, the cells into the roster.

        What is against a hard rule needs a reason.
        """
        with self._writing() as session:
            row = open_in(session, request_id)
            name = line_in(session, row).name
            effects = [found for _month, found in effects_in(session, request_of(row))]
            is_hard = any(month.effect.hard for month in effects)
            if is_hard and not reason.strip():
                raise ReasonMissing(name=name)
            why = _("Request of {name} approved").format(name=name)
            if reason.strip():
                why = _("{what}: {why}").format(what=why, why=reason.strip())
            self._answer(row, RequestState.APPROVED, reason)
            carry_out(session, row, Hand(self._user, self._now(), why))

    @needs(Right.CHANGE_ROSTER)
    @speaking()
    def take_back(self, request_id: int) -> None:
        """Put an approval back: the request is open again, the cells are as before."""
        with self._writing() as session:
            row = session.get_one(StaffRequestRow, request_id)
            if row.state != RequestState.APPROVED.value:
                raise NotApproved
            name = line_in(session, row).name
            why = _("Approval for {name} taken back").format(name=name)
            take_back(session, row, Hand(self._user, self._now(), why))
            row.state, row.answer = RequestState.OPEN.value, ""
            row.decided_at, row.decided_by = None, ""

    @needs(Right.CHANGE_ROSTER)
    def today(self, day: date) -> list[Concern]:
        """Tell how many requests wait for an answer, and how soon it is needed."""
        with self._reading() as session:
            return list(_concerns(session, day))

    def _answer(self, row: StaffRequestRow, state: RequestState, reason: str) -> None:
        row.state, row.answer = state.value, reason.strip()
        row.decided_at, row.decided_by = self._now(), self._user.name


def open_in(session: Session, request_id: int) -> StaffRequestRow:
    """Return a request that nobody has answered yet."""
    row = session.get_one(StaffRequestRow, request_id)
    if row.state != RequestState.OPEN.value:
        raise AlreadyDecided
    return row


def _concerns(session: Session, day: date) -> Iterator[Concern]:
    waiting = StaffRequestRow.state == RequestState.OPEN.value
    query = select(func.count(), func.min(StaffRequestRow.starts)).where(waiting)
    count, first = session.execute(query).one()
    if count:
        urgency = Urgency.LATE if first <= day else Urgency.SOON
        text = N_(
            "{count} {count:request|requests} of the staff to be answered, the first "
            "for {day}"
        )
        yield Concern(
            words(N_("Requests")),
            words(text, count=count, day=first),
            urgency if first - day <= _SOON else Urgency.NOTE,
            Target("requests", None),
            count=count,
        )

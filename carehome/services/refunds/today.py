"""What refunds ask for on a day: to be approved, to be paid out."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from carehome.db.refunds import RefundRow
from carehome.i18n import N_
from carehome.rules.refunds import RefundState
from carehome.rules.rights import Right, User
from carehome.rules.today import Fen, Target, Task, words

REFUNDS = "refunds"  # target


def lines_in(session: Session, user: User, day: date) -> Iterator[Task]:
    """Yield what only this person can do: nobody decides on what they asked for."""
    mine = user.account_id
    if user.may(Right.APPROVE_REFUND):
        asked = RefundRow.state == RefundState.ASKED
        count, fen = _sum_in(session, asked & (RefundRow.asked_by != mine))
        if count:
            about = N_("{count} {count:refund|refunds} of {fen} wait for approval")
            yield _task(day, about, count, fen, N_("Decide"))
    if user.may(Right.PAY_OUT_DEPOSIT):
        approved = RefundRow.state == RefundState.APPROVED
        count, fen = _sum_in(session, approved & (RefundRow.decided_by != mine))
        if count:
            about = N_("{count} {count:refund|refunds} of {fen} are to be paid out")
            yield _task(day, about, count, fen, N_("Pay out"))


def _task(day: date, about: str, count: int, fen: int, deed: str) -> Task:
    told = words(about, count=count, fen=Fen(fen))
    target = Target(REFUNDS)
    return Task(day, words(N_("Refunds")), told, words(deed), target, count=count)


def _sum_in(session: Session, which: ColumnElement[bool]) -> tuple[int, int]:
    query = select(func.count(), func.coalesce(func.sum(RefundRow.fen), 0))
    count, fen = session.execute(query.where(which)).one()
    return count, fen

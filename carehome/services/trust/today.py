"""What trust money asks for on a day: a count, a difference, money of who left."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow, StayRow
from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Fen, Target, Task, Urgency, some_of, words
from carehome.services.trust.entries import all_kept_in, cash_in
from carehome.services.trust.places import counts_in

TRUST = "trust"  # a target: somebody's trust money, or (0) where it lies
COUNT_EVERY = timedelta(days=30)  # ours: the till of trust money is counted monthly


def lines_in(session: Session, day: date) -> Iterator[Task | Concern]:
    """Yield what is to be done about the money that is kept for residents."""
    yield from _count(session, day)
    yield from _of_who_left(session, day)


def _count(session: Session, day: date) -> Iterator[Task | Concern]:
    cash = cash_in(session)
    newest = next(counts_in(session), None)
    subject = words(N_("Trust money"))
    if cash < 0:
        text = N_("{fen} more was paid out of the till than lies in it by the books")
        yield Concern(
            subject,
            words(text, fen=Fen(-cash)),
            Urgency.LATE,
            Target(TRUST, 0),
            Role.ACCOUNTANT,
        )
    if newest and newest.difference:
        text = N_("the count of {day} was {fen} apart from the books")
        yield Concern(
            subject,
            words(text, day=newest.day, fen=Fen(newest.difference)),
            Urgency.LATE,
            Target(TRUST, 0),
            Role.ACCOUNTANT,
        )
    due = newest.day + COUNT_EVERY if newest else day
    if cash > 0 and due <= day:
        text = N_("{fen} in the till, counted by two")
        yield Task(
            due,
            words(N_("Count the trust money")),
            words(text, fen=Fen(cash)),
            words(N_("Count it")),
            Target(TRUST, 0),
        )


def _of_who_left(session: Session, day: date) -> Iterator[Concern]:
    kept = all_kept_in(session)
    here = (
        select(StayRow.resident_id)
        .where(StayRow.discharged_on.is_(None) | (StayRow.discharged_on > day))
        .scalar_subquery()
    )
    query = select(ResidentRow.id, ResidentRow.name).where(
        ResidentRow.id.in_(kept), ResidentRow.id.not_in(here)
    )
    left = dict(session.execute(query).all())
    if left:
        text = N_("{fen} is still kept for {names}, who left")
        total = Fen(sum(kept[each] for each in left))
        yield Concern(
            words(N_("Trust money")),
            words(text, fen=total, names=some_of(tuple(left.values()))),
            Urgency.LATE,
            Target(TRUST, next(iter(left))),
            Role.ACCOUNTANT,
            count=len(left),
        )

"""What bills ask for on a day: a month to post, money that is owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.billing import BillRow, BillRunRow, PaymentShareRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.i18n import N_
from carehome.rules.periods import months_after
from carehome.rules.rights import Role
from carehome.rules.today import (
    Concern,
    Fen,
    Figure,
    Month,
    Target,
    Task,
    Urgency,
    words,
)
from carehome.services.open_bills import open_bills_in, rules_in

ARREARS, MONTH_END, PAY = "arrears", "month_end", "pay"  # targets
POST_BY = 5  # the day by which the month before is posted (ours)
LATE_MONTHS = 2  # a bill open for so long is no oversight any more (ours)


@dataclass(frozen=True, slots=True)
class Owed:
    """What one resident owes, since when at the longest, and of which month."""

    resident_id: int
    fen: int
    due_since: date
    oldest: date


def owed_in(session: Session, day: date) -> list[Owed]:
    """List who owes something that ought to be paid by `day`."""
    found = []
    for resident_id, bills in open_bills_in(session, rules_in(session).due).items():
        due = [bill for bill in bills if bill.due_on <= day]
        if due:
            since = min(bill.due_on for bill in due)
            oldest = min(bill.month for bill in due)
            fen = sum(bill.fen for bill in due)
            found.append(Owed(resident_id, fen, since, oldest))
    return found


def figures_in(session: Session, owed: list[Owed]) -> Iterator[Figure]:
    """Yield what the month posted last comes to, and how much of it has come in."""
    run = session.scalar(
        select(BillRunRow)
        .where(BillRunRow.departure_id.is_(None))
        .order_by(BillRunRow.month.desc())
        .limit(1)
    )
    if run is None:
        return
    paid = session.scalar(
        select(func.sum(PaymentShareRow.fen))
        .join(BillRow, BillRow.id == PaymentShareRow.bill_id)
        .where(BillRow.run_id == run.id)
    )
    due = session.scalar(
        select(func.sum(BillRow.total_fen)).where(
            BillRow.run_id == run.id, BillRow.total_fen > 0
        )
    )
    share = words(N_("{share} received"), share=Fraction(paid or 0, due or 1))
    text = N_("{count} in arrears with {fen}")
    arrears = words(text, count=len(owed), fen=Fen(sum(each.fen for each in owed)))
    yield Figure(
        words(N_("Billed for {month}"), month=Month.of(run.month)),
        Fen(run.total_fen),
        note=words(N_("{count} {count:bill|bills}"), count=run.bills),
        below=words(N_("{received} · {arrears}"), received=share, arrears=arrears)
        if owed
        else share,
        target=Target(ARREARS),
    )


def concerns_in(session: Session, owed: list[Owed], day: date) -> Iterator[Concern]:
    """Yield who owes, in one line for all."""
    if not owed:
        return
    oldest = min(each.due_since for each in owed)
    late = oldest <= months_after(day.replace(day=1), -LATE_MONTHS + 1)
    total = Fen(sum(each.fen for each in owed))
    since = Month.of(min(each.oldest for each in owed))
    if len(owed) == 1:
        one = owed[0]
        name = session.get_one(ResidentRow, one.resident_id).name
        text = N_("{name} owes {fen}, since the bill of {month}")
        told = words(text, name=name, fen=total, month=since)
        target = Target(PAY, one.resident_id)
    else:
        text = N_("{count} residents owe {fen}, the oldest bill is of {month}")
        told = words(text, count=len(owed), fen=total, month=since)
        target = Target(ARREARS)
    urgency = Urgency.LATE if late else Urgency.SOON
    subject, count = words(N_("Arrears")), len(owed)
    yield Concern(subject, told, urgency, target, Role.ACCOUNTANT, oldest, count)


def month_ends_in(session: Session, day: date) -> Iterator[Task]:
    """Yield the oldest month that is over and not posted yet."""
    this_month = day.replace(day=1)
    last = months_after(this_month, -1)
    posted = session.scalar(
        select(func.max(BillRunRow.month)).where(BillRunRow.departure_id.is_(None))
    )
    month = months_after(posted, 1) if posted else last
    if month > last or (posted is None and not _had_residents(session, month)):
        return
    yield Task(
        months_after(month, 1).replace(day=POST_BY),
        words(N_("Month end")),
        words(N_("The bills of {month} are not posted yet"), month=Month.of(month)),
        words(N_("Settle the month")),
        Target(MONTH_END),
    )


def _had_residents(session: Session, month: date) -> bool:
    """Say whether the program was in use in a month and somebody lived here then."""
    end = months_after(month, 1)
    began = session.scalar(select(func.min(AccountRow.created_on)))
    stays = select(StayRow.id).where(
        StayRow.admitted_on < end,
        or_(StayRow.discharged_on.is_(None), StayRow.discharged_on >= month),
    )
    return (
        began is not None and began < end and session.scalar(stays.limit(1)) is not None
    )

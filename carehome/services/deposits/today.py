"""What deposits ask for on a day: what is too much, not banked, without papers."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.db.residents import ResidentRow
from carehome.i18n import N_
from carehome.rules.deposits import BANKED_WITHIN
from carehome.rules.rights import Role
from carehome.rules.rulepacks import RulePack
from carehome.rules.today import (
    Concern,
    Fen,
    Figure,
    Target,
    Task,
    Text,
    Urgency,
    words,
)
from carehome.services.deposits.standings import OverHeldDeposit

DEPOSIT, DEPOSITS = "deposit", "deposits"  # targets: somebody's, a list of some
CAP_TEXTS = {
    "monthly_service_fee": N_("at most {times} monthly fees"),
    "monthly_bed_fee": N_("at most {times} bed fees"),
}

OVER_TEXTS = {
    (True, Urgency.SOON): N_("{name}: {fen} above the cap, give it back by {day}"),
    (True, Urgency.LATE): N_("{name}: {fen} above the cap, late since {day}"),
    (False, Urgency.SOON): N_("{count} deposits: {fen} above the cap, back by {day}"),
    (False, Urgency.LATE): N_(
        "{count} deposits: {fen} above the cap, late since {day}"
    ),
}


def figures_in(
    session: Session, pack: RulePack, over: Sequence[OverHeldDeposit], day: date
) -> Iterator[Figure]:
    """Yield what is held for all, and how much of it has to go back."""
    held: dict[int, int] = {}
    for row in session.scalars(select(DepositEntryRow).where(~DepositEntryRow.is_void)):
        fen = row.fen if row.kind in INWARD else -row.fen
        held[row.resident_id] = held.get(row.resident_id, 0) + fen
    if not held:
        return
    cap = pack.deposit
    below: Text = words(
        N_("held for {count} {count:resident|residents}"),
        count=sum(map(bool, held.values())),
    )
    if over:
        text = N_("{count} over the cap by {fen} · back by {day}")
        excess = Fen(sum(each.standing.excess for each in over))
        below = words(text, count=len(over), fen=excess, day=over[0].refund_by)
    yield Figure(
        words(N_("Deposits held")),
        Fen(sum(held.values())),
        note=words(CAP_TEXTS[cap.base], times=cap.times) if cap else "",
        below=below,
        urgency=_urgency(over[0].refund_by, day) if over else None,
        target=Target(DEPOSITS, "over" if over else "all"),
    )


def over_held(over: Sequence[OverHeldDeposit], day: date) -> Iterator[Concern]:
    """Yield what is held above the cap, in one line for all."""
    if not over:
        return
    first = over[0]
    urgency, due = _urgency(first.refund_by, day), first.refund_by
    is_one = len(over) == 1
    text = OVER_TEXTS[is_one, urgency]
    target = (
        Target(DEPOSIT, first.standing.resident_id)
        if is_one
        else Target(DEPOSITS, "over")
    )
    told = words(
        text,
        name=first.standing.resident,
        count=len(over),
        fen=Fen(sum(each.standing.excess for each in over)),
        day=first.refund_by,
    )
    subject, count = words(N_("Deposit")), len(over)
    yield Concern(subject, told, urgency, target, Role.ACCOUNTANT, due, count)


def papers_in(session: Session, day: date) -> Iterator[Concern]:
    """Yield the uses in an emergency whose papers are still to be handed in."""
    query = (
        select(
            DepositEntryRow.resident_id, DepositEntryRow.papers_due, ResidentRow.name
        )
        .join(ResidentRow, ResidentRow.id == DepositEntryRow.resident_id)
        .where(
            DepositEntryRow.papers_due.is_not(None),
            DepositEntryRow.paper == "",
            ~DepositEntryRow.is_void,
        )
        .order_by(DepositEntryRow.papers_due)
    )
    for resident_id, due, name in session.execute(query):
        text = N_("{name}: the papers of the emergency are due by {day}")
        told = words(text, name=name, day=due)
        subject, target = words(N_("Deposit")), Target(DEPOSIT, resident_id)
        yield Concern(subject, told, _urgency(due, day), target, Role.ACCOUNTANT, due)


def to_bank_in(session: Session) -> Iterator[Task]:
    """Yield what came in and is not in the dedicated account yet."""
    query = select(DepositEntryRow).where(
        DepositEntryRow.kind == "in",
        DepositEntryRow.banked_on.is_(None),
        ~DepositEntryRow.is_void,
    )
    rows = session.scalars(query).all()
    if rows:
        total = Fen(sum(row.fen for row in rows))
        text = N_("{count} {count:deposit|deposits} of {fen} not in the bank yet")
        yield Task(
            min(row.day for row in rows) + BANKED_WITHIN,
            words(N_("Bank deposits")),
            words(text, count=len(rows), fen=total),
            words(N_("Note as banked")),
            Target(DEPOSITS, "bank"),
            count=len(rows),
        )


def _urgency(due: date | None, day: date) -> Urgency:
    return Urgency.LATE if due and due < day else Urgency.SOON

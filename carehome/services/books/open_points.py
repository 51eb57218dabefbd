"""What of a month is still open at the bank, in the tills and towards people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow, BankLineRow
from carehome.db.books import DayCloseRow, TillHandoverRow
from carehome.db.departures import DepartureRow, PayoutRow, SettlementRow
from carehome.db.deposits import DepositEntryRow
from carehome.db.refunds import RefundRow
from carehome.db.residents import StayRow
from carehome.rules import deposit_account
from carehome.rules.bank.accounts import CODES
from carehome.rules.bank.reconciling import Movement, reconcile
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.closing import Check, CheckKind
from carehome.rules.ledger.entry import Entry, Kind
from carehome.rules.periods import DAY
from carehome.services.bank.books import deed_of, lines_in
from carehome.services.deposits.account import pieces_in
from carehome.services.ledger.entries import local_day

# What leaves a till when it is noted, whatever the day of the entry; what a count
# finds is in the sum that was counted.
_BY_MOMENT = frozenset({Kind.BANKED, Kind.HANDED, Kind.COUNTED})


def days_not_closed_in(
    session: Session, entries: Iterable[Entry], month: date, end: date
) -> int:
    """Count whose days with cash in a month are within no count that holds."""
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    first = DayCloseRow.sheet["first"].as_string()
    query = select(DayCloseRow.account_id, first, DayCloseRow.day).where(
        DayCloseRow.reopened_at.is_(None), DayCloseRow.day >= month
    )
    for by, begun, last in session.execute(query):
        spans[by].append((date.fromisoformat(begun) if begun else last, last))
    took = {
        (entry.by, entry.day)
        for entry in entries
        if entry.by
        and entry.kind not in _BY_MOMENT
        and month <= entry.day < end
        and any(line.account is Code.CASH for line in entry.lines)
    }
    return sum(
        not any(start <= day <= last for start, last in spans[by]) for by, day in took
    )


def statements_short_in(session: Session, month: date, day: date) -> Check:
    """Count the accounts in use whose lines do not reach the month's last day.

    While the month runs, its lines are not asked for, but those before it are.
    """
    is_over = (day + DAY).month != month.month
    needed = day if is_over else month - DAY
    last = (
        select(func.max(BankLineRow.day))
        .where(BankLineRow.bank_account_id == BankAccountRow.id)
        .scalar_subquery()
    )
    query = select(func.count()).where(
        BankAccountRow.is_active, last.is_(None) | (last < needed)
    )
    return Check(CheckKind.STATEMENTS_SHORT, session.scalar(query) or 0)


def uneven_in(session: Session, entries: Sequence[Entry], day: date) -> Check:
    """Tell how many accounts in use differ between books and bank, and by how much."""
    rows = session.scalars(select(BankAccountRow).where(BankAccountRow.is_active)).all()
    codes = {CODES[row.purpose] for row in rows}
    moved: dict[Code, list[Movement]] = defaultdict(list)
    for entry in entries:
        for line in entry.lines:
            if line.account in codes:
                what = Movement(deed_of(entry), entry.day, line.fen)
                moved[line.account].append(what)
    found = [
        reconcile(
            day,
            moved[CODES[row.purpose]],
            lines_in(session, row.id),
            row.purpose == "operating",
        )
        for row in rows
    ]
    apart = [abs(each.difference_fen) for each in found if each and not each.is_even]
    return Check(CheckKind.UNEVEN, len(apart), sum(apart))


def to_draw_in(session: Session, day: date) -> Check:
    """Tell what was paid out of deposits and not drawn from their account by a day."""
    waiting = deposit_account.between(pieces_in(session), day).to_draw
    fen = sum(piece.fen for piece in waiting)
    return Check(CheckKind.TO_DRAW, len(waiting), fen)


def refunds_due_in(session: Session, end: date) -> Check:
    """Tell what was approved before a day (excluded) and not paid out by then."""
    query = (
        select(
            RefundRow.decided_at,
            RefundRow.fen,
            func.coalesce(PayoutRow.day, DepositEntryRow.day),
        )
        .outerjoin(PayoutRow, PayoutRow.id == RefundRow.payout_id)
        .outerjoin(DepositEntryRow, DepositEntryRow.id == RefundRow.deposit_entry_id)
        .where(RefundRow.state.in_(("approved", "paid")))
    )
    due = [
        fen
        for decided_at, fen, paid_on in session.execute(query)
        if decided_at and local_day(decided_at) < end
        if paid_on is None or paid_on >= end
    ]
    return Check(CheckKind.REFUNDS_DUE, len(due), sum(due))


def unsettled_in(session: Session, end: date) -> Check:
    """Count who left before a day (excluded) and was not settled by then."""
    query = (
        select(func.count(DepartureRow.id))
        .join(StayRow, StayRow.id == DepartureRow.stay_id)
        .outerjoin(SettlementRow, SettlementRow.departure_id == DepartureRow.id)
        .where(
            DepartureRow.cancelled_on.is_(None),
            StayRow.discharged_on < end,
            SettlementRow.made_on.is_(None) | (SettlementRow.made_on >= end),
        )
    )
    return Check(CheckKind.UNSETTLED, session.scalar(query) or 0)


def cash_below_in(session: Session, entries: Sequence[Entry], day: date) -> Check:
    """Tell which tills hold less than nothing by the books on a day."""
    tills = [*_tills_in(session, entries, day).values()]
    tills.append(_trust_till(entries, day))
    below = [-fen for fen in tills if fen < 0]
    return Check(CheckKind.CASH_BELOW, len(below), sum(below))


def _trust_till(entries: Iterable[Entry], day: date) -> int:
    return sum(
        line.fen
        for entry in entries
        if entry.day <= day
        for line in entry.lines
        if line.account is Code.TRUST_CASH
    )


def _tills_in(session: Session, entries: Iterable[Entry], day: date) -> dict[int, int]:
    """Return what each person's till should hold on a day, from their last count on."""
    query = (
        select(DayCloseRow)
        .where(DayCloseRow.reopened_at.is_(None), DayCloseRow.day <= day)
        .order_by(DayCloseRow.day)
    )
    counts = {row.account_id: row for row in session.scalars(query)}
    tills: dict[int, int] = defaultdict(int)
    tills.update({by: row.counted_fen for by, row in counts.items()})
    for entry in entries:
        by = entry.by
        if not by or entry.kind in _BY_MOMENT or entry.day > day:
            continue
        if by not in counts or entry.day > counts[by].day:
            tills[by] += sum(x.fen for x in entry.lines if x.account is Code.CASH)
    for row in session.scalars(
        select(TillHandoverRow).where(TillHandoverRow.voided_at.is_(None))
    ):
        for who, fen in ((row.given_by, -row.fen), (row.taken_by, row.fen)):
            if who is not None and _is_after(row.given_at, counts.get(who), day):
                tills[who] += fen
    banked = select(
        DepositEntryRow.banked_by, DepositEntryRow.banked_at, DepositEntryRow.fen
    ).where(
        DepositEntryRow.method == "cash",
        DepositEntryRow.banked_at.is_not(None),
        ~DepositEntryRow.is_void,
    )
    for who, at, fen in session.execute(banked):
        if at and who and _is_after(at, counts.get(who), day):
            tills[who] -= fen
    return tills


def _is_after(at: datetime, count: DayCloseRow | None, day: date) -> bool:
    """Say whether cash changed hands up to a day, and after somebody's count."""
    noted = local_day(at)
    is_counted = count and at <= count.closed_at and noted <= count.day
    return noted <= day and not is_counted

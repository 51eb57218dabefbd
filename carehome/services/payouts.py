"""Prepaid money that is paid back out: from which payments and credits it comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.billing import BillRow, PaymentRow, PaymentShareRow
from carehome.db.departures import PayoutRow, PayoutShareRow
from carehome.services.payments import ResidentAccount, account_in


@dataclass(frozen=True, slots=True)
class Source:
    """A payment, or a bill's credit, that holds money which no bill needs."""

    payment_id: int | None
    credit_bill_id: int | None
    fen: int
    method: str = ""


@dataclass(frozen=True, slots=True)
class MoneyOut:
    """How money goes out; `by` are the accounts of who pays and of who approved."""

    day: date
    method: str
    payee: str
    paper: str
    by: tuple[int, int]


def sources_of(account: ResidentAccount) -> list[Source]:
    """Return where the prepaid money of a resident lies, the oldest first."""
    credits = [Source(None, b.bill_id, -b.open) for b in account.bills if b.open < 0]
    paid = [
        Source(each.payment_id, None, each.unspent, each.method)
        for each in account.payments
        if each.unspent
    ]
    return [*credits, *paid]


def pay_out_in(
    session: Session,
    resident_id: int,
    day: date,
    method: str,
    payee: str,
    paper: str,
    by: tuple[int, int],
) -> PayoutRow | None:
    """Pay the whole prepaid balance of a resident back; None where there is none."""
    sources = sources_of(account_in(session, resident_id))
    if not sources:
        return None
    out = MoneyOut(day, method, payee, paper, by)
    return _pay_in(session, resident_id, sources, out)


def pay_part_in(
    session: Session, resident_id: int, fen: int, out: MoneyOut
) -> PayoutRow:
    """Pay a part of the prepaid balance back, first what came the same way."""
    sources = sources_of(account_in(session, resident_id))
    sources.sort(key=lambda each: each.method != out.method)
    return _pay_in(session, resident_id, _up_to(sources, fen), out)


def pay_back_in(
    session: Session, payment_id: int, fen: int, out: MoneyOut
) -> PayoutRow:
    """Pay a payment back, or a part of it; what it had settled is open again."""
    payment = session.get_one(PaymentRow, payment_id)
    free_in(session, payment, fen)
    source = Source(payment_id, None, fen)
    return _pay_in(session, payment.resident_id, [source], out)


def free_in(session: Session, payment: PaymentRow, fen: int) -> None:
    """Let bills go without so much of a payment, the newest bill first."""
    account = account_in(session, payment.resident_id)
    unspent = {each.payment_id: each.unspent for each in account.payments}
    missing = fen - unspent[payment.id]
    shares = session.scalars(
        select(PaymentShareRow)
        .join(BillRow, BillRow.id == PaymentShareRow.bill_id)
        .where(PaymentShareRow.payment_id == payment.id)
        .order_by(BillRow.month.desc(), PaymentShareRow.id.desc())
    ).all()
    for share in shares:
        if missing <= 0:
            break
        session.delete(share)
        session.flush()
        kept = max(share.fen - missing, 0)
        missing -= share.fen - kept
        if kept:
            rest = PaymentShareRow(
                bill_id=share.bill_id, payment_id=payment.id, fen=kept
            )
            session.add(rest)
    session.flush()


def _up_to(sources: Iterable[Source], fen: int) -> list[Source]:
    taken = []
    for each in sources:
        part = min(each.fen, fen)
        if part:
            taken.append(Source(each.payment_id, each.credit_bill_id, part))
            fen -= part
    return taken


def _pay_in(
    session: Session, resident_id: int, sources: list[Source], out: MoneyOut
) -> PayoutRow:
    """Store a payout; the database seals it with its shares: they are written first."""
    newest = [
        session.scalar(select(func.max(column))) or 0
        for column in (PayoutShareRow.payout_id, PayoutRow.id)
    ]
    payout_id = max(newest) + 1
    session.add_all(
        PayoutShareRow(
            payout_id=payout_id,
            payment_id=each.payment_id,
            credit_bill_id=each.credit_bill_id,
            fen=each.fen,
        )
        for each in sources
    )
    session.flush()
    row = PayoutRow(
        id=payout_id,
        resident_id=resident_id,
        day=out.day,
        fen=sum(each.fen for each in sources),
        method=out.method,
        payee=out.payee.strip(),
        paper=out.paper.strip(),
        taken_by=out.by[0],
        approved_by=out.by[1],
    )
    session.add(row)
    session.flush()
    return row

"""Prepaid money that is paid back out: from which payments and credits it comes."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.departures import PayoutRow, PayoutShareRow
from carehome.services.payments import account_in


def pay_out_in(
    session: Session,
    resident_id: int,
    day: date,
    method: str,
    payee: str,
    paper: str,
    by: tuple[int, int],
) -> PayoutRow | None:
    """Pay the whole prepaid balance of a resident back; None where there is none.

    `by` are the accounts of who pays and of who approves. The database seals the
    payout with its shares: they are written first.
    """
    account = account_in(session, resident_id)
    payout_id = (session.scalar(select(func.max(PayoutShareRow.payout_id))) or 0) + 1
    payout_id = max(
        payout_id, (session.scalar(select(func.max(PayoutRow.id))) or 0) + 1
    )
    shares = [
        PayoutShareRow(payout_id=payout_id, credit_bill_id=bill.bill_id, fen=-bill.open)
        for bill in account.bills
        if bill.open < 0
    ]
    shares += [
        PayoutShareRow(
            payout_id=payout_id, payment_id=each.payment_id, fen=each.unspent
        )
        for each in account.payments
        if each.unspent
    ]
    if not shares:
        return None
    session.add_all(shares)
    session.flush()
    row = PayoutRow(
        id=payout_id,
        resident_id=resident_id,
        day=day,
        fen=sum(share.fen for share in shares),
        method=method,
        payee=payee.strip(),
        paper=paper.strip(),
        taken_by=by[0],
        approved_by=by[1],
    )
    session.add(row)
    session.flush()
    return row

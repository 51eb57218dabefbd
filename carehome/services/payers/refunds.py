"""Money of payers one by one: what came, what of it is free, what went back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import ReceiptRow
from carehome.db.payers import PayerPaymentRow, PayerRefundRow
from carehome.rules import numbers
from carehome.rules.payers.refunds import Backward, check_back
from carehome.services.payers.receivables import unspent_in


@dataclass(frozen=True, slots=True)
class PayerMoney:
    """Money of a payer that came, or (below 0) that went back to it.

    `payment_id` is the payment that it is of; `free` is what no month has needed.
    """

    payment_id: int
    refund_id: int | None
    receipt_id: int | None
    day: date
    method: str
    number: str
    fen: int
    free: int
    note: str
    is_void: bool

    @property
    def key(self) -> tuple[int, int]:
        """What tells it apart from all other money of payers."""
        return self.payment_id, self.refund_id or 0


def money_in(session: Session, payer_id: int) -> list[PayerMoney]:
    """List a payer's money within another deed, the newest first."""
    free = unspent_in(session, payer_id)
    came = (
        select(PayerPaymentRow, ReceiptRow)
        .join(ReceiptRow, ReceiptRow.payer_payment_id == PayerPaymentRow.id)
        .where(PayerPaymentRow.payer_id == payer_id)
    )
    found = [
        PayerMoney(
            row.id,
            None,
            receipt.id,
            row.received_on,
            row.method,
            numbers.write(receipt.year, receipt.number),
            row.fen,
            free.get(row.id, 0),
            row.note,
            row.is_void,
        )
        for row, receipt in session.execute(came)
    ]
    went = (
        select(PayerRefundRow)
        .join(PayerPaymentRow, PayerPaymentRow.id == PayerRefundRow.payer_payment_id)
        .where(PayerPaymentRow.payer_id == payer_id)
    )
    found += [
        PayerMoney(
            row.payer_payment_id,
            row.id,
            None,
            row.day,
            row.method,
            row.paper,
            -row.fen,
            0,
            row.reason,
            row.voided_at is not None,
        )
        for row in session.scalars(went)
    ]
    return sorted(found, key=lambda each: (each.day, each.key), reverse=True)


def give_back_in(
    session: Session, payment_id: int, back: Backward, by: tuple[int, int]
) -> int:
    """Give free money of a payment back within another deed; return its number.

    `by` are the accounts of who gives it and of who approved.
    """
    payment = session.get_one(PayerPaymentRow, payment_id)
    free = unspent_in(session, payment.payer_id).get(payment_id, 0)
    check_back(back, free, payment.received_on)
    row = PayerRefundRow(
        payer_payment_id=payment_id,
        day=back.day,
        method=back.method,
        fen=back.fen,
        payee=back.payee.strip(),
        paper=back.paper.strip(),
        reason=back.reason.strip(),
        taken_by=by[0],
        approved_by=by[1],
        void_reason="",
    )
    session.add(row)
    session.flush()
    return row.id

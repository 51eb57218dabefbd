"""What can be given back to a resident's family, and which way it came."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import FROM_DEPOSIT, PaymentRow, ReceiptRow
from carehome.db.departures import PayoutShareRow
from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.db.refunds import RefundRow
from carehome.i18n import _
from carehome.rules import numbers
from carehome.rules.refunds import (
    AskedRefund,
    NotToBeRefunded,
    RefundKind,
    RefundWaits,
    check_asked,
)
from carehome.services.held import held_in
from carehome.services.payments import account_in
from carehome.services.payouts import sources_of
from carehome.services.receipts import METHOD_NAMES


@dataclass(frozen=True, slots=True)
class PaymentBack:
    """A payment and how much of it can still be given back."""

    payment_id: int
    receipt: str
    day: date
    method: str
    payer: str
    fen: int


@dataclass(frozen=True, slots=True)
class Refundable:
    """What can be given back of each kind, less what waits already, in fen.

    The ways are those in which the money came, by what came so; a credit came in none.
    """

    resident_id: int
    prepaid: int
    deposit: int
    payments: tuple[PaymentBack, ...]
    prepaid_ways: Mapping[str, int]
    deposit_ways: Mapping[str, int]

    def most(self, kind: RefundKind, payment_id: int | None = None) -> int:
        """Return how much can be given back."""
        if kind is RefundKind.PREPAID:
            return self.prepaid
        if kind is RefundKind.DEPOSIT:
            return self.deposit
        return sum(p.fen for p in self.payments if p.payment_id == payment_id)

    def ways(self, kind: RefundKind, payment_id: int | None = None) -> tuple[str, ...]:
        """Return the ways in which the money came."""
        if kind is RefundKind.PREPAID:
            return tuple(self.prepaid_ways)
        if kind is RefundKind.DEPOSIT:
            return tuple(self.deposit_ways)
        return tuple(p.method for p in self.payments if p.payment_id == payment_id)


def refundable_in(session: Session, resident_id: int) -> Refundable:
    """Return what can be given back to one family, within another deed."""
    account = account_in(session, resident_id)
    waiting = _waiting_in(session, resident_id)
    prepaid = account.prepaid - account.owed - waiting[RefundKind.PREPAID]
    deposit = held_in(session, resident_id) - waiting[RefundKind.DEPOSIT]
    ways: dict[str, int] = defaultdict(int)
    for source in sources_of(account):
        if source.method and source.method != FROM_DEPOSIT:
            ways[source.method] += source.fen
    return Refundable(
        resident_id,
        max(prepaid, 0),
        max(deposit, 0),
        _payments_in(session, resident_id),
        ways,
        _deposit_ways_in(session, resident_id),
    )


def check_in(session: Session, asked: AskedRefund) -> None:
    """Raise what speaks against asking for a refund."""
    kind = RefundKind(asked.kind)
    found = refundable_in(session, asked.resident_id)
    if kind is RefundKind.PAYMENT:
        _check_payment(session, found, asked.payment_id)
    ways = found.ways(kind, asked.payment_id)
    names = {code: _(METHOD_NAMES[code]) for code in ways}
    check_asked(asked, found.most(kind, asked.payment_id), names)


def _check_payment(session: Session, found: Refundable, payment_id: int | None) -> None:
    open_ones = select(RefundRow.id).where(
        RefundRow.payment_id == payment_id, RefundRow.state.in_(("asked", "approved"))
    )
    if session.scalar(open_ones) is not None:
        raise RefundWaits
    if payment_id not in {each.payment_id for each in found.payments}:
        raise NotToBeRefunded


def _waiting_in(session: Session, resident_id: int) -> dict[str, int]:
    """Add up what is asked for or approved already, by kind."""
    rows = session.scalars(
        select(RefundRow).where(
            RefundRow.resident_id == resident_id,
            RefundRow.state.in_(("asked", "approved")),
        )
    )
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row.kind] += row.fen
    return found


def _payments_in(session: Session, resident_id: int) -> tuple[PaymentBack, ...]:
    """List the payments of which something can be given back, the newest first."""
    out: dict[int | None, int] = defaultdict(int)
    shares = select(PayoutShareRow.payment_id, PayoutShareRow.fen)
    mine = select(PaymentRow.id).where(PaymentRow.resident_id == resident_id)
    for payment_id, fen in session.execute(
        shares.where(PayoutShareRow.payment_id.in_(mine))
    ):
        out[payment_id] += fen
    rows = session.execute(
        select(PaymentRow, ReceiptRow)
        .join(ReceiptRow, ReceiptRow.payment_id == PaymentRow.id)
        .where(
            PaymentRow.resident_id == resident_id,
            ~PaymentRow.is_void,
            PaymentRow.method != FROM_DEPOSIT,
        )
        .order_by(PaymentRow.received_on.desc(), PaymentRow.id.desc())
    )
    return tuple(
        PaymentBack(
            row.id,
            numbers.write(receipt.year, receipt.number),
            row.received_on,
            row.method,
            row.payer_name,
            row.fen - out[row.id],
        )
        for row, receipt in rows
        if row.fen > out[row.id]
    )


def _deposit_ways_in(session: Session, resident_id: int) -> dict[str, int]:
    rows = session.execute(
        select(DepositEntryRow.method, DepositEntryRow.fen).where(
            DepositEntryRow.resident_id == resident_id,
            DepositEntryRow.kind.in_(INWARD),
            DepositEntryRow.method != "none",
            ~DepositEntryRow.is_void,
        )
    )
    ways: dict[str, int] = defaultdict(int)
    for method, fen in rows:
        ways[method] += fen
    return ways

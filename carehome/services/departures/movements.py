"""What moved for somebody who leaves: line by line, with who paid and on what paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, func, select, type_coerce
from sqlalchemy.orm import Session

from carehome.db.billing import (
    FROM_DEPOSIT,
    BillLineRow,
    BillRow,
    PaymentRow,
    ReceiptRow,
)
from carehome.db.departures import PayoutRow
from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.i18n import _, say_month, speaking
from carehome.rules import numbers
from carehome.rules.deposits import KIND_NAMES as DEPOSIT_NAMES
from carehome.services.receipts import METHOD_NAMES
from carehome.services.trust.entries import entries_in as trust_entries_in

CATEGORY = 3  # its place in the detail of a bill line; other payers' lines have none


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of the settlement sheet; what the home gets is above nothing.

    `book` says what moved: a bill, a payment, the deposit.
    """

    day: date
    book: str
    text: str
    fen: int


@dataclass(frozen=True, slots=True)
class BillParts:
    """What all that was billed is made of: fees, corrections, what others bear."""

    fees: int
    corrections: int
    payers: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """Money handed over with a settlement: what for, how much, how, to whom."""

    number: str
    what: str
    fen: int
    method: str
    payee: str


@speaking()
def movements_in(session: Session, resident_id: int) -> list[Movement]:
    """List all that moved for a resident, the oldest first, in the home's words."""
    found = [
        Movement(bill.month, "bill", _fees(bill), bill.total_fen)
        for bill in session.scalars(_of(BillRow, resident_id))
    ]
    paid_in = session.scalars(_of(PaymentRow, resident_id)).all()
    numbered = _receipts_in(session, ReceiptRow.payment_id, [x.id for x in paid_in])
    for paid in paid_in:
        if not paid.is_void:
            book = "set_off" if paid.method == FROM_DEPOSIT else "payment"
            way = _paid_by(_(METHOD_NAMES[paid.method]), numbered.get(paid.id))
            found.append(Movement(paid.received_on, book, way, -paid.fen))
    for out in session.scalars(_of(PayoutRow, resident_id)):
        if not out.is_void:
            text = _("Prepaid fees paid back: {way}")
            way = _(METHOD_NAMES[out.method])
            found.append(Movement(out.day, "payout", text.format(way=way), out.fen))
    for moved in session.scalars(_of(DepositEntryRow, resident_id)):
        if not moved.is_void and moved.kind != "set_off":
            found.append(_deposit(moved))
    return sorted(found, key=lambda each: each.day)


def _receipts_in(
    session: Session, source: Any, deeds: Iterable[int]
) -> dict[int, ReceiptRow]:
    """Return the receipts of some deeds, by the number of the deed."""
    query = select(ReceiptRow).where(source.in_(list(deeds)))
    return {getattr(row, source.key): row for row in session.scalars(query)}


def _paid_by(way: str, receipt: ReceiptRow | None) -> str:
    """Say who paid in which way, and on which receipt."""
    if receipt is None:
        return way
    text = _("{way}, {payer}, receipt {number}")
    number = numbers.write(receipt.year, receipt.number)
    return text.format(way=way, payer=receipt.text["payer"], number=number)


def _of(kind: Any, resident_id: int) -> Any:
    return select(kind).where(kind.resident_id == resident_id).order_by(kind.id)


def _fees(bill: BillRow) -> str:
    text = _("Bill {number} for {month}")
    number = f"{bill.year}-{bill.number:06d}"
    return text.format(number=number, month=say_month(bill.month))


def _deposit(row: DepositEntryRow) -> Movement:
    name = _(DEPOSIT_NAMES[row.kind])  # type: ignore[index]  # the table checks it
    text = _("Deposit: {movement}").format(movement=name)
    if row.kind not in (*INWARD, "refund") and row.purpose:
        text = _("{movement} ({purpose})").format(movement=text, purpose=row.purpose)
    fen = -row.fen if row.kind in INWARD else row.fen
    return Movement(row.day, "deposit", text, fen)


def parts_in(session: Session, resident_id: int) -> BillParts:
    """Return what all bills of a resident are made of."""
    category = type_coerce(BillLineRow.detail, JSON)[CATEGORY].as_string()
    query = (
        select(BillLineRow.kind, category, func.sum(BillLineRow.amount_fen))
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .where(BillRow.resident_id == resident_id)
        .group_by(BillLineRow.kind, category)
    )
    fees = corrections = payers = 0
    for kind, of, fen in session.execute(query):
        if not of:
            payers += fen
        elif kind == "adjustment":
            corrections += fen
        else:
            fees += fen
    return BillParts(fees, corrections, payers)


@speaking()
def vouchers_in(session: Session, resident_id: int, day: date) -> list[Voucher]:
    """Return what is handed over with a settlement that is made on a day."""
    found = []
    kinds = (
        (DepositEntryRow, ReceiptRow.deposit_entry_id),
        (PayoutRow, ReceiptRow.payout_id),
    )
    for kind, source in kinds:
        rows = {
            row.id: row
            for row in session.scalars(_of(kind, resident_id))
            if row.day == day and not row.is_void and _goes_out(row)
        }
        for number, receipt in _receipts_in(session, source, rows).items():
            row, text = rows[number], receipt.text
            label = numbers.write(receipt.year, receipt.number)
            what, way = text["lines"][0][0], _(METHOD_NAMES[row.method])
            found.append(Voucher(label, what, row.fen, way, text["payer"]))
    for entry in trust_entries_in(session, resident_id):
        if entry.fen < 0 and entry.day == day and entry.voided_at is None:
            way, what = _(METHOD_NAMES[entry.method]), _("Trust money")
            found.append(Voucher(entry.paper, what, -entry.fen, way, entry.other_name))
    return found


def _goes_out(row: DepositEntryRow | PayoutRow) -> bool:
    return isinstance(row, PayoutRow) or row.kind == "refund"

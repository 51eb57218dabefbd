"""The entries of the ledger, read from the records of every deed about money."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import JSON, func, select, type_coerce
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow, BankEntryRow
from carehome.db.billing import (
    FROM_DEPOSIT,
    BillLineRow,
    BillRow,
    BillRunRow,
    PaymentRow,
    ReceiptRow,
)
from carehome.db.books import (
    DayCloseRow,
    DonationRow,
    DonationUseRow,
    TillHandoverRow,
    TrustDrawRow,
    TrustEntryRow,
    UtilityBillRow,
)
from carehome.db.departures import PayoutRow
from carehome.db.deposits import DepositDrawRow, DepositEntryRow
from carehome.db.payers import PayerCutRow, PayerPaymentRow, PayerRefundRow
from carehome.rules import numbers
from carehome.rules.bank.accounts import CODES, COUNTERS
from carehome.rules.ledger import deeds
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.booking import booked_on, open_at
from carehome.rules.ledger.deeds import (
    BankDeed,
    Billed,
    Drawn,
    Given,
    Moved,
    OfPayer,
    Part,
    Utility,
    Void,
)
from carehome.rules.ledger.entry import Entry, Kind
from carehome.rules.periods import Period
from carehome.services.closed import closures_in
from carehome.services.ledger.subsidies import subsidies_in

_DEPOSITS = {
    "opening": Kind.OPENING,
    "in": Kind.DEPOSIT,
    "refund": Kind.DEPOSIT_REFUND,
    "emergency": Kind.EMERGENCY,
    "set_off": Kind.SET_OFF,
    "damage": Kind.DAMAGE,
}
_BANK = {
    "charge": Kind.BANK_CHARGE,
    "interest": Kind.BANK_INTEREST,
    "transfer": Kind.BANK_TRANSFER,
}
_CATEGORY = 3  # its place in the detail of a bill line; other payers' lines have none


def entries_in(session: Session, period: Period | None = None) -> list[Entry]:
    """Return all entries in their order, or those of a period."""
    found = [
        *bills_in(session),
        *payments_in(session),
        *payouts_in(session),
        *payers_in(session),
        *payer_refunds_in(session),
        *written_off_in(session),
        *deposits_in(session),
        *draws_in(session),
        *trust_in(session),
        *trust_draws_in(session),
        *donations_in(session),
        *utilities_in(session),
        *handovers_in(session),
        *counts_in(session),
        *bank_entries_in(session),
        *subsidies_in(session),
    ]
    if period is not None:
        found = [entry for entry in found if period.holds(entry.day)]
    return sorted(found, key=lambda each: each.place)


def bills_in(session: Session) -> Iterator[Entry]:
    """Yield the posted bills."""
    parts = _parts(session)
    closed = closures_in(session)
    query = select(
        BillRow.id,
        BillRow.year,
        BillRow.number,
        BillRow.month,
        BillRow.resident_id,
        BillRow.total_fen,
        BillRunRow.posted_at,
    ).join(BillRunRow, BillRunRow.id == BillRow.run_id)
    for bill_id, year, number, month, resident_id, total, at in session.execute(query):
        yield from deeds.of_bill(
            Billed(
                bill_id,
                numbers.write(year, number),
                booked_on(month, local_day(at), at, closed),
                month,
                resident_id,
                tuple(parts[bill_id]),
                total,
            )
        )


def _parts(session: Session) -> dict[int, list[Part]]:
    """Return what each bill charges by category, and what other payers bear."""
    detail = type_coerce(BillLineRow.detail, JSON)
    category = detail[_CATEGORY].as_string()
    borne_by = func.coalesce(BillLineRow.payer_id, 0)
    query = select(
        BillLineRow.bill_id, category, borne_by, func.sum(BillLineRow.amount_fen)
    ).group_by(BillLineRow.bill_id, category, borne_by)
    found: dict[int, list[Part]] = defaultdict(list)
    for bill_id, of, by, fen in session.execute(query):
        found[bill_id].append(Part(of, by, fen))
    return found


def payments_in(session: Session) -> Iterator[Entry]:
    """Yield the payments; a set-off stands with the deposit that it came from."""
    query = (
        select(PaymentRow, ReceiptRow)
        .outerjoin(ReceiptRow, ReceiptRow.payment_id == PaymentRow.id)
        .where(PaymentRow.method != FROM_DEPOSIT)
    )
    for row, receipt in session.execute(query):
        paid = _moved(row, Kind.PAYMENT, row.received_on, row.note, receipt)
        yield from deeds.of_payment(paid)


def payouts_in(session: Session) -> Iterator[Entry]:
    """Yield prepaid money that was paid back out."""
    query = select(PayoutRow, ReceiptRow).outerjoin(
        ReceiptRow, ReceiptRow.payout_id == PayoutRow.id
    )
    for row, receipt in session.execute(query):
        yield from deeds.of_payout(
            _moved(row, Kind.PAYOUT, row.day, row.paper, receipt)
        )


def payers_in(session: Session) -> Iterator[Entry]:
    """Yield what came in from other payers."""
    query = select(PayerPaymentRow, ReceiptRow).outerjoin(
        ReceiptRow, ReceiptRow.payer_payment_id == PayerPaymentRow.id
    )
    for row, receipt in session.execute(query):
        number, void = _told(receipt)
        yield from deeds.of_payer(
            OfPayer(
                row.id,
                Kind.PAYER_PAID,
                number,
                row.received_on,
                row.payer_id,
                row.method,
                row.fen,
                row.note,
                row.taken_by,
                void,
            )
        )


def payer_refunds_in(session: Session) -> Iterator[Entry]:
    """Yield what other payers had paid too much and got back."""
    query = select(PayerRefundRow, PayerPaymentRow.payer_id).join(
        PayerPaymentRow, PayerPaymentRow.id == PayerRefundRow.payer_payment_id
    )
    for row, payer_id in session.execute(query):
        yield from deeds.of_payer(
            OfPayer(
                row.id,
                Kind.PAYER_REFUND,
                row.paper,
                row.day,
                payer_id,
                row.method,
                row.fen,
                row.reason,
                row.taken_by,
                _void(row),
            )
        )


def written_off_in(session: Session) -> Iterator[Entry]:
    """Yield what payers refused and the home bears itself.

    What families bear instead stands on their next bill.
    """
    query = select(PayerCutRow).where(PayerCutRow.kind == "written_off")
    for row in session.scalars(query):
        yield from deeds.of_payer(
            OfPayer(
                row.id,
                Kind.WRITTEN_OFF,
                "",
                row.day,
                row.payer_id,
                "",
                row.fen,
                row.reason,
                row.noted_by,
                _void(row),
            )
        )


def deposits_in(session: Session) -> Iterator[Entry]:
    """Yield all movements of deposits."""
    query = select(DepositEntryRow, ReceiptRow).outerjoin(
        ReceiptRow, ReceiptRow.deposit_entry_id == DepositEntryRow.id
    )
    for row, receipt in session.execute(query):
        moved = _moved(row, _DEPOSITS[row.kind], row.day, row.purpose, receipt)
        yield from deeds.of_deposit(moved, row.banked_on)


def draws_in(session: Session) -> Iterator[Entry]:
    """Yield what was drawn from the dedicated account."""
    for row in session.scalars(select(DepositDrawRow)):
        yield from deeds.of_draw(
            Drawn(
                row.id,
                row.paper,
                row.day,
                row.method,
                row.fen,
                row.taken_by,
                _void(row),
            )
        )


def _moved(
    row: PaymentRow | PayoutRow | DepositEntryRow,
    kind: Kind,
    day: date,
    text: str,
    receipt: ReceiptRow | None,
) -> Moved:
    number, void = _told(receipt)
    return Moved(
        row.id,
        kind,
        number,
        day,
        row.resident_id,
        row.method,
        row.fen,
        text,
        row.taken_by,
        void,
    )


def _told(receipt: ReceiptRow | None) -> tuple[str, Void | None]:
    """Return the number of a receipt, and how it was taken back."""
    if receipt is None:
        return "", None
    void = None
    if receipt.voided_at:
        void = Void(local_day(receipt.voided_at), receipt.void_reason)
    return numbers.write(receipt.year, receipt.number), void


def trust_in(session: Session) -> Iterator[Entry]:
    """Yield the money that is kept for residents."""
    for row in session.scalars(select(TrustEntryRow)):
        kind = Kind.TRUST_IN if row.kind == "in" else Kind.TRUST_OUT
        yield from deeds.of_trust(
            Moved(
                row.id,
                kind,
                row.paper,
                row.day,
                row.resident_id,
                row.method,
                row.fen,
                row.purpose,
                row.taken_by,
                _void(row),
            )
        )


def trust_draws_in(session: Session) -> Iterator[Entry]:
    """Yield trust money that was fetched from the bank, or carried there."""
    for row in session.scalars(select(TrustDrawRow)):
        yield from deeds.of_trust_draw(
            Drawn(
                row.id,
                row.paper,
                row.day,
                row.place,
                row.fen,
                row.taken_by,
                _void(row),
                kind=Kind.TRUST_DRAWN,
            )
        )


def donations_in(session: Session) -> Iterator[Entry]:
    """Yield what was given to the home, and what was spent of it."""
    for row in session.scalars(select(DonationRow)):
        yield from deeds.of_donation(
            Given(
                row.id,
                Kind.DONATION,
                row.paper,
                row.day,
                row.id,
                row.method,
                row.fen,
                row.goods or row.purpose,
                row.taken_by,
                _void(row),
            )
        )
    for use in session.scalars(select(DonationUseRow)):
        yield from deeds.of_donation(
            Given(
                use.id,
                Kind.DONATION_USE,
                use.paper,
                use.day,
                use.donation_id,
                use.method,
                use.fen,
                use.purpose,
                use.taken_by,
                _void(use),
            )
        )


def utilities_in(session: Session) -> Iterator[Entry]:
    """Yield the bills for water, power, gas and heat."""
    for row in session.scalars(select(UtilityBillRow)):
        yield from deeds.of_utility(
            Utility(
                row.id,
                row.number,
                row.day,
                row.supplier,
                row.fen,
                row.note,
                row.paid_on,
                row.method,
                row.paid_by or 0,
            )
        )


def handovers_in(session: Session) -> Iterator[Entry]:
    """Yield the cash that was carried to the bank; from hand to hand it stays cash."""
    to_bank = select(TillHandoverRow).where(TillHandoverRow.taken_by.is_(None))
    for row in session.scalars(to_bank):
        yield from deeds.of_handover(
            Drawn(
                row.id,
                row.paper,
                row.day,
                "cash",
                row.fen,
                row.given_by,
                _void(row),
                row.note,
                Kind.HANDED,
            )
        )


def counts_in(session: Session) -> Iterator[Entry]:
    """Yield where the cash that was counted was short, or more than the books say.

    Opening the day again takes that back.
    """
    closed = closures_in(session)
    apart = select(DayCloseRow).where(DayCloseRow.counted_fen != DayCloseRow.booked_fen)
    for row in session.scalars(apart):
        again = row.reopened_at
        yield from deeds.of_count(
            Drawn(
                row.id,
                "",
                max(row.day, open_at(row.closed_at, closed) or row.day),
                "cash",
                row.counted_fen - row.booked_fen,
                row.account_id,
                Void(local_day(again), row.reopen_reason) if again else None,
                row.note,
                Kind.COUNTED,
            )
        )


def bank_entries_in(session: Session) -> Iterator[Entry]:
    """Yield what the bank itself did: charges, interest, transfers."""
    query = select(BankEntryRow, BankAccountRow.purpose).join(BankAccountRow)
    for row, purpose in session.execute(query):
        kind = _BANK[row.kind]
        yield from deeds.of_bank(
            BankDeed(
                row.id,
                kind,
                CODES[purpose],
                COUNTERS[kind] if kind in COUNTERS else Code(row.other),
                row.day,
                row.fen,
                row.text,
            )
        )


def _void(
    row: TrustEntryRow
    | TrustDrawRow
    | DonationRow
    | DonationUseRow
    | DepositDrawRow
    | PayerCutRow
    | PayerRefundRow
    | TillHandoverRow,
) -> Void | None:
    if row.voided_at is None:
        return None
    return Void(local_day(row.voided_at), row.void_reason)


def local_day(moment: datetime) -> date:
    """Return the day on which something happened here, from a moment in UTC."""
    return moment.replace(tzinfo=UTC).astimezone().date()

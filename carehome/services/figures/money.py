"""The books that figures of money are counted from, as they stood on any day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.approvals import SafetyPaperRow
from carehome.db.billing import (
    BillLineRow,
    BillRow,
    BillRunRow,
    FeeItemRow,
    PaymentRow,
    PaymentShareRow,
)
from carehome.db.departures import PayoutRow, PayoutShareRow
from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.db.staff import AllowanceClaimRow
from carehome.i18n import N_

STAFF, PREMIUM = N_("Allowance for staff"), N_("Share of a premium")


@dataclass(frozen=True, slots=True)
class Bill:
    """A posted bill; a credit has a total below nothing."""

    bill_id: int
    resident_id: int
    month: date
    total: int
    posted_on: date


@dataclass(frozen=True, slots=True)
class Moved:
    """Money of a resident that came in, or went out below nothing."""

    number: int
    resident_id: int
    day: date
    fen: int


@dataclass(frozen=True, slots=True)
class Share:
    """What of a payment or of a credit went to a bill, or, without one, back out."""

    payment_id: int | None
    credit_bill_id: int | None
    bill_id: int | None
    day: date
    fen: int


class Money:
    """Bills, payments and deposits, read once for the figures of all periods.

    A share counts from the day on which both its payment and its bill are there; so
    the books of today come out as the accounts of the residents show them.
    """

    def __init__(self, session: Session) -> None:
        self.bills = _bills(session)
        self.lines = _lines(session)
        self.payments = _payments(session)
        self.deposits = _deposits(session)
        self.subsidies = _subsidies(session)
        self.posted_months = _posted_months(session)
        self._shares = _shares(session, self.bills, self.payments)

    def open_of(self, day: date) -> dict[int, int]:
        """Return what is open of each bill that was posted by a day, in fen."""
        left = {b.bill_id: b.total for b in self.bills if b.posted_on <= day}
        for share in self._shares:
            if share.day > day:
                continue
            if share.bill_id is not None:
                left[share.bill_id] -= share.fen
            if share.credit_bill_id is not None:
                left[share.credit_bill_id] += share.fen
        return left

    def owed(self, day: date) -> Iterator[tuple[int, int]]:
        """Yield what residents owe on a day."""
        left = self.open_of(day)
        for bill in self.bills:
            if left.get(bill.bill_id, 0) > 0:
                yield bill.resident_id, left[bill.bill_id]

    def prepaid(self, day: date) -> Iterator[tuple[int, int]]:
        """Yield what was credited or paid by a day and no bill has needed."""
        left = self.open_of(day)
        for bill in self.bills:
            if left.get(bill.bill_id, 0) < 0:
                yield bill.resident_id, -left[bill.bill_id]
        spent: dict[int | None, int] = defaultdict(int)
        for share in self._shares:
            if share.day <= day:
                spent[share.payment_id] += share.fen
        for payment in self.payments:
            if payment.day <= day:
                yield payment.resident_id, payment.fen - spent[payment.number]


def _bills(session: Session) -> list[Bill]:
    row = BillRow
    query = select(
        *(row.id, row.resident_id, row.month, row.total_fen, BillRunRow.posted_at)
    ).join(BillRunRow, BillRunRow.id == row.run_id)
    return [
        Bill(bill_id, who, month, fen, _local_day(posted_at))
        for bill_id, who, month, fen, posted_at in session.execute(
            query.order_by(row.month, row.id)
        )
    ]


def _posted_months(session: Session) -> set[date]:
    """Return the months of which everybody was billed."""
    query = select(BillRunRow.month).where(BillRunRow.departure_id.is_(None))
    return set(session.scalars(query))


def _local_day(at: datetime) -> date:
    """Return the day on the wall of a moment that is kept as UTC."""
    return at.replace(tzinfo=UTC).astimezone().date()


def _lines(session: Session) -> list[tuple[int, date, str, int]]:
    """Add up lines by resident, month and category; other payers' have no category."""
    category = func.coalesce(FeeItemRow.category, "")
    query = (
        select(
            *(BillRow.resident_id, BillRow.month),
            *(category, func.sum(BillLineRow.amount_fen)),
        )
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .outerjoin(FeeItemRow, FeeItemRow.code == BillLineRow.item_code)
        .group_by(BillRow.resident_id, BillRow.month, category)
    )
    return [(who, month, of, fen) for who, month, of, fen in session.execute(query)]


def _payments(session: Session) -> list[Moved]:
    row = PaymentRow
    query = select(row.id, row.resident_id, row.received_on, row.fen)
    return [Moved(*each) for each in session.execute(query.where(~row.is_void))]


def _deposits(session: Session) -> list[Moved]:
    rows = session.scalars(select(DepositEntryRow).where(~DepositEntryRow.is_void))
    return [
        Moved(
            *(row.id, row.resident_id, row.day),
            row.fen if row.kind in INWARD else -row.fen,
        )
        for row in rows
    ]


def _shares(session: Session, bills: list[Bill], payments: list[Moved]) -> list[Share]:
    posted = {bill.bill_id: bill.posted_on for bill in bills}
    came = {payment.number: payment.day for payment in payments}
    row, out = PaymentShareRow, PayoutShareRow
    query = select(row.payment_id, row.credit_bill_id, row.bill_id, row.fen)
    found = []
    for payment_id, credit_id, bill_id, fen in session.execute(query):
        sources = came.get(payment_id or 0), posted.get(credit_id or 0)
        day = max(posted[bill_id], *filter(None, sources))
        found.append(Share(payment_id, credit_id, bill_id, day, fen))
    paid_out = select(out.payment_id, out.credit_bill_id, PayoutRow.day, out.fen).join(
        PayoutRow, PayoutRow.id == out.payout_id
    )
    for payment_id, credit_id, day, fen in session.execute(paid_out):
        found.append(Share(payment_id, credit_id, None, day, fen))
    return found


def _subsidies(session: Session) -> list[tuple[date, str, int]]:
    """List what came in: allowances for staff, shares of premiums."""
    claim, paper = AllowanceClaimRow, SafetyPaperRow
    claims = select(claim.received_on, claim.fen)
    papers = select(paper.received_on, paper.received_fen)
    found = [
        (day, name, fen)
        for name, query in ((STAFF, claims), (PREMIUM, papers))
        for day, fen in session.execute(query)
        if day is not None and fen is not None
    ]
    return sorted(found, key=lambda each: each[0])

"""Payments: money in, the bills it settles, and what is prepaid."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from carehome.db.billing import BillRow, PaymentRow, PaymentShareRow
from carehome.db.departures import PayoutShareRow
from carehome.i18n import _, say_month, speaking
from carehome.rules.billing import payments as rules
from carehome.rules.billing.payments import Outstanding
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right, User
from carehome.services.fees import service_fee_in
from carehome.services.receipts import issue_in
from carehome.services.rulebook import pack_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class BillState:
    """What is paid and what is open of a bill; a credit has a total below nothing."""

    bill_id: int
    label: str
    month: date
    total: int
    settled: int

    @property
    def open(self) -> int:
        """What is still to be paid, below nothing what is still to be credited."""
        return self.total - self.settled


@dataclass(frozen=True, slots=True)
class PaymentState:
    """A payment and what of it no bill has needed yet."""

    payment_id: int
    received_on: date
    method: str
    fen: int
    unspent: int
    is_void: bool


@dataclass(frozen=True, slots=True)
class ResidentAccount:
    """How a resident stands: bills, payments, what is owed and what is prepaid."""

    resident_id: int
    bills: tuple[BillState, ...]
    payments: tuple[PaymentState, ...]

    @property
    def outstanding(self) -> list[Outstanding]:
        """What is open of each bill, as the rules of payments take it."""
        return [Outstanding(b.bill_id, b.month, b.open) for b in self.bills]

    @property
    def owed(self) -> int:
        """What is open of all bills, in fen."""
        return sum(bill.open for bill in self.bills if bill.open > 0)

    @property
    def prepaid(self) -> int:
        """What was paid or credited and no bill has needed yet, in fen."""
        credits = sum(-bill.open for bill in self.bills if bill.open < 0)
        return credits + sum(p.unspent for p in self.payments)


class Payments(Service):
    """What one person can do with payments."""

    @needs(Right.SEE_FEES)
    def account(self, resident_id: int) -> ResidentAccount:
        """Return how a resident stands."""
        with self._reading() as session:
            return account_in(session, resident_id)

    @needs(Right.TAKE_MONEY)
    def take(
        self,
        resident_id: int,
        fen: int,
        method: str,
        received_on: date,
        payer: str = "",
        told: Mapping[int, int] | None = None,
        note: str = "",
    ) -> int:
        """Take a payment and issue its receipt; return the receipt's id.

        The oldest bill is settled first, or the bills of `told` by their fen; the rest
        is prepaid, up to the cap of the rule pack.
        """
        check_happened(received_on, self._today())
        came = MoneyIn(method, received_on, payer, note)
        with self._writing() as session:
            by = self._user, self._now()
            return take_in(session, by, resident_id, fen, came, told).receipt_id

    @needs(Right.SEE_FEES)
    def prepaid_cap(self, resident_id: int) -> int:
        """Return how much service fee a resident may have prepaid, in fen."""
        with self._reading() as session:
            return _prepaid_cap(session, resident_id, self._today())

    @needs(Right.SEE_FEES)
    def states(self, month: date) -> dict[int, BillState]:
        """Return what is paid of each bill of a month, by bill."""
        with self._reading() as session:
            return {
                bill.bill_id: bill
                for bills in _bill_states(session, None).values()
                for bill in bills
                if bill.month == month
            }

    @needs(Right.SEE_FEES)
    def balances(self) -> dict[int, tuple[int, int]]:
        """Return what each resident owes and has prepaid, in fen."""
        with self._reading() as session:
            return balances_in(session)


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """How money came in, as its receipt tells it."""

    method: str
    received_on: date
    payer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment in the books, and its receipt."""

    payment_id: int
    receipt_id: int


def take_in(
    session: Session,
    by: tuple[User, datetime],
    resident_id: int,
    fen: int,
    came: MoneyIn,
    told: Mapping[int, int] | None = None,
) -> Taken:
    """Take a payment and issue its receipt within another deed."""
    if told is None:  # a void may have left prepaid money beside a bill
        settle_in(session, {resident_id})
    account = account_in(session, resident_id)
    due = account.outstanding
    allotment = (
        rules.allot(due, fen) if told is None else rules.allot_as_told(due, told, fen)
    )
    if fen > account.owed:
        cap = _prepaid_cap(session, resident_id, came.received_on)
        rules.check_payment(fen, account.owed, account.prepaid, cap)
    user, now = by
    payment = PaymentRow(
        resident_id=resident_id,
        received_on=came.received_on,
        method=came.method,
        fen=fen,
        payer_name=came.payer.strip(),
        note=came.note.strip(),
        taken_by=user.account_id,
    )
    session.add(payment)
    session.flush()
    months = {bill.bill_id: bill.month for bill in account.bills}
    lines = []
    for share in allotment.shares:
        session.add(
            PaymentShareRow(bill_id=share.bill_id, payment_id=payment.id, fen=share.fen)
        )
        lines.append((_purpose(months[share.bill_id]), share.fen))
    if allotment.rest:
        lines.append((_purpose(None), allotment.rest))
    number = issue_in(session, now, user.name, payment, lines, came.payer)
    return Taken(payment.id, number)


@speaking()
def _purpose(month: date | None) -> str:
    """Say for the receipt what is paid: the fee of a month, or of none yet."""
    if month is None:
        return _("Prepaid service fee")
    return _("Service fee of {month}").format(month=say_month(month))


def _prepaid_cap(session: Session, resident_id: int, day: date) -> int:
    pack = pack_in(session, day)
    fee = service_fee_in(session, resident_id, day).total
    return rules.prepaid_cap(pack.prepaid.months, fee)


def balances_in(session: Session) -> dict[int, tuple[int, int]]:
    """Return what each resident owes and has prepaid, within another deed."""
    owed: dict[int, int] = defaultdict(int)
    prepaid: dict[int, int] = defaultdict(int)
    for resident_id, bills in _open_bills(session).items():
        owed[resident_id] = sum(max(bill.open, 0) for bill in bills)
        prepaid[resident_id] = sum(max(-bill.open, 0) for bill in bills)
    for resident_id, payments in _unspent(session).items():
        prepaid[resident_id] += sum(p.unspent for p in payments)
    return {
        resident_id: (owed[resident_id], prepaid[resident_id])
        for resident_id in owed.keys() | prepaid.keys()
    }


def account_in(session: Session, resident_id: int) -> ResidentAccount:
    """Return how a resident stands, within another deed."""
    return accounts_in(session, {resident_id})[resident_id]


def accounts_in(
    session: Session, resident_ids: Collection[int]
) -> dict[int, ResidentAccount]:
    """Return how some residents stand, within another deed."""
    bills = _bill_states(session, resident_ids)
    payments = _payment_states(session, resident_ids)
    return {
        resident_id: ResidentAccount(
            resident_id,
            tuple(bills.get(resident_id, ())),
            tuple(payments.get(resident_id, ())),
        )
        for resident_id in resident_ids
    }


def settle_in(session: Session, resident_ids: Collection[int]) -> None:
    """Let credits and prepaid money settle what is open, the oldest first."""
    unspent = _unspent(session)
    credited = session.scalars(select(BillRow.resident_id).where(BillRow.total_fen < 0))
    rich = set(resident_ids) & (unspent.keys() | set(credited))
    open_bills = _open_bills(session, rich)
    for resident_id in sorted(open_bills):
        due = [
            Outstanding(bill.bill_id, bill.month, bill.open)
            for bill in open_bills[resident_id]
        ]
        shares = [
            PaymentShareRow(
                bill_id=share.bill_id,
                credit_bill_id=share.credit_bill_id,
                fen=share.fen,
            )
            for share in rules.settle_credits(due)
        ]
        left = {bill.bill_id: bill.fen for bill in due if bill.fen > 0}
        for share in shares:
            left[share.bill_id] -= share.fen
        for payment in unspent.get(resident_id, ()):
            still = [
                Outstanding(bill.bill_id, bill.month, left[bill.bill_id])
                for bill in due
                if left.get(bill.bill_id, 0) > 0
            ]
            for part in rules.allot(still, payment.unspent).shares:
                left[part.bill_id] -= part.fen
                shares.append(
                    PaymentShareRow(
                        bill_id=part.bill_id,
                        payment_id=payment.payment_id,
                        fen=part.fen,
                    )
                )
        session.add_all(shares)
    session.flush()


def _open_bills(
    session: Session, resident_ids: Collection[int] | None = None
) -> dict[int, list[BillState]]:
    """Return the bills that are not settled yet, by resident, the oldest first."""
    return {
        resident_id: unsettled
        for resident_id, bills in _bill_states(session, resident_ids).items()
        if (unsettled := [bill for bill in bills if bill.open])
    }


def _bill_states(
    session: Session, resident_ids: Collection[int] | None
) -> dict[int, list[BillState]]:
    paid = _sums(session, PaymentShareRow.bill_id, BillRow, resident_ids)
    credited = _sums(session, PaymentShareRow.credit_bill_id, BillRow, resident_ids)
    paid_out = _sums(session, PayoutShareRow.credit_bill_id, BillRow, resident_ids)
    query = select(
        BillRow.id,
        BillRow.year,
        BillRow.number,
        BillRow.month,
        BillRow.resident_id,
        BillRow.total_fen,
    ).order_by(BillRow.month, BillRow.id)
    if resident_ids is not None:
        query = query.where(BillRow.resident_id.in_(resident_ids))
    found: dict[int, list[BillState]] = defaultdict(list)
    for bill_id, year, number, month, resident_id, total in session.execute(query):
        used = credited.get(bill_id, 0) + paid_out.get(bill_id, 0)
        settled = paid.get(bill_id, 0) - used
        label = f"{year}-{number:06d}"
        found[resident_id].append(BillState(bill_id, label, month, total, settled))
    return found


def _unspent(session: Session) -> dict[int, list[PaymentState]]:
    """Return the payments that hold prepaid money, by resident, the oldest first."""
    shares = union_all(
        select(PaymentShareRow.payment_id, PaymentShareRow.fen),
        select(PayoutShareRow.payment_id, PayoutShareRow.fen),
    ).subquery()
    spent = (
        select(shares.c.payment_id, func.sum(shares.c.fen).label("fen"))
        .group_by(shares.c.payment_id)
        .subquery()
    )
    left = PaymentRow.fen - func.coalesce(spent.c.fen, 0)
    query = (
        select(PaymentRow, left)
        .outerjoin(spent, spent.c.payment_id == PaymentRow.id)
        .where(~PaymentRow.is_void, left != 0)
        .order_by(PaymentRow.received_on, PaymentRow.id)
    )
    found: dict[int, list[PaymentState]] = defaultdict(list)
    for row, unspent in session.execute(query):
        found[row.resident_id].append(_payment(row, unspent))
    return found


def _payment_states(
    session: Session, resident_ids: Collection[int] | None
) -> dict[int, list[PaymentState]]:
    spent = _sums(session, PaymentShareRow.payment_id, PaymentRow, resident_ids)
    paid_out = _sums(session, PayoutShareRow.payment_id, PaymentRow, resident_ids)
    query = select(PaymentRow).order_by(PaymentRow.received_on, PaymentRow.id)
    if resident_ids is not None:
        query = query.where(PaymentRow.resident_id.in_(resident_ids))
    found: dict[int, list[PaymentState]] = defaultdict(list)
    for row in session.scalars(query):
        used = spent.get(row.id, 0) + paid_out.get(row.id, 0)
        unspent = 0 if row.is_void else row.fen - used
        found[row.resident_id].append(_payment(row, unspent))
    return found


def _payment(row: PaymentRow, unspent: int) -> PaymentState:
    return PaymentState(
        row.id, row.received_on, row.method, row.fen, unspent, row.is_void
    )


def _sums(
    session: Session,
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    owner: type[BillRow] | type[PaymentRow],
    resident_ids: Collection[int] | None,
) -> dict[int, int]:
    """Return how many fen of shares hang on each bill or payment."""
    fen = column.class_.fen
    query = select(column, func.sum(fen)).where(column.is_not(None))
    if resident_ids is not None:
        mine = select(owner.id).where(owner.resident_id.in_(resident_ids))
        query = query.where(column.in_(mine))
    rows = session.execute(query.group_by(column))
    return {key: total for key, total in rows if key is not None}

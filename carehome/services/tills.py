"""The cash in each person's hands: what they booked, were handed and handed on."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, case, func, null, or_, select, union_all
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.billing import PaymentRow, ReceiptRow
from carehome.db.books import (
    DayCloseRow,
    DonationRow,
    DonationUseRow,
    TillHandoverRow,
    UtilityBillRow,
)
from carehome.db.departures import PayoutRow
from carehome.db.deposits import INWARD, DepositDrawRow, DepositEntryRow
from carehome.db.payers import PayerPaymentRow, PayerRefundRow
from carehome.db.subsidies import SubsidyPaymentRow
from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules import numbers
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.day_close import DayClosed, TillSheet
from carehome.rules.ledger.entry import Entry, Kind
from carehome.rules.ledger.voids import check_void
from carehome.rules.periods import DAY
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.services.accounts import Approval, approved_by
from carehome.services.fees import Query
from carehome.services.ledger import entries as ledger
from carehome.services.ledger.entries import local_day
from carehome.services.ledger.subsidies import subsidies_in
from carehome.services.service import Service, needs

WAYS = ("transfer", "card", "wechat", "alipay")
_BY_MOMENT = frozenset({Kind.BANKED, Kind.HANDED})  # these leave a till when noted


class NothingHanded(Refusal):
    """Nothing changes hands."""

    text = N_("Enter how much cash changes hands, more than 0.")


class SlipMissing(Refusal):
    """What is carried to the bank has a paper of the bank."""

    text = N_("Enter the number of the bank's slip; without one nothing was paid in.")


class MoreThanThere(Refusal):
    """More cash would leave a till than lies in it."""

    text = N_(
        "By the books {most} lies in your till, so no more than that can leave it. "
        "Count once more, and book first what came in."
    )


@dataclass(frozen=True, slots=True)
class Handover:
    """Cash that went from one person to another, or (no `taker`) to the bank."""

    handover_id: int
    day: date
    given_at: datetime
    giver_id: int
    giver: str
    taker_id: int | None
    taker: str
    fen: int
    paper: str
    note: str
    void_reason: str


class Tills(Service):
    """What one person can do with the cash in their hands."""

    @needs(Right.TAKE_MONEY)
    def now(self) -> TillSheet:
        """Return what should be in one's own till now, and where it came from."""
        with self._reading() as session:
            return sheet_in(session, self._user.account_id, self._today())

    @needs(Right.TAKE_MONEY)
    def hand_over(self, fen: int, receiver: Approval, note: str = "") -> int:
        """Hand cash to somebody else, who signs for it; return its number."""
        _check_sum(fen)
        taker = approved_by(self._db, self._user, receiver, Right.TAKE_MONEY)
        return self._hand(fen, self._today(), taker.account_id, "", note)

    @needs(Right.TAKE_MONEY)
    def pay_in(self, fen: int, day: date, slip: str, note: str = "") -> int:
        """Carry cash to the bank; return its number."""
        _check_sum(fen)
        if not slip.strip():
            raise SlipMissing
        check_happened(day, self._today())
        return self._hand(fen, day, None, slip, note)

    @needs(Right.VOID_RECEIPT)
    def void(self, handover_id: int, reason: str) -> None:
        """Take back a handing over that was entered by mistake."""
        with self._writing() as session:
            row = session.get_one(TillHandoverRow, handover_id)
            check_void(row.voided_at is not None, reason)
            row.voided_at, row.void_reason = self._now(), reason.strip()

    @needs(Right.SEE_FEES)
    def handovers(self, first: date, last: date) -> list[Handover]:
        """List the cash that changed hands on some days, both inclusive.

        Who does not keep the books sees what they gave or took.
        """
        query = (
            select(TillHandoverRow)
            .where(TillHandoverRow.day.between(first, last))
            .order_by(TillHandoverRow.day.desc(), TillHandoverRow.id.desc())
        )
        if not self._user.may(Right.KEEP_BOOKS):
            query = query.where(_of(self._user.account_id))
        with self._reading() as session:
            names = names_in(session)
            return [_handover(row, names) for row in session.scalars(query)]

    def _hand(
        self, fen: int, day: date, taker: int | None, paper: str, note: str
    ) -> int:
        with self._writing() as session:
            there = sheet_in(session, self._user.account_id, self._today()).booked
            if fen > there:
                raise MoreThanThere(most=show_money(max(there, 0)))
            row = TillHandoverRow(
                day=day,
                given_by=self._user.account_id,
                taken_by=taker,
                fen=fen,
                paper=paper.strip(),
                note=note.strip(),
                given_at=self._now(),
                void_reason="",
            )
            session.add(row)
            session.flush()
            return row.id


def _check_sum(fen: int) -> None:
    if fen <= 0:
        raise NothingHanded


def _handover(row: TillHandoverRow, names: dict[int, str]) -> Handover:
    return Handover(
        row.id,
        row.day,
        row.given_at.replace(tzinfo=UTC),
        row.given_by,
        names[row.given_by],
        row.taken_by,
        names[row.taken_by] if row.taken_by is not None else "",
        row.fen,
        row.paper,
        row.note,
        row.void_reason,
    )


def names_in(session: Session) -> dict[int, str]:
    """Return what everybody is called who has an account."""
    return dict(session.execute(select(AccountRow.id, AccountRow.name)).all())


def newest_close_in(session: Session, account_id: int) -> DayCloseRow | None:
    """Return the newest count of somebody that holds."""
    query = (
        select(DayCloseRow)
        .where(DayCloseRow.account_id == account_id, DayCloseRow.reopened_at.is_(None))
        .order_by(DayCloseRow.day.desc())
        .limit(1)
    )
    return session.scalar(query)


def check_open_in(session: Session, account_id: int, method: str, day: date) -> None:
    """Raise DayClosed where money at the desk gets a day whose till is closed."""
    close = newest_close_in(session, account_id)
    if method != "transfer" and close is not None and day <= close.day:
        raise DayClosed


def cash_in(session: Session) -> Iterator[tuple[int, Entry, int]]:
    """Yield who had how much more cash by an entry of the ledger.

    What goes to the bank is told by the moment at which that was noted, since then a
    till that was counted had it still.
    """
    entries = chain(
        ledger.payments_in(session),
        ledger.payouts_in(session),
        ledger.payers_in(session),
        ledger.payer_refunds_in(session),
        ledger.deposits_in(session),
        ledger.draws_in(session),
        ledger.donations_in(session),
        ledger.utilities_in(session),
        subsidies_in(session),
    )
    for entry in entries:
        if entry.by and entry.kind not in _BY_MOMENT:
            fen = sum(line.fen for line in entry.lines if line.account is Code.CASH)
            if fen:
                yield entry.by, entry, fen


def days_with_cash_in(
    session: Session, after: date, before: date
) -> Iterator[tuple[int, date, int]]:
    """Yield who has how much cash booked on which day between two; void is left out.

    The database adds up, for the first page asks for it after every payment.
    """
    inward = case((DepositEntryRow.kind.in_(INWARD), 1), else_=-1)
    voidable = DonationRow, DonationUseRow, DepositDrawRow, SubsidyPaymentRow
    unused = [kind.voided_at for kind in voidable]
    is_kept = PayerRefundRow.voided_at.is_(None)
    cash = [
        _cash(PaymentRow, PaymentRow.received_on, 1, ~PaymentRow.is_void),
        _cash(
            PayerPaymentRow, PayerPaymentRow.received_on, 1, ~PayerPaymentRow.is_void
        ),
        _cash(PayoutRow, PayoutRow.day, -1, ~PayoutRow.is_void),
        _cash(PayerRefundRow, PayerRefundRow.day, -1, is_kept),
        _cash(DepositEntryRow, DepositEntryRow.day, inward, ~DepositEntryRow.is_void),
        _cash(DonationRow, DonationRow.day, 1, unused[0].is_(None)),
        _cash(DonationUseRow, DonationUseRow.day, -1, unused[1].is_(None)),
        _cash(DepositDrawRow, DepositDrawRow.day, 1, unused[2].is_(None)),
        _cash(SubsidyPaymentRow, SubsidyPaymentRow.day, 1, unused[3].is_(None)),
        select(
            UtilityBillRow.paid_by.label("by"),
            UtilityBillRow.paid_on.label("day"),
            (-UtilityBillRow.fen).label("fen"),
        ).where(UtilityBillRow.method == "cash", UtilityBillRow.paid_by.is_not(None)),
    ]
    moves = union_all(*cash).subquery()
    by, day, fen = moves.c
    query = (
        select(by, day, func.sum(fen))
        .where(day > after, day < before)
        .group_by(by, day)
        .order_by(day, by)
    )
    yield from session.execute(query)


def _cash(kind: Any, day: Any, sign: Any, holds: Any) -> Query:
    """Return how to find who had cash of one kind on which day."""
    return select(
        kind.taken_by.label("by"), day.label("day"), (sign * kind.fen).label("fen")
    ).where(kind.method == "cash", holds)


def sheet_in(session: Session, account_id: int, last: date) -> TillSheet:
    """Return what somebody booked up to a day since they last counted.

    Who has never counted begins with that day, and with all the cash that came to
    them before and is not known to have left them.
    """
    close = newest_close_in(session, account_id)
    first = close.day + DAY if close else last
    booked = [
        (entry.day, fen)
        for by, entry, fen in cash_in(session)
        if by == account_id and entry.day <= last
    ]
    noted = [
        (local_day(at), fen)
        for at, fen in _handed_in(session, account_id)
        if not (close and at <= close.closed_at and local_day(at) <= close.day)
    ]
    moves = [fen for day, fen in booked if day >= first]
    handed = [fen for day, fen in noted if day <= last and (close or day >= first)]
    if close:
        carried = close.counted_fen
    else:
        carried = sum(fen for day, fen in [*booked, *noted] if day < first)
    ways, receipts, voids = _booked(session, account_id, first, last)
    return TillSheet(
        first,
        last,
        carried,
        sum(fen for fen in moves if fen > 0),
        -sum(fen for fen in moves if fen < 0),
        sum(fen for fen in handed if fen > 0),
        -sum(fen for fen in handed if fen < 0),
        ways,
        receipts,
        voids,
    )


def _of(account_id: int) -> ColumnElement[bool]:
    return or_(
        TillHandoverRow.given_by == account_id, TillHandoverRow.taken_by == account_id
    )


def _handed_in(session: Session, account_id: int) -> Iterator[tuple[datetime, int]]:
    """Yield when how much cash came to somebody, or left them for others."""
    mine = select(TillHandoverRow).where(_of(account_id))
    for row in session.scalars(mine):
        fen = row.fen if row.taken_by == account_id else -row.fen
        yield row.given_at, fen
        if row.voided_at:
            yield row.voided_at, -fen
    banked = (
        select(DepositEntryRow.banked_at, DepositEntryRow.fen, ReceiptRow.voided_at)
        .outerjoin(ReceiptRow, ReceiptRow.deposit_entry_id == DepositEntryRow.id)
        .where(
            DepositEntryRow.banked_by == account_id,
            DepositEntryRow.method == "cash",
            DepositEntryRow.banked_at.is_not(None),
        )
    )
    for at, fen, voided_at in session.execute(banked):
        assert at is not None, "the query asks for those that were noted"
        yield at, -fen
        if voided_at:  # what never came was never carried away
            yield voided_at, fen


def _booked(
    session: Session, account_id: int, first: date, last: date
) -> tuple[dict[str, int], tuple[str, ...], tuple[str, ...]]:
    """Return what came in by which way but cash, and the numbers of the receipts."""
    ways: dict[str, int] = defaultdict(int)
    numbered: list[tuple[int, int, bool]] = []
    for query in _movements(account_id, first, last):
        for method, fen, is_void, year, number in session.execute(query):
            if number is not None:
                numbered.append((year, number, is_void))
            if method in WAYS and not is_void:
                ways[method] += fen
    numbered.sort()
    written = [(numbers.write(y, n), void) for y, n, void in numbered]
    return (
        {method: fen for method, fen in ways.items() if fen},
        tuple(number for number, _void in written),
        tuple(number for number, void in written if void),
    )


def _movements(account_id: int, first: date, last: date) -> Iterator[Query]:
    """Yield how to find way, sum, void or not, and number of what somebody booked."""
    number = ReceiptRow.year, ReceiptRow.number
    yield (
        select(PaymentRow.method, PaymentRow.fen, PaymentRow.is_void, *number)
        .outerjoin(ReceiptRow, ReceiptRow.payment_id == PaymentRow.id)
        .where(
            PaymentRow.taken_by == account_id,
            PaymentRow.received_on.between(first, last),
        )
    )
    sign = case((DepositEntryRow.kind.in_(INWARD), 1), else_=-1)
    fen = sign * DepositEntryRow.fen
    yield (
        select(DepositEntryRow.method, fen, DepositEntryRow.is_void, *number)
        .outerjoin(ReceiptRow, ReceiptRow.deposit_entry_id == DepositEntryRow.id)
        .where(
            DepositEntryRow.taken_by == account_id,
            DepositEntryRow.day.between(first, last),
        )
    )
    yield (
        select(
            PayerPaymentRow.method,
            PayerPaymentRow.fen,
            PayerPaymentRow.is_void,
            *number,
        )
        .outerjoin(ReceiptRow, ReceiptRow.payer_payment_id == PayerPaymentRow.id)
        .where(
            PayerPaymentRow.taken_by == account_id,
            PayerPaymentRow.received_on.between(first, last),
        )
    )
    yield (
        select(PayoutRow.method, -PayoutRow.fen, PayoutRow.is_void, *number)
        .outerjoin(ReceiptRow, ReceiptRow.payout_id == PayoutRow.id)
        .where(PayoutRow.taken_by == account_id, PayoutRow.day.between(first, last))
    )
    is_void = PayerRefundRow.voided_at.is_not(None)
    out = PayerRefundRow.method, -PayerRefundRow.fen, is_void, null(), null()
    yield select(*out).where(
        PayerRefundRow.taken_by == account_id, PayerRefundRow.day.between(first, last)
    )
    is_void = DonationRow.voided_at.is_not(None)
    yield select(DonationRow.method, DonationRow.fen, is_void, null(), null()).where(
        DonationRow.taken_by == account_id, DonationRow.day.between(first, last)
    )

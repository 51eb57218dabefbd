"""Receipts: gapless numbers, printing, voiding. Payments and deposits share them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.billing import (
    FROM_DEPOSIT,
    PaymentRow,
    PaymentShareRow,
    ReceiptRow,
)
from carehome.db.departures import PayoutRow, PayoutShareRow
from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.db.payers import PayerPaymentRow, PayerRefundRow, PayerShareRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules import numbers
from carehome.rules.numbers import NumberCheck
from carehome.rules.rights import Right
from carehome.rules.today import Fen, Figure, Line, Target, Words, words
from carehome.services.held import held_in
from carehome.services.service import Service, needs

Source = PaymentRow | DepositEntryRow | PayoutRow | PayerPaymentRow
METHOD_NAMES = {
    "cash": N_("Cash"),
    "transfer": N_("Bank transfer"),
    "card": N_("Bank card"),
    "wechat": N_("WeChat"),
    "alipay": N_("Alipay"),
    "deposit": N_("Set off against the deposit"),
    "none": N_("Carried over"),
}


class AlreadyVoid(Refusal):
    """A receipt is voided once."""

    text = N_("Receipt {number} is already void.")


class DepositSpent(Refusal):
    """The money of a deposit receipt has left the deposit again."""

    text = N_(
        "This deposit has been given back or used since. Only {held} is still held, so "
        "its receipt cannot be void any more."
    )


class PaidOutSince(Refusal):
    """The money of a receipt has been paid back out."""

    text = N_(
        "What was left of this payment was paid back out to the family, so its receipt "
        "cannot be void any more. Void the voucher of that payout first."
    )


class WentBackSince(Refusal):
    """The money of a payer's receipt went back to it."""

    text = N_(
        "Money of this receipt went back to the payer, so it cannot be void. Take that "
        "back first, in the file of the payer."
    )


class VoidReasonMissing(Refusal):
    """A void needs a reason."""

    text = N_("Say why the receipt is void; the reason stays with its number.")


@dataclass(frozen=True, slots=True)
class IssuedReceipt:
    """A receipt as it was issued; `lines` are (purpose, fen) in the words of then.

    That of another payer's money is no single resident's.
    """

    receipt_id: int
    year: int
    number: int
    day: date
    resident_id: int | None
    resident: str
    place: str
    payer: str
    method: str
    fen: int
    lines: tuple[tuple[str, int], ...]
    issued_at: datetime
    cashier: str
    printed: int
    void_reason: str | None
    is_deposit: bool
    approver: str = ""
    remark: str = ""

    @property
    def label(self) -> str:
        """The number as people say it: 2026-000123."""
        return numbers.write(self.year, self.number)


class Receipts(Service):
    """What one person can do with receipts."""

    @needs(Right.SEE_FEES)
    def receipts(self, first: date, last: date) -> list[IssuedReceipt]:
        """List the receipts of some days, both inclusive, the newest first."""
        with self._reading() as session:
            query = _issued().order_by(ReceiptRow.year.desc(), ReceiptRow.number.desc())
            found = [_receipt(*row) for row in session.execute(query)]
            return [receipt for receipt in found if first <= receipt.day <= last]

    @needs(Right.TAKE_MONEY)
    def today(self, day: date) -> list[Line]:
        """Tell what came in on `day`, by the way it was paid."""
        with self._reading() as session:
            if session.scalar(select(ReceiptRow.id).limit(1)) is None:
                return []  # no money has ever come in
            return [_takings_in(session, day)]

    @needs(Right.SEE_FEES)
    def receipts_of(self, resident_id: int) -> list[IssuedReceipt]:
        """List one resident's receipts, the newest first."""
        with self._reading() as session:
            query = _issued().order_by(ReceiptRow.year.desc(), ReceiptRow.number.desc())
            found = [_receipt(*row) for row in session.execute(query)]
            return [each for each in found if each.resident_id == resident_id]

    @needs(Right.SEE_FEES)
    def check_numbers(self, year: int) -> NumberCheck:
        """Say whether the receipts of a year have each number once, from the first."""
        with self._reading() as session:
            mine = select(ReceiptRow.number).where(ReceiptRow.year == year)
            return numbers.check(year, session.scalars(mine))

    @needs(Right.SEE_FEES)
    def find(self, typed: str, most: int = 6) -> list[IssuedReceipt]:
        """List the receipts whose number somebody may be typing, the newest first."""
        wanted = numbers.read(typed)
        if wanted is None:
            return []
        conditions: list[Any] = [ReceiptRow.number.between(wanted.first, wanted.last)]
        if wanted.year:
            conditions.append(ReceiptRow.year == wanted.year)
        return self._newest(and_(*conditions), most)

    @needs(Right.SEE_FEES)
    def newest_of(
        self, resident_ids: Collection[int], most: int = 8
    ) -> list[IssuedReceipt]:
        """List the newest receipts of some residents."""
        kinds = (PaymentRow, DepositEntryRow, PayoutRow)
        mine = or_(*(kind.resident_id.in_(resident_ids) for kind in kinds))
        return self._newest(mine, most)

    def _newest(self, condition: Any, most: int) -> list[IssuedReceipt]:
        query = _issued().where(condition).limit(most)
        query = query.order_by(ReceiptRow.year.desc(), ReceiptRow.number.desc())
        with self._reading() as session:
            return [_receipt(*row) for row in session.execute(query)]

    @needs(Right.SEE_FEES)
    def receipt(self, receipt_id: int) -> IssuedReceipt:
        """Return one receipt."""
        with self._reading() as session:
            return receipt_in(session, receipt_id)

    @needs(Right.VOID_RECEIPT)
    def void(self, receipt_id: int, reason: str) -> None:
        """Void a receipt with its payment or deposit; the number stays."""
        if not reason.strip():
            raise VoidReasonMissing
        with self._writing() as session:
            row = session.get_one(ReceiptRow, receipt_id)
            if row.voided_at is not None:
                raise AlreadyVoid(number=f"{row.year}-{row.number:06d}")
            row.voided_at, row.void_reason = self._now(), reason.strip()
            if row.payment_id is not None:
                _void_payment(session, row.payment_id)
            elif row.payout_id is not None:
                _void_payout(session, row.payout_id)
            elif row.payer_payment_id is not None:
                _void_payer_payment(session, row.payer_payment_id)
            else:
                _void_entry(session, row.deposit_entry_id)


def _takings_in(session: Session, day: date) -> Figure:
    """Add up the payments and deposits that came in on a day and are not void."""
    payments = select(PaymentRow.method, PaymentRow.fen).where(
        PaymentRow.received_on == day,
        PaymentRow.method != FROM_DEPOSIT,
        ~PaymentRow.is_void,
    )
    deposits = select(DepositEntryRow.method, DepositEntryRow.fen).where(
        DepositEntryRow.day == day,
        DepositEntryRow.kind == "in",
        ~DepositEntryRow.is_void,
    )
    ways: dict[str, int] = defaultdict(int)
    taken = [*session.execute(payments), *session.execute(deposits)]
    for method, fen in taken:
        ways[method] += fen
    parts = tuple(_way(method, fen) for method, fen in sorted(ways.items()))
    return Figure(
        words(N_("Received today")),
        Fen(sum(ways.values())),
        note=words(N_("{count} {count:receipt|receipts}"), count=len(taken)),
        below=words("{ways}", ways=parts) if parts else "",
        target=Target("receipts"),
    )


def _way(method: str, fen: int) -> Words:
    way = words(METHOD_NAMES[method])
    return words(N_("{way} {fen}"), way=way, fen=Fen(fen))


def _void_payment(session: Session, payment_id: int) -> None:
    """Give back to the bills what a payment had settled of them."""
    out = select(PayoutShareRow.id).where(PayoutShareRow.payment_id == payment_id)
    if session.scalar(out.limit(1)) is not None:
        raise PaidOutSince
    shares = select(PaymentShareRow).where(PaymentShareRow.payment_id == payment_id)
    for share in session.scalars(shares):
        session.delete(share)
    session.get_one(PaymentRow, payment_id).is_void = True


def _void_payer_payment(session: Session, payment_id: int) -> None:
    """Let what another payer's money had settled be open again."""
    back = select(PayerRefundRow.id).where(
        PayerRefundRow.payer_payment_id == payment_id,
        PayerRefundRow.voided_at.is_(None),
    )
    if session.scalar(back.limit(1)) is not None:
        raise WentBackSince
    shares = select(PayerShareRow).where(PayerShareRow.payer_payment_id == payment_id)
    for share in session.scalars(shares):
        session.delete(share)
    session.flush()
    session.get_one(PayerPaymentRow, payment_id).is_void = True


def _void_payout(session: Session, payout_id: int) -> None:
    """Let money that was not paid out after all be prepaid again."""
    session.get_one(PayoutRow, payout_id).is_void = True
    session.flush()
    shares = select(PayoutShareRow).where(PayoutShareRow.payout_id == payout_id)
    for share in session.scalars(shares):
        session.delete(share)


def _void_entry(session: Session, entry_id: int | None) -> None:
    """Take back a movement of a deposit, if what is held allows it."""
    entry = session.get_one(DepositEntryRow, entry_id)
    if entry.kind in INWARD:
        held = held_in(session, entry.resident_id)
        if entry.fen > held:
            raise DepositSpent(held=show_money(held))
    entry.is_void = True


def issue_in(
    session: Session,
    now: datetime,
    by: str,
    source: Source,
    lines: list[tuple[str, int]],
    payer: str,
    whom: str = "",
    remark: str = "",
) -> int:
    """Issue the receipt of money in or out within its deed; return its id.

    The words are kept with it, so that a reprint is the same after a change of names.
    `whom` says for whom another payer pays, `remark` why money goes back.
    """
    name, place = whom, ""
    if isinstance(source, PaymentRow | PayerPaymentRow):
        day = source.received_on
    else:
        day = source.day
    if not isinstance(source, PayerPaymentRow):
        name = session.get_one(ResidentRow, source.resident_id).name
        place = place_in(session, source.resident_id, day)
    year = now.replace(tzinfo=UTC).astimezone().year
    last = session.scalar(select(func.max(ReceiptRow.number)).filter_by(year=year))
    row = ReceiptRow(
        year=year,
        number=(last or 0) + 1,
        payment_id=source.id if isinstance(source, PaymentRow) else None,
        deposit_entry_id=source.id if isinstance(source, DepositEntryRow) else None,
        payout_id=source.id if isinstance(source, PayoutRow) else None,
        payer_payment_id=source.id if isinstance(source, PayerPaymentRow) else None,
        issued_at=now,
        issued_by=by,
        text={
            "day": day.isoformat(),
            "resident": name,
            "place": place,
            "payer": payer.strip() or name,
            "lines": lines,
            "approver": _approver_in(session, source),
            "remark": remark,
        },
    )
    session.add(row)
    session.flush()
    return row.id


def _approver_in(session: Session, source: Source) -> str:
    """Return who approved that money goes back, by the name they have then."""
    if not isinstance(source, DepositEntryRow | PayoutRow):
        return ""
    if source.approved_by is None:
        return ""
    return session.get_one(AccountRow, source.approved_by).name


def receipt_in(session: Session, receipt_id: int) -> IssuedReceipt:
    """Return one receipt within another deed."""
    query = _issued().where(ReceiptRow.id == receipt_id)
    return _receipt(*session.execute(query).one())


def count_print_in(session: Session, receipt_id: int) -> int:
    """Note that a receipt goes to paper; return how often it did before."""
    row = session.get_one(ReceiptRow, receipt_id)
    before = row.printed
    row.printed = before + 1
    return before


def place_in(session: Session, resident_id: int, day: date) -> str:
    """Return the bed that a resident has on a day, such as 301-2; empty if none."""
    return places_in(session, day, [resident_id]).get(resident_id, "")


def places_in(
    session: Session, day: date, resident_ids: Collection[int] | None = None
) -> dict[int, str]:
    """Return the beds that some residents, or all, have on a day; for lists."""
    query = (
        select(BedUseRow.resident_id, RoomRow.name, BedRow.label)
        .join(BedRow, BedUseRow.bed_id == BedRow.id)
        .join(RoomRow, BedRow.room_id == RoomRow.id)
        .where(
            BedUseRow.starts <= day,
            BedUseRow.ends.is_(None) | (BedUseRow.ends > day),
        )
    )
    if resident_ids is not None:
        query = query.where(BedUseRow.resident_id.in_(resident_ids))
    return {
        resident_id: f"{room}-{label}"
        for resident_id, room, label in session.execute(query)
    }


def _issued() -> Any:
    return (
        select(
            ReceiptRow,
            PaymentRow,
            DepositEntryRow,
            PayoutRow,
            PayerPaymentRow,
            AccountRow.name,
        )
        .outerjoin(PaymentRow, PaymentRow.id == ReceiptRow.payment_id)
        .outerjoin(DepositEntryRow, DepositEntryRow.id == ReceiptRow.deposit_entry_id)
        .outerjoin(PayoutRow, PayoutRow.id == ReceiptRow.payout_id)
        .outerjoin(PayerPaymentRow, PayerPaymentRow.id == ReceiptRow.payer_payment_id)
        .outerjoin(
            AccountRow,
            AccountRow.id
            == func.coalesce(DepositEntryRow.approved_by, PayoutRow.approved_by),
        )
    )


def _receipt(
    row: ReceiptRow,
    payment: PaymentRow | None,
    entry: DepositEntryRow | None,
    payout: PayoutRow | None,
    of_payer: PayerPaymentRow | None,
    approver: str | None,
) -> IssuedReceipt:
    source = payment or entry or payout or of_payer
    assert source is not None, "the table holds one source for each receipt"
    return IssuedReceipt(
        row.id,
        row.year,
        row.number,
        date.fromisoformat(row.text["day"]),
        None if isinstance(source, PayerPaymentRow) else source.resident_id,
        row.text["resident"],
        row.text["place"],
        row.text["payer"],
        source.method,
        sum(fen for _, fen in row.text["lines"]),
        tuple((purpose, fen) for purpose, fen in row.text["lines"]),
        row.issued_at.replace(tzinfo=UTC),
        row.issued_by,
        row.printed,
        row.void_reason or None,
        entry is not None,
        row.text.get("approver") or approver or "",
        row.text.get("remark", ""),
    )

"""Refunds as people read them, from the question to the voucher."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.billing import PaymentRow, ReceiptRow
from carehome.db.refunds import RefundRow
from carehome.db.residents import ResidentRow
from carehome.rules import numbers
from carehome.rules.refunds import RefundKind, RefundState
from carehome.services.receipts import places_in


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund on its way, or at its end; `voucher` numbers the paper of the payout.

    `payment` numbers the receipt of a payment that is given back.
    """

    refund_id: int
    resident_id: int
    resident: str
    place: str
    kind: RefundKind
    fen: int
    method: str
    way_reason: str
    payee: str
    reason: str
    state: RefundState
    asked_by: int
    asker: str
    asked_at: datetime
    decider_id: int | None
    decider: str
    decided_at: datetime | None
    answer: str
    payment: str
    receipt_id: int | None
    voucher: str
    is_void: bool

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to do something."""
        return self.state in {RefundState.ASKED, RefundState.APPROVED}


def refunds_in(
    session: Session, today: date, which: ColumnElement[bool]
) -> list[Refund]:
    """List refunds within another deed: first what waits, then the newest."""
    rows = session.execute(
        select(RefundRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == RefundRow.resident_id)
        .where(which)
        .order_by(RefundRow.asked_at.desc(), RefundRow.id.desc())
    ).all()
    accounts = select(AccountRow.id, AccountRow.name)
    people: dict[int | None, str] = defaultdict(str)
    people.update({row.id: row.name for row in session.execute(accounts)})
    places = places_in(session, today, {row.resident_id for row, _ in rows})
    vouchers = _receipts_in(session)
    found = []
    for row, name in rows:
        voucher = vouchers.get(("out", row.payout_id)) or vouchers.get(
            ("deposit", row.deposit_entry_id)
        )
        receipt = vouchers.get(("payment", row.payment_id))
        found.append(
            Refund(
                row.id,
                row.resident_id,
                name,
                places.get(row.resident_id, ""),
                RefundKind(row.kind),
                row.fen,
                row.method,
                row.way_reason,
                row.payee,
                row.reason,
                RefundState(row.state),
                row.asked_by,
                people[row.asked_by],
                row.asked_at.replace(tzinfo=UTC),
                row.decided_by,
                people[row.decided_by],
                row.decided_at.replace(tzinfo=UTC) if row.decided_at else None,
                row.answer,
                _number(receipt),
                voucher.id if voucher else None,
                _number(voucher),
                voucher is not None and voucher.voided_at is not None,
            )
        )
    return sorted(found, key=lambda each: _ORDER.get(each.state, len(_ORDER)))


_ORDER = {RefundState.ASKED: 0, RefundState.APPROVED: 1}


def _number(receipt: ReceiptRow | None) -> str:
    return numbers.write(receipt.year, receipt.number) if receipt else ""


def _receipts_in(session: Session) -> dict[tuple[str, int | None], ReceiptRow]:
    """Return the papers that refunds are about, or end with."""
    mine = or_(
        ReceiptRow.payout_id.in_(select(RefundRow.payout_id)),
        ReceiptRow.deposit_entry_id.in_(select(RefundRow.deposit_entry_id)),
        ReceiptRow.payment_id.in_(
            select(PaymentRow.id).join(RefundRow, RefundRow.payment_id == PaymentRow.id)
        ),
    )
    found: dict[tuple[str, int | None], ReceiptRow] = {}
    for row in session.scalars(select(ReceiptRow).where(mine)):
        for kind, key in (
            ("out", row.payout_id),
            ("deposit", row.deposit_entry_id),
            ("payment", row.payment_id),
        ):
            if key is not None:
                found[kind, key] = row
    return found

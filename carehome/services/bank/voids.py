"""What was said of lines of the bank and became void with the deed itself."""

from sqlalchemy import CompoundSelect, Select, select, union_all
from sqlalchemy.orm import Session

from carehome.db.bank import BankClaimRow
from carehome.db.billing import ReceiptRow
from carehome.db.deposits import DepositDrawRow
from carehome.rules.ledger.entry import Kind

_OF_DEPOSITS = (
    Kind.DEPOSIT,
    Kind.DEPOSIT_REFUND,
    Kind.EMERGENCY,
    Kind.SET_OFF,
    Kind.DAMAGE,
)


def void_claims() -> CompoundSelect[tuple[int]]:
    """Select the claims whose deed is void: their lines are open again."""
    receipts = (
        ((Kind.PAYMENT,), ReceiptRow.payment_id),
        ((Kind.PAYER_PAID,), ReceiptRow.payer_payment_id),
        ((Kind.PAYOUT,), ReceiptRow.payout_id),
        (_OF_DEPOSITS, ReceiptRow.deposit_entry_id),
    )
    claims: Select[tuple[int]] = select(BankClaimRow.id)
    drawn = claims.join(DepositDrawRow, DepositDrawRow.id == BankClaimRow.source)
    return union_all(
        *(
            claims.join(ReceiptRow, column == BankClaimRow.source).where(
                BankClaimRow.kind.in_([kind.value for kind in kinds]),
                ReceiptRow.voided_at.is_not(None),
            )
            for kinds, column in receipts
        ),
        drawn.where(
            BankClaimRow.kind == Kind.DRAWN.value,
            DepositDrawRow.voided_at.is_not(None),
        ),
    )


def said_lines() -> Select[tuple[int]]:
    """Select the lines that have no void claim and of which something was said."""
    void = void_claims()
    reopened = select(BankClaimRow.bank_line_id).where(BankClaimRow.id.in_(void))
    lines: Select[tuple[int]] = select(BankClaimRow.bank_line_id)
    return lines.where(BankClaimRow.bank_line_id.not_in(reopened))


def void_claims_in(session: Session) -> frozenset[int]:
    """Return the ids of the claims whose deed is void."""
    return frozenset(session.scalars(void_claims()))

"""What was said of lines of the bank and became void with the deed itself."""

from sqlalchemy import CompoundSelect, Select, select, union_all
from sqlalchemy.orm import Session

from carehome.db.bank import BankClaimRow
from carehome.db.billing import ReceiptRow
from carehome.db.books import (
    DonationRow,
    DonationUseRow,
    TillHandoverRow,
    TrustDrawRow,
    TrustEntryRow,
)
from carehome.db.deposits import DepositDrawRow
from carehome.db.payers import PayerRefundRow
from carehome.db.subsidies import SubsidyPaymentRow
from carehome.rules.ledger.entry import Kind

_OF_DEPOSITS = (
    Kind.DEPOSIT,
    Kind.DEPOSIT_REFUND,
    Kind.EMERGENCY,
    Kind.SET_OFF,
    Kind.DAMAGE,
)
# Deeds without a receipt: what is void stands in their own row.
_OWN = (
    ((Kind.DRAWN,), DepositDrawRow),
    ((Kind.TRUST_IN, Kind.TRUST_OUT), TrustEntryRow),
    ((Kind.TRUST_DRAWN,), TrustDrawRow),
    ((Kind.DONATION,), DonationRow),
    ((Kind.DONATION_USE,), DonationUseRow),
    ((Kind.HANDED,), TillHandoverRow),
    ((Kind.SUBSIDY_PAID,), SubsidyPaymentRow),
    ((Kind.PAYER_REFUND,), PayerRefundRow),
)


def void_claims() -> CompoundSelect[tuple[int]]:
    """Select the claims whose deed is void: their lines are open again."""
    receipts = (
        ((Kind.PAYMENT,), ReceiptRow.payment_id),
        ((Kind.PAYER_PAID,), ReceiptRow.payer_payment_id),
        ((Kind.PAYOUT,), ReceiptRow.payout_id),
        (_OF_DEPOSITS, ReceiptRow.deposit_entry_id),
    )
    return union_all(
        *(
            _of(kinds)
            .join(ReceiptRow, column == BankClaimRow.source)
            .where(ReceiptRow.voided_at.is_not(None))
            for kinds, column in receipts
        ),
        *(
            _of(kinds)
            .join(table, table.id == BankClaimRow.source)
            .where(table.voided_at.is_not(None))
            for kinds, table in _OWN
        ),
    )


def _of(kinds: tuple[Kind, ...]) -> Select[tuple[int]]:
    """Select the claims of some kinds of deed."""
    values = [kind.value for kind in kinds]
    claims: Select[tuple[int]] = select(BankClaimRow.id)
    return claims.where(BankClaimRow.kind.in_(values))


def said_lines() -> Select[tuple[int]]:
    """Select the lines that have no void claim and of which something was said."""
    void = void_claims()
    reopened = select(BankClaimRow.bank_line_id).where(BankClaimRow.id.in_(void))
    lines: Select[tuple[int]] = select(BankClaimRow.bank_line_id)
    return lines.where(BankClaimRow.bank_line_id.not_in(reopened))


def void_claims_in(session: Session) -> frozenset[int]:
    """Return the ids of the claims whose deed is void."""
    return frozenset(session.scalars(void_claims()))

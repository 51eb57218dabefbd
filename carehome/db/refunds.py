"""Table of refunds: asked for by one person, approved by another, then paid out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.db.billing import METHODS

REFUND_KINDS = ("prepaid", "payment", "deposit")
REFUND_STATES = ("asked", "approved", "refused", "withdrawn", "paid")


class RefundRow(Base):
    """Money that somebody asks to give back, from the question to the voucher.

    Triggers keep what was asked as it was, and let it be paid only as it was approved.
    `way_reason` says why it goes back another way than it came; `answer` why not.
    """

    __tablename__ = "refund"
    __table_args__ = (
        one_of("kind", REFUND_KINDS),
        one_of("state", REFUND_STATES),
        one_of("method", METHODS),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(payee)) > 0", name="payee_named"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint(
            "(kind = 'payment') = (payment_id IS NOT NULL)", name="payment_named"
        ),
        CheckConstraint("decided_by <> asked_by", name="by_two"),
        CheckConstraint(
            "state IN ('asked', 'withdrawn') OR decided_by IS NOT NULL", name="decided"
        ),
        CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name="decided_once"
        ),
        CheckConstraint(
            "state <> 'refused' OR length(trim(answer)) > 0", name="refused_with_reason"
        ),
        CheckConstraint(
            "(state = 'paid') = ((payout_id IS NOT NULL) "
            "+ (deposit_entry_id IS NOT NULL) = 1)",
            name="paid_once",
        ),
        Index(
            "uq_refund_payment_open",
            "payment_id",
            unique=True,
            sqlite_where=text("state IN ('asked', 'approved')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    fen: Mapped[int]
    method: Mapped[str]
    way_reason: Mapped[str] = mapped_column(default="")
    payee: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    payout_id: Mapped[int | None] = mapped_column(ForeignKey("payout.id"), unique=True)
    deposit_entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("deposit_entry.id"), unique=True
    )

"""Tables of payers other than the resident: money from them, cuts, statements."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.db.billing import METHODS

PAYER_KINDS = ("insurance", "government", "charity", "organisation", "family")


class PayerRow(Base):
    """Somebody who pays for residents; members of two families may share a name."""

    __tablename__ = "payer"
    __table_args__ = (
        one_of("kind", PAYER_KINDS),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("due_days BETWEEN 0 AND 365", name="due_days_sane"),
        Index(
            "uq_payer_name",
            "name",
            unique=True,
            sqlite_where=text("kind <> 'family'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    account_number: Mapped[str] = mapped_column(default="")
    due_days: Mapped[int] = mapped_column(default=30)
    note: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class PayerPaymentRow(Base):
    """Money from a payer, often one transfer for many residents and months."""

    __tablename__ = "payer_payment"
    __table_args__ = (
        one_of("method", METHODS),
        CheckConstraint("fen > 0", name="fen_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"), index=True)
    received_on: Mapped[date]
    method: Mapped[str]
    fen: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    is_void: Mapped[bool] = mapped_column(default=False)


class PayerShareRow(Base):
    """The part of a payer's money that settles one resident's month."""

    __tablename__ = "payer_share"
    __table_args__ = (
        CheckConstraint("fen > 0", name="fen_positive"),
        Index("ix_payer_share_resident_id_month", "resident_id", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payer_payment_id: Mapped[int] = mapped_column(
        ForeignKey("payer_payment.id"), index=True
    )
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    month: Mapped[date]
    fen: Mapped[int]


class PayerRefundRow(Base):
    """Money of a payer's payment that no month needed and that went back to it.

    Triggers keep it within what of the payment is free, and let the payment be void
    only when this is.
    """

    __tablename__ = "payer_refund"
    __table_args__ = (
        one_of("method", METHODS),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(payee)) > 0", name="payee_named"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint("approved_by <> taken_by", name="by_two"),
        CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name="void_with_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payer_payment_id: Mapped[int] = mapped_column(
        ForeignKey("payer_payment.id"), index=True
    )
    day: Mapped[date]
    method: Mapped[str]
    fen: Mapped[int]
    payee: Mapped[str]
    paper: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class PayerCutRow(Base):
    """What a payer refused of one resident's month, and who bears it instead.

    The family's part stands on their next bill; what was written off is the home's
    own loss.
    """

    __tablename__ = "payer_cut"
    __table_args__ = (
        one_of("kind", ("family", "written_off")),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name="void_with_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    month: Mapped[date]
    kind: Mapped[str]
    day: Mapped[date]
    fen: Mapped[int]
    reason: Mapped[str]
    noted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class PayerStatementRow(Base):
    """A statement as it was sent to a payer, and what came back."""

    __tablename__ = "payer_statement"
    __table_args__ = (
        CheckConstraint("answered_on >= sent_on", name="answered_after"),
        Index("ix_payer_statement_payer_id_month", "payer_id", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    month: Mapped[date]
    fen: Mapped[int]
    sheet: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent_on: Mapped[date]
    sent_by: Mapped[str]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")

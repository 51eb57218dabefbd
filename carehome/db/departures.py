"""Tables of leaving for good: departures, money paid back out, settlements."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.db.billing import METHODS

KINDS = ("home", "other_home", "hospital", "death", "ended")
STEPS = (
    *("order", "leave", "bill", "receiver"),
    *("deposit", "settle", "papers", "done"),
)
SIDES = ("family", "accountant", "director")


class DepartureRow(Base):
    """One leaving for good, from the order for it to its papers; one open at a time.

    The day of leaving is that of the stay, and nowhere else.
    """

    __tablename__ = "departure"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("step", STEPS),
        CheckConstraint("kind = 'death' OR died_on IS NULL", name="death_of_the_dead"),
        CheckConstraint(
            "(cancelled_on IS NULL) = (cancel_reason = '')",
            name="cancelled_with_reason",
        ),
        CheckConstraint("cancelled_on IS NULL OR finished_on IS NULL", name="one_end"),
        CheckConstraint(
            "(finished_on IS NOT NULL) = (step = 'done')", name="done_when_finished"
        ),
        Index(
            "uq_departure_open",
            "resident_id",
            unique=True,
            sqlite_where=text("finished_on IS NULL AND cancelled_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    stay_id: Mapped[int] = mapped_column(ForeignKey("stay.id"))
    kind: Mapped[str]
    ordered_on: Mapped[date]
    ordered_by: Mapped[str]
    asked_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    planned_on: Mapped[date | None]
    died_on: Mapped[date | None]
    died_time: Mapped[str] = mapped_column(default="")
    died_where: Mapped[str] = mapped_column(default="")
    certificate: Mapped[str] = mapped_column(default="")
    receiver: Mapped[str] = mapped_column(default="")
    relation: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    id_number: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")
    others_consent: Mapped[str] = mapped_column(default="")
    belongings: Mapped[str] = mapped_column(default="")
    trust_money: Mapped[str] = mapped_column(default="")
    heirs: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    step: Mapped[str]
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    cancelled_on: Mapped[date | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    finished_on: Mapped[date | None]


class DeparturePaperRow(Base):
    """A paper of a departure that is in the file, with its scan if there is one."""

    __tablename__ = "departure_paper"
    __table_args__ = (UniqueConstraint("departure_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    departure_id: Mapped[int] = mapped_column(ForeignKey("departure.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    kind: Mapped[str]
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id", ondelete="SET NULL")
    )
    ticked_on: Mapped[date]
    ticked_by: Mapped[str]


class PayoutRow(Base):
    """Prepaid money paid back out, by two people; sealed with the shares it is from."""

    __tablename__ = "payout"
    __table_args__ = (
        one_of("method", METHODS),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("approved_by <> taken_by", name="by_two"),
        CheckConstraint("length(trim(payee)) > 0", name="payee_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    day: Mapped[date]
    fen: Mapped[int]
    method: Mapped[str]
    payee: Mapped[str]
    paper: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    is_void: Mapped[bool] = mapped_column(default=False)


class PayoutShareRow(Base):
    """The part of a payment, or of a bill's credit, that was paid back out."""

    __tablename__ = "payout_share"
    __table_args__ = (
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint(
            "(payment_id IS NULL) <> (credit_bill_id IS NULL)", name="one_source"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payout_id: Mapped[int] = mapped_column(
        ForeignKey("payout.id", deferrable=True, initially="DEFERRED"), index=True
    )
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    credit_bill_id: Mapped[int | None] = mapped_column(
        ForeignKey("bill.id"), index=True
    )
    fen: Mapped[int]


class SettlementRow(Base):
    """What a departure came to, written once; the database compares it to the books.

    `text` holds the sheet in the words of then, so that a reprint is the same.
    """

    __tablename__ = "settlement"
    __table_args__ = (
        CheckConstraint(
            "paid_fen + set_off_fen + claim_fen = billed_fen + paid_out_fen",
            name="fees_add_up",
        ),
        CheckConstraint(
            "deposit_fen = set_off_fen + damage_fen + emergency_fen + refunded_fen",
            name="deposit_adds_up",
        ),
        CheckConstraint("claim_fen >= 0", name="claim_not_negative"),
        CheckConstraint(
            "(claim_fen = 0) = (claim_reason = '')", name="claim_with_reason"
        ),
        CheckConstraint("length(trim(receiver)) > 0", name="receiver_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    departure_id: Mapped[int] = mapped_column(ForeignKey("departure.id"), unique=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    approved_by: Mapped[str] = mapped_column(default="")
    receiver: Mapped[str]
    billed_fen: Mapped[int]
    paid_fen: Mapped[int]
    deposit_fen: Mapped[int]
    set_off_fen: Mapped[int]
    damage_fen: Mapped[int]
    emergency_fen: Mapped[int]
    refunded_fen: Mapped[int]
    paid_out_fen: Mapped[int]
    claim_fen: Mapped[int]
    claim_reason: Mapped[str] = mapped_column(default="")
    text: Mapped[dict[str, Any]]
    printed: Mapped[int] = mapped_column(default=0)
    trust_fen: Mapped[int] = mapped_column(default=0, server_default="0")


class SettlementSignatureRow(Base):
    """A side that has signed a settlement; once all have, triggers seal it."""

    __tablename__ = "settlement_signature"
    __table_args__ = (
        one_of("side", SIDES),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        UniqueConstraint("settlement_id", "side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlement.id"))
    side: Mapped[str]
    name: Mapped[str]
    day: Mapped[date]
    noted_by: Mapped[str]

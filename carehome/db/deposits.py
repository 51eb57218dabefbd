"""Table of deposits: money of the residents that the home only holds."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.db.billing import METHODS

INWARD = ("opening", "in")
OUTWARD = ("refund", "emergency", "set_off", "damage")
DRAW_METHODS = ("transfer", "cash")
PAPER_KINDS = ("handed_in", "excused", "put_back")


class DepositEntryRow(Base):
    """One movement of a resident's deposit; a trigger keeps what is held above 0."""

    __tablename__ = "deposit_entry"
    __table_args__ = (
        one_of("kind", INWARD + OUTWARD),
        one_of("method", (*METHODS, "none")),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint(
            "kind <> 'refund' OR (approved_by IS NOT NULL AND approved_by <> taken_by)",
            name="refund_by_two",
        ),
        CheckConstraint(
            "kind <> 'damage' OR (length(trim(purpose)) > 0 "
            "AND length(trim(paper)) > 0)",
            name="damage_with_consent",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str]
    day: Mapped[date]
    fen: Mapped[int]
    method: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    paper: Mapped[str] = mapped_column(default="")
    papers_due: Mapped[date | None]
    banked_on: Mapped[date | None]
    banked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    banked_at: Mapped[datetime | None]  # when that was noted
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_void: Mapped[bool] = mapped_column(default=False)


class DepositDrawRow(Base):
    """Money drawn from the dedicated account for what a till paid, or the home is due.

    Its parts are stored first: the database wants the sum to be theirs.
    """

    __tablename__ = "deposit_draw"
    __table_args__ = (
        one_of("method", DRAW_METHODS),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(paper)) > 0", name="paper_given"),
        CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name="void_with_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    fen: Mapped[int]
    method: Mapped[str]
    paper: Mapped[str]
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class DepositDrawPartRow(Base):
    """A movement that was paid by a draw; a trigger lets it be drawn once."""

    __tablename__ = "deposit_draw_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    deposit_draw_id: Mapped[int] = mapped_column(
        ForeignKey("deposit_draw.id", deferrable=True, initially="DEFERRED"), index=True
    )
    deposit_entry_id: Mapped[int] = mapped_column(
        ForeignKey("deposit_entry.id"), index=True
    )
    fen: Mapped[int]


class DepositPaperRow(Base):
    """What became of the papers of an emergency: there, not to be had, put back."""

    __tablename__ = "deposit_paper"
    __table_args__ = (
        one_of("kind", PAPER_KINDS),
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    deposit_entry_id: Mapped[int] = mapped_column(
        ForeignKey("deposit_entry.id"), index=True
    )
    kind: Mapped[str]
    day: Mapped[date]
    text: Mapped[str]
    noted_by: Mapped[str]
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id", ondelete="SET NULL")
    )


class RuleChoiceRow(Base):
    """Which rules for deposits and prepaid fees the home follows from a day on."""

    __tablename__ = "rule_choice"
    __table_args__ = (
        CheckConstraint("length(pack) > 0", name="pack_named"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starts: Mapped[date] = mapped_column(unique=True)
    pack: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]

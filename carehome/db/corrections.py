"""Tables of late corrections: what they were computed from, and who let them in."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base


class BillCorrectionRow(Base):
    """The facts by which a bill corrects an earlier month; sealed with the bill."""

    __tablename__ = "bill_correction"
    __table_args__ = (UniqueConstraint("bill_id", "month"),)
    is_logged: ClassVar[bool] = False  # the log names the bill

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"))
    month: Mapped[date]
    facts: Mapped[str]


class LateChoiceRow(Base):
    """The director's word on the correction of a month long past.

    It holds for the correction that was looked at, which `lines` tells; what comes to
    be known later waits for a word of its own.
    """

    __tablename__ = "late_choice"
    __table_args__ = (
        CheckConstraint("length(trim(reason)) > 0", name="with_reason"),
        Index("ix_late_choice_resident_id_month", "resident_id", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    month: Mapped[date]
    is_taken: Mapped[bool]
    lines: Mapped[dict[str, Any]]
    fen: Mapped[int]
    reason: Mapped[str]
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime]

"""Table of deposits: money of the residents that the home only holds."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.db.billing import METHODS

INWARD = ("opening", "in")
OUTWARD = ("refund", "emergency", "set_off", "damage")


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
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_void: Mapped[bool] = mapped_column(default=False)

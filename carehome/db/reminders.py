"""Tables of reminders: who was told what they owe, and by which rules of the home."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

WAYS = ("letter", "message", "phone")
DUE_KINDS = ("month_end", "posted", "day")
TEXT_KINDS = ("letter_1", "letter_2", "letter_3", "message")


class ReminderRow(Base):
    """One reminder of what a resident owed that day, and what was said to it."""

    __tablename__ = "reminder"
    __table_args__ = (
        one_of("way", WAYS),
        CheckConstraint("step BETWEEN 1 AND 3", name="step_known"),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("promised_on >= day", name="promised_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    day: Mapped[date]
    way: Mapped[str]
    step: Mapped[int]
    fen: Mapped[int]
    spoke_to: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(default="")
    promised_on: Mapped[date | None]
    noted_by: Mapped[str]


class ReminderRuleRow(Base):
    """When a bill is due, and how long the home waits before it reminds again."""

    __tablename__ = "reminder_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        one_of("due_kind", DUE_KINDS),
        CheckConstraint("due_days BETWEEN 0 AND 90", name="due_days_sane"),
        CheckConstraint("again_days BETWEEN 1 AND 90", name="again_days_sane"),
        CheckConstraint("second_days BETWEEN 1 AND 365", name="second_days_sane"),
        CheckConstraint(
            "last_days > second_days AND last_days <= 730", name="last_after_second"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    due_kind: Mapped[str] = mapped_column(default="month_end")
    due_days: Mapped[int] = mapped_column(default=0)
    again_days: Mapped[int] = mapped_column(default=14)
    second_days: Mapped[int] = mapped_column(default=31)
    last_days: Mapped[int] = mapped_column(default=91)


class ReminderTextRow(Base):
    """What the home itself says in one of its reminders."""

    __tablename__ = "reminder_text"
    __table_args__ = (one_of("kind", TEXT_KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]

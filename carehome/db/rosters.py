"""Tables of rosters: what everybody works on which day, wishes, the home's calendar.

The database keeps a day to the month of its roster and a person to one shift a day, and
lets a published cell change only as the log of changes tells, with a reason.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

STATES = ("draft", "published")
WISH_KINDS = ("off", "on", "not")
DAY_KINDS = ("work", "rest")


class RosterRow(Base):
    """The roster of a month, `month` its first day."""

    __tablename__ = "roster"
    __table_args__ = (
        one_of("state", STATES),
        CheckConstraint("month = date(month, 'start of month')", name="month_whole"),
        CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name="published_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="draft")
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(default="")


class RosterExceptionRow(Base):
    """Something that must not be and was published all the same, and why."""

    __tablename__ = "roster_exception"
    __table_args__ = (CheckConstraint("length(trim(reason)) > 0", name="reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"), index=True)
    finding: Mapped[str]
    reason: Mapped[str]


class RosterCellRow(Base):
    """What somebody works on a day; without a shift a day off that is locked.

    `unit_id` is set where somebody works elsewhere than in their own unit.
    """

    __tablename__ = "roster_cell"
    __table_args__ = (
        UniqueConstraint("staff_id", "day"),
        CheckConstraint("shift_id IS NOT NULL OR unit_id IS NULL", name="off_nowhere"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    day: Mapped[date] = mapped_column(index=True)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift_kind.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    is_locked: Mapped[bool] = mapped_column(default=False)


class RosterWishRow(Base):
    """Somebody would like a day off, a day of work or a shift, or not a shift."""

    __tablename__ = "roster_wish"
    __table_args__ = (
        one_of("kind", WISH_KINDS),
        CheckConstraint("(kind = 'not') <= (shift_id IS NOT NULL)", name="not_what"),
        CheckConstraint("kind <> 'off' OR shift_id IS NULL", name="off_whole"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str]
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift_kind.id"))
    weight: Mapped[int]
    asked_at: Mapped[datetime]
    noted_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class RosterChangeRow(Base):
    """One change of a published cell: what it was and became, who, when and why."""

    __tablename__ = "roster_change"
    __table_args__ = (
        Index("ix_roster_change_staff_id_day", "staff_id", "day"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint(
            "old_shift_id IS NOT new_shift_id OR old_unit_id IS NOT new_unit_id",
            name="differs",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    day: Mapped[date]
    old_shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift_kind.id"))
    new_shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift_kind.id"))
    old_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    new_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    reason: Mapped[str]


class CalendarDayRow(Base):
    """A day that the home counts otherwise than the calendar it came with."""

    __tablename__ = "calendar_day"
    __table_args__ = (one_of("kind", DAY_KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")

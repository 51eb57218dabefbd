"""Tables of what is closed or kept back: times without admissions, beds kept back."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, ends_after_start


class ClosureRow(Base):
    """Days on which nobody moves in: the whole home, or one part of it.

    Triggers refuse an admission on such a day, and two closures of one place at once.
    """

    __tablename__ = "closure"
    __table_args__ = (
        ends_after_start(),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint("length(trim(ordered_by)) > 0", name="ordered_by_somebody"),
        CheckConstraint(
            "(building_id IS NOT NULL) + (floor_id IS NOT NULL) + (unit <> '') <= 1",
            name="one_place",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starts: Mapped[date]
    ends: Mapped[date | None]
    reason: Mapped[str]
    ordered_by: Mapped[str]
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"))
    floor_id: Mapped[int | None] = mapped_column(ForeignKey("floor.id"))
    unit: Mapped[str] = mapped_column(default="")


class KeptBedRow(Base):
    """Beds kept back for a category: one named bed, or a number of them somewhere."""

    __tablename__ = "kept_bed"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_sane"),
        CheckConstraint(
            "bed_id IS NULL OR (number = 1 AND bed_class = '' AND floor_id IS NULL)",
            name="named_alone",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str]
    number: Mapped[int] = mapped_column(default=1)
    bed_class: Mapped[str] = mapped_column(default="")
    floor_id: Mapped[int | None] = mapped_column(ForeignKey("floor.id"))
    bed_id: Mapped[int | None] = mapped_column(ForeignKey("bed.id"), unique=True)
    note: Mapped[str] = mapped_column(default="")


class KeptBedLeaveRow(Base):
    """Leave for one resident to have a bed that is kept back for others."""

    __tablename__ = "kept_bed_leave"
    __table_args__ = (CheckConstraint("length(trim(reason)) > 0", name="reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), unique=True)
    reason: Mapped[str]
    given_on: Mapped[date]
    given_by: Mapped[str]

"""Tables of equipment: kinds with their lives, floor plans, what hangs where, services.

A point on a plan is told in ten-thousandths of its picture, from the upper left.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

SERVICE_KINDS = ("service", "test", "repair")
SURENESS = ("read", "second_hand", "remembered", "ours")


class EquipmentKindRow(Base):
    """A kind of equipment: when it is first serviced, serviced again, and scrapped.

    `contract_id` is the paper of the firm that services it; a later revision than
    the one of this table keeps those, so that no foreign key can hold it.
    """

    __tablename__ = "equipment_kind"
    __table_args__ = (
        CheckConstraint("first_months BETWEEN 1 AND 600", name="first_months_sane"),
        CheckConstraint("again_months BETWEEN 1 AND 600", name="again_months_sane"),
        CheckConstraint("scrap_months BETWEEN 1 AND 600", name="scrap_months_sane"),
        CheckConstraint(
            "(first_months IS NULL) = (again_months IS NULL)", name="service_whole"
        ),
        CheckConstraint("warn_days BETWEEN 0 AND 366", name="warn_days_sane"),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("length(mark) BETWEEN 1 AND 2", name="mark_short"),
        one_of("sureness", SURENESS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    mark: Mapped[str]
    first_months: Mapped[int | None]
    again_months: Mapped[int | None]
    scrap_months: Mapped[int | None]
    warn_days: Mapped[int] = mapped_column(default=60)
    source: Mapped[str] = mapped_column(default="")
    sureness: Mapped[str] = mapped_column(default="ours")
    contract_id: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class FloorPlanRow(Base):
    """A floor as a picture that the home supplies."""

    __tablename__ = "floor_plan"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("safety_picture.id"))
    position: Mapped[int] = mapped_column(default=0)


class EquipmentRow(Base):
    """One extinguisher, hydrant, detector …; once scrapped a trigger keeps it."""

    __tablename__ = "safety_equipment"
    __table_args__ = (
        CheckConstraint("length(trim(place)) > 0", name="place_given"),
        CheckConstraint(
            "(plan_id IS NULL) = (x IS NULL) AND (plan_id IS NULL) = (y IS NULL)",
            name="point_whole",
        ),
        CheckConstraint(
            "x BETWEEN 0 AND 10000 AND y BETWEEN 0 AND 10000", name="point_sane"
        ),
        CheckConstraint("scrapped_on >= made_on", name="scrapped_last"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_kind_id: Mapped[int] = mapped_column(ForeignKey("equipment_kind.id"))
    model: Mapped[str] = mapped_column(default="")
    place: Mapped[str]
    made_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("floor_plan.id"))
    x: Mapped[int | None]
    y: Mapped[int | None]
    scrapped_on: Mapped[date | None]
    scrap_reason: Mapped[str] = mapped_column(default="")


class EquipmentServiceRow(Base):
    """A service, test or repair; `next_on` is what the firm wrote on the tag."""

    __tablename__ = "equipment_service"
    __table_args__ = (
        UniqueConstraint("equipment_id", "day", "kind"),
        one_of("kind", SERVICE_KINDS),
        CheckConstraint("next_on > day", name="next_on_after_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("safety_equipment.id"))
    day: Mapped[date]
    kind: Mapped[str]
    is_passed: Mapped[bool] = mapped_column(default=True)
    by: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

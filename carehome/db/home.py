"""Tables of the home itself: profile, settings, code lists."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

OWNERSHIPS = ("public", "public_run_private", "private")
CODE_KINDS = ("nursing_grade", "bed_class", "meal_plan", "category", "unit")


class HomeRow(Base):
    """The one home that the database is about, with its settings."""

    __tablename__ = "home"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        one_of("ownership", OWNERSHIPS),
        CheckConstraint("lock_minutes BETWEEN 1 AND 120", name="lock_minutes_sane"),
        CheckConstraint("adjust_months BETWEEN 0 AND 24", name="adjust_months_sane"),
        CheckConstraint("assess_months BETWEEN 1 AND 24", name="assess_months_sane"),
        CheckConstraint("overheld_days BETWEEN 1 AND 90", name="overheld_days_sane"),
        CheckConstraint("land_area > 0", name="land_area_positive"),
        CheckConstraint("floor_area > 0", name="floor_area_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    legal_kind: Mapped[str] = mapped_column(default="")
    filing_number: Mapped[str] = mapped_column(default="")
    ownership: Mapped[str] = mapped_column(default="private")
    region: Mapped[str] = mapped_column(default="")
    rule_pack: Mapped[str] = mapped_column(default="default")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    payment_note: Mapped[str] = mapped_column(default="")
    deposit_account: Mapped[str] = mapped_column(default="")
    is_practice: Mapped[bool] = mapped_column(default=False)
    lock_minutes: Mapped[int] = mapped_column(default=10)
    charge_admission_day: Mapped[bool] = mapped_column(default=True)
    charge_discharge_day: Mapped[bool] = mapped_column(default=False)
    adjust_months: Mapped[int] = mapped_column(default=3)
    waived_steps: Mapped[str] = mapped_column(default="")
    is_key_safe: Mapped[bool] = mapped_column(default=True)
    assess_form: Mapped[str] = mapped_column(default="gbt42195-2022")
    assess_months: Mapped[int] = mapped_column(default=6)
    assess_adds_up: Mapped[bool] = mapped_column(default=False)
    credit_code: Mapped[str] = mapped_column(default="", server_default="")
    legal_person: Mapped[str] = mapped_column(default="", server_default="")
    head: Mapped[str] = mapped_column(default="", server_default="")
    contact: Mapped[str] = mapped_column(default="", server_default="")
    registered: Mapped[str] = mapped_column(default="", server_default="")
    premises: Mapped[str] = mapped_column(default="", server_default="")
    opened_on: Mapped[date | None]
    land_area: Mapped[int | None]
    floor_area: Mapped[int | None]
    overheld_days: Mapped[int | None]
    one_may_approve: Mapped[bool] = mapped_column(default=False, server_default=false())


class CodeRow(Base):
    """One entry of the home's own lists: nursing grades, bed classes, meal plans …"""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("kind", "code"), one_of("kind", CODE_KINDS))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code: Mapped[str]
    label: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

"""Table of the units in which staff work: wards, floors, the kitchen."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base


class UnitRow(Base):
    """A part of the home that a roster fills with people."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

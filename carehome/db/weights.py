"""Table of the weights that the home gave to soft rules of a roster."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base


class WeightRow(Base):
    """The weight of one rule, where it is not the one that the program came with."""

    __tablename__ = "roster_weight"
    __table_args__ = (CheckConstraint("weight BETWEEN 0 AND 100", name="weight_sane"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(unique=True)
    weight: Mapped[int]

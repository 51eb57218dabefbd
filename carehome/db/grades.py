"""Table of the home's own rules by which an ability leads to a nursing grade."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

SUBSIDY_CLASSES = ("able", "partly", "disabled")


class GradeRuleRow(Base):
    """What the home makes of an ability; without a row our rule holds."""

    __tablename__ = "grade_rule"
    __table_args__ = (
        UniqueConstraint("ability_level", "has_dementia"),
        CheckConstraint("ability_level BETWEEN 0 AND 4", name="ability_level_known"),
        one_of("subsidy_class", SUBSIDY_CLASSES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ability_level: Mapped[int]
    has_dementia: Mapped[bool]
    grade: Mapped[str]
    subsidy_class: Mapped[str]

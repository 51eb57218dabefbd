"""Reports of figures that were handed in, sealed with the values they told."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base


class FigureReportRow(Base):
    """A report that was handed in: which set of figures, and of what days."""

    __tablename__ = "figure_report"
    __table_args__ = (
        CheckConstraint("ends > starts", name="starts"),
        CheckConstraint("as_of >= starts AND as_of < ends", name="as_of"),
        UniqueConstraint("corrects_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    office: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    starts: Mapped[date]
    ends: Mapped[date]
    as_of: Mapped[date]
    compared: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("figure_report.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class FigureReportLineRow(Base):
    """A line as it was handed in: exact as a fraction, and all as it was shown."""

    __tablename__ = "figure_report_line"
    is_logged: ClassVar[bool] = False  # sealed with the report, which is logged
    __table_args__ = (
        UniqueConstraint("report_id", "position"),
        CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL)", name="value_whole"
        ),
        CheckConstraint("denominator > 0", name="denominator_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("figure_report.id"))
    position: Mapped[int]
    figure: Mapped[str] = mapped_column(default="")
    part: Mapped[str]
    label: Mapped[str]
    shown: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    change: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    unknown: Mapped[str] = mapped_column(default="")
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]

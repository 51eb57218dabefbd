"""Tables of how residents leave in an emergency, and of beds that were closed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

WAYS = ("alone", "one_helper", "two_helpers", "wheelchair", "carried")


class EvacuationRow(Base):
    """How a resident is brought out, and what must go along; unknown without a row."""

    __tablename__ = "evacuation"
    __table_args__ = (one_of("way", WAYS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), unique=True)
    way: Mapped[str]
    needs: Mapped[str] = mapped_column(default="")
    set_on: Mapped[date]
    set_by: Mapped[str]


class BedClosureRow(Base):
    """A bed was out of service from `starts` up to, but without, `ends`."""

    __tablename__ = "bed_closure"
    __table_args__ = (
        CheckConstraint("ends >= starts", name="ends_last"),
        Index(
            "uq_bed_closure_open",
            "bed_id",
            unique=True,
            sqlite_where=text("ends IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bed_id: Mapped[int] = mapped_column(ForeignKey("bed.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date | None]


class BedTargetRow(Base):
    """The share of nursing beds that the home is measured against."""

    __tablename__ = "bed_target"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    percent: Mapped[int]

"""Tables of the kinds of shift that the home works, and of the people they need."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

DAY_CLASSES = ("all", "weekday", "holiday")
ALWAYS = date(2000, 1, 1)  # a need that holds since the home made rosters


class ShiftKindRow(Base):
    """A kind of shift: its letter, the sign in the cell, its times in minutes.

    `starts` is the minute of the day, `span` the minutes to its end with breaks, over
    midnight where need be, `minutes` what counts as working time.
    """

    __tablename__ = "shift_kind"
    __table_args__ = (
        CheckConstraint("length(trim(code)) > 0", name="code_given"),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("starts BETWEEN 0 AND 1439", name="starts_sane"),
        CheckConstraint("span BETWEEN 1 AND 1440", name="span_sane"),
        CheckConstraint("minutes BETWEEN 0 AND span", name="minutes_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    sign: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    starts: Mapped[int]
    span: Mapped[int]
    minutes: Mapped[int]
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class ShiftNeedRow(Base):
    """So many people on each shift of a kind, in a unit or in the whole home.

    `under` is the weight of each one missing, None where it must not be; `over` that of
    each one too many. A computed need follows who lives in the unit, and `need` is the
    least. It holds from `starts` until a later one; `days` says on which days. One of
    the people is a carer of level `skill` or higher, where that is given.
    """

    __tablename__ = "shift_need"
    __table_args__ = (
        CheckConstraint("need >= 0", name="need_sane"),
        CheckConstraint("most >= need", name="most_sane"),
        CheckConstraint("under > 0", name="under_sane"),
        CheckConstraint("over >= 0", name="over_sane"),
        CheckConstraint("skill BETWEEN 1 AND 5", name="skill_sane"),
        CheckConstraint(
            "NOT is_computed OR unit_id IS NOT NULL", name="computed_has_unit"
        ),
        one_of("days", DAY_CLASSES),
        Index(
            "uq_shift_need_unit",
            "shift_id",
            "unit_id",
            "days",
            "starts",
            unique=True,
            sqlite_where=text("unit_id IS NOT NULL"),
        ),
        Index(
            "uq_shift_need_home",
            "shift_id",
            "days",
            "starts",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift_kind.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    need: Mapped[int]
    most: Mapped[int | None]
    under: Mapped[int | None]
    over: Mapped[int] = mapped_column(default=0)
    is_computed: Mapped[bool] = mapped_column(default=False)
    days: Mapped[str] = mapped_column(default="all")
    starts: Mapped[date] = mapped_column(default=ALWAYS)
    skill: Mapped[int | None]


class UnitFloorRow(Base):
    """The people of a floor are cared for by a unit; a floor has one unit at most."""

    __tablename__ = "unit_floor"

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)


class CoverRatioRow(Base):
    """From `starts` on one carer of a shift looks after so many of an ability level.

    Without `residents` the ability level asks for nobody from that day on.
    """

    __tablename__ = "cover_ratio"
    __table_args__ = (
        UniqueConstraint("shift_id", "ability_level", "starts"),
        CheckConstraint("ability_level BETWEEN 0 AND 4", name="ability_level_known"),
        CheckConstraint("residents BETWEEN 1 AND 999", name="residents_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift_kind.id"))
    ability_level: Mapped[int]
    residents: Mapped[int | None]
    starts: Mapped[date]

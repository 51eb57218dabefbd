"""Tables of buildings, floors, rooms, beds and who has them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, ends_after_start, one_of

GENDER_RULES = ("any", "male", "female")
BED_STATES = ("ready", "cleaning", "out_of_service")
USE_KINDS = ("occupied", "reserved")


class BuildingRow(Base):
    """A building of the home."""

    __tablename__ = "building"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class FloorRow(Base):
    """A floor; nobody lives below ground (seed 003 L1989), so the lowest is 1."""

    __tablename__ = "floor"
    __table_args__ = (
        UniqueConstraint("building_id", "name"),
        CheckConstraint("level >= 1", name="level_above_ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    name: Mapped[str]
    level: Mapped[int]
    unit: Mapped[str] = mapped_column(default="")


class RoomRow(Base):
    """A room with beds."""

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("floor_id", "name"),
        one_of("gender_rule", GENDER_RULES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"))
    name: Mapped[str]
    gender_rule: Mapped[str] = mapped_column(default="any")


class BedRow(Base):
    """A bed that can be let, from `since` up to, but without, `until`.

    Without `since` it was there as long as the home, without `until` it is still there.
    """

    __tablename__ = "bed"
    __table_args__ = (
        UniqueConstraint("room_id", "label"),
        one_of("state", BED_STATES),
        ends_after_start("since", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    label: Mapped[str]
    bed_class: Mapped[str]
    is_nursing_bed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="ready")
    state_note: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None]
    until: Mapped[date | None]


class BedUseRow(Base):
    """A resident's hold on a bed from `starts` up to, but without, `ends`.

    Triggers refuse two holds on one bed on one day and two beds for one resident.
    Who came and left on one day keeps an empty use: it names the bed to charge.
    """

    __tablename__ = "bed_use"
    __table_args__ = (
        CheckConstraint("ends >= starts", name="ends_last"),
        one_of("kind", USE_KINDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bed_id: Mapped[int] = mapped_column(ForeignKey("bed.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str] = mapped_column(default="occupied")
    starts: Mapped[date]
    ends: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")

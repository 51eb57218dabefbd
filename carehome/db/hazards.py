"""Tables of the register of hazards; what is in it stays, as triggers see to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

SEVERITIES = ("major", "high", "general")
STATES = ("open", "rectified", "checked", "closed")
ORIGINS = (
    *("round", "hand", "drill", "incident"),
    *("inspection", "test", "self_check", "equipment"),
)
STEPS = ("opened", "planned", "rectified", "sent_back", "checked", "closed")
STAGES = ("before", "after", "check")


class HazardRow(Base):
    """A hazard from its finding to its closing; it is numbered within its year.

    `due_at` is the deadline now, `first_due_at` the one it began with. Who rectified it
    is a name and the account that entered it: neither may re-check or close it.
    """

    __tablename__ = "safety_hazard"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        one_of("state", STATES),
        one_of("severity", SEVERITIES),
        one_of("origin", ORIGINS),
        CheckConstraint("serial > 0", name="serial_positive"),
        CheckConstraint(
            "length(trim(item)) > 0 AND length(trim(place)) > 0", name="item_and_place"
        ),
        CheckConstraint(
            "due_at > found_at AND first_due_at > found_at", name="due_after_found"
        ),
        CheckConstraint("rectified_at >= found_at", name="rectified_after_found"),
        CheckConstraint(
            "(state = 'open') = (rectified_at IS NULL) "
            "AND (rectified_at IS NULL) = (rectified_account IS NULL) "
            "AND (rectified_at IS NULL OR length(trim(rectified_by)) > 0)",
            name="rectified_whole",
        ),
        CheckConstraint(
            "(state IN ('checked', 'closed')) = (checked_at IS NOT NULL) "
            "AND (checked_at IS NULL) = (checked_account IS NULL)",
            name="checked_whole",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) "
            "AND (closed_at IS NULL) = (closed_account IS NULL)",
            name="closed_whole",
        ),
        CheckConstraint(
            "checked_account <> rectified_account AND checked_by <> rectified_by "
            "OR checked_at IS NULL",
            name="checked_by_another",
        ),
        CheckConstraint(
            "closed_account <> rectified_account AND closed_by <> rectified_by "
            "OR closed_at IS NULL",
            name="closed_by_another",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    state: Mapped[str] = mapped_column(default="open", index=True)
    severity: Mapped[str]
    origin: Mapped[str]
    origin_id: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    item: Mapped[str]
    place: Mapped[str]
    found_at: Mapped[datetime] = mapped_column(index=True)
    found_by: Mapped[str]
    measure: Mapped[str] = mapped_column(default="")
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    responsible: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime]
    first_due_at: Mapped[datetime]
    rectified_at: Mapped[datetime | None]
    rectified_by: Mapped[str] = mapped_column(default="")
    rectified_account: Mapped[int | None]
    rectified_note: Mapped[str] = mapped_column(default="")
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[str] = mapped_column(default="")
    checked_account: Mapped[int | None]
    checked_note: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
    closed_account: Mapped[int | None]
    closed_note: Mapped[str] = mapped_column(default="")


class HazardStepRow(Base):
    """A line of a hazard's history; lines are only ever added."""

    __tablename__ = "safety_hazard_step"
    __table_args__ = (one_of("kind", STEPS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("safety_hazard.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    text: Mapped[str] = mapped_column(default="")


class HazardPictureRow(Base):
    """A picture of a hazard: as it was found, put right, and at the re-check."""

    __tablename__ = "safety_hazard_picture"
    __table_args__ = (
        one_of("stage", STAGES),
        UniqueConstraint("hazard_id", "picture_id", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("safety_hazard.id"))
    picture_id: Mapped[int] = mapped_column(ForeignKey("safety_picture.id"), index=True)
    stage: Mapped[str]


class HazardRuleRow(Base):
    """How long hazards may stand in this home; without a row the usual is meant."""

    __tablename__ = "safety_hazard_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint(
            "major_hours BETWEEN 1 AND high_days * 24 AND high_days <= general_days "
            "AND general_days <= work_days AND work_days <= 90",
            name="limits_in_order",
        ),
        CheckConstraint("warn_hours BETWEEN 0 AND 720", name="warn_hours_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    major_hours: Mapped[int]
    high_days: Mapped[int]
    general_days: Mapped[int]
    work_days: Mapped[int]
    warn_hours: Mapped[int]

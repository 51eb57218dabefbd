"""Tables of checklists: forms, their versions and items, places, the plan of rounds."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

KINDS = (
    *("day_patrol", "night_patrol", "monthly", "control_room", "kitchen", "gas_power"),
    *("lift", "drill", "training", "major_hazards", "facility_24", "food_sample"),
    "other",
)
STANDINGS = ("in force", "draft", "ours")
SURENESS = ("read", "second_hand", "remembered", "ours")
WEIGHTS = ("required", "recommended", "optional")
SEVERITIES = ("general", "high", "major")
RHYTHMS = (
    *("daily", "night", "weekly", "monthly", "half_yearly", "yearly"),
    "every_days",
)


class FormRow(Base):
    """A checklist of the home; what it asks stands in its versions."""

    __tablename__ = "form"
    __table_args__ = (
        one_of("kind", KINDS),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    preset: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class FormVersionRow(Base):
    """One version of a checklist; triggers keep it for the rounds made by it.

    It has exactly `size` items: the database takes no more of them.
    """

    __tablename__ = "form_version"
    __table_args__ = (
        UniqueConstraint("form_id", "number"),
        one_of("standing", STANDINGS),
        CheckConstraint("number >= 1", name="number_sane"),
        CheckConstraint("size >= 1", name="size_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    number: Mapped[int]
    size: Mapped[int]
    edition: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    standing: Mapped[str] = mapped_column(default="ours")
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class FormItemRow(Base):
    """One thing to look at: where it comes from, how, and what fails it.

    `points` is the full mark where points are given; other items pass or fail.
    `severity` is that of the hazard that a failed item opens.
    """

    __tablename__ = "form_item"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        UniqueConstraint("version_id", "code"),
        one_of("sureness", SURENESS),
        one_of("weight", WEIGHTS),
        one_of("severity", SEVERITIES),
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
        CheckConstraint("points BETWEEN 1 AND 100", name="points_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    position: Mapped[int]
    code: Mapped[str]
    section: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    method: Mapped[str] = mapped_column(default="")
    fails: Mapped[str] = mapped_column(default="")
    needs_picture: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    sureness: Mapped[str] = mapped_column(default="ours")
    weight: Mapped[str] = mapped_column(default="required")
    severity: Mapped[str] = mapped_column(default="general")
    points: Mapped[int | None]


class SafetyPlaceRow(Base):
    """A place that is gone round: a floor, the kitchen, the control room."""

    __tablename__ = "safety_place"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    floor_id: Mapped[int | None] = mapped_column(
        ForeignKey("floor.id", ondelete="SET NULL")
    )
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class RoundPlanRow(Base):
    """Which form is filled in where, how often, and by whom, from a day to a day.

    What the plan asked for stays: triggers let only its end be set, since the rounds
    that were missed are computed from it. Times are minutes of the day; `every` is
    minutes in the night and days in `every_days`. A round of a longer rhythm may be
    made from the `first_day` of its week, month … on, `days` long or to its end.
    """

    __tablename__ = "round_plan"
    __table_args__ = (
        one_of("rhythm", RHYTHMS),
        CheckConstraint(
            "(rhythm = 'daily') = (length(times) > 0) AND "
            "(rhythm = 'daily') = (window IS NOT NULL)",
            name="daily_has_times",
        ),
        CheckConstraint(
            "(rhythm = 'night') = (night_from IS NOT NULL) AND "
            "(rhythm = 'night') = (night_to IS NOT NULL)",
            name="night_has_hours",
        ),
        CheckConstraint(
            "(rhythm IN ('night', 'every_days')) = (every IS NOT NULL)",
            name="every_where_asked",
        ),
        CheckConstraint("every >= 1", name="every_sane"),
        CheckConstraint("window BETWEEN 1 AND 1440", name="window_sane"),
        CheckConstraint(
            "night_from BETWEEN 0 AND 1439 AND night_to BETWEEN 0 AND 1439",
            name="night_sane",
        ),
        CheckConstraint("first_day BETWEEN 1 AND 366", name="first_day_sane"),
        CheckConstraint("days BETWEEN 1 AND 366", name="days_sane"),
        CheckConstraint("ends >= starts", name="end_last"),
        Index(
            "uq_round_plan_open",
            "form_id",
            "place_id",
            unique=True,
            sqlite_where=text("ends IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("safety_place.id"), index=True)
    rhythm: Mapped[str]
    times: Mapped[str] = mapped_column(default="")  # "08:30 15:00"
    window: Mapped[int | None]
    night_from: Mapped[int | None]
    night_to: Mapped[int | None]
    every: Mapped[int | None]
    first_day: Mapped[int] = mapped_column(default=1)
    days: Mapped[int | None]
    role: Mapped[str] = mapped_column(default="")
    starts: Mapped[date]
    ends: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]

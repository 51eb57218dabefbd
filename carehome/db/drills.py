"""Tables of drills, what trainings about fire add, emergency plans and incidents.

Who took part in a training stands with the training of the staff; here stands only
what fire safety knows besides: why it was held, and what its test showed.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

DRILL_ROLES = (
    *("command", "alarm", "fire_fighting", "evacuation", "first_aid", "guard"),
    "supplies",
)
VERDICTS = ("met", "failed", "not_seen")
OCCASIONS = ("yearly", "new_staff", "new_post", "drill", "other")
EVENT_KINDS = ("disaster", "accident", "health", "security")
GRADES = ("extreme", "major", "larger", "general")


class DrillRow(Base):
    """A drill that is planned, was held or was called off."""

    __tablename__ = "safety_drill"
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_sane"),
        CheckConstraint("residents >= 0", name="residents_sane"),
        CheckConstraint(
            "called_off = '' OR held_on IS NULL", name="held_or_called_off"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    planned_on: Mapped[date] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(default="")
    is_night: Mapped[bool] = mapped_column(default=False)
    is_disabled_unit: Mapped[bool] = mapped_column(default=False)
    is_real: Mapped[bool] = mapped_column(default=True)
    held_on: Mapped[date | None] = mapped_column(index=True)
    held_at: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    residents: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    called_off: Mapped[str] = mapped_column(default="")


class DrillRoleRow(Base):
    """Somebody takes a part in a drill."""

    __tablename__ = "safety_drill_role"
    __table_args__ = (
        UniqueConstraint("drill_id", "role", "staff_id"),
        one_of("role", DRILL_ROLES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(ForeignKey("safety_drill.id"))
    role: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)


class DrillFloorRow(Base):
    """How long it took until the last one was off a floor."""

    __tablename__ = "safety_drill_floor"
    __table_args__ = (
        UniqueConstraint("drill_id", "floor_id"),
        CheckConstraint("seconds BETWEEN 1 AND 86400", name="seconds_sane"),
        CheckConstraint("residents >= 0", name="residents_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(ForeignKey("safety_drill.id"))
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"), index=True)
    seconds: Mapped[int]
    residents: Mapped[int] = mapped_column(default=0)


class DrillScoreRow(Base):
    """One line of the score sheet, worded as it was on the day of the drill."""

    __tablename__ = "safety_drill_score"
    __table_args__ = (
        UniqueConstraint("drill_id", "position"),
        one_of("verdict", VERDICTS),
        CheckConstraint("points BETWEEN 1 AND 100", name="points_sane"),
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(ForeignKey("safety_drill.id"))
    position: Mapped[int]
    text: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    points: Mapped[int] = mapped_column(default=1)
    verdict: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class LessonRow(Base):
    """What a drill or an incident taught, and the hazard that was opened for it."""

    __tablename__ = "safety_lesson"
    __table_args__ = (
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
        CheckConstraint(
            "(drill_id IS NULL) <> (incident_id IS NULL)", name="of_one_thing"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int | None] = mapped_column(
        ForeignKey("safety_drill.id"), index=True
    )
    incident_id: Mapped[int | None] = mapped_column(
        ForeignKey("safety_incident.id"), index=True
    )
    text: Mapped[str]
    hazard_id: Mapped[int | None] = mapped_column(
        ForeignKey("safety_hazard.id"), unique=True
    )


class FireSubjectRow(Base):
    """A subject of staff training that is about fire."""

    __tablename__ = "safety_training_subject"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(
        ForeignKey("training_subject.id"), unique=True
    )


class FireTrainingRow(Base):
    """Why a training about fire was held, and the points that pass its test."""

    __tablename__ = "safety_training"
    __table_args__ = (
        one_of("occasion", OCCASIONS),
        CheckConstraint("pass_points BETWEEN 0 AND 100", name="pass_points_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), unique=True)
    occasion: Mapped[str] = mapped_column(default="yearly")
    pass_points: Mapped[int] = mapped_column(default=60)


class TestResultRow(Base):
    """The points of somebody in the test of a training, of a hundred."""

    __test__ = False  # a table, whatever the name makes test runners think
    __tablename__ = "safety_training_result"
    __table_args__ = (
        UniqueConstraint("training_id", "staff_id"),
        CheckConstraint("points BETWEEN 0 AND 100", name="points_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    points: Mapped[int]


class EmergencyPlanRow(Base):
    """An emergency plan; what it says stands in its versions."""

    __tablename__ = "emergency_plan"
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
        one_of("kind", EVENT_KINDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class PlanVersionRow(Base):
    """An edition of an emergency plan; once issued it never changes."""

    __tablename__ = "emergency_plan_version"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        CheckConstraint("review_on > effective_on", name="review_later"),
        CheckConstraint("length(trim(approved_by)) > 0", name="approved"),
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("emergency_plan.id"))
    number: Mapped[int]
    effective_on: Mapped[date]
    review_on: Mapped[date]
    approved_by: Mapped[str]
    text: Mapped[str]
    changes: Mapped[str] = mapped_column(default="")


class PlanGradeRow(Base):
    """What a version of a plan has done at a grade of the event."""

    __tablename__ = "emergency_plan_grade"
    __table_args__ = (
        UniqueConstraint("version_id", "grade"),
        one_of("grade", GRADES),
        CheckConstraint("length(trim(response)) > 0", name="response_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("emergency_plan_version.id"))
    grade: Mapped[str]
    response: Mapped[str]


class IncidentRow(Base):
    """Something that happened; it is never deleted. The number is counted by year."""

    __tablename__ = "safety_incident"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_safety_incident_happened_on", "happened_on"),
        one_of("kind", EVENT_KINDS),
        one_of("grade", GRADES),
        CheckConstraint("length(trim(told)) > 0", name="told_given"),
        CheckConstraint("injured >= 0", name="injured_sane"),
        CheckConstraint("dead >= 0", name="dead_sane"),
        CheckConstraint("closed_on >= happened_on", name="closed_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    happened_on: Mapped[date]
    happened_at: Mapped[str]
    kind: Mapped[str]
    grade: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    told: Mapped[str]
    injured: Mapped[int] = mapped_column(default=0)
    dead: Mapped[int] = mapped_column(default=0)
    measures: Mapped[str] = mapped_column(default="")
    cause: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]


class IncidentReportRow(Base):
    """An incident was reported to somebody outside."""

    __tablename__ = "safety_incident_report"
    __table_args__ = (
        CheckConstraint("length(trim(receiver)) > 0", name="receiver_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(
        ForeignKey("safety_incident.id"), index=True
    )
    receiver: Mapped[str]
    reported_on: Mapped[date]
    reported_at: Mapped[str]
    reported_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class IncidentDutyRow(Base):
    """Whom an incident is to be reported to, as the rule was when it was recorded."""

    __tablename__ = "safety_incident_duty"
    __table_args__ = (
        UniqueConstraint("incident_id", "receiver"),
        CheckConstraint("length(trim(receiver)) > 0", name="receiver_given"),
        CheckConstraint("minutes BETWEEN 1 AND 2880", name="minutes_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("safety_incident.id"))
    receiver: Mapped[str]
    minutes: Mapped[int]


class ReportRuleRow(Base):
    """Whom an incident of a grade is to be reported to, and how soon."""

    __tablename__ = "safety_report_rule"
    __table_args__ = (
        UniqueConstraint("grade", "receiver"),
        one_of("grade", GRADES),
        CheckConstraint("length(trim(receiver)) > 0", name="receiver_given"),
        CheckConstraint("minutes BETWEEN 1 AND 2880", name="minutes_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grade: Mapped[str]
    receiver: Mapped[str]
    minutes: Mapped[int]


class PlanScanRow(Base):
    """A scan of a version of an emergency plan, as it was signed."""

    __tablename__ = "emergency_plan_scan"
    __table_args__ = (UniqueConstraint("version_id", "scan_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("emergency_plan_version.id"))
    scan_id: Mapped[int] = mapped_column(ForeignKey("safety_scan.id"))


class DrillRuleRow(Base):
    """How often people are trained, and how long before something is told of."""

    __tablename__ = "safety_drill_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("training_months BETWEEN 1 AND 24", name="training_sane"),
        CheckConstraint("warn_days BETWEEN 0 AND 180", name="warn_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_months: Mapped[int] = mapped_column(default=12)
    warn_days: Mapped[int] = mapped_column(default=30)

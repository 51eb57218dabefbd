"""Tables of ability assessments: each made once and kept, drafts, raised flags."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

STATES = ("draft", "finished", "void")
REASONS = ("first", "routine", "immediate", "recheck", "other")


class AssessmentRow(Base):
    """One ability assessment; a finished one is never edited, only made void.

    `level` is that of the form, `ability_level` the one of the resident's file. While
    it is a draft, what is filled in stands in its AssessmentDraftRow.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        one_of("state", STATES),
        one_of("reason", REASONS),
        CheckConstraint("level BETWEEN 0 AND 4", name="level_known"),
        CheckConstraint("ability_level BETWEEN 0 AND 4", name="ability_level_known"),
        CheckConstraint(
            "(state = 'draft') = (number IS NULL) AND "
            "(number IS NULL) = (year IS NULL)",
            name="numbered_when_finished",
        ),
        CheckConstraint(
            "(state = 'draft') = (finished_at IS NULL)", name="finished_once"
        ),
        CheckConstraint(
            "(state = 'void') = (voided_at IS NOT NULL) AND "
            "(voided_at IS NULL) = (trim(void_reason) = '')",
            name="void_with_reason",
        ),
        CheckConstraint(
            "state = 'draft' OR (trim(assessor_1) <> '' AND trim(assessor_2) <> '' "
            "AND assessor_1 <> assessor_2)",
            name="two_assessors",
        ),
        CheckConstraint(
            "state = 'draft' OR is_medical_1 OR is_medical_2", name="one_medical"
        ),
        UniqueConstraint("year", "number"),
        Index(
            "uq_assessment_draft",
            "resident_id",
            "form",
            unique=True,
            sqlite_where=text("state = 'draft'"),
        ),
        Index("ix_assessment_resident_day", "resident_id", "base_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    form: Mapped[str]
    edition: Mapped[str]
    state: Mapped[str]
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    base_on: Mapped[date]
    reason: Mapped[str]
    reason_note: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    number: Mapped[int | None]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[int | None]
    preliminary: Mapped[int | None]
    level: Mapped[int | None]
    ability_level: Mapped[int | None]
    decided_why: Mapped[str] = mapped_column(default="")
    assessor_1: Mapped[str] = mapped_column(default="")
    is_medical_1: Mapped[bool] = mapped_column(default=False)
    assessor_2: Mapped[str] = mapped_column(default="")
    is_medical_2: Mapped[bool] = mapped_column(default=False)
    informant: Mapped[str] = mapped_column(default="")
    relation: Mapped[str] = mapped_column(default="")
    outside_body: Mapped[str] = mapped_column(default="")
    consent_by: Mapped[str] = mapped_column(default="")
    consent_on: Mapped[date | None]
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str] = mapped_column(default="")
    void_reason: Mapped[str] = mapped_column(default="")


class AssessmentDraftRow(Base):
    """What is filled in of an assessment that is not finished.

    It is written with every few answers, so neither log nor screens hear of it.
    """

    __tablename__ = "assessment_draft"
    is_logged: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), unique=True
    )
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    head: Mapped[dict[str, Any]] = mapped_column(default=dict)
    carried: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kept_at: Mapped[datetime]
    kept_by: Mapped[str]


class AssessmentFlagRow(Base):
    """Somebody saw that a resident has changed: an assessment is due at once.

    One with a base date from `day` on answers it; a flag raised by mistake is dropped.
    """

    __tablename__ = "assessment_flag"
    __table_args__ = (
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint(
            "(dropped_on IS NULL) = (trim(dropped_why) = '')",
            name="dropped_with_reason",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    day: Mapped[date]
    reason: Mapped[str]
    raised_by: Mapped[str]
    dropped_on: Mapped[date | None]
    dropped_why: Mapped[str] = mapped_column(default="")

"""Tables of risks: assessments, judgements, measures, what the home suggests."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

RISKS = (
    *("choking", "wrong_intake", "pressure_sore", "scald", "bed_fall"),
    *("fall", "getting_lost", "harm", "activity"),
)


class RiskAssessmentRow(Base):
    """One going through all risks of a resident; a trigger keeps a finished one.

    `answers` holds it whole; the judgements and measures of a finished one also stand
    in rows of their own, for the lists. Telling and signing come after it is finished.
    """

    __tablename__ = "risk_assessment"
    __table_args__ = (
        one_of("state", ("draft", "finished")),
        CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)", name="finished_at_once"
        ),
        CheckConstraint(
            "told_on IS NULL OR (state = 'finished' AND length(trim(told_to)) > 0)",
            name="told_somebody",
        ),
        CheckConstraint(
            "signed_on IS NULL OR (told_on IS NOT NULL AND signed_on >= told_on)",
            name="told_before_signed",
        ),
        Index(
            "uq_risk_assessment_draft",
            "resident_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    day: Mapped[date]
    state: Mapped[str] = mapped_column(default="draft")
    edition: Mapped[str]
    assessor: Mapped[str] = mapped_column(default="")
    second_assessor: Mapped[str] = mapped_column(default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_at: Mapped[datetime | None]
    told_on: Mapped[date | None]
    told_to: Mapped[str] = mapped_column(default="")
    told_by: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    signer: Mapped[str] = mapped_column(default="")
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id", ondelete="SET NULL")
    )


class RiskJudgementRow(Base):
    """How high one risk of a resident was judged to be, from 0 (none) to 3 (high)."""

    __tablename__ = "risk_judgement"
    __table_args__ = (
        UniqueConstraint("assessment_id", "risk"),
        one_of("risk", RISKS),
        CheckConstraint("level BETWEEN 0 AND 3", name="level_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("risk_assessment.id"))
    risk: Mapped[str]
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")


class RiskMeasureRow(Base):
    """What is done for one resident against one risk, by whom and from when on."""

    __tablename__ = "risk_measure"
    __table_args__ = (
        one_of("risk", RISKS),
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
        CheckConstraint("ends >= starts", name="end_last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("risk_assessment.id"), index=True
    )
    risk: Mapped[str]
    text: Mapped[str]
    responsible: Mapped[str] = mapped_column(default="")
    starts: Mapped[date]
    ends: Mapped[date | None]


class HomeMeasureRow(Base):
    """A measure that the home itself suggests against a risk, instead of the form's."""

    __tablename__ = "home_measure"
    __table_args__ = (
        UniqueConstraint("risk", "text"),
        one_of("risk", RISKS),
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    risk: Mapped[str]
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)

"""Tables of the star rating: item tables, conditions, self-assessments, plan, awards.

Points are whole hundredths, as money is whole fen: 3.5 points are 350.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, ends_after_start, one_of
from carehome.db.checklists import STANDINGS, SURENESS

PARTS = ("environment", "facilities", "management", "service")
CONDITION_KINDS = ("requirement", "bar")
SENSES = ("", "at_least", "at_most")
SELF_STATES = ("open", "submitted")
MOST_FILE_BYTES = 20 * 1024 * 1024


class RatingTableRow(Base):
    """An item table: one edition of the sheet that a home is rated by.

    It has exactly `size` items, and never changes once a self-assessment is made by it.
    """

    __tablename__ = "rating_table"
    __table_args__ = (
        one_of("standing", STANDINGS),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("size >= 1", name="size_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    preset: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    standing: Mapped[str] = mapped_column(default="in force")
    note: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    size: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class RatingLineRow(Base):
    """What a grade asks by an item table: the total, and of each part its share."""

    __tablename__ = "rating_line"
    __table_args__ = (
        UniqueConstraint("table_id", "grade"),
        CheckConstraint("grade BETWEEN 1 AND 5", name="grade_sane"),
        CheckConstraint("hundredths BETWEEN 0 AND 100000", name="hundredths_sane"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("rating_table.id"))
    grade: Mapped[int]
    hundredths: Mapped[int]
    percent: Mapped[int]


class RatingItemRow(Base):
    """One item of a table; `figure` is the count of the program that it is tied to.

    `effort` says how hard points are to be had, 1 easy to 5 hard; none = not said.
    """

    __tablename__ = "rating_item"
    __table_args__ = (
        UniqueConstraint("table_id", "position"),
        UniqueConstraint("table_id", "code"),
        one_of("part", PARTS),
        CheckConstraint("length(trim(code)) > 0", name="code_given"),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("hundredths BETWEEN 1 AND 100000", name="hundredths_sane"),
        CheckConstraint("effort BETWEEN 1 AND 5", name="effort_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("rating_table.id"))
    position: Mapped[int]
    code: Mapped[str]
    part: Mapped[str]
    section: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    hundredths: Mapped[int]
    method: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    figure: Mapped[str] = mapped_column(default="")
    effort: Mapped[int | None]


class RatingConditionRow(Base):
    """What must hold for the grades `from_grade` to `to_grade`, besides the points.

    A countable one names its `figure`, which must be at least or at most
    `numerator` / `denominator`, looked at over the last `months` where given.
    """

    __tablename__ = "rating_condition"
    __table_args__ = (
        one_of("kind", CONDITION_KINDS),
        one_of("sense", SENSES),
        one_of("standing", STANDINGS),
        one_of("sureness", SURENESS),
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
        CheckConstraint(
            "1 <= from_grade AND from_grade <= to_grade AND to_grade <= 5",
            name="grades_sane",
        ),
        CheckConstraint(
            "(sense = '') = (numerator IS NULL) AND "
            "(sense = '') = (denominator IS NULL) AND (sense = '') = (figure = '')",
            name="countable_whole",
        ),
        CheckConstraint("numerator >= 0", name="numerator_sane"),
        CheckConstraint("denominator >= 1", name="denominator_sane"),
        CheckConstraint("months BETWEEN 1 AND 120", name="months_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    preset: Mapped[str | None] = mapped_column(unique=True)
    region: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(default="requirement")
    text: Mapped[str]
    from_grade: Mapped[int] = mapped_column(default=1)
    to_grade: Mapped[int] = mapped_column(default=5)
    figure: Mapped[str] = mapped_column(default="")
    sense: Mapped[str] = mapped_column(default="")
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    months: Mapped[int | None]
    standing: Mapped[str] = mapped_column(default="ours")
    sureness: Mapped[str] = mapped_column(default="ours")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class RatingSelfRow(Base):
    """A self-assessment by one item table over a period; sealed when submitted."""

    __tablename__ = "rating_self"
    __table_args__ = (
        one_of("state", SELF_STATES),
        ends_after_start(),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("target_grade BETWEEN 1 AND 5", name="target_grade_sane"),
        CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_whole"
        ),
        CheckConstraint("carried_from <> id", name="carried_from_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("rating_table.id"), index=True)
    name: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date]  # the first day after the period
    target_grade: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    carried_from: Mapped[int | None] = mapped_column(ForeignKey("rating_self.id"))
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str] = mapped_column(default="")


class RatingScoreRow(Base):
    """What an item came to, by whom and why; without points it is not judged yet.

    `counted` is what the tied figure said when the item was judged.
    """

    __tablename__ = "rating_score"
    __table_args__ = (
        UniqueConstraint("self_id", "item_id"),
        CheckConstraint("hundredths >= 0", name="hundredths_sane"),
        CheckConstraint("effort BETWEEN 1 AND 5", name="effort_sane"),
        CheckConstraint(
            "(hundredths IS NULL) = (judged_at IS NULL)", name="judged_whole"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    self_id: Mapped[int] = mapped_column(ForeignKey("rating_self.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("rating_item.id"), index=True)
    hundredths: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    counted: Mapped[str] = mapped_column(default="")
    effort: Mapped[int | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    staff_name: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[str] = mapped_column(default="")


class RatingVerdictRow(Base):
    """Whether a condition held, counted or judged by hand; `holds` empty = unknown."""

    __tablename__ = "rating_verdict"
    __table_args__ = (UniqueConstraint("self_id", "condition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    self_id: Mapped[int] = mapped_column(ForeignKey("rating_self.id"))
    condition_id: Mapped[int] = mapped_column(
        ForeignKey("rating_condition.id"), index=True
    )
    holds: Mapped[bool | None]
    is_counted: Mapped[bool] = mapped_column(default=False)
    value: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    judged_at: Mapped[datetime]
    judged_by: Mapped[str]


class RatingContentRow(Base):
    """The bytes of a piece of evidence, kept once however often it is attached."""

    __tablename__ = "rating_content"
    __table_args__ = (
        CheckConstraint(f"size BETWEEN 1 AND {MOST_FILE_BYTES}", name="size_sane"),
        CheckConstraint("length(content) = size", name="content_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)


class RatingFileRow(Base):
    """A file attached to an item, or to the whole where it names none.

    Its number is its own within the self-assessment; `pages` as counted when added.
    """

    __tablename__ = "rating_file"
    __table_args__ = (
        UniqueConstraint("self_id", "number"),
        CheckConstraint("number >= 1", name="number_sane"),
        CheckConstraint("pages >= 1", name="pages_sane"),
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    self_id: Mapped[int] = mapped_column(ForeignKey("rating_self.id"))
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("rating_item.id"), index=True
    )
    number: Mapped[int]
    title: Mapped[str]
    file_name: Mapped[str]
    content_id: Mapped[int] = mapped_column(ForeignKey("rating_content.id"), index=True)
    pages: Mapped[int | None]
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class RatingStepRow(Base):
    """A step of the plan: what is done for an item, by whom, by when, for what gain."""

    __tablename__ = "rating_step"
    __table_args__ = (
        CheckConstraint("length(trim(text)) > 0", name="text_given"),
        CheckConstraint("gain >= 0", name="gain_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    self_id: Mapped[int] = mapped_column(ForeignKey("rating_self.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("rating_item.id"), index=True
    )
    condition_id: Mapped[int | None] = mapped_column(
        ForeignKey("rating_condition.id"), index=True
    )
    text: Mapped[str]
    gain: Mapped[int] = mapped_column(default=0)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    staff_name: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class RatingAwardRow(Base):
    """A grade that the home was given, with the last day it is valid."""

    __tablename__ = "rating_award"
    __table_args__ = (
        CheckConstraint("grade BETWEEN 1 AND 5", name="grade_sane"),
        CheckConstraint("last_day >= awarded_on", name="last_day_last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grade: Mapped[int]
    awarded_on: Mapped[date]
    last_day: Mapped[date]
    number: Mapped[str] = mapped_column(default="")
    office: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    content_id: Mapped[int | None] = mapped_column(ForeignKey("rating_content.id"))
    file_name: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class RatingExportRow(Base):
    """A submission folder as it left the program, to tell later what has changed."""

    __tablename__ = "rating_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    self_id: Mapped[int] = mapped_column(ForeignKey("rating_self.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    told: Mapped[dict[str, Any]]

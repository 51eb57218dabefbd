"""Tables of those who may come: enquiries, visits, the waiting list, offers."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

CHANNELS = ("phone", "visit", "recommended", "online")
ENQUIRY_STATES = ("open", "waiting", "admission", "later", "lost")
VISIT_STATES = ("planned", "came", "missed", "called_off")
ENTRY_STATES = ("waiting", "admitted", "left")
ANSWERS = ("open", "accepted", "declined", "unanswered", "withdrawn")


class EnquiryRow(Base):
    """Somebody asked about a place: who, for whom, what is wished, what comes next."""

    __tablename__ = "enquiry"
    __table_args__ = (
        one_of("channel", CHANNELS),
        one_of("state", ENQUIRY_STATES),
        one_of("sex", ("", "male", "female")),
        CheckConstraint("ability_level BETWEEN 0 AND 4", name="ability_level_known"),
        CheckConstraint("age BETWEEN 0 AND 130", name="age_sane"),
        CheckConstraint("budget_fen > 0", name="budget_positive"),
        CheckConstraint(
            "length(trim(caller || phone || name)) > 0", name="somebody_named"
        ),
        CheckConstraint(
            "state <> 'lost' OR length(trim(lost_reason)) > 0", name="lost_with_reason"
        ),
        CheckConstraint(
            "state <> 'waiting' OR resident_id IS NOT NULL", name="waiting_for_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_on: Mapped[date]
    channel: Mapped[str] = mapped_column(default="phone")
    caller: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="", index=True)
    relation: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    age: Mapped[int | None]
    ability_level: Mapped[int | None]
    has_dementia: Mapped[bool] = mapped_column(default=False)
    categories: Mapped[str] = mapped_column(default="")
    bed_class: Mapped[str] = mapped_column(default="")
    wants_nursing_bed: Mapped[bool] = mapped_column(default=False)
    budget_fen: Mapped[int | None]
    wanted_from: Mapped[date | None]
    asked: Mapped[str] = mapped_column(default="")
    answered: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None] = mapped_column(index=True)
    next_by: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")
    lost_reason: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[str]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))


class EnquiryNoteRow(Base):
    """What was said or done after an enquiry, one line each time."""

    __tablename__ = "enquiry_note"
    __table_args__ = (CheckConstraint("length(trim(text)) > 0", name="text_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id"), index=True)
    day: Mapped[date]
    text: Mapped[str]
    noted_by: Mapped[str]


class VisitRow(Base):
    """A visit to the home: when, who shows round, whether they came, what they said."""

    __tablename__ = "visit"
    __table_args__ = (
        one_of("state", VISIT_STATES),
        CheckConstraint("at GLOB '[0-2][0-9]:[0-5][0-9]'", name="at_a_time"),
        UniqueConstraint("enquiry_id", "planned_on", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id"), index=True)
    planned_on: Mapped[date] = mapped_column(index=True)
    at: Mapped[str]
    guide: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="planned")
    impression: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(default="")


class WaitingEntryRow(Base):
    """A resident's place on the waiting list; nobody waits twice at once."""

    __tablename__ = "waiting_entry"
    __table_args__ = (
        one_of("state", ENTRY_STATES),
        CheckConstraint(
            "NOT is_urgent OR length(trim(urgent_reason)) > 0",
            name="urgent_with_reason",
        ),
        CheckConstraint(
            "(state = 'waiting') = (left_on IS NULL)", name="left_on_some_day"
        ),
        CheckConstraint(
            "state <> 'left' OR length(trim(left_reason)) > 0", name="left_with_reason"
        ),
        CheckConstraint("left_on >= applied_on", name="left_on_last"),
        Index(
            "uq_waiting_entry_open",
            "resident_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    enquiry_id: Mapped[int | None] = mapped_column(ForeignKey("enquiry.id"))
    applied_on: Mapped[date]
    proof: Mapped[str] = mapped_column(default="")
    bed_class: Mapped[str] = mapped_column(default="")
    wants_nursing_bed: Mapped[bool] = mapped_column(default=False)
    unit: Mapped[str] = mapped_column(default="")
    is_urgent: Mapped[bool] = mapped_column(default=False)
    urgent_reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="waiting")
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(default="")


class BedOfferRow(Base):
    """A bed offered to somebody who waits; it is reserved until the answer is due."""

    __tablename__ = "bed_offer"
    __table_args__ = (
        one_of("answer", ANSWERS),
        CheckConstraint("answer_by >= offered_on", name="answer_by_last"),
        CheckConstraint(
            "(answer = 'open') = (answered_on IS NULL)", name="answered_on_some_day"
        ),
        Index(
            "uq_bed_offer_entry_open",
            "entry_id",
            unique=True,
            sqlite_where=text("answer = 'open'"),
        ),
        Index(
            "uq_bed_offer_bed_open",
            "bed_id",
            unique=True,
            sqlite_where=text("answer = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("waiting_entry.id"), index=True)
    bed_id: Mapped[int] = mapped_column(ForeignKey("bed.id"))
    offered_on: Mapped[date]
    answer_by: Mapped[date]
    answer: Mapped[str] = mapped_column(default="open")
    answered_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class PassedOverRow(Base):
    """Somebody who stood before the one a bed was offered to, and why not they."""

    __tablename__ = "passed_over"
    __table_args__ = (
        UniqueConstraint("offer_id", "entry_id"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("bed_offer.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("waiting_entry.id"), index=True)
    reason: Mapped[str]


class WaitingRankRow(Base):
    """A category and the rank it gives on the waiting list; 1 comes first.

    With `needs_care` only for who needs care (or has dementia).
    """

    __tablename__ = "waiting_rank"
    __table_args__ = (
        UniqueConstraint("category", "needs_care"),
        CheckConstraint("rank BETWEEN 1 AND 9", name="rank_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str]
    needs_care: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int]


class WaitingRuleRow(Base):
    """How this home orders its waiting list; without a row as its ownership says."""

    __tablename__ = "waiting_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("care_from BETWEEN 1 AND 4", name="care_from_known"),
        CheckConstraint("answer_days BETWEEN 1 AND 60", name="answer_days_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    by_category: Mapped[bool]
    by_ability: Mapped[bool]
    tie_category: Mapped[str] = mapped_column(default="")
    care_from: Mapped[int]
    answer_days: Mapped[int]

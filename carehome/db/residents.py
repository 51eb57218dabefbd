"""Tables of residents: person, contacts, stays, grade, absences, papers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

CONTACT_ROLES = ("guardian", "agent", "emergency", "family")
ABSENCE_KINDS = ("leave", "hospital")
ENTITLEMENT_STATES = ("receives", "applied", "refused", "not_wanted")
CONSENT_WAYS = ("", "paper", "in_person", "phone", "message")
MOST_PAPER_BYTES = 20 * 1024 * 1024


class ResidentRow(Base):
    """A person who lives, lived or will live in the home."""

    __tablename__ = "resident"
    __table_args__ = (
        one_of("sex", ("male", "female")),
        CheckConstraint("ability_level BETWEEN 0 AND 4", name="ability_level_known"),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint(
            "disability_grade BETWEEN 1 AND 4", name="disability_grade_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    pinyin: Mapped[str] = mapped_column(default="")
    initials: Mapped[str] = mapped_column(default="")
    sex: Mapped[str]
    born: Mapped[date | None]
    id_number: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    ability_level: Mapped[int | None]
    has_dementia: Mapped[bool] = mapped_column(default=False)
    dementia_on: Mapped[date | None]
    dementia_by: Mapped[str] = mapped_column(default="")
    dementia_source: Mapped[str] = mapped_column(default="")
    disability_grade: Mapped[int | None]
    disability_kind: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class ResidentCategoryRow(Base):
    """One category that a resident belongs to for a time, with its proof.

    Without `starts` it is not known since when. No category is held twice on a day.
    """

    __tablename__ = "resident_category"
    __table_args__ = (CheckConstraint("ends > starts", name="ends_after_starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    code: Mapped[str]
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    proof: Mapped[str] = mapped_column(default="")
    proof_number: Mapped[str] = mapped_column(default="")
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id", ondelete="SET NULL")
    )
    verified_by: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class EntitlementRow(Base):
    """How a resident stands with one item of the national basic list."""

    __tablename__ = "entitlement"
    __table_args__ = (
        UniqueConstraint("resident_id", "item"),
        one_of("state", ENTITLEMENT_STATES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    item: Mapped[str]
    state: Mapped[str]
    since: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    noted_on: Mapped[date]
    noted_by: Mapped[str]


class ContactRow(Base):
    """Somebody to turn to: guardian, agent, emergency contact, family."""

    __tablename__ = "contact"
    __table_args__ = (
        one_of("role", CONTACT_ROLES),
        CheckConstraint("commission_ends > commission_on", name="commission_ends_last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    role: Mapped[str]
    name: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    is_organisation: Mapped[bool] = mapped_column(default=False)
    phone_2: Mapped[str] = mapped_column(default="")
    is_emergency: Mapped[bool] = mapped_column(default=False)
    signs: Mapped[bool] = mapped_column(default=False)
    pays: Mapped[bool] = mapped_column(default=False)
    commission_number: Mapped[str] = mapped_column(default="")
    commission_on: Mapped[date | None]
    commission_ends: Mapped[date | None]
    commission_scope: Mapped[str] = mapped_column(default="")
    commission_paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id", ondelete="SET NULL")
    )
    note: Mapped[str] = mapped_column(default="")


class StayRow(Base):
    """One span of living in the home; the day of discharge is not part of it."""

    __tablename__ = "stay"
    __table_args__ = (
        CheckConstraint("discharged_on >= admitted_on", name="discharge_last"),
        Index(
            "uq_stay_open",
            "resident_id",
            unique=True,
            sqlite_where=text("discharged_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    admitted_on: Mapped[date]
    discharged_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")


class GradeChangeRow(Base):
    """From `starts` on the resident has this nursing grade; charged with consent."""

    __tablename__ = "grade_change"
    __table_args__ = (
        UniqueConstraint("resident_id", "starts"),
        CheckConstraint(
            "consent_by <> '' OR (consent_on IS NULL AND consent_how = '')",
            name="consent_whole",
        ),
        one_of("consent_how", CONSENT_WAYS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    starts: Mapped[date]
    grade: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    consent_by: Mapped[str] = mapped_column(default="")
    consent_on: Mapped[date | None]
    consent_how: Mapped[str] = mapped_column(default="")


class MealChoiceRow(Base):
    """From `starts` on the resident has this meal plan; empty means none."""

    __tablename__ = "meal_choice"
    __table_args__ = (UniqueConstraint("resident_id", "starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    starts: Mapped[date]
    plan: Mapped[str]


class AbsenceRow(Base):
    """A leave or a stay in hospital: out on `left_on`, back on `returned_on`."""

    __tablename__ = "absence"
    __table_args__ = (
        one_of("kind", ABSENCE_KINDS),
        CheckConstraint("returned_on >= left_on", name="return_last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str]
    left_on: Mapped[date]
    expected_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    ward: Mapped[str] = mapped_column(default="")
    escort: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class AgreementRow(Base):
    """A service agreement; `ends` is its last day.

    Who drew it up by the program gave it a year and a sequence without gaps.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("ends > starts", name="ends_after_starts"),
        CheckConstraint(
            "terminated_on IS NULL OR length(trim(termination_reason)) > 0",
            name="termination_has_reason",
        ),
        CheckConstraint("deposit_fen >= 0", name="deposit_not_negative"),
        one_of("trial_outcome", ("", "stays", "leaves")),
        CheckConstraint("(year IS NULL) = (sequence IS NULL)", name="number_whole"),
        UniqueConstraint("year", "sequence"),
        UniqueConstraint("follows_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    number: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    starts: Mapped[date]
    ends: Mapped[date | None]
    trial_until: Mapped[date | None]
    signer: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    sequence: Mapped[int | None]
    deposit_fen: Mapped[int | None]
    trial_outcome: Mapped[str] = mapped_column(default="")
    terminated_on: Mapped[date | None]
    termination_reason: Mapped[str] = mapped_column(default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))


class PaperRow(Base):
    """A scanned paper of a resident, encrypted like everything in the file."""

    __tablename__ = "paper"
    __table_args__ = (
        CheckConstraint(f"size BETWEEN 1 AND {MOST_PAPER_BYTES}", name="size_sane"),
        CheckConstraint("length(content) = size", name="content_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(
        ForeignKey("agreement.id"), index=True
    )
    kind: Mapped[str]
    title: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(deferred=True)


class AdmissionRow(Base):
    """An admission under way: which step comes next, and what is typed so far."""

    __tablename__ = "admission"
    __table_args__ = (
        Index(
            "uq_admission_open",
            "resident_id",
            unique=True,
            sqlite_where=text("finished_on IS NULL AND given_up_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    step: Mapped[str]
    begun_on: Mapped[date]
    begun_by: Mapped[str]
    planned_on: Mapped[date | None]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_on: Mapped[date | None]
    given_up_on: Mapped[date | None]


class RollImportRow(Base):
    """One reading of a resident roll, which can be taken back as one step."""

    __tablename__ = "roll_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    read_at: Mapped[datetime]
    read_in: Mapped[int]
    left_out: Mapped[int]
    deed_number: Mapped[int]
    undone_at: Mapped[datetime | None]

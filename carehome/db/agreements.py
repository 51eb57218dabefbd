"""Tables of what is kept of agreements: templates, documents, destruction."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

MOST_TEMPLATE_BYTES = 5 * 1024 * 1024
CAUSES = ("due", "misfiled")
LEAST_YEARS = 5  # order 66, art. 32


class AgreementTemplateRow(Base):
    """One version of the home's own template; it is never changed afterwards."""

    __tablename__ = "agreement_template"
    __table_args__ = (
        UniqueConstraint("version"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint(f"size BETWEEN 1 AND {MOST_TEMPLATE_BYTES}", name="size_sane"),
        CheckConstraint("length(content) = size", name="content_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    valid_from: Mapped[date]
    file_name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    size: Mapped[int]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)


class AgreementDocumentRow(Base):
    """The text of one agreement as it was drawn up; fixed once it is signed.

    Without a template it was drawn up with the model text that `edition` names.
    """

    __tablename__ = "agreement_document"
    __table_args__ = (
        UniqueConstraint("agreement_id"),
        CheckConstraint("length(content) > 0", name="content_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_template.id"))
    edition: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)


class RetentionRow(Base):
    """How many years papers of a kind are kept, where longer than the law says."""

    __tablename__ = "retention"
    __table_args__ = (
        UniqueConstraint("kind"),
        CheckConstraint(f"years BETWEEN {LEAST_YEARS} AND 100", name="years_enough"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    years: Mapped[int]


class RetentionHoldRow(Base):
    """Why the papers of a resident are kept longer, and until when."""

    __tablename__ = "retention_hold"
    __table_args__ = (
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint("until > set_on", name="until_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    until: Mapped[date]
    reason: Mapped[str]
    set_by: Mapped[str]
    set_on: Mapped[date]


class DestructionRow(Base):
    """Papers that were destroyed in one go: numbered without gaps, kept for good."""

    __tablename__ = "destruction"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        one_of("cause", CAUSES),
        CheckConstraint("length(trim(approver)) > 0", name="approver_given"),
        CheckConstraint(
            "cause <> 'misfiled' OR length(trim(reason)) > 0", name="reason_given"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    day: Mapped[date]
    cause: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    destroyed_by: Mapped[str]
    approver: Mapped[str]
    witness: Mapped[str] = mapped_column(default="")


class DestructionItemRow(Base):
    """One paper that was destroyed: what it was, without what it said.

    It points at a scan (`paper_id`) or at a text that the program drew up
    (`document_id`), which are gone afterwards.
    """

    __tablename__ = "destruction_item"
    __table_args__ = (
        CheckConstraint("(paper_id IS NULL) <> (document_id IS NULL)", name="one_of"),
        CheckConstraint("ended_on IS NULL OR years >= 5", name="years_enough"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    destruction_id: Mapped[int] = mapped_column(
        ForeignKey("destruction.id"), index=True
    )
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    paper_id: Mapped[int | None] = mapped_column(unique=True)
    document_id: Mapped[int | None] = mapped_column(unique=True)
    kind: Mapped[str]
    agreement: Mapped[str] = mapped_column(default="")
    filed_on: Mapped[date]
    ended_on: Mapped[date | None]
    years: Mapped[int | None]

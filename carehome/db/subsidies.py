"""Tables of subsidies: claims with the people behind them, the money, own rates.

What is worked out is never stored before it is handed in; from then on it is kept as
it was.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.db.billing import METHODS

CLAIM_STATES = ("handed_in", "granted", "refused", "taken_back")
STANDING_CLAIM = "state IN ('handed_in', 'granted')"  # one of a scheme and a month


class SubsidyClaimRow(Base):
    """A claim as it was handed in; `starts` is the first day of what it is for."""

    __tablename__ = "subsidy_claim"
    __table_args__ = (
        one_of("state", CLAIM_STATES),
        CheckConstraint("fen >= 0", name="fen_not_negative"),
        CheckConstraint(
            "(state = 'granted') = (granted_fen IS NOT NULL)", name="granted_with_sum"
        ),
        CheckConstraint(
            "(state = 'handed_in') = (decided_on IS NULL)", name="decided_on_a_day"
        ),
        CheckConstraint(
            "state NOT IN ('refused', 'taken_back') OR length(trim(answer)) > 0",
            name="refused_with_reason",
        ),
        Index(
            "uq_subsidy_claim_scheme_starts",
            "scheme",
            "starts",
            unique=True,
            sqlite_where=text(STANDING_CLAIM),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str]
    name: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date]
    fen: Mapped[int]
    shares: Mapped[dict[str, Any]]  # fen by payer
    told: Mapped[dict[str, Any]]  # how it was counted, source, what was missing
    office: Mapped[str]
    handed_on: Mapped[date]
    handed_by: Mapped[str]
    state: Mapped[str] = mapped_column(default="handed_in")
    granted_fen: Mapped[int | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")


class SubsidyPersonRow(Base):
    """One line behind a claim: a resident, a member of staff, or a thing."""

    __tablename__ = "subsidy_person"
    __table_args__ = (
        UniqueConstraint("claim_id", "position"),
        CheckConstraint("fen >= 0", name="fen_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("subsidy_claim.id"))
    position: Mapped[int]
    kind: Mapped[str]
    key: Mapped[int]
    name: Mapped[str]
    class_: Mapped[str] = mapped_column("class")
    assessed_on: Mapped[date | None]
    count: Mapped[int]
    rate_fen: Mapped[int]
    fen: Mapped[int]
    why: Mapped[str]
    granted_fen: Mapped[int | None]


class SubsidyPaymentRow(Base):
    """Money of a granted claim that came in."""

    __tablename__ = "subsidy_payment"
    __table_args__ = (
        one_of("method", METHODS),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name="void_with_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("subsidy_claim.id"), index=True)
    day: Mapped[date]
    fen: Mapped[int]
    method: Mapped[str]
    paper: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class SubsidyRateRow(Base):
    """A rate of the home's own place, typed by hand with its document."""

    __tablename__ = "subsidy_rate"
    __table_args__ = (
        UniqueConstraint("scheme", "line", "star", "starts"),
        CheckConstraint("fen >= 0", name="fen_not_negative"),
        CheckConstraint("star BETWEEN 0 AND 5", name="star_sane"),
        CheckConstraint("length(trim(document)) > 0", name="document_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str]
    line: Mapped[str]
    star: Mapped[int]  # 0 = whatever the star
    fen: Mapped[int]
    starts: Mapped[date]
    document: Mapped[str]


class SubsidyRuleRow(Base):
    """How the home counts where no source says it."""

    __tablename__ = "subsidy_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class SubsidyLeftOutRow(Base):
    """Somebody whom the home leaves out of a month's claim, and why."""

    __tablename__ = "subsidy_left_out"
    __table_args__ = (
        UniqueConstraint("scheme", "starts", "kind", "key"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str]
    starts: Mapped[date]
    kind: Mapped[str]
    key: Mapped[int]
    reason: Mapped[str]


class OverlapWordRow(Base):
    """What the home found out about two benefits that one resident seems to receive."""

    __tablename__ = "overlap_word"
    __table_args__ = (
        UniqueConstraint("resident_id", "rule"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    rule: Mapped[str]
    reason: Mapped[str]
    said_at: Mapped[datetime]
    said_by: Mapped[str]

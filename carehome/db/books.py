"""Tables of the books: closed days and months, trust money, donations, utilities.

The ledger itself is not stored: it is read from the records of money.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, ends_after_start, one_of
from carehome.db.billing import METHODS
from carehome.rules.donations import GOODS

TRUST_KINDS = ("in", "out")
TRUST_PLACES = ("cash", "bank")
UTILITIES = ("water", "power", "gas", "heat")
TARIFFS = ("residential", "general", "commercial", "industrial", "unknown")


def _void_with_reason() -> CheckConstraint:
    """Let a record be taken back only with a reason."""
    condition = "(voided_at IS NULL) = (void_reason = '')"
    return CheckConstraint(condition, name="void_with_reason")


class LedgerAccountRow(Base):
    """The number and the name that the home's accounting gives to an account."""

    __tablename__ = "ledger_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class DayCloseRow(Base):
    """The cash that one person counted at the end of a day, and what was booked then.

    It closes all days before it too. Triggers refuse money at the desk on a closed
    day, until the director opens the newest close again.
    """

    __tablename__ = "day_close"
    __table_args__ = (
        CheckConstraint("counted_fen >= 0", name="counted_not_negative"),
        CheckConstraint(
            "counted_fen = booked_fen OR length(trim(note)) > 0", name="difference_said"
        ),
        CheckConstraint(
            "(reopened_at IS NULL) = (reopen_reason = '')", name="reopened_with_reason"
        ),
        Index("ix_day_close_day_account_id", "day", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    day: Mapped[date]
    booked_fen: Mapped[int]
    counted_fen: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime]
    sheet: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str] = mapped_column(default="", server_default="")
    reopen_reason: Mapped[str] = mapped_column(default="", server_default="")


class TillHandoverRow(Base):
    """Cash that somebody handed to somebody else, or carried to the bank."""

    __tablename__ = "till_handover"
    __table_args__ = (
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("taken_by <> given_by", name="by_two"),
        CheckConstraint(
            "taken_by IS NOT NULL OR length(trim(paper)) > 0", name="to_bank_on_paper"
        ),
        _void_with_reason(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    given_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    fen: Mapped[int]
    paper: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class MonthCloseRow(Base):
    """A month whose books are closed, with all before it, and what was open then."""

    __tablename__ = "month_close"
    __table_args__ = (
        CheckConstraint(
            "(reopened_at IS NULL) = (reopen_reason = '')", name="reopened_with_reason"
        ),
        Index(
            "uq_month_close_month",
            "month",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date]
    closed_at: Mapped[datetime]
    closed_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    still_open: Mapped[dict[str, Any]]
    entries: Mapped[int]
    moved_fen: Mapped[int]
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str] = mapped_column(default="")
    reopen_reason: Mapped[str] = mapped_column(default="")


class TrustEntryRow(Base):
    """Money that the home keeps for a resident; a trigger keeps it from below 0."""

    __tablename__ = "trust_entry"
    __table_args__ = (
        one_of("kind", TRUST_KINDS),
        one_of("method", METHODS),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(purpose)) > 0", name="purpose_given"),
        CheckConstraint("kind = 'in' OR length(trim(paper)) > 0", name="out_on_paper"),
        _void_with_reason(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str]
    day: Mapped[date]
    fen: Mapped[int]
    method: Mapped[str]
    purpose: Mapped[str]
    paper: Mapped[str] = mapped_column(default="")
    other_name: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id", ondelete="SET NULL")
    )


class TrustDrawRow(Base):
    """Trust money that was fetched from the bank into the till, or carried there."""

    __tablename__ = "trust_draw"
    __table_args__ = (
        one_of("place", TRUST_PLACES),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(paper)) > 0", name="paper_given"),
        _void_with_reason(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    fen: Mapped[int]
    place: Mapped[str]
    paper: Mapped[str]
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class TrustCountRow(Base):
    """The cash of the trust money as two people counted it; it is kept as made."""

    __tablename__ = "trust_count"
    __table_args__ = (
        CheckConstraint("counted_fen >= 0", name="not_below_0"),
        CheckConstraint(
            "counted_fen = booked_fen OR length(trim(note)) > 0", name="difference_said"
        ),
        CheckConstraint("length(trim(witness)) > 0", name="witness_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    booked_fen: Mapped[int]
    counted_fen: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    counted_by: Mapped[str]
    witness: Mapped[str]
    counted_at: Mapped[datetime]


class DonationRow(Base):
    """Money or goods given to the home, and for what; without purpose it is free.

    Who `is_unnamed` is not named where donations are made public.
    """

    __tablename__ = "donation"
    __table_args__ = (
        one_of("method", (*METHODS, GOODS)),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(donor)) > 0", name="donor_named"),
        CheckConstraint(
            "method <> 'goods' OR length(trim(goods)) > 0", name="goods_named"
        ),
        _void_with_reason(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    donor: Mapped[str]
    day: Mapped[date]
    method: Mapped[str]
    fen: Mapped[int]
    goods: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    paper: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")
    is_unnamed: Mapped[bool] = mapped_column(default=False)


class DonationUseRow(Base):
    """What was spent of a donation; a trigger keeps it from more than was given."""

    __tablename__ = "donation_use"
    __table_args__ = (
        one_of("method", (*METHODS, GOODS)),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(purpose)) > 0", name="purpose_given"),
        _void_with_reason(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    donation_id: Mapped[int] = mapped_column(ForeignKey("donation.id"), index=True)
    day: Mapped[date]
    method: Mapped[str]
    fen: Mapped[int]
    purpose: Mapped[str]
    paper: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class UtilityBillRow(Base):
    """A bill for water, power, gas or heat, with its tariff class.

    `extras` are fees on it beside consumption, by name, in fen; `fen` is all of it.
    Prices of a unit are decimals in yuan, as they stand on the bill and in the decree.
    """

    __tablename__ = "utility_bill"
    __table_args__ = (
        one_of("kind", UTILITIES),
        one_of("tariff", TARIFFS),
        one_of("method", (*METHODS, "")),
        ends_after_start(),
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint("length(trim(supplier)) > 0", name="supplier_named"),
        CheckConstraint("(paid_on IS NULL) = (method = '')", name="paid_somehow"),
        CheckConstraint("paid_on >= day", name="paid_after"),
        Index(
            "uq_utility_bill_number",
            *("kind", "supplier", "number"),
            unique=True,
            sqlite_where=text("number <> ''"),
        ),
        Index(
            "uq_utility_bill_meter",
            *("kind", "supplier", "meter", "starts", "ends"),
            unique=True,
            sqlite_where=text("meter <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    supplier: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    starts: Mapped[date]
    ends: Mapped[date]
    tariff: Mapped[str]
    quantity: Mapped[str] = mapped_column(default="")
    fen: Mapped[int]
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[date | None]
    method: Mapped[str] = mapped_column(default="")
    meter: Mapped[str] = mapped_column(default="")
    unit_price: Mapped[str] = mapped_column(default="")
    residential_price: Mapped[str] = mapped_column(default="")
    letter_on: Mapped[date | None]  # when it was taken up with the supplier
    paid_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

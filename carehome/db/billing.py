"""Tables of prices, bills, payments and receipts. Money is whole fen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, ends_after_start, one_of

CATEGORIES = ("bed", "care", "meal", "other")
UNITS = ("month", "day", "use", "once")
LIST_STATES = ("draft", "submitted", "approved", "replaced", "taken_back")
NOTICE_KINDS = ("fees", "three_parts")
NOTICE_PARTS = ("guide", "standards", "complaints")
OWN_PRICE_STATES = ("asked", "approved", "refused", "withdrawn")
LINE_KINDS = ("fee", "refund", "use", "payer", "adjustment")
METHODS = ("cash", "transfer", "card", "wechat", "alipay")
FROM_DEPOSIT = "deposit"  # a payment by setting off the resident's own deposit


class FeeItemRow(Base):
    """Something the home charges for; bed, care and meal items name whom they fit."""

    __tablename__ = "fee_item"
    __table_args__ = (
        one_of("category", CATEGORIES),
        one_of("unit", UNITS),
        UniqueConstraint("category", "applies_to"),
        CheckConstraint(
            "(category = 'other') = (applies_to IS NULL)", name="applies_where_due"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    category: Mapped[str]
    unit: Mapped[str]
    applies_to: Mapped[str | None]
    is_vat_exempt: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)


class PriceListRow(Base):
    """All prices from `starts` on, until the next price list starts.

    It begins as a draft; triggers keep it as it was submitted, and let nobody bill by
    one that no second person has approved. `answer` is why it was refused or taken
    back.
    """

    __tablename__ = "price_list"
    __table_args__ = (
        one_of("basis", ("month", "thirty")),
        one_of("state", LIST_STATES),
        Index(
            "uq_price_list_in_force",
            "starts",
            unique=True,
            sqlite_where=text("state = 'approved'"),
        ),
        *(
            CheckConstraint(f"{column} BETWEEN 0 AND 100", name=f"{column}_percent")
            for column in (
                "leave_meal_refund",
                "leave_care_refund",
                "leave_bed_kept",
                "hospital_meal_refund",
                "hospital_care_refund",
                "hospital_bed_kept",
            )
        ),
        CheckConstraint(
            "leave_min_days >= 1 AND hospital_min_days >= 1", name="min_days_sane"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starts: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="month")
    leave_meal_refund: Mapped[int] = mapped_column(default=100)
    leave_care_refund: Mapped[int] = mapped_column(default=0)
    leave_bed_kept: Mapped[int] = mapped_column(default=100)
    leave_min_days: Mapped[int] = mapped_column(default=3)
    hospital_meal_refund: Mapped[int] = mapped_column(default=100)
    hospital_care_refund: Mapped[int] = mapped_column(default=100)
    hospital_bed_kept: Mapped[int] = mapped_column(default=100)
    hospital_min_days: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(default="draft")
    answer: Mapped[str] = mapped_column(default="", server_default="")
    is_alone: Mapped[bool] = mapped_column(default=False, server_default=false())
    written_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("price_list.id"))
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]


class PriceRow(Base):
    """The price of one item in one price list."""

    __tablename__ = "price"
    __table_args__ = (
        UniqueConstraint("price_list_id", "fee_item_id"),
        CheckConstraint("fen >= 0", name="not_negative"),
        CheckConstraint("fen <= ceiling_fen", name="within_ceiling"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    price_list_id: Mapped[int] = mapped_column(ForeignKey("price_list.id"))
    fee_item_id: Mapped[int] = mapped_column(ForeignKey("fee_item.id"))
    fen: Mapped[int]
    ceiling_fen: Mapped[int | None]
    ceiling_document: Mapped[str] = mapped_column(default="", server_default="")
    ceiling_dated: Mapped[date | None]


class PersonalPriceRow(Base):
    """What one resident pays for one item instead of the list price.

    It counts once a second person has approved it, whose name is `approver`.
    """

    __tablename__ = "personal_price"
    __table_args__ = (
        ends_after_start(),
        one_of("kind", ("fixed", "percent", "waived")),
        CheckConstraint("value >= 0", name="value_not_negative"),
        one_of("state", OWN_PRICE_STATES),
        CheckConstraint(
            "state <> 'refused' OR length(trim(answer)) > 0", name="refused_with_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    fee_item_id: Mapped[int] = mapped_column(ForeignKey("fee_item.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]
    kind: Mapped[str]
    value: Mapped[int]
    reason: Mapped[str]
    approver: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")
    answer: Mapped[str] = mapped_column(default="", server_default="")
    is_alone: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]


class PriceNoticeRow(Base):
    """A notice of fees that hung in a place from a day on."""

    __tablename__ = "price_notice"
    __table_args__ = (
        one_of("kind", NOTICE_KINDS),
        CheckConstraint("length(trim(place)) > 0", name="place_given"),
        CheckConstraint("down_on >= up_on", name="down_after_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    price_list_id: Mapped[int] = mapped_column(ForeignKey("price_list.id"), index=True)
    kind: Mapped[str]
    place: Mapped[str]
    up_on: Mapped[date]
    down_on: Mapped[date | None]
    noted_by: Mapped[str]


class NoticeTextRow(Base):
    """What the home itself says in one part of its notices."""

    __tablename__ = "notice_text"
    __table_args__ = (one_of("part", NOTICE_PARTS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]


class StandingChargeRow(Base):
    """An item outside bed, care and meals that a resident has by month or day."""

    __tablename__ = "standing_charge"
    __table_args__ = (ends_after_start(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    fee_item_id: Mapped[int] = mapped_column(ForeignKey("fee_item.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]


class ChargeRow(Base):
    """Something charged by use or once."""

    __tablename__ = "charge"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    fee_item_id: Mapped[int] = mapped_column(ForeignKey("fee_item.id"))
    day: Mapped[date]
    quantity: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    done_by: Mapped[str] = mapped_column(default="", server_default="")


class CoverRow(Base):
    """What a payer bears of a resident's fees: all, a category or one item.

    Payers of one rank share what those before them leave. `counts_away` says of so much
    a day whether it is borne for days too on which all that is covered is given back.
    """

    __tablename__ = "cover"
    __table_args__ = (
        ends_after_start(),
        one_of("category", CATEGORIES),
        one_of("kind", ("percent", "fen", "day")),
        CheckConstraint("category IS NULL OR fee_item_id IS NULL", name="one_scope"),
        CheckConstraint("most_fen > 0", name="most_positive"),
        CheckConstraint("rank > 0", name="rank_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"), index=True)
    category: Mapped[str | None]
    fee_item_id: Mapped[int | None] = mapped_column(ForeignKey("fee_item.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]
    kind: Mapped[str]
    value: Mapped[int]
    most_fen: Mapped[int | None]
    rank: Mapped[int] = mapped_column(default=1)
    counts_away: Mapped[bool] = mapped_column(default=True, server_default=true())


class BillRunRow(Base):
    """The posting of a month; its bills are written first and sealed by this row.

    The run of a departure holds the final bill of one person and nothing else.
    """

    __tablename__ = "bill_run"
    __table_args__ = (
        Index(
            "uq_bill_run_month",
            "month",
            unique=True,
            sqlite_where=text("departure_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date]
    departure_id: Mapped[int | None] = mapped_column(
        ForeignKey("departure.id"), index=True
    )
    posted_at: Mapped[datetime]
    posted_by: Mapped[str]
    bills: Mapped[int]
    total_fen: Mapped[int]
    change_id: Mapped[int]


class BillRow(Base):
    """One resident's bill for a month, with the facts it was computed from."""

    __tablename__ = "bill"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        UniqueConstraint("run_id", "resident_id"),
        Index("ix_bill_resident_month", "resident_id", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("bill_run.id", deferrable=True, initially="DEFERRED")
    )
    year: Mapped[int]
    number: Mapped[int]
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    month: Mapped[date]
    total_fen: Mapped[int]
    resident_name: Mapped[str]
    bed: Mapped[str]
    grade: Mapped[str]
    facts: Mapped[str]


class BillLineRow(Base):
    """One line of a bill, with what it was computed from."""

    __tablename__ = "bill_line"
    __table_args__ = (
        one_of("kind", LINE_KINDS),
        Index("ix_bill_line_bill_id", "bill_id", "position", unique=True),
        Index(
            "ix_bill_line_payer_id",
            "payer_id",
            "for_month",
            sqlite_where=text("payer_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"))
    position: Mapped[int]
    kind: Mapped[str]
    item_code: Mapped[str]
    item_name: Mapped[str]
    for_month: Mapped[date]
    amount_fen: Mapped[int]
    detail: Mapped[str]
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"))


class PaymentRow(Base):
    """Money that came in for bills; what no bill needs yet is prepaid."""

    __tablename__ = "payment"
    __table_args__ = (
        one_of("method", (*METHODS, FROM_DEPOSIT)),
        CheckConstraint("fen > 0", name="fen_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    received_on: Mapped[date]
    method: Mapped[str]
    fen: Mapped[int]
    payer_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    is_void: Mapped[bool] = mapped_column(default=False)


class PaymentShareRow(Base):
    """The part of a bill that a payment, or another bill's credit, settles."""

    __tablename__ = "payment_share"
    __table_args__ = (
        CheckConstraint("fen > 0", name="fen_positive"),
        CheckConstraint(
            "(payment_id IS NULL) <> (credit_bill_id IS NULL)", name="one_source"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    credit_bill_id: Mapped[int | None] = mapped_column(
        ForeignKey("bill.id"), index=True
    )
    fen: Mapped[int]


class ReceiptRow(Base):
    """A receipt: its number is never lost or used twice."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint(
            "(payment_id IS NOT NULL) + (deposit_entry_id IS NOT NULL) "
            "+ (payout_id IS NOT NULL) + (payer_payment_id IS NOT NULL) = 1",
            name="one_source",
        ),
        CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name="void_with_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    payment_id: Mapped[int | None] = mapped_column(
        ForeignKey("payment.id"), unique=True
    )
    deposit_entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("deposit_entry.id"), unique=True
    )
    payout_id: Mapped[int | None] = mapped_column(ForeignKey("payout.id"), unique=True)
    payer_payment_id: Mapped[int | None] = mapped_column(
        ForeignKey("payer_payment.id"), unique=True
    )
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    text: Mapped[dict[str, Any]] = mapped_column(default=dict)
    printed: Mapped[int] = mapped_column(default=0)
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")

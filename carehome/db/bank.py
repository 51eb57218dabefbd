"""Tables of the home's bank accounts: statements read in, and whose each line is."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

PURPOSES = ("operating", "deposit", "trust")
ENTRY_KINDS = ("charge", "interest", "transfer")


class BankAccountRow(Base):
    """An account of the home; each purpose has one in use, as the books have."""

    __tablename__ = "bank_account"
    __table_args__ = (
        one_of("purpose", PURPOSES),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("length(number) > 0", name="number_given"),
        Index(
            "uq_bank_account_purpose",
            "purpose",
            unique=True,
            sqlite_where=text("is_active"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    bank: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class BankStatementRow(Base):
    """A file of the bank that was read in."""

    __tablename__ = "bank_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(
        ForeignKey("bank_account.id"), index=True
    )
    file: Mapped[str]
    layout: Mapped[str]
    read_at: Mapped[datetime]
    read_by: Mapped[str]


class BankLineRow(Base):
    """A line of an account; `fen` is below nothing when money left.

    Its mark is the same whenever it is read, so none is ever kept twice.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("bank_account_id", "mark"),
        CheckConstraint("fen <> 0", name="fen_given"),
        Index("ix_bank_line_bank_account_id_day", "bank_account_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    bank_statement_id: Mapped[int] = mapped_column(
        ForeignKey("bank_statement.id"), index=True
    )
    row: Mapped[int]
    day: Mapped[date]
    fen: Mapped[int]
    balance_fen: Mapped[int]
    party: Mapped[str]
    party_account: Mapped[str]
    text: Mapped[str]
    serial: Mapped[str]
    mark: Mapped[str]


class BankClaimRow(Base):
    """What of a line is a deed in the books, or why it is none.

    A trigger keeps the claims of a line within its amount; only a fee may point the
    other way, against what was taken. A payment that was booked from the line is taken
    back by its receipt alone.
    """

    __tablename__ = "bank_claim"
    __table_args__ = (
        UniqueConstraint("bank_account_id", "kind", "source", "fen"),
        CheckConstraint("fen <> 0", name="fen_given"),
        CheckConstraint("(kind IS NULL) = (source IS NULL)", name="deed_whole"),
        CheckConstraint(
            "(kind IS NULL) = (length(trim(reason)) > 0)", name="deed_or_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    bank_line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    fen: Mapped[int]
    kind: Mapped[str | None]
    source: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    is_posted: Mapped[bool] = mapped_column(default=False)


class BankEntryRow(Base):
    """What the bank itself did with an account, or a transfer to another of the home.

    `fen` is what it adds to the account. Triggers keep it in open months.
    """

    __tablename__ = "bank_entry"
    __table_args__ = (
        one_of("kind", ENTRY_KINDS),
        CheckConstraint("fen <> 0", name="fen_given"),
        CheckConstraint("(kind = 'transfer') = (other <> '')", name="other_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(
        ForeignKey("bank_account.id"), index=True
    )
    kind: Mapped[str]
    other: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    fen: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class BankLayoutRow(Base):
    """How statements of a bank look that the home has taught: titles by field."""

    __tablename__ = "bank_layout"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    words_in: Mapped[str] = mapped_column(default="")
    words_out: Mapped[str] = mapped_column(default="")

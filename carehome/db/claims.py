"""Tables of what the home may claim and of what-if: its own answers and plans.

The claims themselves are data that came with the program; here stands only what the
home said of them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base


class ClaimAnswerRow(Base):
    """What the home answered to a question of claims, who said so, and when."""

    __tablename__ = "claim_answer"
    __table_args__ = (CheckConstraint("length(value) > 0", name="value_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]
    answered_by: Mapped[str]


class ClaimHiddenRow(Base):
    """A claim that is not for the home, and why."""

    __tablename__ = "claim_hidden"
    __table_args__ = (CheckConstraint("length(trim(reason)) > 0", name="reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    hidden_at: Mapped[datetime]
    hidden_by: Mapped[str]


class WhatIfRow(Base):
    """A what-if that was named and kept: only what was assumed, never a result."""

    __tablename__ = "what_if"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    assumed: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]
    kept_by: Mapped[str]

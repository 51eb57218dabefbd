"""Tables of the rounds that were made, and of what was answered on them.

Moments are those of the clock on the wall, as they stand on paper and in the plan.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

ROUND_STATES = ("open", "finished", "void")
VERDICTS = ("ok", "failed", "none")


class SafetyRoundRow(Base):
    """One round: the sheet from its opening on; triggers keep a finished one.

    A round of the plan copies the window it was made for. `started_at` and `ended_at`
    are as told, `opened_at` and `entered_at` what the program's clock said;
    `printed_at` is when its sheet was last printed to be filled in. The counts and
    moments of its answers are written when they can change no more, for the lists. Who
    went round and who signed are kept by name, and by account as far as it is known.
    Numbers are never used again: a printed sheet brings back its very round.
    """

    __tablename__ = "safety_round"
    __table_args__ = (
        one_of("state", ROUND_STATES),
        CheckConstraint(
            "(plan_id IS NULL) = (due_from IS NULL) AND "
            "(due_from IS NULL) = (due_until IS NULL)",
            name="window_whole",
        ),
        CheckConstraint("due_until > due_from", name="window_has_length"),
        CheckConstraint(
            "(state = 'open') = (entered_at IS NULL) AND "
            "(entered_at IS NULL) = (started_at IS NULL) AND "
            "(entered_at IS NULL) = (ended_at IS NULL)",
            name="finished_whole",
        ),
        CheckConstraint(
            "ended_at >= started_at AND entered_at >= ended_at", name="times_in_order"
        ),
        CheckConstraint(
            "state = 'open' OR length(trim(patroller)) > 0", name="patroller_given"
        ),
        CheckConstraint(
            "failed BETWEEN 0 AND answers AND (state <> 'open' OR answers = 0)",
            name="counts_sane",
        ),
        CheckConstraint(
            "(signed_at IS NULL) = (supervisor = '') AND "
            "(signed_at IS NULL OR (state <> 'open' AND supervisor <> patroller)) AND "
            "(signed_account IS NULL OR (signed_at IS NOT NULL AND "
            "signed_account IS NOT patroller_account))",
            name="signed_by_another",
        ),
        CheckConstraint(
            "(state = 'void') = (voided_at IS NOT NULL) AND "
            "(voided_at IS NULL) = (trim(void_reason) = '')",
            name="void_with_reason",
        ),
        Index(
            "uq_safety_round_window",
            "plan_id",
            "due_from",
            unique=True,
            sqlite_where=text("state <> 'void'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("round_plan.id"))
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("safety_place.id"))
    due_from: Mapped[datetime | None] = mapped_column(index=True)
    due_until: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="open", index=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    printed_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    entered_at: Mapped[datetime | None]
    entered_by: Mapped[str] = mapped_column(default="")
    patroller: Mapped[str] = mapped_column(default="")
    patroller_account: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    answers: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    first_answer_at: Mapped[datetime | None]
    last_answer_at: Mapped[datetime | None]
    supervisor: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    signed_account: Mapped[int | None]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str] = mapped_column(default="")
    void_reason: Mapped[str] = mapped_column(default="")


class SafetyAnswerRow(Base):
    """What was found at one item of a round.

    It is written with every few answers, so neither log nor screens hear of it;
    triggers keep it once the round is finished.
    """

    __tablename__ = "safety_answer"
    __table_args__ = (
        UniqueConstraint("round_id", "item_id"),
        one_of("verdict", VERDICTS),
    )
    is_logged: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(
        ForeignKey("safety_round.id", ondelete="CASCADE")
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("form_item.id"), index=True)
    verdict: Mapped[str]
    value: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]


class SafetyAnswerPictureRow(Base):
    """A picture of what was found at an item; kept like the answer itself."""

    __tablename__ = "safety_answer_picture"
    __table_args__ = (UniqueConstraint("answer_id", "picture_id"),)
    is_logged: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(
        ForeignKey("safety_answer.id", ondelete="CASCADE")
    )
    picture_id: Mapped[int] = mapped_column(ForeignKey("safety_picture.id"), index=True)


class RoundRuleRow(Base):
    """What counts as odd in this home; without a row the usual is meant."""

    __tablename__ = "safety_round_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint(
            "haste_seconds BETWEEN 0 AND 3600 AND few_items BETWEEN 0 AND 100 AND "
            "afterwards_minutes BETWEEN 1 AND 1440 AND in_a_row BETWEEN 2 AND 1000 "
            "AND apart_minutes BETWEEN 0 AND 720",
            name="limits_sane",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    haste_seconds: Mapped[int]
    few_items: Mapped[int]
    afterwards_minutes: Mapped[int]
    in_a_row: Mapped[int]
    apart_minutes: Mapped[int]

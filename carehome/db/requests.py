"""Table of what staff ask for: leave, and swapping shifts with a colleague."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.db.staff import LEAVE_KINDS

KINDS = ("leave", "swap")
STATES = ("open", "approved", "declined", "withdrawn")


class StaffRequestRow(Base):
    """Somebody asks for leave, or to swap the cells of some days with `other_id`.

    A swap is of the day `starts` and, when it is another one, of `last_day`. An
    approved leave stands in `leave_id`, for as long as it is kept in the staff file;
    `moved` are the cells that the approval changed, as they were and became.
    """

    __tablename__ = "staff_request"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("leave_kind", ("", *LEAVE_KINDS)),
        one_of("state", STATES),
        CheckConstraint("last_day >= starts", name="last_day_last"),
        CheckConstraint(
            "(kind = 'leave') = (leave_kind <> '')", name="leave_kind_of_leave"
        ),
        CheckConstraint(
            "(kind = 'swap') = (other_id IS NOT NULL)", name="other_of_swap"
        ),
        CheckConstraint("other_id <> staff_id", name="two_people"),
        CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)", name="decided_at_known"
        ),
        CheckConstraint(
            "state <> 'declined' OR length(trim(answer)) > 0",
            name="declined_with_reason",
        ),
        CheckConstraint(
            "leave_id IS NULL OR (kind = 'leave' AND state = 'approved')",
            name="leave_of_approved",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    leave_kind: Mapped[str] = mapped_column(default="")
    starts: Mapped[date]
    last_day: Mapped[date]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    note: Mapped[str] = mapped_column(default="")
    asked_on: Mapped[date]
    entered_by: Mapped[str]
    state: Mapped[str] = mapped_column(default="open", index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    leave_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_leave.id", ondelete="SET NULL")
    )
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)

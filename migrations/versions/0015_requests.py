"""Requests for leave and for swapping shifts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KINDS = "'leave', 'swap'"
LEAVES = (
    "'', 'annual', 'sick', 'personal', 'marriage', 'maternity', 'paternity', "
    "'parental', 'care', 'bereavement', 'injury', 'compensation', 'other'"
)
STATES = "'open', 'approved', 'declined', 'withdrawn'"


def upgrade():
    op.create_table(
        "staff_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("leave_kind", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            f"kind IN ({KINDS})", name=op.f("ck_staff_request_kind_known")
        ),
        sa.CheckConstraint(
            f"leave_kind IN ({LEAVES})", name=op.f("ck_staff_request_leave_kind_known")
        ),
        sa.CheckConstraint(
            f"state IN ({STATES})", name=op.f("ck_staff_request_state_known")
        ),
        sa.CheckConstraint(
            "last_day >= starts", name=op.f("ck_staff_request_last_day_last")
        ),
        sa.CheckConstraint(
            "(kind = 'leave') = (leave_kind <> '')",
            name=op.f("ck_staff_request_leave_kind_of_leave"),
        ),
        sa.CheckConstraint(
            "(kind = 'swap') = (other_id IS NOT NULL)",
            name=op.f("ck_staff_request_other_of_swap"),
        ),
        sa.CheckConstraint(
            "other_id <> staff_id", name=op.f("ck_staff_request_two_people")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)",
            name=op.f("ck_staff_request_decided_at_known"),
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR length(trim(answer)) > 0",
            name=op.f("ck_staff_request_declined_with_reason"),
        ),
        sa.CheckConstraint(
            "leave_id IS NULL OR (kind = 'leave' AND state = 'approved')",
            name=op.f("ck_staff_request_leave_of_approved"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_staff_request_staff_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["staff_member.id"], name=op.f("fk_staff_request_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["leave_id"],
            ["staff_leave.id"],
            name=op.f("fk_staff_request_leave_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_request")),
    )
    op.create_index("ix_staff_request_staff_id", "staff_request", ["staff_id"])
    op.create_index("ix_staff_request_state", "staff_request", ["state"])

"""What corrections were computed from, and the director's word on old ones."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade():
    _facts()
    _choices()


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _facts():
    table = "bill_correction"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["bill.id"], name=op.f(f"fk_{table}_bill_id")
        ),
        sa.UniqueConstraint("bill_id", "month", name=op.f(f"uq_{table}_bill_id_month")),
    )
    _refuse(f"{table}_no_update", "UPDATE", table, "", f"{table} is never edited")
    _refuse(f"{table}_no_delete", "DELETE", table, "", f"{table} is never deleted")
    _refuse(
        f"{table}_sealed",
        "INSERT",
        table,
        "EXISTS (SELECT 1 FROM bill JOIN bill_run ON bill_run.id = bill.run_id "
        "WHERE bill.id = NEW.bill_id)",
        "the month is posted",
    )


def _choices():
    table = "late_choice"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("is_taken", sa.Boolean(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f(f"ck_{table}_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f(f"fk_{table}_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f(f"fk_{table}_decided_by")
        ),
    )
    op.create_index(f"ix_{table}_resident_id_month", table, ["resident_id", "month"])

"""What the books show: counts of the trust money, names untold, prices of supplies.

A count is kept as it was made.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    _counts()
    with op.batch_alter_table("trust_entry") as entry:
        entry.add_column(sa.Column("paper_id", sa.Integer(), nullable=True))
        entry.create_foreign_key(
            op.f("fk_trust_entry_paper_id"),
            "paper",
            ["paper_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("donation") as donation:
        donation.add_column(
            sa.Column(
                "is_unnamed", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    with op.batch_alter_table("utility_bill") as bill:
        for name in ("meter", "unit_price", "residential_price"):
            bill.add_column(
                sa.Column(name, sa.String(), nullable=False, server_default="")
            )
        bill.add_column(sa.Column("letter_on", sa.Date(), nullable=True))


def _counts():
    table = "trust_count"
    said = "counted_fen = booked_fen OR length(trim(note)) > 0"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("booked_fen", sa.Integer(), nullable=False),
        sa.Column("counted_fen", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("counted_by", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_count")),
        sa.CheckConstraint("counted_fen >= 0", name=op.f("ck_trust_count_not_below_0")),
        sa.CheckConstraint(said, name=op.f("ck_trust_count_difference_said")),
        sa.CheckConstraint(
            "length(trim(witness)) > 0", name=op.f("ck_trust_count_witness_named")
        ),
    )
    for when in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{when.lower()} BEFORE {when} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'a count is kept'); END"
        )

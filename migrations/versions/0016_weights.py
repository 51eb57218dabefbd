"""How much each wish of the home weighs when a roster is made."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "roster_weight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "weight BETWEEN 0 AND 100", name="ck_roster_weight_weight_sane"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster_weight"),
        sa.UniqueConstraint("rule", name="uq_roster_weight_rule"),
    )

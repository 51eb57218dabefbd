"""What is known of setting a home up: steps not needed, the recovery key."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("home") as home:
        home.add_column(
            sa.Column("waived_steps", sa.String(), nullable=False, server_default="")
        )
        home.add_column(
            sa.Column(
                "is_key_safe", sa.Boolean(), nullable=False, server_default=sa.true()
            )
        )
    with op.batch_alter_table("home") as home:
        home.alter_column("waived_steps", server_default=None)
        home.alter_column("is_key_safe", server_default=None)

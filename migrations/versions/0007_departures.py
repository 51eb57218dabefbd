"""Leaving the home, step by step, up to the settlement."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    pass

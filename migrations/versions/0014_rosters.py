"""Rosters: cells, locks, wishes, what was changed after publishing."""

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    pass

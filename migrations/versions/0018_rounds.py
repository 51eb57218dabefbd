"""Rounds as they were made: answers, signatures, sheets, pictures."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    pass

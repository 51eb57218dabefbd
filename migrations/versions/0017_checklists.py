"""Checklists as data: forms, their versions, items, and the plan of rounds."""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    pass

"""Drills, trainings about fire, emergency plans, incidents."""

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade():
    pass

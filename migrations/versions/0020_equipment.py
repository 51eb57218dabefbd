"""Fire equipment with its place, service and life, and who services it."""

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    pass

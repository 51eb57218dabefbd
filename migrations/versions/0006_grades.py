"""What a nursing grade follows from, and who agreed to it."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    pass

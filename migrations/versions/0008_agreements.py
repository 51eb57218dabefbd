"""Agreement templates, and what is kept of an agreement."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    pass

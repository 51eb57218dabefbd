"""Posts, units, certificates, and all that a staff file holds."""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    pass

"""The register of hazards: nothing leaves it except by being closed."""

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    pass

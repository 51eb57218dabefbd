"""How much each wish of the home weighs when a roster is made."""

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    pass

"""How each resident is moved in an evacuation, when a bed was there, targets."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    pass

"""Enquiries, the waiting list, times without admissions."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    pass

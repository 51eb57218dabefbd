"""Requests for leave and for swapping shifts; working time handed to payroll."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    pass

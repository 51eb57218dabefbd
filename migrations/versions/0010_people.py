"""Agents, categories with proof, what somebody is entitled to."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    pass

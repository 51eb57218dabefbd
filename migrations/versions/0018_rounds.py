"""Pictures of the rounds, and the rounds as they were made: answers, signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    add_pictures()


def add_pictures():
    """Keep pictures once, for rounds, hazards and equipment alike."""
    op.create_table(
        "safety_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(content) BETWEEN 1 AND 2097152",
            name="ck_safety_picture_content_sane",
        ),
        sa.CheckConstraint(
            "width BETWEEN 1 AND 4000 AND height BETWEEN 1 AND 4000",
            name="ck_safety_picture_size_sane",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_picture"),
    )
    op.create_index("ix_safety_picture_digest", "safety_picture", ["digest"])
    op.execute(
        "CREATE TRIGGER safety_picture_stays BEFORE UPDATE ON safety_picture BEGIN "
        "SELECT RAISE(ABORT, 'a picture never changes'); END"
    )

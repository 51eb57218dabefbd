"""Kinds of shift, what each unit needs of them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "shift_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(trim(code)) > 0", name="ck_shift_kind_code_given"),
        sa.CheckConstraint("length(trim(name)) > 0", name="ck_shift_kind_name_given"),
        sa.CheckConstraint(
            "starts BETWEEN 0 AND 1439", name="ck_shift_kind_starts_sane"
        ),
        sa.CheckConstraint("span BETWEEN 1 AND 1440", name="ck_shift_kind_span_sane"),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND span", name="ck_shift_kind_minutes_sane"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_shift_kind_post_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_kind"),
        sa.UniqueConstraint("code", name="uq_shift_kind_code"),
        sa.UniqueConstraint("name", name="uq_shift_kind_name"),
    )

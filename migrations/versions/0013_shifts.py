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
            "minutes BETWEEN 0 AND span", name="ck_shift_kind_minutes_sane"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_shift_kind_post_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_kind"),
        sa.UniqueConstraint("code", name="uq_shift_kind_code"),
        sa.UniqueConstraint("name", name="uq_shift_kind_name"),
    )
    op.create_table(
        "shift_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("under", sa.Integer(), nullable=True),
        sa.Column("over", sa.Integer(), nullable=False),
        sa.Column("is_computed", sa.Boolean(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("skill", sa.Integer(), nullable=True),
        sa.CheckConstraint("need >= 0", name="ck_shift_need_need_sane"),
        sa.CheckConstraint("most >= need", name="ck_shift_need_most_sane"),
        sa.CheckConstraint("under > 0", name="ck_shift_need_under_sane"),
        sa.CheckConstraint("over >= 0", name="ck_shift_need_over_sane"),
        sa.CheckConstraint("skill BETWEEN 1 AND 5", name="ck_shift_need_skill_sane"),
        sa.CheckConstraint(
            "NOT is_computed OR unit_id IS NOT NULL",
            name="ck_shift_need_computed_has_unit",
        ),
        sa.CheckConstraint(
            "days IN ('all', 'weekday', 'holiday')", name="ck_shift_need_days_known"
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift_kind.id"], name="fk_shift_need_shift_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_shift_need_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_need"),
    )
    op.create_index(
        "uq_shift_need_unit",
        "shift_need",
        ["shift_id", "unit_id", "days", "starts"],
        unique=True,
        sqlite_where=sa.text("unit_id IS NOT NULL"),
    )
    op.create_index(
        "uq_shift_need_home",
        "shift_need",
        ["shift_id", "days", "starts"],
        unique=True,
        sqlite_where=sa.text("unit_id IS NULL"),
    )
    op.create_table(
        "unit_floor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["floor_id"], ["floor.id"], name="fk_unit_floor_floor_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_floor_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_floor"),
        sa.UniqueConstraint("floor_id", name="uq_unit_floor_floor_id"),
    )
    op.create_index("ix_unit_floor_unit_id", "unit_floor", ["unit_id"])
    op.create_table(
        "cover_ratio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("ability_level", sa.Integer(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "ability_level BETWEEN 0 AND 4", name="ck_cover_ratio_ability_level_known"
        ),
        sa.CheckConstraint(
            "residents BETWEEN 1 AND 999", name="ck_cover_ratio_residents_sane"
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift_kind.id"], name="fk_cover_ratio_shift_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cover_ratio"),
        sa.UniqueConstraint(
            "shift_id",
            "ability_level",
            "starts",
            name="uq_cover_ratio_shift_id_ability_level_starts",
        ),
    )

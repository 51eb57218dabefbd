"""What a nursing grade follows from, and who agreed to it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WAYS = "'paper', 'in_person', 'phone', 'message'"


def upgrade():
    with op.batch_alter_table("grade_change") as change:
        change.add_column(sa.Column("consent_on", sa.Date(), nullable=True))
        change.add_column(
            sa.Column("consent_how", sa.String(), nullable=False, server_default="")
        )
        change.create_check_constraint(
            op.f("ck_grade_change_consent_whole"),
            "consent_by <> '' OR (consent_on IS NULL AND consent_how = '')",
        )
        change.create_check_constraint(
            op.f("ck_grade_change_consent_how_known"),
            f"consent_how IN ('', {_WAYS})",
        )
    with op.batch_alter_table("grade_change") as change:
        change.alter_column("consent_how", server_default=None)
    op.create_table(
        "grade_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ability_level", sa.Integer(), nullable=False),
        sa.Column("has_dementia", sa.Boolean(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("subsidy_class", sa.String(), nullable=False),
        sa.CheckConstraint(
            "ability_level BETWEEN 0 AND 4",
            name=op.f("ck_grade_rule_ability_level_known"),
        ),
        sa.CheckConstraint(
            "subsidy_class IN ('able', 'partly', 'disabled')",
            name=op.f("ck_grade_rule_subsidy_class_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_rule")),
        sa.UniqueConstraint(
            "ability_level",
            "has_dementia",
            name=op.f("uq_grade_rule_ability_level_has_dementia"),
        ),
    )

"""Ability assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# All columns of an assessment that stay when it is made void.
_KEPT = (
    *("resident_id", "form", "edition", "begun_at"),
    *("begun_by", "base_on", "reason", "reason_note"),
    *("year", "number", "answers", "result"),
    *("total", "preliminary", "level", "ability_level"),
    *("decided_why", "assessor_1", "is_medical_1", "assessor_2"),
    *("is_medical_2", "informant", "relation", "outside_body"),
    *("consent_by", "consent_on", "finished_at", "finished_by"),
)


def _refuse(name, when, condition, message):
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON assessment WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def upgrade():
    # Revision 0003 lost it in files that it was run on before triggers were kept.
    op.execute(
        "CREATE TRIGGER IF NOT EXISTS home_no_delete BEFORE DELETE ON home "
        "BEGIN SELECT RAISE(ABORT, 'the home stays'); END"
    )
    _settings()
    _assessments()
    _drafts()
    _flags()
    _triggers()


def _settings():
    with op.batch_alter_table("home") as home:
        home.add_column(
            sa.Column(
                "assess_form",
                sa.String(),
                nullable=False,
                server_default="gbt42195-2022",
            )
        )
        home.add_column(
            sa.Column("assess_months", sa.Integer(), nullable=False, server_default="6")
        )
        home.add_column(
            sa.Column(
                "assess_adds_up",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
            )
        )
    with op.batch_alter_table("home") as home:
        for column in ("assess_form", "assess_months", "assess_adds_up"):
            home.alter_column(column, server_default=None)
        home.create_check_constraint(
            op.f("ck_home_assess_months_sane"), "assess_months BETWEEN 1 AND 24"
        )


def _text(name):
    return sa.Column(name, sa.String(), nullable=False)


def _assessments():
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        _text("form"),
        _text("edition"),
        _text("state"),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        _text("begun_by"),
        sa.Column("base_on", sa.Date(), nullable=False),
        _text("reason"),
        _text("reason_note"),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("preliminary", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("ability_level", sa.Integer(), nullable=True),
        _text("decided_why"),
        _text("assessor_1"),
        sa.Column("is_medical_1", sa.Boolean(), nullable=False),
        _text("assessor_2"),
        sa.Column("is_medical_2", sa.Boolean(), nullable=False),
        _text("informant"),
        _text("relation"),
        _text("outside_body"),
        _text("consent_by"),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        _text("finished_by"),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        _text("voided_by"),
        _text("void_reason"),
        sa.CheckConstraint(
            "state IN ('draft', 'finished', 'void')",
            name=op.f("ck_assessment_state_known"),
        ),
        sa.CheckConstraint(
            "reason IN ('first', 'routine', 'immediate', 'recheck', 'other')",
            name=op.f("ck_assessment_reason_known"),
        ),
        sa.CheckConstraint(
            "level BETWEEN 0 AND 4", name=op.f("ck_assessment_level_known")
        ),
        sa.CheckConstraint(
            "ability_level BETWEEN 0 AND 4",
            name=op.f("ck_assessment_ability_level_known"),
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (number IS NULL) AND "
            "(number IS NULL) = (year IS NULL)",
            name=op.f("ck_assessment_numbered_when_finished"),
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (finished_at IS NULL)",
            name=op.f("ck_assessment_finished_once"),
        ),
        sa.CheckConstraint(
            "(state = 'void') = (voided_at IS NOT NULL) AND "
            "(voided_at IS NULL) = (trim(void_reason) = '')",
            name=op.f("ck_assessment_void_with_reason"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR (trim(assessor_1) <> '' AND trim(assessor_2) <> '' "
            "AND assessor_1 <> assessor_2)",
            name=op.f("ck_assessment_two_assessors"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR is_medical_1 OR is_medical_2",
            name=op.f("ck_assessment_one_medical"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_assessment_resident_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_assessment_year_number")),
    )
    with op.batch_alter_table("assessment") as table:
        table.create_index(
            "uq_assessment_draft",
            ["resident_id", "form"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
        )
        table.create_index("ix_assessment_resident_day", ["resident_id", "base_on"])


def _drafts():
    op.create_table(
        "assessment_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("carried", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        _text("kept_by"),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_draft_assessment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_draft")),
        sa.UniqueConstraint(
            "assessment_id", name=op.f("uq_assessment_draft_assessment_id")
        ),
    )


def _flags():
    op.create_table(
        "assessment_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _text("reason"),
        _text("raised_by"),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        _text("dropped_why"),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_assessment_flag_reason_given")
        ),
        sa.CheckConstraint(
            "(dropped_on IS NULL) = (trim(dropped_why) = '')",
            name=op.f("ck_assessment_flag_dropped_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_assessment_flag_resident_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_flag")),
    )
    with op.batch_alter_table("assessment_flag") as table:
        table.create_index(op.f("ix_assessment_flag_resident_id"), ["resident_id"])


def _triggers():
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
    _refuse(
        "assessment_as_finished",
        "UPDATE",
        "OLD.state <> 'draft' AND NOT "
        f"(OLD.state = 'finished' AND NEW.state = 'void' AND {same})",
        "a finished assessment is never edited",
    )
    _refuse(
        "assessment_no_delete",
        "DELETE",
        "OLD.state <> 'draft'",
        "finished assessments are kept",
    )
    _refuse(
        "assessment_begins_as_draft",
        "INSERT",
        "NEW.state <> 'draft'",
        "an assessment begins as a draft",
    )
    _refuse(
        "assessment_no_gap",
        "UPDATE",
        "OLD.number IS NULL AND NEW.number IS NOT NULL AND NEW.number <> "
        "(SELECT coalesce(max(number), 0) + 1 FROM assessment WHERE year = NEW.year)",
        "assessment numbers have no gaps",
    )

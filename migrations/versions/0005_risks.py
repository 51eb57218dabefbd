"""Risks before and during a stay."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RISKS = (
    "risk IN ('choking', 'wrong_intake', 'pressure_sore', 'scald', 'bed_fall', 'fall', "
    "'getting_lost', 'harm', 'activity')"
)


def _refuse(name, when, table, condition, message):
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def upgrade():
    _assessments()
    _parts()
    _triggers()


def _assessments():
    op.create_table(
        "risk_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("assessor", sa.String(), nullable=False),
        sa.Column("second_assessor", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_to", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'finished')",
            name=op.f("ck_risk_assessment_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)",
            name=op.f("ck_risk_assessment_finished_at_once"),
        ),
        sa.CheckConstraint(
            "told_on IS NULL OR (state = 'finished' AND length(trim(told_to)) > 0)",
            name=op.f("ck_risk_assessment_told_somebody"),
        ),
        sa.CheckConstraint(
            "signed_on IS NULL OR (told_on IS NOT NULL AND signed_on >= told_on)",
            name=op.f("ck_risk_assessment_told_before_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_risk_assessment_resident_id_resident"),
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["paper.id"],
            name=op.f("fk_risk_assessment_paper_id_paper"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessment")),
    )
    op.create_index(
        op.f("ix_risk_assessment_resident_id"), "risk_assessment", ["resident_id"]
    )
    op.create_index(
        "uq_risk_assessment_draft",
        "risk_assessment",
        ["resident_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
    )


def _parts():
    op.create_table(
        "risk_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(_RISKS, name=op.f("ck_risk_judgement_risk_known")),
        sa.CheckConstraint(
            "level BETWEEN 0 AND 3", name=op.f("ck_risk_judgement_level_known")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["risk_assessment.id"],
            name=op.f("fk_risk_judgement_assessment_id_risk_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_judgement")),
        sa.UniqueConstraint(
            "assessment_id", "risk", name=op.f("uq_risk_judgement_assessment_id_risk")
        ),
    )
    op.create_table(
        "risk_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(_RISKS, name=op.f("ck_risk_measure_risk_known")),
        sa.CheckConstraint(
            "length(trim(text)) > 0", name=op.f("ck_risk_measure_text_given")
        ),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_risk_measure_end_last")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["risk_assessment.id"],
            name=op.f("fk_risk_measure_assessment_id_risk_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_measure")),
    )
    op.create_index(
        op.f("ix_risk_measure_assessment_id"), "risk_measure", ["assessment_id"]
    )
    op.create_table(
        "home_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(_RISKS, name=op.f("ck_home_measure_risk_known")),
        sa.CheckConstraint(
            "length(trim(text)) > 0", name=op.f("ck_home_measure_text_given")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_measure")),
        sa.UniqueConstraint("risk", "text", name=op.f("uq_home_measure_risk_text")),
    )


def _triggers():
    """Let nobody edit what was judged; only telling, signing and the paper follow."""
    judged = ", ".join(
        (
            *("resident_id", "day", "state", "edition", "assessor"),
            *("second_assessor", "answers", "finished_at"),
        )
    )
    stays, finished = "a finished risk assessment stays", "OLD.state = 'finished'"
    _refuse(
        "risk_assessment_no_update",
        f"UPDATE OF {judged}",
        "risk_assessment",
        finished,
        stays,
    )
    _refuse("risk_assessment_no_delete", "DELETE", "risk_assessment", finished, stays)
    _refuse("risk_judgement_no_update", "UPDATE", "risk_judgement", "1", stays)
    _refuse("risk_judgement_no_delete", "DELETE", "risk_judgement", "1", stays)
    _refuse("risk_measure_no_delete", "DELETE", "risk_measure", "1", stays)
    _refuse(
        "risk_measure_no_update",
        "UPDATE OF assessment_id, risk, text, starts",
        "risk_measure",
        "1",
        stays,
    )

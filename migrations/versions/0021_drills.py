"""Drills, trainings about fire, emergency plans, incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FIRE = "消防安全"  # the subject that the program brought in revision 12
BUREAU, STREET, RESCUE = (
    "区（县）民政局",
    "街道办事处（乡镇政府）",
    "区（县）应急管理局",
)
# Ours; an hour is what order 493, article 9, gives for accidents at work.
TOLD = {
    "general": (BUREAU,),
    "larger": (BUREAU, STREET, RESCUE),
    "major": (BUREAU, STREET, RESCUE),
    "extreme": (BUREAU, STREET, RESCUE),
}
HOUR = 60


def upgrade():
    _tables()
    _fill()
    _triggers()


def _tables():
    op.create_table(
        "safety_drill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("is_night", sa.Boolean(), nullable=False),
        sa.Column("is_disabled_unit", sa.Boolean(), nullable=False),
        sa.Column("is_real", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_at", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("called_off", sa.String(), nullable=False),
        sa.CheckConstraint(
            "called_off = '' OR held_on IS NULL",
            name="ck_safety_drill_held_or_called_off",
        ),
        sa.CheckConstraint(
            "length(trim(title)) > 0", name="ck_safety_drill_title_given"
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 1440", name="ck_safety_drill_minutes_sane"
        ),
        sa.CheckConstraint("residents >= 0", name="ck_safety_drill_residents_sane"),
        sa.PrimaryKeyConstraint("id", name="pk_safety_drill"),
    )
    op.create_index(
        "ix_safety_drill_held_on", "safety_drill", ["held_on"], unique=False
    )
    op.create_index(
        "ix_safety_drill_planned_on", "safety_drill", ["planned_on"], unique=False
    )
    op.create_table(
        "safety_drill_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('command', 'alarm', 'fire_fighting', 'evacuation', 'first_aid', 'guard', 'supplies')",
            name="ck_safety_drill_role_role_known",
        ),
        sa.ForeignKeyConstraint(
            ["drill_id"], ["safety_drill.id"], name="fk_safety_drill_role_drill_id"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name="fk_safety_drill_role_staff_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_drill_role"),
        sa.UniqueConstraint(
            "drill_id",
            "role",
            "staff_id",
            name="uq_safety_drill_role_drill_id_role_staff_id",
        ),
    )
    op.create_index(
        "ix_safety_drill_role_staff_id", "safety_drill_role", ["staff_id"], unique=False
    )
    op.create_table(
        "safety_drill_floor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "residents >= 0", name="ck_safety_drill_floor_residents_sane"
        ),
        sa.CheckConstraint(
            "seconds BETWEEN 1 AND 86400", name="ck_safety_drill_floor_seconds_sane"
        ),
        sa.ForeignKeyConstraint(
            ["drill_id"], ["safety_drill.id"], name="fk_safety_drill_floor_drill_id"
        ),
        sa.ForeignKeyConstraint(
            ["floor_id"], ["floor.id"], name="fk_safety_drill_floor_floor_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_drill_floor"),
        sa.UniqueConstraint(
            "drill_id", "floor_id", name="uq_safety_drill_floor_drill_id_floor_id"
        ),
    )
    op.create_index(
        "ix_safety_drill_floor_floor_id",
        "safety_drill_floor",
        ["floor_id"],
        unique=False,
    )
    op.create_table(
        "safety_drill_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('met', 'failed', 'not_seen')",
            name="ck_safety_drill_score_verdict_known",
        ),
        sa.CheckConstraint(
            "length(trim(text)) > 0", name="ck_safety_drill_score_text_given"
        ),
        sa.CheckConstraint(
            "points BETWEEN 1 AND 100", name="ck_safety_drill_score_points_sane"
        ),
        sa.ForeignKeyConstraint(
            ["drill_id"], ["safety_drill.id"], name="fk_safety_drill_score_drill_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_drill_score"),
        sa.UniqueConstraint(
            "drill_id", "position", name="uq_safety_drill_score_drill_id_position"
        ),
    )
    op.create_table(
        "emergency_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('disaster', 'accident', 'health', 'security')",
            name="ck_emergency_plan_kind_known",
        ),
        sa.CheckConstraint(
            "length(trim(title)) > 0", name="ck_emergency_plan_title_given"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_emergency_plan"),
        sa.UniqueConstraint("title", name="uq_emergency_plan_title"),
    )
    op.create_table(
        "emergency_plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(approved_by)) > 0", name="ck_emergency_plan_version_approved"
        ),
        sa.CheckConstraint(
            "length(trim(text)) > 0", name="ck_emergency_plan_version_text_given"
        ),
        sa.CheckConstraint(
            "review_on > effective_on", name="ck_emergency_plan_version_review_later"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["emergency_plan.id"], name="fk_emergency_plan_version_plan_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_emergency_plan_version"),
        sa.UniqueConstraint(
            "plan_id", "number", name="uq_emergency_plan_version_plan_id_number"
        ),
    )
    op.create_table(
        "emergency_plan_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('extreme', 'major', 'larger', 'general')",
            name="ck_emergency_plan_grade_grade_known",
        ),
        sa.CheckConstraint(
            "length(trim(response)) > 0", name="ck_emergency_plan_grade_response_given"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["emergency_plan_version.id"],
            name="fk_emergency_plan_grade_version_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_emergency_plan_grade"),
        sa.UniqueConstraint(
            "version_id", "grade", name="uq_emergency_plan_grade_version_id_grade"
        ),
    )
    op.create_table(
        "safety_incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("injured", sa.Integer(), nullable=False),
        sa.Column("dead", sa.Integer(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "grade IN ('extreme', 'major', 'larger', 'general')",
            name="ck_safety_incident_grade_known",
        ),
        sa.CheckConstraint(
            "kind IN ('disaster', 'accident', 'health', 'security')",
            name="ck_safety_incident_kind_known",
        ),
        sa.CheckConstraint(
            "closed_on >= happened_on", name="ck_safety_incident_closed_later"
        ),
        sa.CheckConstraint("dead >= 0", name="ck_safety_incident_dead_sane"),
        sa.CheckConstraint("injured >= 0", name="ck_safety_incident_injured_sane"),
        sa.CheckConstraint(
            "length(trim(told)) > 0", name="ck_safety_incident_told_given"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_incident"),
        sa.UniqueConstraint("year", "number", name="uq_safety_incident_year_number"),
    )
    op.create_index(
        "ix_safety_incident_happened_on",
        "safety_incident",
        ["happened_on"],
        unique=False,
    )
    op.create_table(
        "safety_incident_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reported_at", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(receiver)) > 0",
            name="ck_safety_incident_report_receiver_given",
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["safety_incident.id"],
            name="fk_safety_incident_report_incident_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_incident_report"),
    )
    op.create_index(
        "ix_safety_incident_report_incident_id",
        "safety_incident_report",
        ["incident_id"],
        unique=False,
    )
    op.create_table(
        "safety_lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hazard_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(drill_id IS NULL) <> (incident_id IS NULL)",
            name="ck_safety_lesson_of_one_thing",
        ),
        sa.CheckConstraint(
            "length(trim(text)) > 0", name="ck_safety_lesson_text_given"
        ),
        sa.ForeignKeyConstraint(
            ["drill_id"], ["safety_drill.id"], name="fk_safety_lesson_drill_id"
        ),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["safety_hazard.id"], name="fk_safety_lesson_hazard_id"
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["safety_incident.id"], name="fk_safety_lesson_incident_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_lesson"),
        sa.UniqueConstraint("hazard_id", name="uq_safety_lesson_hazard_id"),
    )
    op.create_index(
        "ix_safety_lesson_drill_id", "safety_lesson", ["drill_id"], unique=False
    )
    op.create_index(
        "ix_safety_lesson_incident_id", "safety_lesson", ["incident_id"], unique=False
    )
    op.create_table(
        "safety_training_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["training_subject.id"],
            name="fk_safety_training_subject_subject_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_training_subject"),
        sa.UniqueConstraint("subject_id", name="uq_safety_training_subject_subject_id"),
    )
    op.create_table(
        "safety_training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("pass_points", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "occasion IN ('yearly', 'new_staff', 'new_post', 'drill', 'other')",
            name="ck_safety_training_occasion_known",
        ),
        sa.CheckConstraint(
            "pass_points BETWEEN 0 AND 100", name="ck_safety_training_pass_points_sane"
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["training.id"], name="fk_safety_training_training_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_training"),
        sa.UniqueConstraint("training_id", name="uq_safety_training_training_id"),
    )
    op.create_table(
        "safety_training_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "points BETWEEN 0 AND 100", name="ck_safety_training_result_points_sane"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name="fk_safety_training_result_staff_id"
        ),
        sa.ForeignKeyConstraint(
            ["training_id"],
            ["training.id"],
            name="fk_safety_training_result_training_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_training_result"),
        sa.UniqueConstraint(
            "training_id",
            "staff_id",
            name="uq_safety_training_result_training_id_staff_id",
        ),
    )
    op.create_index(
        "ix_safety_training_result_staff_id",
        "safety_training_result",
        ["staff_id"],
        unique=False,
    )
    op.create_table(
        "safety_drill_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_months", sa.Integer(), nullable=False),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_safety_drill_rule_only_one"),
        sa.CheckConstraint(
            "training_months BETWEEN 1 AND 24",
            name="ck_safety_drill_rule_training_sane",
        ),
        sa.CheckConstraint(
            "warn_days BETWEEN 0 AND 180", name="ck_safety_drill_rule_warn_sane"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_drill_rule"),
    )
    _reporting()


def _reporting():
    op.create_table(
        "safety_incident_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(trim(receiver)) > 0", name="ck_safety_incident_duty_receiver_given"
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 2880", name="ck_safety_incident_duty_minutes_sane"
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["safety_incident.id"],
            name="fk_safety_incident_duty_incident_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_incident_duty"),
        sa.UniqueConstraint(
            "incident_id",
            "receiver",
            name="uq_safety_incident_duty_incident_id_receiver",
        ),
    )
    op.create_table(
        "safety_report_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('extreme', 'major', 'larger', 'general')",
            name="ck_safety_report_rule_grade_known",
        ),
        sa.CheckConstraint(
            "length(trim(receiver)) > 0", name="ck_safety_report_rule_receiver_given"
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 2880", name="ck_safety_report_rule_minutes_sane"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_report_rule"),
        sa.UniqueConstraint(
            "grade", "receiver", name="uq_safety_report_rule_grade_receiver"
        ),
    )
    op.create_table(
        "emergency_plan_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["emergency_plan_version.id"],
            name="fk_emergency_plan_scan_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["safety_scan.id"], name="fk_emergency_plan_scan_scan_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_emergency_plan_scan"),
        sa.UniqueConstraint(
            "version_id", "scan_id", name="uq_emergency_plan_scan_version_id_scan_id"
        ),
    )


def _fill():
    """Bring our own rule, and mark the subject of staff training that is about fire."""
    rule = sa.table(
        "safety_drill_rule",
        *map(sa.column, ("id", "training_months", "warn_days")),
    )
    op.bulk_insert(
        rule,
        [{"id": 1, "training_months": 12, "warn_days": 30}],
    )
    told = sa.table(
        "safety_report_rule", *map(sa.column, ("grade", "receiver", "minutes"))
    )
    op.bulk_insert(
        told,
        [
            {"grade": grade, "receiver": receiver, "minutes": HOUR}
            for grade, receivers in TOLD.items()
            for receiver in receivers
        ],
    )
    subject = sa.table("training_subject", sa.column("id"), sa.column("name"))
    marked = sa.table("safety_training_subject", sa.column("subject_id"))
    op.execute(
        marked.insert().from_select(
            ["subject_id"], sa.select(subject.c.id).where(subject.c.name == FIRE)
        )
    )


def _triggers():
    _refuse("safety_incident_stays", "DELETE ON safety_incident", "incidents stay")
    for table in ("emergency_plan_version", "emergency_plan_grade"):
        _refuse(f"{table}_stays", f"UPDATE ON {table}", "an issued plan never changes")
    _refuse(
        "safety_drill_rule_stays", "DELETE ON safety_drill_rule", "the rule always is"
    )


def _refuse(name, when, why):
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )

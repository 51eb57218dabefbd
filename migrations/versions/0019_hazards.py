"""The register of hazards: nothing leaves it except by being closed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    _hazards()
    _around()
    _triggers()


def _hazards():
    op.create_table(
        "safety_hazard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("first_due_at", sa.DateTime(), nullable=False),
        sa.Column("rectified_at", sa.DateTime(), nullable=True),
        sa.Column("rectified_by", sa.String(), nullable=False),
        sa.Column("rectified_account", sa.Integer(), nullable=True),
        sa.Column("rectified_note", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("checked_account", sa.Integer(), nullable=True),
        sa.Column("checked_note", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_account", sa.Integer(), nullable=True),
        sa.Column("closed_note", sa.String(), nullable=False),
        *_claims(),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["staff_member.id"],
            name="fk_safety_hazard_responsible_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_hazard"),
        sa.UniqueConstraint("year", "serial", name="uq_safety_hazard_year_serial"),
    )
    op.create_index("ix_safety_hazard_state", "safety_hazard", ["state"])
    op.create_index("ix_safety_hazard_found_at", "safety_hazard", ["found_at"])


def _claims():
    """Yield what every hazard fulfils at any time."""
    claims = {
        "state_known": "state IN ('open', 'rectified', 'checked', 'closed')",
        "severity_known": "severity IN ('major', 'high', 'general')",
        "origin_known": (
            "origin IN ('round', 'hand', 'drill', 'incident', 'inspection', 'test', "
            "'self_check', 'equipment')"
        ),
        "serial_positive": "serial > 0",
        "item_and_place": "length(trim(item)) > 0 AND length(trim(place)) > 0",
        "due_after_found": "due_at > found_at AND first_due_at > found_at",
        "rectified_after_found": "rectified_at >= found_at",
        "rectified_whole": (
            "(state = 'open') = (rectified_at IS NULL) "
            "AND (rectified_at IS NULL) = (rectified_account IS NULL) "
            "AND (rectified_at IS NULL OR length(trim(rectified_by)) > 0)"
        ),
        "checked_whole": (
            "(state IN ('checked', 'closed')) = (checked_at IS NOT NULL) "
            "AND (checked_at IS NULL) = (checked_account IS NULL)"
        ),
        "closed_whole": (
            "(state = 'closed') = (closed_at IS NOT NULL) "
            "AND (closed_at IS NULL) = (closed_account IS NULL)"
        ),
        "checked_by_another": (
            "checked_account <> rectified_account AND checked_by <> rectified_by "
            "OR checked_at IS NULL"
        ),
        "closed_by_another": (
            "closed_account <> rectified_account AND closed_by <> rectified_by "
            "OR closed_at IS NULL"
        ),
    }
    for name, claim in claims.items():
        yield sa.CheckConstraint(claim, name=f"ck_safety_hazard_{name}")


def _around():
    op.create_table(
        "safety_hazard_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hazard_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('opened', 'planned', 'rectified', 'sent_back', 'checked', "
            "'closed')",
            name="ck_safety_hazard_step_kind_known",
        ),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["safety_hazard.id"], name="fk_safety_hazard_step_hazard_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_hazard_step"),
    )
    op.create_index(
        "ix_safety_hazard_step_hazard_id", "safety_hazard_step", ["hazard_id"]
    )
    op.create_table(
        "safety_hazard_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hazard_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('before', 'after', 'check')",
            name="ck_safety_hazard_picture_stage_known",
        ),
        sa.ForeignKeyConstraint(
            ["hazard_id"],
            ["safety_hazard.id"],
            name="fk_safety_hazard_picture_hazard_id",
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["safety_picture.id"],
            name="fk_safety_hazard_picture_picture_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_hazard_picture"),
        sa.UniqueConstraint(
            "hazard_id",
            "picture_id",
            "stage",
            name="uq_safety_hazard_picture_hazard_id_picture_id_stage",
        ),
    )
    op.create_index(
        "ix_safety_hazard_picture_picture_id", "safety_hazard_picture", ["picture_id"]
    )
    op.create_table(
        "safety_hazard_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("major_hours", sa.Integer(), nullable=False),
        sa.Column("high_days", sa.Integer(), nullable=False),
        sa.Column("general_days", sa.Integer(), nullable=False),
        sa.Column("work_days", sa.Integer(), nullable=False),
        sa.Column("warn_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_safety_hazard_rule_only_one"),
        sa.CheckConstraint(
            "major_hours BETWEEN 1 AND high_days * 24 AND high_days <= general_days "
            "AND general_days <= work_days AND work_days <= 90",
            name="ck_safety_hazard_rule_limits_in_order",
        ),
        sa.CheckConstraint(
            "warn_hours BETWEEN 0 AND 720", name="ck_safety_hazard_rule_warn_hours_sane"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_hazard_rule"),
    )


def _triggers():
    _let_in_at_the_end()
    _let_nothing_out()
    _let_go_step_by_step()


def _let_in_at_the_end():
    """Take in open hazards only, each with the next number of its year.

    A known id is refused here because INSERT OR REPLACE asks no trigger of deletion.
    """
    op.execute(
        "CREATE TRIGGER safety_hazard_comes_open BEFORE INSERT ON safety_hazard "
        "WHEN NEW.state <> 'open' BEGIN "
        "SELECT RAISE(ABORT, 'a hazard begins open'); END"
    )
    op.execute(
        "CREATE TRIGGER safety_hazard_comes_once BEFORE INSERT ON safety_hazard "
        "WHEN EXISTS (SELECT 1 FROM safety_hazard WHERE id = NEW.id) BEGIN "
        "SELECT RAISE(ABORT, 'a hazard is in the register already'); END"
    )
    op.execute(
        "CREATE TRIGGER safety_hazard_gapless BEFORE INSERT ON safety_hazard "
        "WHEN NEW.serial <> (SELECT coalesce(max(serial), 0) + 1 "
        "FROM safety_hazard WHERE year = NEW.year) BEGIN "
        "SELECT RAISE(ABORT, 'numbers of hazards have no gap'); END"
    )


def _let_nothing_out():
    """Refuse every way in which a hazard, its history or its pictures could go."""
    for table in ("safety_hazard", "safety_hazard_step", "safety_hazard_picture"):
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} BEGIN "
            "SELECT RAISE(ABORT, 'the register of hazards loses nothing'); END"
        )
    for table in ("safety_hazard_step", "safety_hazard_picture"):
        op.execute(
            f"CREATE TRIGGER {table}_written BEFORE UPDATE ON {table} BEGIN "
            "SELECT RAISE(ABORT, 'the history of a hazard never changes'); END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_once BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN "
            "SELECT RAISE(ABORT, 'the history of a hazard never changes'); END"
        )
    op.execute(
        "CREATE TRIGGER safety_hazard_picture_shown_once "
        "BEFORE INSERT ON safety_hazard_picture "
        "WHEN EXISTS (SELECT 1 FROM safety_hazard_picture WHERE "
        "hazard_id = NEW.hazard_id AND picture_id = NEW.picture_id "
        "AND stage = NEW.stage) BEGIN "
        "SELECT RAISE(ABORT, 'the picture is there already'); END"
    )
    op.execute(
        "CREATE TRIGGER safety_picture_once BEFORE INSERT ON safety_picture "
        "WHEN EXISTS (SELECT 1 FROM safety_picture WHERE id = NEW.id) BEGIN "
        "SELECT RAISE(ABORT, 'a picture never changes'); END"
    )
    op.execute(
        "CREATE TRIGGER safety_picture_of_hazard_stays BEFORE DELETE ON safety_picture "
        "WHEN EXISTS (SELECT 1 FROM safety_hazard_picture WHERE picture_id = OLD.id) "
        "BEGIN SELECT RAISE(ABORT, 'the register of hazards loses nothing'); END"
    )


def _let_go_step_by_step():
    """Keep what was found as it was found, and the way to the end in its order."""
    op.execute(
        "CREATE TRIGGER safety_hazard_finding_stays BEFORE UPDATE ON safety_hazard "
        "WHEN NEW.id <> OLD.id OR NEW.year <> OLD.year OR NEW.serial <> OLD.serial "
        "OR NEW.origin <> OLD.origin OR NEW.origin_id IS NOT OLD.origin_id "
        "OR NEW.source <> OLD.source OR NEW.item <> OLD.item "
        "OR NEW.place <> OLD.place OR NEW.found_at <> OLD.found_at "
        "OR NEW.found_by <> OLD.found_by OR NEW.first_due_at <> OLD.first_due_at BEGIN "
        "SELECT RAISE(ABORT, 'what was found stays as it was found'); END"
    )
    op.execute(
        "CREATE TRIGGER safety_hazard_closed_stays BEFORE UPDATE ON safety_hazard "
        "WHEN OLD.state = 'closed' BEGIN "
        "SELECT RAISE(ABORT, 'a closed hazard never changes'); END"
    )
    op.execute(
        "CREATE TRIGGER safety_hazard_in_turn BEFORE UPDATE OF state ON safety_hazard "
        "WHEN NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN "
        "('open>rectified', 'rectified>checked', 'rectified>open', "
        "'checked>closed', 'checked>open') BEGIN "
        "SELECT RAISE(ABORT, 'a hazard goes step by step'); END"
    )

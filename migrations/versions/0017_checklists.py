"""Checklists as data: forms, their versions, items, and the plan of rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = (
    "'day_patrol', 'night_patrol', 'monthly', 'control_room', 'kitchen', 'gas_power', "
    "'lift', 'drill', 'training', 'major_hazards', 'facility_24', 'food_sample', "
    "'other'"
)
RHYTHMS = "'daily', 'night', 'weekly', 'monthly', 'half_yearly', 'yearly', 'every_days'"


def upgrade():
    add_forms()
    add_items()
    add_places()
    add_plan()
    keep_what_rounds_stand_on()


def add_forms():
    op.create_table(
        "form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("preset", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="ck_form_kind_known"),
        sa.CheckConstraint("length(trim(name)) > 0", name="ck_form_name_given"),
        sa.PrimaryKeyConstraint("id", name="pk_form"),
        sa.UniqueConstraint("preset", name="uq_form_preset"),
        sa.UniqueConstraint("name", name="uq_form_name"),
    )
    op.create_table(
        "form_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('in force', 'draft', 'ours')",
            name="ck_form_version_standing_known",
        ),
        sa.CheckConstraint("number >= 1", name="ck_form_version_number_sane"),
        sa.CheckConstraint("size >= 1", name="ck_form_version_size_sane"),
        sa.ForeignKeyConstraint(
            ["form_id"], ["form.id"], name="fk_form_version_form_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_form_version"),
        sa.UniqueConstraint("form_id", "number", name="uq_form_version_form_id_number"),
    )


def add_items():
    op.create_table(
        "form_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("fails", sa.String(), nullable=False),
        sa.Column("needs_picture", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sureness", sa.String(), nullable=False),
        sa.Column("weight", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "sureness IN ('read', 'second_hand', 'remembered', 'ours')",
            name="ck_form_item_sureness_known",
        ),
        sa.CheckConstraint(
            "weight IN ('required', 'recommended', 'optional')",
            name="ck_form_item_weight_known",
        ),
        sa.CheckConstraint(
            "severity IN ('general', 'high', 'major')",
            name="ck_form_item_severity_known",
        ),
        sa.CheckConstraint("length(trim(text)) > 0", name="ck_form_item_text_given"),
        sa.CheckConstraint("points BETWEEN 1 AND 100", name="ck_form_item_points_sane"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["form_version.id"], name="fk_form_item_version_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_form_item"),
        sa.UniqueConstraint(
            "version_id", "position", name="uq_form_item_version_id_position"
        ),
        sa.UniqueConstraint("version_id", "code", name="uq_form_item_version_id_code"),
    )


def add_places():
    op.create_table(
        "safety_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name="ck_safety_place_name_given"),
        sa.ForeignKeyConstraint(
            ["floor_id"],
            ["floor.id"],
            name="fk_safety_place_floor_id",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_place"),
        sa.UniqueConstraint("name", name="uq_safety_place_name"),
    )


def add_plan():
    op.create_table(
        "round_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("times", sa.String(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=True),
        sa.Column("night_from", sa.Integer(), nullable=True),
        sa.Column("night_to", sa.Integer(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.CheckConstraint(f"rhythm IN ({RHYTHMS})", name="ck_round_plan_rhythm_known"),
        sa.CheckConstraint(
            "(rhythm = 'daily') = (length(times) > 0) AND "
            "(rhythm = 'daily') = (window IS NOT NULL)",
            name="ck_round_plan_daily_has_times",
        ),
        sa.CheckConstraint(
            "(rhythm = 'night') = (night_from IS NOT NULL) AND "
            "(rhythm = 'night') = (night_to IS NOT NULL)",
            name="ck_round_plan_night_has_hours",
        ),
        sa.CheckConstraint(
            "(rhythm IN ('night', 'every_days')) = (every IS NOT NULL)",
            name="ck_round_plan_every_where_asked",
        ),
        sa.CheckConstraint("every >= 1", name="ck_round_plan_every_sane"),
        sa.CheckConstraint(
            "window BETWEEN 1 AND 1440", name="ck_round_plan_window_sane"
        ),
        sa.CheckConstraint(
            "night_from BETWEEN 0 AND 1439 AND night_to BETWEEN 0 AND 1439",
            name="ck_round_plan_night_sane",
        ),
        sa.CheckConstraint(
            "first_day BETWEEN 1 AND 366", name="ck_round_plan_first_day_sane"
        ),
        sa.CheckConstraint("days BETWEEN 1 AND 366", name="ck_round_plan_days_sane"),
        sa.CheckConstraint("ends >= starts", name="ck_round_plan_end_last"),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name="fk_round_plan_form_id"),
        sa.ForeignKeyConstraint(
            ["place_id"], ["safety_place.id"], name="fk_round_plan_place_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_round_plan"),
    )
    op.create_index("ix_round_plan_place_id", "round_plan", ["place_id"])
    op.create_index(
        "uq_round_plan_open",
        "round_plan",
        ["form_id", "place_id"],
        unique=True,
        sqlite_where=sa.text("ends IS NULL"),
    )


def keep_what_rounds_stand_on():
    """Let nobody change or remove what old rounds and missed ones are told by."""
    for table, words in (
        ("form_version", "a version of a form stays"),
        ("form_item", "an item of a form stays"),
    ):
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
    op.execute(
        "CREATE TRIGGER form_item_full BEFORE INSERT ON form_item WHEN "
        "(SELECT count(*) FROM form_item WHERE version_id = NEW.version_id) >= "
        "(SELECT size FROM form_version WHERE id = NEW.version_id) "
        "BEGIN SELECT RAISE(ABORT, 'the version of the form is complete'); END"
    )
    op.execute(
        "CREATE TRIGGER round_plan_stays BEFORE DELETE ON round_plan BEGIN "
        "SELECT RAISE(ABORT, 'a plan of rounds is ended, not removed'); END"
    )
    fixed = (
        "form_id, place_id, rhythm, times, window, night_from, night_to, every, "
        "first_day, days, role, starts, made_at, made_by"
    )
    op.execute(
        f"CREATE TRIGGER round_plan_fixed BEFORE UPDATE OF {fixed} ON round_plan BEGIN "
        "SELECT RAISE(ABORT, 'a plan of rounds is ended, not changed'); END"
    )
    op.execute(
        "CREATE TRIGGER round_plan_ended BEFORE UPDATE OF ends ON round_plan "
        "WHEN OLD.ends IS NOT NULL BEGIN "
        "SELECT RAISE(ABORT, 'the end of a plan of rounds stays'); END"
    )

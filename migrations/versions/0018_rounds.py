"""Pictures of the rounds, and the rounds as they were made: answers, signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    add_pictures()
    add_rounds()
    add_answers()
    add_pictures_of_answers()
    add_rules()
    keep_what_was_made()


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


def add_rounds():
    """Keep each round from the opening of its sheet on."""
    op.create_table(
        "safety_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("due_from", sa.DateTime(), nullable=True),
        sa.Column("due_until", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("patroller", sa.String(), nullable=False),
        sa.Column("patroller_account", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("first_answer_at", sa.DateTime(), nullable=True),
        sa.Column("last_answer_at", sa.DateTime(), nullable=True),
        sa.Column("supervisor", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_account", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=False),
        *_checks_of_a_round(),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["round_plan.id"], name="fk_safety_round_plan_id"
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name="fk_safety_round_form_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["safety_place.id"], name="fk_safety_round_place_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_round"),
        sqlite_autoincrement=True,
    )
    for column in ("due_from", "state", "started_at"):
        op.create_index(f"ix_safety_round_{column}", "safety_round", [column])
    op.create_index(
        "uq_safety_round_window",
        "safety_round",
        ["plan_id", "due_from"],
        unique=True,
        sqlite_where=sa.text("state <> 'void'"),
    )


def _checks_of_a_round():
    checks = {
        "state_known": "state IN ('open', 'finished', 'void')",
        "window_whole": "(plan_id IS NULL) = (due_from IS NULL) AND "
        "(due_from IS NULL) = (due_until IS NULL)",
        "window_has_length": "due_until > due_from",
        "finished_whole": "(state = 'open') = (entered_at IS NULL) AND "
        "(entered_at IS NULL) = (started_at IS NULL) AND "
        "(entered_at IS NULL) = (ended_at IS NULL)",
        "times_in_order": "ended_at >= started_at AND entered_at >= ended_at",
        "patroller_given": "state = 'open' OR length(trim(patroller)) > 0",
        "counts_sane": "failed BETWEEN 0 AND answers AND "
        "(state <> 'open' OR answers = 0)",
        "signed_by_another": "(signed_at IS NULL) = (supervisor = '') AND "
        "(signed_at IS NULL OR (state <> 'open' AND supervisor <> patroller)) AND "
        "(signed_account IS NULL OR (signed_at IS NOT NULL AND "
        "signed_account IS NOT patroller_account))",
        "void_with_reason": "(state = 'void') = (voided_at IS NOT NULL) AND "
        "(voided_at IS NULL) = (trim(void_reason) = '')",
    }
    return [
        sa.CheckConstraint(clause, name=f"ck_safety_round_{name}")
        for name, clause in checks.items()
    ]


def add_answers():
    """Keep what was found at each item."""
    op.create_table(
        "safety_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('ok', 'failed', 'none')",
            name="ck_safety_answer_verdict_known",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["safety_round.id"],
            name="fk_safety_answer_round_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["form_item.id"], name="fk_safety_answer_item_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_answer"),
        sa.UniqueConstraint(
            "round_id", "item_id", name="uq_safety_answer_round_id_item_id"
        ),
    )
    op.create_index("ix_safety_answer_item_id", "safety_answer", ["item_id"])


def add_pictures_of_answers():
    """Let an answer have several pictures."""
    op.create_table(
        "safety_answer_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["safety_answer.id"],
            name="fk_safety_answer_picture_answer_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["safety_picture.id"],
            name="fk_safety_answer_picture_picture_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_answer_picture"),
        sa.UniqueConstraint(
            "answer_id",
            "picture_id",
            name="uq_safety_answer_picture_answer_id_picture_id",
        ),
    )
    op.create_index(
        "ix_safety_answer_picture_picture_id", "safety_answer_picture", ["picture_id"]
    )


def add_rules():
    """Let the home say what counts as odd."""
    op.create_table(
        "safety_round_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("haste_seconds", sa.Integer(), nullable=False),
        sa.Column("few_items", sa.Integer(), nullable=False),
        sa.Column("afterwards_minutes", sa.Integer(), nullable=False),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.Column("apart_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_safety_round_rule_only_one"),
        sa.CheckConstraint(
            "haste_seconds BETWEEN 0 AND 3600 AND few_items BETWEEN 0 AND 100 AND "
            "afterwards_minutes BETWEEN 1 AND 1440 AND in_a_row BETWEEN 2 AND 1000 "
            "AND apart_minutes BETWEEN 0 AND 720",
            name="ck_safety_round_rule_limits_sane",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_round_rule"),
    )


def keep_what_was_made():
    """Let a finished round only be signed or made void, and its answers stay."""
    told = (
        "plan_id, form_version_id, place_id, due_from, due_until, opened_at, "
        "opened_by, printed_at, started_at, ended_at, entered_at, entered_by, "
        "patroller, patroller_account, note, answers, failed, first_answer_at, last_answer_at"
    )
    _refuse("safety_round_stays", "DELETE ON safety_round", "OLD.state <> 'open'")
    _refuse(
        "safety_round_sealed",
        f"UPDATE OF {told} ON safety_round",
        "OLD.state <> 'open'",
    )
    _refuse(
        "safety_round_onward",
        "UPDATE OF state ON safety_round",
        "OLD.state = 'void' OR (OLD.state = 'finished' AND NEW.state <> 'void')",
    )
    for deed, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        _refuse(
            f"safety_answer_{deed.lower()}",
            f"{deed} ON safety_answer",
            f"(SELECT state FROM safety_round WHERE id = {row}.round_id) <> 'open'",
        )
        _refuse(
            f"safety_answer_picture_{deed.lower()}",
            f"{deed} ON safety_answer_picture",
            "(SELECT state FROM safety_round WHERE id = (SELECT round_id FROM "
            f"safety_answer WHERE id = {row}.answer_id)) <> 'open'",
        )


def _refuse(name, when, condition):
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} "
        "BEGIN SELECT RAISE(ABORT, 'a finished round stays as it is'); END"
    )

"""Rosters: cells, locks, wishes, what was changed after publishing."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OUTSIDE = (
    "CREATE TRIGGER roster_cell_{name}_in_month BEFORE {when} ON roster_cell "
    "WHEN NOT EXISTS (SELECT 1 FROM roster WHERE roster.id = NEW.roster_id "
    "AND roster.month = date(NEW.day, 'start of month')) "
    "BEGIN SELECT RAISE(ABORT, 'the day is not of this month'); END"
)
# A published cell changes only as the last entry of the log about it says.
UNTOLD = (
    "CREATE TRIGGER roster_cell_{name}_told BEFORE {when} ON roster_cell "
    "WHEN (SELECT state FROM roster WHERE id = {row}.roster_id) = 'published' "
    "AND ({old_shift} IS NOT {new_shift} OR {old_unit} IS NOT {new_unit}) "
    "AND NOT EXISTS (SELECT 1 FROM roster_change AS told WHERE told.id = "
    "(SELECT max(id) FROM roster_change WHERE staff_id = {row}.staff_id "
    "AND day = {row}.day) "
    "AND told.old_shift_id IS {old_shift} AND told.new_shift_id IS {new_shift} "
    "AND told.old_unit_id IS {old_unit} AND told.new_unit_id IS {new_unit}) "
    "BEGIN SELECT RAISE(ABORT, 'a published roster changes with a reason'); END"
)


def upgrade():
    _rosters()
    _cells()
    _wishes()
    _changes()
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('work', 'rest')", name="ck_calendar_day_kind_known"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_day"),
        sa.UniqueConstraint("day", name="uq_calendar_day_day"),
    )
    _triggers()


def _rosters():
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'published')", name="ck_roster_state_known"
        ),
        sa.CheckConstraint(
            "month = date(month, 'start of month')", name="ck_roster_month_whole"
        ),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name="ck_roster_published_known",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster"),
        sa.UniqueConstraint("month", name="uq_roster_month"),
    )
    op.create_table(
        "roster_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name="ck_roster_exception_reason_given"
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["roster.id"], name="fk_roster_exception_roster_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster_exception"),
    )
    op.create_index("ix_roster_exception_roster_id", "roster_exception", ["roster_id"])


def _cells():
    op.create_table(
        "roster_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "shift_id IS NOT NULL OR unit_id IS NULL", name="ck_roster_cell_off_nowhere"
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["roster.id"], name="fk_roster_cell_roster_id"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name="fk_roster_cell_staff_id"
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift_kind.id"], name="fk_roster_cell_shift_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk_roster_cell_unit_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster_cell"),
        sa.UniqueConstraint("staff_id", "day", name="uq_roster_cell_staff_id_day"),
    )
    op.create_index("ix_roster_cell_roster_id", "roster_cell", ["roster_id"])
    op.create_index("ix_roster_cell_day", "roster_cell", ["day"])


def _wishes():
    op.create_table(
        "roster_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('off', 'on', 'not')", name="ck_roster_wish_kind_known"
        ),
        sa.CheckConstraint(
            "(kind = 'not') <= (shift_id IS NOT NULL)",
            name="ck_roster_wish_not_what",
        ),
        sa.CheckConstraint(
            "kind <> 'off' OR shift_id IS NULL", name="ck_roster_wish_off_whole"
        ),
        sa.CheckConstraint(
            "weight BETWEEN 1 AND 100", name="ck_roster_wish_weight_sane"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name="fk_roster_wish_staff_id"
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift_kind.id"], name="fk_roster_wish_shift_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster_wish"),
    )
    op.create_index("ix_roster_wish_staff_id", "roster_wish", ["staff_id"])
    op.create_index("ix_roster_wish_day", "roster_wish", ["day"])


def _changes():
    op.create_table(
        "roster_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("old_shift_id", sa.Integer(), nullable=True),
        sa.Column("new_shift_id", sa.Integer(), nullable=True),
        sa.Column("old_unit_id", sa.Integer(), nullable=True),
        sa.Column("new_unit_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name="ck_roster_change_reason_given"
        ),
        sa.CheckConstraint(
            "old_shift_id IS NOT new_shift_id OR old_unit_id IS NOT new_unit_id",
            name="ck_roster_change_differs",
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["roster.id"], name="fk_roster_change_roster_id"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name="fk_roster_change_staff_id"
        ),
        sa.ForeignKeyConstraint(
            ["old_shift_id"], ["shift_kind.id"], name="fk_roster_change_old_shift_id"
        ),
        sa.ForeignKeyConstraint(
            ["new_shift_id"], ["shift_kind.id"], name="fk_roster_change_new_shift_id"
        ),
        sa.ForeignKeyConstraint(
            ["old_unit_id"], ["unit.id"], name="fk_roster_change_old_unit_id"
        ),
        sa.ForeignKeyConstraint(
            ["new_unit_id"], ["unit.id"], name="fk_roster_change_new_unit_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster_change"),
    )
    op.create_index("ix_roster_change_roster_id", "roster_change", ["roster_id"])
    op.create_index(
        "ix_roster_change_staff_id_day", "roster_change", ["staff_id", "day"]
    )


def _triggers():
    for name, when in (("insert", "INSERT"), ("update", "UPDATE")):
        op.execute(OUTSIDE.format(name=name, when=when))
    old = {"old_shift": "OLD.shift_id", "old_unit": "OLD.unit_id"}
    new = {"new_shift": "NEW.shift_id", "new_unit": "NEW.unit_id"}
    no_old = dict.fromkeys(old, "NULL")
    no_new = dict.fromkeys(new, "NULL")
    for name, when, row, values in (
        ("insert", "INSERT", "NEW", no_old | new),
        ("update", "UPDATE", "NEW", old | new),
        ("delete", "DELETE", "OLD", old | no_new),
    ):
        op.execute(UNTOLD.format(name=name, when=when, row=row, **values))
    op.execute(
        "CREATE TRIGGER roster_cell_stays BEFORE UPDATE OF staff_id, day, roster_id "
        "ON roster_cell WHEN OLD.staff_id <> NEW.staff_id OR OLD.day <> NEW.day "
        "OR OLD.roster_id <> NEW.roster_id "
        "BEGIN SELECT RAISE(ABORT, 'a cell belongs to one person and day'); END"
    )
    for name in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER roster_change_kept_{name.lower()} BEFORE {name} "
            "ON roster_change "
            "BEGIN SELECT RAISE(ABORT, 'what was told of a roster stays'); END"
        )

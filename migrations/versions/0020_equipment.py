"""The ledger of equipment: kinds with their lives, places on floor plans, services."""

import json

import sqlalchemy as sa
from alembic import op

from carehome import paths

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    add_kinds()
    fill_kinds()
    add_plans()
    add_equipment()
    add_services()
    keep_the_past()


def add_kinds():
    op.create_table(
        "equipment_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("first_months", sa.Integer(), nullable=True),
        sa.Column("again_months", sa.Integer(), nullable=True),
        sa.Column("scrap_months", sa.Integer(), nullable=True),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sureness", sa.String(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        *(
            sa.CheckConstraint(
                f"{column} BETWEEN 1 AND 600", name=f"ck_equipment_kind_{column}_sane"
            )
            for column in ("first_months", "again_months", "scrap_months")
        ),
        sa.CheckConstraint(
            "(first_months IS NULL) = (again_months IS NULL)",
            name="ck_equipment_kind_service_whole",
        ),
        sa.CheckConstraint(
            "warn_days BETWEEN 0 AND 366", name="ck_equipment_kind_warn_days_sane"
        ),
        sa.CheckConstraint(
            "length(trim(name)) > 0", name="ck_equipment_kind_name_given"
        ),
        sa.CheckConstraint(
            "length(mark) BETWEEN 1 AND 2", name="ck_equipment_kind_mark_short"
        ),
        sa.CheckConstraint(
            "sureness IN ('read', 'second_hand', 'remembered', 'ours')",
            name="ck_equipment_kind_sureness_known",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_equipment_kind"),
        sa.UniqueConstraint("code", name="uq_equipment_kind_code"),
        sa.UniqueConstraint("name", name="uq_equipment_kind_name"),
    )


def fill_kinds():
    """Give the home the kinds it starts with; from now on they are its own."""
    told = json.loads(paths.resource("safety/equipment-2026.json").read_text("utf-8"))
    columns = (
        *("code", "name", "mark", "first_months", "again_months", "scrap_months"),
        *("source", "sureness", "warn_days", "position", "is_active"),
    )
    kinds = sa.table("equipment_kind", *(sa.column(name) for name in columns))
    op.bulk_insert(
        kinds,
        [
            {**kind, "warn_days": 60, "position": place, "is_active": True}
            for place, kind in enumerate(told["kinds"], start=1)
        ],
    )


def add_plans():
    op.create_table(
        "floor_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name="ck_floor_plan_name_given"),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["safety_picture.id"], name="fk_floor_plan_picture_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_floor_plan"),
        sa.UniqueConstraint("name", name="uq_floor_plan_name"),
    )


def add_equipment():
    op.create_table(
        "safety_equipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("equipment_kind_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("x", sa.Integer(), nullable=True),
        sa.Column("y", sa.Integer(), nullable=True),
        sa.Column("scrapped_on", sa.Date(), nullable=True),
        sa.Column("scrap_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(place)) > 0", name="ck_safety_equipment_place_given"
        ),
        sa.CheckConstraint(
            "(plan_id IS NULL) = (x IS NULL) AND (plan_id IS NULL) = (y IS NULL)",
            name="ck_safety_equipment_point_whole",
        ),
        sa.CheckConstraint(
            "x BETWEEN 0 AND 10000 AND y BETWEEN 0 AND 10000",
            name="ck_safety_equipment_point_sane",
        ),
        sa.CheckConstraint(
            "scrapped_on >= made_on", name="ck_safety_equipment_scrapped_last"
        ),
        sa.ForeignKeyConstraint(
            ["equipment_kind_id"],
            ["equipment_kind.id"],
            name="fk_safety_equipment_equipment_kind_id",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["floor_plan.id"], name="fk_safety_equipment_plan_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safety_equipment"),
        # The number stands on a label: it is never given out twice.
        sqlite_autoincrement=True,
    )


def add_services():
    op.create_table(
        "equipment_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('service', 'test', 'repair')",
            name="ck_equipment_service_kind_known",
        ),
        sa.CheckConstraint(
            "next_on > day", name="ck_equipment_service_next_on_after_day"
        ),
        sa.ForeignKeyConstraint(
            ["equipment_id"],
            ["safety_equipment.id"],
            name="fk_equipment_service_equipment_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_equipment_service"),
        sa.UniqueConstraint(
            "equipment_id",
            "day",
            "kind",
            name="uq_equipment_service_equipment_id_day_kind",
        ),
    )


def keep_the_past():
    """What was scrapped stays in the ledger; what was serviced its services hold."""
    op.execute(
        "CREATE TRIGGER safety_equipment_stays BEFORE DELETE ON safety_equipment "
        "WHEN OLD.scrapped_on IS NOT NULL BEGIN SELECT RAISE(ABORT, 'what was scrapped stays in the ledger'); END"
    )

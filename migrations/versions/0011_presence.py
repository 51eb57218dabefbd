"""How each resident is moved in an evacuation, when a bed was there, its target."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WAYS = "'alone', 'one_helper', 'two_helpers', 'wheelchair', 'carried'"


def upgrade():
    op.create_table(
        "evacuation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint(f"way IN ({WAYS})", name="ck_evacuation_way_known"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name="fk_evacuation_resident_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evacuation"),
        sa.UniqueConstraint("resident_id", name="uq_evacuation_resident_id"),
    )
    op.create_table(
        "bed_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bed_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint("ends >= starts", name="ck_bed_closure_ends_last"),
        sa.ForeignKeyConstraint(["bed_id"], ["bed.id"], name="fk_bed_closure_bed_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bed_closure"),
    )
    op.create_index("ix_bed_closure_bed_id", "bed_closure", ["bed_id"])
    op.create_index(
        "uq_bed_closure_open",
        "bed_closure",
        ["bed_id"],
        unique=True,
        sqlite_where=sa.text("ends IS NULL"),
    )
    op.create_table(
        "bed_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_bed_target_only_one"),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 100", name="ck_bed_target_percent_sane"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bed_target"),
    )
    with op.batch_alter_table("bed") as bed:
        bed.add_column(sa.Column("since", sa.Date(), nullable=True))
        bed.add_column(sa.Column("until", sa.Date(), nullable=True))
        bed.create_check_constraint("ck_bed_until_after_since", "until > since")
    for name, when in (("insert", "INSERT"), ("update", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER bed_use_{name}_while_there BEFORE {when} ON bed_use "
            f"WHEN EXISTS (SELECT 1 FROM bed WHERE bed.id = NEW.bed_id "
            f"AND coalesce(NEW.ends, '9999-12-31') > bed.until) "
            f"BEGIN SELECT RAISE(ABORT, 'the bed is not there any more'); END"
        )
    op.execute(
        "CREATE TRIGGER bed_until_after_uses BEFORE UPDATE OF until ON bed "
        "WHEN EXISTS (SELECT 1 FROM bed_use WHERE bed_use.bed_id = NEW.id "
        "AND coalesce(bed_use.ends, '9999-12-31') > NEW.until) "
        "BEGIN SELECT RAISE(ABORT, 'somebody has the bed after that day'); END"
    )
    _close_what_is_out_of_service()


def _close_what_is_out_of_service():
    """Say since when, as the change log knows it: the last day the state changed."""
    op.execute(
        "INSERT INTO bed_closure (bed_id, starts) SELECT bed.id, "
        "coalesce((SELECT date(max(change.at)) FROM change "
        "WHERE change.record = 'bed' AND change.record_id = bed.id "
        "AND json_extract(change.after, '$.state') = 'out_of_service'), "
        "date('now')) FROM bed WHERE bed.state = 'out_of_service'"
    )

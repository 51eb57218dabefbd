"""Agents, categories with proof, what somebody is entitled to."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _text(name):
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _flag(name):
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _day(name):
    return sa.Column(name, sa.Date(), nullable=True)


def _extend(table, *columns, checks=()):
    """Add columns and checks; the defaults were only for the rows that are there."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
        for name, condition in checks:
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)
    filled = [column.name for column in columns if column.server_default is not None]
    with op.batch_alter_table(table) as batch:
        for name in filled:
            batch.alter_column(name, server_default=None)


def _contacts():
    _extend(
        "contact",
        _text("phone_2"),
        _flag("is_emergency"),
        _flag("signs"),
        _flag("pays"),
        _text("commission_number"),
        _day("commission_on"),
        _day("commission_ends"),
        _text("commission_scope"),
        sa.Column("commission_paper_id", sa.Integer(), nullable=True),
        checks=(("commission_ends_last", "commission_ends > commission_on"),),
    )
    with op.batch_alter_table("contact") as contact:
        contact.create_foreign_key(
            op.f("fk_contact_commission_paper_id"),
            "paper",
            ["commission_paper_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.execute("UPDATE contact SET is_emergency = 1 WHERE role = 'emergency'")
    op.execute("UPDATE contact SET signs = 1 WHERE role IN ('guardian', 'agent')")
    op.execute(  # where nobody was named for it, the first of the list was called
        "UPDATE contact SET is_emergency = 1 WHERE id IN (SELECT min(id) FROM contact "
        "GROUP BY resident_id HAVING sum(role = 'emergency') = 0)"
    )


def _categories():
    with op.batch_alter_table("resident_category") as category:
        category.drop_constraint(
            "uq_resident_category_resident_id_code", type_="unique"
        )
        category.add_column(_day("starts"))
        category.add_column(_day("ends"))
        for name in ("proof", "proof_number", "verified_by", "note"):
            category.add_column(_text(name))
        category.add_column(_day("verified_on"))
        category.add_column(sa.Column("paper_id", sa.Integer(), nullable=True))
        category.create_check_constraint(
            op.f("ck_resident_category_ends_after_starts"), "ends > starts"
        )
        category.create_foreign_key(
            op.f("fk_resident_category_paper_id"),
            "paper",
            ["paper_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("resident_category") as category:
        for name in ("proof", "proof_number", "verified_by", "note"):
            category.alter_column(name, server_default=None)
        category.create_index(
            "ix_resident_category_resident_id", ["resident_id"], unique=False
        )
    for when in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER resident_category_once_{when.lower()} "
            f"BEFORE {when} ON resident_category "
            "WHEN EXISTS (SELECT 1 FROM resident_category o "
            "WHERE o.resident_id = NEW.resident_id AND o.code = NEW.code "
            "AND o.id IS NOT NEW.id "
            "AND coalesce(o.starts, '0001-01-01') < coalesce(NEW.ends, '9999-12-31') "
            "AND coalesce(NEW.starts, '0001-01-01') < coalesce(o.ends, '9999-12-31')) "
            "BEGIN SELECT RAISE(ABORT, 'a category twice on one day'); END"
        )


def _entitlements():
    op.create_table(
        "entitlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('receives', 'applied', 'refused', 'not_wanted')",
            name=op.f("ck_entitlement_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_entitlement_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
        sa.UniqueConstraint(
            "resident_id", "item", name=op.f("uq_entitlement_resident_id_item")
        ),
    )


def upgrade():
    _contacts()
    _categories()
    _entitlements()
    _extend(
        "resident",
        _day("dementia_on"),
        _text("dementia_by"),
        _text("dementia_source"),
        sa.Column("disability_grade", sa.Integer(), nullable=True),
        _text("disability_kind"),
        checks=(("disability_grade_known", "disability_grade BETWEEN 1 AND 4"),),
    )
    _extend("absence", _text("place"), _text("ward"), _text("escort"), _text("phone"))
    _extend("bed_use", _text("reason"))

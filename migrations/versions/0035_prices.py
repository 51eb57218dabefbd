"""Price lists and personal prices are approved by a second person; notices of fees.

What was in force before counts as approved. A price that nobody approved is never
billed: the database itself refuses such a bill.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None
drops = (
    "personal_price_resident_id_fee_item_id_insert",
    "personal_price_resident_id_fee_item_id_update",
)

_FAR = "'9999-12-31'"
_TERMS = (
    "basis, leave_meal_refund, leave_care_refund, leave_bed_kept, leave_min_days, "
    "hospital_meal_refund, hospital_care_refund, hospital_bed_kept, hospital_min_days"
)


def upgrade():
    _home()
    _lists()
    _own_prices()
    _ceilings()
    _notices()
    _refuse_lists()
    _refuse_own_prices()
    _refuse_bills()


def _column(name, kind, nullable=False, default=None):
    return sa.Column(name, kind, nullable=nullable, server_default=default)


def _check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _home():
    with op.batch_alter_table("home") as home:
        home.add_column(_column("one_may_approve", sa.Boolean(), default=sa.false()))


def _lists():
    states = "'draft', 'submitted', 'approved', 'replaced', 'taken_back'"
    with op.batch_alter_table("price_list") as listed:
        listed.drop_constraint("uq_price_list_starts", type_="unique")
        # Of lists from before nobody noted who wrote and who approved them.
        listed.add_column(_column("state", sa.String(), default="approved"))
        listed.add_column(_column("answer", sa.String(), default=""))
        listed.add_column(_column("is_alone", sa.Boolean(), default=sa.false()))
        for name, other in (
            ("written_by", "account"),
            ("decided_by", "account"),
            ("corrects_id", "price_list"),
        ):
            listed.add_column(_column(name, sa.Integer(), nullable=True))
            key = op.f(f"fk_price_list_{name}")
            listed.create_foreign_key(key, other, [name], ["id"])
        for name in ("submitted_at", "decided_at"):
            listed.add_column(_column(name, sa.DateTime(), nullable=True))
        listed.create_check_constraint(
            op.f("ck_price_list_state_known"), f"state IN ({states})"
        )
    with op.batch_alter_table("price_list") as listed:
        listed.alter_column("state", server_default=None)
    op.create_index(
        "uq_price_list_in_force",
        "price_list",
        ["starts"],
        unique=True,
        sqlite_where=sa.text("state = 'approved'"),
    )


def _own_prices():
    states = "'asked', 'approved', 'refused', 'withdrawn'"
    with op.batch_alter_table("personal_price") as own:
        own.add_column(_column("state", sa.String(), default="approved"))
        own.add_column(_column("answer", sa.String(), default=""))
        own.add_column(_column("is_alone", sa.Boolean(), default=sa.false()))
        for name in ("asked_by", "decided_by"):
            own.add_column(_column(name, sa.Integer(), nullable=True))
            key = op.f(f"fk_personal_price_{name}")
            own.create_foreign_key(key, "account", [name], ["id"])
        for name in ("asked_at", "decided_at"):
            own.add_column(_column(name, sa.DateTime(), nullable=True))
        own.create_check_constraint(
            op.f("ck_personal_price_state_known"), f"state IN ({states})"
        )
        own.create_check_constraint(
            op.f("ck_personal_price_refused_with_reason"),
            "state <> 'refused' OR length(trim(answer)) > 0",
        )
    with op.batch_alter_table("personal_price") as own:
        own.alter_column("state", server_default=None)


def _ceilings():
    with op.batch_alter_table("price") as price:
        price.add_column(_column("ceiling_document", sa.String(), default=""))
        price.add_column(_column("ceiling_dated", sa.Date(), nullable=True))


def _notices():
    table = "price_notice"
    op.create_table(
        table,
        _column("id", sa.Integer()),
        _column("price_list_id", sa.Integer()),
        _column("kind", sa.String()),
        _column("place", sa.String()),
        _column("up_on", sa.Date()),
        _column("down_on", sa.Date(), nullable=True),
        _column("noted_by", sa.String()),
        _check(table, "kind_known", "kind IN ('fees', 'three_parts')"),
        _check(table, "place_given", "length(trim(place)) > 0"),
        _check(table, "down_after_up", "down_on >= up_on"),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f(f"fk_{table}_price_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_price_list_id"), table, ["price_list_id"])
    table = "notice_text"
    op.create_table(
        table,
        _column("id", sa.Integer()),
        _column("part", sa.String()),
        _column("text", sa.String()),
        _check(table, "part_known", "part IN ('guide', 'standards', 'complaints')"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("part", name=op.f(f"uq_{table}_part")),
    )


def _refuse_lists():
    _refuse(
        "price_list_begins_as_draft",
        "INSERT",
        "price_list",
        "NEW.state <> 'draft'",
        "a price list begins as a draft",
    )
    _refuse(
        "price_list_as_submitted",
        f"UPDATE OF starts, note, {_TERMS}, corrects_id, written_by",
        "price_list",
        "OLD.state <> 'draft'",
        "a price list that was submitted is not changed",
    )
    _refuse(
        "price_list_kept",
        "DELETE",
        "price_list",
        "OLD.state <> 'draft'",
        "a price list that was submitted is kept",
    )
    for when, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        _refuse(
            f"price_as_submitted_{when.lower()}",
            when,
            "price",
            f"(SELECT state FROM price_list WHERE id = {row}.price_list_id) <> 'draft'",
            "a price list that was submitted is not changed",
        )
    steps = (
        "('draft', 'submitted'), ('submitted', 'draft'), ('submitted', 'approved'), "
        "('approved', 'replaced'), ('approved', 'taken_back'), ('replaced', 'approved')"
    )
    _refuse(
        "price_list_steps",
        "UPDATE OF state",
        "price_list",
        f"NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES {steps})",
        "no such step of a price list",
    )
    _refuse(
        "price_list_by_two",
        "UPDATE OF state",
        "price_list",
        "OLD.state = 'submitted' AND NEW.state = 'approved' "
        "AND (NEW.written_by IS NULL OR NEW.decided_by IS NULL "
        "OR (NEW.decided_by = NEW.written_by AND NOT NEW.is_alone))",
        "a second person approves a price list",
    )
    _refuse(
        "price_list_replaced_by_one",
        "UPDATE OF state",
        "price_list",
        "NEW.state = 'replaced' AND NOT EXISTS (SELECT 1 FROM price_list "
        "WHERE corrects_id = NEW.id AND state = 'submitted')",
        "nothing replaces this price list",
    )
    _refuse(
        "price_list_holds_again",
        "UPDATE OF state",
        "price_list",
        "OLD.state = 'replaced' AND NEW.state = 'approved' AND EXISTS (SELECT 1 "
        "FROM price_list WHERE corrects_id = NEW.id AND state = 'approved')",
        "another list replaces this price list",
    )
    _refuse(
        "price_list_not_billed",
        "UPDATE OF state",
        "price_list",
        "NEW.state = 'taken_back' AND (trim(NEW.answer) = '' OR EXISTS (SELECT 1 "
        "FROM bill_run r LEFT JOIN departure d ON d.id = r.departure_id "
        "LEFT JOIN stay s ON s.id = d.stay_id "
        "WHERE date(r.month, '+1 month') > OLD.starts "
        "AND (d.id IS NULL OR s.discharged_on >= OLD.starts)))",
        "bills were posted by this price list",
    )


def _refuse_own_prices():
    table = "personal_price"
    waiting = "state IN ('asked', 'approved')"
    same = (
        f"NEW.{waiting} AND EXISTS (SELECT 1 FROM {table} o "
        "WHERE o.resident_id = NEW.resident_id AND o.fee_item_id = NEW.fee_item_id "
        f"AND o.id IS NOT NEW.id AND o.{waiting} "
        f"AND o.starts < coalesce(NEW.ends, {_FAR}) "
        f"AND NEW.starts < coalesce(o.ends, {_FAR}))"
    )
    for when in ("INSERT", "UPDATE"):  # those of `drops` went as the table was rebuilt
        message = "two personal prices on one day"
        _refuse(f"{table}_once_{when.lower()}", when, table, same, message)
    _refuse(
        "personal_price_asked_first",
        "INSERT",
        table,
        "NEW.state = 'approved' AND EXISTS (SELECT 1 FROM bill_run)",
        "a personal price is asked for first",
    )
    _refuse(
        "personal_price_as_asked",
        "UPDATE OF resident_id, fee_item_id, starts, kind, value, reason, asked_by",
        table,
        "OLD.state <> 'asked'",
        "a personal price is not changed after it was decided on",
    )
    _refuse(
        "personal_price_by_two",
        "UPDATE OF state",
        table,
        "NEW.state = 'approved' AND (trim(NEW.approver) = '' OR "
        "OLD.state = 'refused' OR (OLD.state = 'asked' AND (NEW.decided_by IS NULL "
        "OR (NEW.decided_by = NEW.asked_by AND NOT NEW.is_alone))))",
        "a second person approves a personal price",
    )
    _refuse(
        "personal_price_stays_decided",
        "UPDATE OF state",
        table,
        "OLD.state = 'approved' AND NEW.state IN ('asked', 'refused')",
        "a personal price that was approved is ended, not refused",
    )


def _refuse_bills():
    """A bill keeps its facts as text; the lists and prices in it must be approved."""
    lists = (
        "SELECT 1 FROM json_each(NEW.facts, '$.lists') listed WHERE NOT EXISTS "
        "(SELECT 1 FROM price_list WHERE state = 'approved' "
        "AND starts = json_extract(listed.value, '$[0]'))"
    )
    own = (
        "SELECT 1 FROM json_each(NEW.facts, '$.prices') own WHERE NOT EXISTS "
        "(SELECT 1 FROM personal_price JOIN fee_item "
        "ON fee_item.id = personal_price.fee_item_id "
        "WHERE resident_id = NEW.resident_id AND personal_price.state = 'approved' "
        "AND fee_item.code = json_extract(own.value, '$[0]') "
        "AND starts = json_extract(own.value, '$[1]'))"
    )
    _refuse(
        "bill_by_approved_prices",
        "INSERT",
        "bill",
        f"CASE WHEN json_valid(NEW.facts) THEN EXISTS ({lists}) OR EXISTS ({own}) END",
        "a price in this bill was not approved",
    )

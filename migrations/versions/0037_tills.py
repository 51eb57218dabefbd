"""Tills: counted days that are sealed, cash handed on, who did what was charged.

Money that somebody takes at the desk never gets a day that they have closed: the
database itself refuses it. A bank transfer may: its day is that of the bank.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None
drops = ("day_close_no_update",)

_OPEN_FROM = (
    "date((SELECT max(month) FROM month_close WHERE reopened_at IS NULL), '+1 month')"
)
_CLOSED = "the till is closed"


def upgrade():
    _closes()
    _handovers()
    for table, column in (("deposit_entry", "banked_by"), ("utility_bill", "paid_by")):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_{column}"), "account", [column], ["id"]
            )
    _bills_once()
    op.add_column("deposit_entry", sa.Column("banked_at", sa.DateTime(), nullable=True))
    op.add_column(
        "charge",
        sa.Column("done_by", sa.String(), nullable=False, server_default=""),
    )
    _keep_closes()
    _seal()


def _bills_once():
    """Let no bill for water, power, gas or heat be entered twice."""
    days = ("meter", "starts", "ends")
    for name, columns in (("number", ("number",)), ("meter", days)):
        op.create_index(
            f"uq_utility_bill_{name}",
            "utility_bill",
            ["kind", "supplier", *columns],
            unique=True,
            sqlite_where=sa.text(f"{name} <> ''"),
        )


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _closes():
    op.execute("DROP TRIGGER day_close_no_update")
    with op.batch_alter_table("day_close") as close:
        close.add_column(
            sa.Column("sheet", sa.JSON(), nullable=False, server_default="{}")
        )
        close.add_column(sa.Column("reopened_at", sa.DateTime(), nullable=True))
        for name in ("reopened_by", "reopen_reason"):
            close.add_column(
                sa.Column(name, sa.String(), nullable=False, server_default="")
            )
        close.create_check_constraint(
            op.f("ck_day_close_reopened_with_reason"),
            "(reopened_at IS NULL) = (reopen_reason = '')",
        )


def _handovers():
    table = "till_handover"
    void = "(voided_at IS NULL) = (void_reason = '')"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.CheckConstraint("fen > 0", name=op.f(f"ck_{table}_fen_positive")),
        sa.CheckConstraint("taken_by <> given_by", name=op.f(f"ck_{table}_by_two")),
        sa.CheckConstraint(
            "taken_by IS NOT NULL OR length(trim(paper)) > 0",
            name=op.f(f"ck_{table}_to_bank_on_paper"),
        ),
        sa.CheckConstraint(void, name=op.f(f"ck_{table}_void_with_reason")),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name=op.f(f"fk_{table}_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name=op.f(f"fk_{table}_taken_by")
        ),
    )
    _refuse(
        f"{table}_month_open",
        "INSERT",
        table,
        f"NEW.day < {_OPEN_FROM}",
        "the month is closed",
    )
    _refuse(
        f"{table}_as_made",
        "UPDATE OF day, given_by, taken_by, fen, paper, note, given_at",
        table,
        "",
        "money in the books is never edited",
    )
    _refuse(
        f"{table}_void_once",
        "UPDATE OF voided_at, void_reason",
        table,
        "OLD.voided_at IS NOT NULL",
        "a void stays",
    )
    _refuse(f"{table}_no_delete", "DELETE", table, "", "money in the books is kept")


def _keep_closes():
    """Let a close be opened again once, the newest first, and never be edited."""
    table = "day_close"
    newest = (
        "(SELECT max(day) FROM day_close WHERE account_id = {}.account_id "
        "AND reopened_at IS NULL)"
    )
    _refuse(
        f"{table}_as_made",
        "UPDATE OF account_id, day, booked_fen, counted_fen, note, closed_at, sheet",
        table,
        "",
        "a count is kept",
    )
    _refuse(
        f"{table}_newest_reopened",
        "UPDATE OF reopened_at, reopened_by, reopen_reason",
        table,
        f"OLD.reopened_at IS NOT NULL OR OLD.day <> {newest.format('OLD')}",
        "the newest close is opened first",
    )
    _refuse(
        f"{table}_in_order",
        "INSERT",
        table,
        f"NEW.reopened_at IS NOT NULL OR NEW.day <= {newest.format('NEW')}",
        _CLOSED,
    )


def _sealed(who, day):
    """Return the condition that somebody has closed a day."""
    return (
        f"{day} <= (SELECT max(day) FROM day_close WHERE account_id = {who} "
        "AND reopened_at IS NULL)"
    )


_AT_THE_DESK = "NEW.method IN ('cash', 'card', 'wechat', 'alipay')"


def _seal():
    for table, day in (
        ("payment", "received_on"),
        ("payout", "day"),
        ("deposit_entry", "day"),
        ("donation", "day"),
        ("donation_use", "day"),
        ("deposit_draw", "day"),
    ):
        condition = f"{_AT_THE_DESK} AND {_sealed('NEW.taken_by', f'NEW.{day}')}"
        _refuse(f"{table}_till_open", "INSERT", table, condition, _CLOSED)
    for table in ("donation", "donation_use", "deposit_draw"):
        today = "date(NEW.voided_at, 'localtime')"
        condition = f"{_AT_THE_DESK} AND {_sealed('OLD.taken_by', today)}"
        when = "UPDATE OF voided_at"
        _refuse(f"{table}_void_till_open", when, table, condition, _CLOSED)
    for link, table in (
        ("payment_id", "payment"),
        ("payout_id", "payout"),
        ("deposit_entry_id", "deposit_entry"),
    ):
        today = "date(NEW.voided_at, 'localtime')"
        condition = (
            f"EXISTS (SELECT 1 FROM {table} m WHERE m.id = OLD.{link} AND "
            f"m.method IN ('cash', 'card', 'wechat', 'alipay') "
            f"AND {_sealed('m.taken_by', today)})"
        )
        name = f"receipt_{table}_till_open"
        _refuse(name, "UPDATE OF voided_at", "receipt", condition, _CLOSED)
    _seal_supplies()


def _seal_supplies():
    """Seal cash that is paid to a supplier."""
    for name, when in (("insert", "INSERT"), ("change", "UPDATE")):
        changed = "OLD.paid_on IS NOT NEW.paid_on AND " if when == "UPDATE" else ""
        sealed = _sealed("NEW.paid_by", "NEW.paid_on")
        _refuse(
            f"utility_bill_{name}_till_open",
            when,
            "utility_bill",
            f"NEW.method = 'cash' AND {changed}{sealed}",
            _CLOSED,
        )

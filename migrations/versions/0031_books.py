"""The books: closed days and months, trust money, donations, utility bills.

What lies in a closed month is never changed: the database itself refuses it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0026"
branch_labels = None
depends_on = None

_METHODS = "'cash', 'transfer', 'card', 'wechat', 'alipay'"


def upgrade():
    _accounts()
    _closes()
    _trust()
    _donations()
    _utilities()
    _refuse_closes()
    _refuse_closed_months()
    _refuse_trust()
    _refuse_donations()


def _table(name, *parts):
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _column(name, kind, nullable=False):
    return sa.Column(name, kind, nullable=nullable)


def _texts(*names):
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _to(table, column, other):
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _void(table):
    return [
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        *_texts("void_reason"),
        _check(table, "void_with_reason", "(voided_at IS NULL) = (void_reason = '')"),
    ]


def _accounts():
    _table(
        "ledger_account",
        *_texts("code", "number", "name"),
        sa.UniqueConstraint("code", name=op.f("uq_ledger_account_code")),
        sa.UniqueConstraint("number", name=op.f("uq_ledger_account_number")),
    )


def _closes():
    _table(
        "day_close",
        _column("account_id", sa.Integer()),
        _column("day", sa.Date()),
        _column("booked_fen", sa.Integer()),
        _column("counted_fen", sa.Integer()),
        *_texts("note"),
        _column("closed_at", sa.DateTime()),
        _check("day_close", "counted_not_negative", "counted_fen >= 0"),
        _check(
            "day_close",
            "difference_said",
            "counted_fen = booked_fen OR length(trim(note)) > 0",
        ),
        _to("day_close", "account_id", "account"),
    )
    op.create_index("ix_day_close_day_account_id", "day_close", ["day", "account_id"])
    _table(
        "month_close",
        _column("month", sa.Date()),
        _column("closed_at", sa.DateTime()),
        *_texts("closed_by", "note"),
        _column("still_open", sa.JSON()),
        _column("entries", sa.Integer()),
        _column("moved_fen", sa.Integer()),
        _column("reopened_at", sa.DateTime(), nullable=True),
        *_texts("reopened_by", "reopen_reason"),
        _check(
            "month_close",
            "reopened_with_reason",
            "(reopened_at IS NULL) = (reopen_reason = '')",
        ),
    )
    op.create_index(
        "uq_month_close_month",
        "month_close",
        ["month"],
        unique=True,
        sqlite_where=sa.text("reopened_at IS NULL"),
    )


def _trust():
    table = "trust_entry"
    _table(
        table,
        _column("resident_id", sa.Integer()),
        *_texts("kind"),
        _column("day", sa.Date()),
        _column("fen", sa.Integer()),
        *_texts("method", "purpose", "paper", "other_name"),
        _column("taken_by", sa.Integer()),
        *_void(table),
        _check(table, "kind_known", "kind IN ('in', 'out')"),
        _check(table, "method_known", f"method IN ({_METHODS})"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "purpose_given", "length(trim(purpose)) > 0"),
        _check(table, "out_on_paper", "kind = 'in' OR length(trim(paper)) > 0"),
        _to(table, "resident_id", "resident"),
        _to(table, "taken_by", "account"),
    )
    op.create_index(op.f("ix_trust_entry_resident_id"), table, ["resident_id"])


def _donations():
    table = "donation"
    _table(
        table,
        *_texts("donor"),
        _column("day", sa.Date()),
        *_texts("method"),
        _column("fen", sa.Integer()),
        *_texts("goods", "purpose", "paper"),
        _column("taken_by", sa.Integer()),
        *_void(table),
        _check(table, "method_known", f"method IN ({_METHODS}, 'goods')"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "donor_named", "length(trim(donor)) > 0"),
        _check(table, "goods_named", "method <> 'goods' OR length(trim(goods)) > 0"),
        _to(table, "taken_by", "account"),
    )
    table = "donation_use"
    _table(
        table,
        _column("donation_id", sa.Integer()),
        _column("day", sa.Date()),
        *_texts("method"),
        _column("fen", sa.Integer()),
        *_texts("purpose", "paper"),
        _column("taken_by", sa.Integer()),
        *_void(table),
        _check(table, "method_known", f"method IN ({_METHODS}, 'goods')"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "purpose_given", "length(trim(purpose)) > 0"),
        _to(table, "donation_id", "donation"),
        _to(table, "taken_by", "account"),
    )
    op.create_index(op.f("ix_donation_use_donation_id"), table, ["donation_id"])


def _utilities():
    table = "utility_bill"
    _table(
        table,
        *_texts("kind", "supplier", "number"),
        _column("day", sa.Date()),
        _column("starts", sa.Date()),
        _column("ends", sa.Date()),
        *_texts("tariff", "quantity"),
        _column("fen", sa.Integer()),
        _column("extras", sa.JSON()),
        *_texts("note"),
        _column("paid_on", sa.Date(), nullable=True),
        *_texts("method"),
        _check(table, "kind_known", "kind IN ('water', 'power', 'gas', 'heat')"),
        _check(
            table,
            "tariff_known",
            "tariff IN ('residential', 'general', 'commercial', 'industrial', "
            "'unknown')",
        ),
        _check(table, "method_known", f"method IN ({_METHODS}, '')"),
        _check(table, "ends_after_start", "ends > starts"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "supplier_named", "length(trim(supplier)) > 0"),
        _check(table, "paid_somehow", "(paid_on IS NULL) = (method = '')"),
        _check(table, "paid_after", "paid_on >= day"),
    )


# What must never be, refused by the database itself.


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


_NEWEST = "(SELECT max(month) FROM month_close WHERE reopened_at IS NULL)"
_OPEN_FROM = f"date({_NEWEST}, '+1 month')"


def _refuse_closes():
    _refuse("day_close_no_update", "UPDATE", "day_close", "", "a count is kept")
    _refuse("day_close_no_delete", "DELETE", "day_close", "", "a count is kept")
    _refuse(
        "month_close_in_order",
        "INSERT",
        "month_close",
        f"NEW.reopened_at IS NOT NULL OR NEW.month <= {_NEWEST}",
        "months are closed in order",
    )
    _refuse(
        "month_close_as_made",
        "UPDATE OF month, closed_at, closed_by, note, still_open, entries, moved_fen",
        "month_close",
        "",
        "a close is never edited",
    )
    _refuse(
        "month_close_newest_reopened",
        "UPDATE OF reopened_at, reopened_by, reopen_reason",
        "month_close",
        f"OLD.reopened_at IS NOT NULL OR OLD.month <> {_NEWEST}",
        "the newest close is opened first",
    )
    _refuse("month_close_no_delete", "DELETE", "month_close", "", "closes are kept")


def _refuse_closed_months():
    message = "the month is closed"
    for table, day in (
        ("payment", "received_on"),
        ("payout", "day"),
        ("deposit_entry", "day"),
        ("trust_entry", "day"),
        ("donation", "day"),
        ("donation_use", "day"),
    ):
        closed = f"NEW.{day} < {_OPEN_FROM}"
        _refuse(f"{table}_month_open", "INSERT", table, closed, message)
    _refuse(
        "deposit_entry_banked_open",
        "UPDATE OF banked_on",
        "deposit_entry",
        "OLD.banked_on IS NOT NEW.banked_on AND "
        f"(OLD.banked_on < {_OPEN_FROM} OR NEW.banked_on < {_OPEN_FROM})",
        message,
    )
    new = f"(NEW.day < {_OPEN_FROM} OR NEW.paid_on < {_OPEN_FROM})"
    old = f"(OLD.day < {_OPEN_FROM} OR OLD.paid_on < {_OPEN_FROM})"
    paid = "OLD.fen = NEW.fen AND OLD.day = NEW.day AND OLD.supplier = NEW.supplier "
    paid += f"AND OLD.paid_on IS NULL AND NEW.paid_on >= {_OPEN_FROM}"
    table = "utility_bill"
    _refuse(f"{table}_month_open", "INSERT", table, new, message)
    _refuse(f"{table}_delete_open", "DELETE", table, old, message)
    _refuse(
        f"{table}_change_open",
        "UPDATE",
        table,
        f"({old} OR {new}) AND NOT coalesce({paid}, 0)",
        message,
    )


def _sum(where):
    return f"(SELECT coalesce(sum(fen), 0) FROM {where} AND voided_at IS NULL)"


def _refuse_trust():
    mine = "trust_entry WHERE resident_id = NEW.resident_id AND kind = "
    held = f"{_sum(mine + chr(39) + 'in' + chr(39))} - "
    held += _sum(mine + chr(39) + "out" + chr(39))
    _refuse(
        "trust_entry_held",
        "INSERT",
        "trust_entry",
        f"NEW.voided_at IS NOT NULL OR (NEW.kind = 'out' AND {held} < NEW.fen)",
        "more than is kept",
    )
    _refuse(
        "trust_entry_void_held",
        "UPDATE OF voided_at",
        "trust_entry",
        f"OLD.voided_at IS NOT NULL OR (NEW.kind = 'in' AND {held} < NEW.fen)",
        "more than is kept",
    )
    _refuse_changes("trust_entry", "resident_id, kind, other_name")


def _refuse_changes(table, more):
    """Let a record of money be taken back only, never edited or removed."""
    _refuse(
        f"{table}_as_made",
        f"UPDATE OF day, fen, method, purpose, paper, taken_by, {more}",
        table,
        "",
        "money in the books is never edited",
    )
    _refuse(f"{table}_no_delete", "DELETE", table, "", "money in the books is kept")


def _refuse_donations():
    used = _sum("donation_use WHERE donation_id = {}.{}")
    _refuse(
        "donation_use_within",
        "INSERT",
        "donation_use",
        "NEW.voided_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM donation d "
        "WHERE d.id = NEW.donation_id AND d.voided_at IS NULL AND d.day <= NEW.day "
        "AND (d.method = 'goods') = (NEW.method = 'goods') "
        f"AND {used.format('NEW', 'donation_id')} + NEW.fen <= d.fen)",
        "more than was given",
    )
    _refuse(
        "donation_use_void_once",
        "UPDATE OF voided_at",
        "donation_use",
        "OLD.voided_at IS NOT NULL",
        "a void stays",
    )
    _refuse(
        "donation_void_unused",
        "UPDATE OF voided_at",
        "donation",
        f"OLD.voided_at IS NOT NULL OR {used.format('NEW', 'id')} > 0",
        "the donation was used",
    )
    _refuse_changes("donation", "donor, goods")
    _refuse_changes("donation_use", "donation_id")

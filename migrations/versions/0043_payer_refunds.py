"""Money that goes back to a payer: within what of its money no month needs."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_OPEN_FROM = (
    "date((SELECT max(month) FROM month_close WHERE reopened_at IS NULL), '+1 month')"
)
_TABLE = "payer_refund"


def upgrade():
    _refunds()
    _seal()
    _refuse_more_than_free()
    _refuse_closed()


def _refunds():
    links = {
        "payer_payment_id": "payer_payment",
        "taken_by": "account",
        "approved_by": "account",
    }
    rules = {
        "method_known": "method IN ('cash', 'transfer', 'card', 'wechat', 'alipay')",
        "fen_positive": "fen > 0",
        "payee_named": "length(trim(payee)) > 0",
        "reason_given": "length(trim(reason)) > 0",
        "by_two": "approved_by <> taken_by",
        "void_with_reason": "(voided_at IS NULL) = (void_reason = '')",
    }
    op.create_table(
        _TABLE,
        *(sa.Column(n, sa.Integer(), nullable=False) for n in ("id", "fen", *links)),
        sa.Column("day", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("method", "payee", "paper", "reason", "void_reason")
        ),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{_TABLE}_{name}"))
            for name, rule in rules.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{target}.id"], name=op.f(f"fk_{_TABLE}_{name}")
            )
            for name, target in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_payer_payment_id"), _TABLE, ["payer_payment_id"])


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _seal():
    _refuse(
        f"{_TABLE}_as_made",
        "UPDATE OF id, payer_payment_id, day, method, fen, payee, paper, reason, "
        "taken_by, approved_by",
        _TABLE,
        "",
        "money in the books is never edited",
    )
    _refuse(
        f"{_TABLE}_void_once",
        "UPDATE OF voided_at, void_reason",
        _TABLE,
        "OLD.voided_at IS NOT NULL",
        "a void stays",
    )
    _refuse(f"{_TABLE}_no_delete", "DELETE", _TABLE, "", "money in the books is kept")


def _refuse_more_than_free():
    """Let nobody get back what months need, nor months need what went back."""
    mine = "payer_payment_id = NEW.payer_payment_id"
    used = f"(SELECT coalesce(sum(fen), 0) FROM payer_share WHERE {mine})"
    back = (
        f"(SELECT coalesce(sum(fen), 0) FROM {_TABLE} "
        f"WHERE {mine} AND voided_at IS NULL)"
    )
    there = (
        "(SELECT CASE WHEN is_void THEN 0 ELSE fen END FROM payer_payment "
        "WHERE id = NEW.payer_payment_id)"
    )
    for table in (_TABLE, "payer_share"):
        name = f"{table}_within_payment"
        more = f"NEW.fen + {used} + {back} > {there}"
        _refuse(name, "INSERT", table, more, "more than there is")
    _refuse(
        f"{_TABLE}_after_payment",
        "INSERT",
        _TABLE,
        "NEW.day < (SELECT received_on FROM payer_payment "
        "WHERE id = NEW.payer_payment_id)",
        "nothing goes back before it came",
    )
    _refuse(
        "payer_payment_went_back",
        "UPDATE OF is_void",
        "payer_payment",
        f"NEW.is_void AND EXISTS (SELECT 1 FROM {_TABLE} "
        "WHERE payer_payment_id = NEW.id AND voided_at IS NULL)",
        "money of it went back",
    )


def _refuse_closed():
    closed = "the month is closed"
    _refuse(f"{_TABLE}_month_open", "INSERT", _TABLE, f"NEW.day < {_OPEN_FROM}", closed)
    sealed = (
        "NEW.method <> 'transfer' AND {} <= (SELECT max(day) FROM day_close "
        "WHERE account_id = {}.taken_by AND reopened_at IS NULL)"
    )
    closed = "the till is closed"
    insert = sealed.format("NEW.day", "NEW")
    _refuse(f"{_TABLE}_till_open", "INSERT", _TABLE, insert, closed)
    void = sealed.format("date(NEW.voided_at, 'localtime')", "OLD")
    _refuse(f"{_TABLE}_void_till_open", "UPDATE OF voided_at", _TABLE, void, closed)

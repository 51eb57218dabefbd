"""Refunds from the question to the voucher; reminders of what is owed."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_METHODS = "'cash', 'transfer', 'card', 'wechat', 'alipay'"


def upgrade():
    _refunds()
    _refuse_refunds()
    _reminders()
    _reminder_rules()
    _reminder_texts()
    _refuse_signers()


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _text(name):
    return sa.Column(name, sa.String(), nullable=False)


def _refunds():
    table = "refund"
    links = {
        "resident_id": ("resident", False),
        "payment_id": ("payment", True),
        "asked_by": ("account", False),
        "decided_by": ("account", True),
        "payout_id": ("payout", True),
        "deposit_entry_id": ("deposit_entry", True),
    }
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=empty)
            for name, (_, empty) in links.items()
        ),
        sa.Column("fen", sa.Integer(), nullable=False),
        *(_text(n) for n in ("kind", "method", "way_reason", "payee", "reason")),
        *(_text(n) for n in ("state", "answer")),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _check(table, "kind_known", "kind IN ('prepaid', 'payment', 'deposit')"),
        _check(
            table,
            "state_known",
            "state IN ('asked', 'approved', 'refused', 'withdrawn', 'paid')",
        ),
        _check(table, "method_known", f"method IN ({_METHODS})"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "payee_named", "length(trim(payee)) > 0"),
        _check(table, "reason_given", "length(trim(reason)) > 0"),
        _check(table, "payment_named", "(kind = 'payment') = (payment_id IS NOT NULL)"),
        _check(table, "by_two", "decided_by <> asked_by"),
        _check(
            table,
            "decided",
            "state IN ('asked', 'withdrawn') OR decided_by IS NOT NULL",
        ),
        _check(table, "decided_once", "(decided_by IS NULL) = (decided_at IS NULL)"),
        _check(
            table,
            "refused_with_reason",
            "state <> 'refused' OR length(trim(answer)) > 0",
        ),
        _check(
            table,
            "paid_once",
            "(state = 'paid') = ((payout_id IS NOT NULL) "
            "+ (deposit_entry_id IS NOT NULL) = 1)",
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{there}.id"], name=op.f(f"fk_{table}_{name}")
            )
            for name, (there, _) in links.items()
        ),
        sa.UniqueConstraint("payout_id", name=op.f(f"uq_{table}_payout_id")),
        sa.UniqueConstraint(
            "deposit_entry_id", name=op.f(f"uq_{table}_deposit_entry_id")
        ),
    )
    op.create_index(op.f(f"ix_{table}_resident_id"), table, ["resident_id"])
    op.create_index(
        "uq_refund_payment_open",
        table,
        ["payment_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('asked', 'approved')"),
    )


def _refuse_signers():
    """Let nobody sign a settlement for two sides.

    A home may say that one person holds both of its posts.
    """
    same = "({0} = {1} OR {0} LIKE {1} || char(65288) || '%')"
    _refuse(
        "settlement_signature_apart",
        "INSERT",
        "settlement_signature",
        "EXISTS (SELECT 1 FROM settlement_signature known WHERE known.settlement_id = "
        "NEW.settlement_id AND known.side <> NEW.side AND "
        f"({same.format('known.name', 'NEW.name')} OR "
        f"{same.format('NEW.name', 'known.name')}) AND ('family' IN (known.side, "
        "NEW.side) OR NOT (SELECT one_may_approve FROM home)))",
        "each side is another person",
    )


def _refuse_refunds():
    _refuse(
        "refund_asked_first",
        "INSERT",
        "refund",
        "NEW.state <> 'asked'",
        "a refund is asked for first",
    )
    _refuse(
        "refund_as_asked",
        "UPDATE OF resident_id, kind, payment_id, fen, method, way_reason, payee, "
        "reason, asked_by, asked_at",
        "refund",
        "",
        "what was asked for is never edited",
    )
    _refuse(
        "refund_decided_for_good",
        "UPDATE OF decided_by, decided_at",
        "refund",
        "OLD.decided_by IS NOT NULL",
        "a decision stays",
    )
    _refuse(
        "refund_in_order",
        "UPDATE OF state",
        "refund",
        "OLD.state || '>' || NEW.state NOT IN ('asked>approved', 'asked>refused', "
        "'asked>withdrawn', 'approved>paid', 'approved>withdrawn')",
        "a refund goes its way in order",
    )
    _refuse(
        "refund_paid_for_good",
        "UPDATE OF payout_id, deposit_entry_id",
        "refund",
        "OLD.state = 'paid'",
        "a refund is paid once",
    )
    _refuse(
        "refund_paid_as_approved",
        "UPDATE OF state, payout_id, deposit_entry_id",
        "refund",
        f"NEW.state = 'paid' AND NOT {_paid('payout', 'prepaid', 'payment')} "
        f"AND NOT {_paid('deposit_entry', 'deposit')}",
        "not what was approved",
    )
    _refuse("refund_no_delete", "DELETE", "refund", "", "refunds are kept")


def _paid(table, *kinds):
    """Return the condition that money went out as it was approved."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    told = "kind = 'refund'" if table == "deposit_entry" else "payee = NEW.payee"
    return (
        f"(NEW.kind IN ({listed}) AND EXISTS (SELECT 1 FROM {table} "
        f"WHERE id = NEW.{table}_id AND resident_id = NEW.resident_id "
        f"AND fen = NEW.fen AND method = NEW.method AND {told} "
        "AND approved_by = NEW.decided_by AND NOT is_void))"
    )


def _reminders():
    table = "reminder"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _text("way"),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        _text("spoke_to"),
        _text("said"),
        sa.Column("promised_on", sa.Date(), nullable=True),
        _text("noted_by"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _check(table, "way_known", "way IN ('letter', 'message', 'phone')"),
        _check(table, "step_known", "step BETWEEN 1 AND 3"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "promised_after", "promised_on >= day"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f(f"fk_{table}_resident_id")
        ),
    )
    op.create_index(op.f(f"ix_{table}_resident_id"), table, ["resident_id"])


def _reminder_rules():
    table = "reminder_rule"
    days = "due_days", "again_days", "second_days", "last_days"
    made = op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        _text("due_kind"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in days),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _check(table, "only_one", "id = 1"),
        _check(table, "due_kind_known", "due_kind IN ('month_end', 'posted', 'day')"),
        _check(table, "due_days_sane", "due_days BETWEEN 0 AND 90"),
        _check(table, "again_days_sane", "again_days BETWEEN 1 AND 90"),
        _check(table, "second_days_sane", "second_days BETWEEN 1 AND 365"),
        _check(
            table,
            "last_after_second",
            "last_days > second_days AND last_days <= 730",
        ),
    )
    usual = dict(zip(days, (0, 14, 31, 91), strict=True))
    op.bulk_insert(made, [{"id": 1, "due_kind": "month_end", **usual}])


def _reminder_texts():
    table = "reminder_text"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        _text("kind"),
        _text("text"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _check(
            table,
            "kind_known",
            "kind IN ('letter_1', 'letter_2', 'letter_3', 'message')",
        ),
        sa.UniqueConstraint("kind", name=op.f(f"uq_{table}_kind")),
    )

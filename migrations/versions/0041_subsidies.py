"""Subsidies: claims by month with the people behind them, money, own rates.

A claim that was handed in is kept as it was, with everybody behind it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_OPEN_FROM = (
    "date((SELECT max(month) FROM month_close WHERE reopened_at IS NULL), '+1 month')"
)
_METHODS = "('cash', 'transfer', 'card', 'wechat', 'alipay')"
_STATES = "('handed_in', 'granted', 'refused', 'taken_back')"


def upgrade():
    _claims()
    _people()
    _payments()
    _rates()
    _words()
    _seal()


def _table(table, *parts, **checks):
    """Make a table with an id; parts are its columns, checks its rules by name."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
            for name, rule in checks.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _text(*names):
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _number(*names):
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _day(name, *, maybe=False):
    return sa.Column(name, sa.Date(), nullable=maybe)


def _points(table, column, target):
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _once(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _claims():
    table = "subsidy_claim"
    _table(
        table,
        *_text("scheme", "name"),
        _day("starts"),
        _day("ends"),
        *_number("fen"),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        *_text("office"),
        _day("handed_on"),
        *_text("handed_by", "state"),
        sa.Column("granted_fen", sa.Integer(), nullable=True),
        _day("decided_on", maybe=True),
        *_text("decided_by", "answer"),
        state_known=f"state IN {_STATES}",
        fen_not_negative="fen >= 0",
        granted_with_sum="(state = 'granted') = (granted_fen IS NOT NULL)",
        decided_on_a_day="(state = 'handed_in') = (decided_on IS NULL)",
        refused_with_reason=(
            "state NOT IN ('refused', 'taken_back') OR length(trim(answer)) > 0"
        ),
    )
    op.create_index(
        f"uq_{table}_scheme_starts",
        table,
        ["scheme", "starts"],
        unique=True,
        sqlite_where=sa.text("state IN ('handed_in', 'granted')"),
    )


def _people():
    table = "subsidy_person"
    _table(
        table,
        *_number("claim_id", "position"),
        *_text("kind"),
        *_number("key"),
        *_text("name", "class"),
        _day("assessed_on", maybe=True),
        *_number("count", "rate_fen", "fen"),
        *_text("why"),
        sa.Column("granted_fen", sa.Integer(), nullable=True),
        _points(table, "claim_id", "subsidy_claim"),
        _once(table, "claim_id", "position"),
        fen_not_negative="fen >= 0",
    )


def _payments():
    table = "subsidy_payment"
    _table(
        table,
        *_number("claim_id"),
        _day("day"),
        *_number("fen"),
        *_text("method", "paper"),
        *_number("taken_by"),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        *_text("void_reason"),
        _points(table, "claim_id", "subsidy_claim"),
        _points(table, "taken_by", "account"),
        method_known=f"method IN {_METHODS}",
        fen_positive="fen > 0",
        void_with_reason="(voided_at IS NULL) = (void_reason = '')",
    )
    op.create_index(f"ix_{table}_claim_id", table, ["claim_id"])


def _rates():
    table = "subsidy_rate"
    _table(
        table,
        *_text("scheme", "line"),
        *_number("star", "fen"),
        _day("starts"),
        *_text("document"),
        _once(table, "scheme", "line", "star", "starts"),
        fen_not_negative="fen >= 0",
        star_sane="star BETWEEN 0 AND 5",
        document_named="length(trim(document)) > 0",
    )
    table = "subsidy_rule"
    _table(table, *_text("code", "value"), _once(table, "code"))


def _words():
    table = "subsidy_left_out"
    _table(
        table,
        *_text("scheme"),
        _day("starts"),
        *_text("kind"),
        *_number("key"),
        *_text("reason"),
        _once(table, "scheme", "starts", "kind", "key"),
        reason_given="length(trim(reason)) > 0",
    )
    table = "overlap_word"
    _table(
        table,
        *_number("resident_id"),
        *_text("rule", "reason"),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        *_text("said_by"),
        _points(table, "resident_id", "resident"),
        _once(table, "resident_id", "rule"),
        reason_given="length(trim(reason)) > 0",
    )
    op.create_index(f"ix_{table}_resident_id", table, ["resident_id"])


def _seal():
    kept = "a claim that was handed in is kept as it was"
    claim, person, payment = "subsidy_claim", "subsidy_person", "subsidy_payment"
    facts = "scheme, name, starts, ends, fen, shares, told, office, handed_on"
    _refuse(claim, "as_handed_in", f"UPDATE OF {facts}, handed_by", "", kept)
    _refuse(claim, "no_delete", "DELETE", "", kept)
    done = "WHEN OLD.state IN ('refused', 'taken_back')"
    _refuse(claim, "decided_once", "UPDATE OF state", done, "a decided claim is kept")
    facts = "claim_id, position, kind, key, name, class, assessed_on, count, rate_fen"
    _refuse(person, "as_handed_in", f"UPDATE OF {facts}, fen, why", "", kept)
    _refuse(person, "no_delete", "DELETE", "", kept)
    closed = "the month is closed"
    _refuse(payment, "month_open", "INSERT", f"WHEN NEW.day < {_OPEN_FROM}", closed)
    granted = (
        "WHEN min(coalesce(NEW.decided_on, OLD.decided_on), "
        "coalesce(OLD.decided_on, NEW.decided_on)) < "
    )
    when = "UPDATE OF state, granted_fen, decided_on"
    _refuse(claim, "month_open", when, granted + _OPEN_FROM, closed)
    facts = "claim_id, day, fen, method, paper, taken_by"
    money = "money in the books is never edited"
    _refuse(payment, "as_made", f"UPDATE OF {facts}", "", money)
    void = "WHEN OLD.voided_at IS NOT NULL"
    _refuse(payment, "void_once", "UPDATE OF voided_at", void, "a void stays")
    _refuse(payment, "no_delete", "DELETE", "", "money in the books is kept")
    _seal_tills(payment)
    _refuse(
        payment,
        "granted",
        "INSERT",
        "WHEN NOT EXISTS (SELECT 1 FROM subsidy_claim WHERE id = NEW.claim_id "
        "AND state = 'granted')",
        "money comes for claims that were granted",
    )


def _seal_tills(payment):
    """Give no money at the desk a day that whoever took it has closed."""
    sealed = (
        "WHEN NEW.method <> 'transfer' AND {} <= (SELECT max(day) FROM day_close "
        "WHERE account_id = {}.taken_by AND reopened_at IS NULL)"
    )
    closed = "the till is closed"
    insert = sealed.format("NEW.day", "NEW")
    _refuse(payment, "till_open", "INSERT", insert, closed)
    void = sealed.format("date(NEW.voided_at, 'localtime')", "OLD")
    _refuse(payment, "void_till_open", "UPDATE OF voided_at", void, closed)


def _refuse(table, name, when, condition, message):
    op.execute(
        f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )

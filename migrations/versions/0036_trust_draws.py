"""Trust money that is fetched from the bank into the till, or carried there."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_OPEN_FROM = (
    "date((SELECT max(month) FROM month_close WHERE reopened_at IS NULL), '+1 month')"
)


def upgrade():
    table = "trust_draw"
    void = "(voided_at IS NULL) = (void_reason = '')"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.CheckConstraint("fen > 0", name=op.f(f"ck_{table}_fen_positive")),
        sa.CheckConstraint(
            "place IN ('cash', 'bank')", name=op.f(f"ck_{table}_place_known")
        ),
        sa.CheckConstraint(
            "length(trim(paper)) > 0", name=op.f(f"ck_{table}_paper_given")
        ),
        sa.CheckConstraint(void, name=op.f(f"ck_{table}_void_with_reason")),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name=op.f(f"fk_{table}_taken_by")
        ),
    )
    _refuse(
        "month_open", "INSERT", f"WHEN NEW.day < {_OPEN_FROM}", "the month is closed"
    )
    _refuse(
        "as_made",
        "UPDATE OF day, fen, place, paper, taken_by",
        "",
        "money in the books is never edited",
    )
    _refuse(
        "void_once",
        "UPDATE OF voided_at",
        "WHEN OLD.voided_at IS NOT NULL",
        "a void stays",
    )
    _refuse("no_delete", "DELETE", "", "money in the books is kept")
    void = "NEW.voided_at IS NOT NULL AND OLD.voided_at IS NULL AND OLD."
    _keep_cash("trust_entry", "INSERT", "NEW.kind = 'out' AND NEW.method = 'cash'")
    _keep_cash(
        *("trust_entry", "UPDATE OF voided_at"),
        f"{void}kind = 'in' AND OLD.method = 'cash'",
    )
    _keep_cash("trust_draw", "INSERT", "NEW.place = 'bank'")
    _keep_cash("trust_draw", "UPDATE OF voided_at", f"{void}place = 'cash'")


def _keep_cash(table, when, leaves):
    """Refuse what would leave less than nothing in the till of trust money."""
    name = f"{table}_{'cash_there' if when == 'INSERT' else 'void_cash_there'}"
    there = (
        "(SELECT coalesce(sum(iif(kind = 'in', fen, -fen)), 0) FROM trust_entry "
        "WHERE method = 'cash' AND voided_at IS NULL) + "
        "(SELECT coalesce(sum(iif(place = 'cash', fen, -fen)), 0) FROM trust_draw "
        "WHERE voided_at IS NULL)"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} "
        f"WHEN {leaves} AND NEW.fen > {there} "
        "BEGIN SELECT RAISE(ABORT, 'no more cash than lies in the till'); END"
    )


def _refuse(name, when, condition, message):
    op.execute(
        f"CREATE TRIGGER trust_draw_{name} BEFORE {when} ON trust_draw {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )

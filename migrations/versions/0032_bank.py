"""The home's bank accounts, their statements line by line, and whose each line is."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade():
    _accounts()
    _statements()
    _lines()
    _claims()
    op.execute(
        "CREATE TRIGGER bank_claim_within_line BEFORE INSERT ON bank_claim "
        "WHEN (SELECT (line.fen > 0) <> (NEW.fen > 0) OR abs(line.fen) < "
        "abs(NEW.fen) + (SELECT coalesce(sum(abs(fen)), 0) FROM bank_claim "
        "WHERE bank_line_id = line.id) "
        "FROM bank_line AS line WHERE line.id = NEW.bank_line_id) "
        "BEGIN SELECT RAISE(ABORT, 'the line of the bank is less than that'); END"
    )
    op.execute(
        "CREATE TRIGGER bank_line_unchanged BEFORE UPDATE ON bank_line "
        "BEGIN SELECT RAISE(ABORT, 'a line of the bank is never changed'); END"
    )


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
    return [_column(name, sa.String()) for name in names]


def _check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _to(table, column, other):
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _accounts():
    table = "bank_account"
    _table(
        table,
        *_texts("name", "bank", "number", "purpose"),
        _column("is_active", sa.Boolean()),
        _check(table, "purpose_known", "purpose IN ('operating', 'deposit', 'trust')"),
        _check(table, "name_given", "length(trim(name)) > 0"),
        _check(table, "number_given", "length(number) > 0"),
        sa.UniqueConstraint("number", name=op.f("uq_bank_account_number")),
    )
    op.create_index(
        "uq_bank_account_purpose",
        table,
        ["purpose"],
        unique=True,
        sqlite_where=sa.text("is_active"),
    )


def _statements():
    table = "bank_statement"
    _table(
        table,
        _column("bank_account_id", sa.Integer()),
        *_texts("file", "layout"),
        _column("read_at", sa.DateTime()),
        *_texts("read_by"),
        _to(table, "bank_account_id", "bank_account"),
    )
    op.create_index(
        op.f("ix_bank_statement_bank_account_id"), table, ["bank_account_id"]
    )


def _lines():
    table = "bank_line"
    _table(
        table,
        _column("bank_account_id", sa.Integer()),
        _column("bank_statement_id", sa.Integer()),
        _column("row", sa.Integer()),
        _column("day", sa.Date()),
        _column("fen", sa.Integer()),
        _column("balance_fen", sa.Integer()),
        *_texts("party", "party_account", "text", "serial", "mark"),
        _check(table, "fen_given", "fen <> 0"),
        _to(table, "bank_account_id", "bank_account"),
        _to(table, "bank_statement_id", "bank_statement"),
        sa.UniqueConstraint(
            "bank_account_id", "mark", name=op.f("uq_bank_line_bank_account_id_mark")
        ),
    )
    op.create_index(
        op.f("ix_bank_line_bank_statement_id"), table, ["bank_statement_id"]
    )
    op.create_index(
        "ix_bank_line_bank_account_id_day", table, ["bank_account_id", "day"]
    )


def _claims():
    table = "bank_claim"
    _table(
        table,
        _column("bank_account_id", sa.Integer()),
        _column("bank_line_id", sa.Integer()),
        _column("resident_id", sa.Integer(), nullable=True),
        _column("fen", sa.Integer()),
        _column("kind", sa.String(), nullable=True),
        _column("source", sa.Integer(), nullable=True),
        *_texts("reason"),
        _column("is_posted", sa.Boolean()),
        _check(table, "fen_given", "fen <> 0"),
        _check(table, "deed_whole", "(kind IS NULL) = (source IS NULL)"),
        _check(table, "deed_or_reason", "(kind IS NULL) = (length(trim(reason)) > 0)"),
        _to(table, "bank_account_id", "bank_account"),
        _to(table, "bank_line_id", "bank_line"),
        _to(table, "resident_id", "resident"),
        sa.UniqueConstraint(
            *("bank_account_id", "kind", "source", "fen"),
            name=op.f("uq_bank_claim_bank_account_id_kind_source_fen"),
        ),
    )
    op.create_index(op.f("ix_bank_claim_bank_line_id"), table, ["bank_line_id"])

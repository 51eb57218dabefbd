"""What the bank itself did, and layouts of statements that the home has taught."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_OPEN_FROM = (
    "date((SELECT max(month) FROM month_close WHERE reopened_at IS NULL), '+1 month')"
)
_ALL = (
    "(NEW.fen + (SELECT coalesce(sum(fen), 0) FROM bank_claim "
    "WHERE bank_line_id = line.id))"
)


def upgrade():
    _entries()
    _layouts()
    # A fee stands against what was taken: the two come to the line together.
    op.execute("DROP TRIGGER bank_claim_within_line")
    op.execute(
        "CREATE TRIGGER bank_claim_within_line BEFORE INSERT ON bank_claim "
        "WHEN (SELECT ((line.fen > 0) <> (NEW.fen > 0) "
        "AND NEW.kind IS NOT 'bank_charge') "
        f"OR ((line.fen > 0) = ({_ALL} > 0) AND abs({_ALL}) > abs(line.fen)) "
        "FROM bank_line AS line WHERE line.id = NEW.bank_line_id) "
        "BEGIN SELECT RAISE(ABORT, 'the line of the bank is less than that'); END"
    )


def _entries():
    table = "bank_entry"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.CheckConstraint(
            "kind IN ('charge', 'interest', 'transfer')",
            name=op.f(f"ck_{table}_kind_known"),
        ),
        sa.CheckConstraint("fen <> 0", name=op.f(f"ck_{table}_fen_given")),
        sa.CheckConstraint(
            "(kind = 'transfer') = (other <> '')", name=op.f(f"ck_{table}_other_given")
        ),
        sa.ForeignKeyConstraint(
            ["bank_account_id"],
            ["bank_account.id"],
            name=op.f(f"fk_{table}_bank_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name=op.f(f"fk_{table}_taken_by")
        ),
    )
    op.create_index(op.f("ix_bank_entry_bank_account_id"), table, ["bank_account_id"])
    for row, deed in (("NEW", "INSERT"), ("OLD", "DELETE")):
        _refuse(
            f"month_open_{deed.lower()}",
            deed,
            f"WHEN {row}.day < {_OPEN_FROM}",
            "the month is closed",
        )
    _refuse("as_made", "UPDATE", "", "money in the books is never edited")


def _refuse(name, when, condition, message):
    op.execute(
        f"CREATE TRIGGER bank_entry_{name} BEFORE {when} ON bank_entry {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _layouts():
    table = "bank_layout"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("words_in", sa.String(), nullable=False),
        sa.Column("words_out", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("name", name=op.f(f"uq_{table}_name")),
        sa.CheckConstraint(
            "length(trim(name)) > 0", name=op.f(f"ck_{table}_name_given")
        ),
    )

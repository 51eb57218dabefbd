"""What the home said of claims, and what-ifs that were kept."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    _table("claim_answer", "question", "value", "note", made="answered")
    _table("claim_hidden", "claim", "reason", made="hidden")
    _table("what_if", "name", made="kept", more=(_json("assumed"),))


def _table(table, key, *texts, made, more=()):
    """Make a table of one line for each key; its first text is never empty."""
    checked = texts[0] if texts else key
    inside = checked if checked == "value" else f"trim({checked})"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(key, sa.String(), nullable=False),
        *(sa.Column(text, sa.String(), nullable=False) for text in texts),
        *more,
        sa.Column(f"{made}_at", sa.DateTime(), nullable=False),
        sa.Column(f"{made}_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            f"length({inside}) > 0", name=op.f(f"ck_{table}_{checked}_given")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(key, name=op.f(f"uq_{table}_{key}")),
    )


def _json(name):
    return sa.Column(name, sa.JSON(), nullable=False)

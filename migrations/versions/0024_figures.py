"""Reports that were handed in, sealed with the values they told."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "figure_report",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_text("code"), _text("name"), _text("office"), _text("note")),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        _text("compared"),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        _text("made_by"),
        sa.CheckConstraint("ends > starts", name=op.f("ck_figure_report_starts")),
        sa.CheckConstraint(
            "as_of >= starts AND as_of < ends", name=op.f("ck_figure_report_as_of")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["figure_report.id"],
            name=op.f("fk_figure_report_corrects_id"),
        ),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_figure_report_corrects_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_report")),
    )
    op.create_table(
        "figure_report_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(_text("figure"), _text("part"), _text("label"), _text("shown")),
        *(_text("unit"), _text("change"), _text("words"), _text("source")),
        *(_text("note"), _text("unknown")),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL)",
            name=op.f("ck_figure_report_line_value_whole"),
        ),
        sa.CheckConstraint(
            "denominator > 0", name=op.f("ck_figure_report_line_denominator_sane")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["figure_report.id"],
            name=op.f("fk_figure_report_line_report_id"),
        ),
        sa.UniqueConstraint(
            "report_id",
            "position",
            name=op.f("uq_figure_report_line_report_id_position"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_report_line")),
    )
    _seal()


def _text(name):
    return sa.Column(name, sa.String(), nullable=False)


def _seal():
    """What was handed in never changes: a later report tells what is otherwise."""
    for table in ("figure_report", "figure_report_line"):
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_sealed_{deed.lower()} BEFORE {deed} "
                f"ON {table} BEGIN "
                "SELECT RAISE(ABORT, 'a report that was handed in is sealed'); END"
            )

"""Ability assessments."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    # Revision 0003 lost it in files that it was run on before triggers were kept.
    op.execute(
        "CREATE TRIGGER IF NOT EXISTS home_no_delete BEFORE DELETE ON home "
        "BEGIN SELECT RAISE(ABORT, 'the home stays'); END"
    )

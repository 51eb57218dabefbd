"""Whether days away count where a payer bears so much a day.

Covers agreed before go on counting them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade():
    counts = sa.Column(
        "counts_away", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    op.add_column("cover", counts)

"""What the filing form asks of a home: codes, people, areas."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TEXTS = ("credit_code", "legal_person", "head", "contact", "registered", "premises")
AREAS = ("land_area", "floor_area")


def upgrade():
    for name in TEXTS:
        op.add_column(
            "home", sa.Column(name, sa.String(), server_default="", nullable=False)
        )
    op.add_column("home", sa.Column("opened_on", sa.Date(), nullable=True))
    for name in AREAS:  # Alembic adds no check to a column of SQLite
        check = f"CONSTRAINT ck_home_{name}_positive CHECK ({name} > 0)"
        op.execute(f"ALTER TABLE home ADD COLUMN {name} INTEGER {check}")

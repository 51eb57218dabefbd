"""Rows put into the file past every service."""

from tests.house import DIRECTOR


def store(db, row):
    """Add one row, as only a mistake in the program would."""
    with db.writing(DIRECTOR, "test") as session:
        session.add(row)

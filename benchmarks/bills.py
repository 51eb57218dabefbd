"""A bill run for 1,000 residents, trial and post, against the bare inserts.

The floor is a second connection of sqlcipher3 that inserts the same rows of the same
four tables (bills, lines, log, run) with the same indexes, without any trigger,
committed once.
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from sqlcipher3 import dbapi2

from benchmarks.crowd import DIRECTOR, KEY, clock, make_home
from benchmarks.rounds import in_turn, say
from carehome.db.database import Database, prepare
from carehome.services.billing import Billing

MONTH = date(2026, 10, 1)
TABLES = ("bill", "bill_line", "change", "bill_run")


def main(residents: int = 1000, rounds: int = 7) -> None:
    """Print how a bill run compares with its own inserts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "home.db"
        make_home(folder, residents).close()
        posted = folder / "posted.db"
        shutil.copy(source, posted)
        _run(posted)
        rows = {table: rows_of(posted, source, table) for table in TABLES}
        fresh = iter([open_copy(source, folder / f"run{n}.db") for n in range(rounds)])
        floors = iter([bare(source, folder / f"bare{n}.db") for n in range(rounds)])
        ours, floor = in_turn(
            rounds, lambda: post(next(fresh)), lambda: insert(next(floors), rows)
        )
    count = sum(len(listed) for listed in rows.values())
    say(f"bill run, {residents} residents, {count} rows", ours, floor, "at most 10, 5")


def open_copy(source: Path, target: Path) -> Database:
    """Open a copy of a home."""
    shutil.copy(source, target)
    db = Database(target, KEY)
    with db.reading():  # the file is open and the key is set before the clock starts
        pass
    return db


def bare(source: Path, target: Path) -> Database:
    """Open a copy of a home without any trigger."""
    db = open_copy(source, target)
    with db.writing(DIRECTOR, "benchmark") as session:
        connection = session.connection()
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.exec_driver_sql(names).all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return db


def _run(path: Path) -> None:
    db = Database(path, KEY)
    post(db)
    db.close()


def post(db: Database, month: date = MONTH) -> None:
    """Post a month as its trial has it."""
    billing = Billing(db, DIRECTOR, clock)
    billing.post(billing.trial(month))


def rows_of(posted: Path, source: Path, table: str) -> list[tuple[object, ...]]:
    """Return the rows that posting adds to a table."""
    with_run, without = dbapi2.connect(str(posted)), dbapi2.connect(str(source))
    for connection in (with_run, without):
        prepare(connection, KEY)
    last = without.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()[0]
    query = f'SELECT * FROM "{table}" WHERE id > ?'
    rows: list[tuple[object, ...]] = with_run.execute(query, [last]).fetchall()
    with_run.close()
    without.close()
    return rows


def insert(db: Database, rows: dict[str, list[tuple[object, ...]]]) -> None:
    """Insert rows by the bare connection, committed once."""
    with db._engine.connect() as connection:
        bare = connection.connection.dbapi_connection
        bare.execute("BEGIN")
        for table, listed in rows.items():
            marks = ", ".join("?" * len(listed[0]))
            bare.executemany(f'INSERT INTO "{table}" VALUES ({marks})', listed)
        bare.execute("COMMIT")

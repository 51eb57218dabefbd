"""The books of a year of 500 residents: ledger, check list, close, journal, statements.

The floor is a bare connection that fetches the same records (bills, lines, payments,
receipts) into plain tuples.
"""

import tempfile
from functools import partial
from pathlib import Path

from sqlalchemy import select

from benchmarks.bill_year import MONTHS
from benchmarks.bills import open_copy, post
from benchmarks.crowd import DIRECTOR, clock, make_home
from benchmarks.rounds import in_turn, say
from carehome.db.billing import BillRow
from carehome.db.database import Database
from carehome.rules.periods import Period, months_after
from carehome.services.books import Books, Statements
from carehome.services.day_close import DayCloses
from carehome.services.payments import MoneyIn, Payments, take_in

TABLES = ("bill", "bill_line", "payment", "payment_share", "receipt")
YEAR = Period(MONTHS[0], months_after(MONTHS[-1], 1))


def main(residents: int = 500, rounds: int = 3) -> None:
    """Print what the books take beside fetching their records."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_home(folder, residents).close()
        db = open_copy(folder / "home.db", folder / "year.db")
        _live_a_year(db)
        books, files = Books(db, DIRECTOR, clock), iter(range(rounds))
        things = {
            "balances of everybody": Payments(db, DIRECTOR, clock).balances,
            "trial balance of a year": partial(books.account_sums, YEAR),
            "check list of a month": partial(books.checks, MONTHS[-1]),
            "cash of a day": partial(DayCloses(db, DIRECTOR, clock).sheet, MONTHS[-1]),
            "journal of a month, xlsx": lambda: books.write_journal_workbook(
                MONTHS[-1], folder / f"{next(files)}.xlsx"
            ),
            "statement of a year": partial(
                Statements(db, DIRECTOR, clock).year, 1, YEAR.start.year + 1
            ),
        }
        *taken, floor = in_turn(rounds, *things.values(), partial(_fetch, db))
        for thing, seconds in zip(things, taken, strict=True):
            say(f"{thing}, {residents} residents", seconds, floor, "at most 10")
        db.close()


def _live_a_year(db: Database) -> None:
    """Post twelve months; nine in ten pay each of them in the month after."""
    for month in MONTHS:
        post(db, month)
        came = MoneyIn("cash", months_after(month, 1))
        with db.writing(DIRECTOR, "benchmark") as session:
            owed = select(BillRow.resident_id, BillRow.total_fen).where(
                BillRow.month == month, BillRow.resident_id % 10 > 0
            )
            for resident_id, fen in session.execute(owed).all():
                take_in(session, (DIRECTOR, clock()), resident_id, fen, came)


def _fetch(db: Database) -> None:
    with db.reading() as session:
        for table in TABLES:
            session.connection().exec_driver_sql(f'SELECT * FROM "{table}"').all()

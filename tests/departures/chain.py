"""The steps of a departure as a list of deeds; as a program of its own, to be killed.

`python -m tests.departures.chain FILE STEP WRITE` goes through a departure that is
ordered, and dies in the middle of STEP: when it is about to write for the WRITE-th time.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select

from carehome import i18n
from carehome.db.base import Base
from carehome.db.database import Database
from carehome.rules.departures import Death, Departure
from carehome.services.accounts import Approval
from carehome.services.departures import Deductions
from tests.conftest import KEY, TODAY
from tests.departures.conftest import HALF, LEFT, SON, Leaving

ORDERED = 1  # the number of the departure
SIGNED = Approval("accountant", "accountant-password")


def _take_off(leaving: Leaving) -> None:
    off = Deductions(TODAY, HALF, 120_00, "损坏轮椅", "同意书 1 号")
    leaving.departures.take_off(ORDERED, off)


STEPS: dict[str, Callable[[Leaving], Any]] = {
    "leave": lambda it: it.departures.leave(ORDERED, LEFT, Death(LEFT, "06:30")),
    "bill": lambda it: it.bill(ORDERED),
    "receiver": lambda it: it.departures.name_receiver(ORDERED, SON),
    "deposit": _take_off,
    "settle": lambda it: it.settle(ORDERED),
    "papers": lambda it: it.to_papers(ORDERED),
    "finish": lambda it: it.departures.finish(ORDERED),
}


def prepare(leaving: Leaving) -> None:
    """Let somebody who owes nothing up to October, with a deposit, be to leave."""
    leaving.payments.take(1, leaving.payments.account(1).owed, "cash", TODAY)
    leaving.deposits.take(1, 5000_00, "cash", TODAY)
    assert leaving.ordered(1, Departure.DEATH) == ORDERED


def everything(db: Database) -> dict[str, Any]:
    """Return all that a file holds; of the log, whose lines come in any order, how much."""
    with db.reading() as session:
        found: dict[str, Any] = {}
        for table in Base.metadata.sorted_tables:
            told = [column for column in table.columns if column.name != "change_id"]
            rows = session.execute(select(*told))
            found[table.name] = sorted(map(repr, rows))
    return {**found, "change": len(found["change"])}


def count_writes(then: Callable[[int], None]) -> Callable[[], None]:
    """Call `then` before each write and each end of a deed; return how to stop."""
    count = 0

    def note() -> None:
        nonlocal count
        count += 1
        then(count)

    def statement(_conn: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            note()

    def commit(connection: Any) -> None:
        if connection.get_execution_options().get("writing"):
            note()

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)

    def stop() -> None:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)

    return stop


def _die_at(write: int) -> Callable[[int], None]:
    def look(count: int) -> None:
        if count == write:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    return look


def main(path: str, last: str, write: str) -> None:
    """Go through the steps and die in the middle of one."""
    i18n.use("zh_CN")

    def now() -> datetime:
        return datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

    leaving = Leaving(Database(Path(path), KEY), now, signed=SIGNED)
    for name, do in STEPS.items():
        if name == last:
            count_writes(_die_at(int(write)))
        do(leaving)


if __name__ == "__main__":
    main(*sys.argv[1:])

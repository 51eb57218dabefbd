"""The long deeds of money, each on a home of its own, done by a process of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from carehome import i18n
from carehome.db.database import Database
from carehome.rules.bank.matching import Sure
from carehome.rules.ledger.day_close import Count
from carehome.rules.rights import Role
from carehome.services.accounts import Approval
from carehome.services.bank import Bank, BankLines, Chosen
from carehome.services.beds import NewBed, places
from carehome.services.books import Books
from carehome.services.day_close import DayCloses
from tests import house
from tests.bank.bank_files import NUMBER, lines, save_csv, two_columns
from tests.conftest import KEY, TODAY
from tests.departures.conftest import HALF, Leaving
from tests.purse import AUGUST, FEE, OCTOBER, SEPTEMBER, furnish

BEGUN, GO_ON, DONE = "begun", "go on", "done"
WRITE, COMMIT = b"w", b"c"  # a deed marks each write, and the end it is about to make
ROOMS = tuple(str(room) for room in range(401, 407))
SIGNED = Approval("accountant", "accountant-password")
LEAVER = 1  # who leaves, and the number of the departure
ACCOUNT = 1  # the account of daily business
BY_HAND = (1, 2)  # whose transfer a clerk has booked before the bank told it


@dataclass(frozen=True)
class Deed:
    """What has to be there before, and the one deed that is interrupted."""

    prepare: Callable[[Leaving], Any]
    do: Callable[[Leaving], Any]


def _full_house(purse: Leaving) -> None:
    """Let twelve more people live here, some of whom have paid ahead."""
    furnish(purse)
    with purse.db.writing(house.DIRECTOR, "house") as session:
        rooms = [
            NewBed("一号楼", room, label, "B", "四楼", 4, "female")
            for room in ROOMS
            for label in "12"
        ]
        places.add_beds_in(session, rooms)
        beds = places.bed_names_in(session)
    for bed, name in beds.items():
        if name[:3] in ROOMS:
            who = purse.live(f"孙{'一二三四五六七八九十'[bed % 10]}{bed}", bed)
            purse.payments.take(who, FEE + bed, "cash", TODAY)


def _two_months(purse: Leaving) -> None:
    _full_house(purse)
    for month in (AUGUST, SEPTEMBER):
        purse.post(month)


def _day_of_money(purse: Leaving) -> None:
    _two_months(purse)
    for who in (1, 2):
        purse.as_role(Role.FRONT_DESK).payments.take(who, 500_00, "cash", TODAY)


def _before_settling(purse: Leaving) -> None:
    """Let somebody with a deposit and prepaid money be at the end of leaving."""
    furnish(purse)
    purse.post(OCTOBER)
    purse.payments.take(LEAVER, FEE + 2 * HALF, "cash", TODAY)
    purse.deposits.take(LEAVER, 5000_00, "cash", TODAY)
    purse.taken_off(LEAVER)


def _statement_read(purse: Leaving) -> None:
    """Let the bank tell what everybody paid, some of which is in the books already."""
    _two_months(purse)
    owed = {who: owes for who, (owes, _) in purse.payments.balances().items() if owes}
    names = {who: purse.residents.file(who).person.name for who in owed}
    for who in BY_HAND:
        purse.payments.take(who, owed[who], "transfer", TODAY)
    paid = [(20, fen, names[who]) for who, fen in sorted(owed.items())]
    told = lines(*paid, (20, -12_00, "", "手续费"), (20, 34_56, "", "结息"))
    bank = purse.of(Bank)
    assert bank.add_account("基本户", "瑞禾银行", NUMBER, "operating") == ACCOUNT
    path = save_csv(purse.db.path.with_name("statement.csv"), two_columns(told))
    bank.take_over(ACCOUNT, bank.check(ACCOUNT, path))
    assert len(_sure(purse)) == len(told)


def _sure(purse: Leaving) -> list[Chosen]:
    """Return what the lines of the statement surely are."""
    return [
        Chosen(line.line_id, line.best)
        for line in purse.of(BankLines).open_lines(ACCOUNT)
        if line.best and line.best.sure is Sure.SURE
    ]


def _count_the_till(purse: Leaving) -> None:
    clerk = purse.as_role(Role.FRONT_DESK)
    clerk.of(DayCloses).close(TODAY, Count(999_00), "front_desk-password", "找零少一元")


DEEDS = {
    "bill run": Deed(_two_months, lambda it: it.post(OCTOBER)),
    "day close": Deed(_day_of_money, _count_the_till),
    "settlement": Deed(_before_settling, lambda it: it.settle(LEAVER)),
    "month close": Deed(_two_months, lambda it: it.of(Books).close(AUGUST)),
    "bank match": Deed(_statement_read, lambda it: it.of(BankLines).accept(_sure(it))),
}


def at_hand(path: Path) -> Leaving:
    """Open a home at the same moment every time: the same deed writes the same rows."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 30, tzinfo=UTC)
    return Leaving(Database(path, KEY), lambda: now, signed=SIGNED)


def run(name: str, path: Path, marks: Path, teller: Connection) -> None:
    """Do a deed: tell when it is about to write, go on when told, tell when it is done.

    How far it came stands in `marks`, also when the process was killed.
    """
    i18n.use("zh_CN")
    purse = at_hand(path)
    with marks.open("wb", buffering=0) as far:

        def statement(_conn: Any, _cursor: Any, sql: str, *_more: Any) -> None:
            if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
                if not far.tell():
                    teller.send(BEGUN)
                    teller.recv()
                far.write(WRITE)

        def commit(connection: Any) -> None:
            if connection.get_execution_options().get("writing"):
                far.write(COMMIT)

        event.listen(Engine, "before_cursor_execute", statement)
        event.listen(Engine, "commit", commit)
        DEEDS[name].do(purse)
        teller.send(DONE)

"""A home whose money is counted twice: by its services, and by plain sums."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from sqlalchemy import Connection

from carehome.db.database import Database
from carehome.errors import Refusal
from carehome.rules.bank.statement import BankLine
from carehome.rules.billing.lines import Line
from carehome.rules.ledger.accounts import INCOME, TILLS, Code
from carehome.rules.ledger.day_close import Count
from carehome.rules.ledger.deeds import resident
from carehome.rules.ledger.entry import Party
from carehome.rules.rights import Role
from carehome.services.bank import Bank
from carehome.services.billing.trial import Trial
from carehome.services.day_close import DayCloses
from carehome.services.ledger import entries_in
from tests.conftest import KEY, ROLES
from tests.purse import FEE, Purse

WHO = (1, 2, 3)
RESIDENTS = st.sampled_from(WHO)
AMOUNTS = st.one_of(
    st.sampled_from([1, FEE, 2 * FEE, 6 * FEE, 13 * FEE]), st.integers(1, 20 * FEE)
)
SMALL = st.integers(1, 2 * FEE)
METHODS = st.sampled_from(["cash", "cash", "transfer", "wechat"])
PICK = st.integers(0, 99)
HANDS = (Role.DIRECTOR, Role.ACCOUNTANT)
CLERKS = st.sampled_from(HANDS)

Place = tuple[Code, Party | None]


class Move(NamedTuple):
    """Money that went from one place to another; `by` held the cash."""

    fen: int
    to: Place
    source: Place
    by: int = 0


def at(code: Code, party: Party | None = None) -> Place:
    """Return an account, of somebody or of nobody."""
    return code, party


def till(method: str) -> Place:
    """Return where the money of a way of paying lies."""
    return at(TILLS[method])


def fees_of(who: int) -> Place:
    """Return what a resident owes, less what is prepaid."""
    return at(Code.RESIDENTS, resident(who))


def deposit_of(who: int) -> Place:
    """Return the deposit of a resident."""
    return at(Code.DEPOSITS, resident(who))


def trust_of(who: int) -> Place:
    """Return what is kept for a resident."""
    return at(Code.TRUST, resident(who))


def borne_by(payer_id: int) -> Place:
    """Return what another payer owes."""
    return at(Code.PAYERS, Party("payer", payer_id))


def pocket(method: str) -> Place:
    """Return out of which place deposit is given back."""
    place = till(method)
    return at(Code.DEPOSIT_BANK) if place == at(Code.BANK) else place


class CountedHome(RuleBasedStateMachine):
    """A home, and what its deeds come to by plain sums of in less out."""

    template: Path
    folder: Path
    runs = 0
    commits = 0

    @initialize()
    def open(self) -> None:
        """Begin with two posted months, three residents and empty tills."""
        CountedHome.runs += 1
        path = self.folder / f"{self.runs}.db"
        path.write_bytes(self.template.read_bytes())
        self.db = Database(path, KEY)
        self.day = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
        self.month = date(2026, 11, 1)
        self.purse = Purse(self.db, lambda: self.day)
        self.tally: Counter[Place] = Counter()
        self.tills: Counter[int] = Counter()
        self.receipts: dict[int, list[Move]] = {}
        self.known: set[int] = set()  # receipts, void ones too
        with self.db.reading() as session:
            for entry in entries_in(session):
                for line in entry.lines:
                    self.tally[line.account, line.party] += line.fen
        summer = date(2026, 7, 1)
        noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
        for role in HANDS:
            early = Purse(self.db, lambda: noon, role)
            early.of(DayCloses).close(summer, Count(0), "")
            self.tills[ROLES[role].account_id] = 0
        self.begin()
        before = self.today - timedelta(days=30)
        self.take(self.purse.payments.take, 1, 6 * FEE, "cash", before)
        self.take_deposit(2, 3 * FEE, "cash", before)
        self.stock()

    def begin(self) -> None:
        """Remember what the deeds of each subject need."""
        self.payer = self.purse.payer()
        self.refused: dict[int, int] = {}
        self.returned: dict[int, list[Move]] = {}
        self.lost: dict[int, int] = {}
        self.told: list[BankLine] = []
        self.said: dict[int, list[tuple[int, Move]]] = {}
        self.counted: dict[int, list[Move]] = {}
        self.leaving: dict[int, int] = {}
        self.handed: dict[int, list[Move]] = {}
        self.trusted: dict[int, list[Move]] = {}
        self.trips: dict[int, list[Move]] = {}
        self.gifts: dict[int, list[Move]] = {}
        self.uses: dict[int, list[Move]] = {}
        self.supplies: dict[int, list[Move]] = {}
        self.grants: dict[int, list[Move]] = {}
        self.came: dict[int, list[Move]] = {}
        bank = self.purse.of(Bank)
        self.accounts = {
            bank.add_account("基本户", "", "6200019900000001", "operating"): Code.BANK,
            bank.add_account(
                "押金专户", "", "6200019900000002", "deposit"
            ): Code.DEPOSIT_BANK,
        }

    def stock(self) -> None:
        """Let there be some money of each kind from the start."""

    def teardown(self) -> None:
        """Close the file."""
        if hasattr(self, "db"):
            self.db.close()

    @property
    def today(self) -> date:
        """The day on which everything happens."""
        return self.day.date()

    @property
    def me(self) -> int:
        """The account of the director, who does most."""
        return ROLES[Role.DIRECTOR].account_id

    def dare(self, deed: Any, *values: Any) -> Iterator[Any]:
        """Do what may be refused, and yield what it returns if it is not.

        What is refused is never written in part.
        """
        self.day += timedelta(seconds=1)
        before = CountedHome.commits
        try:
            done = deed(*values)
        except Refusal:
            assert CountedHome.commits == before, "a refused deed was written"
            return
        yield done

    def book(self, *moves: Move) -> list[Move]:
        """Add moves to the sums."""
        for fen, to, source, by in moves:
            self.tally[to] += fen
            self.tally[source] -= fen
            self.tills[by] += fen * ((to == till("cash")) - (source == till("cash")))
        return list(moves)

    def turn(self, moves: Iterable[Move]) -> None:
        """Take moves back."""
        self.book(*(move._replace(fen=-move.fen) for move in moves))

    def receipt(self, receipt_id: int, *moves: Move) -> None:
        """Book what a receipt was issued for."""
        assert receipt_id not in self.known
        self.known.add(receipt_id)
        self.receipts[receipt_id] = self.book(*moves)

    def take(self, deed: Any, who: int, fen: int, method: str, day: date) -> None:
        """Take a payment of the family."""
        by = deed.__self__._user.account_id
        for made in self.dare(deed, who, fen, method, day):
            self.receipt(made, Move(fen, till(method), fees_of(who), by))

    def take_deposit(self, who: int, fen: int, method: str, day: date) -> None:
        """Take a deposit, never above the cap."""
        for made in self.dare(self.purse.deposits.take, who, fen, method, day):
            self.receipt(made, Move(fen, till(method), deposit_of(who), self.me))
            standing = self.purse.deposits.standing(who)
            assert standing.cap is not None
            assert standing.held <= standing.cap

    def billed(self, trials: Iterable[Trial], payer_id: int) -> None:
        """Book what trials said that would be billed."""
        for trial in trials:
            for bill in trial.bills:
                for line in bill.all_lines:
                    self.book(_charged(line, bill.resident_id, payer_id))


def _charged(line: Line, who: int, payer_id: int) -> Move:
    """Return what a line of a bill moves: fees of somebody, or what a payer bears."""
    if line.payer:
        return Move(line.amount_fen, fees_of(who), borne_by(payer_id))
    category = line.category or "other"
    income = at(INCOME[category], resident(who))
    return Move(line.amount_fen, fees_of(who), income)


def note_commit(connection: Connection) -> None:
    """Count the deeds that were written."""
    if connection.get_execution_options().get("writing"):
        CountedHome.commits += 1


def one(found: Iterable[Any], pick: int) -> Any:
    """Return one of what there is, or None."""
    listed = list(found)
    return listed[pick % len(listed)] if listed else None

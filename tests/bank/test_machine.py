"""Whatever is read, booked, void and taken back: books and bank come out to the fen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from carehome.db.billing import ReceiptRow
from carehome.db.database import Database
from carehome.errors import Refusal
from carehome.rules.bank.matching import Part
from carehome.rules.bank.reconciling import Cause
from carehome.rules.bank.statement import BankLine, Statement
from carehome.services.bank import Bank, BankLines, Checked, KeptLine, Posting
from tests.bank.bank_files import NUMBER
from tests.bank.conftest import DEDICATED, FIRST, LAST
from tests.conftest import KEY
from tests.purse import FEE, Purse

CLOCK = lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC)  # noqa: E731
RESIDENTS = st.sampled_from([1, 2])
FEN = st.sampled_from([1, 100, FEE, 2 * FEE, 3 * FEE])
SIGNED = st.one_of(FEN, FEN, FEN.map(lambda fen: -fen))
DAYS = st.integers(10, 21).map(lambda day: date(2026, 11, day))
PICK = st.integers(0, 30)


class Tills(RuleBasedStateMachine):
    """Statements of two accounts come in while clerks book money themselves."""

    template: Path
    folder: Path
    runs = 0

    @initialize()
    def open(self) -> None:
        Tills.runs += 1
        path = self.folder / f"{Tills.runs}.db"
        path.write_bytes(self.template.read_bytes())
        self.db = Database(path, KEY)
        self.purse = Purse(self.db, CLOCK)
        self.bank, self.lines = self.purse.of(Bank), self.purse.of(BankLines)
        self.accounts = [
            self.bank.add_account("基本户", "", NUMBER, "operating"),
            self.bank.add_account("押金专户", "", DEDICATED, "deposit"),
        ]
        self.told: dict[int, list[BankLine]] = {each: [] for each in self.accounts}
        noon = date(2026, 11, 12)
        self.purse.payments.take(1, FEE, "transfer", noon)
        self.purse.deposits.take(1, FEE, "cash", noon)
        self.purse.deposits.take(2, 2 * FEE, "transfer", noon)
        self.read(0, [FEE, 2 * FEE, FEE, -100])
        self.read(1, [FEE, 2 * FEE, 100])

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.db.close()

    @rule(which=st.integers(0, 1), fen=st.lists(SIGNED, min_size=1, max_size=4))
    def read(self, which: int, fen: list[int]) -> None:
        account = self.accounts[which]
        told = self.told[account]
        for each in fen:
            last = told[-1] if told else BankLine(0, date(2026, 11, 10), 1, 1000_00)
            day = min(last.day.replace(day=last.day.day + len(told) % 2), LAST_DAY)
            line = replace(
                last,
                row=len(told) + 1,
                day=day,
                fen=each,
                balance_fen=last.balance_fen + each,
                mark=str(len(told)),
            )
            told.append(line)
        statement = Statement("signed", "", tuple(told))  # all lines once more
        over = self.bank.take_over(account, Checked("a.csv", statement))
        assert (over.new, over.known) == (len(fen), len(told) - len(fen))

    @rule(pick=PICK, who=RESIDENTS, is_split=st.booleans())
    def post(self, pick: int, who: int, is_split: bool) -> None:
        line = self.one(self.accounts[0], pick)
        fen = line.fen
        parts = (Part(who, fen),)
        if is_split and fen > 1:
            parts = (Part(who, 1), Part(3 - who, fen - 1))
        self.dare(self.lines.post, [Posting(line.line_id, parts)])

    @rule(which=st.integers(0, 1), pick=PICK)
    def link(self, which: int, pick: int) -> None:
        line = self.one(self.accounts[which], pick)
        if line.deeds:
            deeds = [each.deed for each in line.deeds[0]]
            self.dare(self.lines.link, line.line_id, deeds)

    @rule(which=st.integers(0, 1), pick=PICK)
    def set_aside(self, which: int, pick: int) -> None:
        line = self.one(self.accounts[which], pick)
        self.dare(self.lines.set_aside, line.line_id, "其他")

    @rule(which=st.integers(0, 1), pick=PICK)
    def unmatch(self, which: int, pick: int) -> None:
        line = self.one(self.accounts[which], pick)
        self.dare(self.lines.unmatch, line.line_id)

    @rule(who=RESIDENTS, fen=FEN, day=DAYS, way=st.integers(0, 3))
    def book_by_hand(self, who: int, fen: int, day: date, way: int) -> None:
        deposits = self.purse.deposits
        if way == 0:
            self.dare(self.purse.payments.take, who, fen, "transfer", day)
        elif way == 1:
            self.dare(deposits.spend_in_emergency, who, fen, "transfer", day, "急诊")
        else:
            self.dare(deposits.take, who, fen, ("cash", "transfer")[way - 2], day)

    @rule(pick=PICK)
    def void(self, pick: int) -> None:
        receipts = self.purse.receipts.receipts(FIRST, LAST)
        if receipts:
            receipt = receipts[pick % len(receipts)]
            self.dare(self.purse.receipts.void, receipt.receipt_id, "记错")

    @invariant()
    def the_differences_lead_from_the_books_to_the_bank(self) -> None:
        for account, told in getattr(self, "told", {}).items():
            for day in {told[-1].day, LAST_DAY}:
                found = self.bank.reconciliation(account, day)
                assert found is not None
                apart = sum(each.fen for each in found.differences)
                assert found.books_fen + found.aside_fen + apart == found.bank_fen
                before = [line for line in told if line.day <= day]
                assert found.bank_fen == before[-1].balance_fen
                causes = {each.cause for each in found.differences}
                assert not causes & {Cause.GAP, Cause.UNEQUAL}

    @invariant()
    def no_receipt_is_missing(self) -> None:
        if hasattr(self, "db"):
            with self.db.reading() as session:
                numbers = session.scalars(select(ReceiptRow.number)).all()
            assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def what_was_dealt_with_is_in_the_books(self) -> None:
        for account in getattr(self, "accounts", ()):
            for line in self.lines.lines(account, FIRST, LAST):
                assert line.unclaimed in (0, line.fen)

    def one(self, account: int, pick: int) -> KeptLine:
        """Return one of the lines of an account."""
        found = self.lines.lines(account, FIRST, LAST)
        return found[pick % len(found)]

    def dare(self, deed, *values) -> None:
        """Do what may be refused."""
        try:
            deed(*values)
        except Refusal:
            return


LAST_DAY = date(2026, 11, 21)


@pytest.fixture
def machine(_template: Path, tmp_path: Path) -> type[Tills]:
    """The machine on a home of its own."""
    Tills.template, Tills.folder = _template, tmp_path
    return Tills


def test_books_and_bank_come_out_to_the_fen(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=8, stateful_step_count=15),
    )

"""Whatever people do with money in whatever order, the books stay right."""

from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from carehome.db.billing import BillRow, PaymentRow, PaymentShareRow, ReceiptRow
from carehome.db.database import Database
from carehome.errors import Refusal
from carehome.rules.periods import months_after
from carehome.rules.rights import Role
from carehome.services.accounts import Approval
from tests.conftest import KEY, ROLES
from tests.purse import FEE, Purse

RESIDENTS = st.sampled_from([1, 2])
AMOUNTS = st.one_of(
    st.sampled_from([1, FEE, 2 * FEE, 6 * FEE, 13 * FEE]), st.integers(1, 20 * FEE)
)
DAYS = st.integers(1, 28)


class Money(RuleBasedStateMachine):
    """Months pass, grades change, money comes, goes, and is found to be a slip."""

    template: Path
    folder: Path
    passwords: dict[Role, str]
    runs = 0

    @initialize()
    def open(self) -> None:
        Money.runs += 1
        path = self.folder / f"{Money.runs}.db"
        path.write_bytes(self.template.read_bytes())
        self.db = Database(path, KEY)
        self.day = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
        self.month = date(2026, 11, 1)
        self.purse = Purse(self.db, lambda: self.day)
        self.issued: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.db.close()

    @rule(who=RESIDENTS, fen=AMOUNTS)
    def pay(self, who: int, fen: int) -> None:
        self.take(self.purse.payments.take, who, fen, "cash", self.day.date())

    @rule(who=RESIDENTS, fen=AMOUNTS)
    def deposit(self, who: int, fen: int) -> None:
        took = self.take(self.purse.deposits.take, who, fen, "cash", self.day.date())
        standing = self.purse.deposits.standing(who)
        assert not took or standing.held <= standing.cap

    @rule(who=RESIDENTS, fen=AMOUNTS)
    def give_back(self, who: int, fen: int) -> None:
        signed = Approval("accountant", "accountant-password")
        deed = self.purse.deposits.refund
        self.take(deed, who, fen, "cash", self.day.date(), "退还", signed)

    @rule(who=RESIDENTS, fen=AMOUNTS)
    def set_off(self, who: int, fen: int) -> None:
        try:
            self.purse.deposits.set_off(who, fen, self.day.date(), "欠费", "同意书")
        except Refusal:
            return

    @precondition(lambda self: self.issued)
    @rule(at=st.integers(0, 99))
    def void(self, at: int) -> None:
        try:
            self.purse.receipts.void(self.issued[at % len(self.issued)], "打错")
        except Refusal:
            return

    @rule(who=RESIDENTS, grade=st.sampled_from(["self_care", "full"]), day=DAYS)
    def grade(self, who: int, grade: str, day: int) -> None:
        last = months_after(self.month, -1).replace(day=day)
        self.purse.residents.set_grade(who, grade, last, consent_by="家属")

    @precondition(lambda self: self.month < date(2027, 2, 1))
    @rule()
    def post(self) -> None:
        self.purse.post(self.month)
        self.month = months_after(self.month, 1)
        self.day = datetime.combine(
            self.month.replace(day=21), self.day.time(), tzinfo=UTC
        )

    def take(self, deed, *values) -> bool:
        try:
            self.issued.append(deed(*values))
        except Refusal:
            return False
        return True

    @invariant()
    def receipts_have_no_gaps(self) -> None:
        if not hasattr(self, "db"):
            return
        with self.db.reading() as session:
            rows = session.execute(select(ReceiptRow.year, ReceiptRow.number)).all()
        for year in {year for year, _number in rows}:
            numbers = sorted(number for y, number in rows if y == year)
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def no_money_is_lost_or_found(self) -> None:
        if not hasattr(self, "db"):
            return
        with self.db.reading() as session:
            taken = session.scalar(
                select(func.sum(PaymentRow.fen)).where(~PaymentRow.is_void)
            )
            billed = session.scalar(select(func.sum(BillRow.total_fen)))
            shares = session.scalars(select(PaymentShareRow)).all()
            totals = dict(session.execute(select(BillRow.id, BillRow.total_fen)).all())
        for bill_id, total in totals.items():
            given = sum(s.fen for s in shares if s.bill_id == bill_id)
            used = sum(s.fen for s in shares if s.credit_bill_id == bill_id)
            assert given <= max(total, 0)
            assert used <= max(-total, 0)
        balances = self.purse.payments.balances().values()
        owed, prepaid = sum(o for o, _p in balances), sum(p for _o, p in balances)
        assert (taken or 0) + owed == billed + prepaid

    @invariant()
    def nothing_held_is_below_nothing(self) -> None:
        if hasattr(self, "db"):
            for standing in self.purse.deposits.standings():
                assert standing.held >= 0


@pytest.fixture
def machine(_template, tmp_path, monkeypatch) -> type[Money]:
    # a real signature costs a third of a second: tests/deposits looks at that
    monkeypatch.setattr(
        "carehome.services.deposits.service.approved_by",
        lambda *_: ROLES[Role.ACCOUNTANT],
    )
    Money.template, Money.folder = _template, tmp_path
    return Money


def test_the_books_stay_right_whatever_is_done(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=15, stateful_step_count=12, deadline=None),
    )

"""Whatever people do with money in whatever order, the books stay right."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
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

from carehome.db.billing import (
    BillLineRow,
    BillRow,
    PaymentRow,
    PaymentShareRow,
    ReceiptRow,
)
from carehome.db.database import Database
from carehome.db.departures import PayoutRow, PayoutShareRow
from carehome.errors import Refusal
from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.deeds import resident
from carehome.rules.ledger.entry import Entry
from carehome.rules.periods import Period, month_of, months_after
from carehome.rules.rights import Role
from carehome.services.accounts import Approval
from carehome.services.books import Books
from carehome.services.ledger import entries_in
from carehome.services.payouts import pay_out_in
from carehome.services.receipts import issue_in
from carehome.services.trust import TrustMoney, TrustStanding
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
        self.bills: dict[int, str] = {}
        self.closed: dict[date, list[Entry]] = {}
        before = self.day.date() - timedelta(days=30)
        self.take(self.purse.payments.take, 1, 6 * FEE, "cash", before)
        self.take(self.purse.deposits.take, 2, 3 * FEE, "cash", before)

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.db.close()

    @rule(who=RESIDENTS, fen=AMOUNTS, back=st.sampled_from([0, 0, 20, 60]))
    def pay(self, who: int, fen: int, back: int) -> None:
        day = self.day.date() - timedelta(days=back)
        self.take(self.purse.payments.take, who, fen, "cash", day)

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

    @rule(who=RESIDENTS, fen=AMOUNTS)
    def hurry_to_hospital(self, who: int, fen: int) -> None:
        try:
            day = self.day.date()
            self.purse.deposits.spend_in_emergency(who, fen, "cash", day, "急诊")
        except Refusal:
            return

    @rule(days=st.integers(0, 3))
    def bank(self, days: int) -> None:
        self.day += timedelta(days=days)
        waiting = [
            entry.entry_id
            for entry in self.purse.deposits.entries()
            if entry.kind == "in" and entry.banked_on is None and not entry.is_void
        ]
        self.purse.deposits.bank(waiting, self.day.date())

    @rule(who=RESIDENTS)
    def pay_back(self, who: int) -> None:
        now = self.day.replace(tzinfo=None)
        with self.db.writing(ROLES[Role.DIRECTOR], "test", now) as session:
            what = (who, self.day.date(), "transfer", "家属", "申请")
            row = pay_out_in(session, *what, (4, 1))
            if row is not None:
                lines = [("退还", -row.fen)]
                self.issued.append(issue_in(session, now, "院长", row, lines, "家属"))

    @rule(who=RESIDENTS, percent=st.sampled_from([30, 100]))
    def insure(self, who: int, percent: int) -> None:
        span = Period(self.month, months_after(self.month, 1))
        self.purse.cover(who, percent, span)

    @rule(who=RESIDENTS, fen=AMOUNTS, comes=st.booleans())
    def keep_in_trust(self, who: int, fen: int, comes: bool) -> None:
        kept, day = self.purse.of(TrustMoney), self.day.date()
        try:
            if comes:
                kept.take(who, fen, "cash", day, "养老金")
            else:
                kept.spend(who, fen, "cash", day, "买鞋", "发票")
        except Refusal:
            return

    @rule()
    def close(self) -> None:
        month = months_after(self.day.date().replace(day=1), -1)
        try:
            self.purse.of(Books).close(month)
        except Refusal:
            return
        with self.db.reading() as session:
            for entry in entries_in(session, Period(date.min, months_after(month, 1))):
                first = entry.day.replace(day=1)
                self.closed.setdefault(first, [])
        self.closed = self.entries_of(self.closed)

    @precondition(lambda self: self.closed)
    @rule()
    def reopen(self) -> None:
        self.purse.of(Books).reopen("少记一笔")
        self.closed = {}  # what is before the newest close is looked at when closed anew

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
            out = session.scalar(
                select(func.sum(PayoutRow.fen)).where(~PayoutRow.is_void)
            )
            out_of = dict(
                session.execute(
                    select(PayoutShareRow.credit_bill_id, PayoutShareRow.fen)
                ).all()
            )
        for bill_id, total in totals.items():
            given = sum(s.fen for s in shares if s.bill_id == bill_id)
            used = sum(s.fen for s in shares if s.credit_bill_id == bill_id)
            assert given <= max(total, 0)
            assert used + out_of.get(bill_id, 0) <= max(-total, 0)
        balances = self.purse.payments.balances().values()
        owed, prepaid = sum(o for o, _p in balances), sum(p for _o, p in balances)
        assert (taken or 0) - (out or 0) + owed == billed + prepaid

    @invariant()
    def nothing_held_is_below_nothing(self) -> None:
        if hasattr(self, "db"):
            for standing in self.purse.deposits.standings():
                assert standing.held >= 0

    @invariant()
    def the_ledger_says_the_same(self) -> None:
        if not hasattr(self, "db"):
            return
        with self.db.reading() as session:
            entries = entries_in(session)
        known = list(sums.until(entries, self.day.date()))
        owed_by = sums.balances(known, Code.RESIDENTS)
        assert owed_by == sums.balances(entries, Code.RESIDENTS)
        held_for = sums.balances(known, Code.DEPOSITS)
        balances = self.purse.payments.balances()
        for who in (1, 2):
            owed, prepaid = balances.get(who, (0, 0))
            assert owed_by.get(resident(who), 0) == owed - prepaid
            standing = self.purse.deposits.standing(who)
            assert -held_for.get(resident(who), 0) == standing.held
        arrears = {each.resident_id: each.owed for each in self.purse.arrears.owing()}
        split = list(sums.apart(known))
        due = sums.balances(split, Code.RECEIVABLE)
        ahead = sums.balances(split, Code.PREPAID)
        for who, (owed, prepaid) in balances.items():
            both = min(owed, prepaid)  # a void leaves what the next deed settles
            assert due.get(resident(who), 0) == owed - both
            assert -ahead.get(resident(who), 0) == prepaid - both
            assert arrears.get(who, 0) == owed
        moved = sums.account_sums(split, Period(date.min, date.max))
        assert sum(each.after for each in moved) == 0

    @invariant()
    def closed_months_stay_as_they_are(self) -> None:
        if hasattr(self, "db"):
            assert self.entries_of(self.closed) == self.closed

    def entries_of(self, months: Iterable[date]) -> dict[date, list[Entry]]:
        with self.db.reading() as session:
            entries = entries_in(session)
        return {
            month: [each for each in entries if month_of(month).holds(each.day)]
            for month in months
        }

    @invariant()
    def nothing_kept_in_trust_is_below_nothing(self) -> None:
        if hasattr(self, "db"):
            kept = {each.resident_id: each for each in self.trusted()}
            with self.db.reading() as session:
                found = sums.balances(entries_in(session), Code.TRUST)
            for who in (1, 2):
                fen = kept[who].kept if who in kept else 0
                assert fen == -found.get(resident(who), 0) >= 0

    def trusted(self) -> list[TrustStanding]:
        return self.purse.of(TrustMoney).standings()

    @invariant()
    def posted_bills_stay_as_they_are(self) -> None:
        if not hasattr(self, "db"):
            return
        with self.db.reading() as session:
            bills = session.execute(
                select(BillRow.id, BillRow.number, BillRow.total_fen, BillRow.facts)
            ).all()
            lines = defaultdict(list)
            for line in session.execute(
                select(BillLineRow.bill_id, BillLineRow.detail).order_by(BillLineRow.id)
            ):
                lines[line.bill_id].append(line.detail)
        now = {bill.id: repr((bill, lines[bill.id])) for bill in bills}
        assert now | self.bills == now
        self.bills = now


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
        settings=settings(max_examples=15, stateful_step_count=16, deadline=None),
    )

"""Whatever people do with money in whatever order, the books stay right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, event, func, select

from carehome.db.billing import (
    BillLineRow,
    BillRow,
    PaymentRow,
    PaymentShareRow,
    ReceiptRow,
)
from carehome.db.database import Database
from carehome.db.departures import PayoutRow, PayoutShareRow
from carehome.rules.bank.choosing import Does
from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.deeds import resident
from carehome.rules.ledger.entry import Entry
from carehome.rules.periods import Period, month_of, months_after
from carehome.rules.rights import Role
from carehome.services.beds.places import bed_names_in
from carehome.services.books import Books
from carehome.services.deposits.account import DepositAccount
from carehome.services.late_facts import LateFacts
from carehome.services.ledger import entries_in
from carehome.services.payers import Payers
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.tills import Tills
from carehome.services.trust import TrustMoney, TrustTill
from tests.conftest import KEY, ROLES
from tests.house import DIRECTOR
from tests.payments.acts import (
    BankStatements,
    Farewells,
    Fees,
    Gifts,
    Kept,
    OtherPayers,
    TillMoney,
)
from tests.payments.tally import (
    HANDS,
    RESIDENTS,
    WHO,
    CountedHome,
    Place,
    at,
    borne_by,
    deposit_of,
    fees_of,
    note_commit,
    trust_of,
)
from tests.purse import FEE, NOVEMBER, SEPTEMBER, Purse
from tests.subsidies.conftest import assess

DAYS = st.integers(1, 28)


class Money(
    Fees, OtherPayers, BankStatements, TillMoney, Kept, Gifts, Farewells, CountedHome
):
    """Months pass, grades change, money comes, goes, and is found to be a slip."""

    def begin(self) -> None:
        """Remember nothing of bills and closes yet."""
        super().begin()
        self.bills: dict[int, str] = {}
        self.closed: dict[date, list[Entry]] = {}

    def stock(self) -> None:
        """Keep money for all, let the insurance owe some, and the bank tell of some."""
        for who in WHO:
            self.keep(who, 2000_00, "cash")
        self.insure(1, 30)
        self.post()
        self.payer_pays(200_00, "cash")
        self.give(1000_00, "cash")
        self.read(0, [FEE, -100, 50])
        self.insist(0, 1, 1, Does.CHARGE)
        self.insist(0, 1, 1, Does.INTEREST)
        assert len(self.said) == 2

    @rule()
    def close(self) -> None:
        month = months_after(self.today.replace(day=1), -1)
        for _ in self.dare(self.purse.of(Books).close, month):
            with self.db.reading() as session:
                entries = entries_in(session, Period(date.min, months_after(month, 1)))
            months = {entry.day.replace(day=1) for entry in entries}
            self.closed = self.entries_of({*self.closed, *months})

    @precondition(lambda self: self.closed)
    @rule()
    def reopen(self) -> None:
        self.purse.of(Books).reopen("少记一笔")
        self.closed = {}  # what is before the newest close is looked at when closed anew

    @rule(who=RESIDENTS, grade=st.sampled_from(["self_care", "full"]), day=DAYS)
    def grade(self, who: int, grade: str, day: int) -> None:
        last = months_after(self.month, -1).replace(day=day)
        deed = self.purse.residents.set_grade
        list(self.dare(lambda: deed(who, grade, last, consent_by="家属")))

    @precondition(lambda self: self.month < date(2027, 2, 1))
    @rule()
    def post(self) -> None:
        old = self.purse.waiting(self.month)
        if old:
            self.purse.of(LateFacts).confirm(old, "补记")
        trial = self.purse.billing.trial(self.month)
        for _ in self.dare(self.purse.billing.post, trial):
            self.billed([trial.sure], self.payer)
            self.month = months_after(self.month, 1)
            self.day = datetime.combine(
                self.month.replace(day=21), self.day.time(), tzinfo=UTC
            )

    @invariant()
    def no_receipt_is_missing_or_there_twice(self) -> None:
        with self.db.reading() as session:
            query = select(ReceiptRow.id, ReceiptRow.year, ReceiptRow.number)
            rows = session.execute(query).all()
        assert {each.id for each in rows} == self.known
        for year in {each.year for each in rows}:
            numbers = sorted(each.number for each in rows if each.year == year)
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def every_account_holds_what_came_in_less_what_went_out(self) -> None:
        found: Counter[Place] = Counter()
        for entry in self.entries():
            assert sum(line.debit - line.credit for line in entry.lines) == 0
            for line in entry.lines:
                found[line.account, line.party] += line.debit - line.credit
        assert _something(found) == _something(self.tally)

    @invariant()
    def every_till_holds_what_its_owner_took_less_what_they_gave(self) -> None:
        for role in HANDS:
            booked = self.purse.as_role(role).of(Tills).now().booked
            assert booked == self.tills[ROLES[role].account_id], role

    @invariant()
    def the_services_say_what_the_sums_say(self) -> None:
        balances = self.purse.payments.balances()
        kept = {x.resident_id: x.kept for x in self.purse.of(TrustMoney).standings()}
        for who in WHO:
            owed, prepaid = balances.get(who, (0, 0))
            assert owed - prepaid == self.tally[fees_of(who)]
            held = self.purse.deposits.standing(who).held
            assert held == -self.tally[deposit_of(who)] >= 0
            assert kept.get(who, 0) == -self.tally[trust_of(who)] >= 0
        places = self.purse.of(TrustTill).places()
        assert places.cash == self.tally[at(Code.TRUST_CASH)]
        assert places.bank == self.tally[at(Code.TRUST_BANK)]
        account = self.purse.of(DepositAccount).standing(self.today)
        assert account.held == -sum(self.tally[deposit_of(who)] for who in WHO)
        assert account.unexplained == 0

    @invariant()
    def payers_owe_what_they_bear_less_what_they_paid_and_refused(self) -> None:
        payers = self.purse.of(Payers)
        waiting = {
            cut.cut_id
            for cut in payers.cuts(self.payer)
            if cut.cut_id in self.refused and not cut.is_billed
        }
        refused = sum(self.refused[cut] for cut in waiting)
        [state] = (x for x in payers.states() if x.payer.payer_id == self.payer)
        assert state.open + refused == self.tally[borne_by(self.payer)]

    @invariant()
    def no_money_is_lost_or_found(self) -> None:
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
    def what_is_owed_and_what_is_prepaid_come_out_apart(self) -> None:
        balances = self.purse.payments.balances()
        arrears = {each.resident_id: each.owed for each in self.purse.arrears.owing()}
        split = list(sums.apart(sums.until(self.entries(), self.today)))
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
        assert self.entries_of(self.closed) == self.closed

    def entries_of(self, months: Iterable[date]) -> dict[date, list[Entry]]:
        entries = self.entries()
        return {
            month: [each for each in entries if month_of(month).holds(each.day)]
            for month in months
        }

    def entries(self) -> list[Entry]:
        with self.db.reading() as session:
            return entries_in(session)

    @invariant()
    def posted_bills_stay_as_they_are(self) -> None:
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


def _something(found: Counter[Place]) -> dict[Place, int]:
    return {place: fen for place, fen in found.items() if fen}


@pytest.fixture(scope="session")
def _home(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of three stars, with a third resident since November."""
    path = tmp_path_factory.mktemp("machine") / "home.db"
    path.write_bytes(_template.read_bytes())
    db = Database(path, KEY)
    purse = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    with db.reading() as session:
        beds = {name: bed for bed, name in bed_names_in(session).items()}
    purse.live("张建华", beds[max(beds)], NOVEMBER, sex="male")
    purse.of(RatingAwards).save(Award(3, date(2026, 9, 1)))
    with db.writing(DIRECTOR, "assess") as session:
        for who, level in zip(WHO, (4, 1, 0), strict=True):
            assess(session, who, level, NOVEMBER if who == WHO[-1] else SEPTEMBER)
    db.close()
    return path


@pytest.fixture
def machine(
    _home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[type[Money]]:
    # a real signature costs a third of a second: each subject's own tests look at it
    for subject in ("deposits.service", "departures.service", "tills"):
        monkeypatch.setattr(
            f"carehome.services.{subject}.approved_by",
            lambda *_: ROLES[Role.ACCOUNTANT],
        )
    monkeypatch.setattr("carehome.services.day_close.check_signature", lambda *_: None)
    Money.template, Money.folder = _home, tmp_path
    event.listen(Engine, "commit", note_commit)
    yield Money
    event.remove(Engine, "commit", note_commit)


def test_the_books_stay_right_whatever_is_done(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=12, stateful_step_count=30),
    )

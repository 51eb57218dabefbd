"""Whatever is done with residents in whatever order, beds and stays stay true.

The checks read the tables by themselves: nothing of the rules under test is used.
"""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import ClassVar

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
from sqlalchemy import text

from carehome.db.beds import RoomRow
from carehome.db.database import Database
from carehome.errors import Refusal
from carehome.rules.departures import Death, Departure, Receiver
from carehome.rules.periods import months_after
from carehome.rules.rights import Role
from carehome.rules.settlement import SIDE_NAMES
from carehome.services.accounts import Approval
from carehome.services.admissions import Admissions, Terms
from carehome.services.beds import Beds
from carehome.services.departures import Deductions, Departures, Giving, Order
from carehome.services.last_deed import LastDeed
from carehome.services.residents import Agreement, Contact, Residents
from tests import house
from tests.conftest import KEY, ROLES
from tests.purse import FEE, Purse

BEGUN = date(2026, 8, 20)
FAR = "9999-12-31"
WHO = st.integers(0, 2)
BED = st.integers(0, 2)
AGO = st.integers(0, 12)
AHEAD = st.integers(0, 20)


class Life(RuleBasedStateMachine):
    """Three people, three beds; they come, move, go out, come back, leave for good."""

    template: Path
    folder: Path
    runs = 0
    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def open(self) -> None:
        Life.runs += 1
        path = self.folder / f"{Life.runs}.db"
        path.write_bytes(self.template.read_bytes())
        self.db = Database(path, KEY)
        self.now = datetime.combine(BEGUN, datetime.min.time(), tzinfo=UTC)
        self.purse = Purse(self.db, lambda: self.now)
        self.month = BEGUN.replace(day=1)
        self.purse.set_prices()
        self.beds = sorted(house.build(self.db).values())[:3]
        with self.db.writing(house.DIRECTOR, "home") as session:
            for room in session.query(RoomRow):
                room.gender_rule = "any"
        self.people = [self.know(name) for name in ("王秀英", "李桂兰", "陈翠花")]
        for who in (0, 1):
            self.admit(who, who, 12)
            self.deposit(who, FEE)
            self.pay(who, 3 * FEE)

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.db.close()

    def of(self, kind):
        return kind(self.db, ROLES[Role.DIRECTOR], lambda: self.now)

    @property
    def today(self) -> date:
        return self.now.date()

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def know(self, name: str) -> int:
        who = house.know(self.db, name)
        child = Contact("emergency", "王建国", "儿子", "13800000000")
        self.of(Residents).set_contacts(who, [child])
        return who

    def try_(self, deed, *values, **named) -> bool:
        try:
            deed(*values, **named)
        except Refusal:
            return False
        Life.done[deed.__name__] += 1
        return True

    def under_way(self, who: int) -> int | None:
        lines = self.of(Admissions).open()
        found = [x for x in lines if x.resident_id == self.people[who]]
        return found[0].admission_id if found else None

    # Coming

    @rule(who=WHO)
    def begin(self, who: int) -> None:
        self.try_(self.of(Admissions).begin_again, self.people[who])

    @rule(who=WHO, bed=BED, ago=AGO)
    def choose(self, who: int, bed: int, ago: int) -> None:
        if admission := self.under_way(who):
            chosen = self.of(Admissions).choose_bed
            self.try_(chosen, admission, self.beds[bed], self.ago(ago))

    @rule(who=WHO, ago=AGO)
    def agree(self, who: int, ago: int) -> None:
        if admission := self.under_way(who):
            day = self.ago(ago)
            terms = Terms(day, "partial_1", "standard", Agreement(day), "家属")
            self.try_(self.of(Admissions).agree, admission, terms)

    @rule(who=WHO)
    def finish(self, who: int) -> None:
        if admission := self.under_way(who):
            self.try_(self.of(Admissions).finish, admission)

    @rule(who=WHO)
    def give_up(self, who: int) -> None:
        if admission := self.under_way(who):
            self.of(Admissions).give_up(admission)
            self.know_again(who)

    @rule(who=WHO, bed=BED, ago=AGO)
    def admit(self, who: int, bed: int, ago: int) -> None:
        """Go the whole way at once, as most do."""
        self.begin(who)
        self.choose(who, bed, ago)
        self.agree(who, ago)
        self.finish(who)

    # Living here

    @rule(who=WHO, bed=BED, ago=AGO)
    def move(self, who: int, bed: int, ago: int) -> None:
        self.try_(self.of(Beds).move, self.people[who], self.beds[bed], self.ago(ago))

    @rule(who=WHO, bed=BED, ahead=AHEAD, days=AHEAD)
    def reserve(self, who: int, bed: int, ahead: int, days: int) -> None:
        start = self.today + timedelta(days=ahead)
        ends = start + timedelta(days=days)
        self.try_(self.of(Beds).reserve, self.people[who], self.beds[bed], start, ends)

    @rule(at=st.integers(0, 5))
    def release(self, at: int) -> None:
        uses = self.rows("SELECT id FROM bed_use WHERE kind = 'reserved' ORDER BY id")
        if uses:
            self.try_(self.of(Beds).release, uses[at % len(uses)][0])

    @rule(who=WHO, kind=st.sampled_from(["leave", "hospital"]), ago=AGO)
    def go_out(self, who: int, kind: str, ago: int) -> None:
        out = self.of(Residents).record_absence
        self.try_(out, self.people[who], kind, self.ago(ago))

    @rule(at=st.integers(0, 5), ago=AGO)
    def come_back(self, at: int, ago: int) -> None:
        away = self.rows("SELECT id FROM absence WHERE returned_on IS NULL ORDER BY id")
        if away:
            back = self.of(Residents).record_return
            self.try_(back, away[at % len(away)][0], self.ago(ago))

    @rule(who=WHO, ago=AGO)
    def came_another_day(self, who: int, ago: int) -> None:
        correct = self.of(Residents).correct_admission
        self.try_(correct, self.people[who], self.ago(ago))

    # Going

    @rule(who=WHO, ago=AGO)
    def discharge(self, who: int, ago: int) -> None:
        leave = self.of(Residents).discharge
        self.try_(leave, self.people[who], self.ago(ago), "回家")

    @rule(who=WHO)
    def take_discharge_back(self, who: int) -> None:
        self.try_(self.of(Residents).undo_discharge, self.people[who])

    def leaving(self, who: int) -> int | None:
        found = [
            line.departure_id
            for line in self.of(Departures).open()
            if line.resident_id == self.people[who]
        ]
        return found[0] if found else None

    @rule(who=WHO, kind=st.sampled_from(Departure))
    def order(self, who: int, kind: Departure) -> None:
        wanted = Order(kind, self.today, "家属", "照家属的意思")
        self.try_(self.of(Departures).order, self.people[who], wanted)

    @rule(who=WHO, ago=AGO)
    def leave(self, who: int, ago: int) -> None:
        if number := self.leaving(who):
            day = self.ago(ago)
            kind = self.of(Departures).resume(number).line.kind
            died = Death(day, "06:30") if kind == Departure.DEATH else None
            self.try_(self.of(Departures).leave, number, day, died)

    @rule(who=WHO)
    def think_again_of_leaving(self, who: int) -> None:
        if number := self.leaving(who):
            self.try_(self.of(Departures).undo_leaving, number)

    @rule(who=WHO)
    def stay_after_all(self, who: int) -> None:
        if number := self.leaving(who):
            self.try_(self.of(Departures).cancel, number, "家属改变主意")

    @rule(who=WHO)
    def take_up(self, who: int) -> None:
        self.try_(self.of(Departures).take_up, self.people[who])

    @rule(who=WHO)
    def bill(self, who: int) -> None:
        if number := self.leaving(who):
            departures = self.of(Departures)
            self.try_(departures.bill, number, departures.money(number).to_bill)

    @rule(who=WHO, claim=st.sampled_from(["", "家属失联"]))
    def settle(self, who: int, claim: str) -> None:
        """Go on from the final bill to the end, as far as it is allowed."""
        number = self.leaving(who)
        if not number:
            return
        departures = self.of(Departures)
        son = Receiver("王建国", "儿子", "", "", "户口簿", "无其他继承人")
        self.try_(departures.name_receiver, number, son)
        self.try_(departures.take_off, number, Deductions(self.today))
        books = departures.money(number).books
        despite = books.owed if books.held else 0
        giving = Giving(self.today, "cash", claim, "", despite)
        signed = Approval("accountant", "")
        if self.try_(departures.settle, number, giving, signed):
            for side in SIDE_NAMES:
                name = son.name if side == "family" else side
                departures.sign(number, side, name, self.today)
            for tick in departures.resume(number).papers:
                departures.tick(number, tick.kind)
            departures.finish(number)

    @rule(who=WHO, ago=AGO)
    def go_the_whole_way(self, who: int, ago: int) -> None:
        self.order(who, Departure.HOME)
        self.leave(who, ago)
        self.bill(who)
        self.settle(who, "")

    # Money

    @rule(who=WHO, fen=st.sampled_from([100_00, FEE, 3 * FEE]))
    def pay(self, who: int, fen: int) -> None:
        take = self.purse.payments.take
        self.try_(take, self.people[who], fen, "cash", self.today)

    @rule(who=WHO, fen=st.sampled_from([FEE, 2 * FEE]))
    def deposit(self, who: int, fen: int) -> None:
        take = self.purse.deposits.take
        self.try_(take, self.people[who], fen, "cash", self.today)

    # Time, and second thoughts

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: self.month < self.today.replace(day=1))
    @rule()
    def post(self) -> None:
        if self.try_(self.purse.post, self.month):
            self.month = months_after(self.month, 1)

    @rule()
    def think_better_of_it(self) -> None:
        last = self.of(LastDeed).last()
        if last is not None and self.try_(self.of(LastDeed).undo, last.number):
            for who in range(3):
                self.know_again(who)

    def know_again(self, who: int) -> None:
        """Write somebody down anew whom the home has forgotten."""
        if not self.rows(f"SELECT 1 FROM resident WHERE id = {self.people[who]}"):
            self.people[who] = self.know(f"新人{who}")

    # What must always hold

    def rows(self, query: str) -> list[tuple]:
        with self.db.reading() as session:
            return [tuple(row) for row in session.execute(text(query))]

    @invariant()
    def no_bed_holds_two_and_nobody_has_two(self) -> None:
        if not hasattr(self, "people"):
            return
        uses = self.rows("SELECT bed_id, resident_id, kind, starts, ends FROM bed_use")
        for one, other in combinations(uses, 2):
            shares = one[3] < (other[4] or FAR) and other[3] < (one[4] or FAR)
            assert not (shares and one[0] == other[0]), "two in one bed"
            lie = one[2] == other[2] == "occupied"
            assert not (shares and lie and one[1] == other[1]), "two beds for one"

    @invariant()
    def a_bed_is_left_when_its_person_leaves_and_not_before(self) -> None:
        if not hasattr(self, "people"):
            return
        lain = defaultdict(list)
        for who, starts, ends in self.rows(
            "SELECT resident_id, starts, ends FROM bed_use WHERE kind = 'occupied' "
            "ORDER BY starts, ends"
        ):
            lain[who].append((starts, ends or FAR))
        lived = defaultdict(list)
        for who, came, went in self.rows(
            "SELECT resident_id, admitted_on, discharged_on FROM stay "
            "ORDER BY admitted_on, discharged_on"
        ):
            lived[who].append((came, went or FAR))
        for who in lived.keys() | lain.keys():
            assert joined(lain[who]) == joined(lived[who])

    @invariant()
    def nobody_is_gone_with_something_open_that_nobody_sees(self) -> None:
        if not hasattr(self, "people"):
            return
        there = "SELECT resident_id FROM stay WHERE discharged_on IS NULL "
        there += f"OR discharged_on > '{self.today}'"
        left = f"SELECT DISTINCT resident_id FROM stay EXCEPT {there}"
        listed = {gone.resident_id for gone in self.of(Departures).gone()}
        for (who,) in self.rows(left):
            if any(self.open_of(who)):
                assert who in listed

    def open_of(self, who: int) -> tuple[int, int]:
        """Return what a person owes (or has too much), and the deposit held."""
        (billed,), (paid,), (back,), (held,) = (
            self.rows(f"SELECT coalesce(sum({what}), 0) FROM {table}")[0]
            for what, table in (
                ("total_fen", f"bill WHERE resident_id = {who}"),
                ("fen", f"payment WHERE resident_id = {who} AND NOT is_void"),
                ("fen", f"payout WHERE resident_id = {who}"),
                (
                    "CASE WHEN kind IN ('opening', 'in') THEN fen ELSE -fen END",
                    f"deposit_entry WHERE resident_id = {who} AND NOT is_void",
                ),
            )
        )
        return billed - paid + back, held


def joined(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return spans of days with those that follow one another made one."""
    whole: list[tuple[str, str]] = []
    for starts, ends in spans:
        if starts == ends:
            continue
        if whole and whole[-1][1] == starts:
            whole[-1] = (whole[-1][0], ends)
        else:
            whole.append((starts, ends))
    return whole


@pytest.fixture
def machine(_template, tmp_path, monkeypatch) -> type[Life]:
    # a real signature costs a third of a second: tests/deposits looks at that
    monkeypatch.setattr(
        "carehome.services.departures.service.approved_by",
        lambda *_: ROLES[Role.ACCOUNTANT],
    )
    Life.template, Life.folder = _template, tmp_path
    return Life


def test_beds_and_stays_are_true_whatever_is_done(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=25, stateful_step_count=40),
    )
    done = Life.done  # a machine that is always refused would show nothing
    assert all(done[deed] for deed in ("finish", "leave", "bill"))

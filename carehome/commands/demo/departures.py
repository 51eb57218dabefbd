"""Who leaves the demonstration home: each step of the chain, and who is not through."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from carehome import paths
from carehome.commands.told import DEMO_PASSWORD
from carehome.db.database import Database
from carehome.rules.departures import Death, Departure, Receiver, Step
from carehome.rules.rights import Role, User
from carehome.rules.settlement import Side
from carehome.services.accounts import Approval
from carehome.services.departures import Deductions, Departures, Giving, Order
from carehome.services.deposits import Deposits
from carehome.services.payments import Payments
from carehome.services.residents import ResidentLine, Residents
from carehome.services.trust import TrustMoney

LATELY = timedelta(days=20)  # who left before that has long been settled
LAMP, POCKET = 86_00, 320_00


class Farewells:
    """Leads some residents out, each to another step."""

    def __init__(self, db: Database, users: dict[Role, User], day: date) -> None:
        text = (paths.resource("demo") / "departures.json").read_text("utf-8")
        self._said: dict[str, Any] = json.loads(text)
        self._db, self._users, self._day = db, users, day
        self._signed = Approval(self._said["second"], DEMO_PASSWORD)

    def say(self) -> None:
        """Settle who left long ago; let five people leave, each as far as they are."""
        for gone in self._as(Role.ACCOUNTANT, self._day).gone():
            if gone.left_on <= self._day - LATELY:
                number = self._as(Role.ACCOUNTANT, self._day).take_up(gone.resident_id)
                self._settle(number, gone.resident_id, self._day)
                self._close(number, self._day)
        ordered, left, refunded, died, claimed = self._people(5)
        self._order(ordered, "home", self._day, self._day + timedelta(days=3))
        self._leave(left, "other_home", 1)
        self._keep(refunded, 12)
        number = self._leave(refunded, "refund", 9, Departure.HOME)
        self._settle(number, refunded.resident_id, self._ago(7), LAMP)
        self._estate(died)
        self._claim(claimed)

    def _people(self, count: int) -> list[ResidentLine]:
        """Choose people without late facts, those with most deposit first."""
        residents = Residents(self._db, self._users[Role.DIRECTOR], _at(self._day))
        lines = [
            line
            for line in residents.find("")
            if line.status.value == "in"
            and line.admitted_on
            and line.admitted_on < self._day - timedelta(days=90)
        ]
        calm = (line for line in lines[7::5] if self._is_calm(residents, line))
        found = [next(calm) for _number in range(2 * count)]
        deposits = Deposits(self._db, self._users[Role.DIRECTOR], _at(self._day))
        held = {x.resident_id: x.held for x in deposits.standings()}
        found.sort(key=lambda line: -held.get(line.resident_id, 0))
        return [*found[: count - 1], found[-1]]

    def _is_calm(self, residents: Residents, line: ResidentLine) -> bool:
        file = residents.file(line.resident_id)
        since = self._day - timedelta(days=45)
        away = (x.returned_on or x.left_on for x in file.absences)
        return len(file.beds) == 1 and all(day < since for day in away)

    def _order(
        self,
        line: ResidentLine,
        words: str,
        on: date,
        planned: date,
        kind: Departure | None = None,
    ) -> int:
        said = self._said[words]
        order = Order(
            kind or Departure(words), planned, said["asked_by"], said["reason"]
        )
        return self._as(Role.FRONT_DESK, on).order(line.resident_id, order)

    def _leave(
        self, line: ResidentLine, words: str, ago: int, kind: Departure | None = None
    ) -> int:
        day = self._ago(ago)
        number = self._order(line, words, day - timedelta(days=3), day, kind)
        death = None
        if words == "death":
            said = self._said["death"]
            death = Death(day, said["time"], said["where"], said["certificate"])
        self._as(Role.FRONT_DESK, day).leave(number, day, death)
        return number

    def _bill(self, number: int, on: date) -> Departures:
        departures = self._as(Role.ACCOUNTANT, on)
        departures.bill(number, departures.money(number).to_bill)
        return departures

    def _settle(self, number: int, resident_id: int, on: date, damage: int = 0) -> None:
        """Bill, take what is owed, keep what was damaged, give back the rest."""
        departures = self._bill(number, on)
        name = departures.resume(number).line.name
        departures.name_receiver(number, Receiver(name, proof=self._said["proof"]))
        owed = departures.money(number).books.owed
        if owed:
            payments = Payments(self._db, self._users[Role.ACCOUNTANT], _at(on))
            payments.take(resident_id, owed, "transfer", on)
        held = departures.money(number).books.held
        off = Deductions(on)
        if damage and damage <= held:
            off = Deductions(on, 0, damage, self._said["damage"], self._said["consent"])
        departures.take_off(number, off)
        books = departures.money(number).books
        gives = books.held + books.prepaid
        approval = self._signed if gives or books.trust else None
        giving = Giving(on, "transfer" if gives else "", trust_method="cash")
        departures.settle(number, giving, approval)

    def _close(self, number: int, on: date) -> None:
        """Tick the papers and close the file."""
        departures = self._as(Role.ACCOUNTANT, on)
        made = departures.settlement(number)
        assert made, "files are closed after the settlement"
        names: dict[Side, str] = {
            "family": made.receiver,
            "accountant": self._users[Role.ACCOUNTANT].name,
            "director": self._users[Role.DIRECTOR].name,
        }
        for side, name in names.items():
            departures.sign(number, side, name, on)
        for kind in departures.resume(number).missing:
            departures.tick(number, kind)
        departures.finish(number)

    def _estate(self, line: ResidentLine) -> None:
        """Let somebody die; the heirs have not brought their papers yet."""
        self._keep(line, 12)
        number = self._leave(line, "death", 6, Departure.DEATH)
        departures = self._bill(number, self._ago(5))
        file = Residents(self._db, self._users[Role.DIRECTOR], _at(self._day))
        contacts = file.file(line.resident_id).contacts
        heir = self._said["heir"] | {"name": contacts[0].name if contacts else ""}
        departures.keep_draft(number, Step.RECEIVER, heir)

    def _keep(self, line: ResidentLine, ago: int) -> None:
        """Keep pocket money for somebody; it goes back with the settlement."""
        day = self._ago(ago)
        trust = TrustMoney(self._db, self._users[Role.ACCOUNTANT], _at(day))
        trust.take(line.resident_id, POCKET, "cash", day, self._said["pocket"])

    def _claim(self, line: ResidentLine) -> None:
        """Let somebody be fetched away unpaid: the director closes with a claim."""
        number = self._leave(line, "claim", 33, Departure.ENDED)
        departures = self._bill(number, self._ago(30))
        receiver = Receiver(departures.resume(number).line.name)
        departures.name_receiver(number, receiver)
        books = departures.money(number).books
        consent = self._said["consent"]
        off = Deductions(self._ago(25), min(books.owed, books.held), consent=consent)
        self._as(Role.ACCOUNTANT, self._ago(25)).take_off(number, off)
        books = departures.money(number).books
        reason = self._said["claim"]["why"] if books.owed else ""
        gives = books.held + books.prepaid
        director = self._as(Role.DIRECTOR, self._ago(25))
        signed = Approval("caiwu", DEMO_PASSWORD) if gives else None
        giving = Giving(self._ago(25), "transfer" if gives else "", reason)
        director.settle(number, giving, signed)
        self._close(number, self._ago(24))

    def _ago(self, days: int) -> date:
        return self._day - timedelta(days=days)

    def _as(self, role: Role, day: date) -> Departures:
        return Departures(self._db, self._users[role], _at(day))


def _at(day: date) -> Callable[[], datetime]:
    """Return a clock that stands at half past nine in China."""
    return lambda: datetime.combine(day, time(1, 30), tzinfo=UTC)

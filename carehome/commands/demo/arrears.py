"""Arrears of the demonstration home: reminders, promises, prepaid money, refunds."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar

from carehome import paths
from carehome.db.database import Database
from carehome.rules.refunds import AskedRefund, RefundKind
from carehome.rules.reminders import Way
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Role, User
from carehome.services.arrears import Arrears, Heard, PrepaidStanding, Reminders
from carehome.services.payments import Payments
from carehome.services.refunds import Refunds
from carehome.services.residents import Residents
from carehome.services.service import Service

S = TypeVar("S", bound=Service)
LONG, MONTHS_AHEAD = 14, 12


def furnish(db: Database, users: dict[Role, User], day: date) -> None:
    """Let families be reminded, promise, pay ahead, and get money back."""
    office = _Office(db, users, day)
    office.remind()
    office.take_ahead()
    office.give_back()


def told() -> dict[str, Any]:
    """Return what happens to arrears and prepaid money in the demonstration home."""
    path = paths.resource("demo") / "arrears.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


class _Office:
    """Front desk, accountant and director, on one of the last days."""

    def __init__(self, db: Database, users: dict[Role, User], day: date) -> None:
        self._db, self._users, self._day = db, users, day
        self._story = told()

    def remind(self) -> None:
        """Write to some, call others; one promise has passed, one still stands."""
        late = iter([x for x in self._arrears.owing() if x.days_late > LONG])
        for way in (Way.LETTER, Way.MESSAGE):
            some = self._story[f"{way.value}s"]
            for each in islice(late, some["count"]):
                desk = self._as(Reminders, Role.FRONT_DESK, some["days"])
                desk.remind([each.resident_id], way)
        for call, each in zip(self._story["calls"], late, strict=False):
            day = self._ago(call["days"])
            promised = day + timedelta(days=call["promised_in"])
            heard = Heard(
                day,
                each.contact,
                call["said"],
                promised if call["promised_in"] else None,
            )
            desk = self._as(Reminders, Role.ACCOUNTANT, call["days"])
            desk.note_call(each.resident_id, heard)

    def take_ahead(self) -> None:
        """Let a few families pay months ahead."""
        payments = self._as(Payments, Role.ACCOUNTANT)
        for each, who in zip(self._story["prepaid"], self._paid_up(), strict=False):
            fee = payments.prepaid_cap(who) // MONTHS_AHEAD
            payments.take(who, fee * each["months"], each["method"], self._day)

    def give_back(self) -> None:
        """Ask for refunds: one is paid, one approved, two wait for the director."""
        ahead = iter([x for x in self._arrears.prepaid() if x.lives_here])
        for each, standing in zip(self._story["refunds"], ahead, strict=False):
            who = standing.resident_id
            found = self._desk.refundable(who)
            asked = AskedRefund(
                who,
                RefundKind.PREPAID,
                found.prepaid * each["share"] // 10000 * 100,
                next(iter(found.prepaid_ways)),
                standing.resident,
                each["reason"],
                each["way_reason"],
            )
            self._bring(asked, each["end"])
        self._wrong(self._story["wrong"], next(ahead))

    def _wrong(self, told: dict[str, Any], standing: PrepaidStanding) -> None:
        """Take a payment twice, and ask to give one of them back."""
        who = standing.resident_id
        payments = self._as(Payments, Role.ACCOUNTANT)
        payments.take(who, told["fen"], told["method"], self._day)
        payment = self._desk.refundable(who).payments[0]
        asked = AskedRefund(
            who,
            RefundKind.PAYMENT,
            told["fen"],
            told["method"],
            standing.resident,
            told["reason"],
            payment_id=payment.payment_id,
        )
        self._bring(asked, "asked")

    def _bring(self, asked: AskedRefund, end: str) -> None:
        number = self._desk.ask(asked)
        if end in {"approved", "paid"}:
            self._as(Refunds, Role.DIRECTOR).approve(number)
        if end == "paid":
            self._as(Refunds, Role.ACCOUNTANT).pay_out(number, self._day)

    def _paid_up(self) -> Iterator[int]:
        """Yield who lives here, owes nothing and has nothing prepaid."""
        residents = self._as(Residents, Role.ACCOUNTANT).index().lines
        balances = self._as(Payments, Role.ACCOUNTANT).balances()
        for line in residents:
            if line.status in LIVES_HERE and not any(
                balances.get(line.resident_id, (0, 0))
            ):
                yield line.resident_id

    @property
    def _arrears(self) -> Arrears:
        return self._as(Arrears, Role.ACCOUNTANT)

    @property
    def _desk(self) -> Refunds:
        return self._as(Refunds, Role.FRONT_DESK)

    def _ago(self, days: int) -> date:
        return self._day - timedelta(days=days)

    def _as(self, kind: type[S], role: Role, days: int = 0) -> S:
        """Return a service as somebody has it some days ago."""
        moment = datetime.combine(self._ago(days), time(1, 30), tzinfo=UTC)
        return kind(self._db, self._users[role], lambda: moment)

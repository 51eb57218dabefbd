"""The books of the demonstration home: trust money, donations, utilities, closes."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from carehome import paths
from carehome.db.database import Database
from carehome.rules.ledger.accounts import Code
from carehome.rules.periods import DAY, Period, months_after
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Role, User
from carehome.rules.utilities import Supply, Tariff, UtilityBill
from carehome.services.books import Books
from carehome.services.donations import Donations
from carehome.services.residents import Residents
from carehome.services.service import Service
from carehome.services.trust import BANK, CASH, TrustMoney, TrustTill
from carehome.services.utilities import Utilities

S = TypeVar("S", bound=Service)

MONTHS = 3  # that the story of the books looks back
PENSION, POCKET = (2150_00, 2680_00, 3420_00), 300_00


def furnish(db: Database, users: dict[Role, User], day: date) -> None:
    """Keep the books of the last months, up to `day`."""
    story = _Story(db, users, day, _told())
    story.keep_trust()
    story.enter_donations()
    story.enter_bills()
    story.close_months()


def _told() -> dict[str, Any]:
    path = paths.resource("demo") / "books.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


@dataclass(frozen=True)
class _Clock:
    """The hour of the story."""

    day: date

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(2), tzinfo=UTC)


@dataclass(frozen=True)
class _Story:
    """Keeps the books as the accountant would have."""

    db: Database
    users: Mapping[Role, User]
    day: date
    told: Mapping[str, Any]

    def of(self, kind: Callable[..., S], day: date, role: Role = Role.ACCOUNTANT) -> S:
        """Return a service as somebody has it on a day."""
        return kind(self.db, self.users[role], _Clock(day))

    def on(self, month: int, number: int) -> date:
        """Return a day of a month before or after this one, never after today."""
        first = months_after(self.day.replace(day=1), month)
        return min(first + timedelta(days=number - 1), self.day)

    def keep_trust(self) -> None:
        """Let pensions come, pocket money go out by lists, and things be bought."""
        told = self.told["trust"]
        people = self._people(told["people"])
        for month in range(-MONTHS, 1):
            self._pensions(people, month, told)
            self._pocket_money(people, month, told)
        bought = self.on(-1, 12)
        for who, (what, paper, yuan, shop) in zip(people, told["bought"], strict=False):
            fen = round(yuan * 100)
            out = (who, fen, CASH, bought, what, paper, shop)
            self.of(TrustMoney, bought).spend(*out)
            bought += 4 * DAY
        wrong = self.on(-1, 20)
        number = self.of(TrustMoney, wrong).spend(
            *(people[0], 52_00, CASH, wrong, told["wrong"], told["wrong_paper"])
        )
        self.of(TrustMoney, wrong + DAY).void(number, told["void_reason"])
        counted = self.on(-1, 18)
        till = self.of(TrustTill, counted)
        till.count(till.places().cash, told["witness"])
        left = self.of(TrustTill, self.on(0, 16)).places().cash
        self.of(TrustTill, self.on(0, 16)).draw(
            *(left // 2 // 100_00 * 100_00, BANK, self.on(0, 16)),
            told["slip"].format(number=4417),
        )

    def _people(self, count: int) -> Sequence[int]:
        residents = self.of(Residents, self.day)
        here = [x for x in residents.find("") if x.status in LIVES_HERE]
        here.sort(key=lambda line: line.resident_id)
        return [line.resident_id for line in here[:: max(len(here) // count, 1)]][
            :count
        ]

    def _pensions(
        self, people: Sequence[int], month: int, told: Mapping[str, Any]
    ) -> None:
        day = self.on(month, 8)
        money = self.of(TrustMoney, day)
        for at, who in enumerate(people):
            number = day.month
            money.take(
                *(who, PENSION[at % len(PENSION)], "transfer", day),
                *(told["pension"].format(month=number), told["from"]),
                told["pension_paper"].format(month=number),
            )

    def _pocket_money(
        self, people: Sequence[int], month: int, told: Mapping[str, Any]
    ) -> None:
        day = self.on(month, 10)
        fetched = POCKET * len(people) + 1500_00
        slip = told["slip"].format(number=4300 + day.month)
        self.of(TrustTill, day).draw(fetched, CASH, day, slip)
        purpose = told["pocket"].format(month=day.month)
        paper = told["list"].format(month=day.month)
        given = dict.fromkeys(people, POCKET)
        self.of(TrustMoney, day).hand_out(given, CASH, day, purpose, paper)

    def enter_donations(self) -> None:
        """Enter what was given, and what it was used for."""
        for each in self.told["donations"]:
            day = self.on(each["month"], 9)
            number = self.of(Donations, day).take(
                *(each["donor"], each["fen"], each["method"], day, each["purpose"]),
                *(each["goods"], each["paper"], each["is_unnamed"]),
            )
            for fen, method, what, paper, later in each["uses"]:
                used = min(day + timedelta(days=later), self.day)
                use = (number, fen, method, used, what, paper, each["purpose"])
                self.of(Donations, used).use(*use)

    def enter_bills(self) -> None:
        """Enter the bills for water, power, gas and heat; most are paid."""
        for each in self.told["utilities"]:
            for month in each["months"]:
                self._enter_bill(each, month)
        asked = self.on(0, 6)
        heat = self.told["utilities"][-1]["supplier"]
        self.of(Utilities, asked).note_letter(heat, asked)

    def _enter_bill(self, each: Mapping[str, Any], month: int) -> None:
        first, day = self.on(month, 1), self.on(month + 1, 4)
        fee = sum(each["extras"].values())
        bill = UtilityBill(
            Supply(each["supply"]),
            each["supplier"],
            each["number"].format(month=f"{first:%Y-%m}"),
            day,
            Period(first, months_after(first, 1)),
            Tariff(each["tariff"]),
            each["quantity"],
            each["fen"] + fee,
            each["extras"],
            meter=each["meter"],
            unit_price=each["unit_price"],
            residential_price=each["residential_price"],
        )
        bills = self.of(Utilities, day)
        number = bills.add(bill)
        is_newest = month == -1 and each["supply"] in ("gas", "heat")
        paid = min(day + timedelta(days=6), self.day)
        if not is_newest:
            self.of(Utilities, paid).pay(number, paid, "transfer")

    def close_months(self) -> None:
        """Number an account, and close all months but the last one."""
        number, name = self.told["cash_number"]
        self.of(Books, self.day).set_account(Code.CASH, number, name)
        first = months_after(self.day.replace(day=1), -2)
        books = self.of(Books, self.on(-1, 9))
        books.close(first, self.told["close_note"])
        director = self.of(Books, self.on(-1, 11), Role.DIRECTOR)
        director.reopen(self.told["reopen_reason"])
        self.of(Books, self.on(-1, 11)).close(first)

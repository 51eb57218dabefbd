"""Payers of the demonstration home: what they bear, pay and refuse, month by month."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from carehome import paths
from carehome.commands.told import DEMO_PASSWORD, DEMO_USER
from carehome.db.database import Database
from carehome.rules.payers.claims import Claim
from carehome.rules.payers.refunds import Backward
from carehome.rules.periods import Period, months_after
from carehome.rules.rights import Role, User
from carehome.services.accounts import Approval
from carehome.services.payer_statements import PayerStatements
from carehome.services.payers import FamilyPart, Payer, Payers
from carehome.services.prices import OwnCover, Prices
from carehome.services.residents import ResidentLine, Residents
from carehome.services.service import Clock

# On which days of a month statements go out, families pay, and organisations do.
SENT, FAMILIES_PAY, OTHERS_PAY = 5, 12, 24
Users = Mapping[Role, User]


@cache
def told() -> dict[str, Any]:
    """Return who pays for residents of the demonstration home, and what happens."""
    path = paths.resource("demo") / "payers.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def agree(db: Database, users: Users, clock: Clock) -> None:
    """Let payers bear fees from the first day on."""
    user, since = users[Role.ACCOUNTANT], Period(clock().date())
    payers, prices = Payers(db, user, clock), Prices(db, user, clock)
    numbers = {
        code: payers.save(Payer(0, **facts)) for code, facts in told()["payers"].items()
    }
    by_grade: dict[str, list[ResidentLine]] = {}
    for line in Residents(db, user, clock).index().lines:
        by_grade.setdefault(line.grade, []).append(line)
    for each in told()["covers"]:
        cover = OwnCover(numbers[each["payer"]], since, **each["terms"])
        people = [who for grade in each["grades"] for who in by_grade.get(grade, ())]
        for who in _some(people, each["take"]):
            prices.add_cover(who.resident_id, cover)
    for each in told()["families"]:
        who = by_grade[each["grade"]][each["place"]]
        surname = who.name[0]
        parts = [FamilyPart(surname + name, share) for name, share in each["parts"]]
        payers.split(who.resident_id, parts, since)


def pass_day(db: Database, users: Users, clock: Clock) -> None:
    """Let statements go out and money come in on their days of the month."""
    day = clock().date()
    desk = _Desk(db, users, clock, day.replace(day=1))
    if day.day == SENT:
        desk.send()
    elif day.day == FAMILIES_PAY:
        desk.take_of_families()
    elif day.day == OTHERS_PAY:
        desk.take_of_others()


class _Desk:
    """The accountant on one day, and the director beside."""

    def __init__(self, db: Database, users: Users, clock: Clock, month: date) -> None:
        user = users[Role.ACCOUNTANT]
        self._payers = Payers(db, user, clock)
        self._director = Payers(db, users[Role.DIRECTOR], clock)
        self._statements = PayerStatements(db, user, clock)
        self._day = clock().date()
        self._billed, self._due = months_after(month, -1), months_after(month, -2)

    def send(self) -> None:
        """Send the statements of last month; the first payer answers at once."""
        answered = False
        for payer in self._payers.payers():
            if payer.is_family or not self._open(payer, self._billed):
                continue
            number = payer.payer_id, self._billed, self._day
            statement = self._statements.send(*number)
            if not answered:
                self._statements.answer(statement, self._day, told()["answer"])
                answered = True

    def take_of_families(self) -> None:
        """Let most members of families pay what they bear of last month."""
        for payer in self._payers.payers():
            claims = self._open(payer, self._billed) if payer.is_family else ()
            if claims and not payer.name.endswith(told()["late_member"]):
                self._take(payer, claims, "wechat")

    def take_of_others(self) -> None:
        """Let organisations pay the month before last; some later, some not all."""
        for payer in self._payers.payers():
            if payer.is_family or payer.name == told()["late"]:
                continue
            if payer.name == told()["too_much"]["payer"] and self._day.month % 3 == 1:
                self._take_too_much(payer)
                continue
            claims = self._open(payer, self._due)
            if len(claims) > 2 and payer.kind == "insurance":
                self._refuse(payer, claims[0])
                claims = self._open(payer, self._due)
            if claims:
                self._take(payer, claims, "transfer")

    def _take_too_much(self, payer: Payer) -> None:
        """Let a payer pay all it owes and more, and get most of that back."""
        told_of = told()["too_much"]
        claims = self._payers.claims(payer.payer_id)
        fen = sum(each.open for each in claims) + told_of["fen"]
        self._payers.take(payer.payer_id, fen, "transfer", self._day)
        newest = self._payers.money(payer.payer_id)[0]
        what = (told_of["back"], "transfer", self._day, payer.name)
        back = Backward(*what, told_of["reason"], told_of["paper"])
        signed = Approval(DEMO_USER, DEMO_PASSWORD)
        self._payers.give_back(newest.payment_id, back, signed)

    def _refuse(self, payer: Payer, claim: Claim) -> None:
        """Let a payer refuse a part of somebody's month: as a rule families bear it."""
        refusals = told()["refusals"]
        reason = refusals[claim.month.month % len(refusals)]
        parts = {claim.key: min(claim.open, told()["refused_fen"])}
        if reason == refusals[-1]:
            self._director.write_off(payer.payer_id, parts, reason)
        else:
            self._payers.charge_family(payer.payer_id, parts, reason)

    def _open(self, payer: Payer, month: date) -> list[Claim]:
        claims = self._payers.claims(payer.payer_id)
        return [each for each in claims if each.month == month and each.open > 0]

    def _take(self, payer: Payer, claims: Sequence[Claim], method: str) -> None:
        parts = {claim.key: claim.open for claim in claims}
        fen = sum(parts.values())
        self._payers.take(payer.payer_id, fen, method, self._day, parts)


def _some(people: Sequence[ResidentLine], count: int) -> list[ResidentLine]:
    """Return a few people, spread over all of them."""
    return list(people[:: max(len(people) // count, 1)][:count])

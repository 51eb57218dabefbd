"""Deposits of the demonstration home: emergencies, a set-off, draws, late banking."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from carehome import paths
from carehome.commands.told import DEMO_PASSWORD, DEMO_USER
from carehome.db.database import Database
from carehome.rules.rights import Role, User
from carehome.services.accounts import Approval
from carehome.services.arrears import Arrears
from carehome.services.deposits import Deposits, DepositStanding
from carehome.services.deposits.account import DepositAccount
from carehome.services.payments import Payments


def furnish(db: Database, users: dict[Role, User], day: date) -> None:
    """Let deposits move in the last weeks, so that every list has something to show."""
    story = told()
    desk = _Desk(db, users[Role.ACCOUNTANT], day)
    for each in story["late"]:
        desk.bank_late(each)
    for each in story["emergencies"]:
        desk.spend(each)
    desk.set_off(story["set_off"])
    for each in story["refunds"]:
        desk.refund(each)


def told() -> dict[str, Any]:
    """Return what happens to deposits in the demonstration home."""
    path = paths.resource("demo") / "deposits.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


class _Desk:
    """The accountant, on one of the last days."""

    def __init__(self, db: Database, user: User, day: date) -> None:
        self._db, self._user, self._day = db, user, day
        over = {x.standing.resident_id for x in self._on(0).over_held()}
        known = self._on(0).standings()
        self._with_room = iter([x for x in known if x.room > 3000_00])
        self._holders = iter(
            [x for x in known if x.held > 2000_00 and x.resident_id not in over]
        )

    def bank_late(self, told: dict[str, Any]) -> None:
        """Take a deposit, and carry it to the bank days later, or not yet."""
        who, days = next(self._with_room).resident_id, told["days"]
        self._on(days).take(who, told["fen"], "cash", self._ago(days))
        if told["banked_days"]:
            entry = self._newest(who)
            later = told["banked_days"]
            self._on(later).bank([entry], self._ago(later))

    def spend(self, told: dict[str, Any]) -> None:
        """Spend of a deposit in an emergency; the papers come, or not yet."""
        who, days = next(self._holders).resident_id, told["days"]
        what = told["fen"], told["method"], self._ago(days), told["purpose"]
        self._on(days).spend_in_emergency(who, *what)
        if told["papers"]:
            entry = self._newest(who)
            self._on(days - 4).hand_in_papers(entry, told["papers"])

    def set_off(self, told: dict[str, Any]) -> None:
        """Set a deposit off against what somebody owes."""
        payments = Payments(self._db, self._user, self._at(0))
        for standing in self._owing(payments):
            account = payments.account(standing.resident_id)
            fen = min(account.owed - account.prepaid, told["most_fen"], standing.held)
            day, paper = self._ago(told["days"]), told["paper"]
            what = standing.resident_id, fen, day, told["purpose"], paper
            self._on(told["days"]).set_off(*what)
            return

    def refund(self, told: dict[str, Any]) -> None:
        """Give a little back in cash, and draw it from the account, or not yet."""
        who, days = next(self._holders).resident_id, told["days"]
        second = Approval(DEMO_USER, DEMO_PASSWORD)
        what = told["fen"], "cash", self._ago(days), told["purpose"], second
        self._on(days).refund(who, *what)
        if told["draw_days"]:
            later = told["draw_days"]
            account = DepositAccount(self._db, self._user, self._at(later))
            entry = self._newest(who)
            account.draw([entry], "cash", self._ago(later), told["paper"])

    def _newest(self, who: int) -> int:
        return max(each.entry_id for each in self._on(0).entries(who))

    def _owing(self, payments: Payments) -> Iterator[DepositStanding]:
        arrears = Arrears(self._db, self._user, self._at(0))
        owing = {each.resident_id for each in arrears.owing()}
        for standing in self._on(0).standings():
            if standing.held and standing.resident_id in owing:
                account = payments.account(standing.resident_id)
                if account.owed > account.prepaid:
                    yield standing

    def _on(self, days: int) -> Deposits:
        return Deposits(self._db, self._user, self._at(days))

    def _ago(self, days: int) -> date:
        return self._day - timedelta(days=days)

    def _at(self, days: int) -> Any:
        moment = datetime.combine(self._ago(days), time(1, 30), tzinfo=UTC)
        return lambda: moment

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from carehome.rules.departures import Death, Departure, Receiver
from carehome.rules.rights import Role
from carehome.rules.settlement import SIDE_NAMES
from carehome.services.accounts import Approval
from carehome.services.departures import Deductions, Departures, Giving, Order
from tests.conftest import TODAY
from tests.purse import FEE, OCTOBER, Purse, furnished

LEFT = date(2026, 11, 16)  # fifteen days of November are charged
HALF = 600_00 + 400_00 + 300_00  # bed, care and meals of those days
FEE_OWED = FEE + HALF  # October and the days of November
SIGNERS = {"family": "王建国", "accountant": "accountant", "director": "director"}
SON = Receiver("王建国", "儿子", "13800000000", "", "户口簿", "无其他继承人")


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with prices and two residents, billed up to October."""
    return furnished(_template, tmp_path_factory.mktemp("departures"), OCTOBER)


@dataclass(frozen=True)
class Leaving(Purse):
    """A purse that also leads people out."""

    signed: Approval | None = None

    @property
    def departures(self) -> Departures:
        return self.of(Departures)

    def ordered(self, resident_id: int = 1, kind: Departure = Departure.HOME) -> int:
        return self.departures.order(resident_id, Order(kind, LEFT, "家属", "回家"))

    def left(
        self,
        resident_id: int = 1,
        kind: Departure = Departure.HOME,
        day: date = LEFT,
    ) -> int:
        number = self.ordered(resident_id, kind)
        death = Death(day, "06:30") if kind is Departure.DEATH else None
        self.departures.leave(number, day, death)
        return number

    def bill(self, number: int) -> None:
        self.departures.bill(number, self.departures.money(number).to_bill)

    def billed(self, *values: object) -> int:
        number = self.left(*values)
        self.bill(number)
        return number

    def received(self, *values: object, receiver: Receiver = SON) -> int:
        number = self.billed(*values)
        self.departures.name_receiver(number, receiver)
        return number

    def taken_off(self, *values: object, **off: object) -> int:
        number = self.received(*values)
        self.departures.take_off(number, Deductions(TODAY, **off))
        return number

    def settle(self, number: int, claim: str = "", despite: int = 0) -> None:
        giving = Giving(TODAY, "cash", claim, "cash", despite)
        self.departures.settle(number, giving, self.signed)

    def sign(self, number: int, *sides: str) -> None:
        for side in sides or SIDE_NAMES:
            self.departures.sign(number, side, SIGNERS[side], TODAY)

    def to_papers(self, number: int) -> None:
        self.sign(number)
        for tick in self.departures.resume(number).papers:
            self.departures.tick(number, tick.kind)


@pytest.fixture
def leaving(db, clock, passwords) -> Leaving:
    signed = Approval("accountant", passwords[Role.ACCOUNTANT])
    return Leaving(db, clock, signed=signed)

"""A small home where money flows: prices, residents, and the services around them."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from carehome.db.database import Database
from carehome.rules.billing.adjustments import Standing
from carehome.rules.billing.tariff import Terms
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.arrears import Arrears
from carehome.services.billing import Billing, PostedRun
from carehome.services.deposits import Deposits
from carehome.services.home import FILE
from carehome.services.late_facts import LateFacts, Seen
from carehome.services.papers import Papers
from carehome.services.payers import Payer, Payers
from carehome.services.payments import Payments
from carehome.services.prices import (
    OwnPrices,
    Price,
    Prices,
    PriceSheet,
    PriceVersions,
)
from carehome.services.prices.own import OwnCover
from carehome.services.receipts import Receipts
from carehome.services.residents import Residents
from carehome.services.service import Clock
from tests import house
from tests.conftest import KEY, ROLES

AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
PRICES = {
    "bed-B": 1200_00,
    "bed-N": 1500_00,
    "care-self_care": 400_00,
    "care-partial_1": 800_00,
    "care-full": 1600_00,
    "meal-standard": 600_00,
    "heating": 90_00,
    "escort": 50_00,
}
FEE = 2600_00  # bed B, care partial_1, meal standard: what `live` agrees on


@dataclass(frozen=True)
class Purse:
    """The services about money, as somebody of a role uses them."""

    db: Database
    clock: Clock
    role: Role = Role.DIRECTOR

    def of(self, kind):
        return kind(self.db, ROLES[self.role], self.clock)

    def as_role(self, role: Role) -> "Purse":
        return Purse(self.db, self.clock, role)

    @property
    def billing(self) -> Billing:
        return self.of(Billing)

    @property
    def payments(self) -> Payments:
        return self.of(Payments)

    @property
    def receipts(self) -> Receipts:
        return self.of(Receipts)

    @property
    def deposits(self) -> Deposits:
        return self.of(Deposits)

    @property
    def prices(self) -> Prices:
        return self.of(Prices)

    @property
    def arrears(self) -> Arrears:
        return self.of(Arrears)

    @property
    def papers(self) -> Papers:
        return self.of(Papers)

    @property
    def residents(self) -> Residents:
        return self.of(Residents)

    def set_prices(self, starts: date = date(2025, 1, 1), **changes: int) -> int:
        """Begin a price list; a change is named bed_B for the item bed-B.

        The accountant writes it, the director approves it.
        """
        fen = PRICES | {code.replace("_", "-", 1): v for code, v in changes.items()}
        items = {item.code: item.item_id for item in self.prices.items()}
        listed = tuple(Price(items[code], value) for code, value in fen.items())
        return self.approved(PriceSheet(0, starts, "", Terms(), listed))

    def approved(self, sheet: PriceSheet) -> int:
        """Let a price list hold: one writes and submits it, another approves."""
        clerk = self.as_role(Role.ACCOUNTANT)
        list_id = clerk.prices.save_sheet(sheet)
        clerk.of(PriceVersions).submit(list_id)
        self.as_role(Role.DIRECTOR).of(PriceVersions).approve(list_id)
        return list_id

    def own_price(
        self,
        resident_id: int,
        item_id: int,
        span: Period,
        kind: str,
        value: int,
        reason: str,
    ) -> int:
        """Let somebody pay another price: one asks, another approves."""
        clerk = self.as_role(Role.ACCOUNTANT)
        asked = clerk.prices.set_own_price(
            resident_id, item_id, span, kind, value, reason
        )
        self.as_role(Role.DIRECTOR).of(OwnPrices).approve(asked)
        return asked

    def payer(self, name: str = "长护险", kind: str = "insurance") -> int:
        """Return the number of a payer, who is new here at the first time."""
        payers = self.of(Payers)
        known = {payer.name: payer.payer_id for payer in payers.payers()}
        return known.get(name) or payers.save(Payer(0, kind, name))

    def cover(
        self,
        resident_id: int,
        percent: int,
        span: Period,
        category: str | None = "care",
        payer: str = "长护险",
    ) -> int:
        """Let the insurance, or another payer, bear a share of some fees."""
        cover = OwnCover(self.payer(payer), span, "percent", percent, category)
        return self.prices.add_cover(resident_id, cover)

    def live(
        self,
        name: str,
        bed_id: int,
        since: date = date(2026, 3, 1),
        grade: str = "partial_1",
        sex: str = "female",
    ) -> int:
        """Let somebody live here with a nursing grade and meals."""
        resident_id = house.settle(self.db, name, bed_id, since, sex)
        self.residents.set_grade(resident_id, grade, since, consent_by="家属")
        self.residents.set_meal(resident_id, "standard", since)
        return resident_id

    def item(self, code: str) -> int:
        """Return the number of a fee item."""
        return next(i.item_id for i in self.prices.items() if i.code == code)

    def post(self, month: date) -> PostedRun:
        """Post a month as the trial has it; the director confirms what is old."""
        old = self.waiting(month)
        if old:
            director = self.as_role(Role.DIRECTOR).of(LateFacts)
            director.confirm(old, "补记")
        return self.billing.post(self.billing.trial(month))

    def waiting(self, month: date) -> list[Seen]:
        """Return the corrections that wait for the director."""
        late = self.billing.trial(month).late
        return [Seen.of(x) for x in late if x.correction.standing is Standing.WAITING]


def furnish(purse: Purse) -> None:
    """Give a home prices, and let one person live in each of the women's beds."""
    purse.set_prices()
    beds = house.build(purse.db)
    for name, bed in zip(("王秀英", "李桂兰"), sorted(beds), strict=False):
        purse.live(name, beds[bed])


def furnished(empty: Path, folder: Path, *months: date) -> Path:
    """Make a home once that many tests copy, with some months posted."""
    path = folder / FILE
    shutil.copy(empty, path)
    db = Database(path, KEY)
    purse = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    furnish(purse)
    for month in months:
        purse.post(month)
    db.close()
    return path

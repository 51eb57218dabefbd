"""What the steps of furnishing a home stand on, read at one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carehome.services.beds import Beds
from carehome.services.billing import Billing
from carehome.services.home import Home
from carehome.services.opening import Opening, Standing
from carehome.services.prices import FeeItem, Prices, PriceSheet, PriceVersions
from carehome.services.rolls import Rolls
from carehome.ui.beds.house import House, read_house
from carehome.ui.fees.fee_items import Lists, read_codes


@dataclass(frozen=True, slots=True)
class OpeningServices:
    """What a director can do while furnishing a home."""

    opening: Opening
    beds: Beds
    prices: Prices
    versions: PriceVersions
    billing: Billing
    rolls: Rolls
    home: Home


@dataclass(frozen=True, slots=True)
class Loaded:
    """The home as it is furnished so far."""

    standing: Standing
    house: House
    items: Sequence[FeeItem]
    sheets: Sequence[PriceSheet]
    codes: Lists
    posted: date | None
    is_public: bool


def load(services: OpeningServices, today: date) -> Loaded:
    """Read all that the steps show."""
    runs = services.billing.runs()
    return Loaded(
        services.opening.standing(),
        read_house(services.beds, services.home, None, today),
        services.prices.items(),
        services.prices.sheets(),
        read_codes(services.home),
        runs[0].month if runs else None,
        services.home.profile().ownership == "public",
    )

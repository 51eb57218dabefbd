from pathlib import Path

import pytest

from carehome.rules.rights import Role
from carehome.services.prices import PriceSheet, PriceVersions
from tests.purse import DECEMBER, Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an approved price list and two residents."""
    return furnished(_template, tmp_path_factory.mktemp("purse"))


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock)


@pytest.fixture
def clerk(purse) -> Purse:
    return purse.as_role(Role.ACCOUNTANT)


@pytest.fixture
def versions(purse) -> PriceVersions:
    """What the director can do with price lists."""
    return purse.of(PriceVersions)


@pytest.fixture
def written(purse, clerk):
    """Return a draft for December that the accountant wrote, with a dearer bed."""

    def write(starts=DECEMBER, **more) -> int:
        sheet = raised(purse, 1300_00)
        return clerk.prices.save_sheet(
            PriceSheet(0, starts, "", sheet.terms, sheet.prices, **more)
        )

    return write


@pytest.fixture
def submitted(written, clerk):
    """Return a list that the accountant submitted."""

    def submit(**more) -> int:
        number = written(**more)
        clerk.of(PriceVersions).submit(number)
        return number

    return submit


def raised(purse: Purse, fen: int) -> PriceSheet:
    """Return the list in force with another price of the shared room."""
    sheet = purse.prices.sheets()[0]
    bed = purse.item("bed-B")
    prices = tuple(
        type(price)(price.item_id, fen if price.item_id == bed else price.fen)
        for price in sheet.prices
    )
    return PriceSheet(0, sheet.starts, "", sheet.terms, prices)

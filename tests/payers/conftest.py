"""A small home in which payers bear fees, with services to deal with them."""

from pathlib import Path

import pytest

from carehome.rules.rights import Role
from carehome.services.payer_statements import PayerStatements
from carehome.services.payers import Payers
from tests.purse import Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with prices and two residents."""
    return furnished(_template, tmp_path_factory.mktemp("payers"))


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock, Role.ACCOUNTANT)


@pytest.fixture
def payers(purse) -> Payers:
    return purse.of(Payers)


@pytest.fixture
def statements(purse) -> PayerStatements:
    return purse.of(PayerStatements)

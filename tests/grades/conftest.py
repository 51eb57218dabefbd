from pathlib import Path

import pytest

from tests.purse import Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with prices and two residents."""
    return furnished(_template, tmp_path_factory.mktemp("purse"))


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock)

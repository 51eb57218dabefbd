from pathlib import Path

import pytest

from tests.purse import OCTOBER, SEPTEMBER, Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two residents and their bills of two months."""
    return furnished(_template, tmp_path_factory.mktemp("purse"), SEPTEMBER, OCTOBER)


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock)

from datetime import date

import pytest

from carehome.services.bed_figures import BedFigures
from carehome.services.beds import Beds
from carehome.services.presence import Presence
from carehome.services.residents import Residents
from tests.house import build, settle
from tests.reports.conftest import clashes, pages, sizes  # noqa: F401 - fixtures

MARCH = date(2026, 3, 1)


@pytest.fixture
def house(db):
    """301 for women and 302 for men, two beds each; nobody lives there yet."""
    return build(db)


@pytest.fixture
def wang(db, house):
    return settle(db, "王秀英", house["301-1"])


@pytest.fixture
def li(db, house):
    return settle(db, "李桂兰", house["301-2"])


@pytest.fixture
def presence(as_role):
    return as_role(Presence)


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def beds(as_role):
    return as_role(Beds)


@pytest.fixture
def figures(as_role):
    return as_role(BedFigures)

from datetime import UTC, datetime
from pathlib import Path

import pytest

from carehome.rules.rights import Role
from carehome.services.arrears import Reminders
from carehome.services.refunds import Refunds
from carehome.services.residents import Contact
from tests.purse import OCTOBER, SEPTEMBER, Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two residents who owe for September and October."""
    return furnished(_template, tmp_path_factory.mktemp("arrears"), SEPTEMBER, OCTOBER)


@pytest.fixture
def purse(db, clock) -> Purse:
    purse = Purse(db, clock)
    son = Contact("emergency", "王建国", "儿子", "13800001234", pays=True)
    purse.residents.set_contacts(1, [son])
    return purse


@pytest.fixture
def on(db):
    """Return a function that gives the purse as somebody has it on a day."""

    def at(day, role=Role.ACCOUNTANT):
        moment = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)
        return Purse(db, lambda: moment, role)

    return at


@pytest.fixture
def reminders(purse) -> Reminders:
    return purse.of(Reminders)


@pytest.fixture
def clerk(purse) -> Refunds:
    return purse.as_role(Role.FRONT_DESK).of(Refunds)


@pytest.fixture
def accountant(purse) -> Refunds:
    return purse.as_role(Role.ACCOUNTANT).of(Refunds)


@pytest.fixture
def director(purse) -> Refunds:
    return purse.as_role(Role.DIRECTOR).of(Refunds)

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from carehome.db import keys
from carehome.rules.ledger.day_close import Count
from carehome.rules.rights import Role
from carehome.services.day_close import DayCloses
from carehome.services.tills import Tills
from tests.purse import OCTOBER, SEPTEMBER, Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two residents and their bills of two months."""
    return furnished(_template, tmp_path_factory.mktemp("tills"), SEPTEMBER, OCTOBER)


@dataclass(frozen=True)
class Clerk(Purse):
    """Somebody at the desk, who closes their days."""

    @property
    def closes(self) -> DayCloses:
        return self.of(DayCloses)

    @property
    def tills(self) -> Tills:
        return self.of(Tills)

    def close(self, day: date, fen: int, note: str = "") -> int:
        word = f"{self.role.value}-password"
        return self.closes.close(day, Count(fen), word, note)


@pytest.fixture(autouse=True)
def _keys_cost_little(monkeypatch):
    monkeypatch.setattr(keys, "COST", {"time": 1, "memory_kib": 64, "lanes": 1})


@pytest.fixture
def desk(db, clock, passwords) -> Clerk:
    return Clerk(db, clock, Role.FRONT_DESK)


@pytest.fixture
def accountant(db, clock, passwords) -> Clerk:
    return Clerk(db, clock, Role.ACCOUNTANT)


@pytest.fixture
def director(db, clock, passwords) -> Clerk:
    return Clerk(db, clock, Role.DIRECTOR)

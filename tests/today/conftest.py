"""A home with prices, two women and the bills of September and October."""

from pathlib import Path

import pytest

from carehome.rules.rights import Role
from carehome.rules.today import Concern, Figure, Task, gather
from tests import house
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import OCTOBER, SEPTEMBER, Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished(_template, tmp_path_factory.mktemp("purse"), SEPTEMBER, OCTOBER)


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock)


@pytest.fixture
def beds(db) -> dict[str, int]:
    """The beds by name: 301 for women, who live there, 302 for men, empty."""
    with db.reading() as session:
        return {bed: key for key, bed in house.places.bed_names_in(session).items()}


@pytest.fixture
def lines(db, clock):
    """Return the lines that a method tells somebody of a role of a day."""

    def ask(kind, method="today", role=Role.DIRECTOR, day=TODAY):
        return list(getattr(kind(db, ROLES[role], clock), method)(day))

    return ask


@pytest.fixture
def told(lines):
    """Return the texts of the lines, as one would read them."""

    def ask(*asked, **more):
        return [say(line) for line in lines(*asked, **more)]

    return ask


def say(line: Figure | Task | Concern) -> str:
    match line:
        case Figure():
            return f"{line.name} {line.number} {line.beside} {line.below}"
        case Task():
            return f"{line.what} {line.about} {line.deed}"
        case Concern():
            return f"{line.subject} {line.text}"


def today_of(*lines):
    return gather([lambda _day: lines], TODAY)

import gc
import os
import shutil
from datetime import UTC, date, datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from carehome import i18n
from carehome.db import schema
from carehome.db.accounts import AccountRow
from carehome.db.database import Database
from carehome.db.keys import KeyRing
from carehome.rules import divisions
from carehome.rules.rights import Role, User
from carehome.services import home as homes
from carehome.services.service import Clock, Service
from carehome.ui.kit import drafts  # importing the kit protects None
from tests import watchdog
from tests.watchdog import _screens_read_nothing, _watched  # noqa: F401 - fixtures

TODAY = date(2026, 11, 21)
KEY = b"k" * 32
ROLES = {role: User(number, role.value, role) for number, role in enumerate(Role, 1)}

# Machines are shared: what is waited for may come late, but has to come.
for wait in (QtBot.waitUntil, QtBot.waitSignal):
    wait.__kwdefaults__["timeout"] = 30_000
settings.register_profile(
    "shared", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("shared")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what kept the screen from its events for more than 50 ms."""
    if worst := watchdog.worst():
        terminalreporter.section("the screen stood still for")
        for stretch in worst:
            terminalreporter.write_line(str(stretch))


@pytest.fixture(scope="session", autouse=True)
def _leave_imports_alone() -> None:
    """Let the collector pass over what imports made: it is most of all there is."""
    i18n.prepare()
    divisions.warm()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collect_garbage_on_the_main_thread(
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Free widgets where they were made."""
    gc.disable()
    yield
    gc.collect(2 if "qapp" in request.fixturenames else 1)


@pytest.fixture(autouse=True)
def _no_drafts_left() -> Iterator[None]:
    """Take down the shelf that a test has put up."""
    yield
    drafts.use(None)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    i18n.use("zh_CN")


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def clock() -> Clock:
    return lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one furnished home that each test copies: one account for each role."""
    path = tmp_path_factory.mktemp("template") / homes.FILE
    schema.create(path, KEY)
    db = Database(path, KEY)
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    director = homes.NewAccount("director", "director", Role.DIRECTOR, "")
    with db.writing(homes.SET_UP, "home.create") as session:
        homes.furnish(session, homes.Profile("福寿养老院"), director, lambda: noon)
        session.flush()
        for role, user in ROLES.items():
            if role is not Role.DIRECTOR:
                session.add(
                    AccountRow(
                        id=user.account_id,
                        sign_in=role.value,
                        name=role.value,
                        role=role.value,
                        created_on=noon.date(),
                    )
                )
    db.close()
    return path


@pytest.fixture
def db(tmp_path: Path, _template: Path) -> Iterator[Database]:
    """A furnished home on a real encrypted file; nobody lives there yet."""
    folder = tmp_path / "home"
    folder.mkdir()
    path = folder / homes.FILE
    shutil.copy(_template, path)
    database = Database(path, KEY)
    yield database
    database.close()


@pytest.fixture
def as_role(db: Database, clock: Clock) -> Callable[..., Service]:
    """Return a service as a person of a role uses it: as_role(Beds, role)."""

    def make(kind: type[Service], role: Role = Role.DIRECTOR) -> Service:
        return kind(db, ROLES[role], clock)

    return make


@pytest.fixture
def passwords(db: Database) -> dict[Role, str]:
    """Give every account a password, for deeds that ask for one."""
    folder = db.path.parent
    ring = KeyRing(folder / homes.KEYS)
    ring._store({"format": 1, "salt": "c2FsdA=="}, [])
    words = {
        role: f"{role.value}-password"
        for role in (Role.DIRECTOR, Role.ACCOUNTANT, Role.FRONT_DESK)
    }
    for role, word in words.items():
        ring.put(role.value, word, KEY)
    return words

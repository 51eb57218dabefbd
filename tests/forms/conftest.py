import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from carehome.db.database import Database
from carehome.rules.rights import Role
from carehome.services.home import FILE
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.care import CareServices, read_lists
from carehome.ui.parts.money import MoneyServices
from tests.care import care, money
from tests.conftest import KEY, ROLES, TODAY
from tests.house import build, know
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import OCTOBER, Purse

MARCH = date(2026, 3, 1)


@dataclass
class Desk:
    """What forms are made of: services, jobs, somebody they are about."""

    db: Database
    clock: Any
    jobs: Jobs
    care: CareServices
    money: MoneyServices
    parent: QWidget
    people: dict[str, int]
    beds: dict[str, int]

    def service(self, kind):
        return kind(self.db, ROLES[Role.DIRECTOR], self.clock)

    @property
    def user(self):
        return ROLES[Role.DIRECTOR]

    def today(self) -> date:
        return TODAY

    def leaf(self, kind, *more):
        """Return a leaf of somebody's file, over the parent."""
        leaf = kind(self.care, self.jobs, self.user, self.today, *more)
        leaf.setParent(self.parent)
        file = self.care.residents.file(self.people["王秀英"])
        leaf.show_file(file, read_lists(self.care.home))
        return leaf

    def asked(self, asker: QWidget | None = None) -> FormDialog:
        """Return the dialog that was opened last."""
        return (asker or self.parent).findChildren(FormDialog)[-1]


@pytest.fixture(scope="module")
def lived_in(_template, tmp_path_factory):
    """Make a home once that each test copies: two live there, October is posted."""
    path = tmp_path_factory.mktemp("lived-in") / FILE
    shutil.copy(_template, path)
    db = Database(path, KEY)
    purse = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    purse.set_prices()
    beds = build(db)
    people = {
        "王秀英": purse.live("王秀英", beds["301-1"]),
        "李桂兰": purse.live("李桂兰", beds["301-2"]),
        "张建国": know(db, "张建国", "male"),
    }
    purse.residents.record_absence(people["王秀英"], "leave", date(2026, 11, 10))
    purse.post(OCTOBER)
    db.close()
    return path, people, beds


@pytest.fixture
def db(tmp_path, lived_in):
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(lived_in[0], folder / FILE)
    database = Database(folder / FILE, KEY)
    yield database
    database.close()


@pytest.fixture
def desk(db, clock, jobs, shown, lived_in):  # noqa: F811 - a fixture
    _path, people, beds = lived_in
    parent = shown(QWidget())
    services = care(db, clock), money(db, clock)
    return Desk(db, clock, jobs, *services, parent, people, beds)

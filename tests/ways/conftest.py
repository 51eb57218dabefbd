# ruff: noqa: F811 - fixtures are imported and named again where they are used
import pytest
from sqlalchemy import select

from carehome.app.window import make_shell
from carehome.db.base import Base
from carehome.rules.rights import Role
from carehome.services.home import OpenHome, Profile
from tests import house
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import Purse
from tests.ways.deeds import Ways


@pytest.fixture
def ways(db, clock, tmp_path):
    """王秀英 in 301-1 and 李大成 in 302-1, with prices; the other beds are free."""
    purse = Purse(db, clock)
    purse.set_prices()
    beds = house.build(db)
    wang = purse.live("王秀英", beds["301-1"])
    li = purse.live("李大成", beds["302-1"], sex="male")
    return Ways(purse, beds, wang, li, tmp_path)


@pytest.fixture
def everything(db):
    """Return a function that tells all rows of the home but those of the log."""

    def read():
        with db.reading() as session:
            return {
                table.name: sorted(map(tuple, session.execute(select(table))))
                for table in Base.metadata.sorted_tables
                if table.name != "change"
            }

    return read


@pytest.fixture
def window(ways, db, clock, jobs, shown, qtbot):
    """Return a function that shows the window as somebody of a role has it."""

    def show(role=Role.DIRECTOR):
        opened = OpenHome(db, ROLES[role], Profile("福寿养老院"))
        shell = shown(make_shell(opened, jobs, clock))
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return shell

    return show


@pytest.fixture
def shell(window):
    return window()

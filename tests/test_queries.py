"""A list over everybody asks the database as often for many people as for few."""

import inspect
import shutil
import typing
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from carehome.db.database import Database
from carehome.db.residents import AbsenceRow, ContactRow
from carehome.services.home import FILE
from tests import house
from tests.conftest import KEY, TODAY
from tests.house import DIRECTOR
from tests.purse import NOVEMBER, SEPTEMBER, Purse
from tests.services import every_service, public_methods, writes

FEW, MANY = ("王秀英", "李桂兰"), ("王秀英", "李桂兰", "张玉珍", "赵淑兰")


def questions():
    """Name what services can be asked without naming anybody: at most a day."""
    return [
        pytest.param(kind, name, days, id=f"{kind.__name__}.{name}")
        for kind in every_service()
        for name, method in public_methods(kind)
        if (days := days_asked(method)) is not None and not writes(kind, name)
    ]


def days_asked(method):
    """Return the days to ask for; None where something else has to be named."""
    hints = typing.get_type_hints(inspect.unwrap(method))
    needed = [
        each.name
        for each in list(inspect.signature(method).parameters.values())[1:]
        if each.default is inspect.Parameter.empty
    ]
    if any(hints[name] is not date for name in needed):
        return None
    return [TODAY if name == "day" else SEPTEMBER for name in needed]


def let_live(purse, names):
    """Let people live here who owe and hold as much as each other, and are away."""
    beds = house.build(purse.db)
    purse.set_prices()
    for name, bed in zip(names, sorted(beds), strict=False):
        sex = "female" if bed.startswith("301") else "male"
        resident_id = purse.live(name, beds[bed], sex=sex)
        purse.deposits.take(resident_id, 1000_00, "cash", TODAY)
        with purse.db.writing(DIRECTOR, "test") as session:
            session.add(ContactRow(resident_id=resident_id, role="family", name="家属"))
            session.add(
                AbsenceRow(resident_id=resident_id, kind="leave", left_on=NOVEMBER)
            )
    purse.post(SEPTEMBER)


@pytest.fixture(scope="module")
def homes(_template, tmp_path_factory):
    """Two homes that differ in how many people live there."""
    clock = lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC)  # noqa: E731
    purses = []
    for names in (FEW, MANY):
        path = tmp_path_factory.mktemp("home") / FILE
        shutil.copy(_template, path)
        purse = Purse(Database(path, KEY), clock)
        let_live(purse, names)
        purses.append(purse)
    yield purses
    for purse in purses:
        purse.db.close()


@pytest.mark.parametrize(("kind", "name", "days"), questions())
def test_a_list_takes_no_query_for_each_person(homes, kind, name, days):
    asked = []
    for purse in homes:
        queries = []

        def count(_connection, _cursor, statement, *_more, told=queries):
            told.append(statement)

        event.listen(purse.db._engine, "before_cursor_execute", count)
        getattr(purse.of(kind), name)(*days)
        event.remove(purse.db._engine, "before_cursor_execute", count)
        asked.append(queries)
    few, many = asked
    assert len(many) <= len(few), many

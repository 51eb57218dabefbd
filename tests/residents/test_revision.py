import pytest
from alembic import command
from sqlalchemy import event, text

from carehome.db import revisions
from carehome.db.database import engine_for
from tests.conftest import KEY

FORMER = (
    "INSERT INTO resident (id, name, pinyin, initials, sex, phone, address, "
    "has_dementia, note) VALUES (1, '王秀英', '', '', 'female', '', '', 0, '')",
    "INSERT INTO resident (id, name, pinyin, initials, sex, phone, address, "
    "has_dementia, note) VALUES (2, '李桂兰', '', '', 'female', '', '', 0, '')",
    "INSERT INTO resident_category (resident_id, code) VALUES (1, 'hardship')",
    *(
        "INSERT INTO contact (resident_id, role, name, relation, phone, "
        f"is_organisation, note) VALUES ({who}, '{role}', '{name}', '', '', 0, '')"
        for who, role, name in (
            (1, "agent", "王强"),
            (1, "emergency", "王丽"),
            (2, "family", "李明"),
            (2, "family", "李红"),
        )
    ),
)


@pytest.fixture
def connection(tmp_path):
    engine = engine_for(tmp_path / "x.db", KEY)

    @event.listens_for(engine, "connect")
    def _rebuild_freely(file, _record):
        file.execute("PRAGMA foreign_keys = OFF")

    with engine.connect() as connection:
        made = revisions.config()
        made.attributes["connection"] = connection
        command.upgrade(made, "0009")
        for statement in FORMER:
            connection.execute(text(statement))
        command.upgrade(made, "0010")
        yield connection
    engine.dispose()


def test_categories_come_over_without_days(connection):
    query = text("SELECT code, starts, ends, proof FROM resident_category")
    assert connection.execute(query).all() == [("hardship", None, None, "")]


def test_who_was_called_before_is_called_in_an_emergency(connection):
    query = text("SELECT name FROM contact WHERE is_emergency ORDER BY id")
    assert connection.execute(query).scalars().all() == ["王丽", "李明"]


def test_who_acted_before_signs(connection):
    query = text("SELECT name FROM contact WHERE signs")
    assert connection.execute(query).scalars().all() == ["王强"]

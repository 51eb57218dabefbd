"""Revision 0012 makes posts of what was typed, and loses nobody."""

from contextlib import closing

from alembic import command
from sqlalchemy import event
from sqlcipher3 import dbapi2

from carehome.db import revisions
from carehome.db.database import engine_for, prepare
from tests.conftest import KEY

BEFORE = """
INSERT INTO staff_member (id, name, post, phone, hired_on, left_on) VALUES
  (1, '周敏', '养老护理员', '1', '2024-03-01', NULL),
  (2, '许静', ' 特级护工 ', '', '2023-01-01', '2022-12-31'),
  (3, '孟厨', '厨师', '', '2020-05-05', '2025-05-05'),
  (4, '李强', '特级护工', '', '2025-05-05', NULL)
"""


def upgraded(path):
    engine = engine_for(path, KEY)
    event.listen(engine, "connect", revisions._without_foreign_keys)
    settings = revisions.config()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0011")
        connection.exec_driver_sql(BEFORE)
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0012")
    engine.dispose()


def told(path, query):
    with closing(dbapi2.connect(str(path))) as file:
        prepare(file, KEY)
        return file.execute(query).fetchall()


def test_everybody_keeps_the_post_as_the_main_one(tmp_path):
    path = tmp_path / "x.db"
    upgraded(path)
    rows = told(
        path,
        "SELECT m.name, p.name, p.is_care, s.is_main, m.hired_on, m.left_on "
        "FROM staff_member m JOIN staff_post s ON s.staff_id = m.id "
        "JOIN post p ON p.id = s.post_id ORDER BY m.id",
    )
    assert rows == [
        ("周敏", "养老护理员", 1, 1, "2024-03-01", None),
        ("许静", "特级护工", 1, 1, "2023-01-01", "2023-01-01"),
        ("孟厨", "厨师", 0, 1, "2020-05-05", "2025-05-05"),
        ("李强", "特级护工", 1, 1, "2025-05-05", None),
    ]


def test_the_lists_are_filled_with_source_and_standing(tmp_path):
    path = tmp_path / "x.db"
    upgraded(path)
    (count,) = told(path, "SELECT count(*) FROM certificate_kind WHERE source <> ''")[0]
    assert count == 15
    (named,) = told(
        path,
        "SELECT k.code FROM post_need n JOIN post p ON p.id = n.post_id "
        "JOIN certificate_kind k ON k.id = n.kind_id WHERE p.name = '护士'",
    )
    assert named == ("nurse",)

"""What the computer can do to a home: each is told plainly, nothing is harmed."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from carehome.db import schema
from carehome.db.beds import BedRow, BuildingRow
from carehome.db.change_log import ChangeRow
from carehome.db.database import Damaged, Database, DiskFull, InUse
from carehome.db.keys import WrongPassword
from carehome.errors import Trouble
from carehome.rules.home import HomeExists, NewAccount, NoHome, Profile
from carehome.rules.rights import Role
from carehome.services import home as homes
from tests.conftest import KEY, ROLES

DIRECTOR = NewAccount("director", "吴建国", Role.DIRECTOR, "first password")
USER = ROLES[Role.DIRECTOR]


@pytest.fixture
def folder(tmp_path, clock):
    homes.create(tmp_path / "x", Profile("福寿养老院"), DIRECTOR, clock)
    return tmp_path / "x"


def open_it(folder, clock, password="first password"):
    return homes.open_home(folder, "director", password, clock)


def test_a_home_opens_with_its_password(folder, clock):
    opened = open_it(folder, clock)
    assert (opened.user.name, opened.user.role) == ("吴建国", Role.DIRECTOR)
    opened.db.close()


def test_the_file_is_noise_without_the_key(folder):
    raw = (folder / homes.FILE).read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert "福寿".encode() not in raw
    with (
        closing(sqlite3.connect(folder / homes.FILE)) as plain,
        pytest.raises(sqlite3.DatabaseError),
    ):
        plain.execute("SELECT * FROM home").fetchall()


def test_nothing_readable_lies_beside_an_open_file(db):
    with db.writing(USER, "test") as session:
        session.add(BuildingRow(name="王秀英住这栋楼"))
        session.flush()
        for path in db.path.parent.iterdir():
            assert "王秀英".encode() not in path.read_bytes()
    for path in db.path.parent.iterdir():
        assert "王秀英".encode() not in path.read_bytes()


def test_a_wrong_password_is_told_and_changes_nothing(folder, clock):
    before = (folder / homes.FILE).read_bytes()
    with pytest.raises(WrongPassword) as told:
        open_it(folder, clock, "wrong password")
    assert "密码" in told.value.message
    assert (folder / homes.FILE).read_bytes() == before


def test_a_folder_without_a_home_is_told(tmp_path, clock):
    with pytest.raises(NoHome) as told:
        open_it(tmp_path, clock)
    assert str(tmp_path) in told.value.message


def test_setting_up_never_overwrites_a_home(folder, clock):
    before = (folder / homes.KEYS).read_bytes()
    with pytest.raises(HomeExists):
        homes.create(folder, Profile("别家"), DIRECTOR, clock)
    assert (folder / homes.KEYS).read_bytes() == before


@pytest.mark.parametrize("where", [0, 20, 5000])
def test_a_damaged_file_is_told_and_left_as_it_is(folder, clock, where):
    file = folder / homes.FILE
    raw = bytearray(file.read_bytes())
    raw[where : where + 200] = bytes(200)
    file.write_bytes(raw)
    with pytest.raises(Damaged) as told:
        read_all(folder, clock)
    assert "损坏" in told.value.message
    assert file.read_bytes() == bytes(raw)


def read_all(folder, clock):
    opened = open_it(folder, clock)
    try:
        with opened.db.reading() as session:
            for table in session.execute(text("SELECT name FROM sqlite_master")):
                session.execute(text(f'SELECT * FROM "{table[0]}"')).fetchall()
    finally:
        opened.db.close()


def test_a_cut_file_is_told(folder, clock):
    file = folder / homes.FILE
    file.write_bytes(file.read_bytes()[:8192])
    with pytest.raises(Damaged):
        read_all(folder, clock)


def test_an_empty_file_is_told(folder, clock):
    (folder / homes.FILE).write_bytes(b"")
    with pytest.raises(Damaged):
        open_it(folder, clock)


def test_a_second_program_is_told(folder, clock):
    opened = open_it(folder, clock)
    with pytest.raises(InUse) as told:
        open_it(folder, clock)
    assert "已在另一个" in told.value.message
    opened.db.close()
    open_it(folder, clock).db.close()


def test_a_full_disk_is_told_and_nothing_is_half_done(db):
    with db.reading() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(DiskFull) as told:
        many_buildings(db, 5000)
    assert "磁盘已满" in told.value.message
    with db.reading() as session:
        assert session.scalars(select(BuildingRow)).all() == []
        session.execute(text("PRAGMA max_page_count = 1000000"))
    many_buildings(db, 2)


def many_buildings(db, count):
    with db.writing(USER, "test") as session:
        session.add_all(
            BuildingRow(name=f"{number} {'x' * 99}") for number in range(count)
        )


def test_a_disk_that_takes_no_more_is_told(db):
    db.close()
    child = run_as_child(
        db,
        """
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (db.path.stat().st_size,) * 2)
        many_buildings(db, 5000)
        """,
    )
    assert child.stdout.strip() in ("NotReadable", "DiskFull")
    with Database(db.path, KEY).reading() as session:
        assert session.scalars(select(BuildingRow)).all() == []


def test_a_read_only_folder_is_told_and_nothing_is_changed(db):
    db.close()
    folder = db.path.parent
    before = db.path.read_bytes()
    db.path.chmod(0o444)
    folder.chmod(0o555)
    for above in folder.parents:
        if above.name.startswith("pytest-"):
            above.chmod(0o755)
    child = run_as_child(db, "many_buildings(db, 1)", as_nobody=True)
    folder.chmod(0o755)
    assert child.stdout.strip() == "ReadOnly", child.stderr
    assert db.path.read_bytes() == before


def run_as_child(db, body, as_nobody=False):
    """Run `body` in a process of its own and print what trouble it met."""
    drop = "os.setuid(65534)" if as_nobody and os.getuid() == 0 else ""
    lines = "\n    ".join(line.strip() for line in body.strip().splitlines())
    program = f"""
import os, resource, signal, sys
from pathlib import Path
from carehome.errors import Trouble
from tests.db.test_database import Database, KEY, many_buildings
{drop}
db = Database(Path({str(db.path)!r}), KEY)
try:
    {lines}
except Trouble as trouble:
    print(type(trouble).__name__)
"""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )


def test_a_deed_is_whole_or_not_at_all(db):
    with pytest.raises(ZeroDivisionError):
        half_a_deed(db)
    with db.reading() as session:
        assert session.scalars(select(BuildingRow)).all() == []
        assert not session.scalars(
            select(ChangeRow).where(ChangeRow.deed == "half")
        ).all()


def half_a_deed(db):
    with db.writing(USER, "half") as session:
        session.add(BuildingRow(name="一号楼"))
        session.flush()
        raise ZeroDivisionError


def test_every_change_says_who_when_what_before_and_after(db):
    with db.writing(USER, "first") as session:
        session.add(BuildingRow(name="一号楼"))
    with db.writing(USER, "second") as session:
        session.scalars(select(BuildingRow)).one().name = "颐和楼"
    with db.reading() as session:
        query = select(ChangeRow).where(ChangeRow.record == "building")
        first, second = session.scalars(query.order_by(ChangeRow.id))
        assert (first.actor, first.deed, first.action) == (
            "director",
            "first",
            "insert",
        )
        assert first.after["name"] == "一号楼"
        assert (second.action, second.before, second.after) == (
            "update",
            {"name": "一号楼"},
            {"name": "颐和楼"},
        )


def test_changed_tables_are_announced_after_the_commit(db):
    heard = []
    db.on_change = heard.append
    with db.writing(USER, "test") as session:
        session.add(BuildingRow(name="一号楼"))
        assert heard == []
    assert heard == [frozenset({"building"})]


def test_bulk_changes_cannot_slip_past_the_log(db):
    with pytest.raises(AssertionError, match="log"), db.writing(USER, "x") as session:
        session.execute(update(BedRow).values(label="no"))


@pytest.mark.parametrize("change", ["DELETE FROM change", "UPDATE change SET actor=''"])
def test_the_log_itself_cannot_be_changed(db, change):
    with db.writing(USER, "test") as session:
        session.add(BuildingRow(name="一号楼"))
    with db.writing(USER, "test") as session, pytest.raises(IntegrityError):
        session.connection().exec_driver_sql(change)


def test_looking_does_not_write(db):
    with pytest.raises(AssertionError, match="writing"), db.reading() as session:
        session.add(BuildingRow(name="一号楼"))


def test_trouble_never_carries_personal_facts_in_its_log_text(folder, clock):
    with pytest.raises(Trouble) as told:
        open_it(folder / "nowhere", clock)
    assert str(told.value) == "NoHome"


def test_a_newer_file_is_left_alone(db, clock):
    with db.writing(USER, "test") as session:
        session.connection().exec_driver_sql(
            "UPDATE alembic_version SET version_num='9999'"
        )
    db.close()
    before = db.path.read_bytes()
    with pytest.raises(schema.FileTooNew) as told:
        schema.upgrade(db.path, KEY, clock())
    assert "升级" in told.value.message
    assert db.path.read_bytes() == before

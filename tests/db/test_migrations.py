import shutil
from contextlib import closing
from datetime import date

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlcipher3 import dbapi2

from carehome import paths
from carehome.db import revisions, schema
from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.database import Damaged, engine_for, prepare
from carehome.db.residents import ResidentRow
from carehome.db.undo import CannotUndo, take_back
from carehome.rules.rights import Role
from tests.conftest import KEY, ROLES

USER = ROLES[Role.DIRECTOR]


@pytest.fixture
def config(tmp_path):
    engine = engine_for(tmp_path / "x.db", KEY)
    with engine.connect() as connection:
        made = revisions.config()
        made.attributes["connection"] = connection
        yield made
    engine.dispose()


def test_history_is_one_line(config):
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_the_files_are_named_by_their_revisions(config):
    walked = ScriptDirectory.from_config(config).walk_revisions()
    assert schema._revisions() == [script.revision for script in walked]


def test_revisions_build_exactly_the_models(config):
    command.upgrade(config, "head")
    command.check(config)  # raises when a model has no revision


@pytest.fixture
def lived_in(db):
    with db.writing(USER, "test") as session:
        session.add(BuildingRow(id=1, name="一号楼"))
        session.flush()
        session.add(FloorRow(id=1, building_id=1, name="一楼", level=1))
        session.flush()
        session.add(RoomRow(id=1, floor_id=1, name="101"))
        session.flush()
        session.add(BedRow(id=1, room_id=1, label="1", bed_class="B"))
        session.add(ResidentRow(id=1, name="王芳", sex="female"))
        session.flush()
        session.add(BedUseRow(bed_id=1, resident_id=1, starts=date(2026, 5, 1)))
    return db


REBUILD = """
import sqlalchemy as sa
from alembic import op
revision = "9000"
down_revision = "{head}"
def upgrade():
    with op.batch_alter_table("bed") as bed:
        bed.add_column(sa.Column("colour", sa.String(), server_default="white"))
    {more}
"""


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    head = schema._revisions()[0]
    folder = tmp_path / "migrations"
    shutil.copytree(paths.migrations(), folder)
    monkeypatch.setattr(paths, "migrations", lambda: folder)
    path = folder / "versions" / "9000_next.py"
    return lambda more="": path.write_text(REBUILD.format(head=head, more=more))


REBUILT_HOME = """
    with op.batch_alter_table("home", recreate="always") as home:
        home.add_column(sa.Column("colour", sa.String(), server_default="white"))
"""


def triggers(path):
    with closing(dbapi2.connect(str(path))) as file:
        prepare(file, KEY)
        rows = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in rows}


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(
    lived_in, next_version, clock
):
    lived_in.close()
    next_version()
    kept = schema.upgrade(lived_in.path, KEY, clock())
    with closing(dbapi2.connect(str(lived_in.path))) as file:
        prepare(file, KEY)
        rows = file.execute(
            "SELECT label, colour, starts FROM bed JOIN bed_use ON bed.id = bed_id"
        ).fetchall()
    assert rows == [("1", "white", "2026-05-01")]
    assert kept.exists()


def test_rebuilding_a_table_keeps_its_triggers(lived_in, next_version, clock):
    lived_in.close()
    before = triggers(lived_in.path)
    next_version(REBUILT_HOME)
    schema.upgrade(lived_in.path, KEY, clock())
    assert triggers(lived_in.path) == before


def test_a_trigger_goes_when_a_revision_says_so(lived_in, next_version, clock):
    lived_in.close()
    before = triggers(lived_in.path)
    next_version(
        'op.execute("DROP TRIGGER home_no_delete")\ndrops = ["home_no_delete"]'
    )
    schema.upgrade(lived_in.path, KEY, clock())
    assert before - triggers(lived_in.path) == {"home_no_delete"}


def test_the_copy_from_before_still_opens(lived_in, next_version, clock):
    lived_in.close()
    before = schema._revision(lived_in.path, KEY)
    next_version()
    kept = schema.upgrade(lived_in.path, KEY, clock())
    assert schema._revision(kept, KEY) == before
    assert schema._revision(lived_in.path, KEY) == "9000"


def test_a_failing_step_changes_nothing(lived_in, next_version, clock):
    lived_in.close()
    next_version("raise ZeroDivisionError")
    before = lived_in.path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        schema.upgrade(lived_in.path, KEY, clock())
    assert lived_in.path.read_bytes() == before


def test_an_upgrade_without_a_copy_does_not_begin(lived_in, next_version, clock):
    lived_in.close()
    next_version()
    (lived_in.path.parent / "copies").write_text("a file where the folder should be")
    before = lived_in.path.read_bytes()
    with pytest.raises(schema.CopyFailed):
        schema.upgrade(lived_in.path, KEY, clock())
    assert lived_in.path.read_bytes() == before


def test_a_file_that_names_no_revision_is_not_taken_for_a_home(tmp_path, clock):
    path = tmp_path / "home.db"
    with closing(dbapi2.connect(str(path))) as file:
        prepare(file, KEY)
        file.execute("CREATE TABLE building (id INTEGER)")
    with pytest.raises(Damaged):
        schema.upgrade(path, KEY, clock())


def deed_of(db, name, row):
    with db.writing(USER, name) as session:
        session.add(row)
        session.flush()
        return session.info["deed"].number


def test_a_deed_is_taken_back_whole(db):
    number = deed_of(db, "test", BuildingRow(name="一号楼"))
    with db.writing(USER, "undo") as session:
        take_back(session, number)
    with db.reading() as session:
        assert session.query(BuildingRow).all() == []


def test_a_change_is_taken_back_to_what_was(lived_in):
    with lived_in.writing(USER, "test") as session:
        use = session.get_one(BedUseRow, 1)
        use.ends = date(2026, 6, 1)
        session.flush()
        number = session.info["deed"].number
    with lived_in.writing(USER, "undo") as session:
        take_back(session, number)
    with lived_in.reading() as session:
        assert session.get_one(BedUseRow, 1).ends is None


def test_a_deed_that_later_work_stands_on_stays(lived_in):
    number = deed_of(lived_in, "new", ResidentRow(id=2, name="李强", sex="male"))
    deed_of(
        lived_in,
        "later",
        BedUseRow(
            bed_id=1, resident_id=2, starts=date(2026, 4, 1), ends=date(2026, 4, 2)
        ),
    )
    with pytest.raises(CannotUndo), lived_in.writing(USER, "undo") as session:
        take_back(session, number)
    with lived_in.reading() as session:
        assert session.get(ResidentRow, 2) is not None

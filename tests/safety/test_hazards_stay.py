"""A hazard never vanishes: not by any deed, nor by any change behind the program."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from carehome.db.database import Database
from carehome.db.hazards import HazardRow
from carehome.db.undo import CannotUndo, take_back
from carehome.errors import Refusal
from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard, Plan, Severity
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.photos import NewPicture
from tests.conftest import KEY, ROLES
from tests.house import DIRECTOR

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PHOTO = NewPicture("IMG_0001.jpg", 4, 3, b"\xff\xd8photo", "digest", None)

REST = (
    "year, 'open', severity, origin, source, item, place, found_at, found_by, measure, "
    "responsible, due_at, first_due_at, '', '', '', '', '', ''"
)
COPIED = (
    "id, serial, year, state, severity, origin, source, item, place, found_at, "
    "found_by, measure, responsible, due_at, first_due_at, rectified_by, "
    "rectified_note, checked_by, checked_note, closed_by, closed_note"
)

# What somebody could try on the file itself; {id} is one of the hazards.
BEHIND = (
    "DELETE FROM safety_hazard",
    "DELETE FROM safety_hazard WHERE id = {id}",
    "DELETE FROM safety_hazard_step WHERE hazard_id = {id}",
    "DELETE FROM safety_hazard_picture",
    "DELETE FROM safety_picture",
    "UPDATE safety_hazard SET item = '无' WHERE id = {id}",
    "UPDATE safety_hazard SET serial = 99 WHERE id = {id}",
    "UPDATE safety_hazard SET id = id + 1000 WHERE id = {id}",
    "UPDATE OR REPLACE safety_hazard SET id = 1 WHERE id = {id}",
    "UPDATE OR REPLACE safety_hazard SET serial = 1 WHERE id = {id}",
    "UPDATE safety_hazard SET state = 'closed' WHERE id = {id} AND state = 'open'",
    "UPDATE safety_hazard SET closed_at = NULL, state = 'open' WHERE id = {id}",
    "UPDATE safety_hazard_step SET text = '' WHERE hazard_id = {id}",
    "UPDATE safety_hazard_step SET hazard_id = {id}",
    "INSERT OR REPLACE INTO safety_hazard SELECT * FROM safety_hazard WHERE id = {id}",
    "INSERT OR REPLACE INTO safety_hazard_step "
    "SELECT id, hazard_id, kind, at, by, '' FROM safety_hazard_step",
    "UPDATE safety_hazard SET measure = '换新' WHERE state = 'closed'",
    "UPDATE safety_hazard SET state = 'closed', rectified_at = found_at, "
    "rectified_by = '甲', rectified_account = 91, checked_at = found_at, "
    "checked_by = '乙', checked_account = 92, closed_at = found_at, closed_by = '丙', "
    "closed_account = 93 WHERE id = {id} AND state = 'open'",
    "UPDATE safety_hazard SET state = 'checked', closed_at = NULL, "
    "closed_account = NULL WHERE state = 'closed'",
    f"INSERT OR REPLACE INTO safety_hazard ({COPIED}) SELECT {{id}}, 3, {REST} "
    "FROM safety_hazard WHERE (SELECT count(*) FROM safety_hazard) = 2",
    f"INSERT INTO safety_hazard ({COPIED}) SELECT NULL, 7, {REST} FROM safety_hazard",
    "UPDATE safety_hazard_picture SET stage = 'check'",
    "INSERT OR REPLACE INTO safety_hazard_picture "
    "SELECT id, hazard_id, picture_id, 'check' FROM safety_hazard_picture",
    "INSERT OR REPLACE INTO safety_hazard_picture (hazard_id, picture_id, stage) "
    "SELECT hazard_id, picture_id, stage FROM safety_hazard_picture",
)
DEEDS = ("open", "plan", "rectify", "pass_check", "send_back", "close", "undo")
MOVES = st.lists(
    st.tuples(
        st.sampled_from((*DEEDS, *DEEDS, *BEHIND)),
        st.sampled_from([Role.SAFETY_OFFICER, Role.HEAD_NURSE, Role.DIRECTOR]),
        st.integers(0, 5),
    ),
    max_size=25,
)


class Register:
    """The register, what is tried on it, and what it holds."""

    def __init__(self, db):
        self.db, self.now = db, NOW

    def attempt(self, move, role, which):
        """Try one thing; most of what is tried is refused, and may be."""
        self.now += timedelta(hours=7)
        hazards = Hazards(self.db, ROLES[role], lambda: self.now)
        ids = self.ids() or [1]
        known = ids[which % len(ids)]
        tried = {
            "open": lambda: hazards.open(NewHazard("灭火器失压", "三楼"), [PHOTO]),
            "plan": lambda: hazards.plan(known, self.plan(), "等配件"),
            "rectify": lambda: hazards.rectify(known, "已换", "张师傅", None, [PHOTO]),
            "pass_check": lambda: hazards.pass_check(known),
            "send_back": lambda: hazards.send_back(known, "没换好"),
            "close": lambda: hazards.close(known),
            "undo": lambda: self.undo(which),
        }
        try:
            tried.get(move, lambda: self.meddle(move.format(id=known)))()
        except (Refusal, DBAPIError, LookupError):
            return

    def plan(self):
        return Plan(Severity.HIGH, "换新", None, "张师傅", self.now + timedelta(days=9))

    def undo(self, back):
        with self.db.writing(DIRECTOR, "undo") as session:
            last = session.connection().exec_driver_sql(
                "SELECT max(deed_number) FROM change"
            )
            take_back(session, (last.scalar() or 0) - back)

    def meddle(self, change):
        with self.db.writing(DIRECTOR, "test") as session:
            session.connection().exec_driver_sql(change)

    def ids(self):
        with self.db.reading() as session:
            return list(session.scalars(select(HazardRow.id).order_by(HazardRow.id)))

    def held(self):
        """Return what was found, by id; what is closed as a whole; all histories."""
        with self.db.reading() as session:
            read = session.connection().exec_driver_sql
            rows = read("SELECT * FROM safety_hazard ORDER BY id").mappings().all()
            steps = read("SELECT * FROM safety_hazard_step ORDER BY id").all()
            shown = read("SELECT * FROM safety_hazard_picture ORDER BY id").all()
        names = ("year", "serial", "item", "place", "found_at", "first_due_at")
        found = {row["id"]: tuple(row[name] for name in names) for row in rows}
        closed = {row["id"]: dict(row) for row in rows if row["state"] == "closed"}
        return found, closed, [tuple(step) for step in (*steps, *shown)], steps


@pytest.fixture(scope="module")
def template(_template):
    return _template.read_bytes()


@given(moves=MOVES)
@settings(max_examples=25)
def test_whatever_is_tried_nothing_leaves_the_register(template, moves):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "home.db"
        path.write_bytes(template)
        db = Database(path, KEY)
        try:
            _try_all(Register(db), moves)
        finally:
            db.close()


def _try_all(register, moves):
    register.attempt("open", Role.HEAD_NURSE, 0)
    before = register.held()
    for move in moves:
        register.attempt(*move)
        after = register.held()
        assert before[0].items() <= after[0].items()
        assert all(after[1][number] == row for number, row in before[1].items())
        assert set(before[2]) <= set(after[2])
        serials = sorted(found[1] for found in after[0].values())
        assert serials == list(range(1, len(serials) + 1))
        before = after


@pytest.fixture
def closed(db):
    """One hazard that went the whole way, and one that is open."""
    register = Register(db)
    for move, role in (
        ("open", Role.HEAD_NURSE),
        ("rectify", Role.SAFETY_OFFICER),
        ("pass_check", Role.HEAD_NURSE),
        ("close", Role.DIRECTOR),
        ("open", Role.HEAD_NURSE),
    ):
        register.attempt(move, role, 0)
    assert len(register.held()[1]) == 1
    return register


@pytest.mark.parametrize("change", BEHIND)
@pytest.mark.parametrize("which", [1, 2])
def test_every_change_behind_the_program_is_refused(closed, change, which):
    before = closed.held()
    with suppress(IntegrityError):  # of what is not there nothing is refused
        closed.meddle(change.format(id=which))
    assert closed.held() == before


def test_entering_a_hazard_cannot_be_undone(db):
    register = Register(db)
    register.attempt("open", Role.HEAD_NURSE, 0)
    with pytest.raises(CannotUndo):
        register.undo(0)


def test_the_database_itself_wants_another_person(closed):
    officer = ROLES[Role.SAFETY_OFFICER]
    closed.attempt("rectify", Role.SAFETY_OFFICER, 1)
    with pytest.raises(IntegrityError, match="checked_by_another"):
        closed.meddle(
            "UPDATE safety_hazard SET state = 'checked', checked_at = rectified_at, "
            f"checked_by = 'x', checked_account = {officer.account_id} WHERE id = 2"
        )


def test_a_hazard_begins_open(db):
    columns = "id, year, serial, state, severity, origin, source, item, place"
    with pytest.raises(IntegrityError, match="begins open"):
        Register(db).meddle(
            f"INSERT INTO safety_hazard ({columns}) VALUES "
            "(1, 2026, 1, 'closed', 'major', 'hand', '', 'x', 'y')"
        )

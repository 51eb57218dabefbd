"""A hazard outlives what brought it to light, who is responsible, and the year."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from carehome.db.undo import CannotUndo, take_back
from carehome.rules.rights import Role
from carehome.rules.safety.drills import Drill, Lesson, RolePart
from carehome.rules.safety.hazards import NewHazard, Severity
from carehome.rules.staff import Person
from carehome.services.safety.drills import Drills
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.inspections import Inspections
from carehome.services.safety.lessons import Lessons
from carehome.services.safety.photos import NewPicture
from carehome.services.safety.rounds import Answer, Verdict
from carehome.services.staff import Staff, StaffLists
from tests.conftest import ROLES, TODAY
from tests.house import DIRECTOR
from tests.safety.test_inspections import VISIT
from tests.safety.test_rounds import World

OFFICER = ROLES[Role.SAFETY_OFFICER]
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))
PHOTO = NewPicture("IMG_0001.jpg", 4, 3, b"\xff\xd8photo", "digest", None)
REGISTER = ("safety_hazard", "safety_hazard_step", "safety_hazard_picture")


def held(db):
    """Return all that the register holds, the photos too."""
    with db.reading() as session:
        tables = (*REGISTER, "safety_picture")
        return [
            session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()
            for table in tables
        ]


def on_a_round(db):
    World(db).made(i1=Answer(Verdict.FAILED, note="堆放杂物"))


def member(db):
    """Return the number of somebody who works here."""
    director = ROLES[Role.DIRECTOR]
    post = StaffLists(db, director, lambda: NOW).posts()[0].post_id
    return Staff(db, director, lambda: NOW).add(Person("周敏", TODAY), post)


def in_a_drill(db):
    leader = member(db)
    drills = Drills(db, OFFICER, lambda: NOW)
    number = drills.plan(Drill("夜间疏散演练", TODAY))
    drills.hold(
        Drill(
            "夜间疏散演练",
            TODAY,
            drill_id=number,
            held_on=TODAY,
            held_at="02:10",
            minutes=18,
            roles=(RolePart("command", leader),),
            lessons=(Lesson("轮椅不够"),),
        )
    )
    lesson = drills.year(TODAY.year).drills[0].lessons[0]
    new = NewHazard("轮椅不够", "二楼")
    Lessons(db, OFFICER, lambda: NOW).open_hazard(lesson.lesson_id, new)


def at_an_inspection(db):
    inspections = Inspections(db, OFFICER, lambda: NOW)
    number = inspections.save(replace(VISIT))
    inspections.add_finding(number, "指示灯不亮", "二楼", Severity.HIGH)


def by_hand(db):
    equipment = Equipment(db, OFFICER, lambda: NOW)
    equipment.add(Piece(equipment.ledger().kinds[0].kind_id, "三楼"))
    Hazards(db, OFFICER, lambda: NOW).open(NewHazard("灭火器失压", "三楼"), [PHOTO])


FOUND = (on_a_round, in_a_drill, at_an_inspection, by_hand)


@pytest.fixture
def register(db):
    """One hazard of each origin, one with a photo and one with a responsible member."""
    for find in FOUND:
        find(db)
    attempt(
        db,
        "UPDATE safety_hazard SET responsible_id = (SELECT min(id) FROM staff_member) "
        "WHERE id = 1",
    )
    with db.reading() as session:
        query = text("SELECT responsible_id FROM safety_hazard WHERE id = 1")
        assert session.scalar(query)
    return db


def tables(db):
    with db.reading() as session:
        query = text("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = session.scalars(query).all()
    return [name for name in names if not name.startswith("sqlite_")]


def attempt(db, change):
    with suppress(DBAPIError), db.writing(DIRECTOR, "test") as session:
        session.connection().exec_driver_sql(change)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "UPDATE OR REPLACE {table} SET rowid = rowid + 1000",
    ],
)
def test_no_change_of_any_table_takes_a_hazard_along(register, change):
    before = held(register)
    assert [len(rows) for rows in before] == [4, 4, 1, 1]
    for table in tables(register):
        attempt(register, change.format(table=table))
        assert held(register) == before, table


def test_a_photo_is_not_written_over(register):
    before = held(register)
    columns = "name, width, height, digest, taken_at, added_at, added_by"
    attempt(
        register,
        f"REPLACE INTO safety_picture (id, content, {columns}) "
        f"SELECT id, x'00', {columns} FROM safety_picture",
    )
    assert held(register) == before


def test_nothing_that_a_hazard_points_at_takes_it_along(register):
    with register.reading() as session:
        ways = {
            (row.table, row.on_delete, row.on_update)
            for table in REGISTER
            for row in session.execute(text(f"PRAGMA foreign_key_list({table})"))
        }
    assert {way[1:] for way in ways} == {("NO ACTION", "NO ACTION")}


@pytest.mark.parametrize("find", FOUND)
def test_the_deed_that_found_it_cannot_be_undone(db, find):
    find(db)
    before = held(db)
    with db.writing(DIRECTOR, "undo") as session:
        query = "SELECT deed_number FROM change WHERE record = 'safety_hazard'"
        deed = session.connection().exec_driver_sql(query).scalar()
        assert deed
        with pytest.raises(CannotUndo):
            take_back(session, deed)
    assert held(db) == before


def test_the_year_of_a_number_is_that_of_the_home(db):
    at = [
        datetime(2026, 12, 31, 23, 59, tzinfo=CHINA),
        datetime(2027, 1, 1, 0, 1, tzinfo=CHINA),  # still 2026 in Greenwich
        datetime(2027, 1, 1, 8, 1, tzinfo=CHINA),
    ]
    for moment in at:
        Hazards(db, OFFICER, lambda at=moment: at).open(NewHazard("灭火器失压", "三楼"))
    listed = Hazards(db, OFFICER, lambda: at[-1]).listed()
    numbers = sorted(each.number for each in listed)
    assert numbers == ["2026-0001", "2027-0001", "2027-0002"]

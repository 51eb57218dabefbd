"""What the database itself refuses about rosters, whoever asks."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from carehome.db.rosters import RosterCellRow, RosterChangeRow, RosterRow
from tests.rosters.ward import DECEMBER, DIRECTOR, make, row

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC).replace(tzinfo=None)


@pytest.fixture
def ward(db, clock):
    return make(db, clock)


@pytest.fixture
def key(ward):
    (key,) = ward.hire("何梅")
    ward.rosters().set_cells(DECEMBER, row(key, "EL"))
    return key


@pytest.fixture
def published(ward, key):
    ward.rosters().publish(DECEMBER, {})
    return key


def cell(session, day=1):
    return session.scalars(
        select(RosterCellRow).where(RosterCellRow.day == date(2026, 12, day))
    ).one()


def told(old, new, key, day=1):
    return RosterChangeRow(
        roster_id=1,
        staff_id=int(key),
        day=date(2026, 12, day),
        old_shift_id=old,
        new_shift_id=new,
        changed_at=NOON,
        changed_by="院长",
        reason="病假",
    )


def refused(db, deed):
    def whole():
        with db.writing(DIRECTOR, "test") as session:
            deed(session)
            session.flush()

    with pytest.raises(IntegrityError):
        whole()


def add_cell(key, day, **facts):
    def deed(session):
        session.add(
            RosterCellRow(roster_id=1, staff_id=int(key), day=day, shift_id=1, **facts)
        )

    return deed


def test_nobody_works_two_shifts_on_a_day(db, key):
    refused(db, add_cell(key, date(2026, 12, 1)))


def test_a_day_belongs_to_the_month_of_its_roster(db, key):
    refused(db, add_cell(key, date(2026, 11, 30)))
    refused(db, add_cell(key, date(2027, 1, 1)))


def test_a_cell_stays_with_its_person_and_day(db, key):
    def move(session):
        cell(session).day = date(2026, 12, 9)

    refused(db, move)


def test_a_month_begins_on_its_first_day_and_has_one_roster(db, key):
    for month in (date(2026, 12, 2), DECEMBER):
        refused(
            db,
            lambda session, month=month: session.add(
                RosterRow(month=month, made_at=NOON, made_by="院长")
            ),
        )


def test_a_draft_changes_without_a_word(db, key):
    with db.writing(DIRECTOR, "test") as session:
        cell(session).shift_id = 3
        session.delete(cell(session, 2))


def test_a_published_cell_does_not_change_in_silence(db, published):
    def change(session):
        cell(session).shift_id = 3

    refused(db, change)


def test_a_published_cell_is_not_removed_or_added_in_silence(db, published):
    refused(db, lambda session: session.delete(cell(session)))
    refused(db, add_cell(published, date(2026, 12, 9)))


def test_a_published_cell_changes_as_it_is_told(db, published):
    with db.writing(DIRECTOR, "test") as session:
        session.add(told(1, 3, published))
        session.flush()
        cell(session).shift_id = 3
    with db.reading() as session:
        assert cell(session).shift_id == 3


def test_a_change_that_was_told_is_not_used_twice(db, published):
    with db.writing(DIRECTOR, "test") as session:
        session.add(told(1, 3, published))
        session.flush()
        cell(session).shift_id = 3

    def back(session):
        cell(session).shift_id = 1

    refused(db, back)


def test_what_was_told_of_another_change_does_not_count(db, published):
    def change(session):
        session.add(told(1, 2, published))
        session.flush()
        cell(session).shift_id = 3

    refused(db, change)


def test_what_was_told_stays(db, published):
    with db.writing(DIRECTOR, "test") as session:
        session.add(told(1, 3, published))
        session.flush()
        cell(session).shift_id = 3

    def forge(session):
        session.scalars(select(RosterChangeRow)).one().reason = "别的"

    refused(db, forge)
    refused(
        db,
        lambda session: session.delete(session.scalars(select(RosterChangeRow)).one()),
    )


def test_a_reason_is_not_blank(db, published):
    def change(session):
        line = told(1, 3, published)
        line.reason = "  "
        session.add(line)

    refused(db, change)


def test_a_lock_of_a_published_cell_is_no_change(db, published):
    with db.writing(DIRECTOR, "test") as session:
        cell(session).is_locked = True


def test_a_roster_is_published_at_a_moment(db, key):
    def publish(session):
        session.scalars(select(RosterRow)).one().state = "published"

    refused(db, publish)

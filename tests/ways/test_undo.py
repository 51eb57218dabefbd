"""Every deed is undone to the last row, or says what to do instead."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from carehome.db.change_log import ChangeRow
from carehome.db.undo import CannotUndo
from carehome.rules.rights import NotAllowed, Right, Role
from carehome.services.deeds import DEED_NAMES
from carehome.services.last_deed import LastDeed, NotTheLast
from carehome.services.service import RIGHT_OF
from carehome.services.ways_back import UNDONE, WAYS_BACK, Correction, Plain, way_back
from tests.conftest import ROLES, TODAY
from tests.services import every_service
from tests.ways.deeds import DEEDS


@pytest.fixture
def last(ways):
    return ways.of(LastDeed)


def test_every_deed_has_a_way_back():
    assert set(WAYS_BACK) == set(DEED_NAMES)


def test_every_deed_that_is_undone_is_tried_below():
    assert set(DEEDS) == UNDONE


def test_every_deed_that_is_undone_names_its_right():
    every_service()
    assert set(RIGHT_OF) >= UNDONE


@pytest.mark.parametrize("deed", [d for d in DEED_NAMES if d not in UNDONE])
def test_what_is_not_undone_says_why_and_leads_on(deed):
    way = way_back(deed)
    assert way is Plain.PASSING or (isinstance(way, Correction) and way.why)
    if isinstance(way, Correction):
        assert bool(way.do) == bool(way.place)


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_a_deed_is_undone_to_the_last_row(ways, last, everything, deed):
    prepare, do = DEEDS[deed]
    known = prepare(ways)
    before = everything()
    do(ways, known)
    done = last.last()
    assert done.deed == deed
    assert done.way is Plain.UNDO
    assert everything() != before
    last.undo(done.number)
    assert everything() == before


def test_undoing_is_a_deed_of_its_own(ways, last, db):
    ways.absence()
    number = last.last().number
    last.undo(number)
    with db.reading() as session:
        line = session.scalars(select(ChangeRow).order_by(ChangeRow.id.desc())).first()
    assert (line.deed, line.deed_number, line.actor) == (
        "LastDeed.undo",
        number + 1,
        "director",
    )
    assert isinstance(last.last().way, Correction)


def test_what_was_done_is_told_with_whom_it_was_about(ways, last):
    ways.absence()
    assert last.last().words == "登记请假或住院：王秀英"


def test_a_bed_is_named(ways, last):
    DEEDS["Beds.send_cleaning"][1](ways, None)
    assert last.last().subject == "302-2"


def test_only_the_last_deed_is_undone(ways, last):
    ways.absence()
    number = last.last().number
    ways.reserve()
    with pytest.raises(NotTheLast):
        last.undo(number)


def test_nobody_undoes_what_another_person_did(ways, db, clock):
    ways.absence()
    other = LastDeed(db, ROLES[Role.FRONT_DESK], clock)
    assert other.last() is None


def test_the_deeds_of_yesterday_stay(ways, db):
    ways.absence()
    tomorrow = LastDeed(
        db,
        ROLES[Role.DIRECTOR],
        lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC) + timedelta(days=1),
    )
    assert tomorrow.last() is None


def test_undoing_needs_the_right_of_the_deed(ways, last, monkeypatch):
    ways.absence()
    number = last.last().number
    rest = frozenset(set(Right) - {RIGHT_OF["Residents.record_absence"]})
    monkeypatch.setattr("carehome.rules.rights.RIGHTS", {Role.DIRECTOR: rest})
    with pytest.raises(NotAllowed):
        last.undo(number)


def test_a_look_does_not_stand_between(ways, last):
    ways.absence()
    number = last.last().number
    ways.residents.show_identity(ways.wang, "查证")
    done = last.last()
    assert (done.number, done.is_newest) == (number, False)
    last.undo(number)


def test_money_in_the_books_leads_to_its_receipt(ways, last, everything):
    receipt = ways.purse.deposits.take(ways.wang, 1000_00, "cash", TODAY)
    done, before = last.last(), everything()
    assert (done.receipt_id, done.resident_id) == (receipt, ways.wang)
    with pytest.raises(CannotUndo):
        last.undo(done.number)
    assert everything() == before

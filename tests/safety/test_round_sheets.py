"""Sheets that go out on paper, who signs them, their pictures, and what is odd."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from carehome.db.accounts import AccountRow
from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.db.rounds import SafetyAnswerPictureRow, SafetyRoundRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import StaffMemberRow
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.safety.rounds import Limits, Standing
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.photos import NewPicture
from carehome.services.safety.rounds import Rounds
from carehome.services.safety.rounds.service import (
    MOST_PICTURES,
    NotInPlan,
    OwnRound,
    TooManyPictures,
)
from tests.conftest import ROLES
from tests.safety.test_rounds import FAILED, World, at


def picture(number):
    return NewPicture(
        f"{number}.jpg", 4, 3, b"jpeg%d" % number, f"digest{number}", None
    )


def sign_own(session, round_id):
    row = session.get_one(SafetyRoundRow, round_id)
    row.supervisor, row.signed_at = "别人", at("11-21 10:00")
    row.signed_account = row.patroller_account


PICTURES = picture(1), picture(2)


@pytest.fixture
def world(db):
    return World(db)


def test_a_name_typed_another_way_is_the_same_person(world):
    name = ROLES[Role.DIRECTOR].name
    round_id = world.made(patroller=f" {name[0]} {name[1:]}")
    with pytest.raises(OwnRound):
        world.director.sign([round_id])


def test_who_filled_it_in_does_not_sign_under_another_name(world):
    round_id = world.made(patroller="赵敏")
    with pytest.raises(OwnRound):
        world.rounds.sign([round_id])


def test_who_types_in_a_sheet_of_paper_may_sign_for_another(world):
    round_id = world.from_paper("赵敏")
    world.rounds.sign([round_id])
    assert world.rounds.board().unsigned == ()


def test_a_sheet_of_paper_knows_the_account_of_its_patroller(world):
    with world.db.writing(ROLES[Role.DIRECTOR], "t") as session:
        account = AccountRow(
            id=ROLES[Role.DIRECTOR].account_id,
            sign_in="d",
            name="杜若",
            role=Role.DIRECTOR,
            created_on=date(2026, 1, 1),
        )
        session.merge(account)
    round_id = world.from_paper("杜若")
    with pytest.raises(OwnRound):
        world.director.sign([round_id])


def test_the_database_itself_lets_nobody_sign_their_own_round(world):
    round_id = world.made()
    with (
        pytest.raises(IntegrityError),
        world.db.writing(ROLES[Role.DIRECTOR], "t") as session,
    ):
        sign_own(session, round_id)


def test_a_printed_sheet_that_is_not_brought_back_is_missed(world):
    (round_id,) = world.rounds.print_out([(world.day_plan, at("11-21 08:00"))])
    world.clock.set("2026-11-21 10:30")
    missed = [
        line
        for line in world.rounds.board().missed
        if line.due.opens == at("11-21 08:00")
    ]
    told = [(line.round_id, line.is_printed, line.standing) for line in missed]
    assert told == [(round_id, True, Standing.MISSED)]


def test_a_printed_sheet_has_not_begun_a_round(world):
    (round_id,) = world.rounds.print_out([(world.day_plan, at("11-21 08:00"))])
    assert world.rounds.sheet(round_id).line.started_at is None
    assert world.rounds.sheet(round_id).line.printed_at == at("11-21 09:30")


def test_printing_a_finished_round_notes_nothing(world):
    round_id = world.made()
    assert world.rounds.print_out([round_id]) == [round_id]
    assert world.rounds.sheet(round_id).line.printed_at is None


def test_sheets_are_printed_all_or_none(world):
    with pytest.raises(NotInPlan):
        world.rounds.print_out(
            [(world.day_plan, at("11-21 08:00")), (world.day_plan, at("11-21 08:01"))]
        )
    assert world.rounds.board().under_way == ()


def test_an_item_takes_several_pictures_in_their_order(world):
    round_id = world.start()
    world.answer(round_id, i5=FAILED)
    ids = [world.rounds.attach(round_id, world.items[5], each) for each in PICTURES]
    assert world.rounds.sheet(round_id).items[5].answer.picture_ids == tuple(ids)


def test_a_picture_of_an_item_can_be_taken_away(world):
    round_id = world.start()
    world.answer(round_id, i5=FAILED)
    first, second = (
        world.rounds.attach(round_id, world.items[5], each) for each in PICTURES
    )
    answer = world.rounds.sheet(round_id).items[5].answer
    world.rounds.keep(
        round_id, {world.items[5]: replace(answer, picture_ids=(second,))}
    )
    assert world.rounds.sheet(round_id).items[5].answer.picture_ids == (second,)
    assert first != second


def test_an_item_does_not_take_pictures_without_end(world):
    round_id = world.start()
    for number in range(MOST_PICTURES):
        world.rounds.attach(round_id, world.items[5], picture(number))
    with pytest.raises(TooManyPictures):
        world.rounds.attach(round_id, world.items[5], picture(MOST_PICTURES))


def test_all_pictures_of_an_item_go_to_its_hazard(world):
    round_id = world.start()
    world.answer(round_id, i5=FAILED)
    for each in PICTURES:
        world.rounds.attach(round_id, world.items[5], each)
    (number,) = world.rounds.finish(round_id, "赵敏")
    hazard = Hazards(world.db, ROLES[Role.DIRECTOR], world.clock).file(number)
    assert len(hazard.pictures) == len(PICTURES)


def test_the_database_itself_keeps_the_pictures_of_a_finished_round(world):
    round_id = world.start()
    world.answer(round_id, i5=FAILED)
    world.rounds.attach(round_id, world.items[5], PICTURES[0])
    world.rounds.finish(round_id, "赵敏")
    with (
        pytest.raises(IntegrityError),
        world.db.writing(ROLES[Role.DIRECTOR], "t") as session,
    ):
        session.delete(session.scalars(select(SafetyAnswerPictureRow)).one())


def test_what_is_odd_follows_the_limits_of_the_home(world):
    round_id = world.made()
    world.director.set_limits(Limits(haste_seconds=0))
    assert world.marks(round_id) == ()


def test_who_makes_rounds_does_not_say_what_is_odd(world):
    with pytest.raises(NotAllowed):
        Rounds(world.db, ROLES[Role.FRONT_DESK], world.clock).set_limits(Limits())


def test_who_is_on_duty_is_offered_first_and_everybody_once(world):
    with world.db.writing(ROLES[Role.DIRECTOR], "t") as session:
        shift = ShiftKindRow(
            code="D", sign="白", name="白班", starts=420, span=540, minutes=480
        )
        world.added(session, shift)
        roster = RosterRow(
            month=date(2026, 11, 1),
            made_at=at("11-01 08:00"),
            made_by="t",
        )
        world.added(session, roster)
        for name in ("安心", "白雪"):
            member = StaffMemberRow(name=name, hired_on=date(2026, 1, 1))
            world.added(session, member)
        cell = RosterCellRow(
            roster_id=roster.id,
            staff_id=member.id,
            day=date(2026, 11, 21),
            shift_id=shift.id,
        )
        world.added(session, cell)
        roster.state, roster.published_at = "published", at("11-01 08:00")
    offered = world.rounds.people(date(2026, 11, 21))
    assert offered[0] == "白雪"
    assert offered.count("白雪") == 1
    assert "安心" in offered

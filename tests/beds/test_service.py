from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.beds import BedUseRow
from carehome.rules import beds as rules
from carehome.rules import residents as people
from carehome.rules.beds import BedState
from carehome.rules.rights import NotAllowed, Role
from carehome.services.beds import Beds, NewBed, places, uses
from carehome.services.beds.service import BedInUse
from carehome.services.residents import Residents
from tests.conftest import TODAY
from tests.house import DIRECTOR, MARCH, build, know, settle

MAY, LATER = date(2026, 5, 4), TODAY + timedelta(days=10)


@pytest.fixture
def beds(as_role):
    return as_role(Beds)


@pytest.fixture
def house(db):
    return build(db)


def cell(beds, name, day=TODAY):
    floors = beds.board(day).floors
    cells = [bed for floor in floors for room in floor.rooms for bed in room.beds]
    return next(bed for bed in cells if bed.bed == name)


def test_the_board_shows_who_has_which_bed(db, beds, house):
    settle(db, "王秀英", house["301-2"])
    bed = cell(beds, "301-2")
    assert (bed.state, bed.holder.name) == (BedState.OCCUPIED, "王秀英")
    assert cell(beds, "301-1").holder is None


def test_the_board_of_a_past_day_shows_that_day(db, beds, house):
    settle(db, "王秀英", house["301-2"])
    assert cell(beds, "301-2", MARCH - timedelta(days=1)).state is BedState.RESERVED
    assert cell(beds, "301-2", MARCH).state is BedState.OCCUPIED


def test_the_bed_of_somebody_in_hospital_is_kept(db, beds, house, as_role):
    resident_id = settle(db, "王秀英", house["301-2"])
    as_role(Residents).record_absence(resident_id, "hospital", TODAY)
    bed = cell(beds, "301-2")
    assert (bed.state, bed.holder.absence) == (BedState.KEPT, "hospital")


def test_the_board_counts_each_floor(db, beds, house):
    settle(db, "王秀英", house["301-2"])
    beds.set_out_of_service(house["302-1"], "床架坏了")
    [floor] = beds.board(TODAY).floors
    counts = floor.counts
    assert (counts.beds, counts.residents, counts.free) == (4, 1, 2)
    assert counts.out_of_service == 1
    assert beds.board(TODAY).counts == counts


def test_rooms_are_made_by_range_and_listed_as_people_count(beds):
    floor = beds.add_floor(beds.add_building("二号楼"), "一楼", 1)
    beds.add_rooms(floor, "108-110", 12, "D")
    [shown] = beds.board(TODAY).floors
    assert [room.name for room in shown.rooms] == ["108", "109", "110"]
    assert [bed.label for bed in shown.rooms[0].beds][-3:] == ["10", "11", "12"]


def test_two_rooms_of_one_name_are_told_apart_by_their_building(beds):
    for name in ("一号楼", "二号楼"):
        floor = beds.add_floor(beds.add_building(name), "一楼", 1)
        beds.add_rooms(floor, "101", 1, "A")
    assert [bed.bed for bed in beds.free(TODAY)] == ["一号楼 101-1", "二号楼 101-1"]


def test_a_room_that_is_there_already_is_refused_whole(beds, house):
    [floor] = beds.board(TODAY).floors
    with pytest.raises(places.PlaceExists) as refusal:
        beds.add_rooms(floor.floor_id, "300-302", 2, "B")
    assert "301" in refusal.value.message
    assert len(beds.board(TODAY).floors[0].rooms) == 2


def test_a_basement_is_refused(beds):
    building = beds.add_building("二号楼")
    with pytest.raises(rules.BelowGround):
        beds.add_floor(building, "地下一层", -1)


def test_single_beds_bring_their_floor_along(beds, house):
    [bed_id] = beds.add_beds([NewBed("一号楼", "1203", "5", "A")])
    floors = beds.board(TODAY).floors
    assert (floors[0].level, floors[0].name) == (12, "12楼")
    assert floors[0].rooms[0].beds[0].bed_id == bed_id


def test_a_bed_without_history_is_removed(beds, house):
    beds.remove_bed(house["301-1"])
    assert "301-1" not in [bed.bed for bed in beds.free(TODAY)]


def test_a_bed_with_history_stays(db, beds, house):
    settle(db, "王秀英", house["301-1"])
    with pytest.raises(places.PlaceUsed):
        beds.remove_bed(house["301-1"])


def test_the_class_of_a_bed_that_bills_stand_on_is_fixed(db, beds, house):
    settle(db, "王秀英", house["301-1"])
    with pytest.raises(places.ClassFixed):
        beds.change_bed(house["301-1"], "1", "A", is_nursing_bed=False)


def test_a_bed_gets_another_label_and_class(beds, house):
    beds.change_bed(house["301-1"], "靠窗", "A", is_nursing_bed=True)
    bed = cell(beds, "301-靠窗")
    assert (bed.bed_class, bed.is_nursing_bed) == ("A", True)


def test_two_beds_of_a_room_cannot_have_one_label(beds, house):
    with pytest.raises(places.PlaceExists):
        beds.change_bed(house["301-1"], "2", "B", is_nursing_bed=False)


def test_a_room_gets_another_name_and_rule(beds, house):
    room = beds.board(TODAY).floors[0].rooms[0]
    beds.change_room(room.room_id, "310", "male")
    renamed = beds.board(TODAY).floors[0].rooms[-1]
    assert (renamed.name, renamed.gender_rule) == ("310", "male")


def test_a_rule_that_shuts_somebody_out_is_refused(db, beds, house):
    settle(db, "王秀英", house["301-1"])
    room = beds.board(TODAY).floors[0].rooms[0]
    with pytest.raises(rules.RoomMixed):
        beds.change_room(room.room_id, room.name, "male")


def test_what_is_not_empty_is_not_removed(beds, house):
    [floor] = beds.board(TODAY).floors
    with pytest.raises(places.PlaceNotEmpty):
        beds.remove_room(floor.rooms[0].room_id)
    with pytest.raises(places.PlaceNotEmpty):
        beds.remove_floor(floor.floor_id)
    with pytest.raises(places.PlaceNotEmpty):
        beds.remove_building(floor.building_id)


def test_a_bed_somebody_lives_in_is_not_repaired(db, beds, house):
    settle(db, "王秀英", house["301-1"])
    with pytest.raises(BedInUse) as refusal:
        beds.set_out_of_service(house["301-1"], "床架坏了")
    assert "王秀英" in refusal.value.message


def test_a_bed_out_of_service_is_not_free_until_ready(beds, house):
    beds.set_out_of_service(house["301-1"], "床架坏了")
    assert house["301-1"] not in [bed.bed_id for bed in beds.free(TODAY)]
    beds.set_ready(house["301-1"])
    assert house["301-1"] in [bed.bed_id for bed in beds.free(TODAY)]


def test_a_move_ends_the_old_use_on_the_day_the_new_one_starts(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    beds.move(resident_id, house["301-2"], MAY)
    new, old = beds.history_of(resident_id)
    assert (old.bed, old.starts, old.ends) == ("301-1", MARCH, MAY)
    assert (new.bed, new.starts, new.ends) == ("301-2", MAY, None)


def test_the_left_bed_is_free_on_the_day_of_the_move(db, beds, house):
    beds.move(settle(db, "王秀英", house["301-1"]), house["301-2"], MAY)
    settle(db, "李桂兰", house["301-1"], MAY)
    assert cell(beds, "301-1", MAY).holder.name == "李桂兰"


def test_a_move_to_a_taken_bed_is_refused_with_the_name(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    settle(db, "李桂兰", house["301-2"])
    with pytest.raises(rules.BedTaken) as refusal:
        beds.move(resident_id, house["301-2"], TODAY)
    assert "李桂兰" in refusal.value.message
    assert beds.history_of(resident_id)[0].ends is None


def test_a_move_is_not_backdated_over_somebody_else(db, beds, house, as_role):
    resident_id = settle(db, "王秀英", house["301-1"])
    other = settle(db, "李桂兰", house["301-2"])
    as_role(Residents).discharge(other, MAY, "回家")
    with pytest.raises(rules.BedTaken):
        beds.move(resident_id, house["301-2"], MAY - timedelta(days=1))
    beds.move(resident_id, house["301-2"], MAY)


def test_a_move_is_not_backdated_before_the_stay(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"], MAY)
    with pytest.raises(people.NotHere):
        beds.move(resident_id, house["301-2"], MAY - timedelta(days=1))


def test_a_move_to_come_is_a_reservation_not_a_move(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    with pytest.raises(people.NotComeYet):
        beds.move(resident_id, house["301-2"], LATER)


def test_a_move_to_the_own_bed_is_refused(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    with pytest.raises(uses.SameBed):
        beds.move(resident_id, house["301-1"], TODAY)


def test_a_man_is_not_moved_to_a_room_for_women(db, beds, house):
    resident_id = settle(db, "孙大成", house["302-1"], sex="male")
    with pytest.raises(rules.WrongGender):
        beds.move(resident_id, house["301-1"], TODAY)


def test_nobody_is_moved_to_a_broken_bed(db, beds, house):
    beds.set_out_of_service(house["301-2"], "床架坏了")
    with pytest.raises(rules.OutOfService) as refusal:
        beds.move(settle(db, "王秀英", house["301-1"]), house["301-2"], TODAY)
    assert "床架坏了" in refusal.value.message


def test_somebody_discharged_is_not_moved(db, beds, house, as_role):
    resident_id = settle(db, "王秀英", house["301-1"])
    as_role(Residents).discharge(resident_id, MAY, "回家")
    with pytest.raises(people.NotHere):
        beds.move(resident_id, house["301-2"], MAY)


def test_a_corrected_move_replaces_the_later_one(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    beds.move(resident_id, house["301-2"], TODAY)
    preview = beds.preview_move(resident_id, house["301-2"], MAY)
    beds.move(resident_id, house["301-2"], MAY)
    assert preview.replaced == ("301-2",)
    assert [(line.bed, line.starts) for line in beds.history_of(resident_id)] == [
        ("301-2", MAY),
        ("301-1", MARCH),
    ]


def test_a_move_on_the_first_day_leaves_no_trace_of_the_wrong_bed(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    beds.move(resident_id, house["301-2"], MARCH)
    assert [line.bed for line in beds.history_of(resident_id)] == ["301-2"]


def test_a_reserved_bed_is_kept_from_others_and_given_to_its_resident(db, beds, house):
    first, other = settle(db, "王秀英", house["301-1"]), know(db, "李桂兰")
    beds.reserve(other, house["301-2"], LATER, None)
    assert cell(beds, "301-2").holder.name == "李桂兰"
    with pytest.raises(rules.BedReserved):
        beds.move(first, house["301-2"], TODAY)
    with db.writing(DIRECTOR, "test") as session:
        uses.occupy_in(session, other, house["301-2"], TODAY)
    assert [line.is_reserved for line in beds.history(house["301-2"])] == [False]


def test_a_released_bed_is_free(db, beds, house):
    use_id = beds.reserve(know(db, "李桂兰"), house["301-2"], TODAY, LATER)
    beds.release(use_id)
    assert house["301-2"] in [bed.bed_id for bed in beds.free(TODAY)]


def test_a_bed_in_use_cannot_be_released(db, beds, house):
    settle(db, "王秀英", house["301-1"])
    [line] = beds.history(house["301-1"])
    with pytest.raises(uses.NotReserved):
        beds.release(line.use_id)


def test_a_second_reservation_is_refused(db, beds, house):
    resident_id = know(db, "李桂兰")
    beds.reserve(resident_id, house["301-2"], TODAY, LATER)
    with pytest.raises(uses.HasReservation):
        beds.reserve(resident_id, house["301-1"], TODAY, LATER)


def test_a_reservation_ends_after_it_starts(db, beds, house):
    with pytest.raises(uses.EndsBeforeStart):
        beds.reserve(know(db, "李桂兰"), house["301-2"], TODAY, TODAY)


def test_free_beds_leave_out_those_promised_in_between(db, beds, house):
    beds.reserve(know(db, "李桂兰"), house["301-2"], LATER, None)
    assert house["301-2"] in [bed.bed_id for bed in beds.free(TODAY, LATER)]
    assert house["301-2"] not in [bed.bed_id for bed in beds.free(TODAY)]


def test_moving_in_ends_the_cleaning(db, beds, house):
    beds.send_cleaning(house["301-2"])
    beds.move(settle(db, "王秀英", house["301-1"]), house["301-2"], TODAY)
    beds.move(beds.history(house["301-2"])[0].resident_id, house["301-1"], TODAY)
    assert cell(beds, "301-2").state is BedState.FREE


def test_a_preview_says_who_moves_from_where_to_where(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    preview = beds.preview_move(resident_id, house["301-2"], TODAY)
    assert (preview.name, preview.from_bed, preview.to_bed) == (
        "王秀英",
        "301-1",
        "301-2",
    )
    assert (preview.from_class, preview.obstacle) == ("双人间", None)


def test_a_preview_tells_what_forbids_the_move(db, beds, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    preview = beds.preview_move(resident_id, house["302-1"], TODAY)
    assert isinstance(preview.obstacle, rules.WrongGender)


def test_a_preview_of_who_does_not_live_here_yet_forbids_nothing(db, beds, house):
    preview = beds.preview_move(know(db, "李桂兰"), house["301-2"], LATER)
    assert (preview.obstacle, preview.from_bed) == (None, "")


def test_the_history_of_a_bed_lists_everybody_newest_first(db, beds, house, as_role):
    first = settle(db, "王秀英", house["301-1"])
    as_role(Residents).discharge(first, MAY, "回家")
    settle(db, "李桂兰", house["301-1"], MAY)
    assert [line.resident for line in beds.history(house["301-1"])] == [
        "李桂兰",
        "王秀英",
    ]


def raw_use(db, bed_id, resident_id, starts, ends=None, kind="occupied"):
    """Write past all rules, straight into the table."""
    with db.writing(DIRECTOR, "raw") as session:
        session.add(
            BedUseRow(
                bed_id=bed_id,
                resident_id=resident_id,
                starts=starts,
                ends=ends,
                kind=kind,
            )
        )


@pytest.mark.parametrize("kind", ["occupied", "reserved"])
def test_the_database_itself_refuses_two_in_one_bed(db, house, kind):
    settle(db, "王秀英", house["301-1"])
    other = know(db, "李桂兰")
    with pytest.raises(IntegrityError, match="bed taken"):
        raw_use(db, house["301-1"], other, MAY, LATER, kind)


def test_the_database_itself_refuses_two_beds_for_one(db, house):
    resident_id = settle(db, "王秀英", house["301-1"])
    with pytest.raises(IntegrityError, match="resident has a bed"):
        raw_use(db, house["301-2"], resident_id, MAY)


def test_the_database_itself_refuses_a_change_into_an_overlap(db, house):
    settle(db, "王秀英", house["301-1"], MAY)
    raw_use(db, house["301-1"], know(db, "李桂兰"), MARCH, MAY)
    with (
        pytest.raises(IntegrityError, match="bed taken"),
        db.writing(DIRECTOR, "raw") as session,
    ):
        session.get_one(BedUseRow, 2).ends = MAY + timedelta(days=1)


def test_the_accountant_looks_but_moves_nobody(db, house, as_role):
    resident_id = settle(db, "王秀英", house["301-1"])
    beds = as_role(Beds, Role.ACCOUNTANT)
    assert beds.board(TODAY).counts.residents == 1
    with pytest.raises(NotAllowed):
        beds.move(resident_id, house["301-2"], TODAY)


def test_who_may_not_see_residents_sees_beds_without_people(db, house, as_role):
    resident_id = settle(db, "王秀英", house["301-2"])
    as_role(Residents).record_absence(resident_id, "hospital", TODAY)
    bed = cell(as_role(Beds, Role.SAFETY_OFFICER), "301-2")
    assert bed.state is BedState.KEPT
    holder = bed.holder
    assert (holder.resident_id, holder.name, holder.sex) == (0, "", "")
    assert (holder.age, holder.ability_level, holder.absence) == (None, None, "")

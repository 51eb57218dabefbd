import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.closures import KeptBedRow
from carehome.rules.kept_beds import BedKeptBack, NamedBedKeptBack
from carehome.rules.rights import NotAllowed, Role
from carehome.services.admissions import Admissions
from carehome.services.beds import Beds, KeptBed, KeptBeds
from carehome.services.beds.kept import KeptAlready, LeaveReasonMissing, NotSoMany
from carehome.services.beds.places import PlaceNamed
from carehome.services.residents import Contact, Person, Residents
from tests.conftest import TODAY
from tests.enquiries.stored import store
from tests.house import build, know, settle


@pytest.fixture
def beds(db):
    return build(db)


@pytest.fixture
def kept(as_role):
    return as_role(KeptBeds)


def reserve(as_role, resident_id, bed_id):
    return as_role(Beds).reserve(resident_id, bed_id, TODAY, None)


def test_others_may_have_what_is_more_than_kept_back(db, as_role, beds, kept):
    kept.keep(KeptBed("destitute", 3))
    reserve(as_role, know(db, "王芳"), beds["301-1"])


def test_the_last_kept_back_bed_is_not_given_to_others(db, as_role, beds, kept):
    kept.keep(KeptBed("destitute", 3))
    reserve(as_role, know(db, "王芳"), beds["301-1"])
    with pytest.raises(BedKeptBack) as refusal:
        reserve(as_role, know(db, "李兰"), beds["301-2"])
    facts = refusal.value.facts
    assert (facts["number"], facts["used"], facts["free"]) == (3, 0, 3)


def test_whom_they_are_kept_for_may_have_them(db, as_role, beds, kept):
    kept.keep(KeptBed("destitute", 4))
    wang = know(db, "王芳")
    as_role(Residents).set_categories(wang, ["destitute"])
    reserve(as_role, wang, beds["301-1"])


def test_what_they_have_already_counts(db, as_role, beds, kept):
    kept.keep(KeptBed("destitute", 1))
    wang = settle(db, "王芳", beds["301-1"])
    as_role(Residents).set_categories(wang, ["destitute"])
    settle(db, "赵一", beds["302-1"], sex="male")
    settle(db, "赵二", beds["302-2"], sex="male")
    reserve(as_role, know(db, "李兰"), beds["301-2"])


def test_a_class_and_a_floor_narrow_what_is_kept_back(db, as_role, beds, kept):
    floor = as_role(Beds).board(TODAY).floors[0].floor_id
    kept.keep(KeptBed("destitute", 4, "B", floor))
    with pytest.raises(BedKeptBack):
        reserve(as_role, know(db, "李兰"), beds["301-2"])
    with pytest.raises(NotSoMany):
        kept.keep(KeptBed("destitute", 1, "A"))


def test_a_named_bed_is_for_nobody_else(db, as_role, beds, kept):
    kept.keep(KeptBed("destitute", bed_id=beds["301-1"]))
    with pytest.raises(NamedBedKeptBack):
        reserve(as_role, know(db, "李兰"), beds["301-1"])
    reserve(as_role, know(db, "王芳"), beds["301-2"])


def test_nobody_is_moved_into_a_kept_back_bed(db, as_role, beds, kept):
    wang = settle(db, "王芳", beds["301-1"])
    kept.keep(KeptBed("destitute", bed_id=beds["301-2"]))
    with pytest.raises(NamedBedKeptBack):
        as_role(Beds).move(wang, beds["301-2"], TODAY)


def test_an_admission_meets_the_same_guard(as_role, beds, kept):
    kept.keep(KeptBed("destitute", 4))
    admissions = as_role(Admissions)
    number = admissions.begin()
    admissions.enter_person(number, Person("李兰", "female"), "", ["society"])
    called = [Contact("emergency", "李强", phone="13900000000")]
    admissions.enter_contacts(number, called)
    with pytest.raises(BedKeptBack):
        admissions.choose_bed(number, beds["301-1"], TODAY)


def test_the_director_gives_leave_with_a_reason(db, as_role, beds, kept):
    kept.keep(KeptBed("destitute", 4))
    lan = know(db, "李兰")
    with pytest.raises(LeaveReasonMissing):
        kept.allow(lan, " ")
    kept.allow(lan, "街道来函，无人照料")
    reserve(as_role, lan, beds["301-1"])
    assert kept.leaves()[0].reason == "街道来函，无人照料"


def test_nobody_but_the_director_gives_leave(db, as_role, beds):
    with pytest.raises(NotAllowed):
        as_role(KeptBeds, Role.HEAD_NURSE).allow(know(db, "李兰"), "急")


def test_the_board_knows_the_last_kept_back_beds(as_role, beds, kept):
    kept.keep(KeptBed("destitute", 4))
    assert kept.kept_back(TODAY) == dict.fromkeys(beds.values(), "特困人员")


def test_nothing_is_marked_while_there_is_room(as_role, beds, kept):
    kept.keep(KeptBed("destitute", 3))
    assert kept.kept_back(TODAY) == {}


def test_a_bed_is_kept_back_once(beds, kept):
    kept.keep(KeptBed("destitute", bed_id=beds["301-1"]))
    with pytest.raises(KeptAlready):
        kept.keep(KeptBed("veteran_care", bed_id=beds["301-1"]))


def test_a_bed_that_is_kept_back_is_not_removed(as_role, beds, kept):
    kept.keep(KeptBed("destitute", bed_id=beds["301-1"]))
    with pytest.raises(PlaceNamed):
        as_role(Beds).remove_bed(beds["301-1"])


def test_the_file_itself_refuses_a_named_bed_with_a_number(db, beds):
    row = KeptBedRow(category="destitute", number=2, bed_id=beds["301-1"])
    with pytest.raises(IntegrityError, match="named_alone"):
        store(db, row)


def test_the_board_says_for_whom_a_free_bed_is_kept(as_role, beds, kept):
    kept.keep(KeptBed("destitute", bed_id=beds["301-1"]))
    board = as_role(Beds).board(TODAY)
    notes = {
        bed.bed: bed.note
        for floor in board.floors
        for room in floor.rooms
        for bed in room.beds
    }
    assert notes["301-1"] == "为特困人员预留"
    assert notes["301-2"] == ""

from datetime import date, timedelta

import pytest
from PIL import Image
from sqlalchemy.exc import IntegrityError

from carehome.db.equipment import EquipmentRow
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.safety.equipment import Done, Kind, MadeLater, Matter, Press
from carehome.rules.safety.hazards import Severity
from carehome.services.safety import equipment as service
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.ledger import Point, services_in
from carehome.services.safety.photos import read_picture
from carehome.services.safety.pictures import Pictures
from tests.conftest import ROLES, TODAY

POWDER, HYDRANT = "干粉灭火器", "室内消火栓"
MADE = date(2020, 6, 1)


@pytest.fixture
def equipment(as_role):
    return as_role(Equipment)


@pytest.fixture
def kinds(equipment):
    return {kind.name: kind for kind in equipment.ledger().kinds}


@pytest.fixture
def piece(kinds):
    return Piece(kinds[POWDER].kind_id, "一楼东侧楼梯口", "MFZ/ABC4", MADE)


@pytest.fixture
def one(equipment, piece):
    return equipment.add(piece)[0]


@pytest.fixture
def plan(equipment, tmp_path):
    path = tmp_path / "floor.png"
    Image.new("RGB", (300, 200), "white").save(path)
    return equipment.add_plan("一楼", read_picture(path))


def line(equipment, number):
    return next(x for x in equipment.ledger().lines if x.equipment_id == number)


def test_home_begins_with_kinds_that_tell_their_source(kinds):
    powder = kinds[POWDER]
    told = (powder.first_months, powder.again_months, powder.scrap_months)
    assert told == (60, 24, 120)
    assert all(kind.source and kind.sureness for kind in kinds.values())


def test_several_alike_get_numbers_of_their_own(equipment, piece):
    numbers = equipment.add(piece, 40)
    assert len(set(numbers)) == 40


@pytest.mark.parametrize("count", [0, -1, 201])
def test_slip_of_the_finger_adds_nothing(equipment, piece, count):
    with pytest.raises(service.TooManyAtOnce):
        equipment.add(piece, count)


def test_equipment_without_place_is_refused(equipment, kinds):
    with pytest.raises(service.PlaceMissing):
        equipment.add(Piece(kinds[POWDER].kind_id, "  "))


def test_equipment_made_tomorrow_is_refused(equipment, kinds):
    made = TODAY + timedelta(1)
    with pytest.raises(MadeLater):
        equipment.add(Piece(kinds[POWDER].kind_id, "一楼", made_on=made))


def test_service_past_its_day_is_due(equipment, one):
    due = line(equipment, one).due
    assert (due.matter, due.day, due.press) == (
        Matter.SERVICE,
        date(2025, 6, 1),
        Press.OVERDUE,
    )


def test_one_service_is_noted_for_many(equipment, piece):
    numbers = equipment.add(piece, 3)
    assert equipment.record(numbers, Done(TODAY, by="安信消防")) == 3
    assert not any(x.is_pressing for x in equipment.ledger().lines)


def test_refused_service_of_one_notes_none(equipment, piece):
    numbers = equipment.add(piece, 2)
    equipment.record(numbers[1:], Done(TODAY))
    with pytest.raises(service.ServicedTwice):
        equipment.record(numbers, Done(TODAY))
    assert line(equipment, numbers[0]).done == ()


def test_service_by_mistake_is_removed(equipment, one):
    equipment.record([one], Done(TODAY))
    equipment.remove_service(line(equipment, one).done[0].service_id)
    assert line(equipment, one).done == ()


def test_scrapped_piece_stays_and_asks_for_nothing(equipment, one):
    equipment.scrap(one, TODAY, "压力不足")
    scrapped = line(equipment, one)
    assert (scrapped.scrapped_on, scrapped.scrap_reason) == (TODAY, "压力不足")
    assert scrapped.dues == ()
    with pytest.raises(service.Scrapped):
        equipment.record([one], Done(TODAY))


def test_scrapping_is_taken_back(equipment, one):
    equipment.scrap(one, TODAY, "")
    equipment.take_back_scrapping(one)
    assert line(equipment, one).scrapped_on is None


def scrap_one(equipment, one):
    equipment.scrap(one, TODAY, "")


def serve_one(equipment, one):
    equipment.record([one], Done(TODAY))


@pytest.mark.parametrize("touch", [scrap_one, serve_one])
def test_what_has_a_past_is_not_deleted(db, equipment, one, touch):
    touch(equipment, one)
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.delete(session.get_one(EquipmentRow, one))


def test_piece_is_marked_on_a_plan_and_taken_off(equipment, one, plan):
    equipment.put_on_plan(one, plan, 2500, 9999)
    assert line(equipment, one).point == Point(plan, 2500, 9999)
    equipment.take_off_plan(one)
    assert line(equipment, one).point is None


def test_plan_that_shows_something_stays(equipment, one, plan):
    equipment.put_on_plan(one, plan, 1, 1)
    with pytest.raises(service.PlanInUse):
        equipment.remove_plan(plan)


def test_picture_of_a_plan_is_shown(as_role, equipment, plan):
    picture = equipment.ledger().plans[0].picture_id
    shown = as_role(Pictures).picture(picture)
    assert (shown.width, shown.height) == (300, 200)
    assert shown.content.startswith(b"\xff\xd8\xff")


def test_two_plans_do_not_share_a_name(equipment, plan, tmp_path):
    with pytest.raises(service.PlanNameTaken):
        equipment.add_plan(" 一楼 ", read_picture(tmp_path / "floor.png"))


def test_intervals_the_home_changes_are_its_own(equipment, kinds):
    powder = kinds[POWDER]
    changed = Kind(
        POWDER,
        "干",
        60,
        12,
        120,
        source=powder.source,
        sureness=powder.sureness,
        kind_id=powder.kind_id,
    )
    equipment.save_kind(changed)
    stored = {kind.name: kind for kind in equipment.ledger().kinds}[POWDER]
    assert (stored.again_months, stored.sureness) == (12, "ours")


def test_two_kinds_do_not_share_a_name(equipment):
    with pytest.raises(service.KindNameTaken):
        equipment.save_kind(Kind(POWDER, "粉"))


def test_what_is_wrong_with_a_piece_becomes_a_hazard(as_role, equipment, one):
    number = equipment.open_hazard(one, "压力不足", Severity.HIGH)
    (hazard,) = as_role(Hazards).listed()
    assert (hazard.hazard_id, hazard.place) == (number, f"E-{one:04} 一楼东侧楼梯口")


def test_label_finds_its_piece(equipment, one):
    assert equipment.by_label(f"e-{one:04}") == one
    with pytest.raises(service.LabelUnknown):
        equipment.by_label("E-9999")


def test_first_page_counts_what_is_overdue(equipment, piece):
    equipment.add(piece, 3)
    (concern,) = equipment.today(TODAY)
    assert (concern.count, concern.target.key) == (3, Matter.SERVICE)


def test_first_page_says_whose_equipment_is(equipment, one):
    assert [each.role for each in equipment.today(TODAY)] == [Role.SAFETY_OFFICER]


def test_services_of_a_span_are_told_oldest_first(db, equipment, piece):
    first, second = equipment.add(piece, 2)
    equipment.record([first], Done(TODAY))
    equipment.record([second], Done(TODAY - timedelta(2)))
    span = Period(TODAY - timedelta(2), TODAY)
    with db.reading() as session:
        told = services_in(session, span, TODAY)
    assert [x.equipment_id for x, _done in told] == [second]


def test_front_desk_looks_and_changes_nothing(as_role, piece):
    desk = as_role(Equipment, Role.FRONT_DESK)
    assert desk.ledger().lines == []
    with pytest.raises(NotAllowed):
        desk.add(piece)

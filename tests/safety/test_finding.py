"""Things of fire safety are found by number, code, label or words."""

from datetime import UTC, date, datetime

import pytest

from carehome.rules.rights import RIGHTS, NotAllowed, Role
from carehome.rules.safety.approvals import Paper
from carehome.rules.safety.drills import Drill
from carehome.rules.safety.hazards import NewHazard
from carehome.rules.safety.rounds import code
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.drills import Drills
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.finding import Kind, SafetyFinding
from carehome.services.safety.hazards import Hazards
from tests.conftest import ROLES
from tests.safety.test_rounds import World

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture
def of(db):
    """Return a service as the safety officer may use it: of(Hazards)."""
    return lambda kind: kind(db, ROLES[Role.SAFETY_OFFICER], lambda: NOW)


@pytest.fixture
def find(of):
    """Return what letters find: kinds and titles."""
    finding = of(SafetyFinding)
    return lambda typed: [(each.kind, each.title) for each in finding.find(typed)]


@pytest.fixture
def hazards(of):
    service = of(Hazards)
    service.open(NewHazard("疏散通道堆放纸箱", "二楼东侧楼梯间"))
    service.open(NewHazard("灭火器失压", "三楼走廊"))
    return service


@pytest.mark.parametrize("typed", ["2026-0002", "0002", "2", "失压", "三楼走"])
def test_a_hazard_is_found_by_number_or_words(find, hazards, typed):
    assert find(typed) == [(Kind.HAZARD, "2026-0002")]


@pytest.mark.parametrize("typed", ["", "楼", "2025-0002", "0003", "%", "__"])
def test_what_means_nothing_finds_nothing(find, hazards, typed):
    assert find(typed) == []


def test_what_is_closed_stands_last(db, of, find, hazards):
    hazards.open(NewHazard("灭火器失压", "四楼"))
    hazards.rectify(3, "换新", "张师傅", why_none="停电")
    for deed in ("pass_check", "close"):
        getattr(Hazards(db, ROLES[Role.DIRECTOR], lambda: NOW), deed)(3)
    assert [title for _kind, title in find("失压")] == ["2026-0002", "2026-0003"]


@pytest.mark.parametrize("typed", ["E-0001", "e-0001", "活动室"])
def test_equipment_is_found_by_its_label_or_place(of, find, typed):
    equipment = of(Equipment)
    kind = equipment.ledger().kinds[0].kind_id
    equipment.add(Piece(kind, "一楼活动室"))
    assert find(typed) == [(Kind.EQUIPMENT, "E-0001")]


def test_a_paper_is_found_by_what_it_is_about(of, find):
    of(SafetyPapers).save(
        Paper("acceptance", date(2025, 1, 1), subject="一号楼改造", outcome="passed")
    )
    assert [kind for kind, _title in find("号楼改")] == [Kind.PAPER]


def test_a_drill_is_found_by_its_title(of, find):
    of(Drills).plan(Drill("夜间疏散演练", date(2026, 12, 1)))
    assert find("夜间疏散") == [(Kind.DRILL, "夜间疏散演练")]


def test_a_round_is_found_by_the_code_of_its_sheet(db, find):
    world = World(db)
    number = world.rounds.start_extra(world.form_id, world.place_id)
    assert find(code(number)) == [(Kind.ROUND, code(number))]


def test_who_may_not_see_fire_safety_looks_for_nothing(db, monkeypatch):
    monkeypatch.setitem(RIGHTS, Role.FRONT_DESK, frozenset())
    with pytest.raises(NotAllowed):
        SafetyFinding(db, ROLES[Role.FRONT_DESK], lambda: NOW).find("失压")

"""Inspections from outside: what they find and want answered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.approvals import OutsideInspectionRow
from carehome.rules.certificates import Urgency
from carehome.rules.periods import month_of
from carehome.rules.rights import Role
from carehome.rules.safety import inspections as rules
from carehome.rules.safety.hazards import Origin, Severity
from carehome.rules.safety.inspections import Inspection
from carehome.rules.today import Urgency as Told
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.inspections import (
    InspectionFound,
    Inspections,
    inspections_in,
)
from tests.conftest import ROLES, TODAY

DAY = timedelta(days=1)
VISIT = Inspection(
    date(2026, 11, 10),
    "fire",
    "random",
    "城关区消防救援大队",
    "马俊、苏敏",
    "城消限字〔2026〕第18号",
    "两处疏散指示灯不亮",
    TODAY + 2 * DAY,
)
FINED = {"penalty": "fine", "penalty_fen": 5_000_00}
SHOWN = {"channel": "credit_platform", "published_on": date(2026, 11, 15)}


@pytest.fixture
def inspections(db, clock):
    return Inspections(db, ROLES[Role.SAFETY_OFFICER], clock)


def test_an_inspection_is_read_as_it_was_written(inspections):
    number = inspections.save(replace(VISIT, **FINED, **SHOWN))
    known = replace(VISIT, **FINED, **SHOWN, inspection_id=number)
    assert inspections.listed() == [known]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"day": TODAY + DAY, "answer_due": None}, rules.InspectedLater),
        ({"answer_due": VISIT.day - DAY}, rules.DueBeforeInspected),
        ({"answered_on": VISIT.day - DAY}, rules.AnsweredWrongly),
        ({"answered_on": TODAY + DAY}, rules.AnsweredWrongly),
        ({"penalty": "warning", "penalty_fen": 100}, rules.FineWithoutPenalty),
        ({"channel": "office_site"}, rules.PublishedHalf),
        ({"published_on": TODAY}, rules.PublishedHalf),
    ],
)
def test_what_cannot_be_is_refused(inspections, changed, refusal):
    with pytest.raises(refusal):
        inspections.save(replace(VISIT, **changed))


def test_what_was_found_is_a_hazard_with_its_origin(inspections, db, clock):
    number = inspections.save(VISIT)
    hazard_id = inspections.add_finding(number, "指示灯不亮", "二楼", Severity.HIGH)
    hazard = Hazards(db, ROLES[Role.DIRECTOR], clock).file(hazard_id).hazard
    found = hazard.origin, hazard.origin_id, hazard.found_by, hazard.source
    assert found == (Origin.INSPECTION, number, VISIT.inspectors, VISIT.number)


def test_each_inspection_lists_what_it_found(inspections):
    first, second = inspections.save(VISIT), inspections.save(VISIT)
    inspections.add_finding(first, "指示灯不亮", "二楼", Severity.HIGH)
    inspections.add_finding(second, "灭火器过期", "厨房", Severity.GENERAL)
    found = {each.inspection_id: each.findings for each in inspections.listed()}
    assert [each.item for each in found[first]] == ["指示灯不亮"]
    assert [each.item for each in found[second]] == ["灭火器过期"]


def test_an_inspection_that_found_something_is_not_removed(inspections):
    number = inspections.save(VISIT)
    inspections.add_finding(number, "指示灯不亮", "二楼", Severity.HIGH)
    with pytest.raises(InspectionFound):
        inspections.remove(number)


def test_the_database_itself_keeps_what_found_something(inspections, db):
    number = inspections.save(VISIT)
    inspections.add_finding(number, "指示灯不亮", "二楼", Severity.HIGH)
    with (
        pytest.raises(IntegrityError, match="found a hazard"),
        db.writing(ROLES[Role.DIRECTOR], "Inspections.remove") as session,
    ):
        session.delete(session.get_one(OutsideInspectionRow, number))


def test_an_inspection_written_down_by_mistake_is_removed(inspections):
    inspections.remove(inspections.save(VISIT))
    assert inspections.listed() == []


def test_an_answer_ends_the_waiting(inspections):
    number = inspections.save(VISIT)
    inspections.give_answer(number, TODAY, "已更换两只指示灯，附照片")
    (known,) = inspections.listed()
    assert not known.wants_answer
    assert inspections.today(TODAY) == []


def test_nobody_answers_tomorrow(inspections):
    number = inspections.save(VISIT)
    with pytest.raises(rules.AnsweredWrongly):
        inspections.give_answer(number, TODAY + DAY, "已整改")


@pytest.mark.parametrize(
    ("left", "urgency"),
    [(-1, Urgency.LAPSED), (2, Urgency.NEAR), (7, Urgency.MIDDLE), (15, Urgency.FAR)],
)
def test_an_answer_presses_more_as_its_day_comes(left, urgency):
    visit = replace(VISIT, answer_due=TODAY + left * DAY)
    assert rules.answers_due([visit], TODAY) == [(urgency, visit)]


def test_an_overdue_answer_is_told_late(inspections):
    inspections.save(replace(VISIT, answer_due=TODAY - DAY))
    (line,) = inspections.today(TODAY)
    assert (line.urgency, line.due) == (Told.LATE, TODAY - DAY)
    assert VISIT.office_name in str(line.text)


def test_an_answer_due_later_is_not_told(inspections):
    inspections.save(replace(VISIT, answer_due=TODAY + 16 * DAY))
    assert inspections.today(TODAY) == []


def test_the_inspections_of_a_month_are_those_of_its_days(inspections, db):
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 20)):
        inspections.save(replace(VISIT, day=day))
    with db.reading() as session:
        found = inspections_in(session, month_of(TODAY))
    assert [each.day.day for each in found] == [20, 1]

"""Claims to allowances are drafted, handed in and received, each once."""

from datetime import date, timedelta

import pytest

from carehome.rules import allowances as rules
from carehome.rules.rights import NotAllowed
from carehome.rules.staff import Person
from carehome.services.staff import Allowances, Staff
from carehome.services.staff.lists import StaffRules
from tests.conftest import TODAY
from tests.staff.conftest import HIRED

OCTOBER = date(2026, 10, 1)
DAY = timedelta(days=1)


@pytest.fixture
def claims(house):
    return house.as_role(Allowances)


def states(claims):
    return [(line.fen, line.state) for line in claims.month(OCTOBER)]


def test_everybody_in_care_is_listed_with_the_reason(house, claims):
    house.certify(house.carer("一级"), "caregiver-4")
    house.carer("无证")
    house.carer("新人", hired=date(2026, 2, 1))
    house.staff.add(Person("许静", HIRED), house.posts["护士"])
    lines = {line.name: line for line in claims.month(OCTOBER)}
    assert {name: line.fen for name, line in lines.items()} == {
        "一级": 400_00,
        "无证": 0,
        "新人": 0,
    }
    assert lines["一级"].level == 4
    assert all(line.why for line in lines.values())


def test_the_level_held_on_the_first_of_the_month_counts(house, claims):
    staff_id = house.carer()
    house.certify(staff_id, "caregiver-5")
    house.certify(staff_id, "caregiver-4", date(2026, 10, 2))
    assert claims.month(OCTOBER)[0].fen == 300_00
    assert claims.month(date(2026, 11, 1))[0].fen == 400_00


def test_the_home_sets_where_the_transition_begins(house, claims):
    house.carer("新人", hired=date(2025, 9, 30))
    assert claims.month(OCTOBER)[0].fen == 0
    house.lists.set_rules(StaffRules(transition_from="hire"))
    assert claims.month(OCTOBER)[0].fen == 200_00


def test_a_claim_goes_its_way_step_by_step(house, claims):
    house.certify(house.carer(), "caregiver-5")
    assert claims.draft_month(OCTOBER) == 1
    (line,) = claims.month(OCTOBER)
    assert line.state == "drafted"
    with pytest.raises(rules.NotClaimed):
        claims.mark_received([line.claim_id], TODAY)
    claims.mark_claimed([line.claim_id], TODAY)
    with pytest.raises(rules.NotDrafted):
        claims.mark_claimed([line.claim_id], TODAY)
    with pytest.raises(rules.AlreadyClaimed):
        claims.drop([line.claim_id])
    with pytest.raises(rules.ReceivedTooEarly):
        claims.mark_received([line.claim_id], TODAY - DAY)
    claims.mark_received([line.claim_id], TODAY)
    assert states(claims) == [(300_00, "received")]
    claims.take_back([line.claim_id])
    claims.take_back([line.claim_id])
    assert states(claims) == [(300_00, "drafted")]
    claims.drop([line.claim_id])
    assert states(claims) == [(300_00, "")]


def test_nobody_is_drafted_twice(house, claims):
    house.certify(house.carer(), "caregiver-5")
    claims.draft_month(OCTOBER)
    with pytest.raises(rules.NothingToDraft):
        claims.draft_month(OCTOBER)
    (claim,) = claims.claims(2026)
    assert (claim.name, claim.month, claim.fen) == ("周敏", OCTOBER, 300_00)


def test_what_was_drafted_stays_and_says_that_it_differs_now(house, claims):
    staff_id = house.carer()
    house.certify(staff_id, "caregiver-5")
    claims.draft_month(OCTOBER)
    house.certify(staff_id, "caregiver-3", date(2026, 9, 1))
    (line,) = claims.month(OCTOBER)
    assert (line.fen, line.differs) == (300_00, True)


def test_the_parts_of_a_bonus_that_are_due_are_drafted(house, claims):
    house.carer(education="bachelor", graduated_on=date(2023, 7, 1))
    assert [line.fen for line in claims.bonuses(TODAY)] == [15000_00, 15000_00, 0]
    assert claims.draft_bonuses(TODAY) == 2
    assert [line.state for line in claims.bonuses(TODAY)] == ["drafted"] * 2 + [""]


def test_only_who_keeps_the_books_sees_claims(house, as_nurse):
    assert as_nurse(Staff).members(TODAY) == []
    with pytest.raises(NotAllowed):
        as_nurse(Allowances).month(OCTOBER)

"""Two benefits of one resident: found by place, told as a question, looked into once."""

import pytest

from carehome.db.residents import StayRow
from carehome.rules.rights import Role
from carehome.rules.subsidies import overlaps as rules
from carehome.rules.subsidies.overlaps import OverlapWithoutReason
from carehome.services.entitlements import Entitlements
from carehome.services.subsidies import Overlaps
from tests.conftest import TODAY
from tests.house import DIRECTOR
from tests.subsidies.conftest import settle

CARE, DISABLED = "7", "15"


@pytest.fixture
def twice(db, as_role):
    """Somebody who receives a care allowance and one for the disabled."""
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 1, 4)
    held = as_role(Entitlements, Role.DIRECTOR)
    for item in (CARE, DISABLED):
        held.set_state(1, item, "receives")


def codes(received, region="陕西省 西安市"):
    return [rule.code for rule in rules.overlaps(received, region, "")]


def test_one_benefit_is_no_question():
    assert codes({CARE}) == []


def test_two_that_are_to_be_checked_are_named():
    assert codes({CARE, DISABLED}) == ["national/care-and-disabled"]


def test_what_excludes_in_one_place_is_not_told_elsewhere():
    assert codes({CARE, "insurance"}) == []
    assert codes({CARE, "insurance"}, "天津市 河西区") == ["hexi/long-care"]


def test_every_rule_says_where_it_stands():
    assert all(rule.source and rule.text for rule in rules.overlap_rules())


def test_who_seems_to_receive_both_is_listed(twice, overlaps):
    (found,) = overlaps.listed()
    assert (found.resident_id, found.first) == (1, "护理补贴")
    assert not found.rule.excludes


def test_the_first_page_asks_until_it_was_looked_into(twice, overlaps):
    (line,) = overlaps.today(TODAY)
    assert "似乎" in str(line.text)
    overlaps.dismiss(1, "national/care-and-disabled", "街道确认可同时领取")
    assert overlaps.today(TODAY) == []
    assert overlaps.listed()[0].word == "街道确认可同时领取"


def test_what_was_found_out_can_be_asked_again(twice, overlaps):
    overlaps.dismiss(1, "national/care-and-disabled", "街道确认可同时领取")
    overlaps.ask_again(1, "national/care-and-disabled")
    assert len(overlaps.today(TODAY)) == 1


def test_nothing_is_looked_into_without_a_word(twice, overlaps):
    with pytest.raises(OverlapWithoutReason):
        overlaps.dismiss(1, "national/care-and-disabled", " ")


def test_who_left_is_not_asked_about(twice, as_role, db):
    with db.writing(DIRECTOR, "leave") as session:
        session.query(StayRow).one().discharged_on = TODAY
    assert as_role(Overlaps, Role.DIRECTOR).listed() == []

"""Deposit spent in an emergency: its papers come, are excused, or the money does."""

import pytest

from carehome.rules.deposits import MorePutBack, NoExcuse, NoPapersAsked
from carehome.rules.rights import NotAllowed, Role
from tests.conftest import TODAY


@pytest.fixture
def spent(purse) -> int:
    purse.deposits.take(1, 3000_00, "cash", TODAY)
    purse.deposits.spend_in_emergency(1, 800_00, "cash", TODAY, "急诊押金")
    return purse.deposits.entries(1)[-1].entry_id


def test_open_papers_stand_first(purse, spent):
    [emergency] = purse.deposits.emergencies()
    assert (emergency.is_open, emergency.end) == (True, "")


def test_papers_are_handed_in_with_a_scan(purse, spent, tmp_path):
    scan = tmp_path / "发票.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    purse.deposits.hand_in_papers(spent, "发票 3 张", scan)
    [emergency] = purse.deposits.emergencies()
    assert (emergency.is_open, emergency.end) == (False, "handed_in")
    assert emergency.paper_id is not None


def test_papers_are_handed_in_once(purse, spent):
    purse.deposits.hand_in_papers(spent, "发票 3 张")
    with pytest.raises(NoPapersAsked):
        purse.deposits.hand_in_papers(spent, "发票 4 张")


def test_the_director_excuses_papers_that_never_come(purse, spent):
    purse.deposits.excuse_papers(spent, "医院失火，票据无法补开，有缴费短信")
    [emergency] = purse.deposits.emergencies()
    assert (emergency.end, emergency.noted_by) == ("excused", "director")


def test_nobody_else_excuses_them(purse, spent):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.ACCOUNTANT).deposits.excuse_papers(spent, "没有")


def test_an_excuse_says_why(purse, spent):
    with pytest.raises(NoExcuse):
        purse.deposits.excuse_papers(spent, "  ")


def test_the_money_is_put_back_instead(purse, spent):
    receipt = purse.deposits.put_back(spent, 800_00, "cash", TODAY, "王强")
    assert purse.deposits.standing(1).held == 3000_00
    [emergency] = purse.deposits.emergencies()
    assert emergency.end == "put_back"
    assert emergency.text == purse.receipts.receipt(receipt).label


def test_no_more_is_put_back_than_was_spent(purse, spent):
    with pytest.raises(MorePutBack):
        purse.deposits.put_back(spent, 800_01, "cash", TODAY)


def test_papers_are_not_asked_of_other_movements(purse):
    purse.deposits.take(1, 3000_00, "cash", TODAY)
    [entry] = purse.deposits.entries(1)
    with pytest.raises(NoPapersAsked):
        purse.deposits.hand_in_papers(entry.entry_id, "发票")

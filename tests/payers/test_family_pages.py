"""The page of a bill for a member of the family ends with what the books say."""

from datetime import date

import pytest

from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.family_bills import FamilyBills
from carehome.services.payers import FamilyPart
from tests.purse import DECEMBER, FEE, NOVEMBER, OCTOBER, SEPTEMBER

WANG = 1
PAID_ON = date(2026, 11, 21)


@pytest.fixture
def son(payers, purse):
    """A son who bears half of two months that are billed."""
    (number,) = payers.split(WANG, (FamilyPart("王强", 50),), Period(SEPTEMBER))
    purse.post(SEPTEMBER)
    purse.post(OCTOBER)
    return number


def page(purse, month):
    """The page of the son in the bill of a month."""
    bill = next(x for x in purse.billing.bills(month) if x.resident_id == WANG)
    with purse.db.reading() as session:
        (found,) = FamilyBills(session).pages(bill, PAID_ON)
    return found


def owed(payers, son):
    """What a member owes by the books; below 0 what is to the member's credit."""
    [state] = [each for each in payers.states() if each.payer.payer_id == son]
    return state.open


def asked(sheet):
    return sheet.payable - sheet.carried


def grade(purse, code, day):
    purse.as_role(Role.DIRECTOR).residents.set_grade(WANG, code, day, consent_by="家属")


def test_an_ordinary_month(payers, purse, son):
    sheet = page(purse, OCTOBER)
    assert (sheet.total, sheet.previous) == (FEE // 2, FEE // 2)
    assert asked(sheet) == owed(payers, son) == FEE


def test_a_correction_upwards_of_an_open_month_is_counted_once(payers, purse, son):
    grade(purse, "full", OCTOBER)  # 800.00 more a month, half of it his
    purse.post(NOVEMBER)
    sheet = page(purse, NOVEMBER)
    assert (sheet.total, sheet.previous) == (FEE // 2 + 2 * 400_00, FEE)
    assert asked(sheet) == owed(payers, son)
    month, rest, late = sheet.lines[0], sheet.lines[-2], sheet.lines[-1]
    assert (month.amount, rest.amount) == (FEE + 800_00, -(FEE + 800_00) // 2)
    assert (late.item, late.amount) == ("更正 2026-10", 400_00)
    assert "2026年10月" in late.remark


def test_a_correction_downwards_of_an_open_month_is_counted_once(payers, purse, son):
    purse.own_price(WANG, purse.item("bed-B"), Period(OCTOBER), "fixed", 1000_00, "难")
    purse.post(NOVEMBER)
    sheet = page(purse, NOVEMBER)
    assert (sheet.total, sheet.previous) == (FEE // 2 - 200_00, FEE)
    assert asked(sheet) == owed(payers, son)


@pytest.mark.parametrize("fen", [FEE, FEE - 50_00, FEE + 30_00, FEE // 2 + 1, 1])
def test_what_was_paid_already_is_told_once(payers, purse, son, fen):
    payers.take(son, fen, "wechat", PAID_ON)
    purse.own_price(WANG, purse.item("bed-B"), Period(OCTOBER), "fixed", 1000_00, "难")
    purse.post(NOVEMBER)
    assert asked(page(purse, NOVEMBER)) == owed(payers, son)


def test_a_paid_month_that_is_corrected_leaves_nothing_from_before(payers, purse, son):
    payers.take(son, FEE, "wechat", PAID_ON)
    purse.own_price(WANG, purse.item("bed-B"), Period(OCTOBER), "fixed", 1000_00, "难")
    purse.post(NOVEMBER)
    sheet = page(purse, NOVEMBER)
    assert (sheet.previous, sheet.paid) == (0, 0)
    assert sheet.payable == FEE // 2 - 200_00 == owed(payers, son)


@pytest.mark.parametrize("fen", [0, FEE // 2, FEE, FEE + 5])
def test_a_share_that_ended_long_ago_is_to_the_credit_only_if_it_was_paid(
    payers, purse, son, fen
):
    if fen:
        payers.take(son, fen, "wechat", PAID_ON)
    [cover] = purse.prices.covers(WANG)
    purse.prices.end_cover(cover.cover_id, SEPTEMBER)
    purse.post(NOVEMBER)
    sheet = page(purse, NOVEMBER)
    assert sheet.total == -FEE
    assert asked(sheet) == owed(payers, son) == -fen
    assert sheet.carried == fen


def test_the_page_of_the_month_after_has_the_correction_behind_it(payers, purse, son):
    grade(purse, "full", OCTOBER)
    purse.post(NOVEMBER)
    purse.post(DECEMBER)
    sheet = page(purse, DECEMBER)
    assert sheet.previous == FEE + FEE // 2 + 2 * 400_00
    assert asked(sheet) == owed(payers, son)

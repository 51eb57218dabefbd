"""Price lists, fee items and what single residents pay instead."""

from dataclasses import replace
from datetime import date

import pytest

from carehome.rules.billing.checks import OverlappingUses, TurnedSpan, WrongUnit
from carehome.rules.charges import AwayUnexplained, NotANumber, NotHereThen, NotYet
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.rulepacks import BannedName
from carehome.services.prices import (
    AboveCeiling,
    BadCover,
    CodeTaken,
    DayTaken,
    FeeItem,
    OwnCover,
    PersonalPriceTaken,
    Price,
)
from carehome.services.prices.uses import BeforeFirstBills
from tests.purse import DECEMBER, FEE, NOVEMBER, OCTOBER


def test_a_fee_item_is_added_and_changed(purse):
    number = purse.prices.save_item(FeeItem(0, "wash", "助浴", "other", "use"))
    purse.prices.save_item(FeeItem(number, "wash", "助浴费", "other", "use"))
    assert [i.name for i in purse.prices.items() if i.code == "wash"] == ["助浴费"]


def test_a_code_belongs_to_one_item(purse):
    with pytest.raises(CodeTaken):
        purse.prices.save_item(FeeItem(0, "heating", "取暖", "other", "month"))


def test_a_charge_that_the_documents_forbid_is_not_made(purse):
    with pytest.raises(BannedName) as refusal:
        purse.prices.save_item(FeeItem(0, "x", "入院押金", "other", "once"))
    assert "专户" in refusal.value.message
    assert "seed" not in refusal.value.message  # where we read it helps nobody here


def test_an_item_is_not_renamed_to_what_may_not_be_charged(purse):
    item = next(each for each in purse.prices.items() if each.code == "escort")
    with pytest.raises(BannedName):
        purse.prices.save_item(replace(item, name="入 院 押金"))
    assert item in purse.prices.items()


TURNED = Period(NOVEMBER, OCTOBER)
AGREED = {
    "personal price": lambda prices, item: prices.set_own_price(
        1, item("bed-B"), TURNED, "percent", 80, "困难"
    ),
    "standing charge": lambda prices, item: prices.add_standing_charge(
        1, item("heating"), TURNED
    ),
    "cover": lambda prices, _item: prices.add_cover(
        1, OwnCover(1, TURNED, "percent", 60, "care")
    ),
}


@pytest.mark.parametrize("agree", AGREED.values(), ids=AGREED)
def test_nothing_is_agreed_that_ends_before_it_begins(purse, agree):
    with pytest.raises(TurnedSpan):
        agree(purse.prices, purse.item)


def test_two_price_lists_do_not_start_on_one_day(purse):
    with pytest.raises(DayTaken):
        purse.set_prices(date(2025, 1, 1))


def test_no_price_passes_its_guide_price(purse):
    (sheet,) = purse.prices.sheets()
    first = sheet.prices[0]
    dear = Price(first.item_id, first.fen, first.fen - 1)
    fresh = replace(sheet, list_id=0, starts=DECEMBER, prices=(dear,))
    with pytest.raises(AboveCeiling):
        purse.prices.save_sheet(fresh)


def test_a_personal_price_is_billed_from_its_day(purse):
    span = Period(date(2026, 10, 17), None)
    item = purse.item("care-partial_1")
    purse.own_price(1, item, span, "fixed", 490_00, "院长同意")
    assert purse.billing.trial(OCTOBER).bills[0].total == FEE - 150_00
    with pytest.raises(PersonalPriceTaken):
        purse.own_price(1, item, span, "waived", 0, "再减")


def test_a_personal_price_ends_on_a_day_or_never_was(purse):
    span = Period(date(2026, 10, 17), None)
    item = purse.item("care-partial_1")
    number = purse.own_price(1, item, span, "waived", 0, "困难")
    purse.prices.end_own_price(number, date(2026, 12, 1))
    assert purse.prices.own_prices(1)[0].ends == date(2026, 12, 1)
    purse.prices.end_own_price(number, span.start)
    assert purse.prices.own_prices(1) == []


def test_a_use_is_charged_on_its_day(purse):
    purse.prices.add_charge(1, purse.item("escort"), date(2026, 10, 9), 2, "市医院")
    bill = purse.billing.trial(OCTOBER).bills[0]
    assert bill.total == FEE + 100_00


def test_a_charge_taken_back_is_corrected_when_it_was_posted(purse):
    number = purse.prices.add_charge(1, purse.item("escort"), date(2026, 10, 9), 2)
    purse.post(OCTOBER)
    purse.prices.remove_charge(number)
    bill = purse.billing.trial(NOVEMBER).bills[0]
    assert bill.total == FEE - 100_00


def test_a_standing_charge_ends(purse):
    heating = purse.item("heating")
    number = purse.prices.add_standing_charge(1, heating, Period(OCTOBER))
    assert purse.billing.trial(NOVEMBER).bills[0].total == FEE + 90_00
    purse.prices.end_standing_charge(number, NOVEMBER)
    assert purse.billing.trial(NOVEMBER).bills[0].total == FEE
    assert purse.prices.charges(1)[0].is_standing


def test_what_another_payer_bears_ends(purse):
    number = purse.cover(1, 50, Period(OCTOBER))
    assert purse.billing.trial(NOVEMBER).bills[0].total == FEE - 400_00
    purse.prices.end_cover(number, NOVEMBER)
    assert purse.billing.trial(NOVEMBER).bills[0].total == FEE


@pytest.mark.parametrize(
    ("kind", "value"), [("percent", 0), ("percent", 101), ("fen", 0)]
)
def test_another_payer_bears_something_and_not_more_than_all(purse, kind, value):
    cover = OwnCover(purse.payer(), Period(OCTOBER), kind, value, "care")
    with pytest.raises(BadCover):
        purse.prices.add_cover(1, cover)


def test_a_monthly_item_is_no_single_use(purse):
    with pytest.raises(WrongUnit):
        purse.prices.add_charge(1, purse.item("heating"), OCTOBER, 1)
    with pytest.raises(WrongUnit):
        purse.prices.add_standing_charge(1, purse.item("escort"), Period(OCTOBER))


def test_the_front_desk_changes_no_price(purse):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.FRONT_DESK).prices.save_sheet(purse.prices.sheets()[0])


@pytest.mark.parametrize(
    ("day", "quantity", "why"),
    [
        (date(2026, 11, 22), 1, NotYet),
        (date(2027, 11, 10), 1, NotYet),
        (date(2026, 2, 27), 1, NotHereThen),
        (date(2026, 10, 9), 100, NotANumber),
        (date(2026, 9, 30), 1, BeforeFirstBills),
        (date(2026, 10, 12), 1, AwayUnexplained),
    ],
)
def test_a_single_charge_is_checked_like_those_in_the_grid(purse, day, quantity, why):
    purse.residents.record_absence(1, "hospital", date(2026, 10, 10))
    purse.post(OCTOBER)
    escort = purse.item("escort")
    with pytest.raises(why):
        purse.prices.add_charge(1, escort, day, quantity)
    assert purse.prices.charges(1) == []
    purse.prices.add_charge(1, escort, date(2026, 10, 12), 99, "陪护在医院")


def test_one_thing_is_not_charged_twice_on_a_day(purse):
    heating = purse.item("heating")
    purse.prices.add_standing_charge(1, heating, Period(OCTOBER, date(2026, 11, 15)))
    with pytest.raises(OverlappingUses):
        purse.prices.add_standing_charge(1, heating, Period(date(2026, 11, 14)))
    purse.prices.add_standing_charge(1, heating, Period(date(2026, 11, 15)))
    purse.prices.add_standing_charge(2, heating, Period(OCTOBER))

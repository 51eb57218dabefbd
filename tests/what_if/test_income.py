"""Prices tried on a real month: the bills of everybody again, by another list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from carehome.rules.billing.tariff import Terms
from carehome.rules.income import income, tried_list
from carehome.rules.money import half_up
from carehome.rules.periods import Period
from carehome.rules.what_if import Assumed, NotAPercent, TooManyForBeds
from carehome.services.prices import Price, PriceSheet
from carehome.services.trying import Trying
from tests.purse import OCTOBER, PRICES, Purse, furnish

FEE = 2600_00


@pytest.fixture
def purse(db):
    made = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    furnish(made)
    return made


def draft(purse, **changes):
    """Write a draft of a price list; a change is named bed_B for the item bed-B."""
    fen = PRICES | {code.replace("_", "-", 1): v for code, v in changes.items()}
    items = {item.code: item.item_id for item in purse.prices.items()}
    listed = tuple(Price(items[code], value) for code, value in fen.items())
    return purse.prices.save_sheet(PriceSheet(0, date(2027, 1, 1), "", Terms(), listed))


def basis(purse, **changes):
    return purse.of(Trying).basis(draft(purse, **changes), OCTOBER)


def test_the_same_prices_bring_the_same(purse):
    found = income(basis(purse), Assumed())
    assert (found.now(), found.then()) == (2 * FEE, 2 * FEE)


def test_a_dearer_item_is_told_with_its_payers(purse):
    found = income(basis(purse, meal_standard=660_00), Assumed())
    (meal,) = (x for x in found.items if x.item.code == "meal-standard")
    assert (meal.payers, meal.price_now, meal.price_then) == (2, 600_00, 660_00)
    assert (meal.now, meal.then, meal.change) == (1200_00, 1320_00, 120_00)


def test_per_cent_come_on_top_of_the_list(purse):
    found = income(basis(purse, bed_B=1300_00), Assumed(bed=10))
    assert found.then("bed") == 2 * 1430_00


def test_days_away_are_billed_by_the_terms_of_the_tried_list(purse):
    purse.residents.record_absence(1, "hospital", date(2026, 10, 9))
    absence = purse.residents.file(1).absences[0].absence_id
    purse.residents.record_return(absence, date(2026, 10, 20))
    found = income(basis(purse, meal_standard=1200_00), Assumed())
    assert found.now("meal") == 1200_00 - 193_55  # ten of 31 days
    assert found.then("meal") == 2400_00 - 387_10


def test_a_personal_price_that_is_fixed_stays(purse):
    item = purse.item("bed-B")
    purse.own_price(1, item, Period(OCTOBER), "fixed", 1000_00, "困难")
    found = income(basis(purse, bed_B=1500_00), Assumed())
    assert found.then("bed") == 1000_00 + 1500_00


def test_a_share_is_one_of_the_tried_price(purse):
    item = purse.item("bed-B")
    purse.own_price(1, item, Period(OCTOBER), "percent", 50, "困难")
    found = income(basis(purse, bed_B=1500_00), Assumed())
    assert found.then("bed") == 750_00 + 1500_00


def test_fuller_beds_weigh_everybody_the_same(purse):
    found = income(basis(purse), Assumed(occupancy=100))
    assert (found.filled, found.then()) == (4, 4 * FEE)


def test_the_occupancy_of_the_month_itself_brings_the_same(purse):
    """Who left on the 16th filled a bed for fifteen days of thirty-one only."""
    purse.residents.discharge(2, date(2026, 10, 16), "回家")
    known = basis(purse)
    assert known.filled == 1 + Fraction(15, 31)
    assert known.occupancy == known.filled / 4
    half = replace(known, beds=2)
    now = income(half, Assumed())
    full = income(half, Assumed(occupancy=100))
    assert now.then() == now.now()
    assert full.filled == 2
    assert full.then() == half_up(now.now() * 2 * 31, 46)


def test_beds_that_are_full_hold_nobody_more(purse):
    two = replace(basis(purse), beds=2)
    with pytest.raises(TooManyForBeds):
        income(two, Assumed(mix={"partial_1": 3}))


def test_another_mix_of_grades_pays_its_own_care(purse):
    mix = {"partial_1": 1, "full": 1}
    found = income(basis(purse), Assumed(mix=mix))
    assert found.then("care") == 800_00 + 1600_00
    assert found.then("bed") == found.now("bed")


def test_another_grade_for_as_many_people_changes_care_alone(purse):
    """Somebody of the one grade came late: beds and meals are still everybody's."""
    purse.residents.set_grade(2, "full", OCTOBER, consent_by="家属")
    purse.residents.discharge(2, date(2026, 10, 16), "回家")
    known = basis(purse)
    same = income(known, Assumed(mix={"partial_1": 1, "full": 1}))
    found = income(known, Assumed(mix={"partial_1": 2, "full": 0}))
    for category in ("bed", "meal", "other"):
        assert found.then(category) == same.then(category) == same.now(category)
    assert found.then("care") == 2 * 800_00


def test_too_many_are_told_as_they_were_typed(purse):
    purse.residents.discharge(2, date(2026, 10, 16), "回家")
    two = replace(basis(purse), beds=2)
    with pytest.raises(TooManyForBeds) as refusal:
        income(two, Assumed(mix={"partial_1": 3}))
    assert "3" in refusal.value.message


def test_a_grade_that_nobody_is_left_in_brings_nothing(purse):
    found = income(basis(purse), Assumed(mix={"full": 2}))
    assert found.then("care") == 2 * 1600_00


def test_grades_that_nobody_had_pay_for_beds_and_meals_too(purse):
    found = income(basis(purse), Assumed(mix={"full": 1}))
    assert found.then("care") == 1600_00
    assert (found.then("bed"), found.then("meal")) == (1200_00, 600_00)


def test_a_grade_that_is_no_grade_is_only_more_people(purse):
    found = income(basis(purse), Assumed(mix={"partial_1": 2, "gone": 1}))
    assert found.then("care") == 1600_00
    assert found.then("bed") == 3600_00


def test_an_empty_home_has_nothing_to_go_by(purse):
    empty = replace(basis(purse), lived=())
    assert income(empty, Assumed(occupancy=100)).then() == 0
    assert empty.occupancy == 0


def test_who_has_left_has_no_cap(purse):
    purse.deposits.take(1, 6 * FEE, "cash", date(2026, 10, 2))
    purse.residents.discharge(1, date(2026, 10, 30), "回家")
    found = income(basis(purse, bed_B=1000_00), Assumed())
    assert [each.resident_id for each in found.caps] == [2]


def test_caps_follow_the_monthly_fee(purse):
    purse.deposits.take(1, 6 * FEE, "cash", date(2026, 11, 2))
    found = income(basis(purse, bed_B=1000_00), Assumed())
    first = next(x for x in found.caps if x.resident_id == 1)
    assert (first.now, first.then) == (6 * FEE, 6 * (FEE - 200_00))
    assert first.is_new
    assert first.excess == 1200_00


def test_without_a_change_no_cap_is_told(purse):
    assert income(basis(purse), Assumed()).caps == ()


def test_a_price_that_the_list_lacks_is_kept_and_named(purse):
    known = basis(purse)
    few = {k: v for k, v in known.tried.prices.items() if k != "meal-standard"}
    lacking = replace(known, tried=replace(known.tried, prices=few))
    assert lacking.unpriced == ("meal-standard",)
    assert income(lacking, Assumed()).then() == 2 * FEE


def test_per_cent_round_each_price_to_the_fen(purse):
    known = basis(purse, bed_B=1000_01)
    assert tried_list(known, Assumed(bed=1)).prices["bed-B"] == 1010_01


def test_what_makes_no_sense_is_refused(purse):
    with pytest.raises(NotAPercent):
        income(basis(purse), Assumed(bed=400))


def test_trying_stores_nothing(purse):
    list_id = draft(purse)
    newest = purse.billing.newest_fact()
    income(purse.of(Trying).basis(list_id, OCTOBER), Assumed(bed=5))
    assert purse.billing.newest_fact() == newest

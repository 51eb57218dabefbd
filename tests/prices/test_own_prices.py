"""A personal price is asked for, and counts once somebody else has approved it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from carehome.db.billing import PersonalPriceRow
from carehome.rules.periods import Period
from carehome.rules.prices.approval import (
    NoReason,
    NotWaiting,
    OwnPriceState,
    OwnWriting,
)
from carehome.rules.rights import NotAllowed, Role
from carehome.services.consequences import Consequences
from carehome.services.home import Home
from carehome.services.prices import (
    AboveCeiling,
    AskedPrice,
    OwnPrices,
    PersonalPriceTaken,
    PriceVersions,
)
from carehome.services.prices.own import (
    EndsInBilledDays,
    OwnAboveCeiling,
    PriceEnded,
)
from tests.purse import DECEMBER, FEE, NOVEMBER, OCTOBER

SPAN = Period(OCTOBER, None)


@pytest.fixture
def asked(purse):
    """Let the front desk ask for half the care fee."""

    def ask(role=Role.FRONT_DESK):
        item = purse.item("care-partial_1")
        what = 1, item, SPAN, "percent", 50, "家庭困难"
        return purse.as_role(role).prices.set_own_price(*what)

    return ask


@pytest.fixture
def own(purse):
    return purse.of(OwnPrices)


def test_what_is_only_asked_for_is_not_billed(purse, own, asked):
    number = asked()
    assert purse.billing.trial(OCTOBER).bills[0].total == FEE
    own.approve(number)
    assert purse.billing.trial(OCTOBER).bills[0].total == FEE - 400_00
    (price,) = purse.prices.own_prices(1)
    assert (price.approver, price.asked_by) == ("director", "front_desk")


def test_who_asks_does_not_approve(purse, own, asked):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.ACCOUNTANT).of(OwnPrices).approve(asked())
    own.refuse(1, "重来")
    with pytest.raises(OwnWriting):
        own.approve(asked(Role.DIRECTOR))


def test_a_refusal_says_why_and_frees_the_days(own, asked, purse):
    number = asked()
    with pytest.raises(NoReason):
        own.refuse(number, "")
    own.refuse(number, "没有依据")
    (price,) = own.of(1)
    assert (price.state, price.answer) == (OwnPriceState.REFUSED, "没有依据")
    assert purse.billing.trial(OCTOBER).bills[0].total == FEE
    own.approve(asked())


def test_a_second_wish_for_the_same_days_waits_for_the_first(asked):
    asked()
    with pytest.raises(PersonalPriceTaken):
        asked()


def test_a_wish_is_withdrawn_until_it_is_decided_on(purse, own, asked):
    desk = purse.as_role(Role.FRONT_DESK).of(OwnPrices)
    first = asked()
    desk.withdraw(first)
    with pytest.raises(NotWaiting):
        own.approve(first)
    second = asked()
    own.approve(second)
    with pytest.raises(NotWaiting):
        desk.withdraw(second)


def test_an_approved_price_is_not_lengthened_without_approval(purse, own, asked):
    number = asked()
    own.approve(number)
    purse.prices.end_own_price(number, DECEMBER)
    with pytest.raises(PriceEnded):
        purse.prices.end_own_price(number, date(2027, 1, 1))


def test_who_does_not_approve_leaves_billed_days_alone(purse, own, asked):
    number = asked()
    own.approve(number)
    accountant = purse.as_role(Role.ACCOUNTANT).prices
    purse.post(OCTOBER)
    with pytest.raises(EndsInBilledDays):
        accountant.end_own_price(number, date(2026, 10, 31))
    accountant.end_own_price(number, NOVEMBER)
    purse.prices.end_own_price(number, date(2026, 10, 31))


def test_what_waits_comes_first(own, asked, purse):
    item = purse.item("bed-B")
    purse.own_price(2, item, SPAN, "waived", 0, "院长特批")
    asked()
    assert [row.price.state for row in own.all()] == [
        OwnPriceState.ASKED,
        OwnPriceState.APPROVED,
    ]
    assert [row.resident for row in own.waiting()] == ["王秀英"]


def test_what_it_means_is_seen_before_it_is_approved(purse):
    wish = AskedPrice(1, purse.item("care-partial_1"), SPAN, "percent", 50, "")
    change = purse.of(Consequences).of_own_price(wish)
    assert (change.before.total, change.after.total) == (FEE, FEE - 400_00)
    assert (change.difference, change.days) == (-400_00, 31)
    assert (change.cap_before, change.cap_after) == (6 * FEE, 6 * (FEE - 400_00))


CHANGES = {"value": 0, "kind": "waived", "starts": date(2026, 1, 1), "state": "asked"}


@pytest.mark.parametrize(("column", "value"), CHANGES.items(), ids=CHANGES)
def test_the_database_keeps_an_approved_price_as_it_was(db, own, asked, column, value):
    number = asked()
    own.approve(number)
    row = update(PersonalPriceRow).where(PersonalPriceRow.id == number)
    with db._engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(row.values({column: value}))


def test_the_database_wants_two_people(db, asked):
    number = asked()
    row = update(PersonalPriceRow).where(PersonalPriceRow.id == number)
    with db._engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(row.values(state="approved", approver="x"))


GUIDE = {"ceiling_document": "发改价格〔2025〕12号", "ceiling_dated": date(2025, 3, 1)}


@pytest.fixture
def guided(purse):
    """Return what asks for a list of a public home with a guide price for the room."""
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="public"))
    clerk, bed = purse.as_role(Role.ACCOUNTANT), purse.item("bed-B")

    def write(starts, ceiling):
        sheet = purse.prices.sheets()[0]
        prices = tuple(
            replace(x, ceiling_fen=ceiling, **GUIDE) if x.item_id == bed else x
            for x in sheet.prices
        )
        fresh = replace(sheet, list_id=0, starts=starts, prices=prices)
        number = clerk.prices.save_sheet(fresh)
        clerk.of(PriceVersions).submit(number)
        return number

    return write


def ask_fixed(purse, fen, starts=DECEMBER):
    clerk = purse.as_role(Role.ACCOUNTANT)
    what = 1, purse.item("bed-B"), Period(starts), "fixed", fen, "协议"
    return clerk.prices.set_own_price(*what)


def test_no_personal_price_is_above_the_guide_price(purse, guided):
    purse.of(PriceVersions).approve(guided(DECEMBER, 1200_00))
    with pytest.raises(AboveCeiling) as refusal:
        ask_fixed(purse, 1200_01)
    assert refusal.value.facts["ceiling"] == "¥1,200.00"
    assert ask_fixed(purse, 1200_00)


def test_a_guide_price_that_begins_later_binds_too(purse, guided):
    purse.of(PriceVersions).approve(guided(DECEMBER, 1200_00))
    with pytest.raises(AboveCeiling):
        ask_fixed(purse, 1300_00, starts=OCTOBER)


def test_a_guide_price_that_came_meanwhile_holds_at_the_approval(purse, own, guided):
    waiting = guided(DECEMBER, 1200_00)
    asked = ask_fixed(purse, 1300_00)
    with pytest.raises(OwnAboveCeiling) as refusal:
        purse.of(PriceVersions).approve(waiting)
    assert refusal.value.facts["names"] == "王秀英"
    own.refuse(asked, "高于指导价")
    purse.of(PriceVersions).approve(waiting)


def test_a_list_that_holds_again_is_held_to_its_guide_price(purse, guided):
    versions = purse.of(PriceVersions)
    versions.approve(guided(DECEMBER, 1200_00))
    (_first, guide) = sorted(purse.prices.sheets(), key=lambda each: each.starts)
    free = replace(guide, list_id=0, corrects=guide.list_id, prices=_first.prices)
    number = purse.as_role(Role.ACCOUNTANT).prices.save_sheet(free)
    purse.as_role(Role.ACCOUNTANT).of(PriceVersions).submit(number)
    versions.approve(number)
    purse.of(OwnPrices).approve(ask_fixed(purse, 3000_00))
    with pytest.raises(OwnAboveCeiling):
        versions.take_back(number, "更正有误")
    assert next(x.state for x in versions.versions()) == "approved"


def test_guide_prices_do_not_bind_a_private_home(purse, guided):
    purse.of(PriceVersions).approve(guided(DECEMBER, 1200_00))
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="private"))
    assert ask_fixed(purse, 1300_00)


def test_a_price_that_ends_before_the_guide_price_may_be_higher(purse, guided):
    clerk = purse.as_role(Role.ACCOUNTANT)
    what = 1, purse.item("bed-B"), Period(OCTOBER, DECEMBER), "fixed", 1300_00, "协议"
    clerk.prices.set_own_price(*what)
    purse.of(PriceVersions).approve(guided(DECEMBER, 1200_00))

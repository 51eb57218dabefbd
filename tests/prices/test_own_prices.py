"""A personal price is asked for, and counts once somebody else has approved it."""

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
from carehome.services.prices import AskedPrice, OwnPrices, PersonalPriceTaken
from carehome.services.prices.own import PriceEnded
from tests.purse import DECEMBER, FEE, OCTOBER

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

"""What a month comes to as things stand or will, and what the log tells of one."""

from datetime import date, timedelta

import pytest

from carehome.db.database import Database
from carehome.rules.billing.tariff import NoPrice
from carehome.rules.rights import NotAllowed, Role
from carehome.services.beds import Beds
from carehome.services.change_log import ChangeLog
from carehome.services.consequences import Consequences
from tests import house
from tests.conftest import TODAY
from tests.purse import FEE, Purse


@pytest.fixture
def purse(db: Database, clock) -> Purse:
    purse = Purse(db, clock)
    purse.set_prices()
    return purse


@pytest.fixture
def ahead(as_role) -> Consequences:
    return as_role(Consequences)


def test_the_fee_as_it_is_adds_up_and_allows_six_times_as_deposit(db, purse, ahead):
    who = purse.live("王秀英", house.build(db)["301-1"])
    outlook = ahead.as_it_is(who, TODAY)
    assert outlook.fee.total == FEE
    assert outlook.cap == 6 * FEE


def test_before_the_day_of_admission_the_reserved_bed_counts(db, purse, ahead, as_role):
    beds = house.build(db)
    who = house.know(db, "王福生", "male")
    start = TODAY + timedelta(days=3)
    as_role(Beds).reserve(who, beds["302-1"], start, None)
    outlook = ahead.of_admission(who, "full", "standard", start)
    assert (outlook.fee.bed, outlook.fee.care, outlook.fee.meal) == (
        1200_00,
        1600_00,
        600_00,
    )


def test_without_meals_none_are_counted(db, purse, ahead, as_role):
    beds = house.build(db)
    who = house.know(db, "王福生", "male")
    as_role(Beds).reserve(who, beds["302-1"], TODAY, None)
    assert ahead.of_admission(who, "full", "", TODAY).fee.meal == 0


def test_somebody_who_returns_is_counted_with_the_bed_reserved_now(
    db, purse, ahead, as_role
):
    beds = house.build(db)
    who = purse.live("赵长贵", beds["302-1"], sex="male")
    purse.residents.discharge(who, date(2026, 6, 1), "回家")
    as_role(Beds).reserve(who, beds["302-2"], TODAY, None)
    assert ahead.of_admission(who, "full", "standard", TODAY).fee.bed == 1200_00


def test_what_has_no_price_is_said(db, purse, ahead, as_role):
    beds = house.build(db)
    who = house.know(db, "王福生", "male")
    as_role(Beds).reserve(who, beds["302-1"], TODAY, None)
    with pytest.raises(NoPrice):
        ahead.of_admission(who, "special", "standard", TODAY)


def test_who_sees_no_fees_does_not_look_at_the_fee(as_role):
    with pytest.raises(NotAllowed):
        as_role(Consequences, Role.HEAD_NURSE).as_it_is(1, TODAY)


def test_the_log_of_one_tells_only_of_them_newest_first(db, purse, as_role):
    beds = house.build(db)
    who, other = (
        purse.live("王秀英", beds["301-1"]),
        purse.live("李桂兰", beds["301-2"]),
    )
    purse.residents.record_absence(who, "leave", date(2026, 11, 20))
    entries = as_role(ChangeLog).of_resident(who)
    assert entries[0].deed == "登记请假或住院"
    assert {entry.resident_id for entry in entries} == {who}
    assert other != who


def test_who_sees_residents_sees_their_log_without_the_right_to_all_of_it(
    db, purse, as_role
):
    who = purse.live("王秀英", house.build(db)["301-1"])
    assert as_role(ChangeLog, Role.HEAD_NURSE).of_resident(who)

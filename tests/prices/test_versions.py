"""A price list from the draft to the approval, and what the database refuses."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from carehome.db.accounts import AccountRow
from carehome.db.billing import PriceListRow, PriceRow
from carehome.rules.departures import Departure
from carehome.rules.periods import Period
from carehome.rules.prices.approval import (
    AnotherMayApprove,
    ListState,
    NoReason,
    NotWaiting,
    OwnWriting,
)
from carehome.rules.prices.comparing import Course
from carehome.rules.rights import NotAllowed, Role, User
from carehome.services.departures import Departures, Order
from carehome.services.home import Home
from carehome.services.prices import (
    DayTaken,
    NoCeilingSource,
    NotADraft,
    PriceVersions,
)
from carehome.services.prices.versions import (
    AlreadyBilled,
    NotBroughtAlong,
    NothingListed,
    PricesLacking,
)
from tests.house import DIRECTOR
from tests.prices.conftest import raised
from tests.purse import DECEMBER, FEE, NOVEMBER, OCTOBER, PRICES


def version(versions, number):
    return next(v for v in versions.versions() if v.sheet.list_id == number)


def test_a_list_counts_only_once_a_second_person_has_approved_it(
    purse, versions, submitted
):
    number = submitted(starts=OCTOBER)
    assert purse.billing.trial(OCTOBER).bills[0].total == FEE
    versions.approve(number)
    assert purse.billing.trial(OCTOBER).bills[0].total == FEE + 100_00
    found = version(versions, number)
    assert (found.state, found.writer, found.decider) == (
        ListState.APPROVED,
        "accountant",
        "director",
    )
    assert not found.is_alone


def test_an_accountant_does_not_approve(clerk, submitted):
    number = submitted()
    with pytest.raises(NotAllowed):
        clerk.of(PriceVersions).approve(number)


def test_nobody_approves_what_they_wrote(purse, versions):
    number = purse.prices.save_sheet(replace(raised(purse, 1), starts=DECEMBER))
    versions.submit(number)
    with pytest.raises(OwnWriting):
        versions.approve(number)


def test_one_person_approves_alone_where_the_home_says_so(purse, versions):
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), one_may_approve=True))
    number = purse.prices.save_sheet(replace(raised(purse, 1), starts=DECEMBER))
    versions.submit(number)
    versions.approve(number)
    assert version(versions, number).is_alone


def test_a_second_director_is_asked_though_one_might_do_it_alone(purse, versions):
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), one_may_approve=True))
    with purse.db.writing(User(1, "director", Role.DIRECTOR), "test") as session:
        session.add(
            AccountRow(
                id=90,
                sign_in="second",
                name="贾敏",
                role="director",
                created_on=date(2026, 1, 1),
            )
        )
    number = purse.prices.save_sheet(replace(raised(purse, 1), starts=DECEMBER))
    versions.submit(number)
    with pytest.raises(AnotherMayApprove):
        versions.approve(number)


def test_a_list_goes_back_with_the_reason_and_comes_again(clerk, versions, submitted):
    number = submitted()
    with pytest.raises(NoReason):
        versions.refuse(number, " ")
    versions.refuse(number, "床位费太高")
    found = version(versions, number)
    assert (found.state, found.answer) == (ListState.DRAFT, "床位费太高")
    clerk.of(PriceVersions).submit(number)
    assert version(versions, number).answer == ""


def test_what_was_submitted_is_withdrawn_before_it_is_changed(
    clerk, versions, submitted
):
    number = submitted()
    sheet = version(versions, number).sheet
    with pytest.raises(NotADraft):
        clerk.prices.save_sheet(replace(sheet, note="改"))
    clerk.of(PriceVersions).withdraw(number)
    clerk.prices.save_sheet(replace(sheet, note="改"))
    assert version(versions, number).sheet.note == "改"


def test_a_draft_is_thrown_away_and_nothing_else_is(clerk, versions, written):
    number = written()
    clerk.of(PriceVersions).drop(number)
    assert len(versions.versions()) == 1
    with pytest.raises(NotADraft):
        clerk.of(PriceVersions).drop(versions.versions()[0].sheet.list_id)


def test_an_empty_list_is_not_submitted(clerk):
    sheet = replace(clerk.prices.sheets()[0], list_id=0, starts=DECEMBER, prices=())
    number = clerk.prices.save_sheet(sheet)
    with pytest.raises(NothingListed):
        clerk.of(PriceVersions).submit(number)


def test_what_was_decided_is_not_decided_again(versions, submitted):
    number = submitted()
    versions.approve(number)
    for deed in (versions.approve, versions.withdraw):
        with pytest.raises(NotWaiting):
            deed(number)


def test_a_correction_takes_the_place_of_the_list_it_corrects(
    purse, versions, submitted
):
    former = purse.prices.sheets()[0]
    number = submitted(starts=former.starts, corrects=former.list_id)
    versions.approve(number)
    assert [sheet.list_id for sheet in purse.prices.sheets()] == [number]
    assert version(versions, former.list_id).state is ListState.REPLACED


def test_without_correcting_it_no_list_starts_on_the_day_of_another(written, purse):
    with pytest.raises(DayTaken):
        written(starts=purse.prices.sheets()[0].starts)


def test_an_approved_list_is_taken_back_with_a_reason_before_it_is_billed(
    purse, versions, submitted
):
    number = submitted()
    versions.approve(number)
    with pytest.raises(NoReason):
        versions.take_back(number, "")
    versions.take_back(number, "主管部门要求暂缓")
    assert len(purse.prices.sheets()) == 1
    assert version(versions, number).answer == "主管部门要求暂缓"


def test_the_corrected_list_holds_again_when_the_correction_is_taken_back(
    purse, versions, submitted
):
    former = purse.prices.sheets()[0]
    number = submitted(starts=former.starts, corrects=former.list_id)
    versions.approve(number)
    versions.take_back(number, "更正有误")
    assert version(versions, former.list_id).state is ListState.APPROVED
    assert [bill.total for bill in purse.billing.trial(OCTOBER).bills] == [FEE, FEE]


def test_a_list_comes_back_only_where_no_other_has_its_day(purse, versions, submitted):
    former = purse.prices.sheets()[0]
    moved = submitted(starts=DECEMBER, corrects=former.list_id)
    versions.approve(moved)
    again = submitted(starts=former.starts)
    versions.approve(again)
    versions.take_back(moved, "不改日期")
    assert version(versions, former.list_id).state is ListState.REPLACED
    assert version(versions, again).state is ListState.APPROVED


def test_the_database_lets_no_replaced_list_hold_beside_its_correction(
    db, purse, versions, submitted
):
    former = purse.prices.sheets()[0]
    versions.approve(submitted(starts=DECEMBER, corrects=former.list_id))
    back = update(PriceListRow).where(PriceListRow.id == former.list_id)
    with db._engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(back.values(state="approved"))


@pytest.mark.parametrize("deed", ["submit", "approve"])
def test_a_list_prices_all_that_residents_have(purse, clerk, versions, deed):
    sheet = raised(purse, 1300_00)
    meal, heating = purse.item("meal-standard"), purse.item("heating")
    few = tuple(x for x in sheet.prices if x.item_id not in (meal, heating))
    number = clerk.prices.save_sheet(replace(sheet, starts=DECEMBER, prices=few))
    if deed == "approve":  # whoever came to have the item after it was submitted
        with purse.db.writing(DIRECTOR, "submit") as session:
            session.get_one(PriceListRow, number).state = "submitted"
    deeds = {"submit": clerk.of(PriceVersions).submit, "approve": versions.approve}
    with pytest.raises(PricesLacking) as refusal:
        deeds[deed](number)
    assert refusal.value.facts["items"] == "伙食费（普通餐）"


def test_a_list_prices_what_was_used_and_what_is_to_come(purse, clerk):
    purse.residents.set_grade(1, "full", date(2026, 12, 10), consent_by="家属")
    purse.prices.add_charge(1, purse.item("escort"), date(2026, 11, 10), 1)
    for starts, code in ((DECEMBER, "care-full"), (NOVEMBER, "escort")):
        sheet = raised(purse, 1300_00)
        few = tuple(x for x in sheet.prices if x.item_id != purse.item(code))
        number = clerk.prices.save_sheet(replace(sheet, starts=starts, prices=few))
        with pytest.raises(PricesLacking):
            clerk.of(PriceVersions).submit(number)


def test_a_list_of_a_posted_month_does_not_come_back(purse, versions, submitted):
    former = purse.prices.sheets()[0]
    moved = submitted(starts=DECEMBER, corrects=former.list_id)
    versions.approve(submitted(starts=date(2025, 1, 2)))
    purse.post(OCTOBER)
    versions.approve(moved)
    with pytest.raises(AlreadyBilled):
        versions.take_back(moved, "不改日期")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_list_comes_back_whatever_is_taken_back_first(
    purse, versions, submitted, order
):
    first = submitted()
    versions.approve(first)
    moved = submitted(starts=date(2027, 1, 1), corrects=first)
    versions.approve(moved)
    again = submitted()
    versions.approve(again)
    for at in order:
        versions.take_back((moved, again)[at], "重来")
    assert version(versions, first).state is ListState.APPROVED


def test_who_pays_a_price_of_their_own_does_not_count_into_a_rise(
    purse, versions, submitted
):
    bed = purse.item("bed-B")
    purse.own_price(1, bed, Period(OCTOBER), "fixed", 1000_00, "困难")
    number = submitted()
    (rise,) = (x for x in versions.compare(number).changes if x.difference)
    assert (rise.item.payers, rise.monthly) == (1, 100_00)


def test_who_pays_a_share_counts_by_it(purse, versions, submitted):
    purse.own_price(1, purse.item("bed-B"), Period(OCTOBER), "percent", 50, "困难")
    number = submitted()
    (rise,) = (x for x in versions.compare(number).changes if x.difference)
    assert (rise.item.payers, rise.monthly) == (2, 150_00)


def test_a_list_by_which_bills_were_posted_is_not_taken_back(purse, versions):
    purse.post(OCTOBER)
    number = purse.prices.sheets()[0].list_id
    with pytest.raises(AlreadyBilled):
        versions.take_back(number, "写错")


def final_bill(purse, resident_id, day):
    """Let somebody leave on a day and post the final bill; return the day."""
    departures = purse.of(Departures)
    order = Order(Departure.HOME, day, "家属", "回家")
    number = departures.order(resident_id, order)
    departures.leave(number, day)
    departures.bill(number, departures.money(number).to_bill)
    return day


def test_a_final_bill_keeps_only_lists_before_the_day_of_leaving(
    purse, versions, submitted
):
    purse.post(OCTOBER)
    left = final_bill(purse, 2, date(2026, 11, 20))
    later, earlier = submitted(starts=date(2026, 11, 25)), submitted(starts=left)
    for number in (later, earlier):
        versions.approve(number)
    assert [x.is_billed for x in versions.versions()] == [False, True, True]
    versions.take_back(later, "主管部门要求暂缓")
    with pytest.raises(AlreadyBilled):
        versions.take_back(earlier, "写错")


def test_posted_months_are_corrected_once_a_correction_is_approved(
    purse, versions, submitted
):
    purse.post(OCTOBER)
    former = purse.prices.sheets()[0]
    number = submitted(starts=former.starts, corrects=former.list_id)
    before = purse.billing.trial(NOVEMBER).bills[0].total
    versions.approve(number)
    after = purse.billing.trial(NOVEMBER).bills[0].total
    assert (before, after) == (FEE, FEE + 200_00)


@pytest.fixture
def unpriced(db, purse):
    """The sheet of a home that has no price list any more."""
    sheet = purse.prices.sheets()[0]
    with db._engine.begin() as connection:
        for guard in ("price_as_submitted_delete", "price_list_kept"):
            connection.execute(text(f"DROP TRIGGER {guard}"))
        connection.execute(delete(PriceRow))
        connection.execute(delete(PriceListRow))
    return replace(sheet, list_id=0)


def test_the_first_list_is_brought_along_and_put_right(purse, versions, unpriced):
    first = versions.bring(unpriced)
    again = versions.bring(replace(unpriced, list_id=first, note="更正"))
    (sheet,) = purse.prices.sheets()
    assert (sheet.list_id, sheet.note) == (again, "更正")
    assert version(versions, again).is_alone


def test_nothing_is_brought_along_once_bills_are_posted(purse, versions, unpriced):
    versions.bring(unpriced)
    purse.post(OCTOBER)
    with pytest.raises(NotBroughtAlong):
        versions.bring(replace(unpriced, starts=DECEMBER))


def test_nothing_is_brought_along_once_a_list_was_approved(purse, versions):
    with pytest.raises(NotBroughtAlong):
        versions.bring(replace(purse.prices.sheets()[0], list_id=0, starts=DECEMBER))


def test_a_public_home_names_the_document_of_each_guide_price(purse, clerk):
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="public"))
    sheet = raised(purse, 1200_00)
    first, *others = sheet.prices
    bare = replace(first, ceiling_fen=first.fen)
    fresh = replace(sheet, starts=DECEMBER, prices=(bare, *others))
    with pytest.raises(NoCeilingSource):
        clerk.prices.save_sheet(fresh)
    whole = replace(
        bare, ceiling_document="发改价格〔2025〕12号", ceiling_dated=date(2025, 3, 1)
    )
    number = clerk.prices.save_sheet(replace(fresh, prices=(whole, *others)))
    (kept,) = [
        v.sheet for v in clerk.of(PriceVersions).versions() if v.sheet.list_id == number
    ]
    assert kept.prices[0] == whole


# what the database itself refuses


def tamper(db, statement):
    with db._engine.begin() as connection:
        connection.execute(statement)


TAMPERING = {
    "a price": lambda n: (
        update(PriceRow).where(PriceRow.price_list_id == n).values(fen=1)
    ),
    "a day": lambda n: (
        update(PriceListRow).where(PriceListRow.id == n).values(starts=NOVEMBER)
    ),
    "what is given back": lambda n: (
        update(PriceListRow).where(PriceListRow.id == n).values(leave_care_refund=50)
    ),
    "its prices away": lambda n: delete(PriceRow).where(PriceRow.price_list_id == n),
    "back to a draft": lambda n: (
        update(PriceListRow).where(PriceListRow.id == n).values(state="draft")
    ),
}


@pytest.mark.parametrize("change", TAMPERING.values(), ids=TAMPERING)
def test_the_database_keeps_an_approved_list_as_it_was(db, purse, change):
    number = purse.prices.sheets()[0].list_id
    with pytest.raises(IntegrityError):
        tamper(db, change(number))


def test_the_database_wants_two_people(db, submitted):
    number = submitted()
    listed = update(PriceListRow).where(PriceListRow.id == number)
    with pytest.raises(IntegrityError):
        tamper(db, listed.values(state="approved"))
    with pytest.raises(IntegrityError):
        tamper(db, listed.values(state="approved", decided_by=_writer(db, number)))


def test_the_database_bills_by_no_list_that_nobody_approved(db, purse):
    (sheet,) = purse.prices.sheets()
    with db._engine.begin() as connection:
        connection.execute(text(_BILL), {"facts": _facts(sheet.starts)})
        connection.rollback()
    purse.of(PriceVersions).take_back(sheet.list_id, "写错")
    with db._engine.begin() as connection, pytest.raises(IntegrityError) as refusal:
        connection.execute(text(_BILL), {"facts": _facts(sheet.starts)})
    assert "was not approved" in str(refusal.value)


_BILL = (
    "INSERT INTO bill (run_id, year, number, resident_id, month, total_fen, "
    "resident_name, bed, grade, facts) "
    "VALUES (1, 2026, 1, 1, '2026-10-01', 0, '', '', '', :facts)"
)


def _facts(starts):
    return f'{{"lists": [["{starts}", [], {{}}]]}}'


def _writer(db, number):
    with db.reading() as session:
        return session.get_one(PriceListRow, number).written_by


# comparing


def test_two_lists_are_compared_with_how_many_pay_each_item(purse, versions, written):
    number = written()
    found = versions.compare(number)
    assert found.older.starts == purse.prices.sheets()[0].starts
    bed, *others = found.changes
    assert (bed.item.item_id, bed.course) == (purse.item("bed-B"), Course.RISES)
    assert (bed.difference, bed.item.payers) == (100_00, 2)
    assert {each.course for each in others} == {Course.SAME}
    assert len(found.changes) == len(PRICES)

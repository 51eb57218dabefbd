from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from carehome.db.payers import PayerShareRow
from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.entry import Party
from carehome.rules.payers.claims import CutReasonMissing, Key, MoreThanOpen
from carehome.rules.periods import Period
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.ledger import entries_in
from carehome.services.payers import FamilyPart, Payers
from carehome.services.payers.money import NothingClaimed
from carehome.services.payers.receivables import family_shares_in
from carehome.services.payers.service import BilledAlready
from tests.conftest import ROLES
from tests.purse import DECEMBER, FEE, NOVEMBER, OCTOBER, SEPTEMBER

WANG, LI = 1, 2
SHARE = 400_00  # the insurance bears half of the care fee of each
CAME = date(2026, 11, 20)


@pytest.fixture
def billed(purse):
    """Two months of which the insurance bears half of both residents' care."""
    for who in (WANG, LI):
        purse.cover(who, 50, Period(SEPTEMBER))
    purse.post(SEPTEMBER)
    purse.post(OCTOBER)
    return purse.payer()


@pytest.fixture
def director(purse):
    return purse.as_role(Role.DIRECTOR).of(Payers)


def open_of(payers, payer_id):
    return {claim.key: claim.open for claim in payers.claims(payer_id)}


def owed_by(purse, payer_id):
    """What a payer owes by the ledger."""
    with purse.db.reading() as session:
        balances = sums.balances(entries_in(session), Code.PAYERS)
    return balances.get(Party("payer", payer_id), 0)


def end_cover(purse, resident_id, day):
    """Let the newest cover of somebody end on a day, as if that were known late."""
    cover = max(purse.prices.covers(resident_id), key=lambda each: each.cover_id)
    purse.prices.end_cover(cover.cover_id, day)


def owed_of_month(purse, resident_id, month):
    """What all bills so far ask of a family for a month."""
    return sum(
        line.amount_fen
        for bill in purse.billing.bills_of(resident_id)
        for line in bill.lines
        if line.for_month == month
    )


def test_bills_make_claims_by_month_and_resident(payers, billed, purse):
    assert open_of(payers, billed) == {
        Key(month, who): SHARE for month in (SEPTEMBER, OCTOBER) for who in (WANG, LI)
    }
    assert owed_by(purse, billed) == 4 * SHARE


def test_one_transfer_settles_the_oldest_months_of_many(payers, billed, purse):
    payers.take(billed, 3 * SHARE, "transfer", CAME)
    assert open_of(payers, billed)[Key(OCTOBER, LI)] == SHARE
    assert sum(open_of(payers, billed).values()) == SHARE == owed_by(purse, billed)


def test_a_transfer_goes_where_the_payer_says(payers, billed):
    payers.take(billed, SHARE, "transfer", CAME, {Key(OCTOBER, LI): SHARE})
    assert open_of(payers, billed)[Key(OCTOBER, LI)] == 0
    assert open_of(payers, billed)[Key(SEPTEMBER, WANG)] == SHARE


def test_its_receipt_has_the_next_number_and_names_months_and_people(
    payers, billed, purse
):
    purse.payments.take(WANG, FEE, "cash", CAME)
    receipt_id = payers.take(billed, 3 * SHARE + 7, "transfer", CAME)
    receipt = purse.receipts.receipt(receipt_id)
    assert (receipt.number, receipt.payer, receipt.method) == (2, "长护险", "transfer")
    assert receipt.resident_id is None
    assert receipt.resident == "2 位老人"
    assert [fen for _text, fen in receipt.lines] == [2 * SHARE, SHARE + 7]


def test_what_came_too_much_is_kept_and_settles_the_next_month(payers, billed, purse):
    receipt_id = payers.take(billed, 5 * SHARE, "transfer", CAME)
    assert purse.receipts.receipt(receipt_id).lines[-1] == ("存入付款方余额", SHARE)
    [state] = payers.states()
    assert state.open == -SHARE == owed_by(purse, billed)
    purse.post(NOVEMBER)
    assert open_of(payers, billed)[Key(NOVEMBER, WANG)] == 0
    [state] = payers.states()
    assert (state.open, state.credit) == (SHARE, 0)


def test_a_void_receipt_opens_its_months_again(payers, billed, purse):
    receipt_id = payers.take(billed, 4 * SHARE, "transfer", CAME)
    purse.receipts.void(receipt_id, "打错")
    assert sum(open_of(payers, billed).values()) == 4 * SHARE == owed_by(purse, billed)
    assert payers.take(billed, SHARE, "transfer", CAME) == receipt_id + 1


def test_a_correction_frees_what_a_month_got_too_much(payers, billed, purse):
    payers.take(billed, 4 * SHARE, "transfer", CAME)
    [cover] = purse.prices.covers(LI)
    purse.prices.end_cover(cover.cover_id, OCTOBER)
    purse.post(NOVEMBER)
    found = open_of(payers, billed)
    assert found[Key(OCTOBER, LI)] == 0  # its share of October was corrected away
    assert found[Key(NOVEMBER, WANG)] == 0  # and settles what was billed since
    assert owed_by(purse, billed) == 0


def test_what_is_refused_stands_on_the_familys_next_bill(payers, billed, purse):
    payers.charge_family(billed, {Key(OCTOBER, LI): 150_00}, "超出等级标准")
    assert open_of(payers, billed)[Key(OCTOBER, LI)] == SHARE - 150_00
    assert owed_by(purse, billed) == 4 * SHARE  # nobody was billed for it yet
    purse.post(NOVEMBER)
    bill = next(b for b in purse.billing.bills(NOVEMBER) if b.resident_id == LI)
    assert bill.total == FEE - SHARE + 150_00
    assert "超出等级标准" in str(bill.lines[-1].source["reason"])
    assert open_of(payers, billed)[Key(OCTOBER, LI)] == SHARE - 150_00
    assert owed_by(purse, billed) == 6 * SHARE - 150_00


def test_what_was_refused_is_billed_once(payers, billed, purse):
    payers.charge_family(billed, {Key(OCTOBER, LI): 150_00}, "超出等级标准")
    purse.post(NOVEMBER)
    assert all(
        "cut" not in x.source
        for x in purse.billing.trial(date(2026, 12, 1)).bills[-1].lines
    )


def test_late_facts_leave_a_refusal_where_it_is(payers, billed, purse):
    payers.charge_family(billed, {Key(OCTOBER, LI): 150_00}, "超出等级标准")
    purse.post(NOVEMBER)
    purse.prices.add_charge(LI, purse.item("escort"), date(2026, 10, 9), 1)
    trial = purse.billing.trial(date(2026, 12, 1))
    bill = next(b for b in trial.bills if b.resident_id == LI)
    late = [line for line in bill.lines if line.kind == "adjustment"]
    assert [(line.item_code, line.amount_fen) for line in late] == [("escort", 50_00)]


@pytest.mark.parametrize("is_billed", [True, False])
def test_a_family_that_bears_the_fee_itself_is_not_charged_a_refusal_too(
    payers, billed, purse, is_billed
):
    payers.charge_family(billed, {Key(OCTOBER, LI): 150_00}, "超标")
    if is_billed:
        purse.post(NOVEMBER)
    end_cover(purse, LI, OCTOBER)
    purse.post(DECEMBER if is_billed else NOVEMBER)
    assert owed_of_month(purse, LI, OCTOBER) == FEE
    assert Key(OCTOBER, LI) not in {
        k for k, fen in open_of(payers, billed).items() if fen
    }


def test_a_refusal_comes_back_with_the_cover(payers, purse):
    purse.cover(LI, 50, Period(SEPTEMBER))
    purse.post(SEPTEMBER)
    payer = purse.payer()
    payers.charge_family(payer, {Key(SEPTEMBER, LI): 150_00}, "超标")
    purse.post(OCTOBER)
    end_cover(purse, LI, SEPTEMBER)
    purse.post(NOVEMBER)
    assert owed_of_month(purse, LI, SEPTEMBER) == FEE
    purse.cover(LI, 50, Period(SEPTEMBER, OCTOBER))
    purse.post(DECEMBER)
    assert owed_of_month(purse, LI, SEPTEMBER) == FEE - SHARE + 150_00
    assert open_of(payers, payer)[Key(SEPTEMBER, LI)] == SHARE - 150_00


def test_no_more_stays_written_off_than_the_payer_bears(
    director, payers, billed, purse
):
    director.write_off(billed, {Key(OCTOBER, LI): SHARE}, "资料逾期")
    end_cover(purse, LI, OCTOBER)
    purse.cover(LI, 10, Period(OCTOBER))
    purse.post(NOVEMBER)
    assert open_of(payers, billed)[Key(OCTOBER, LI)] == 0
    with purse.db.reading() as session:
        assert sums.balance(entries_in(session), Code.WRITTEN_OFF) == 80_00


def test_the_director_writes_off_what_nobody_pays(director, payers, billed, purse):
    director.write_off(billed, {Key(SEPTEMBER, WANG): SHARE}, "资料逾期")
    assert open_of(payers, billed)[Key(SEPTEMBER, WANG)] == 0
    assert owed_by(purse, billed) == 3 * SHARE
    with purse.db.reading() as session:
        assert sums.balance(entries_in(session), Code.WRITTEN_OFF) == SHARE


def test_what_is_owed_again_is_settled_by_what_is_to_the_credit(
    director, payers, billed
):
    [cut_id] = director.write_off(billed, {Key(SEPTEMBER, WANG): SHARE}, "逾期")
    payers.take(billed, 4 * SHARE, "transfer", CAME)
    director.take_back(cut_id, "保险补付")
    assert set(open_of(payers, billed).values()) == {0}


def test_nobody_else_writes_off(payers, billed):
    with pytest.raises(NotAllowed):
        payers.write_off(billed, {Key(SEPTEMBER, WANG): SHARE}, "资料逾期")


def test_a_refusal_is_taken_back_until_it_is_billed(payers, billed, purse):
    [cut_id] = payers.charge_family(billed, {Key(OCTOBER, LI): 150_00}, "超标")
    payers.take_back(cut_id, "已补付")
    assert open_of(payers, billed)[Key(OCTOBER, LI)] == SHARE
    [cut_id] = payers.charge_family(billed, {Key(OCTOBER, LI): 150_00}, "超标")
    purse.post(NOVEMBER)
    with pytest.raises(BilledAlready):
        payers.take_back(cut_id, "已补付")


def test_a_loss_taken_back_is_owed_again(director, payers, billed, purse):
    [cut_id] = director.write_off(billed, {Key(SEPTEMBER, WANG): SHARE}, "逾期")
    director.take_back(cut_id, "保险补付")
    assert owed_by(purse, billed) == 4 * SHARE
    assert [cut.is_void for cut in payers.cuts(billed)] == [True]


def test_nothing_is_refused_without_a_reason_or_beyond_what_is_open(payers, billed):
    with pytest.raises(CutReasonMissing):
        payers.charge_family(billed, {Key(OCTOBER, LI): 1}, " ")
    with pytest.raises(MoreThanOpen):
        payers.charge_family(billed, {Key(OCTOBER, LI): SHARE + 1}, "超标")


def test_money_of_tomorrow_is_not_taken(payers, billed):
    with pytest.raises(NotComeYet):
        payers.take(billed, SHARE, "transfer", date(2026, 12, 24))


def test_who_was_never_billed_pays_nothing(payers, purse):
    with pytest.raises(NothingClaimed):
        payers.take(purse.payer("慈善会", "charity"), SHARE, "transfer", CAME)


def test_who_owes_is_told_to_whoever_reads_the_bank(payers, billed):
    [found] = payers.open_claims()
    assert (found.payer_id, found.name, found.fen) == (billed, "长护险", 4 * SHARE)
    assert found.by_month == {"2026-09": 2 * SHARE, "2026-10": 2 * SHARE}


def test_balances_agree_with_the_ledger_after_all_of_it(
    director, payers, billed, purse
):
    payers.take(billed, 2 * SHARE + 11, "transfer", CAME)
    payers.charge_family(billed, {Key(OCTOBER, LI): 50_00}, "超标")
    director.write_off(billed, {Key(OCTOBER, LI): 20_00}, "逾期")
    purse.post(NOVEMBER)
    [state] = payers.states()
    assert state.open == owed_by(purse, billed)


def test_no_month_gets_more_than_was_billed_whoever_writes(payers, billed, purse):
    payers.take(billed, SHARE, "transfer", CAME)
    with purse.db.reading() as session:
        [share] = session.scalars(select(PayerShareRow)).all()
    more = {"resident_id": share.resident_id, "month": share.month, "fen": 1}
    with (
        pytest.raises(IntegrityError, match="more than"),
        purse.db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.add(PayerShareRow(payer_payment_id=share.payer_payment_id, **more))


@pytest.mark.parametrize(
    "change",
    ["UPDATE payer_payment SET fen = 1", "DELETE FROM payer_payment"],
)
def test_money_of_a_payer_is_never_edited(payers, billed, purse, change):
    payers.take(billed, SHARE, "transfer", CAME)
    with (
        pytest.raises(IntegrityError, match="money in the books"),
        purse.db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(text(change))


def test_what_families_owe_is_added_up_by_person(payers, purse):
    members = (FamilyPart("王强", 60), FamilyPart("王丽", 40))
    son, daughter = payers.split(WANG, members, Period(SEPTEMBER))
    purse.post(SEPTEMBER)
    purse.post(OCTOBER)
    payers.take(daughter, FEE, "wechat", CAME)  # 2,080 of it settle, the rest is ahead
    for today, late in ((CAME, 0), (date(2027, 3, 1), FEE * 6 // 5)):
        with purse.db.reading() as session:
            found = family_shares_in(session, today)
        assert found == (1, FEE * 6 // 5, late)
    payers.take(son, FEE * 6 // 5, "wechat", CAME)
    with purse.db.reading() as session:
        assert family_shares_in(session, CAME) == (0, 0, 0)

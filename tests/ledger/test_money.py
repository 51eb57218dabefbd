"""Trust money, donations, utility bills and the count of the till."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.books import DonationUseRow, TrustEntryRow
from carehome.rules import donations, trust
from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.voids import ReasonMissing, VoidAlready
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.utilities import (
    BadUtility,
    BadUtilityDays,
    ExtrasTooMuch,
    Tariff,
    flags,
    read_rules,
)
from carehome.services.donations import Donations
from carehome.services.ledger import entries_in
from carehome.services.trust import TrustMoney
from carehome.services.utilities import Utilities
from tests.conftest import ROLES
from tests.ways.book_deeds import BILL

WANG, LI = 1, 2
DAY = date(2026, 11, 10)


@pytest.fixture
def kept(purse):
    return purse.of(TrustMoney)


@pytest.fixture
def gifts(purse):
    return purse.of(Donations)


def balance(db, account: Code) -> int:
    with db.reading() as session:
        return sums.balance(entries_in(session), account)


# ---- trust money


def test_what_is_kept_is_what_came_less_what_was_spent(kept, db):
    kept.take(WANG, 300_00, "cash", DAY, "十一月养老金", "王强")
    kept.spend(WANG, 80_00, "cash", DAY, "买鞋", "发票 0123")
    assert [each.kept for each in kept.entries(WANG)] == [300_00, 220_00]
    assert [(x.resident_id, x.kept) for x in kept.standings()] == [(WANG, 220_00)]
    assert balance(db, Code.TRUST) == -220_00
    assert balance(db, Code.TRUST_CASH) == 220_00
    assert balance(db, Code.CASH) == 0


def test_nobody_spends_what_is_kept_for_another(kept):
    kept.take(WANG, 300_00, "cash", DAY, "养老金")
    with pytest.raises(trust.MoreThanKept):
        kept.spend(LI, 1, "cash", DAY, "买鞋", "发票")


def test_all_that_is_kept_may_be_spent(kept):
    kept.take(WANG, 300_00, "cash", DAY, "养老金")
    kept.spend(WANG, 300_00, "cash", DAY, "退还家属", "收条")
    assert kept.standings()[0].kept == 0


@pytest.mark.parametrize(
    ("purpose", "paper", "refusal"),
    [
        ("", "发票", trust.TrustPurposeMissing),
        ("买鞋", " ", trust.TrustPaperMissing),
    ],
)
def test_money_leaves_for_a_purpose_and_on_a_paper(kept, purpose, paper, refusal):
    kept.take(WANG, 300_00, "cash", DAY, "养老金")
    with pytest.raises(refusal):
        kept.spend(WANG, 1, "cash", DAY, purpose, paper)


def test_what_was_spent_cannot_be_void_at_its_coming(kept):
    came = kept.take(WANG, 300_00, "cash", DAY, "养老金")
    kept.spend(WANG, 80_00, "cash", DAY, "买鞋", "发票")
    with pytest.raises(trust.SpentSince):
        kept.void(came, "打错")


def test_a_void_spending_is_kept_again(kept):
    kept.take(WANG, 300_00, "cash", DAY, "养老金")
    went = kept.spend(WANG, 80_00, "cash", DAY, "买鞋", "发票")
    kept.void(went, "没买成")
    assert kept.standings()[0].kept == 300_00
    assert kept.entries(WANG)[1].void_reason == "没买成"


def test_a_void_has_a_reason_and_is_made_once(kept):
    came = kept.take(WANG, 300_00, "cash", DAY, "养老金")
    with pytest.raises(ReasonMissing):
        kept.void(came, " ")
    kept.void(came, "打错")
    with pytest.raises(VoidAlready):
        kept.void(came, "打错")


def test_nothing_is_kept_that_has_not_come_yet(kept):
    with pytest.raises(NotComeYet):
        kept.take(WANG, 1, "cash", date(2026, 11, 22), "养老金")


def test_nothing_at_all_is_not_kept(kept):
    with pytest.raises(trust.NoTrustAmount):
        kept.take(WANG, 0, "cash", DAY, "养老金")


def test_the_desk_takes_money_in_trust_but_spends_none(purse):
    desk = purse.as_role(Role.FRONT_DESK).of(TrustMoney)
    desk.take(WANG, 100, "cash", DAY, "零用钱")
    with pytest.raises(NotAllowed):
        desk.spend(WANG, 100, "cash", DAY, "买鞋", "发票")


def test_the_database_itself_keeps_trust_money_from_below_nothing(kept, db):
    came = kept.take(WANG, 100, "cash", DAY, "养老金")
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.add(
            TrustEntryRow(
                resident_id=WANG,
                kind="out",
                day=DAY,
                fen=101,
                method="cash",
                purpose="买鞋",
                paper="发票",
                taken_by=1,
            )
        )
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.get_one(TrustEntryRow, came).fen = 99


# ---- donations


def test_what_is_left_of_a_donation_is_told(gifts, db):
    number = gifts.take("市慈善总会", 5000_00, "transfer", DAY, "添置护理床")
    bought = (3200_00, "transfer", DAY, "护理床两张", "发票 88")
    gifts.use(number, *bought, "添置护理床")
    [given] = gifts.donations()
    assert (given.used, given.left) == (3200_00, 1800_00)
    assert balance(db, Code.BANK) == 1800_00


def test_no_more_of_a_donation_is_used_than_was_given(gifts):
    number = gifts.take("市慈善总会", 100, "cash", DAY)
    with pytest.raises(donations.MoreThanGiven):
        gifts.use(number, 101, "cash", DAY, "买米")


def test_a_void_use_is_left_again(gifts):
    number = gifts.take("市慈善总会", 100, "cash", DAY)
    use = gifts.use(number, 100, "cash", DAY, "买米")
    with pytest.raises(donations.UsedSince):
        gifts.void(number, "打错")
    gifts.void_use(use, "记错")
    assert gifts.donations()[0].left == 100
    gifts.void(number, "打错")
    assert gifts.donations()[0].left == 0


def test_a_void_donation_is_not_used(gifts):
    number = gifts.take("市慈善总会", 100, "cash", DAY)
    gifts.void(number, "打错")
    with pytest.raises(donations.MoreThanGiven):
        gifts.use(number, 1, "cash", DAY, "买米")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"fen": 0}, donations.NothingGiven),
        ({"purpose": " "}, donations.UseUnsaid),
        ({"method": "goods"}, donations.OtherKind),
        ({"day": date(2026, 11, 9)}, donations.UsedTooEarly),
    ],
)
def test_a_use_says_what_when_and_how_much(gifts, change, refusal):
    number = gifts.take("市慈善总会", 100, "cash", DAY)
    use = {"fen": 100, "method": "cash", "day": DAY, "purpose": "买米"}
    with pytest.raises(refusal):
        gifts.use(number, **(use | change))


@pytest.mark.parametrize(
    ("donor", "fen", "method", "goods", "refusal"),
    [
        (" ", 100, "cash", "", donations.DonorMissing),
        ("王强", 0, "cash", "", donations.NothingGiven),
        ("王强", 100, "goods", "", donations.GoodsMissing),
    ],
)
def test_a_donation_names_giver_worth_and_goods(
    gifts, donor, fen, method, goods, refusal
):
    with pytest.raises(refusal):
        gifts.take(donor, fen, method, DAY, goods=goods)


def test_the_database_itself_uses_no_more_than_was_given(gifts, db):
    number = gifts.take("市慈善总会", 100, "cash", DAY)
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.add(
            DonationUseRow(
                donation_id=number,
                day=DAY,
                fen=101,
                method="cash",
                purpose="买米",
                taken_by=1,
            )
        )


# ---- utility bills


def test_another_price_than_the_residential_one_is_flagged():
    found = list(flags(replace(BILL, extras={}), read_rules()))
    assert [(x.fee, x.fen) for x in found] == [("", BILL.fen)]
    assert "居民价格" in found[0].right.why


@pytest.mark.parametrize("tariff", [Tariff.RESIDENTIAL, Tariff.UNKNOWN])
def test_what_may_be_asked_is_not_flagged(tariff):
    fair = replace(BILL, tariff=tariff, extras={"污水处理费": 10_00})
    assert list(flags(fair, read_rules())) == []


@pytest.mark.parametrize(
    ("price", "beyond"), [("0.80", [253_10]), ("0.5469", []), ("0.50", []), ("", [])]
)
def test_a_dearer_price_is_flagged_whatever_the_bill_calls_it(price, beyond):
    bill = replace(
        *(BILL,),
        **{"tariff": Tariff.RESIDENTIAL, "quantity": "1000", "extras": {}},
        **{"unit_price": price, "residential_price": "0.5469"},
    )
    assert [each.too_much for each in flags(bill, read_rules())] == beyond


@pytest.mark.parametrize("name", ["开户费", "管道 接口费", "增容费（一次性）"])
def test_a_fee_that_is_forbidden_is_flagged_however_it_is_written(name):
    bill = replace(BILL, tariff=Tariff.RESIDENTIAL, extras={name: 60_00})
    [found] = flags(bill, read_rules())
    assert (found.fee, found.fen) == (name, 60_00)
    assert found.right.source.lines == "seed 003 L985"


def test_a_utility_bill_is_owed_and_paid(purse, db):
    number = purse.of(Utilities).add(BILL)
    assert balance(db, Code.PAYABLE) == -BILL.fen
    purse.of(Utilities).pay(number, DAY, "transfer")
    assert balance(db, Code.PAYABLE) == 0
    [entered] = purse.of(Utilities).bills()
    assert (entered.bill.paid_on, len(entered.flags)) == (DAY, 2)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"supplier": " "}, BadUtility),
        ({"fen": 0}, BadUtility),
        ({"extras": {"开户费": -1}}, BadUtility),
        ({"extras": {"开户费": BILL.fen + 1}}, ExtrasTooMuch),
        ({"paid_on": date(2026, 11, 4), "method": "cash"}, BadUtilityDays),
    ],
)
def test_a_utility_bill_that_makes_no_sense_is_refused(purse, change, refusal):
    with pytest.raises(refusal):
        purse.of(Utilities).add(replace(BILL, **change))

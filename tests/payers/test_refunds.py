"""Money of a payer that no month needs goes back to it, signed by two."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.db import keys
from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.day_close import Count, DayClosed
from carehome.rules.ledger.entry import Party
from carehome.rules.ledger.voids import VoidAlready
from carehome.rules.payers.refunds import BackBeforeItCame, Backward
from carehome.rules.periods import Period
from carehome.rules.refunds import (
    NothingBack,
    PayeeMissing,
    RefundReasonMissing,
    TooMuchBack,
)
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.accounts import Approval, SamePerson
from carehome.services.books import Books
from carehome.services.day_close import DayCloses
from carehome.services.ledger import entries_in
from carehome.services.payers import Payers
from carehome.services.receipts import WentBackSince
from carehome.services.tills import Tills
from tests.conftest import ROLES
from tests.purse import NOVEMBER, OCTOBER, SEPTEMBER

WANG, LI = 1, 2
SHARE = 400_00  # the insurance bears half of the care fee of each
CAME, BACK = date(2026, 11, 18), date(2026, 11, 20)
TOO_MUCH = 250_01
BACKWARD = Backward(TOO_MUCH, "cash", BACK, "长护险中心", "多付", "凭1")


@pytest.fixture(autouse=True)
def _keys_cost_little(monkeypatch):
    monkeypatch.setattr(keys, "COST", {"time": 1, "memory_kib": 64, "lanes": 1})


@pytest.fixture
def signed(passwords):
    return Approval("director", passwords[Role.DIRECTOR])


@pytest.fixture
def payment(payers, purse):
    """The number of a payment in cash that was too much for two months."""
    for who in (WANG, LI):
        purse.cover(who, 50, Period(SEPTEMBER))
    purse.post(SEPTEMBER)
    purse.post(OCTOBER)
    payers.take(purse.payer(), 4 * SHARE + TOO_MUCH, "cash", CAME)
    [money] = payers.money(purse.payer())
    assert (money.fen, money.free) == (4 * SHARE + TOO_MUCH, TOO_MUCH)
    return money.payment_id


def owed(purse):
    with purse.db.reading() as session:
        balances = sums.balances(entries_in(session), Code.PAYERS)
    return balances.get(Party("payer", purse.payer()), 0)


def cash(purse):
    with purse.db.reading() as session:
        return sums.balance(entries_in(session), Code.CASH)


def test_what_no_month_needs_goes_back(payers, purse, payment, signed):
    assert owed(purse) == -TOO_MUCH
    payers.give_back(payment, BACKWARD, signed)
    went, came = payers.money(purse.payer())
    assert (went.fen, went.number, went.note) == (-TOO_MUCH, "凭1", "多付")
    assert came.free == 0
    assert owed(purse) == 0
    assert cash(purse) == 4 * SHARE
    [state] = payers.states()
    assert (state.open, state.credit) == (0, 0)


def test_what_went_back_settles_no_later_month(payers, purse, payment, signed):
    payers.give_back(payment, replace(BACKWARD, fen=TOO_MUCH - 1), signed)
    purse.post(NOVEMBER)
    [state] = payers.states()
    assert state.open == 2 * SHARE - 1 == owed(purse)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"fen": TOO_MUCH + 1}, TooMuchBack),
        ({"fen": 0}, NothingBack),
        ({"payee": " "}, PayeeMissing),
        ({"reason": ""}, RefundReasonMissing),
        ({"day": date(2026, 11, 17)}, BackBeforeItCame),
        ({"day": date(2026, 12, 31)}, NotComeYet),
    ],
)
def test_a_wrong_entry_is_refused_and_nothing_goes_back(
    payers, purse, payment, signed, change, why
):
    with pytest.raises(why):
        payers.give_back(payment, replace(BACKWARD, **change), signed)
    [money] = payers.money(purse.payer())
    assert money.free == TOO_MUCH


def test_two_people_sign(payers, payment, passwords, purse):
    own = Approval("accountant", passwords[Role.ACCOUNTANT])
    with pytest.raises(SamePerson):
        payers.give_back(payment, BACKWARD, own)
    desk = purse.as_role(Role.FRONT_DESK).of(Payers)
    with pytest.raises(NotAllowed):
        desk.give_back(payment, BACKWARD, own)


def test_what_did_not_go_back_is_to_the_credit_again(payers, purse, payment, signed):
    number = payers.give_back(payment, BACKWARD, signed)
    purse.post(NOVEMBER)
    payers.void_back(number, "没有退成")
    assert owed(purse) == 2 * SHARE - TOO_MUCH
    assert sum(claim.open for claim in payers.claims(purse.payer())) == owed(purse)
    went, came = payers.money(purse.payer())
    assert (went.is_void, came.free) == (True, 0)  # it settled November
    with pytest.raises(VoidAlready):
        payers.void_back(number, "再来")


def test_a_receipt_stands_while_money_of_it_went_back(payers, purse, payment, signed):
    [money] = payers.money(purse.payer())
    number = payers.give_back(payment, BACKWARD, signed)
    with pytest.raises(WentBackSince):
        purse.receipts.void(money.receipt_id, "打错")
    payers.void_back(number, "没有退成")
    purse.receipts.void(money.receipt_id, "打错")
    assert owed(purse) == 4 * SHARE
    assert cash(purse) == 0


def test_it_leaves_the_till_of_who_gave_it(payers, purse, payment, signed):
    tills = purse.of(Tills)
    before = tills.now().booked
    number = payers.give_back(payment, BACKWARD, signed)
    assert tills.now().booked == before - TOO_MUCH == cash(purse)
    payers.void_back(number, "没有退成")
    assert tills.now().booked == before


def test_a_closed_till_gives_nothing_back(payers, purse, payment, signed):
    closes = purse.of(DayCloses)
    booked = closes.sheet(BACK).booked
    closes.close(BACK, Count(booked), "accountant-password", "")
    with pytest.raises(DayClosed):
        payers.give_back(payment, BACKWARD, signed)
    payers.give_back(payment, replace(BACKWARD, method="transfer"), signed)


def test_a_closed_month_gets_nothing_more(payers, purse, payment, signed):
    early = replace(BACKWARD, method="transfer", day=date(2026, 10, 30))
    payers.take(purse.payer(), 100, "transfer", date(2026, 10, 20))
    first = next(x for x in payers.money(purse.payer()) if x.day.month == 10)
    purse.of(Books).close(SEPTEMBER)
    purse.of(Books).close(OCTOBER)
    with pytest.raises(MonthClosed):
        payers.give_back(first.payment_id, replace(early, fen=1), signed)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ("UPDATE payer_refund SET fen = 1", "never edited"),
        ("UPDATE payer_refund SET payee = '别人'", "never edited"),
        ("DELETE FROM payer_refund", "kept"),
        ("UPDATE payer_payment SET is_void = 1 WHERE id = 2", "went back"),
        (
            "INSERT INTO payer_share (payer_payment_id, resident_id, month, fen) "
            "VALUES (2, 2, '2026-11-01', 1)",
            "more than there is",
        ),
        (
            "INSERT INTO payer_refund (payer_payment_id, fen, taken_by, approved_by, "
            "day, method, payee, paper, reason, void_reason) VALUES "
            "(2, 1, 1, 4, '2026-11-20', 'transfer', '保险', '', '多付', '')",
            "more than there is",
        ),
    ],
)
def test_the_database_refuses_what_must_never_be(
    payers, purse, payment, signed, spoil, why
):
    payers.take(purse.payer(), SHARE, "transfer", CAME)
    ahead = next(x for x in payers.money(purse.payer()) if x.payment_id != payment)
    back = replace(BACKWARD, fen=100, method="transfer")
    payers.give_back(ahead.payment_id, back, signed)
    purse.post(NOVEMBER)  # it needs all that is left, and more
    assert not any(money.free for money in payers.money(purse.payer()))
    assert owed(purse) == 2 * SHARE - TOO_MUCH - SHARE + 100
    with (
        pytest.raises(IntegrityError, match=why),
        purse.db.writing(ROLES[Role.DIRECTOR], "spoil") as session,
    ):
        session.connection().execute(text(spoil))

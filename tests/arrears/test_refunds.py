"""Refunds: asked for by one person, approved by another, paid out with a voucher."""

from dataclasses import replace

import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.rules.refunds import (
    AlreadyEnded,
    AnswerMissing,
    ApproverPays,
    AskedRefund,
    GoneSince,
    NotApproved,
    NotAsked,
    NothingBack,
    NotToBeRefunded,
    OwnRefund,
    PayeeMissing,
    RefundKind,
    RefundReasonMissing,
    RefundState,
    RefundWaits,
    TooMuchBack,
    WayNeedsReason,
)
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.ledger import entries_in
from carehome.services.refunds import Refunds
from tests.conftest import ROLES, TODAY
from tests.purse import FEE, NOVEMBER

BACK = AskedRefund(1, RefundKind.PREPAID, 300_00, "transfer", "王建国", "多预存了")


@pytest.fixture
def prepaid(purse):
    """王秀英 has 1000 yuan prepaid by transfer; the refund of 300 is `BACK`."""
    purse.payments.take(1, 2 * FEE + 1000_00, "transfer", TODAY)


def state(refunds):
    return refunds.refunds()[0].state


def moved(purse):
    """All that the ledger tells of, by kind and total."""
    with purse.db.reading() as session:
        entries = entries_in(session)
    return [(e.kind.value, sum(line.debit for line in e.lines)) for e in entries]


def test_a_refund_goes_its_way(purse, prepaid, clerk, accountant, director, tmp_path):
    number = clerk.ask(BACK)
    assert state(clerk) is RefundState.ASKED
    director.approve(number)
    assert state(clerk) is RefundState.APPROVED
    receipt_id = accountant.pay_out(number, TODAY)
    paid = clerk.refunds()[0]
    assert (paid.state, paid.receipt_id) == (RefundState.PAID, receipt_id)
    assert (paid.asker, paid.decider) == ("front_desk", "director")
    assert purse.payments.account(1).prepaid == 700_00


def test_the_voucher_names_who_asked_approved_paid_and_received(
    purse, prepaid, clerk, accountant, director, tmp_path
):
    number = clerk.ask(BACK)
    director.approve(number)
    receipt_id = accountant.pay_out(number, TODAY)
    purse.papers.write_receipt(receipt_id, tmp_path / "voucher.pdf")
    page = pypdf.PdfReader(tmp_path / "voucher.pdf").pages[0].extract_text()
    wanted = ("退款凭证", "王建国", "front_desk", "director", "accountant", "多预存了")
    for said in wanted:
        assert said in page
    assert "领款人" in page


def test_vouchers_have_the_next_number(purse, prepaid, clerk, accountant, director):
    before = purse.receipts.receipts_of(1)[0].number
    number = clerk.ask(BACK)
    director.approve(number)
    paid = purse.receipts.receipt(accountant.pay_out(number, TODAY))
    assert paid.number == before + 1


def test_nobody_approves_what_they_asked_for(prepaid, accountant):
    number = accountant.ask(BACK)
    with pytest.raises(OwnRefund):
        accountant.approve(number)
    with pytest.raises(OwnRefund):
        accountant.refuse(number, "不行")


def test_nobody_pays_out_what_they_approved(prepaid, clerk, accountant):
    number = clerk.ask(BACK)
    accountant.approve(number)
    with pytest.raises(ApproverPays):
        accountant.pay_out(number, TODAY)


def test_only_what_was_approved_is_paid_and_once(prepaid, clerk, accountant, director):
    number = clerk.ask(BACK)
    with pytest.raises(NotApproved):
        accountant.pay_out(number, TODAY)
    director.approve(number)
    accountant.pay_out(number, TODAY)
    with pytest.raises(NotApproved):
        accountant.pay_out(number, TODAY)


def test_no_refund_is_paid_tomorrow(prepaid, clerk, accountant, director):
    number = clerk.ask(BACK)
    director.approve(number)
    with pytest.raises(NotComeYet):
        accountant.pay_out(number, NOVEMBER.replace(month=12))


def test_a_refund_is_refused_with_a_reason(prepaid, clerk, director):
    number = clerk.ask(BACK)
    with pytest.raises(AnswerMissing):
        director.refuse(number, " ")
    director.refuse(number, "下月要用")
    refused = clerk.refunds()[0]
    assert (refused.state, refused.answer) == (RefundState.REFUSED, "下月要用")
    with pytest.raises(NotAsked):
        director.approve(number)


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_refund_is_taken_back_until_it_is_paid(prepaid, clerk, director, is_approved):
    number = clerk.ask(BACK)
    if is_approved:
        director.approve(number)
    clerk.take_back(number)
    assert state(clerk) is RefundState.WITHDRAWN
    with pytest.raises(AlreadyEnded):
        clerk.take_back(number)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"fen": 0}, NothingBack),
        ({"fen": 1000_01}, TooMuchBack),
        ({"payee": " "}, PayeeMissing),
        ({"reason": ""}, RefundReasonMissing),
        ({"method": "cash"}, WayNeedsReason),
        ({"kind": RefundKind.PAYMENT, "payment_id": 99}, NotToBeRefunded),
        ({"kind": RefundKind.DEPOSIT}, TooMuchBack),
    ],
)
def test_what_cannot_be_given_back_is_refused(prepaid, clerk, change, refusal):
    with pytest.raises(refusal):
        clerk.ask(replace(BACK, **change))
    assert clerk.refunds() == []


def test_the_refusal_says_the_most_that_can_be_given_back(prepaid, clerk):
    clerk.ask(BACK)
    with pytest.raises(TooMuchBack) as refused:
        clerk.ask(replace(BACK, fen=700_01))
    assert refused.value.facts["most_fen"] == 700_00
    clerk.ask(replace(BACK, fen=700_00))


def test_another_way_needs_a_reason(prepaid, clerk):
    clerk.ask(replace(BACK, method="cash", way_reason="账户已注销"))
    assert clerk.refunds()[0].way_reason == "账户已注销"


def test_money_that_a_bill_used_meanwhile_is_not_paid(
    purse, prepaid, clerk, accountant, director
):
    number = clerk.ask(BACK)
    director.approve(number)
    purse.post(NOVEMBER)
    with pytest.raises(GoneSince):
        accountant.pay_out(number, TODAY)
    clerk.take_back(number)


def test_a_wrong_payment_is_given_back_and_its_bills_are_open_again(
    purse, clerk, accountant, director
):
    purse.payments.take(1, FEE + 500_00, "wechat", TODAY)
    wrong = purse.payments.account(1).payments[0].payment_id
    asked = replace(
        BACK,
        kind=RefundKind.PAYMENT,
        payment_id=wrong,
        fen=FEE + 500_00,
        method="wechat",
        reason="扫错了码",
    )
    number = clerk.ask(asked)
    with pytest.raises(RefundWaits):
        clerk.ask(asked)
    director.approve(number)
    accountant.pay_out(number, TODAY)
    account = purse.payments.account(1)
    assert (account.owed, account.prepaid) == (2 * FEE, 0)
    assert purse.of(Refunds).refundable(1).payments == ()


def test_a_part_of_a_payment_comes_back_from_the_newest_bill(
    purse, clerk, accountant, director
):
    purse.payments.take(1, FEE + 500_00, "wechat", TODAY)
    wrong = purse.payments.account(1).payments[0].payment_id
    asked = replace(
        BACK, kind=RefundKind.PAYMENT, payment_id=wrong, fen=600_00, method="wechat"
    )
    number = clerk.ask(asked)
    director.approve(number)
    accountant.pay_out(number, TODAY)
    assert [bill.open for bill in purse.payments.account(1).bills] == [100_00, FEE]


def test_what_is_prepaid_steps_in_for_a_wrong_payment(
    purse, clerk, accountant, director
):
    purse.payments.take(1, 2 * FEE, "cash", TODAY)
    purse.payments.take(1, 900_00, "transfer", TODAY)
    wrong = purse.payments.account(1).payments[0].payment_id
    number = clerk.ask(
        replace(
            BACK,
            kind=RefundKind.PAYMENT,
            payment_id=wrong,
            fen=2 * FEE,
            method="cash",
        )
    )
    director.approve(number)
    accountant.pay_out(number, TODAY)
    account = purse.payments.account(1)
    assert (account.owed, account.prepaid) == (2 * FEE - 900_00, 0)


def test_a_deposit_goes_back_the_same_way(purse, clerk, accountant, director):
    purse.deposits.take(1, 5000_00, "cash", TODAY)
    asked = AskedRefund(1, RefundKind.DEPOSIT, 2000_00, "cash", "王建国", "护理降级")
    number = clerk.ask(asked)
    director.approve(number)
    accountant.pay_out(number, TODAY)
    assert purse.deposits.standing(1).held == 3000_00


def test_a_deposit_that_was_used_meanwhile_is_not_paid(
    purse, clerk, accountant, director
):
    purse.deposits.take(1, 500_00, "cash", TODAY)
    number = clerk.ask(
        AskedRefund(1, RefundKind.DEPOSIT, 500_00, "cash", "王建国", "退")
    )
    director.approve(number)
    purse.deposits.spend_in_emergency(1, 100_00, "cash", TODAY, "急诊")
    with pytest.raises(GoneSince):
        accountant.pay_out(number, TODAY)


def test_the_ledger_knows_only_what_was_paid(
    purse, prepaid, clerk, accountant, director
):
    before = moved(purse)
    number = clerk.ask(BACK)
    director.approve(number)
    assert moved(purse) == before
    accountant.pay_out(number, TODAY)
    assert [each for each in moved(purse) if each not in before] == [("payout", 300_00)]


def test_each_is_told_what_only_they_can_do(prepaid, clerk, accountant, director):
    number = accountant.ask(BACK)
    assert accountant.today(TODAY) == []
    (line,) = director.today(TODAY)
    assert line.count == 1
    director.approve(number)
    assert director.today(TODAY) == []
    assert len(accountant.today(TODAY)) == 1
    assert clerk.today(TODAY) == []


def test_a_void_voucher_leaves_the_money_prepaid(
    purse, prepaid, clerk, accountant, director
):
    number = clerk.ask(BACK)
    director.approve(number)
    purse.receipts.void(accountant.pay_out(number, TODAY), "家属没来领")
    paid = clerk.refunds()[0]
    assert (paid.is_void, purse.payments.account(1).prepaid) == (True, 1000_00)


def test_the_front_desk_neither_approves_nor_pays(prepaid, clerk):
    number = clerk.ask(BACK)
    with pytest.raises(NotAllowed):
        clerk.approve(number)
    with pytest.raises(NotAllowed):
        clerk.pay_out(number, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE refund SET fen = 1",
        "UPDATE refund SET payee = '别人'",
        "UPDATE refund SET state = 'approved'",  # by nobody
        "UPDATE refund SET state = 'approved', decided_by = asked_by, "
        "decided_at = asked_at",
        "UPDATE refund SET state = 'paid', decided_by = 1, decided_at = asked_at",
        "DELETE FROM refund",
    ],
)
def test_the_database_itself_refuses(db, prepaid, clerk, change):
    clerk.ask(BACK)
    refused(db, change)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE refund SET state = 'asked'",
        "UPDATE refund SET decided_by = 4",
        "UPDATE refund SET state = 'paid'",  # without a voucher
        "UPDATE refund SET state = 'paid', payout_id = 1",  # of another sum
        "UPDATE refund SET state = 'refused', answer = 'x'",
    ],
)
def test_what_was_approved_is_paid_as_it_was_approved(
    db, prepaid, clerk, accountant, director, change
):
    other = clerk.ask(replace(BACK, fen=200_00))
    director.approve(other)
    accountant.pay_out(other, TODAY)
    director.approve(clerk.ask(BACK))
    refused(db, change + " WHERE id = 2")


def refused(db, change):
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(text(change))

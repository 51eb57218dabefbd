"""The dedicated account beside what is held: what lies between is always known."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.rules.deposit_account import (
    DrawnAlready,
    DrawPaperMissing,
    DrawTooEarly,
    MoreThanInAccount,
    NothingToDraw,
)
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.entry import Kind
from carehome.rules.ledger.sums import balance
from carehome.rules.ledger.voids import ReasonMissing
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.services.accounts import Approval
from carehome.services.books import Books
from carehome.services.deposits.account import DepositAccount
from carehome.services.ledger import entries_in
from tests.conftest import ROLES, TODAY
from tests.purse import OCTOBER

EVER = Period(date(2026, 1, 1))
MONDAY = date(2026, 11, 16)
PAPER = "划款申请 2026-7"


@pytest.fixture
def signed(passwords) -> Approval:
    return Approval("accountant", passwords[Role.ACCOUNTANT])


@pytest.fixture
def account(purse) -> DepositAccount:
    return purse.of(DepositAccount)


def last_entry(purse) -> int:
    return max(each.entry_id for each in purse.deposits.entries())


def take(purse, fen, day=MONDAY, banked_on=None, resident_id=1) -> int:
    purse.deposits.take(resident_id, fen, "cash", day)
    entry = last_entry(purse)
    if banked_on:
        purse.deposits.bank([entry], banked_on)
    return entry


def pay_out(purse, signed, fen, day=TODAY, method="cash") -> int:
    purse.deposits.refund(1, fen, method, day, "多收退回", signed, "王强")
    return last_entry(purse)


def fens(pieces):
    return [each.piece.fen for each in pieces]


def test_money_waits_in_the_till_until_it_is_banked(purse, account):
    take(purse, 3000_00, MONDAY, MONDAY + timedelta(days=1))
    before, after = (account.standing(MONDAY + timedelta(days=x)) for x in (0, 1))
    assert (before.held, before.account, fens(before.in_till)) == (
        3000_00,
        0,
        [3000_00],
    )
    assert (after.held, after.account, after.in_till) == (3000_00, 3000_00, ())


def test_what_a_till_paid_out_is_still_to_be_drawn(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    pay_out(purse, signed, 1000_00)
    now = account.standing(TODAY)
    assert (now.held, now.account, fens(now.to_draw)) == (2000_00, 3000_00, [1000_00])


def test_what_left_by_bank_is_not_drawn_again(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    entry = pay_out(purse, signed, 1000_00, method="transfer")
    assert account.standing(TODAY).to_draw == ()
    with pytest.raises(DrawnAlready):
        account.draw([entry], "cash", TODAY, PAPER)


def test_a_draw_moves_the_money_in_the_ledger(purse, account, signed, db):
    take(purse, 3000_00, banked_on=MONDAY)
    entry = pay_out(purse, signed, 1000_00)
    account.draw([entry], "cash", TODAY, PAPER)
    now = account.standing(TODAY)
    assert (now.held, now.account, now.to_draw) == (2000_00, 2000_00, ())
    with db.reading() as session:
        entries = entries_in(session)
    assert balance(entries, Code.DEPOSIT_BANK) == 2000_00
    assert balance(entries, Code.CASH) == 0
    [drawn] = [each for each in entries if each.kind is Kind.DRAWN]
    assert (drawn.day, drawn.number, drawn.fen) == (TODAY, PAPER, 1000_00)


def test_a_set_off_is_drawn_into_the_operating_account(purse, account, db):
    purse.post(OCTOBER)
    take(purse, 3000_00, banked_on=MONDAY)
    purse.deposits.set_off(1, 500_00, TODAY, "抵扣欠费", "同意书 3 号")
    [piece] = account.standing(TODAY).to_draw
    account.draw([piece.piece.entry_id], "transfer", TODAY, PAPER)
    with db.reading() as session:
        entries = entries_in(session)
    assert balance(entries, Code.BANK) == 500_00
    assert account.standing(TODAY).account == 2500_00


def test_money_is_drawn_once(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    entry = pay_out(purse, signed, 1000_00)
    account.draw([entry], "cash", TODAY, PAPER)
    with pytest.raises(DrawnAlready):
        account.draw([entry], "cash", TODAY, PAPER)


def test_the_database_lets_no_movement_be_drawn_twice(purse, account, signed, db):
    take(purse, 3000_00, banked_on=MONDAY)
    entry = pay_out(purse, signed, 1000_00)
    account.draw([entry], "cash", TODAY, PAPER)
    with (
        pytest.raises(IntegrityError, match="drawn already"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(
            text(
                "INSERT INTO deposit_draw_part "
                "(deposit_draw_id, deposit_entry_id, fen) VALUES (9, :entry, 100000)"
            ),
            {"entry": entry},
        )


def test_a_void_draw_waits_to_be_drawn_again(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    entry = pay_out(purse, signed, 1000_00)
    number = account.draw([entry], "cash", TODAY, PAPER)
    account.void_draw(number, "支票作废")
    now = account.standing(TODAY)
    assert (now.account, fens(now.to_draw)) == (3000_00, [1000_00])
    account.draw([entry], "cash", TODAY, "划款申请 2026-8")
    assert [each.is_void for each in account.draws()] == [False, True]


def test_a_draw_is_void_with_a_reason(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    number = account.draw([pay_out(purse, signed, 100)], "cash", TODAY, PAPER)
    with pytest.raises(ReasonMissing):
        account.void_draw(number, " ")


def test_what_was_drawn_for_a_void_voucher_goes_back(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    entry = pay_out(purse, signed, 1000_00)
    account.draw([entry], "cash", TODAY, PAPER)
    [voucher] = [e.receipt_id for e in purse.deposits.entries() if e.fen < 0]
    purse.receipts.void(voucher, "付错人")
    now = account.standing(TODAY)
    assert (fens(now.to_return), now.held - now.account) == ([1000_00], 1000_00)
    assert now.unexplained == 0


def test_a_draw_names_what_for(account):
    with pytest.raises(NothingToDraw):
        account.draw([], "cash", TODAY, PAPER)


def test_a_draw_stands_on_a_paper(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    with pytest.raises(DrawPaperMissing):
        account.draw([pay_out(purse, signed, 100)], "cash", TODAY, " ")


def test_nothing_is_drawn_before_it_was_paid_out(purse, account, signed):
    take(purse, 3000_00, banked_on=MONDAY)
    entry = pay_out(purse, signed, 100)
    with pytest.raises(DrawTooEarly):
        account.draw([entry], "cash", TODAY - timedelta(days=1), PAPER)


def test_no_more_is_drawn_than_is_in_the_account(purse, account, signed):
    take(purse, 3000_00)
    entry = pay_out(purse, signed, 100)
    with pytest.raises(MoreThanInAccount):
        account.draw([entry], "cash", TODAY, PAPER)


def test_the_front_desk_draws_nothing(purse, account):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.FRONT_DESK).of(DepositAccount).draw([], "cash", TODAY, "")


def test_a_closed_month_takes_no_draw(purse, account, signed):
    day = date(2026, 9, 15)
    take(purse, 3000_00, day, day)
    entry = pay_out(purse, signed, 100, day)
    purse.of(Books).close(date(2026, 9, 1), "演示")
    with pytest.raises(MonthClosed):
        account.draw([entry], "cash", date(2026, 9, 20), PAPER)


def test_what_lies_between_explains_every_day(purse, account, signed):
    purse.post(OCTOBER)
    take(purse, 4000_00, MONDAY, MONDAY + timedelta(days=1))
    take(purse, 2000_00, MONDAY + timedelta(days=1), resident_id=2)
    purse.deposits.set_off(1, 300_00, MONDAY + timedelta(days=2), "抵扣", "同意 1")
    purse.deposits.spend_in_emergency(
        1, 700_00, "wechat", MONDAY + timedelta(days=2), "急诊"
    )
    entry = pay_out(purse, signed, 200_00, MONDAY + timedelta(days=3))
    account.draw([entry], "cash", MONDAY + timedelta(days=4), PAPER)
    for days in range(-1, 6):
        now = account.standing(MONDAY + timedelta(days=days))
        assert now.unexplained == 0
    assert fens(now.to_draw) == [300_00, 700_00]


def test_the_ledger_runs_on_from_line_to_line(purse, account, signed):
    take(purse, 4000_00, MONDAY, MONDAY + timedelta(days=1))
    entry = pay_out(purse, signed, 1000_00)
    account.draw([entry], "cash", TODAY, PAPER)
    found = account.ledger(EVER)
    assert [(x.kind, x.held_after, x.account_after) for x in found.lines] == [
        (Kind.DEPOSIT, 4000_00, 0),
        (Kind.BANKED, 4000_00, 4000_00),
        (Kind.DEPOSIT_REFUND, 3000_00, 4000_00),
        (Kind.DRAWN, 3000_00, 3000_00),
    ]
    assert {x.who for x in found.lines} == {"王秀英"}
    assert found.lines[-1].paper == PAPER


def test_the_ledger_of_some_days_begins_with_what_was_there(purse, account):
    take(purse, 4000_00, MONDAY, MONDAY)
    take(purse, 1000_00, TODAY, resident_id=2)
    found = account.ledger(Period(TODAY, TODAY + timedelta(days=1)))
    assert (found.held_before, found.account_before) == (4000_00, 4000_00)
    assert (found.held, found.account, len(found.lines)) == (5000_00, 4000_00, 1)


def test_the_ledger_of_one_person_holds_their_share_of_a_draw(purse, account, signed):
    take(purse, 4000_00, MONDAY, MONDAY)
    take(purse, 2000_00, MONDAY, MONDAY, resident_id=2)
    mine = pay_out(purse, signed, 1000_00)
    purse.deposits.refund(2, 500_00, "cash", TODAY, "退", signed, "李强")
    account.draw([mine, last_entry(purse)], "cash", TODAY, PAPER)
    found = account.ledger(EVER, 2)
    assert found.lines[-1].account == -500_00
    assert (found.held, found.account) == (1500_00, 1500_00)


def test_late_banking_is_listed_with_its_days(purse, account):
    late = take(purse, 1000_00, MONDAY, MONDAY + timedelta(days=4))
    waiting = take(purse, 1000_00, MONDAY + timedelta(days=1))
    take(purse, 1000_00, MONDAY, MONDAY + timedelta(days=1))
    found = account.late(EVER)
    assert [(x.entry_id, x.days_late) for x in found] == [(waiting, 3), (late, 3)]
    assert found[0].taken_by

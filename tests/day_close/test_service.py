"""Counting one's own till, signing for it, and what is sealed by that."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from carehome.db.bank import BankAccountRow
from carehome.rules.ledger import day_close as rules
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.day_close import Count, count_of
from carehome.rules.ledger.entry import Kind
from carehome.rules.ledger.sums import balance
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.accounts import Approval, SamePerson, WrongSignature
from carehome.services.bank.books import open_deeds_in
from carehome.services.donations import Donations
from carehome.services.ledger import entries_in
from carehome.services.tills import MoreThanThere, NothingHanded, SlipMissing
from carehome.services.trust import TrustMoney
from carehome.services.utilities import Utilities
from tests.conftest import ROLES, TODAY
from tests.ways.book_deeds import BILL

WANG, LI = 1, 2
EARLIER, YESTERDAY = date(2026, 11, 18), date(2026, 11, 20)
TOMORROW = date(2026, 11, 22)
SIGNED = Approval("accountant", "accountant-password")


def take(clerk, fen=500_00, method="cash", day=TODAY, who=WANG) -> int:
    return clerk.payments.take(who, fen, method, day)


def later(clerk):
    """Return somebody in the evening."""
    return replace(clerk, clock=lambda: datetime(2026, 11, 21, 17, 5, tzinfo=UTC))


def test_the_sheet_tells_what_came_in_by_which_way(desk):
    take(desk)
    take(desk, 300_00, "wechat")
    take(desk, 200_00, "transfer")
    desk.deposits.take(WANG, 1000_00, "cash", TODAY)
    sheet = desk.closes.sheet(TODAY)
    assert (sheet.taken, sheet.given, sheet.booked) == (1500_00, 0, 1500_00)
    assert sheet.ways == {"wechat": 300_00, "transfer": 200_00}
    assert len(sheet.receipts) == 4
    assert sheet.voids == ()


def test_another_ones_money_is_not_in_my_till(desk, accountant):
    take(accountant)
    assert desk.closes.sheet(TODAY).booked == 0


def test_void_receipts_are_told_with_their_numbers(desk, accountant):
    accountant.receipts.void(take(desk), "打错")
    sheet = desk.closes.sheet(TODAY)
    assert (sheet.booked, sheet.voids) == (0, sheet.receipts)


def test_trust_money_lies_in_a_till_of_its_own(desk):
    desk.of(TrustMoney).take(WANG, 100_00, "cash", TODAY, "零用钱")
    assert desk.closes.sheet(TODAY).booked == 0


def test_a_count_is_kept_with_its_notes_and_coins(desk):
    take(desk, 512_50)
    count = count_of({100_00: 5, 10_00: 1, 1_00: 2, 50: 1, 10: 0})
    desk.closes.close(TODAY, count, "front_desk-password")
    [closed] = desk.closes.closes(TODAY, TODAY)
    assert closed.count == Count(512_50, {100_00: 5, 10_00: 1, 1_00: 2, 50: 1})
    assert (closed.difference, closed.name, closed.is_newest) == (0, "front_desk", True)
    assert closed.sheet.taken == 512_50


def test_a_difference_is_explained(desk):
    take(desk)
    with pytest.raises(rules.DifferenceUnsaid):
        desk.close(TODAY, 499_00)
    desk.close(TODAY, 499_00, "找零少一元")
    assert desk.closes.closes(TODAY, TODAY)[0].difference == -1_00


def test_a_count_is_signed_with_ones_own_password(desk):
    with pytest.raises(WrongSignature):
        desk.closes.close(TODAY, Count(0), "accountant-password")


def test_what_was_counted_is_carried_on(desk):
    take(desk, day=EARLIER)
    desk.close(EARLIER, 499_00, "少一元")
    take(desk, 100_00)
    sheet = desk.closes.sheet(TODAY)
    assert (sheet.carried, sheet.taken, sheet.booked) == (499_00, 100_00, 599_00)
    assert sheet.first == date(2026, 11, 19)


def test_a_close_holds_the_days_before_it_too(desk):
    take(desk, day=EARLIER)
    desk.close(EARLIER, 500_00)
    take(desk, 70_00, day=date(2026, 11, 19))
    take(desk, 30_00)
    desk.close(TODAY, 600_00)
    assert desk.closes.open_tills() == []


# ---- sealed


@pytest.mark.parametrize("method", ["cash", "card", "wechat", "alipay"])
def test_money_at_the_desk_gets_no_closed_day(desk, method):
    desk.close(YESTERDAY, 0)
    with pytest.raises(rules.DayClosed):
        take(desk, method=method, day=YESTERDAY)
    with pytest.raises(rules.DayClosed):
        take(desk, method=method, day=EARLIER)
    take(desk, method=method)


def test_a_bank_transfer_has_the_day_of_the_bank(desk):
    desk.close(YESTERDAY, 0)
    take(desk, method="transfer", day=YESTERDAY)


def test_a_close_seals_the_till_of_one_person(desk, accountant):
    desk.close(TODAY, 0)
    take(accountant)


def test_a_deposit_and_a_donation_get_no_closed_day(desk, accountant):
    desk.close(TODAY, 0)
    with pytest.raises(rules.DayClosed):
        desk.deposits.take(WANG, 100_00, "cash", TODAY)
    accountant.close(TODAY, 0)
    with pytest.raises(rules.DayClosed):
        accountant.of(Donations).take("王强", 100_00, "cash", TODAY)


def test_no_receipt_of_a_closed_till_is_void_on_that_day(desk, accountant):
    receipt = take(desk)
    desk.close(TODAY, 500_00)
    with pytest.raises(rules.DayClosed):
        accountant.receipts.void(receipt, "打错")


def test_a_receipt_of_a_closed_day_is_void_on_a_later_one(desk, accountant):
    receipt = take(desk, day=YESTERDAY)
    desk.close(YESTERDAY, 500_00)
    accountant.receipts.void(receipt, "打错")
    sheet = desk.closes.sheet(TODAY)
    assert (sheet.carried, sheet.given, sheet.booked) == (500_00, 500_00, 0)


def test_a_day_is_closed_once(desk):
    desk.close(YESTERDAY, 0)
    for day in (EARLIER, YESTERDAY):
        with pytest.raises(rules.DayClosedAlready):
            desk.close(day, 0)


def test_tomorrow_is_not_closed(desk):
    with pytest.raises(NotComeYet):
        desk.close(TOMORROW, 0)


# ---- opened again


def test_the_director_opens_the_newest_day_again(desk, director):
    take(desk)
    close = desk.close(TODAY, 500_00)
    with pytest.raises(NotAllowed):
        desk.closes.reopen(close, "漏记")
    director.closes.reopen(close, "漏记")
    take(desk, 20_00)
    desk.close(TODAY, 520_00)
    again, first = director.closes.closes(TODAY, TODAY)
    assert (again.holds, again.counted) == (True, 520_00)
    assert (first.holds, first.reopen_reason) == (False, "漏记")


def test_an_older_close_stays_while_a_later_one_stands_on_it(desk, director):
    close = desk.close(EARLIER, 0)
    desk.close(TODAY, 0)
    with pytest.raises(rules.NotTheNewestClose):
        director.closes.reopen(close, "漏记")


def test_a_day_is_opened_again_for_a_reason(desk, director):
    with pytest.raises(rules.ReopenReasonMissing):
        director.closes.reopen(desk.close(TODAY, 0), " ")


# ---- who has not closed


def test_nobody_is_asked_for_closes_before_the_home_has_made_one(desk):
    take(desk, day=YESTERDAY)
    assert desk.closes.open_tills() == []


def test_whose_days_are_open_is_told(desk, accountant):
    accountant.close(date(2026, 11, 17), 0)
    take(desk, day=date(2026, 11, 16))
    take(desk, day=EARLIER)
    take(desk, 30_00, day=YESTERDAY)
    take(desk, 10_00)
    [till] = accountant.closes.open_tills()
    assert (till.name, till.since, till.fen) == ("front_desk", EARLIER, 530_00)


def test_the_first_page_asks_for_ones_own_day_close(desk, accountant):
    accountant.close(date(2026, 11, 17), 0)
    take(desk, day=YESTERDAY)
    [task] = desk.closes.today(TODAY)
    assert (task.due, task.target.key) == (TODAY, "mine")
    [concern] = accountant.closes.today(TODAY)
    assert (concern.count, concern.target.key) == (1, "closes")
    desk.close(YESTERDAY, 500_00)
    assert desk.closes.today(TODAY) == accountant.closes.today(TODAY) == []


def test_every_kind_of_cash_asks_for_a_day_close(desk, accountant):
    accountant.close(date(2026, 11, 17), 0)
    desk.deposits.take(WANG, 200_00, "cash", EARLIER)
    accountant.of(Donations).take("王强", 30_00, "cash", YESTERDAY)
    tills = accountant.closes.open_tills()
    told = [(till.name, till.since, till.fen) for till in tills]
    assert told == [
        ("front_desk", EARLIER, 200_00),
        ("accountant", YESTERDAY, 30_00),
    ]


def test_who_does_not_keep_the_books_sees_their_own(desk, accountant):
    accountant.close(TODAY, 0)
    desk.close(TODAY, 0)
    assert [x.name for x in desk.closes.closes(TODAY, TODAY)] == ["front_desk"]
    assert len(accountant.closes.closes(TODAY, TODAY)) == 2


# ---- cash that is handed on


def test_cash_goes_from_till_to_till_and_both_sign(desk, accountant, db):
    take(desk)
    desk.tills.hand_over(400_00, SIGNED, "下班交款")
    assert desk.tills.now().booked == 100_00
    assert accountant.tills.now().booked == 400_00
    [handed] = desk.tills.handovers(TODAY, TODAY)
    assert (handed.giver, handed.taker, handed.fen) == (
        "front_desk",
        "accountant",
        400_00,
    )
    with db.reading() as session:
        assert balance(entries_in(session), Code.CASH) == 500_00


def test_nobody_hands_cash_to_themselves(accountant):
    with pytest.raises(SamePerson):
        accountant.tills.hand_over(1, SIGNED)


def test_what_is_carried_to_the_bank_is_in_the_books(desk, db):
    take(desk)
    desk.tills.pay_in(500_00, TODAY, "缴款单 0012")
    assert desk.tills.now().booked == 0
    with db.reading() as session:
        entries = entries_in(session)
    assert balance(entries, Code.CASH) == 0
    assert balance(entries, Code.BANK) == 500_00
    assert entries[-1].kind is Kind.HANDED


def test_a_line_of_the_bank_can_tell_what_was_carried_there(desk, db):
    take(desk)
    desk.tills.pay_in(500_00, TODAY, "缴款单 0012")
    account = BankAccountRow(name="基本户", number="6200", purpose="operating")
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.add(account)
        session.flush()
        [deed] = open_deeds_in(session, account)
    assert (deed.deed.kind, deed.fen, deed.day) == ("handed", 500_00, TODAY)


@pytest.mark.parametrize(
    ("fen", "slip", "refusal"), [(0, "1", NothingHanded), (1, " ", SlipMissing)]
)
def test_what_makes_no_sense_is_not_carried(desk, fen, slip, refusal):
    with pytest.raises(refusal):
        desk.tills.pay_in(fen, TODAY, slip)


def test_cash_is_handed_on_after_the_count(desk):
    take(desk)
    desk.close(TODAY, 500_00)
    later(desk).tills.hand_over(500_00, SIGNED)
    assert desk.tills.now().booked == 0


def test_a_void_handing_over_is_in_the_till_again(desk, accountant, db):
    take(desk)
    number = desk.tills.pay_in(500_00, TODAY, "缴款单 0012")
    with pytest.raises(NotAllowed):
        desk.tills.void(number, "没去成")
    accountant.tills.void(number, "没去成")
    assert desk.tills.now().booked == 500_00
    with db.reading() as session:
        assert balance(entries_in(session), Code.BANK) == 0


def test_a_deposit_that_is_banked_leaves_the_till_of_who_carried_it(desk, accountant):
    desk.deposits.take(WANG, 1000_00, "cash", YESTERDAY)
    [entry] = accountant.deposits.entries(WANG)
    desk.tills.hand_over(1000_00, SIGNED)
    accountant.deposits.bank([entry.entry_id], TODAY)
    assert accountant.tills.now().booked == 0


def test_a_closed_till_had_what_was_noted_as_banked_later(desk):
    desk.deposits.take(WANG, 1000_00, "cash", YESTERDAY)
    desk.close(YESTERDAY, 1000_00)
    [entry] = desk.deposits.entries(WANG)
    later(desk).deposits.bank([entry.entry_id], YESTERDAY)
    assert desk.tills.now().booked == 0


def test_a_bill_paid_in_cash_leaves_the_till_of_the_payer(accountant):
    number = accountant.of(Utilities).add(BILL)
    accountant.of(Utilities).pay(number, TODAY, "cash")
    assert accountant.closes.sheet(TODAY).given == BILL.fen


def test_nobody_counts_less_than_nothing(desk):
    with pytest.raises(rules.CountBelowNothing):
        desk.close(TODAY, -1, "?")


# ---- on paper


def test_the_sheet_says_what_was_booked_and_counted(desk, tmp_path):
    take(desk, 512_50)
    take(desk, 300_00, "wechat")
    count = count_of({100_00: 5, 10_00: 1, 1_00: 2})
    number = desk.closes.close(TODAY, count, "front_desk-password", "少五角")
    desk.closes.write_sheet(number, tmp_path / "sheet.pdf")
    text = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    for part in ("512.50", "512.00", "短款 ¥0.50", "少五角", "100 元 × 5", "300.00"):
        assert part in text
    assert "front_desk" in text


def test_no_more_leaves_a_till_than_lies_in_it(desk):
    take(desk)
    for deed in (
        lambda: desk.tills.pay_in(500_01, TODAY, "缴款单 0013"),
        lambda: desk.tills.hand_over(500_01, SIGNED),
    ):
        with pytest.raises(MoreThanThere) as refused:
            deed()
        assert "¥500.00" in refused.value.message
    desk.tills.pay_in(500_00, TODAY, "缴款单 0013")
    with pytest.raises(MoreThanThere):
        desk.tills.hand_over(1, SIGNED)


# ---- the first count, and what the count finds


def test_who_counts_first_begins_with_all_that_ever_came(desk, accountant):
    take(desk, day=EARLIER)
    desk.tills.hand_over(200_00, SIGNED)
    sheet = desk.closes.sheet(TODAY)
    assert (sheet.carried, sheet.handed_out, sheet.booked) == (500_00, 200_00, 300_00)
    assert accountant.closes.sheet(TODAY).booked == 200_00


def test_what_was_handed_on_after_a_day_belongs_to_the_next_sheet(desk):
    take(desk, day=YESTERDAY)
    desk.tills.hand_over(200_00, SIGNED)
    assert desk.closes.sheet(YESTERDAY).booked == 500_00
    later(desk).close(YESTERDAY, 500_00)
    assert desk.closes.sheet(TODAY).booked == 300_00


def test_a_difference_stands_in_the_books_until_the_day_is_open_again(
    desk, director, db
):
    take(desk)
    close = desk.close(TODAY, 499_00, "少一元")
    assert cash(db) == 499_00
    assert apart(db) == 1_00
    later(director).closes.reopen(close, "数错了")
    assert (cash(db), apart(db)) == (500_00, 0)
    later(desk).close(TODAY, 502_00, "多两元")
    assert (cash(db), apart(db)) == (502_00, -2_00)


def cash(db):
    with db.reading() as session:
        return balance(entries_in(session), Code.CASH)


def apart(db):
    with db.reading() as session:
        return balance(entries_in(session), Code.CASH_APART)


def test_a_void_deposit_that_was_banked_is_back_in_the_till(desk, accountant):
    receipt = desk.deposits.take(WANG, 1000_00, "cash", TODAY)
    [entry] = desk.deposits.entries(WANG)
    desk.deposits.bank([entry.entry_id], TODAY)
    assert desk.tills.now().booked == 0
    accountant.receipts.void(receipt, "收错了")
    assert desk.tills.now().booked == 0

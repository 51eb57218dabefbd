"""Trust money: lists, the till that two count, the bank, and what a day asks for."""

from datetime import date, datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError

from carehome.db.books import TrustCountRow, TrustDrawRow, TrustEntryRow
from carehome.rules import trust
from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.day_close import DifferenceUnsaid
from carehome.rules.rights import NotAllowed, Role
from carehome.services.ledger import entries_in
from carehome.services.residents import Residents
from carehome.services.residents.papers import PaperUnknown
from carehome.services.trust import BANK, CASH, TrustMoney, TrustTill
from tests.conftest import ROLES, TODAY

WANG, LI = 1, 2
DAY = date(2026, 11, 10)
LIST = (CASH, DAY, "十一月零用钱", "签收表 11")


@pytest.mark.parametrize(
    ("day", "most"),
    [(date(2026, 11, 9), 0), (DAY, 200_00), (date(2026, 11, 12), 200_00)],
)
def test_no_day_ever_ends_below_nothing(purse, day, most):
    """300 came on the 10th, 100 left on the 15th, and 400 came on the 20th."""
    money = purse.of(TrustMoney)
    money.take(WANG, 300_00, CASH, DAY, "养老金")
    money.spend(WANG, 100_00, CASH, date(2026, 11, 15), "买药", "发票 1")
    money.take(WANG, 400_00, CASH, date(2026, 11, 20), "养老金")
    with pytest.raises(trust.MoreThanKept):
        money.spend(WANG, most + 1, CASH, day, "买药", "发票 2")
    with pytest.raises(trust.MoreThanOneKeeps):
        money.hand_out({WANG: most + 1}, CASH, day, "零用", "签收表")
    if most:
        money.spend(WANG, most, CASH, day, "买药", "发票 2")
    money.spend(WANG, 600_00 - most, CASH, date(2026, 11, 20), "买药", "发票 3")


@pytest.fixture
def kept(purse):
    """300 kept for one, 500 for the other, all of it in the till."""
    money = purse.of(TrustMoney)
    money.take(WANG, 300_00, CASH, DAY, "养老金")
    money.take(LI, 500_00, CASH, DAY, "养老金")
    return money


@pytest.fixture
def till(purse):
    return purse.of(TrustTill)


def balance(db, account):
    with db.reading() as session:
        return sums.balance(entries_in(session), account)


# ---- by list


def test_a_list_gives_each_resident_their_own(kept):
    kept.hand_out({WANG: 100_00, LI: 200_00}, *LIST)
    assert [each.kept for each in kept.standings()] == [300_00, 200_00]
    [_came, went] = kept.entries(WANG)
    assert (went.fen, went.paper, went.other_name) == (-100_00, "签收表 11", "王秀英")


def test_nobody_gets_anything_when_one_would_get_too_much(kept):
    with pytest.raises(trust.MoreThanOneKeeps) as refused:
        kept.hand_out({LI: 200_00, WANG: 300_01}, *LIST)
    assert "王秀英" in refused.value.message
    assert {each.kept for each in kept.standings()} == {300_00, 500_00}


@pytest.mark.parametrize(
    ("given", "how", "refusal"),
    [
        ({}, LIST, trust.NobodyGiven),
        ({WANG: 0}, LIST, trust.NoTrustAmount),
        ({WANG: 1}, (CASH, DAY, "零用钱", " "), trust.TrustPaperMissing),
        ({WANG: 1}, (CASH, DAY, "", "签收表"), trust.TrustPurposeMissing),
    ],
)
def test_a_list_names_who_gets_what_for_what(kept, given, how, refusal):
    with pytest.raises(refusal):
        kept.hand_out(given, *how)


def test_the_desk_hands_nothing_out(kept, purse):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.FRONT_DESK).of(TrustMoney).hand_out({WANG: 1}, *LIST)


def test_the_list_to_sign_names_everybody_on_it(kept, tmp_path):
    path = tmp_path / "list.pdf"
    kept.write_hand_out({WANG: 100_00, LI: 200_00}, DAY, "零用钱", path)
    text = PdfReader(path).pages[0].extract_text()
    assert "王秀英" in text
    assert "李桂兰" in text
    assert "300.00" in text


# ---- bank and till


def test_money_fetched_from_the_bank_lies_in_the_till(purse, till, db):
    purse.of(TrustMoney).take(WANG, 3000_00, "transfer", DAY, "养老金")
    till.draw(1000_00, CASH, DAY, "回单 1")
    places = till.places()
    assert (places.cash, places.bank) == (1000_00, 2000_00)
    assert balance(db, Code.TRUST_CASH) == 1000_00
    assert balance(db, Code.TRUST_BANK) == 2000_00
    assert balance(db, Code.TRUST) == -3000_00


def test_money_carried_to_the_bank_leaves_the_till(kept, till, db):
    number = till.draw(200_00, BANK, DAY, "回单 2")
    assert (till.places().cash, till.places().bank) == (600_00, 200_00)
    till.void_draw(number, "记错")
    assert (till.places().cash, till.places().bank) == (800_00, 0)
    assert balance(db, Code.TRUST_CASH) == 800_00


@pytest.mark.parametrize(
    ("fen", "place", "paper", "refusal"),
    [
        (800_01, BANK, "回单", trust.MoreThanInPlace),
        (1, CASH, "回单", trust.MoreThanInPlace),
        (0, BANK, "回单", trust.NoTrustAmount),
        (1, BANK, " ", trust.TrustPaperMissing),
    ],
)
def test_only_what_is_there_is_carried_on_a_slip(
    kept, till, fen, place, paper, refusal
):
    with pytest.raises(refusal):
        till.draw(fen, place, DAY, paper)


# ---- counting


def test_a_count_that_agrees_needs_no_words(kept, till):
    till.count(800_00, "赵安全")
    [count] = till.places().counts
    assert (count.difference, count.witness, count.day) == (0, "赵安全", TODAY)


def test_a_difference_is_explained(kept, till):
    with pytest.raises(DifferenceUnsaid):
        till.count(799_00, "赵安全")
    till.count(799_00, "赵安全", "找零差一元")
    assert till.places().counts[0].difference == -1_00


def test_trust_money_is_counted_by_two(kept, till):
    with pytest.raises(trust.WitnessMissing):
        till.count(800_00, " ")


def test_a_count_is_never_changed(kept, till, db):
    number = till.count(800_00, "赵安全")
    with (
        pytest.raises(IntegrityError),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.get_one(TrustCountRow, number).counted_fen = 1


# ---- papers


def test_a_paper_lies_with_its_entry_and_in_the_file(kept, purse, tmp_path):
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(b"%PDF-1.4\n%%EOF\n")
    entry = kept.entries(WANG)[0]
    number = kept.file_paper(entry.entry_id, slip)
    assert kept.entries(WANG)[0].paper_id == number
    assert purse.of(Residents).paper(number).startswith(b"%PDF")


def test_a_paper_that_is_no_picture_is_refused(kept, tmp_path):
    slip = tmp_path / "slip.doc"
    slip.write_bytes(b"words")
    with pytest.raises(PaperUnknown):
        kept.file_paper(kept.entries(WANG)[0].entry_id, slip)


# ---- the page of the day


def texts(lines):
    return [str(getattr(line, "text", None) or line.about) for line in lines]


def test_money_in_the_till_that_nobody_counted_is_a_task(kept, till):
    [task] = till.today(TODAY)
    assert task.due == TODAY
    till.count(800_00, "赵安全")
    assert till.today(TODAY) == []
    assert len(till.today(TODAY + timedelta(days=30))) == 1


def test_a_count_that_differs_is_told_until_one_agrees(kept, till):
    till.count(799_00, "赵安全", "差一元")
    assert any("相差" in text for text in texts(till.today(TODAY)))
    till.count(800_00, "赵安全")
    assert till.today(TODAY) == []


# ---- cash that is not there


@pytest.fixture
def banked(purse):
    """300 kept for one at the bank; 50 of the other's lie in the till."""
    money = purse.of(TrustMoney)
    money.take(WANG, 300_00, "transfer", DAY, "养老金")
    money.take(LI, 50_00, CASH, DAY, "养老金")
    return money


def test_no_more_cash_is_spent_than_lies_in_the_till(banked, till):
    with pytest.raises(trust.CashShort) as refused:
        banked.spend(WANG, 50_01, CASH, DAY, "买鞋", "发票")
    assert "50.00" in refused.value.message
    banked.spend(WANG, 80_00, "transfer", DAY, "买鞋", "发票")
    till.draw(1, CASH, DAY, "回单")
    banked.spend(WANG, 50_01, CASH, DAY, "买鞋", "发票")
    assert till.places().cash == 0


def test_no_more_cash_is_handed_out_than_lies_in_the_till(banked, till):
    with pytest.raises(trust.CashShort):
        banked.hand_out({WANG: 30_00, LI: 20_01}, *LIST)
    assert till.places().cash == 50_00
    banked.hand_out({WANG: 30_00, LI: 20_00}, *LIST)
    assert till.places().cash == 0


def test_no_void_takes_more_cash_than_lies_in_the_till(banked, till):
    number = till.draw(100_00, CASH, DAY, "回单")
    banked.spend(WANG, 100_01, CASH, DAY, "买鞋", "发票")
    [came] = banked.entries(LI)
    with pytest.raises(trust.CashGone):
        banked.void(came.entry_id, "打错")
    with pytest.raises(trust.CashGone):
        till.void_draw(number, "打错")
    assert till.places().cash == 49_99


@pytest.mark.parametrize(
    "row",
    [
        TrustEntryRow(kind="out", method=CASH, resident_id=WANG, purpose="买鞋"),
        TrustDrawRow(place=BANK),
    ],
)
def test_the_database_keeps_the_till_from_below_nothing(banked, db, row):
    row.day, row.fen, row.paper, row.taken_by = DAY, 50_01, "发票", 1
    with (
        pytest.raises(IntegrityError, match="no more cash"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.add(row)


@pytest.mark.parametrize("kind", [TrustEntryRow, TrustDrawRow])
def test_the_database_voids_no_cash_that_has_left(banked, till, db, kind):
    number = till.draw(100_00, CASH, DAY, "回单")
    banked.spend(WANG, 100_01, CASH, DAY, "买鞋", "发票")
    [came] = banked.entries(LI)
    which = came.entry_id if kind is TrustEntryRow else number
    with pytest.raises(IntegrityError, match="no more cash"):
        void_unasked(db, kind, which)


def void_unasked(db, kind, which):
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        row = session.get_one(kind, which)
        row.voided_at = datetime(2026, 11, 11)  # noqa: DTZ001 - as the database keeps it
        row.void_reason = "打错"

"""The settlement sheet as the family reads it."""

from datetime import date

import pypdf
import pytest

from carehome.rules.departures import Departure
from carehome.rules.periods import Period
from carehome.services.payers import FamilyPart, Payers
from carehome.services.trust import TrustMoney
from tests.conftest import TODAY
from tests.departures.conftest import FEE_OWED, HALF
from tests.purse import FEE


@pytest.fixture
def settled(leaving):
    leaving.deposits.take(1, 5000_00, "cash", date(2026, 11, 2))
    leaving.payments.take(1, FEE, "transfer", date(2026, 11, 3))
    off = {"damage": 120_00, "damage_reason": "损坏轮椅", "consent": "同意书 2 号"}
    number = leaving.taken_off(set_off=HALF, **off)
    leaving.settle(number)
    return number


def read(leaving, number, tmp_path):
    leaving.departures.preview_sheet(number, tmp_path / "s.pdf")
    reader = pypdf.PdfReader(tmp_path / "s.pdf")
    return [page.extract_text() for page in reader.pages]


def test_one_page_holds_all_that_moved_and_the_sum(leaving, settled, tmp_path):
    (page,) = read(leaving, settled, tmp_path)
    for words in (
        "退住结算单",
        "王秀英",
        "301-1",
        "王建国",
        "户口簿",
        "2,600.00",
        "1,300.00",
        "损坏轮椅",
        "¥3,580.00",
        "叁仟伍佰捌拾元整",
    ):
        assert words in page, words


def test_a_reprint_says_so(leaving, settled, tmp_path):
    assert "补打" not in read(leaving, settled, tmp_path)[0]
    leaving.departures.count_print(settled)
    assert "补打第 1 次" in read(leaving, settled, tmp_path)[0]


def test_a_claim_says_why_it_stays(leaving, tmp_path):
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    (page,) = read(leaving, number, tmp_path)
    assert "家属失联" in page
    assert "¥3,900.00" in page


def test_years_of_bills_still_fit_a_page(leaving, tmp_path):
    for day in range(1, 16):
        leaving.payments.take(1, 10_00, "cash", date(2026, 11, day))
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    assert len(read(leaving, number, tmp_path)) == 1


@pytest.fixture
def split(leaving):
    """A departure in which a daughter bears half of what November comes to."""
    members = (FamilyPart("王丽", 50),)
    (daughter,) = leaving.of(Payers).split(1, members, Period(date(2026, 11, 1)))
    leaving.payments.take(1, FEE, "transfer", date(2026, 11, 3))
    number = leaving.taken_off()
    leaving.payments.take(1, HALF // 2, "cash", TODAY)
    return number, daughter


def test_a_share_that_a_member_of_the_family_owes_is_named(leaving, split, tmp_path):
    number, _daughter = split
    assert leaving.departures.money(number).shares == (("王丽", HALF // 2),)
    leaving.settle(number)
    (page,) = read(leaving, number, tmp_path)
    told = "".join(page.split())
    assert "家属分摊尚未付清：王丽¥650.00" in told
    assert "互不拖欠" not in told
    assert "除上列家属分摊款" in told


def test_a_share_that_is_paid_is_not_named(leaving, split, tmp_path):
    number, daughter = split
    leaving.of(Payers).take(daughter, HALF // 2, "wechat", TODAY)
    assert leaving.departures.money(number).shares == ()
    leaving.settle(number)
    (page,) = read(leaving, number, tmp_path)
    assert "王丽" not in page
    assert "互不拖欠" in "".join(page.split())


def test_the_sheet_keeps_what_was_owed_when_it_was_made(leaving, split, tmp_path):
    number, daughter = split
    leaving.settle(number)
    leaving.of(Payers).take(daughter, HALF // 2, "wechat", TODAY)
    (page,) = read(leaving, number, tmp_path)
    assert "王丽" in page


def test_what_a_member_has_to_the_credit_pays_the_share(leaving, split):
    number, daughter = split
    leaving.of(Payers).take(daughter, HALF // 2 - 1, "wechat", TODAY)
    assert leaving.departures.money(number).shares == (("王丽", 1),)


@pytest.mark.parametrize("count", [1, 8, 12, 30])
def test_a_long_history_with_all_that_can_be_stays_one_sheet(leaving, tmp_path, count):
    leaving.deposits.take(1, 5000_00, "cash", date(2026, 11, 2))
    for _each in range(count):
        leaving.payments.take(1, 10_00, "cash", date(2026, 11, 3))
    leaving.of(TrustMoney).take(1, 300_00, "cash", TODAY, "家属")
    off = {"damage": 120_00, "damage_reason": "损坏轮椅", "consent": "同意书 2 号"}
    number = leaving.taken_off(1, Departure.DEATH, set_off=1000_00, **off)
    owed = FEE_OWED - 1000_00 - count * 10_00
    leaving.settle(number, "家属失联", despite=owed)
    pages = read(leaving, number, tmp_path)
    assert len(pages) == 1
    for words in ("损坏轮椅", "家属失联", "代办", "交付明细", "院长"):
        assert words in pages[0]

"""The page for the family: why a bill is what it is, in plain words."""

from datetime import date

import pytest
from pypdf import PdfReader

from carehome.rules.periods import Period
from carehome.services.day_sheets import DaySheets
from tests.purse import OCTOBER, SEPTEMBER, Purse, furnish


@pytest.fixture
def purse(db, clock):
    made = Purse(db, clock)
    furnish(made)
    return made


@pytest.fixture
def page(purse, tmp_path):
    """Return the words of the page of the first bill of a month."""

    def read(month):
        bill = purse.billing.bills(month)[0]
        sheets, path = purse.of(DaySheets), tmp_path / "why.pdf"
        sheets.write(sheets.of_bill(bill.bill_id), path)
        return [each.extract_text() for each in PdfReader(path).pages]

    return read


def test_the_page_says_whose_bill_and_the_sum(purse, page):
    purse.post(SEPTEMBER)
    first = page(SEPTEMBER)[0]
    for text in ("为什么是这个数", "王秀英", "2026-000001", "¥2,600.00"):
        assert text in first


def test_each_price_names_its_list_and_who_approved_it(purse, page):
    purse.post(SEPTEMBER)
    assert "2025-01-01 起执行的价目表，director批准" in page(SEPTEMBER)[0]


def test_a_personal_price_names_its_reason(purse, page):
    item = purse.item("bed-B")
    purse.own_price(1, item, Period(SEPTEMBER), "percent", 80, "低保")
    purse.post(SEPTEMBER)
    assert "个人价格，director批准：低保" in page(SEPTEMBER)[0].replace("\n", "")


def test_every_day_of_the_month_stands_on_the_second_page(purse, page):
    purse.post(SEPTEMBER)
    second = page(SEPTEMBER)[1]
    for number in range(1, 31):
        assert f"9月{number}日" in second
    assert "所以本月合计 ¥2,600.00。" in second


def test_a_month_that_is_put_right_has_its_own_days(purse, page):
    purse.post(SEPTEMBER)
    purse.residents.set_grade(1, "full", date(2026, 9, 16), consent_by="家属")
    purse.post(OCTOBER)
    pages = page(OCTOBER)
    assert "2026年9月 逐日明细" in pages[2]
    assert "更正2026年9月" in pages[0]

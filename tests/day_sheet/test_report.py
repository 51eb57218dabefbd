"""The page for the family: why a bill is what it is, in plain words."""

from dataclasses import replace
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


def test_a_posted_bill_keeps_the_name_of_who_approved_its_list(purse, page):
    purse.post(SEPTEMBER)
    former = purse.prices.sheets()[0]
    starts = date(2025, 1, 2)
    purse.approved(replace(former, list_id=0, starts=starts, corrects=former.list_id))
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


def late_leave(purse):
    """Post September, then learn of a leave in it."""
    purse.post(SEPTEMBER)
    number = purse.residents.record_absence(1, "leave", date(2026, 9, 8))
    purse.residents.record_return(number, date(2026, 9, 14))


def closing(text):
    """Return a page without its breaks."""
    return text.replace("\n", "")


def test_a_late_leave_is_told_as_a_family_counts(purse, page):
    late_leave(purse)
    purse.post(OCTOBER)
    first = closing(page(OCTOBER)[0])
    assert "扣除退费后原收 ¥600.00，应收 ¥500.00，退还 ¥100.00。" in first
    assert "现计入：请假：2026-09-08 离院，2026-09-14 返回。" in first


def test_the_days_of_a_corrected_month_lead_to_the_difference(purse, page):
    late_leave(purse)
    purse.post(OCTOBER)
    own, corrected = map(closing, page(OCTOBER)[1:3])
    ends = "本张账单：2026年10月服务费 ¥2,600.00，更正 −¥100.00，合计 ¥2,500.00。"
    assert "2026年9月 逐日明细（更正后）" in corrected
    assert "这个月以前已经出过账。" in corrected
    right = "2026年9月原收 ¥2,600.00，应收 ¥2,500.00，所以本张账单更正 −¥100.00。"
    assert right in corrected
    assert ends in own
    assert ends in corrected


def test_the_page_of_a_trial_says_on_every_page_that_nothing_is_due(
    purse, page, tmp_path
):
    late_leave(purse)
    sheets, path = purse.of(DaySheets), tmp_path / "trial.pdf"
    bill = purse.billing.trial(OCTOBER).bills[0]
    sheets.write(sheets.of_trial(bill, OCTOBER), path)
    pages = [each.extract_text() for each in PdfReader(path).pages]
    assert len(pages) == 3
    assert all("试算，不作收费凭据" in text for text in pages)
    assert "本张账单金额" not in pages[0]
    purse.post(OCTOBER)
    assert not any("试算" in text for text in page(OCTOBER))

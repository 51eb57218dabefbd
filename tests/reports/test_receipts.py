from dataclasses import replace
from datetime import date

import pytest

from carehome.reports.receipts import (
    FAMILY_COPY,
    HOME_COPY,
    Receipt,
    ReceiptLine,
    write_receipt,
)

JUNE = ReceiptLine("2026年6月服务费", 423427, "账单 2026-000001")
DEPOSIT = ReceiptLine("押金", 1200000, "存入押金专户")
RECEIPT = Receipt(
    number="2026-000123",
    day=date(2026, 7, 5),
    payer="李建国（儿子）",
    resident="王秀英",
    place="3号楼 305-2",
    lines=(JUNE, DEPOSIT),
    method="微信",
    cashier="张敏",
)


@pytest.fixture
def receipt_text(tmp_path, home, pages):
    """Write a receipt and return the strings of its pages, all in one list."""

    def write(receipt):
        write_receipt(tmp_path / "receipt.pdf", receipt, home)
        return [text for page in pages(tmp_path / "receipt.pdf") for text in page]

    return write


def test_same_values_make_the_same_bytes(tmp_path, home):
    for name in "ab":
        write_receipt(tmp_path / name, RECEIPT, home)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_receipt_is_one_page_of_a5_across(tmp_path, home, pages, sizes, clashes):
    write_receipt(tmp_path / "receipt.pdf", RECEIPT, home)
    assert len(pages(tmp_path / "receipt.pdf")) == 1
    assert sizes(tmp_path / "receipt.pdf") == {(210, 148)}
    assert clashes(tmp_path / "receipt.pdf") == []


SAID = [
    "福寿养老院",
    "收据",
    "收据联",
    "编号 2026-000123",
    "2026-07-05",
    "交款人",
    "李建国（儿子）",
    "王秀英",
    "3号楼 305-2",
    "微信",
    "2026年6月服务费",
    "账单 2026-000001",
    "4,234.27",
    "12,000.00",
    "合计人民币（大写）：壹万陆仟贰佰叁拾肆元贰角柒分",
    "¥16,234.27",
    "收款人：张敏",
    "盖章处",
    "第 1 页，共 1 页",
]


def test_a_receipt_says_all_that_it_must(receipt_text):
    whole = "\n".join(receipt_text(RECEIPT))
    assert [said for said in SAID if said not in whole] == []


def test_a_first_print_carries_no_mark(receipt_text):
    text = "".join(receipt_text(RECEIPT))
    assert "补打" not in text
    assert "作废" not in text


def test_a_reprint_says_which_it_is(receipt_text):
    assert "补打第 2 次" in receipt_text(replace(RECEIPT, reprint=2))


def test_a_void_receipt_is_stamped_and_says_why(receipt_text):
    text = receipt_text(replace(RECEIPT, void_reason="金额输错，改开 2026-000124"))
    assert "作废" in text
    assert "作废原因：金额输错，改开 2026-000124" in text
    assert "¥16,234.27" in text


def test_each_copy_has_its_page_and_name(tmp_path, home, pages):
    receipt = replace(RECEIPT, copies=(HOME_COPY, FAMILY_COPY))
    write_receipt(tmp_path / "receipt.pdf", receipt, home)
    stub, family = pages(tmp_path / "receipt.pdf")
    assert ("存根联" in stub, "收据联" in stub) == (True, False)
    assert ("存根联" in family, "收据联" in family) == (False, True)
    assert "第 1 页，共 1 页" in family


def test_money_given_back_makes_a_refund_voucher(receipt_text):
    line = ReceiptLine("退押金", -1200000, "退住结算")
    text = receipt_text(replace(RECEIPT, lines=(line,)))
    assert "退款凭证" in text
    assert "付给" in text
    assert "¥12,000.00" in text
    assert "合计人民币（大写）：壹万贰仟元整" in text
    assert "收据" not in text


def test_a_refund_voucher_names_who_approved_it(receipt_text):
    back = replace(RECEIPT, lines=(ReceiptLine("退押金", -5000_00),), approver="吴建国")
    assert "批准：吴建国" in receipt_text(back)
    assert not any("批准" in text for text in receipt_text(RECEIPT))


@pytest.mark.parametrize("count", [5, 7])
def test_some_more_lines_still_fit_one_page(tmp_path, home, pages, clashes, count):
    lines = tuple(replace(JUNE, purpose=f"2026年{n}月服务费") for n in range(count))
    write_receipt(tmp_path / "receipt.pdf", replace(RECEIPT, lines=lines), home)
    assert len(pages(tmp_path / "receipt.pdf")) == 1
    assert clashes(tmp_path / "receipt.pdf") == []


def test_a_refund_voucher_calls_the_clerk_no_receiver(receipt_text):
    line = ReceiptLine("退押金", -1200000)
    whole = "\n".join(receipt_text(replace(RECEIPT, lines=(line,))))
    assert "经办人：张敏" in whole
    assert "收款人：" not in whole


def test_a_refund_with_a_deduction_still_adds_up(receipt_text):
    lines = (ReceiptLine("退押金", -1200000), ReceiptLine("扣欠费", 200000))
    text = receipt_text(replace(RECEIPT, lines=lines))
    assert "−2,000.00" in text
    assert "¥10,000.00" in text


def test_many_lines_and_long_words_flow_on_and_stay_whole(
    tmp_path, home, pages, clashes
):
    lines = tuple(
        ReceiptLine(f"事项{n}", 100 + n, "代收代付，详见明细。" * 6) for n in range(30)
    )
    long = "阿不都·热依木·买买提·艾合买提（委托代理人）"
    receipt = replace(
        RECEIPT,
        lines=lines,
        payer=long,
        remark="请妥善保管。" * 30,
        reprint=12,
        void_reason="金额输错，重开一张，原票已收回并加盖作废章。" * 4,
    )
    wordy = replace(home, home="江城市青山区松柏路街道福寿康颐养老年公寓有限公司")
    write_receipt(tmp_path / "receipt.pdf", receipt, wordy)
    found = pages(tmp_path / "receipt.pdf")
    whole = "".join(text for page in found for text in page)
    assert len(found) > 1
    assert [n for n in range(30) if f"{1 + n / 100:.2f}" not in whole] == []
    assert whole.count("请妥善保管。") == 30
    assert long in whole
    assert clashes(tmp_path / "receipt.pdf") == []

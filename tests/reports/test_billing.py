from dataclasses import replace
from datetime import date

import pypdf
import pytest

from carehome.reports.billing import BillLineText, BillSheet, write_bills
from carehome.reports.files import CannotWrite
from carehome.rules.periods import Period, month_of

JUNE = month_of(date(2026, 6, 1))
BED = BillLineText("床位费", "30/30 天", 180000, 180000, "月", "双人间（朝南）")
CARE = BillLineText("护理费", "14/30 天", 120000, 56000, "月", "自理")
REFUND = BillLineText(
    "伙食费退费", "5/30 天", 90000, -15000, "月", "请假 6月3日–6月9日，退 5 天伙食费"
)
BILL = BillSheet(
    number="2026-000017",
    month=date(2026, 6, 1),
    resident="王秀英",
    place="3号楼 305-2",
    grade="部分护理一级",
    period=JUNE,
    lines=(BED, CARE, REFUND),
    issued=date(2026, 7, 1),
    due=date(2026, 7, 10),
    previous=50000,
    prepaid=100000,
)


@pytest.fixture
def bill_text(tmp_path, home, pages):
    """Write one bill and return the strings of its pages, all in one list."""

    def write(bill):
        write_bills(tmp_path / "bill.pdf", [bill], home)
        return [text for page in pages(tmp_path / "bill.pdf") for text in page]

    return write


def test_same_values_make_the_same_bytes(tmp_path, home):
    for name in "ab":
        write_bills(tmp_path / name, [BILL], home)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_bill_is_one_page_of_a5_across(tmp_path, home, pages, sizes):
    write_bills(tmp_path / "bill.pdf", [BILL], home)
    assert len(pages(tmp_path / "bill.pdf")) == 1
    assert sizes(tmp_path / "bill.pdf") == {(210, 148)}


SAID = [
    "福寿养老院",
    "养老服务费账单",
    "2026年6月",
    "编号 2026-000017",
    "开单日期 2026-07-01",
    "王秀英",
    "3号楼 305-2",
    "部分护理一级",
    "6月1日至6月30日",
    "床位费",
    "14/30 天",
    "1,200.00/月",
    "560.00",
    "−150.00",
    "请假 6月3日–6月9日，退 5 天伙食费",
    "合计人民币（大写）：贰仟贰佰壹拾元整",
    "¥2,210.00",
    "500.00",
    "−1,000.00",
    "¥1,710.00",
    "请于7月10日前交清。",
    "现金：请到前台办理。",
    "盖章处",
    "江城市青山区松柏路 18 号 电话 027-5550 1234",
    "第 1 页，共 1 页",
]


def test_a_bill_says_all_that_a_family_asks(bill_text):
    text = bill_text(BILL)
    assert [said for said in SAID if said not in text] == []


def test_a_bill_without_number_is_marked_as_a_trial(bill_text):
    text = bill_text(replace(BILL, number=""))
    assert "试算，不作收费凭据" in text
    assert not any(line.startswith("编号") for line in text)


def test_what_was_paid_already_lowers_what_is_payable(bill_text):
    text = bill_text(replace(BILL, paid=71000))
    assert "−710.00" in text
    assert "¥1,000.00" in text


@pytest.mark.parametrize(
    ("previous", "paid", "prepaid", "used", "payable", "carried"),
    [
        (0, 0, 0, 0, 221000, 0),
        (50000, 0, 0, 0, 271000, 0),
        (0, 21000, 0, 0, 200000, 0),
        (0, 0, 200000, 200000, 21000, 0),
        (0, 0, 221000, 221000, 0, 0),
        (0, 0, 300000, 221000, 0, 79000),
        (-300000, 0, 1000, 0, 0, 80000),
    ],
)
def test_prepaid_money_covers_what_is_owed_and_the_rest_stays(
    previous, paid, prepaid, used, payable, carried
):
    bill = replace(BILL, previous=previous, paid=paid, prepaid=prepaid)
    assert (bill.prepaid_used, bill.payable, bill.carried) == (used, payable, carried)


def test_a_bill_that_gives_back_asks_for_nothing(bill_text):
    bill = replace(BILL, lines=(REFUND,), previous=0, prepaid=20000)
    text = bill_text(bill)
    assert "合计人民币（大写）：负壹佰伍拾元整" in text
    assert "−¥150.00" in text
    assert "本月无需交费。" in text
    assert "余 ¥350.00 留作预收。" in text
    assert "请于7月10日前交清。" not in text


def test_a_bill_without_charges_says_so(bill_text):
    text = bill_text(replace(BILL, lines=(), previous=0, prepaid=0))
    assert "本月没有收费项目" in text
    assert "合计人民币（大写）：零元整" in text
    assert text.count("¥0.00") == 2


def test_a_stay_of_one_day_is_named_by_that_day(bill_text):
    day = Period(date(2026, 6, 5), date(2026, 6, 6))
    assert "6月5日" in bill_text(replace(BILL, period=day))


def test_sixty_lines_flow_over_pages_and_none_is_lost(tmp_path, home, pages, clashes):
    lines = tuple(
        BillLineText(f"项目{n}", f"{n} 次", None, 100 + n, "", f"说明第{n}条" * 6)
        for n in range(60)
    )
    write_bills(tmp_path / "long.pdf", [replace(BILL, lines=lines)], home)
    found = pages(tmp_path / "long.pdf")
    words = [text for page in found for text in page]
    assert len(found) > 1
    assert [f"项目{n}" for n in range(60)] == [
        w for w in words if w.startswith("项目") and w != "项目"
    ]
    assert all(f"{1 + n / 100:.2f}" in words for n in range(60))
    for number, page in enumerate(found, start=1):
        assert f"第 {number} 页，共 {len(found)} 页" in page
        assert "编号 2026-000017" in page
    assert sum("盖章处" in page for page in found) == 1
    assert clashes(tmp_path / "long.pdf") == []


def test_bills_of_any_length_keep_their_words_apart(tmp_path, home, clashes):
    lines = (BED, CARE, REFUND) * 5
    bills = [replace(BILL, lines=lines[:count], paid=1) for count in range(15)]
    write_bills(tmp_path / "bills.pdf", bills, home)
    assert clashes(tmp_path / "bills.pdf") == []


def test_long_words_wrap_and_stay_whole(tmp_path, home, pages, clashes):
    long = "阿不都·热依木·买买提·艾合买提·吐尔逊江"
    why = "家属六月十四日书面同意护理等级变更，自次日起按新等级收费。" * 15
    bill = replace(
        BILL,
        resident=long,
        place="东区护理楼三层三〇五室靠窗二床",
        grade="失能失智老人特别照护专区一级",
        lines=(replace(BED, remark=why), replace(CARE, item=long)),
    )
    wordy = replace(
        home,
        home="江城市青山区松柏路街道福寿康颐养老年公寓有限公司",
        address="江城市青山区松柏路街道幸福社区养老服务综合体三号楼" * 2,
        how_to_pay="请到前台办理，谢谢您的配合。" * 20,
    )
    write_bills(tmp_path / "bill.pdf", [bill], wordy)
    whole = "".join(text for page in pages(tmp_path / "bill.pdf") for text in page)
    assert whole.count("家属六月") == 15
    assert long in whole
    assert bill.place in whole
    assert bill.grade in whole
    assert whole.count("谢谢您") == 20
    assert whole.count(wordy.home) == 1
    assert clashes(tmp_path / "bill.pdf") == []


def test_rare_names_can_be_found_in_the_file(tmp_path, home, pages):
    names = ["欧阳䶮㛃", "阿不都·热依木·买买提", "马𬱖骏"]
    bills = [replace(BILL, resident=name) for name in names]
    write_bills(tmp_path / "bills.pdf", bills, home)
    assert all(
        name in page
        for name, page in zip(names, pages(tmp_path / "bills.pdf"), strict=True)
    )


def test_a_character_that_the_font_lacks_is_marked_and_named(bill_text):
    text = bill_text(replace(BILL, resident="𠮷田"))
    assert "〓田" in text
    assert "〓 为字库中没有的字：U+20BB7，请以证件为准" in text


def test_the_mark_stays_off_pages_that_need_none(tmp_path, home, pages):
    bills = [replace(BILL, resident="𠮷田"), BILL]
    write_bills(tmp_path / "bills.pdf", bills, home)
    marked = ["U+20BB7" in "".join(page) for page in pages(tmp_path / "bills.pdf")]
    assert marked == [True, False]


def test_each_bill_has_a_page_and_a_bookmark(tmp_path, home):
    bills = [replace(BILL, resident=name) for name in ("王芳", "李强", "赵敏")]
    write_bills(tmp_path / "bills.pdf", bills, home)
    reader = pypdf.PdfReader(tmp_path / "bills.pdf")
    assert len(reader.pages) == 3
    titles = [entry.title for entry in reader.outline]
    assert titles == ["3号楼 305-2 王芳", "3号楼 305-2 李强", "3号楼 305-2 赵敏"]


def test_a_demonstration_home_says_so_on_every_page(tmp_path, home, pages):
    write_bills(tmp_path / "bills.pdf", [BILL, BILL], replace(home, demo=True))
    assert [page.count("练习 无效") for page in pages(tmp_path / "bills.pdf")] == [2, 2]


def test_a_real_home_is_not_called_a_demonstration(bill_text):
    assert "练习 无效" not in bill_text(BILL)


def test_progress_counts_the_bills(tmp_path, home):
    heard = []
    write_bills(tmp_path / "x.pdf", [BILL] * 3, home, lambda *step: heard.append(step))
    assert heard == [(1, 3), (2, 3), (3, 3)]


class Cancelled(Exception):
    pass


def test_a_cancelled_run_leaves_the_old_file_as_it_was(tmp_path, home):
    def cancel(_done: int, _all: int) -> None:
        raise Cancelled

    path = tmp_path / "bills.pdf"
    path.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_bills(path, [BILL], home, cancel)
    assert [file.name for file in tmp_path.iterdir()] == ["bills.pdf"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_gone_is_told_plainly(tmp_path, home):
    with pytest.raises(CannotWrite) as told:
        write_bills(tmp_path / "gone" / "bills.pdf", [BILL], home)
    assert "bills.pdf" in told.value.message

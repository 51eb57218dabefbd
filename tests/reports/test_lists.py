from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from carehome.reports.arrears import ArrearsText, write_arrears, write_arrears_workbook
from carehome.reports.change_log import ChangeText, write_change_log
from carehome.reports.deposits import (
    DepositEntryText,
    DepositLedger,
    OverHeldText,
    write_deposit_ledger,
    write_over_held,
    write_over_held_workbook,
)
from carehome.reports.residents import (
    ResidentText,
    write_residents,
    write_residents_workbook,
)

DAY = date(2026, 7, 5)
WANG = ResidentText(
    place="3号楼 305-2",
    name="王秀英",
    sex="女",
    born=date(1941, 3, 9),
    identity="420106194103091229",
    grade="部分护理一级",
    admitted=date(2022, 1, 3),
    contact="李建国（儿子）",
    phone="13800001234",
)
LATE = ArrearsText(
    "3号楼 305-2",
    "王秀英",
    (0, 3234_50, 1000_00, 0, 0, 0),
    date(2026, 5, 20),
    "电话 6月20日",
    date(2026, 7, 10),
    "李建国",
    "13800001234",
)
SOON = ArrearsText(
    "101-1", "阿不都·热依木·买买提", (100, 0, 0, 0, 0, 0), date(2026, 7, 10)
)
OVER = OverHeldText(
    "101-1", "王秀英", 2600000, 2520000, date(2026, 7, 20), "护理等级下调"
)
LEDGER = DepositLedger(
    "王秀英",
    "101-1",
    "江城银行青山支行 6200 1234",
    (
        DepositEntryText(
            date(2026, 1, 5), "收取押金", 1200000, "2026-000012", date(2026, 1, 6)
        ),
        DepositEntryText(
            date(2026, 5, 9), "住院急用", -500000, "2026-000180", None, "家属同意"
        ),
    ),
)


def rows_of(path):
    sheet = openpyxl.load_workbook(path).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("write", "values"),
    [
        (write_residents, [WANG]),
        (write_arrears, [LATE]),
        (write_over_held, [OVER]),
        (write_deposit_ledger, LEDGER),
        (write_residents_workbook, [WANG]),
        (write_arrears_workbook, [LATE]),
        (write_over_held_workbook, [OVER]),
    ],
)
def test_same_values_make_the_same_bytes(tmp_path, home, write, values):
    for name in "ab":
        write(tmp_path / name, values, DAY, home)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_list_of_residents_is_a4_across_and_says_who_lives_where(
    tmp_path, home, pages, sizes, clashes
):
    write_residents(tmp_path / "list.pdf", [WANG], DAY, home)
    [page] = pages(tmp_path / "list.pdf")
    said = [
        "在住老人名单",
        "截至 2026-07-05，共 1 位老人",
        "3号楼 305-2",
        "王秀英",
        "女",
    ]
    said += ["1941-03-09", "420106194103091229", "部分护理一级", "2022-01-03"]
    said += ["李建国（儿子）", "13800001234"]
    assert [text for text in said if text not in page] == []
    assert sizes(tmp_path / "list.pdf") == {(297, 210)}
    assert clashes(tmp_path / "list.pdf") == []


def test_a_long_list_repeats_its_titles_and_loses_nobody(
    tmp_path, home, pages, clashes
):
    people = [replace(WANG, name=f"老人{n:03d}") for n in range(130)]
    write_residents(tmp_path / "list.pdf", people, DAY, home)
    found = pages(tmp_path / "list.pdf")
    names = [text for page in found for text in page if text.startswith("老人")]
    assert names == [each.name for each in people]
    for number, page in enumerate(found, start=1):
        assert "身份证号码" in page
        assert f"第 {number} 页，共 {len(found)} 页" in page
    assert clashes(tmp_path / "list.pdf") == []


def test_an_unknown_birthday_stays_empty(tmp_path, home):
    write_residents_workbook(
        tmp_path / "list.xlsx", [replace(WANG, born=None)], DAY, home
    )
    assert rows_of(tmp_path / "list.xlsx")[-1][3] is None


def test_the_workbook_of_residents_reads_back_as_it_was(tmp_path, home):
    write_residents_workbook(tmp_path / "list.xlsx", [WANG], DAY, home)
    assert rows_of(tmp_path / "list.xlsx")[-1] == [
        "3号楼 305-2",
        "王秀英",
        "女",
        datetime(1941, 3, 9),  # noqa: DTZ001 - what a cell holds
        "420106194103091229",
        "部分护理一级",
        datetime(2022, 1, 3),  # noqa: DTZ001
        "李建国（儿子）",
        "13800001234",
    ]


def test_arrears_come_by_age_with_their_sums(tmp_path, home, pages, sizes, clashes):
    write_arrears(tmp_path / "list.pdf", [LATE, SOON], DAY, home)
    [page] = pages(tmp_path / "list.pdf")
    said = [
        *("欠费清单", "截至 2026-07-05，2 位老人欠费，共 ¥4,235.50。"),
        *("1—30 天", "31—60 天", "61—90 天", "91—180 天", "180 天以上"),
        *("4,234.50", "3,234.50", "1,000.00", "1.00", "4,235.50"),
        *("2026-05-20", "电话 6月20日", "2026-07-10", "制单：", "复核："),
    ]
    assert [text for text in said if text not in page] == []
    assert sizes(tmp_path / "list.pdf") == {(297, 210)}
    assert clashes(tmp_path / "list.pdf") == []


def test_the_workbook_of_arrears_holds_money_as_numbers(tmp_path, home):
    write_arrears_workbook(tmp_path / "list.xlsx", [LATE, SOON], DAY, home)
    rows = [row[2:5] for row in rows_of(tmp_path / "list.xlsx")[-3:]]
    assert rows == [[4234.5, None, 3234.5], [1, 1, None], [4235.5, 1, 3234.5]]


def test_an_empty_list_says_that_it_is_empty(tmp_path, home, pages):
    write_arrears(tmp_path / "list.pdf", [], DAY, home)
    [page] = pages(tmp_path / "list.pdf")
    assert "没有记录。" in page


def test_over_held_deposits_say_how_much_to_refund_by_when(
    tmp_path, home, pages, clashes
):
    write_over_held(tmp_path / "list.pdf", [OVER], DAY, home)
    [page] = pages(tmp_path / "list.pdf")
    said = [
        "押金超限清单",
        "26,000.00",
        "25,200.00",
        "800.00",
        "2026-07-20",
        "护理等级下调",
    ]
    assert [text for text in said if text not in page] == []
    assert clashes(tmp_path / "list.pdf") == []


def test_a_ledger_keeps_in_out_and_balance_apart(tmp_path, home, pages, clashes):
    write_deposit_ledger(tmp_path / "ledger.pdf", LEDGER, DAY, home)
    [page] = pages(tmp_path / "ledger.pdf")
    assert page.count("12,000.00") == 2
    assert "5,000.00" in page
    assert "7,000.00" in page
    assert "截至 2026-07-05 押金余额 ¥7,000.00（柒仟元整）。" in page
    assert "存于押金专户：江城银行青山支行 6200 1234" in page
    assert "家属签字：" in page
    assert clashes(tmp_path / "ledger.pdf") == []


def test_a_ledger_without_account_says_nothing_of_one(tmp_path, home, pages):
    write_deposit_ledger(
        tmp_path / "ledger.pdf", replace(LEDGER, account=""), DAY, home
    )
    assert "存于押金专户" not in "".join(pages(tmp_path / "ledger.pdf")[0])


def test_the_change_log_reads_back_as_it_was(tmp_path, home):
    at = datetime(2026, 7, 5, 9, 30, tzinfo=UTC)
    change = ChangeText(at, "张敏", "修改护理等级", "王秀英", "自理", "=部分护理一级")
    write_change_log(tmp_path / "log.xlsx", iter([change] * 3), "2026年7月", home)
    rows = rows_of(tmp_path / "log.xlsx")
    local = at.astimezone().replace(tzinfo=None)
    assert rows[0][0] == "修改记录"
    assert (
        rows[-3:]
        == [[local, "张敏", "修改护理等级", "王秀英", "自理", "=部分护理一级"]] * 3
    )

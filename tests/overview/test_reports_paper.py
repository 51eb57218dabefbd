"""Reports on paper and as workbooks: all that was shown, and nothing that is hidden."""

from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from carehome.db.change_log import ChangeRow
from carehome.rules.periods import Period
from carehome.rules.rights import Right, Role, User
from carehome.services.figures.service import NOT_YOURS
from carehome.services.overview.reports import FigureReports
from tests.conftest import ROLES
from tests.figures import small_home

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


class NoMoney(User):
    """Somebody who sees the overview and no fees; no role of the home is like that."""

    def may(self, right):
        """Refuse only what shows money and who lives here."""
        return right not in {Right.SEE_FEES, Right.SEE_RESIDENTS}


@pytest.fixture
def reports(db, as_role):
    small_home.build(db)
    return as_role(FigureReports)


@pytest.fixture
def narrow(reports, db, clock):
    boss = ROLES[Role.DIRECTOR]
    return FigureReports(db, NoMoney(boss.account_id, boss.name, boss.role), clock)


def text_of(path):
    pages = PdfReader(path).pages
    return [page.extract_text().replace("\n", "") for page in pages]


def rows_of(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return {row[1].value: row for row in sheet.iter_rows() if row[1].value}


def test_a_paper_bears_home_title_days_maker_and_page_numbers(reports, tmp_path):
    reports.write("month", OCTOBER, tmp_path / "report.pdf")
    pages = text_of(tmp_path / "report.pdf")
    for said in ("福寿养老院", "月报", "2026年10月", "制表人：director"):
        assert said in pages[0]
    assert f"共 {len(pages)} 页" in pages[-1]


def test_a_paper_tells_value_unit_change_definition_and_source(reports, tmp_path):
    reports.write("month", OCTOBER, tmp_path / "report.pdf")
    whole = "".join(text_of(tmp_path / "report.pdf"))
    for said in ("床位总数", "持平", "期末实际设置的床位数", "民政统计"):
        assert said in whole


def test_a_form_on_paper_says_what_is_missing(reports, tmp_path):
    reports.write("filing", OCTOBER, tmp_path / "form.pdf")
    whole = "".join(text_of(tmp_path / "form.pdf"))
    assert "栏目" in whole
    assert "未登记" in whole


def test_a_kept_report_on_paper_says_to_whom_and_what_corrects_it(reports, tmp_path):
    old = reports.keep("month", OCTOBER, "区民政局", "十月数")
    reports.keep("month", OCTOBER, "区民政局", "性别登错", corrects=old)
    reports.write_kept(old, tmp_path / "old.pdf")
    reports.write_kept(old + 1, tmp_path / "new.pdf")
    assert "报送区民政局" in text_of(tmp_path / "old.pdf")[0]
    assert "已由第 2 号报表更正" in text_of(tmp_path / "old.pdf")[0]
    assert "更正第 1 号报表" in text_of(tmp_path / "new.pdf")[0]


def test_a_workbook_holds_real_numbers_with_their_formats(reports, tmp_path):
    reports.write_workbook("month", OCTOBER, tmp_path / "report.xlsx")
    rows = rows_of(tmp_path / "report.xlsx")
    beds, share = rows["床位总数"][2], rows["平均入住率"][2]
    assert (beds.value, beds.number_format) == (5, "0")
    assert share.value == pytest.approx(98 / 165)
    assert share.number_format == "0.0%"
    held = next(row[2] for name, row in rows.items() if "押金" in str(name))
    assert isinstance(held.value, (int, float))
    assert held.number_format == "#,##0.00"


def test_a_workbook_bears_definition_and_source(reports, tmp_path):
    reports.write_workbook("month", OCTOBER, tmp_path / "report.xlsx")
    row = rows_of(tmp_path / "report.xlsx")["床位总数"]
    assert "期末实际设置的床位数" in row[5].value
    assert "民政统计" in row[6].value


def test_a_workbook_has_a_sheet_for_each_list_behind(reports, tmp_path):
    reports.write_workbook("month", OCTOBER, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    sheet = next(book[name] for name in book.sheetnames if name.endswith("在院老人数"))
    names = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"王秀英", "李桂兰", "陈德"} <= names


def test_the_longest_workbook_of_all_figures_is_written(reports, tmp_path):
    reports.write_workbook("all", OCTOBER, tmp_path / "all.xlsx")
    names = openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames
    assert max(map(len, names)) <= 31
    assert len(set(names)) == len(names)


def test_what_a_person_may_not_see_does_not_get_out(narrow, tmp_path):
    narrow.write_workbook("month", OCTOBER, tmp_path / "report.xlsx")
    narrow.write("month", OCTOBER, tmp_path / "report.pdf")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    cells = {c.value for s in book.worksheets for row in s.iter_rows() for c in row}
    assert "王秀英" not in cells
    fees = [
        r for r in rows_of(tmp_path / "report.xlsx").values() if r[0].value == "收费"
    ]
    assert fees
    assert {row[2].value for row in fees} == {"未知"}
    assert {row[7].value for row in fees} == {str(NOT_YOURS)}


def test_a_kept_workbook_holds_what_was_handed_in_and_no_lists(reports, tmp_path):
    number = reports.keep("month", OCTOBER, "区民政局")
    reports.write_kept_workbook(number, tmp_path / "kept.xlsx")
    book = openpyxl.load_workbook(tmp_path / "kept.xlsx")
    assert len(book.sheetnames) == 1
    assert rows_of(tmp_path / "kept.xlsx")["床位总数"][2].value == 5


def test_the_log_says_that_a_list_left_the_program(reports, db, tmp_path):
    reports.write_workbook("month", OCTOBER, tmp_path / "report.xlsx")
    with db.reading() as session:
        rows = session.scalars(
            select(ChangeRow).where(ChangeRow.deed == "FigureReports.write_workbook")
        ).all()
        assert [row.record for row in rows] == ["list"]

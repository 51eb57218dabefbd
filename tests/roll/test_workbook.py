import io
import re
import zipfile
from datetime import date, time

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from carehome.rules.sheets import DAY_ZERO_1904, Area, letters, sheet
from carehome.sheets import workbook
from tests.roll.people import moment


def values(page):
    return [[cell.value for cell in row] for row in page.rows]


def rewritten(path, part, change):
    """Change one part of a workbook as another program might have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_values_come_as_they_are(write_book):
    row = ["王芳", 5, 1.5, True, moment(2021, 2, 15), None, "  ", "x"]
    (page,) = workbook.read(write_book({"甲": [row]}))
    assert values(page) == [[*row[:6], None, "x"]]


def test_times_are_text(write_book):
    (page,) = workbook.read(write_book({"甲": [[time(8, 30)]]}))
    assert values(page) == [["08:30:00"]]


def test_rows_keep_their_numbers(write_book):
    (page,) = workbook.read(write_book({"甲": [[], ["a"], [], ["b"], [None]]}))
    assert values(page) == [[], ["a"], [], ["b"]]
    assert page.cell(4, 0).value == "b"
    assert page.cell(5, 0).value is page.cell(1, 9).value is None


def test_merged_cells_lend_their_value(write_book):
    rows = [["标题", None], ["甲", "乙"], [None, "丙"]]
    (page,) = workbook.read(write_book({"甲": rows}, 甲="A1:B1 A2:A3"))
    assert values(page) == [["标题", "标题"], ["甲", "乙"], ["甲", "丙"]]
    assert page.cell(1, 1).left
    assert page.cell(3, 0).above
    assert page.cell(3, 0).own is None
    assert set(page.merged) == {Area(1, 0, 1, 1), Area(2, 0, 3, 0)}


def test_merged_area_reaches_no_further_than_the_table():
    page = sheet("甲", [["a", "b"]], [Area(1, 0, 1048576, 16383)])
    assert values(page) == [["a", "a"]]


def test_hidden_sheets_are_left_out(write_book):
    path = write_book({"甲": [["a"]], "乙": [["b"]], "丙": [["c"]]})
    book = openpyxl.load_workbook(path)
    book["甲"].sheet_state = "hidden"
    book["丙"].sheet_state = "veryHidden"
    book.save(path)
    assert [page.name for page in workbook.read(path)] == ["乙"]


def test_chart_sheets_are_left_out(write_book):
    path = write_book({"甲": [["a"]]})
    book = openpyxl.load_workbook(path)
    book.create_chartsheet("图")
    book.save(path)
    assert [page.name for page in workbook.read(path)] == ["甲"]


def test_hidden_rows_are_known(write_book):
    path = write_book({"甲": [["a"], ["b"], ["c"]]})
    book = openpyxl.load_workbook(path)
    book["甲"].row_dimensions[2].hidden = True
    book.save(path)
    assert workbook.read(path)[0].hidden_rows == {2}


def test_days_of_a_1904_workbook_are_right(write_book):
    path = write_book({"甲": [["a"]]})
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book["甲"]["A1"] = moment(2021, 2, 15)
    book.save(path)
    (page,) = workbook.read(path)
    assert page.cell(1, 0).value == moment(2021, 2, 15)
    assert page.day_zero == DAY_ZERO_1904


def test_formula_without_a_result_is_blank(write_book):
    (page,) = workbook.read(write_book({"甲": [["=1+1", "x"]]}))
    assert values(page) == [[None, "x"]]


def test_formula_counts_by_its_last_result(write_book):
    path = rewritten(
        write_book({"甲": [["=1+1", "x"]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<v ?/>|<v></v>", b"<v>2</v>", xml),
    )
    assert values(workbook.read(path)[0]) == [[2, "x"]]


def test_wrong_dimension_hides_no_cells(write_book):
    path = rewritten(
        write_book({"甲": [["a", "b"], ["c", "d"]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1"'),
    )
    assert values(workbook.read(path)[0]) == [["a", "b"], ["c", "d"]]


def test_line_breaks_written_by_others_are_line_breaks(write_book):
    (page,) = workbook.read(write_book({"甲": [["王芳_x000D_\n李明"]]}))
    assert values(page) == [["王芳\n李明"]]


def test_day_beyond_the_calendar_is_text_and_no_warning(write_book):
    path = write_book({"甲": [[20230718]]})
    book = openpyxl.load_workbook(path)
    book["甲"]["A1"].number_format = "yyyy-mm-dd"
    book.save(path)
    assert values(workbook.read(path)[0]) == [["#VALUE!"]]


def test_million_formatted_blank_rows_end_the_sheet(write_book):
    blank = b"".join(b'<row r="%d" s="1"/>' % row for row in range(2, 200_000))
    path = rewritten(
        write_book({"甲": [["a"]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>"),
    )
    assert values(workbook.read(path)[0]) == [["a"]]


def test_sheet_with_far_too_many_cells_is_refused(write_book, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 3)
    with pytest.raises(workbook.TooLarge):
        workbook.read(write_book({"甲": [["a", "b"], ["c", "d"]]}))


def test_file_that_is_far_too_large_is_refused(write_book, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_BYTES", 10)
    with pytest.raises(workbook.TooLarge):
        workbook.read(write_book({"甲": [["a"]]}))


def test_file_that_unpacks_to_far_too_much_is_refused(write_book, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_TEXTS", 10)
    with pytest.raises(workbook.TooLarge):
        workbook.read(write_book({"甲": [["a"]]}))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def packed(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("姓名,身份证号\n王芳,1\n".encode(), workbook.TextFile),
        ("姓名,身份证号\n王芳,1\n".encode("gbk"), workbook.TextFile),
        (b"<html><table><tr><td>1</td></tr></table></html>", workbook.TextFile),
        (b"", workbook.NotWorkbook),
        (b"%PDF-1.7\0\0", workbook.NotWorkbook),
        (packed(word__document_dot_xml="x"), workbook.NotWorkbook),
        (packed(mimetype="application/vnd.oasis"), workbook.NotWorkbook),
        (OLE, workbook.OldWorkbook),
        (OLE + "EncryptedPackage".encode("utf-16-le"), workbook.Protected),
        (
            packed(**{"[Content_Types]_dot_xml": "x", "xl__workbook_dot_bin": "x"}),
            workbook.OldWorkbook,
        ),
        (
            packed(**{"[Content_Types]_dot_xml": "x", "xl__workbook_dot_xml": "x"}),
            workbook.Damaged,
        ),
        (b"PK\x03\x04 and nothing more", workbook.Damaged),
    ],
)
def test_other_files_are_refused_with_what_to_do(tmp_path, content, error):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        workbook.read(path)
    assert type(raised.value) is error
    assert raised.value.message.startswith("名单.xlsx")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_workbook_that_breaks_off_is_damaged(write_book, share):
    path = write_book({"甲": [["王芳", n] for n in range(50)]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(workbook.Damaged):
        workbook.read(path)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_workbook_with_a_broken_part_is_damaged(write_book, part):
    path = rewritten(
        write_book({"甲": [["a"]]}), part, lambda xml: xml[: len(xml) // 2]
    )
    with pytest.raises(workbook.Damaged):
        workbook.read(path)


def test_strict_variety_of_the_format_is_said_to_be_unusual(write_book):
    path = write_book({"甲": [["a"]]})
    usual = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        rewritten(path, part, lambda xml: xml.replace(usual, strict))
    with pytest.raises(workbook.Damaged):
        workbook.read(path)


def test_broken_properties_do_not_matter(write_book):
    path = rewritten(write_book({"甲": [["a"]]}), "docProps/core.xml", lambda _: b"<")
    assert values(workbook.read(path)[0]) == [["a"]]


def test_prefixed_names_of_other_programs_are_understood(write_book):
    def prefixed(xml):
        text = re.sub(r"<(/?)(?!\?)(\w+)", r"<\1x:\2", xml.decode())
        return text.replace('xmlns="', 'xmlns:x="').encode()

    path = write_book({"甲": [["a", None], ["b", "c"]]}, 甲="A1:B1")
    rewritten(path, "xl/worksheets/sheet1.xml", prefixed)
    assert values(workbook.read(path)[0]) == [["a", "a"], ["b", "c"]]


def test_missing_file_and_folder_cannot_be_opened(tmp_path):
    for path in (tmp_path / "没有.xlsx", tmp_path):
        with pytest.raises(workbook.NotReadable):
            workbook.read(path)


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_names_people_know(column, name):
    assert letters(column) == name


def test_array_formula_is_blank_until_computed(write_book):
    path = write_book({"甲": [["a", "b"]]})
    book = openpyxl.load_workbook(path)
    book["甲"]["A1"] = ArrayFormula("A1:A1", "=SUM(B1:B1)")
    book.save(path)
    assert values(workbook.read(path)[0]) == [[None, "b"]]


def test_dates_without_time_stay_days(write_book):
    (page,) = workbook.read(write_book({"甲": [[date(2021, 2, 15)]]}))
    assert values(page) == [[moment(2021, 2, 15)]]

from datetime import UTC, date, datetime

import openpyxl
import pypdf
import pytest

from carehome.reports.safety_folder import Figure, Folder, Part, write_folder
from carehome.reports.safety_folder_book import write_folder_workbook
from carehome.reports.table import Column, Kind, Table


class Stopped(Exception):
    """Raised by a test in the midst of drawing."""


def on(_done, _total):
    """Let the drawing go on."""


def table(title, count):
    columns = (
        Column("编号", 10),
        Column("日期", 12, Kind.DAY),
        Column("时间", 17, Kind.MOMENT),
        Column("金额", 12, Kind.MONEY),
        Column("说明", 40),
    )
    moment = datetime(2026, 3, 4, 20, 5, tzinfo=UTC)
    rows = [
        (f"第{n}次", date(2026, 3, 4), moment, 12345, "疏散通道堆放轮椅")
        for n in range(1, count + 1)
    ]
    return Table(title, columns, rows)


def folder(gaps=("漏巡 3 次。",), count=70):
    parts = (
        Part("巡查", ("应巡查 73 次。",), (table("漏巡", 3), table("每一次", count))),
        Part("隐患", ("没有隐患。",), (table("台账", 0),)),
    )
    figures = tuple(Figure(f"数字{n}", n, "备注") for n in range(10))
    return Folder("2026-01-01至2026-06-30", "打印时间 2026-07-01", figures, gaps, parts)


def test_contents_tell_the_page_on_which_each_part_and_list_stands(
    tmp_path, home, pages
):
    path = tmp_path / "folder.pdf"

    write_folder(path, folder(), home, on)

    _front, contents, *rest = pages(path)
    places = {name: rest_of(contents, name) for name in ("漏巡", "每一次", "台账")}
    for name, number in places.items():
        assert name in pages(path)[number - 1]
    assert rest[0][0] == "1. 巡查"


def rest_of(contents, name):
    """Return the page number that follows a name in the contents."""
    after = contents[contents.index(name) + 1 :]
    return int(next(line for line in after if line.isdigit()))


def test_contents_lead_to_their_pages_and_parts_are_bookmarks(tmp_path, home):
    path = tmp_path / "folder.pdf"

    write_folder(path, folder(), home, on)

    reader = pypdf.PdfReader(path)
    links = reader.pages[1].get("/Annots")
    titles = [
        (each.title, reader.get_destination_page_number(each))
        for each in reader.outline
        if not isinstance(each, list)
    ]
    assert len(links) == 5
    assert titles == [("1. 巡查", 2), ("2. 隐患", len(reader.pages) - 1)]


def test_lists_are_bookmarks_below_their_part_even_on_its_page(tmp_path, home):
    path = tmp_path / "folder.pdf"

    write_folder(path, folder(), home, on)

    lists = [each for each in pypdf.PdfReader(path).outline if isinstance(each, list)]
    titles = [[each.title for each in below] for below in lists]
    assert titles == [["漏巡", "每一次"], ["台账"]]


def test_every_row_is_printed_once(tmp_path, home, pages):
    path = tmp_path / "folder.pdf"

    write_folder(path, folder(), home, on)

    printed = [line for page in pages(path) for line in page if line == "第70次"]
    assert len(printed) == 1


@pytest.mark.parametrize("count", [0, 1, 29, 30, 31, 32, 33, 34, 35, 300])
def test_nothing_lies_on_other_words_however_long_the_lists(
    tmp_path, home, clashes, count
):
    path = tmp_path / "folder.pdf"

    write_folder(path, folder(count=count), home, on)

    assert clashes(path) == []


def test_many_gaps_leave_room_to_sign_and_say_how_many_more_there_are(
    tmp_path, home, pages, clashes
):
    path = tmp_path / "folder.pdf"

    write_folder(path, folder(gaps=tuple(f"缺{n}" for n in range(40))), home, on)

    shown = sum(line.startswith("缺") for line in pages(path)[0])
    assert f"另有 {40 - shown} 条，见各部分。" in pages(path)[0]
    assert clashes(path) == []


def test_without_gaps_the_front_says_so(tmp_path, home, pages):
    path = tmp_path / "folder.pdf"

    write_folder(path, folder(gaps=()), home, on)

    assert "这段时间没有漏掉的，也没有迟的。" in pages(path)[0]


def test_who_stops_the_drawing_gets_no_file(tmp_path, home):
    path = tmp_path / "folder.pdf"

    def stop(done, _total):
        if done > 2:
            raise Stopped

    with pytest.raises(Stopped):
        write_folder(path, folder(), home, stop)

    assert list(tmp_path.iterdir()) == []


def test_progress_ends_with_the_last_page(tmp_path, home):
    path = tmp_path / "folder.pdf"
    told = []

    write_folder(path, folder(), home, lambda done, total: told.append((done, total)))

    count = len(pypdf.PdfReader(path).pages)
    assert told[-1] == (count, count)


def test_workbook_holds_each_list_on_a_sheet_with_cells_of_their_type(tmp_path, home):
    path = tmp_path / "folder.xlsx"

    write_folder_workbook(path, folder(), home, on)

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["概况", "1.1 漏巡", "1.2 每一次", "2.1 台账"]
    last = [cell.value for cell in list(book["1.2 每一次"].rows)[-1]]
    assert last[0] == "第70次"
    assert last[1] == datetime(2026, 3, 4)  # noqa: DTZ001 - as workbooks hold days
    assert last[3] == 123.45


def test_figures_of_the_workbook_can_be_reckoned_with(tmp_path, home):
    path = tmp_path / "folder.xlsx"

    write_folder_workbook(path, folder(), home, on)

    rows = openpyxl.load_workbook(path)["概况"].iter_rows(values_only=True)
    assert {row[0]: row[1] for row in rows if row[2] == "备注"}["数字7"] == 7


def test_workbook_tells_the_gaps_first(tmp_path, home):
    path = tmp_path / "folder.xlsx"

    write_folder_workbook(path, folder(), home, on)

    texts = [cell.value for row in openpyxl.load_workbook(path)["概况"] for cell in row]
    assert texts.index("漏巡 3 次。") < texts.index("应巡查 73 次。")

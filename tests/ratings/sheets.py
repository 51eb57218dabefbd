"""Sheets as offices hand them out, made with openpyxl for the tests."""

from openpyxl import Workbook
from openpyxl.styles import Font

TITLES = ("编号", "一级项目", "二级项目", "三级项目", "分值", "评分方法", "佐证材料")
PART_NAMES = ("环境", "设施设备", "运营管理", "服务")
PARTS = (120, 130, 150, 600)


def rows_of(parts=PARTS, each=10):
    """Return the rows of a small whole table: items of `each` points."""
    found = []
    for number, (name, full) in enumerate(zip(PART_NAMES, parts, strict=True), 1):
        for place in range(full // each):
            code = f"{number}.{place // 4 + 1}.{place % 4 + 1}"
            section = f"{name}第{place // 4 + 1}项"
            found.append(
                [
                    code,
                    name,
                    section,
                    f"{section}之{place % 4 + 1}",
                    each,
                    "查看",
                    "照片",
                ]
            )
    return found


def write(path, rows, titles=TITLES, above=("养老机构等级评定评分表",), name="评分表"):
    """Write one sheet with a title line above the heading."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for text in above:
        sheet.append([text])
    sheet.append(list(titles))
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def write_official(path, rows):
    """Write a sheet as offices do: merged parts and sections, a sum below, a note."""
    book = Workbook()
    sheet = book.active
    sheet.append(["养老机构等级评定评分表（满分1000分）"])
    sheet.merge_cells("A1:G1")
    sheet["A1"].font = Font(bold=True)
    sheet.append(list(TITLES))
    first = sheet.max_row + 1
    for row in rows:
        sheet.append(row)
    for column in (2, 3):
        _merge(sheet, first, sheet.max_row, column)
    sheet.append(["合计", None, None, None, f"=SUM(E{first}:E{sheet.max_row})"])
    sheet.append(["注：本表自2026年起施行。"])
    book.save(path)
    return path


def _merge(sheet, first, last, column):
    """Merge the runs of equal values of a column, as offices do."""
    start = first
    for row in range(first, last + 2):
        same = row <= last and (
            sheet.cell(row, column).value == sheet.cell(start, column).value
        )
        if not same:
            if row - start > 1:
                sheet.merge_cells(
                    start_row=start,
                    end_row=row - 1,
                    start_column=column,
                    end_column=column,
                )
            start = row

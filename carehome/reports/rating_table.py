"""Item tables as workbooks: an empty one to fill in, or one to look at and correct."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports.book import Book, writing
from carehome.reports.sheet import Letterhead
from carehome.rules.ratings.items import PART_NAMES, Item, Part
from carehome.rules.ratings.points import ONE
from carehome.rules.ratings.reading import COLUMN_NAMES, Column

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

EMPTY_ROWS = 150
_WIDTHS = {
    Column.CODE: 10,
    Column.PART: 12,
    Column.SECTION: 18,
    Column.NAME: 44,
    Column.POINTS: 8,
    Column.METHOD: 28,
    Column.EVIDENCE: 24,
}


def write_table(
    path: Path,
    title: str,
    notes: Sequence[str],
    items: Sequence[Item],
    head: Letterhead,
) -> None:
    """Write items with room for more, so that the program can read them back."""
    with writing(path, title, head) as book:
        sheet, line = book.sheet(_("Rating items"), title, notes)
        book.headings(sheet, line, [_(COLUMN_NAMES[each]) for each in Column])
        for place, each in enumerate(Column):
            sheet.set_column(place, place, _WIDTHS[each])
        sheet.freeze_panes(line + 1, 0)
        first = line + 1
        for place, item in enumerate(items):
            _write_item(book, sheet, first + place, item)
        last = first + max(len(items), EMPTY_ROWS) - 1
        if not items:
            _write_room(book, sheet, first, last)
        column = list(Column).index(Column.PART)
        parts = [_(PART_NAMES[each]) for each in Part]
        sheet.data_validation(
            *(first, column, last, column), {"validate": "list", "source": parts}
        )


def _write_item(book: Book, sheet: "Worksheet", line: int, item: Item) -> None:
    told = {
        Column.CODE: item.code,
        Column.PART: _(PART_NAMES[item.part]),
        Column.SECTION: item.section,
        Column.NAME: item.name,
        Column.POINTS: Decimal(item.hundredths) / ONE,
        Column.METHOD: item.method,
        Column.EVIDENCE: item.evidence,
    }
    for place, each in enumerate(Column):
        book.write(sheet, line, place, told[each], text_wrap=True)


def _write_room(book: Book, sheet: "Worksheet", first: int, last: int) -> None:
    """Box empty rows; codes are text, or 1.10 would turn into 1.1."""
    for line in range(first, last + 1):
        for place, each in enumerate(Column):
            shape = {} if each is Column.POINTS else {"num_format": "@"}
            book.write(sheet, line, place, None, text_wrap=True, **shape)

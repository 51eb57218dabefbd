"""The inspector's folder as a workbook: the front page, then a sheet for each list."""

from collections.abc import Callable
from pathlib import Path

from carehome.i18n import _
from carehome.reports.book import Book, add_table, writing
from carehome.reports.safety_folder import Folder
from carehome.reports.sheet import Letterhead

Step = Callable[[int, int], None]


def write_folder_workbook(
    path: Path, folder: Folder, head: Letterhead, step: Step
) -> None:
    """Write the folder as xlsx; `step` is told of the rows and may end it all."""
    tables = [
        (f"{number}.{place} {table.title}", table)
        for number, part in enumerate(folder.parts, start=1)
        for place, table in enumerate(part.tables, start=1)
    ]
    with writing(path, folder.title, head) as book:
        _front(book, folder)
        for name, table in tables:
            add_table(book, name, table, (folder.span,), step)


def _front(book: Book, folder: Folder) -> None:
    """Write the numbers and the gaps, as on the front page, and what each part says."""
    notes = [folder.span, folder.made]
    sheet, line = book.sheet(_("Overview"), folder.title, notes)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 90)
    for figure in folder.figures:
        for place, value in enumerate((figure.name, figure.number, figure.note)):
            book.write(sheet, line, place, value, bold=place == 1, text_wrap=True)
        line += 1
    told = [(_("What is missing or late"), folder.gaps)]
    told += [(part.title, part.told) for part in folder.parts]
    for title, sentences in told:
        for text in sentences:
            book.write(sheet, line, 0, title, bold=True)
            book.write(sheet, line, 1, None)
            book.write(sheet, line, 2, text, text_wrap=True)
            line += 1

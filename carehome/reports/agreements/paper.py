"""An agreement on paper: the text of a Word document in the house style."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports import fonts
from carehome.reports.agreements.reading import cells
from carehome.reports.grid import PAD
from carehome.reports.sheet import (
    A4,
    MM,
    PALE,
    SMALL,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

LEFT, RIGHT, TOP, BOTTOM = 25.0, 185.0, 24.0, 20.0  # millimetres
WIDTH = RIGHT - LEFT
BODY, CELL = 10.5, 9.5
SIZES = {"Title": 18.0, "Heading 1": 11.5, "Heading 2": 13.0}
INDENT = 2 * BODY / MM  # two characters, as Chinese paragraphs begin
LINE = 1.18  # of the usual leading: an agreement is read, not skimmed
SIGN = 13.0  # room to sign in


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that stays on one page; `keep` ties it to what comes next."""

    height: float
    draw: Callable[[Sheet, float], None]
    keep: bool = False
    begins_page: bool = False


def write_agreement(
    path: Path, content: bytes, title: str, foot: str, home: Letterhead
) -> None:
    """Write the text of a filled document as a PDF; `foot` stands on every page."""
    fonts.glyphs()
    pages = list(_pages(_pieces(content)))
    with drawing(path, title, A4, home) as sheet:
        for number, pieces in enumerate(pages, 1):
            with sheet.page(number, len(pages), foot):
                _head(sheet)
                y = TOP
                for piece in pieces:
                    piece.draw(sheet, y)
                    y += piece.height


def _head(sheet: Sheet) -> None:
    sheet.text(LEFT, 14, sheet.head.home, SMALL, tone=PALE)
    sheet.right(RIGHT, 14, sheet.head.contact, SMALL, tone=PALE)
    sheet.rule(LEFT, RIGHT, 16)


def _pieces(content: bytes) -> list[Piece]:
    """Take a document apart in the order in which it is read."""
    import docx  # noqa: PLC0415 - heavy, needed to print
    from docx.table import Table  # noqa: PLC0415

    pieces: list[Piece] = []
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            pieces += _table(part)
            pieces.append(Piece(2, lambda _sheet, _y: None))
        else:
            pieces += _paragraph(part)
    return pieces


def _paragraph(paragraph: Paragraph) -> Iterator[Piece]:
    """Yield the lines of a paragraph, the space around it in the outer ones."""
    style = (paragraph.style.name or "") if paragraph.style else ""
    size = SIZES.get(style, BODY)
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = style in SIZES or bool(runs and all(run.bold for run in runs))
    indent = INDENT if (paragraph.paragraph_format.first_line_indent or 0) > 0 else 0.0
    step = leading(size) * LINE
    lines = list(_lines(paragraph.text, size, bold=bold, indent=indent))
    alignment = paragraph.alignment
    if alignment is None and paragraph.style:
        alignment = paragraph.style.paragraph_format.alignment
    heads = style in SIZES
    above = 3.0 if heads else 0.0
    for place, text in enumerate(lines):
        x = LEFT + (indent if place == 0 else 0)
        write = _writer(alignment, x, text, size, bold)
        first, last = place == 0, place == len(lines) - 1
        top = above if first else 0.0
        below = 1.2 if last else 0.0
        yield Piece(
            top + step + below,
            _lowered(write, top + size / MM),
            # A paragraph leaves at least two lines on either page.
            keep=heads or (len(lines) > 1 and place in (0, len(lines) - 2)),
            begins_page=first and bool(paragraph.paragraph_format.page_break_before),
        )


def _lines(text: str, size: float, *, bold: bool, indent: float) -> Iterator[str]:
    """Break a paragraph, whose first line is shorter by the indent."""
    for part in text.split("\n"):
        head = broken(part, WIDTH - indent, size, bold=bold)
        if len(head) == 1 or not indent:
            yield from head
        else:
            rest = part[len(head[0]) :].lstrip()
            yield head[0]
            yield from broken(rest, WIDTH, size, bold=bold)


def _writer(
    alignment: int | None, x: float, text: str, size: float, bold: bool
) -> Callable[[Sheet, float], None]:
    """Return what writes a line where its paragraph wants it."""

    def write(sheet: Sheet, y: float) -> None:
        if alignment == _CENTRE:
            sheet.centre((LEFT + RIGHT) / 2, y, text, size, bold=bold)
        elif alignment == _RIGHT:
            sheet.right(RIGHT, y, text, size, bold=bold)
        else:
            sheet.text(x, y, text, size, bold=bold)

    return write


_CENTRE, _RIGHT = 1, 2  # as Word counts alignments


def _lowered(
    write: Callable[[Sheet, float], None], by: float
) -> Callable[[Sheet, float], None]:
    return lambda sheet, y: write(sheet, y + by)


def _table(table: Table) -> Iterator[Piece]:
    """Yield the rows of a table; one without rules is a place to sign."""
    rows = cells(table)
    if not rows:
        return
    has_rules = "Grid" in ((table.style.name or "") if table.style else "")
    widths = _widths(table, len(rows[0]))
    for place, texts in enumerate(rows):
        lines = [
            broken(text, width - 2 * PAD, CELL if has_rules else BODY, bold=False)
            for text, width in zip(texts, widths, strict=True)
        ]
        if has_rules:
            yield _ruled_row(lines, widths, is_head=place == 0)
        else:
            yield _sign_row(lines, widths, keep=place < len(rows) - 1)


def _widths(table: Table, count: int) -> list[float]:
    """Share the width of the page as the columns of the table do."""
    told = [int(column.width or 0) for column in table.columns]
    whole = sum(told)
    if len(told) != count or not whole or not all(told):
        return [WIDTH / count] * count
    return [WIDTH * each / whole for each in told]


def _ruled_row(
    lines: Sequence[Sequence[str]], widths: Sequence[float], is_head: bool
) -> Piece:
    step = leading(CELL) * 1.05
    height = step * max(map(len, lines)) + 2.6

    def draw(sheet: Sheet, y: float) -> None:
        if is_head:
            sheet.fill(LEFT, y, WIDTH, height)
            sheet.rule(LEFT, RIGHT, y)
        x = LEFT
        for cell, width in zip(lines, widths, strict=True):
            for place, text in enumerate(cell):
                level = y + 1.0 + CELL / MM + place * step
                sheet.text(x + PAD, level, text, CELL, bold=is_head)
            x += width
        sheet.rule(LEFT, RIGHT, y + height)

    return Piece(height, draw, keep=is_head)


def _sign_row(
    lines: Sequence[Sequence[str]], widths: Sequence[float], keep: bool
) -> Piece:
    step = leading(BODY)

    def draw(sheet: Sheet, y: float) -> None:
        x = LEFT
        for cell, width in zip(lines, widths, strict=True):
            for place, text in enumerate(cell):
                sheet.text(x, y + 6 + place * step, text, BODY)
            x += width

    return Piece(max(SIGN, step * max(map(len, lines)) + 3), draw, keep=keep)


def _pages(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Share pieces out over pages; what is kept with the next one goes along."""
    room = A4[1] - TOP - BOTTOM
    start, used, place = 0, 0.0, 0
    while place < len(pieces):
        piece = pieces[place]
        full = used + piece.height > room
        if place > start and (full or piece.begins_page):
            end = place
            while full and end > start + 1 and pieces[end - 1].keep:
                end -= 1
            if pieces[end - 1].keep and full:
                end = place  # all of the page is kept together: break it anyway
            yield pieces[start:end]
            start, used, place = end, 0.0, end
            continue
        used += piece.height
        place += 1
    yield pieces[start:]


def edition_note(edition: str) -> str:
    """Say at the foot with which text an agreement was drawn up."""
    return _("Text: {edition}").format(edition=edition)

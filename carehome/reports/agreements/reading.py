"""Reading a Word document in the order in which a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph


def paragraphs(document: Document) -> Iterator[tuple[Paragraph, bool]]:
    """Yield every paragraph of the body, its tables, heads and feet.

    Beside each stands whether it is one of the body itself, as headings are.
    """
    yield from _within(document, is_body=True)
    for section in document.sections:
        for edge in (section.header, section.footer):
            yield from _within(edge, is_body=False)


def cells(table: Table) -> list[list[str]]:
    """Return the texts of a table; a cell over several columns is told once."""
    rows = []
    for row in table.rows:
        seen: list[object] = []
        texts = []
        for cell in row.cells:
            whole = cell._tc  # noqa: SLF001 - merged cells share it
            texts.append("" if any(whole is each for each in seen) else cell.text)
            seen.append(whole)
        rows.append(texts)
    return rows


def _within(
    whole: Document | BlockItemContainer, is_body: bool
) -> Iterator[tuple[Paragraph, bool]]:
    for paragraph_or_table in whole.iter_inner_content():
        if hasattr(paragraph_or_table, "rows"):
            for row in paragraph_or_table.rows:
                for cell in row.cells:
                    yield from _within(cell, is_body=False)
        else:
            yield paragraph_or_table, is_body

"""The model text of the agreement as a Word document that the home can edit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from carehome.reports.agreements.packing import packed
from carehome.rules import agreement_text
from carehome.rules.agreement_text import ListTable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

SONG, HEI = "SimSun", "SimHei"  # fonts that Word and WPS bring along in China
BODY, HEAD, TITLE = 11, 12, 20
AIR = 1.35  # line spacing


@cache
def model_document() -> bytes:
    """Return the model text as the bytes of a .docx file with fields to fill."""
    from docx import Document as begin  # noqa: N813, PLC0415 - heavy, a function

    document: Document = begin()
    _set_page(document)
    _set_styles(document)
    signatures: Table | None = None
    for kind, *told in agreement_text.model().blocks:
        if kind != "sign":
            signatures = None
            _BLOCKS[kind](document, *told)
        else:
            signatures = _sign(document, signatures, *told)
    return packed(document)


def _set_page(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot.add_run())


def _page_number(run: Any) -> None:
    """Let Word write the number of the page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for kind in ("begin", "", "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        run._r.append(mark)  # noqa: SLF001 - python-docx knows no fields


def _set_styles(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    for name, font, size in (
        ("Normal", SONG, BODY),
        ("Heading 1", HEI, HEAD),
        ("Heading 2", HEI, HEAD + 2),
        ("Title", HEI, TITLE),
    ):
        style: Any = document.styles[name]
        style.font.size, style.font.bold = Pt(size), font == HEI
        style.font.color.rgb = RGBColor(0, 0, 0)
        _name_font(style, font)
        shape = style.paragraph_format
        shape.space_before = Pt(8 if font == HEI else 0)
        shape.space_after = Pt(4 if font == HEI else 2)
        shape.line_spacing = AIR
        shape.keep_with_next = font == HEI
    title: Any = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.element.pPr.findall(f"{{{_W}}}pBdr"):
        title.element.pPr.remove(border)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _name_font(style: Any, font: str) -> None:
    """Name the font for Chinese and for Latin letters; themes would win over names."""
    style.font.name = font
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for letters in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(f"{{{_W}}}{letters}", font)


def _text(document: Document, text: str) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)


def _title(document: Document, text: str) -> None:
    document.add_paragraph(text, "Title")


def _notice(document: Document, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = True


def _right(document: Document, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _clause(document: Document, _code: str, text: str) -> None:
    document.add_paragraph(text, "Heading 1")


def _annex(document: Document, text: str) -> None:
    heading = document.add_paragraph(text, "Heading 2")
    annexes = document.element.body.xpath(".//w:pStyle[@w:val='Heading2']")
    heading.paragraph_format.page_break_before = len(annexes) == 1


def _if(document: Document, name: str, text: str) -> None:
    document.add_paragraph(f"{{%p if {name} %}}")
    _text(document, text)
    document.add_paragraph("{%p endif %}")


def _loop(document: Document, name: str, row: str, text: str) -> None:
    document.add_paragraph(f"{{%p for {row} in {name} %}}")
    _text(document, text)
    document.add_paragraph("{%p endfor %}")


def _table(document: Document, name: str) -> None:
    told: ListTable = agreement_text.model().tables[name]
    table = document.add_table(4, len(told.columns), "Table Grid")
    begin = f"{{%tr for {told.row_name} in {told.list_name} %}}"
    table.cell(1, 0).text = begin
    table.cell(3, 0).text = "{%tr endfor %}"
    for place, (title, field, _share) in enumerate(told.columns):
        head = table.cell(0, place).paragraphs[0]
        head.add_run(title).bold = True
        table.cell(2, place).text = f"{{{{{told.row_name}.{field}}}}}"
    _set_widths(table, [share for _title, _field, share in told.columns])


def _set_widths(table: Table, shares: list[int]) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    table.autofit = False
    for place, share in enumerate(shares):
        table.columns[place].width = Mm(160 * share / 100)
        for cell in table.columns[place].cells:
            cell.width = Mm(160 * share / 100)


def _sign(document: Document, table: Table | None, left: str, right: str) -> Table:
    """Add a line for each party to sign on, beside each other."""
    from docx.shared import Mm  # noqa: PLC0415

    if table is None:
        document.add_paragraph()
        table = document.add_table(0, 2)
    row = table.add_row()
    row.height = Mm(13)
    row.cells[0].text, row.cells[1].text = left, right
    return table


_BLOCKS: dict[str, Callable[..., None]] = {
    "title": _title,
    "notice": _notice,
    "right": _right,
    "text": _text,
    "clause": _clause,
    "annex": _annex,
    "if": _if,
    "loop": _loop,
    "table": _table,
}

"""Tables saved as text (csv), read into plain values.

Which sign parts the cells is not asked and not guessed: the text is returned as a
sheet for each sign that may, and whoever knows the titles takes the one that fits.
"""

import csv
import re
from io import StringIO
from pathlib import Path

from carehome.errors import Trouble
from carehome.i18n import N_
from carehome.rules.sheets import Sheet, sheet
from carehome.sheets import workbook

SIGNS = (",", "\t", ";", "|")
MOST_BYTES = 16 * 2**20  # of a text; a year of a busy account has some megabytes
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # what Excel calls text in Unicode
_CHINESE = re.compile("[\u4e00-\u9fff]")
_SURELY_UTF8 = 4  # Chinese characters that other encodings do not yield by chance
_LONGEST_CELL = 2**17
_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
    r"<(!doctype\s+html|html|head|meta|style|body|table|div)\b",
    re.IGNORECASE | re.DOTALL,
)


class ForeignEncoding(Trouble):
    """The bytes are neither UTF-8 nor marked UTF-16 nor GB18030."""

    text = N_(
        "Row {row} of {file} holds characters that are neither UTF-8 nor GB18030. Open "
        "the file in Excel or WPS, save it as an Excel workbook (.xlsx) and read that "
        "one in."
    )


class BrokenText(Trouble):
    """A quoted cell that never ends, or is longer than any."""

    text = N_(
        "Row {row} of {file} cannot be parted into cells. Download the file again, or "
        "save it as an Excel workbook (.xlsx)."
    )


class PaperFile(Trouble):
    """A paper to be printed, whatever its name says."""

    text = N_(
        "{file} is a PDF, a paper to be printed, not a table. In online banking, "
        "export the statement again as Excel (.xlsx) or text (.csv)."
    )


class WebPage(Trouble):
    """A web page that was merely named as a workbook."""

    text = N_(
        "{file} is a web page (HTML) that is only named like a table. Open it in Excel "
        "or WPS and save it as an Excel workbook (.xlsx), or export the statement "
        "again in online banking as .xlsx or .csv."
    )


def read_any(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook or of a text, whatever the file is called."""
    content = _content(path)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or not content:
        return workbook.read(path)
    if content.startswith(b"%PDF"):
        raise PaperFile(file=path.name)
    text = decode(content, path.name)
    if _PAGE.match(text):
        raise WebPage(file=path.name)
    return tuple(_parted(text, sign, path.name) for sign in SIGNS if sign in text)


def decode(content: bytes, file: str) -> str:
    """Return the text of bytes in UTF-8, marked UTF-16 or GB18030.

    The row that is in none of them is named.
    """
    if content.startswith(_UTF16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            before = content[: error.start].decode("utf-16", "replace")
            raise ForeignEncoding(file=file, row=before.count("\n") + 1) from error
    if b"\0" in content:
        at = content.find(b"\0")
        raise ForeignEncoding(file=file, row=_row(content, at))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind the mark that some programs begin UTF-8 with.
        marked = content.startswith(_UTF8_MARK)
        at = error.start + (len(_UTF8_MARK) if marked else 0)
        before = content[:at].decode("utf-8")
        if marked or len(_CHINESE.findall(before)) >= _SURELY_UTF8:
            raise ForeignEncoding(file=file, row=_row(content, at)) from error
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ForeignEncoding(file=file, row=_row(content, error.start)) from error


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > workbook.MOST_BYTES:
            raise workbook.TooLarge(file=path.name)
        content = path.read_bytes()
    except OSError as cause:
        raise workbook.NotReadable(file=path.name) from cause
    if not content.startswith(b"PK") and len(content) > MOST_BYTES:
        raise workbook.TooLarge(file=path.name)
    return content


def _parted(text: str, sign: str, file: str) -> Sheet:
    """Return a text as a sheet whose cells are parted by a sign."""
    rows: list[list[str | None]] = []
    lines = csv.reader(StringIO(text, newline=""), delimiter=sign)
    try:
        for cells in lines:
            if any(len(cell) > _LONGEST_CELL for cell in cells):
                raise BrokenText(file=file, row=len(rows) + 1)
            rows.append([cell if cell.strip() else None for cell in cells])
    except csv.Error as cause:
        raise BrokenText(file=file, row=len(rows) + 1) from cause
    return sheet(file, rows)


def _row(content: bytes, at: int) -> int:
    """Count the rows up to a byte, as people do."""
    return content.count(b"\n", 0, at) + 1

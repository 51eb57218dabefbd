"""Workbooks of the home's own, read into plain values.

openpyxl is imported when the first workbook is read: the start must not wait for it.
"""

import re
import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zipfile import BadZipFile, ZipFile

from carehome.errors import Trouble
from carehome.i18n import N_
from carehome.rules.sheets import DAY_ZERO, DAY_ZERO_1904, Area, Sheet, Value, sheet

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 64 * 2**20  # of the file; a roll has some hundred kilobytes
MOST_TEXTS = 256 * 2**20  # of its shared texts unpacked, which are all read at once
MOST_CELLS = 2_000_000  # with the blank formatted ones
BLANK_RUN = 1_000  # blank rows in a row end the sheet: many claim 1,048,576 rows
_CHUNK = 2**20
_OVERLAP = 512  # longer than any tag looked for
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"'](\w+):(\w+)[\"']", re.ASCII)
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s([^>]*?\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_ESCAPED = re.compile(r"_x000[dD]_\n?")
# What openpyxl, zipfile and either XML parser (both: SyntaxError) raise for files
# that are not sound.
_DAMAGE = (
    *(BadZipFile, SyntaxError, zlib.error, EOFError, OSError, NotImplementedError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError),
)


class NotReadable(Trouble):
    """The system does not hand the file out."""

    text = N_(
        "{file} cannot be opened. See whether it is still there and whether another "
        "program keeps it locked, then try again."
    )


class NotWorkbook(Trouble):
    """The file is something else, whatever its name says."""

    text = N_(
        "{file} is not an Excel workbook. Open it in Excel or WPS and save it as an "
        "Excel workbook (.xlsx)."
    )


class TextFile(Trouble):
    """A text or a web page that was merely named .xlsx."""

    text = N_(
        "{file} is a text file, not an Excel workbook. Open it in Excel or WPS and "
        "save it as an Excel workbook (.xlsx)."
    )


class OldWorkbook(Trouble):
    """A workbook in a format before 2007, in the binary one or in that of WPS."""

    text = N_(
        "{file} is in an older or other format (.xls, .et, .xlsb). Open it in Excel or "
        "WPS and save it as an Excel workbook (.xlsx)."
    )


class Protected(Trouble):
    """A workbook that opens only with a password."""

    text = N_(
        "{file} is protected by a password. Open it in Excel or WPS, remove the "
        "password and save it again."
    )


class Damaged(Trouble):
    """A workbook that breaks off or contradicts itself."""

    text = N_(
        "{file} is damaged or was saved in an unusual way. Open it in Excel or WPS, "
        "save it under a new name as an Excel workbook (.xlsx) and try that one."
    )


class TooLarge(Trouble):
    """A workbook far larger than any list of a home."""

    text = N_(
        "{file} is too large. Copy only the table itself into a new workbook and try "
        "that one."
    )


def read(path: Path) -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook; a Trouble says what is wrong with it."""
    content = _content(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on styles and extensions
        try:
            _look_inside(content, path.name)
            return tuple(_sheets(content, path.name))
        except _DAMAGE as cause:
            raise Damaged(file=path.name) from cause


def _content(path: Path) -> bytes:
    """Return the bytes of a file that at least begins like a workbook."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TooLarge(file=path.name)
        content = path.read_bytes()
    except OSError as cause:
        raise NotReadable(file=path.name) from cause
    if content.startswith(_OLE):
        kind = Protected if _ENCRYPTED in content else OldWorkbook
        raise kind(file=path.name)
    if not content.startswith(_ZIP):
        is_text = bool(content) and b"\0" not in content[:4096]
        raise (TextFile if is_text else NotWorkbook)(file=path.name)
    return content


def _look_inside(content: bytes, name: str) -> None:
    """Refuse what is packed like a workbook and is none, or is far too large."""
    with ZipFile(BytesIO(content)) as archive:
        sizes = {info.filename.lower(): info.file_size for info in archive.infolist()}
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise Protected(file=name)
    if "xl/workbook.bin" in sizes:
        raise OldWorkbook(file=name)
    if "[content_types].xml" not in sizes or not any(
        part.startswith("xl/") for part in sizes
    ):
        raise NotWorkbook(file=name)
    pages = sum(size for part, size in sizes.items() if "/worksheets/" in part)
    if sum(sizes.values()) - pages > MOST_TEXTS:
        raise TooLarge(file=name)


def _sheets(content: bytes, file: str) -> Iterator[Sheet]:
    """Read every visible sheet that holds cells, and nothing else of the workbook."""
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - slow to import
    from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: PLC0415
    from openpyxl.utils.datetime import MAC_EPOCH  # noqa: PLC0415
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # noqa: PLC0415

    reader = ExcelReader(
        BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    day_zero = DAY_ZERO_1904 if reader.wb.epoch == MAC_EPOCH else DAY_ZERO
    pages = list(reader.parser.find_sheets())
    if not pages:  # as in the strict variety of the format, which openpyxl cannot read
        raise Damaged(file=file)
    for page, part in pages:
        if page.state != "visible" or not part.Type.endswith("/worksheet"):
            continue
        source = ReadOnlyWorksheet(
            reader.wb, page.name, part.target, reader.shared_strings
        )
        rows = _rows(source, file)
        merged, hidden = _layout(reader.archive, part.target)
        yield sheet(page.name, rows, merged, hidden, day_zero)


def _rows(page: "ReadOnlyWorksheet", file: str) -> list[list[Value]]:
    """Return the values of a sheet without the blank rows that follow its end."""
    page.reset_dimensions()  # many programs write a wrong one
    rows: list[list[Value]] = []
    end = cells = 0
    for row in cast("Worksheet", page).iter_rows(values_only=True):
        values = [_value(value) for value in row]
        cells += len(values)
        if cells > MOST_CELLS:
            raise TooLarge(file=file)
        rows.append(values)
        if any(value is not None for value in values):
            end = len(rows)
        elif len(rows) - end >= BLANK_RUN:
            break
    return rows[:end]


def _value(raw: object) -> Value:
    """Return a cell's value; text that shows nothing is blank."""
    if isinstance(raw, str):
        text = _ESCAPED.sub("\n", raw)
        return text if text.strip() else None
    if isinstance(raw, time | timedelta):
        return str(raw)
    if isinstance(raw, bool | int | float | datetime | date):
        return raw
    return None


def _layout(archive: ZipFile, part: str) -> tuple[list[Area], set[int]]:
    """Return the merged areas and hidden rows, which openpyxl tells only when slow."""
    merged: dict[bytes, Area] = {}
    hidden: set[int] = set()
    rest = b""
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            text = rest + chunk
            if b"mergeCell" in text:
                for area in _MERGED.finditer(text):
                    merged[area[0]] = _area(area[1].decode(), area[2].decode())
            if b"hidden=" in text:
                rows = (_ROW_NUMBER.search(row[1]) for row in _HIDDEN.finditer(text))
                hidden.update(int(number[1]) for number in rows if number)
            rest = text[-_OVERLAP:]
    return list(merged.values()), hidden


def _area(first: str, last: str) -> Area:
    """Return the merged area between two corners such as A1 and S1."""
    from openpyxl.utils.cell import coordinate_to_tuple  # noqa: PLC0415

    top, left = coordinate_to_tuple(first)
    bottom, right = coordinate_to_tuple(last)
    return Area(top, left - 1, bottom, right - 1)

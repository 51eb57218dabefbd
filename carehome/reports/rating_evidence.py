"""The evidence of a submission: one PDF in the order of items, and a zip of folders."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.reports import fonts
from carehome.reports.binding import Binding, Jump, Mark
from carehome.reports.binding_source import STRIP, Source
from carehome.reports.files import whole
from carehome.reports.pictures import PictureBroken, page_of
from carehome.reports.sheet import (
    A4,
    A4_WIDE,
    BODY,
    MM,
    PALE,
    RED,
    SMALL,
    Letterhead,
    Sheet,
)

Step = Callable[[int, int, str], None]
SHARP = 2400  # pixels of a picture's long side: A4 at 200 dots an inch
LONGEST = 50  # signs of a name of a folder: Windows takes 260 for the whole way
_LINES, _LINE, _FIRST = 36, 6.8, 34.0  # contents: lines a page, their height, the first
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_PACKED = (".jpg", ".jpeg", ".png", ".pdf", ".zip", ".docx", ".xlsx")
_BROKEN = (
    *(PyPdfError, DependencyError, ValueError, LookupError, TypeError),
    *(AttributeError, RecursionError, NotImplementedError, zlib.error, PictureBroken),
)


class EvidenceUnreadable(Refusal):
    """Some evidence is broken or locked; nothing is exported without it."""

    text = N_(
        "Nothing was exported. {count} {count:file is|files are} damaged or locked "
        "with a password: {files}. Save each anew without a password, and attach it "
        "again."
    )


class _Locked(Exception):
    """A PDF asks for a password."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: how it is named, where it belongs, and what brings it."""

    label: str
    title: str
    file_name: str
    codes: str
    folders: tuple[str, ...]
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class _Bound:
    """A piece with its first page and how many it has."""

    piece: Piece
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What stands in the margin of one page, under a number reserved for it."""

    number: int
    lies: bool
    left: str
    right: str


class EvidenceBook:
    """Binds pieces one after the other, and packs them into folders as they come."""

    def __init__(self, binding: Binding, packed: ZipFile, made: date) -> None:
        self._binding = binding
        self._packed = packed
        self._day = (made.year, made.month, made.day, 0, 0, 0)
        self.bound: list[_Bound] = []
        self.stamps: list[_Stamp] = []
        self.unreadable: list[str] = []

    def add(self, piece: Piece, step: Callable[[], None]) -> None:
        """Bind a piece; one that cannot be read is named, and the rest looked at."""
        content = piece.load()
        first = self._binding.pages
        try:
            self._bind(piece, _as_pdf(piece, content), step)
        except _Locked:
            text = _("{label} “{file}” (password)")
            self.unreadable.append(text.format(label=piece.label, file=piece.file_name))
        except _BROKEN:
            text = _("{label} “{file}” (damaged)")
            self.unreadable.append(text.format(label=piece.label, file=piece.file_name))
        self.bound.append(_Bound(piece, first, self._binding.pages - first))
        self._pack(piece, content)

    def _bind(self, piece: Piece, content: bytes, step: Callable[[], None]) -> None:
        if b"%%EOF" not in content:  # cut off; what is left of it would be half
            raise ValueError(piece.file_name)
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _Locked
        source = Source(self._binding)
        pages = len(reader.pages)
        if not pages:
            raise ValueError(piece.file_name)
        for place, page in enumerate(reader.pages, start=1):
            step()
            number = self._binding.reserve()
            lies = source.bind_small(page, number)
            left = _("{label}  {title}").format(label=piece.label, title=piece.title)
            if pages > 1:
                left = _("{name} ({place} of {count})").format(
                    name=left, place=place, count=pages
                )
            right = _place_of(piece, self._binding.pages)
            self.stamps.append(_Stamp(number, lies, left, right))

    def _pack(self, piece: Piece, content: bytes) -> None:
        name = f"{piece.label} {piece.title}"
        suffix = Path(piece.file_name).suffix.lower()
        parts = [*map(_safe, piece.folders), _safe(name) + suffix]
        info = ZipInfo("/".join(parts), self._day)
        kind = ZIP_STORED if suffix in _PACKED else ZIP_DEFLATED
        self._packed.writestr(info, content, kind)


def write_evidence(
    book: Path,
    archive: Path,
    pieces: Sequence[Piece],
    head: Letterhead,
    made: date,
    remark: str,
    step: Step,
) -> int:
    """Write evidence as a PDF and as a zip; return its pages.

    Both appear only when every piece went well; `step` may end it all by raising.
    """
    title = _("Evidence")
    with _both(book, archive) as (file, packed):
        binding = Binding(file)
        evidence = EvidenceBook(binding, packed, made)
        for done, piece in enumerate(pieces):
            text = f"{piece.label} {piece.title}"
            evidence.add(piece, partial(step, done, len(pieces), text))
        if evidence.unreadable:
            files = _("; ").join(evidence.unreadable)
            raise EvidenceUnreadable(count=len(evidence.unreadable), files=files)
        step(len(pieces), len(pieces), _("Numbers in the margins"))
        for lies in (False, True):
            stamps = [each for each in evidence.stamps if each.lies is lies]
            _stamp(binding, stamps, head, remark)
        _contents(binding, evidence.bound, head, remark)
        binding.close(title, head.home, list(_marks(evidence.bound)))
        return binding.pages


def _place_of(piece: Piece, page: int) -> str:
    """Say to which items a page belongs, and which one it is."""
    if piece.codes:
        return _("{codes} \u00b7 page {page}").format(codes=piece.codes, page=page)
    return _("The home as a whole \u00b7 page {page}").format(page=page)


@contextmanager
def _both(book: Path, archive: Path) -> Iterator[tuple[BinaryIO, ZipFile]]:
    with (
        whole(book) as bound,
        whole(archive) as packed,
        bound.open("wb") as file,
        ZipFile(packed, "w") as zipped,
    ):
        yield file, zipped


def _as_pdf(piece: Piece, content: bytes) -> bytes:
    """Return a piece as pages: a PDF as it is, a picture on a page, else a word."""
    if b"%PDF-" in content[:1024]:
        return content
    if Path(piece.file_name).suffix.lower() == ".pdf":
        raise ValueError(piece.file_name)
    try:
        with Image.open(BytesIO(content)) as picture:
            is_large = max(picture.size) > SHARP
    except UnidentifiedImageError:
        return _elsewhere(piece)
    except OSError as error:
        raise PictureBroken from error
    return page_of(_smaller(content) if is_large else content)


def _smaller(content: bytes) -> bytes:
    """Return a picture as sharp as paper can show it, with the way it was held."""
    target = BytesIO()
    try:
        with Image.open(BytesIO(content)) as picture:
            exif = picture.getexif()
            picture.draft("RGB", (SHARP, SHARP))
            picture.thumbnail((SHARP, SHARP))
            picture.convert("RGB").save(target, "JPEG", quality=85, exif=exif)
    except OSError as error:
        raise PictureBroken from error
    return target.getvalue()


def _elsewhere(piece: Piece) -> bytes:
    """Return a page that says where a file of another kind is."""
    text = _("“{file}” is neither a PDF nor a picture. It lies in the zip of folders.")

    def draw(sheet: Sheet) -> None:
        sheet.centre(sheet.width / 2, 110, piece.title, 14, bold=True)
        sheet.centre(sheet.width / 2, 122, text.format(file=piece.file_name), BODY)

    return _drawn(A4, Letterhead(""), [draw])


def _stamp(
    binding: Binding, stamps: Sequence[_Stamp], head: Letterhead, remark: str
) -> None:
    """Draw what stands in the margins of pages of one width."""
    if not stamps:
        return
    wide = (A4_WIDE if stamps[0].lies else A4)[0]
    told = _(" \u00b7 ").join(
        filter(None, (remark, _("Practice, not valid") if head.demo else ""))
    )

    def draw(stamp: _Stamp, sheet: Sheet) -> None:
        half = (sheet.right_edge - sheet.left) / 2
        sheet.fit(sheet.left, 7, half + 20, stamp.left, BODY, bold=True)
        sheet.right(sheet.right_edge, 6, stamp.right, SMALL, tone=PALE)
        sheet.right(sheet.right_edge, 10, told, SMALL, bold=True, tone=RED)
        sheet.rule(sheet.left, sheet.right_edge, STRIP - 2, 0.4)

    pages = [partial(draw, each) for each in stamps]
    strips = PdfReader(BytesIO(_drawn((wide, STRIP), head, pages)))
    source = Source(binding)
    for stamp, page in zip(stamps, strips.pages, strict=True):
        source.put_form(stamp.number, page)


def _contents(
    binding: Binding, bound: Sequence[_Bound], head: Letterhead, remark: str
) -> None:
    """Put the contents before the pages; each line leads to its piece."""
    shares = [bound[at : at + _LINES] for at in range(0, len(bound), _LINES)] or [[]]

    def draw(number: int, share: Sequence[_Bound], sheet: Sheet) -> None:
        sheet.text(sheet.left, 16, sheet.head.home, BODY, tone=PALE)
        sheet.text(sheet.left, 25, _("Contents of the evidence"), 16, bold=True)
        sheet.right(sheet.right_edge, 25, remark, BODY, bold=True, tone=RED)
        for place, each in enumerate(share):
            _entry(sheet, _FIRST + place * _LINE, each)
        if not share:
            sheet.text(sheet.left, _FIRST, _("Nothing to list."), BODY, tone=PALE)
        counted = _("Contents, page {number} of {count}")
        words = counted.format(number=number, count=len(shares))
        sheet.right(sheet.right_edge, sheet.height - 7.5, words, SMALL, tone=PALE)

    pages = [partial(draw, *each) for each in enumerate(shares, start=1)]
    source = Source(binding)
    drawn = PdfReader(BytesIO(_drawn(A4, head, pages)))
    for page, share in zip(drawn.pages, shares, strict=True):
        jumps = [
            Jump(_place(_FIRST + at * _LINE), each.first)
            for at, each in enumerate(share)
        ]
        source.bind_front(page, jumps)


def _entry(sheet: Sheet, y: float, bound: _Bound) -> None:
    piece = bound.piece
    name = _("{label}  {title}").format(label=piece.label, title=piece.title)
    sheet.fit(sheet.left, y, 118, name)
    codes = piece.codes or _("The home as a whole")
    sheet.fit(sheet.left + 120, y, 30, codes, tone=PALE)
    count = _("{count} {count:page|pages}").format(count=bound.pages)
    sheet.right(sheet.right_edge - 14, y, count, SMALL, tone=PALE)
    sheet.right(sheet.right_edge, y, str(bound.first + 1), bold=True)
    sheet.rule(sheet.left, sheet.right_edge, y + 2, 0.25)


def _place(y: float) -> tuple[float, float, float, float]:
    high = A4[1]
    return 14 * MM, (high - y - 2) * MM, (A4[0] - 14) * MM, (high - y + 4.5) * MM


def _marks(bound: Sequence[_Bound]) -> Iterator[Mark]:
    """List parts, items and pieces for the outline."""
    shown: tuple[str, ...] = ()
    for each in bound:
        folders = each.piece.folders
        for level, name in enumerate(folders):
            if folders[: level + 1] != shown[: level + 1]:
                yield Mark(name, each.first, level)
        shown = folders
        title = f"{each.piece.label} {each.piece.title}"
        yield Mark(title, each.first, len(folders))


def _drawn(
    size: tuple[float, float],
    head: Letterhead,
    pages: Sequence[Callable[[Sheet], None]],
) -> bytes:
    """Draw bare pages in memory."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - heavy

    fonts.glyphs()
    target = BytesIO()
    canvas = Canvas(target, pagesize=(size[0] * MM, size[1] * MM), invariant=1)
    sheet = Sheet(canvas, size, head)
    for draw in pages:
        with sheet.bare_page():
            draw(sheet)
    canvas.save()
    return target.getvalue()


def _safe(name: str) -> str:
    """Return a name that every system takes for a folder or file."""
    return _FORBIDDEN.sub(" ", name).strip(" .")[:LONGEST].rstrip(" .") or "_"

"""The house style that all papers share: letterhead, type, rules, seal, footer.

Places are millimetres from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.i18n import _
from carehome.reports import fonts
from carehome.reports.files import whole

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

MM = 72 / 25.4
Size = tuple[float, float]
A4: Size = (210, 297)
A4_WIDE: Size = (297, 210)
A3: Size = (297, 420)
A3_WIDE: Size = (420, 297)
A5: Size = (148, 210)
A5_WIDE: Size = (210, 148)
MARGIN = 14.0

Tone = float | tuple[float, float, float]  # grey prints crisp, red rarely
INK: Tone = 0.0
PALE: Tone = 0.38
RULE: Tone = 0.72
HAIR: Tone = 0.86
GROUND: Tone = 0.95
GHOST: Tone = 0.93
RED: Tone = (0.72, 0.16, 0.14)

BODY = 9.5
SMALL = 8.0


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What papers say about the home that hands them out."""

    home: str
    address: str = ""
    phone: str = ""
    how_to_pay: str = ""
    demo: bool = False

    @property
    def contact(self) -> str:
        """Where the home is and how to reach it, as one line."""
        call = _("Tel. {phone}").format(phone=self.phone) if self.phone else ""
        return "  ".join(filter(None, (self.address, call)))


class Sheet:
    """Pages being drawn in the house style."""

    def __init__(self, canvas: Canvas, size: Size, head: Letterhead) -> None:
        self._canvas = canvas
        self.width, self.height = size
        self.head = head
        self.left, self.right_edge = MARGIN, self.width - MARGIN
        self._clear()

    def _clear(self) -> None:
        self._letters = self._canvas.beginText()
        self._font: tuple[str, float] | None = None
        self._tone: Tone | None = None
        self._pen: tuple[float, Tone] | None = None
        self._lost: set[str] = set()

    @contextmanager
    def page(self, number: int, pages: int, foot: str = "") -> Iterator[None]:
        """Draw one page: what is drawn meanwhile, and `foot` with its number."""
        if self.head.demo:
            self._ghost(_("Practice, not valid"))
        yield
        self._footer(number, pages, foot)
        self._canvas.drawText(self._letters)
        if self.head.demo:
            self.stamp(self.width * 0.3, 14, _("Practice, not valid"), 15)
        self._canvas.showPage()
        self._clear()

    @contextmanager
    def bare_page(self) -> Iterator[None]:
        """Draw one page of labels: no footer, no stamp; each label bears its own."""
        yield
        self._canvas.drawText(self._letters)
        self._canvas.showPage()
        self._clear()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        tone: Tone = INK,
    ) -> None:
        """Write `text` with its baseline starting at `x`, `y`."""
        shown, lost = fonts.drawable(text)
        if not shown:
            return
        self._lost |= lost
        letters = self._letters
        font = (fonts.BOLD if bold else fonts.REGULAR, size)
        if font != self._font:
            letters.setFont(*font)
            self._font = font
        if tone != self._tone:
            _fill_with(letters, tone)
            self._tone = tone
        letters.setTextOrigin(x * MM, (self.height - y) * MM)
        letters.textLine(shown)

    def right(
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        tone: Tone = INK,
    ) -> None:
        """Write `text` so that it ends at `x`."""
        start = x - fonts.width(text, bold) * size / MM
        self.text(start, y, text, size, bold=bold, tone=tone)

    def centre(
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        tone: Tone = INK,
    ) -> None:
        """Write `text` with its middle at `x`."""
        start = x - fonts.width(text, bold) * size / MM / 2
        self.text(start, y, text, size, bold=bold, tone=tone)

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        tone: Tone = INK,
    ) -> float:
        """Write `text` in lines of `width`; return the baseline after the last."""
        for line in broken(text, width, size, bold=bold):
            self.text(x, y, line, size, bold=bold, tone=tone)
            y += leading(size)
        return y

    def fit(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        tone: Tone = INK,
    ) -> None:
        """Write all of `text` into `width`: smaller if need be, then on more lines."""
        needed = fonts.width(text, bold) * size / MM
        size = size * max(min(width / needed, 1), 0.7) if needed else size
        lines = broken(text, width + 0.1, size, bold=bold)
        start = y - leading(size) * (len(lines) - 1) / 2
        for place, line in enumerate(lines):
            level = start + place * leading(size)
            self.text(x, level, line, size, bold=bold, tone=tone)

    def rule(
        self, x1: float, x2: float, y: float, weight: float = 0.5, tone: Tone = RULE
    ) -> None:
        """Draw a level line."""
        self._take_pen(weight, tone)
        level = (self.height - y) * MM
        self._canvas.line(x1 * MM, level, x2 * MM, level)

    def upright(
        self, x: float, y1: float, y2: float, weight: float = 0.5, tone: Tone = RULE
    ) -> None:
        """Draw an upright line."""
        self._take_pen(weight, tone)
        top, bottom = ((self.height - y) * MM for y in (y1, y2))
        self._canvas.line(x * MM, top, x * MM, bottom)

    def fill(
        self, x: float, y: float, width: float, height: float, tone: Tone = GROUND
    ) -> None:
        """Shade a band; what is written on it stays readable in black and white."""
        _fill_with(self._canvas, tone)
        bottom = (self.height - y - height) * MM
        self._canvas.rect(x * MM, bottom, width * MM, height * MM, stroke=0, fill=1)

    def block(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a band with ink, for white words that nobody may overlook."""
        _fill_with(self._canvas, INK)
        bottom = (self.height - y - height) * MM
        self._canvas.rect(x * MM, bottom, width * MM, height * MM, stroke=0, fill=1)

    def picture(
        self, x: float, y: float, width: float, height: float, content: bytes
    ) -> None:
        """Lay a picture into a place, as large as it gets there, at its top."""
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - heavy

        image = ImageReader(BytesIO(content))
        wide, high = image.getSize()
        scale = min(width / wide, height / high)
        left = (x + (width - wide * scale) / 2) * MM
        bottom = (self.height - y - high * scale) * MM
        size = wide * scale * MM, high * scale * MM
        self._canvas.drawImage(image, left, bottom, *size)

    def box(self, x: float, y: float, side: float) -> None:
        """Draw an empty square to tick."""
        self._take_pen(0.9, INK)
        bottom = (self.height - y - side) * MM
        self._canvas.rect(x * MM, bottom, side * MM, side * MM, stroke=1, fill=0)

    def outline(
        self, points: Sequence[tuple[float, float]], weight: float, tone: Tone
    ) -> None:
        """Draw a white shape with a border through `points`."""
        self._take_pen(weight, tone)
        _fill_with(self._canvas, 1.0)
        path = self._canvas.beginPath()
        for at, (x, y) in enumerate(points):
            go = path.lineTo if at else path.moveTo
            go(x * MM, (self.height - y) * MM)
        path.close()
        self._canvas.drawPath(path, stroke=1, fill=1)

    def _take_pen(self, weight: float, tone: Tone) -> None:
        if self._pen != (weight, tone):
            self._pen = weight, tone
            self._canvas.setLineWidth(weight)
            _stroke_with(self._canvas, tone)

    def _ghost(self, text: str) -> None:
        """Write `text` large and pale behind everything."""
        canvas, size = self._canvas, self.height * 0.26
        canvas.saveState()
        canvas.translate(self.width / 2 * MM, self.height / 2 * MM)
        canvas.rotate(24)
        canvas.setFont(fonts.BOLD, size)
        _fill_with(canvas, GHOST)
        canvas.drawCentredString(0, -size / 3, text)
        canvas.restoreState()

    def stamp(self, x: float, y: float, text: str, size: float = 30) -> None:
        """Print `text` aslant in a red frame, as a rubber stamp would."""
        canvas = self._canvas
        half = fonts.width(text, bold=True) * size / 2 + size * 0.35
        canvas.saveState()
        canvas.translate(x * MM, (self.height - y) * MM)
        canvas.rotate(14)
        _stroke_with(canvas, RED)
        _fill_with(canvas, RED)
        canvas.setLineWidth(2)
        canvas.roundRect(-half, -size * 0.72, 2 * half, size * 1.44, 5)
        canvas.setFont(fonts.BOLD, size)
        canvas.drawCentredString(0, -size * 0.36, text)
        canvas.restoreState()

    def seal_place(self, x: float, y: float, radius: float = 16) -> None:
        """Show where the seal goes: a dotted ring with its middle at `x`, `y`."""
        canvas = self._canvas
        canvas.saveState()
        _stroke_with(canvas, RULE)
        canvas.setLineWidth(0.6)
        canvas.setDash(2, 2)
        canvas.circle(x * MM, (self.height - y) * MM, radius * MM)
        canvas.restoreState()
        self.centre(x, y + 1, _("Seal here"), SMALL, tone=PALE)

    def signatures(
        self, y: float, labels: Sequence[str], x1: float, x2: float, gap: float = 6
    ) -> None:
        """Lay a line to sign on after each label."""
        each = (x2 - x1 + gap) / max(len(labels), 1)
        for place, label in enumerate(labels):
            start = x1 + place * each
            shown = _("{label}:").format(label=label)
            self.text(start, y, shown, tone=PALE)
            line = start + fonts.width(shown) * BODY / MM + 1
            self.rule(line, start + each - gap, y + 1)

    def bookmark(self, title: str, number: int, level: int = 0) -> None:
        """Let readers of the file jump to this page by `title`, below a part's own."""
        own = f"{number} {title}"  # a key shared by two would bear the later title
        for key in (str(number), own):
            self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, own, level)

    def jump(self, y: float, height: float, number: int) -> None:
        """Let a line lead readers of the file to a page that bears a bookmark."""
        canvas = self._canvas
        bottom, top = (self.height - y - height) * MM, (self.height - y) * MM
        place = (self.left * MM, bottom, self.right_edge * MM, top)
        canvas.linkAbsolute("", str(number), place)

    def _footer(self, number: int, pages: int, foot: str) -> None:
        """Write the page's number; characters the font lacks are confessed here."""
        y = self.height - 7.5
        self.fit(self.left, y, self.width - 70, foot, SMALL, tone=PALE)
        counted = _("Page {number} of {count}").format(number=number, count=pages)
        self.right(self.right_edge, y, counted, SMALL, tone=PALE)
        if self._lost:
            codes = " ".join(f"U+{ord(char):04X}" for char in sorted(self._lost))
            note = _("{mark} = not in the font: {codes}").format(
                mark=fonts.MISSING, codes=codes
            )
            self.text(self.left, self.height - 4, note, 7, tone=RED)


@contextmanager
def drawing(path: Path, title: str, size: Size, head: Letterhead) -> Iterator[Sheet]:
    """Draw a PDF; it appears at `path` only when every page went well."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - heavy, needed to print

    fonts.glyphs()
    with whole(path) as part:
        points = (size[0] * MM, size[1] * MM)
        canvas = Canvas(str(part), pagesize=points, invariant=1)
        canvas.setTitle(title)
        canvas.setAuthor(head.home)
        yield Sheet(canvas, size, head)
        canvas.save()


def _fill_with(target: Canvas | PDFTextObject, tone: Tone) -> None:
    if isinstance(tone, tuple):
        target.setFillColorRGB(*tone)
    else:
        target.setFillGray(tone)


def _stroke_with(target: Canvas, tone: Tone) -> None:
    if isinstance(tone, tuple):
        target.setStrokeColorRGB(*tone)
    else:
        target.setStrokeGray(tone)


def leading(size: float) -> float:
    """Return the distance of two lines of type of `size`, in millimetres."""
    return size * 1.36 / MM


def broken(
    text: str, width: float, size: float, *, bold: bool = False
) -> tuple[str, ...]:
    """Break `text` into lines that fit into `width` millimetres."""
    return fonts.wrap(text, width * MM / size, bold)

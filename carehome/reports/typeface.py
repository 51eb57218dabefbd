"""The two weights of the house's font, as ReportLab embeds them.

Only `fonts` imports this module, and only when the first paper is drawn.
"""

import re

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

from carehome import paths

_BEYOND = re.compile(r"(?<= <)[0-9A-F]{5,6}(?=>)")
_TO_UNICODE = "toUnicodeCMap:"


class Typeface(TTFont):
    """A font whose rare characters can be searched and copied, too.

    ReportLab maps a character beyond U+FFFF to its bare number, where the format asks
    for UTF-16; readers then lose characters that people do have in their names.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """Embed the font and mend its maps from glyphs to characters."""
        super().addObjects(doc)
        for name, part in doc.idToObject.items():
            if name.startswith(_TO_UNICODE) and isinstance(part, PDFStream):
                part.content = _BEYOND.sub(_in_utf16, part.content)


def _in_utf16(found: re.Match[str]) -> str:
    return chr(int(found[0], 16)).encode("utf-16-be").hex().upper()


def register(name: str) -> frozenset[int]:
    """Make the font of that name known to ReportLab; return its characters."""
    rl_config.useA85 = 0  # streams as bytes: a fifth smaller, and quicker to write
    font = Typeface(name, str(paths.resource("fonts") / f"{name}.ttf"))
    vars(font.face).pop("glyphToChar", None)  # only for shaping: 30,000 idle lists
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)

"""The typeface of every paper: widths, line breaks, characters it lacks."""

import re
import unicodedata
from functools import cache, lru_cache

REGULAR, BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"
MISSING = "\u3013"  # the printer's geta mark: "a character belongs here"
# Words and figures with their unit stay whole; any other character may end a line,
# except that closing signs never start one and opening signs never end one.
_CLOSING = (
    "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f"
    "\uff09\u300b\u3011\u201d\u2019\u00b7%"
)
_OPENING = "\uff08\u300a\u3010\u201c\u2018\u00a5"
_WORD = r"[\x21-\x7e\u2212]+"
_MEASURE = "\u5e74\u6708\u65e5\u5929\u5143"  # year, month, day, days, yuan
_UNIT = re.compile(f"[{_OPENING}]*(?:{_WORD}[{_MEASURE}]?|.)[{_CLOSING}]*\\s*")
_SPACE = re.compile(r"\s+")


@cache
def glyphs() -> frozenset[int]:
    """Register both weights with ReportLab and return the characters they hold."""
    from carehome.reports import typeface  # noqa: PLC0415 - loads ReportLab

    return typeface.register(REGULAR) & typeface.register(BOLD)


@lru_cache(maxsize=20_000)
def drawable(text: str) -> tuple[str, frozenset[str]]:
    """Return `text` as the font can draw it and the characters that it lacks."""
    text = _SPACE.sub(" ", text).strip()
    if glyphs().issuperset(map(ord, text)):
        return text, frozenset()
    text = "".join(char for char in text if not _is_unseen(char))
    lost = frozenset(char for char in text if ord(char) not in glyphs())
    return "".join(MISSING if char in lost else char for char in text), lost


def _is_unseen(char: str) -> bool:
    """Say whether a character marks direction, joining or variants, not a shape."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"


@lru_cache(maxsize=20_000)
def width(text: str, bold: bool = False) -> float:
    """Return how wide `text` runs, in parts of the font size."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415

    shown, _lost = drawable(text)
    return float(stringWidth(shown, BOLD if bold else REGULAR, 1))


@lru_cache(maxsize=20_000)
def wrap(text: str, most: float, bold: bool = False) -> tuple[str, ...]:
    """Break `text` into lines no wider than `most` times the font size.

    Lines that the text brings along stay lines.
    """
    lines: list[str] = []
    for line in text.splitlines():
        lines.extend(_wrap_line(line, most, bold))
    return tuple(lines) or ("",)


def _wrap_line(text: str, most: float, bold: bool) -> list[str]:
    if width(text, bold) <= most:
        return [text]
    lines, current = [], ""
    for unit in _UNIT.findall(text):
        if width(current + unit, bold) <= most:
            current += unit
            continue
        if current:
            lines.append(current.rstrip())
        current = unit
        while width(current, bold) > most and len(current) > 1:
            fitting = _fitting(current, most, bold)
            lines.append(current[:fitting])
            current = current[fitting:]
    return [*lines, current.rstrip()]


def _fitting(text: str, most: float, bold: bool) -> int:
    """Count the characters of an unbreakable word that fit into one line."""
    count = 1
    while count < len(text) and width(text[: count + 1], bold) <= most:
        count += 1
    return count

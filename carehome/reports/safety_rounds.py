"""The sheet of a round: to tick on the way, and as it was filled in.

Its code, printed as a QR code too, brings back this very sheet on the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from carehome.i18n import _
from carehome.reports.grid import HEAD, PAD, flow
from carehome.reports.qr import draw_qr
from carehome.reports.sheet import (
    A4,
    BODY,
    MM,
    PALE,
    SMALL,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)

_NUMBER, _TICK, _REMARK = 9.0, 12.0, 42.0
_QR, _BOX = 25.0, 4.2
_TOP, _LATER_TOP, _FOOT, _SIGNING = 48.0, 23.0, 15.0, 27.0
_AIR = 3.0
_SECTION = 6.4


@dataclass(frozen=True, slots=True)
class ItemText:
    """One item in words; `ticked` is the place of its answer, None while open."""

    number: str
    section: str
    text: str
    hint: str = ""
    ticked: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RoundText:
    """A round in words: what stands at its head, its items, who answers for it.

    `answers` are the titles of the columns to tick; a blank sheet has no code.
    """

    code: str
    title: str
    facts: tuple[str, ...]
    answers: tuple[str, ...]
    items: tuple[ItemText, ...]
    signatures: tuple[str, ...]
    foot: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """An item broken into lines, `high` millimetres; the first bears its section."""

    item: ItemText
    title: str
    text: tuple[str, ...]
    hint: tuple[str, ...]
    remark: tuple[str, ...]
    high: float


def write_rounds(path: Path, rounds: Sequence[RoundText], head: Letterhead) -> None:
    """Write the sheets of some rounds as a PDF, each beginning a page."""
    title = rounds[0].title if len(rounds) == 1 else _("Sheets of rounds")
    with drawing(path, title, A4, head) as sheet:
        for each in rounds:
            _draw(sheet, each)


def _draw(sheet: Sheet, text: RoundText) -> None:
    blocks = list(_blocks(sheet, text))
    room = sheet.height - _FOOT - HEAD
    heights = [block.high for block in blocks]
    pages = flow(heights, room - _TOP, room - _LATER_TOP, _SIGNING)
    foot = f"{text.code}  {text.foot}".strip()
    for number, chosen in enumerate(pages, start=1):
        with sheet.page(number, len(pages), foot):
            y = _opening(sheet, text) if number == 1 else _running_head(sheet, text)
            y = _titles(sheet, text, y)
            for block in blocks[chosen.start : chosen.stop]:
                y = _block(sheet, text, block, y)
            if number == len(pages):
                _sign(sheet, text, y)


def _wide(sheet: Sheet, text: RoundText) -> float:
    """Return how wide the column of what is checked is."""
    rest = _NUMBER + _TICK * len(text.answers) + _REMARK
    return sheet.right_edge - sheet.left - rest


def _blocks(sheet: Sheet, text: RoundText) -> list[_Block]:
    wide = _wide(sheet, text) - 2 * PAD
    found: list[_Block] = []
    for section, items in groupby(text.items, lambda item: item.section):
        title = section
        for item in items:
            words = broken(item.text, wide, BODY)
            hint = broken(item.hint, wide, SMALL) if item.hint else ()
            remark = broken(item.remark, _REMARK - 2 * PAD, SMALL)
            high = len(words) * leading(BODY) + len(hint) * leading(SMALL)
            high = max(high, len(remark) * leading(SMALL), 1.4 * _BOX) + _AIR
            high += _SECTION if title else 0
            found.append(_Block(item, title, words, hint, remark, high))
            title = ""
    return found


def _opening(sheet: Sheet, text: RoundText) -> float:
    """Write what the sheet is, where and when; its code stands at the right."""
    edge = sheet.right_edge
    if text.code:
        edge -= _QR
        draw_qr(sheet, edge, 10, _QR, text.code)
        sheet.centre(edge + _QR / 2, 10 + _QR + 4.2, text.code, SMALL, bold=True)
    sheet.text(sheet.left, 14, sheet.head.home, BODY, tone=PALE)
    sheet.fit(sheet.left, 23, edge - sheet.left - 6, text.title, 17, bold=True)
    y = 30.0
    for fact in text.facts:
        sheet.fit(sheet.left, y, edge - sheet.left - 6, fact, BODY)
        y += leading(BODY) + 0.6
    return _TOP


def _running_head(sheet: Sheet, text: RoundText) -> float:
    sheet.text(sheet.left, 17, text.title, BODY, bold=True)
    sheet.right(sheet.right_edge, 17, text.code, BODY, bold=True)
    return _LATER_TOP


def _titles(sheet: Sheet, text: RoundText, y: float) -> float:
    sheet.fill(sheet.left, y, sheet.right_edge - sheet.left, HEAD)
    baseline = y + HEAD / 2 + SMALL * 0.36 / MM
    at = sheet.left + _NUMBER
    sheet.text(at + PAD, baseline, _("What is checked"), SMALL, tone=PALE)
    at += _wide(sheet, text)
    for title in text.answers:
        sheet.centre(at + _TICK / 2, baseline, title, SMALL, tone=PALE)
        at += _TICK
    sheet.text(at + PAD, baseline, _("What was seen"), SMALL, tone=PALE)
    return y + HEAD


def _block(sheet: Sheet, text: RoundText, block: _Block, y: float) -> float:
    below = y + block.high
    if block.title:
        sheet.text(sheet.left + PAD, y + 4.5, block.title, BODY, bold=True)
        y += _SECTION
        sheet.rule(sheet.left, sheet.right_edge, y, 0.35)
    _item(sheet, text, block, y, below)
    sheet.rule(sheet.left, sheet.right_edge, below, 0.35)
    return below


def _item(
    sheet: Sheet, text: RoundText, block: _Block, top: float, below: float
) -> None:
    item = block.item
    y = top + _AIR / 2 + BODY * 1.06 / MM
    at = sheet.left + _NUMBER
    sheet.text(sheet.left + PAD, y, item.number, BODY, tone=PALE)
    for line in block.text:
        sheet.text(at + PAD, y, line)
        y += leading(BODY)
    for line in block.hint:
        sheet.text(at + PAD, y - 0.3, line, SMALL, tone=PALE)
        y += leading(SMALL)
    at += _wide(sheet, text)
    middle = (top + below) / 2
    for place in range(len(text.answers)):
        left = at + (_TICK - _BOX) / 2
        sheet.box(left, middle - _BOX / 2, _BOX)
        if item.ticked == place:
            _tick(sheet, left, middle - _BOX / 2)
        at += _TICK
    y = top + _AIR / 2 + SMALL * 1.06 / MM
    for line in block.remark:
        sheet.text(at + PAD, y, line, SMALL)
        y += leading(SMALL)


def _tick(sheet: Sheet, x: float, y: float) -> None:
    """Fill the box but for its edge, so that it is seen in any copy."""
    air = _BOX * 0.2
    sheet.block(x + air, y + air, _BOX - 2 * air, _BOX - 2 * air)


def _sign(sheet: Sheet, text: RoundText, y: float) -> None:
    """Lay the lines to sign on, two beside each other."""
    y += 11
    for at in range(0, len(text.signatures), 2):
        labels = text.signatures[at : at + 2]
        sheet.signatures(y, labels, sheet.left, sheet.right_edge)
        y += 10

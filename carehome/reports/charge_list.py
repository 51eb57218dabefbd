"""A list to fill in by hand what everybody had: by day for one item, or by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from carehome.i18n import _
from carehome.reports.sheet import A4_WIDE, PALE, SMALL, Letterhead, Sheet, drawing

_TOP, _LATER_TOP, _FOOT = 32.0, 22.0, 14.0
_HEAD, _ROW, _SIGNING = 10.0, 7.6, 16.0
_BED, _NAME, _SUM, _BY = 17.0, 24.0, 14.0, 36.0
_WIDEST = 40.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column is for, and what stands below that."""

    title: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """Somebody's line: what is entered already; None is a day that is not theirs."""

    bed: str
    name: str
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class FillList:
    """A list to fill in; who did it signs below each column, or at each line's end."""

    title: str
    note: str
    headings: tuple[Heading, ...]
    lines: Sequence[Filled]
    signed_by_line: bool


def write_charge_list(path: Path, wanted: FillList, head: Letterhead) -> None:
    """Write the list across A4, its titles repeated on each page."""
    with drawing(path, wanted.title, A4_WIDE, head) as sheet:
        first = _fitting(sheet, wanted, _TOP)
        later = _fitting(sheet, wanted, _LATER_TOP)
        starts = [0, *range(first, len(wanted.lines), later)]
        for number, start in enumerate(starts, start=1):
            end = first if number == 1 else start + later
            with sheet.page(number, len(starts), sheet.head.home if start else ""):
                _draw_page(sheet, wanted, wanted.lines[start:end], is_first=not start)


def _fitting(sheet: Sheet, wanted: FillList, top: float) -> int:
    """Return how many people fit on a page that begins at `top`."""
    signing = 0 if wanted.signed_by_line else _SIGNING
    return int((sheet.height - _FOOT - top - _HEAD - signing) // _ROW)


def _draw_page(
    sheet: Sheet, wanted: FillList, lines: Sequence[Filled], is_first: bool
) -> None:
    y = _LATER_TOP
    if is_first:
        sheet.centre(sheet.width / 2, 12, sheet.head.home, 10, tone=PALE)
        sheet.centre(sheet.width / 2, 20, wanted.title, 16, bold=True)
        sheet.text(sheet.left, 28, wanted.note, tone=PALE)
        y = _TOP
    else:
        sheet.text(sheet.left, 17, wanted.title, bold=True)
    edges, top = _edges(sheet, wanted), y
    bottom = y + _HEAD + _ROW * len(lines)
    _draw_head(sheet, wanted, edges, y)
    y += _HEAD
    for line in lines:
        _draw_line(sheet, line, edges, y)
        y += _ROW
    if not wanted.signed_by_line:
        sheet.text(sheet.left + 1, y + 9, _("Who did it"), SMALL, bold=True)
        bottom += _SIGNING
        sheet.rule(sheet.left, edges[-1], bottom, 0.4)
    for x in edges:
        sheet.upright(x, top, bottom, 0.4)


def _edges(sheet: Sheet, wanted: FillList) -> list[float]:
    """Return where the upright lines stand, from the left edge to the right."""
    last = _BY if wanted.signed_by_line else _SUM
    begin = sheet.left + _BED + _NAME
    room = sheet.right_edge - begin - last
    each = min(room / max(len(wanted.headings), 1), _WIDEST)
    cells = [begin + each * at for at in range(len(wanted.headings) + 1)]
    return [sheet.left, sheet.left + _BED, *cells, cells[-1] + last]


def _draw_head(sheet: Sheet, wanted: FillList, edges: list[float], y: float) -> None:
    last = _("Who did it") if wanted.signed_by_line else _("How many times")
    sheet.fill(edges[0], y, edges[-1] - edges[0], _HEAD)
    sheet.rule(edges[0], edges[-1], y, 0.4)
    sheet.rule(edges[0], edges[-1], y + _HEAD, 0.4)
    sheet.text(edges[0] + 1, y + 6.2, _("Bed"), SMALL, bold=True)
    sheet.text(edges[1] + 1, y + 6.2, _("Name"), SMALL, bold=True)
    for x, end, heading in zip(edges[2:-2], edges[3:-1], wanted.headings, strict=True):
        middle = (x + end) / 2
        if heading.under:
            sheet.centre(middle, y + 4.4, heading.title, SMALL, bold=True)
            sheet.centre(middle, y + 8.4, heading.under, 7, tone=PALE)
        else:
            sheet.fit(x + 1, y + 6.2, end - x - 2, heading.title, SMALL, bold=True)
    sheet.text(edges[-2] + 1, y + 6.2, last, SMALL, bold=True)


def _draw_line(sheet: Sheet, line: Filled, edges: list[float], y: float) -> None:
    base = y + 5.2
    for x, end, cell in zip(edges[2:-2], edges[3:-1], line.cells, strict=True):
        if cell is None:
            sheet.fill(x, y, end - x, _ROW)
        elif cell:
            sheet.centre((x + end) / 2, base, cell)
    sheet.fit(edges[0] + 1, base, _BED - 2, line.bed, SMALL)
    sheet.fit(edges[1] + 1, base, _NAME - 2, line.name, bold=True)
    sheet.rule(edges[0], edges[-1], y + _ROW, 0.4)

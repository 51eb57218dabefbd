"""Notices to be hung up: the fees on A4 or A3, and items, guide and standards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from carehome.i18n import _, say_date, show_money
from carehome.reports.grid import PAD, Field, Grid, Row
from carehome.reports.sheet import (
    A4,
    INK,
    PALE,
    Letterhead,
    Sheet,
    Size,
    broken,
    drawing,
    leading,
)

_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)  # taken: the fewest pages, large
_GUIDED = (12.0, 11.0, 10.0, 9.0)  # where guide prices stand beside the prices
_TOP = 46.0
_LATER_TOP = 24.0
_FOOT = 14.0
_SIGNED = 34.0  # room for the telephone, the approval and the seal
_BLANK = 40.0  # a line to write on by hand


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """An item and its price in fen; a guide price names the document that sets it."""

    name: str
    unit: str
    fen: int
    guide_fen: int | None = None
    guide_source: str = ""


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """Items of one kind."""

    title: str
    items: tuple[NoticeItem, ...]


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """What a notice of fees says; what nobody has written yet is left to be filled."""

    starts: date
    groups: tuple[NoticeGroup, ...]
    terms: tuple[str, ...]
    deposits: tuple[str, ...]
    approved_by: str
    approved_on: date | None
    is_approved: bool
    complaints: str
    guide: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()

    @property
    def has_guides(self) -> bool:
        """Say whether a guide price stands beside some price."""
        items = (item for group in self.groups for item in group.items)
        return any(item.guide_fen is not None for item in items)


def write_fee_notice(
    path: Path, notice: FeeNotice, home: Letterhead, size: Size = A4
) -> None:
    """Write the public notice of fees, in type as large as the paper allows."""
    title = _("Public notice of fees")
    parts = (
        (_("Items and prices"), ()),
        (_("Given back to who is away"), notice.terms),
        (_("Deposits and prepaid fees"), notice.deposits),
    )
    _write(path, title, notice, home, size, parts)


def write_three_parts(
    path: Path, notice: FeeNotice, home: Letterhead, size: Size = A4
) -> None:
    """Write the notice of items, guide and standards (seed 003 L75)."""
    title = _("Public notice of services")
    away = (*notice.terms, *notice.deposits)
    parts = (
        (_("1. Items and fees"), ()),
        (_("2. Guide"), (*notice.guide, *away)),
        (_("3. Standards"), notice.standards),
    )
    _write(path, title, notice, home, size, parts)


Part = tuple[str, Sequence[str]]
Draw = Callable[[float], object]


def _write(
    path: Path,
    title: str,
    notice: FeeNotice,
    home: Letterhead,
    size: Size,
    parts: Sequence[Part],
) -> None:
    with drawing(path, title, size, home) as sheet:
        scale = sheet.width / A4[0]
        sizes = _GUIDED if notice.has_guides else _SIZES
        laid = [_Laid(sheet, notice, parts, each * scale, scale) for each in sizes]
        best = min(laid, key=lambda each: len(each.pages))  # the first, so the largest
        for number, page in enumerate(best.pages, start=1):
            with sheet.page(number, len(best.pages), sheet.head.contact):
                if number == 1:
                    _head(sheet, title, notice, scale)
                else:
                    sheet.text(sheet.left, 17 * scale, title, 10 * scale, bold=True)
                for y, draw in page:
                    draw(y)
                if number == len(best.pages):
                    _sign(sheet, notice, scale)
                if not notice.is_approved:
                    middle = sheet.width / 2, sheet.height * 0.45
                    sheet.stamp(*middle, _("Not approved yet"), 40 * scale)


class _Laid:
    """The pieces of a notice laid out in one size of type."""

    def __init__(
        self,
        sheet: Sheet,
        notice: FeeNotice,
        parts: Sequence[Part],
        size: float,
        scale: float,
    ) -> None:
        self.pages: list[list[tuple[float, Draw]]] = [[]]
        self._sheet, self._size, self._scale = sheet, size, scale
        self._y = _TOP * scale
        self._bottom = sheet.height - _FOOT
        (first, _none), *others = parts
        self._heading(first)
        self._items(notice)
        for title, texts in others:
            self._heading(title)
            for text in texts:
                self._paragraph(text)
        self._make_room(_SIGNED * scale)

    def _put(self, height: float, draw: Draw) -> None:
        if self._y + height > self._bottom:
            self.pages.append([])
            self._y = _LATER_TOP * self._scale
        self.pages[-1].append((self._y, draw))
        self._y += height

    def _make_room(self, high: float) -> None:
        """Leave room to sign below the last piece, on a new page if need be."""
        if self._y <= self._bottom - high:
            return
        kept = [piece for piece in self.pages[-1] if piece[0] < self._bottom - 2 * high]
        moved = self.pages[-1][len(kept) :]
        shift = moved[0][0] - _LATER_TOP * self._scale
        self.pages[-1] = kept
        self.pages.append([(y - shift, draw) for y, draw in moved])

    def _heading(self, words: str) -> None:
        size = self._size * 1.15
        self._y += leading(size) * 0.35
        self._put(leading(size) * 1.35, partial(_line, self._sheet, words, size, True))

    def _paragraph(self, text: str) -> None:
        size = self._size * 0.92
        for line in broken(text, self._sheet.right_edge - self._sheet.left, size):
            self._put(leading(size), partial(_line, self._sheet, line, size, False))

    def _items(self, notice: FeeNotice) -> None:
        wide = self._sheet.right_edge - self._sheet.left
        fields = _fields(wide, notice.has_guides)
        grid = Grid(self._sheet.left, fields, self._size, 1.6 * self._scale)
        for row in grid.lay([field.title for field in fields], bold=True):
            self._put(row.height, partial(_row, self._sheet, grid, row, True))
        above = ""
        for group in notice.groups:
            for place, item in enumerate(group.items):
                cells = ["" if place else group.title, *_cells(item)][: len(fields)]
                rows = grid.lay(cells)
                if above and above == item.guide_source:
                    short = grid.lay([*cells[:-1], _("As above")])
                    if self._y + short[0].height <= self._bottom:
                        rows = short
                above = item.guide_source
                for row in rows:
                    draw = partial(_row, self._sheet, grid, row, False)
                    self._put(row.height, draw)


def _fields(wide: float, has_guides: bool) -> tuple[Field, ...]:
    """Return the columns; guide prices and their documents take room from the rest."""
    shares = (0.12, 0.23, 0.11, 0.14) if has_guides else (0.18, 0.40, 0.20, 0.22)
    kind, item, unit, price = (share * wide for share in shares)
    fields = (
        Field(_("Kind"), kind),
        Field(_("Item"), item),
        Field(_("Unit"), unit),
        Field(_("Price (yuan)"), price, figures=True),
    )
    if not has_guides:
        return fields
    return (
        *fields,
        Field(_("Guide price (yuan)"), 0.16 * wide, figures=True),
        Field(_("Set by"), 0.24 * wide),
    )


def _cells(item: NoticeItem) -> tuple[str, ...]:
    """Return what stands beside the kind; the last two only where guides are shown."""
    guide = item.guide_fen
    shown = "" if guide is None else show_money(guide, sign=False)
    price = show_money(item.fen, sign=False)
    return (item.name, item.unit, price, shown, item.guide_source)


def _line(sheet: Sheet, text: str, size: float, bold: bool, y: float) -> None:
    sheet.text(sheet.left, y + leading(size) * 0.78, text, size, bold=bold)


def _row(sheet: Sheet, grid: Grid, row: Row, bold: bool, y: float) -> None:
    grid.rows(sheet, y, [row], bold=bold)


def _head(sheet: Sheet, title: str, notice: FeeNotice, scale: float) -> None:
    """Write the home, the title large enough for a wall, and the first day."""
    middle = sheet.width / 2
    sheet.centre(middle, 16 * scale, sheet.head.home, 13 * scale, tone=PALE)
    sheet.centre(middle, 30 * scale, title, 28 * scale, bold=True)
    starts = _("In force from {day}").format(day=say_date(notice.starts))
    sheet.centre(middle, 39 * scale, starts, 13 * scale)
    sheet.rule(sheet.left, sheet.right_edge, 43 * scale, 1.2 * scale, INK)


def _sign(sheet: Sheet, notice: FeeNotice, scale: float) -> None:
    """Write whom to call, who approved, and where the seal goes."""
    size = 11 * scale
    y = sheet.height - _FOOT - _SIGNED * scale + 9 * scale
    sheet.rule(sheet.left, sheet.right_edge, y - 7 * scale, 0.8 * scale, INK)
    day = say_date(notice.approved_on) if notice.approved_on else ""
    left = (
        (_("Questions: telephone"), sheet.head.phone),
        (_("Complaints: telephone"), notice.complaints),
        (_("Approved by"), notice.approved_by),
        (_("Approved on"), day),
    )
    for place, (label, value) in enumerate(left):
        _filled(sheet, y + place * 7.2 * scale, label, value, size)
    right = sheet.right_edge - 24 * scale
    sheet.seal_place(right, y + 9 * scale, 15 * scale)


def _filled(sheet: Sheet, y: float, label: str, value: str, size: float) -> None:
    """Write a label and its value; what is not known gets a line for the hand."""
    text = _("{label}:").format(label=label)
    sheet.text(sheet.left + PAD, y, text, size, tone=PALE)
    start = sheet.left + sheet.width * 0.22
    if value:
        sheet.text(start, y, value, size, bold=True)
    else:
        sheet.rule(start, start + _BLANK * sheet.width / A4[0], y + 1, 0.6, INK)

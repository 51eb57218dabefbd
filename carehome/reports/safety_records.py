"""Records of drills, trainings and incidents, and emergency plans to be signed.

A record is facts, stories and tables below each other, laid out before it is drawn,
so that no heading is left alone at the foot of a page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from carehome.i18n import _
from carehome.reports.grid import HEAD, PAD, Field, Grid, Row, flow
from carehome.reports.listing import texts_of
from carehome.reports.sheet import (
    A4,
    BODY,
    PALE,
    SMALL,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)
from carehome.reports.table import Table

_TOP, _LATER_TOP, _FOOT = 31.0, 22.0, 14.0
_TITLE, _GAP = 7.0, 4.0
_SIGNING, _SIGNED = 9.0, 10.0
_LABEL = 27.0  # what is left of a fact
_COLUMNS = 2
_TYPE = 9.0
_TICKED = "\u25a0", "\u25a1"

Draw = Callable[[Sheet, float], object]


@dataclass(frozen=True, slots=True)
class Story:
    """Paragraphs under a title."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """A paper in words: facts beside each other, what is told, who signs."""

    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Story | Table, ...]
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of an emergency plan: a title, a line below, and its days."""

    title: str
    line: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Something that stays in one piece, `high` millimetres.

    `grid` is the table that goes on here; its titles are said again on a new page.
    """

    high: float
    draw: Draw
    grid: Grid | None = None


def write_record(
    path: Path, record: Record, head: Letterhead, cover: Cover | None = None
) -> None:
    """Write a record as a PDF, behind a cover if it has one."""
    with drawing(path, record.title, A4, head) as sheet:
        blocks = list(_blocks(sheet, record))
        room = sheet.height - _FOOT
        rows = -(-len(record.signatures) // _COLUMNS)
        closing = _SIGNING + rows * _SIGNED
        heights = [block.high for block in blocks]
        pages = flow(heights, room - _TOP, room - _LATER_TOP - HEAD, closing)
        before = 1 if cover else 0
        count = len(pages) + before
        if cover:
            with sheet.page(1, count):
                _cover(sheet, cover)
        for number, chosen in enumerate(pages, start=1):
            with sheet.page(number + before, count, record.number):
                y = _opening(sheet, record) if number == 1 else _running(sheet, record)
                going_on = blocks[chosen.start].grid if number > 1 else None
                y = going_on.head(sheet, y) if going_on else y
                for block in blocks[chosen.start : chosen.stop]:
                    block.draw(sheet, y)
                    y += block.high
                if number == len(pages):
                    _sign(sheet, record, y)


def ticked(choices: Sequence[str], chosen: str) -> str:
    """Return choices beside each other, the chosen one with a full box."""
    full, empty = _TICKED
    return "  ".join(f"{full if each == chosen else empty} {each}" for each in choices)


def _cover(sheet: Sheet, cover: Cover) -> None:
    middle = sheet.width / 2
    sheet.centre(middle, 62, sheet.head.home, 15, tone=PALE)
    y = 92.0
    for line in broken(cover.title, sheet.right_edge - sheet.left - 20, 27, bold=True):
        sheet.centre(middle, y, line, 27, bold=True)
        y += leading(27)
    sheet.centre(middle, y + 4, cover.line, 13, tone=PALE)
    sheet.rule(middle - 22, middle + 22, y + 16, 0.8)
    y = 168.0
    left, edge = middle - 52, middle + 52
    for label, value in cover.facts:
        sheet.text(left, y, label, 12, tone=PALE)
        sheet.fit(left + 42, y, edge - left - 42, value, 12)
        sheet.rule(left + 40, edge, y + 2.4, 0.4)
        y += 12


def _opening(sheet: Sheet, record: Record) -> float:
    middle = sheet.width / 2
    sheet.centre(middle, 14, sheet.head.home, 10.5, tone=PALE)
    sheet.centre(middle, 23, record.title, 17, bold=True)
    sheet.right(sheet.right_edge, 14, record.number, BODY, tone=PALE)
    return _TOP


def _running(sheet: Sheet, record: Record) -> float:
    sheet.text(sheet.left, 17, record.title, BODY, bold=True)
    sheet.right(sheet.right_edge, 17, record.number, BODY, tone=PALE)
    return _LATER_TOP


def _blocks(sheet: Sheet, record: Record) -> Iterator[_Block]:
    yield from _facts(sheet, record.facts)
    for part in record.parts:
        blocks = _story(sheet, part) if isinstance(part, Story) else _table(sheet, part)
        yield from _together(_title(part.title), list(blocks))


def _together(title: _Block, blocks: list[_Block]) -> Iterator[_Block]:
    """Keep a title with what comes first below it."""
    first, *rest = blocks

    def draw(sheet: Sheet, y: float) -> None:
        title.draw(sheet, y)
        first.draw(sheet, y + title.high)

    yield _Block(title.high + first.high, draw)
    yield from rest


def _title(text: str) -> _Block:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.text(sheet.left, y + _GAP + 4.2, text, 11, bold=True)

    return _Block(_GAP + _TITLE, draw)


def _facts(sheet: Sheet, facts: Sequence[tuple[str, str]]) -> Iterator[_Block]:
    """Lay facts in two columns with rules between the lines."""
    wide = (sheet.right_edge - sheet.left) / _COLUMNS
    for at in range(0, len(facts), _COLUMNS):
        pair = facts[at : at + _COLUMNS]
        told = [broken(value, wide - _LABEL - 2 * PAD, BODY) for _label, value in pair]
        high = max(map(len, told), default=1) * leading(BODY) + 2.4
        labels = [label for label, _value in pair]
        yield _Block(high, partial(_fact_line, labels, told, wide, high))


def _fact_line(
    labels: Sequence[str],
    told: Sequence[Sequence[str]],
    wide: float,
    high: float,
    sheet: Sheet,
    y: float,
) -> None:
    for at, (label, lines) in enumerate(zip(labels, told, strict=True)):
        x, line_y = sheet.left + at * wide, y + 4.6
        sheet.text(x + PAD, line_y, label, SMALL, tone=PALE)
        for line in lines:
            sheet.text(x + _LABEL + PAD, line_y, line)
            line_y += leading(BODY)
    sheet.rule(sheet.left, sheet.right_edge, y + high, 0.35)


def _story(sheet: Sheet, story: Story) -> Iterator[_Block]:
    wide = sheet.right_edge - sheet.left - 2 * PAD
    for paragraph in (story.text or "\u2013").splitlines():
        for line in broken(paragraph, wide, BODY) or ("",):
            yield _Block(leading(BODY) + 0.4, partial(_line, line))


def _line(text: str, sheet: Sheet, y: float) -> None:
    sheet.text(sheet.left + PAD, y + 3.8, text)


def _table(sheet: Sheet, table: Table) -> Iterator[_Block]:
    share = (sheet.right_edge - sheet.left) / sum(each.width for each in table.columns)
    fields = [
        Field(each.title, each.width * share, each.kind.is_figure)
        for each in table.columns
    ]
    grid = Grid(sheet.left, fields, _TYPE)
    rows = [row for cells in table.rows for row in grid.lay(texts_of(table, cells))]
    if not rows:
        yield _Block(leading(BODY) + 1, partial(_line, _("Nothing to list.")))
        return
    yield _Block(HEAD + rows[0].height, partial(_head_and_row, grid, rows[0]))
    for row in rows[1:]:
        yield _Block(row.height, partial(_row, grid, row), grid)


def _head_and_row(grid: Grid, row: Row, sheet: Sheet, y: float) -> None:
    grid.rows(sheet, grid.head(sheet, y), [row])


def _row(grid: Grid, row: Row, sheet: Sheet, y: float) -> None:
    grid.rows(sheet, y, [row])


def _sign(sheet: Sheet, record: Record, y: float) -> None:
    """Lay the lines to sign on, two beside each other."""
    y += _SIGNING
    for at in range(0, len(record.signatures), _COLUMNS):
        labels = record.signatures[at : at + _COLUMNS]
        sheet.signatures(y, labels, sheet.left, sheet.right_edge)
        y += _SIGNED

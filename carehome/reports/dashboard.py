"""The director's board on paper: cards with their trend drawn as lines and bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from carehome.i18n import _
from carehome.reports import fonts
from carehome.reports.sheet import (
    A4_WIDE,
    MM,
    PALE,
    RULE,
    SMALL,
    Letterhead,
    Sheet,
    drawing,
)

Value = int | Fraction | None
ACROSS, DOWN = 4, 2
TOP, FOOT, GAP = 28.0, 16.0, 5.0
CHART = 26.0  # as high as the bars get
TONES = (0.9, 0.72, 0.52, 0.3, 0.08, 1.0)  # the last is left white, and outlined
LEGEND = 6.8
BAR, NOW, WHITE = 0.66, 0.3, 1.0


@dataclass(frozen=True, slots=True)
class CardSheet:
    """One card: its words, a value for each month, or what each month is made of."""

    title: str
    name: str
    now: str
    before: str
    why: str
    beside: tuple[tuple[str, str], ...]
    trend: tuple[Value, ...]
    parts: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    largest: str = ""


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """All cards, the day they are of, and the names of the months."""

    day: str
    months: tuple[str, ...]
    cards: tuple[CardSheet, ...]


def write_board(path: Path, board: BoardSheet, head: Letterhead) -> None:
    """Draw the board as a PDF of one page."""
    title = _("Dashboard")
    with (
        drawing(path, title, A4_WIDE, head) as sheet,
        sheet.page(1, 1),
    ):
        sheet.centre(sheet.width / 2, 12, head.home, 10.5, tone=PALE)
        sheet.centre(sheet.width / 2, 20, title, 16, bold=True)
        sheet.centre(sheet.width / 2, 25.5, board.day, SMALL, tone=PALE)
        wide = (sheet.right_edge - sheet.left - GAP * (ACROSS - 1)) / ACROSS
        high = (sheet.height - TOP - FOOT - GAP * (DOWN - 1)) / DOWN
        for place, card in enumerate(board.cards):
            row, column = divmod(place, ACROSS)
            x = sheet.left + column * (wide + GAP)
            y = TOP + row * (high + GAP)
            _draw_card(sheet, card, board.months, (x, y, wide, high))


def _draw_card(
    sheet: Sheet,
    card: CardSheet,
    months: Sequence[str],
    place: tuple[float, float, float, float],
) -> None:
    x, y, wide, high = place
    sheet.rule(x, x + wide, y, 1.0, 0.3)
    sheet.text(x, y + 6, card.title, 10.5, bold=True)
    sheet.fit(x, y + 11, wide, card.name, SMALL, tone=PALE)
    sheet.fit(x, y + 20, wide, card.now, 18, bold=True)
    sheet.fit(x, y + 25.5, wide, card.before, SMALL, tone=PALE)
    line = y + 30.5
    for name, value in card.beside:
        room = fonts.width(value) * SMALL / MM
        sheet.fit(x, line, wide - room - 2, name, SMALL)
        sheet.right(x + wide, line, value, SMALL)
        line += 4.4
    if card.why:
        sheet.paragraph(x, line, wide, card.why, 7, tone=PALE)
    _draw_chart(sheet, card, months, (x, y + high - CHART - 6, wide))


def _draw_chart(
    sheet: Sheet,
    card: CardSheet,
    months: Sequence[str],
    place: tuple[float, float, float],
) -> None:
    """Draw a bar for each month; a month that is unknown has none."""
    x, y, wide = place
    step = wide / len(months)
    if card.parts:
        _draw_bands(sheet, card, (x, y, step))
    else:
        _draw_bars(sheet, card.trend, (x, y, step))
        sheet.right(x + wide, y - 1.5, card.largest, 6.5, tone=PALE)
    sheet.rule(x, x + wide, y + CHART, 0.5, 0.4)
    sheet.text(x, y + CHART + 3.5, months[0], 6.5, tone=PALE)
    sheet.right(x + wide, y + CHART + 3.5, months[-1], 6.5, tone=PALE)


def _draw_bars(
    sheet: Sheet, trend: Sequence[Value], place: tuple[float, float, float]
) -> None:
    x, y, step = place
    largest = max((value for value in trend if value), default=0)
    for at, value in enumerate(trend):
        if value and value > 0:
            high = float(value / Fraction(largest)) * CHART
            tone = NOW if at == len(trend) - 1 else BAR
            left = x + at * step + step * 0.15
            sheet.fill(left, y + CHART - high, step * 0.7, high, tone)
        elif value is None:
            sheet.centre(x + (at + 0.5) * step, y + CHART - 1, "?", 6.5, tone=PALE)


def _draw_bands(
    sheet: Sheet, card: CardSheet, place: tuple[float, float, float]
) -> None:
    """Draw what each month is made of, the first part at the bottom."""
    x, y, step = place
    for at in range(len(card.trend)):
        values = [values[at] or 0 for _name, values in card.parts]
        whole, floor = sum(values), y + CHART
        for value, tone in zip(values, TONES, strict=True):
            if value and whole:
                high = float(Fraction(value) / whole) * CHART
                floor -= high
                _draw_part(
                    sheet, (x + at * step + step * 0.1, floor, step * 0.8, high), tone
                )
    line = y - 2 - 3.6 * ((len(card.parts) + 2) // 3 - 1)
    for at, (name, _values) in enumerate(card.parts):
        left = x + (at % 3) * step * 4
        level = line + 3.6 * (at // 3)
        _draw_part(sheet, (left, level - 2.1, 2.2, 2.2), TONES[at])
        sheet.fit(left + 3, level, step * 4 - 3.4, name, LEGEND)


def _draw_part(
    sheet: Sheet, place: tuple[float, float, float, float], tone: float
) -> None:
    """Fill a part of a whole; one that is white is seen by its outline."""
    x, y, wide, high = place
    if tone != WHITE:
        sheet.fill(x, y, wide, high, tone)
        return
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
    sheet.outline(corners, 0.3, RULE)

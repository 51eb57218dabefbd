"""Why a bill is what it is, on A4 for the family: plain words, prices, every day."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from carehome.i18n import _, show_money
from carehome.reports import fonts
from carehome.reports.flowing import Flow
from carehome.reports.grid import PAD, Field
from carehome.reports.sheet import A4, BODY, MM, PALE, RED, Letterhead, Sheet, drawing

_TOP, _FOOT, _TYPE = 16.0, 14.0, 9.0
_HEAD, _BIG = 28.0, 20.0
_DAY, _WHERE = 19.0, 20.0


@dataclass(frozen=True, slots=True)
class WhyText:
    """A line of the bill and the sentences that say why it is what it is."""

    item: str
    why: str
    fen: int


@dataclass(frozen=True, slots=True)
class PriceText:
    """A price, the days it held, and where it comes from."""

    item: str
    days: str
    price: str
    source: str


@dataclass(frozen=True, slots=True)
class DaysText:
    """The days of a month: titles, a row a day, the sums, and what closes them.

    `told` says before them which month it is, where that is not the bill's own.
    """

    title: str
    told: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaySheetText:
    """All that the paper says; `heading` is who, where and which bill."""

    heading: str
    month: str
    total: int
    lines: tuple[WhyText, ...]
    prices: tuple[PriceText, ...]
    days: tuple[DaysText, ...]
    is_trial: bool = False


def write_day_sheet(path: Path, text: DaySheetText, home: Letterhead) -> None:
    """Write the paper as a PDF."""
    flow = Flow(A4, _TOP, _FOOT, _TYPE)
    flow.begin(_("Why this bill is what it is"))
    flow.put(_HEAD, partial(_heading, text))
    flow.heading(_("How the sum comes about"), listed=False)
    flow.table(_why_fields(flow.width), _why_rows(text))
    if text.prices:
        flow.gap(3)
        flow.heading(_("The prices, and where they come from"), listed=False)
        flow.table(_price_fields(flow.width), _price_rows(text))
    for days in text.days:
        flow.turn()
        flow.heading(days.title, listed=False)
        if days.told:
            flow.say(days.told)
            flow.gap(1)
        flow.table(_day_fields(days, flow.width), _day_rows(days))
        flow.gap(2)
        for sentence in days.closing:
            flow.say(sentence)
    foot = "  ".join(filter(None, (home.home, home.phone)))
    with drawing(path, text.heading, A4, home) as sheet:
        for number, pieces in enumerate(flow.pages, start=1):
            with sheet.page(number, len(flow.pages), foot):
                for y, draw in pieces:
                    draw(sheet, y)
                if text.is_trial:
                    _trial(sheet, number)


def _heading(text: DaySheetText, sheet: Sheet, y: float) -> None:
    """Say whose bill it is, and the sum large."""
    sheet.text(sheet.left, y + 5, sheet.head.home, BODY, tone=PALE)
    sheet.text(sheet.left, y + 12, text.heading, 11, bold=True)
    sheet.text(sheet.left, y + 19, text.month, BODY)
    sheet.right(sheet.right_edge, y + 13, show_money(text.total), _BIG, bold=True)
    what = _("by this trial") if text.is_trial else _("to be paid by this bill")
    sheet.right(sheet.right_edge, y + 20, what, BODY, tone=PALE)


def _trial(sheet: Sheet, number: int) -> None:
    """Say at the head of a page that nothing may be charged by it."""
    y, size = (15.0, 20.0) if number == 1 else (11.0, 15.0)
    words = _("Trial, not yet a bill")
    sheet.right(sheet.right_edge, y, words, size, bold=True, tone=RED)


Rows = list[tuple[Sequence[str], bool]]


def _why_fields(width: float) -> tuple[Field, ...]:
    item, amount = 44.0, 28.0
    return (
        Field(_("Item"), item),
        Field(_("Why"), width - item - amount),
        Field(_("Amount (yuan)"), amount, figures=True),
    )


def _why_rows(text: DaySheetText) -> Rows:
    rows: Rows = [
        ((line.item, line.why, show_money(line.fen, sign=False)), False)
        for line in text.lines
    ]
    total = show_money(text.total, sign=False)
    return [*rows, ((_("Total"), "", total), True)]


def _price_fields(width: float) -> tuple[Field, ...]:
    item, days, price = 44.0, 34.0, 30.0
    return (
        Field(_("Item"), item),
        Field(_("Days"), days),
        Field(_("Price"), price, figures=True),
        Field(_("Where it comes from"), width - item - days - price),
    )


def _price_rows(text: DaySheetText) -> Rows:
    return [((x.item, x.days, x.price, x.source), False) for x in text.prices]


def _day_fields(days: DaysText, width: float) -> tuple[Field, ...]:
    """Give the day and the place their room, and share the rest by need."""
    shares = list(zip(*days.rows, days.sums, strict=True))[2:]
    needs = [
        max(fonts.width(text, bold=True) for text in (title, *column)) * _TYPE / MM
        + 2 * PAD
        for title, column in zip(days.titles[2:], shares, strict=True)
    ]
    left = width - _DAY - _WHERE
    more = (left - sum(needs)) / len(needs)
    return (
        Field(days.titles[0], _DAY),
        Field(days.titles[1], _WHERE),
        *(
            Field(title, need + more, figures=True)
            for title, need in zip(days.titles[2:], needs, strict=True)
        ),
    )


def _day_rows(days: DaysText) -> Rows:
    return [*((row, False) for row in days.rows), (days.sums, True)]

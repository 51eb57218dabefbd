"""A month's bills on paper.

A bill is A5 across: as wide as A4, so that its lines have room to say why they are
what they are; two lie on one A4 sheet unscaled and part with one cut; and it has the
size of the receipt that will be stapled to it. A longer bill takes further pages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from carehome.i18n import N_, _, language, say_day, say_month, show_day, show_money
from carehome.reports.grid import HEAD, PAD, Field, Grid, flow
from carehome.reports.sheet import (
    A5_WIDE,
    HAIR,
    INK,
    PALE,
    RED,
    SMALL,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)
from carehome.rules.money import capital
from carehome.rules.periods import DAY, Period

Progress = Callable[[int, int], None]

_TABLE_TOP = 36.0
_LATER_TOP = 18.0
_FOOT = 11.0
_CLOSING = 42.0
_PAY_WIDTH = 78.0
_SEAL_AT = 113.0
_SUMS_AT = 134.0
_STEP = 5.6


@dataclass(frozen=True, slots=True)
class BillLineText:
    """One charge: what, how much of it, at what price, and why."""

    item: str
    basis: str
    price: int | None
    amount: int
    per: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class BillSheet:
    """One resident's bill; sums are in fen, an empty number means a trial.

    With a payer it is the page of whoever in the family bears a part of it.
    """

    number: str
    month: date
    resident: str
    place: str
    grade: str
    period: Period
    lines: tuple[BillLineText, ...]
    issued: date
    due: date | None = None
    previous: int = 0
    paid: int = 0
    prepaid: int = 0
    payer: str = ""

    @property
    def total(self) -> int:
        """What the lines of this bill come to."""
        return sum(line.amount for line in self.lines)

    @property
    def owed(self) -> int:
        """What is open before the prepaid balance is touched."""
        return self.total + self.previous - self.paid

    @property
    def prepaid_used(self) -> int:
        """What the prepaid balance covers."""
        return min(self.prepaid, max(self.owed, 0))

    @property
    def payable(self) -> int:
        """What is to be paid now."""
        return max(self.owed - self.prepaid_used, 0)

    @property
    def carried(self) -> int:
        """What the home keeps for the next month."""
        return max(self.prepaid - self.owed, 0)


def write_bills(
    path: Path,
    sheets: Sequence[BillSheet],
    home: Letterhead,
    progress: Progress | None = None,
) -> None:
    """Write the bills one after another into one PDF with a bookmark for each."""
    with drawing(path, _("Service fee bills"), A5_WIDE, home) as sheet:
        grid = _grid(sheet)
        for done, bill in enumerate(sheets, start=1):
            _write_bill(sheet, grid, bill, done)
            if progress:
                progress(done, len(sheets))


def _grid(sheet: Sheet) -> Grid:
    fields = (
        Field(_("Item"), 34),
        Field(_("Days or quantity"), 30),
        Field(_("Unit price (yuan)"), 28, figures=True),
        Field(_("Explanation"), 62),
        Field(_("Amount (yuan)"), 28, figures=True),
    )
    return Grid(sheet.left, fields, 9)


def _write_bill(sheet: Sheet, grid: Grid, bill: BillSheet, serial: int) -> None:
    whose = " ".join(filter(None, (bill.place, bill.resident, bill.payer)))
    sheet.bookmark(whose, serial)
    lines = bill.lines or (BillLineText(_("No charges this month"), "", None, 0),)
    rows = [row for line in lines for row in grid.lay(_cells(line))]
    room = sheet.height - _FOOT - HEAD
    closing = _CLOSING + _more_ways(sheet)
    pages = flow(
        [row.height for row in rows], room - _TABLE_TOP, room - _LATER_TOP, closing
    )
    for number, chosen in enumerate(pages, start=1):
        with sheet.page(number, len(pages), sheet.head.contact):
            if number == 1:
                _heading(sheet, bill)
                y = grid.head(sheet, _TABLE_TOP)
            else:
                _running_head(sheet, bill)
                y = grid.head(sheet, _LATER_TOP)
            y = grid.rows(sheet, y, rows[chosen.start : chosen.stop])
            if number == len(pages):
                _close(sheet, grid, bill, y)


def _cells(line: BillLineText) -> tuple[str, ...]:
    price = "" if line.price is None else show_money(line.price, sign=False)
    if price and line.per:
        price = _("{price} / {per}").format(price=price, per=line.per)
    amount = show_money(line.amount, sign=False)
    return line.item, line.basis, price, line.remark, amount


def _heading(sheet: Sheet, bill: BillSheet) -> None:
    """Say whose bill it is, for which month, and from which home."""
    sheet.fit(sheet.left, 12.5, 58, sheet.head.home, 11, bold=True)
    month = _said(say_month, bill.month)
    sheet.text(sheet.left, 18, month, 10.5, tone=PALE)
    title, size = _("Bill for care services"), 17.0
    if bill.payer:
        title, size = _("Part of {payer}").format(payer=bill.payer), 13.0
    sheet.centre(sheet.width / 2, 16.5, title, size, bold=True)
    _number(sheet, bill, 12.5)
    issued = _("Issued on {day}").format(day=show_day(bill.issued))
    sheet.right(sheet.right_edge, 18, issued, tone=PALE)
    sheet.rule(sheet.left, sheet.right_edge, 21.2, 1.1, INK)
    facts = (
        (N_("Resident"), bill.resident),
        (N_("Bed"), bill.place),
        (N_("Nursing grade"), bill.grade),
        (N_("Days charged"), _span(bill.period)),
    )
    x = sheet.left
    for (label, value), width in zip(facts, (54.0, 40.0, 40.0, 48.0), strict=True):
        sheet.text(x, 26, _(label), SMALL, tone=PALE)
        is_name = x == sheet.left
        size = 12.0 if is_name else 10.0
        sheet.fit(x, 32, width - 3, value, size, bold=is_name)
        x += width


def _number(sheet: Sheet, bill: BillSheet, y: float) -> None:
    if bill.number:
        number = _("No. {number}").format(number=bill.number)
        sheet.right(sheet.right_edge, y, number)
    else:
        trial = _("Trial, not yet a bill")
        sheet.right(sheet.right_edge, y, trial, bold=True, tone=RED)


def _running_head(sheet: Sheet, bill: BillSheet) -> None:
    carried_on = _("{resident}, {month}, continued").format(
        resident=bill.resident, month=_said(say_month, bill.month)
    )
    sheet.text(sheet.left, 12.5, carried_on, bold=True)
    _number(sheet, bill, 12.5)


def _said(say: Callable[[date], str], day: date) -> str:
    """Say a day or month in words, once for all the bills that name it."""
    return _said_in(language(), say, day)


@lru_cache(maxsize=500)
def _said_in(_language: str, say: Callable[[date], str], day: date) -> str:
    return say(day)


def _span(period: Period) -> str:
    """Return the days charged as people read them: first and last day."""
    if period.days <= 1:
        return _said(say_day, period.start)
    last = period.start + DAY * (period.days - 1)
    return _("{first} to {last}").format(
        first=_said(say_day, period.start), last=_said(say_day, last)
    )


def _close(sheet: Sheet, grid: Grid, bill: BillSheet, y: float) -> None:
    """Draw what stands under the lines: total, what to pay and how, seal."""
    y += 1.2
    sheet.fill(grid.left, y, grid.right - grid.left, 7.6)
    total = _("Total in capital numerals: {capital}").format(
        capital=capital(bill.total)
    )
    sheet.text(grid.left + PAD, y + 5.1, total)
    edge = grid.right - PAD
    sheet.right(edge, y + 5.1, show_money(bill.total), 10.5, bold=True)
    y += 7.6
    _how_to_pay(sheet, bill, y + 6)
    sheet.seal_place(_SEAL_AT, y + 17)
    _settlement(sheet, bill, y + 6, edge)


def _more_ways(sheet: Sheet) -> float:
    """Return the room that long words on how to pay need beyond the usual."""
    lines = broken(sheet.head.how_to_pay, _PAY_WIDTH, SMALL)
    return max(len(lines) - 4, 0) * leading(SMALL)


def _how_to_pay(sheet: Sheet, bill: BillSheet, y: float) -> None:
    """Say until when and by which ways to pay; leave lines for two signatures."""
    bottom = y + 25 + _more_ways(sheet)
    if bill.payable and bill.due:
        ask = _("Please pay by {day}.").format(day=_said(say_day, bill.due))
        y = sheet.paragraph(sheet.left, y, _PAY_WIDTH, ask, 10, bold=True)
    elif not bill.payable:
        settled = _("Nothing to pay this month.")
        y = sheet.paragraph(sheet.left, y, _PAY_WIDTH, settled, 10, bold=True)
    if bill.payable:
        sheet.paragraph(
            sheet.left, y + 0.4, _PAY_WIDTH, sheet.head.how_to_pay, SMALL, tone=PALE
        )
    labels = (_("Prepared by"), _("For the family"))
    sheet.signatures(bottom, labels, sheet.left, sheet.left + _PAY_WIDTH, 4)


def _settlement(sheet: Sheet, bill: BillSheet, y: float, edge: float) -> None:
    """List how the sum to pay comes about, the sum itself large at the end."""
    steps = [(_("This bill"), bill.total), (_("Owed from before"), bill.previous)]
    if bill.paid > 0:
        steps.append((_("Already paid"), -bill.paid))
    elif bill.paid < 0:
        steps.append((_("Credited to other bills"), -bill.paid))
    if bill.prepaid:
        steps.append((_("From prepaid balance"), -bill.prepaid_used))
    for label, amount in steps:
        sheet.text(_SUMS_AT, y, label, tone=PALE)
        sheet.right(edge, y, show_money(amount, sign=False))
        sheet.rule(_SUMS_AT, edge, y + 1.7, 0.35, HAIR)
        y += _STEP
    sheet.rule(_SUMS_AT, edge, y - _STEP + 1.7, 0.8, INK)
    y += 2.2
    sheet.text(_SUMS_AT, y, _("Payable now"), 10.5, bold=True)
    sheet.right(edge, y, show_money(bill.payable), 14, bold=True)
    if bill.carried:
        kept = _("{amount} stays as prepaid balance.").format(
            amount=show_money(bill.carried)
        )
        sheet.right(edge, y + 5, kept, SMALL, tone=PALE)

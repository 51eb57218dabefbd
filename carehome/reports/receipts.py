"""Receipts: A5 across, one page a copy, amounts in figures and capital numerals."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import N_, _, show_day, show_money
from carehome.reports.grid import HEAD, PAD, Field, Grid, Row, flow
from carehome.reports.sheet import (
    A5_WIDE,
    INK,
    PALE,
    RED,
    SMALL,
    Letterhead,
    Sheet,
    drawing,
)
from carehome.rules.money import capital

FAMILY_COPY = N_("Copy for the payer")
HOME_COPY = N_("Copy for the books")

_TABLE_TOP = 47.0
_LATER_TOP = 20.0
_FOOT = 12.0
_CLOSING = 46.0
# Type and air of the lines: as roomy as lets the receipt be one page, if any does.
_SETTINGS = ((10.0, 2.6), (9.5, 1.6), (8.5, 0.7))


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What a part of the money is for: a bill's month, a deposit, a prepayment."""

    purpose: str
    amount: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money taken, or given back when the amount is negative."""

    number: str
    day: date
    payer: str
    resident: str
    place: str
    lines: tuple[ReceiptLine, ...]
    method: str
    cashier: str
    copies: tuple[str, ...] = (FAMILY_COPY,)
    reprint: int = 0
    void_reason: str | None = None
    remark: str = ""
    approver: str = ""

    @property
    def amount(self) -> int:
        """The sum of the lines, in fen."""
        return sum(line.amount for line in self.lines)

    @property
    def is_refund(self) -> bool:
        """Say whether the money went back to the family."""
        return self.amount < 0


def write_receipt(path: Path, receipt: Receipt, home: Letterhead) -> None:
    """Write a receipt, each of its copies on pages of their own."""
    with drawing(path, _title(receipt), A5_WIDE, home) as sheet:
        grid, rows, pages = _laid_out(sheet, receipt)
        for copy in receipt.copies:
            _write_copy(sheet, grid, receipt, rows, pages, copy)


def _title(receipt: Receipt) -> str:
    return _("Refund voucher") if receipt.is_refund else _("Receipt")


def _laid_out(sheet: Sheet, receipt: Receipt) -> tuple[Grid, list[Row], list[range]]:
    """Lay the lines out on one page if they fit in any setting, else roomily."""
    found = [_flowing(sheet, receipt, *setting) for setting in _SETTINGS]
    return next((each for each in found if len(each[2]) == 1), found[0])


def _flowing(
    sheet: Sheet, receipt: Receipt, size: float, air: float
) -> tuple[Grid, list[Row], list[range]]:
    """Lay the lines out in one setting: their grid, rows, and which page has which."""
    fields = (
        Field(_("Paid for"), 78),
        Field(_("Remark"), 66),
        Field(_("Amount (yuan)"), 38, figures=True),
    )
    grid = Grid(sheet.left, fields, size, air)
    rows: list[Row] = []
    for line in receipt.lines:
        amount = show_money(_sign(receipt) * line.amount, sign=False)
        rows += grid.lay((line.purpose, line.remark, amount))
    if receipt.remark:
        rows += grid.lay((_("Remark"), receipt.remark, ""))
    room = sheet.height - _FOOT - HEAD
    heights = [row.height for row in rows]
    pages = flow(heights, room - _TABLE_TOP, room - _LATER_TOP, _CLOSING)
    return grid, rows, pages


def _sign(receipt: Receipt) -> int:
    """A refund voucher says what is given back, so its sums carry no minus."""
    return -1 if receipt.is_refund else 1


def _write_copy(
    sheet: Sheet,
    grid: Grid,
    receipt: Receipt,
    rows: list[Row],
    pages: list[range],
    copy: str,
) -> None:
    for number, chosen in enumerate(pages, start=1):
        with sheet.page(number, len(pages), sheet.head.contact):
            if number == 1:
                y = _heading(sheet, receipt, copy)
            else:
                y = _running_head(sheet, receipt)
            y = grid.head(sheet, y)
            y = grid.rows(sheet, y, rows[chosen.start : chosen.stop])
            if number == len(pages):
                _close(sheet, grid, receipt, _sign(receipt) * receipt.amount, y)
            _marks(sheet, receipt)


def _heading(sheet: Sheet, receipt: Receipt, copy: str) -> float:
    """Write home, title, number and who paid; return where the lines begin."""
    sheet.fit(sheet.left, 14, 58, sheet.head.home, 11, bold=True)
    sheet.text(sheet.left, 20, _(copy), tone=PALE)
    sheet.centre(sheet.width / 2, 18, _title(receipt), 19, bold=True)
    number = _("No. {number}").format(number=receipt.number)
    sheet.right(sheet.right_edge, 14, number, 10.5, bold=True)
    sheet.right(sheet.right_edge, 20, show_day(receipt.day))
    sheet.rule(sheet.left, sheet.right_edge, 24, 1.1, INK)
    back = receipt.is_refund
    facts = (
        (_("Paid to") if back else _("Received from"), receipt.payer),
        (_("Resident"), receipt.resident),
        (_("Bed"), receipt.place),
        (_("Way of refund") if back else _("Way of payment"), receipt.method),
    )
    x = sheet.left
    for (label, value), width in zip(facts, (56, 56, 38, 32), strict=True):
        sheet.text(x, 30.5, label, SMALL, tone=PALE)
        sheet.fit(x, 37.5, width - 3, value, 11)
        x += width
    return _TABLE_TOP


def _running_head(sheet: Sheet, receipt: Receipt) -> float:
    carried_on = _("{title} no. {number}, continued").format(
        title=_title(receipt), number=receipt.number
    )
    sheet.text(sheet.left, 14, carried_on, bold=True)
    return _LATER_TOP


def _marks(sheet: Sheet, receipt: Receipt) -> None:
    """Print what keeps a copy from being taken for the first, or for a valid one."""
    if receipt.reprint:
        again = _("Reprint no. {count}").format(count=receipt.reprint)
        sheet.right(sheet.right_edge, 8, again, SMALL, bold=True, tone=RED)
    if receipt.void_reason is not None:
        sheet.stamp(sheet.width / 2, sheet.height / 2 + 2, _("VOID"), 44)
        reason = _("Void: {reason}").format(reason=receipt.void_reason)
        sheet.fit(sheet.left, 8, 140, reason, SMALL, bold=True, tone=RED)


def _close(sheet: Sheet, grid: Grid, receipt: Receipt, amount: int, y: float) -> None:
    """Write the sum twice, then leave places for seal and signatures."""
    y += 1.2
    sheet.fill(grid.left, y, grid.right - grid.left, 10)
    capitals = _("Total in capital numerals: {capital}").format(capital=capital(amount))
    sheet.fit(grid.left + PAD, y + 6.6, 126, capitals, 11, bold=True)
    sheet.right(grid.right - PAD, y + 6.8, show_money(amount), 14, bold=True)
    y += 10
    sheet.seal_place(sheet.right_edge - 22, y + 18)
    # Of money that goes back, the family is the receiver and the clerk is not.
    if receipt.is_refund:
        clerk, taker = _("Handled by: {name}"), _("Received by")
    else:
        clerk, taker = _("Cashier: {name}"), _("Signature of payer")
    if receipt.approver:
        approved = _("Approved by: {name}").format(name=receipt.approver)
        sheet.text(sheet.left, y + 22, approved)
    y += 30
    sheet.text(sheet.left, y, clerk.format(name=receipt.cashier))
    sheet.signatures(y, (taker,), sheet.left + 52, sheet.left + 126)

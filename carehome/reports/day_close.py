"""The sheet of a day at the till: what was booked, what was counted, who signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from carehome.i18n import _, show_day, show_moment, show_money
from carehome.reports.grid import Field, Grid
from carehome.reports.sheet import (
    A4,
    INK,
    PALE,
    RED,
    SMALL,
    Letterhead,
    Sheet,
    drawing,
    leading,
)
from carehome.rules.ledger.day_close import NOTES_AND_COINS, Count, TillSheet, word_of


@dataclass(frozen=True, slots=True)
class TillPaper:
    """A count as it goes to paper; `ways` is what came by others than cash."""

    name: str
    sheet: TillSheet
    booked: int
    count: Count
    note: str
    closed_at: datetime
    ways: Mapping[str, int]
    reopen_reason: str = ""
    reopened_by: str = ""

    @property
    def difference(self) -> int:
        """What was counted beyond what was booked."""
        return self.count.fen - self.booked


def say_pieces(worth: int) -> str:
    """Name a note or coin by what it is worth."""
    yuan, fen = divmod(worth, 100)
    return f"{yuan}" if yuan else f"0.{fen // 10}"


def write_day_close(path: Path, paper: TillPaper, head: Letterhead) -> None:
    """Write the sheet on A4."""
    with (
        drawing(path, _("Sheet of the day close"), A4, head) as sheet,
        sheet.page(1, 1),
    ):
        y = _heading(sheet, paper)
        half = (sheet.left + sheet.right_edge) / 2
        below = _booked(sheet, paper, sheet.left, half - 4, y)
        beside = _counted(sheet, paper, half + 4, sheet.right_edge, y)
        y = _result(sheet, paper, max(below, beside) + 6)
        y = _receipts(sheet, paper, y)
        _sign(sheet, y + 14)


def _heading(sheet: Sheet, paper: TillPaper) -> float:
    middle, till = sheet.width / 2, paper.sheet
    sheet.centre(middle, 14, sheet.head.home, 10.5, tone=PALE)
    sheet.centre(middle, 23, _("Sheet of the day close"), 17, bold=True)
    if paper.reopen_reason:
        again = _("Opened again by {name}: {reason}").format(
            name=paper.reopened_by, reason=paper.reopen_reason
        )
        sheet.stamp(middle, 60, _("VOID"), 44)
        sheet.fit(sheet.left, 29, 180, again, SMALL, bold=True, tone=RED)
    days = show_day(till.last)
    if till.first < till.last:
        days = _("{first} to {last}").format(
            first=show_day(till.first), last=show_day(till.last)
        )
    sheet.text(sheet.left, 36, _("Cashier: {name}").format(name=paper.name), 11)
    sheet.text(sheet.left + 62, 36, _("Money of {days}").format(days=days), 11)
    at = _("Counted {moment}").format(moment=show_moment(paper.closed_at))
    sheet.right(sheet.right_edge, 36, at, 11)
    sheet.rule(sheet.left, sheet.right_edge, 40, 1, INK)
    return 46.0


def _booked(
    sheet: Sheet, paper: TillPaper, left: float, right: float, y: float
) -> float:
    till = paper.sheet
    lines = [
        (_("Cash from before"), till.carried),
        (_("Cash taken"), till.taken),
        (_("Cash paid out"), -till.given),
        (_("Handed to me"), till.handed_in),
        (_("Handed on, or paid into the bank"), -till.handed_out),
    ]
    rows = [(name, show_money(fen, sign=False)) for name, fen in lines if fen]
    sums = (_("Should be there"), show_money(paper.booked, sign=False))
    y = _table(sheet, left, right, y, (_("Cash in the books"), rows, sums))
    if paper.ways:
        by = [(_(way), show_money(fen, sign=False)) for way, fen in paper.ways.items()]
        whole = show_money(sum(paper.ways.values()), sign=False)
        others = _("By other ways (not counted)"), by, (_("Together"), whole)
        y = _table(sheet, left, right, y + 5, others)
    return y


def _counted(
    sheet: Sheet, paper: TillPaper, left: float, right: float, y: float
) -> float:
    rows = [
        (
            _("{worth} yuan × {count}").format(
                worth=say_pieces(worth), count=paper.count.pieces[worth]
            ),
            show_money(worth * paper.count.pieces[worth], sign=False),
        )
        for worth in NOTES_AND_COINS
        if paper.count.pieces.get(worth)
    ]
    sums = (_("Counted in all"), show_money(paper.count.fen, sign=False))
    return _table(sheet, left, right, y, (_("Cash counted"), rows, sums))


Part = tuple[str, list[tuple[str, str]], tuple[str, str]]


def _table(sheet: Sheet, left: float, right: float, y: float, part: Part) -> float:
    """Write some lines with their sum; return where they end."""
    title, rows, sums = part
    width = right - left
    fields = (Field(title, width - 34), Field(_("Yuan"), 34, figures=True))
    grid = Grid(left, fields, 10, 2.2)
    y = grid.head(sheet, y)
    y = grid.rows(sheet, y, [row for cells in rows for row in grid.lay(cells)])
    return grid.rows(sheet, y, grid.lay(sums, bold=True), bold=True)


def _result(sheet: Sheet, paper: TillPaper, y: float) -> float:
    word, off = _(word_of(paper.difference)), abs(paper.difference)
    text = _("{word} {amount}").format(word=word, amount=show_money(off))
    sheet.fill(sheet.left, y, sheet.right_edge - sheet.left, 13)
    sheet.text(sheet.left + 3, y + 8.6, _("Difference of the count"), 12)
    shown = text if off else word
    sheet.right(sheet.right_edge - 3, y + 8.8, shown, 15, bold=True)
    y += 20
    if paper.note:
        why = _("Reason: {reason}").format(reason=paper.note)
        y = sheet.paragraph(sheet.left, y, sheet.right_edge - sheet.left, why)
    return y + 4


def _receipts(sheet: Sheet, paper: TillPaper, y: float) -> float:
    till = paper.sheet
    if not till.receipts:
        return y
    text = _("{count} {count:receipt|receipts}, {first} to {last}").format(
        count=len(till.receipts), first=till.receipts[0], last=till.receipts[-1]
    )
    sheet.text(sheet.left, y, text)
    y += leading(10) + 1
    if till.voids:
        void = _("Void among them: {numbers}").format(numbers=_(", ").join(till.voids))
        y = sheet.paragraph(sheet.left, y, sheet.right_edge - sheet.left, void)
    return y


def _sign(sheet: Sheet, y: float) -> None:
    labels = (_("Cashier"), _("Cash received by"), _("Checked by"), _("Day"))
    sheet.signatures(y, labels, sheet.left, sheet.right_edge)

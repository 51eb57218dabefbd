"""The settlement sheet of a departure: all that moved, and the one sum it comes to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day, show_money
from carehome.reports.grid import HEAD, PAD, Field, Grid, Row, flow
from carehome.reports.sheet import (
    A4,
    BODY,
    INK,
    PALE,
    RED,
    SMALL,
    Letterhead,
    Sheet,
    drawing,
    leading,
)
from carehome.rules.money import capital

_TABLE_TOP = 64.0
_LATER_TOP = 22.0
_FOOT = 14.0
_SUM_ROW = 6.2
_SIZES = (9.5, 2.0), (9.0, 1.2), (8.5, 0.6)  # letters of the table, and its gaps
_OUTCOME = 14.0
_TRUST, _HEIRS = 7.0, 8.0
_SEAL = 42.0  # the room at the right where the seal goes


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """One movement: what was charged, or else what came in; both in fen."""

    day: date
    text: str
    charged: int | None
    paid: int | None


@dataclass(frozen=True, slots=True)
class VoucherText:
    """Money handed over with the settlement: on which voucher, how, to whom."""

    number: str
    what: str
    fen: int
    method: str
    payee: str


@dataclass(frozen=True, slots=True)
class SignatureText:
    """A side that signs; with name and day once it is noted that it has."""

    side: str
    name: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SettlementSheet:
    """What a settlement says; `reprint` counts how often it went to paper before.

    `shares` names the members of the family who still owe something of theirs.
    """

    resident: str
    bed: str
    kind: str
    admitted_on: date
    left_on: date
    made_on: date
    made_by: str
    approved_by: str
    receiver: str
    proof: str
    lines: tuple[SettlementLine, ...]
    sums: tuple[tuple[str, int], ...]
    to_family: int
    claim: int
    claim_reason: str
    reprint: int = 0
    heirs: str = ""
    vouchers: tuple[VoucherText, ...] = ()
    trust: int = 0
    signatures: tuple[SignatureText, ...] = ()
    number: int = 0
    shares: str = ""

    @property
    def outcomes(self) -> tuple[tuple[str, int], ...]:
        """Say in which direction the last sum goes; both where a debt stays open."""
        owed = (_("Still to be paid by the family"), self.claim)
        paid = (_("Paid to the family"), self.to_family)
        if not self.claim:
            return (paid,)
        return (paid, owed) if self.to_family else (owed,)


def write_settlement(path: Path, sheet: SettlementSheet, home: Letterhead) -> None:
    """Write a settlement as a PDF that all sides sign."""
    with drawing(path, _("Settlement at departure"), A4, home) as paper:
        for size, gap in _SIZES:  # the one that brings all onto one page, else the last
            grid = _grid(paper, size, gap)
            rows = _rows(grid, sheet)
            room = paper.height - _FOOT - HEAD
            heights = [row.height for row in rows]
            pages = flow(heights, room - _TABLE_TOP, room - _LATER_TOP, _closing(sheet))
            if len(pages) == 1:
                break
        for number, chosen in enumerate(pages, start=1):
            with paper.page(number, len(pages), paper.head.contact):
                if number == 1:
                    y = _heading(paper, sheet)
                else:
                    y = _LATER_TOP
                    title = _("Settlement at departure, {resident}, continued")
                    told = title.format(resident=sheet.resident)
                    paper.text(paper.left, 17, told, BODY, bold=True)
                y = grid.head(paper, y)
                y = grid.rows(paper, y, rows[chosen.start : chosen.stop])
                if number == len(pages):
                    _close(paper, sheet, y)
                _mark(paper, sheet)


def _rows(grid: Grid, sheet: SettlementSheet) -> list[Row]:
    """Return the movements as rows of the table."""
    return [
        row
        for line in sheet.lines
        for row in grid.lay(
            (
                show_day(line.day),
                line.text,
                _figure(line.charged),
                _figure(line.paid),
            )
        )
    ]


def _grid(paper: Sheet, size: float, gap: float) -> Grid:
    fields = (
        Field(_("Day"), 26),
        Field(_("Movement"), 92),
        Field(_("Charged (yuan)"), 32, figures=True),
        Field(_("Paid (yuan)"), 32, figures=True),
    )
    return Grid(paper.left, fields, size, gap)


def _figure(fen: int | None) -> str:
    return "" if fen is None else show_money(fen, sign=False)


def _closing(sheet: SettlementSheet) -> float:
    """Return how much room the sums, the outcome and the signatures take."""
    room = 58 + _OUTCOME * len(sheet.outcomes) + _SUM_ROW * ((len(sheet.sums) + 1) // 2)
    room += _TRUST if sheet.trust else 0
    room += _SUM_ROW * (len(sheet.vouchers) + 1) if sheet.vouchers else 0
    room += _HEIRS if sheet.shares else 0
    return room + (_HEIRS if sheet.heirs else 0)


def _heading(paper: Sheet, sheet: SettlementSheet) -> float:
    """Write home, title, and of whom it speaks; return where the lines begin."""
    middle = paper.width / 2
    paper.centre(middle, 14, paper.head.home, 10.5, tone=PALE)
    paper.centre(middle, 23, _("Settlement at departure"), 18, bold=True)
    paper.rule(paper.left, paper.right_edge, 28, 1.1, INK)
    span = _("{first} to {last}").format(
        first=show_day(sheet.admitted_on), last=show_day(sheet.left_on)
    )
    facts = (
        (_("Resident"), sheet.resident, 60),
        (_("Bed"), sheet.bed, 34),
        (_("Stay"), span, 60),
        (_("Reason"), sheet.kind, 28),
        (_("Recipient"), sheet.receiver, 60),
        (_("Proof"), sheet.proof, 94),
        (_("Settled on, no."), _numbered(sheet), 28),
    )
    x, y = paper.left, 34.5
    for label, value, width in facts:
        if x + width > paper.right_edge + 1:
            x, y = paper.left, y + 14
        paper.text(x, y, label, SMALL, tone=PALE)
        paper.fit(x, y + 6, width - 4, value or "-", 10.5)
        x += width
    return _TABLE_TOP - 6


def _numbered(sheet: SettlementSheet) -> str:
    return f"{show_day(sheet.made_on)}-{sheet.number}"


def _close(paper: Sheet, sheet: SettlementSheet, y: float) -> None:
    """Write the sums of each kind, the outcome twice, and the places to sign."""
    y += 7
    half = (paper.right_edge - paper.left) / 2
    for place, (label, fen) in enumerate(sheet.sums):
        x = paper.left + half * (place % 2)
        level = y + _SUM_ROW * (place // 2)
        paper.text(x + PAD, level, label, tone=PALE)
        paper.right(x + half - 6, level, show_money(fen))
    y += _SUM_ROW * ((len(sheet.sums) + 1) // 2) - 2
    paper.fill(
        paper.left, y, paper.right_edge - paper.left, _OUTCOME * len(sheet.outcomes)
    )
    for label, fen in sheet.outcomes:
        told = _("{what}: {capital}").format(what=label, capital=capital(fen))
        paper.fit(paper.left + PAD, y + 8.6, 128, told, 11, bold=True)
        paper.right(paper.right_edge - PAD, y + 9, show_money(fen), 15, bold=True)
        y += _OUTCOME
    y += 6
    if sheet.trust:
        y = _trust(paper, sheet, y)
    if sheet.vouchers:
        y = _vouchers(paper, sheet, y)
    if sheet.heirs:
        heirs = _("Heirs: {heirs}").format(heirs=sheet.heirs)
        width = paper.right_edge - paper.left
        y = paper.paragraph(paper.left, y, width, heirs) + 1
    if sheet.shares:
        told = _("Shares of the family still to be paid: {shares}")
        width = paper.right_edge - paper.left
        told = told.format(shares=sheet.shares)
        y = paper.paragraph(paper.left, y, width, told, BODY, bold=True) + 1
    y = _statement(paper, sheet, y)
    clerk = _("Prepared by: {name}").format(name=sheet.made_by)
    paper.text(paper.left, y + 12, clerk)
    if sheet.approved_by:
        second = _("Approved by: {name}").format(name=sheet.approved_by)
        paper.text(paper.left + 58, y + 12, second)
    paper.seal_place(paper.right_edge - 22, y + 14)
    _sign(paper, sheet, y + 24)


def _trust(paper: Sheet, sheet: SettlementSheet, y: float) -> float:
    """Write what was kept in trust, apart from fees and deposit."""
    text = _("Trust money kept for the resident, given back apart: {capital}")
    told = text.format(capital=capital(sheet.trust))
    paper.fit(paper.left + PAD, y, 128, told, BODY)
    paper.right(paper.right_edge - PAD, y, show_money(sheet.trust), bold=True)
    return y + _TRUST


def _vouchers(paper: Sheet, sheet: SettlementSheet, y: float) -> float:
    """Write what was handed over: on which voucher, how, to whom."""
    paper.text(paper.left + PAD, y, _("Handed over"), bold=True)
    for each in sheet.vouchers:
        y += _SUM_ROW
        text = _("{what}, {way}, to {payee} (voucher {number})").format(
            what=each.what, way=each.method, payee=each.payee, number=each.number
        )
        paper.fit(paper.left + PAD, y, 140, text, BODY)
        paper.right(paper.right_edge - PAD, y, show_money(each.fen))
    return y + _SUM_ROW


def _sign(paper: Sheet, sheet: SettlementSheet, y: float) -> None:
    """Leave a line for each side; who has signed stands on it."""
    room = paper.right_edge - paper.left - _SEAL
    third = room / max(len(sheet.signatures), 1)
    for at, each in enumerate(sheet.signatures):
        x = paper.left + third * at
        paper.text(x, y, each.side, SMALL, tone=PALE)
        if each.day is not None:
            signed = _("{name}, {day}").format(name=each.name, day=show_day(each.day))
            paper.fit(x, y + 6, third - 8, signed, BODY)
        paper.rule(x, x + third - 8, y + 8, 0.4, PALE)


def _statement(paper: Sheet, sheet: SettlementSheet, y: float) -> float:
    """Write what both sides declare; a claim says why it stays open."""
    if sheet.claim:
        text = _("{owed} stays open as a claim: {reason}")
        text = text.format(owed=show_money(sheet.claim), reason=sheet.claim_reason)
    elif sheet.shares:
        text = _(
            "With this the fees and the deposit of the stay are settled but for the "
            "shares named above, which their members of the family still pay."
        )
    else:
        text = _(
            "With this the fees and the deposit of the stay are settled; neither side "
            "owes the other anything from it."
        )
    width = paper.right_edge - paper.left
    return paper.paragraph(paper.left, y, width, text) - leading(BODY)


def _mark(paper: Sheet, sheet: SettlementSheet) -> None:
    if sheet.reprint:
        again = _("Reprint no. {count}").format(count=sheet.reprint)
        paper.right(paper.right_edge, 8, again, SMALL, bold=True, tone=RED)

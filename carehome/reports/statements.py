"""Statements on paper: a resident's year of fees, and the money kept for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carehome.i18n import _, show_day, show_money
from carehome.reports.table import Cell, Column, Kind, Table

_SIGN_HERE = "\u3000" * 14  # keeps the room that a name takes by hand


@dataclass(frozen=True, slots=True)
class StatementText:
    """A year of one resident in words; `lines` and `sums` are cells of the table."""

    name: str
    first: date
    last: date
    before: int
    lines: tuple[Sequence[Cell], ...]
    sums: tuple[int, int, int, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrustText:
    """A movement of trust money in words."""

    day: date
    purpose: str
    paper: str
    other_name: str
    way: str
    came: int
    went: int
    kept: int


def table_of_year(made: StatementText) -> Table:
    """Lay out the year of one resident; what is owed is above nothing."""
    span = _("{first} to {last}").format(
        first=show_day(made.first), last=show_day(made.last)
    )
    *_moved, after = made.sums
    closing = (
        _("Still to pay: {fen}").format(fen=show_money(after))
        if after > 0
        else _("Prepaid: {fen}").format(fen=show_money(-after))
    )
    brought = (made.first, _("Brought forward"), "", None, None, None, made.before)
    return Table(
        title=_("Statement for {name}").format(name=made.name),
        notes=(span, *made.notes, closing),
        columns=(
            Column(_("Day"), 12, Kind.DAY),
            Column(_("What"), 30),
            Column(_("Number"), 14),
            Column(_("Charged (yuan)"), 14, Kind.MONEY),
            Column(_("Borne by others"), 14, Kind.MONEY),
            Column(_("Paid (yuan)"), 14, Kind.MONEY),
            Column(_("Balance"), 14, Kind.MONEY),
        ),
        rows=[brought, *made.lines],
        sums=(_("Total"), "", "", *made.sums),
        signatures=(_("Accountant"), _("Family")),
    )


def table_of_kept(
    title: str,
    span: tuple[date, date],
    rows: Sequence[Sequence[Cell]],
    sums: tuple[int, int, int, int],
) -> Table:
    """Lay out what came to a resident's deposit or trust money, and what left it."""
    text = _("{first} to {last}")
    first, last = map(show_day, span)
    before, came, went, after = sums
    brought = (span[0], _("Brought forward"), "", None, None, before)
    return Table(
        title=title,
        notes=(text.format(first=first, last=last),),
        columns=(
            Column(_("Day"), 12, Kind.DAY),
            Column(_("What"), 40),
            Column(_("Number"), 14),
            Column(_("In (yuan)"), 12, Kind.MONEY),
            Column(_("Out (yuan)"), 12, Kind.MONEY),
            Column(_("Kept (yuan)"), 12, Kind.MONEY),
        ),
        rows=[brought, *rows],
        sums=(_("Total"), "", "", came, went, after),
        signatures=(_("Accountant"), _("Family")),
    )


def table_of_years(rows: Sequence[Sequence[Cell]], year: int) -> Table:
    """Lay out the sums of a year, a line for each resident."""
    titles = (
        _("Before (yuan)"),
        _("Charged (yuan)"),
        _("Borne by others"),
        _("Paid (yuan)"),
        _("After (yuan)"),
        _("Deposit before"),
        _("Deposit in"),
        _("Deposit out"),
        _("Deposit held"),
        _("Trust money before"),
        _("Trust money in"),
        _("Trust money out"),
        _("Trust money kept"),
    )
    sums = [sum(int(str(row[at])) for row in rows) for at in range(1, len(titles) + 1)]
    return Table(
        title=_("Statements of {year}").format(year=year),
        columns=(
            Column(_("Name"), 14),
            *(Column(title, 14, Kind.MONEY) for title in titles),
        ),
        rows=rows,
        sums=(_("Total"), *sums),
        signatures=(_("Accountant"),),
    )


def table_of_hand_out(
    rows: Sequence[tuple[str, str, int, int]], what: str, day: date
) -> Table:
    """Lay out a list by which money is handed out, for each resident to sign."""
    given = sum(row[3] for row in rows)
    return Table(
        title=_("List of money handed out"),
        notes=(_("{day}: {what}").format(day=show_day(day), what=what),),
        columns=(
            Column(_("Bed"), 10),
            Column(_("Name"), 14),
            Column(_("Kept before (yuan)"), 14, Kind.MONEY),
            Column(_("Handed out (yuan)"), 14, Kind.MONEY),
            Column(_("Signature"), 24),
        ),
        rows=[(*row, _SIGN_HERE) for row in rows],
        sums=(_("Total"), "", None, given, ""),
        signatures=(_("Handed out by"), _("Witnessed by"), _("Accountant")),
    )


def table_of_trust(name: str, lines: Sequence[TrustText], day: date) -> Table:
    """Lay out the money that the home keeps for one resident."""
    kept = lines[-1].kept if lines else 0
    note = _("On {day}, {fen} is kept apart from the home's own money.")
    return Table(
        title=_("Money kept for {name}").format(name=name),
        notes=(note.format(day=show_day(day), fen=show_money(kept)),),
        columns=(
            Column(_("Day"), 12, Kind.DAY),
            Column(_("For what"), 24),
            Column(_("Number of the paper"), 14),
            Column(_("From or to whom"), 14),
            Column(_("Way"), 10),
            Column(_("In (yuan)"), 12, Kind.MONEY),
            Column(_("Out (yuan)"), 12, Kind.MONEY),
            Column(_("Kept (yuan)"), 12, Kind.MONEY),
        ),
        rows=[
            (
                x.day,
                x.purpose,
                x.paper,
                x.other_name,
                x.way,
                x.came or None,
                x.went or None,
                x.kept,
            )
            for x in lines
        ],
        sums=(
            *(_("Total"), "", "", "", ""),
            sum(x.came for x in lines),
            sum(x.went for x in lines),
            kept,
        ),
        signatures=(_("Kept by"), _("Checked by"), _("Resident or family")),
    )

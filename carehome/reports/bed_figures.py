"""Bed days and occupancy as a table, for paper and for a workbook."""

from dataclasses import dataclass

from carehome.i18n import _
from carehome.reports.table import Cell, Column, Kind, Table


@dataclass(frozen=True, slots=True)
class FiguresLine:
    """One day, month, floor or class; nobody comes or goes by a floor or class."""

    label: str
    there: int
    occupied: int
    kept: int
    reserved: int
    closed: int
    free: int
    rate: str
    nursing: str
    arrivals: int | None
    departures: int | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the cells of the line in the order of the columns."""
        kinds = (self.occupied, self.kept, self.reserved, self.closed, self.free)
        shares = (self.rate, self.nursing)
        return (self.label, self.there, *kinds, *shares, self.arrivals, self.departures)


@dataclass(frozen=True, slots=True)
class FiguresText:
    """All lines, their total, and what is said above them."""

    by: str
    lines: tuple[FiguresLine, ...]
    total: FiguresLine
    notes: tuple[str, ...]


def figures_table(text: FiguresText) -> Table:
    """Return the figures as a table."""
    number = Kind.NUMBER
    return Table(
        title=_("Bed statistics"),
        notes=text.notes,
        columns=(
            Column(text.by, 16),
            Column(_("Bed days"), 10, number),
            Column(_("Occupied"), 10, number),
            Column(_("Kept (away)"), 10, number),
            Column(_("Reserved"), 10, number),
            Column(_("Out of service"), 10, number),
            Column(_("Free"), 10, number),
            Column(_("Occupancy"), 10, number),
            Column(_("Nursing-bed share"), 12, number),
            Column(_("Arrivals"), 8, number),
            Column(_("Discharges"), 8, number),
        ),
        rows=[line.cells for line in text.lines],
        sums=text.total.cells,
    )

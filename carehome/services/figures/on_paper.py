"""The list behind a figure as a table: the same on the screen, as PDF and as xlsx."""

from datetime import date, datetime

from carehome.i18n import _
from carehome.reports import table as tables
from carehome.reports.table import Column, Kind, Table
from carehome.rules.figures import Cell, Figure, Rows, definitions, show_figure
from carehome.rules.today import Fen, Words

WIDTH = 16.0
_KINDS = {
    Fen: Kind.MONEY,
    int: Kind.NUMBER,
    datetime: Kind.MOMENT,
    date: Kind.DAY,
}


def table_of(figure: Figure) -> Table:
    """Return the list behind a figure under its name, definition and source."""
    definition = definitions()[figure.key]
    told = _("{name}: {value}").format(
        name=definition.name, value=show_figure(figure, definition.unit)
    )
    source = _("Source: {source}").format(source=definition.source)
    why = (str(figure.unknown),) if figure.unknown else ()
    rows = figure.rows or Rows(())
    columns = tuple(
        Column(_(title), WIDTH, _kind([line[place] for line in rows.lines]))
        for place, title in enumerate(rows.titles)
    )
    lines = [tuple(_said(cell) for cell in line) for line in rows.lines]
    notes = (told, definition.words, source, *why)
    return Table(definition.name, columns, lines, notes=notes)


def _kind(cells: list[Cell]) -> Kind:
    first = next((cell for cell in cells if cell is not None), "")
    return _KINDS.get(type(first), Kind.TEXT)


def _said(cell: Cell) -> tables.Cell:
    return str(cell) if isinstance(cell, Words) else cell

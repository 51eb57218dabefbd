"""The list behind a figure in a window of its own."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, show_day, show_moment, show_money
from carehome.rules.figures import Cell, Figure, Rows, definitions, show_figure
from carehome.rules.today import Fen
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

WIDE, HIGH = 820, 560
Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, and the name, value and meaning of what it is behind."""

    name: str
    value: str
    meaning: str
    rows: Rows
    code: str


class FigureRows(QDialog):
    """Shows what a figure counts: its value, what it means, and every line. Esc closes.

    The list can be copied and saved as any other.
    """

    def __init__(self, listing: Listing, parent: QWidget) -> None:
        super().__init__(parent)
        rows = listing.rows
        self.setWindowTitle(listing.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        value, meaning = QLabel(listing.value), QLabel(listing.meaning)
        theme.mark(value, "heading")
        theme.mark(meaning, "note")
        meaning.setWordWrap(True)
        columns = tuple(_column(title, at) for at, title in enumerate(rows.titles))
        model: TableModel[Line] = TableModel(columns)
        self.view = TableView(model, f"figure.{listing.code}", N_("The list behind it"))
        model.set_rows(rows.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 16)))
        column.setSpacing(theme.px(8))
        for widget in (value, meaning):
            column.addWidget(widget)
        column.addWidget(ListCard(self.view), 1)
        self.view.setFocus()


def show_rows(figure: Figure, parent: QWidget) -> FigureRows:
    """Open the list behind a figure."""
    known = definitions()[figure.key]
    value, rows = show_figure(figure, known.unit), figure.rows or Rows(())
    return show_list(Listing(known.name, value, known.words, rows, figure.key), parent)


def show_list(listing: Listing, parent: QWidget) -> FigureRows:
    """Open the list behind anything that is counted."""
    window = FigureRows(listing, parent)
    window.open()
    return window


def _column(title: str, at: int) -> Column[Line]:
    return Column(title, lambda line: line[at], show=_said, stretch=not at)


def _said(cell: Cell) -> str:
    """Show a cell as it is shown everywhere."""
    if isinstance(cell, Fen):
        return show_money(cell)
    if isinstance(cell, datetime):
        return show_moment(cell)
    return show_day(cell) if isinstance(cell, date) else str(cell)

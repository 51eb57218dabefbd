"""A field in which deeds of the books are chosen until they come to a line."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QLabel

from carehome.i18n import N_, _, show_money
from carehome.rules.bank.linking import OpenDeed
from carehome.rules.bank.reconciling import Deed
from carehome.rules.ledger.entry import Kind
from carehome.services.bank import KeptLine
from carehome.services.books.words import ENTRY_TEXTS
from carehome.ui.kit import table, theme
from carehome.ui.kit.field import Field
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

HIGH = 190

COLUMNS: tuple[Column[OpenDeed], ...] = (
    table.day(N_("Day"), lambda row: row.day),
    table.money(N_("Money in or out"), lambda row: row.fen, bold=True),
    Column(N_("Deed"), lambda row: _(ENTRY_TEXTS[Kind(row.deed.kind)])),
    Column(N_("Number and name"), lambda row: row.text or None, stretch=True),
)


class DeedsField(Field[list[Deed]]):
    """Lists deeds, the nearest to a line first; the selected ones are chosen."""

    input: TableView[OpenDeed]

    def __init__(self, name: str, deeds: Sequence[OpenDeed], line: KeptLine) -> None:
        view = TableView(
            TableModel(COLUMNS, lambda row: row.deed),
            "books.bank.deeds",
            N_("Deeds in the books that the bank has not told"),
        )
        hint = _("Several at once: Ctrl with a click, Shift with the arrow keys.")
        super().__init__(name, view, hint=hint)
        view.set_empty(_("The bank has told of everything in the books."))
        view.setMinimumHeight(theme.px(HIGH))
        mode = QAbstractItemView.SelectionMode.ExtendedSelection
        view.setSelectionMode(mode)
        near = sorted(
            deeds,
            key=lambda d: (d.fen != line.unclaimed, abs(d.day - line.day), d.deed),
        )
        view.table.set_rows(near)
        self._wanted = line.unclaimed
        self._fee = 0
        self.left = QLabel()
        theme.mark(self.left, "strong")
        column = self.layout()
        assert column, "a field lays out what is in it"
        column.addWidget(self.left)

        view.selectionModel().selectionChanged.connect(self._choose)
        view.opened.connect(lambda _row: self.entered.emit())
        self.show_left(0)

    def read(self) -> list[Deed] | None:
        return [row.deed for row in self.input.selected_rows()] or None

    def set_value(self, value: list[Deed] | None) -> None:
        self.input.clearSelection()
        how = QItemSelectionModel.SelectionFlag
        for deed in value or ():
            place = self.input.table.find(deed)
            if place >= 0:
                index = self.input.table.index(place, 0)
                self.input.selectionModel().select(index, how.Select | how.Rows)

    def raw(self) -> Any:
        return [[deed.kind, deed.source] for deed in self.read() or ()]

    def set_raw(self, raw: Any) -> None:
        self.set_value([Deed(kind, source) for kind, source in raw])

    def show_left(self, fee: int) -> None:
        """Say what is chosen, and what is left of the line."""
        self._fee = fee
        chosen = sum(row.fen for row in self.input.selected_rows())
        left = self._wanted - chosen + fee
        text = _("Chosen {chosen}, the line is {wanted}: {left} to go")
        if not left:
            text = _("Chosen {chosen}: that is the line")
        facts = {"chosen": show_money(chosen), "wanted": show_money(self._wanted)}
        self.left.setText(text.format(left=show_money(left), **facts))

    def _choose(self) -> None:
        self.show_left(self._fee)
        self._touched()

"""One item table beside the list: where it is from, its items, what tells them."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.figures import definitions
from carehome.rules.ratings.items import PART_NAMES, Item, ItemTable
from carehome.rules.ratings.points import show_points
from carehome.rules.rights import Right
from carehome.services.ratings.tables import RatingTables
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.page import Side
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand

BY_HAND = ""


class TableFile(Side):
    """Shows an item table; what tells an item, and whether the table is in use, change.

    `told` says what was done.
    """

    told = Signal(str)

    def __init__(self, tables: RatingTables, hand: Hand) -> None:
        super().__init__()
        self._tables, self._hand = tables, hand
        self._table: ItemTable | None = None
        self.stamp = Tag("")
        self.save = button(_("Save as a workbook"), "save", kind="small")
        self.switch = button(_("Out of use"), "hide", kind="small")
        self.tie = button(_("What tells it"), "edit", kind="small")
        self.facts = FactGrid(columns=1, wraps=True)
        self.note = QLabel()
        self.note.setWordWrap(True)
        theme.mark(self.note, "note")
        model = TableModel(COLUMNS, lambda item: item.item_id)
        self.items = TableView(model, "ratings.items", N_("Rating items"))
        deeds = QWidget()
        row = Flow(deeds, 6)
        for each in (self.stamp, self.save, self.switch, self.tie):
            row.addWidget(each)
        for widget in (deeds, self.facts, self.note):
            self.body.addWidget(widget)
        self.body.addWidget(ListCard(self.items), 1)

        for each in (self.switch, self.tie):
            each.setVisible(hand.may(Right.CHANGE_RATING))
        self.save.clicked.connect(self.ask_where)
        self.switch.clicked.connect(self._switch)
        self.tie.clicked.connect(self.ask_tie)
        self.items.opened.connect(self.ask_tie)
        self.items.picked.connect(lambda item: self.tie.setEnabled(item is not None))
        self.tie.setEnabled(False)

    def show_table(self, shown: ItemTable) -> None:
        """Fill the file."""
        self._table = shown
        self.title.setText(shown.name)
        self.stamp.setText(shown.stamp)
        self.stamp.set_tone("warn")
        self.stamp.setVisible(bool(shown.stamp))
        self.switch.setText(_("Out of use") if shown.is_active else _("Into use again"))
        self.note.setText(shown.note)
        self.note.setVisible(bool(shown.note))
        marks = _(", ").join(
            f"{_(PART_NAMES[part])} {show_points(mark)}"
            for part, mark in shown.marks.items()
        )
        facts = [Fact(_("Worth in points"), marks)]
        if shown.source:
            facts.append(Fact(_("Source"), shown.source))
        self.facts.show_facts(facts)
        self.items.table.set_rows(shown.items)

    def ask_where(self) -> None:
        """Ask where the table shall be saved."""
        if self._table:
            name = f"{self._table.name}.xlsx"
            kinds = _("Excel workbooks (*.xlsx)")
            dialog = QFileDialog(self, _("Save as a workbook"), name, kinds)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.fileSelected.connect(self.save_to)
            dialog.open()

    def save_to(self, file: str) -> None:
        """Save the table as a workbook."""
        if self._table:
            self._run(
                _("The table was saved."),
                self._tables.write,
                self._table.table_id,
                Path(file),
            )

    def ask_tie(self, _item: object = None) -> None:
        """Ask by which figure the chosen item is told."""
        item = self.items.current_row()
        if not item or not item.item_id or not self._hand.may(Right.CHANGE_RATING):
            return
        form = Form()
        choices = {BY_HAND: _("By hand or by a file")}
        choices |= {key: each.name for key, each in definitions().items()}
        field = form.add(
            "figure", ChoiceField(_("What tells it"), choices, needed=False)
        )
        field.set_value(item.figure)
        dialog = DeedDialog(
            _("What tells “{item}”?").format(item=item.name),
            form,
            _("Save"),
            self._hand.jobs,
            partial(self._tie, item.item_id),
            self,
            f"rating-tie:{item.item_id}",
        )
        dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
        dialog.open()

    def _tie(self, item_id: int, values: dict[str, Any]) -> "partial[None]":
        return partial(self._tables.tie, item_id, values["figure"] or BY_HAND)

    def _switch(self) -> None:
        if self._table:
            is_active = not self._table.is_active
            words = (
                _("The table is in use again.")
                if is_active
                else _("The table is out of use.")
            )
            self._run(words, self._tables.set_active, self._table.table_id, is_active)

    def _run(self, words: str, deed: Any, *values: Any) -> None:
        self._hand.jobs.run(
            self, partial(_tell, self, words), deed, *values, failed=self._fail
        )

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


def _tell(file: TableFile, words: str, _done: object) -> None:
    file.told.emit(words)


def _figure(item: Item) -> str:
    return definitions()[item.figure].name if item.figure in definitions() else ""


COLUMNS: tuple[Column[Item], ...] = (
    Column(N_("Code"), lambda item: item.code, order=lambda item: _order(item.code)),
    Column(N_("Part of the table"), lambda item: _(PART_NAMES[item.part])),
    Column(N_("Second-level item"), lambda item: item.section or None, width=120),
    Column(
        N_("What is judged"),
        lambda item: item.name,
        bold=True,
        stretch=True,
        tip=lambda item: item.name,
    ),
    Column(
        N_("Worth in points"),
        lambda item: show_points(item.hundredths),
        align=table.RIGHT,
        order=lambda item: item.hundredths,
    ),
    Column(N_("Told by the figure"), _figure, width=120, tip=_figure),
)


def _order(code: str) -> list[tuple[bool, int, str]]:
    """Sort codes as people count: 1.2 before 1.10."""
    return [
        (not part.isdigit(), int(part) if part.isdigit() else 0, part)
        for part in code.split(".")
    ]

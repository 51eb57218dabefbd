"""The layouts that the home has taught, to be forgotten again."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from carehome.i18n import N_, _
from carehome.rules.bank.teaching import OWN
from carehome.services.bank import Bank
from carehome.ui.books.bank_part import Part
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

HIGH = 220
Layout = tuple[str, str]  # its code and its name

COLUMNS: tuple[Column[Layout], ...] = (
    Column(N_("Name of the layout"), lambda row: row[1], bold=True, stretch=True),
)


class LayoutsDialog(AskDialog):
    """Lists what was taught; `forgotten` names the layout that is no more."""

    forgotten = Signal(str)

    def __init__(self, part: Part) -> None:
        super().__init__(_("Layouts taught here"), _("Forget it"), part, "danger")
        self._jobs = part.hand.jobs
        self._bank = part.hand.service(Bank)
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row[0]),
            "books.bank.layouts",
            N_("Layouts taught here"),
        )
        self.view.set_empty(
            _("None. One is taught when a file is read whose columns are not known.")
        )
        card = ListCard(self.view)
        card.setMinimumHeight(theme.px(HIGH))
        self.body.addWidget(card)
        self.view.picked.connect(self._offer)
        self.asked.connect(self._forget)
        self._offer(None)
        self._jobs.run(self, self.show_layouts, self._bank.layouts)

    def show_layouts(self, layouts: Mapping[str, str]) -> None:
        """List the home's own layouts."""
        own = [each for each in layouts.items() if each[0].startswith(OWN)]
        self.view.table.set_rows(own)

    def _offer(self, row: Layout | None) -> None:
        self.set_reason("" if row else _("Choose a layout. Statements read stay."))

    def _forget(self) -> None:
        row = self.view.current_row()
        if row is not None:
            forget = self._bank.forget_layout
            self._jobs.run(self, self._end, forget, row[0], failed=self.refuse)

    def _end(self, _done: object) -> None:
        row = self.view.current_row()
        self.forgotten.emit(row[1] if row else "")
        self.finish()

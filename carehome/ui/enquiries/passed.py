"""Who was passed over when a bed was offered to another, and why."""

from PySide6.QtWidgets import QWidget

from carehome.i18n import N_, _
from carehome.services.waiting import PassedOver
from carehome.ui.kit import table, theme
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

WIDE, HIGH = 760, 340
COLUMNS: tuple[Column[PassedOver], ...] = (
    table.day(N_("Offered on"), lambda row: row.day),
    Column(N_("Bed"), lambda row: row.bed, bold=True),
    Column(N_("Offered to"), lambda row: row.name),
    Column(N_("Passed over"), lambda row: row.passed, bold=True),
    Column(N_("Reason"), lambda row: row.reason, stretch=True),
)


class PassedDialog(AskDialog):
    """Shows who was passed over, the newest first; the list can be saved."""

    def __init__(self, passed: list[PassedOver], parent: QWidget) -> None:
        super().__init__(_("Who was passed over, and why"), _("Close"), parent)
        self.view = TableView(
            TableModel(COLUMNS), "enquiries.passed", N_("Who was passed over, and why")
        )
        self.view.set_empty(_("Nobody was passed over yet."))
        self.view.table.set_rows(passed)
        self.view.setMinimumSize(theme.px(WIDE), theme.px(HIGH))
        self.body.addWidget(self.view)
        self.cancel.hide()
        self.asked.connect(self.accept)
        self.view.setFocus()

"""The statements that were read in, file by file."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_day
from carehome.services.bank import Bank, KeptStatement
from carehome.ui.books.bank_layouts import LayoutsDialog
from carehome.ui.books.bank_part import Part
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.tabbed import Tab

COLUMNS: tuple[Column[KeptStatement], ...] = (
    Column(N_("File"), lambda row: row.file, bold=True, stretch=True),
    table.day(N_("First line on"), lambda row: row.first),
    table.day(N_("Last line on"), lambda row: row.last),
    table.number(N_("Number of lines"), lambda row: row.lines),
    table.number(
        N_("Open lines"),
        lambda row: row.open_lines or None,
        tone=lambda row: "warn",
    ),
    table.moment(N_("Read in at"), lambda row: row.read_at),
    Column(N_("Read in by"), lambda row: row.read_by),
)


class FilesPart(Part):
    """Lists the files; one that was read by mistake is taken out again."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab)
        self._bank = self.hand.service(Bank)
        self.bar = Bar()
        self.layouts = self.bar.add_button(_("Layouts taught here"), "list")
        self.remove = self.bar.add_button(_("Take the file out"), "remove")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.statement_id),
            "books.bank.files",
            N_("Statements read in"),
        )
        self.view.set_empty(_("No statement of this account was read in yet."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.view.picked.connect(self._offer)
        self.remove.clicked.connect(self.ask_remove)
        self.layouts.clicked.connect(self.ask_layouts)
        self._offer(None)

    def refresh(self) -> None:
        if self.account is None:
            self.show_files(())
            return
        read, number = self._bank.statements, self.account.account_id
        self.hand.jobs.run_last(self, self.show_files, read, number)

    def show_files(self, rows: Sequence[KeptStatement]) -> None:
        """Show the files, the newest first."""
        self.view.table.set_rows(rows)
        self._offer(self.view.current_row())

    def ask_layouts(self) -> None:
        """Show the layouts that were taught; one may be forgotten."""
        dialog = LayoutsDialog(self)
        text = _("“{name}” is forgotten.")
        dialog.forgotten.connect(
            lambda name: self.tab.told.emit(text.format(name=name))
        )
        dialog.open()

    def ask_remove(self) -> None:
        """Ask whether a statement is taken out with all its lines."""
        row = self.view.current_row()
        if row is None:
            return
        text = _("{count} {count:line|lines} from {first} to {last} are taken out.")
        facts = {"first": show_day(row.first), "last": show_day(row.last)}
        what = [text.format(count=row.lines, **facts), _("The file can be read again.")]
        title = _("Take out “{file}”").format(file=row.file)
        then = partial(self._remove, row.statement_id)
        dialogs.confirm(self, title, what, _("Take the file out"), then, "danger")

    def _remove(self, statement_id: int) -> None:
        remove = self._bank.remove_statement
        self.hand.jobs.run(self, self._tell, remove, statement_id, failed=self._refuse)

    def _tell(self, _done: object) -> None:
        self.tab.told.emit(_("The statement is taken out."))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _offer(self, row: KeptStatement | None) -> None:
        self.remove.setEnabled(row is not None)

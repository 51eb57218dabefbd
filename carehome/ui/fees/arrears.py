"""Who owes what since when, to call, to print, to hand on."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from carehome.i18n import N_, _, show_day, show_money
from carehome.services.payments import Arrears
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Figure, ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.money import MoneyServices, say_months
from carehome.ui.parts.workbooks import save_workbook


class ArrearsList(LiveView):
    """Lists who owes something, the most first; Enter goes to taking the payment."""

    SHOWS = frozenset({"bill", "bill_run", "payment", "payment_share", "contact"})
    payment_wanted = Signal(int)

    def __init__(
        self, services: MoneyServices, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._services = services
        self._jobs = jobs
        self._today = today
        self.figure = Figure()
        self.take = button(_("Take the payment"), "fees", kind="primary")
        self.print = button(_("Print the list"), "print", "Ctrl+P")
        self.export = button(_("Save as a workbook"), "save")
        self.view = TableView(
            TableModel(self._columns(), lambda row: row.resident_id),
            "fees.arrears",
            N_("Arrears"),
        )
        self.view.set_empty(_("Nobody owes anything: every posted bill is paid."))
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        bar.addWidget(self.figure, 1)
        for deed in (self.export, self.print, self.take):
            bar.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.view.opened.connect(self._want)
        self.view.picked.connect(lambda row: self.take.setEnabled(row is not None))
        self.take.clicked.connect(lambda: self._want(self.view.current_row()))
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self.take.setEnabled(False)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._services.payments.arrears)

    def _show(self, found: Sequence[Arrears]) -> None:
        self.view.table.set_rows(found)
        if found and self.view.current_row() is None:
            self.view.selectRow(0)
        total = show_money(sum(each.owed for each in found))
        self.figure.show_number(
            total, _("owed by {count} {count:person|people}").format(count=len(found))
        )
        for deed in (self.print, self.export):
            deed.setEnabled(bool(found))

    def _want(self, row: Arrears | None) -> None:
        if row is not None:
            self.payment_wanted.emit(row.resident_id)

    def _print(self) -> None:
        title = _("List of arrears")
        write = self._services.papers.write_arrears
        PaperDialog(title, self._file("pdf"), self._jobs, self).draw(write)

    def _export(self) -> None:
        write = self._services.papers.write_arrears_workbook
        save_workbook(self, self._jobs, self._file("xlsx"), write)

    def _file(self, ending: str) -> str:
        name = _("Arrears {day}").format(day=show_day(self._today()))
        return f"{name}.{ending}"

    def _columns(self) -> tuple[Column[Arrears], ...]:
        today = self._today
        return (
            Column(N_("Bed"), lambda row: row.place),
            Column(N_("Name"), lambda row: row.resident, bold=True),
            table.money(N_("Owed"), lambda row: row.owed, tone=lambda _row: "bad"),
            Column(N_("Months open"), lambda row: row.months, say_months, stretch=True),
            table.day(N_("Due since"), lambda row: row.due_since),
            table.number(
                N_("Days late"), lambda row: max((today() - row.due_since).days, 0)
            ),
            Column(N_("Contact"), lambda row: row.contact),
            Column(N_("Phone"), lambda row: row.phone),
        )

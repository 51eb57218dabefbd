"""A posted month: its bills, what is paid of them, and the papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_moment, show_money
from carehome.rules.billing.lines import Line
from carehome.services.billing import PostedBill, PostedRun
from carehome.services.payments import BillState
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bill_file import BillFile, BillText


@dataclass(frozen=True, slots=True)
class PostedMonth:
    """A posted month as it stands today."""

    run: PostedRun
    bills: Sequence[PostedBill]
    states: Mapping[int, BillState]
    before: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted bill, what is open of it, and the bill of the month before."""

    bill: PostedBill
    open: int
    before: int | None

    @property
    def state(self) -> str:
        """Say whether it is paid."""
        if self.bill.total <= 0:
            return _("Credit")
        if self.open <= 0:
            return _("Paid")
        return _("Partly paid") if self.open < self.bill.total else _("Unpaid")

    @property
    def tone(self) -> str:
        """The colour that goes with the state."""
        if self.bill.total <= 0:
            return "info"
        if self.open <= 0:
            return "ok"
        return "warn" if self.open < self.bill.total else "bad"


COLUMNS: tuple[Column[Posted], ...] = (
    Column(N_("Bill"), lambda row: row.bill.label),
    Column(N_("Bed"), lambda row: row.bill.bed),
    Column(N_("Name"), lambda row: row.bill.resident, bold=True),
    Column(N_("Grade"), lambda row: row.bill.grade, stretch=True),
    table.money(N_("Total"), lambda row: row.bill.total, bold=True),
    table.money(N_("Unpaid"), lambda row: max(row.open, 0) or None),
    Column(N_("State"), lambda row: row.state, chip=lambda row: row.tone),
)


class PostedPane(QWidget):
    """Shows a posted month; a row opens to the bill."""

    resident_wanted = Signal(int)
    paper_wanted = Signal(object)
    sheet_wanted = Signal(object, object)  # a bill, and the line that was chosen

    def __init__(self) -> None:
        super().__init__()
        self.bills = FigureCard(_("Bills"))
        self.total = FigureCard(_("Total"))
        self.paid = FigureCard(_("Paid"))
        self.posted = FigureCard(_("Posted"))
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.bill.bill_id),
            "fees.posted",
            N_("Posted bills"),
        )
        self.side = Side()
        self.file = BillFile()
        self.open_file = button(_("The resident's file"), "person")
        self.preview = button(_("Preview and print"), "print")
        self.open_sheet = button(_("Day-by-day sheet"), "calendar", "Ctrl+D")
        self.split = Split(ListCard(self.view), self.side, 440)
        figures = FigureRow(self.bills, self.total, self.paid, self.posted)
        figures.watch(self)
        room = QWidget()
        foot = Flow(room)
        foot.addWidget(self.open_file)
        foot.addWidget(self.open_sheet)
        foot.addWidget(self.preview)
        foot.push_right(self.open_file)
        self.side.body.addWidget(self.file, 1)
        self.side.body.addWidget(room)
        self.view.set_empty(_("Nobody was billed in this month."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(figures)
        column.addWidget(self.split, 1)
        lead(self, self.view)

        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.open_file.clicked.connect(self._want_file)
        self.preview.clicked.connect(self._want_paper)
        self.open_sheet.clicked.connect(partial(self._want_sheet, None))
        self.file.line_wanted.connect(self._want_sheet)

    def show_month(self, month: PostedMonth) -> None:
        """Show a posted month and what is paid of it."""
        run, bills = month.run, month.bills
        rows = [
            Posted(
                bill,
                month.states[bill.bill_id].open,
                month.before.get(bill.resident_id),
            )
            for bill in bills
        ]
        span = f"{bills[0].label} – {bills[-1].label}" if bills else ""
        self.bills.show_number(str(run.bills), span)
        self.total.show_number(show_money(run.total))
        open_rows = [row for row in rows if row.open > 0]
        still = sum(row.open for row in open_rows)
        text = _("{amount} still open, {count} {count:person|people}").format(
            amount=show_money(still), count=len(open_rows)
        )
        self.paid.show_number(
            show_money(run.total - still), text if still else _("all of it")
        )
        self.posted.show_number(
            f"{run.posted_at.astimezone():%m-%d}",
            _("{moment} by {name}").format(
                moment=show_moment(run.posted_at), name=run.posted_by
            ),
        )
        self.view.table.set_rows(rows)
        self._look(self.view.current_row())

    def open_bill(self, bill_id: int) -> None:
        """Open one bill of the month that is shown."""
        if self.view.select(bill_id) and (row := self.view.current_row()):
            self._open(row)
            self.view.setFocus()

    def _open(self, row: Posted) -> None:
        self.split.open_side()
        self._look(row)

    def _look(self, row: Posted | None) -> None:
        if row is None or self.side.isHidden():
            return
        bill = row.bill
        words = (bill.resident, bill.bed, bill.grade, bill.label)
        self.side.title.setText("\u3000".join(word for word in words if word))
        self.file.show_bill(BillText(bill.lines, (), (), bill.total, row.before))

    def _want_file(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.resident_wanted.emit(row.bill.resident_id)

    def _want_sheet(self, line: Line | None) -> None:
        row = self.view.current_row()
        if row is not None:
            self.sheet_wanted.emit(row.bill, line)

    def _want_paper(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.paper_wanted.emit(row.bill)

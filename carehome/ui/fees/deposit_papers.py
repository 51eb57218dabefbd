"""What was spent in emergencies, and what became of the papers."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_day
from carehome.rules.deposits import PAPER_ENDS
from carehome.rules.rights import Right
from carehome.services.deposits import Deposits
from carehome.services.deposits.emergencies import Emergency
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deposit_deeds import DepositDeeds
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab


def _state(row: Emergency) -> str:
    if row.is_open:
        return _("Papers by {day}").format(day=say_day(row.due))
    return _(PAPER_ENDS[row.end])


class EmergencyList(Tab):
    """Lists what was spent, first what still lacks its papers; Enter files them."""

    SHOWS = frozenset({"deposit_entry", "deposit_paper"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._deposits = hand.service(Deposits)
        self.view = TableView(
            TableModel(self._columns(), lambda row: row.entry_id),
            "fees.deposits.emergencies",
            N_("Spent in emergencies"),
        )
        self.file = button(_("File the papers"), "check", kind="primary")
        self.put_back = button(_("Money put back"))
        self.excuse = button(_("They will not come"))
        bar = QWidget()
        row = Flow(bar)
        for deed in (self.excuse, self.put_back, self.file):
            row.addWidget(deed)
        row.push_right(self.excuse)
        self.view.set_empty(_("No deposit was spent in an emergency."))
        for deed, right in (
            (self.file, Right.PAY_OUT_DEPOSIT),
            (self.put_back, Right.TAKE_MONEY),
            (self.excuse, Right.LEAVE_CLAIM),
        ):
            if not hand.may(right):
                deed.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.view.opened.connect(self._ask_papers)
        self.view.picked.connect(self._judge)
        self.file.clicked.connect(lambda: self._ask_papers(self.view.current_row()))
        self.put_back.clicked.connect(self._ask_back)
        self.excuse.clicked.connect(self._ask_excuse)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, self._deposits.emergencies)

    def _show(self, spent: Sequence[Emergency]) -> None:
        self.view.table.set_rows(spent)
        if spent and self.view.current_row() is None:
            self.view.selectRow(0)
        self._judge(self.view.current_row())

    def _judge(self, row: Emergency | None) -> None:
        for deed in (self.file, self.put_back, self.excuse):
            deed.setEnabled(row is not None and row.is_open)

    @property
    def _deeds(self) -> DepositDeeds:
        return DepositDeeds(self._deposits, self.hand.jobs, self.hand.today(), self)

    def _ask_papers(self, row: Emergency | None) -> None:
        if row and row.is_open and self.hand.may(Right.PAY_OUT_DEPOSIT):
            done = _("The papers are filed.")
            dialog = self._deeds.hand_in(row.entry_id, row.resident)
            dialog.accepted.connect(partial(self.told.emit, done))

    def _ask_back(self) -> None:
        row = self.view.current_row()
        if row:
            done = _("The money is deposit again; its receipt is issued.")
            dialog = self._deeds.put_back(row)
            dialog.accepted.connect(partial(self.told.emit, done))

    def _ask_excuse(self) -> None:
        row = self.view.current_row()
        if row:
            done = _("It is noted why the papers will not come.")
            dialog = self._deeds.excuse(row)
            dialog.accepted.connect(partial(self.told.emit, done))

    def _columns(self) -> tuple[Column[Emergency], ...]:
        today = self.hand.today

        def tone(row: Emergency) -> str:
            if row.is_open:
                return "bad" if row.due < today() else "warn"
            return "ok" if row.end == "handed_in" else "quiet"

        return (
            table.day(N_("Day"), lambda row: row.day),
            Column(N_("Resident"), lambda row: row.resident, bold=True),
            table.money(N_("Amount"), lambda row: row.fen, bold=True),
            Column(N_("Used for"), lambda row: row.purpose, stretch=True),
            Column(N_("State"), _state, chip=tone),
            Column(N_("Papers or reason"), lambda row: row.text, stretch=True),
            table.day(N_("Noted on"), lambda row: row.ended_on),
            Column(N_("Written down by"), lambda row: row.noted_by),
        )

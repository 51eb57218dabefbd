"""The list of who leaves, and of who has left while something is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.departures import KIND_NAMES, STEP_NAMES
from carehome.rules.rights import Right, User
from carehome.services.departures import DepartureLine, Departures, Gone
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """Somebody who leaves, or has left and is not through; sums only where told."""

    resident_id: int
    name: str
    line: DepartureLine | None
    left_on: date | None
    owed: int | None
    held: int | None
    prepaid: int | None
    claim_reason: str

    @property
    def kind(self) -> str:
        """Why they leave, as far as it is written down."""
        return _(KIND_NAMES[self.line.kind]) if self.line else ""

    @property
    def step(self) -> str:
        """What comes next."""
        if self.line:
            return _(STEP_NAMES[self.line.step])
        return _("Claim") if self.claim_reason else _("Not taken up yet")

    @property
    def tone(self) -> str:
        """Show what nobody works on in the colour of what is late."""
        if self.line:
            return "info"
        return "quiet" if self.claim_reason else "bad"


ROWS: tuple[Column[LeavingRow], ...] = (
    Column(N_("Name"), lambda row: row.name, bold=True),
    Column(N_("Kind of departure"), lambda row: row.kind),
    table.day(
        N_("Planned departure"), lambda row: row.line.planned_on if row.line else None
    ),
    table.day(N_("Left for good on"), lambda row: row.left_on),
    Column(N_("Next step"), lambda row: row.step, chip=lambda row: row.tone),
    table.money(N_("Owed"), lambda row: row.owed),
    table.money(N_("Deposit held"), lambda row: row.held),
    table.money(N_("Prepaid"), lambda row: row.prepaid),
    Column(N_("Remark"), lambda row: row.claim_reason, stretch=True),
)


class DepartureList(LiveView):
    """All departures under way, and whoever left with something open.

    `chosen` carries a departure, `taken_up` a resident without one, `left` goes back.
    """

    SHOWS = frozenset(
        {
            *("departure", "resident", "stay", "bill", "bill_run", "payment"),
            *("payment_share", "payout", "deposit_entry", "settlement"),
        }
    )
    chosen = Signal(int)
    taken_up = Signal(int)
    left = Signal()

    def __init__(self, departures: Departures, jobs: Jobs, user: User) -> None:
        super().__init__(jobs)
        self._departures = departures
        self._jobs = jobs
        self._with_money = user.may(Right.SEE_FEES)
        self._may_settle = user.may(Right.SETTLE)
        self.rows = TableView(
            TableModel(ROWS, lambda row: row.resident_id),
            "departures.list",
            N_("Departures"),
        )
        if not self._with_money:
            titles = (N_("Owed"), N_("Deposit held"), N_("Prepaid"), N_("Remark"))
            self.rows.columns.leave_out(set(titles))
        self.rows.set_empty(
            _("Nobody is leaving. A departure begins in the file of a resident.")
        )
        self.back = button(_("Back to the list"), "left")
        frame = PageFrame(_("Departures"))
        frame.head.add_widget(self.back)
        frame.body.addWidget(ListCard(self.rows), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.back.clicked.connect(self.left)
        self.rows.opened.connect(self._open)
        bind(self, "Esc", N_("Back to the list of residents"), self.left.emit, WITHIN)

    def refresh(self) -> None:
        """Read again who leaves."""
        values = (self._departures, self._with_money)
        self._jobs.run_last(self, self._show, _read, *values)

    def _show(self, rows: Sequence[LeavingRow]) -> None:
        self.rows.table.set_rows(rows)

    def _open(self, row: LeavingRow) -> None:
        if row.line:
            self.chosen.emit(row.line.departure_id)
        elif self._may_settle:
            self.taken_up.emit(row.resident_id)


def _read(departures: Departures, with_money: bool) -> list[LeavingRow]:
    gone = departures.gone() if with_money else []
    known = {each.resident_id for each in gone}
    rows = [
        LeavingRow(
            line.resident_id, line.name, line, line.left_on, None, None, None, ""
        )
        for line in departures.open()
        if line.resident_id not in known
    ]
    return rows + [_row(each) for each in gone]


def _row(each: Gone) -> LeavingRow:
    sums = (each.owed or None, each.held or None, each.prepaid or None)
    name, line = each.name, each.line
    what = (name, line, each.left_on, *sums, each.claim_reason)
    return LeavingRow(each.resident_id, *what)

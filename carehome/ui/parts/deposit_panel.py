"""One resident's deposit: what is held, what may be, every movement, the deeds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _, say_day, show_day, show_money
from carehome.rules.deposits import KIND_NAMES
from carehome.rules.rights import Right, User
from carehome.services.deposits import DepositEntry, DepositStanding
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deposit_deeds import DepositDeeds
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.receipt_view import ReceiptDialog


@dataclass(frozen=True, slots=True)
class DepositFile:
    """What is known of one resident's deposit; `trouble` says why it cannot be."""

    standing: DepositStanding | None
    entries: Sequence[DepositEntry]
    owed: int
    trouble: str = ""


def _state(entry: DepositEntry) -> str | None:
    """Say what is to be known, or still to be done, of a movement."""
    if entry.is_void:
        return _("Void")
    if entry.papers_due and not entry.paper:
        return _("Papers by {day}").format(day=say_day(entry.papers_due))
    if entry.kind == "in" and entry.banked_on is None:
        return _("Banking overdue") if entry.is_late else _("Not in the bank yet")
    if entry.is_late:
        return _("Banked late")
    return None


def _tone(entry: DepositEntry) -> str:
    if entry.is_void:
        return "quiet"
    return "bad" if entry.is_late else "warn"


def show_signed(fen: int) -> str:
    """Return what came in with a plus, what left with a minus."""
    return f"+{show_money(fen)}" if fen > 0 else show_money(fen)


def _tip(entry: DepositEntry) -> str:
    parts = [entry.purpose, entry.paper]
    if entry.banked_on:
        parts.append(_("In the bank on {day}").format(day=show_day(entry.banked_on)))
    return "\n".join(part for part in parts if part)


COLUMNS: tuple[Column[DepositEntry], ...] = (
    table.day(N_("Day"), lambda row: row.day),
    Column(N_("Movement"), lambda row: _(KIND_NAMES[row.kind]), tip=_tip, stretch=True),
    Column(N_("Amount"), lambda row: row.fen, show_signed, align=RIGHT, kind="money"),
    Column(N_("State"), _state, chip=_tone),
)


class DepositPanel(LiveView):
    """Shows and moves the deposit of one resident at a time."""

    SHOWS = frozenset(
        {"deposit_entry", "receipt", "price", "grade_change", "bed_use", "bill_run"}
    )
    told = Signal(str)

    def __init__(
        self,
        services: MoneyServices,
        jobs: Jobs,
        today: Callable[[], date],
        user: User,
    ) -> None:
        super().__init__(jobs)
        self._services = services
        self._jobs = jobs
        self._today = today
        self._user = user
        self._resident_id: int | None = None
        self._file: DepositFile | None = None
        self.facts = FactGrid()
        self.note = Tag("", "warn")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.entry_id),
            "resident.deposits",
            N_("Deposits"),
        )
        self.take = button(_("Take a deposit"), "plus", kind="primary")
        self.refund = button(_("Give back"))
        self.spend = button(_("Emergency"))
        self.set_off = button(_("Set off"))
        self.print = button(_("Print the ledger"), "print")
        self._dress()

        self.take.clicked.connect(self._ask_take)
        self.refund.clicked.connect(self._ask_refund)
        self.spend.clicked.connect(self._ask_spend)
        self.set_off.clicked.connect(self._ask_set_off)
        self.print.clicked.connect(self._print)
        self.view.opened.connect(self._open)

    def show_resident(self, resident_id: int) -> None:
        """Show the deposit of somebody else."""
        if resident_id != self._resident_id:
            self._resident_id, self._file = resident_id, None
            self._judge()
        self.refresh()

    def refresh(self) -> None:
        if self._resident_id is not None:
            self._jobs.run_last(
                self, self._show, _read_file, self._services, self._resident_id
            )

    def _show(self, file: DepositFile) -> None:
        self._file = file
        standing = file.standing
        self.note.setVisible(bool(file.trouble))
        self.note.setText(file.trouble)
        self.view.table.set_rows(file.entries[::-1])
        self.facts.show_facts(_facts(standing) if standing else [])
        self._judge()

    def _judge(self) -> None:
        """Offer the deeds that are possible now."""
        standing = self._file.standing if self._file else None
        held = standing.held if standing else 0
        self.take.setEnabled(standing is not None and standing.room > 0)
        self.take.setToolTip(
            "" if self.take.isEnabled() else _("No more deposit may be held.")
        )
        for deed in (self.refund, self.spend):
            deed.setEnabled(held > 0)
        is_over = standing is not None and standing.excess > 0
        theme.mark(self.take, "" if is_over else "primary")
        theme.mark(self.refund, "primary" if is_over else "")
        self.set_off.setEnabled(held > 0 and bool(self._file and self._file.owed))
        self.print.setEnabled(bool(self._file and self._file.entries))

    @property
    def _deeds(self) -> DepositDeeds:
        return DepositDeeds(self._services.deposits, self._jobs, self._today(), self)

    def _ask_take(self) -> None:
        if self._file and self._file.standing:
            self._deeds.take(self._file.standing).answered.connect(self.show_receipt)

    def _ask_refund(self) -> None:
        if self._file and self._file.standing:
            self._deeds.refund(self._file.standing).answered.connect(self.show_receipt)

    def _ask_spend(self) -> None:
        if self._file and self._file.standing:
            self._deeds.spend(self._file.standing).answered.connect(self._say_due)

    def _ask_set_off(self) -> None:
        if self._file and self._file.standing:
            dialog = self._deeds.set_off(self._file.standing, self._file.owed)
            done = _("The deposit is set off; the bills are settled by it.")
            dialog.accepted.connect(partial(self.told.emit, done))

    def _say_due(self, due: date) -> None:
        text = _("File the papers by {day}; until then this is listed as open.")
        title = _("The papers are due on {day}").format(day=show_day(due))
        dialogs.say(self, title, text.format(day=show_day(due)))

    def show_receipt(self, receipt_id: int) -> None:
        """Hand over the receipt or voucher of a movement."""
        window = ReceiptDialog(self._services, self._jobs, self._user, self)
        window.read(receipt_id)

    def _open(self, entry: DepositEntry) -> None:
        if entry.papers_due and not entry.paper and not entry.is_void:
            done = _("The papers are filed.")
            dialog = self._deeds.hand_in(entry.entry_id, entry.resident)
            dialog.accepted.connect(partial(self.told.emit, done))
        elif entry.receipt_id is not None:
            self.show_receipt(entry.receipt_id)

    def _print(self) -> None:
        if self._file is None or self._file.standing is None:
            return
        title = _("Deposit ledger")
        name = f"{title} {self._file.standing.resident}.pdf"
        write = self._services.papers.write_deposit_ledger
        PaperDialog(title, name, self._jobs, self).draw(write, self._resident_id)

    def _dress(self) -> None:
        for right, deeds in (
            (Right.TAKE_MONEY, (self.take,)),
            (Right.PAY_OUT_DEPOSIT, (self.refund, self.spend, self.set_off)),
        ):
            if not self._user.may(right):
                for deed in deeds:
                    deed.hide()
        self.note.setWordWrap(True)
        self.note.hide()
        self.view.set_empty(_("No deposit was ever taken."))
        self.view.setToolTip(_("Enter opens the receipt, or files missing papers."))
        room = QWidget()
        row = Flow(room)
        for deed in (self.take, self.refund, self.spend, self.set_off, self.print):
            row.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.note)
        column.addWidget(self.facts)
        column.addWidget(self.view, 1)
        column.addWidget(room)
        lead(self, self.view)


def _facts(standing: DepositStanding) -> list[Fact]:
    facts = [Fact(_("Held"), show_money(standing.held), strong=True)]
    facts.append(Fact(_("Monthly service fee"), show_money(standing.monthly_fee)))
    if standing.cap is None:
        return [*facts, Fact(_("Most that may be held"), "—")]
    facts.append(Fact(_("Most that may be held"), show_money(standing.cap)))
    if standing.excess:
        return [*facts, Fact(_("To be given back"), show_money(standing.excess))]
    return [*facts, Fact(_("May still be taken"), show_money(standing.room))]


def _read_file(services: MoneyServices, resident_id: int) -> DepositFile:
    """Read a deposit; without prices the movements are still shown."""
    entries = services.deposits.entries(resident_id)
    account = services.payments.account(resident_id)
    owed = max(account.owed - account.prepaid, 0)
    try:
        standing = services.deposits.standing(resident_id)
    except Refusal as refusal:
        return DepositFile(None, entries, owed, refusal.message)
    return DepositFile(standing, entries, owed)

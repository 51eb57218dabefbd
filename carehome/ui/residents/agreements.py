"""What is agreed: service agreements and their life, and the prices of today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules import agreements as rules
from carehome.rules.agreements import OPEN, State
from carehome.rules.rights import Right, User
from carehome.services.agreements import AgreementLine
from carehome.services.consequences import Consequences, Outlook
from carehome.services.prices import OwnPrice, Prices
from carehome.services.residents import Agreement, ResidentFile
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Fact, Facts
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import agreement_state
from carehome.ui.parts.agreement_paper import AgreementDesk
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.residents.agreement_dialogs import AgreementDialogs
from carehome.ui.residents.tab import Leaf

AGREEMENTS: tuple[Column[AgreementLine], ...] = (
    Column(N_("Number"), lambda a: a.agreement.number or None, bold=True),
    Column(N_("State"), agreement_state.word, chip=agreement_state.tone, stretch=True),
    table.day(N_("From"), lambda a: a.agreement.starts),
    table.day(N_("Last day"), lambda a: a.last_day),
    table.day(N_("Signed on"), lambda a: a.agreement.signed_on),
    Column(N_("Signed by"), lambda a: a.agreement.signer or None),
)


class Agreements(Leaf):
    """Service agreements, newest first, what is to be done, what a month comes to."""

    def __init__(
        self,
        services: CareServices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
        prices: Prices,
    ) -> None:
        super().__init__(services, jobs, user, today)
        self._prices = prices
        self._chosen = 0  # the agreement that the cursor is to stand on
        self.desk = AgreementDesk(services.agreements, jobs, self)
        self.dialogs = AgreementDialogs(self)
        self.add = button(_("New agreement"), "plus", "Alt+N", "small")
        self.change = button(_("Change"), "edit", "Alt+E", "small")
        self.draw_up = button(_("Draw up and print"), "print", kind="small")
        self.look = button(_("View"), "show", kind="small")
        self.word = button(_("Save as Word"), "save", kind="small")
        self.sign = button(_("Record the signature"), "check", kind="small")
        self.scan = button(_("Add a scan"), "paper", kind="small")
        self.decide = button(_("Decide on the trial stay"), "check", kind="small")
        self.renew = button(_("Renew"), "refresh", kind="small")
        self.end = button(_("End early"), "close", kind="small")
        self.agreements = TableView(
            TableModel(AGREEMENTS, lambda a: a.agreement_id),
            "resident.agreements",
            N_("Agreements"),
        )
        self.fees = Facts()
        self.card = Card(_("Prices today"))
        self.card.add(self.fees)
        self.add_section(_("Agreements"), self.change, self.add)
        self.add_list(self.agreements)
        self.body.addWidget(self._deeds())
        self.body.addWidget(self.card)
        self._may_change = user.may(Right.CHANGE_RESIDENTS)
        self.add.setVisible(self._may_change)
        self.change.setVisible(self._may_change)
        self.card.setVisible(user.may(Right.SEE_FEES))
        self._connect()
        self._picked(None)

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        read = self.services.agreements.of_resident
        self.jobs.run_last(self, self._show, read, file.resident_id)
        if self.user.may(Right.SEE_FEES):
            self.jobs.run_last(
                self,
                self._show_fee,
                _read_prices,
                self.services.consequences,
                self._prices,
                file.resident_id,
                self.today(),
                failed=self._fail,
            )

    def choose(self, agreement_id: int) -> None:
        """Put the cursor on an agreement, as on the one that was just made."""
        self._chosen = agreement_id
        self.refresh(self.file, self.lists)

    def ask(self, agreement: Agreement | None) -> None:
        """Ask what a new agreement says, or what has changed in one."""
        self.dialogs.ask(agreement)

    def _deeds(self) -> QWidget:
        room = QWidget()
        row = Flow(room, 6)
        for deed in self._all_deeds():
            row.addWidget(deed)
        return room

    def _all_deeds(self) -> tuple[QPushButton, ...]:
        return (
            *(self.draw_up, self.sign, self.decide, self.renew),
            *(self.look, self.word, self.scan, self.end),
        )

    def _connect(self) -> None:
        self.add.clicked.connect(partial(self.ask, None))
        self.change.clicked.connect(self._change)
        self.agreements.picked.connect(self._picked)
        self.draw_up.clicked.connect(self._draw_up)
        self.look.clicked.connect(self._look)
        self.word.clicked.connect(self._word)
        self.sign.clicked.connect(partial(self._with, self.dialogs.sign))
        self.scan.clicked.connect(self._ask_scan)
        self.decide.clicked.connect(partial(self._with, self.dialogs.decide))
        self.renew.clicked.connect(partial(self._with, self.dialogs.renew))
        self.end.clicked.connect(partial(self._with, self.dialogs.end))
        if self._may_change:
            self.agreements.opened.connect(lambda line: self.ask(line.agreement))

    def _show(self, lines: list[AgreementLine]) -> None:
        if lines and lines[0].resident_id != self.file.resident_id:
            return
        self.agreements.table.set_rows(lines)
        self.agreements.set_empty(_("No agreement is recorded yet."))
        if self._chosen and self.agreements.select(self._chosen):
            self._chosen = 0
        if lines and self.agreements.current_row() is None:
            self.agreements.selectRow(0)
        self._picked(self.agreements.current_row())

    def _picked(self, line: AgreementLine | None) -> None:
        """Offer what makes sense where the agreement under the cursor stands."""
        self.change.setEnabled(line is not None)
        may = line is not None and self._may_change
        is_open = line is not None and line.state in OPEN
        runs = line is not None and line.state in (rules.RUNNING | {State.SIGNED})
        written = bool(line and line.edition) and self.user.may(Right.KEEP_PAPERS)
        renewable = bool(line and line.agreement.ends and not line.followed_by)
        self.draw_up.setVisible(may and is_open)
        self.sign.setVisible(may and is_open)
        self.decide.setVisible(may and runs and bool(line and line.is_undecided))
        self.renew.setVisible(may and runs and renewable)
        self.look.setVisible(written)
        self.word.setVisible(written)
        keeps = self.user.may(Right.KEEP_PAPERS)
        self.scan.setVisible(line is not None and not is_open and keeps)
        self.end.setVisible(may and runs)

    def _with(self, deed: Callable[[AgreementLine], None]) -> None:
        if line := self.agreements.current_row():
            deed(line)

    def _change(self) -> None:
        if line := self.agreements.current_row():
            self.ask(line.agreement)

    def _draw_up(self) -> None:
        if line := self.agreements.current_row():
            self.desk.draw_up(line.agreement_id)

    def _look(self) -> None:
        if line := self.agreements.current_row():
            self.desk.show(line.agreement_id, line.agreement.number)

    def _word(self) -> None:
        if line := self.agreements.current_row():
            self.desk.ask_where(line.agreement_id, line.agreement.number)

    def _ask_scan(self) -> None:
        """Ask which scan belongs to the agreement."""
        line = self.agreements.current_row()
        if line is None:
            return
        kinds = _("Scans (*.pdf *.jpg *.jpeg *.png)")
        dialog = QFileDialog(self, _("Add a scan"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(partial(self.dialogs.keep_scan, line.agreement_id))
        dialog.open()

    def _show_fee(self, prices: "_Prices") -> None:
        fee = prices.outlook.fee
        facts = [
            Fact(_("Bed fee"), show_money(fee.bed)),
            Fact(_("Care fee"), show_money(fee.care)),
            Fact(_("Meal fee"), show_money(fee.meal)),
            Fact(_("Monthly service fee"), show_money(fee.total), strong=True),
        ]
        self.fees.show_facts([*facts, *map(_own_fact, prices.own)])
        self.card.note.setText("")

    def _fail(self, error: Exception) -> None:
        """Say why there is no price, such as a price list that lacks one."""
        if not isinstance(error, Refusal):
            raise error
        self.fees.show_facts([])
        self.card.note.setText(error.message)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a month comes to, and which prices are personal."""

    outlook: Outlook
    own: tuple[OwnPrice, ...]


def _read_prices(
    consequences: Consequences, prices: Prices, resident_id: int, day: date
) -> _Prices:
    own = [price for price in prices.own_prices(resident_id) if _holds(price, day)]
    return _Prices(consequences.as_it_is(resident_id, day), tuple(own))


def _holds(price: OwnPrice, day: date) -> bool:
    return price.starts <= day and (price.ends is None or day < price.ends)


def _own_fact(price: OwnPrice) -> Fact:
    """Tell a personal price and why it was agreed on."""
    name = _("Personal price: {item} ({reason})")
    value = {
        "fixed": show_money(price.value),
        "percent": _("{percent} % of the list price").format(percent=price.value),
        "waived": _("Waived"),
    }[price.kind]
    return Fact(name.format(item=price.item, reason=price.reason), value)

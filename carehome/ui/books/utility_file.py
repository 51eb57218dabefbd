"""The file of a utility bill: what should not be on it, and what is done about it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, show_day, show_money
from carehome.rules import utilities as rules
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.periods import DAY
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.rights import Right
from carehome.rules.utilities import SUPPLY_NAMES, TARIFF_NAMES
from carehome.services.receipts import METHOD_NAMES
from carehome.services.utilities import EnteredBill, Utilities
from carehome.ui.books.utility_form import say_flag
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.days import DateField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.money import methods
from carehome.ui.parts.tabbed import Tab

WIDE = 440


class UtilityFile(Side):
    """Shows one bill, why it is flagged, and what may be done about it.

    `change_wanted` goes out with the bill that is to be changed.
    """

    change_wanted = Signal(object)

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self._tab = tab
        self._hand = tab.hand
        self._utilities = self._hand.service(Utilities)
        self._bill: EnteredBill | None = None
        self.facts = FactGrid(columns=2)
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        theme.mark(self.warning, "banner")
        self.letter = button(_("Letter to the supplier"), "print", kind="primary")
        self.asked = button(_("Letter is sent"), "check")
        self.pay = button(_("Note as paid"), "fees")
        self.change = button(_("Change"), "edit")
        self.remove = button(_("Remove"), "remove")
        self._dress()

        self.letter.clicked.connect(self._print)
        self.asked.clicked.connect(self._ask_sent)
        self.pay.clicked.connect(self._ask_paid)
        self.change.clicked.connect(lambda: self.change_wanted.emit(self._bill))
        self.remove.clicked.connect(self._ask_remove)

    def show_bill(self, each: EnteredBill) -> None:
        """Show another bill."""
        self._bill = each
        bill = each.bill
        words = (_(SUPPLY_NAMES[bill.supply]), bill.supplier)
        self.title.setText("\u3000".join(words))
        self.facts.show_facts(_facts(each))
        self.warning.setText("\n\n".join(map(say_flag, each.flags)))
        self.warning.setVisible(bool(each.flags))
        keeps = self._hand.may(Right.KEEP_BOOKS)
        self.letter.setVisible(bool(each.flags))
        self.asked.setVisible(each.is_open and keeps)
        self.pay.setVisible(bill.paid_on is None and keeps)

    def _print(self) -> None:
        if self._bill is None:
            return
        supplier = self._bill.bill.supplier
        title = _("Request for the residential price")
        paper = PaperDialog(
            title, f"{title} {supplier}.pdf", self._hand.jobs, self._tab
        )
        paper.draw(self._utilities.write_letter, supplier)

    def _ask_sent(self) -> None:
        if self._bill is None:
            return
        form, supplier = Form(), self._bill.bill.supplier
        form.add("day", self._day(_("Sent on")), blame=(NotComeYet,))
        form.set_values({"day": self._hand.today()})

        def deed(values: dict[str, Any]) -> "partial[int]":
            return partial(self._utilities.note_letter, supplier, values["day"])

        title = _("The letter to {supplier} is sent").format(supplier=supplier)
        done = _("It is noted that the supplier was asked.")
        self._open(title, form, _("Note it"), deed, f"utility-letter:{supplier}", done)

    def _ask_paid(self) -> None:
        if self._bill is None:
            return
        form, number = Form(), self._bill.bill_id
        blame = (NotComeYet, MonthClosed, rules.BadUtilityDays)
        form.add("day", self._day(_("Paid on")), blame=blame)
        form.add("method", PickField(_("Way"), methods()))
        form.set_values({"day": self._hand.today(), "method": "transfer"})

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._utilities.pay, number, values["day"], values["method"])

        done = _("The bill is noted as paid.")
        title, draft = _("Note as paid"), f"utility-pay:{number}"
        self._open(title, form, _("Note it"), deed, draft, done)

    def _ask_remove(self) -> None:
        if self._bill is None:
            return
        points = [_("The bill leaves the books. This can be undone.")]
        remove = partial(self._remove, self._bill.bill_id)
        dialogs.confirm(
            self, _("Remove this bill?"), points, _("Remove"), remove, "danger"
        )

    def _remove(self, bill_id: int) -> None:
        jobs, call = self._hand.jobs, self._utilities.remove
        jobs.run(self._tab, self._say_removed, call, bill_id)

    def _say_removed(self, _done: object) -> None:
        self.closed.emit()
        self._tab.told.emit(_("The bill is removed."))

    def _day(self, name: str) -> DateField:
        today = self._hand.today()
        check = partial(check_happened, today=today)
        return DateField(name, today, sense=Sense.PAST, check=check)

    def _open(
        self, title: str, form: Form, do: str, deed: Deed, draft: str, done: str
    ) -> None:
        jobs = self._hand.jobs
        dialog = DeedDialog(title, form, do, jobs, deed, self._tab, draft)
        dialog.setMinimumWidth(theme.px(WIDE))
        dialog.accepted.connect(partial(self._tab.told.emit, done))
        dialog.open()

    def _dress(self) -> None:
        if not self._hand.may(Right.KEEP_BOOKS):
            self.change.hide()
            self.remove.hide()
        deeds = QWidget()
        row = Flow(deeds)
        for each in (self.letter, self.asked, self.pay, self.change, self.remove):
            row.addWidget(each)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in (self.warning, deeds, self.facts):
            column.addWidget(part)
        column.addStretch()
        self.body.addWidget(scrolling(whole), 1)


def _facts(each: EnteredBill) -> list[Fact]:
    bill = each.bill
    last = bill.period.end - DAY if bill.period.end else bill.period.start
    span = _("{first} to {last}")
    facts = [
        Fact(_("Amount"), show_money(bill.fen), strong=True),
        Fact(_("Price class"), _(TARIFF_NAMES[bill.tariff]), strong=True),
        Fact(_("Day"), show_day(bill.day)),
        Fact(
            _("Covers"),
            span.format(first=show_day(bill.period.start), last=show_day(last)),
        ),
        Fact(_("Number"), bill.number or "\u2013"),
        Fact(_("Meter"), bill.meter or "\u2013"),
        Fact(_("Consumption"), bill.quantity or "\u2013"),
        Fact(_("Price of a unit"), bill.unit_price or "\u2013"),
        Fact(_("Residential price"), bill.residential_price or "\u2013"),
    ]
    facts += [Fact(name, show_money(fen)) for name, fen in bill.extras.items()]
    if bill.paid_on:
        text = _("{day} by {way}")
        way = _(METHOD_NAMES[bill.method])
        paid = text.format(day=show_day(bill.paid_on), way=way)
        facts.append(Fact(_("Paid"), paid))
    if each.letter_on:
        facts.append(Fact(_("Supplier asked on"), show_day(each.letter_on)))
    if bill.note:
        facts.append(Fact(_("Note"), bill.note))
    return facts

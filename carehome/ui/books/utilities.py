"""The tab of water, power, gas and heat: bills, and what on them should not be."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_money
from carehome.rules.rights import Right
from carehome.rules.utilities import SUPPLY_NAMES, TARIFF_NAMES
from carehome.services.utilities import EnteredBill, Utilities
from carehome.ui.books.utility_file import UtilityFile
from carehome.ui.books.utility_form import UtilityDialog
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import YEAR, Turner

FILE, MOST = 480, 0.55


class UtilitiesTab(Tab):
    """Lists the bills of a year; one opens to what is wrong with it."""

    SHOWS = frozenset({"utility_bill"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._utilities = hand.service(Utilities)
        self._all: Sequence[EnteredBill] = ()
        self._wanted: object = None
        self.total = FigureCard(_("Billed this year"))
        self.wrong = FigureCard(_("Not at the residential price"))
        self.much = FigureCard(_("Paid too much, as far as known"))
        self.turner = Turner(date(hand.today().year, 1, 1), YEAR)
        self.bar = Bar(self.turner)
        self.add = self.bar.add_button(_("Enter a bill"), "plus", "Ctrl+N", "primary")
        self.view = TableView(
            TableModel(COLUMNS, lambda each: each.bill_id),
            "books.utilities",
            N_("Utility bills"),
        )
        self.view.set_empty(_("No bill of that year was entered."))
        self.file = UtilityFile(self)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        self._dress()

        self.turner.turned.connect(self._fill)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.add.clicked.connect(lambda: self.ask_bill(None))
        self.file.change_wanted.connect(self.ask_bill)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self.show_bills, self._utilities.bills)

    def open_key(self, key: object) -> None:
        """Open a bill by its number in the database."""
        self._wanted = key
        self._open_wanted()

    def show_bills(self, bills: Sequence[EnteredBill]) -> None:
        """Show the bills."""
        self._all = bills
        self._fill()
        self._open_wanted()

    def ask_bill(self, entered: EnteredBill | None) -> None:
        """Ask for a new bill, or what is to be changed on one."""
        dialog = UtilityDialog(self, self._all, entered)
        done = _("The bill is in the books.")
        dialog.accepted.connect(partial(self.told.emit, done))
        dialog.open()

    def _fill(self) -> None:
        year = self.turner.first.year
        rows = [each for each in self._all if each.bill.day.year == year]
        self.view.table.set_rows(rows)
        self._show_figures(rows)
        row = self.view.current_row()
        if row is not None:
            self._look(row)

    def _show_figures(self, rows: Sequence[EnteredBill]) -> None:
        due = [each for each in rows if each.bill.paid_on is None]
        text = _("{count} {count:bill|bills} of {fen} to pay")
        fen = show_money(sum(each.bill.fen for each in due))
        words = text.format(count=len(due), fen=fen) if due else _("all paid")
        total = show_money(sum(each.bill.fen for each in rows))
        self.total.show_number(total, words)
        flagged = [each for each in rows if each.flags]
        asked = sum(1 for each in flagged if not each.is_open)
        text = _("{asked} of {count} taken up with the supplier")
        told = text.format(asked=asked, count=len(flagged))
        kind = "error" if asked < len(flagged) else "hint"
        self.wrong.show_number(str(len(flagged)), told if flagged else "", kind)
        known = [flag.too_much for each in flagged for flag in each.flags]
        unknown = known.count(None)
        text = _("{count} {count:bill lacks|bills lack} a price")
        told = text.format(count=unknown) if unknown else ""
        self.much.show_number(show_money(sum(fen or 0 for fen in known)), told)

    def _open_wanted(self) -> None:
        found = (each for each in self._all if each.bill_id == self._wanted)
        wanted = next(found, None)
        if wanted is None:
            return
        self._wanted = None
        self.turner.show_day(wanted.bill.day)
        self._fill()
        self.view.select(wanted.bill_id)
        self._open(wanted)

    def _open(self, row: EnteredBill | None) -> None:
        if row is not None:
            self.split.open_side()
            self._look(row)

    def _look(self, row: EnteredBill | None) -> None:
        if row is not None and not self.file.isHidden():
            self.file.show_bill(row)

    def _dress(self) -> None:
        if not self.hand.may(Right.KEEP_BOOKS):
            self.add.hide()
        figures = FigureRow(self.total, self.wrong, self.much)
        figures.watch(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(figures)
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)


def _too_much(each: EnteredBill) -> int | None:
    return sum(flag.too_much or 0 for flag in each.flags) or None


def _state(each: EnteredBill) -> str:
    if each.is_open:
        return _("Ask the supplier")
    if each.bill.paid_on is None:
        return _("To pay")
    return _("Paid, supplier asked") if each.flags else _("Paid")


def _tone(each: EnteredBill) -> str:
    if each.is_open:
        return "bad"
    return "warn" if each.bill.paid_on is None else "ok"


COLUMNS: tuple[Column[EnteredBill], ...] = (
    table.day(N_("Day"), lambda each: each.bill.day),
    Column(N_("Supply"), lambda each: _(SUPPLY_NAMES[each.bill.supply]), bold=True),
    table.money(N_("Amount"), lambda each: each.bill.fen, bold=True),
    Column(N_("State"), _state, chip=_tone),
    Column(
        N_("Price class"),
        lambda each: _(TARIFF_NAMES[each.bill.tariff]),
        tone=lambda each: "bad" if each.flags else None,
    ),
    table.money(N_("Paid too much"), _too_much),
    Column(N_("Consumption"), lambda each: each.bill.quantity or None),
    Column(N_("Supplier"), lambda each: each.bill.supplier, stretch=True),
)
